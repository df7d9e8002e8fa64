"""A list with what is known of its item, and a plan, beside it: checklists and progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from handbook.tui.screens.base import HandbookScreen
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.choices import ChoiceList
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class BesideScreen(HandbookScreen[None]):
    """Lays out a list, and the item and the plan beside it where there is room."""

    CSS_PATH = ["../styles/beside.tcss"]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        """Lay out the list, and the item and the plan beside it."""
        yield TopBar()
        with Horizontal(id="body"):
            yield ChoiceList(id="items", classes="pane")
            with Vertical(id="beside"):
                yield LineView(id="item", classes="pane")
                yield LineView(id="plan", classes="pane")
        yield KeyBar()

    @property
    def pane(self) -> ChoiceList:
        """The list."""
        return self.query_one("#items", ChoiceList)

    def take_focus(self, show: Callable[[], None]) -> None:
        """Take the focus, and show everything again in each new size."""
        for view in self.query(LineView):
            view.when_sized(show)
        self.pane.opens_at_once = False
        self.pane.focus()
