"""A sheet as lines: what is asked, what is answered so far, and after the reveal what is right.

What is chosen, right or wrong is told by a sign and by words, never by colour alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.model import BugHunt, ChartBlock, Code, Cue, Heading, Scenario, Span
from handbook.render.blocks import block_rows, blocks_rows, hung, inner_width
from handbook.render.line import Line, Run
from handbook.render.sheet_answers import AnswersPage

if TYPE_CHECKING:
    from handbook.model import Block, Question, Sheet, Step
    from handbook.render.options import Options


class SheetLines(NamedTuple):
    """A sheet as lines.

    `focus` is the line of the cursor, -1 without one; `targets` has for each line the row that it
    stands for, -1 for none; `solution` is the line at which the solution begins, -1 before it is
    shown.
    """

    lines: tuple[Line, ...]
    focus: int
    targets: tuple[int, ...]
    solution: int


def sheet_lines(
    sheet: Sheet,
    width: int,
    options: Options | None = None,
    *,
    notes: tuple[Block, ...] = (),
    is_table: bool = False,
    has_title: bool = True,
    plot_height: int = 0,
) -> SheetLines:
    """Return a sheet as lines of at most `width` cells.

    `notes` are the blocks of a page that a cue's answer refers to; `is_table` shows the values of a
    curve as a table instead of the plot, which else takes `plot_height` rows (0: as many as suit
    its width). Without `has_title` the title stands elsewhere.
    """
    page = SheetPage(sheet, width, options, is_table=is_table, plot_height=plot_height)
    return page.lines(notes, has_title=has_title)


class SheetPage(AnswersPage):
    """All rows of a sheet."""

    def __init__(
        self,
        sheet: Sheet,
        width: int,
        options: Options | None,
        *,
        is_table: bool,
        plot_height: int,
    ) -> None:
        super().__init__(sheet, width, options)
        self.is_table = is_table
        self.plot_height = plot_height

    def lines(self, notes: tuple[Block, ...], *, has_title: bool) -> SheetLines:
        """Return all lines of the sheet."""
        sheet = self.sheet
        is_cue = isinstance(sheet.question.task, Cue)  # its heading is all that is asked
        if has_title or is_cue:
            heading = Heading(2, (Span(sheet.question.title),), "")
            self.add(block_rows(heading, self.width, self.context))
        if not is_cue:
            self.ask(sheet.question)
        is_scenario = isinstance(sheet.question.task, Scenario)
        if not (is_scenario and sheet.is_revealed):
            if is_scenario:
                self.step()
            self.answers()
        self._hints()
        solution = -1
        if sheet.is_revealed:
            solution = len(self.rows)
            self._solution(notes)
        lines = tuple(Line(row) for row in self.rows)
        return SheetLines(lines, self.focus, tuple(self.targets), solution)

    # What is asked

    def ask(self, asked: Question | Step) -> None:
        """Add the words, listings and plots of a question."""
        task = asked.task
        for block in asked.blocks:
            if isinstance(task, BugHunt) and isinstance(block, Code) and block.text == task.listing:
                continue  # it is what the cursor walks on
            if isinstance(block, ChartBlock) and block.chart.kind == "lines":
                from handbook.render.line_chart import plot_rows, value_table  # noqa: PLC0415

                chart, options = block.chart, self.context.options
                if self.is_table:
                    self.apart(value_table(chart, self.width, options))
                else:
                    self.apart(plot_rows(chart, self.width, options, self.plot_height))
            else:
                self.apart(block_rows(block, self.width, self.context))

    def step(self) -> None:
        """Add what a step of a scenario asks."""
        task = self.sheet.question.task
        if isinstance(task, Scenario):
            title = f"Step {self.sheet.step + 1} of {len(task.steps)}"
            self.apart(self.said(title, "heading.3"))
            self.ask(task.steps[self.sheet.step])

    def _hints(self) -> None:
        for number, blocks in enumerate(self.sheet.question.hints[: self.sheet.hints], 1):
            lead = Run(f"Hint {number}  ", "heading.3")
            body = blocks_rows(blocks, inner_width(self.width, len(lead.text)), self.context)
            self.apart(hung(body, lead, self.width))

    # What is right

    def _solution(self, notes: tuple[Block, ...]) -> None:
        from handbook.render.sheet_solution import add_solution  # noqa: PLC0415  after an answer

        add_solution(self, notes)
