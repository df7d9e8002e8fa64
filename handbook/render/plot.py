"""Lines drawn with braille dots, or with ASCII marks: each series in a way of its own.

A series has a mark, a pattern of dashes and a style, so colour is never needed to tell it.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.render.line import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Spot: TypeAlias = "tuple[int, int]"

MOST_MARKS = 12
"""Of longer series only some points have a mark."""

_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # Unicode 16, section 21.1
_STYLES = ("chart.line", "chart.second", "chart.third")
_DASHES = ((1, 0), (6, 4), (2, 4), (10, 3))
"""Dots that are drawn, and dots that are left out after them."""

_SAMPLES = "─╌┈╌"
_MARKS, _ASCII_MARKS = "●■▲◆○□", "*+ox#@"


class Pen(NamedTuple):
    """How a series is drawn: its mark, its dashes in dots, its style, and a sample of its line."""

    mark: str
    dashes: tuple[int, int]
    style: str
    sample: str


def pen_of(number: int, *, is_ascii: bool) -> Pen:
    """Return the pen of a series, counted from 0."""
    way = number % len(_DASHES)
    style = _STYLES[number % len(_STYLES)]
    if is_ascii:
        mark = _ASCII_MARKS[number % len(_ASCII_MARKS)]
        return Pen(mark, (1, 0), style, mark)
    mark = _MARKS[number % len(_MARKS)]
    return Pen(mark, _DASHES[way], style, f"{_SAMPLES[way]}{mark}{_SAMPLES[way]}")


class Plot:
    """A picture of `width` by `height` cells; a braille cell has 2 by 4 dots."""

    def __init__(self, width: int, height: int, *, is_ascii: bool) -> None:
        self.width, self.height = width, height
        self._across, self._up = (1, 1) if is_ascii else (2, 4)
        self._dots = [[0] * width for _ in range(height)]
        self._signs: dict[Spot, str] = {}
        self._styles: dict[Spot, str] = {}
        self._marked: set[Spot] = set()

    def row(self, share: float) -> int:
        """Return the row of a share of the height."""
        return self._fine_row(share) // self._up

    def column(self, share: float) -> int:
        """Return the column of a share of the width."""
        return self._fine_column(share) // self._across

    def _fine_row(self, share: float) -> int:
        return round((1 - share) * (self.height * self._up - 1))

    def _fine_column(self, share: float) -> int:
        return round(share * (self.width * self._across - 1))

    def draw(self, places: Sequence[tuple[float, float]], pen: Pen) -> None:
        """Draw a line through places (shares of width and height) with marks on it."""
        spots = [(self._fine_column(x), self._fine_row(y)) for x, y in places]
        drawn, left_out = pen.dashes
        for count, (x, y) in enumerate(_path(spots)):
            if count % (drawn + left_out) < drawn:
                self._dot(x, y, pen)
        is_few = len(spots) <= MOST_MARKS
        marked = spots if is_few else spots[:: max(len(spots) // 6, 1)]
        for index, (x, y) in enumerate(marked):
            self._mark((y // self._up, x // self._across), pen, is_odd=index % 2 == 1)

    def _dot(self, x: int, y: int, pen: Pen) -> None:
        row, column = y // self._up, x // self._across
        if self._up > 1:
            self._dots[row][column] |= _DOTS[y % 4][x % 2]
            self._styles.setdefault((row, column), pen.style)
        elif (row, column) not in self._signs:
            self._signs[row, column] = pen.mark
            self._styles[row, column] = pen.style

    def _mark(self, spot: Spot, pen: Pen, *, is_odd: bool) -> None:
        """Put a mark on a cell, unless one right before it would leave no line to be seen.

        Where two series share their cells each gets every second one.
        """
        row, column = spot
        if self._up > 1 and (row, column - 1) in self._marked:
            return
        if is_odd and spot in self._marked:
            return
        self._signs[spot], self._styles[spot] = pen.mark, pen.style
        self._marked.add(spot)

    def rows(self) -> Iterator[list[Run]]:
        """Yield the runs of each row, without spaces at its end."""
        for row, dots in enumerate(self._dots):
            signs = [
                (
                    self._signs.get((row, column)) or (chr(_BRAILLE + bits) if bits else " "),
                    self._styles.get((row, column), ""),
                )
                for column, bits in enumerate(dots)
            ]
            while signs and signs[-1][0] == " ":
                signs.pop()
            yield [
                Run("".join(sign for sign, _ in group), style or "text")
                for style, group in groupby(signs, key=lambda sign: sign[1])
            ]


def _path(spots: Sequence[Spot]) -> Iterator[Spot]:
    """Yield the dots of straight lines from spot to spot, each spot once."""
    yield from spots[:1]
    for (x0, y0), (x1, y1) in pairwise(spots):
        steps = max(abs(x1 - x0), abs(y1 - y0))
        for step in range(1, steps + 1):
            yield round(x0 + (x1 - x0) * step / steps), round(y0 + (y1 - y0) * step / steps)
