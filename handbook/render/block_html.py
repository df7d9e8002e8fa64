"""Blocks as one HTML document without scripts, pictures or addresses: to be printed."""

from __future__ import annotations

from html import escape
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
from handbook.render.blocks import block_rows
from handbook.render.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.model import Block, Span

STYLE = (
    "body{max-width:44em;margin:2em auto;padding:0 1em;font:16px/1.5 serif;color:#22252b}"
    "h1,h2,h3{line-height:1.2;break-after:avoid}"
    "table{border-collapse:collapse}th,td{padding:.2em .8em;border-bottom:1px solid #a79e8a}"
    ".r{text-align:right}.m{text-align:center}"
    "pre{padding:.6em;background:#f3eee2;white-space:pre-wrap;break-inside:avoid}"
)
_TAGS = {"code": "code", "emphasis": "em", "strong": "strong", "strike": "s"}
_WIDTH = 72


def blocks_html(title: str, blocks: Iterable[Block]) -> str:
    """Return blocks as a whole document; charts are drawn as text."""
    body = "\n".join(map(_block, blocks))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _spans(spans: Sequence[Span]) -> str:
    return "".join(map(_span, spans))


def _span(span: Span) -> str:
    text = escape(span.text).replace("\n", "<br>")
    for style in span.style.split():
        if tag := _TAGS.get(style):
            text = f"<{tag}>{text}</{tag}>"
    return text


def _block(block: Block) -> str:
    match block:
        case Heading():
            text = f"<h{block.level}>{_spans(block.spans)}</h{block.level}>"
        case Paragraph():
            text = f"<p>{_spans(block.spans)}</p>"
        case Code():
            text = f"<pre><code>{escape(block.text)}</code></pre>"
        case ChartBlock():
            rows = block_rows(block, _WIDTH, Context())
            text = f"<pre>{escape(_plain(rows))}</pre>"
        case Bullets():
            text = _bullets(block)
        case Table():
            text = _table(block)
        case Rule():
            text = "<hr>"
        case Quote() | Admonition():
            text = f"<blockquote>{''.join(map(_block, block.blocks))}</blockquote>"
        case Definitions() | Footnotes():
            text = "".join(_block(each) for item in block.items for each in item.blocks)
    return text


def _plain(rows: Iterable[Iterable[tuple[str, str, int]]]) -> str:
    return "\n".join("".join(text for text, _, _ in row).rstrip() for row in rows)


def _bullets(block: Bullets) -> str:
    tag = "ul" if block.start is None else "ol"
    first = f' start="{block.start}"' if block.start not in {None, 1} else ""
    boxes = {None: "", True: "[x] ", False: "[ ] "}
    items = "\n".join(
        f"<li>{boxes[item.checked]}{_tight(item.blocks)}</li>" for item in block.items
    )
    return f"<{tag}{first}>\n{items}\n</{tag}>"


def _tight(blocks: Sequence[Block]) -> str:
    return "".join(
        _spans(block.spans) if isinstance(block, Paragraph) and len(blocks) == 1 else _block(block)
        for block in blocks
    )


def _table(table: Table) -> str:
    names = [{"right": ' class="r"', "centre": ' class="m"'}.get(each, "") for each in table.align]

    def row(cells: Sequence[Sequence[Span]], tag: str) -> str:
        inner = "".join(
            f"<{tag}{name}>{_spans(cell)}</{tag}>" for name, cell in zip(names, cells, strict=False)
        )
        return f"<tr>{inner}</tr>"

    rows = "\n".join(row(each, "td") for each in table.rows)
    return f"<table>\n{row(table.header, 'th')}\n{rows}\n</table>"
