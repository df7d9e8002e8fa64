"""A clock that was wrong: its answers move to where they can have happened, on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.model.event import Entry
from handbook.store.clock import study_day
from handbook.store.mending import LAST_MS
from handbook.store.redating import find_stretches, redate
from handbook.store.store import Store
from handbook.store.transfer import export_events

from .conftest import NOON, HandClock, import_events
from .test_transfer import state_hash

if TYPE_CHECKING:
    from pathlib import Path

MINUTE = 60_000
DAY = 24 * 60 * MINUTE
TODAY = study_day(NOON, 0)


def review(item: str, rating: int = 3) -> Entry:
    return Entry("review", item, {}, rating=rating)


def test_answers_of_a_wrong_clock_move_to_now(store, clock):
    store.practice.append(review("q-1"))
    clock.now = NOON + 1000 * DAY
    store.practice.append(review("q-2"))
    clock.now += 5 * MINUTE
    store.practice.append(review("q-1"))
    clock.now = NOON + 2 * DAY
    assert store.practice.find_card("q-2").last_day == TODAY + 1000
    (stretch,) = redate(store)
    assert (stretch.events, stretch.right_ms) == (2, NOON + 2 * DAY)
    assert stretch.said_ms == NOON + 1000 * DAY + 5 * MINUTE
    times = [event.at_ms - NOON for event in store.practice.events("review")]
    assert times == [0, 2 * DAY - 5 * MINUTE, 2 * DAY]
    assert {card.last_day for card in store.practice.cards().values()} == {TODAY + 2}
    assert store.practice.find_card("q-1").reps == 2
    assert find_stretches(store) == redate(store) == ()


def test_the_log_itself_stays_as_it_is(store, clock):
    clock.now = NOON + 1000 * DAY
    store.practice.append(review("q-1"))
    before = store.connection.execute("SELECT * FROM event").fetchall()
    clock.now = NOON
    redate(store)
    assert store.connection.execute("SELECT * FROM event").fetchall()[:-1] == before


def test_they_do_not_move_to_before_what_came_before(store, clock):
    store.practice.append(review("q-1"))
    clock.now = NOON + 1000 * DAY
    store.practice.append(review("q-2"))
    clock.now += 10 * DAY
    store.practice.append(review("q-3"))
    clock.now = NOON + DAY
    redate(store)
    times = [event.at_ms - NOON for event in store.practice.events("review")]
    assert times == [0, 0, DAY]


def test_what_was_answered_with_the_right_clock_afterwards_is_a_bound(store, clock):
    clock.now = NOON + 1000 * DAY
    store.practice.append(review("q-1"))
    clock.now = NOON
    store.practice.append(review("q-2"))
    clock.now = NOON + 30 * DAY
    redate(store)
    assert [event.at_ms for event in store.practice.events("review")] == [NOON, NOON]


def test_a_second_correction_replaces_the_first(store, clock):
    store.practice.append(review("q-1"))
    clock.now = NOON + 1000 * DAY
    store.practice.append(review("q-2"))
    clock.now = NOON + 500 * DAY  # still wrong
    redate(store)
    clock.now = NOON + DAY
    assert len(redate(store)) == 2  # the answer, and the first correction
    assert store.practice.find_card("q-2").last_day == TODAY + 1


def test_times_inside_an_answer_and_holds_move_along(store, clock):
    clock.now = NOON + 1000 * DAY
    late = clock.now - 60 * MINUTE
    store.practice.append(
        review("q-1")._replace(data={"at_ms": late, "day": TODAY + 1000}),
        Entry("hold", "q-2", {"until": TODAY + 1001}),
    )
    clock.now = NOON
    redate(store)
    assert store.practice.find_card("q-1").last_ms == NOON - 60 * MINUTE
    assert store.practice.standings()["q-2"].held_until == TODAY + 1


def test_a_few_seconds_ahead_are_no_wrong_clock(store, clock):
    store.practice.append(review("q-1"))
    clock.now -= MINUTE
    assert redate(store) == ()
    assert [event.entry.kind for event in store.events()] == ["review"]


@pytest.fixture
def other(path: Path):
    store = Store.open(path.with_name("other.db"), HandClock(NOON + DAY))
    yield store
    store.close()


def test_corrections_merge_in_any_order(store, clock, other, path):
    other.practice.append(review("q-1"))
    clock.now = NOON + 1000 * DAY
    store.practice.append(review("q-1", 1), review("q-2"))
    import_events(other, export_events(store))
    clock.now = NOON + 2 * DAY
    redate(store)
    other.clock.now += 3 * DAY
    redate(other)  # both set it right, each by its own lights
    logs = [list(export_events(store)), list(export_events(other))]
    hashes = set()
    for name, order in (("x", logs), ("y", logs[::-1])):
        merged = Store.open(path.with_name(f"{name}.db"), HandClock())
        for log in order:
            import_events(merged, log)
        hashes.add(state_hash(merged))
        assert max(card.last_day for card in merged.practice.cards().values()) < TODAY + 10
        merged.close()
    for log in logs:
        import_events(store, log)
        import_events(other, log)
    assert hashes == {state_hash(store)} == {state_hash(other)}


def test_a_rebuilt_state_is_the_same(store, clock):
    clock.now = NOON + 1000 * DAY
    store.practice.append(review("q-1"))
    clock.now = NOON
    redate(store)
    clock.now += DAY
    store.practice.append(review("q-1"))
    store.practice.undo()
    store.practice.redo()
    before = state_hash(store)
    store.rebuild()
    assert state_hash(store) == before


def test_a_correction_that_makes_no_sense_is_passed_over(store, clock):
    store.practice.append(review("q-1"))
    (event,) = store.events()
    whole = {"device": store.device, "first": event.event_id, "last": event.event_id}
    for odd in (
        {},
        {**whole, "from_ms": 0, "shift_ms": "1", "not_before_ms": 0},
        {**whole, "from_ms": 0, "shift_ms": 1 << 60, "not_before_ms": 0},
        {**whole, "from_ms": event.at_ms + 1, "shift_ms": 5, "not_before_ms": 0},
        {**whole, "device": "00000000", "from_ms": 0, "shift_ms": 5, "not_before_ms": 0},
    ):
        store.practice.append(Entry("redate", None, odd))
    assert next(store.events()).at_ms == event.at_ms
    past = {"from_ms": 0, "shift_ms": -LAST_MS, "not_before_ms": -5}
    store.practice.append(Entry("redate", None, whole | past))
    assert next(store.events()).at_ms == 0
