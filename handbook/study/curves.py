"""Another instance of a plot's story at each repetition, so that nobody learns the picture.

An instance is its example with both axes bent, like a print on a sheet of rubber, and with fresh
noise. A bend keeps order: what rises goes on rising, what lies above stays above, a minimum stays
one, what stands still stands still. Positions and values that the words of the question name are
nailed down (`keep` and `levels` of the recipe): they stay, and no point crosses them, nor 0.

Numbers come from `handbook.model.chance` by + - * / and `fsum` alone (`sum` adds up otherwise since
Python 3.12) and are rounded to the decimals of the example: they are equal on every machine.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import fsum
from typing import TYPE_CHECKING, TypeVar

from handbook.model.block import ChartBlock
from handbook.model.chance import uniform
from handbook.model.question import CurveReading, Question, Scenario, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from handbook.model.question import Recipe

    Numbers = tuple[float, ...]

_Asked = TypeVar("_Asked", Question, Step)

_MOST_DECIMALS = 6
_EVEN = 0.5
_KNOTS = 4
"""How often a bend may change between squeezing and widening: a few times, or it would shake."""


def drawn(question: Question, seed: str) -> Question:
    """Return a question whose plots, also those of its steps, are the instance of a seed.

    Questions without a plot, and all of them for the seed "", come back as they are.
    """
    if not seed:
        return question
    task = question.task
    if isinstance(task, Scenario) and any(isinstance(s.task, CurveReading) for s in task.steps):
        steps = [
            _drawn(step, f"{question.id}#{number}/{seed}")
            for number, step in enumerate(task.steps, 1)
        ]
        return replace(question, task=Scenario(tuple(steps)))
    return _drawn(question, f"{question.id}/{seed}")


def _drawn(asked: _Asked, seed: str) -> _Asked:
    task = asked.task
    if not isinstance(task, CurveReading):
        return asked
    example, recipe = task.recipe.chart, instance(task.recipe, seed)
    blocks = tuple(
        replace(block, chart=recipe.chart)
        if isinstance(block, ChartBlock) and block.chart == example
        else block
        for block in asked.blocks
    )
    return replace(asked, blocks=blocks, task=replace(task, recipe=recipe))


def instance(recipe: Recipe, seed: str) -> Recipe:
    """Return a recipe whose points tell the same story as the example's, but are others."""
    rows = [trend or row for row, trend in zip(recipe.points, _trends(recipe), strict=True)]
    nailed = {0.0, *recipe.levels}
    values = sorted(nailed.union(*rows))
    bent = dict(zip(values, _bent(values, nailed, recipe.stretch, seed, "up"), strict=True))
    points = tuple(
        _row_of(recipe, number, tuple(bent[value] for value in row), seed)
        for number, row in enumerate(rows)
    )
    return replace(recipe, at=_positions(recipe, seed), points=points, trend=())


def _trends(recipe: Recipe) -> tuple[Numbers, ...]:
    return recipe.trend or ((),) * len(recipe.series)


# Bending an axis


def _positions(recipe: Recipe, seed: str) -> Numbers:
    """Return where the points of an instance lie: whole numbers if those of the example are."""
    at = recipe.at
    nailed = {at[0], *recipe.keep, at[-1]}
    decimals = _decimals(at)
    bent = [round(x, decimals) for x in _bent(at, nailed, recipe.pace, seed, "across")]
    if all(low < high for low, high in pairwise(bent)):
        return tuple(bent)
    # Rounding has brought two points together: between these nails everything stays where it was.
    found: list[float] = []
    ends = [index for index, x in enumerate(at) if x in nailed]
    for start, end in pairwise(ends):
        part = bent[start : end + 1]
        is_sound = all(low < high for low, high in pairwise(part))
        found += (part if is_sound else at[start : end + 1])[:-1]
    return (*found, at[-1])


def _bent(
    places: Sequence[float], nailed: Collection[float], strength: float, *words: str
) -> list[float]:
    """Return rising places moved so that they still rise and those of `nailed` stay.

    The distance between two neighbours grows or shrinks by at most the share `strength`, and then,
    between two nails, all of them by what makes them fill the room again.
    """
    span = places[-1] - places[0]
    if not strength or not span:
        return list(places)
    knots = [2 * uniform(*words, str(knot)) - 1 for knot in range(_KNOTS)]
    gaps = [
        (high - low) * (1 + strength * _between(knots, ((low + high) / 2 - places[0]) / span))
        for low, high in pairwise(places)
    ]
    found = list(places)
    nails = [index for index, place in enumerate(places) if place in nailed]
    for start, end in pairwise(nails):
        scale = (places[end] - places[start]) / fsum(gaps[start:end])
        for index in range(start + 1, end):
            found[index] = found[index - 1] + gaps[index - 1] * scale
    for index in range(nails[0] - 1, -1, -1):
        found[index] = found[index + 1] - gaps[index]
    for index in range(nails[-1] + 1, len(places)):
        found[index] = found[index - 1] + gaps[index - 1]
    return found


def _between(knots: Sequence[float], share: float) -> float:
    """Return the height, at a share of the way, of a line through knots that are evenly spread."""
    at = share * (len(knots) - 1)
    left = min(int(at), len(knots) - 2)
    return knots[left] + (knots[left + 1] - knots[left]) * (at - left)


# Noise


def _row_of(recipe: Recipe, number: int, shape: Numbers, seed: str) -> Numbers:
    """Return the points of a series: its bent shape with noise on it.

    Noise of which a recipe tells the trend is the subject of its question; of other noise there is
    only as much as does not hide the story.
    """
    # The same for all series: rounded each in its own way, equal values would come apart.
    decimals = max(map(_decimals, recipe.points))
    words = (seed, "noise", str(number))
    if not recipe.trend and min(shape) < max(shape):
        noisy = tuple(
            value + min(recipe.noise, _room(value, recipe) / 6) * _bell(*words, str(index))
            for index, value in enumerate(shape)
        )
    elif recipe.trend and recipe.trend[number]:
        noisy = _jagged(recipe, shape, words)
    else:
        noisy = shape
    return tuple(round(value, decimals) for value in noisy)


def _room(value: float, recipe: Recipe) -> float:
    """Return the distance to the nearest level that a point may not cross."""
    return min(abs(value - level) for level in (0.0, *recipe.levels))


def _bell(*words: str) -> float:
    """Return a number between -3 and 3 with mean 0 and standard deviation 1."""
    return 2 * fsum(uniform(*words, str(part)) for part in range(3)) - 3


def _jagged(recipe: Recipe, shape: Numbers, words: tuple[str, ...]) -> Numbers:
    """Return a shape with swings of half to one and a half times the noise.

    They go up and down by turns, so that chance draws no trend of its own. The first point lies on
    the trend.
    """
    found = [shape[0]]
    side = 1.0 if uniform(*words, "side") < _EVEN else -1.0
    for index, value in enumerate(shape[1:]):
        size = min(recipe.noise, _room(value, recipe) / 2)
        found.append(value + side * size * (0.5 + uniform(*words, str(index))))
        side = -side
    return tuple(found)


def _decimals(values: Sequence[float]) -> int:
    """Return how many decimals it takes to write all of some values, at most six."""
    return next(
        (d for d in range(_MOST_DECIMALS) if all(round(value, d) == value for value in values)),
        _MOST_DECIMALS,
    )
