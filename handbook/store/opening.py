"""From a path to a database that can be used: made, migrated and checked, or a copy in memory."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from handbook.errors import StoreError
from handbook.store import derive, schema
from handbook.store.connection import (
    connect,
    connect_memory,
    make_durable,
    transaction,
    was_left_open,
)
from handbook.store.events import COLUMNS, INSERT
from handbook.store.filesystem import prepare_file, prepare_folder
from handbook.store.text import clean_line
from handbook.store.trouble import NotKeptError, damaged, explained

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from handbook.store.clock import Clock

MONTH_MS = 31 * 24 * 60 * 60_000
"""How old the newest backup may be."""

_OLDEST_SQLITE = (3, 37, 0)  # the first with STRICT tables


class Opened(NamedTuple):
    """A database ready for use, and why it is only a copy in memory ("" if it is the file)."""

    connection: sqlite3.Connection
    reason: str


def open_database(path: Path, clock: Clock, chance: Callable[[int], bytes]) -> Opened:
    """Return the file's database, or a copy in memory where nothing can be written.

    Raises StoreError where not even reading makes sense: see `handbook.store.store.Store.open`.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise StoreError(
            f"this Python has SQLite {sqlite3.sqlite_version}, the handbook needs 3.37 or later",
            hint="install a newer Python",
        )
    try:
        return Opened(open_file(path, clock, chance), "")
    except NotKeptError as reason:
        with explained(path):
            return Opened(_copy_to_memory(path, clock, chance), reason.message)


def open_file(path: Path, clock: Clock, chance: Callable[[int], bytes]) -> sqlite3.Connection:
    """Return the file's database, made and migrated if needed.

    Raises NotKeptError where it cannot be written, another StoreError where it is not ours.
    """
    prepare_folder(path.parent)
    prepare_file(path)
    with explained(path):
        return _open_for_writing(path, clock, chance)


def _open_for_writing(
    path: Path, clock: Clock, chance: Callable[[int], bytes]
) -> sqlite3.Connection:
    needs_check = was_left_open(path)
    connection = connect(path)
    try:
        _refuse_foreign(connection, path)
        _refuse_newer(connection, path)
        make_durable(connection, path)  # not before we know that the file is ours to change
        _migrate(connection, path, clock, chance)
        if needs_check:
            check(connection, path)
        if not derive.is_up_to_date(connection):
            with transaction(connection):
                derive.rebuild(connection)
        _back_up_monthly(connection, path, clock.now_ms())
    except BaseException:
        connection.close()
        raise
    return connection


def _back_up_monthly(connection: sqlite3.Connection, path: Path, now_ms: int) -> None:
    """Make a backup if the newest is older than a month; where that fails, the next opening tries.

    It takes 2 ms a megabyte, and on other days the listing of a folder.
    """
    first_ms = connection.execute("SELECT min(first_seen_ms) FROM device").fetchone()[0]
    is_empty = connection.execute("SELECT max(seq) FROM event").fetchone()[0] is None
    if is_empty or first_ms is None or now_ms - first_ms < MONTH_MS:
        return
    from handbook.store import backup  # noqa: PLC0415 - a new reader needs none

    if backup.is_due(path, now_ms, MONTH_MS):
        with suppress(NotKeptError, sqlite3.OperationalError, OSError):
            backup.make_backup(connection, path, schema.version_of(connection), now_ms)


def _migrate(
    connection: sqlite3.Connection,
    path: Path | None,
    clock: Clock,
    chance: Callable[[int], bytes],
) -> None:
    """Bring a database to the newest schema, one step a transaction.

    A backup is made before each step, but for a new file and for one in memory (path None).
    """
    is_new = not schema.version_of(connection)
    while (version := schema.version_of(connection)) < len(schema.MIGRATIONS):
        if path and not is_new:
            from handbook.store.backup import make_backup  # noqa: PLC0415 - hardly ever needed

            make_backup(connection, path, version, clock.now_ms())
        with transaction(connection):
            if schema.version_of(connection) != version:
                continue  # another process was quicker
            _step(connection, version, clock, chance)


def _step(
    connection: sqlite3.Connection, version: int, clock: Clock, chance: Callable[[int], bytes]
) -> None:
    schema.MIGRATIONS[version](connection)
    if not version:
        _name_device(connection, clock, chance)
    derive.rebuild(connection)
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {version + 1}")


def _name_device(
    connection: sqlite3.Connection, clock: Clock, chance: Callable[[int], bytes]
) -> None:
    device = chance(4).hex()
    name = clean_line(os.uname().nodename)
    connection.execute("INSERT INTO meta VALUES('device_id', ?)", (device,))
    connection.execute("INSERT INTO device VALUES(?, ?, ?)", (device, name, clock.now_ms()))


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedError unless SQLite finds the file whole."""
    result = quick_check(connection)
    if result != "ok":
        raise damaged(path, result)


def quick_check(connection: sqlite3.Connection) -> str:
    """Return "ok", or the first thing that SQLite finds wrong with the file."""
    return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError if the file is another program's database.

    Tables are counted first: another process may be making ours at this moment, and both come
    with one commit.
    """
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != schema.APPLICATION_ID and (application or tables):
        raise StoreError(
            f"{clean_line(str(path))} is a database of another program",
            hint="name another folder with --data or HANDBOOK_DATA_DIR",
        )


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    """Raise NotKeptError if the file is of a schema that only a later handbook can write."""
    version = schema.version_of(connection)
    if version > len(schema.MIGRATIONS):
        raise NotKeptError(
            f"{clean_line(str(path))} was written by a newer handbook (tables {version}, this one"
            f" knows {len(schema.MIGRATIONS)}); pip install --upgrade ml-teams-handbook"
        )


def _copy_to_memory(path: Path, clock: Clock, chance: Callable[[int], bytes]) -> sqlite3.Connection:
    """Return a database in memory that begins with what can be read of the file."""
    memory = connect_memory()
    _migrate(memory, None, clock, chance)
    if path.is_file() and path.stat().st_size:
        with transaction(memory):
            _copy_log(path, memory)
            derive.rebuild(memory)
    return memory


def _copy_log(path: Path, memory: sqlite3.Connection) -> None:
    """Copy the events of the file, read where it lies or, if SQLite cannot, from a copy.

    A file with a write-ahead log in a folder that cannot be written is such a case: even a reader
    makes a file for the shared memory.
    """
    with explained(path):
        try:
            _copy_events(path, path, memory)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (
                sqlite3.SQLITE_CANTOPEN,
                sqlite3.SQLITE_READONLY,
                sqlite3.SQLITE_IOERR,
                sqlite3.SQLITE_FULL,
            ):
                raise
            try:
                _copy_events_of_copy(path, memory)
            except OSError as reason:
                raise StoreError(
                    f"{clean_line(str(path))} cannot be read: {reason.strerror}",
                    hint="check who owns it, and that there is room for a copy of it",
                ) from reason


def _copy_events(file: Path, path: Path, memory: sqlite3.Connection) -> None:
    source = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    with closing(source):
        _refuse_foreign(source, path)
        if not schema.version_of(source):
            return
        there = {row[1] for row in source.execute("PRAGMA table_info(event)")}
        wanted = ", ".join(name if name in there else "NULL" for name in COLUMNS)
        query = f"SELECT {wanted} FROM event ORDER BY seq"  # noqa: S608 - names are COLUMNS'
        memory.executemany(INSERT, source.execute(query).fetchall())


def _copy_events_of_copy(path: Path, memory: sqlite3.Connection) -> None:
    # Rarely needed, and tempfile and shutil cost some milliseconds of the start.
    import shutil  # noqa: PLC0415
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="handbook-") as folder:
        for ending in ("", "-wal", "-journal"):
            source = path.with_name(path.name + ending)
            if source.is_file():
                shutil.copyfile(source, os.path.join(folder, path.name + ending))  # noqa: PTH118
        _copy_events(path.__class__(folder, path.name), path, memory)
