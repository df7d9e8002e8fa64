"""A folder between machines: a file for each, appended to by one, read by all."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from handbook.errors import StoreError
from handbook.model.event import Entry
from handbook.store.purging import Scope, purge
from handbook.store.store import Store
from handbook.store.syncing import sync

from .conftest import HandClock
from .test_transfer import state_hash


def review(item: str, rating: int = 3) -> Entry:
    return Entry("review", item, {}, rating=rating)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "shared"


@pytest.fixture
def two(path: Path, clock: HandClock):
    stores = [Store.open(path.with_name(f"{n}.db"), HandClock(clock.now + n)) for n in range(2)]
    yield stores
    for store in stores:
        store.close()


def test_two_machines_meet_in_a_folder(two, folder):
    mine, theirs = two
    mine.practice.append(review("q-1"), review("q-2"))
    theirs.practice.append(review("q-1", 1))
    assert sync(mine, folder)[1:3] == (0, 2)
    done = sync(theirs, folder)
    assert (done.imported.new, done.files, done.written) == (2, 1, 1)
    done = sync(mine, folder)
    assert (done.imported.new, done.files, done.written) == (1, 1, 0)
    assert state_hash(mine) == state_hash(theirs)
    assert sorted(file.name for file in folder.iterdir()) == sorted(
        f"handbook-{store.device}.jsonl" for store in two
    )
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}


def test_a_file_is_only_appended_to(two, folder):
    mine, _ = two
    mine.practice.append(review("q-1"))
    path = sync(mine, folder).path
    before = path.read_bytes()
    mine.practice.append(review("q-2"))
    sync(mine, folder)
    after = path.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == before.count(b"\n") + 1
    assert json.loads(before.splitlines()[0])["count"] is None
    sync(mine, folder)
    assert path.read_bytes() == after


def test_a_line_that_is_not_there_yet_is_left_for_the_next_time(two, folder):
    mine, theirs = two
    mine.practice.append(review("q-1"), review("q-2"))
    path = sync(mine, folder).path
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    assert sync(theirs, folder).imported.new == 1
    path.write_bytes(whole)
    assert sync(theirs, folder).imported.new == 1


def test_ones_own_file_that_ends_in_half_a_line_is_mended(two, folder):
    mine, theirs = two
    mine.practice.append(review("q-1"), review("q-2"))
    path = sync(mine, folder).path
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    sync(mine, folder)
    assert path.read_bytes() == whole
    assert sync(theirs, folder).imported.new == 2


def test_a_faulty_file_is_told_and_the_others_are_read(two, folder):
    mine, theirs = two
    mine.practice.append(review("q-1"))
    sync(mine, folder)
    (folder / "handbook-00000000.jsonl").write_text("<<<<<<< HEAD\n")
    (folder / "readme.txt").write_text("not ours")
    done = sync(theirs, folder)
    assert done.imported.new == 1
    assert done.faults == ("handbook-00000000.jsonl: line 1: this is no export of the handbook",)


def test_ones_own_file_is_never_overwritten_where_it_cannot_be_read(two, folder):
    mine, _ = two
    mine.practice.append(review("q-1"))
    path = sync(mine, folder).path
    path.write_text("something else\n")
    with pytest.raises(StoreError, match="this is no export"):
        sync(mine, folder)
    assert path.read_text() == "something else\n"


def test_a_conflict_copy_is_read_like_any_other(two, folder):
    mine, theirs = two
    mine.practice.append(review("q-1"))
    path = sync(mine, folder).path
    path.rename(path.with_name(path.stem + ".sync-conflict-20260101.jsonl"))
    assert sync(theirs, folder).imported.new == 1


def test_a_store_that_was_restored_gets_its_later_events_back(path, folder, clock):
    store = Store.open(path, clock)
    store.practice.append(review("q-1"))
    copy = path.with_name("copy.db")
    store.connection.execute("VACUUM INTO ?", (str(copy),))
    store.practice.append(review("q-2"))
    sync(store, folder)
    store.close()
    restored = Store.open(copy, clock)
    assert sync(restored, folder).imported.new == 1
    assert sorted(restored.practice.cards()) == ["q-1", "q-2"]
    restored.close()


def test_what_is_purged_leaves_ones_own_file_and_does_not_return(two, folder):
    mine, theirs = two
    mine.practice.append(review("q-1"), review("q-2"))
    theirs.practice.append(review("q-1", 1))
    for store in (mine, theirs, mine):
        sync(store, folder)
    purge(mine, Scope(("q-1",)))
    done = sync(mine, folder)
    assert done.imported.purged == 2
    assert b'"item_uid":"q-1"' not in done.path.read_bytes()
    assert list(mine.practice.cards()) == ["q-2"]
    assert sync(mine, folder).imported.purged == 1


def test_a_folder_that_cannot_be_written_is_one_clear_error(two, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        sync(two[0], tmp_path / "file")


def test_a_busy_file_of_ones_own_is_no_fault_of_the_others(two, folder):
    mine, theirs = two
    theirs.practice.append(review("q-1"))
    sync(theirs, folder)
    mine.connection.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(mine.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="is in use"):
        sync(mine, folder)
    other.execute("ROLLBACK")
    other.close()
    assert sync(mine, folder).imported.new == 1


def test_the_folder_of_nobody_is_one_clear_error(two):
    with pytest.raises(StoreError, match="no such home folder"):
        sync(two[0], Path("~nobody-here/x"))
