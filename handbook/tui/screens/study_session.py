"""A session of study on the screen: from the question to how sure one is, to the next one."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from handbook.errors import NothingFoundError
from handbook.model import Cloze, Confidence, Cue, Rating, Recall, Scenario
from handbook.practice.studying import Studying
from handbook.render.line import Line, Run
from handbook.study import answering, grading
from handbook.study.session import stopped
from handbook.tui.paint import frame
from handbook.tui.screens.answering import AnsweringScreen
from handbook.tui.screens.study_lines import (
    beside_lines,
    judge_lines,
    missing_words,
    state_words,
    summary_lines,
)
from handbook.tui.screens.study_menus import ask_near_misses
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from handbook.model import Answer, Sheet
    from handbook.practice.summary import Summary
    from handbook.study.queue import Sprint
    from handbook.study.session import Session


class SessionScreen(AnsweringScreen):
    """A session; every answer is on disk before the next question shows."""

    PLACE: ClassVar[str] = "study"
    KEEPS_ITS_PLACE = True

    def __init__(
        self,
        topics: Sequence[str] = (),
        *,
        sprint: Sprint | None = None,
        minutes: int | None = None,
        grades: int = 4,
    ) -> None:
        """Begin a session on topics, () for all; without any wish go on with one left open.

        With two `grades` one only says whether one knew it.
        """
        super().__init__()
        self.grades = (Rating.AGAIN, Rating.GOOD) if grades == 2 else tuple(Rating)
        self.wishes = (tuple(topics), sprint, minutes)
        self.session: Session | None = None
        self.confidence: Confidence | None = None
        self.rating = Rating.AGAIN
        self.is_unknown = False
        self.summary: Summary | None = None
        self._began = self._revealed = monotonic()

    def compose(self) -> ComposeResult:
        """Lay out the sheet, what is known beside it, and the row in which one judges."""
        yield TopBar()
        with Horizontal(id="body"):
            yield LineView(id="sheet", classes="pane")
            yield LineView(id="beside", classes="pane")
        yield LineView(id="judge")
        yield KeyBar()

    def on_mount(self) -> None:
        """Take the focus and begin."""
        judge = self.query_one("#judge", LineView)
        judge.can_focus = judge.has_bar = False
        self.pane.when_sized(self.refresh_content)
        self.query_one("#beside", LineView).when_sized(self.refresh_content)
        self.pane.focus()
        self.handbook_app.attempt(lambda: self.begin(*self.wishes))
        if self.session is None:
            self.show_standing()

    @property
    def studying(self) -> Studying:
        """The verbs of study, at the book as it is read now."""
        return Studying(self.workspace.desk)

    def begin(
        self, topics: Sequence[str] = (), sprint: Sprint | None = None, minutes: int | None = None
    ) -> None:
        """Begin a session, or go on with the one that was left open; raises NothingFoundError."""
        studying = self.studying
        has_wish = bool(topics or sprint) or minutes is not None
        session = None if has_wish else studying.find_open()
        if session is None:
            box = 15 if minutes is None else minutes
            session = studying.begin(box, topics, sprint)
        elif session.turns:
            self.handbook_app.tell("The session goes on where it was left")
        if warning := self.workspace.store.practice.clock_warning():
            self.handbook_app.tell(warning, severity="warning")
        self.take_session(session)

    # What is on the table

    def take_session(self, session: Session, sheet: Sheet | None = None) -> None:
        """Show the question that a session is at, or its summary at the end."""
        self.session = session
        self.summary = None
        self.is_unknown = False
        self.confidence = None
        self._began = self._revealed = monotonic()
        sheet = sheet or self.studying.sheet(session)
        if sheet is None:
            self._finish()
        else:
            self.show_sheet(sheet, is_new=True)
            self.show_standing()

    def _finish(self) -> None:
        """Show what the session came to."""
        session = self.session
        if session is None:
            return
        self.sheet = None
        self.summary = self.studying.summary(session)
        if session.is_over:
            self.handbook_app.attempt(lambda: self.studying.end(session))
        self.pane.top = 0
        self.draw_sheet()
        self.show_standing()

    def draw_sheet(self) -> None:
        """Draw the question, or the summary."""
        super().draw_sheet()
        pane = self.pane
        if self.sheet is None and self.summary is not None and pane.content_size.width:
            pane.measure = min(80, max(16, pane.content_size.width - 3))
            pane.show(summary_lines(self.summary, pane.column_width))

    def refresh_content(self) -> None:
        """Show everything again, for another size or theme, or after another terminal wrote."""
        if self.session is not None:
            self._catch_up()
            self.draw_sheet()
        self.show_standing()

    def _catch_up(self) -> None:
        """Go on to where another terminal went in the same session, unless an answer is begun."""
        session, sheet = self.session, self.sheet
        if session is None or sheet is None or sheet.is_revealed or sheet.answer or not session.id:
            return
        again = self.studying.resume(session.id)
        if again.turns != session.turns:
            self.take_session(again)

    def renew(self) -> None:
        """Read the question again, keeping what is answered."""
        sheet, session = self.sheet, self.session
        if sheet is None or session is None:
            return
        question = self.workspace.desk.questions.get(sheet.question.id)
        if question is None:
            self.take_session(self.studying.resume(session.id))
            return
        again = answering.sheet_for(question, sheet.seed, sheet.answer, orders=sheet.orders)
        self.show_sheet(answering.reveal(again) if sheet.is_revealed else again)

    def show_standing(self) -> None:
        """Fill the bars, the frame and the row in which one judges."""
        session, sheet = self.session, self.sheet
        topic = self.workspace.desk.topic_title(sheet.question.topic) if sheet else ""
        names = [self.workspace.handbook.title, "Study", topic]
        self.show_frame(tuple(filter(None, names)), state_words(session, self.summary))
        is_cue = sheet is not None and isinstance(sheet.question.task, Cue)
        frame(self.pane, "Session" if sheet is None else "" if is_cue else sheet.question.title)
        judge = self.query_one("#judge", LineView)
        left = self.pane.column_left + 2 * self.is_framed
        rows = judge_lines(self, judge.column_width - left, self.painter)
        judge.show([Line((Run(" " * left), *row.runs)) for row in rows], top=0)
        beside = self.query_one("#beside", LineView)
        if beside.display and session is not None:
            frame(beside, "Session")
            beside.show(beside_lines(self, beside.column_width), top=0)

    @property
    def place(self) -> str:
        """The keys differ before the answer is shown, after it, and at the end."""
        if self.is_writing:
            return "answer"
        if self.sheet is None:
            return "session"
        return "judged" if self.sheet.is_revealed else "study"

    @property
    def may_answer(self) -> bool:
        """Tell whether letters and rows answer: before the reveal, and for a rubric after it."""
        sheet = self.sheet
        return sheet is not None and (not sheet.is_revealed or isinstance(sheet.task, Recall))

    def answer_changed(self) -> None:
        """Suggest a grade for what the rubric says now."""
        if self.sheet is not None and self.sheet.is_revealed:
            self.suggest()
        self.show_standing()

    def suggest(self) -> None:
        """Suggest the grade of the answer as it stands."""
        sheet = self.sheet
        if sheet is None:
            return
        marked = grading.mark(sheet.question.task, sheet.answer)
        if self.is_unknown:
            self.rating = Rating.AGAIN
        elif isinstance(sheet.question.task, Cue):
            self.rating = Rating.HARD if sheet.hints else Rating.GOOD
        else:
            self.rating = grading.suggested_rating(
                sheet.question, marked, self.confidence, sheet.hints
            )
        if self.rating not in self.grades:
            self.rating = Rating.GOOD

    # From the question to the next

    def action_choose(self) -> None:
        """Choose under the cursor; where there is nothing to choose go on."""
        sheet = self.sheet
        if sheet is not None and self.may_answer and answering.rows(sheet):
            super().action_choose()
        else:
            self.action_go_on()

    def action_go_on(self) -> None:
        """Show what is right; after that take the grade and go on; at the end leave."""
        if self.sheet is None:
            self.app.pop_screen()
        elif self.sheet.is_revealed:
            self._grade(self.rating)
        else:
            self._submit(None)

    def action_sure(self) -> None:
        """Say how sure one is, which also shows what is right."""
        at = self.handbook_app.struck("study.sure")
        self._submit(tuple(Confidence)[at] if at >= 0 else None)

    def action_grade(self) -> None:
        """Say how well it went, and go on."""
        at = self.handbook_app.struck("study.grade")
        rating = tuple(Rating)[at] if at >= 0 else self.rating
        if rating in self.grades:
            self._grade(rating)

    def action_unknown(self) -> None:
        """Show what is right to somebody who does not know; the question comes back."""
        if self.sheet is not None and not self.sheet.is_revealed:
            self.is_unknown = True
            self._reveal(None)

    def _submit(self, confidence: Confidence | None) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        task = sheet.question.task
        has_more = isinstance(task, Scenario) and sheet.step + 1 < len(task.steps)
        if has_more and answering.is_step_complete(sheet):
            self.take(answering.go_to_step(sheet, sheet.step + 1))
            self.call_later(self._write_if_needed)
            return
        if answering.is_complete(sheet):
            self._reveal(confidence)
        elif answering.needs_text(sheet):
            if confidence is not None and answering.words_wanted(sheet) == "number":
                # The field was closed: a digit is the first one of the answer.
                self.take(answering.write(sheet, str(int(confidence))))
            self.call_later(self.action_write)
        else:
            self.take(answering.move_to(sheet, answering.first_open(sheet)))
            what, hint = missing_words(sheet)
            raise NothingFoundError(what, hint=hint)

    def on_screen_resume(self) -> None:
        """Come back from another screen, with the field open again where one has to type."""
        super().on_screen_resume()
        if self.sheet is not None and not answering.written(self.sheet):
            self.call_later(self._write_if_needed)

    async def _write_if_needed(self) -> None:
        sheet = self.sheet
        is_open = self.is_writing or self._is_opening
        if sheet is not None and answering.needs_text(sheet) and not is_open:
            await self.action_write()

    def _reveal(self, confidence: Confidence | None) -> None:
        if self.sheet is None:
            return
        self.confidence = confidence
        self._revealed = monotonic()
        self.sheet = answering.reveal(self.sheet)
        self.suggest()
        self.draw_sheet()
        self.show_solution()
        self.show_standing()
        task = self.sheet.question.task
        if isinstance(task, Cloze) and grading.near_misses(task, self.sheet.answer):
            ask_near_misses(self, task)

    def take_answer(self, answer: Answer) -> None:
        """Take another answer to the question that is revealed, as for a near miss that counts."""
        if self.sheet is not None:
            self.sheet = answering.sheet_for(
                self.workspace.desk.question(self.sheet.question.id),
                self.sheet.seed,
                answer,
                orders=self.sheet.orders,
            )
            self._reveal(self.confidence)

    def _grade(self, rating: Rating) -> None:
        """Keep the answer with its grade, and only then show the next question."""
        session, sheet = self.session, self.sheet
        if session is None or sheet is None:
            return
        marked = grading.mark(sheet.question.task, sheet.answer)
        if isinstance(sheet.question.task, Cue):
            marked = grading.mark_of_rating(rating)
        after = self.studying.answer(
            # With what another terminal answered in the same session meanwhile.
            self.studying.resume(session.id),
            sheet,
            rating=rating,
            confidence=self.confidence,
            mark=marked,
            think_ms=_milliseconds(self._revealed - self._began),
            total_ms=_milliseconds(monotonic() - self._began),
        )
        self.take_session(after)

    # The end

    def action_back(self) -> None:
        """Stop here: show what the session came to; from there leave."""
        session = self.session
        if self.sheet is None or session is None or not session.turns:
            self.app.pop_screen()
            return
        self.handbook_app.attempt(lambda: self.studying.end(session))
        self.session = stopped(session)
        self._finish()


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
