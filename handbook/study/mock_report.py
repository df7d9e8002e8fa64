"""What mock interviews have shown: a report of one, the spread over several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.interview import DimensionResult, ItemResult, MockReport, Score, Spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.model.interview import Interview

LEAST_ROUNDS = 3
"""Rounds below which a row of scores is told as what it is, and not as a trend."""


def report_of(interview: Interview) -> MockReport:
    """Return what an interview has shown; of rounds that are open nothing is told."""
    plan = interview.plan
    shown = [at for at, each in enumerate(plan.items) if each.round in interview.closed]
    return MockReport(
        interview.id,
        plan.title,
        plan.mode,
        plan.name,
        interview.begun_ms,
        interview.is_ended,
        tuple(plan.rounds[number].title for number in sorted(interview.closed)),
        tuple(r.title for i, r in enumerate(plan.rounds) if i not in interview.closed),
        dimensions_of(interview),
        tuple(_item(interview, at) for at in shown if interview.items[at].asked_ms),
        missed_drills(interview),
    )


def dimensions_of(interview: Interview) -> tuple[DimensionResult, ...]:
    """Return the scores of closed rounds by dimension, in the order of the plan."""
    found: dict[str, list[Score]] = {}
    for planned, state in zip(interview.plan.items, interview.items, strict=True):
        if planned.round not in interview.closed:
            continue
        title = interview.plan.rounds[planned.round].title
        for name in planned.dimensions:
            if value := state.score_of(name):
                evidence = state.evidence_for(name)
                found.setdefault(name, []).append(Score(title, planned.title, value, evidence))
    return tuple(DimensionResult(name, tuple(scores)) for name, scores in found.items())


def _item(interview: Interview, at: int) -> ItemResult:
    planned, state = interview.plan.items[at], interview.items[at]
    numbers = range(len(planned.criteria))
    missed = [number for number in numbers if number not in state.ticked]
    return ItemResult(
        planned.id,
        planned.title,
        interview.plan.rounds[planned.round].title,
        planned.minutes,
        state.spent_ms / 60_000,
        tuple(planned.criteria[number] for number in numbers if number in state.ticked),
        tuple(planned.criteria[number] for number in missed),
        tuple(planned.drills[number] for number in missed),
        sum(planned.points[number] for number in state.ticked if number in numbers),
        sum(planned.points),
        state.hints,
        state.follow_ups,
        state.evidence_for(""),
        state.outline,
    )


def missed_drills(interview: Interview) -> tuple[str, ...]:
    """Return the questions behind the criteria that were missed in closed rounds, each once."""
    return tuple(
        dict.fromkeys(
            planned.drills[number]
            for planned, state in zip(interview.plan.items, interview.items, strict=True)
            if planned.round in interview.closed and state.asked_ms
            for number in range(len(planned.criteria))
            if number not in state.ticked and planned.drills[number]
        )
    )


def spreads_of(interviews: Iterable[Interview]) -> tuple[Spread, ...]:
    """Return the scores of each dimension over interviews, which are given oldest first."""
    scores: dict[str, list[int]] = {}
    rounds: dict[str, set[tuple[str, str]]] = {}
    for interview in interviews:
        for each in dimensions_of(interview):
            scores.setdefault(each.name, []).extend(score.score for score in each.scores)
            places = {(interview.id, score.round) for score in each.scores}
            rounds.setdefault(each.name, set()).update(places)
    return tuple(
        Spread(name, tuple(found), len(rounds[name])) for name, found in sorted(scores.items())
    )


def spread_text(spread: Spread) -> str:
    """Return a spread in words: range and middle, and no trend from fewer than three rounds."""
    row = ", ".join(map(str, spread.scores))
    if spread.rounds < LEAST_ROUNDS:
        said = "1 round" if spread.rounds == 1 else f"{spread.rounds} rounds"
        return f"{row} from {said}: too few to speak of a trend"
    low, high = min(spread.scores), max(spread.scores)
    reach = f"always {low}" if low == high else f"{low} to {high}"
    return f"{row}: {reach}, middle {_middle(spread.scores):g}, from {spread.rounds} rounds"


def _middle(scores: Sequence[int]) -> float:
    ordered = sorted(scores)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
