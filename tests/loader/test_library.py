"""The library: pages, places, what pages define, passages and backlinks."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from handbook.errors import ContentError, NothingFoundError
from handbook.loader import library as room
from handbook.model import Link, Paragraph, Passage, Place, Span
from tests.loader.books import filled, library, page

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.loader.library import Library

ROLE = """\
---
id: p-bbbbb1
kind: role
role:
  id: ml-engineer
  letter: E
  group: lecture
  skills: {software: 7, ml: 7, communication: 4}
  also_called: [applied ML engineer]
  facts: {Purpose: Ships models}
---
# ML engineer

Builds. See [drift](../glossary.md#drift).

## Tools

Python.
"""
GLOSSARY = """\
---
id: p-bbbbb2
kind: glossary
---
# Glossary

## Words

Drift / data drift
: Inputs change.

Adam
: An optimiser.
"""
CHECKLIST = """\
---
id: p-bbbbb3
kind: checklist
checklist: {name: interview, dated: interview}
---
# Interview preparation

Start early.

## Eight weeks before
<!-- phase start=-56d -->

- [ ] [c-4kd82m] Explain drift
  <!-- see=../glossary.md#drift core -->
  It comes up.
"""
BOOK = {
    "SUMMARY.md": "# Book\n\n- [Roles](roles/index.md)\n  - [ML engineer](roles/ml-engineer.md)\n"
    "- [Lists](lists/index.md)\n  - [Interview](lists/interview.md)\n\n[Glossary](glossary.md)\n",
    "roles/index.md": page(1, title="Roles around a model")
    + "\n## Hand-offs\n\nThe [engineer](ml-engineer.md) and [her tools](ml-engineer.md#tools).\n",
    "roles/ml-engineer.md": ROLE,
    "lists/index.md": page(2, "Lists"),
    "lists/interview.md": CHECKLIST,
    "glossary.md": GLOSSARY,
}


@pytest.fixture
def read(tmp_path: Path) -> Library:
    return library(tmp_path / "book", BOOK)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("p-bbbbb1", Place("p-bbbbb1")),
        ("roles/ml-engineer", Place("p-bbbbb1")),
        ("roles/ml-engineer.md", Place("p-bbbbb1")),
        ("./Roles/ML-engineer", Place("p-bbbbb1")),
        ("roles", Place("p-aaaaa1")),
        ("roles/", Place("p-aaaaa1")),
        ("roles/index.md", Place("p-aaaaa1")),
        ("lists", Place("p-aaaaa2")),
        ("roles/ml-engineer#tools", Place("p-bbbbb1", "tools")),
        ("ml-engineer#Tools", Place("p-bbbbb1", "tools")),
        ("ml-engineer", Place("p-bbbbb1")),
        ("ML Engineer", Place("p-bbbbb1")),
        ("drift", Place("p-bbbbb2", "drift")),
        ("Data drift", Place("p-bbbbb2", "drift")),
        ("glossary#adam", Place("p-bbbbb2", "adam")),
        ("interview", Place("p-bbbbb3")),
        ("interview#c-4kd82m", Place("p-bbbbb3", "c-4kd82m")),
        ("roles AROUND a model", Place("p-aaaaa1")),
        ("  glossary  ", Place("p-bbbbb2")),
    ],
)
def test_places_are_found_as_readers_type_them(read: Library, words: str, place: Place) -> None:
    assert read.find_place(words) == place


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("roles/ml-enginer", "nearest: roles/ml-engineer"),
        ("glosary", "nearest: glossary"),
        ("around a model", "nearest: roles"),
        ("roles/ml-engineer#tolls", "nearest: roles/ml-engineer#tools"),
        ("zzzzzzzz", "see `handbook list`"),
        ("#tools", "see `handbook list`"),
        ("", "see `handbook list`"),
    ],
)
def test_a_place_that_does_not_exist_is_told_with_the_nearest(
    read: Library, words: str, hint: str
) -> None:
    with pytest.raises(NothingFoundError) as caught:
        read.find_place(words)

    assert caught.value.hint == hint


def test_an_unknown_page_is_told_with_the_nearest(read: Library) -> None:
    with pytest.raises(NothingFoundError) as caught:
        read.page("glosary")

    assert caught.value.hint == "nearest: glossary"


def test_what_pages_define(read: Library) -> None:
    assert [(role.id, role.title, role.page) for role in read.roles()] == [
        ("ml-engineer", "ML engineer", "p-bbbbb1")
    ]
    assert [(term.id, term.page) for term in read.terms()] == [
        ("drift", "p-bbbbb2"),
        ("adam", "p-bbbbb2"),
    ]
    assert [(each.name, [item.id for item in each.items]) for each in read.checklists()] == [
        ("interview", ["c-4kd82m"])
    ]
    assert read.role_map() is None
    assert read.sources() == ()


def test_links_find_folders_readmes_and_pages_beside_folders(tmp_path: Path) -> None:
    read = library(
        tmp_path,
        {
            "a/README.md": "# A",
            "b.md": "# B",
            "b/c.md": "# C",
            "d/e.md": "# E",
            "README.md": "# Top",
        },
    )

    def lead(target: str) -> str:
        place = read.resolve(Link("", "page", target, "x"), "b")
        return str(place)

    assert lead("a/README.md") == "a/README#x"
    assert lead("a/index.md") == "a/README#x"
    assert lead("a.md") == "a/README#x"
    assert lead("b/index.md") == "b#x"
    assert lead("d/index.md") == "d/e#x"
    assert lead("index.md") == "README#x"
    assert lead("") == "b#x"
    assert lead("nowhere.md") == "None"


def test_links_that_are_no_pages_lead_to_sources_and_terms_or_nowhere(read: Library) -> None:
    assert read.resolve(Link("", "term", "adam"), "p-aaaaa1") == Place("p-bbbbb2", "adam")
    assert read.resolve(Link("", "source", "lecture"), "p-aaaaa1") is None
    assert read.resolve(Link("", "web", "https://example.org"), "p-aaaaa1") is None
    assert read.resolve(Link("", "blocked", "/etc/passwd"), "p-aaaaa1") is None


def test_backlinks_name_the_section_that_links(read: Library) -> None:
    assert read.backlinks("p-bbbbb1") == ((Place("p-aaaaa1", "hand-offs"), "Hand-offs"),)
    assert read.backlinks("p-bbbbb2") == ((Place("p-bbbbb1"), "ML engineer"),)
    assert read.backlinks("p-bbbbb3") == ()


def test_everything_is_a_passage_once(read: Library) -> None:
    found = [passage for passage in read.passages() if passage.page.startswith("p-bbbbb")]

    assert found == [
        Passage("page", "p-bbbbb1", "", "ML engineer", "", "Builds. See drift."),
        Passage("page", "p-bbbbb1", "tools", "ML engineer", "Tools", "Python."),
        Passage(
            "role", "p-bbbbb1", "", "ML engineer", "", "applied ML engineer\nPurpose: Ships models"
        ),
        Passage("page", "p-bbbbb3", "", "Interview", "", "Start early."),
        Passage("page", "p-bbbbb3", "eight-weeks-before", "Interview", "Eight weeks before", ""),
        Passage("item", "p-bbbbb3", "c-4kd82m", "Interview", "Explain drift", "It comes up."),
        Passage("page", "p-bbbbb2", "", "Glossary", "", ""),
        Passage("page", "p-bbbbb2", "words", "Glossary", "Words", ""),
        Passage("term", "p-bbbbb2", "drift", "Drift", "", "data drift\nInputs change."),
        Passage("term", "p-bbbbb2", "adam", "Adam", "", "An optimiser."),
    ]


def test_passages_hold_the_text_of_every_kind_of_block(tmp_path: Path) -> None:
    text = (
        "# T\n\n> [!tip] Titled\n> boxed\n\n1. one\n   - two\n\n| h |\n|---|\n| cell |\n\n"
        "```py\ncode = 1\n```\n\n> quoted\n\nTerm\n: meaning [^a]\n\n[^a]: noted\n\n"
        "```chart\ntype: bars\ntitle: Charted\nbars:\n  - [label, 5]\n```\n"
    )
    (passage,) = library(tmp_path, {"a.md": text}).passages()

    words = passage.text.split()
    for word in (
        "Titled",
        "boxed",
        "one",
        "two",
        "h",
        "cell",
        "code",
        "quoted",
        "Term",
        "meaning",
        "noted",
    ):
        assert word in words


def test_the_source_is_markdown_without_front_matter_and_controls(tmp_path: Path) -> None:
    read = library(tmp_path, {"a.md": "---\nid: p-aaaaa1\n---\n\n# A\n\nred \x1b[31mtext\n"})

    assert read.source("p-aaaaa1") == "# A\n\nred text\n"


def test_the_source_of_a_section_ends_before_the_next_of_its_level(tmp_path: Path) -> None:
    read = library(
        tmp_path, {"a.md": "---\ntitle: T\n---\n# A\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n"}
    )

    assert read.section_source("a", "b") == "## B\n\nb\n\n### C\n\nc\n"
    assert read.section_source("a", "d") == "## D\n\nd\n"
    assert read.section_source("a", "") == read.source("a")
    with pytest.raises(NothingFoundError):
        read.section_source("a", "e")


def test_a_file_that_is_gone_makes_a_page_that_says_so(tmp_path: Path) -> None:
    read = library(tmp_path, {"a.md": "# A", "b.md": "# B"})
    (tmp_path / "a.md").unlink()

    page_a = read.page("a")

    text = "This page cannot be read: No such file or directory."
    assert page_a.blocks == (Paragraph((Span(text),)),)
    assert [problem.code for problem in read.problems() if problem.file == "a.md"] == ["C219"]
    with pytest.raises(ContentError):
        read.source("a")


def test_problems_of_characters_front_matter_and_text_stand_on_the_page(tmp_path: Path) -> None:
    read = library(
        tmp_path, {"a.md": "---\nid: p-aaaaa1\nkid: x\n---\n# A\n\n### C\x07\n\nText.\n"}
    )

    assert [(each.code, each.line) for each in read.page("p-aaaaa1").problems] == [
        ("P102", 7),
        ("F311", 3),
        ("P111", 7),
    ]


def test_pages_in_memory_are_the_latest_and_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "KEPT", 25)
    read = library(tmp_path, {f"{name}.md": f"# {name}\n\ntext\n" for name in "abc"})
    first, second = read.page("a"), read.page("b")
    assert read.page("a") is first

    read.page("c")

    assert read.page("a") is first
    assert read.page("b") is not second


def test_threads_may_share_a_library(tmp_path: Path) -> None:
    read = library(tmp_path / "book", BOOK, tmp_path / "cache")
    ids = [info.id for info in read.handbook.pages]
    expected = [library(tmp_path / "book", {}).page(each) for each in ids]
    faults: list[object] = []

    def work() -> None:
        for _ in range(5):
            pages = [read.page(each) for each in ids]
            if pages != expected or len(list(read.passages())) < 10:
                faults.append(pages)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []


def test_opening_from_the_cache_loads_neither_parser_nor_yaml(tmp_path: Path) -> None:
    filled(library(tmp_path / "book", BOOK, tmp_path / "cache"))
    code = (
        "import sys; from pathlib import Path; from handbook.loader.library import Library\n"
        "book, cache = map(Path, sys.argv[1:])\n"
        "read = Library.open([book], cache=cache)\n"
        "read.page('p-bbbbb1'), read.roles()\n"
        "heavy = {'markdown_it', 'yaml', 'difflib', 'sqlite3'}\n"
        "sys.exit(','.join(sorted(heavy & set(sys.modules))) or None)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "book", tmp_path / "cache"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
