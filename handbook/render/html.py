"""Blocks as HTML to take elsewhere: all text escaped, charts and listings preformatted."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, TypeAlias

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
from handbook.render.chart import chart_lines
from handbook.render.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.model import Block, Link, Span

    Cell: TypeAlias = Sequence[Span]

WIDTH = 60
"""How many columns a chart takes."""

_TAGS = {"code": "code", "emphasis": "em", "strong": "strong", "strike": "s"}
_CALLS = re.compile(r"\[(?=(?:sound:|latex\]|/latex\]|\$+\]|/\$+\]|anki:))|\\(?=[(\[])")
"""What a flash-card program would take for a sound, a formula or a command of its own."""


def text_html(text: str) -> str:
    """Return plain text as HTML that shows exactly that text."""
    safe = escape(text, quote=False)
    return _CALLS.sub(lambda found: "&#91;" if found[0] == "[" else "&#92;", safe)


def spans_html(spans: Iterable[Span], links: Sequence[Link] = ()) -> str:
    """Return running text as HTML; only links to the web stay links."""
    return "".join(_span(span, links) for span in spans)


def _span(span: Span, links: Sequence[Link]) -> str:
    html = text_html(span.text).replace("\n", "<br>")
    for style in span.style.split():
        tag = _TAGS.get(style)
        html = f"<{tag}>{html}</{tag}>" if tag else html
    link = links[span.link] if 0 <= span.link < len(links) else None
    if link is not None and link.kind == "web":
        return f'<a href="{escape(link.target)}">{html}</a>'
    return html


def blocks_html(blocks: Iterable[Block], links: Sequence[Link] = ()) -> str:
    """Return blocks as HTML, one after the other."""
    return "".join(_block(block, links) for block in blocks)


def listing_html(text: str, *, is_numbered: bool = False) -> str:
    """Return a listing, with the numbers of its lines where they are asked for."""
    if is_numbered:
        lines = text.split("\n")
        width = len(str(len(lines)))
        text = "\n".join(f"{number:>{width}}  {line}" for number, line in enumerate(lines, 1))
    return f"<pre>{text_html(text)}</pre>"


def list_html(items: Iterable[str], kind: str = "", start: int = 1) -> str:
    """Return a list of things that are HTML already: bullets, or "1" or "a" for their labels."""
    inner = "".join(f"<li>{item}</li>" for item in items)
    first = "" if start == 1 else f' start="{start}"'
    return f'<ol type="{kind}"{first}>{inner}</ol>' if kind else f"<ul>{inner}</ul>"


def table_html(
    header: Sequence[Cell],
    rows: Iterable[Sequence[Cell]],
    links: Sequence[Link] = (),
    classes: Sequence[str] = (),
) -> str:
    """Return a table; `classes` are the attributes of the cells of each column."""
    attributes = (*classes, *[""] * (len(header) - len(classes)))

    def row_html(row: Sequence[Cell], tag: str) -> str:
        cells = zip(attributes, row, strict=False)
        inner = (f"<{tag}{each}>{spans_html(cell, links)}</{tag}>" for each, cell in cells)
        return f"<tr>{''.join(inner)}</tr>"

    body = "".join(row_html(row, "td") for row in rows)
    return f"<table>{row_html(header, 'th')}{body}</table>"


def _block(block: Block, links: Sequence[Link]) -> str:
    match block:
        case Heading():
            html = f"<p><strong>{spans_html(block.spans, links)}</strong></p>"
        case Paragraph():
            html = f"<p>{spans_html(block.spans, links)}</p>"
        case Code():
            html = listing_html(block.text)
        case Bullets():
            html = _bullets(block, links)
        case Table():
            html = table_html(block.header, block.rows, links)
        case Quote() | Admonition():
            html = _quote(block, links)
        case _:
            html = _rarely(block, links)
    return html


def _rarely(block: Rule | Definitions | ChartBlock | Footnotes, links: Sequence[Link]) -> str:
    match block:
        case Rule():
            return "<hr>"
        case Definitions():
            parts = [
                f"<dt>{spans_html(item.term, links)}</dt><dd>{blocks_html(item.blocks, links)}</dd>"
                for item in block.items
            ]
            return f"<dl>{''.join(parts)}</dl>"
        case ChartBlock():
            lines = chart_lines(block.chart, WIDTH, Options())
            return listing_html("\n".join(line.text.rstrip() for line in lines))
        case Footnotes():
            return list_html((blocks_html(each.blocks, links) for each in block.items), "1")


def _quote(block: Quote | Admonition, links: Sequence[Link]) -> str:
    title = ""
    if isinstance(block, Admonition):
        title = f"<p><strong>{text_html(block.title or block.kind)}</strong></p>"
    return f"<blockquote>{title}{blocks_html(block.blocks, links)}</blockquote>"


def _bullets(block: Bullets, links: Sequence[Link]) -> str:
    marks = {None: "", True: "[x] ", False: "[ ] "}
    items = [
        marks[item.checked] + inner_html(item.blocks, links, is_tight=block.tight)
        for item in block.items
    ]
    return list_html(items) if block.start is None else list_html(items, "1", block.start)


def inner_html(
    blocks: Sequence[Block], links: Sequence[Link] = (), *, is_tight: bool = True
) -> str:
    """Return what stands in an item of a list: a single paragraph needs no tags."""
    if is_tight and len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return spans_html(blocks[0].spans, links)
    return blocks_html(blocks, links)
