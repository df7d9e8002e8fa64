"""The exams: which there are, which one is in progress, and what was sat before."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from handbook.errors import UsageError
from handbook.model.exam import Blueprint
from handbook.practice.exam_log import Unfinished, unfinished
from handbook.practice.exams import Exams
from handbook.study.exam_result import Result
from handbook.tui.paint import frame
from handbook.tui.screens.beside import BesideScreen
from handbook.tui.screens.exam_lines import attempt_lines, blueprint_lines, list_items, says
from handbook.tui.widgets.choices import Item
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from handbook.model.start import ScreenStart
    from handbook.render.line import Line
    from handbook.tui.shell import Shell

MOST_SHOWN = 20
"""How many attempts the list shows; the history has them all."""


class ExamsScreen(BesideScreen):
    """Lists the exams of the book and those that were sat; what one is made of stands beside it."""

    PLACE: ClassVar[str] = "exam"
    BESIDE = ("item",)

    def __init__(self) -> None:
        """Begin without having looked."""
        super().__init__()
        self._exams: Exams | None = None
        self._was_running = False

    @property
    def exams(self) -> Exams:
        """The verbs of exams, at the book as it is read now; they keep what they worked out."""
        if self._exams is None or self._exams.desk is not self.workspace.desk:
            self._exams = Exams(self.workspace.desk)
        return self._exams

    def on_mount(self) -> None:
        """Take the focus."""
        self.take_focus(self.refresh_content)

    def refresh_content(self) -> None:
        """Show the exams as they stand in the book and in the store."""
        exams = self.exams
        blueprints, running = exams.blueprints(), unfinished(self.workspace.desk)
        history = exams.history()[:MOST_SHOWN]
        state = (f"{len(history)} sat" if history else "",)
        self.show_frame((self.workspace.handbook.title, "Exam"), state)
        frame(self.pane, "Exams")
        width = max(16, self.pane.column_width)
        if blueprints or running or history:
            items = list_items(running, blueprints, history, width)
            self.pane.show_items(items, cursor=self._cursor(items, running))
        else:
            lines = says("This book has no exam.", width, "muted")
            self.pane.show_items([Item(tuple(lines), can_choose=False)])
        self._show_beside()

    def _cursor(self, items: list[Item], running: Unfinished | None) -> int | None:
        """Return where the cursor goes: to an exam newly in progress, else where it was."""
        is_new, self._was_running = running is not None and not self._was_running, bool(running)
        kept = running if is_new else self.pane.value
        found = (number for number, item in enumerate(items) if _is_same(item.value, kept))
        return next(found, None)

    def _show_beside(self) -> None:
        view = self.query_one("#item", LineView)
        if not self.query_one("#beside").display:
            return
        frame(view, "What it is")
        view.show(self._beside_lines(max(12, view.column_width - 1)), top=0)

    def _beside_lines(self, width: int) -> list[Line]:
        value = self.pane.value
        if isinstance(value, Blueprint):
            return blueprint_lines(value, width, self.exams.title_of)
        if isinstance(value, Result):
            return attempt_lines(value, width)
        return says(str(value), width) if isinstance(value, Unfinished) else []

    def on_choice_list_moved(self) -> None:
        """Show what the cursor stands on now."""
        self._show_beside()

    def on_choice_list_chosen(self) -> None:
        """Open what was clicked."""
        self.handbook_app.attempt(self.action_open)

    def action_open(self) -> None:
        """Begin the exam, go on with it, or show what it says."""
        value = self.pane.value
        if isinstance(value, Unfinished):
            resume(self.handbook_app)
        elif isinstance(value, Blueprint):
            begin(self.handbook_app, value.name)
        elif isinstance(value, Result):
            show_result(self.handbook_app, value.exam.id)

    def action_history(self) -> None:
        """Show all exams, and how each topic has moved."""
        from handbook.tui.screens.exam_history import HistoryScreen  # noqa: PLC0415  few look

        self.app.push_screen(HistoryScreen())


def _is_same(value: object, other: object) -> bool:
    """Tell whether two entries of the list are the same exam, however far it has come."""
    if isinstance(value, Result) and isinstance(other, Result):
        return value.exam.id == other.exam.id
    if isinstance(value, Blueprint) and isinstance(other, Blueprint):
        return value.name == other.name
    return isinstance(value, Unfinished) and isinstance(other, Unfinished)


# Ways into an exam


def open_exams(app: Shell, start: ScreenStart) -> None:
    """Open the list, and on it what the command line asks for."""
    app.push_screen(ExamsScreen())
    if start.name == "resume":
        resume(app)
    elif start.name:
        begin(app, start.name, start)


def begin(app: Shell, name: str, start: ScreenStart | None = None) -> None:
    """Open the start of an exam; raise UsageError while another one is in progress."""
    from handbook.tui.screens.exam_start import ExamStartScreen  # noqa: PLC0415  not for a list

    if unfinished(app.workspace.desk) is not None:
        hint = "first in the list: Enter goes on with it, and X in it hands in"
        raise UsageError("another exam is in progress", hint=hint)
    screen = ExamStartScreen(name)
    if start is not None:
        screen.seed = start.seed
        screen.policy = "wall" if start.clock == "wall" else "pause"
        screen.is_open_book = start.is_open_book
    app.push_screen(screen)


def resume(app: Shell) -> None:
    """Go on with the exam in progress; one whose time ran out meanwhile shows what it says."""
    exam = Exams(app.workspace.desk).resume()
    if exam.is_ended:
        app.tell("The time was up: handed in as it stood")
        show_result(app, exam.id)
        return
    from handbook.tui.screens.sitting import SittingScreen  # noqa: PLC0415  not for a list

    app.push_screen(SittingScreen(exam))


def show_result(app: Shell, session: str) -> None:
    """Open what an exam says."""
    from handbook.tui.screens.exam_result import ResultScreen  # noqa: PLC0415  not for a list

    app.push_screen(ResultScreen(session))
