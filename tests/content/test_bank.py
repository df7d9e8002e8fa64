"""The shipped questions: complete, right as far as a program can tell, and fit for a fair exam."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from handbook.loader.library import Library
from handbook.loader.question_figures import MOST_COLUMNS, MOST_ROWS
from handbook.loader.question_parts import KINDS
from handbook.model import (
    BugHunt,
    Cloze,
    Code,
    CurveReading,
    MultipleChoice,
    Numeric,
    Question,
    Scenario,
    SingleChoice,
)
from handbook.model.answer import Answer
from handbook.study.grading import folded, is_filled
from tests.content import answers_a, answers_b, answers_c

CONTENT = Path(__file__).parents[2] / "content"
BANK = Library.open([CONTENT])
QUESTIONS = tuple(each for bank in BANK.banks() for each in bank.questions)
BY_ID = {each.id: each for each in QUESTIONS}
TOPICS = sorted({each.topic for each in QUESTIONS})
OUTLINE = (Path(__file__).parent / "outline_ids.txt").read_text("ascii").split()
ANSWERS = (answers_a, answers_b, answers_c)
NUMBERS = {name: work for each in ANSWERS for name, work in each.NUMERIC.items()}
LISTINGS = {name: check for each in ANSWERS for name, check in each.LISTINGS.items()}


def numeric_tasks() -> dict[str, Numeric]:
    """Return the numeric tasks by id; a step has the id of its scenario, # and its number."""
    found = {each.id: each.task for each in QUESTIONS if isinstance(each.task, Numeric)}
    for question in QUESTIONS:
        if isinstance(question.task, Scenario):
            for number, step in enumerate(question.task.steps, 1):
                if isinstance(step.task, Numeric):
                    found[f"{question.id}#{number}"] = step.task
    return found


TASKS = numeric_tasks()


def of_topic(topic: str) -> list[Question]:
    return [question for question in QUESTIONS if question.topic == topic]


def test_the_bank_loads_without_a_problem() -> None:
    found = [each for each in BANK.problems() if each.code[0] == "Q" or "questions" in each.file]

    assert [str(each) for each in found] == []


def test_every_entry_of_the_outline_is_written_out_exactly_once() -> None:
    assert len(OUTLINE) == len(set(OUTLINE)) == 286
    assert sorted(question.origin for question in QUESTIONS if question.origin) == sorted(OUTLINE)


def test_every_kind_is_alive_in_the_bank_and_a_third_of_what_came_later_is_for_exams() -> None:
    kinds = Counter(question.kind for question in QUESTIONS)
    later = [question for question in QUESTIONS if not question.origin]

    assert set(kinds) == set(KINDS)
    assert (kinds["cloze"], kinds["order"], kinds["scenario"], kinds["curve"]) == (7, 4, 4, 21)
    assert sum(question.is_held_out for question in later) >= len(later) / 3


@pytest.mark.parametrize("name", sorted(q.id for q in QUESTIONS if q.kind == "cloze"))
def test_a_gap_takes_each_of_its_answers_and_no_other_word(name: str) -> None:
    task = BY_ID[name].task
    assert isinstance(task, Cloze)
    for at, gap in enumerate(task.gaps):
        assert len({folded(each) for each in gap.answers}) == len(gap.answers)
        before = ("",) * at
        assert all(is_filled(task, Answer(gaps=(*before, each)), at) for each in gap.answers)
        assert not is_filled(task, Answer(gaps=(*before, "anything")), at)


def test_every_id_stands_once_cues_included() -> None:
    assert max(Counter(question.id for question in BANK.questions()).values()) == 1
    assert len(BANK.cues()) == len(BANK.questions()) - len(QUESTIONS) > 0


def test_the_lock_file_knows_every_question() -> None:
    rows = (CONTENT / "questions.lock").read_text("ascii").splitlines()

    assert rows == sorted(rows)
    live = [row.split()[0] for row in rows if row.endswith(" live")]
    assert live == sorted(question.id for question in BANK.questions())


# Answers


def test_every_number_has_a_recomputation_and_the_other_way_round() -> None:
    assert sorted(NUMBERS) == sorted(TASKS)
    assert sum(len(each.NUMERIC) for each in ANSWERS) == len(NUMBERS)


@pytest.mark.parametrize("name", sorted(NUMBERS))
def test_a_number_worked_out_from_the_text_is_right(name: str) -> None:
    assert TASKS[name].is_right(NUMBERS[name]())


@pytest.mark.parametrize("name", sorted(TASKS))
def test_a_tolerance_is_narrow_and_counts_have_none(name: str) -> None:
    task = TASKS[name]

    assert task.is_right(task.answer)
    assert not task.is_right(task.answer * 1.1 + (task.answer == 0))
    assert not task.is_right(-task.answer - 1)


@pytest.mark.parametrize("name", sorted(BY_ID))
def test_every_listing_parses_and_fits_a_small_screen(name: str) -> None:
    question = BY_ID[name]
    listings = [block for block in question.blocks if isinstance(block, Code)]
    for block in listings:
        rows = block.text.split("\n")
        assert len(rows) <= MOST_ROWS
        assert max(map(len, rows)) <= MOST_COLUMNS
        if block.language == "python":
            ast.parse(block.text)
    if isinstance(question.task, BugHunt):
        assert question.task.listing in [block.text for block in listings]
        ast.parse(question.task.fixed)


@pytest.mark.parametrize("name", sorted(LISTINGS))
def test_a_listing_shows_its_bug_and_the_fix_cures_it(name: str) -> None:
    task = BY_ID[name].task
    assert isinstance(task, BugHunt)

    assert LISTINGS[name](task.listing) != LISTINGS[name](task.fixed)


def test_listings_that_run_with_the_standard_library_alone_are_run() -> None:
    bugs = {each.id for each in QUESTIONS if isinstance(each.task, BugHunt)}
    need_more = {
        name
        for name in bugs - LISTINGS.keys()
        if isinstance(task := BY_ID[name].task, BugHunt) and not runs_alone(task.listing)
    }

    assert LISTINGS.keys() | need_more == bugs


def runs_alone(listing: str) -> bool:
    """Tell whether a listing imports or names nothing but the standard library."""
    return "torch" not in listing and "numpy" not in listing and "np." not in listing


# Fairness


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_keeps_three_questions_and_a_third_for_exams(topic: str) -> None:
    objective = [question for question in of_topic(topic) if question.is_objective]
    held_out = [question for question in objective if question.is_held_out]

    assert len(held_out) >= 3
    assert len(held_out) >= 0.3 * len(objective)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_questions_for_study(topic: str) -> None:
    assert sum(not question.is_held_out for question in of_topic(topic)) >= 5


def test_right_options_stand_at_every_place_about_equally_often() -> None:
    places = Counter[int]()
    for question in QUESTIONS:
        task = question.task
        if isinstance(task, SingleChoice | CurveReading | BugHunt):
            assert len(task.options) == 3, question.id
            (right,) = [n for n, option in enumerate(task.options) if option.is_right]
            places[right] += 1

    assert all(0.28 < places[place] / places.total() < 0.39 for place in range(3))


def test_every_wrong_option_says_why_and_in_lists_to_tick_every_right_one_too() -> None:
    for question in QUESTIONS:
        task = question.task
        if isinstance(task, SingleChoice | MultipleChoice | CurveReading | BugHunt):
            is_list = isinstance(task, MultipleChoice)
            assert all(o.why for o in task.options if is_list or not o.is_right), question.id


def test_every_question_says_where_it_is_taught() -> None:
    for question in QUESTIONS:
        places = [BANK.resolve(link, "") for link in question.see]
        assert places, question.id
        assert all(places), question.id


def test_what_is_searched_holds_no_answer() -> None:
    passages = [each for each in BANK.passages() if each.kind == "question"]

    assert len(passages) == len(QUESTIONS)
    for passage, question in zip(passages, QUESTIONS, strict=True):
        assert passage.heading == question.title
        assert passage.page
        for block in question.why:
            assert "".join(span.text for span in block.spans) not in passage.text
