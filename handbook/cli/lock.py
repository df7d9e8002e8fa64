"""`handbook lock`: writes the lock file of a folder's questions."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.errors import ContentError, NothingFoundError, UsageError
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.cli.arguments import Arguments


def lock(arguments: Arguments) -> int:
    """Bring a lock file up to date; 1 if something in it needs a decision."""
    # Only here and in `check` is the lock file read.
    from handbook.loader.lock import (  # noqa: PLC0415
        check_lock,
        lock_text,
        parse_lock,
        renewed,
    )

    if len(arguments.folders) > 1:
        raise UsageError("lock takes one folder", hint="handbook lock team")
    if arguments.folders:
        only = Path(arguments.folders[0])
    else:
        only = Workspace.open(arguments.settings).places.layers[-1]
    workspace = Workspace.open(replace(arguments.settings, only=only))
    ((path, found),) = workspace.library.locks()
    if not found:
        raise NothingFoundError(f"{only} holds no questions")
    known, problems = parse_lock(_text(path), path.name)
    if problems:
        raise ContentError(str(problems[0]))
    _check_same(arguments.same_meaning, known)
    now = renewed(known, found, frozenset(arguments.same_meaning))
    left = tuple(check_lock(now, found, path.name))
    text = lock_text(now)
    if text != lock_text(known):
        _write(path, text)
    added = len(now.keys() - known.keys())
    changed = sum(now[each][:4] != known[each][:4] for each in known)
    output.write_rows(str(each) for each in left)
    output.complain(f"{path.name}: {len(now)} questions, {added} added, {changed} changed")
    return 1 if left else 0


def _text(path: Path) -> str:
    """Return the text of a lock file, "" if there is none; raise ContentError if it is unread."""
    from handbook.loader.lock import text_of_lock  # noqa: PLC0415  see `lock`

    try:
        return text_of_lock(path)
    except OSError as error:
        reason = error.strerror or error
        raise ContentError(
            f"{path} cannot be read: {reason}", hint="nothing was changed"
        ) from error


def _check_same(same: tuple[str, ...], known: Mapping[str, object]) -> None:
    for each in same:
        if each not in known:
            raise NothingFoundError(f"the lock file knows no question {each!r}")


def _write(path: Path, text: str) -> None:
    """Replace a file in one step; raise ContentError if that cannot be done."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}"
        raise ContentError(message, hint="a shipped book is not locked again") from error
    finally:
        with suppress(OSError):
            partial.unlink()
