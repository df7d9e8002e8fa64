"""`export anki` and `export gift`: what goes in, what stays out, and how files are written."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from handbook.model.event import Entry
from handbook.store.store import Store
from tests.cli.test_questions import CUES

if TYPE_CHECKING:
    from pathlib import Path

SEE = "### Why\n    Because.\n\n    ### See\n    - [Tools](roles/ml-engineer.md#tools)\n"
BANK = f"""\
    ---
    format: questions/1
    topic: fitting
    title: Fitting
    ---
    # Fitting

    ## [q-000001] Held out
    <!-- single use=exam v=1 -->

    A secret question?

    - [ ] No
      > Wrong.
    - [x] Yes

    {SEE}
    ## [q-000002] A count: 10% {{of}} what?
    <!-- numeric -->

    How many ~ are = left?

    = 12.5
    tol: rel 2%
    unit: %
    accept: 0.125

    {SEE}
    ## [q-000003] Four steps
    <!-- order -->

    Which order?

    1. Read
    2. Split
    3. Fit

    {SEE}
    ## [q-000005] One of them
    <!-- single -->

    Which `a < b`?

    - [ ] The <b>first</b>
      > Not it.
    - [x] The second
    - [ ] The third
      > Nor this.

    {SEE}
    ## [q-000006] Some of them
    <!-- multi -->

    Which?

    - [x] One
    - [x] Two
    - [ ] Three
      > No.

    {SEE}
    ## [q-000007] In the middle
    <!-- cloze -->

    The gap is {{{{1:variance|the variance}}}} here.

    {SEE}
    ## [q-000008] Pairs
    <!-- match -->

    Which goes with which?

    | Left | Right |
    |---|---|
    | one | 1 |
    | two | 2 |
    | three | 3 |
    |  | 4 |

    {SEE}
    ## [q-000009] In your words
    <!-- recall -->

    Why so?

    ### Rubric
    - [2] It says this
    - [1] It says that

    ### Answer
    Since it is so.

    {SEE}"""


@pytest.fixture
def bank(small, book):
    book({"bank.md": BANK, "cues.md": CUES})
    return small


def collection(path: Path) -> sqlite3.Connection:
    with zipfile.ZipFile(path) as archive:
        data = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    return connection


def fields(path: Path) -> dict[str, list[str]]:
    with closing(collection(path)) as connection:
        rows = connection.execute("SELECT guid, flds FROM notes").fetchall()
    return {guid.removeprefix("handbook:"): text.split("\x1f") for guid, text in rows}


# Anki


def test_a_deck_holds_all_questions_but_those_for_exams(bank, run, tmp_path, data):
    file = tmp_path / "deck.apkg"
    done = run("export", "anki", str(file))
    assert (done.code, done.out) == (0, "")
    assert done.err == f"handbook: 8 notes and 0 reviews written to {file}\n"
    assert "q-000001" not in fields(file)
    assert b"secret" not in zipfile.ZipFile(file).read("collection.anki2")
    assert file.stat().st_mode & 0o777 == 0o600
    assert not data.exists()


def test_both_sides_of_each_kind(bank, run, tmp_path):
    file = tmp_path / "deck.apkg"
    run("export", "anki", str(file))
    cards = fields(file)
    front, back, label = cards["q-000005"]
    assert front.startswith("<h3>One of them</h3><p>Which <code>a &lt; b</code>?</p>")
    assert '<ol type="a"><li>The first</li><li>The second</li><li>The third</li></ol>' in front
    assert back.startswith("<p><strong>b</strong></p><ul><li>The second</li></ul>")
    assert "<p><strong>a</strong> Not it.</p>" in back
    assert "<h4>Why</h4><p>Because.</p><h4>See</h4><ul><li>Tools</li></ul>" in back
    assert label == "q-000005 One of them"
    order = cards["q-000003"]
    assert "<li>Read</li><li>Split</li><li>Fit</li>" not in order[0]
    assert '<ol type="1"><li>Read</li><li>Split</li><li>Fit</li></ol>' in order[1]
    assert "<td>2  two</td>" in cards["q-000008"][0]
    assert "<td>two</td><td>2</td>" in cards["q-000008"][1]
    assert "variance" not in cards["q-000007"][0]
    assert "variance / the variance" in cards["q-000007"][1]
    assert "[2] It says this" in cards["q-000009"][1]
    assert "12.5%" in cards["q-000002"][1]
    assert cards["q-000004"][1].startswith("<p>Because of tools.</p>")


def test_the_readers_reviews_come_along(bank, run, tmp_path, data):
    store = Store.open(data / "progress.db")
    store.practice.append(
        Entry("review", "q-000005", {}, item_v=1, rating=3, total_ms=4000),
        Entry("review", "q-000001", {}, item_v=1, rating=3),
        Entry("review", "q-999999", {}, item_v=1, rating=3),
        Entry("suspend", "q-000002", {"on": True}),
    )
    store.close()
    one, two = tmp_path / "one.apkg", tmp_path / "two.apkg"
    assert "8 notes and 1 review written" in run("export", "anki", str(one)).err
    run("export", "anki", str(two))
    assert one.read_bytes() == two.read_bytes()
    with closing(collection(one)) as connection:
        assert connection.execute("SELECT ease, time FROM revlog").fetchall() == [(3, 4000)]
        suspended = connection.execute("SELECT count() FROM cards WHERE queue = -1").fetchone()
        assert suspended == (1,)


def test_a_topic_alone(bank, run, tmp_path):
    assert "7 notes" in run("export", "anki", str(tmp_path / "a.apkg"), "--topic", "Fitting").err
    unknown = run("export", "anki", str(tmp_path / "b.apkg"), "--topic", "fiting")
    assert unknown.code == 1
    assert "no question has the topic 'fiting' (nearest: fitting)" in unknown.err
    assert not (tmp_path / "b.apkg").exists()


def test_a_file_that_is_there_is_only_replaced_by_force(bank, run, tmp_path):
    file = tmp_path / "deck.apkg"
    file.write_text("mine")
    refused = run("export", "anki", str(file))
    assert (refused.code, file.read_text()) == (4, "mine")
    assert refused.err == f"handbook: {file} is there already (--force replaces it)\n"
    assert run("export", "anki", "--force", str(file)).code == 0
    assert zipfile.is_zipfile(file)
    assert [each.name for each in tmp_path.iterdir() if "partial" in each.name] == []


def test_where_no_deck_can_be_written(bank, run, tmp_path, small):
    assert run("export", "anki", "-").code == 2
    gone = run("export", "anki", str(tmp_path / "no" / "deck.apkg"))
    assert (gone.code, len(gone.err.splitlines())) == (4, 1)
    assert run("export", "anki", str(tmp_path)).code == 4
    assert "(nearest: anki)" in run("export", "ankki", "x").err
    assert run("export", "anki").code == 2


def test_a_book_without_questions_has_no_deck(run, tmp_path):
    done = run("export", "anki", str(tmp_path / "a.apkg"))
    assert (done.code, done.err) == (1, "handbook: the book has no questions\n")


# GIFT


def test_gift_asks_what_it_can_and_tells_what_it_cannot(bank, run):
    done = run("export", "gift", "-")
    assert done.code == 0
    assert done.err == ("handbook: skipped, order: q-000003\nhandbook: skipped, cue: q-000004\n")
    assert "secret" not in done.out
    items = {item[2:10]: item for item in done.out.split("\n\n") if item.startswith("::")}
    assert list(items) == [f"q-00000{n}" for n in (2, 5, 6, 7, 8, 9)]
    assert done.out.startswith("$CATEGORY: $course$/A small book/fitting\n\n")
    assert items["q-000005"].rstrip("\n") == (
        "::q-000005 One of them::[html]<p>Which <code>a &lt; b</code>?</p> {\n"
        "~[html]The first#[html]Not it.\n"
        "=[html]The second\n"
        "~[html]The third#[html]Nor this.\n"
        "####[html]<p>Because.</p>\n"
        "}"
    )
    assert "~%50%[html]One\n~%50%[html]Two\n~%-100%[html]Three" in items["q-000006"]
    assert "The gap is ____ here." in items["q-000007"]
    assert "=%100%variance\n=%100%the variance" in items["q-000007"]
    assert "=[html]two -> 2\n=[html]three -> 3\n= -> 4" in items["q-000008"]
    assert "{\n####[html]<p>Since it is so.</p><ul><li>[2] It says this" in items["q-000009"]


def test_signs_of_the_format_are_escaped(bank, run):
    text = run("export", "gift", "-").out
    assert "::q-000002 A count\\: 10% \\{of\\} what?::" in text
    assert "How many \\~ are \\= left?" in text
    assert "#\n=%100%12.5:0.25\n=%100%0.125:0.0025\n" in text


def test_gift_goes_into_a_file_as_well(bank, run, tmp_path):
    file = tmp_path / "a.gift"
    assert f"6 questions written to {file}" in run("export", "gift", str(file)).err
    assert file.read_text("utf-8") == run("export", "gift", "-").out
