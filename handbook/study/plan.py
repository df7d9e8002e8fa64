"""The plan that leads up to a date: when each phase runs, what fits, and what a move of it means.

All dates count back from the day of the interview. They are made on one day, the one on which that
day was set, and stay until it moves: a plan that slid along with the calendar would never be late.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from handbook.model.readiness import Move, PhaseDates, PlanCheck

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from handbook.model.checklist import ChecklistItem, Phase

LAST_WEEK = -7
"""What begins this many days before the date, or later, keeps its place whatever else shrinks."""

LAST_PHASES = 2
"""With less than that week left, only so many phases before the date are in the plan."""

SPRINT_MINUTES = 20
"""Minutes a day of a sprint beside these phases."""

_DAY = timedelta(days=1)
_EPOCH = date(1970, 1, 1)


def study_day_of(day: date) -> int:
    """Return a date as a day of study, counted from 1970-01-01."""
    return (day - _EPOCH).days


def date_of(study_day: int) -> date:
    """Return a day of study as a date."""
    return _EPOCH + timedelta(days=study_day)


# Dates


class _Span(NamedTuple):
    """A phase and the days it would have: from `start` up to, but not including, `end`."""

    phase: Phase
    start: int
    end: int


def phase_dates(
    phases: Sequence[Phase],
    day: date | None,
    made_on: date | None = None,
    off: Collection[date] = (),
) -> tuple[PhaseDates, ...]:
    """Return when each phase runs that has dates, and which of its items are in the plan.

    With fewer days from `made_on` to the date than the list is long, the part before the last week
    shrinks in proportion, down to the least lengths of the phases; if even these are too much, the
    phases with the most core items keep theirs, and of one that is left without a day only the core
    items are in the plan. Where not even the last week is left, only the core items of the last two
    phases are. What comes after the date stays. No phase ends on a day that is taken `off` if it
    has another one.
    """
    spans = _spans(phases)
    if day is None or not spans:
        return ()
    early = [span for span in spans if span.start < LAST_WEEK]
    late = [span for span in spans if span.start >= LAST_WEEK]
    free = frozenset(off)
    limit = made_on if made_on is not None and made_on <= day else None
    if limit is None or not early or limit <= day + timedelta(days=early[0].start):
        return tuple(_placed(span, day, limit, free) for span in spans)
    # What is for before the date shares the days up to it, though the next phase be long after.
    first_late = min(late[0].start, 1) if late else 0
    left = (day - limit).days + first_late
    if left < 0:
        return _last_only(late, day, limit, free)
    days = [limit + timedelta(days=number) for number in range(left)]
    shrunk = _shrunk(early, [each for each in days if each not in free] or days, limit)
    return (*shrunk, *(_placed(span, day, limit, free) for span in late))


def _spans(phases: Sequence[Phase]) -> list[_Span]:
    """Return the phases that have a start; one ends where the next begins, the last at once."""
    dated = [(phase, phase.start) for phase in phases if phase.start is not None]
    starts = [start for _, start in dated]
    ends = [*starts[1:], starts[-1] + 1] if starts else []
    return [
        _Span(phase, start, max(end, start + 1))
        for (phase, start), end in zip(dated, ends, strict=True)
    ]


def _placed(span: _Span, day: date, made_on: date | None, off: frozenset[date]) -> PhaseDates:
    """Return a phase on the days that the list gives it, none of them before `made_on`."""
    start, end = day + timedelta(days=span.start), day + timedelta(days=span.end - 1)
    if made_on is not None:
        start, end = max(start, made_on), max(end, made_on)
    last = end
    while last > start and last in off:
        last -= _DAY
    last = end if last in off else last
    return PhaseDates(span.phase.title, start, last, tuple(each.id for each in span.phase.items))


def _last_only(
    late: Sequence[_Span], day: date, made_on: date, off: frozenset[date]
) -> tuple[PhaseDates, ...]:
    before = [span for span in late if span.start <= 0][-LAST_PHASES:]
    after = [span for span in late if span.start > 0]
    return (
        *(_core_only(_placed(span, day, made_on, off), span.phase) for span in before),
        *(_placed(span, day, made_on, off) for span in after),
    )


def _core_only(dates: PhaseDates, phase: Phase) -> PhaseDates:
    return dates._replace(items=tuple(each.id for each in phase.items if each.core))


def _shrunk(early: Sequence[_Span], days: Sequence[date], made_on: date) -> tuple[PhaseDates, ...]:
    """Share days out among phases, in the order of the list."""
    given = shares(
        len(days),
        [span.end - span.start for span in early],
        [min(span.phase.least, span.end - span.start) for span in early],
        [sum(each.core for each in span.phase.items) for span in early],
    )
    found: list[PhaseDates] = []
    reached = made_on
    for span, count, end in zip(early, given, accumulate(given), strict=True):
        mine = days[end - count : end]
        start, reached = (mine[0], mine[-1]) if mine else (reached, reached)
        ids = tuple(each.id for each in span.phase.items)
        dates = PhaseDates(span.phase.title, start, reached, ids)
        found.append(dates if mine else _core_only(dates, span.phase))
    return tuple(found)


def shares(
    days: int, lengths: Sequence[int], least: Sequence[int], core: Sequence[int]
) -> list[int]:
    """Return how many of `days` each phase gets: in proportion to its length, at least its least.

    Where the least lengths come to more than there is, those with the most core items come first.
    What is left over by rounding goes to the largest remainders.
    """
    given = [0] * len(lengths)
    if sum(least) >= days:
        for number in sorted(range(len(least)), key=lambda each: (-core[each], each)):
            given[number] = min(least[number], days - sum(given))
        return given
    open_ = set(range(len(lengths)))
    while True:
        room = days - sum(least[each] for each in range(len(lengths)) if each not in open_)
        whole = sum(lengths[each] for each in open_)
        exact = {each: room * lengths[each] / whole for each in open_}
        short = {each for each in open_ if exact[each] < least[each]}
        if not short:
            break
        open_ -= short
    for number in range(len(lengths)):
        given[number] = int(exact[number]) if number in open_ else least[number]
    order = sorted(open_, key=lambda each: (int(exact[each]) - exact[each], each))
    for number in order[: days - sum(given)]:
        given[number] += 1
    return given


# Time


def check(items: Iterable[ChecklistItem], minutes: int, days: int, studying: float) -> PlanCheck:
    """Return whether `minutes` a day on so many days are enough for open items and for study.

    `studying` is what reviews and new questions take in all, by the load simulation. As many items
    fit as possible, the core ones first, then the shortest.
    """
    items = tuple(items)
    order = sorted(items, key=lambda item: (not item.core, item.minutes))
    room = minutes * days - studying
    fits: set[str] = set()
    for item in order:
        if item.minutes <= max(0.0, room):
            fits.add(item.id)
            room -= item.minutes
    working = sum(item.minutes for item in items)
    needs = ceil((working + studying) / days) if days else 0
    return PlanCheck(
        needs=needs,
        minutes=minutes,
        days=days,
        studying=ceil(studying),
        working=working,
        fits=tuple(item.id for item in items if item.id in fits),
        leaves=tuple(item.id for item in items if item.id not in fits),
    )


def least_answers(is_enough: Callable[[int], bool], most: int) -> int:
    """Return the fewest answers a day that are enough, `most` where none is.

    `is_enough` asks the simulation, which takes its time, so it is asked about ten times.
    """
    low, high = 0, max(0, most)
    while low < high:
        middle = (low + high) // 2
        if is_enough(middle):
            high = middle
        else:
            low = middle + 1
    return low


def move(before: date | None, after: date | None, today: date, open_items: int) -> Move:
    """Return what a change of the date means for so many open items, as things are today."""
    if before is None or after is None:
        return Move(before, after, None)
    rates = [open_items / max(1, (day - today).days) for day in (before, after)]
    return Move(before, after, rates[1] - rates[0])


def days_left(day: date, today: date, off: Collection[date] = ()) -> int:
    """Return how many days are left before the date, today among them, without those taken off."""
    left = max(0, (day - today).days)
    free = frozenset(off)
    return sum(today + timedelta(days=number) not in free for number in range(left))
