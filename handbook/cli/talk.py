"""A conversation line by line: it says something, asks, and reads one line at a time.

No cursor is moved and nothing is drawn over, so it reads well aloud and goes through pipes.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from handbook.cli import output

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.cli.paper import Paper
    from handbook.render.line import Line


class Talk:
    """Speaks on stdout, or on stderr where stdout is kept for a document."""

    def __init__(self, paper: Paper, *, is_aside: bool = False) -> None:
        """Begin; `is_aside` speaks on stderr."""
        self.paper = paper
        self._is_aside = is_aside
        self._is_echoed = sys.stdin is None or not sys.stdin.isatty()

    def say(self, text: str = "") -> None:
        """Say one line."""
        self._write(f"{text}\n")

    def show(self, lines: Iterable[Line]) -> None:
        """Say lines in their styles."""
        self._write(self.paper.text(lines))

    def ask(self, prompt: str) -> str | None:
        """Ask, and return the line that was given without its spaces; None at the end of input.

        Where nobody types, the answer is repeated, so that the record of a pipe can be read.
        """
        self._write(f"{prompt} ")
        if not self._is_aside:
            output.flush()
        line = _read_line()
        if line is None:
            self._write("\n")
        elif self._is_echoed:
            self._write(f"{line}\n")
        return line

    def _write(self, text: str) -> None:
        if self._is_aside:
            output.narrate(text)
        else:
            output.write(text)


def _read_line() -> str | None:
    """Return the next line of stdin, None at its end; what is no text shows as question marks."""
    if sys.stdin is None or sys.stdin.closed:
        return None
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None and getattr(sys.stdin, "errors", "") == "strict":
        reconfigure(errors="replace")
    line = sys.stdin.readline()
    return line.strip() if line else None
