"""Mock interviews as a fold: the rules of a structured interview, clocks, reports, plans."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.errors import NothingFoundError, UsageError
from handbook.model.event import Entry, Event
from handbook.model.interview import Plan, PlannedItem, PlannedRound
from handbook.study import mock
from handbook.study.mock_plan import plan_from_json, plan_to_json
from handbook.study.mock_report import (
    LEAST_ROUNDS,
    missed_drills,
    report_of,
    spread_text,
    spreads_of,
)

MINUTE = 60_000


def planned(number: int, round_: int) -> PlannedItem:
    return PlannedItem(
        f"m-{number:06}",
        f"Item {number}",
        round_,
        10,
        ("looks", "acts"),
        (2, 1),
        ("q-look", ""),
        ("Method", "Telling"),
        follow_ups=2,
        hints=1,
    )


def plan(mode: str = "interviewer") -> Plan:
    rounds = (PlannedRound("First", "debugging", 20), PlannedRound("Second", "theory", 10))
    items = (planned(1, 0), planned(2, 0), planned(3, 1))
    return Plan("loop", "Loop", mode, "", "", rounds, items)  # type: ignore[arg-type]


class Room:
    """An interview whose entries become events at once, on a clock that is moved by hand."""

    def __init__(self, mode: str = "interviewer") -> None:
        self.now = 1_000_000
        self.log: list[Event] = []
        self.plan = plan(mode)
        self.interview = mock.interview_of("s1", self.plan, ())
        self.keep((Entry("session_start"),))

    def keep(self, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            number = len(self.log) + 1
            event = Event(number, f"{number:06}", "d", self.now, self.now, 1, 0, entry)
            self.log.append(event)
            self.interview = mock.after(self.interview, event)

    def do(self, act, *values, **named) -> None:
        self.keep(act(self.interview, *values, **named))

    def wait(self, minutes: float) -> None:
        self.now += int(minutes * MINUTE)

    def begin(self, number: int = 0) -> Room:
        self.do(mock.open_round, number)
        return self

    def score(self, name: str, value: int, words: str = "said what to expect") -> None:
        self.do(mock.note, words, name)
        self.do(mock.score, name, value)

    @property
    def state(self):
        return self.interview.state


def refused(act, *values, **named) -> str:
    with pytest.raises(UsageError) as caught:
        act(*values, **named)
    return str(caught.value)


# Evidence before a score


def test_a_score_needs_evidence_of_three_words_for_its_dimension() -> None:
    room = Room().begin()
    assert "no evidence for Method" in refused(mock.score, room.interview, "Method", 3)
    room.do(mock.note, "a general note of many words")
    assert "no evidence" in refused(mock.score, room.interview, "Method", 3)
    assert "2 words" in refused(mock.note, room.interview, "two words", "Method")
    room.do(mock.note, "asked for data", "Method")
    assert "no evidence for Telling" in refused(mock.score, room.interview, "Telling", 3)
    room.do(mock.score, "Method", 3)
    assert room.state.score_of("Method") == 3


@given(st.text(max_size=30))
def test_evidence_is_accepted_exactly_if_it_has_three_words(text: str) -> None:
    room = Room().begin()
    if len(text.split()) >= mock.LEAST_WORDS:
        room.do(mock.note, text, "Method")
        assert mock.has_evidence(room.state, "Method")
    else:
        refused(mock.note, room.interview, text, "Method")


def test_a_score_that_stands_in_the_log_without_evidence_does_not_count() -> None:
    room = Room().begin()
    room.keep((Entry("mock_score", "m-000001", {"dimension": "Method", "score": 4}),))
    assert room.state.score_of("Method") == 0


def test_scores_are_hidden_until_the_round_is_closed_and_stay_afterwards() -> None:
    room = Room().begin()
    room.score("Method", 2)
    assert report_of(room.interview).dimensions == ()
    room.do(mock.score, "Method", 3)
    room.do(mock.close_round)
    assert [each.name for each in report_of(room.interview).dimensions] == ["Method"]
    assert "closed" in refused(mock.score, room.interview, "Method", 4)
    room.keep((Entry("mock_score", "m-000001", {"dimension": "Method", "score": 1}),))
    assert room.interview.items[0].score_of("Method") == 3


def test_what_lacks_a_score_is_named_before_a_round_closes() -> None:
    room = Room().begin()
    room.score("Method", 2)
    assert mock.unscored(room.interview) == (("Item 1", "Telling"),)


# Order


def test_items_come_in_the_order_of_the_plan_and_within_their_round() -> None:
    room = Room().begin()
    assert room.interview.at == 0
    refused(mock.go_to, room.interview, -1)
    room.do(mock.go_to, 1)
    assert room.interview.at == 1
    assert "last item" in refused(mock.go_to, room.interview, 1)
    room.do(mock.go_to, -1)
    assert room.interview.at == 0
    refused(mock.open_round, room.interview, 0)


def test_follow_ups_and_hints_come_one_by_one_and_end() -> None:
    room = Room().begin()
    room.do(mock.follow_up)
    room.do(mock.follow_up)
    assert "every follow-up" in refused(mock.follow_up, room.interview)
    room.do(mock.hint)
    assert "every hint" in refused(mock.hint, room.interview)
    assert (room.state.follow_ups, room.state.hints) == (2, 1)


def test_a_hint_lowers_nothing_by_itself() -> None:
    room = Room().begin()
    room.do(mock.toggle, 0)
    before = room.state
    room.do(mock.hint)
    assert room.state == replace(before, hints=1)


def test_a_tick_can_be_taken_away() -> None:
    room = Room().begin()
    room.do(mock.toggle, 1)
    assert room.state.ticked == {1}
    room.do(mock.toggle, 1)
    assert (room.state.ticked, room.state.judged) == (frozenset(), {1})
    refused(mock.toggle, room.interview, 2)


def test_nothing_can_be_done_before_the_first_round() -> None:
    room = Room()
    for act in (mock.follow_up, mock.hint, mock.close_round):
        assert "not begun" in refused(act, room.interview)


# Alone


def test_alone_nothing_is_shown_before_the_answer_is_complete() -> None:
    room = Room("solo").begin()
    for act, values in ((mock.follow_up, ()), (mock.toggle, (0,)), (mock.score, ("Method", 3))):
        assert "done first" in refused(act, room.interview, *values)
    refused(mock.go_to, room.interview, 1)
    room.do(mock.outline, "first\nsecond")
    room.do(mock.say_done)
    assert room.state.outline == "first\nsecond"
    assert "complete" in refused(mock.outline, room.interview, "more")
    assert mock.next_criterion(room.interview) == 0
    room.do(mock.judge, 0, is_met=True)
    room.do(mock.judge, 1, is_met=False)
    assert mock.next_criterion(room.interview) is None


def test_an_outline_that_has_not_changed_is_not_kept_again() -> None:
    room = Room("solo").begin()
    room.do(mock.outline, "first")
    assert mock.outline(room.interview, "first") == ()


# The clock


def test_each_item_has_its_own_clock() -> None:
    room = Room().begin()
    room.wait(3)
    assert room.interview.spent(0, room.now) == 3 * MINUTE
    room.do(mock.go_to, 1)
    room.wait(2)
    room.do(mock.go_to, -1)
    room.wait(1)
    assert room.interview.spent(0, room.now) == 4 * MINUTE
    assert room.interview.spent(1, room.now) == 2 * MINUTE
    room.do(mock.close_round)
    room.wait(30)
    assert room.interview.spent(0, room.now) == 4 * MINUTE


def test_a_pause_does_not_count() -> None:
    room = Room().begin()
    room.wait(3)
    room.do(mock.pause)
    assert mock.pause(room.interview) == ()
    room.wait(600)
    room.do(mock.resume)
    room.wait(1)
    assert room.interview.spent(0, room.now) == 4 * MINUTE


def test_after_a_kill_the_time_since_the_last_act_is_lost_and_no_more() -> None:
    room = Room().begin()
    room.wait(3)
    room.do(mock.note, "seen")
    room.wait(60 * 24)
    room.do(mock.resume)
    room.wait(1)
    assert room.interview.spent(0, room.now) == 4 * MINUTE


def test_a_clock_set_back_takes_no_time_away() -> None:
    room = Room().begin()
    room.wait(3)
    room.do(mock.go_to, 1)
    room.wait(-60)
    room.do(mock.go_to, -1)
    assert room.interview.spent(1, room.now) == 0
    assert room.interview.items[0].spent_ms == 3 * MINUTE


# The fold

KINDS = ("mock_round", "mock_ask", "mock_follow", "mock_hint", "mock_tick", "mock_note")
NOISE = st.lists(
    st.tuples(
        st.sampled_from(
            (*KINDS, "mock_score", "mock_outline", "mock_done", "wanted", "session_end")
        ),
        st.sampled_from((None, "m-000001", "m-000003", "m-999999")),
        st.dictionaries(
            st.sampled_from(("round", "open", "number", "criterion", "met", "text", "score")),
            st.one_of(st.integers(-3, 9), st.booleans(), st.text(max_size=5), st.none()),
        ),
    ),
    max_size=30,
)


@given(NOISE)
def test_no_log_breaks_the_fold_and_the_report(noise: list) -> None:
    room = Room()
    for kind, item, data in noise:
        room.wait(0.1)
        room.keep((Entry(kind, item, data),))
    again = mock.interview_of("s1", room.plan, room.log)
    assert again == room.interview
    report_of(again)


def test_after_the_end_nothing_changes() -> None:
    room = Room().begin()
    room.do(mock.finish)
    ended = room.interview
    room.keep((Entry("mock_tick", "m-000001", {"criterion": 0, "met": True}),))
    assert room.interview == ended
    assert "over" in refused(mock.finish, ended)


# The plan


@pytest.mark.parametrize("mode", ["interviewer", "solo"])
def test_a_plan_survives_json(mode: str) -> None:
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan(mode))))) == plan(mode)


NESTED = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("id", "round", "criteria", "points")), inner)
    ),
)


@given(NESTED)
def test_what_is_no_plan_is_none(noise: object) -> None:
    kept = {**plan_to_json(plan()), "items": [noise]}
    assert plan_from_json(kept) is None or isinstance(noise, dict)
    assert plan_from_json({"mode": "solo", "rounds": noise, "items": noise}) is None


@pytest.mark.parametrize("minutes", [0, -5, float("nan"), float("inf"), True, "soon", None])
def test_minutes_that_make_no_sense_do_no_harm(minutes: object) -> None:
    kept = json.loads(json.dumps(plan_to_json(plan())))
    kept["items"][0]["minutes"] = minutes
    kept["rounds"][0][2] = minutes
    found = plan_from_json(kept)
    assert found is not None
    assert 0 < found.items[0].minutes <= 1000
    assert 0 < found.rounds[0].minutes <= 1000


# Reports


def held() -> Room:
    room = Room().begin()
    room.do(mock.toggle, 0)
    room.score("Method", 4, "one test at a time")
    room.score("Telling", 2, "silent for minutes")
    room.wait(12)
    room.do(mock.go_to, 1)
    room.score("Method", 3, "reads some pairs first")
    room.do(mock.close_round)
    return room


def test_strengths_and_gaps_come_with_the_sentences_they_rest_on() -> None:
    report = report_of(held().interview)
    assert [each.name for each in report.strengths] == ["Method"]
    assert [each.name for each in report.gaps] == ["Telling"]
    assert report.gaps[0].scores[0].evidence == ("silent for minutes",)
    assert (report.rounds, report.open_rounds) == (("First",), ("Second",))
    first, second = report.items
    assert (first.met, first.missed, first.points, first.of_points) == (("looks",), ("acts",), 2, 3)
    assert first.spent == 12
    assert second.missed == ("looks", "acts")


def test_only_what_was_missed_in_a_closed_round_becomes_a_drill() -> None:
    room = held()
    assert missed_drills(room.interview) == ("q-look",)
    room.begin(1)
    assert missed_drills(room.interview) == ("q-look",)
    open_room = Room().begin()
    assert missed_drills(open_room.interview) == ()


def test_fewer_than_three_rounds_are_no_trend() -> None:
    one = spreads_of([held().interview])
    assert [(each.name, each.scores, each.rounds) for each in one] == [
        ("Method", (4, 3), 1),
        ("Telling", (2,), 1),
    ]
    assert "too few to speak of a trend" in spread_text(one[0])
    three = spreads_of(replace(held().interview, id=name) for name in "abc")
    assert three[0].rounds == LEAST_ROUNDS
    assert spread_text(three[0]) == "4, 3, 4, 3, 4, 3: 3 to 4, middle 3.5, from 3 rounds"


def test_a_round_that_a_loop_does_not_have_is_refused() -> None:
    from handbook.model.mock import Loop
    from handbook.study.mock_plan import plan_of

    with pytest.raises(UsageError):
        plan_of(Loop("a", "A", "", (), ()), "solo")
    with pytest.raises(NothingFoundError):
        plan_of(Loop("a", "A", "", (), ()), "solo", rounds=(1,))
