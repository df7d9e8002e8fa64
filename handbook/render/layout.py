"""The growing picture of a page at a width: whole blocks are laid out as far as they are needed.

The first screen of a long page is there at once, because nothing below it has been looked at yet.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from handbook.model import Heading
from handbook.render.blocks import block_rows, gap_between
from handbook.render.cells import cells
from handbook.render.context import Context
from handbook.render.line import EMPTY, Line, Run
from handbook.render.options import Options
from handbook.render.packed import PackedLines

if TYPE_CHECKING:
    from handbook.model import Page
    from handbook.render.terms import Terms

_NARROWEST = 2


class Layout:
    """A page at a width in cells, laid out as far as anybody has asked.

    `lines` are the lines so far; the empty ones between blocks belong to no block (-1). A link
    index at or past the page's own links stands for a glossary term: `term_links[index -
    len(page.links)]` is its id.
    """

    def __init__(
        self, page: Page, width: int, options: Options | None = None, terms: Terms | None = None
    ) -> None:
        self.page = page
        self.width = max(width, _NARROWEST)
        self.options = options or Options()
        self.lines = PackedLines()
        self._starts: list[int] = []
        self._rows_of_lines: dict[int, int] = {}
        marker = None
        if terms is not None and page.info.kind != "glossary":
            marker = terms.marker(len(page.links))
        self._context = Context(self.options, page.links, marker)

    @property
    def is_complete(self) -> bool:
        """Whether the whole page is known and laid out."""
        return self.page.complete and len(self._starts) == len(self.page.blocks)

    @property
    def term_links(self) -> tuple[str, ...]:
        """The ids of the glossary terms marked so far, in the order of their link indices."""
        marker = self._context.marker
        return tuple(marker.found) if marker is not None else ()

    def grow(self, lines: int | None = None) -> bool:
        """Lay out whole blocks until there are `lines` lines (None: all); return `is_complete`."""
        blocks = self.page.blocks
        while len(self._starts) < len(blocks) and (lines is None or len(self.lines) < lines):
            self._add_block(len(self._starts))
        return self.is_complete

    def _add_block(self, index: int) -> None:
        block = self.page.blocks[index]
        lines = self.lines
        if index:
            lines.extend([EMPTY] * gap_between(self.page.blocks[index - 1], block))
        context = self._context
        if context.marker is not None and isinstance(block, Heading) and block.level <= 2:
            context.marker.begin_section()
        start = len(lines)
        self._starts.append(start)
        lines.extend([Line(row, index) for row in block_rows(block, self.width, context)])
        if context.rows_of_lines:
            for line, row in context.rows_of_lines:
                self._rows_of_lines.setdefault(line, start + row)
            context.rows_of_lines.clear()

    def extend(self, page: Page) -> None:
        """Go on with the whole of a page whose head was laid out; the lines so far stay.

        The head's blocks and links have to be the first ones of the page.
        """
        old, new = len(self.page.links), len(page.links)
        self.page = page
        self._context.links = page.links
        marker = self._context.marker
        if marker is None or old == new:
            return
        marker.first = new
        for index, line in enumerate(self.lines):
            if any(run.link >= old for run in line.runs):
                runs = tuple(
                    Run(run.text, run.style, run.link + new - old if run.link >= old else run.link)
                    for run in line.runs
                )
                self.lines.replace(index, Line(runs, line.block))

    def start_of(self, block: int) -> int:
        """Return the first line of a top-level block, laying out as far as needed.

        A block past the end of what is known gives the number of lines so far.
        """
        while len(self._starts) <= block and len(self._starts) < len(self.page.blocks):
            self._add_block(len(self._starts))
        return self._starts[block] if block < len(self._starts) else len(self.lines)

    def height_of(self, block: int) -> int:
        """Return how many lines a top-level block takes, with the gap that follows it."""
        return self.start_of(block + 1) - self.start_of(block)

    def line_of(self, anchor: str) -> int | None:
        """Return the line of a heading, or of a term, source or item that the page defines."""
        heading = self.page.find_heading(anchor)
        if heading is not None:
            return self.start_of(heading.block)
        # Only now: making these classes costs a start 3 ms, and few pages define anything.
        from handbook.model import Checklist, ChecklistItem, Source, Term  # noqa: PLC0415

        for value in self.page.defines:
            parts = value.items if isinstance(value, Checklist) else (value,)
            for part in parts:
                if isinstance(part, Term | Source | ChecklistItem) and part.id == anchor:
                    return self._line_of_source_line(part.line)
        return None

    def _line_of_source_line(self, line: int) -> int | None:
        while line not in self._rows_of_lines and len(self._starts) < len(self.page.blocks):
            self._add_block(len(self._starts))
        return self._rows_of_lines.get(line)

    def block_at(self, line: int) -> int:
        """Return the top-level block that a line shows; an empty line belongs to the block above.

        Lines past the end belong to the last block laid out, -1 if there is none.
        """
        return bisect_right(self._starts, max(line, 0)) - 1

    def links_between(self, top: int, bottom: int) -> tuple[tuple[int, int, int, int], ...]:
        """Return (line, column, width, link index) of the links in lines `top` to `bottom - 1`.

        Columns and widths are in cells; a link broken over lines has a piece on each of them.
        """
        found: list[tuple[int, int, int, int]] = []
        for number, line in enumerate(self.lines[max(top, 0) : max(bottom, 0)], max(top, 0)):
            column = 0
            for text, _, link in line.runs:
                width = cells(text)
                if link >= 0 and width:
                    start = column
                    if found and found[-1] == (number, column - found[-1][2], found[-1][2], link):
                        start = found.pop()[1]
                    found.append((number, start, column + width - start, link))
                column += width
        return tuple(found)


def page_lines(page: Page, width: int, options: Options | None = None) -> tuple[Line, ...]:
    """Return all lines of a page at a width."""
    layout = Layout(page, width, options)
    layout.grow()
    return tuple(layout.lines)
