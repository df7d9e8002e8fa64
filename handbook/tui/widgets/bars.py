"""The two rows around every screen: where one is, and which keys work here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from handbook.render.cells import cells, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from handbook.tui.widgets.lines import HasPainter

from textual.message import Message


class TopBar(Widget):
    """One row: where one is on the left, what is the case on the right."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.place: tuple[str, ...] = ()
        self.state: tuple[str, ...] = ()

    def show(self, place: Sequence[str], state: Sequence[str] = ()) -> None:
        """Show a path of names, and states; both are shortened from the left to fit."""
        shown = tuple(place), tuple(part for part in state if part)
        if shown != (self.place, self.state):
            self.place, self.state = shown
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Paint the row."""
        app: HasPainter = self.app  # type: ignore[assignment]
        painter, width, base = app.painter, self.content_size.width, self.rich_style
        parts = list(self.place)
        joint = f" {painter.sign('sub')} "
        states = list(self.state)
        while states and cells(parts[-1] if parts else "") + cells("  ".join(states)) + 2 > width:
            states.pop()  # what is the case gives way before where one is
        right = "  ".join(states)
        room = width - (cells(right) + 2 if right else 0)
        while len(parts) > 1 and cells(joint.join(parts)) > room:
            parts.pop(0)
        left = cut(joint.join(parts), max(room, 1))
        gap = " " * (width - cells(left) - cells(right))
        head, _, last = left.rpartition(joint)
        segments = [
            Segment(head + joint if head else "", base + painter.styles["muted"]),
            Segment(last, base + Style(bold=True)),
            Segment(gap, base),
            Segment(right, base + painter.styles["muted"]),
        ]
        return Strip(segments).adjust_cell_length(width, base)


class Hint(NamedTuple):
    """A key and the word for what it does; `action` is the id that a click runs."""

    key: str
    word: str
    action: str


class KeyBar(Widget):
    """One row: the keys that matter here; what does not fit is dropped, but never the last."""

    class Pressed(Message):
        """The reader clicked on a hint."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.hints: tuple[Hint, ...] = ()
        self._places: list[tuple[int, int, str]] = []

    def show(self, hints: Sequence[Hint]) -> None:
        """Show these hints; the last one is always kept."""
        if self.hints != tuple(hints):
            self.hints = tuple(hints)
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Paint the row."""
        app: HasPainter = self.app  # type: ignore[assignment]
        painter, width, base = app.painter, self.content_size.width, self.rich_style
        gap = 3 if width >= 110 else 2
        segments: list[Segment] = []
        self._places = []
        at = 0
        for hint in fitting(self.hints, width, gap):
            if segments:
                segments.append(Segment(" " * gap, base))
                at += gap
            segments.append(Segment(hint.key, base + painter.styles["key"]))
            segments.append(Segment(f" {hint.word}", base + painter.styles["text"]))
            size = cells(hint.key) + 1 + cells(hint.word)
            self._places.append((at, at + size, hint.action))
            at += size
        return Strip(segments).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        """Run the action whose hint was clicked."""
        offset = event.get_content_offset(self)
        for start, end, action in self._places:
            if offset is not None and start <= offset.x < end:
                self.post_message(self.Pressed(action))


def fitting(hints: Sequence[Hint], width: int, gap: int) -> list[Hint]:
    """Return the hints that fit a width, dropping from the right but never the last one."""
    if not hints:
        return []
    last = hints[-1]
    room = width - cells(last.key) - 1 - cells(last.word)
    kept: list[Hint] = []
    for hint in hints[:-1]:
        room -= cells(hint.key) + 1 + cells(hint.word) + gap
        if room < 0:
            break
        kept.append(hint)
    return [*kept, last]
