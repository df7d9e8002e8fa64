"""Setting blocks: each kind becomes rows of runs, containers put bars and marks before them.

A row is the runs of one line. No row is wider than the width asked for; where a page is so narrow
that a container would leave no room for words, its indentation is given up first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from handbook.model import (
    Admonition,
    Block,
    Bullets,
    ChartBlock,
    Code,
    Definitions,
    Footnotes,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from handbook.render.cells import cells
from handbook.render.line import Run
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.render.context import Context

Row: TypeAlias = "tuple[Run, ...]"
Rows: TypeAlias = "list[Row]"

LEAST = 8
"""Cells that a container leaves to its words; below that it gives up its indentation."""

KINDS = {
    "note": "Note",
    "tip": "Tip",
    "warning": "Warning",
    "example": "Example",
    "dated": "Dated",
    "check": "Check yourself",
}
_STYLES_OF_KINDS = frozenset({"note", "tip", "warning", "dated", "check"})


def block_rows(block: Block, width: int, context: Context, base: str = "text") -> Rows:
    """Return the rows of one block."""
    match block:
        case Paragraph():
            rows = wrap_runs(context.runs(block.spans, base), width)
        case Heading():
            rows = _heading_rows(block, width, context)
        case Bullets():
            rows = _bullets_rows(block, width, context, base)
        case Quote():
            inside = blocks_rows(block.blocks, inner_width(width), context, "quote")
            rows = _barred(inside, Run(context.signs.bar, "quote.bar"), width)
        case Admonition():
            rows = _admonition_rows(block, width, context)
        case Definitions():
            rows = _definitions_rows(block, width, context, base)
        case Footnotes():
            rows = _footnotes_rows(block, width, context)
        case Rule():
            rows = [(Run(context.signs.rule * width, "muted"),)]
        case _:
            rows = _drawn_rows(block, width, context, base)
    return rows


def _drawn_rows(block: Code | Table | ChartBlock, width: int, context: Context, base: str) -> Rows:
    """Set the blocks that few pages have; their modules are loaded when the first one comes."""
    if isinstance(block, Code):
        from handbook.render.code import code_rows  # noqa: PLC0415 - as said above

        return code_rows(block, width, context.options)
    if isinstance(block, Table):
        from handbook.render.table import table_rows  # noqa: PLC0415

        return table_rows(block, width, context, base)
    from handbook.render.chart import chart_rows  # noqa: PLC0415

    return chart_rows(block.chart, width, context.options)


def blocks_rows(
    blocks: Sequence[Block],
    width: int,
    context: Context,
    base: str = "text",
    *,
    tight: bool = False,
) -> Rows:
    """Return the rows of several blocks with the empty rows between them."""
    if len(blocks) == 1:
        return block_rows(blocks[0], width, context, base)
    rows: Rows = []
    before: Block | None = None
    for block in blocks:
        if before is not None and not (tight and not isinstance(block, Heading)):
            rows.extend([()] * gap_between(before, block))
        first = len(context.rows_of_lines)
        start = len(rows)
        rows.extend(block_rows(block, width, context, base))
        _shift(context, first, start)
        before = block
    return rows


def gap_between(before: Block, block: Block) -> int:
    """Return how many empty rows stand between two neighbours."""
    if isinstance(before, Heading) and before.level > 1 and not isinstance(block, Heading):
        return 0
    return 1


def _shift(context: Context, first: int, rows: int) -> None:
    """Move the rows of source lines from `first` on down by a number of rows."""
    marks = context.rows_of_lines
    if rows and len(marks) > first:
        marks[first:] = [(line, row + rows) for line, row in marks[first:]]


def _heading_rows(block: Heading, width: int, context: Context) -> Rows:
    style = f"heading.{block.level}" if block.level <= 3 else "strong"
    runs = [
        run if run.style == "link" else Run(run.text, style, run.link)
        for run in context.runs(block.spans, style, terms=False)
    ]
    rows = wrap_runs(runs, width)
    length = max((row_width(row) for row in rows), default=0)
    if block.level == 1 and length and context.signs.heading_rule:
        rows.append((Run(context.signs.heading_rule * length, "heading.rule"),))
    return rows


def row_width(row: Row) -> int:
    """Return the width of a row in cells."""
    return sum(cells(run.text) for run in row)


def inner_width(width: int, taken: int = 2) -> int:
    """Return what a container that takes some cells leaves; all, if it had to leave too little."""
    return width - taken if width - taken >= LEAST else width


def hung(rows: Rows, first: Run, width: int) -> Rows:
    """Put `first` before the first row and as many spaces before the others.

    The rows have to be set at `inner_width(width, cells(first.text))`; without room `first`
    stands above them.
    """
    taken = cells(first.text)
    alone = (Run(first.text.rstrip(), first.style),)
    if width - taken < LEAST:
        return [*wrap_runs(alone, width), *rows]
    if not rows:
        return [alone]
    indent = Run(" " * taken)
    head = (first, *rows[0]) if rows[0] else alone
    return [head, *[(indent, *row) if row else row for row in rows[1:]]]


def _barred(rows: Rows, bar: Run, width: int) -> Rows:
    if width - 2 < LEAST or not bar.text:
        return rows
    spaced = Run(bar.text + " ", bar.style)
    return [(spaced, *row) if row else (bar,) for row in rows]


def _bullets_rows(block: Bullets, width: int, context: Context, base: str) -> Rows:
    rows: Rows = []
    for index, item in enumerate(block.items):
        if rows and not block.tight:
            rows.append(())
        mark = _mark(block, index, item, context)
        first, start = len(context.rows_of_lines), len(rows)
        inner = inner_width(width, len(mark.text))
        body = blocks_rows(item.blocks, inner, context, base, tight=block.tight)
        _shift(context, first, start + (inner == width))
        context.rows_of_lines.append((item.line, start))
        rows.extend(hung(body, mark, width))
    return rows


def _mark(block: Bullets, index: int, item: ListItem, context: Context) -> Run:
    """Return what stands before an item: a box, a number or a bullet."""
    if item.checked is not None and context.options.spoken:
        return Run("Done: " if item.checked else "To do: ", "task.open")
    if item.checked is not None:
        return Run("[x] ", "task.done") if item.checked else Run("[ ] ", "task.open")
    if block.start is None:
        return Run(context.signs.bullet + " ", "bullet")
    digits = len(str(block.start + len(block.items) - 1))
    return Run(f"{block.start + index:>{digits}}. ", "bullet")


def _admonition_rows(block: Admonition, width: int, context: Context) -> Rows:
    kind = block.kind.lower()
    word = KINDS.get(kind) or kind.capitalize() or KINDS["note"]
    repeats = block.title.strip().lower().rstrip(".:") in {"", word.lower(), kind}
    title = word if repeats else f"{word}: {block.title.strip()}"
    inner = inner_width(width)
    rows = wrap_runs([Run(title, "strong")], inner)
    first, start = len(context.rows_of_lines), len(rows)
    rows.extend(blocks_rows(block.blocks, inner, context))
    _shift(context, first, start)
    style = kind if kind in _STYLES_OF_KINDS else "note"
    return _barred(rows, Run(context.signs.bar, style), width)


def _definitions_rows(block: Definitions, width: int, context: Context, base: str) -> Rows:
    rows: Rows = []
    for item in block.items:
        if rows:
            rows.append(())
        context.rows_of_lines.append((item.line, len(rows)))
        rows.extend(wrap_runs(context.runs(item.term, "strong", terms=False), width))
        first, start = len(context.rows_of_lines), len(rows)
        inner = inner_width(width, 4)
        body = blocks_rows(item.blocks, inner, context, base)
        _shift(context, first, start)
        indent = Run(" " * (width - inner))
        rows.extend((indent, *row) if row and indent.text else row for row in body)
    return rows


def _footnotes_rows(block: Footnotes, width: int, context: Context) -> Rows:
    rows: Rows = [(Run(context.signs.rule * min(8, width), "muted"),)]
    digits = len(str(max((item.number for item in block.items), default=0)))
    for item in block.items:
        mark = Run(f"{item.number:>{digits}}. ", "cite")
        first, start = len(context.rows_of_lines), len(rows)
        body = blocks_rows(item.blocks, inner_width(width, len(mark.text)), context)
        _shift(context, first, start)
        rows.extend(hung(body, mark, width))
    return rows
