"""Drawing charts with text: bars here, lines in `handbook.render.line_chart`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.render.cells import cells, pad
from handbook.render.line import Line, Run
from handbook.render.numbers import number, short_number, with_unit
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from handbook.model import Bar, Chart
    from handbook.render.options import Options

Row: TypeAlias = "tuple[Run, ...]"

_NARROW = 50
"""Below this width the label stands above its bar."""
_SHORT_UNIT = 2
"""Cells of a unit, such as %, that stands behind every figure."""

_LEAST_BAR = 10


class _Scale(NamedTuple):
    """Where figures lie on an axis: from `low` to `high`, as powers of ten if `is_log`."""

    low: float
    high: float
    is_log: bool

    def share(self, value: float) -> float:
        """Return how far along the axis a figure lies, from 0 to 1."""
        if self.is_log:
            value = math.log10(value) if value > 0 else self.low
        if not math.isfinite(value) or self.high <= self.low:
            return 0.0
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def chart_lines(chart: Chart, width: int, options: Options) -> tuple[Line, ...]:
    """Return a chart as lines of at most `width` cells."""
    return tuple(Line(row) for row in chart_rows(chart, width, options))


def chart_rows(chart: Chart, width: int, options: Options) -> list[Row]:
    """Return a chart as rows of at most `width` cells: title, picture, figures."""
    unit = f"({chart.unit})" if chart.kind == "bars" and cells(chart.unit) > _SHORT_UNIT else ""
    head = [Run(chart.title, "strong"), Run(f" {unit}" if chart.title else unit, "muted")]
    rows: list[Row] = wrap_runs([run for run in head if run.text.strip()], width)
    if chart.kind == "bars":
        bars = _bar_rows(chart, width, options)
        return rows + [tuple(run for run in row if run.text) for row in bars]
    from handbook.render.line_chart import line_chart_rows  # noqa: PLC0415 - few pages need it

    return rows + line_chart_rows(chart, width, options)


def _bar_rows(chart: Chart, width: int, options: Options) -> list[Row]:
    if not chart.bars:
        return []
    if options.spoken:
        said = [(bar.label, _figure(bar, chart.unit, options)) for bar in chart.bars]
        return [row for each in said for row in wrap_runs([Run(": ".join(each))], width)]
    scale = _scale(chart)
    # A long unit stands once, behind the title, and leaves its room to the bars.
    unit = chart.unit if cells(chart.unit) <= _SHORT_UNIT else ""
    figures = [_figure(bar, unit, options) for bar in chart.bars]
    figure_width = max(map(cells, figures))
    label_width = min(max(cells(bar.label) for bar in chart.bars), width * 3 // 10)
    room = width - label_width - figure_width - 2
    is_narrow = width < _NARROW or room < _LEAST_BAR
    if is_narrow:
        label_width = 0
        room = width - figure_width - 1
        if room < _LEAST_BAR:
            figure_width, room = 0, width
    if scale.is_log:
        room = max(room - 1 - (room - 1) % round(scale.high - scale.low), 1)  # even ticks
    rows: list[Row] = []
    for bar, figure in zip(chart.bars, figures, strict=True):
        drawn = Run(_drawn(bar, scale, room, options), "chart.bar")
        if is_narrow:
            rows.extend(_under_label(bar.label, drawn, figure, width, figure_width))
        else:
            after = Run(pad(figure, width - label_width - 1 - cells(drawn.text), "right"))
            rows.extend(_beside_label(bar.label, drawn, after, label_width))
    if scale.is_log:
        rows.extend(_log_axis(scale, label_width + (label_width > 0), room, width, options))
    return rows


def _scale(chart: Chart) -> _Scale:
    values = [value for bar in chart.bars for value in (bar.value, bar.high) if value is not None]
    finite = [value for value in values if math.isfinite(value)]
    positive = [value for value in finite if value > 0]
    if chart.scale == "log" and positive:
        low = math.floor(math.log10(min(positive)))
        high = math.ceil(math.log10(max(positive)))
        if math.log10(min(positive)) == low:
            low -= 1  # else the smallest bar would have no length
        return _Scale(low, max(high, low + 1), is_log=True)
    return _Scale(0.0, max(finite, default=0.0), is_log=False)


def _figure(bar: Bar, unit: str, options: Options) -> str:
    figure = number(bar.value)
    if bar.high is not None:
        to = " to " if options.spoken else "-" if options.ascii else "–"
        figure += to + number(bar.high)
    return with_unit(figure, unit)


def _drawn(bar: Bar, scale: _Scale, room: int, options: Options) -> str:
    """Return a bar, or the part of the axis that a range covers, in at most `room` cells."""
    blocks = options.signs.blocks
    share = scale.share(bar.value if bar.high is None else bar.high)
    full, eighths = divmod(round(share * room * 8), 8)
    is_seen = bar.value != 0 or bar.high is not None
    if len(blocks) == 1:
        full, eighths = max(round(share * room), int(is_seen and share > 0)), 0
    elif is_seen and full == 0 and eighths == 0 and share > 0:
        eighths = 1
    drawn = blocks[0] * full + (blocks[8 - eighths] if eighths else "")
    if bar.high is None:
        return drawn
    start = min(int(scale.share(bar.value) * room), room - 1)
    return " " * start + options.signs.range_start + drawn[start + 1 :]


def _under_label(label: str, drawn: Run, figure: str, width: int, figure_width: int) -> list[Row]:
    rows = wrap_runs([Run(label)], width)
    if figure_width:
        gap = width - cells(drawn.text) - cells(figure)
        return [*rows, (drawn, Run(" " * gap), Run(figure))]
    return [*rows, (drawn,), *wrap_runs([Run(figure)], width)]


def _beside_label(label: str, drawn: Run, figure: Run, label_width: int) -> list[Row]:
    first, *rest = wrap_runs([Run(label)], label_width) or [()]
    text = "".join(run.text for run in first)
    return [(Run(pad(text, label_width) + " "), drawn, figure), *rest]


def _log_axis(scale: _Scale, indent: int, room: int, width: int, options: Options) -> list[Row]:
    """Return an axis with a tick for each power of ten, and a line that says what it is."""
    grid = options.signs.grid
    decades = range(round(scale.low), round(scale.high) + 1)
    axis = [grid[1]] * (room + 1)
    labels = [" "] * width
    free = 0
    for power in decades:
        at = round(scale.share(10.0**power) * room)
        axis[at] = grid[9]
        text = short_number(10.0**power)
        start = max(0, min(indent + at - len(text) // 2, width - len(text)))
        if start >= free:
            labels[start : start + len(text)] = text
            free = start + len(text) + 1
    lead = (Run(" " * indent),) if indent else ()
    note = wrap_runs([Run("log scale: each mark is ten times the one before", "muted")], width)
    return [
        (*lead, Run("".join(axis), "chart.axis")),
        (Run("".join(labels).rstrip(), "chart.axis"),),
        *note,
    ]
