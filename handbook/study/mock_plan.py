"""The plan of a mock interview: made from a loop, kept as JSON with the session, read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.errors import NothingFoundError, UsageError
from handbook.model.block import Paragraph
from handbook.model.interview import MODES, Plan, PlannedItem, PlannedRound
from handbook.model.number import find_number
from handbook.model.question import Cue
from handbook.model.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handbook.model.event import JSON
    from handbook.model.interview import Mode
    from handbook.model.mock import Loop, LoopItem
    from handbook.model.question import Blocks, Question


def plan_of(
    loop: Loop,
    mode: Mode,
    *,
    name: str = "",
    seed: str = "",
    rounds: Sequence[int] = (),
    questions: Sequence[Question] = (),
) -> Plan:
    """Return the plan of a loop: all rounds, or some by their numbers from 1, in the loop's order.

    A criterion without a question of its own gets one of `questions`, see `drill_for`. Raises
    NothingFoundError for a number that the loop does not have.
    """
    for number in rounds:
        if not 1 <= number <= len(loop.rounds):
            raise NothingFoundError(
                f"{loop.name} has no round {number}", hint=f"1 to {len(loop.rounds)}"
            )
    chosen = [r for number, r in enumerate(loop.rounds, 1) if not rounds or number in rounds]
    if not chosen:
        raise UsageError(f"the loop {loop.name} has no rounds")
    return Plan(
        loop.name,
        loop.title,
        mode,
        " ".join(name.split())[:80],
        seed,
        tuple(PlannedRound(each.title, each.format, each.minutes) for each in chosen),
        tuple(
            _planned(item, number, drill_for(item, questions))
            for number, each in enumerate(chosen)
            for item in each.items
        ),
    )


def drill_for(item: LoopItem, questions: Sequence[Question]) -> str:
    """Return the question that stands for an item in study: one that its places teach, or "".

    A cue of the same section comes first, then a question that names the section; of several
    places the first that has one counts. Questions kept for exams are never taken.
    """
    for link in item.see:
        place = (link.target, link.anchor)
        found = [each for each in questions if not each.is_held_out and _teaches(each, place)]
        if found:
            return min(found, key=lambda each: not isinstance(each.task, Cue)).id
    return ""


def _teaches(question: Question, place: tuple[str, str]) -> bool:
    if isinstance(question.task, Cue):
        return (question.path, question.task.place.anchor) == place
    return any((link.target, link.anchor) == place for link in question.see)


def _planned(item: LoopItem, number: int, drill: str) -> PlannedItem:
    return PlannedItem(
        item.id,
        item.title,
        number,
        item.minutes,
        tuple(text_of(each.blocks) for each in item.rubric),
        tuple(each.points for each in item.rubric),
        tuple(each or drill for each in item.drills),
        tuple(each.name for each in item.dimensions),
        len(item.follow_ups),
        len(item.hints),
    )


def text_of(blocks: Blocks) -> str:
    """Return the words of the paragraphs among blocks, on one line."""
    found = (plain(block.spans) for block in blocks if isinstance(block, Paragraph))
    return " ".join(" ".join(found).split())


def plan_to_json(plan: Plan) -> dict[str, JSON]:
    """Return a plan as JSON knows it."""
    return {
        **{name: getattr(plan, name) for name in ("loop", "title", "mode", "name", "seed")},
        "rounds": [list(each) for each in plan.rounds],
        "items": [_item_to_json(each) for each in plan.items],
    }


def _item_to_json(item: PlannedItem) -> dict[str, JSON]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in item._asdict().items()
    }


def plan_from_json(kept: Mapping[str, JSON]) -> Plan | None:
    """Return the plan that `plan_to_json` wrote, None for anything else."""
    rounds, items = kept.get("rounds"), kept.get("items")
    mode = next((each for each in MODES if each == kept.get("mode")), None)
    if not isinstance(rounds, list) or not isinstance(items, list) or mode is None:
        return None
    found = [_item_from_json(each, len(rounds)) for each in items]
    made = tuple(each for each in found if each is not None)
    planned = tuple(
        PlannedRound(str(each[0]), str(each[1]), _minutes(each[2]))
        for each in rounds
        if isinstance(each, list) and len(each) == 3
    )
    if not made or len(made) < len(found) or len(planned) < len(rounds):
        return None
    loop, title, name, seed = (str(kept.get(key, "")) for key in ("loop", "title", "name", "seed"))
    return Plan(loop, title, mode, name, seed, planned, made)


def _points(said: str) -> int:
    number = find_number(said)
    return 1 if number is None else number


def _item_from_json(kept: object, rounds: int) -> PlannedItem | None:
    if not isinstance(kept, dict) or not isinstance(kept.get("id"), str):
        return None
    number = _whole(kept.get("round"))
    criteria, points, drills = (_texts(kept, name) for name in ("criteria", "points", "drills"))
    if not 0 <= number < rounds:
        return None
    count = len(criteria)
    return PlannedItem(
        kept["id"],
        str(kept.get("title", "")),
        number,
        _minutes(kept.get("minutes")),
        criteria,
        (*(_points(each) for each in points), *[1] * count)[:count],
        (*drills, *[""] * count)[:count],
        _texts(kept, "dimensions"),
        _whole(kept.get("follow_ups")),
        _whole(kept.get("hints")),
    )


def _texts(kept: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = kept.get(name)
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _minutes(value: object) -> float:
    """Return minutes, at least a tenth of one: a log from elsewhere may hold anything."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0.1:
        return 0.1
    return min(float(value), 1000.0)
