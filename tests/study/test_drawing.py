"""Drawing a form: the same everywhere, stable under edits, and as the blueprint asks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model.exam import Form, Section, shortages
from handbook.study.drawing import SEED, draw, form_of, seed_of_day
from tests.study.exam_bank import TOPICS, bank, blueprint, single

ROOT = Path(__file__).parents[2]
FORTY = (Section(TOPICS, 40),)
seeds = st.from_regex(SEED, fullmatch=True)


def test_a_seed_gives_the_same_paper_for_ever() -> None:
    form = form_of(blueprint(), bank(), "2026-A")
    assert form.fingerprint == "core/2026-A/8e7f7350"
    assert [item.id for item in form.items[:3]] == ["q-cu0016", "q-lo0018", "q-lo0007"]


DRAW = """
from handbook.study.drawing import form_of
from tests.study.exam_bank import bank, blueprint
print(form_of(blueprint(), bank(), "2026-A").fingerprint)
"""


@pytest.mark.parametrize("hash_seed", ["0", "1", "4711"])
def test_no_random_hash_of_python_changes_it(hash_seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == form_of(blueprint(), bank(), "2026-A").fingerprint


@given(seeds)
def test_a_form_has_what_its_sections_ask_for(seed: str) -> None:
    sections = (
        Section(("bias",), 5, pool="held-out"),
        Section(("bias", "loss"), 7),
        Section(("curves",), 6, difficulty=((1, 1), (2, 3), (3, 2))),
    )
    asked = blueprint(*sections)
    assert shortages(asked, bank()) == ()
    found = draw(asked, bank(), seed)
    assert len(found) == len({each.id for each in found}) == 18
    topics = Counter(each.topic for each in found)
    assert topics["bias"] in {8, 9}
    assert topics["bias"] + topics["loss"] == 12
    hard = Counter(each.difficulty for each in found if each.topic == "curves")
    assert hard == {1: 1, 2: 3, 3: 2}
    assert sum(each.is_held_out for each in found if each.topic == "bias") >= 5


@given(seeds)
def test_half_of_a_mixed_section_is_kept_for_exams(seed: str) -> None:
    found = draw(blueprint(Section(("loss",), 9)), bank(), seed)
    assert sum(each.is_held_out for each in found) == 5


@given(seeds)
def test_a_section_may_name_the_questions_it_takes_from(seed: str) -> None:
    few = Section(("bias",), 2, pool="any", only=("q-bi0001", "q-bi0002", "q-bi0003"))
    found = {each.id for each in draw(blueprint(few), bank(), seed)}
    assert len(found) == 2
    assert found < set(few.only)


@given(seeds)
def test_where_one_half_is_short_the_other_makes_up_for_it(seed: str) -> None:
    few = (single("q-a", use="exam"), *(single(f"q-{n}") for n in range(7)))
    assert len(draw(blueprint(Section(("bias",), 8)), few, seed)) == 8


def test_questions_of_study_alone_never_come() -> None:
    only = [single(f"q-{n}", use="study") for n in range(9)]
    assert draw(blueprint(Section(("bias",), 3)), only, "a") == ()
    (short,) = shortages(blueprint(Section(("bias",), 3)), only)
    assert str(short) == "3 questions on bias wanted, 0 left for it"


def test_earlier_sections_are_thought_to_take_what_later_ones_need() -> None:
    four = [single(f"q-{n}") for n in range(4)]
    asked = blueprint(Section(("bias",), 3), Section(("bias",), 2))
    (short,) = shortages(asked, four)
    assert (short.number, short.found) == (2, 1)
    assert shortages(asked, [*four, single("q-4")]) == ()


@given(seeds, st.integers(0, 119))
def test_a_question_less_changes_a_form_of_forty_by_one_at_most(seed: str, gone: int) -> None:
    questions = bank(40)
    whole = {each.id for each in draw(blueprint(*FORTY), questions, seed)}
    fewer = questions[:gone] + questions[gone + 1 :]
    left = {each.id for each in draw(blueprint(*FORTY), fewer, seed)}
    assert len(whole - left) == (questions[gone].id in whole)


def test_on_average_a_removal_changes_far_less_than_two_of_forty() -> None:
    questions = bank(40)
    changed = []
    for gone in range(len(questions)):
        whole = form_of(blueprint(*FORTY), questions, "s").items
        left = form_of(blueprint(*FORTY), questions[:gone] + questions[gone + 1 :], "s").items
        changed.append(len(set(whole) - set(left)))
        stayed = [item for item in whole if item in left]
        assert stayed == [item for item in left if item in whole], "the rest keeps its order"
    assert sum(changed) / len(changed) < 0.5


def test_the_number_of_questions_is_spread_over_the_topics() -> None:
    for seed in ("a", "b", "c", "d"):
        spread = Counter(each.topic for each in draw(blueprint(*FORTY), bank(), seed))
        assert sorted(spread.values()) == [13, 13, 14]


def test_a_form_survives_the_store() -> None:
    form = form_of(blueprint(), bank(), "x", met={"q-bi0000"})
    assert Form.from_json(json.loads(json.dumps(form.to_json()))) == form


@pytest.mark.parametrize("kept", [{}, {"items": []}, {"items": [1], "name": "a"}])
def test_what_is_no_form_is_none(kept: dict[str, object]) -> None:
    assert Form.from_json(kept) is None


def test_another_version_makes_another_paper() -> None:
    one, two = [single("q-1")], [single("q-1", version=2)]
    asked = blueprint(Section(("bias",), 1))
    assert form_of(asked, one, "a").fingerprint != form_of(asked, two, "a").fingerprint


def test_the_second_exam_of_a_day_has_the_next_letter() -> None:
    assert seed_of_day("2026-05-16", ()) == "2026-05-16-A"
    assert seed_of_day("2026-05-16", {"2026-05-16-A"}) == "2026-05-16-B"
