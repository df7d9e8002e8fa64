"""Blocks as Markdown: what a report is copied, written and sent as."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.model import (
    Admonition,
    Bullets,
    ChartBlock,
    Code,
    Definitions,
    Footnotes,
    Heading,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from handbook.render.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.model import Block, Span

_TICKS = re.compile(r"`+")


def blocks_markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown that ends with a line feed; links lose where they lead."""
    return "\n\n".join("\n".join(_rows(block)) for block in blocks) + "\n"


def spans_markdown(spans: Sequence[Span]) -> str:
    """Return spans as one or more lines of Markdown."""
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    styles = span.style.split()
    if "code" in styles:
        return _code(span.text)
    bare = span.text.strip()
    if not bare:
        return span.text
    # Marks must stand at the words themselves, and what is around them keeps words apart.
    before, _, after = span.text.partition(bare)
    text = escaped(bare)
    for style, mark in (("emphasis", "*"), ("strong", "**"), ("strike", "~~")):
        if style in styles:
            text = f"{mark}{text}{mark}"
    return before + text + after


def _code(text: str) -> str:
    fence = "`" * (1 + max(map(len, _TICKS.findall(text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _rows(block: Block) -> list[str]:
    match block:
        case Heading():
            rows = [f"{'#' * block.level} {spans_markdown(block.spans)}"]
        case Paragraph():
            rows = spans_markdown(block.spans).split("\n")
        case Code():
            rows = _fenced(block.text, block.language)
        case ChartBlock():
            rows = _fenced(block.source.rstrip("\n"), "chart")
        case Bullets():
            rows = _bullets(block)
        case Table():
            rows = _table(block)
        case Rule():
            rows = ["---"]
        case Quote() | Admonition():
            rows = [f"> {row}".rstrip() for row in _inside(block.blocks)]
        case Definitions() | Footnotes():
            rows = [row for item in block.items for row in _inside(item.blocks)]
    return rows


def _inside(blocks: Sequence[Block]) -> list[str]:
    return blocks_markdown(blocks).rstrip("\n").split("\n") if blocks else []


def _fenced(text: str, language: str) -> list[str]:
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
    return [f"{fence}{language}", *text.split("\n"), fence]


def _bullets(block: Bullets) -> list[str]:
    rows: list[str] = []
    for number, item in enumerate(block.items, block.start or 1):
        mark = "- " if block.start is None else f"{number}. "
        box = "" if item.checked is None else f"[{'x' if item.checked else ' '}] "
        inner = _inside(item.blocks) or [""]
        rows.append(f"{mark}{box}{inner[0]}".rstrip())
        rows += [f"{' ' * len(mark)}{row}".rstrip() for row in inner[1:]]
    return rows


def _table(table: Table) -> list[str]:
    rules = {"left": "---", "centre": ":-:", "right": "--:"}

    def row(cells: Sequence[Sequence[Span]]) -> str:
        return "| " + " | ".join(spans_markdown(cell).replace("\n", " ") for cell in cells) + " |"

    rule = "|" + "|".join(rules[each] for each in table.align) + "|"
    return [row(table.header), rule, *map(row, table.rows)]
