"""Loops of mock interviews: rounds of items to ask, each with what tells a good answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.model.question import Blocks, Criterion, FollowUp
    from handbook.model.text import Link

FORMATS = {
    "debugging": "pair debugging",
    "take-home": "take-home brief",
    "theory": "theory and linear algebra",
    "coding": "coding",
    "case": "case",
    "design": "system design",
    "project": "project deep dive",
    "behavioural": "behavioural",
    "questions": "questions for them",
}
"""What a round may be, by the word that files use; the three that the lecture names come first."""

MOST_CRITERIA = 6
"""Criteria of an item: they are ticked with the letters a to f."""

LEVELS = 4
"""Levels of a dimension: an even number, since a middle is where tired people hide."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something that is scored from 1 to 4; `anchors` say what each level sounds like."""

    name: str
    anchors: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class LoopItem:
    """Something to ask, with all that the interviewer needs beside it.

    id          `m-` and six signs, or `q-...` where the item is a question of the bank
    blocks      what the candidate sees: nothing in it tells what is right
    answer      what the interviewer should know before asking
    drills      for each criterion the question of the bank to study where it was missed, or ""
    see         the places that teach it
    """

    id: str
    title: str
    minutes: float
    blocks: Blocks
    rubric: tuple[Criterion, ...]
    drills: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    follow_ups: tuple[FollowUp, ...] = ()
    hints: tuple[Blocks, ...] = ()
    answer: Blocks = ()
    red_flags: tuple[Blocks, ...] = ()
    see: tuple[Link, ...] = ()
    line: int = 0

    @property
    def is_of_bank(self) -> bool:
        """Whether the item is a question of the bank."""
        return self.id.startswith("q-")


@dataclass(frozen=True, slots=True)
class LoopRound:
    """A round: `format` is a word of `FORMATS`, `brief` what is said before the first item."""

    title: str
    format: str
    minutes: float
    brief: Blocks
    items: tuple[LoopItem, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Loop:
    """The rounds that a candidate goes through; `name` is that of its file without `.md`."""

    name: str
    title: str
    role: str
    brief: Blocks
    rounds: tuple[LoopRound, ...]
    links: tuple[Link, ...] = ()
    sources: tuple[str, ...] = ()
    path: str = ""

    @property
    def minutes(self) -> float:
        """The minutes of all rounds."""
        return sum(each.minutes for each in self.rounds)

    @property
    def items(self) -> tuple[LoopItem, ...]:
        """The items of all rounds, in the order in which they are asked."""
        return tuple(item for each in self.rounds for item in each.items)
