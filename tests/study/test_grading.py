"""What an answer is worth, and which rating it suggests."""

from __future__ import annotations

import pytest

from handbook.model import (
    Answer,
    BugHunt,
    Cloze,
    Confidence,
    Cue,
    Gap,
    Mark,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    Rating,
    Recall,
    Scenario,
    SingleChoice,
    Step,
    Tolerance,
)
from handbook.model.question import Criterion
from handbook.study.grading import (
    find_number,
    guessing_share,
    is_accused,
    kendall,
    mark,
    mark_of_rating,
    near_misses,
    suggested_rating,
)
from tests.study.bank import of_kind, questions, right_answer

THREE = SingleChoice((Option((), is_right=True), Option((), is_right=False)))


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_the_right_answer_of_every_shipped_question_is_worth_everything(question) -> None:
    if isinstance(question.task, Cue):
        assert mark(question.task, Answer()) == Mark(0.0, is_right=False)
    else:
        assert mark(question.task, right_answer(question.task)) == Mark(1.0, is_right=True)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_no_answer_is_worth_nothing(question) -> None:
    assert mark(question.task, Answer()) == Mark(0.0, is_right=False)


def test_one_wrong_option_is_wrong() -> None:
    assert mark(THREE, Answer(options=frozenset({1}))) == Mark(0.0, is_right=False)
    assert mark(THREE, Answer(options=frozenset({0, 1}))).is_right is False


def test_several_choices_count_right_ticks_less_wrong_ones() -> None:
    task = MultipleChoice(tuple(Option((), is_right=at < 2) for at in range(4)))
    assert mark(task, Answer(options=frozenset({0}))) == Mark(0.5, is_right=False)
    assert mark(task, Answer(options=frozenset({0, 1, 2}))) == Mark(0.5, is_right=False)
    assert mark(task, Answer(options=frozenset({0, 2, 3}))).share == 0
    strict = MultipleChoice(task.options, score="all")
    assert mark(strict, Answer(options=frozenset({0}))).share == 0


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("1.65", "", 1.65),
        (" 1,65 ", "", 1.65),
        ("1,000", "", 1000),
        ("12,345.5", "", 12345.5),
        ("1 000", "", 1000),
        ("-3", "", -3),
        ("\u22123", "", -3),
        ("3/8", "", 0.375),
        ("1e-3", "", 0.001),
        ("5 %", "%", 5),
        ("5%", "", 0.05),
        ("7 points", "points", 7),
        ("", "", None),
        ("seven", "", None),
        ("1/0", "", None),
        ("1/2/3", "", None),
        ("nan", "", None),
        ("inf", "", None),
        ("1e999", "", None),
        ("1_000", "", None),
        ("٣", "", None),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, unit: str, number: float | None) -> None:
    assert find_number(typed, unit) == number


def test_a_number_within_the_tolerance_is_right() -> None:
    task = Numeric(7.0, Tolerance("abs", 0.5), unit="points")
    assert mark(task, Answer(text="7.5 points")).is_right
    assert not mark(task, Answer(text="7.6")).is_right
    assert not mark(task, Answer(text="about seven")).is_right


def test_a_gap_takes_any_case_and_punctuation_and_asks_about_a_near_miss() -> None:
    task = Cloze((Gap(1, ("non-linear", "nonlinear")), Gap(2, ("overfitting",))))
    assert mark(task, Answer(gaps=("Non linear", "OVERFITTING."))).is_right
    almost = Answer(gaps=("nonlinear", "overfiting"))
    assert mark(task, almost) == Mark(0.5, is_right=False)
    assert near_misses(task, almost) == (1,)
    counted = Answer(gaps=almost.gaps, criteria=frozenset({1}))
    assert mark(task, counted).is_right
    assert not mark(task, Answer(gaps=("nonlinear", "x"), criteria=frozenset({1}))).is_right


def test_an_order_is_worth_its_tau() -> None:
    task = Ordering((((),), ((),), ((),), ((),)))  # type: ignore[arg-type]
    assert mark(task, Answer(order=(0, 1, 3, 2))) == Mark(pytest.approx(2 / 3), is_right=False)
    assert mark(task, Answer(order=(3, 2, 1, 0))).share == 0
    assert mark(task, Answer(order=(0, 1))).share == 0
    assert kendall((2, 1, 0)) == -1


def test_where_something_is_missing_both_lines_around_the_gap_are_accused_rightly() -> None:
    missing = BugHunt("a\nb\nc", 1, "x", is_after=True)
    assert [is_accused(missing, line) for line in (0, 1, 2, 3)] == [False, True, True, False]
    wrong = BugHunt("a\nb\nc", 1, "x")
    assert [is_accused(wrong, line) for line in (1, 2)] == [True, False]


def test_a_rubric_is_worth_its_points() -> None:
    task = Recall((Criterion(3, ()), Criterion(1, ())), ())
    assert mark(task, Answer(criteria=frozenset({0}))) == Mark(0.75, is_right=True)
    assert mark(task, Answer(criteria=frozenset({1, 7}))) == Mark(0.25, is_right=False)


def test_a_scenario_is_worth_the_mean_of_its_steps() -> None:
    task = Scenario((Step((), THREE), Step((), THREE)))
    half = Answer(steps=(Answer(options=frozenset({0})),))
    assert mark(task, half) == Mark(0.5, is_right=False)


@pytest.mark.parametrize(
    ("kind", "share", "is_right", "confidence", "hints", "rating"),
    [
        ("single", 0.0, False, Confidence.SURE, 0, Rating.AGAIN),
        ("single", 1.0, True, Confidence.SURE, 0, Rating.GOOD),
        ("single", 1.0, True, None, 0, Rating.GOOD),
        ("single", 1.0, True, Confidence.GUESS, 0, Rating.HARD),
        ("single", 1.0, True, Confidence.SURE, 1, Rating.HARD),
        ("multi", 0.9, False, Confidence.SURE, 0, Rating.AGAIN),
        ("match", 0.75, False, None, 0, Rating.AGAIN),
        ("order", 0.8, False, None, 0, Rating.HARD),
        ("order", 0.7, False, None, 0, Rating.AGAIN),
        ("order", 1.0, True, None, 0, Rating.GOOD),
        ("scenario", 0.8, False, None, 0, Rating.HARD),
        ("recall", 0.4, False, None, 0, Rating.AGAIN),
        ("recall", 0.6, True, None, 0, Rating.HARD),
        ("recall", 0.9, True, None, 0, Rating.GOOD),
    ],
)
def test_what_an_answer_suggests(kind, share, is_right, confidence, hints, rating) -> None:
    marked = Mark(share, is_right)
    assert suggested_rating(of_kind(kind), marked, confidence, hints) is rating


def test_a_reader_judges_a_cue_by_the_rating_itself() -> None:
    assert [mark_of_rating(rating).share for rating in Rating] == [0.0, 0.5, 1.0, 1.0]
    assert not mark_of_rating(Rating.AGAIN).is_right


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_guessing_never_reaches_half_of_the_right_answers(question) -> None:
    assert 0 <= guessing_share(question.task) <= 0.5
