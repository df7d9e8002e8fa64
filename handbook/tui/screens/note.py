"""Writing: a field of several lines, kept while it is written, for notes and for answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import TextArea

from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.timer import Timer

PAUSE = 0.8
"""Seconds without a key after which the text is kept."""


class WritingScreen(ModalScreen[None], HandbookScreen[None]):
    """Edits a text; every pause keeps it, and so does closing. What keeps it is the subclass's."""

    PLACE: ClassVar[str] = "note"
    CSS_PATH = ["../styles/overlays.tcss", "../styles/fields.tcss"]  # noqa: RUF012

    def __init__(self, title: str, below: str) -> None:
        """Edit a text under a title; `below` says what becomes of it."""
        super().__init__()
        self.heading = title
        self.below = below
        self._keeper: Timer | None = None

    def kept(self) -> str:
        """Return the text as it is kept."""
        raise NotImplementedError

    def keep(self, text: str) -> None:
        """Keep the text; raises StoreError."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Lay out the field."""
        with Vertical(classes="overlay"):
            yield TextArea(self.kept(), id="note", show_line_numbers=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Take the focus at the end of the text."""
        area = self.query_one(TextArea)
        area.cursor_blink = False
        self.set_focus(area)
        area.move_cursor(area.document.end)
        box = self.query_one(".overlay")
        frame(box, self.heading)
        frame(box, below=self.below)
        self.query_one(KeyBar).show(self.handbook_app.hints(self.PLACE))

    def refresh_content(self) -> None:
        """Leave the field alone: its text is newer than the store's."""

    def on_text_area_changed(self) -> None:
        """Keep the text at the next pause."""
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper = self.set_timer(PAUSE, self._keep_now)

    def _keep_now(self) -> bool:
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None
        text = self.query_one(TextArea).text.strip()
        return text == self.kept() or self.handbook_app.attempt(lambda: self.keep(text))

    def action_keep(self) -> None:
        """Keep the text and close; if it cannot be kept, stay with it on the screen."""
        if self._keep_now():
            self.dismiss(None)


class NoteScreen(WritingScreen):
    """Edits the note on a page, a section or an item."""

    def __init__(self, about: str, title: str, *, checklist: str = "") -> None:
        """Edit the note about a place, or about an item of a checklist."""
        super().__init__(f"Note: {title}", "kept as you write; empty removes it")
        self.about = about
        self.checklist = checklist

    def kept(self) -> str:
        """Return the note."""
        note = self.workspace.notes().get(self.about)
        return note.text if note else ""

    def keep(self, text: str) -> None:
        """Keep the note."""
        self.workspace.note(self.about, text, checklist=self.checklist)


class OutlineScreen(WritingScreen):
    """Edits an answer in one's own words, which the screen below takes at every pause."""

    def __init__(self, title: str, text: str, then: Callable[[str], None]) -> None:
        """Edit a text; `then` takes it."""
        super().__init__(title, "your own words; an outline is enough")
        self.text = text
        self.then = then

    def kept(self) -> str:
        """Return the text as it was last taken."""
        return self.text

    def keep(self, text: str) -> None:
        """Hand the text over."""
        self.then(text)
        self.text = text
