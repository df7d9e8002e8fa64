"""The report of a mock interview: strengths and gaps with their evidence, and what was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from handbook.practice.mocks import Mocks
from handbook.render.line import EMPTY, Line, Run
from handbook.render.mock import wrapped
from handbook.render.mock_report import report_lines, report_markdown
from handbook.tui.screens.mock_lines import when
from handbook.tui.screens.pane import PaneScreen

if TYPE_CHECKING:
    from handbook.model.interview import MockReport

MEASURE = 84


class MockReportScreen(PaneScreen):
    """Shows what an interview has shown."""

    PLACE: ClassVar[str] = "mock-report"

    def __init__(self, session: str) -> None:
        """Show the report of an interview by its id."""
        super().__init__()
        self.session = session

    def on_mount(self) -> None:
        """Keep lines as short as is pleasant to read."""
        self.pane.measure = MEASURE

    def refresh_content(self) -> None:
        """Show the report as the log has it."""
        mocks = Mocks(self.workspace.desk)
        report, wanted = mocks.report(self.session), mocks.find(self.session).wanted
        self.show_frame((report.title, "Report"), (report.name,))
        width = max(16, self.pane.column_width - 2)
        lines = report_lines(report, when(report.begun_ms), width)
        lines += [EMPTY, *wrapped(_of_tomorrow(report, len(wanted)), width, "strong")]
        self.pane.show([EMPTY, *(Line((Run(" "), *line.runs)) for line in lines), EMPTY])

    def action_drills(self) -> None:
        """Ask for what was missed in tomorrow's study."""
        mocks = Mocks(self.workspace.desk)
        before = mocks.find(self.session)
        count = len(mocks.want_drills(before).wanted - before.wanted)
        word = "question comes" if count == 1 else "questions come"
        self.handbook_app.tell(f"{count} {word} tomorrow" if count else "Nothing more to ask for")
        self.refresh_content()

    def _markdown(self) -> tuple[MockReport, str]:
        report = Mocks(self.workspace.desk).report(self.session)
        return report, report_markdown(report, when(report.begun_ms))

    def action_copy(self) -> None:
        """Copy the report as Markdown."""
        self.handbook_app.copy(self._markdown()[1])

    def action_export(self) -> None:
        """Write the report as a Markdown file."""
        report, text = self._markdown()
        self.handbook_app.ask_and_write(f"mock-{report.id}.md", text)


def _of_tomorrow(report: MockReport, wanted: int) -> str:
    if wanted:
        word = "question of these comes" if wanted == 1 else "questions of these come"
        return f"{wanted} {word} in tomorrow's study."
    return "+ asks for them in tomorrow's study." if report.drills else ""
