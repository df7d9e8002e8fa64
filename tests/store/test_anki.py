"""The Anki package: a zip with a collection of schema 11, the same bytes for the same input."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing

import pytest

from handbook.model.card import Review
from handbook.store.anki import Deck, Note, Revision, package
from handbook.study.scheduling import after

from .conftest import NOON

DAY_MS = 86_400_000
TODAY = NOON // DAY_MS


def history(guid: str, ratings: str) -> tuple[list, list]:
    """Return the cards after each rating of a string, a day apart, and the revisions."""
    cards, revisions = [], []
    for n, rating in enumerate(ratings):
        moment = NOON + n * DAY_MS
        before = cards[-1] if cards else None
        card = after(before, Review(guid, 1, int(rating), 0, TODAY + n, moment))
        cards.append(card)
        revisions.append(Revision(guid, moment, int(rating), 12_000, before, card))
    return cards, revisions


def note(guid: str, card=None, **more) -> Note:
    return Note(guid, f"<b>{guid}?</b>", "yes", guid, "topic", ("topic", "single"), 1, card, **more)


@pytest.fixture
def deck() -> Deck:
    learnt, first = history("handbook:q-1", "33")
    begun, second = history("handbook:q-2", "1")
    notes = (
        note("handbook:q-1", learnt[-1]),
        note("handbook:q-2", begun[-1]),
        note("handbook:q-3"),
        note("handbook:q-4", is_suspended=True),
    )
    return Deck("A book", notes, (*first, *second), 120)


@pytest.fixture
def collection(deck, tmp_path):
    with zipfile.ZipFile(io.BytesIO(package(deck))) as archive:
        assert archive.namelist() == ["collection.anki2", "media"]
        assert archive.read("media") == b"{}"
        assert archive.testzip() is None
        (tmp_path / "c.anki2").write_bytes(archive.read("collection.anki2"))
    with closing(sqlite3.connect(tmp_path / "c.anki2")) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def test_the_collection_is_one_of_schema_11(collection):
    (col,) = collection.execute("SELECT * FROM col").fetchall()
    assert col["ver"] == 11
    assert collection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert json.loads(col["conf"])["creationOffset"] == -120
    (model,) = json.loads(col["models"]).values()
    assert [field["name"] for field in model["flds"]] == ["Front", "Back", "Question"]
    names = {deck["name"] for deck in json.loads(col["decks"]).values()}
    assert names == {"Default", "A book", "A book::topic"}
    tables = {row[0] for row in collection.execute("SELECT name FROM sqlite_schema")}
    assert {"col", "notes", "cards", "revlog", "graves"} <= tables


def test_days_begin_at_four_in_the_readers_zone(collection):
    created = collection.execute("SELECT crt FROM col").fetchone()[0]
    assert created == TODAY * 86_400 + 2 * 3600  # 04:00 at +02:00
    assert created * 1000 <= NOON


def test_each_note_has_its_guid_its_sides_and_one_card(collection):
    rows = collection.execute("SELECT * FROM notes ORDER BY guid").fetchall()
    assert [row["guid"] for row in rows] == [f"handbook:q-{n}" for n in range(1, 5)]
    assert rows[0]["flds"].split("\x1f") == ["<b>handbook:q-1?</b>", "yes", "handbook:q-1"]
    assert rows[0]["tags"] == " topic single "
    pairs = collection.execute(
        "SELECT n.id, count() FROM notes n JOIN cards ON nid = n.id GROUP BY 1"
    )
    assert [row[1] for row in pairs] == [1, 1, 1, 1]
    (model,) = {row["mid"] for row in rows}
    assert str(model) in collection.execute("SELECT models FROM col").fetchone()[0]


def test_cards_stand_where_ours_do(collection, deck):
    rows = collection.execute(
        "SELECT c.* FROM cards c JOIN notes n ON nid = n.id ORDER BY guid"
    ).fetchall()
    learnt, begun, fresh, suspended = rows
    ours = deck.notes[0].card
    assert (learnt["type"], learnt["queue"], learnt["ivl"]) == (2, 2, ours.interval)
    assert (learnt["due"], learnt["reps"]) == (ours.due_day - TODAY, 2)
    assert json.loads(learnt["data"])["s"] == pytest.approx(ours.stability, rel=1e-4)
    assert (begun["type"], begun["queue"]) == (1, 1)
    assert begun["due"] == deck.notes[1].card.due_ms // 1000
    assert (fresh["type"], fresh["queue"], fresh["due"]) == (0, 0, 3)
    assert (suspended["type"], suspended["queue"]) == (0, -1)


def test_reviews_are_at_their_moments_with_their_grades(collection):
    rows = collection.execute("SELECT * FROM revlog ORDER BY id").fetchall()
    assert [row["id"] for row in rows] == [NOON, NOON + 1, NOON + DAY_MS]
    assert sorted(row["ease"] for row in rows) == [1, 3, 3]
    assert {row["time"] for row in rows} == {12_000}
    assert {row["type"] for row in rows} == {0}
    cards = {row[0] for row in collection.execute("SELECT id FROM cards")}
    assert {row["cid"] for row in rows} <= cards


def test_a_forgotten_card_is_learned_again():
    cards, revisions = history("g", "3331")
    content = package(Deck("A book", (note("g", cards[-1]),), tuple(revisions), 0))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        assert connection.execute("SELECT type, lapses FROM cards").fetchone() == (3, 1)
        last = connection.execute("SELECT type, ivl FROM revlog ORDER BY id DESC").fetchone()
        assert last[0] == 1
        assert last[1] < 0


def test_the_same_input_gives_the_same_bytes(deck):
    assert package(deck) == package(deck)
    assert package(deck) != package(deck._replace(revisions=()))


def test_an_id_does_not_depend_on_what_else_is_in_the_deck(deck):
    def ids(content: bytes) -> dict[str, int]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            data = archive.read("collection.anki2")
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(data)
            return dict(connection.execute("SELECT guid, id FROM notes").fetchall())

    every = ids(package(deck))
    some = ids(package(deck._replace(notes=deck.notes[2:], revisions=())))
    assert some.items() <= every.items()
