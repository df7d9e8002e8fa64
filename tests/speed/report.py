"""Figures, goals and the table they are shown in."""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

GROSS = 3
"""A figure this many times above its goal makes the benchmark fail; less may be the machine."""


class Row(NamedTuple):
    """One line of the table: `figure` in `unit` is what the goal speaks of, `measured` the rest.

    The unit "x" is a ratio to the neighbour that was measured in the same run, in turn.
    """

    what: str
    measured: str
    figure: float | None = None
    unit: str = ""
    goal: float | None = None

    @property
    def is_reached(self) -> bool:
        """Tell whether the figure is within its goal; a row without a goal always is."""
        return self.goal is None or (self.figure is not None and self.figure <= self.goal)

    @property
    def is_gross(self) -> bool:
        """Tell whether the figure misses its goal by far."""
        return self.goal is not None and (self.figure or 0) > GROSS * self.goal


def p50(values: Sequence[float]) -> float:
    """Return the median."""
    return median(values)


def p95(values: Sequence[float]) -> float:
    """Return the value that 95 of 100 are below; the largest of a few."""
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def spread(values: Sequence[float]) -> str:
    """Return median and 95th percentile in milliseconds, for people."""
    return f"{p50(values):,.1f} / {p95(values):,.1f} ms"


def markdown(title: str, rows: Sequence[Row]) -> str:
    """Return rows as a Markdown table under a heading."""
    lines = [
        f"### {title}",
        "",
        "| what | measured | figure | goal | reached |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        figure = "" if row.figure is None else _number(row.figure, row.unit)
        goal = "" if row.goal is None else f"≤ {_number(row.goal, row.unit)}"
        reached = "" if row.goal is None else ("yes" if row.is_reached else "**no**")
        lines.append(f"| {row.what} | {row.measured} | {figure} | {goal} | {reached} |")
    return "\n".join([*lines, ""])


def _number(value: float, unit: str) -> str:
    if unit == "x":
        return f"{value:.2f} x"
    text = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
    return f"{text} {unit}".rstrip()
