"""The one module that writes: data to stdout, talk to stderr, and nothing a terminal trips over."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from handbook.errors import HandbookError, StoreError
from handbook.model.number import find_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.workspace import Workspace

LONGEST = 600
"""The longest line of talk, in characters; of a longer one the middle is left out."""


def complain(text: str) -> None:
    """Write one line about what went wrong to stderr."""
    tell(f"handbook: {text}")


def tell(text: str) -> None:
    """Write one line to stderr, without control characters; never fails."""
    from handbook.loader.clean import without_controls  # noqa: PLC0415  most runs say nothing

    line = " ".join(without_controls(text).split())
    if len(line) > LONGEST:
        line = f"{line[: LONGEST // 2]} ... {line[-LONGEST // 2 :]}"
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(line.encode("utf-8", "replace").decode() + "\n")
        sys.stderr.flush()
    except OSError:
        return


def close(workspace: Workspace) -> int:
    """Close a workspace; return 0, or say what it could not keep and return the code for that."""
    workspace.close()
    if not workspace.lost:
        return 0
    complain(workspace.lost)
    return StoreError.exit_code


def write(text: str) -> None:
    """Write data to stdout; raise HandbookError if there is none or it cannot take more.

    What its encoding does not have becomes a question mark. A reader of a pipe who has left shows
    as BrokenPipeError.
    """
    stream = _stdout()
    try:
        stream.write(text)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _lost(error) from error


def narrate(text: str) -> None:
    """Write text to stderr as it is, for talk of several lines; never fails."""
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "ascii"
    try:
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
        sys.stderr.flush()
    except OSError:
        return


def write_rows(rows: Iterable[str]) -> None:
    """Write lines to stdout."""
    write("".join(f"{row}\n" for row in rows))


def write_json(value: object) -> None:
    """Write one JSON document to stdout; only ASCII where stdout is not UTF-8."""
    import json  # noqa: PLC0415  2 ms that only --json has to pay

    write(json.dumps(value, ensure_ascii=not speaks_utf8(), indent=2) + "\n")


def flush() -> None:
    """Send what was written on its way; raises as `write` does."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _lost(error) from error


def give_up_stdout() -> None:
    """Lead stdout nowhere, so that leaving Python does not fail on what it still holds."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def is_terminal() -> bool:
    """Tell whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def speaks_utf8() -> bool:
    """Tell whether stdout takes every sign."""
    encoding = getattr(sys.stdout, "encoding", None) or ""
    return encoding.lower().replace("-", "").replace("_", "") == "utf8"


def terminal_width(default: int) -> int:
    """Return the columns of the terminal that stdout is, `default` where nobody knows."""
    columns = find_number(os.environ.get("COLUMNS", ""))
    if columns:
        return columns
    try:
        return os.get_terminal_size(_stdout().fileno()).columns or default
    except (OSError, HandbookError):
        return default


def _stdout() -> TextIO:
    # Started with `>&-`, Python has no stdout at all; the type stubs do not know.
    if sys.stdout is None:
        raise HandbookError("there is no stdout to write to", hint="it was closed at the start")
    return sys.stdout


def _lost(error: OSError) -> HandbookError:
    give_up_stdout()
    return HandbookError(f"stdout cannot be written: {error.strerror or error}")
