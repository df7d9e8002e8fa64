"""What a reader answered: appended to the log, folded into cards, taken back and brought again."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from handbook.errors import StoreError
from handbook.model.card import Card, Standing
from handbook.model.event import Entry, PracticeSession
from handbook.store import events
from handbook.store.derive import NOT_VOIDED
from handbook.store.mending import find_redates
from handbook.store.rules import PRACTISED
from handbook.store.text import clean, clean_json, clean_line
from handbook.store.trouble import explained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from handbook.model.event import Event, Moment
    from handbook.store.ledger import Ledger

UNDOABLE = ("review", "hold", "suspend", "flag")
"""The kinds that `undo` takes back, one at a time."""

DATA_LIMIT = 200_000
"""The most that the data of one event may hold, in characters of JSON."""

BEHIND_MS = 2 * 60_000
AHEAD_MS = 60 * 24 * 60 * 60_000
"""How far the clock may stand before or after the last answer without a word about it."""

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: none looks like another


class PracticeLog:
    """The reader's answers, cards and sessions; part of a `Store`, whose rules for errors hold."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._last_session_ms = 0

    def now(self) -> Moment:
        """Return what o'clock it is, and which day of study."""
        return self._ledger.now()

    def append(self, *entries: Entry) -> tuple[Event, ...]:
        """Append entries in one durable transaction, and return them as they were kept.

        They are on the disk when this returns. Raises StoreError with nothing changed.
        """
        return self.append_made(lambda: entries)

    def append_made(self, make: Callable[[], Iterable[Entry]]) -> tuple[Event, ...]:
        """Append the entries that `make` returns, as `append` does.

        `make` is called inside the transaction: what it reads, no other process changes before its
        entries are there. What it raises leaves nothing changed.
        """
        with self._ledger.writing():
            return tuple(self._ledger.append(_cleaned(entry)) for entry in make())

    def new_session_id(self) -> str:
        """Return an id like "1n2f8q0zk-7k2m" that no other session has; ids sort by time."""
        newest = self._ledger.one("SELECT max(started_ms) FROM session") or 0
        moment = max(self.now().at_ms, self._last_session_ms + 1, newest + 1)
        self._last_session_ms = moment
        return f"{_written(moment, 9)}-{_written(int(self._ledger.random(3), 16), 4)}"

    def cards(self) -> dict[str, Card]:
        """Return the cards of all questions that were ever reviewed, by question id."""
        return {row[0]: _card(row) for row in self._ledger.all("SELECT * FROM card")}

    def find_card(self, question_id: str) -> Card | None:
        """Return the card of a question, None if it was never reviewed."""
        rows = self._ledger.all("SELECT * FROM card WHERE question = ?", clean_line(question_id))
        return _card(rows[0]) if rows else None

    def standings(self) -> dict[str, Standing]:
        """Return what was decided about questions, by id; those without a decision are left out."""
        rows = self._ledger.all("SELECT question, held_until, is_suspended, flag FROM standing")
        return {row[0]: Standing(row[0], row[1], bool(row[2]), row[3]) for row in rows}

    def events(
        self, *kinds: str, session: str = "", item: str = "", since_day: int = 0
    ) -> tuple[Event, ...]:
        """Return the events that count, in the order of the log: all, or those asked for.

        What was taken back is left out, and so are the voids themselves unless asked for by kind.
        `since_day` is the first day of study on which they were written, 0 for any.
        """
        conditions, values = [NOT_VOIDED], list[str | int]()
        if kinds:
            conditions.append(f"kind IN ({', '.join('?' * len(kinds))})")
            values += kinds
        else:
            conditions.append("kind <> 'void'")
        if session:
            conditions.append("session_id = ?")
            values.append(session)
        if item:
            conditions.append("item_uid = ?")
            values.append(item)
            if kinds and set(kinds) <= set(UNDOABLE):
                conditions.append(PRACTISED)  # the words of the index by question
        found = self._read(" AND ".join(conditions), values, since_day)
        return tuple(event for event in found if not since_day or event.day >= since_day)

    def sessions(self, kind: str = "") -> tuple[PracticeSession, ...]:
        """Return the sessions of a kind, or of all, the newest first."""
        rows = self._ledger.all(
            "SELECT id, kind, started_ms, ended_ms, plan FROM session WHERE kind = ?1 OR ?1 = ''"
            " ORDER BY started_ms DESC, id DESC",
            kind,
        )
        return tuple(PracticeSession._make((*row[:4], json.loads(row[4]))) for row in rows)

    def undo(self, session: str = "") -> Event | None:
        """Take back the last answer, hold, suspension or flag, of a session or of all.

        Returns what was taken back, None if there is nothing more. Any number of times, also after
        a restart.
        """
        with self._ledger.writing():
            last = self._find_last(session, NOT_VOIDED)
            if last is not None:
                self._void(last)
            return last

    def redo(self, session: str = "") -> Event | None:
        """Bring back what the last `undo` took, and return it; None once something came after."""
        with self._ledger.writing():
            void = self._find_last_void(session)
            if void is None:
                return None
            newest = self._find_last(session)
            if newest is not None and newest.event_id > void.event_id:
                return None
            self._void(void)
            return events.find_last(
                self._ledger.connection, "event_id = ?", (void.entry.target_event or "",)
            )

    def clock_warning(self) -> str:
        """Return a sentence if the clock may be wrong, "" if not.

        It is compared with the last answer: one that a wrong clock dated is told too, since the
        schedule counts the days between answers.
        """
        with explained(self._ledger.path):
            last = self._find_last("")
        if last is None:
            return ""
        now = self.now()
        if now.at_ms < last.at_ms - BEHIND_MS:
            return (
                f"The clock says {_said(*now)}, but the last answer is of"
                f" {_said(last.at_ms, last.day, last.tz_offset_min)}: if the clock is wrong, set it"
                " right before you answer."
            )
        if now.at_ms > last.at_ms + AHEAD_MS:
            days = now.day - last.day
            return (
                f"The last answer was {days} days ago, says the clock ({_said(*now)}): if that is"
                " wrong, set it right before you answer."
            )
        return ""

    def _void(self, event: Event) -> None:
        entry = event.entry
        self._ledger.append(
            Entry(
                "void",
                entry.item_uid,
                {"kind": entry.kind},
                target_event=event.event_id,
                session_id=entry.session_id,
            )
        )

    def _find_last(self, session: str, condition: str = "TRUE") -> Event | None:
        """Return the last event that can be taken back; an index finds each kind's last."""
        found: list[Event] = []
        for kind in UNDOABLE:
            where = f"{_of(session)} AND kind = ?2 AND {condition}"
            last = events.find_last(self._ledger.connection, where, (session, kind))
            if last is not None:
                found.append(last)
        return max(found, key=lambda event: event.event_id, default=None)

    def _find_last_void(self, session: str) -> Event | None:
        """Return the last void that counts and took something of ours back."""
        undone = PRACTISED.replace("kind", "json_extract(data, '$.kind')")  # see `_void`
        where = f"{_of(session)} AND kind = 'void' AND {NOT_VOIDED} AND {undone}"
        return events.find_last(self._ledger.connection, where, (session,))

    def _read(self, where: str, values: list[str | int], since_day: int) -> Iterator[Event]:
        """Yield events; the log's own days choose among them only if all its times are right."""
        connection = self._ledger.connection
        with explained(self._ledger.path):
            if since_day and not find_redates(connection):
                where, values = f"{where} AND day >= ?", [*values, since_day]
            yield from events.read(connection, where, tuple(values))


def _of(session: str) -> str:
    """Return the condition for a session; without one, the parameter is named all the same."""
    return "session_id = ?1" if session else "?1 = ''"


def _card(row: tuple[Any, ...]) -> Card:
    return Card._make((*row[:-1], row[-1] == 1))


def _cleaned(entry: Entry) -> Entry:
    """Return an entry whose texts can be kept and shown; raises StoreError if it is too long."""
    data = {clean(name): clean_json(value) for name, value in entry.data.items() if name != "v"}
    size = len(json.dumps(data, ensure_ascii=False))
    if size > DATA_LIMIT:
        raise StoreError(
            f"the answer has {size:,} characters, {DATA_LIMIT:,} is the most",
            hint="shorten it, or keep it in a file of its own",
        )
    return entry._replace(
        kind=clean_line(entry.kind),
        item_uid=None if entry.item_uid is None else clean_line(entry.item_uid),
        item_rev=None if entry.item_rev is None else clean_line(entry.item_rev),
        session_id=clean_line(entry.session_id) or None if entry.session_id else None,
        data=data,
    )


def _written(number: int, digits: int) -> str:
    """Return a number in so many digits of base 32, the highest ones cut off."""
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(digits)))


def _said(at_ms: int, _day: int, tz_offset_min: int) -> str:
    """Return a moment as "14:05 on 3 March 2026", in the local time of that moment."""
    local = time.gmtime(at_ms / 1000 + tz_offset_min * 60)
    return f"{time.strftime('%H:%M on', local)} {local.tm_mday} {time.strftime('%B %Y', local)}"
