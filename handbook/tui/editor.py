"""The reader's own editor, at a line of a file, and back."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from handbook.errors import NothingFoundError

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.tui.shell import Shell


def edit(app: Shell, path: Path, line: int) -> None:
    """Open a file at a line in $VISUAL or $EDITOR, then read the content again.

    Raises NothingFoundError if no editor is set. Most editors take `+LINE`.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise NothingFoundError("no editor is set", hint="set EDITOR, for example to vim")
    try:
        with app.suspend():
            subprocess.run([*shlex.split(editor), f"+{max(1, line)}", str(path)], check=False)  # noqa: S603
    except SuspendNotSupported:
        app.tell("This terminal cannot be left for an editor", severity="error")
    except OSError as error:
        app.tell(f"{editor} did not start: {error.strerror}", severity="error")
    app.action_reload()
