"""The rows of a sheet as they are put together, each with the row of the sheet it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import Recall
from handbook.render.blocks import blocks_rows, hung, inner_width
from handbook.render.context import Context
from handbook.render.line import Run
from handbook.render.sheet_signs import ASCII_SHEET_SIGNS, SHEET_SIGNS
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model import Block, Sheet
    from handbook.render.blocks import Row, Rows
    from handbook.render.options import Options
    from handbook.render.sheet_signs import SheetSigns


class Page:
    """Rows, what each stands for (`targets`, -1 for nothing), and the row of the cursor."""

    def __init__(
        self,
        sheet: Sheet,
        width: int,
        options: Options | None,
    ) -> None:
        """Begin with no rows."""
        self.sheet = sheet
        self.width = width
        links = sheet.question.links
        self.context = Context(links=links) if options is None else Context(options, links)
        self.signs: SheetSigns = ASCII_SHEET_SIGNS if self.context.options.ascii else SHEET_SIGNS
        self.rows: Rows = []
        self.targets: list[int] = []
        self.focus = -1

    def add(self, rows: Rows, target: int = -1) -> None:
        """Add rows, all of which stand for one row of the sheet."""
        self.rows += rows
        self.targets += [target] * len(rows)

    def apart(self, rows: Rows) -> None:
        """Add rows after an empty one."""
        if rows:
            self.add([(), *rows])

    def titled(self, title: str, rows: Rows) -> None:
        """Add rows under a small heading."""
        if rows:
            self.apart([*wrap_runs([Run(title, "heading.3")], self.width), *rows])

    def said(self, text: str, style: str = "muted") -> Rows:
        """Return a sentence as rows."""
        return wrap_runs([Run(text, style)], self.width)

    def choice(self, number: int, mark: str, body: Sequence[Block], *, letter: str = "") -> None:
        """Add something to choose: cursor, mark, letter, and its blocks."""
        is_at = number == self.sheet.cursor and self.has_cursor
        lead = f"{self.signs.cursor if is_at else ' '} {mark} {letter}{'  ' if letter else ''}"
        inner = inner_width(self.width, len(lead))
        rows = hung(blocks_rows(body, inner, self.context, tight=True), Run(lead), self.width)
        self.choose(number, [self._lit(rows[0], lead, is_at=is_at), *rows[1:]])

    def _lit(self, row: Row, lead: str, *, is_at: bool) -> Row:
        """Give the lead of a row its styles: cursor, mark, and the letter that is a key."""
        cursor, mark, letter = lead[:2], lead[2:6], lead[6:]
        is_bad = mark[:3] == self.signs.wrong
        is_plain = self.signs.out in mark or not mark.strip(" ()[]")
        style = "error" if is_bad else "muted" if is_plain else "task.done"
        return (
            Run(cursor, "cursor" if is_at else "text"),
            Run(mark, style),
            Run(letter, "key"),
            *row[1:],
        )

    def choose(self, number: int, rows: Rows) -> None:
        """Add the rows of something to choose, and remember where the cursor is."""
        if number == self.sheet.cursor and self.has_cursor:
            self.focus = len(self.rows)
        self.add(rows, number)

    @property
    def has_cursor(self) -> bool:
        """Whether there is a cursor: not on what is judged already."""
        return not self.sheet.is_revealed or isinstance(self.sheet.task, Recall)
