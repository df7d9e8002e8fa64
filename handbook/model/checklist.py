"""Checklists: phases of items to tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.model.text import Link


@dataclass(frozen=True, slots=True)
class Need:
    """What has to be measured before an item counts as ready; all are shares from 0 to 1.

    recall  the expected recall on the day that the list counts back from
    seen    the share of the topic's questions that were met
    test    the share right in mixed tests
    """

    recall: float = 0.85
    seen: float = 0.8
    test: float = 0.7


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """Something to do: `text` says what, `why` says why, `see` leads to the page behind it.

    An item that can be measured names the `topics` of questions that do so, and what they `need`;
    others have no topics.
    """

    id: str
    text: str
    why: str = ""
    see: Link | None = None
    sources: tuple[str, ...] = ()
    minutes: int = 0
    core: bool = False
    line: int = 0
    topics: tuple[str, ...] = ()
    need: Need = Need()


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a checklist; `start` is in days from the date (-56 is eight weeks before).

    `least` is the fewest days that it can do with when there are not as many as planned.
    """

    title: str
    items: tuple[ChecklistItem, ...]
    start: int | None = None
    line: int = 0
    least: int = 0


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
