"""Answers of the questions on mathematics, projects and teams, worked out from their texts."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT = Path(__file__).resolve().parents[2] / "content"


def dot(u: list[float], v: list[float]) -> float:
    """Sum of the products of the entries."""
    return sum(a * b for a, b in zip(u, v, strict=True))


def times(m: list[list[float]], v: list[float]) -> list[float]:
    """Multiply a matrix by a vector."""
    return [dot(row, v) for row in m]


def determinant(m: list[list[float]]) -> float:
    """Expand along the first row."""
    if len(m) == 1:
        return m[0][0]
    minors = [[row[:j] + row[j + 1 :] for row in m[1:]] for j in range(len(m))]
    return sum((-1) ** j * m[0][j] * determinant(minor) for j, minor in enumerate(minors))


def rank(m: list[list[float]]) -> int:
    """Count the pivots after elimination in exact fractions."""
    rows = [[Fraction(x) for x in row] for row in m]
    found = 0
    for column in range(len(rows[0])):
        pivot = next((i for i in range(found, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for i in range(found + 1, len(rows)):
            factor = rows[i][column] / rows[found][column]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found


def largest_eigenvalue() -> float:
    """By power iteration, from a start that is no eigenvector."""
    v = [1.0, 0.0]
    for _ in range(60):
        w = times([[2, 1], [1, 2]], v)
        v = [x / math.hypot(*w) for x in w]
    return round(dot(v, times([[2, 1], [1, 2]], v)), 9)


def first_of_projection() -> float:
    """First entry of the projection of (2, 1) on (1, 1)."""
    b, a = [2.0, 1.0], [1.0, 1.0]
    return dot(a, b) / dot(a, a) * a[0]


def cosine() -> float:
    """Of the angle between (1, 2, 2) and (2, 1, 2)."""
    u, v = [1.0, 2.0, 2.0], [2.0, 1.0, 2.0]
    return dot(u, v) / (math.hypot(*u) * math.hypot(*v))


def growth_of_determinant() -> float:
    """By doubling one invertible 3x3 matrix."""
    m = [[2.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 4.0]]
    return determinant([[2 * x for x in row] for row in m]) / determinant(m)


def operations() -> float:
    """Two for each step of the three plain loops."""
    return sum(2 for _ in range(32) for _ in range(10) for _ in range(100))


def slope() -> float:
    """Least squares with an intercept."""
    points = [(0, 1), (1, 3), (2, 5)]
    x = sum(p[0] for p in points) / len(points)
    y = sum(p[1] for p in points) / len(points)
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def flips_until_two_heads() -> float:
    """Sum of n times the chance to end at flip n, exact but for a tail below 1e-9."""
    nothing, head, expected = 1.0, 0.0, 0.0
    for n in range(1, 400):
        expected += n * head / 2
        nothing, head = (nothing + head) / 2, nothing / 2
    return round(expected, 9)


def tries_until_success() -> float:
    """Sum of n times the chance that the first success comes at try n."""
    return round(sum(n * 0.25 * 0.75 ** (n - 1) for n in range(1, 400)), 9)


def disease_after_two_positives() -> float:
    """In per cent, from the joint chances of both states."""
    ill = 0.01 * 0.99**2
    well = (1 - 0.01) * (1 - 0.95) ** 2
    return 100 * ill / (ill + well)


def row_never_drawn() -> float:
    """In per cent, one draw after the other."""
    left = 1.0
    for _ in range(1000):
        left *= 1 - 1 / 1000
    return 100 * left


def lead_in_deviations() -> float:
    """From all outcomes of 40 fair coins, weighed by how many ways lead to each."""
    rows = 27 + 13
    ways = [math.comb(rows, wins) for wins in range(rows + 1)]
    squares = sum(n * (2 * wins - rows) ** 2 for wins, n in enumerate(ways)) / sum(ways)
    return (27 - 13) / math.sqrt(squares)


def most_likely_chance() -> float:
    """Search a fine grid of chances for 7 successes in 10 trials."""
    grid = (k / 1000 for k in range(1, 1000))
    return max(grid, key=lambda p: 7 * math.log(p) + 3 * math.log(1 - p))


def variance_of_sum() -> float:
    """Put (1, 1) into the quadratic form of the covariance matrix."""
    return dot([1.0, 1.0], times([[4.0, 3.0], [3.0, 9.0]], [1.0, 1.0]))


def softmax_first() -> float:
    """Of the scores 2, 1, 0."""
    exps = [math.exp(z) for z in (2, 1, 0)]
    return exps[0] / sum(exps)


def quoted(name: str) -> float:
    """Read a figure of the lecture from the chart of the chapter on the talent gap."""
    page = (CONTENT / "talent-gap" / "estimates.md").read_text(encoding="utf-8")
    found = re.search(rf"- \[{re.escape(name)}, (\d+)\]", page)
    assert found, name
    return float(found[1])


def any_of_three() -> float:
    """In per cent: all eight outcomes of three ideas but the one in which all fail."""
    works = 0.4
    total = 0.0
    for outcome in range(1, 8):
        hits = outcome.bit_count()
        total += works**hits * (1 - works) ** (3 - hits)
    return 100 * total


def share_after_a_week() -> float:
    """In per cent of the whole gain of the contest."""
    steps = [b - a for a, b in pairwise([35, 67, 71])]
    return 100 * steps[0] / sum(steps)


# A step of a scenario is named by the id of the scenario, a # and its number.
NUMERIC: dict[str, Callable[[], float]] = {
    "q-cc6nv7": largest_eigenvalue,
    "q-cdrc04": lambda: rank([[1, 2], [2, 4]]),
    "q-tfz6zh": first_of_projection,
    "q-feke51": cosine,
    "q-n9j2ep": growth_of_determinant,
    "q-12v2wr#1": lambda: max(100, 1) / min(100, 1),
    "q-1h9yjb": operations,
    "q-bvp2sn": lambda: 100 * sum([4, 3]) / sum([4, 3, 2, 1]),
    "q-q9ge5q": lambda: 1000 * 10 + 10 * 1000,
    "q-03sf3z": slope,
    "q-qnr23a": flips_until_two_heads,
    "q-r74pr1": tries_until_success,
    "q-dqtnmy": lambda: 100 * math.prod([0.9] * 20),
    "q-vw5vkm": disease_after_two_positives,
    "q-m5119y": row_never_drawn,
    "q-vcb9sx": lead_in_deviations,
    "q-0nhdr5": most_likely_chance,
    "q-ekpxkf": variance_of_sum,
    "q-gm8gnz": softmax_first,
    "q-gj4y2y": lambda: quoted("Active publishers (Element AI)"),
    "q-p0fejy": lambda: quoted("Developers in the US (lecture)") / 1e6,
    "q-z7jmrh": lambda: quoted("Developers worldwide (lecture)") / 1e6,
    "q-0651jn": any_of_three,
    "q-3eaw89": lambda: 100 * math.prod([0.3, 0.5, 0.6, 0.8]),
    "q-17pv2r": lambda: 100 * 0.42**2,
    "q-3x4305": share_after_a_week,
}

LISTINGS: dict[str, Callable[[str], object]] = {}
