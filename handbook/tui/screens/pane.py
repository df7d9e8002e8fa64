"""A screen of one pane of lines between the bars: a report, a table, a list of exams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.tui.screens.base import HandbookScreen
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from textual.app import ComposeResult


class PaneScreen(HandbookScreen[None]):
    """Lays out the pane; a subclass fills it in `refresh_content`, in each new size again."""

    def compose(self) -> ComposeResult:
        """Lay out the pane between the bars."""
        yield TopBar()
        yield LineView(id="page")
        yield KeyBar()

    @property
    def pane(self) -> LineView:
        """The one pane."""
        return self.query_one("#page", LineView)

    def on_mount(self) -> None:
        """Take the focus."""
        self.pane.when_sized(self.refresh_content)
        self.pane.focus()
