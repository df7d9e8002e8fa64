"""Drawing charts with text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.line import Line, Run
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from handbook.model import Chart
    from handbook.render.options import Options


def chart_lines(chart: Chart, width: int, options: Options) -> tuple[Line, ...]:
    """Return a chart as lines of at most `width` cells."""
    return tuple(Line(row) for row in chart_rows(chart, width, options))


def chart_rows(chart: Chart, width: int, options: Options) -> list[tuple[Run, ...]]:
    """Return a chart as rows of at most `width` cells."""
    del options
    return wrap_runs([Run(chart.title, "strong")], width)
