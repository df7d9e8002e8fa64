"""Merges by way of a folder: one file per device, which only that device appends to.

Whatever carries the folder from machine to machine (git, Syncthing, rsync), no two of them ever
change the same file, so there is nothing to resolve.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from handbook.errors import StoreError
from handbook.store.events import COLUMNS
from handbook.store.files import append_to_file, expanded, unwritable, write_file
from handbook.store.lines import event_line, header_line
from handbook.store.purging import find_own_purges
from handbook.store.text import clean_line
from handbook.store.transfer import (
    Batch,
    Imported,
    find_devices,
    lines_of,
    merge,
    read_lines,
    scheduler,
)
from handbook.store.trouble import explained

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from handbook.store.lines import Row
    from handbook.store.store import Store

_PATTERN = "handbook-*.jsonl"


class Synced(NamedTuple):
    """What came in and from how many files, what went out and where, and files left alone."""

    imported: Imported
    files: int
    written: int
    path: Path
    faults: tuple[str, ...]


def sync(store: Store, folder: Path) -> Synced:
    """Take in what the files of a folder hold, and append to one's own what none of them has.

    A file with a fault is left alone and told; a last line that is not there yet is left for the
    next time. Raises StoreError if the folder or the store cannot be written.
    """
    if not store.keep():
        raise StoreError(f"{store.trouble}; nothing can be merged")
    folder = expanded(folder)
    own = folder / f"handbook-{store.device}.jsonl"
    batches, faults = _read_all(folder)
    imported = Imported()
    for batch in batches.values():
        try:
            imported = imported.plus(*merge(store, batch))
        except StoreError as error:
            if isinstance(error.__cause__, sqlite3.Error):
                raise  # our own file, not theirs
            faults.append(error.message)
    if own not in batches and own.exists():
        raise StoreError(faults[0] if faults else f"{own} cannot be read", hint="move it away")
    written = _write_own(store, own, batches)
    others = len(batches) - (own in batches)
    return Synced(imported, others, written, own, tuple(faults))


def _read_all(folder: Path) -> tuple[dict[Path, Batch], list[str]]:
    batches: dict[Path, Batch] = {}
    faults: list[str] = []
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        paths = sorted(path for path in folder.glob(_PATTERN) if path.is_file())
    except OSError as error:
        raise unwritable(folder, error) from error
    for path in paths:
        try:
            batches[path] = read_lines(lines_of(path), clean_line(path.name), grows=True)
        except StoreError as error:
            faults.append(error.message)
    return batches, faults


def _write_own(store: Store, own: Path, batches: dict[Path, Batch]) -> int:
    """Append what no file has; return how many events that were.

    The file is written anew where it holds what was purged here, or ends in half a line.
    """
    rows = _rows(store)
    kept = [row for _, row in batches[own].events] if own in batches else []
    others = {row[0] for path, batch in batches.items() if path != own for _, row in batch.events}
    there = {row[0] for row in kept}
    fresh = [row for row in rows if row[0] not in others and row[0] not in there]
    if own in batches and not _has_purged(store, kept) and _is_whole(own):
        if fresh:
            append_to_file(own, _bytes(map(event_line, fresh)))
        return len(fresh)
    here = {row[0] for row in rows}
    still = [row for row in kept if row[0] in here]
    devices = tuple(each for each in find_devices(store) if each.device_id == store.device)
    header = header_line(None, devices, scheduler())
    lines = [header, *map(event_line, sorted([*still, *fresh], key=lambda row: str(row[0])))]
    write_file(own, _bytes(lines), replace=True)
    return len(fresh)


def _rows(store: Store) -> list[Row]:
    query = f"SELECT {', '.join(COLUMNS)} FROM event ORDER BY event_id"  # noqa: S608  our own names
    with explained(store.path):
        return store.connection.execute(query).fetchall()


def _has_purged(store: Store, kept: Iterable[Row]) -> bool:
    with explained(store.path):
        purges = find_own_purges(store.connection, store.device)
    return any(purge.covers(row) for row in kept for purge in purges)


def _is_whole(path: Path) -> bool:
    """Tell whether a file ends with a line feed, as it does unless a write was cut off."""
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"


def _bytes(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
