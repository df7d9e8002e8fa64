"""Writing figures for people."""

from __future__ import annotations

import math

_SUFFIXES = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))


def number(value: float) -> str:
    """Return a figure with thousands separators and no more decimals than it needs."""
    if not math.isfinite(value):
        return str(value)
    if value == int(value):
        return f"{int(value):,}"
    if abs(value) < 0.001:
        return f"{value:.3g}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def short_number(value: float) -> str:
    """Return a figure as an axis shows it: 10k, 3M, 0.01."""
    for size, suffix in _SUFFIXES:
        if abs(value) >= size:
            return f"{value / size:.3g}{suffix}"
    return f"{value:.3g}"


def with_unit(figure: str, unit: str) -> str:
    """Return a figure with its unit: "35 people", but "35%"."""
    if not unit:
        return figure
    return figure + unit if unit.startswith(("%", "°")) else f"{figure} {unit}"
