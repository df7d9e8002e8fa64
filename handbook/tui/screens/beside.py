"""A list with what is known of its item beside it: checklists, progress, exams."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from handbook.tui.screens.base import HandbookScreen
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.choices import ChoiceList
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class BesideScreen(HandbookScreen[None]):
    """Lays out a list, and the panes of `BESIDE` beside it where there is room."""

    CSS_PATH = ["../styles/beside.tcss"]  # noqa: RUF012
    BESIDE: ClassVar[tuple[str, ...]] = ("item", "plan")

    def compose(self) -> ComposeResult:
        """Lay out the list, and beside it what belongs to the item under the cursor."""
        yield TopBar()
        with Horizontal(id="body"):
            yield ChoiceList(id="items", classes="pane")
            with Vertical(id="beside"):
                for name in self.BESIDE:
                    yield LineView(id=name, classes="pane")
        yield KeyBar()

    @property
    def pane(self) -> ChoiceList:
        """The list."""
        return self.query_one("#items", ChoiceList)

    def take_focus(self, show: Callable[[], None]) -> None:
        """Take the focus, and show everything again in each new size."""
        for view in self.query(LineView):
            view.when_sized(show)
        self.pane.focus()
