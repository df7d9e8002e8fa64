"""Drawing line charts: braille dots and a mark at each point, or ASCII marks.

Each series has a mark of its own, told in a legend, so that colour is never needed to tell them
apart. A table of the points follows where there are few.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.render.cells import cells, cut, pad
from handbook.render.line import Run
from handbook.render.numbers import number, short_number
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model import Chart, Series
    from handbook.render.options import Options

Row: TypeAlias = "tuple[Run, ...]"
Point: TypeAlias = "tuple[float, float]"

_TALL, _SHORT = 12, 8
_MARKS = "●■▲◆○□"
_ASCII_MARKS = "*+ox#@"
_MOST_POINTS = 12
_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # Unicode 16, section 21.1


class _Frame(NamedTuple):
    """The figures at the four sides of the picture; `is_log`: the upright axis is logarithmic."""

    left: float
    right: float
    bottom: float
    top: float
    is_log: bool

    def place(self, point: Point) -> Point | None:
        """Return a point as shares of width and height, None if it cannot be drawn."""
        x, y = point
        low, high = self.bottom, self.top
        if self.is_log:
            if y <= 0:
                return None
            y, low, high = math.log10(y), math.log10(low), math.log10(high)
        if not (math.isfinite(x) and math.isfinite(y)):
            return None
        across = (x - self.left) / (self.right - self.left) if self.right > self.left else 0.5
        return across, (y - low) / (high - low) if high > low else 0.5


def line_chart_rows(chart: Chart, width: int, options: Options) -> list[Row]:
    """Return the picture of a line chart with its axes, its legend and its points."""
    frame = _find_frame(chart)
    if frame is None:
        return []
    ticks = (short_number(frame.top), short_number(frame.bottom))
    tick_width = max(map(len, ticks))
    room = width - tick_width - 1
    height = _TALL if width >= 50 else _SHORT
    picture = _Picture(max(room, 2), height, is_braille=not options.ascii)
    marks = _ASCII_MARKS if options.ascii else _MARKS
    for index, series in enumerate(chart.series):
        places = [place for place in map(frame.place, series.points) if place is not None]
        picture.draw(places, marks[index % len(marks)])
    rows = _title_rows(chart, width)
    vertical, corner = options.signs.grid[0], options.signs.grid[8]
    for index, cells_of_row in enumerate(picture.rows()):
        tick = ticks[0] if index == 0 else ticks[1] if index == height - 1 else ""
        axis = Run(tick.rjust(tick_width) + vertical, "chart.axis")
        drawn = "".join(cells_of_row).rstrip()
        rows.append((axis, Run(drawn, "chart.line")) if drawn else (axis,))
    line = " " * tick_width + corner + options.signs.grid[1] * room
    rows.append((Run(line, "chart.axis"),))
    rows.append((Run(_x_axis(chart, frame, tick_width + 1, width), "chart.axis"),))
    return rows + _legend_rows(chart, marks, width, options) + _point_rows(chart, width)


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
    across, up = zip(*points, strict=True)
    return _Frame(min(across), max(across), min(up), max(up), is_log)


class _Picture:
    """A canvas of `width` by `height` cells; a braille cell has 2 by 4 dots."""

    def __init__(self, width: int, height: int, *, is_braille: bool) -> None:
        self.width, self.height = width, height
        self._dots = [[0] * width for _ in range(height)]
        self._marks: dict[tuple[int, int], str] = {}
        self._is_braille = is_braille
        self._fine = (width * 2, height * 4) if is_braille else (width, height)

    def draw(self, places: Sequence[Point], mark: str) -> None:
        """Draw a line through places (shares of width and height) and put a mark on each."""
        wide, high = self._fine
        spots = [(round(x * (wide - 1)), round((1 - y) * (high - 1))) for x, y in places]
        for start, end in zip(spots, spots[1:] or spots, strict=False):
            for x, y in _between(start, end):
                if self._is_braille:
                    self._dots[y // 4][x // 2] |= _DOTS[y % 4][x % 2]
                else:
                    self._marks.setdefault((y, x), mark)
        step = 1 if len(spots) <= _MOST_POINTS else len(spots) // 6
        for x, y in spots[::step] if self._is_braille else spots:
            row, column = (y // 4, x // 2) if self._is_braille else (y, x)
            if not self._is_braille or self._is_free(row, column):
                self._marks[row, column] = mark

    def _is_free(self, row: int, column: int) -> bool:
        """Whether a mark here leaves some of the line to be seen beside it."""
        return (row, column - 1) not in self._marks

    def rows(self) -> Iterator[list[str]]:
        """Yield the cells of each row."""
        for row, dots in enumerate(self._dots):
            yield [
                self._marks.get((row, column)) or (chr(_BRAILLE + bits) if bits else " ")
                for column, bits in enumerate(dots)
            ]


def _between(start: tuple[int, int], end: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the dots of a straight line."""
    (x0, y0), (x1, y1) = start, end
    steps = max(abs(x1 - x0), abs(y1 - y0), 1)
    for step in range(steps + 1):
        yield round(x0 + (x1 - x0) * step / steps), round(y0 + (y1 - y0) * step / steps)


def _title_rows(chart: Chart, width: int) -> list[Row]:
    label = chart.y_label
    if chart.unit and chart.unit != label:
        label = f"{label} ({chart.unit})" if label else chart.unit
    if chart.scale == "log":
        label = f"{label}, log scale" if label else "log scale"
    return wrap_runs([Run(label, "chart.axis")], width) if label else []


def _x_axis(chart: Chart, frame: _Frame, indent: int, width: int) -> str:
    """Return the least and the greatest x, and the label between them as far as there is room."""
    left, right = short_number(frame.left), short_number(frame.right)
    room = width - indent - len(left) - len(right) - 2
    label = cut(chart.x_label, max(room, 0), "")
    gap = width - indent - len(left) - len(right)
    return (" " * indent + left + pad(label, gap, "centre") + right)[:width]


def _legend_rows(chart: Chart, marks: str, width: int, options: Options) -> list[Row]:
    text = "   ".join(
        f"{marks[index % len(marks)]}{options.signs.space}{series.name}"
        for index, series in enumerate(chart.series)
        if series.name
    )
    return wrap_runs([Run(text, "muted")], width) if text else []


def _point_rows(chart: Chart, width: int) -> list[Row]:
    """Return the points as a table, lying or standing, or as pairs where both are too wide."""
    steps = sorted({x for series in chart.series for x, _ in series.points})
    if not 0 < len(steps) <= _MOST_POINTS:
        return []
    lying = [[chart.x_label or "x", *map(number, steps)]]
    for series in chart.series:
        points = dict(series.points)
        figures = [number(points[x]) if x in points else "" for x in steps]
        lying.append([series.name or chart.y_label or "y", *figures])
    standing = [list(column) for column in zip(*lying, strict=True)]
    for table in (lying, standing):
        widths = [max(map(cells, column)) for column in zip(*table, strict=True)]
        if sum(widths) + 2 * (len(widths) - 1) <= width:
            return [(), *_table_rows(table, widths)]
    return [(), *(row for series in chart.series for row in _pair_rows(series, width))]


def _table_rows(table: list[list[str]], widths: list[int]) -> list[Row]:
    rows: list[Row] = []
    for number_of_row, line in enumerate(table):
        name = pad(line[0], widths[0])
        rest = [pad(text, size, "right") for text, size in zip(line[1:], widths[1:], strict=True)]
        style = "text" if number_of_row else "table.header"
        rows.append((Run("  ".join([name, *rest]).rstrip(), style),))
    return rows


def _pair_rows(series: Series, width: int) -> list[Row]:
    pairs = ", ".join(f"{number(x)}={number(y)}" for x, y in series.points)
    name = f"{series.name}: " if series.name else ""
    return wrap_runs([Run(name, "table.header"), Run(pairs)], width)
