"""Questions as lines: nothing too wide, and no answer before it is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model import (
    BugHunt,
    Code,
    Cue,
    Matching,
    Option,
    Ordering,
    Paragraph,
    Place,
    Question,
    SingleChoice,
    Span,
)
from handbook.model.chance import mixed
from handbook.render.cells import cells
from handbook.render.options import Options
from handbook.render.question import answer_text, question_lines


def said(text: str) -> tuple[Paragraph]:
    return (Paragraph((Span(text),)),)


def cell(text: str) -> tuple[Span]:
    return (Span(text),)


LISTING = "total = 0\nfor n in range(3):\n    total = n\nprint(total)"
OPTIONS = (
    Option(said("A larger model, for longer"), is_right=False, why=said("It fits already.")),
    Option(said("More data"), is_right=True),
)
SINGLE = Question("q-000001", "A gap", "fitting", said("What now?"), SingleChoice(OPTIONS))
BUG = Question(
    "q-000002",
    "The last one",
    "fitting",
    (*said("Which line is wrong?"), Code(LISTING, "python")),
    BugHunt(LISTING, 3, "total += n", OPTIONS),
)
ORDER = Question("q-000003", "Steps", "fitting", said("?"), Ordering(tuple(map(said, "ABCDEFGH"))))
PAIRS = ((cell("a"), cell("1")), (cell("b"), cell("2")))
MATCH = Question(
    "q-000004",
    "Pairs",
    "fitting",
    said("?"),
    Matching(
        cell("Term"), cell("Value"), ((cell("a"), cell("1")), (cell("b"), cell("2"))), (cell("3"),)
    ),
)
CUE = Question("q-000005", "Why?", "fitting", said("Why?"), Cue(Place("p-000001", "why")))
ALL = (SINGLE, BUG, ORDER, MATCH, CUE)


def rows(question: Question, width: int = 60, **options: object) -> list[str]:
    return [line.text.rstrip() for line in question_lines(question, width, **options)]  # type: ignore[arg-type]


def test_options_hang_under_their_letters() -> None:
    assert rows(SINGLE, 20)[-5:] == [
        "What now?",
        "",
        "a  A larger model,",
        "   for longer",
        "b  More data",
    ]


def test_the_lines_of_a_listing_with_a_bug_are_numbered() -> None:
    assert rows(BUG)[6:10] == [
        "1 total = 0",
        "2 for n in range(3):",
        "3     total = n",
        "4 print(total)",
    ]
    assert "Answer  line 3, b" in rows(BUG, is_solved=True)


def test_pairs_are_mixed_and_what_is_left_over_is_among_them() -> None:
    table = rows(MATCH)[-3:]

    assert [row[:4].strip() for row in table] == ["1  a", "2  b", ""]
    assert sorted(row.split()[-1] for row in table) == ["1", "2", "3"]
    assert [row.split()[-1] for row in table] != ["1", "2", "3"]


@given(st.text(max_size=8), st.lists(st.text(max_size=5), unique=True, max_size=8))
def test_mixing_keeps_everything_and_never_the_order_given(seed: str, items: list[str]) -> None:
    found = mixed(items, seed, str)

    assert sorted(found) == sorted(items)
    assert len(items) < 2 or found != items
    assert found == mixed(items, seed, str)


def test_mixing_is_the_same_on_every_machine() -> None:
    assert "".join(mixed("ABCDEFGH", "q-000003", str)) == "HDBAEGCF"


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.kind)
@pytest.mark.parametrize("width", [8, 20, 40, 100])
@pytest.mark.parametrize("is_ascii", [False, True])
def test_no_line_is_wider_than_asked(question: Question, width: int, is_ascii: bool) -> None:
    options = Options(ascii=is_ascii)
    lines = question_lines(question, width, options, is_solved=True, notes=said("So."))

    assert max(cells(line.text) for line in lines) <= width


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.kind)
def test_without_a_solution_no_reason_is_told(question: Question) -> None:
    text = "\n".join(rows(question))

    assert "fits already" not in text
    assert "+=" not in text
    assert "Answer" not in text


def test_an_answer_fits_on_a_line() -> None:
    assert [answer_text(question.task) for question in ALL] == [
        "b",
        "line 3, b",
        "1 A; 2 B; 3 C; 4 D; 5 E; 6 F; 7 G; 8 H",
        "a = 1; b = 2",
        "",
    ]
