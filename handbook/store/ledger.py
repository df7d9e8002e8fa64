"""The open file: every write goes through here, as one durable transaction or as nothing at all."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from handbook.errors import StoreError
from handbook.model.event import Moment
from handbook.store import derive, events, schema
from handbook.store.clock import study_day
from handbook.store.connection import transaction
from handbook.store.events import Stamp
from handbook.store.rules import Cell
from handbook.store.text import clean_line
from handbook.store.trouble import explained

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from handbook.model.event import Entry, Event
    from handbook.store.clock import Clock
    from handbook.store.rules import Row


class Ledger:
    """The connection to the log, the clock and the chance that stamp what is appended to it.

    It is `kept` unless nothing could be written at the opening: then all goes on in memory,
    `reason` says why, and each write first tries to move to the disk.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        *,
        clock: Clock,
        chance: Callable[[int], bytes],
        reason: str,
    ) -> None:
        self.path = path
        self.reason = reason
        self.clock = clock
        self._chance = chance
        self._use(connection)
        # In memory, what comes after these events is nowhere else.
        self._copied = int(self.one("SELECT coalesce(max(seq), 0) FROM event"))
        self._data_version = self.one("PRAGMA data_version")

    def _use(self, connection: sqlite3.Connection) -> None:
        name = connection.execute("SELECT value FROM meta WHERE key = 'device_id'").fetchone()
        self.device: str = name[0] if name else ""
        self.connection = connection

    @property
    def is_kept(self) -> bool:
        """Whether what is written now will be there the next time."""
        return not self.reason

    @property
    def unkept(self) -> int:
        """How many events live only in memory, 0 for a ledger that is on the disk."""
        if self.is_kept:
            return 0
        return int(self.one("SELECT count(*) FROM event WHERE seq > ?", self._copied))

    def keep(self) -> bool:
        """Move what lives only in memory to the disk if that goes now; tell whether all is kept.

        Called before every write; it raises nothing, `reason` says what was in the way.
        """
        if self.is_kept:
            return True
        # Hardly ever needed.
        from handbook.store.moving import move_to_disk  # noqa: PLC0415

        memory = self.connection
        try:
            with explained(self.path):
                self._use(move_to_disk(memory, self._copied, self.path, self.clock, self._chance))
        except StoreError as error:
            self.reason = error.message
            return False
        memory.close()
        self.reason = ""
        self._data_version = None  # others may have written to the file: `is_changed` says so
        return True

    def is_changed(self) -> bool:
        """Tell whether another process wrote since the last call, or since the opening."""
        before, self._data_version = self._data_version, self.one("PRAGMA data_version")
        return bool(before != self._data_version)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Run the block as one transaction; raises StoreError with nothing changed."""
        self.keep()
        with explained(self.path), transaction(self.connection):
            if schema.version_of(self.connection) != len(schema.MIGRATIONS):
                raise StoreError(
                    f"{clean_line(str(self.path))} was taken over by a newer handbook meanwhile",
                    hint="nothing was changed; leave this one and start it again",
                )
            yield

    def append(self, entry: Entry) -> Event:
        """Append an entry, and what follows from it, within the caller's `writing`."""
        now = self.now()
        stamp = Stamp(self.device, now.at_ms, now.tz_offset_min, self.random(3))
        event = events.append(self.connection, entry, stamp)
        derive.apply(self.connection, event)
        return event

    def now(self) -> Moment:
        """Return what o'clock it is here; never before 1970."""
        at_ms = max(0, self.clock.now_ms())
        offset = self.clock.tz_offset_min(at_ms)
        return Moment(at_ms, study_day(at_ms, offset), offset)

    def random(self, count: int) -> str:
        """Return so many random bytes as hexadecimal digits."""
        return self._chance(count).hex()

    def find(self, table: str, *key: str) -> Row | None:
        """Return a derived row without its time and origin."""
        cell = Cell(table, tuple(clean_line(part) for part in key))
        row = derive.find_row(self.connection, cell)
        columns = schema.DERIVED[table].columns
        return row and tuple(
            value
            for name, value in zip(columns, row, strict=True)
            if name not in ("at_ms", "event_id")
        )

    def all(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Return all rows of a query; raises StoreError."""
        with explained(self.path):
            return self.connection.execute(query, values).fetchall()

    def one(self, query: str, *values: str | int) -> Any:
        """Return the first value of the first row, None if there is no row."""
        row = self.all(query, *values)
        return row[0][0] if row else None
