"""Blueprints of exams: what they may say; a problem with file and line for what they may not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook.errors import ContentError
from handbook.loader.exams import MOST_BYTES, exams_of
from handbook.loader.library import Library
from handbook.model.exam import Section
from tests.loader.books import book, codes, library, page

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = """
## [q-{id}] Title {id}
<!-- single difficulty={hard} use={use} v=1 -->

What of {id}?

- [x] A
- [ ] B
  > No.
- [ ] C
  > No.

### Why

So.

### See

- a.md
"""


def questions(topic: str, *rows: tuple[str, int, str]) -> str:
    body = "".join(QUESTION.format(id=id_, hard=hard, use=use) for id_, hard, use in rows)
    return f"---\nformat: questions/1\ntopic: {topic}\n---\n# Questions\n{body}"


BIAS = questions(
    "bias",
    ("7k2m90", 1, "both"),
    ("7k2m91", 2, "both"),
    ("7k2m92", 2, "exam"),
    ("7k2m93", 3, "study"),
)
LOSS = questions("loss", ("7k2m94", 1, "both"), ("7k2m95", 1, "both"))
BOOK = {"a.md": page(1), "questions/bias.md": BIAS, "questions/loss.md": LOSS}
WHOLE = """\
title = "Core"
about = "All of it."
minutes = 30
pass_mark = 0.7

[[section]]
title = "Bias"
topic = "bias"
number = 2
kinds = ["single"]
difficulty = { 1 = 1, 2 = 1 }
pool = "any"

[[section]]
topics = ["loss", "bias"]
number = 1
"""
HEAD = 'title = "Core"\nminutes = 30\npass_mark = 0.7\n'
SECTION = '[[section]]\ntopic = "bias"\nnumber = 1\n'


def problems(folder: Path, text: str | bytes, name: str = "core") -> list[tuple[str, int, str]]:
    """Return code, line and words of what is wrong with a blueprint."""
    book(folder, BOOK)
    path = folder / "exams" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = exams_of(Library.open([folder])).problems
    return [
        (each.code, each.line, f"{each.message} ({each.hint})" if each.hint else each.message)
        for each in found
    ]


def test_a_blueprint_is_read_whole(tmp_path: Path) -> None:
    found, wrong = exams_of(library(tmp_path, {**BOOK, "exams/core.toml": WHOLE}))
    assert wrong == ()
    core = found["core"]
    assert (core.title, core.about, core.minutes, core.pass_mark) == ("Core", "All of it.", 30, 0.7)
    assert core.sections == (
        Section(("bias",), 2, ("single",), ((1, 1), (2, 1)), "any", "Bias", 6),
        Section(("loss", "bias"), 1, line=14),
    )


def test_a_book_without_exams_has_none_and_no_mistake(tmp_path: Path) -> None:
    assert exams_of(library(tmp_path, BOOK)) == ({}, ())


def test_a_later_folder_adds_and_replaces(tmp_path: Path) -> None:
    lower = book(tmp_path / "lower", {**BOOK, "exams/core.toml": WHOLE})
    other = WHOLE.replace('"Core"', '"Ours"')
    upper = book(tmp_path / "upper", {"b.md": page(2), "exams/core.toml": other})
    book(upper, {"exams/team.toml": WHOLE})
    found, wrong = exams_of(Library.open([lower, upper]))
    assert [(name, each.title) for name, each in found.items()] == [
        ("core", "Ours"),
        ("team", "Core"),
    ]
    assert wrong == ()


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        (HEAD + "pass = 1\n" + SECTION, "E403", 4, 'unknown key "pass" in the exam'),
        (HEAD + SECTION + "pol = 1\n", "E403", 7, 'did you mean "pool"?'),
        (HEAD.replace("30", "0") + SECTION, "E404", 2, "minutes: a whole number from 1 to 600"),
        (HEAD.replace("30", "true") + SECTION, "E404", 2, "minutes: "),
        (HEAD.replace("0.7", "70") + SECTION, "E404", 3, "a share above 0 and below 1"),
        (HEAD.replace("0.7", "nan") + SECTION, "E404", 3, "pass_mark: no share"),
        (HEAD.replace('"Core"', "[]") + SECTION, "E404", 1, "title: a text"),
        (HEAD + 'role = "ml"\n' + SECTION, "E404", 4, 'there is no role "ml"'),
        (HEAD + SECTION + 'pool = "all"\n', "E404", 7, 'pool: cannot be "all"'),
        (HEAD + SECTION + 'kinds = ["singel"]\n', "E404", 7, 'did you mean "single"?'),
        (HEAD + SECTION + 'kinds = "single"\n', "E404", 7, "a list of texts"),
        (HEAD + SECTION + "difficulty = { 4 = 1 }\n", "E404", 7, "how many of 1, 2 and 3"),
        (
            HEAD + SECTION + "difficulty = { 2 = 2 }\n",
            "E404",
            7,
            "makes 2 questions, number says 1",
        ),
        (HEAD + SECTION + 'topics = ["loss"]\n', "E404", 7, "stands beside topic"),
        (HEAD, "E405", 1, "section is missing"),
        (HEAD + "[[section]]\nnumber = 1\n", "E405", 4, "topic is missing"),
        (HEAD + '[[section]]\ntopic = "bias"\n', "E405", 4, "number is missing"),
        (SECTION, "E405", 1, "title is missing"),
        (HEAD + SECTION.replace("bias", "bais"), "E406", 5, 'did you mean "bias"?'),
        (HEAD + SECTION + 'questions = ["q-000000"]\n', "E406", 7, 'no question "q-000000"'),
        (HEAD + SECTION.replace("1", "4"), "E407", 4, "4 questions on bias wanted, 3 left for it"),
        (
            HEAD + SECTION.replace("1", "2") + 'pool = "held-out"\n',
            "E407",
            4,
            "2 questions kept for exams on bias wanted, 1 left for it",
        ),
        (
            HEAD + SECTION + "difficulty = { 3 = 1 }\n",
            "E407",
            4,
            "1 question of difficulty 3 on bias wanted, 0 left for it",
        ),
        ("title = \n", "E402", 1, "this is no TOML: Invalid value"),
        ("a = 1\n\n[[section]\n", "E402", 3, "this is no TOML"),
    ],
)
def test_a_fault_names_its_line_and_what_to_write(
    tmp_path: Path, text: str, code: str, line: int, said: str
) -> None:
    found = problems(tmp_path, text)
    assert [each[:2] for each in found if said in each[2]] == [(code, line)], found


def test_check_lists_them_and_a_faulty_exam_is_not_offered(tmp_path: Path) -> None:
    read = library(tmp_path, {**BOOK, "exams/core.toml": HEAD})
    assert ("E405", "exams/core.toml", 1) in codes(read)
    assert exams_of(read).found == {}


# Hostile files


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    found = problems(tmp_path, b"#" * (MOST_BYTES + 1))
    assert found == [("E401", 0, "the file has more than 64 KiB")]


def test_what_is_not_text_or_too_deep_is_told(tmp_path: Path) -> None:
    assert problems(tmp_path, b"\xff\xfe") == [("E402", 0, "the file is not UTF-8")]
    assert [each[0] for each in problems(tmp_path, "a = " + "[" * 30_000)] == ["E402"]
    assert [each[0] for each in problems(tmp_path, "a = " + "9" * 10_000)] == ["E402"]
    assert [each[0] for each in problems(tmp_path, "a." * 30_000 + "a = 1")] == ["E402"]


def test_no_escape_sequence_comes_through(tmp_path: Path) -> None:
    text = HEAD.replace("Core", "\\u001b[31mred") + SECTION + '"\\u001b[31m" = 1\n'
    (found,) = problems(tmp_path, text)
    assert "\x1b" not in found[2]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = book(tmp_path / "book", BOOK)
    (tmp_path / "secret.toml").write_text(WHOLE)
    (folder / "exams").mkdir()
    (folder / "exams" / "core.toml").symlink_to(tmp_path / "secret.toml")
    found = exams_of(Library.open([folder]))
    assert [each.code for each in found.problems] == ["E401"]
    assert found.found == {}


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path: Path) -> None:
    folder = book(tmp_path, BOOK)
    (folder / "exams").mkdir()
    os.mkfifo(folder / "exams" / "core.toml")
    assert [each.code for each in exams_of(Library.open([folder])).problems] == ["E401"]


def test_a_name_that_nobody_could_type_is_refused(tmp_path: Path) -> None:
    assert [each[0] for each in problems(tmp_path, WHOLE, "Core exam")] == ["E401"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(max_size=200) | st.sampled_from([WHOLE, HEAD]), cut=st.integers(0, 300))
def test_nothing_is_ever_raised(tmp_path: Path, text: str, cut: int) -> None:
    data = (text[:cut] + WHOLE[cut:]).encode("utf-8", "surrogatepass")
    for code, line, _ in problems(tmp_path, data):
        assert code.startswith("E4")
        assert 0 <= line <= data.count(b"\n") + 1


def test_a_folder_with_nothing_but_exams_is_a_layer(tmp_path: Path) -> None:
    base = book(tmp_path / "base", BOOK)
    ours = book(tmp_path / "ours", {"exams/ours.toml": WHOLE})
    assert list(exams_of(Library.open([base, ours])).found) == ["ours"]
    with pytest.raises(ContentError, match="holds no Markdown page"):
        Library.open([ours])


def test_a_changed_exam_is_a_changed_book(tmp_path: Path) -> None:
    folder = book(tmp_path, BOOK)
    before = Library.open([folder])
    assert not before.is_changed()
    book(tmp_path, {"exams/core.toml": WHOLE})
    assert before.is_changed()
    assert Library.open([folder]).stamp == before.stamp  # what search knows is the same
