from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from handbook.model import Place
from handbook.model.event import Entry
from handbook.store import events
from handbook.store.events import Stamp

if TYPE_CHECKING:
    from handbook.store.store import Store

    from .conftest import HandClock


def test_the_log_can_be_neither_changed_nor_shortened(store: Store):
    store.visit(Place("roles"))
    for statement in ("UPDATE event SET at_ms = 0", "DELETE FROM event"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store._ledger.connection.execute(statement)
    assert len(list(store.events())) == 1


def test_an_event_says_when_where_and_on_which_day(store: Store, clock: HandClock):
    clock.offset_min = 120
    store.tick("c-1", True, checklist="interview")
    (event,) = store.events()
    assert (event.seq, event.at_ms, event.hlc) == (1, clock.now, clock.now)
    assert (event.day, event.tz_offset_min) == (20589, 120)
    assert event.entry == Entry("check", "c-1", {"v": 1, "checklist": "interview"})
    hlc, device, random = event.event_id.split("-")
    assert (int(hlc, 16), device, len(random)) == (clock.now, event.device_id, 6)


def test_a_clock_set_back_does_not_turn_the_order_around(store: Store, clock: HandClock):
    start = clock.now
    for moment in (start, start - 86_400_000, start - 5, start + 7, -1):
        clock.now = moment
        store.visit(Place("roles"))
    log = list(store.events())
    assert [event.hlc for event in log] == [start, start + 1, start + 2, start + 7, start + 8]
    assert [event.at_ms for event in log] == [start, start - 86_400_000, start - 5, start + 7, 0]


def test_events_within_a_millisecond_have_ids_of_their_own_in_order(store: Store):
    for _ in range(50):
        store.visit(Place("roles"))
    ids = [event.event_id for event in store.events()]
    assert len(set(ids)) == 50
    assert ids == sorted(ids)


def test_the_log_takes_what_study_sessions_and_exams_will_write(store: Store):
    entry = Entry(
        "review", "q-7k2m9d", {"hints": 1}, item_rev="96b3a6", item_v=2, session_id="s-1",
        rating=3, confidence=2, correct=0.5, think_ms=4200, total_ms=9000,
    )  # fmt: skip
    with store._writing():
        store._append(entry)
    (event,) = store.events()
    assert event.entry == entry._replace(data={"v": 1, "hints": 1})
    store.rebuild()
    assert store.ticks() == {}


def test_a_device_has_one_id_for_good_and_a_name(store: Store, clock: HandClock):
    rows = store._ledger.connection.execute("SELECT * FROM device").fetchall()
    assert [(len(row[0]), row[2]) for row in rows] == [(8, clock.now)]
    store.visit(Place("roles"))
    assert next(store.events()).device_id == rows[0][0]


def test_events_of_two_devices_come_in_one_order(store: Store):
    connection = store._ledger.connection
    for device, moment in (("bbbbbbbb", 200), ("aaaaaaaa", 300)):
        events.append(connection, Entry("visit", device), Stamp(device, moment, 0, "000000"))
    late = ("000000000064-cccccccc-000000", "cccccccc", 100, 100, 0, 0, *Entry("visit", data="{}"))  # type: ignore[arg-type]
    connection.execute(events.INSERT, late)
    assert [event.device_id for event in store.events()] == ["cccccccc", "bbbbbbbb", "aaaaaaaa"]
