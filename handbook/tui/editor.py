"""The reader's own editor, at a line of a file, and back."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from handbook.errors import NothingFoundError, SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.tui.shell import Shell


def edit(app: Shell, path: Path, line: int) -> None:
    """Open a file at a line in $VISUAL or $EDITOR, then read the content again.

    Raises NothingFoundError if no editor is set, SettingsError if it is no command. Most editors
    take `+LINE`.
    """
    command = _command()
    try:
        with app.suspend():
            subprocess.run([*command, f"+{max(1, line)}", str(path)], check=False)  # noqa: S603
    except SuspendNotSupported:
        app.tell("This terminal cannot be left for an editor", severity="error")
    except OSError as error:
        app.tell(f"{shlex.join(command)} did not start: {error.strerror}", severity="error")
    app.action_reload()


def _command() -> list[str]:
    """Return the words of the command that the reader's editor is."""
    name = "VISUAL" if os.environ.get("VISUAL") else "EDITOR"
    said = os.environ.get(name, "")
    try:
        command = shlex.split(said)
    except ValueError as error:
        raise SettingsError(
            f"{name}={said!r} is no command: {error}", hint="set it, for example to vim"
        ) from error
    if not command:
        raise NothingFoundError("no editor is set", hint="set EDITOR, for example to vim")
    return command
