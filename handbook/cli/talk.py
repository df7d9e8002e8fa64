"""A conversation line by line: it says something, asks, and reads one line at a time.

No cursor is moved and nothing is drawn over, so it reads well aloud and goes through pipes.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, TypeVar

from handbook.cli import output
from handbook.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from handbook.cli.paper import Paper
    from handbook.render.line import Line


T = TypeVar("T")


class LeftError(Exception):
    """The reader leaves, or the input has ended."""


class Talk:
    """Speaks on stdout, or on stderr where stdout is kept for a document."""

    def __init__(
        self,
        paper: Paper,
        *,
        is_aside: bool = False,
        while_waiting: Callable[[], None] | None = None,
    ) -> None:
        """Begin; `is_aside` speaks on stderr, `while_waiting` is called each second of a wait."""
        self.paper = paper
        self._while_waiting = while_waiting
        self._is_aside = is_aside
        self._is_echoed = sys.stdin is None or not sys.stdin.isatty()
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")

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
        if self._while_waiting is not None and not self._is_echoed:
            _wait(self._while_waiting)
        line = _read_line()
        if line is None:
            self._write("\n")
        elif self._is_echoed:
            self._write(f"{line}\n")
        return line

    @property
    def is_typed(self) -> bool:
        """Whether somebody types, who can be asked again; what a pipe says comes once."""
        return not self._is_echoed

    def demand(self, prompt: str) -> str:
        """Ask, and return the line that was given; raise LeftError at the end of input."""
        line = self.ask(prompt)
        if line is None:
            raise LeftError
        return line

    def choose(self, prompt: str, words: Collection[str]) -> str:
        """Ask until one of some words is given; "q" leaves here too."""
        while (word := self.demand(prompt).casefold()) not in words:
            if word == "q":
                raise LeftError
            self.say("That is none of them.")
        return word

    def agrees(self, prompt: str) -> bool:
        """Ask until the answer is yes or no."""
        return self.choose(f"{prompt} y or n:", {"y", "n", "yes", "no"}).startswith("y")

    def insist(self, act: Callable[[], T]) -> T:
        """Do what has to be kept; where that fails, say why and let the reader try again.

        Raises StoreError where nobody types, or whoever types gives up.
        """
        while True:
            try:
                return act()
            except StoreError as error:
                if not self.is_typed:
                    raise
                self.say(f"Not kept: {error}")
                if self.ask("Enter tries again, q gives up:") in {None, "q"}:
                    raise

    def _write(self, text: str) -> None:
        if self._is_aside:
            output.narrate(text)
        else:
            output.write(text)


def _wait(call: Callable[[], None]) -> None:
    """Wait until somebody has typed a line; a terminal hands over one at a time."""
    from select import select  # noqa: PLC0415  few talks have something to do meanwhile

    while not select([sys.stdin], [], [], 1.0)[0]:
        call()


def _read_line() -> str | None:
    """Return the next line of stdin, None at its end.

    Control characters are left out, and what is no text becomes question marks.
    """
    from handbook.loader.clean import without_controls  # noqa: PLC0415  the loader is large

    if sys.stdin is None or sys.stdin.closed:
        return None
    line = sys.stdin.readline()
    return without_controls(line).strip() if line else None
