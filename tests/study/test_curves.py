import math
import sys
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model import (
    ChartBlock,
    CurveReading,
    Option,
    Paragraph,
    Question,
    Recipe,
    Scenario,
    SingleChoice,
    Span,
    Step,
)
from handbook.study.curves import drawn, instance

OVERFIT = Recipe(
    "overfit",
    ("train", "validation"),
    40,
    (0, 10, 20, 30, 40),
    ((2.3, 0.5, 0.1, 0.03, 0.02), (2.3, 1.1, 0.9, 1.2, 1.6)),
    0.02,
)
NAILED = replace(
    OVERFIT,
    keep=(20,),
    levels=(0.9,),
    trend=((), (2.3, 1.1, 1.0, 1.2, 1.6)),
)


def asked(recipe: Recipe) -> Question:
    words = Paragraph((Span("What is this?"),))
    task = CurveReading(recipe, (Option((words,), is_right=True), Option((words,), is_right=False)))
    return Question("q-aaaaa1", "T", "t", (words, ChartBlock(recipe.chart, "")), task)


def test_a_seed_has_the_same_figures_on_every_python() -> None:
    first, second = instance(OVERFIT, "1"), instance(OVERFIT, "2")

    assert first.at == (0, 12, 25, 33, 40)
    assert first.points == ((2.34, 0.5, 0.11, 0.03, 0.02), (2.38, 1.16, 0.94, 1.24, 1.61))
    assert second.at == (0, 10, 19, 29, 40)
    assert second.points == ((2.27, 0.46, 0.09, 0.03, 0.02), (2.28, 1.06, 0.86, 1.15, 1.55))


def test_what_is_nailed_down_stays() -> None:
    for seed in map(str, range(200)):
        found = instance(NAILED, seed)
        assert found.at[2] == 20
        assert (found.at[0], found.at[-1]) == (0, 40)
        assert all((y >= 0.9) == (before >= 0.9) for y, before in both(found, NAILED))


def both(found: Recipe, example: Recipe) -> list[tuple[float, float]]:
    """Return the points of both side by side."""
    rows = zip(found.points, example.points, strict=True)
    return [pair for row, before in rows for pair in zip(row, before, strict=True)]


def test_a_series_without_a_trend_is_smooth_where_another_has_one() -> None:
    smooth = replace(NAILED, stretch=0, pace=0)

    for seed in map(str, range(50)):
        train, validation = instance(smooth, seed).points
        assert train == OVERFIT.points[0]
        assert validation[0] == 2.3


def test_noise_with_a_trend_swings_up_and_down_by_turns() -> None:
    flat = (1.0,) * 12
    recipe = Recipe("noisy", ("a",), 11, tuple(range(12)), ((1.01, *flat[1:]),), 0.2)
    recipe = replace(recipe, stretch=0, trend=(flat,))
    for seed in map(str, range(50)):
        (row,) = instance(recipe, seed).points
        sides = [y > 1 for y in row[1:]]
        assert all(one != other for one, other in pairwise(sides))
        assert all(0.09 <= abs(y - 1) <= 0.31 for y in row[1:])


def test_a_line_that_stands_still_goes_on_standing_still() -> None:
    recipe = replace(OVERFIT, series=("train", "goal"), points=(OVERFIT.points[0], (0.5,) * 5))

    for seed in map(str, range(50)):
        assert len(set(instance(recipe, seed).points[1])) == 1


def test_without_noise_and_bends_an_instance_is_the_example() -> None:
    still = replace(OVERFIT, noise=0, pace=0, stretch=0)

    assert instance(still, "1") == still


def test_positions_that_rounding_would_bring_together_stay() -> None:
    close = replace(OVERFIT, at=(0, 1, 2, 3, 40), pace=0.9)

    for seed in map(str, range(200)):
        at = instance(close, seed).at
        assert all(low < high for low, high in pairwise(at))
        assert all(x == int(x) for x in at)


values = st.floats(-1e6, 1e6).map(lambda number: round(number, 3))
shares = st.floats(0, 0.99)


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    count = draw(st.integers(6, 12))
    at = sorted(draw(st.sets(st.integers(0, 10_000), min_size=count, max_size=count)))
    row = st.tuples(*[values] * count)
    rows = draw(st.lists(row, min_size=1, max_size=3))
    names = tuple(f"s{number}" for number in range(len(rows)))
    trend = draw(st.just(()) | st.tuples(*[row | st.just(())] * len(rows)))
    return Recipe(
        "any",
        names,
        10_000,
        tuple(at),
        tuple(rows),
        noise=draw(st.floats(0, 1e3)),
        keep=tuple(draw(st.sets(st.sampled_from(at)))),
        levels=tuple(draw(st.lists(values, max_size=3))),
        pace=draw(shares),
        stretch=draw(shares),
        trend=trend,
    )


@given(recipes(), st.text(max_size=5))
def test_an_instance_has_its_points_in_order_finite_and_on_their_side(
    recipe: Recipe, seed: str
) -> None:
    found = instance(recipe, seed)

    assert found == instance(recipe, seed)
    assert len(found.at) == len(recipe.at)
    assert all(low < high for low, high in pairwise(found.at))
    assert all(x in found.at for x in (recipe.at[0], *recipe.keep, recipe.at[-1]))
    for row, example in zip(found.points, recipe.points, strict=True):
        assert len(row) == len(example)
        assert all(map(math.isfinite, row))
    if not recipe.trend:
        for y, before in both(found, recipe):
            for level in (0.0, *recipe.levels):
                assert (y - level) * (before - level) >= 0


@given(recipes(), st.text(max_size=5))
def test_without_noise_the_order_of_all_values_is_kept(recipe: Recipe, seed: str) -> None:
    quiet = replace(recipe, noise=0, trend=())
    pairs = sorted(both(instance(quiet, seed), quiet), key=lambda pair: pair[1])

    assert all(low <= high for (low, _), (high, _) in pairwise(pairs))


def test_equal_values_of_two_series_stay_equal() -> None:
    rows = ((0.0, 1.0, 1.5), (0.0, 0.0, 1.0))
    recipe = Recipe("any", ("a", "b"), 3, (0, 1, 2), rows, noise=0, stretch=0.5)
    for seed in "abcdefgh":
        first, second = instance(recipe, seed).points
        assert first[1] == second[2]


# Questions


def test_a_question_shows_the_instance_that_is_asked_about() -> None:
    question = asked(OVERFIT)
    found = drawn(question, "7")

    assert isinstance(found.task, CurveReading)
    assert found.task.recipe != OVERFIT
    assert found.blocks == (question.blocks[0], ChartBlock(found.task.recipe.chart, ""))
    assert found.task.options == question.task.options  # type: ignore[union-attr]
    assert replace(found, blocks=question.blocks, task=question.task) == question


def test_without_a_seed_the_example_is_shown() -> None:
    question = asked(OVERFIT)

    assert drawn(question, "") is question


def test_other_kinds_come_back_as_they_are() -> None:
    question = replace(asked(OVERFIT), task=SingleChoice(()))
    scenario = replace(question, task=Scenario((Step((), SingleChoice(())),)))

    assert drawn(question, "7") is question
    assert drawn(scenario, "7") is scenario


def test_two_questions_of_one_recipe_do_not_show_the_same_picture() -> None:
    question = asked(OVERFIT)

    assert drawn(question, "7").task != drawn(replace(question, id="q-aaaaa2"), "7").task


def test_the_steps_of_a_scenario_have_instances_of_their_own() -> None:
    question = asked(OVERFIT)
    assert isinstance(question.task, CurveReading)
    step = Step(question.blocks, question.task)
    other = Step((), SingleChoice(()))
    found = drawn(replace(question, blocks=(), task=Scenario((step, other, step))), "7")

    assert isinstance(found.task, Scenario)
    first, second, third = found.task.steps
    assert second is other
    assert first != third
    for each in (first, third):
        assert isinstance(each.task, CurveReading)
        assert each.blocks[1] == ChartBlock(each.task.recipe.chart, "")


@pytest.mark.speed
def test_an_instance_takes_less_than_two_milliseconds() -> None:
    question = asked(OVERFIT)
    start = time.perf_counter()
    for number in range(200):
        drawn(question, str(number))
    took = (time.perf_counter() - start) / 200
    sys.stderr.write(f"an instance of a plot: {took * 1000:.2f} ms\n")

    assert took < 0.002
