"""A picture of cells that signs are put on, and that becomes lines in the end."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from handbook.render.cells import clusters
from handbook.render.line import Line, Run

if TYPE_CHECKING:
    from collections.abc import Iterable

_BEHIND_WIDE = ""


class Canvas:
    """A picture of `height` rows by `width` cells; what is put outside is left out.

    Cells that were `taken` by a mark or a label are kept free of other labels.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._signs = [[" "] * width for _ in range(height)]
        self._styles = [["text"] * width for _ in range(height)]
        self._taken: set[tuple[int, int]] = set()

    def put(self, row: int, column: int, text: str, style: str, *, take: bool = False) -> None:
        """Put a text on a row, from a column on."""
        if not 0 <= row < self.height:
            return
        for sign, width in clusters(text):
            if column >= 0 and column + width <= self.width:
                signs = (sign, *[_BEHIND_WIDE] * (width - 1))
                self._signs[row][column : column + width] = signs
                self._styles[row][column : column + width] = [style] * width
                if take:
                    self._taken.update((row, at) for at in range(column, column + width))
            column += width

    def is_free(self, row: int, column: int, width: int, *, first: int = 0) -> bool:
        """Whether a text of a width would touch no taken cell; `first` is the leftmost column."""
        if not 0 <= row < self.height or column < first or column + width > self.width:
            return False
        return not any((row, at) in self._taken for at in range(column - 1, column + width + 1))

    def lines(self) -> tuple[Line, ...]:
        """Return the picture as lines without spaces at their ends."""
        return tuple(
            Line(_runs(zip(signs, styles, strict=True)))
            for signs, styles in zip(self._signs, self._styles, strict=True)
        )


def _runs(cells_of_row: Iterable[tuple[str, str]]) -> tuple[Run, ...]:
    runs = [
        Run("".join(sign for sign, _ in group), style)
        for style, group in groupby(cells_of_row, key=lambda cell: cell[1])
    ]
    while runs and not runs[-1].text.strip(" "):
        runs.pop()
    if runs:
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip(" "))
    return tuple(runs)
