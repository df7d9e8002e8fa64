"""Files of loops: what is read from them, and what is told of those with mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.loader.loop_files import loops_of
from handbook.loader.loops import MOST_PARTS, parse_loop
from handbook.model.text import plain
from tests.loader.books import book, codes, library, page

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.mock import Loop

FRONT = {"format": "loop/1", "title": "ML engineer", "role": "ml-engineer"}
ITEM = """\
### Rubric
- [2] Looks first `q-aaaaa1`
- [1] Then acts

### Follow-ups
- (probe) Why?

### Hints
1. Look.

### Levels
| Dimension | 1 | 2 | 3 | 4 |
|---|---|---|---|---|
| Method | a | b | c | d |

### Red flags
- Acts first

### See
- [Page](../a.md)
"""
GOOD = f"""\
## Pair debugging
<!-- round debugging minutes=45 -->

Say hello.

## [m-aaaaa1] A bug
<!-- item minutes=20 -->

What is wrong?

{ITEM}"""
BANK = """\
---
format: questions/1
topic: debugging
---

## [q-aaaaa1] What first?
<!-- recall difficulty=2 minutes=3 use=both v=1 -->

What do you do first?

### Rubric
- [2] Looks

### Answer
I look.

### Follow-ups
- (deeper) And then?

### See
- [Page](../a.md)

## [q-aaaaa2] For the exam
<!-- recall difficulty=2 minutes=3 use=exam v=1 -->

What last?

### Rubric
- [2] Stops

### Answer
I stop.

### See
- [Page](../a.md)
"""
HEAD = "---\nformat: loop/1\ntitle: T\nrole: ml-engineer\n---\n"
ROLE = page(2, "ML engineer", kind="role").replace(
    "kind: role",
    "kind: role\nrole: {id: ml-engineer, letter: E, group: lecture,"
    " skills: {software: 7, ml: 7, communication: 4}, facts: {Purpose: x}}",
)


def read(body: str, **front: object) -> tuple[Loop | None, list[tuple[str, int]]]:
    found = parse_loop(body, {**FRONT, **front}, "loops/a.md", 1, QUESTIONS)
    return found.loop, [(each.code, each.line) for each in found.problems]


def questions():
    from handbook.loader.questions import parse_questions

    body = BANK.split("---\n", 2)[2]
    bank = parse_questions(body, {"format": "questions/1", "topic": "debugging"}, "q.md")
    return {each.id: each for each in bank.questions}


QUESTIONS = questions()


def test_a_loop_is_read_with_all_its_parts() -> None:
    loop, problems = read("# Title\n\nTo the interviewer.\n\n" + GOOD)
    assert problems == []
    assert loop is not None
    assert (loop.name, loop.title, loop.role, loop.minutes) == (
        "a",
        "ML engineer",
        "ml-engineer",
        45,
    )
    assert len(loop.brief) == 2
    (found,) = loop.rounds
    assert (found.title, found.format, len(found.brief)) == ("Pair debugging", "debugging", 1)
    (item,) = found.items
    assert (item.id, item.title, item.minutes, item.line) == ("m-aaaaa1", "A bug", 20, 10)
    assert [each.points for each in item.rubric] == [2, 1]
    assert item.drills == ("q-aaaaa1", "")
    assert [each.tag for each in item.follow_ups] == ["probe"]
    assert [each.name for each in item.dimensions] == ["Method"]
    assert item.dimensions[0].anchors == ("a", "b", "c", "d")
    assert len(item.hints) == len(item.red_flags) == 1
    assert [link.target for link in item.see] == ["a.md"]


def test_the_question_behind_a_criterion_is_not_shown_with_it() -> None:
    loop, _ = read(GOOD)
    assert loop is not None
    assert plain(loop.items[0].rubric[0].blocks[0].spans) == "Looks first"


def test_an_item_may_be_a_question_of_the_bank() -> None:
    levels = ITEM[ITEM.index("### Levels") : ITEM.index("### Red flags")]
    body = GOOD + f"\n## [q-aaaaa1] What first?\n<!-- item minutes=5 -->\n\n{levels}"
    loop, problems = read(body)
    assert problems == []
    assert loop is not None
    item = loop.items[1]
    assert item.is_of_bank
    assert item.blocks == QUESTIONS["q-aaaaa1"].blocks
    assert item.rubric == QUESTIONS["q-aaaaa1"].task.rubric
    assert item.drills == ("q-aaaaa1",)
    assert [each.tag for each in item.follow_ups] == ["deeper"]
    assert plain(item.answer[0].spans) == "I look."


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("round debugging", "round debuging", "M104", 2),
        ("round debugging minutes=45", "round debugging minutes=soon", "M104", 2),
        ("round debugging minutes=45", "round debugging hours=1", "Q105", 2),
        ("<!-- item minutes=20 -->", "", "M103", 6),
        ("<!-- item minutes=20 -->", "<!-- thing minutes=20 -->", "M103", 7),
        ("[m-aaaaa1] A bug", "A bug", "M102", 6),
        ("[m-aaaaa1] A bug", "[m-iiiiii] A bug", "M102", 6),
        ("What is wrong?", "", "M102", 6),
        ("### Hints", "### Hint", "M106", 18),
        ("### Rubric", "### Answer", "M107", 6),
        ("- [2] Looks", "- Looks", "Q131", 12),
        ("(probe)", "(prob)", "Q133", 16),
        ("| Method | a | b | c | d |", "| Method | a | b | | d |", "M108", 24),
        ("| Dimension | 1 | 2 | 3 | 4 |", "| Dimension | 1 | 2 | 3 | 5 |", "M108", 22),
        ("`q-aaaaa1`", "`q-aaaaa9`", "M109", 6),
        ("`q-aaaaa1`", "`q-aaaaa2`", "M109", 6),
        ("[m-aaaaa1]", "[q-aaaaa9]", "M109", 6),
        ("[m-aaaaa1]", "[q-aaaaa2]", "M109", 6),
        ("item minutes=20", "item minutes=50", "M111", 1),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(old: str, new: str, code: str, line: int) -> None:
    assert old in GOOD
    _, problems = read(GOOD.replace(old, new, 1))
    assert (code, line) in problems


def test_more_criteria_than_letters_are_too_many() -> None:
    many = "- [1] x\n" * 7
    _, problems = read(GOOD.replace("- [1] Then acts\n", many))
    assert ("M107", 6) in problems


def test_a_listing_has_to_be_python_and_to_fit() -> None:
    fence = "What is wrong?\n\n```python\nif True\n```"
    assert ("Q153", 12) in read(GOOD.replace("What is wrong?", fence))[1]
    fence = f"What is wrong?\n\n```python\nx = '{'y' * 90}'\n```"
    assert "Q152" in [code for code, _ in read(GOOD.replace("What is wrong?", fence))[1]]


def test_two_items_of_one_id_and_an_item_without_a_round_are_told() -> None:
    _, problems = read(GOOD + "\n" + GOOD.partition("Say hello.\n")[2])
    assert ("M101", 33) in problems
    item = GOOD.partition("Say hello.\n\n")[2]
    loop, problems = read(item)
    assert loop is None
    assert {code for code, _ in problems} == {"M105"}


def test_a_file_of_another_version_is_refused() -> None:
    loop, problems = read(GOOD, format="loop/2")
    assert loop is None
    assert problems == [("M100", 1)]


@given(st.text(alphabet=st.sampled_from("#[]m-q123 <!->\n|`abc(){}*_"), max_size=400))
def test_no_text_breaks_the_reader(noise: str) -> None:
    parse_loop(noise, FRONT, "loops/a.md", 1, QUESTIONS)
    parse_loop(GOOD + noise, FRONT, "loops/a.md", 1, QUESTIONS)
    parse_loop(GOOD.replace("Looks first", noise), FRONT, "loops/a.md", 1, QUESTIONS)


def files(**more: str) -> dict[str, str]:
    base = {"a.md": page(1), "role.md": ROLE, "questions/q.md": BANK, "loops/one.md": HEAD + GOOD}
    return {**base, **{name.replace("__", "/") + ".md": text for name, text in more.items()}}


def test_the_check_covers_loops_and_their_links(tmp_path: Path) -> None:
    text = (HEAD + GOOD).replace("../a.md", "../b.md")
    found = codes(library(tmp_path, files(loops__one=text)))
    assert ("C201", "loops/one.md", text.split("\n").index("- [Page](../b.md)") + 1) in found


def test_a_role_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    text = (HEAD + GOOD).replace("role: ml-engineer", "role: ml-enginer")
    problems = loops_of(library(tmp_path, files(loops__one=text))).problems
    assert [(each.code, each.hint) for each in problems] == [
        ("M110", 'did you mean "ml-engineer"?')
    ]


def test_an_id_that_another_loop_has_is_told(tmp_path: Path) -> None:
    problems = loops_of(library(tmp_path, files(loops__two=HEAD + GOOD))).problems
    assert [(each.code, each.file) for each in problems] == [("M101", "loops/two.md")]


def test_a_loop_is_no_page_and_no_bank(tmp_path: Path) -> None:
    read_book = library(tmp_path, files())
    assert all("loops/" not in info.path for info in read_book.handbook.pages)
    assert [bank.path for bank in read_book.banks()] == ["questions/q.md"]


def test_a_page_in_the_folder_of_loops_stays_a_page(tmp_path: Path) -> None:
    read_book = library(tmp_path, files(loops__about=page(3, "About loops")))
    assert "loops/about.md" in [info.path for info in read_book.handbook.pages]
    assert list(loops_of(read_book).found) == ["one"]


def test_a_team_lays_its_own_loops_over_those_of_the_book(tmp_path: Path) -> None:
    from handbook.loader.library import Library

    first = book(tmp_path / "book", files())
    own = (HEAD + GOOD).replace("title: T", "title: Ours")
    other = (HEAD + GOOD).replace("m-aaaaa1", "m-aaaaa2")
    second = book(tmp_path / "team", {"loops/one.md": own, "loops/two.md": other, "t.md": page(4)})
    found = loops_of(Library.open([first, second]))
    assert [(each.name, each.title) for each in found.found.values()] == [
        ("one", "Ours"),
        ("two", "T"),
    ]
    assert found.problems == ()


def test_a_file_that_leaves_the_folder_is_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text(HEAD + GOOD.replace("m-aaaaa1", "m-aaaaa3"), encoding="utf-8")
    folder = book(tmp_path / "book", files())
    (folder / "loops" / "away.md").symlink_to(outside)
    from handbook.loader.library import Library

    assert list(loops_of(Library.open([folder])).found) == ["one"]


def test_unknown_keys_of_the_front_matter_are_told(tmp_path: Path) -> None:
    text = (HEAD + GOOD).replace("title: T", "titel: T")
    assert ("F311", 3) in [
        (p.code, p.line) for p in loops_of(library(tmp_path, files(loops__one=text))).problems
    ]


def test_a_book_without_loops_has_none(tmp_path: Path) -> None:
    assert loops_of(library(tmp_path, {"a.md": page(1)})).found == {}


def test_the_template_of_a_loop_has_no_mistake(tmp_path: Path) -> None:
    from handbook.cli.new import template

    text = template("loop").replace("../interviews/index.md", "../a.md")
    assert loops_of(library(tmp_path, files(loops__one=text))).problems == ()


def test_a_loop_without_end_is_cut_and_told(tmp_path: Path) -> None:
    item = "## [m-{:06d}] t\n<!-- item minutes=1 -->\n\nWhat?\n\n### Rubric\n- [1] a\n\n"
    more = "".join(map(item.format, range(MOST_PARTS)))
    body = f"# X\n\n## R\n<!-- round theory minutes=45 -->\n\n{more}"
    loop, found = read(body)
    assert loop is not None
    assert len(loop.rounds[0].items) == MOST_PARTS - 1
    assert [code for code, _ in found if code in {"M106", "M112"}] == ["M112"]
