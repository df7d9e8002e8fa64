"""Disks and files that refuse to be written: reading goes on, and the reader is told."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from handbook.errors import StoreError
from handbook.model import Place
from handbook.store.moving import move_to_disk
from handbook.store.schema import MIGRATIONS
from handbook.store.store import Store

from .conftest import HandClock, fill, mounted

if TYPE_CHECKING:
    from pathlib import Path


def keep_one_tick(path: Path) -> None:
    store = Store.open(path)
    store.tick("c-1", True, checklist="interview")
    store.close()


def goes_on_in_memory(store: Store) -> bool:
    """Write something of each kind and tell whether all of it can be read back."""
    store.tick("c-2", True, checklist="interview")
    store.note("c-2", "words", checklist="interview")
    store.visit(Place("roles"))
    store.set("interview", "2026-06-01")
    return (
        store.ticks()["c-2"].done
        and store.notes()["c-2"].text == "words"
        and store.visits(1)[0].page == "roles"
        and store.get("interview") == "2026-06-01"
    )


def test_a_store_that_can_be_written_has_no_trouble(path: Path):
    store = Store.open(path)
    assert store.is_kept
    assert store.trouble == ""
    store.close()


def test_a_read_only_file_is_read_and_goes_on_in_memory(home: Path):
    path = home / "handbook.db"
    keep_one_tick(path)
    path.chmod(0o400)
    store = Store.open(path)
    assert not store.is_kept
    assert store.trouble == (
        f"What you answer, tick, note or mark is not kept: {path} cannot be written: permission"
        " denied"
    )
    assert store.ticks()["c-1"].done
    assert goes_on_in_memory(store)
    store.close()
    path.chmod(0o600)
    store = Store.open(path)
    assert list(store.ticks()) == ["c-1"]
    store.tick("c-3", True, checklist="interview")
    assert store.is_kept
    store.close()


def test_a_read_only_folder_is_read_and_goes_on_in_memory(home: Path):
    path = home / "handbook.db"
    keep_one_tick(path)
    home.chmod(0o500)
    store = Store.open(path)
    assert not store.is_kept
    assert f"{home} cannot be written" in store.trouble
    assert store.ticks()["c-1"].done
    assert goes_on_in_memory(store)
    store.close()


def test_a_read_only_folder_without_a_file_begins_empty_in_memory(home: Path):
    home.chmod(0o500)
    store = Store.open(home / "handbook.db")
    assert not store.is_kept
    assert store.ticks() == {}
    assert goes_on_in_memory(store)
    store.close()
    assert list(home.iterdir()) == []


def test_a_read_only_file_system_is_read_and_goes_on_in_memory(tmp_path: Path):
    source = tmp_path / "source"
    keep_one_tick(source / "handbook.db")
    with mounted(tmp_path / "frozen", "--bind", "-o", "ro", str(source)) as frozen:
        store = Store.open(frozen / "handbook.db")
        assert "read-only file system" in store.trouble
        assert store.ticks()["c-1"].done
        assert goes_on_in_memory(store)
        store.close()
        store = Store.open(frozen / "data" / "handbook.db")
        assert "read-only file system" in store.trouble
        assert store.ticks() == {}
        store.close()


def test_what_a_killed_process_left_in_the_journal_is_read_on_a_read_only_disk(tmp_path: Path):
    source = tmp_path / "source"
    store = Store.open(source / "handbook.db")
    store.tick("c-1", True, checklist="interview")
    left = {file.name: file.read_bytes() for file in source.iterdir()}
    store.close()
    for name in ("handbook.db", "handbook.db-wal"):
        (source / name).write_bytes(left[name])
    with mounted(tmp_path / "frozen", "--bind", "-o", "ro", str(source)) as frozen:
        store = Store.open(frozen / "handbook.db")
        assert not store.is_kept
        assert store.ticks()["c-1"].done
        store.close()


def test_a_file_of_a_newer_handbook_is_read_and_not_touched(path: Path):
    keep_one_tick(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE event ADD COLUMN mood TEXT")
        connection.execute("DROP TABLE checklist")
        connection.execute("PRAGMA user_version = 9")
    before = path.read_bytes()
    store = Store.open(path)
    assert store.trouble == (
        f"What you answer, tick, note or mark is not kept: {path} was written by a newer handbook"
        f" (tables 9, this one knows {len(MIGRATIONS)}); pip install --upgrade ml-teams-handbook"
    )
    assert store.ticks()["c-1"].done
    assert goes_on_in_memory(store)
    store.close()
    assert path.read_bytes() == before


def test_a_newer_handbook_that_takes_the_file_over_stops_this_one_from_writing(path: Path):
    store = Store.open(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9")
    with pytest.raises(StoreError, match="was taken over by a newer handbook meanwhile"):
        store.tick("c-1", True, checklist="interview")
    assert store.ticks() == {}
    store.close()


def test_a_disk_that_is_full_at_the_start_leaves_all_in_memory(small_disk: Path):
    ballast = fill(small_disk)
    store = Store.open(small_disk / "handbook.db")
    assert not store.is_kept
    assert "not kept" in store.trouble
    assert goes_on_in_memory(store)
    store.close()
    ballast.unlink()
    store = Store.open(small_disk / "handbook.db")
    assert store.is_kept
    assert store.ticks() == {}
    store.close()


def test_a_disk_that_has_room_again_takes_what_was_held_in_memory(small_disk: Path):
    ballast = fill(small_disk)
    store = Store.open(small_disk / "handbook.db")
    assert goes_on_in_memory(store)
    assert not store.is_kept
    assert store.unkept == 4
    log = [event[1:] for event in store.events()]
    ballast.unlink()
    store.tick("c-3", True, checklist="interview")
    assert store.is_kept
    assert store.trouble == ""
    assert store.unkept == 0
    assert sorted(store.ticks()) == ["c-2", "c-3"]
    store.close()
    store = Store.open(small_disk / "handbook.db")
    assert [event[1:] for event in store.events()][:4] == log
    assert sorted(store.ticks()) == ["c-2", "c-3"]
    assert store.notes()["c-2"].text == "words"
    assert store.get("interview") == "2026-06-01"
    devices = store._ledger.all("SELECT device_id FROM device")
    assert {event.device_id for event in store.events()} == {name for (name,) in devices}
    assert store.health().quick_check == "ok"
    store.close()


def test_a_disk_too_full_for_the_helper_files_is_told_as_full(small_disk: Path):
    keep_one_tick(small_disk / "handbook.db")
    ballast = fill(small_disk)
    store = Store.open(small_disk / "handbook.db")
    assert store.reason == f"the disk that holds {small_disk}/handbook.db is full"
    assert store.ticks()["c-1"].done
    store.tick("c-2", True, checklist="interview")
    ballast.unlink()
    assert store.keep()
    store.close()
    store = Store.open(small_disk / "handbook.db")
    assert sorted(store.ticks()) == ["c-1", "c-2"]
    store.close()


def test_a_store_in_memory_can_be_kept_without_another_write(small_disk: Path):
    ballast = fill(small_disk)
    store = Store.open(small_disk / "handbook.db")
    store.tick("c-1", True, checklist="interview")
    assert not store.keep()
    assert store.reason.endswith("is full")
    ballast.unlink()
    assert store.keep()
    store.close()
    store = Store.open(small_disk / "handbook.db")
    assert list(store.ticks()) == ["c-1"]
    store.close()


def test_a_move_to_the_disk_that_fails_half_way_leaves_all_in_memory(small_disk: Path):
    path = small_disk / "handbook.db"
    keep_one_tick(path)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    store = Store.open(path)
    for number in range(4):
        store.note(f"c-{number}", "x" * 20_000)
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    ballast = fill(small_disk)
    with ballast.open("r+b") as file:
        file.truncate(ballast.stat().st_size - 96 * 1024)  # to open it, not to hold it all
    store.note("c-4", "still in memory")
    assert not store.is_kept
    assert store.reason.endswith("is full")
    assert store.unkept == 5
    assert len(store.notes()) == 5
    ballast.unlink()
    assert store.keep()
    store.close()
    store = Store.open(path)
    assert len(store.notes()) == 5
    assert list(store.ticks()) == ["c-1"]
    store.close()


def test_what_others_wrote_meanwhile_is_joined_with_what_was_in_memory(home: Path):
    path = home / "handbook.db"
    clock = HandClock()
    store = Store.open(path, clock)
    store.note("c-1", "before")
    store.close()
    path.chmod(0o400)
    store = Store.open(path, clock)
    clock.now += 1000
    store.note("c-1", "in memory")
    store.note("c-2", "in memory")
    path.chmod(0o600)
    other = Store.open(path, clock)
    clock.now += 1000
    other.note("c-1", "by another, later")
    other.tick("c-3", True, checklist="interview")
    other.close()
    assert store.keep()
    assert store.is_changed()
    assert not store.is_changed()
    notes = {about: note.text for about, note in store.notes().items()}
    assert notes == {"c-1": "by another, later", "c-2": "in memory"}
    assert list(store.ticks()) == ["c-3"]
    store.rebuild()
    assert {about: note.text for about, note in store.notes().items()} == notes
    store.close()


def test_a_tick_made_in_memory_can_be_undone_on_the_disk(home: Path):
    path = home / "handbook.db"
    keep_one_tick(path)
    path.chmod(0o400)
    store = Store.open(path)
    store.tick("c-2", True, checklist="interview")
    path.chmod(0o600)
    store.undo("interview")
    assert store.is_kept
    assert list(store.ticks()) == ["c-1"]
    store.undo("interview")
    assert store.ticks() == {}
    store.close()


def test_moving_twice_what_the_disk_already_has_does_no_harm(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
):
    ballast = fill(small_disk)
    store = Store.open(small_disk / "handbook.db")
    store.tick("c-1", True, checklist="interview")
    ballast.unlink()
    memory = store._ledger.connection
    kept = move_to_disk(memory, 0, store._ledger.path, store._ledger.clock, store._ledger._chance)
    kept.close()  # as if the disk had kept the commit, and then reported that it failed
    assert store.keep()
    assert len(list(store.events())) == 1
    store.close()


def test_a_file_that_is_damaged_when_there_is_room_again_is_left_alone(home: Path):
    home.chmod(0o500)
    path = home / "handbook.db"
    store = Store.open(path)
    store.tick("c-1", True, checklist="interview")
    home.chmod(0o700)
    path.write_text("Dear diary, " * 1000)
    store.tick("c-2", True, checklist="interview")
    assert store.reason == f"{path} is not the handbook's data: file is not a database"
    assert sorted(store.ticks()) == ["c-1", "c-2"]
    assert store.unkept == 2
    path.unlink()
    assert store.keep()
    store.close()


def test_a_lock_on_the_file_leaves_a_store_in_memory_where_it_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    path = home / "handbook.db"
    keep_one_tick(path)
    path.chmod(0o400)
    store = Store.open(path)
    path.chmod(0o600)
    monkeypatch.setattr("handbook.store.connection.BUSY_S", 0.01)
    with closing(Store.open(path)) as other:
        other._ledger.connection.execute("BEGIN IMMEDIATE")
        store.tick("c-2", True, checklist="interview")
        assert "is in use" in store.reason
        assert store.unkept == 1
        other._ledger.connection.execute("ROLLBACK")
    store.tick("c-3", True, checklist="interview")
    assert store.is_kept
    assert sorted(store.ticks()) == ["c-1", "c-2", "c-3"]
    store.close()


def test_a_store_on_the_disk_stays_there_however_often_a_write_fails(small_disk: Path):
    store = Store.open(small_disk / "handbook.db")
    ballast = fill(small_disk)
    write_until_full(store)
    before = store.notes()
    for _ in range(3):
        with pytest.raises(StoreError, match="is full"):
            store.note("c-2", "x" * 15_000)
        assert store.is_kept
        assert store.unkept == 0
        assert store.notes() == before
    ballast.unlink()
    store.note("c-2", "room again")
    store.close()
    store = Store.open(small_disk / "handbook.db")
    assert store.notes()["c-2"].text == "room again"
    store.close()


def test_a_disk_that_fills_up_changes_nothing_and_is_well_after_it(small_disk: Path):
    store = Store.open(small_disk / "handbook.db")
    store.tick("c-1", True, checklist="interview")
    ballast = fill(small_disk)
    kept = write_until_full(store)
    events = len(list(store.events()))
    assert events == 1 + kept
    assert [note.text.split()[0] for note in store.notes().values()] == [str(kept)] * (kept > 0)
    ballast.unlink()
    store.note("c-1", "room again")
    assert store.notes()["c-1"].text == "room again"
    assert len(list(store.events())) == events + 1
    assert store.health().quick_check == "ok"
    store.close()


def write_until_full(store: Store) -> int:
    """Write notes until the disk is full and return how many were acknowledged."""
    for number in range(200):  # the journal may have some room left
        try:
            store.note("c-1", f"{number + 1} " + "x" * 15_000)
        except StoreError as error:
            if "is full" not in error.message:
                raise
            return number
    return -1


def test_a_file_that_may_not_grow_changes_nothing_and_is_well_after_it(path: Path):
    store = Store.open(path)
    store.tick("c-1", True, checklist="interview")
    pages = store._ledger.connection.execute("PRAGMA page_count").fetchone()[0]
    store._ledger.connection.execute(f"PRAGMA max_page_count = {pages}")
    before = "\n".join(store._ledger.connection.iterdump())
    with pytest.raises(StoreError, match="is full"):
        store.note("c-1", "x" * 15_000)
    assert "\n".join(store._ledger.connection.iterdump()) == before
    store._ledger.connection.execute("PRAGMA max_page_count = 100000")
    store.note("c-1", "x" * 15_000)
    assert len(store.notes()["c-1"].text) == 15_000
    store.close()


@pytest.mark.parametrize("statement", ["INSERT INTO event", "INSERT OR REPLACE INTO", "COMMIT"])
def test_whatever_statement_fails_the_store_is_as_before(path: Path, statement: str):
    store = Store.open(path)
    store.tick("c-1", True, checklist="interview")
    before = "\n".join(store._ledger.connection.iterdump())
    real = store._ledger.connection
    store._ledger.connection = FailingConnection(real, statement)  # type: ignore[assignment]
    with pytest.raises(StoreError, match="the disk reports an error"):
        store.tick("c-2", True, checklist="interview")
    store._ledger.connection = real
    assert store.is_kept
    assert "\n".join(real.iterdump()) == before
    store.tick("c-2", True, checklist="interview")
    assert sorted(store.ticks()) == ["c-1", "c-2"]
    store.close()


class FailingConnection:
    """A connection whose disk fails at one statement."""

    def __init__(self, connection: sqlite3.Connection, failing: str) -> None:
        self._connection = connection
        self._failing = failing

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
        if statement.startswith(self._failing):
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
            raise error
        return self._connection.execute(statement, *values)


def test_a_lock_that_is_held_too_long_is_told_and_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    store = Store.open(path)
    store._ledger.connection.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is in use: another handbook did not finish"):
            store.tick("c-1", True, checklist="interview")
        assert store.is_kept
        assert store.ticks() == {}
        other.execute("ROLLBACK")
    store.tick("c-1", True, checklist="interview")
    assert store.ticks()["c-1"].done
    store.close()
