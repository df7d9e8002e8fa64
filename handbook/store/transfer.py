"""Moves the log between machines: out as lines, and in as the union with what is there.

The order of merging does not matter, and merging twice is merging once: an event is the same
wherever its id is, and everything else is derived from the events in the order of their ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from handbook.errors import StoreError
from handbook.store import derive
from handbook.store.events import COLUMNS, INSERT
from handbook.store.files import expanded
from handbook.store.lines import (
    LINE_LIMIT,
    Device,
    FaultyLineError,
    Header,
    NewerLinesError,
    Row,
    event_line,
    header_line,
    is_header,
    read_line,
)
from handbook.store.purging import Purge, find_own_purges
from handbook.store.text import clean_line
from handbook.store.trouble import explained

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from handbook.store.store import Store

_SELECT = f"SELECT {', '.join(COLUMNS)} FROM event "  # noqa: S608  our own names


class Imported(NamedTuple):
    """What an import did.

    `new` events came in, `known` ones were there, `purged` ones had been purged here and stay out;
    `refused` lines were passed over because of `faults`, which is only done when asked for.
    """

    new: int = 0
    known: int = 0
    purged: int = 0
    refused: int = 0
    faults: tuple[str, ...] = ()

    def plus(self, other: Imported) -> Imported:
        """Return the sum of two imports."""
        return Imported(
            self.new + other.new,
            self.known + other.known,
            self.purged + other.purged,
            self.refused + other.refused,
            self.faults + other.faults,
        )


class Batch(NamedTuple):
    """What the lines of a file hold: events with the numbers of their lines, devices, faults.

    `name` is the file's, "" where there is only one.
    """

    name: str
    events: tuple[tuple[int, Row], ...]
    devices: tuple[Device, ...]
    faults: tuple[str, ...]


# Out


def export_events(store: Store) -> Iterator[str]:
    """Yield the log as lines, header first, in the order of (hlc, id)."""
    with explained(store.path):
        rows = store.connection.execute(f"{_SELECT}ORDER BY event_id").fetchall()
    yield header_line(len(rows), find_devices(store), scheduler())
    yield from map(event_line, rows)


def find_devices(store: Store) -> tuple[Device, ...]:
    """Return the machines whose events are here, by the time they were first seen."""
    query = "SELECT device_id, name, first_seen_ms FROM device ORDER BY first_seen_ms, device_id"
    with explained(store.path):
        return tuple(Device(*row) for row in store.connection.execute(query))


def scheduler() -> tuple[str, str]:
    """Return the name and the version of what computes the schedule."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  20 ms

    try:
        return "fsrs", version("fsrs")
    except PackageNotFoundError:
        return "fsrs", ""


# In


def read_lines(
    lines: Iterable[str], name: str = "", *, salvage: bool = False, grows: bool = False
) -> Batch:
    """Return what the lines of a file hold, for `merge` to take in.

    The lines are not trusted. The first fault is raised as StoreError with the number of its line;
    with `salvage` faulty lines are passed over and counted, but lines of a newer schema still are
    an error. Where a file still `grows`, a last line without a line feed is not there yet.
    """
    reader = _Reader(name, salvage=salvage)
    for number, line in enumerate(lines, 1):
        if grows and not line.endswith("\n"):
            break
        if line.strip():
            reader.read(number, line.strip(" \t\r\n"))
    return reader.finish()


def count_new(store: Store, batches: Iterable[Batch]) -> int:
    """Return how many events of batches are not here yet and would come in."""
    with explained(store.path):
        purges = find_own_purges(store.connection, store.device)
        known = {row[0] for row in store.connection.execute("SELECT event_id FROM event")}
    rows = {row[0]: row for batch in batches for _, row in batch.events if row[0] not in known}
    return sum(not any(purge.covers(row) for purge in purges) for row in rows.values())


def merge(store: Store, *batches: Batch) -> tuple[Imported, ...]:
    """Append the events of batches that are not here yet, all or none; return a count for each."""
    with store.lent() as connection:
        purges = find_own_purges(connection, store.device)
        done = tuple(_append(connection, batch, purges) for batch in batches)
        if any(each.new for each in done):
            derive.rebuild(connection)
    return done


def _append(connection: sqlite3.Connection, batch: Batch, purges: tuple[Purge, ...]) -> Imported:
    counts = {"new": 0, "known": 0, "purged": 0}
    connection.executemany(_ADD_DEVICE, batch.devices)
    for number, row in batch.events:
        known = _find_row(connection, row[0])
        if known is not None and known != row:
            message = f"the event {row[0]} is here already and says something else"
            raise _fault(batch.name, number, message)
        if known is not None:
            counts["known"] += 1
        elif any(purge.covers(row) for purge in purges):
            counts["purged"] += 1
        else:
            connection.execute(INSERT, row)
            counts["new"] += 1
    return Imported(**counts, refused=len(batch.faults), faults=batch.faults)


_ADD_DEVICE = """INSERT INTO device VALUES(?, ?, ?) ON CONFLICT(device_id) DO UPDATE SET
  name = min(name, excluded.name), first_seen_ms = min(first_seen_ms, excluded.first_seen_ms)"""


def _find_row(connection: sqlite3.Connection, event_id: str) -> Row | None:
    row: Row | None = connection.execute(f"{_SELECT}WHERE event_id = ?", (event_id,)).fetchone()
    return row


class _Reader:
    """Reads lines one by one and remembers which header they belong to."""

    def __init__(self, name: str, *, salvage: bool) -> None:
        self._name = name
        self._salvage = salvage
        self._events: list[tuple[int, Row]] = []
        self._devices: dict[str, Device] = {}
        self._faults: list[str] = []
        self._header: Header | None = None
        self._found = 0
        self._number = 0

    def read(self, number: int, line: str) -> None:
        """Read a line; the first has to be a header, further ones begin another export."""
        self._number = number
        if self._header is None and not is_header(line):
            raise _fault(self._name, number, "this is no export of the handbook")
        try:
            found = read_line(line)
        except NewerLinesError as error:
            raise _fault(self._name, number, str(error)) from error
        except FaultyLineError as error:
            if self._header is None:
                raise _fault(self._name, number, str(error)) from error
            self._found += 1
            self._note(number, str(error), error)
            return
        if isinstance(found, Header):
            self._check_count()
            self._header, self._found = found, 0
            self._devices |= {device.device_id: device for device in found.devices}
            return
        self._found += 1
        self._events.append((number, found))

    def finish(self) -> Batch:
        """Return what was read; raises StoreError if there was nothing, or not all of it."""
        if self._header is None:
            raise _fault(self._name, 1, "this is no export of the handbook: there is nothing in it")
        self._check_count()
        devices = tuple(self._devices.values())
        return Batch(self._name, tuple(self._events), devices, tuple(self._faults))

    def _check_count(self) -> None:
        count = self._header.events if self._header else None
        if count is not None and count != self._found:
            message = f"{self._found} events end here, the first line promises {count}"
            self._note(self._number, message)

    def _note(self, number: int, message: str, cause: Exception | None = None) -> None:
        if not self._salvage:
            raise _fault(self._name, number, message) from cause
        self._faults.append(_at(self._name, number, message))


def _fault(name: str, number: int, message: str) -> StoreError:
    return StoreError(_at(name, number, message), hint="nothing was changed")


def _at(name: str, number: int, message: str) -> str:
    return f"{name}: line {number}: {message}" if name else f"line {number}: {message}"


def lines_of(path: Path) -> Iterator[str]:
    """Yield the lines of a file, none of them much longer than is read; raises StoreError.

    Bytes that are not UTF-8 become lone surrogates, which `read_lines` refuses with their line.
    """
    try:
        with expanded(path).open("rb") as file:
            yield from lines_of_stream(file)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise StoreError(f"{clean_line(str(path))} cannot be read: {reason}") from error


def lines_of_stream(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a stream as `lines_of` does."""
    while line := stream.readline(4 * LINE_LIMIT + 2):
        yield line.decode("utf-8", "surrogateescape")
