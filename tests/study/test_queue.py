"""The plan of a session: what may come, in what order, and how much."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model import Standing
from handbook.study.interleaving import interleaved
from handbook.study.queue import (
    MOST_PLANNED,
    NEW_A_DAY,
    Sprint,
    Wishes,
    candidates,
    plan,
    sprint_plan,
)
from handbook.study.scheduling import recall
from handbook.study.session import Planned
from tests.study.decks import DAY, NOW, TOPICS, Reader, card, cue, question, readers, wishes

MANY_WISHES = st.builds(
    wishes,
    minutes=st.sampled_from([0, 5, 15]),
    topics=st.sampled_from([frozenset(), frozenset(["bias"])]),
    opened=st.sampled_from([None, frozenset(), frozenset(["loss", "roles"])]),
    new_today=st.integers(0, 9),
    interview=st.sampled_from([0, DAY - 3, DAY + 2, DAY + 20]),
    pace=st.sampled_from([0.25, 1.0, 2.0]),
)


def planned(reader: Reader, wanted: Wishes) -> tuple[Planned, ...]:
    return plan(reader.questions, reader.cards, reader.standings, wanted)


def names(found: tuple[Planned, ...]) -> list[str]:
    return [each.question for each in found]


# Laws


@given(readers(), MANY_WISHES)
def test_what_is_held_out_held_back_or_suspended_never_comes(reader, wanted) -> None:
    for each in (
        *planned(reader, wanted),
        *sprint_plan(reader.questions, reader.cards, reader.standings, wanted, Sprint()),
    ):
        assert not reader.by_id[each.question].is_held_out
        standing = reader.standings.get(each.question, Standing(each.question))
        assert not standing.is_suspended
        assert standing.held_until <= DAY


@given(readers(), MANY_WISHES)
def test_no_two_neighbours_share_a_topic_while_another_is_available(reader, wanted) -> None:
    found = planned(reader, wanted)
    for at, (one, other) in enumerate(pairwise(found)):
        is_one_pass = one.reason == other.reason == "first"
        if one.topic == other.topic and not is_one_pass:
            assert {each.topic for each in found[at + 1 :]} == {one.topic}


@given(readers(), MANY_WISHES)
def test_the_first_pass_of_a_topic_is_one_piece(reader, wanted) -> None:
    found = planned(reader, wanted)
    for topic in TOPICS:
        at = [n for n, each in enumerate(found) if (each.topic, each.reason) == (topic, "first")]
        assert at == list(range(at[0], at[0] + len(at))) if at else True


@given(readers(), MANY_WISHES)
def test_the_same_reader_gets_the_same_plan_and_nothing_twice(reader, wanted) -> None:
    found = planned(reader, wanted)
    assert found == planned(reader, wanted)
    assert len(set(names(found))) == len(found)


@given(readers(), MANY_WISHES)
def test_a_plan_fits_its_time_box(reader, wanted) -> None:
    found = planned(reader, wanted)
    minutes = [reader.by_id[each.question].minutes * wanted.pace for each in found]
    if wanted.minutes and len(found) > 1:
        assert sum(minutes) <= wanted.minutes
    assert len(found) <= MOST_PLANNED


@given(readers(), MANY_WISHES)
def test_what_a_plan_says_of_a_question_is_true(reader, wanted) -> None:
    for each in planned(reader, wanted):
        found = reader.cards.get(each.question)
        if each.reason in {"new", "first"}:
            assert found is None
        else:
            assert found is not None
        if each.reason == "learning":
            assert 0 < found.due_ms <= NOW
        if each.reason == "first":
            began = {reader.by_id[name].topic for name in reader.cards}
            assert each.topic not in began


@given(readers(), MANY_WISHES.filter(lambda wanted: not wanted.is_dated))
def test_no_more_new_questions_a_day_than_fit(reader, wanted) -> None:
    new = [each for each in planned(reader, wanted) if each.reason in {"new", "first"}]
    assert len(new) <= max(0, NEW_A_DAY - wanted.new_today)


@given(st.lists(st.sampled_from(TOPICS), max_size=25))
def test_topics_are_spread_wherever_that_can_be_done(topics) -> None:
    found = interleaved([Planned(f"q-{n}", topic, "due") for n, topic in enumerate(topics)])
    assert sorted(names(found)) == sorted(f"q-{n}" for n in range(len(topics)))
    most = max((topics.count(topic) for topic in topics), default=0)
    if 2 * most <= len(topics) + 1:
        assert all(one.topic != other.topic for one, other in pairwise(found))


# The order


def test_what_is_learned_now_comes_first_then_the_oldest_due() -> None:
    questions = [question(f"q-{n}", TOPICS[n % 4]) for n in range(4)]
    cards = {
        "q-0": card("q-0", DAY),
        "q-1": card("q-1", DAY - 9),
        "q-2": card("q-2", DAY - 3),
        "q-3": card("q-3", DAY, due_ms=NOW - 1),
    }
    assert names(plan(questions, cards, {}, wishes())) == ["q-3", "q-1", "q-2", "q-0"]


def test_a_card_whose_minutes_have_not_passed_waits() -> None:
    cards = {"q-0": card("q-0", DAY, due_ms=NOW + 1)}
    assert plan([question("q-0")], cards, {}, wishes()) == ()


def test_before_an_interview_the_lowest_recall_comes_first() -> None:
    questions = [question("q-0", "bias"), question("q-1", "loss")]
    cards = {
        "q-0": card("q-0", DAY - 9, stability=500.0),
        "q-1": card("q-1", DAY, stability=0.5),
    }
    assert recall(cards["q-1"], DAY) < recall(cards["q-0"], DAY)
    assert names(plan(questions, cards, {}, wishes())) == ["q-0", "q-1"]
    assert names(plan(questions, cards, {}, wishes(interview=DAY + 10))) == ["q-1", "q-0"]


def test_before_an_interview_time_left_over_goes_to_what_is_not_due() -> None:
    questions = [question("q-0", "bias"), question("q-1", "loss")]
    cards = {
        "q-0": card("q-0", DAY + 3, stability=2.0, last_day=DAY - 2),
        "q-1": card("q-1", DAY + 9, stability=50.0, last_day=DAY - 2),
    }
    assert plan(questions, cards, {}, wishes()) == ()
    found = plan(questions, cards, {}, wishes(interview=DAY + 10))
    assert [(each.question, each.reason) for each in found] == [("q-0", "extra"), ("q-1", "extra")]


def test_what_was_answered_today_does_not_fill_the_time_left_over() -> None:
    cards = {"q-0": card("q-0", DAY + 3, last_day=DAY)}
    assert plan([question("q-0")], cards, {}, wishes(interview=DAY + 10)) == ()


@pytest.mark.parametrize(("days", "expected"), [(25, 8), (9, 10), (6, 40), (3, 40)])
def test_new_questions_are_paced_so_that_all_are_seen_five_days_before(days, expected) -> None:
    questions = [question(f"q-{n}", TOPICS[n % 4], minutes=0.1) for n in range(40)]
    found = plan(questions, {}, {}, wishes(interview=DAY + days, minutes=0))
    assert len(found) == expected


def test_what_was_new_today_counts_for_the_pace_of_the_day() -> None:
    questions = [question(f"q-{n}", minutes=0.1) for n in range(38)]
    found = plan(questions, {}, {}, wishes(interview=DAY + 9, minutes=0, new_today=2))
    assert len(found) == 8, "10 a day for 40 questions in four days, less 2"


def test_core_topics_come_first_and_alone_decide_the_pace() -> None:
    questions = [question(f"q-{n}", TOPICS[n % 4], minutes=0.1) for n in range(40)]
    wanted = wishes(interview=DAY + 15, minutes=0, core=frozenset(["loss"]))
    found = candidates(questions, {}, {}, wanted)
    assert [each.topic for each in found.new] == ["loss"]
    assert [each.topic for each in found.further] == ["loss"] * 7


def test_before_an_interview_what_is_due_comes_before_new_questions_that_can_wait() -> None:
    questions = [question(f"q-{n}", TOPICS[n % 4], minutes=0.1) for n in range(10)]
    cards = {"q-0": card("q-0", DAY - 1)}
    wanted = wishes(interview=DAY + 60, minutes=0.2)
    reasons = [each.reason for each in plan(questions, cards, {}, wanted)]
    assert sorted(reasons) == ["due", "new"], "one new question is needed today, others can wait"


# What is new


def test_new_questions_come_from_chapters_that_were_opened_or_topics_that_were_chosen() -> None:
    questions = [question("q-0", "bias"), question("q-1", "loss")]
    assert names(plan(questions, {}, {}, wishes(opened=frozenset(["loss"])))) == ["q-1"]
    chosen = wishes(opened=frozenset(["loss"]), topics=frozenset(["bias"]))
    assert names(plan(questions, {}, {}, chosen)) == ["q-0"]


def test_a_new_reader_gets_easy_questions_of_one_topic_before_any_cue() -> None:
    questions = [
        cue("q-c", "page", "a", "roles"),
        *(question(f"q-{n}", "bias", difficulty=1 + n % 3) for n in range(9)),
        question("q-z", "loss"),
    ]
    found = plan(questions, {}, {}, wishes(minutes=0))
    assert [each.topic for each in found] == ["bias"] * 8
    assert names(found)[:3] == ["q-0", "q-3", "q-6"]


def test_cues_of_a_chapter_that_was_not_opened_come_last_before_an_interview() -> None:
    questions = [cue("q-0", "page", "a", "roles"), cue("q-1", "other", "a", "loss")]
    wanted = wishes(interview=DAY + 3, opened=frozenset(["loss"]))
    assert names(plan(questions, {}, {}, wanted)) == ["q-1", "q-0"]


def test_nothing_new_comes_while_the_coming_week_is_full() -> None:
    known = [question(f"q-{n}", minutes=4.0) for n in range(30)]
    cards = {each.id: card(each.id, DAY + 1 + n % 7) for n, each in enumerate(known)}
    questions = [*known, question("q-new", "loss")]
    assert names(plan(questions, cards, {}, wishes(minutes=20))) == ["q-new"]
    assert plan(questions, cards, {}, wishes(minutes=15)) == ()


def test_the_coming_week_is_full_sooner_for_who_takes_longer() -> None:
    known = question("q-0", minutes=60.0)
    questions = [known, question("q-new", "loss")]
    cards = {"q-0": card("q-0", DAY + 1)}
    assert names(plan(questions, cards, {}, wishes(minutes=15))) == ["q-new"]
    assert plan(questions, cards, {}, wishes(minutes=15, pace=2.0)) == ()


def test_siblings_never_meet_in_one_session() -> None:
    questions = [cue("q-0", "page", "a"), cue("q-1", "page", "b"), cue("q-2", "other", "a")]
    found = plan(questions, {}, {}, wishes(), lambda each: each.page)
    assert names(found) == ["q-0", "q-2"]


def test_a_corrected_question_is_due_soon() -> None:
    known = card("q-0", DAY + 90, last_day=DAY - 3)
    assert plan([question("q-0")], {"q-0": known}, {}, wishes()) == ()
    found = candidates([replace(question("q-0"), version=2)], {"q-0": known}, {}, wishes())
    assert [each.id for each in found.due] == ["q-0"]


# Sprint


def test_a_sprint_finds_what_its_filter_says_lowest_recall_first() -> None:
    questions = [question(f"q-{n}", TOPICS[n % 4]) for n in range(4)]
    cards = {
        "q-0": card("q-0", DAY + 50, last_day=DAY - 5, stability=90.0),
        "q-1": card("q-1", DAY + 50, last_day=DAY - 5, stability=0.3, recent="13"),
        "q-2": card("q-2", DAY + 50, last_day=DAY - 5, stability=90.0, recent="333133"),
    }
    standings = {"q-2": Standing("q-2", flag="odd")}

    def found(word: str, **more: object) -> list[str]:
        wanted = wishes(**more)
        return names(sprint_plan(questions, cards, standings, wanted, Sprint.named(word)))

    assert found("all")[:2] == ["q-3", "q-1"]
    assert found("missed") == ["q-1"]
    assert found("low") == ["q-3", "q-1"]
    assert found("flagged") == ["q-2"]
    assert found("all", topics=frozenset(["bias"])) == ["q-0"]
