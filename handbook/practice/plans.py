"""The plans of a reader: interviews with their dates, minutes a day, days off, and what follows."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from handbook.errors import NothingFoundError, UsageError
from handbook.model.readiness import Interview, ItemState
from handbook.practice.desk import BlankDesk, Desk
from handbook.study.plan import (
    LAST_WEEK,
    SPRINT_MINUTES,
    check,
    date_of,
    days_left,
    move,
    phase_dates,
    study_day_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from handbook.model import Checklist, ChecklistItem
    from handbook.model.event import JSON
    from handbook.model.readiness import ItemMastery, Move, PhaseDates, PlanCheck

MINUTES_A_DAY = 20
"""What a reader sets aside who has not said anything else."""

MOST_MINUTES = 12 * 60
MOST_DAYS_OFF = 366
FURTHEST = 5 * 366
"""How many days ahead a date may lie."""


class Plan(NamedTuple):
    """What leads up to a date: its phases, whether the time is enough, and how the date moved.

    `day` is None where no date is set; then `check` and `move` are None too. `is_sprint` says that
    less than a week was left when the date was set.
    """

    checklist: Checklist
    day: date | None
    phases: tuple[PhaseDates, ...]
    check: PlanCheck | None
    move: Move | None
    is_sprint: bool


class Plans:
    """What a reader decided about their time, at one desk; at a blank one nothing was decided."""

    def __init__(self, desk: Desk) -> None:
        """Sit down; nothing is read yet."""
        self.desk = desk
        self.is_blank = isinstance(desk, BlankDesk)

    @cached_property
    def today(self) -> date:
        """The day of study as a date: until 04:00 it is still the day before."""
        if self.is_blank:
            return date.today()  # noqa: DTZ011  the reader's own day
        return date_of(self.desk.store.practice.now().day)

    @cached_property
    def main_list(self) -> Checklist | None:
        """The first list that counts back from a date, None if the book has none."""
        lists = self.desk.library.checklists()
        return next((each for each in lists if each.dated), None)

    def demand_list(self) -> Checklist:
        """Return the first list that counts back from a date; raise NothingFoundError."""
        if self.main_list is None:
            raise NothingFoundError("the book has no checklist that counts back from a date")
        return self.main_list

    def _kept(self, name: str) -> JSON:
        return None if self.is_blank else self.desk.store.get(name)

    # Interviews

    def interviews(self, checklist: Checklist) -> tuple[Interview, ...]:
        """Return all days that a list is prepared for, past ones too, in order."""
        found = _interviews(self._kept(f"interviews:{checklist.name}"))
        main = _date(self._kept(f"date:{checklist.name}"))
        if main is not None and main not in {each.day for each in found}:
            found.append(Interview(main))
        return tuple(sorted(found))

    def next_interview(self, checklist: Checklist | None) -> Interview | None:
        """Return the day that a list counts back from: the next one, or the last if all are past.

        None for no list, and where none is set.
        """
        found = () if checklist is None else self.interviews(checklist)
        coming = [each for each in found if each.day >= self.today]
        return next(iter(coming or found[-1:]), None)

    def day(self, checklist: Checklist | None) -> date | None:
        """Return the date of `next_interview`."""
        found = self.next_interview(checklist)
        return found and found.day

    def study_day(self, checklist: Checklist | None) -> int | None:
        """Return the date of `next_interview` as a day of study."""
        day = self.day(checklist)
        return None if day is None else study_day_of(day)

    def demand_dated(self, checklist: Checklist) -> None:
        """Raise UsageError for a list that counts back from nothing."""
        if not checklist.dated:
            raise UsageError(f"the list {checklist.name} does not count back from a date")

    def set_day(self, checklist: Checklist, day: date | None, role: str | None = None) -> None:
        """Set, move or clear (None) an interview: that of a role, else the next one.

        Raises UsageError for a list that counts back from nothing, and for a day too far away.
        """
        self.demand_dated(checklist)
        if day is not None and abs((day - self.today).days) > FURTHEST:
            raise UsageError(f"{day.isoformat()} is more than five years away")
        following = self.next_interview(checklist)
        if role is None:
            role = following.role if following else ""
        others = [each for each in self.interviews(checklist) if each.role != role]
        self._keep_interviews(checklist, [*others, *([Interview(day, role)] if day else [])])

    def settle(self, checklist: Checklist) -> bool:
        """Count back from the next interview once one is past; tell whether that changed."""
        following = self.next_interview(checklist)
        kept = _date(self._kept(f"date:{checklist.name}"))
        if following is None or kept is None or following.day <= kept or self.is_blank:
            return False
        self.desk.store.set(f"date:{checklist.name}", following.day.isoformat())
        return True

    def _keep_interviews(self, checklist: Checklist, found: list[Interview]) -> None:
        store, name = self.desk.store, checklist.name
        written = [{"date": each.day.isoformat(), "role": each.role} for each in sorted(found)]
        if len(found) > 1 or any(each.role for each in found) or store.get(f"interviews:{name}"):
            store.set(f"interviews:{name}", written)
        coming = sorted(each.day for each in found if each.day >= self.today)
        past = sorted(each.day for each in found)
        following = next(iter(coming or past[-1:]), None)
        store.set(f"date:{name}", following.isoformat() if following else None)

    def made_on(self, checklist: Checklist) -> date | None:
        """Return the day on which the date was set for the last time, None if never."""
        moves = self.dates_set(checklist)
        return moves[-1][0] if moves else None

    def last_move(self, checklist: Checklist, open_items: int) -> Move | None:
        """Return the last change from one date to another, and what it means today."""
        moves = [(None, None), *self.dates_set(checklist)]
        if len(moves) < 3 or moves[-1][1] != self.day(checklist):
            return None
        before, after = moves[-2][1], moves[-1][1]
        return None if before is None else move(before, after, self.today, open_items)

    def dates_set(self, checklist: Checklist) -> list[tuple[date, date | None]]:
        """Return when the date was set, and to what, the newest last."""
        if self.is_blank:
            return []
        events = self.desk.store.practice.events("setting", item=f"date:{checklist.name}")
        return [(date_of(each.day), _date(each.entry.data.get("value"))) for each in events]

    # Time

    @property
    def minutes_a_day(self) -> int:
        """The minutes that the reader set aside for each day."""
        kept = self._kept("plan:minutes")
        if not isinstance(kept, int) or isinstance(kept, bool):
            return MINUTES_A_DAY
        return kept if 0 < kept <= MOST_MINUTES else MINUTES_A_DAY

    def set_minutes_a_day(self, minutes: int) -> None:
        """Keep how many minutes a day there are; raise UsageError for what no day has."""
        if not 0 < minutes <= MOST_MINUTES:
            raise UsageError(f"{minutes} minutes a day: from 1 to {MOST_MINUTES} are possible")
        self.desk.store.set("plan:minutes", minutes)

    @property
    def days_off(self) -> tuple[date, ...]:
        """The days on which nothing is planned, past ones left out."""
        kept = self._kept("plan:off")
        found = {_date(each) for each in kept} if isinstance(kept, list) else set()
        return tuple(sorted(each for each in found if each is not None and each >= self.today))

    def set_days_off(self, days: Iterable[date]) -> None:
        """Keep the days on which nothing is planned; raise UsageError for more than a year's."""
        found = sorted(set(days))
        if len(found) > MOST_DAYS_OFF:
            raise UsageError(f"{len(found)} days off: {MOST_DAYS_OFF} are the most")
        self.desk.store.set("plan:off", [each.isoformat() for each in found])

    # The plan

    def phases(self, checklist: Checklist) -> tuple[PhaseDates, ...]:
        """Return when the phases of a list run; () without a date."""
        day = self.day(checklist)
        return phase_dates(checklist.phases, day, self.made_on(checklist), self.days_off)

    def due(self, checklist: Checklist) -> dict[str, date]:
        """Return by when each phase of a list should be finished, by title."""
        return {each.title: each.end for each in self.phases(checklist)}

    def open_items(
        self, checklist: Checklist, measured: Mapping[str, ItemMastery]
    ) -> tuple[ChecklistItem, ...]:
        """Return the items of the plan that are neither ticked nor measured as ready."""
        ticks = {} if self.is_blank else self.desk.store.ticks()
        planned = {each for phase in self.phases(checklist) for each in phase.items}
        return tuple(
            item
            for item in checklist.items
            if (item.id in planned or not planned)
            and not (item.id in ticks and ticks[item.id].done)
            and not (item.id in measured and measured[item.id].state is ItemState.READY)
        )

    def checked(
        self,
        checklist: Checklist,
        items: tuple[ChecklistItem, ...],
        minutes: int,
        studying: Callable[[], float],
    ) -> PlanCheck | None:
        """Return whether the time is enough for items before the date; None without days left.

        `studying` runs the load simulation; in the last week a sprint takes its place.
        """
        day = self.day(checklist)
        days = days_left(day, self.today, self.days_off) if day else 0
        if not days:
            return None
        study = SPRINT_MINUTES * days if self.is_sprint(checklist) else studying()
        before = _before(checklist)
        return check((i for i in items if i.id in before), minutes, days, study)

    def is_sprint(self, checklist: Checklist) -> bool:
        """Tell whether less than the last week was left when the date was set."""
        day, made_on = self.day(checklist), self.made_on(checklist)
        starts = [phase.start for phase in checklist.phases if phase.start is not None]
        is_long = min(starts, default=0) < LAST_WEEK
        return bool(day and made_on and is_long and 0 <= (day - made_on).days < -LAST_WEEK)


def _before(checklist: Checklist) -> frozenset[str]:
    """Return the ids of the items that are for the days before the date."""
    phases = (phase for phase in checklist.phases if phase.start is None or phase.start < 0)
    return frozenset(item.id for phase in phases for item in phase.items)


def _date(kept: JSON) -> date | None:
    try:
        return date.fromisoformat(kept) if isinstance(kept, str) else None
    except ValueError:
        return None


def _interviews(kept: JSON) -> list[Interview]:
    found = []
    for each in kept if isinstance(kept, list) else ():
        day = _date(each.get("date")) if isinstance(each, dict) else None
        if day is not None:
            role = each.get("role")
            found.append(Interview(day, role if isinstance(role, str) else ""))
    return found
