"""A screen of one pane between the bars: a report or a table of lines, or a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from handbook.tui.screens.base import HandbookScreen
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.choices import ChoiceList
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from textual.app import ComposeResult


class PaneScreen(HandbookScreen[None]):
    """Lays out the pane; a subclass fills it in `refresh_content`."""

    VIEW: ClassVar[type[LineView]] = LineView

    def compose(self) -> ComposeResult:
        """Lay out the pane between the bars."""
        yield TopBar()
        yield self.VIEW(id="page")
        yield KeyBar()

    @property
    def pane(self) -> LineView:
        """The one pane."""
        return self.query_one("#page", LineView)

    def on_mount(self) -> None:
        """Take the focus."""
        self.pane.when_sized(self.draw)
        self.pane.focus()

    def draw(self) -> None:
        """Fill the pane for a new width; a subclass that has read much need not read it again."""
        self.refresh_content()


class ListScreen(PaneScreen):
    """Lays out one list to choose from."""

    VIEW = ChoiceList

    @property
    def pane(self) -> ChoiceList:
        """The list."""
        return self.query_one("#page", ChoiceList)
