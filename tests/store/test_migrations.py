from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from handbook.errors import StoreError
from handbook.model import Entry
from handbook.store import schema
from handbook.store.backup import make_backup, superseded
from handbook.store.copies import find_backups
from handbook.store.store import Store

from .conftest import HandClock, fill

NEWEST = len(schema.MIGRATIONS)
VERSION_1 = Path(__file__).with_name("version_1.sql")
"""The dump of a file that the first handbook with a store wrote."""

DAY_MS = 86_400_000


def add_mood(connection: sqlite3.Connection) -> None:
    """One version more, for the tests: a column in the log, and a table that is not derived."""
    connection.execute("ALTER TABLE event ADD COLUMN mood TEXT")


def fail(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE half_done(a TEXT)")
    connection.execute("SELECT * FROM nowhere")


@pytest.fixture
def written(path: Path, clock: HandClock) -> Path:
    """Return a file of today's version with something in it."""
    store = Store.open(path, clock)
    store.tick("c-1", True, checklist="interview")
    store.note("c-1", "words", checklist="interview")
    store.close()
    return path


def migrated_by(monkeypatch: pytest.MonkeyPatch, *steps: object) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", [*schema.MIGRATIONS, *steps])


def test_a_file_is_brought_to_the_next_version(
    written: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    migrated_by(monkeypatch, add_mood)
    store = Store.open(written, clock)
    assert store.health().schema_version == NEWEST + 1
    assert store.ticks()["c-1"].done
    assert store.undo("interview") is not None
    store._ledger.connection.execute("SELECT mood FROM event")
    store.close()


def test_a_file_of_the_first_version_opens_with_all_that_was_in_it(path: Path, clock: HandClock):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
    log = rows_of(path)
    store = Store.open(path, clock)
    assert store.is_kept
    assert store.health().schema_version == NEWEST
    assert [file.name for file in find_backups(path)] == ["handbook-20260516-120000-v1.db"]
    assert list(store.ticks()) == ["c-000001"]
    assert store.notes()["c-000001"].text == "say it aloud"
    assert [mark.title for mark in store.bookmarks()] == ["Tools"]
    assert store.positions()["roles"].share == 0.5
    assert store.get("trail") == ["roles"]
    assert store.undo("interview") is not None  # the note
    store.practice.append(Entry("review", "q-1", rating=3))
    assert store.practice.undo() is not None
    assert store.practice.redo() is not None
    assert sorted(store.practice.cards()) == ["q-1"]
    store.close()
    assert rows_of(path)[: len(log)] == log


def rows_of(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM event ORDER BY seq").fetchall()


def test_the_ways_into_an_old_file_are_those_of_a_new_one(path: Path, clock: HandClock):
    old = path.with_name("old.db")
    path.parent.mkdir()
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
    names = []
    for file in (old, path):
        store = Store.open(file, clock)
        query = "SELECT type, name, tbl_name FROM sqlite_schema ORDER BY name"
        names.append(store.connection.execute(query).fetchall())
        store.close()
    assert names[0] == names[1]


def test_before_a_migration_the_file_is_backed_up(
    written: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    migrated_by(monkeypatch, add_mood)
    store = Store.open(written, clock)
    backup = written.parent / "backups" / f"handbook-20260516-120000-v{NEWEST}.db"
    assert store.health().last_backup == backup
    store.close()
    assert find_backups(written) == (backup,)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE(backup.parent.stat().st_mode) == 0o700
    monkeypatch.undo()
    old = Store.open(backup, clock)
    assert old.health().schema_version == NEWEST
    assert old.notes()["c-1"].text == "words"
    old.close()


def test_derived_tables_of_whatever_version_are_made_anew(
    written: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    with closing(sqlite3.connect(written)) as connection:
        connection.execute("CREATE TABLE streak(days INTEGER)")
        connection.execute("ALTER TABLE checklist ADD COLUMN colour TEXT")
    migrated_by(monkeypatch, lambda _connection: None)
    store = Store.open(written, clock)
    tables = {row[0] for row in store._ledger.connection.execute("SELECT name FROM sqlite_schema")}
    assert "streak" not in tables
    assert store.ticks()["c-1"].done
    store.tick("c-2", True, checklist="interview")
    store.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    written: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    migrated_by(monkeypatch, fail)
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):  # a bug, not a failure
        Store.open(written, clock)
    monkeypatch.undo()
    store = Store.open(written, clock)
    assert store.health().schema_version == NEWEST
    tables = {row[0] for row in store._ledger.connection.execute("SELECT name FROM sqlite_schema")}
    assert "half_done" not in tables
    store.close()


class Rival:
    """A connection during whose copying another process finishes a backup of the same second."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def execute(self, _: str, names: tuple[str]) -> None:
        Path(names[0]).write_bytes(b"ours")
        self.target.write_bytes(b"theirs")


def test_of_two_backups_in_one_second_neither_is_lost(written, clock):
    theirs = written.parent / "backups" / f"handbook-20260516-120000-v{NEWEST}.db"
    ours = make_backup(Rival(theirs), written, NEWEST, clock.now)
    assert (theirs.read_bytes(), ours.read_bytes()) == (b"theirs", b"ours")
    assert find_backups(written) == (theirs, ours)


def test_a_backup_without_room_is_one_clear_error_and_leaves_nothing(small_disk, clock):
    file = small_disk / "handbook.db"
    store = Store.open(file, clock)
    store.note("c-1", "x" * 9000, checklist="interview")
    fill(small_disk)
    with pytest.raises(StoreError, match="is full"):
        make_backup(store.connection, file, NEWEST, clock.now)
    assert not list((small_disk / "backups").iterdir())
    store.close()


def test_without_room_for_the_backup_nothing_is_migrated_and_reading_goes_on(
    small_disk: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    path = small_disk / "handbook.db"
    store = Store.open(path, clock)
    store.tick("c-1", True, checklist="interview")
    store.close()
    fill(small_disk)
    migrated_by(monkeypatch, add_mood)
    store = Store.open(path, clock)
    assert not store.is_kept
    assert store.ticks()["c-1"].done
    store.close()
    backups = small_disk / "backups"
    assert not backups.exists() or list(backups.iterdir()) == []


def test_a_new_file_needs_no_backup(path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch):
    migrated_by(monkeypatch, add_mood)
    store = Store.open(path, clock)
    assert store.health().schema_version == NEWEST + 1
    assert not (path.parent / "backups").exists()
    store.close()


def test_backups_are_pruned_to_the_newest_ten_and_one_a_month(path: Path, clock: HandClock):
    store = Store.open(path, clock)
    for day in range(0, 120, 5):  # from 16 May, every fifth day
        make_backup(store._ledger.connection, path, 1, clock.now + day * DAY_MS)
    store.close()
    kept = [file.name[9:17] for file in find_backups(path)]
    assert kept == [
        *("20260531", "20260630"),
        *("20260725", "20260730", "20260804", "20260809", "20260814"),
        *("20260819", "20260824", "20260829", "20260903", "20260908"),
    ]


def test_once_a_month_an_opening_makes_a_backup(path: Path, clock: HandClock):
    store = Store.open(path, clock)
    store.tick("c-1", True, checklist="interview")
    store.close()
    made = []
    for days in (30, 31, 40, 62, 63, 94, 95, 200):
        later = HandClock(clock.now + days * DAY_MS)
        Store.open(path, later).close()
        made.append(len(find_backups(path)))
    assert made == [0, 1, 1, 1, 2, 2, 3, 4]
    backup = Store.open(find_backups(path)[0], clock)
    assert backup.ticks()["c-1"].done
    backup.close()


def test_a_backup_of_a_wrong_clock_does_not_stand_in_for_one(path: Path, clock: HandClock):
    store = Store.open(path, clock)
    store.tick("c-1", True, checklist="interview")
    make_backup(store.connection, path, NEWEST, clock.now + 4000 * DAY_MS)
    store.close()
    Store.open(path, HandClock(clock.now + 40 * DAY_MS)).close()
    assert len(find_backups(path)) == 2


def test_an_empty_file_needs_no_monthly_backup(path: Path, clock: HandClock):
    Store.open(path, clock).close()
    Store.open(path, HandClock(clock.now + 400 * DAY_MS)).close()
    assert find_backups(path) == ()


def test_without_room_for_the_monthly_backup_the_store_opens_all_the_same(
    small_disk: Path, clock: HandClock
):
    path = small_disk / "handbook.db"
    store = Store.open(path, clock)
    store.note("c-1", "x" * 15_000)
    store.close()
    ballast = fill(small_disk)
    store = Store.open(path, HandClock(clock.now + 40 * DAY_MS))
    assert store.notes()["c-1"].text
    assert find_backups(path) == ()
    store.close()
    ballast.unlink()
    Store.open(path, HandClock(clock.now + 40 * DAY_MS)).close()
    assert len(find_backups(path)) == 1
    assert not list((small_disk / "backups").glob("*.partial"))


def test_files_that_are_no_backups_are_never_pruned(path: Path):
    names = [f"handbook-202605{day:02d}-120000-v1.db" for day in range(1, 16)]
    backups = path.parent / "backups"
    backups.mkdir(parents=True)
    for name in (*names, "handbook-mine.db", "other-20260501-120000-v1.db"):
        (backups / name).touch()
    assert superseded(find_backups(path)) == tuple(backups / name for name in names[:5])


def test_a_folder_that_takes_no_backups_is_told(
    home: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    path = home / "handbook.db"
    Store.open(path, clock).close()
    (home / "backups").mkdir(mode=0o500)
    migrated_by(monkeypatch, add_mood)
    store = Store.open(path, clock)
    assert f"{home / 'backups'} cannot be written" in store.trouble
    store.close()


def test_an_older_handbook_reads_what_a_newer_one_migrated(
    written: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    migrated_by(monkeypatch, add_mood)
    store = Store.open(written, clock)
    store.tick("c-2", True, checklist="interview")
    store.close()
    monkeypatch.undo()
    store = Store.open(written, clock)
    assert not store.is_kept
    assert sorted(store.ticks()) == ["c-1", "c-2"]
    assert store.undo("interview") is not None
    store.close()
