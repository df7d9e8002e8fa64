"""All exams that were handed in, with their intervals, and how each topic has moved."""

from __future__ import annotations

from typing import ClassVar

from handbook.practice.exam_history import history_blocks
from handbook.practice.exams import Exams
from handbook.render.block_markdown import blocks_markdown
from handbook.render.blocks import blocks_rows
from handbook.render.context import Context
from handbook.render.line import EMPTY, Line, Run
from handbook.render.options import Options
from handbook.tui.screens.pane import PaneScreen

WIDEST = 96


class HistoryScreen(PaneScreen):
    """Shows the history as one page."""

    PLACE: ClassVar[str] = "exam-history"

    def refresh_content(self) -> None:
        """Show all exams."""
        results, pane = Exams(self.workspace.desk).history(), self.pane
        self.show_frame(
            (self.workspace.handbook.title, "Exam", "History"), (f"{len(results)} sat",)
        )
        pane.measure = min(WIDEST, max(16, pane.content_size.width - 2))
        is_ascii = self.painter.ascii_only
        blocks = history_blocks(results, is_ascii=is_ascii)
        rows = blocks_rows(blocks, pane.column_width - 1, Context(Options(ascii=is_ascii)))
        pane.show([EMPTY, *(Line((Run(" "), *row)) for row in rows), EMPTY])

    def _markdown(self) -> str:
        return blocks_markdown(history_blocks(Exams(self.workspace.desk).history()))

    def action_copy(self) -> None:
        """Copy the history as Markdown."""
        self.handbook_app.copy(self._markdown())

    def action_export(self) -> None:
        """Write the history as a Markdown file."""
        self.handbook_app.ask_and_write("exams.md", self._markdown())
