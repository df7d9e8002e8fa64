"""Study: all that the keys do with a question besides answering it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.errors import NothingFoundError
from handbook.model import Cue
from handbook.study import answering
from handbook.tui.screens.study_menus import (
    ask_flag,
    choose_help,
    choose_session,
    confirm_suspension,
    show_facts,
)
from handbook.tui.screens.study_session import SessionScreen

if TYPE_CHECKING:
    from handbook.model import Question


class StudyScreen(SessionScreen):
    """A session with all the keys of study."""

    def is_live(self, action: str) -> bool:
        """Leave the hint out of the key bar where there is none."""
        sheet = self.sheet
        if action == "study.hint" and sheet is not None:
            return sheet.hints < len(sheet.question.hints)
        return super().is_live(action)

    def action_hint(self) -> None:
        """Show one more hint."""
        sheet = self.sheet
        if sheet is None or sheet.is_revealed:
            return
        if sheet.hints >= len(sheet.question.hints):
            what = "there is no further hint" if sheet.hints else "this question has no hint"
            raise NothingFoundError(what)
        self.take(answering.hint(sheet))
        self.pane.reveal(len(self.pane.lines) - 1)
        self.show_standing()

    def action_undo(self) -> None:
        """Take the last answer back; the question returns with it."""
        if self.session is None:
            return
        session, sheet = self.studying.undo(self.session)
        if sheet is None:
            raise NothingFoundError("there is nothing to take back")
        self.take_session(session, sheet)

    def action_redo(self) -> None:
        """Give the answer again that was taken back."""
        session = self.studying.redo(self.session) if self.session is not None else None
        if session is None:
            raise NothingFoundError("nothing was taken back")
        self.take_session(session)

    def action_source(self) -> None:
        """Read the section that teaches the question."""
        question = self._question()
        task = question.task
        places = [task.place] if isinstance(task, Cue) else []
        places += [found for link in question.see if (found := self.workspace.resolve(link, ""))]
        if not places:
            raise NothingFoundError("no page of the book teaches this question")
        self.handbook_app.open_place(places[0])

    def action_facts(self) -> None:
        """Show what is known of the question, and what each grade would lead to."""
        show_facts(self, self._question())

    def action_flag(self) -> None:
        """Flag the question with a note on what is wrong with it."""
        ask_flag(self, self._question())

    def action_hold(self) -> None:
        """Leave the question until tomorrow."""
        if self.session is not None:
            self.take_session(self.studying.hold(self.session, self._question()))
            self.handbook_app.tell("Not today: it comes back tomorrow; u brings it back now")

    def action_suspend(self) -> None:
        """Ask once, then never ask this question again."""
        confirm_suspension(self, self._question())

    def suspend(self) -> None:
        """Let the question come no more."""
        if self.session is not None:
            self.take_session(self.studying.suspend(self.session, self._question()))

    def hold_for(self, days: int) -> None:
        """Hold the question back for days."""
        if self.session is not None:
            self.take_session(self.studying.hold(self.session, self._question(), days))

    def swap(self) -> None:
        """Let an easier question take the place of this one for two weeks."""
        if self.session is not None:
            self.take_session(self.studying.swap(self.session, self._question()))

    def action_stuck(self) -> None:
        """Choose what may help with a question that is forgotten often."""
        choose_help(self, self._question())

    def action_edit(self) -> None:
        """Open the file of the question at its line, and come back to it."""
        from handbook.tui.editor import edit  # noqa: PLC0415  rarely needed

        question = self._question()
        roots = reversed(self.workspace.places.layers)
        path = next(
            (root / question.path for root in roots if (root / question.path).is_file()), None
        )
        if path is None:
            raise NothingFoundError(f"{question.path} is not there")
        edit(self.handbook_app, path, question.line)

    def action_copy(self) -> None:
        """Copy the question as it stands on the screen."""
        self.handbook_app.copy("\n".join(line.text.rstrip() for line in self.pane.lines))

    def action_session(self) -> None:
        """Choose another session: its time box, its topic, or a sprint."""
        choose_session(self)

    def _question(self) -> Question:
        """Return the question on the table; raise NothingFoundError if there is none."""
        if self.sheet is None:
            raise NothingFoundError("no question is on the table")
        return self.sheet.question
