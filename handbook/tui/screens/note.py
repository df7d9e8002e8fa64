"""A note: a field of several lines, kept while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import TextArea

from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

PAUSE = 0.8
"""Seconds without a key after which the note is written to disk."""


class NoteScreen(ModalScreen[None], HandbookScreen[None]):
    """Edits the note on a page, a section or an item; every pause keeps it, and so does closing."""

    PLACE: ClassVar[str] = "note"
    CSS_PATH = ["../styles/overlays.tcss", "../styles/fields.tcss"]  # noqa: RUF012

    def __init__(self, about: str, title: str, *, checklist: str = "") -> None:
        """Edit the note about a place, or about an item of a checklist."""
        super().__init__()
        self.about = about
        self.heading = title
        self.checklist = checklist
        self._keeper: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the field."""
        note = self.workspace.notes().get(self.about)
        with Vertical(classes="overlay"):
            yield TextArea(note.text if note else "", id="note", show_line_numbers=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Take the focus at the end of the text."""
        area = self.query_one(TextArea)
        area.cursor_blink = False
        area.focus()
        area.move_cursor(area.document.end)
        box = self.query_one(".overlay")
        frame(box, f"Note: {self.heading}")
        frame(box, below="kept as you write; empty removes it")
        self.query_one(KeyBar).show(self.handbook_app.hints(self.PLACE))

    def refresh_content(self) -> None:
        """Leave the field alone: its text is newer than the store's."""

    def on_text_area_changed(self) -> None:
        """Keep the note at the next pause."""
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper = self.set_timer(PAUSE, self._keep_now)

    def _keep_now(self) -> bool:
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None
        text = self.query_one(TextArea).text.strip()
        before = self.workspace.notes().get(self.about)
        if text == (before.text if before else ""):
            return True
        return self.handbook_app.attempt(
            lambda: self.workspace.note(self.about, text, checklist=self.checklist)
        )

    def action_keep(self) -> None:
        """Keep the note and close; if it cannot be kept, stay with it on the screen."""
        if self._keep_now():
            self.dismiss(None)
