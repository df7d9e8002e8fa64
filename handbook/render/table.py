"""Setting tables: columns that wrap at words, or a small list for each row on a narrow page.

Columns that fit keep their natural width and the rest is shared out evenly among the others, so
long columns wrap first; columns of numbers stay whole as long as the others get enough.
"""

from __future__ import annotations

import re
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.render.cells import cells
from handbook.render.line import Run
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model import Table
    from handbook.render.context import Context
    from handbook.render.options import Options

Row: TypeAlias = "tuple[Run, ...]"
Cell: TypeAlias = "list[Run]"

_LIST_BELOW = 60
_GRID_FROM = 90
_LEAST = 8
_NUMBER = re.compile(r"[^\w]*\d[\d.,\u00a0 –-]*(?:\s?[^\W\d]{1,2})?[^\w]*")


class _Shape(NamedTuple):
    """The widths of the columns, and whether they stand in a grid."""

    widths: list[int]
    align: Sequence[str]
    is_grid: bool


def table_rows(table: Table, width: int, context: Context, base: str = "text") -> list[Row]:
    """Return a table as rows of at most `width` cells."""
    header = [context.runs(cell, "table.header", terms=False) for cell in table.header]
    body = [[context.runs(cell, base) for cell in row] for row in table.rows]
    return cells_rows(header, body, table.align, width, context.options)


def cells_rows(
    header: list[Cell], body: list[list[Cell]], align: Sequence[str], width: int, options: Options
) -> list[Row]:
    """Return a table whose cells are runs already; every row has as many cells as `header`."""
    if options.spoken:
        return spoken_rows(header, body, width)
    count = len(header)
    is_grid = width >= _GRID_FROM if options.grid is None else options.grid
    room = width - (3 * count + 1 if is_grid else 2 * (count - 1))
    widths = _column_widths(header, body, room) if width >= _LIST_BELOW else None
    if widths is None:
        return _list_rows(header, body, width)
    return _column_rows(header, body, _Shape(widths, align, is_grid), options)


def _column_widths(header: list[Cell], body: list[list[Cell]], room: int) -> list[int] | None:
    """Return the width of each column, or None if one would be too narrow to read."""
    texts = [["".join(run.text for run in cell) for cell in row] for row in (header, *body)]
    columns = list(zip(*texts, strict=True))
    natural = [
        max(1, *(max(map(cells, text.split("\n"))) for text in column)) for column in columns
    ]
    whole = [index for index, column in enumerate(columns) if _is_numeric(column[1:])]
    widths = shared_widths(natural, room, whole)
    if any(got < min(wanted, _LEAST) for got, wanted in zip(widths, natural, strict=True)):
        widths = shared_widths(natural, room, ())
    if any(got < min(wanted, _LEAST) for got, wanted in zip(widths, natural, strict=True)):
        return None
    return widths


def _is_numeric(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text.strip()]
    return bool(filled) and all(_NUMBER.fullmatch(text) for text in filled)


def shared_widths(natural: Sequence[int], room: int, whole: Sequence[int]) -> list[int]:
    """Share `room` cells among columns; those in `whole` get what they want before the others."""
    widths = list(natural)
    for index in whole:
        room -= natural[index]
    open_columns = sorted(set(range(len(natural))) - set(whole), key=lambda i: natural[i])
    while open_columns:
        share = room // len(open_columns)
        if natural[open_columns[0]] > share:
            spare = room - share * len(open_columns)
            for position, index in enumerate(sorted(open_columns)):
                widths[index] = share + (position < spare)
            break
        room -= natural[open_columns.pop(0)]
    return widths


def _list_rows(header: list[Cell], body: list[list[Cell]], width: int) -> list[Row]:
    """Set each row of a table as lines of "column: value"."""
    if not body:
        return list(chain.from_iterable(wrap_runs(cell, width) for cell in header if cell))
    rows: list[Row] = []
    for cells_of_row in body:
        if rows and rows[-1]:
            rows.append(())
        for name, value in zip(header, cells_of_row, strict=True):
            if any(run.text.strip() for run in value):
                rows.extend(labelled_rows(name, value, width))
    return rows


def spoken_rows(header: list[Cell], body: list[list[Cell]], width: int) -> list[Row]:
    """Set each row of a table as one sentence, "column: value; column: value"."""
    if not body:
        return _list_rows(header, body, width)
    rows: list[Row] = []
    for cells_of_row in body:
        sentence: Cell = []
        for name, value in zip(header, cells_of_row, strict=True):
            if any(run.text.strip() for run in value):
                label = [*name, Run(": ")] if any(run.text.strip() for run in name) else []
                sentence += [Run("; ")] * bool(sentence) + [*label, *value]
        rows += wrap_runs(sentence, width) if sentence else []
    return rows


def labelled_rows(name: Cell, value: Cell, width: int) -> list[Row]:
    """Return "name: value" as rows, the second and later ones hanging by two cells."""
    label = [*name, Run(": ", name[-1].style)] if name else []
    first, *rest = wrap_runs([*label, *value], width)
    again = wrap_runs(_after([*label, *value], first), width - 2) if rest else []
    return [first, *((Run("  "), *row) for row in again)]


def _after(runs: list[Run], first: Row) -> list[Run]:
    """Return what of some runs is left after their first row."""
    taken = sum(len(run.text) for run in first)
    left: list[Run] = []
    for run in runs:
        if taken < len(run.text):
            left.append(Run(run.text[taken:], run.style, run.link))
        taken = max(0, taken - len(run.text))
    return left


def _column_rows(
    header: list[Cell], body: list[list[Cell]], shape: _Shape, options: Options
) -> list[Row]:
    head = _cell_rows(header, shape)
    sets = [_cell_rows(row, shape) for row in body]
    grid = options.signs.grid
    is_spaced = any(len(rows) > 1 for rows in sets)
    if not shape.is_grid:
        rule = Run(
            options.signs.rule * (sum(shape.widths) + 2 * len(shape.widths) - 2), "table.rule"
        )
        rows = [*(_spaced(row) for row in head), (rule,)]
        for index, cell_rows in enumerate(sets):
            rows.extend([()] * (is_spaced and index > 0))
            rows.extend(_spaced(row) for row in cell_rows)
        return rows
    rows = [_grid_rule(shape, grid, 0), *(_boxed(row, grid) for row in head)]
    for index, cell_rows in enumerate(sets):
        if index == 0 or is_spaced:
            rows.append(_grid_rule(shape, grid, 1))
        rows.extend(_boxed(row, grid) for row in cell_rows)
    return [*rows, _grid_rule(shape, grid, 2)]


def _cell_rows(row: list[Cell], shape: _Shape) -> list[list[Row]]:
    """Return the lines of a table's row, each a list of cells padded to their columns."""
    wrapped = [wrap_runs(cell, width) for cell, width in zip(row, shape.widths, strict=True)]
    return [
        [
            _padded(cell, width, align)
            for cell, width, align in zip(line, shape.widths, shape.align, strict=True)
        ]
        for line in zip_longest(*wrapped, fillvalue=())
    ]


def _padded(row: Row, width: int, align: str) -> Row:
    gap = width - sum(cells(run.text) for run in row)
    left = gap if align == "right" else gap // 2 if align == "centre" else 0
    before = (Run(" " * left),) if left else ()
    after = (Run(" " * (gap - left)),) if gap > left else ()
    return (*before, *row, *after)


def _spaced(line: list[Row]) -> Row:
    """Put two spaces between cells and none at the end."""
    runs: list[Run] = []
    for index, cell in enumerate(line):
        if index:
            runs.append(Run("  "))
        runs.extend(cell)
    while runs and runs[-1].link < 0 and not runs[-1].text.strip(" "):
        runs.pop()
    return tuple(runs)


def _boxed(line: list[Row], grid: str) -> Row:
    bar = Run(f" {grid[0]} ", "table.rule")
    runs = [Run(f"{grid[0]} ", "table.rule")]
    for index, cell in enumerate(line):
        if index:
            runs.append(bar)
        runs.extend(cell)
    return (*runs, Run(f" {grid[0]}", "table.rule"))


def _grid_rule(shape: _Shape, grid: str, level: int) -> Row:
    corners = grid[2 + 3 * level : 5 + 3 * level]
    line = corners[1].join(grid[1] * (width + 2) for width in shape.widths)
    return (Run(f"{corners[0]}{line}{corners[2]}", "table.rule"),)
