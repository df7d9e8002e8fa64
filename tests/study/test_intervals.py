"""Intervals: the figures that readers are told, and the laws behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.study.intervals import (
    Interval,
    brier,
    chance_corrected,
    newcombe,
    trend,
    wilson,
)

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        (4, 5, 0.38, 0.96),
        (8, 10, 0.49, 0.94),
        (16, 20, 0.58, 0.92),
        (32, 40, 0.65, 0.90),
        (80, 100, 0.71, 0.87),
    ],
)
def test_four_of_five_says_little_and_eighty_of_a_hundred_says_more(
    right: int, n: int, low: float, high: float
) -> None:
    found = wilson(right, n)
    assert (round(found.low, 2), round(found.high, 2)) == (low, high)


def test_nothing_seen_leaves_everything_possible() -> None:
    assert wilson(0, 0) == Interval(0.0, 1.0)
    assert newcombe(3, 4, 0, 0) == Interval(-1.0, 1.0)


@given(counts)
def test_an_interval_holds_its_share_and_stays_from_none_to_all(
    sample: tuple[int, int],
) -> None:
    right, n = sample
    found = wilson(right, n)
    assert 0 <= found.low <= right / n <= found.high <= 1
    assert found.low < found.high


@given(counts)
def test_right_and_wrong_are_mirror_images(sample: tuple[int, int]) -> None:
    right, n = sample
    found, mirrored = wilson(right, n), wilson(n - right, n)
    assert found.low == pytest.approx(1 - mirrored.high)
    assert found.high == pytest.approx(1 - mirrored.low)


@given(counts)
def test_more_of_the_same_narrows_an_interval(sample: tuple[int, int]) -> None:
    right, n = sample
    few, many = wilson(right, n), wilson(4 * right, 4 * n)
    assert many.high - many.low < few.high - few.low


def test_newcombes_own_example_comes_out() -> None:
    # Newcombe 1998, table II, contrast (a): 56/70 - 48/80, method 10: 0.0524 to 0.3339.
    found = newcombe(56, 70, 48, 80)
    assert found.low == pytest.approx(0.0524, abs=5e-5)
    assert found.high == pytest.approx(0.3339, abs=5e-5)


@given(counts, counts)
def test_a_difference_read_the_other_way_round_changes_its_sign(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    there, back = newcombe(*one, *other), newcombe(*other, *one)
    assert there.low == pytest.approx(-back.high)
    assert there.high == pytest.approx(-back.low)
    assert -1 - 1e-9 <= there.low <= there.high <= 1 + 1e-9


def test_an_arrow_needs_more_than_a_lucky_day() -> None:
    assert trend(8, 10, 6, 10) == 0
    assert trend(36, 40, 20, 40) == 1
    assert trend(20, 40, 36, 40) == -1


def test_saying_one_half_always_costs_a_quarter() -> None:
    assert brier([]) is None
    assert brier([(0.5, True), (0.5, False)]) == 0.25
    assert brier([(1.0, True), (0.0, False)]) == 0.0


def test_guesses_alone_are_worth_nothing() -> None:
    assert chance_corrected(10, 10, 40) == 0
    assert chance_corrected(40, 10, 40) == 1
    assert chance_corrected(0, 0, 0) is None
    assert chance_corrected(32, 40 / 3, 40) == pytest.approx(0.7)
