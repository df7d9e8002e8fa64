"""What a candidate may see of a mock interview: question, listing, plot and clock, nothing else.

It follows the session through the store, so the interviewer may sit in another terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from handbook.practice.mocks import Mocks, mocks_at
from handbook.render.line import EMPTY, Line, Run
from handbook.render.mock import asked_lines, wrapped
from handbook.render.options import Options
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.screens.mock_lines import clock_line
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from handbook.model.interview import Interview

MEASURE = 84
LOOK = 0.25
"""Seconds between two looks at whether the store has changed, which cost microseconds each."""


class MockWatchScreen(HandbookScreen[None]):
    """Shows the item on the table of the newest interview that is open."""

    PLACE: ClassVar[str] = "mock-watch"
    CSS_PATH = ["../styles/mock.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        """Wait for an interview."""
        super().__init__()
        self.interview: Interview | None = None
        self._at: object = None
        self._mocks: Mocks | None = None

    def compose(self) -> ComposeResult:
        """Lay out the question and the clock."""
        yield TopBar()
        yield LineView(id="asked")
        yield LineView(id="clock")
        yield KeyBar()

    @property
    def pane(self) -> LineView:
        """The question."""
        return self.query_one("#asked", LineView)

    @property
    def mocks(self) -> Mocks:
        """The verbs of mock interviews, at the book as it is read now."""
        self._mocks = mocks_at(self.workspace.desk, self._mocks)
        return self._mocks

    def on_mount(self) -> None:
        """Begin to look."""
        clock = self.query_one("#clock", LineView)
        clock.can_focus = clock.has_bar = False
        self.pane.measure = MEASURE
        self.pane.when_sized(self.refresh_content)
        self.pane.focus()
        self.set_interval(LOOK, self.while_open(self._look))
        self.set_interval(1.0, self.while_open(self._show_clock))

    def _look(self) -> None:
        if self.workspace.is_changed_elsewhere():
            self.handbook_app.attempt(self.refresh_content)

    def refresh_content(self) -> None:
        """Show what is on the table now."""
        mocks = self.mocks
        now = mocks.followed(self.interview)
        self.interview = now
        self.show_frame(("Mock interview", now.plan.title if now else "watching"))
        where = (now.id, now.at, now.is_open) if now else None
        if where != self._at:
            self._at = where
            self.pane.top = 0
        width = max(16, self.pane.column_width - 2)
        lines = self._lines(mocks, now, width)
        self.pane.show([EMPTY, *(Line((Run(" "), *line.runs)) for line in lines)])
        self._show_clock()

    def _lines(self, mocks: Mocks, now: Interview | None, width: int) -> list[Line]:
        if now is None:
            text = "No interview is open. The question appears here when it is asked."
            return wrapped(text, width, "muted")
        if now.is_ended:
            return wrapped("The interview is over. Thank you.", width)
        if not now.is_open:
            return wrapped("A round is about to begin.", width, "muted")
        item = mocks.item_of(now)
        if item is None:
            return wrapped(now.planned.title, width, "heading.2")
        return asked_lines(item.title, item.blocks, width, Options(ascii=self.painter.ascii_only))

    def _show_clock(self) -> None:
        clock, now = self.query_one("#clock", LineView), self.interview
        if now is not None:
            moment = self.workspace.store.practice.now().at_ms
            clock.show([clock_line(now, moment, clock.column_width, self.painter)])
