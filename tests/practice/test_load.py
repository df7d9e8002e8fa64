"""What is to be studied before a date, however far away the date is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.practice.load import HORIZON, Load
from handbook.study import forecast

if TYPE_CHECKING:
    import pytest

NEW = tuple(f"q-{number}" for number in range(12))


def load(days: int, off: frozenset[int] = frozenset()) -> Load:
    return Load((), NEW, 20_000, days, off, 0.85, 1.0)


def test_a_day_years_away_costs_no_more_than_one_in_four_months(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run: list[int] = []

    def counted(*arguments, **more):
        run.append(arguments[2])
        return forecast.simulate(*arguments, **more)

    monkeypatch.setattr("handbook.practice.load.simulate", counted)
    assert load(30_000).minutes_needed() == load(HORIZON).minutes_needed()
    assert max(run) == HORIZON


def test_days_off_stay_where_they_are() -> None:
    off = frozenset(range(5000 - HORIZON, 5000 - 3))
    least = load(5000, off).minutes_needed()
    assert least == load(HORIZON, frozenset(range(HORIZON - 3))).minutes_needed()
    assert least != load(HORIZON).minutes_needed()
