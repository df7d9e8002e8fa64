from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import Place
from handbook.store.store import Undone

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.store.store import Store

    from .conftest import HandClock

    OpenStore = Callable[[], Store]


def test_undo_takes_back_the_last_tick_of_the_list_and_says_what_came_back(store: Store):
    store.tick("c-1", True, checklist="interview")
    store.tick("c-2", True, checklist="interview")
    store.tick("c-2", False, checklist="interview")
    assert store.undo("interview") == Undone("tick", "c-2", done=True, text="")
    assert store.undo("interview") == Undone("tick", "c-2", done=False, text="")
    assert list(store.ticks()) == ["c-1"]


def test_undo_has_no_end_but_the_beginning(store: Store):
    for number in range(100):
        store.tick(f"c-{number}", True, checklist="interview")
    taken = [store.undo("interview") for _ in range(101)]
    assert [undone.item for undone in taken if undone] == [f"c-{n}" for n in reversed(range(100))]
    assert taken[-1] is None
    assert store.ticks() == {}


def test_a_list_is_undone_without_touching_another(store: Store):
    store.tick("c-1", True, checklist="interview")
    store.tick("d-1", True, checklist="kick-off")
    assert store.undo("interview") == Undone("tick", "c-1", done=False, text="")
    assert store.undo("interview") is None
    assert list(store.ticks()) == ["d-1"]


def test_a_note_of_a_list_is_undone_in_its_turn(store: Store):
    store.tick("c-1", True, checklist="interview")
    store.note("c-1", "first", checklist="interview")
    store.note("c-1", "second", checklist="interview")
    assert store.undo("interview") == Undone("note", "c-1", done=True, text="first")
    assert store.undo("interview") == Undone("note", "c-1", done=True, text="")
    assert store.undo("interview") == Undone("tick", "c-1", done=False, text="")


def test_a_note_that_was_removed_comes_back(store: Store):
    store.note("c-1", "keep me", checklist="interview")
    store.note("c-1", "", checklist="interview")
    assert store.undo("interview") == Undone("note", "c-1", done=False, text="keep me")


def test_notes_on_pages_and_visits_are_not_undone(store: Store):
    store.tick("c-1", True, checklist="interview")
    store.note("roles", "a thought")
    store.visit(Place("roles"))
    assert store.undo("interview") == Undone("tick", "c-1", done=False, text="")
    assert store.notes()["roles"].text == "a thought"
    assert len(store.visits(5)) == 1


def test_undo_works_after_a_restart(open_store: OpenStore):
    first = open_store()
    first.tick("c-1", True, checklist="interview")
    first.tick("c-2", True, checklist="interview")
    first.undo("interview")
    first.close()
    second = open_store()
    assert second.undo("interview") == Undone("tick", "c-1", done=False, text="")
    assert second.undo("interview") is None


def test_what_another_terminal_ticked_is_undone_in_its_place(open_store: OpenStore):
    mine, theirs = open_store(), open_store()
    mine.tick("c-1", True, checklist="interview")
    theirs.tick("c-2", True, checklist="interview")
    assert mine.undo("interview") == Undone("tick", "c-2", done=False, text="")
    assert list(theirs.ticks()) == ["c-1"]


def test_the_time_of_the_tick_before_comes_back_too(store: Store, clock: HandClock):
    then = clock.now
    store.tick("c-1", True, checklist="interview")
    clock.now += 1000
    store.tick("c-1", False, checklist="interview")
    store.undo("interview")
    assert store.ticks()["c-1"] == ("c-1", True, then)


def test_undo_is_an_event_and_removes_none(store: Store):
    store.tick("c-1", True, checklist="interview")
    store.undo("interview")
    ticked, voided = store.events()
    assert (ticked.entry.kind, voided.entry.kind) == ("check", "void")
    assert voided.entry.target_event == ticked.event_id
