"""How lines are made, apart from their width: which signs, and whether links carry numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Options:
    """What the reader asked for.

    `ascii` draws with ASCII signs only (the text itself is kept), `numbered_links` writes `⟨1⟩`
    before each link to a page or a web address, 1 being the first of the page's links, `grid` draws
    tables with a full grid (None: where lines have 90 cells or more), `highlight` tells the words
    of a listing's language apart; without colours it is time lost. `spoken` sets lines to be heard,
    with `ascii`: words for signs, a line for each row of a table, figures for pictures, no rules.
    """

    ascii: bool = False
    numbered_links: bool = False
    grid: bool | None = None
    highlight: bool = True
    spoken: bool = False

    @property
    def signs(self) -> Signs:
        """The signs to draw with."""
        if self.spoken:
            return SPOKEN_SIGNS
        return ASCII_SIGNS if self.ascii else SIGNS


class Signs(NamedTuple):
    """The signs that pages are drawn with; all of them are one cell wide."""

    bullet: str
    bar: str
    heading_rule: str
    rule: str
    continuation: str
    link_open: str
    link_close: str
    ellipsis: str
    grid: str  # vertical, horizontal, then the nine corners and crossings row by row
    blocks: str  # eighths of a cell, the full one first
    range_start: str
    gauge: str  # full and empty
    space: str  # does not let a line break
    unequal: str
    dots: str  # vertical, horizontal and crossing dotted line


SIGNS = Signs(
    "•",
    "▎",
    "━",
    "─",
    "↪",
    "⟨",
    "⟩",
    "…",
    "│─┌┬┐├┼┤└┴┘",
    "█▉▊▋▌▍▎▏",
    "▐",
    "▰▱",
    "\u00a0",
    "≠",
    "┊┈┼",
)
ASCII_SIGNS = Signs(
    "-", "|", "=", "-", ">", "[", "]", "~", "|-+++++++++", "#", "[", "#.", " ", "!", ":.+"
)
SPOKEN_SIGNS = ASCII_SIGNS._replace(bar="", heading_rule="", rule="")
"""What stands for nothing but the look of a page is left out."""
