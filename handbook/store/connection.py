"""Opens connections with the settings that make a commit durable, and runs transactions."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from handbook.store.filesystem import find_filesystem, is_network
from handbook.store.trouble import BUSY_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TRIES = 100
_PAUSE_S = BUSY_S / _TRIES


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection that waits five seconds for others; nothing is read or changed yet.

    Transactions begin and end only where `transaction` says so.
    """
    return sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)


def make_durable(connection: sqlite3.Connection, path: Path) -> None:
    """Choose the settings that put every commit on the disk before it returns.

    A write-ahead log needs memory shared by all who open the file, which a network file system
    does not give: there the old rollback journal is used.
    """
    _set_journal(connection, "truncate" if is_network(find_filesystem(path)) else "wal")
    connection.execute("PRAGMA synchronous=FULL")


def connect_memory() -> sqlite3.Connection:
    """Return an empty database that lives as long as the connection."""
    return sqlite3.connect(":memory:", isolation_level=None)


def was_left_open(path: Path) -> bool:
    """Tell whether a journal lies beside the file: in use now, or its last user was killed."""
    helpers = (path.with_name(path.name + ending) for ending in ("-wal", "-journal"))
    return any(helper.is_file() and helper.stat().st_size > 0 for helper in helpers)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block as one durable write, or as nothing at all.

    IMMEDIATE, because a transaction that reads first and writes later fails at once, however long
    its patience, when another process wrote in between.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite rolls back by itself when the disk is full
            connection.execute("ROLLBACK")
        raise


def _set_journal(connection: sqlite3.Connection, mode: str) -> None:
    """Choose the journal; WAL where it is refused becomes TRUNCATE.

    SQLite does not wait for others when it changes the mode, so two processes that make the file
    together would fail: ask again, as patiently as for a lock.
    """
    for left in reversed(range(_TRIES)):
        try:
            answer = connection.execute(f"PRAGMA journal_mode={mode}").fetchone()[0]
        except sqlite3.OperationalError as error:
            if not left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_PAUSE_S)
            continue
        if answer != mode and mode == "wal":
            connection.execute("PRAGMA journal_mode=truncate")
        return
