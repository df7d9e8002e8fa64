"""The store: what a reader answers, ticks, notes and marks, kept at once and for good.

Every write is one durable transaction that holds the event and the rows derived from it; when the
method returns, it is on the disk. A write that fails raises StoreError, changes nothing, and the
next one tries the disk again. A store belongs to the thread that opened it.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from handbook.errors import StoreError
from handbook.model.event import Entry
from handbook.model.reader import Bookmark, Note, Position, Tick, Visit
from handbook.store import derive, events
from handbook.store.clock import SYSTEM_CLOCK
from handbook.store.ledger import Ledger
from handbook.store.opening import open_database
from handbook.store.text import clean, clean_json, clean_line
from handbook.store.trouble import explained

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Self

    from handbook.model.book import Place
    from handbook.model.event import JSON, Event
    from handbook.store.clock import Clock
    from handbook.store.health import Health as Health  # noqa: PLC0414 - part of the facade
    from handbook.store.practice import PracticeLog

NOTE_LIMIT = 20_000
"""The longest note, in characters."""


class Undone(NamedTuple):
    """What an undo brought back: the item, and the tick and the note that it has again.

    `kind` says whether a tick or a note was taken back; `done` is False and `text` "" where the
    item has none.
    """

    kind: Literal["tick", "note"]
    item: str
    done: bool
    text: str


class Store:
    """The reader's own data.

    `is_kept` is False when nothing could be written at the opening: reading and marking go on in
    memory, `reason` and `trouble` say why, and each write first tries to move to the disk. Once
    there, a store never goes back into memory.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._find = ledger.find
        self._append = ledger.append
        self._writing = ledger.writing

    @classmethod
    def open(
        cls, path: Path, clock: Clock = SYSTEM_CLOCK, *, chance: Callable[[int], bytes] = os.urandom
    ) -> Self:
        """Open the file, making it (0600) and its folder (0700) if needed.

        Raises StoreError if the file is damaged, no database, another program's or a folder, if it
        may not be read, or if its folder may not be made. Where it can be read but not written
        (read-only, disk full, written by a newer handbook) the store opens with `is_kept` False.
        """
        path = path.expanduser().absolute()
        connection, reason = open_database(path, clock, chance)
        with explained(path):
            return cls(Ledger(connection, path, clock=clock, chance=chance, reason=reason))

    @cached_property
    def practice(self) -> PracticeLog:
        """What was answered, and the cards that it came to."""
        # Reading needs none of it: a millisecond less at each start.
        from handbook.store.practice import PracticeLog  # noqa: PLC0415

        return PracticeLog(self._ledger)

    @property
    def reason(self) -> str:
        """What is in the way of keeping anything, or ""."""
        return self._ledger.reason

    @property
    def is_kept(self) -> bool:
        """Whether what is written now will be there the next time."""
        return self._ledger.is_kept

    @property
    def trouble(self) -> str:
        """Why nothing is kept, in one sentence, or ""."""
        what = "What you answer, tick, note or mark is not kept"
        return f"{what}: {self.reason}" if self.reason else ""

    @property
    def unkept(self) -> int:
        """How many events live only in memory, 0 for a store that is on the disk."""
        return self._ledger.unkept

    def keep(self) -> bool:
        """Move what lives only in memory to the disk if that goes now; tell whether all is kept.

        Called before every write; it raises nothing, `reason` says what was in the way.
        """
        return self._ledger.keep()

    def close(self) -> None:
        """Close the file; nothing is lost without it, but what lives only in memory: see `keep`."""
        self._ledger.connection.close()

    # What the reader does. Each raises StoreError with nothing changed.

    def tick(self, item: str, done: bool, *, checklist: str) -> None:  # noqa: FBT001
        """Mark an item of a checklist as done, or as open again."""
        with self._writing():
            if self._find("checklist", item) != (int(done),):
                kind = "check" if done else "uncheck"
                self._append(Entry(kind, clean_line(item), {"checklist": clean_line(checklist)}))

    def note(self, about: str, text: str, *, checklist: str = "") -> None:
        """Keep the reader's words on "page", "page#anchor" or an item; "" removes them.

        With the name of a checklist the note can be undone there. At most 20,000 characters.
        """
        text = clean(text)
        text = text if text.strip() else ""
        if len(text) > NOTE_LIMIT:
            raise StoreError(
                f"the note has {len(text):,} characters, {NOTE_LIMIT:,} is the most",
                hint="shorten it, or keep it in a file of its own",
            )
        data = {"text": text, **({"checklist": clean_line(checklist)} if checklist else {})}
        with self._writing():
            before = self._find("note", about)
            if (before[0] if before else "") != text:
                self._append(Entry("note", clean_line(about), data))

    def bookmark(self, place: Place, title: str) -> None:
        """Mark a page or a section, with the words it has now."""
        title = clean_line(title)
        with self._writing():
            before = self._find("bookmark", place.page, place.anchor)
            if before is None or before[0] != title:
                data = {"anchor": clean_line(place.anchor), "title": title}
                self._append(Entry("bookmark", clean_line(place.page), data))

    def unbookmark(self, place: Place) -> None:
        """Take a bookmark away."""
        with self._writing():
            if self._find("bookmark", place.page, place.anchor) is not None:
                data = {"anchor": clean_line(place.anchor)}
                self._append(Entry("unbookmark", clean_line(place.page), data))

    def visit(self, place: Place) -> None:
        """Remember that a page was opened."""
        with self._writing():
            data = {"anchor": clean_line(place.anchor)}
            self._append(Entry("visit", clean_line(place.page), data))

    def save_position(self, position: Position) -> None:
        """Remember how far a page was read, at the time of the clock: it is the last one read.

        A read mark is set but never taken away here, so that a second terminal that does not know
        of it cannot lose it: that is for `mark_read`.
        """
        with self._writing():
            before = self._find("position", position.page)
            is_read = position.read or (before is not None and bool(before[3]))
            now = (position.anchor, position.offset, position.share, int(is_read))
            newest = self._ledger.one("SELECT page FROM position ORDER BY at_ms DESC LIMIT 1")
            if before != now or newest != position.page:
                data: dict[str, JSON] = {
                    "anchor": clean_line(position.anchor),
                    "offset": position.offset,
                    "share": position.share,
                }
                data |= {"read": True} if position.read else {}
                self._append(Entry("position", clean_line(position.page), data))

    def mark_read(self, page: str, read: bool) -> None:  # noqa: FBT001
        """Mark a page as read, or as not read."""
        with self._writing():
            before = self._find("position", page)
            if (before is not None and bool(before[3])) != read:
                self._append(Entry("read", clean_line(page), {"read": read}))

    def set(self, name: str, value: JSON) -> None:
        """Keep a setting of the reader's: any JSON value."""
        value = clean_json(value)
        written = json.dumps(value, ensure_ascii=False, allow_nan=False)
        with self._writing():
            if self._find("setting", name) != (written,):
                self._append(Entry("setting", clean_line(name), {"value": value}))

    def undo(self, checklist: str) -> Undone | None:
        """Take back the last tick or note of a list and return what came back, None if no more.

        Any number of times, also after a restart; what another process wrote counts in its place.
        """
        with self._writing():
            last = events.find_last(
                self._ledger.connection,
                "kind IN ('check', 'uncheck', 'note') AND json_extract(data, '$.checklist') = ?"
                " AND event_id NOT IN (SELECT event_id FROM voided)",
                (clean_line(checklist),),
            )
            if last is None:
                return None
            item, data = last.entry.item_uid or "", {"checklist": clean_line(checklist)}
            self._append(Entry("void", item, data, target_event=last.event_id))
            tick, note = self._find("checklist", item), self._find("note", item)
            return Undone(
                "note" if last.entry.kind == "note" else "tick",
                item,
                done=bool(tick and tick[0]),
                text=str(note[0]) if note else "",
            )

    def rebuild(self) -> None:
        """Drop the derived state and make it anew from the log."""
        with self._writing():
            derive.rebuild(self._ledger.connection)

    # What the reader left.

    def ticks(self) -> dict[str, Tick]:
        """Return the state of every item that was touched, by its id."""
        rows = self._ledger.all("SELECT item, done, at_ms FROM checklist")
        return {item: Tick(item, bool(done), at_ms) for item, done, at_ms in rows}

    def notes(self) -> dict[str, Note]:
        """Return all notes by what they are about."""
        rows = self._ledger.all("SELECT about, text, at_ms FROM note")
        return {row[0]: Note(*row) for row in rows}

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Return all bookmarks, the newest last."""
        rows = self._ledger.all("SELECT page, anchor, title, at_ms FROM bookmark ORDER BY event_id")
        return tuple(Bookmark(*row) for row in rows)

    def positions(self) -> dict[str, Position]:
        """Return how far each page was read, by page id."""
        rows = self._ledger.all("SELECT page, anchor, offset, share, read, at_ms FROM position")
        return {row[0]: Position._make((*row[:4], bool(row[4]), row[5])) for row in rows}

    def visits(self, limit: int) -> tuple[Visit, ...]:
        """Return the last pages that were opened, the newest first, each as often as it was."""
        query = "SELECT page, anchor, at_ms FROM visit ORDER BY event_id DESC LIMIT ?"
        return tuple(Visit(*row) for row in self._ledger.all(query, limit))

    def get(self, name: str, default: JSON = None) -> JSON:
        """Return a setting of the reader's, or the default if it was never set."""
        value = self._ledger.one("SELECT value FROM setting WHERE name = ?", name)
        return default if value is None else json.loads(value)

    def events(self) -> Iterator[Event]:
        """Yield the whole log in order of (hlc, event_id)."""
        with explained(self._ledger.path):
            yield from events.read(self._ledger.connection)

    def is_changed(self) -> bool:
        """Tell whether another process wrote since the last call, or since the store was opened."""
        return self._ledger.is_changed()

    def health(self) -> Health:
        """Return what `handbook doctor` shows; checks the whole file."""
        # Only the doctor asks; half a millisecond less at each start.
        from handbook.store.health import examine  # noqa: PLC0415

        with explained(self._ledger.path):
            return examine(self._ledger.connection, self._ledger.path, self.trouble)

    # For other modules of this room.

    @property
    def path(self) -> Path:
        """The file, whether or not it could be written."""
        return self._ledger.path

    @property
    def device(self) -> str:
        """The name of this machine's device, "" for a file without one."""
        return self._ledger.device

    @property
    def clock(self) -> Clock:
        """What the store reads the time from."""
        return self._ledger.clock

    @property
    def connection(self) -> sqlite3.Connection:
        """The database; only for reading, and only until the next write."""
        return self._ledger.connection

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """Lend the database for one durable transaction; raises StoreError as every write does."""
        with self._writing():
            yield self._ledger.connection

    def record(self, entry: Entry) -> Event:
        """Append an entry within the block of `lent`, in the same transaction."""
        return self._append(entry)
