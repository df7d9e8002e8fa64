"""Questions after the end: yours, what is right and why; own words are graded here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from handbook.errors import NothingFoundError
from handbook.practice.exam_report import item_blocks
from handbook.practice.exam_words import duration_text, percent, sheet_of
from handbook.practice.exams import Exams
from handbook.render.block_markdown import blocks_markdown
from handbook.render.line import EMPTY, Line, Run
from handbook.study.exam_result import CONFIDENCES
from handbook.tui.paint import frame
from handbook.tui.screens.answering import AnsweringScreen
from handbook.tui.screens.exam_grid import GridScreen
from handbook.tui.screens.exam_lines import (
    STYLES,
    Grid,
    grid_lines,
    legend_lines,
    sign,
    strip_line,
)
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from handbook.study.exam_result import ItemResult, Result


class ReviewScreen(AnsweringScreen):
    """Walks through the questions of an exam that was handed in."""

    PLACE: ClassVar[str] = "exam-review"
    KEEPS_ITS_PLACE = True

    def __init__(self, session: str) -> None:
        """Begin with what is to be graded, else with the first question that was not right."""
        super().__init__()
        self.session = session
        self.exams = Exams(self.workspace.desk)
        self.result: Result = self.exams.results(session)
        self.at = self._first()

    def _first(self) -> int:
        states = [each.state for each in self.result.items]
        for wanted in (("to grade",), ("wrong", "partly right", "empty")):
            for at, state in enumerate(states):
                if state in wanted:
                    return at
        return 0

    def compose(self) -> ComposeResult:
        """Lay out the question, beside it the grid, and below it the standing."""
        yield TopBar()
        with Horizontal(id="body"):
            yield LineView(id="sheet", classes="pane")
            yield LineView(id="beside", classes="pane")
        yield LineView(id="judge")
        yield KeyBar()

    def on_mount(self) -> None:
        """Take the focus."""
        standing = self.query_one("#judge", LineView)
        standing.can_focus = standing.has_bar = False
        self.query_one("#beside", LineView).can_focus = False
        self.pane.when_sized(self.refresh_content)
        self.query_one("#beside", LineView).when_sized(self.refresh_content)
        self.pane.focus()
        self.go_to(self.at)

    @property
    def item(self) -> ItemResult:
        """The question on the screen."""
        return self.result.items[self.at]

    @property
    def place(self) -> str:
        """An answer in one's own words is graded with letters."""
        return "exam-grading" if self.item.question.kind == "recall" else self.PLACE

    @property
    def may_answer(self) -> bool:
        """Tell whether letters tick: the rubric of what was written."""
        return self.item.question.kind == "recall" and bool(self.item.slip.answer.text.strip())

    def go_to(self, at: int) -> None:
        """Show a question, counted from 0."""
        if 0 <= at < len(self.result.items):
            self.at = at
            self.pane.top = 0
            self.show_sheet(sheet_of(self.item))
            self.show_solution()
            self.show_standing()

    def refresh_content(self) -> None:
        """Show everything again, for another size or theme."""
        self.draw_sheet()
        self.show_standing()

    def show_standing(self) -> None:
        """Fill the bars, the frame, the grid and the row below the question."""
        item, is_ascii = self.item, self.painter.ascii_only
        place = (self.workspace.handbook.title, self.result.exam.form.title, "Review")
        self.show_frame(place, (f"question {item.number} of {len(self.result.items)}",))
        frame(self.pane, f"Question {item.number}")
        mark = Run(f" {sign(item.state, is_ascii=is_ascii)} ", STYLES.get(item.state, "text"))
        said: list[str] = [item.state]
        if item.slip.confidence:
            said.append(f"you said {CONFIDENCES[item.slip.confidence]}")
        planned = duration_text(round(item.item.minutes * 60_000))
        said.append(f"{duration_text(item.slip.spent_ms)}, planned {planned}")
        if self.may_answer:
            said = ["letters tick what you said", "Enter grades", *said[:1]]
        standing = self.query_one("#judge", LineView)
        strip = strip_line(self._grid(), standing.column_width, is_ascii=is_ascii)
        standing.show([strip, Line((mark, Run(", ".join(said), "muted")))], top=0)
        beside = self.query_one("#beside", LineView)
        if beside.display:
            frame(beside, "Questions")
            grid, width = self._grid(), max(12, beside.column_width)
            lines = grid_lines(grid, width, is_ascii=is_ascii)
            beside.show([*lines, EMPTY, *legend_lines(grid, width, is_ascii=is_ascii)], top=0)

    def _grid(self) -> Grid:
        items = self.result.items
        flagged = frozenset(at for at, each in enumerate(items) if each.slip.is_flagged)
        return Grid(tuple(each.state for each in items), flagged, self.at)

    # Moving

    def action_next(self) -> None:
        """Show the next question."""
        self.go_to(self.at + 1)

    def action_previous(self) -> None:
        """Show the previous question."""
        self.go_to(self.at - 1)

    def action_go_on(self) -> None:
        """Show the next question that was not right, round the end."""
        items = self.result.items
        others = (*range(self.at + 1, len(items)), *range(self.at))
        found = next((at for at in others if items[at].state != "right"), None)
        if found is None:
            self.handbook_app.tell("No other one was not right; q goes back")
        else:
            self.go_to(found)

    def action_grid(self) -> None:
        """Show all questions with their states."""
        self.app.push_screen(GridScreen(self._grid(), self.go_to))

    # Grading, and what to do about it

    def answer_changed(self) -> None:
        """Show how many points are ticked; Enter keeps them."""
        self.show_standing()

    def action_keep(self) -> None:
        """Keep the points that are ticked; go on to what is to be graded, or back to the score."""
        sheet = self.sheet
        if sheet is None or not self.may_answer:
            self.action_go_on()
            return
        self.exams.grade(self.result.exam, self.at, sheet.answer.criteria)
        self.result = self.exams.results(self.session)
        self.handbook_app.tell(f"Graded: {percent(self.item.mark.share)} of the points")
        if self.result.to_grade:
            self.go_to(self._first())
        else:
            self.app.pop_screen()

    def action_source(self) -> None:
        """Read the section that teaches the question; q comes back."""
        for link in self.item.question.see:
            place = self.workspace.resolve(link, "")
            if place is not None and self.workspace.handbook.find_page(place.page):
                self.handbook_app.open_place(place)
                return
        raise NothingFoundError("no page of the book teaches this question")

    def action_tomorrow(self) -> None:
        """Ask for the question, or its like, in tomorrow's study."""
        found = self.exams.add_to_tomorrow(self.item.item.id, self.session)
        self.handbook_app.tell(f"Tomorrow: {found.title}")

    def action_copy(self) -> None:
        """Copy the question with its answer as Markdown."""
        self.handbook_app.copy(blocks_markdown(item_blocks(self.item)))
