"""Readiness at a desk: what the store says of topics and items, and the plan it makes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from handbook.errors import NothingFoundError, UsageError
from handbook.loader.library import Library
from handbook.model.readiness import Interview, ItemState, Level
from handbook.practice.agenda import Agenda
from handbook.practice.desk import BlankDesk
from handbook.practice.readiness import Readiness
from handbook.study.plan import study_day_of
from tests.practice.readers import Person, write_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.model.readiness import ItemMastery, TopicMastery


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    found = Person(write_book(tmp_path / "book"), tmp_path / "data")
    yield found
    found.store.close()


def items(person: Person) -> dict[str, ItemMastery]:
    ready = person.ready
    return ready.items(ready.demand_list())


def topics(person: Person) -> dict[str, TopicMastery]:
    return {each.topic: each for each in person.ready.topics()}


def set_day(person: Person, day: date | None, role: str | None = None) -> None:
    ready = person.ready
    ready.set_day(ready.demand_list(), day, role)


def plan_of(person: Person):
    ready = person.ready
    return ready.plan(ready.demand_list())


# What was measured


def test_topics_have_titles_and_count_what_can_be_studied(person) -> None:
    found = topics(person)
    assert {t.topic: (t.title, t.items, t.seen) for t in found.values()} == {
        "bias": ("Bias and variance", 3, 0),
        "loss": ("Losses", 5, 0),
    }
    assert {each.level for each in found.values()} == {Level.UNSEEN}


def test_a_topic_rises_to_mastered_by_a_mixed_test_alone(person) -> None:
    person.learns("loss")
    assert topics(person)["loss"].level is Level.SOLID
    assert topics(person)["loss"].then is None
    person.wait(1)
    person.sits()
    found = topics(person)["loss"]
    assert found.level is Level.MASTERED
    assert found.test is not None
    assert (found.test.right, found.test.questions) == (5, 5)
    person.wait(400)
    assert topics(person)["loss"].level is Level.BEGUN


def test_an_item_is_ready_once_all_is_measured_and_slips_when_the_date_moves(person) -> None:
    set_day(person, person.in_days(30))
    person.learns("loss")
    assert items(person)["c-000001"].state is ItemState.OPEN
    person.store.tick("c-000001", True, checklist="interview")
    assert items(person)["c-000001"].state is ItemState.DONE
    person.wait(1)
    person.sits()
    assert items(person)["c-000001"].state is ItemState.READY
    person.wait(1)
    set_day(person, person.in_days(1500))
    found = items(person)["c-000001"]
    assert found.state is ItemState.SLIPPING
    assert [lack.what for lack in found.lacks] == ["recall"]


def test_an_undone_answer_was_never_given(person) -> None:
    set_day(person, person.in_days(30))
    person.learns("loss")
    person.wait(1)
    person.sits()
    assert items(person)["c-000001"].state is ItemState.READY
    person.store.practice.undo()
    found = items(person)["c-000001"]
    assert found.state is not ItemState.READY
    assert found.test is not None
    assert found.test.questions == 4


def test_only_items_with_topics_are_measured_and_each_has_its_own_needs(person) -> None:
    assert set(items(person)) == {"c-000001", "c-000002"}
    set_day(person, person.in_days(1))
    person.answers(person.of("loss")[:3] + person.of("bias")[:2])
    lacks = {each.item: [lack.what for lack in each.lacks] for each in items(person).values()}
    assert lacks == {"c-000001": ["seen", "test"], "c-000002": ["test"]}


def test_somebody_who_never_began_is_measured_without_a_store(tmp_path) -> None:
    ready = Readiness(BlankDesk(Library.open([write_book(tmp_path / "book")])))
    assert {each.level for each in ready.topics()} == {Level.UNSEEN}
    assert {each.state for each in ready.items(ready.demand_list()).values()} == {ItemState.OPEN}
    progress = ready.progress(0.0)
    assert (progress.day, progress.check, progress.days, progress.exams) == (None, None, (), ())


def test_the_page_that_teaches_a_topic_is_the_one_its_questions_name(person) -> None:
    place = person.ready.source_of("loss")
    assert place is not None
    assert place.page == "p-000001"
    assert person.ready.source_of("nothing") is None


# What was done


def test_a_topic_all_of_which_was_missed_today_is_not_solid(person) -> None:
    person.answers(person.of("loss"), wrong=5)
    found = topics(person)["loss"]
    assert found.level is Level.BEGUN
    assert found.today is not None
    assert found.today.share < 0.85


def test_the_history_counts_days_and_exams(person) -> None:
    person.answers(person.of("loss"), wrong=1, seconds=300)
    person.wait(1)
    person.sits(wrong=2)
    first, second = reversed(person.ready.history())
    assert (first.answers, first.right, first.minutes) == (5, 4, 10)
    assert (second.answers, second.right) == (6, 4)
    (exam,) = person.ready.exams()
    assert (exam.title, exam.right, exam.questions) == ("Mixed form", 4, 6)
    assert exam.day == study_day_of(person.ready.today)


def test_what_is_overdue_falls_due_today(person) -> None:
    person.answers(person.of("loss"))
    ahead = person.ready.ahead(14)
    assert sum(ahead) == 5
    person.wait(60)
    assert person.ready.ahead(14) == (5, *(0,) * 13)


# Dates


def test_the_list_counts_back_from_the_next_interview(person) -> None:
    first, second = person.in_days(10), person.in_days(40)
    set_day(person, second, "ml-engineer")
    set_day(person, first, "")
    ready = person.ready
    checklist = ready.demand_list()
    assert ready.interviews(checklist) == (Interview(first, ""), Interview(second, "ml-engineer"))
    assert ready.day(checklist) == first
    person.wait(11)
    ready = person.ready
    assert ready.day(checklist) == second
    assert ready.settle(checklist)
    assert not person.ready.settle(checklist)
    assert Agenda(person.desk).wishes().interview == study_day_of(second)
    set_day(person, None)
    assert person.ready.interviews(checklist) == (Interview(first, ""),)


def test_a_date_set_by_the_checklist_alone_is_an_interview_too(person) -> None:
    ready = person.ready
    checklist = ready.demand_list()
    person.store.set("date:interview", "2026-06-01")
    assert ready.interviews(checklist) == (Interview(date(2026, 6, 1), ""),)
    set_day(person, person.in_days(20))
    assert [each.day for each in person.ready.interviews(checklist)] == [person.in_days(20)]


def test_dates_are_made_when_the_date_is_set_and_stay(person) -> None:
    set_day(person, person.in_days(14))
    before = plan_of(person).phases
    assert (before[0].start, before[0].end) == (person.in_days(0), person.in_days(6))
    person.wait(3)
    assert plan_of(person).phases == before
    set_day(person, person.in_days(14))
    moved = plan_of(person)
    assert moved.phases[0].start == person.in_days(0)
    assert moved.move is not None
    assert moved.move.more == pytest.approx(5 / 14 - 5 / 11)


def test_a_list_that_is_not_dated_and_a_day_out_of_reach_are_refused(person) -> None:
    ready = person.ready
    with pytest.raises(UsageError, match="more than five years"):
        set_day(person, person.in_days(4000))
    undated = ready.demand_list().__class__("a", "A", "p-000002", ())
    with pytest.raises(UsageError, match="does not count back"):
        ready.set_day(undated, person.in_days(3))
    assert person.store.get("date:interview") is None


def test_a_book_without_a_dated_list_has_no_plan(tmp_path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nText.\n")
    ready = Readiness(BlankDesk(Library.open([tmp_path])))
    with pytest.raises(NothingFoundError, match="counts back"):
        ready.demand_list()
    assert ready.progress(0.0).topics == ()


# Whether the time is enough


def test_the_check_adds_study_to_items_and_leaves_what_does_not_fit(person) -> None:
    set_day(person, person.in_days(14))
    person.ready.set_minutes_a_day(8)
    check = plan_of(person).check
    assert check is not None
    assert (check.minutes, check.days, check.working) == (8, 14, 145)
    assert check.studying > 16  # five losses and three others, two minutes each, more than once
    assert check.needs == -(-(check.working + check.studying) // 14)
    assert check.leaves
    assert "c-000005" not in (*check.fits, *check.leaves)
    person.ready.set_minutes_a_day(check.needs)
    assert plan_of(person).check.leaves == ()


def test_what_is_known_needs_less_study_and_what_is_ready_is_not_left_to_do(person) -> None:
    set_day(person, person.in_days(40))
    before = plan_of(person).check
    person.learns("loss", "bias")
    person.wait(1)
    person.sits()
    after = plan_of(person).check
    assert after.studying < before.studying
    assert after.working < before.working
    assert "c-000001" not in (*after.fits, *after.leaves)


def test_days_off_are_no_days_to_work(person) -> None:
    set_day(person, person.in_days(14))
    person.ready.set_days_off([person.in_days(1), person.in_days(1), person.in_days(6)])
    assert person.ready.days_off == (person.in_days(1), person.in_days(6))
    found = plan_of(person)
    assert found.check.days == 12
    assert found.phases[0].end == person.in_days(5)
    person.wait(2)
    assert person.ready.days_off == (person.in_days(4),)


def test_in_the_last_week_a_sprint_takes_the_place_of_study(person) -> None:
    set_day(person, person.in_days(3))
    found = plan_of(person)
    assert found.is_sprint
    assert found.check.studying == 60
    assert [phase.items for phase in found.phases] == [("c-000004",), ()]


def test_after_the_date_nothing_is_checked(person) -> None:
    set_day(person, person.in_days(3))
    person.wait(10)
    assert plan_of(person).check is None


@pytest.mark.parametrize("kept", ["twenty", -3, True, 100_000, None, [20]])
def test_what_another_program_kept_is_passed_over(person, kept) -> None:
    person.store.set("plan:minutes", kept)
    person.store.set("plan:off", kept)
    person.store.set("interviews:interview", [kept, {"date": kept}, {"date": "2026-13-40"}])
    ready = person.ready
    assert ready.minutes_a_day == 20
    assert ready.days_off == ()
    assert ready.interviews(ready.demand_list()) == ()


def test_minutes_that_no_day_has_are_refused(person) -> None:
    for minutes in (0, -5, 721):
        with pytest.raises(UsageError, match="minutes a day"):
            person.ready.set_minutes_a_day(minutes)
    days = [person.in_days(0) + timedelta(days=n) for n in range(400)]
    with pytest.raises(UsageError, match="days off"):
        person.ready.set_days_off(days)
