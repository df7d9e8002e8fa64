"""Writes an Anki package: a collection of the legacy schema 11 in a zip, with its reviews.

The same input gives the same bytes: ids follow from the guids, times are those of the reviews, and
the zip carries no date. Whoever imports a package again updates the notes and doubles nothing,
since Anki knows a note by its guid and a review by its moment.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from handbook.model.chance import rank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.model.card import Card

_DAY_S = 86_400
_TURNS_AT_S = 4 * 3600
_BASE_DAY = 19_723  # 2024-01-01: a collection without reviews begins somewhere, too
_ID_FLOOR, _ID_ROOM = 1_000_000_000_000, 600_000_000_000
_SEPARATOR = "\x1f"
_FIELDS = ("Front", "Back", "Question")
_CSS = """.card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 45em;
  margin: 0 auto; padding: 0.5em; }
pre { font-size: 14px; line-height: 1.15; overflow-x: auto; }
th, td { border: 1px solid; padding: 0.2em 0.5em; }
table { border-collapse: collapse; }
"""


class Note(NamedTuple):
    """A card to be: `guid` never changes, both sides are HTML, `deck` is its name below ours.

    `version` is a whole number that rises with the text. `card` is None while it was never
    reviewed.
    """

    guid: str
    front: str
    back: str
    label: str
    deck: str
    tags: tuple[str, ...]
    version: int
    card: Card | None = None
    is_suspended: bool = False


class Revision(NamedTuple):
    """A review: the card before and after it, when, with which grade, and for how long."""

    guid: str
    at_ms: int
    rating: int
    took_ms: int
    before: Card | None
    after: Card


class Deck(NamedTuple):
    """What a package holds; `name` is that of the deck above those of the notes.

    `tz_offset_min` says how far the reader's time is ahead of UTC: days turn at 04:00 there.
    """

    name: str
    notes: tuple[Note, ...]
    revisions: tuple[Revision, ...]
    tz_offset_min: int


def package(deck: Deck) -> bytes:
    """Return the bytes of an .apkg file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("collection.anki2", _collection(deck)), ("media", b"{}")):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _collection(deck: Deck) -> bytes:
    names = sorted({note.deck for note in deck.notes})
    decks = {name: _free_id({}, "deck", name) for name in names}
    model = _free_id({}, "model", *_FIELDS)
    days = (revision.after.last_day for revision in deck.revisions)
    base_day = min(days, default=_BASE_DAY)
    created_s = base_day * _DAY_S + _TURNS_AT_S - deck.tz_offset_min * 60
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        connection.execute(
            "INSERT INTO col VALUES(1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
            (
                created_s,
                created_s * 1000,
                created_s * 1000,
                _written(_configuration(model, deck.tz_offset_min)),
                _written({str(model): _model(model, deck.name)}),
                _written(_decks(deck.name, decks)),
                _written(_OPTIONS),
            ),
        )
        cards = _write_notes(connection, deck.notes, decks, model, base_day)
        _write_revisions(connection, deck.revisions, cards)
        connection.execute("COMMIT")
        return connection.serialize()


def _write_notes(
    connection: sqlite3.Connection,
    notes: Sequence[Note],
    decks: dict[str, int],
    model: int,
    base_day: int,
) -> dict[str, int]:
    """Write notes, each with its card; return the ids of the cards by guid."""
    note_ids: dict[int, str] = {}
    card_ids: dict[int, str] = {}
    for place, note in enumerate(notes, 1):
        note_id = _free_id(note_ids, "note", note.guid)
        card_id = _free_id(card_ids, "card", note.guid)
        changed_s = _BASE_DAY * _DAY_S + note.version
        fields = (note.front, note.back, note.label)
        tags = f" {' '.join(note.tags)} " if note.tags else ""
        checksum = _checksum(note.front)
        connection.execute(
            "INSERT INTO notes VALUES(?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
            (
                note_id,
                note.guid,
                model,
                changed_s,
                tags,
                _SEPARATOR.join(fields),
                note.label,
                checksum,
            ),
        )
        changed_s = note.card.last_ms // 1000 if note.card else changed_s
        state = _card_columns(note, place, base_day)
        connection.execute(
            f"INSERT INTO cards VALUES(?, ?, ?, 0, ?, -1, {', '.join('?' * len(state))})",
            (card_id, note_id, decks[note.deck], changed_s, *state),
        )
    return {guid: card_id for card_id, guid in card_ids.items()}


def _checksum(field: str) -> int:
    """Return what Anki finds notes with the same first field by: its text without tags."""
    text = unescape(re.sub(r"<[^>]*>", "", field)).strip()
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:8], 16)


def _card_columns(note: Note, place: int, base_day: int) -> tuple[int | str, ...]:
    """Return the columns from `type` to `data`; states are numbered as in Anki."""
    card = note.card
    if card is None:
        return (0, -1 if note.is_suspended else 0, place, 0, 0, 0, 0, 0, 0, 0, 0, "{}")
    is_learning = card.state in (1, 3)
    kind = card.state if is_learning else 2
    if not is_learning:
        queue, due = 2, card.due_day - base_day
    elif card.due_ms:
        queue, due = 1, card.due_ms // 1000
    else:
        queue, due = 3, card.due_day - base_day
    memory = {
        "s": round(card.stability, 4),
        "d": round(card.difficulty, 3),
        "dr": 0.9,
        "lrt": card.last_ms // 1000,
    }
    return (
        kind,
        -1 if note.is_suspended else queue,
        due,
        card.interval,
        2500,
        card.reps,
        card.lapses,
        1001 if is_learning else 0,
        0,
        0,
        0,
        _written(memory),
    )


def _write_revisions(
    connection: sqlite3.Connection, revisions: Iterable[Revision], cards: dict[str, int]
) -> None:
    """Write reviews; their ids are their moments, so two of one millisecond move apart."""
    taken: set[int] = set()
    for each in sorted(revisions, key=lambda revision: (revision.at_ms, revision.guid)):
        moment = each.at_ms
        while moment in taken:
            moment += 1
        taken.add(moment)
        kind = 0 if each.before is None or each.before.state == 1 else each.before.state - 1
        factor = round((each.after.difficulty - 1) / 9 * 1000) + 100
        row = (
            moment,
            cards[each.guid],
            each.rating,
            _interval(each.after),
            _interval(each.before) if each.before else 0,
            factor,
            min(max(each.took_ms, 0), 60_000),
            kind,
        )
        connection.execute("INSERT INTO revlog VALUES(?, ?, -1, ?, ?, ?, ?, ?, ?)", row)


def _interval(card: Card) -> int:
    """Return days, or for a learning step of minutes its seconds, below zero."""
    if card.state != 2 and card.due_ms:
        return -max(1, (card.due_ms - card.last_ms) // 1000)
    return card.interval


def _free_id(taken: dict[int, str], *words: str) -> int:
    """Return a number that follows from words, and note it; the next one if it is taken."""
    number = _ID_FLOOR + rank("anki", *words) % _ID_ROOM
    while number in taken:
        number += 1
    taken[number] = words[-1]
    return number


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _configuration(model: int, tz_offset_min: int) -> dict[str, object]:
    return {
        "activeDecks": [1],
        "addToCur": True,
        "collapseTime": 1200,
        "creationOffset": -tz_offset_min,
        "curDeck": 1,
        "curModel": model,
        "dueCounts": True,
        "estTimes": True,
        "newSpread": 0,
        "nextPos": 1,
        "rollover": 4,
        "schedVer": 2,
        "sortBackwards": False,
        "sortType": "noteFld",
        "timeLim": 0,
    }


def _model(model: int, name: str) -> dict[str, object]:
    back = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"
    template = {"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": back, "did": None}
    return {
        "id": model,
        "name": name,
        "type": 0,
        "mod": 0,
        "usn": -1,
        "sortf": 2,
        "did": 1,
        "tmpls": [{**template, "bqfmt": "", "bafmt": ""}],
        "flds": [
            {
                "name": field,
                "ord": place,
                "sticky": False,
                "rtl": False,
                "font": "Arial",
                "size": 20,
            }
            for place, field in enumerate(_FIELDS)
        ],
        "css": _CSS,
        "latexPre": "",
        "latexPost": "",
        "req": [[0, "any", [0]]],
        "tags": [],
        "vers": [],
    }


def _decks(name: str, decks: dict[str, int]) -> dict[str, object]:
    named = {1: "Default", _free_id({}, "deck", ""): name}
    named |= {deck_id: f"{name}::{each}" for each, deck_id in decks.items()}
    return {
        str(deck_id): {
            "id": deck_id,
            "name": title,
            "conf": 1,
            "desc": "",
            "dyn": 0,
            "collapsed": False,
            "browserCollapsed": False,
            "extendNew": 0,
            "extendRev": 0,
            "mod": 0,
            "usn": -1,
            **{f"{kind}Today": [0, 0] for kind in ("new", "rev", "lrn", "time")},
        }
        for deck_id, title in named.items()
    }


_OPTIONS = {
    "1": {
        "id": 1,
        "name": "Default",
        "autoplay": True,
        "dyn": False,
        "maxTaken": 60,
        "mod": 0,
        "replayq": True,
        "timer": 0,
        "usn": 0,
        "new": {
            "bury": True,
            "delays": [1, 10],
            "initialFactor": 2500,
            "ints": [1, 4, 7],
            "order": 1,
            "perDay": 20,
        },
        "lapse": {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0},
        "rev": {
            "bury": True,
            "ease4": 1.3,
            "fuzz": 0.05,
            "ivlFct": 1,
            "maxIvl": 36500,
            "minSpace": 1,
            "perDay": 200,
        },
    }
}
_SCHEMA = """
PRAGMA page_size = 4096;
CREATE TABLE col(id integer primary key, crt integer not null, mod integer not null,
  scm integer not null, ver integer not null, dty integer not null, usn integer not null,
  ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
CREATE TABLE notes(id integer primary key, guid text not null, mid integer not null,
  mod integer not null, usn integer not null, tags text not null, flds text not null,
  sfld integer not null, csum integer not null, flags integer not null, data text not null);
CREATE TABLE cards(id integer primary key, nid integer not null, did integer not null,
  ord integer not null, mod integer not null, usn integer not null, type integer not null,
  queue integer not null, due integer not null, ivl integer not null, factor integer not null,
  reps integer not null, lapses integer not null, left integer not null, odue integer not null,
  odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog(id integer primary key, cid integer not null, usn integer not null,
  ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null,
  time integer not null, type integer not null);
CREATE TABLE graves(usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn ON notes(usn);
CREATE INDEX ix_cards_usn ON cards(usn);
CREATE INDEX ix_revlog_usn ON revlog(usn);
CREATE INDEX ix_cards_nid ON cards(nid);
CREATE INDEX ix_cards_sched ON cards(did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog(cid);
CREATE INDEX ix_notes_csum ON notes(csum);
"""
"""The tables of Anki's collection.anki2, version 11; decks and note types are JSON in `col`."""
