"""What an exam says: the score with its interval, topics, certainty, time; then each question."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from handbook.practice.exam_report import report_blocks, summary_blocks
from handbook.practice.exams import Exams
from handbook.render.block_markdown import blocks_markdown
from handbook.render.blocks import blocks_rows
from handbook.render.context import Context
from handbook.render.line import EMPTY, Line, Run
from handbook.render.options import Options
from handbook.tui.screens.exam_lines import STYLES, says, sign
from handbook.tui.screens.pane import PaneScreen

if TYPE_CHECKING:
    from handbook.study.exam_result import Result

WIDEST = 80


class ResultScreen(PaneScreen):
    """Shows the report's summary, and the way to every question."""

    PLACE: ClassVar[str] = "exam-result"
    KEEPS_ITS_PLACE = True

    def __init__(self, session: str) -> None:
        """Show the exam of a session."""
        super().__init__()
        self.session = session
        self._result: Result | None = None

    @property
    def result(self) -> Result:
        """What the exam says now."""
        if self._result is None:
            self._result = Exams(self.workspace.desk).results(self.session)
        return self._result

    def refresh_content(self) -> None:
        """Read the exam again: an answer may have been graded since."""
        self._result = None
        self.draw()

    def draw(self) -> None:
        """Draw the report for the width there is."""
        result, pane = self.result, self.pane
        state = (f"{result.to_grade} to grade" if result.to_grade else "", result.verdict)
        place = (self.workspace.handbook.title, "Exam", result.exam.form.title)
        self.show_frame(place, state)
        pane.measure = min(WIDEST, max(16, pane.content_size.width - 2))
        width, is_ascii = pane.column_width - 1, self.painter.ascii_only
        blocks = summary_blocks(result, is_ascii=is_ascii)
        rows = blocks_rows(blocks, width, Context(Options(ascii=is_ascii)))
        pane.show([EMPTY, *(Line((Run(" "), *row)) for row in rows), *self._questions(width)])

    def _questions(self, width: int) -> list[Line]:
        lines = [EMPTY, Line((Run(" "), Run("Questions", "heading.2")))]
        for each in self.result.items:
            mark = sign(each.state, is_ascii=self.painter.ascii_only)
            text = says(each.question.title, width - 6, indent=0)
            lead = Run(f" {mark}", STYLES.get(each.state, "text")), Run(f"{each.number:>3}  ")
            lines.append(Line((*lead, *text[0].runs)))
            lines += [Line((Run(" " * 7), *line.runs)) for line in text[1:]]
        what = "Enter grades what you wrote." if self.result.to_grade else "Enter reviews them."
        return [*lines, EMPTY, *says(what, width, "muted"), EMPTY]

    def action_review(self) -> None:
        """Show the questions: first what is to be graded, else the first that was not right."""
        from handbook.tui.screens.exam_review import ReviewScreen  # noqa: PLC0415  only now

        self.app.push_screen(ReviewScreen(self.session))

    def action_history(self) -> None:
        """Show all exams, and how each topic has moved."""
        from handbook.tui.screens.exam_history import HistoryScreen  # noqa: PLC0415  few look

        self.app.push_screen(HistoryScreen())

    def action_copy(self) -> None:
        """Copy the whole report as Markdown."""
        self.handbook_app.copy(blocks_markdown(report_blocks(self.result)))

    def action_export(self) -> None:
        """Write the whole report as a Markdown file."""
        form = self.result.exam.form
        text = blocks_markdown(report_blocks(self.result))
        self.handbook_app.ask_and_write(f"exam-{form.name}-{form.seed}.md", text)
