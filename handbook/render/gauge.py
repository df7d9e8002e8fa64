"""A skill as a row of ten marks and a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.line import Run
from handbook.render.numbers import number

if TYPE_CHECKING:
    from handbook.render.options import Options


def gauge(value: float | None, options: Options) -> list[Run]:
    """Return a skill from 0 to 10 as runs, 14 cells at most; None is "not drawn"."""
    if value is None:
        return [Run("not drawn", "muted")]
    if options.spoken:
        return [Run(number(value))]
    full = min(10, max(0, round(value)))
    signs = options.signs.gauge
    return [Run(signs[0] * full + signs[1] * (10 - full), "gauge"), Run(" " + number(value))]
