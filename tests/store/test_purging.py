"""Purging: the rows are gone from the file, a copy holds them, and other terminals go on."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from handbook.errors import StoreError
from handbook.model.event import Entry
from handbook.store import purging
from handbook.store.purging import Scope, count_events, purge
from handbook.store.store import Store
from handbook.store.transfer import Imported, export_events

from .conftest import import_events
from .test_processes import start
from .test_transfer import state_hash

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import HandClock

    OpenStore = Callable[[], Store]

SECRET = "nobody-may-read-this"


def review(item: str, text: str = "") -> Entry:
    return Entry("review", item, {"answer": {"text": text}}, rating=3, session_id="s")


def bytes_of(path: Path) -> bytes:
    """Return all that lies on the disk for a store, its backups left out."""
    return b"".join(file.read_bytes() for file in path.parent.iterdir() if file.is_file())


def test_events_about_an_item_go_and_others_stay(store):
    store.practice.append(review("q-1"), review("q-2"), review("q-1"))
    store.practice.append(Entry("flag", "q-1", {"text": "odd"}))
    store.practice.undo()
    done = purge(store, Scope(("q-1",)))
    assert done.events == 4  # the void of the flag is about it too
    assert list(store.practice.cards()) == ["q-2"]
    assert [event.entry.item_uid for event in store.events()] == ["q-2", None]


def test_nothing_of_it_is_left_in_the_file(store, path):
    store.practice.append(review("q-1", SECRET))
    store.note("q-1", SECRET)
    assert SECRET.encode() in bytes_of(path)
    done = purge(store, Scope(("q-1",)))
    assert done.is_wiped
    assert SECRET.encode() not in bytes_of(path)


def test_a_backup_is_made_first_and_named(store, path):
    store.practice.append(review("q-1", SECRET))
    done = purge(store, Scope(is_all=True))
    assert done.backup.parent == path.parent / "backups"
    assert done.backup.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(done.backup) as copy:
        assert copy.execute("SELECT count(*) FROM event WHERE kind = 'review'").fetchone() == (1,)
    copy.close()


def test_where_no_backup_can_be_made_nothing_is_purged(store, path):
    store.practice.append(review("q-1"))
    (path.parent / "backups").write_text("in the way")
    with pytest.raises(StoreError, match="backups"):
        purge(store, Scope(is_all=True))
    assert list(store.practice.cards()) == ["q-1"]


def test_where_there_is_nothing_to_purge_no_backup_is_made(store, path):
    store.practice.append(review("q-1"))
    assert purge(store, Scope(("q-9",))).backup is None
    assert count_events(store, Scope(("q-1", "q-9"))) == 1
    assert not (path.parent / "backups").exists()


def test_the_log_is_append_only_again_afterwards(store):
    store.practice.append(review("q-1"), review("q-2"))
    purge(store, Scope(("q-1",)))
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.connection.execute("DELETE FROM event")


def test_all_means_all_but_the_note_of_the_purge(store):
    store.tick("c-1", True, checklist="l")
    store.set("you", [1, 2, 3])
    purge(store, Scope(is_all=True))
    assert [event.entry.kind for event in store.events()] == ["purge"]
    assert (store.ticks(), store.get("you")) == ({}, None)


def test_another_terminal_goes_on_in_the_same_file(open_store: OpenStore):
    mine, theirs = open_store(), open_store()
    theirs.practice.append(review("q-1"), review("q-2"))
    theirs.is_changed()
    purge(mine, Scope(("q-1",)))
    assert theirs.is_changed()
    assert list(theirs.practice.cards()) == ["q-2"]
    theirs.practice.append(review("q-1"), review("q-3"))
    assert sorted(mine.practice.cards()) == ["q-1", "q-2", "q-3"]
    assert mine.practice.find_card("q-1").reps == 1
    assert mine.health().quick_check == theirs.health().quick_check == "ok"


def test_another_terminal_in_the_middle_of_reading_keeps_what_it_began_with(
    open_store: OpenStore, path: Path, monkeypatch: pytest.MonkeyPatch
):
    # However long the purge waits, they read on.
    monkeypatch.setattr("handbook.store.connection.BUSY_S", 0.01)
    mine, theirs = open_store(), open_store()
    for number in range(200):
        mine.practice.append(review(f"q-{number}", SECRET))
    reading = theirs.events()
    first = next(reading)
    done = purge(mine, Scope(is_all=True))
    assert not done.is_wiped
    assert [first, *reading][199].entry.item_uid == "q-199"
    assert len(list(theirs.events())) == 1
    theirs.practice.append(review("q-1"))
    assert list(mine.practice.cards()) == ["q-1"]
    assert mine.health().quick_check == "ok"
    mine.close()
    theirs.close()
    assert SECRET.encode() not in bytes_of(path)


def test_an_old_export_does_not_bring_it_back_here_but_does_elsewhere(
    store, path, clock: HandClock
):
    store.practice.append(review("q-1"), review("q-2"))
    old = list(export_events(store))
    purge(store, Scope(("q-1",)))
    assert import_events(store, old) == Imported(known=1, purged=1)
    assert list(store.practice.cards()) == ["q-2"]
    clock.now += 1000
    store.practice.append(review("q-1"))
    new = list(export_events(store))
    assert import_events(store, new).new == 0
    other = Store.open(path.with_name("other.db"), clock)
    import_events(other, new)
    assert import_events(other, old) == Imported(new=1, known=1)
    assert other.practice.find_card("q-1").reps == 2
    other.close()


def test_what_another_machine_answers_after_the_purge_comes_in(store, path, clock: HandClock):
    store.practice.append(review("q-1"))
    purge(store, Scope(("q-1",)))
    clock.now += 1000
    other = Store.open(path.with_name("other.db"), clock)
    other.practice.append(review("q-1"))
    assert import_events(store, export_events(other)) == Imported(new=1)
    assert store.practice.find_card("q-1").reps == 1
    other.close()


def test_what_a_fast_clock_wrote_last_does_not_come_back_either(store, clock):
    clock.now += 10**9
    store.practice.append(review("q-1"))
    old = list(export_events(store))
    clock.now -= 10**9
    purge(store, Scope(("q-1",)))
    assert import_events(store, old) == Imported(purged=1)


def test_undo_goes_on_after_a_purge(store):
    store.practice.append(review("q-1"))
    store.practice.append(review("q-2"))
    purge(store, Scope(("q-2",)))
    assert store.practice.undo().entry.item_uid == "q-1"
    assert store.practice.undo() is None


def test_a_store_that_is_not_kept_is_not_purged(home, clock):
    folder = home / "data"
    store = Store.open(folder / "handbook.db", clock)
    store.practice.append(review("q-1"))
    store.close()
    (folder / "handbook.db").chmod(0o400)
    folder.chmod(0o500)
    store = Store.open(folder / "handbook.db", clock)
    with pytest.raises(StoreError, match="nothing can be purged"):
        purge(store, Scope(is_all=True))
    store.close()


def test_another_process_that_writes_all_the_while_loses_nothing(store, path):
    process = start(path, "theirs", 300)
    acknowledged = []
    with process:
        for number in range(300):
            acknowledged.append(process.stdout.readline().strip())
            if number % 60 == 30:
                store.practice.append(review("q-1", SECRET))
                assert purge(store, Scope(("q-1",))).events == 1
        _, complaints = process.communicate(timeout=60)
    assert (complaints, process.returncode) == ("", 0)
    assert set(store.ticks()) == set(acknowledged)
    assert len(acknowledged) == 300
    assert store.health().quick_check == "ok"
    before = state_hash(store)
    store.rebuild()
    assert state_hash(store) == before


def test_a_purge_that_is_killed_leaves_all_or_nothing(store, path, monkeypatch):
    store.practice.append(review("q-1"), review("q-2"))

    def die(connection: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(purging.derive, "rebuild", die)
    with pytest.raises(KeyboardInterrupt):
        purge(store, Scope(("q-1",)))
    assert sorted(store.practice.cards()) == ["q-1", "q-2"]
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        store.connection.execute("DELETE FROM event")
