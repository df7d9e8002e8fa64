"""The room of a mock interview: the question, what only the interviewer sees, and the clock.

What can be done there stands in `handbook.tui.screens.mock_interview`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.widgets import TextArea

from handbook.errors import UsageError
from handbook.practice.mocks import Mocks, mocks_at
from handbook.render.line import EMPTY
from handbook.render.mock import brief_lines, score_table, titled, wrapped
from handbook.render.options import Options
from handbook.study import mock
from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.screens.mock_lines import (
    beside_lines,
    clock_line,
    judging_lines,
    question_lines,
    turned_lines,
)
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from handbook.model.event import Entry
    from handbook.model.interview import Interview
    from handbook.model.mock import LoopItem, LoopRound
    from handbook.practice.mocks import Attempt
    from handbook.render.line import Line

TWO_PANES = 116
"""Columns from which a listing and the rubric have room side by side."""

MEASURE = 84
"""The most cells that a question takes."""


class RoomScreen(HandbookScreen[None]):
    """Shows an interview; its place says which keys are in force."""

    PLACE: ClassVar[str] = "mock-room"
    CSS_PATH = ["../styles/mock.tcss", "../styles/fields.tcss"]  # noqa: RUF012
    KEEPS_ITS_PLACE = True

    def __init__(self, session: str) -> None:
        """Go on with the interview of an id, from its beginning or where it was left."""
        super().__init__()
        self.session = session
        self.interview: Interview | None = None
        self.turn = 0
        self._shown_at = -1
        self._mocks: Mocks | None = None
        self._is_warned = False
        self._is_between = False
        self._before: tuple[int, Attempt | None] = (-1, None)
        self._keeper: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the panes, the field of an outline, and the clock."""
        yield TopBar()
        with Horizontal(id="body"):
            yield LineView(id="left", classes="pane")
            yield LineView(id="right", classes="pane")
        area = TextArea(id="outline", show_line_numbers=False)
        area.cursor_blink = False
        yield area
        yield LineView(id="clock")
        yield KeyBar()

    def on_mount(self) -> None:
        """Take the focus, and let the clock run."""
        clock = self.query_one("#clock", LineView)
        clock.can_focus = clock.has_bar = False
        for name in ("#left", "#right", "#clock"):
            self.query_one(name, LineView).when_sized(self.refresh_content)
        self.query_one("#left", LineView).measure = MEASURE
        self.handbook_app.attempt(lambda: self._take(self.mocks.resume(self.session)))
        self.query_one("#left", LineView).focus()
        self.set_interval(1.0, self.while_open(self._show_clock))

    @property
    def mocks(self) -> Mocks:
        """The verbs of mock interviews, at the book as it is read now."""
        self._mocks = mocks_at(self.workspace.desk, self._mocks)
        return self._mocks

    @property
    def place(self) -> str:
        """Which keys are in force: before a round, with somebody, alone, or in the field."""
        now = self.interview
        if self.has_class("-writing"):
            return "note"
        if now is None or not now.is_open:
            return "mock-brief"
        if not now.is_solo:
            return "mock-room"
        return "mock-judge" if now.state.is_done else "mock-answer"

    @property
    def pane(self) -> LineView:
        """The pane that moving keys move: the one that is there where there is room for one."""
        is_turned = self.has_class("-turned") and not self._has_two
        return self.query_one("#right" if is_turned else "#left", LineView)

    @property
    def _has_two(self) -> bool:
        return self.size.width >= TWO_PANES

    @property
    def _is_tall(self) -> bool:
        """Whether rubric and dimension have room in one pane."""
        return self.size.height >= 20

    # What is shown

    def on_screen_resume(self) -> None:
        """Come back from another screen."""
        self.refresh_content()

    def refresh_content(self) -> None:
        """Show the interview as the log has it; another terminal may have gone on with it."""
        if self.interview is None:
            return
        self._take(self.mocks.find(self.session))

    def _take(self, interview: Interview) -> None:
        following = self._next_round(interview)
        if self._is_between and following is not None and not interview.is_open:
            interview = replace(interview, at=interview.of_round(following)[0])
        if interview.at != self._shown_at:
            self._shown_at = interview.at
            self.turn = 0
            for name in ("#left", "#right"):
                self.query_one(name, LineView).top = 0
        self.interview = interview
        self._show()

    def _show(self) -> None:
        now = self.interview
        if now is None:
            return
        planned = now.plan.rounds[now.round]
        whom = now.plan.name or ("alone" if now.is_solo else "")
        self.show_frame((now.plan.title, planned.title), (whom,))
        self.set_class(self._has_two, "-two")
        self.set_class(not self._needs_beside(now), "-alone")
        self.set_class(self._is_turned(now), "-turned")
        left, right = self.query_one("#left", LineView), self.query_one("#right", LineView)
        width = self._width_of(left)
        if not now.is_open:
            frame(left, "Round")
            left.show(self._between(now, width))
        else:
            item = self._item(now)
            options = self._options
            frame(left, "Question")
            left.show(question_lines(now, item, width, options))
            if self._needs_beside(now):
                frame(right, "Your answer" if now.is_solo else "For you alone")
                right.show(self._beside(now, item, self._width_of(right)))
        self._show_clock()

    def _width_of(self, pane: LineView) -> int:
        """Return the cells that the lines of a pane may take, also of one that is hidden now."""
        if self._has_two:
            return max(16, pane.column_width - 1)
        frame_cells = 8 if self.size.width >= 100 else 4 if self.size.width >= 60 else 2
        return max(16, min(MEASURE, self.size.width - frame_cells))

    @property
    def _options(self) -> Options:
        return Options(ascii=self.painter.ascii_only)

    def _item(self, now: Interview) -> LoopItem | None:
        return self.mocks.item_of(now)

    def _needs_beside(self, now: Interview) -> bool:
        return now.is_open and (not now.is_solo or now.state.is_done)

    def _views(self, now: Interview) -> int:
        """Return how many things Tab goes through."""
        count = max(1, len(now.planned.dimensions))
        if self._has_two:
            return count
        return count + 1 if now.is_solo or self._is_tall else count + 3

    def _is_turned(self, now: Interview) -> bool:
        """Tell whether the pane on the right is the one to show where there is room for one."""
        if not self._needs_beside(now):
            return False
        last = self._views(now) - 1
        return self.turn != last if now.is_solo and not self._has_two else self.turn > 0

    def _beside(self, now: Interview, item: LoopItem | None, width: int) -> list[Line]:
        if now.is_solo:
            before = self._last_attempt(now)
            return judging_lines(now, item, self._dimension(now), before, width, self._options)
        if self._has_two or self._is_tall:
            return beside_lines(now, item, self._dimension(now), width, self._options)
        return turned_lines(now, item, self.turn, width, self._options)

    def _last_attempt(self, now: Interview) -> Attempt | None:
        if self._before[0] != now.at:
            self._before = (now.at, self.mocks.last_attempt(now))
        return self._before[1]

    def _between(self, now: Interview, width: int) -> list[Line]:
        """Return what stands before a round, after it, and at the end."""
        following = self._next_round(now)
        if now.round in now.closed:
            title = f"{now.plan.rounds[now.round].title}: closed"
            lines = titled(title, width, 1)[1:]
            said = "The scores can be seen now, and stay."
            lines += [*wrapped(said, width, "muted"), EMPTY]
            lines += score_table(now, now.of_round(now.round), width)
            said = "Enter begins the next round." if following is not None else "Enter: the report."
            return [*lines, *wrapped(said, width, "strong")]
        found = self._round_of_book(now)
        lines = brief_lines(found, now, width, self._options)[1:]
        return [*lines, *wrapped("Enter begins, and the clock runs.", width, "strong")]

    def _round_of_book(self, now: Interview) -> LoopRound | None:
        loop = self.mocks.loops.get(now.plan.loop)
        title = now.plan.rounds[now.round].title
        return next((each for each in (loop.rounds if loop else ()) if each.title == title), None)

    def _next_round(self, now: Interview) -> int | None:
        rest = (n for n in range(len(now.plan.rounds)) if n not in now.started)
        return next(rest, None)

    def _show_clock(self) -> None:
        clock = self.query_one("#clock", LineView)
        now = self.interview
        if now is None:
            return
        moment = self.mocks.log.now().at_ms
        clock.show([clock_line(now, moment, clock.column_width, self.painter)])

    # What happens

    def _now(self) -> Interview:
        if self.interview is None:
            raise UsageError("the interview could not be opened")
        return self.interview

    def _do(self, entries: Sequence[Entry]) -> None:
        self._is_warned = False
        self._take(self.mocks.do(self._now(), entries))

    # Panes and dimensions

    def _dimension(self, now: Interview) -> int:
        """Return the dimension that scores and evidence go to, an index."""
        return max(0, min(self.turn - self._first_turn(now), len(now.planned.dimensions) - 1))

    def _first_turn(self, now: Interview) -> int:
        """Return the turn that shows the first dimension."""
        return 0 if self._has_two or now.is_solo else 1 if self._is_tall else 2

    def _turn_to(self, view: int) -> None:
        self.turn = view
        self._show()

    def _reveal_dimension(self) -> None:
        """Bring the dimension of the turn into sight."""
        now = self._now()
        if now.planned.dimensions:
            self._reveal_in("#right", now.planned.dimensions[self._dimension(now)], rows=9)

    def _reveal_in(self, name: str, words: str, rows: int = 3) -> None:
        """Bring the first line of a pane that begins with some words, and those below, into sight.

        The end of the pane where no line does.
        """
        pane = self.query_one(name, LineView)
        starts = (n for n, line in enumerate(pane.lines) if line.text.startswith(words))
        number = next(starts, len(pane.lines) - 1)
        pane.reveal(min(number + rows, len(pane.lines) - 1), margin=0)
        pane.reveal(number, margin=0)

    def _reveal_next(self) -> None:
        """Bring into sight what is to be done next with an answer of one's own."""
        if self._is_marked(self._now()):
            self._reveal_dimension()
        else:
            right = self.query_one("#right", LineView)
            right.scroll_lines(len(right.lines))

    def _is_marked(self, now: Interview) -> bool:
        return mock.next_criterion(now) is None and now.state.follow_ups >= now.planned.follow_ups
