"""The plan: dates that count back and shrink, what fits, and what a move of the date means."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model.checklist import ChecklistItem, Phase
from handbook.study.plan import (
    check,
    days_left,
    least_answers,
    move,
    phase_dates,
    shares,
    study_day_of,
)

DAY = date(2027, 3, 1)


def item(number: int, *, core: bool = False, minutes: int = 30) -> ChecklistItem:
    return ChecklistItem(f"c-{number:06}", f"item {number}", core=core, minutes=minutes)


def phase(title: str, start: int | None, core: int, *, least: int = 0, more: int = 1) -> Phase:
    """Return a phase of some core items, and others."""
    first = sum(map(ord, title)) * 100
    items = [item(first + n, core=n < core) for n in range(core + more)]
    return Phase(title, tuple(items), start, least=least)


LIST = (
    phase("foundations", -56, 3, least=3),
    phase("formats", -28, 2, least=3),
    phase("sharpen", -7, 2),
    phase("the day", 0, 1),
    phase("afterwards", 1, 1),
)
LENGTH = 56


def before(days: int) -> date:
    return DAY - timedelta(days=days)


def away(found: date) -> int:
    return (found - DAY).days


# Dates


def test_a_long_time_ahead_each_phase_ends_the_day_before_the_next() -> None:
    ends = [away(each.end) for each in phase_dates(LIST, DAY, before(90))]
    assert ends == [-29, -8, -1, 0, 1]
    assert phase_dates(LIST, DAY, before(56)) == phase_dates(LIST, DAY) != ()


def test_without_a_date_there_are_none() -> None:
    assert phase_dates(LIST, None) == ()
    assert phase_dates((Phase("a", (item(1),)),), DAY) == ()


def test_with_half_the_time_what_comes_before_the_last_week_shrinks_in_proportion() -> None:
    found = phase_dates(LIST, DAY, before(35))
    assert [(away(each.start), away(each.end)) for each in found] == [
        *((-35, -20), (-19, -8)),
        *((-7, -1), (0, 0), (1, 1)),
    ]
    assert all(len(each.items) == len(p.items) for each, p in zip(found, LIST, strict=True))


def test_where_the_least_lengths_are_too_much_the_phase_with_more_core_items_keeps_its() -> None:
    found = phase_dates(LIST, DAY, before(10))
    assert [(away(each.start), away(each.end)) for each in found[:2]] == [(-10, -8), (-8, -8)]
    assert [len(each.items) for each in found[:2]] == [4, 2]


def test_in_the_last_week_only_the_core_of_the_last_two_phases_is_in_the_plan() -> None:
    found = phase_dates(LIST, DAY, before(6))
    assert [each.title for each in found] == ["sharpen", "the day", "afterwards"]
    assert [len(each.items) for each in found] == [2, 1, 2]
    assert [away(each.end) for each in found] == [-1, 0, 1]


def test_days_off_are_passed_over() -> None:
    off = [before(n) for n in (8, 9, 10)]
    assert [away(each.end) for each in phase_dates(LIST, DAY, before(90), off)][:2] == [-29, -11]
    shrunk = phase_dates(LIST, DAY, before(35), off)
    assert [away(each.end) for each in shrunk][:2] == [-22, -11]


def test_a_list_that_only_begins_on_its_day_counts_from_it() -> None:
    phases = (phase("first week", 0, 1), phase("first month", 7, 1))
    found = phase_dates(phases, DAY, before(3))
    assert [(each.title, away(each.end)) for each in found] == [
        ("first week", 6),
        ("first month", 7),
    ]


phases = st.lists(
    st.tuples(st.integers(-90, 3), st.integers(0, 4), st.integers(0, 20), st.integers(0, 3)),
    min_size=1,
    max_size=6,
).map(
    lambda rows: tuple(
        phase(f"phase {number}", start, core, least=least, more=more)
        for number, (start, core, least, more) in enumerate(sorted(rows))
    )
)
offs = st.lists(st.integers(0, 100), max_size=30).map(
    lambda days: frozenset(before(each) for each in days)
)


@given(phases, st.integers(0, 120), offs)
def test_dates_are_in_order_and_never_before_today(
    plan: tuple[Phase, ...], left: int, off: frozenset[date]
) -> None:
    made_on = before(left)
    found = phase_dates(plan, DAY, made_on, off)
    ends = [each.end for each in found]
    assert ends == sorted(ends)
    assert all(made_on <= each.start <= each.end for each in found)
    titles = [each.title for each in plan]
    assert [titles.index(each.title) for each in found] == sorted(
        titles.index(each.title) for each in found
    )


def test_a_date_of_today_leaves_nothing_of_before_to_the_days_after_it() -> None:
    plan = tuple(Phase(str(start), (), start) for start in (-19, -8, 3))
    found = phase_dates(plan, DAY, DAY)
    assert [away(each.end) for each in found] == [0, 0, 3]


@given(phases, st.integers(0, 120), offs)
def test_no_item_that_is_for_before_is_due_after_the_date(
    plan: tuple[Phase, ...], left: int, off: frozenset[date]
) -> None:
    starts = {each.title: each.start or 0 for each in plan}
    for each in phase_dates(plan, DAY, before(left), off):
        if starts[each.title] <= 0:
            # A phase ends the day before the next one begins, which may be after the day itself.
            following = [start for start in starts.values() if start > starts[each.title]]
            assert away(each.end) <= max(0, min(following, default=1) - 1)


@given(phases, st.integers(7, 120), offs)
def test_shrinking_loses_no_core_item(
    plan: tuple[Phase, ...], left: int, off: frozenset[date]
) -> None:
    last_week = [each.start for each in plan if (each.start or 0) >= -7]
    if last_week and left + min(start or 0 for start in last_week) < 0:
        return
    planned = {each for found in phase_dates(plan, DAY, before(left), off) for each in found.items}
    assert {each.id for p in plan for each in p.items if each.core} <= planned


@given(
    st.integers(0, 100),
    st.lists(
        st.tuples(st.integers(1, 60), st.integers(0, 60), st.integers(0, 5)),
        min_size=1,
        max_size=6,
    ),
)
def test_all_days_are_given_away_and_none_twice(
    days: int, rows: list[tuple[int, int, int]]
) -> None:
    lengths = [length for length, _, _ in rows]
    least = [min(length, wanted) for length, wanted, _ in rows]
    given_days = shares(days, lengths, least, [core for _, _, core in rows])
    assert sum(given_days) == min(days, sum(given_days) if sum(least) < days else sum(least))
    assert all(each >= 0 for each in given_days)
    if sum(least) < days:
        assert sum(given_days) == days
        assert all(found >= wanted for found, wanted in zip(given_days, least, strict=True))


# Time


def test_as_many_items_fit_as_possible_the_core_first() -> None:
    items = (item(1, minutes=60), item(2, core=True, minutes=90), item(3, minutes=20))
    found = check(items, minutes=20, days=10, studying=80.5)
    assert (found.needs, found.studying, found.working) == (26, 81, 170)
    assert found.fits == ("c-000002", "c-000003")
    assert found.leaves == ("c-000001",)
    assert check(items, minutes=26, days=10, studying=80.5).leaves == ()


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 300)), max_size=12),
    st.integers(1, 200),
    st.integers(1, 60),
    st.floats(0, 2000),
)
def test_all_items_fit_exactly_when_the_time_is_what_is_needed(
    rows: list[tuple[bool, int]], minutes: int, days: int, studying: float
) -> None:
    items = [item(n, core=core, minutes=m) for n, (core, m) in enumerate(rows)]
    found = check(items, minutes, days, studying)
    assert {*found.fits, *found.leaves} == {each.id for each in items}
    if minutes >= found.needs:
        assert found.leaves == ()
    spent = sum(each.minutes for each in items if each.id in found.fits)
    assert spent == 0 or spent + studying <= minutes * days
    assert check(items, found.needs, days, studying).leaves == ()


def test_with_no_day_left_nothing_is_needed() -> None:
    assert check((item(1),), 20, 0, 0).needs == 0


@pytest.mark.parametrize("wanted", [0, 1, 7, 99, 100])
def test_the_least_number_that_is_enough_is_found(wanted: int) -> None:
    asked: list[int] = []

    def is_enough(number: int) -> bool:
        asked.append(number)
        return number >= wanted

    assert least_answers(is_enough, 100) == wanted
    assert len(asked) <= 7


def test_none_that_is_enough_gives_the_most() -> None:
    assert least_answers(lambda _: False, 12) == 12


def test_a_move_of_the_date_says_how_many_items_a_day_that_is() -> None:
    today = DAY - timedelta(days=10)
    found = move(DAY, DAY + timedelta(days=10), today, 40)
    assert found.more == pytest.approx(-2)
    assert move(None, DAY, today, 40).more is None
    assert move(DAY, None, today, 40).more is None


def test_days_off_are_no_days_left() -> None:
    assert days_left(DAY, before(10)) == 10
    assert days_left(DAY, before(10), [before(3), before(20), DAY]) == 9
    assert days_left(DAY, DAY) == days_left(DAY, DAY + timedelta(days=3)) == 0


def test_days_of_study_count_from_1970() -> None:
    assert study_day_of(date(1970, 1, 2)) == 1
