"""Charts as data: bars and lines, drawn as text by `handbook.render`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `high` is set when the figure is a range from `value` to `high`."""

    label: str
    value: float
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a line chart: points (x, y) with x rising."""

    name: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: `bars` or `series` by its kind; `scale` is that of the axis of values."""

    kind: Literal["bars", "lines"]
    title: str = ""
    bars: tuple[Bar, ...] = ()
    series: tuple[Series, ...] = ()
    scale: Literal["linear", "log"] = "linear"
    unit: str = ""
    x_label: str = ""
    y_label: str = ""
