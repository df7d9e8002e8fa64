"""The derived state is the log's: replayed in bulk or kept up event by event, it is the same."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.model import Place, Position
from handbook.model.event import Entry
from handbook.store.practice import UNDOABLE
from handbook.store.schema import DERIVED
from handbook.store.store import Store

from .conftest import HandClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.model.event import JSON

Deed: TypeAlias = "Callable[[Store, HandClock], object]"

names = st.sampled_from(["a", "b", "c"])
texts = st.sampled_from(["", "one", "two\nlines"])


def turn(minutes: int) -> Deed:
    def deed(_store: Store, clock: HandClock) -> None:
        clock.now += minutes * 60_000

    return deed


def void_a_void(store: Store, _clock: HandClock) -> None:
    """Do what a redo will do: void the last void, whatever that one voided."""
    voids = [event for event in store.events() if event.entry.kind == "void"]
    if voids:
        with store._writing():
            store._append(Entry("void", voids[-1].entry.item_uid, {}, voids[-1].event_id))


def void_again(store: Store, _clock: HandClock) -> None:
    """Void an event a second time, as two devices may before they meet."""
    log = [event for event in store.events() if event.entry.kind in ("check", "note", "visit")]
    if log:
        with store._writing():
            store._append(Entry("void", log[0].entry.item_uid, {}, log[0].event_id))


def void_anything(number: int) -> Deed:
    """Void any event of the log, voids too, as devices that meet may have done."""

    def deed(store: Store, _clock: HandClock) -> None:
        log = list(store.events())
        if log:
            target = log[number % len(log)].event_id
            store.practice.append(Entry("void", "?", target_event=target))

    return deed


def practise(
    kind: str, data: dict[str, JSON], rating: int | None = None
) -> st.SearchStrategy[Deed]:
    """Return deeds that append such an entry about any question, in one of two sessions."""
    entry = Entry(kind, data=data, rating=rating, confidence=3)
    return st.builds(
        lambda question, session, version: (
            lambda store, _: store.practice.append(
                entry._replace(item_uid=question, session_id=session, item_v=version)
            )
        ),
        names,
        st.sampled_from(["s-1", "s-2"]),
        st.integers(1, 2),
    )


practice: st.SearchStrategy[Deed] = st.one_of(
    practise("review", {}, 1),
    practise("review", {}, 3),
    practise("review", {"day": 20_000, "at_ms": 5}, 3),
    practise("hold", {"until": 30_000}),
    practise("suspend", {"on": True}),
    practise("suspend", {"on": False}),
    practise("flag", {"text": "why"}),
    practise("session_start", {"kind": "study", "plan": {"minutes": 5}}),
    practise("session_end", {}),
    st.just(lambda store, _: store.practice.undo()),
    st.just(lambda store, _: store.practice.undo("s-1")),
    st.just(lambda store, _: store.practice.redo()),
    st.just(lambda store, _: store.practice.redo("s-2")),
    st.builds(void_anything, st.integers(0, 100)),
)

deeds: st.SearchStrategy[Deed] = st.one_of(
    st.builds(
        lambda item, done: lambda store, _: store.tick(item, done, checklist="list"),
        names,
        st.booleans(),
    ),
    st.builds(
        lambda item, text: lambda store, _: store.note(item, text, checklist="list"), names, texts
    ),
    st.just(lambda store, _: store.undo("list")),
    st.just(lambda store, _: store.undo("list")),
    st.builds(lambda page: lambda store, _: store.bookmark(Place(page), page * 2), names),
    st.builds(lambda page: lambda store, _: store.unbookmark(Place(page)), names),
    st.builds(lambda page: lambda store, _: store.visit(Place(page, "x")), names),
    st.builds(
        lambda page, share, read: (
            lambda store, _: store.save_position(Position(page, "x", 2, share, read, 0))
        ),
        names,
        st.floats(0, 1),
        st.booleans(),
    ),
    st.builds(
        lambda page, read: lambda store, _: store.mark_read(page, read), names, st.booleans()
    ),
    st.builds(lambda name, value: lambda store, _: store.set(name, value), names, st.integers()),
    st.builds(turn, st.integers(-2000, 2000)),
    st.just(void_a_void),
    st.just(void_again),
    practice,
    practice,
    st.builds(turn, st.integers(1000, 20_000)),
)


def derived(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all derived tables."""
    return {
        name: store._ledger.connection.execute(f"SELECT * FROM {name}").fetchall()
        for name in DERIVED
    }


@settings(deadline=None, max_examples=100)
@given(st.lists(deeds, max_size=50))
def test_a_rebuilt_state_is_the_state_that_was_kept_up(todo: list[Deed]):
    with tempfile.TemporaryDirectory() as folder:
        clock = HandClock()
        store = Store.open(Path(folder) / "handbook.db", clock)
        for deed in todo:
            deed(store, clock)
        kept_up = derived(store)
        store.rebuild()
        assert derived(store) == kept_up
        store.close()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(names, st.sampled_from(["tick", "untick", "undo"])), max_size=40))
def test_undo_is_what_a_list_of_past_states_would_give(todo: list[tuple[str, str]]):
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "handbook.db", HandClock())
        states: list[dict[str, bool]] = [{}]
        for item, deed in todo:
            if deed == "undo":
                assert (store.undo("list") is None) == (len(states) == 1)
                states = states[:-1] or states
            elif states[-1].get(item) != (deed == "tick"):
                store.tick(item, deed == "tick", checklist="list")
                states.append({**states[-1], item: deed == "tick"})
            assert {tick.item: tick.done for tick in store.ticks().values()} == states[-1]
        store.close()


def test_a_void_of_a_void_brings_the_tick_back(store: Store, clock: HandClock):
    store.tick("a", True, checklist="list")
    store.undo("list")
    assert store.ticks() == {}
    void_a_void(store, clock)
    assert store.ticks()["a"].done
    void_a_void(store, clock)
    assert store.ticks() == {}


def test_an_event_voided_twice_stays_void_when_one_void_is_taken_back(
    store: Store, clock: HandClock
):
    store.tick("a", True, checklist="list")
    store.undo("list")
    void_again(store, clock)
    void_a_void(store, clock)
    assert store.ticks() == {}


def test_a_void_takes_back_nothing_that_comes_after_it(store: Store):
    store.practice.append(Entry("void", "a", target_event="f" * 12 + "-00000000-000000"))
    assert store.connection.execute("SELECT count(*) FROM voided").fetchone() == (0,)
    store.rebuild()
    assert store.connection.execute("SELECT count(*) FROM voided").fetchone() == (0,)


def test_events_of_kinds_to_come_are_kept_and_change_nothing(store: Store):
    with store._writing():
        store._append(Entry("dream", "a", {"v": 1}))
        store._append(Entry("check", "a", {"v": 2, "checklist": "list"}))
    assert store.ticks() == {}
    store.rebuild()
    assert store.ticks() == {}
    assert len(list(store.events())) == 2


@settings(deadline=None, max_examples=60)
@given(st.lists(practice, max_size=40))
def test_cards_depend_on_nothing_but_the_events_that_count(todo: list[Deed]):
    with tempfile.TemporaryDirectory() as folder:
        clock = HandClock()
        store = Store.open(Path(folder) / "a.db", clock)
        for deed in todo:
            clock.now += 7 * 3_600_000
            deed(store, clock)
        cards, standings = store.practice.cards(), store.practice.standings()
        counting = [event for event in store.practice.events() if event.entry.kind in UNDOABLE]
        store.close()
        anew = Store.open(Path(folder) / "b.db", clock)
        for event in counting:
            clock.now = event.at_ms
            anew.practice.append(event.entry)
        assert anew.practice.cards() == cards
        assert anew.practice.standings() == standings
        anew.close()


def test_other_rules_make_the_derived_tables_anew(path: Path, clock: HandClock):
    store = Store.open(path, clock)
    store.practice.append(Entry("review", "a", rating=3))
    card = store.practice.find_card("a")
    store.connection.execute("UPDATE card SET stability = 99")
    store.close()
    store = Store.open(path, clock)
    assert store.practice.find_card("a") != card
    store.connection.execute("UPDATE meta SET value = '0' WHERE key = 'rules'")
    store.close()
    store = Store.open(path, clock)
    assert store.practice.find_card("a") == card
    store.close()


@pytest.mark.slow
def test_a_hundred_thousand_events_are_replayed_in_seconds(store: Store):
    with store._writing():
        for number in range(100_000):
            store._append(Entry("check", f"c-{number % 500}", {"checklist": "list"}))
    store.rebuild()
    assert len(store.ticks()) == 500
