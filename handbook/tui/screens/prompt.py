"""A question with one line of answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from handbook.errors import HandbookError
from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from handbook.tui.shell import Shell


class PromptScreen(ModalScreen[None], HandbookScreen[None]):
    """Asks, and closes once the answer has been taken."""

    PLACE: ClassVar[str] = "prompt"
    CSS_PATH = ["../styles/overlays.tcss", "../styles/fields.tcss"]  # noqa: RUF012

    def __init__(self, question: str, answer: str, then: Callable[[str], None]) -> None:
        """Ask with a ready answer; `then` takes what is given, or raises HandbookError."""
        super().__init__()
        self.question = question
        self.answer = answer
        self.then = then

    def compose(self) -> ComposeResult:
        """Lay out the field in a low box."""
        with Vertical(classes="overlay low"):
            field = Input(self.answer)
            field.cursor_blink = False
            yield field
        yield KeyBar()

    def on_mount(self) -> None:
        """Take the focus."""
        frame(self.query_one(".overlay"), self.question)
        self.query_one(KeyBar).show(self.handbook_app.hints(self.PLACE))
        self.set_focus(self.query_one(Input))

    def refresh_content(self) -> None:
        """Nothing here depends on the store."""

    def action_keep(self) -> None:
        """Hand the answer over and close; one that is refused stays, with the reason below it."""
        try:
            self.then(self.query_one(Input).value.strip())
        except HandbookError as error:
            frame(self.query_one(".overlay"), below=str(error))
            self.handbook_app.tell(str(error), severity="error")  # whole, where the frame is narrow
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Close without one."""
        self.dismiss(None)


def ask(app: Shell, question: str, answer: str, then: Callable[[str], None]) -> None:
    """Ask, and call `then` with the answer; what it refuses stays in the field."""
    app.push_screen(PromptScreen(question, answer, then))
