"""Blocks as one HTML document without scripts, pictures or addresses: to be printed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handbook.model import Heading, Table
from handbook.render.html import blocks_html, spans_html, table_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.model import Block

STYLE = (
    "body{max-width:44em;margin:2em auto;padding:0 1em;font:16px/1.5 serif;color:#22252b}"
    "h1,h2,h3{line-height:1.2;break-after:avoid}"
    "table{border-collapse:collapse}th,td{padding:.2em .8em;border-bottom:1px solid #a79e8a}"
    ".r{text-align:right}.m{text-align:center}"
    "pre{padding:.6em;background:#f3eee2;white-space:pre-wrap;break-inside:avoid}"
)
_CLASSES = {"right": ' class="r"', "centre": ' class="m"'}


def document_html(title: str, blocks: Iterable[Block]) -> str:
    """Return blocks as a whole document; charts are drawn as text."""
    body = "\n".join(map(_block, blocks))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    """Return a block with what a flash card does without: real headings, aligned columns."""
    if isinstance(block, Heading):
        return f"<h{block.level}>{spans_html(block.spans)}</h{block.level}>"
    if isinstance(block, Table):
        classes = [_CLASSES.get(each, "") for each in block.align]
        return table_html(block.header, block.rows, classes=classes)
    return blocks_html((block,))
