"""Before an exam: what counts, by which clock, and the paper that will be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from handbook.practice.exams import Exams
from handbook.tui.screens.exam_lines import start_lines
from handbook.tui.screens.pane import PaneScreen
from handbook.tui.screens.prompt import ask

if TYPE_CHECKING:
    from handbook.model.exam import ClockPolicy

WIDEST = 76


class ExamStartScreen(PaneScreen):
    """Says the rules and lets a reader decide; nothing is kept before Enter."""

    PLACE: ClassVar[str] = "exam-start"

    def __init__(self, name: str) -> None:
        """Prepare the exam of a name."""
        super().__init__()
        self.exam_name = name
        self.seed = ""
        self.policy: ClockPolicy = "pause"
        self.is_open_book = False

    def renew(self) -> None:
        """Show the exam as it is read now; one that cannot be drawn any more leads back."""
        if not self.handbook_app.attempt(self.refresh_content) and self.is_current:
            self.dismiss(None)

    def refresh_content(self) -> None:
        """Show what will be drawn; raise HandbookError if nothing can be."""
        exams = Exams(self.workspace.desk)
        blueprint = exams.blueprint(self.exam_name)
        form, _ = exams.draw(self.exam_name, self.seed)
        self.show_frame((self.workspace.handbook.title, "Exam", blueprint.title))
        self.pane.measure = min(WIDEST, max(16, self.pane.content_size.width - 2))
        lines = start_lines(
            blueprint,
            form,
            self.pane.column_width,
            policy=self.policy,
            is_open_book=self.is_open_book,
            title_of=exams.title_of,
        )
        self.pane.show(lines)

    def action_clock(self) -> None:
        """Change how the clock runs."""
        self.policy = "wall" if self.policy == "pause" else "pause"
        self.refresh_content()

    def action_open_book(self) -> None:
        """Open the book, or close it."""
        self.is_open_book = not self.is_open_book
        self.refresh_content()

    def action_seed(self) -> None:
        """Ask for the word that the paper is drawn from."""
        question = "A word that the paper is drawn from; empty for the next of today"
        ask(self.handbook_app, question, self.seed, self._set_seed)

    def _set_seed(self, word: str) -> None:
        Exams(self.workspace.desk).draw(self.exam_name, word)  # refuses what is no seed
        self.seed = word
        self.refresh_content()

    def action_begin(self) -> None:
        """Begin: the form is frozen, and the clock starts."""
        from handbook.tui.screens.sitting import SittingScreen  # noqa: PLC0415  only now

        exam = Exams(self.workspace.desk).begin(
            self.exam_name, self.seed, self.policy, is_open_book=self.is_open_book
        )
        self.app.switch_screen(SittingScreen(exam))
