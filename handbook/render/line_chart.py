"""Drawing line charts: a plot with its axes and its legend, and the points as a table.

The plot is drawn by `handbook.render.plot`. A table of the points follows where there are few, or
stands alone for readers who do not see the plot.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.render.cells import cells, cut, pad
from handbook.render.line import Run
from handbook.render.numbers import number
from handbook.render.plot import Plot, pen_of
from handbook.render.ticks import Axis, across, upright
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model import Chart
    from handbook.render.options import Options

Row: TypeAlias = "tuple[Run, ...]"

_TALL, _SHORT = 12, 8
_NARROW = 50
"""Plots are short below this width."""

_MOST_POINTS = 12
_MOST_DECIMALS = 4
_ROWS_A_TICK, _CELLS_A_TICK, _MOST_TICKS = 3, 9, 8


class _Frame(NamedTuple):
    """The axes of a plot."""

    across: Axis
    upright: Axis

    def place(self, point: tuple[float, float]) -> tuple[float, float] | None:
        """Return a point as shares of width and height, None if it cannot be drawn."""
        x, y = self.across.share(point[0]), self.upright.share(point[1])
        return None if x is None or y is None else (x, y)


def line_chart_rows(chart: Chart, width: int, options: Options) -> list[Row]:
    """Return the plot of a line chart, and its points where there are few."""
    rows = plot_rows(chart, width, options)
    if options.spoken:
        return rows
    return rows + _point_rows(chart, width) if rows else []


def plot_rows(chart: Chart, width: int, options: Options, height: int = 0) -> list[Row]:
    """Return a line chart with its axes and its legend; the plot itself takes `height` rows.

    Without a height it takes as many as suit its width. A chart without points has no rows.
    """
    frame = _find_frame(chart)
    if frame is None:
        return []
    if options.spoken:
        return value_table(chart, width, options)
    height = height or (_TALL if width >= _NARROW else _SHORT)
    ticks = frame.upright.ticks(height // _ROWS_A_TICK + 1)
    tick_width = max((len(text) for _, text in ticks), default=0)
    room = max(width - tick_width - 1, 2)
    plot = Plot(room, height, is_ascii=options.ascii)
    for index, series in enumerate(chart.series):
        places = [place for place in map(frame.place, series.points) if place is not None]
        plot.draw(places, pen_of(index, is_ascii=options.ascii))
    marked = {plot.row(frame.upright.share(value) or 0.0): text for value, text in ticks}
    rows = _title_rows(chart, width)
    for index, runs in enumerate(plot.rows()):
        is_tick = index in marked and not options.ascii  # the ASCII sign marks a series as well
        sign = options.signs.grid[7 if is_tick else 0]
        axis = marked.get(index, "").rjust(tick_width) + sign
        rows.append((Run(axis, "chart.axis"), *runs))
    rows += _x_axis(frame.across, plot, tick_width, width, options)
    return rows + _legend_rows(chart, width, options)


def _find_frame(chart: Chart) -> _Frame | None:
    is_log = chart.scale == "log"
    points = [
        (x, y)
        for series in chart.series
        for x, y in series.points
        if math.isfinite(x) and math.isfinite(y) and not (is_log and y <= 0)
    ]
    if not points:
        return None
    return _Frame(across([x for x, _ in points]), upright([y for _, y in points], is_log=is_log))


def _title_rows(chart: Chart, width: int) -> list[Row]:
    label = chart.y_label
    if chart.unit and chart.unit != label:
        label = f"{label} ({chart.unit})" if label else chart.unit
    if chart.scale == "log":
        label = f"{label}, log scale" if label else "log scale"
    return wrap_runs([Run(label, "chart.axis")], width) if label else []


def _x_axis(axis: Axis, plot: Plot, indent: int, width: int, options: Options) -> list[Row]:
    """Return the horizontal axis, and below it its figures as far as there is room."""
    grid = options.signs.grid
    line = [grid[1]] * plot.width
    figures = [" "] * width
    free = 0
    for value, text in axis.ticks(min(plot.width // _CELLS_A_TICK + 1, _MOST_TICKS)):
        column = plot.column(axis.share(value) or 0.0)
        line[column] = grid[3]
        start = max(0, min(indent + 1 + column - (len(text) - 1) // 2, width - len(text)))
        if start >= free and start + len(text) <= width:
            figures[start : start + len(text)] = text
            free = start + len(text) + 1
    return [
        (Run((" " * indent + grid[8] + "".join(line))[:width], "chart.axis"),),
        (Run("".join(figures).rstrip(), "chart.axis"),),
    ]


def _legend_rows(chart: Chart, width: int, options: Options) -> list[Row]:
    """Return the names of the series, each with its pen, and that of the horizontal axis."""
    runs: list[Run] = []
    for index, series in enumerate(chart.series):
        if series.name:
            pen = pen_of(index, is_ascii=options.ascii)
            runs += [Run("   ", "muted")] * bool(runs)
            runs += [
                Run(pen.sample, pen.style),
                Run(f"{options.signs.space}{series.name}", "muted"),
            ]
    rows: list[Row] = wrap_runs(runs, width) if runs else []
    if not chart.x_label:
        return rows
    label = cut(chart.x_label, width, options.signs.ellipsis)
    taken = sum(cells(run.text) for run in rows[-1]) if rows else 0
    if rows and taken + 3 + cells(label) <= width:
        gap = Run(" " * (width - taken - cells(label)), "muted")
        return [*rows[:-1], (*rows[-1], gap, Run(label, "chart.axis"))]
    return [(Run(pad(label, width, "right"), "chart.axis"),), *rows]


# The points as a table


def value_table(chart: Chart, width: int, options: Options) -> list[Row]:
    """Return the points of a line chart as a table with a row for each x, twelve at most.

    Of more points every second is told, or every third, and always the last one. Where the table
    is too wide its rows become pairs.
    """
    steps = _steps(chart)
    if not steps:
        return []
    every = -(-len(steps) // _MOST_POINTS)
    shown = steps[::-every][::-1]
    table = _columns(chart, shown)
    title = _title_rows(chart, width)
    widths = _widths(table)
    if options.spoken:
        rows = title + [row for line in table[1:] for row in _said_rows(table[0], line, width)]
    elif sum(widths) + 2 * (len(widths) - 1) <= width:
        rows = title + _table_rows(table, widths)
    else:
        kept = set(shown)
        rows = title + [
            row
            for series in chart.series
            for row in _pair_rows([p for p in series.points if p[0] in kept], series.name, width)
        ]
    if every > 1:
        space = options.signs.space
        note = f"{len(shown)}{space}of{space}{len(steps)} points"
        rows += wrap_runs([Run(note, "muted")], width)
    return rows


def _steps(chart: Chart) -> list[float]:
    return sorted({x for series in chart.series for x, _ in series.points if math.isfinite(x)})


def _columns(chart: Chart, steps: Sequence[float]) -> list[list[str]]:
    """Return a table with a row for each x: its head, x, and the value of each series."""
    columns = [[chart.x_label or "x", *map(number, steps)]]
    for series in chart.series:
        points = dict(series.points)
        decimals = _decimals([points[x] for x in steps if x in points])
        figures = [_figure(points[x], decimals) if x in points else "" for x in steps]
        columns.append([series.name or chart.y_label or "y", *figures])
    return [list(row) for row in zip(*columns, strict=True)]


def _decimals(values: Sequence[float]) -> int:
    """Return the decimals with which all of some values are written, 0 if they are too unlike."""
    written = [number(value) for value in values]
    found = max((len(text.partition(".")[2]) for text in written), default=0)
    return found if found <= _MOST_DECIMALS and not any("e" in text for text in written) else 0


def _figure(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}" if decimals and math.isfinite(value) else number(value)


def _widths(table: list[list[str]]) -> list[int]:
    return [max(map(cells, column)) for column in zip(*table, strict=True)]


def _point_rows(chart: Chart, width: int) -> list[Row]:
    """Return the points as a table, lying or standing, or as pairs where both are too wide."""
    steps = _steps(chart)
    if not 0 < len(steps) <= _MOST_POINTS:
        return []
    standing = _columns(chart, steps)
    lying = [list(column) for column in zip(*standing, strict=True)]
    for table in (lying, standing):
        widths = _widths(table)
        if sum(widths) + 2 * (len(widths) - 1) <= width:
            return [(), *_table_rows(table, widths)]
    return [(), *(row for s in chart.series for row in _pair_rows(s.points, s.name, width))]


def _table_rows(table: list[list[str]], widths: list[int]) -> list[Row]:
    rows: list[Row] = []
    for number_of_row, line in enumerate(table):
        name = pad(line[0], widths[0])
        rest = [pad(text, size, "right") for text, size in zip(line[1:], widths[1:], strict=True)]
        style = "text" if number_of_row else "table.header"
        rows.append((Run("  ".join([name, *rest]).rstrip(), style),))
    return rows


def _said_rows(head: Sequence[str], line: Sequence[str], width: int) -> list[Row]:
    """Return a row of the table as "epoch 10: train 0.52, validation 0.61"."""
    values = ", ".join(f"{a} {b}" for a, b in zip(head[1:], line[1:], strict=True) if b)
    return wrap_runs([Run(f"{head[0]} {line[0]}: {values}")], width)


def _pair_rows(points: Sequence[tuple[float, float]], name: str, width: int) -> list[Row]:
    pairs = ", ".join(f"{number(x)}={number(y)}" for x, y in points)
    lead = Run(f"{name}: " if name else "", "table.header")
    return wrap_runs([lead, Run(pairs)], width)
