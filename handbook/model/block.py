"""What a page is made of, block by block. `line` is the 1-based line in the file, 0 if unknown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from handbook.model.chart import Chart
    from handbook.model.text import Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6; `anchor` is unique on its page."""

    level: int
    spans: tuple[Span, ...]
    anchor: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    spans: tuple[Span, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """A listing, kept as it is; `language` is the first word of the fence, or ""."""

    text: str
    language: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote."""

    blocks: tuple[Block, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Admonition:
    """A boxed remark; `kind` is note, tip, warning, dated, check or any word the author chose."""

    kind: str
    title: str
    blocks: tuple[Block, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list; `checked` is None unless it is a task."""

    blocks: tuple[Block, ...]
    checked: bool | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `start` is the first number, None for bullets; a tight list has no empty rows."""

    items: tuple[ListItem, ...]
    start: int | None = None
    tight: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table: every row has as many cells as `header`; a cell is a tuple of spans."""

    header: tuple[tuple[Span, ...], ...]
    rows: tuple[tuple[tuple[Span, ...], ...], ...]
    align: tuple[Literal["left", "centre", "right"], ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    line: int = 0


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what is said of it."""

    term: tuple[Span, ...]
    blocks: tuple[Block, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Definitions:
    """A definition list."""

    items: tuple[Definition, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A fenced `chart`; `source` is the text of the fence, for copying."""

    chart: Chart
    source: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote with the number that its mark shows."""

    number: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The footnotes of a page, at its end."""

    items: tuple[Footnote, ...]
    line: int = 0


Block: TypeAlias = (
    Heading
    | Paragraph
    | Code
    | Quote
    | Admonition
    | Bullets
    | Table
    | Rule
    | Definitions
    | ChartBlock
    | Footnotes
)
