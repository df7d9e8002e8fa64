from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.errors import StoreError
from handbook.model import Bookmark, Note, Place, Position, Tick, Visit
from handbook.store.schema import MIGRATIONS
from handbook.store.store import NOTE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.store.store import Store

    from .conftest import HandClock

    OpenStore = Callable[[], Store]


def test_a_tick_is_there_again_after_a_restart(open_store: OpenStore, clock: HandClock):
    first = open_store()
    first.tick("c-1", True, checklist="interview")
    first.close()
    assert open_store().ticks() == {"c-1": Tick("c-1", True, clock.now)}


def test_an_item_can_be_opened_again(store: Store, clock: HandClock):
    store.tick("c-1", True, checklist="interview")
    clock.now += 5
    store.tick("c-1", False, checklist="interview")
    assert store.ticks() == {"c-1": Tick("c-1", False, clock.now)}


def test_ticking_what_is_ticked_writes_nothing(store: Store, clock: HandClock):
    then = clock.now
    store.tick("c-1", True, checklist="interview")
    clock.now += 1000
    store.tick("c-1", True, checklist="interview")
    assert store.ticks()["c-1"].at_ms == then
    assert len(list(store.events())) == 1


def test_a_note_is_kept_changed_and_removed(store: Store, clock: HandClock):
    store.note("roles#why", "Ask about on-call.")
    assert store.notes() == {"roles#why": Note("roles#why", "Ask about on-call.", clock.now)}
    store.note("roles#why", "Ask about on-call\nand about data.")
    assert store.notes()["roles#why"].text == "Ask about on-call\nand about data."
    store.note("roles#why", "  \n")
    assert store.notes() == {}


def test_a_note_loses_escape_sequences(store: Store):
    store.note("roles", "\x1b]52;c;aGk=\x07line one\r\nline\ttwo\x9b2J")
    assert store.notes()["roles"].text == "]52;c;aGk=line one\nline\ttwo2J"


def test_a_note_that_is_too_long_is_refused_in_one_line(store: Store):
    store.note("roles", "x" * NOTE_LIMIT)
    with pytest.raises(StoreError, match=r"^the note has 20,001 characters, 20,000 is the most"):
        store.note("roles", "y" * (NOTE_LIMIT + 1))
    assert store.notes()["roles"].text == "x" * NOTE_LIMIT


def test_bookmarks_come_in_the_order_in_which_they_were_made(store: Store, clock: HandClock):
    store.bookmark(Place("roles"), "Roles")
    clock.now -= 60_000  # the order survives a clock that is set back
    store.bookmark(Place("teams", "size"), "Team\n size\x07")
    assert store.bookmarks() == (
        Bookmark("roles", "", "Roles", clock.now + 60_000),
        Bookmark("teams", "size", "Team size", clock.now),
    )


def test_marking_a_place_again_changes_its_title_only_if_that_is_new(store: Store):
    store.bookmark(Place("roles"), "Roles")
    store.bookmark(Place("teams"), "Teams")
    store.bookmark(Place("roles"), "Roles")
    assert [mark.title for mark in store.bookmarks()] == ["Roles", "Teams"]
    store.bookmark(Place("roles"), "The roles")
    assert [mark.title for mark in store.bookmarks()] == ["Teams", "The roles"]


def test_a_bookmark_goes_with_its_place_and_no_other(store: Store):
    store.bookmark(Place("roles"), "Roles")
    store.bookmark(Place("roles", "why"), "Why")
    store.unbookmark(Place("roles"))
    store.unbookmark(Place("never", "marked"))
    assert [mark.anchor for mark in store.bookmarks()] == ["why"]
    assert len(list(store.events())) == 3


def test_visits_come_newest_first_each_as_often_as_it_was(store: Store, clock: HandClock):
    for page in ("home", "roles", "home"):
        clock.now += 1
        store.visit(Place(page, "top"))
    assert store.visits(2) == (
        Visit("home", "top", clock.now),
        Visit("roles", "top", clock.now - 1),
    )
    assert len(store.visits(10)) == 3


def test_a_position_carries_the_time_of_the_clock(store: Store, clock: HandClock):
    store.save_position(Position("roles", "why", 3, 0.25, read=False, at_ms=1))
    assert store.positions() == {"roles": Position("roles", "why", 3, 0.25, False, clock.now)}


def test_a_position_that_did_not_change_is_not_written_again(store: Store, clock: HandClock):
    then = clock.now
    store.save_position(Position("roles", "why", 3, 1 / 3, read=False, at_ms=1))
    clock.now += 1000
    store.save_position(Position("roles", "why", 3, 1 / 3, read=False, at_ms=2))
    assert store.positions()["roles"].at_ms == then
    assert len(list(store.events())) == 1


def test_a_read_mark_outlives_positions_that_do_not_know_of_it(store: Store):
    store.mark_read("roles", True)
    store.save_position(Position("roles", "why", 3, 0.5, read=False, at_ms=0))
    assert store.positions()["roles"][1:5] == ("why", 3, 0.5, True)
    store.mark_read("roles", False)
    assert store.positions()["roles"][1:5] == ("why", 3, 0.5, False)
    store.save_position(Position("roles", "why", 3, 1.0, read=True, at_ms=0))
    assert store.positions()["roles"].read


def test_a_page_that_was_read_and_left_where_it_was_is_not_written_again(store: Store):
    store.save_position(Position("roles", "why", 3, 1.0, read=True, at_ms=0))
    store.save_position(Position("roles", "why", 3, 1.0, read=False, at_ms=0))
    assert len(list(store.events())) == 1


def test_a_page_can_be_marked_as_read_before_it_was_opened(store: Store, clock: HandClock):
    store.mark_read("roles", False)
    assert store.positions() == {}
    store.mark_read("roles", True)
    assert store.positions() == {"roles": Position("roles", "", 0, 0.0, True, clock.now)}


def test_settings_take_any_json_value(store: Store, open_store: OpenStore):
    store.set("interview", "2026-06-01")
    store.set("you", {"software": 6.5, "ml": 4, "seen": [True, None]})
    again = open_store()
    assert again.get("interview") == "2026-06-01"
    assert again.get("you") == {"software": 6.5, "ml": 4, "seen": [True, None]}
    assert again.get("searches", []) == []
    assert again.get("searches") is None


def test_a_setting_can_be_changed_and_set_to_nothing(store: Store):
    store.set("interview", "2026-06-01")
    store.set("interview", "2026-06-01")
    store.set("interview", None)
    assert store.get("interview", "never") is None
    assert len(list(store.events())) == 2


def test_a_second_store_is_told_when_the_first_one_wrote(open_store: OpenStore):
    first, second = open_store(), open_store()
    assert not second.is_changed()
    first.tick("c-1", True, checklist="interview")
    assert second.is_changed()
    assert second.ticks()["c-1"].done
    assert not second.is_changed()
    assert not first.is_changed()


def test_health_tells_what_the_doctor_shows(store: Store):
    store.visit(Place("roles"))
    health = store.health()
    assert health._replace(size=0, filesystem="") == (
        store._ledger.path, 0, len(MIGRATIONS), 1, "wal", "ok", None, "", ""
    )  # fmt: skip
    assert health.size >= store._ledger.path.stat().st_size > 0


def test_closing_twice_is_no_mistake(store: Store):
    store.close()
    store.close()
