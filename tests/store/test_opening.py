from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from handbook.errors import StoreError
from handbook.store.schema import APPLICATION_ID, MIGRATIONS
from handbook.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    OpenStore = Callable[[], Store]


def refusal(path: Path) -> str:
    """Open a store that must not open and return what the reader is told."""
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert caught.value.exit_code == 4
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    return caught.value.message


def test_a_new_file_and_its_folders_are_made(tmp_path: Path):
    path = tmp_path / "a" / "b" / "handbook.db"
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        strict = connection.execute(
            "SELECT name FROM pragma_table_list WHERE strict = 0"
        ).fetchall()
    assert {name for (name,) in strict} == {"sqlite_schema", "sqlite_temp_schema"}


def test_an_empty_file_is_a_new_one(path: Path):
    path.parent.mkdir()
    path.touch()
    store = Store.open(path)
    assert store.is_kept
    store.close()


def test_a_folder_in_its_place_is_refused(path: Path):
    path.mkdir(parents=True)
    assert refusal(path) == f"{path} is a folder, not a file"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path):
    (tmp_path / "data").write_text("not a folder")
    assert refusal(tmp_path / "data" / "handbook.db").startswith(f"{tmp_path / 'data'} cannot be")


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path):
    path = tmp_path / "handbook.db"
    path.write_text("Dear diary, " * 1000)
    assert refusal(path) == f"{path} is not the handbook's data: file is not a database"
    assert path.read_text() == "Dear diary, " * 1000


@pytest.mark.parametrize("application", [0, 0x12345678])
def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path, application: int):
    path = tmp_path / "handbook.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute("CREATE TABLE bill(amount)")
    before = path.read_bytes()
    assert refusal(path) == f"{path} is a database of another program"
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["handbook.db"]


def test_a_damaged_file_is_refused_when_its_last_user_was_killed(path: Path):
    store = Store.open(path)
    for number in range(300):
        store.tick(f"c-{number}", True, checklist="interview")
    store.close()
    whole = path.read_bytes()
    page = whole.index(b"c-150") // 4096 * 4096
    path.write_bytes(whole[:page] + b"\x00" * 4096 + whole[page + 4096 :])
    Store.open(path).close()  # the opening itself reads nothing in the middle of the log
    path.with_name("handbook.db-wal").write_bytes(b"left behind")
    assert refusal(path).startswith(f"{path} is damaged: ")


def test_a_damaged_file_is_told_when_it_is_read(path: Path):
    store = Store.open(path)
    for number in range(300):
        store.tick(f"c-{number}", True, checklist="interview")
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert refusal(path).startswith(f"{path} is damaged: ")


def test_the_hint_on_a_damaged_file_names_the_newest_backup(path: Path):
    Store.open(path).close()
    backups = path.parent / "backups"
    backups.mkdir()
    for name in ("20260101-000000-v1", "20260201-000000-v1", "of-my-own"):
        (backups / f"handbook-{name}.db").touch()
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 4096)
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    assert caught.value.hint == (
        f"move it away; copy {backups / 'handbook-20260201-000000-v1.db'} in its place"
    )


def test_a_folder_that_may_not_be_made_is_refused(home: Path):
    (home / "closed").mkdir(mode=0o500)
    path = home / "closed" / "data" / "handbook.db"
    assert refusal(path) == f"{path.parent} cannot be made: permission denied"


def test_a_file_that_may_not_be_read_is_refused(home: Path):
    path = home / "handbook.db"
    Store.open(path).close()
    path.chmod(0o000)
    assert refusal(path) == f"{path} cannot be read: permission denied"


def test_derived_rows_that_lag_behind_the_log_are_made_anew(open_store: OpenStore):
    first = open_store()
    first.tick("c-1", True, checklist="interview")
    first._ledger.connection.execute("DELETE FROM checklist")
    first._ledger.connection.execute("UPDATE meta SET value = '0' WHERE key = 'last_seq'")
    first.close()
    assert open_store().ticks()["c-1"].done


def test_an_old_sqlite_is_told_in_one_line(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.34.1")
    assert refusal(path) == "this Python has SQLite 3.34.1, the handbook needs 3.37 or later"


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from pathlib import Path

    monkeypatch.setenv("HOME", str(tmp_path))
    Store.open(Path("~/handbook.db")).close()
    assert (tmp_path / "handbook.db").is_file()
