"""The exams that the book comes with: what they ask, and that their time is enough."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from handbook.loader.exams import Blueprints, exams_of
from handbook.loader.library import Library
from handbook.study.drawing import form_of

CONTENT = Path(__file__).parents[2] / "content"
ROLES = (
    *("devops", "data-engineer", "ml-engineer", "ml-researcher", "data-scientist"),
    "ml-product-manager",
)
NAMES = ("core-40", "lecture-12", *ROLES)
RISING = {"q-r7676e", "q-ywgtc1", "q-hqrezc", "q-7v3ewc"}
"""The curves on which a loss rises; the others of the closing exam are noisy."""


@cache
def book() -> Library:
    return Library.open([CONTENT])


@cache
def exams() -> Blueprints:
    return exams_of(book())


def test_every_exam_can_be_drawn_with_every_seed() -> None:
    assert exams().problems == ()
    assert sorted(exams().found) == sorted(NAMES)


def test_there_is_one_for_each_role_of_the_lecture() -> None:
    assert {name for name, each in exams().found.items() if each.role == name} == set(ROLES)


@pytest.mark.parametrize("seed", ["a", "b", "c", "d", "e", "f", "2026-A"])
def test_the_closing_exam_asks_what_the_chapter_on_it_says(seed: str) -> None:
    form = form_of(exams().found["lecture-12"], book().questions(), seed)
    assert len(form.items) == 12
    assert form.minutes == 25
    topics = Counter(item.topic for item in form.items)
    assert topics["architectures"] == 1
    assert topics["optimisation-and-curves"] == topics["loss-functions"] == 2
    assert sorted(topics.values()) == [1] * 8 + [2, 2]
    curves = [item for item in form.items if item.topic == "optimisation-and-curves"]
    assert {item.kind for item in curves} == {"curve"}
    assert len({item.id for item in curves} & RISING) == 1
    (deep,) = (item.id for item in form.items if item.topic == "architectures")
    (asked,) = (each for each in book().questions() if each.id == deep)
    assert any("residual-networks" in link.target for link in asked.see)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_the_time_is_more_than_the_questions_need(name: str, seed: str) -> None:
    blueprint = exams().found[name]
    form = form_of(blueprint, book().questions(), seed)
    assert len(form.items) == blueprint.number
    planned = sum(item.minutes for item in form.items)
    assert planned <= form.minutes <= 2 * planned


@pytest.mark.parametrize("name", NAMES)
def test_half_of_the_questions_are_kept_for_exams(name: str) -> None:
    form = form_of(exams().found[name], book().questions(), "a")
    held = {each.id for each in book().questions() if each.is_held_out}
    assert sum(item.id in held for item in form.items) * 2 >= len(form.items)
