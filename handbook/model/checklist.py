"""Checklists: phases of items to tick."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handbook.model.text import Link


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """Something to do: `text` says what, `why` says why, `see` leads to the page behind it."""

    id: str
    text: str
    why: str = ""
    see: Link | None = None
    sources: tuple[str, ...] = ()
    minutes: int = 0
    core: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a checklist; `start` is in days from the date (-56 is eight weeks before)."""

    title: str
    items: tuple[ChecklistItem, ...]
    start: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Checklist:
    """A named list ("interview"); `dated` says what its date is, "interview"; "" if it has none."""

    name: str
    title: str
    page: str
    phases: tuple[Phase, ...]
    dated: str = ""

    @property
    def items(self) -> tuple[ChecklistItem, ...]:
        """All items in order."""
        return tuple(item for phase in self.phases for item in phase.items)


def due_dates(phases: Sequence[Phase], day: date | None) -> dict[str, date]:
    """Return when each phase should be finished, by title: the day before the next one begins.

    The last phase is due on the day it begins. Phases without `start` have no date, and without a
    `day` none has.
    """
    if day is None:
        return {}
    dated = [phase for phase in phases if phase.start is not None]
    starts = [day + timedelta(days=phase.start or 0) for phase in dated]
    ends = [start - timedelta(days=1) for start in starts[1:]] + starts[-1:]
    return {
        phase.title: max(start, end) for phase, start, end in zip(dated, starts, ends, strict=True)
    }
