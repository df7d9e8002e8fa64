"""An exam on the screen: any order, every change on disk at once, no word of right and wrong."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_lowercase
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from handbook.practice.exam_clock import ExamClock, clock_text
from handbook.practice.exams import Exams
from handbook.render.line import EMPTY
from handbook.study import answering
from handbook.tui.paint import frame
from handbook.tui.screens.answering import AnsweringScreen
from handbook.tui.screens.exam_grid import GridScreen
from handbook.tui.screens.exam_lines import (
    grid_lines,
    grid_of,
    legend_lines,
    standing_line,
    strip_line,
)
from handbook.tui.screens.exams import show_result
from handbook.tui.screens.picker import Entry, choose
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from handbook.model import Answer, Sheet
    from handbook.study.exam import Exam


class SittingScreen(AnsweringScreen):
    """Asks the questions of an exam until it is handed in, or its time is over."""

    PLACE: ClassVar[str] = "sitting"
    KEEPS_ITS_PLACE = True

    def __init__(self, exam: Exam) -> None:
        """Go on with an exam where it stands."""
        super().__init__()
        self.exam = exam
        self.exams = Exams(self.workspace.desk)
        self.clock = ExamClock(exam, self.exams.log.now)
        self.is_clock_hidden = False

    def compose(self) -> ComposeResult:
        """Lay out the question, beside it the grid, and below it the standing."""
        yield TopBar()
        with Horizontal(id="body"):
            yield LineView(id="sheet", classes="pane")
            yield LineView(id="beside", classes="pane")
        yield LineView(id="judge")
        yield KeyBar()

    def on_mount(self) -> None:
        """Take the focus, and look at the clock once a second."""
        standing = self.query_one("#judge", LineView)
        standing.can_focus = standing.has_bar = False
        self.query_one("#beside", LineView).can_focus = False
        self.pane.when_sized(self.draw_all)
        self.query_one("#beside", LineView).when_sized(self.draw_all)
        self.pane.focus()
        self.show_sheet(self._sheet())
        self.show_standing()
        self.set_interval(1.0, self.while_open(self._look_at_clock))

    @property
    def place(self) -> str:
        """With the book open, what works everywhere works here too."""
        if self.is_writing:
            return "answer"
        return "open-sitting" if self.exam.is_open_book else self.PLACE

    @property
    def may_answer(self) -> bool:
        """Tell whether answers are taken: until the end."""
        return self.sheet is not None and not self.exam.is_ended

    # What is shown

    def _sheet(self) -> Sheet:
        item, slip = self.exam.form.items[self.exam.at], self.exam.slips[self.exam.at]
        question = self.exams.questions_of(self.exam)[item.id]
        sheet = answering.sheet_for(question, item.seed, slip.answer, orders=item.orders)
        return (
            replace(sheet, struck=slip.struck) if len(slip.struck) == len(sheet.orders) else sheet
        )

    def draw_all(self) -> None:
        """Draw everything, for another size."""
        self.draw_sheet()
        self.show_standing()

    def refresh_content(self) -> None:
        """Show everything again, with what another terminal did in the same exam."""
        found = replace(self.exams.find(self.exam.id), at=self.exam.at)
        if found.is_ended and self.app.screen is self:
            self.app.pop_screen()
            show_result(self.handbook_app, found.id)
            return
        is_other = found.slips[found.at].answer != self.exam.slips[found.at].answer
        self.exam = found
        if is_other and not self.is_writing:
            self.show_sheet(self._sheet())
        self.draw_all()

    def show_standing(self) -> None:
        """Fill the bars, the frame, the grid and the row below the question."""
        exam, is_ascii = self.exam, self.painter.ascii_only
        place = (self.workspace.handbook.title, exam.form.title)
        number = f"question {exam.at + 1} of {exam.number}"
        self.show_frame(place, (self._clock_words(), number))
        frame(self.pane, f"Question {exam.at + 1}")
        standing = self.query_one("#judge", LineView)
        grid, width = grid_of(exam), standing.column_width
        strip = strip_line(grid, width, is_ascii=is_ascii)
        what = self._what_to_press()
        line = standing_line(exam, width, is_ascii=is_ascii, what=what)
        standing.show([strip, line], top=0)
        beside = self.query_one("#beside", LineView)
        if beside.display:
            frame(beside, "Questions")
            width = max(12, beside.column_width)
            lines = grid_lines(grid, width, is_ascii=is_ascii)
            beside.show([*lines, EMPTY, *legend_lines(grid, width, is_ascii=is_ascii)], top=0)

    def _what_to_press(self) -> str:
        sheet = self.sheet
        if sheet is None or not answering.words_wanted(sheet) or answering.written(sheet):
            return ""
        return "Enter writes your answer"

    def _clock_words(self) -> str:
        if self.is_clock_hidden and not self.clock.is_late:
            return "clock hidden"
        return f"{clock_text(self.clock.left_ms)} left"

    def _look_at_clock(self) -> None:
        """Show the time, write it down every 15 seconds, end the exam when it is over."""
        if self.exam.is_ended:
            return
        if self.clock.is_over:
            self.handbook_app.attempt(lambda: self._end(is_over=True))
            return
        if self.clock.beats():
            self.handbook_app.attempt(lambda: self._go(self.exam.at))
        if self.app.screen is self:
            self.show_standing()

    # Answering

    def _elapsed(self) -> int:
        elapsed = self.clock.elapsed_ms()
        self.clock.written()
        return elapsed

    def answer_changed(self) -> None:
        """Keep the answer as it stands."""
        if self.sheet is not None:
            self._keep(self.sheet.answer, self.exam.slips[self.exam.at].confidence)

    def _keep(self, answer: Answer, confidence: int) -> None:
        def keep() -> None:
            self.exam = self.exams.answer(
                self.exam, self.exam.at, answer, confidence, self._elapsed()
            )

        if not self.handbook_app.attempt(keep):
            # What could not be kept is not shown as if it were.
            self.show_sheet(self._sheet())
        self.show_standing()

    def action_sure(self) -> None:
        """Keep how sure the reader is; the same key again takes it back."""
        confidence = self.handbook_app.struck("sitting.sure") + 1
        slip = self.exam.slips[self.exam.at]
        self._keep(slip.answer, 0 if confidence == slip.confidence else confidence)

    def action_clear(self) -> None:
        """Take the answer away."""
        if self.sheet is not None:
            empty = type(self.sheet.answer)()
            self.take(replace(self.sheet, answer=empty))

    def action_strike(self) -> None:
        """Strike out the option of the letter, or take that back."""
        at = self.handbook_app.struck("sitting.strike")
        sheet = self.sheet
        if sheet is None or at < 0:
            return
        struck = answering.strike(sheet, ascii_lowercase[at])
        if struck == sheet:
            return
        self.exam = self.exams.strike(self.exam, self.exam.at, struck.struck, self._elapsed())
        self.take(struck)

    def action_flag(self) -> None:
        """Flag the question, or take the flag away."""
        self.exam = self.exams.flag(self.exam, self.exam.at, self._elapsed())
        self.show_standing()

    # Moving

    def _go(self, at: int) -> None:
        """Write down the clock and which question is on the screen; show another one."""
        before = self.exam.at
        self.exam = self.exams.tick(self.exam, at, self._elapsed())
        if at != before:
            self.pane.top = 0
            self.show_sheet(self._sheet())
            self.show_standing()

    def go_to(self, at: int) -> None:
        """Show a question, counted from 0."""
        if 0 <= at < self.exam.number and at != self.exam.at:
            self._go(at)

    def action_next(self) -> None:
        """Show the next question."""
        if self.exam.at == self.exam.number - 1:
            self.handbook_app.tell("That was the last one: X hands in, G shows all")
        self.go_to(self.exam.at + 1)

    def action_previous(self) -> None:
        """Show the previous question."""
        self.go_to(self.exam.at - 1)

    async def action_go_on(self) -> None:
        """Open the field where one has to type and has not; else the next step or question."""
        sheet = self.sheet
        if sheet is None:
            return
        if answering.words_wanted(sheet) and not answering.written(sheet):
            await self.action_write()
        elif sheet.step < len(sheet.orders) - 1:
            self.action_next_step()
        else:
            self.action_next()

    def action_grid(self) -> None:
        """Show all questions with their states."""
        self.app.push_screen(GridScreen(grid_of(self.exam), self.go_to))

    def action_clock(self) -> None:
        """Hide the clock, or show it."""
        self.is_clock_hidden = not self.is_clock_hidden
        if self.is_clock_hidden and self.clock.is_late:
            self.handbook_app.tell("In the last 5 minutes the clock is there")
        self.show_standing()

    # The end

    def keep_position(self) -> None:
        """Write the clock and the question down when the app is closed."""
        if not self.exam.is_ended:
            self._go(self.exam.at)

    async def action_back(self) -> None:
        """Leave; everything is kept already."""
        self.keep_position()
        self.handbook_app.tell("Kept: Enter goes on with it")
        self.app.pop_screen()

    def action_hand_in(self) -> None:
        """Ask once, and say how many questions are empty."""
        exam = self.exam
        empty, flagged = len(exam.empty), len(exam.flagged)
        said = [f"{empty} of {exam.number} empty"] if empty else ["all answered"]
        said += [f"{flagged} flagged"] if flagged else []
        entries = [
            Entry("Go on", ", ".join(said), "no"),
            Entry("Hand in", "the end: nothing can be changed after it", "yes"),
        ]
        title = f"Hand in? {', '.join(said)}"
        choose(self.handbook_app, title, entries, self._hand_in)

    def _hand_in(self, said: object) -> None:
        if said == "yes":
            self._end(is_over=False)

    def _end(self, *, is_over: bool) -> None:
        """Hand in, and show what the exam says in the place of this screen."""
        reason = "time" if is_over else "handed in"
        self.exam = self.exams.hand_in(self.exam, self._elapsed(), reason)  # type: ignore[arg-type]
        app = self.handbook_app
        stack = app.screen_stack
        while app.screen is not self and self in stack:
            app.pop_screen()
        app.pop_screen()
        if is_over:
            app.tell("The time is up: handed in as it stands")
        show_result(app, self.exam.id)
