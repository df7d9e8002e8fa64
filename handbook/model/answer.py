"""What a reader answers, how sure they are, and how an answer is judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Rating(IntEnum):
    """How well something was recalled; the numbers are those of the scheduler and of the keys."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Confidence(IntEnum):
    """How sure a reader was before the answer was shown; the numbers are those of the keys."""

    GUESS = 1
    THINK = 2
    SURE = 3


class Mark(NamedTuple):
    """What an answer is worth: `share` from 0 to 1, and whether it counts as right."""

    share: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered so far; the kind of the task says which fields count.

    options   what is chosen, as indices of the task's options (single, multi, curve, bug)
    text      what was typed: a number, or words of one's own (numeric, recall, cue)
    gaps      what was typed into each gap, "" for none yet (cloze)
    order     indices of the items as the reader put them, () while untouched (order)
    pairs     for each left side the index of its right side, -1 for none yet; the right sides are
              those of the pairs, then the distractors (match)
    line      the line that is accused, 1-based, 0 for none (bug)
    criteria  indices of the rubric's criteria that the reader says were met (recall)
    steps     an answer for each step (scenario)

    All indices are those of the file, however the options are mixed on the screen.
    """

    options: frozenset[int] = frozenset()
    text: str = ""
    gaps: tuple[str, ...] = ()
    order: tuple[int, ...] = ()
    pairs: tuple[int, ...] = ()
    line: int = 0
    criteria: frozenset[int] = frozenset()
    steps: tuple[Answer, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything was answered."""
        return bool(
            self.options
            or self.text.strip()
            or any(self.gaps)
            or self.order
            or any(right >= 0 for right in self.pairs)
            or self.line
            or self.criteria
            or any(self.steps)
        )

    def to_json(self) -> dict[str, object]:
        """Return what is not empty, as JSON knows it."""
        found: dict[str, object] = {
            "options": sorted(self.options),
            "text": self.text,
            "gaps": list(self.gaps),
            "order": list(self.order),
            "pairs": list(self.pairs),
            "line": self.line,
            "criteria": sorted(self.criteria),
            "steps": [step.to_json() for step in self.steps],
        }
        return {name: value for name, value in found.items() if value}

    @classmethod
    def from_json(cls, kept: object) -> Answer:
        """Return the answer that `to_json` wrote; whatever else stands there is passed over."""
        if not isinstance(kept, dict):
            return cls()
        text = kept.get("text")
        gaps = kept.get("gaps")
        steps = kept.get("steps")
        line = kept.get("line")
        return cls(
            options=frozenset(_numbers(kept, "options")),
            text=text if isinstance(text, str) else "",
            gaps=tuple(str(gap) for gap in gaps) if isinstance(gaps, list) else (),
            order=_numbers(kept, "order"),
            pairs=_numbers(kept, "pairs"),
            line=line if isinstance(line, int) else 0,
            criteria=frozenset(_numbers(kept, "criteria")),
            steps=tuple(map(cls.from_json, steps)) if isinstance(steps, list) else (),
        )


def _numbers(kept: Mapping[str, object], name: str) -> tuple[int, ...]:
    value = kept.get(name)
    return tuple(each for each in value if isinstance(each, int)) if isinstance(value, list) else ()
