"""How far counts can be trusted: intervals for shares, and what guesses and certainty are worth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_Z = 1.959963984540054
"""The 97.5 % point of the normal distribution: what lies within is 95 %."""


class Interval(NamedTuple):
    """Two bounds, `low` at most `high`."""

    low: float
    high: float

    def overlaps(self, other: Interval) -> bool:
        """Tell whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: float) -> bool:
        """Tell whether a value lies within."""
        return self.low <= value <= self.high


def wilson(right: float, n: int) -> Interval:
    """Return the 95 % interval for the share of which `right` of `n` is a sample.

    `right` may be a sum of shares, so it need not be whole. Without a sample everything is
    possible: 0 to 1. Wilson's score interval without continuity correction: E. B. Wilson,
    "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    if n <= 0:
        return Interval(0.0, 1.0)
    share = min(max(right / n, 0.0), 1.0)
    square = _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    # At none and at all the bound is the share itself, which rounding may miss by an ulp.
    return Interval(max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def newcombe(right: float, n: int, earlier_right: float, earlier_n: int) -> Interval:
    """Return the 95 % interval for how much a share has grown, from -1 to 1.

    The square-and-add interval of two Wilson intervals: R. G. Newcombe, "Interval estimation for
    the difference between independent proportions", Statistics in Medicine 17 (1998), method 10.
    """
    if n <= 0 or earlier_n <= 0:
        return Interval(-1.0, 1.0)
    now, then = right / n, earlier_right / earlier_n
    new, old = wilson(right, n), wilson(earlier_right, earlier_n)
    difference = now - then
    return Interval(
        difference - math.hypot(now - new.low, old.high - then),
        difference + math.hypot(new.high - now, then - old.low),
    )


def trend(right: float, n: int, earlier_right: float, earlier_n: int) -> int:
    """Return 1 for a rise, -1 for a fall, 0 where the difference may be chance."""
    grown = newcombe(right, n, earlier_right, earlier_n)
    return (grown.low > 0) - (grown.high < 0)


def brier(forecasts: Iterable[tuple[float, bool]]) -> float | None:
    """Return the mean squared error of forecasts, each a probability and what came; None for none.

    0 is perfect, 0.25 is what saying one half always gives. G. W. Brier, "Verification of
    forecasts expressed in terms of probability", Monthly Weather Review 78 (1950).
    """
    errors = [(said - came) ** 2 for said, came in forecasts]
    return sum(errors) / len(errors) if errors else None


def chance_corrected(right: float, guessing: float, n: int) -> float | None:
    """Return the share right beyond what guessing gives: 1 is all, 0 what guesses would give.

    `guessing` is how many of the `n` guesses alone would get right on average: the sum of the
    items' guessing shares. Below 0 it is worse than guessing. None where there is nothing to know:
    no items, or a guess is always right. This is Cohen's kappa with a known share of agreement by
    chance: J. Cohen, "A coefficient of agreement for nominal scales" (1960).
    """
    return (right - guessing) / (n - guessing) if guessing < n else None
