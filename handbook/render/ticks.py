"""Axes of a plot: round figures to write beside it, and where along an axis a figure lies."""

from __future__ import annotations

import math
from typing import NamedTuple

from handbook.render.numbers import short_number

_STEPS = (1, 2, 5, 10)
_LONG, _MOST_DECIMALS = 100_000, 4
_FROM_ZERO = 0.2
"""An axis whose least figure is below this share of the greatest one begins at 0."""

_STILL, _AROUND = 0.03, 0.2
"""Figures that differ by less than the first share are shown in the middle of an axis that reaches
the second one to both sides, so that what stands still looks like it."""


class Axis(NamedTuple):
    """An axis from `low` to `high`; powers of ten are evenly spread on it if `is_log`."""

    low: float
    high: float
    is_log: bool = False
    is_whole: bool = False

    def share(self, value: float) -> float | None:
        """Return how far along the axis a figure lies, from 0 to 1; None if it cannot."""
        low, high = self.low, self.high
        if self.is_log:
            if value <= 0:
                return None
            value, low, high = math.log10(value), math.log10(low), math.log10(high)
        if not math.isfinite(value):
            return None
        share = (value - low) / (high - low) if high > low else 0.5
        return share if math.isfinite(share) else None

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Return at most so many round figures of the axis, with how they are written."""
        if self.is_log:
            return self._decades(most)
        step = _step((self.high - self.low) / max(most, 1), self.low, self.high, most)
        if not step:
            return [(self.low, short_number(self.low))]
        step = max(step, 1.0) if self.is_whole else step
        decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        values = [round(count * step, decimals) + 0.0 for count in range(first, last + 1)]
        return [(value, _written(value, decimals)) for value in values]

    def _decades(self, most: int) -> list[tuple[float, str]]:
        first = math.ceil(math.log10(self.low) - 1e-9)
        last = math.floor(math.log10(self.high) + 1e-9)
        every = max(1, -(-(last - first + 1) // max(most, 1)))
        found = [10.0**power for power in range(first, last + 1, every)]
        if len(found) <= 1:
            found = [self.low, self.high][: 1 + (self.high > self.low)]
        return [(value, short_number(value)) for value in found]


def upright(values: list[float], *, is_log: bool) -> Axis:
    """Return the upright axis for figures: from 0 where that takes little room."""
    low, high = min(values), max(values)
    if is_log:
        return Axis(low, high, is_log=True)
    size = max(abs(low), abs(high))
    if high - low < _STILL * size:
        middle = low / 2 + high / 2
        return Axis(middle - _AROUND * size, middle + _AROUND * size)
    return Axis(0.0 if 0 < low < _FROM_ZERO * high else low, high)


def across(values: list[float]) -> Axis:
    """Return the horizontal axis for figures."""
    return Axis(min(values), max(values), is_whole=all(value == int(value) for value in values))


def _step(least: float, low: float, high: float, most: int) -> float:
    """Return the least round distance of ticks of which at most `most` fit; 0 if none can."""
    if not (0 < least < math.inf):
        return 0.0
    power = math.floor(math.log10(least))
    if not -300 < power < 300:  # beyond, powers of ten are no longer round
        return 0.0
    for exponent in (power, power + 1):
        for factor in _STEPS:
            step = float(f"{factor}e{exponent}")
            if math.floor(high / step + 1e-9) - math.ceil(low / step - 1e-9) < most:
                return step
    return 0.0


def _written(value: float, decimals: int) -> str:
    if abs(value) >= _LONG or decimals > _MOST_DECIMALS:
        return short_number(value)
    return f"{value:,.{decimals}f}" if value else "0"
