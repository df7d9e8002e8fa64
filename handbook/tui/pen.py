"""The pen that draws cells: which codes bring a terminal from one look to the next, and where to.

It writes as few bytes as it can: codes that change nothing are left out, and what looks the same in
a row is drawn together where that is shorter.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSEEN = frozenset({"1", "2", "3"})
"""Attributes that change nothing about a blank."""

OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
OFF |= {"21": "24", "53": "55"}
"""What switches an attribute off."""


class Look(NamedTuple):
    """How a cell looks, as the codes that a terminal is told: attributes, inks, a link."""

    attributes: frozenset[str]
    ink: str
    ground: str
    link: str


PLAIN = Look(frozenset(), "39", "49", "")

Cell: TypeAlias = "tuple[str, Look] | None"
"""A character and its look; None is the right half of a wide one."""


class Pen:
    """Collects what is written, and knows where the cursor is and what is switched on."""

    def __init__(self) -> None:
        """Begin with nothing switched on, as Textual leaves the terminal."""
        self._parts: list[str] = []
        self._look = PLAIN
        self._row = -1

    def write(self, y: int, x: int, cells: list[Cell]) -> None:
        """Write cells at a place."""
        # The column alone says as much while the row stays, and is as absolute: should a terminal
        # take a sign for wider than it is, the next move still lands where it should.
        self._parts.append(f"\x1b[{x + 1}G" if y == self._row else f"\x1b[{y + 1};{x + 1}H")
        self._row = y
        runs = runs_of(x, cells)
        codes, look = codes_of(runs, self._look)
        # A colour takes 18 bytes and a move 5: the rules of a table are cheaper drawn together.
        if len(runs) > 2 + len({run.look for run in runs}):
            others, last = codes_of(by_look(runs), self._look)
            if len(others) < len(codes):
                codes, look = others, last
        self._parts.append(codes)
        self._look = look

    def scroll(self, top: int, bottom: int, step: int) -> None:
        """Move the rows from `top` to before `bottom` up by `step`, or down if it is negative."""
        how = f"{step}M" if step > 0 else f"{-step}L"
        self._parts.append(f"\x1b[{top + 1};{bottom}r\x1b[{top + 1};1H\x1b[{how}\x1b[r")

    def finish(self) -> str:
        """Return everything, with all switched off at the end."""
        if self._look != PLAIN:
            if self._look.link:
                self._parts.append("\x1b]8;;\x1b\\")
            self._parts.append("\x1b[0m")
        return "".join(self._parts)


class CellRun(NamedTuple):
    """Characters of one look in a row, from a column on, and the column behind them."""

    start: int
    stop: int
    look: Look
    text: str


def runs_of(x: int, cells: list[Cell]) -> list[CellRun]:
    """Return cells from a column on as runs of one look; the first cell is a character's left."""
    runs: list[CellRun] = []
    start = 0
    for look, group in groupby(_looks(cells)):
        stop = start + sum(1 for _ in group)
        text = "".join([cell[0] for cell in cells[start:stop] if cell])
        runs.append(CellRun(x + start, x + stop, look, text))
        start = stop
    return runs


def _looks(cells: list[Cell]) -> Iterator[Look]:
    look = PLAIN
    for cell in cells:
        # The right half of a wide character looks as its left one does.
        look = cell[1] if cell else look
        yield look


def by_look(runs: list[CellRun]) -> list[CellRun]:
    """Return runs in such an order that those of one look follow each other."""
    order = {look: at for at, look in enumerate(dict.fromkeys(run.look for run in runs))}
    return sorted(runs, key=lambda run: order[run.look])


def codes_of(runs: list[CellRun], look: Look) -> tuple[str, Look]:
    """Return what draws runs of a row, with the cursor at the first, and the look at the end."""
    parts: list[str] = []
    at = runs[0].start
    for run in runs:
        if run.start != at:
            parts.append(f"\x1b[{run.start + 1}G")
        is_blank = not run.text.strip(" ") and is_bare(run.look) and is_bare(look)
        # Of a blank nobody sees the ink: the next word mostly has the one before it again.
        wanted = look._replace(ground=run.look.ground) if is_blank else run.look
        parts += (switch(look, wanted), run.text)
        look, at = wanted, run.stop
    return "".join(parts), look


def switch(before: Look, look: Look) -> str:
    """Return the codes that lead from one look to another."""
    if look == before:
        return ""
    link = "" if look.link == before.link else f"\x1b]8;{look.link or ';'}\x1b\\"
    codes = switches(before.attributes, look.attributes)
    codes += [look.ink] if look.ink != before.ink else []
    codes += [look.ground] if look.ground != before.ground else []
    return f"{link}\x1b[{';'.join(codes)}m" if codes else link


def is_bare(look: Look) -> bool:
    """Tell whether a blank of this look shows nothing but its ground."""
    return not (look.link or look.attributes - UNSEEN)


def switches(before: frozenset[str], after: frozenset[str]) -> list[str]:
    """Return the codes that lead from some attributes to others, ink and ground untouched."""
    off = {OFF[code] for code in before - after}
    kept = {code for code in before & after if OFF[code] not in off}
    return sorted(off) + sorted(after - kept)
