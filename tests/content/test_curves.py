"""The plots of the shipped questions: what their words say holds of every instance."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from handbook.model import ChartBlock, CurveReading, Scenario
from handbook.study.curves import drawn
from tests.content.test_bank import BY_ID, QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handbook.model import Question, Recipe, Step

SEEDS = [str(number) for number in range(300)]
CURVES = sorted(
    [each.id for each in QUESTIONS if isinstance(each.task, CurveReading)]
    + [
        f"{each.id}#{number}"
        for each in QUESTIONS
        if isinstance(each.task, Scenario)
        for number, step in enumerate(each.task.steps, 1)
        if isinstance(step.task, CurveReading)
    ]
)
"""Ids; a step has the id of its scenario, # and its number."""


class Picture:
    """The points of an instance, looked at as a reader does: values of a series by position."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.at = recipe.at
        self.rows = dict(zip(recipe.series, recipe.points, strict=True))

    def __getitem__(self, name: str) -> tuple[float, ...]:
        return self.rows[name]

    def value(self, name: str, x: float) -> float:
        return self.rows[name][self.at.index(x)]

    def lowest(self, name: str) -> float:
        """Return where a series has its least value."""
        row = self.rows[name]
        return self.at[row.index(min(row))]


def falls(row: Sequence[float]) -> bool:
    return all(low < high for high, low in pairwise(row))


def rises(row: Sequence[float]) -> bool:
    return falls(row[::-1])


def slope(at: Sequence[float], row: Sequence[float]) -> float:
    """Return the slope of the straight line with the least squares, over the whole width."""
    mean_x, mean_y = sum(at) / len(at), sum(row) / len(row)
    up = sum((x - mean_x) * (y - mean_y) for x, y in zip(at, row, strict=True))
    return up / sum((x - mean_x) ** 2 for x in at) * (at[-1] - at[0])


def met_far_above_the_target(p: Picture) -> bool:
    train, validation = p["train"], p["validation"]
    return (
        rises(train)
        and falls(validation[:-1])
        and validation[-1] < validation[-2] + 0.003
        and 0 < validation[-1] - train[-1] < 0.035  # the gap has closed
        and train[-1] > 2 * 0.1  # "more than twice the target"
        and set(p["target"]) == {0.1}
        and p.at == (0, 1, 2, 3, 4, 5, 6)  # "doubles at each step"
    )


def gap_is_still_closing(p: Picture) -> bool:
    train, validation = p["train"], p["validation"]
    return (
        (train[-1], validation[-1]) == (0.02, 0.18)
        and max(train) <= 0.02  # "fits what it sees almost perfectly"
        and falls(validation)
        and validation[-2] - validation[-1] > 0.01  # "each doubling buys something"
        and p.at == (0, 1, 2, 3, 4, 5, 6)
    )


def nearly_zero_on_fresh_text_too(p: Picture) -> bool:
    return all(
        row[0] > 3.5
        and falls(row[:6])
        and max(y for x, y in zip(p.at, row, strict=True) if x > 25) <= 0.06
        for row in (p["train"], p["validation"])
    )


def never_leaves_the_logarithm_of_ten(p: Picture) -> bool:
    row = p["train"]
    return all(abs(y - math.log(10)) < 0.02 for y in row) and abs(slope(p.at, row)) < 0.015


def falls_for_400_steps_and_climbs(p: Picture) -> bool:
    row = p["train"]
    return (
        p.at[-4:] == (400, 404, 408, 412)  # NaN "from step 415 on"
        and falls(row[:9])
        and rises(row[8:])
        and row[-1] > 4 * row[0]
    )


def validation_turns_and_training_goes_on(p: Picture) -> bool:
    train, validation = p["train"], p["validation"]
    turn = validation.index(min(validation))
    return (
        5 <= p.at[turn] <= 25
        and falls(validation[: turn + 1])
        and rises(validation[turn:])
        and validation[-1] > 1.4 * validation[turn]
        and falls(train[:5])
        and all(t < v for t, v in zip(train[1:], validation[1:], strict=True))
        and max(train[-5:]) < 0.1  # "nearly zero"
    )


def swings_in_a_broad_band_without_trend(p: Picture) -> bool:
    late = [(x, y) for x, y in zip(p.at, p["train"], strict=True) if x > 500]
    xs, ys = zip(*late, strict=True)
    turns = sum((b - a) * (c - b) < 0 for a, b, c in zip(ys, ys[1:], ys[2:], strict=False))
    return (
        p["train"][0] > max(ys)
        and max(ys) - min(ys) > 0.4
        and turns >= 5
        and abs(slope(xs, ys)) < 0.5
        and min(ys) > 0.5
    )


def flat_together_and_far_above_people(p: Picture) -> bool:
    train, validation, people = p["train"], p["validation"], p["people"]
    late = [y for x, y in zip(p.at, train, strict=True) if x >= 24]
    return (
        falls(train[:5])
        and falls(validation[:5])
        and max(late) - min(late) < 0.06
        and all(abs(t - v) < 0.07 for t, v in zip(train, validation, strict=True))
        and len(set(people)) == 1
        and min(train) > 3 * people[0] > 0
    )


def validation_is_below_throughout(p: Picture) -> bool:
    pairs = zip(p["train"], p["validation"], strict=True)
    return all(v < t - 0.05 for t, v in pairs) and falls(p["train"][:7])


def climbs_in_every_epoch_and_drops_at_its_end(p: Picture) -> bool:
    row = p["train"]
    return (
        {0, 99, 100, 199, 200, 299, 300, 399} <= set(p.at)
        and all(rises(row[start : start + 3]) for start in (0, 3, 6, 9))
        and all(row[end] - row[end + 1] > 0.2 for end in (2, 5, 8))
    )


def loss_turns_and_accuracy_climbs(p: Picture) -> bool:
    loss, accuracy = p["validation loss"], p["validation accuracy"]
    turn = loss.index(min(loss))
    return (
        p.at[turn] < 14
        and falls(loss[: turn + 1])
        and rises(loss[turn:])
        and loss[-1] - loss[turn] > 0.08
        and accuracy[-1] - accuracy[turn] > 0.03  # "accuracy still climbs"
        and all(high > low - 0.008 for low, high in pairwise(accuracy))
        and 0 < min(accuracy) <= max(accuracy) < 1
    )


def jumps_every_ten_epochs_and_falls_lower(p: Picture) -> bool:
    row = p["train"]
    return (
        {0, 9, 10, 19, 20, 29, 30, 39} <= set(p.at)
        and all(falls(row[start : start + 3]) for start in (0, 3, 6, 9))
        and all(row[end + 1] - row[end] > 0.2 for end in (2, 5, 8))
        and falls([row[end] for end in (2, 5, 8, 11)])
    )


def rises_from_the_first_step(p: Picture) -> bool:
    return rises(p["train"]) and p["train"][0] == 2.303


def drops_at_30_and_60_on_both_sets(p: Picture) -> bool:
    return all(
        all(p.value(name, x) - p.value(name, x + 2) > 0.09 for x in (29, 59))
        and p.value(name, 20 if 20 in p.at else p.at[3]) - p.value(name, 29) < 0.06
        and abs(p[name][7] - p.value(name, 59)) < 0.05
        for name in ("train", "validation")
    )


def only_validation_is_jagged(p: Picture) -> bool:
    train, validation = p["train"], p["validation"]
    half = len(p.at) // 2
    gaps = [v - t for t, v in zip(train, validation, strict=True)][half:]
    turns = sum(
        (b - a) * (c - b) < 0
        for a, b, c in zip(validation, validation[1:], validation[2:], strict=False)
    )
    return (
        falls(train)
        and turns >= 5
        and max(gaps) - min(gaps) > 0.12
        and abs(slope(p.at[half:], gaps)) < 0.25  # "without a trend"
    )


def peaks_cost_nearly_three_times_the_band(p: Picture) -> bool:
    row = p["train"]
    peaks, bands = (3, 7, 10), (0, 1, 2, 4, 5, 6, 8, 9, 11)
    return (
        row[0] == 920
        and falls([row[index] for index in bands if index not in {4, 8, 11}])
        and all(2.6 < row[index] / row[index - 1] < 3.1 for index in peaks)
        and all(abs(row[index + 1] / row[index - 1] - 1) < 0.12 for index in peaks)
    )


def both_step_on_day_30(p: Picture) -> bool:
    precision, nulls = p["precision"], p["null rate"]
    new = p.at.index(30)
    return (
        p.at[new - 1] == 29
        and min(precision[:new]) - max(precision[new:]) > 0.12
        and min(nulls[new:]) - max(nulls[:new]) > 0.2
        and all(max(part) - min(part) < 0.1 for part in (precision[:new], precision[new:]))
        and all(max(part) - min(part) < 0.1 for part in (nulls[:new], nulls[new:]))
        and all(0 <= y <= 1 for row in p.rows.values() for y in row)
    )


def slopes_without_an_event(p: Picture) -> bool:
    quality, distance = p["quality"], p["input distance"]
    speeds = [(a - b) / (y - x) for (x, a), (y, b) in pairwise(zip(p.at, quality, strict=True))]
    return (
        falls(quality)
        and rises(distance)
        and max(speeds) < 4 * min(speeds)
        and max(quality) < 1
        and min(distance) >= 0
        and quality[0] - quality[-1] > 0.06
    )


def every_weekend_is_far_off(p: Picture) -> bool:
    row = dict(zip(p.at, p["input distance"], strict=True))
    weekend = [y for day, y in row.items() if day % 7 >= 5]
    weekday = [y for day, y in row.items() if day % 7 < 5]
    return (
        {5, 6, 12, 13} <= set(row)
        and min(weekend) > 2.5 * max(weekday)  # "of half that size" is still a fault
        and max(weekend) - min(weekend) < 0.08
        and min(weekday) >= 0
    )


def flat_together_and_far_above_the_colleague(p: Picture) -> bool:
    train, validation = p["train"], p["validation"]
    late = [(t, v) for x, t, v in zip(p.at, train, validation, strict=True) if x >= 28]
    return (
        all(abs(t - v) <= 0.05 for t, v in zip(train, validation, strict=True))
        and all(max(row) - min(row) < 0.05 for row in zip(*late, strict=True))
        and min(train) > 4 * 0.05
        and min(validation) > 1.4 * 0.21
    )


def gains_come_first(p: Picture) -> bool:
    row = p["best"]
    pace = (row[-1] - row[0]) / 7
    return (
        all(low <= high for low, high in pairwise(row))
        and row[2] - row[0] > 4 * (row[-1] - row[-3])
        and 5 < (100 - row[-1]) / pace < 9.5  # "within about another week"
    )


def accuracy_stands_still_while_recall_is_zero(p: Picture) -> bool:
    accuracy, recall = p["accuracy"], p["recall"]
    share = 0.03
    return (
        accuracy[:4] == (0.97,) * 4
        and recall[:4] == (0,) * 4
        and rises(recall[3:])
        and 0.5 < recall[-1] < 1  # "more than half"
        and 0.005 < accuracy[-1] - accuracy[0] < 0.02  # "a point or two"
        # What is gained cannot be more than the urgent messages that are found.
        and all(a - 0.97 <= share * r + 0.0005 for a, r in zip(accuracy, recall, strict=True))
    )


CLAIMS: dict[str, Callable[[Picture], bool]] = {
    "q-8j9dvd": met_far_above_the_target,
    "q-40htqq": gap_is_still_closing,
    "q-vy5mwp": nearly_zero_on_fresh_text_too,
    "q-290d68": never_leaves_the_logarithm_of_ten,
    "q-r7676e": falls_for_400_steps_and_climbs,
    "q-ywgtc1": validation_turns_and_training_goes_on,
    "q-bg6jeq": swings_in_a_broad_band_without_trend,
    "q-mj9esa": flat_together_and_far_above_people,
    "q-9np3gg": validation_is_below_throughout,
    "q-6hbkd9": climbs_in_every_epoch_and_drops_at_its_end,
    "q-7v3ewc": loss_turns_and_accuracy_climbs,
    "q-c7txzk": jumps_every_ten_epochs_and_falls_lower,
    "q-hqrezc": rises_from_the_first_step,
    "q-byzksn": drops_at_30_and_60_on_both_sets,
    "q-3c8778": only_validation_is_jagged,
    "q-q2gn5e": peaks_cost_nearly_three_times_the_band,
    "q-a4h73x": both_step_on_day_30,
    "q-y0rzbg": slopes_without_an_event,
    "q-rct9g5": every_weekend_is_far_off,
    "q-fzbtp3": flat_together_and_far_above_the_colleague,
    "q-4zfdxr": gains_come_first,
    "q-svb6hh#2": accuracy_stands_still_while_recall_is_zero,
}


def picture_of(name: str, seed: str) -> Picture:
    question_id, _, number = name.partition("#")
    asked: Question | Step = drawn(BY_ID[question_id], seed)
    if number:
        assert isinstance(asked.task, Scenario)
        asked = asked.task.steps[int(number) - 1]
    assert isinstance(asked.task, CurveReading)
    recipe = asked.task.recipe
    assert recipe.chart in [each.chart for each in asked.blocks if isinstance(each, ChartBlock)]
    return Picture(recipe)


def test_every_plot_of_the_bank_has_its_claim() -> None:
    assert sorted(CLAIMS) == CURVES


@pytest.mark.parametrize("name", CURVES)
def test_what_the_words_say_holds_of_the_example(name: str) -> None:
    assert CLAIMS[name](picture_of(name, ""))


@pytest.mark.parametrize("name", CURVES)
def test_what_the_words_say_holds_of_every_instance(name: str) -> None:
    wrong = [seed for seed in SEEDS if not CLAIMS[name](picture_of(name, seed))]

    assert wrong == []


@pytest.mark.parametrize("name", CURVES)
def test_an_instance_has_as_many_points_and_no_loss_below_zero(name: str) -> None:
    example = picture_of(name, "")
    for seed in SEEDS:
        picture = picture_of(name, seed)
        assert len(picture.at) == len(example.at)
        assert (picture.at[0], picture.at[-1]) == (example.at[0], example.at[-1])
        assert all(low < high for low, high in pairwise(picture.at))
        for row in picture.rows.values():
            assert len(row) == len(picture.at)
            assert all(math.isfinite(y) and y >= 0 for y in row)


@pytest.mark.parametrize("name", CURVES)
def test_repetitions_show_other_pictures(name: str) -> None:
    pictures = {
        (picture.at, *picture.rows.values()) for picture in map(picture_of_name(name), SEEDS)
    }

    assert len(pictures) > 100  # of 300; the scores of the contest are whole numbers


def picture_of_name(name: str) -> Callable[[str], Picture]:
    return lambda seed: picture_of(name, seed)
