"""All questions of an exam in a grid, to go to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen

from handbook.render.line import EMPTY
from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.screens.exam_lines import grid_columns, grid_lines, legend_lines
from handbook.tui.widgets.bars import KeyBar
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from handbook.tui.screens.exam_lines import Grid


class GridScreen(ModalScreen[None], HandbookScreen[None]):
    """Shows each question's state; Enter goes to the one under the cursor."""

    PLACE: ClassVar[str] = "exam-grid"
    CSS_PATH = ["../styles/overlays.tcss"]  # noqa: RUF012

    def __init__(self, grid: Grid, then: Callable[[int], None]) -> None:
        """Show a grid; `then` takes the question that is chosen, counted from 0."""
        super().__init__()
        self.grid = grid
        self.cursor = grid.at
        self.then = then

    def compose(self) -> ComposeResult:
        """Lay out the grid in a low box."""
        with Vertical(classes="overlay low"):
            yield LineView(id="grid")
        yield KeyBar()

    @property
    def pane(self) -> LineView:
        """The grid."""
        return self.query_one("#grid", LineView)

    def on_mount(self) -> None:
        """Take the focus."""
        frame(self.query_one(".overlay"), "Questions")
        self.query_one(KeyBar).show(self.handbook_app.hints(self.PLACE))
        self.pane.styles.height = "auto"
        self.pane.when_sized(self.refresh_content)
        self.pane.focus()

    def refresh_content(self) -> None:
        """Draw the grid for the width there is."""
        width, is_ascii = max(16, self.pane.column_width), self.painter.ascii_only
        rows = grid_lines(self.grid, width, is_ascii=is_ascii, cursor=self.cursor)
        legend = legend_lines(self.grid, width, is_ascii=is_ascii)
        self.pane.show([EMPTY, *rows, EMPTY, *legend, EMPTY])
        self.pane.reveal(1 + self.cursor // self._columns)

    @property
    def _columns(self) -> int:
        return grid_columns(len(self.grid.states), max(16, self.pane.column_width))

    def _move(self, step: int) -> None:
        if 0 <= self.cursor + step < len(self.grid.states):
            self.cursor += step
            self.refresh_content()

    def action_left(self) -> None:
        """Move to the question before."""
        self._move(-1)

    def action_right(self) -> None:
        """Move to the question after."""
        self._move(1)

    def action_up(self) -> None:
        """Move a row up."""
        self._move(-self._columns)

    def action_down(self) -> None:
        """Move a row down."""
        self._move(self._columns)

    def action_open(self) -> None:
        """Go to the question under the cursor."""
        self.dismiss(None)
        self.then(self.cursor)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
