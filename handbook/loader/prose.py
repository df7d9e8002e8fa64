"""The plain text of blocks, for values that are told in prose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.block import (
    Admonition,
    Bullets,
    Definitions,
    Heading,
    Paragraph,
    Quote,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.model.block import Block
    from handbook.model.text import Span


def text_of(blocks: Iterable[Block], *, with_citations: bool = True) -> str:
    """Return the text of blocks, a line feed between two of them."""
    lines = ("".join(_kept(spans, is_all=with_citations)) for spans in spans_of(blocks))
    return "\n".join(line.strip() for line in lines if line.strip())


def _kept(spans: Iterable[Span], *, is_all: bool) -> Iterator[str]:
    for span in spans:
        if is_all or "cite" not in span.style.split():
            yield span.text


def spans_of(blocks: Iterable[Block]) -> Iterator[tuple[Span, ...]]:
    """Yield the spans of every paragraph, heading, cell and term in blocks, listings left out."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield block.spans
            case Quote() | Admonition():
                yield from spans_of(block.blocks)
            case Bullets():
                for item in block.items:
                    yield from spans_of(item.blocks)
            case Definitions():
                for definition in block.items:
                    yield definition.term
                    yield from spans_of(definition.blocks)
            case Table():
                yield from block.header
                yield from (cell for row in block.rows for cell in row)
