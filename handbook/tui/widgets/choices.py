"""A list to choose from: items of one or more painted lines, and a cursor."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from handbook.render.line import Line, Run
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from collections.abc import Sequence


class Item(NamedTuple):
    """An entry: its lines, the value it stands for, and whether the cursor may stop on it."""

    lines: tuple[Line, ...]
    value: object = None
    can_choose: bool = True


class ChoiceList(LineView):
    """Shows items; the cursor is a bar in the first column, so every line leaves that cell free."""

    class Moved(Message):
        """The cursor stands on another item."""

        def __init__(self, choices: ChoiceList) -> None:
            super().__init__()
            self.choices = choices

        @property
        def control(self) -> ChoiceList:
            """The list."""
            return self.choices

    class Chosen(Message):
        """The reader chose the item under the cursor."""

        def __init__(self, choices: ChoiceList) -> None:
            super().__init__()
            self.choices = choices

        @property
        def control(self) -> ChoiceList:
            """The list."""
            return self.choices

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """Start empty."""
        super().__init__(id=id, classes=classes)
        self.items: Sequence[Item] = ()
        self.opens_at_once = True
        self.cursor = 0
        self._starts: list[int] = []
        self._owner: list[int] = []
        self.decorate = self._with_cursor

    # What is shown

    def show_items(self, items: Sequence[Item], *, cursor: int | None = None) -> None:
        """Show other items; without `cursor` it stays on its number as far as it can."""
        self.items = items
        lines: list[Line] = []
        self._starts, self._owner = [], []
        for number, item in enumerate(items):
            self._starts.append(len(lines))
            self._owner += [number] * len(item.lines)
            lines += item.lines
        wanted = self.cursor if cursor is None else cursor
        self.cursor = self._nearest(min(max(wanted, 0), max(len(items) - 1, 0)))
        self.show(lines)
        self.keep_cursor_visible()

    def _nearest(self, number: int) -> int:
        """Return the choosable item nearest to a number, looking down first."""
        candidates = chain(range(number, len(self.items)), range(number - 1, -1, -1))
        return next((each for each in candidates if self.items[each].can_choose), 0)

    @property
    def value(self) -> object:
        """The value under the cursor, None if the list is empty."""
        return self.items[self.cursor].value if self.cursor < len(self.items) else None

    def keep_cursor_visible(self) -> None:
        """Scroll so that the whole item under the cursor, and what heads it, is on the screen."""
        if not self.items or not self._starts:
            return
        start = self._starts[self.cursor]
        end = start + len(self.items[self.cursor].lines) - 1
        first = min((i for i, item in enumerate(self.items) if item.can_choose), default=0)
        if self.cursor <= first:
            start = 0
        self.reveal(end, margin=1)
        if start < self.top:
            self.reveal(start, margin=1)
        self.refresh()

    # Moving

    def move_cursor(self, step: int) -> None:
        """Move to the next choosable item in a direction; stay at the ends."""
        number, direction = self.cursor, 1 if step > 0 else -1
        left = abs(step)
        candidate = number
        while left and 0 <= candidate + direction < len(self.items):
            candidate += direction
            if self.items[candidate].can_choose:
                number, left = candidate, left - 1
        self.put_cursor(number)

    def put_cursor(self, number: int) -> None:
        """Put the cursor on an item."""
        number = self._nearest(max(0, min(number, len(self.items) - 1)))
        if number != self.cursor:
            self.cursor = number
            self.post_message(self.Moved(self))
        self.keep_cursor_visible()

    def move(self, step: int) -> bool:
        """Move the cursor; the wheel moves it too, so that the cursor is always in sight."""
        before = self.cursor
        self.move_cursor(step)
        return self.cursor != before

    def choose(self) -> None:
        """Choose what is under the cursor."""
        if self.cursor < len(self.items) and self.items[self.cursor].can_choose:
            self.post_message(self.Chosen(self))

    def on_line_view_clicked(self, event: LineView.Clicked) -> None:
        """Choose what the reader clicks on; without `opens_at_once` only at a second click."""
        event.stop()
        number = self._owner[event.line]
        if not self.items[number].can_choose:
            return
        is_second = number == self.cursor
        self.put_cursor(number)
        if is_second or self.opens_at_once:
            self.choose()

    # Painting

    def _with_cursor(self, number: int, line: Line) -> Line:
        """Put the cursor's bar into the first cell of the item it stands on."""
        if not self.items or self._owner[number] != self.cursor or not line.runs:
            return line
        first = line.runs[0]
        bar = Run(self.painter.sign("cursor"), "cursor" if self.has_cursor_focus else "muted")
        rest = [Run(first.text[1:], first.style, first.link), *line.runs[1:]]
        strong = {"text": "strong", "link": "focus"}
        is_first = number == self._starts[self.cursor]
        styled = [
            Run(run.text, strong.get(run.style, run.style), run.link) if is_first else run
            for run in rest
        ]
        return Line((bar, *styled), line.block)

    @property
    def has_cursor_focus(self) -> bool:
        """Tell whether keys move this list's cursor: it has the focus, or a field feeds it."""
        return self.has_focus or self.has_class("-fed")
