"""The loops that are shipped: one for each role, whole, and listings that print what they say."""

from __future__ import annotations

import ast
import contextlib
import io
from pathlib import Path

import pytest

from handbook.loader.library import Library
from handbook.loader.loop_files import loops_of
from handbook.model.block import Code
from handbook.model.mock import FORMATS

CONTENT = Path(__file__).parents[2] / "content"
ROLES = (
    *("data-engineer", "data-scientist", "devops"),
    *("ml-engineer", "ml-product-manager", "ml-researcher"),
)
LIBRARY = Library.open([CONTENT])
FOUND = loops_of(LIBRARY)
ITEMS = [item for loop in FOUND.found.values() for item in loop.items]


def test_there_is_a_loop_for_each_role_of_the_lecture_without_a_mistake() -> None:
    assert FOUND.problems == ()
    assert tuple(loop.role for loop in FOUND.found.values()) == ROLES
    assert [each for each in LIBRARY.problems() if each.file.startswith("loops/")] == []


@pytest.mark.parametrize("name", ROLES)
def test_a_loop_has_three_or_four_rounds_that_fit_their_time(name: str) -> None:
    loop = FOUND.found[name]
    assert 3 <= len(loop.rounds) <= 4
    assert all(sum(i.minutes for i in each.items) <= each.minutes for each in loop.rounds)


def test_the_formats_of_the_lecture_are_there() -> None:
    formats = {each.format for loop in FOUND.found.values() for each in loop.rounds}
    assert {"debugging", "take-home", "theory", "design", "project", "behavioural"} <= formats
    assert formats <= FORMATS.keys()
    assert {each.format for each in FOUND.found["ml-engineer"].rounds} == {
        "debugging",
        "take-home",
        "theory",
        "design",
    }


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_an_item_can_be_asked_and_marked(item) -> None:
    assert 1 <= len(item.rubric) <= 6
    assert 1 <= len(item.dimensions) <= 3
    assert all(len(set(each.anchors)) == 4 for each in item.dimensions)
    assert item.follow_ups
    assert item.see or "outage" in item.title or item.is_of_bank


def printed(text: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(text, "listing", "exec"), {"__name__": "listing"})
    return out.getvalue().split("\n")[-2] if out.getvalue() else ""


LISTINGS = {
    block.text: item
    for item in ITEMS
    for block in item.blocks
    if isinstance(block, Code) and block.language == "python"
}


@pytest.mark.parametrize("text", LISTINGS, ids=lambda text: LISTINGS[text].title)
def test_a_listing_is_python(text: str) -> None:
    ast.parse(text)


@pytest.mark.parametrize(
    ("title", "last"),
    [
        ("A score that is too good", "accuracy 0.93"),
        ("A table of rates", "0.4 0.346"),
        ("Returns within thirty days", "4"),
        ("Twenty looks", "20 0.263"),
    ],
)
def test_a_listing_prints_what_its_item_says(title: str, last: str) -> None:
    (text,) = (text for text, item in LISTINGS.items() if item.title == title)
    assert printed(text) == last


def test_the_cured_table_of_rates_is_as_the_answer_says(capsys) -> None:
    (text,) = (text for text, item in LISTINGS.items() if item.title == "A table of rates")
    exec(compile(text.replace("best = w\n", "best = list(w)\n"), "cured", "exec"), {})
    rates = [line.split()[1] for line in capsys.readouterr().out.splitlines()]
    assert rates == ["0.26", "0.225", "0.224", "0.226"]


def test_the_scorer_loads_at_each_request_once_an_hour_is_over() -> None:
    (text,) = (text for text, item in LISTINGS.items() if item.title == "Fast after a restart")
    names: dict[str, object] = {}
    exec(compile(text, "scorer", "exec"), names)
    loads, now = [], [0.0]

    def load():
        loads.append(1)
        number = len(loads)
        return lambda features: (number, features)

    scorer = names["Scorer"](load, lambda: now[0])  # type: ignore[operator]
    assert scorer.score("a", "old") == (1, "old")
    now[0] = 3601.0
    assert [scorer.score("a", "new") for _ in range(3)] == [(1, "old")] * 3
    assert len(loads) == 4


def test_most_missed_criteria_have_a_question_to_study() -> None:
    from handbook.study.mock_plan import plan_of

    questions = LIBRARY.questions()
    plans = [plan_of(loop, "solo", questions=questions) for loop in FOUND.found.values()]
    drills = [drill for plan in plans for item in plan.items for drill in item.drills]
    assert sum(map(bool, drills)) > 0.75 * len(drills)
    known = {each.id: each for each in questions}
    assert not any(known[each].is_held_out for each in drills if each)
