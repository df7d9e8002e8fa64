"""A pane of painted lines that scrolls: the one widget under reader, lists, maps and overlays.

It keeps its own top line instead of a virtual size, so a page of 20,000 lines costs what the screen
shows of it, and it draws its own scroll bar in the last column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from handbook.render.line import EMPTY, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style
    from textual import events
    from textual.selection import Selection

    from handbook.tui.paint import Painter


MOST_PAINTED = 400
"""How many painted rows a pane keeps: scrolling by a line then paints one new row."""


class HasPainter(Protocol):
    """The part of the app that widgets need: how to paint in the current theme."""

    painter: Painter


class LineView(Widget, can_focus=True):
    """Shows lines from `top` on; `measure` centres a column of so many cells (0: all there are)."""

    ALLOW_SELECT = True
    WHEEL = 3

    class Clicked(Message):
        """The reader clicked on a line; `column` counts from the column's left edge."""

        def __init__(self, view: LineView, line: int, column: int) -> None:
            super().__init__()
            self.view = view
            self.line = line
            self.column = column

        @property
        def control(self) -> LineView:
            """The view that was clicked."""
            return self.view

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """Start empty."""
        super().__init__(id=id, classes=classes)
        self.lines: Sequence[Line] = ()
        self.top = 0
        self.measure = 0
        self.has_bar = True
        self.decorate: Callable[[int, Line], Line] | None = None
        self._when_sized: Callable[[], None] | None = None
        self._when_scrolled: Callable[[], None] | None = None
        self._told_size = Size(0, 0)
        self._painted: dict[tuple[int, Segment], tuple[Line, Strip]] = {}
        self._edges: tuple[Strip, Strip] | None = None
        self._painted_for: object = None
        self._is_painting = False

    # What is shown

    def show(self, lines: Sequence[Line], *, top: int | None = None) -> None:
        """Show other lines; without `top` the view stays where it is as far as it can."""
        grows = self.styles.is_auto_height and len(lines) != len(self.lines)
        self.lines = lines
        self.top = self._clamped(self.top if top is None else top)
        self.refresh(layout=grows)

    def when_sized(self, call: Callable[[], None]) -> None:
        """Call as soon as the pane has a new size, now if it has one already.

        Textual's own Resize event comes only after a frame has been drawn with the old lines.
        """
        self._when_sized = call
        self._tell_size()

    def when_scrolled(self, call: Callable[[], None]) -> None:
        """Call as soon as other lines are on the screen, before they are drawn.

        A message would arrive after the frame, and what it changes would cost a second one.
        """
        self._when_scrolled = call

    @property
    def rows(self) -> int:
        """How many lines fit."""
        return max(1, self.content_size.height)

    @property
    def bottom(self) -> int:
        """The line after the last one on the screen."""
        return min(len(self.lines), self.top + self.rows)

    @property
    def painter(self) -> Painter:
        """The app's painter."""
        app: HasPainter = self.app  # type: ignore[assignment]
        return app.painter

    @property
    def column_width(self) -> int:
        """Cells that a line may take."""
        room = self.content_size.width - (1 if self.has_bar else 0)
        return max(1, min(self.measure or room, room))

    @property
    def column_left(self) -> int:
        """Cells to the left of the column."""
        room = self.content_size.width - (1 if self.has_bar else 0)
        return max(0, (room - self.column_width) // 2) if self.measure else 0

    # Moving

    def _clamped(self, top: int) -> int:
        return max(0, min(top, len(self.lines) - self.rows))

    def scroll_lines(self, top: int) -> bool:
        """Bring line `top` to the top edge as far as there are lines; tell whether it moved."""
        top = self._clamped(top)
        if top == self.top:
            return False
        self.top = top
        self.refresh()
        if self._when_scrolled is not None:
            self._when_scrolled()
        return True

    def move(self, step: int) -> bool:
        """Scroll by lines."""
        return self.scroll_lines(self.top + step)

    def reveal(self, line: int, *, margin: int = 2) -> bool:
        """Scroll as little as it takes to show a line with some lines around it."""
        margin = min(margin, (self.rows - 1) // 2)
        if line < self.top + margin:
            return self.scroll_lines(line - margin)
        if line >= self.top + self.rows - margin:
            return self.scroll_lines(line - self.rows + 1 + margin)
        return False

    # Painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint rows; a line that was painted before is taken from then, with the frame around."""
        width = self.content_size.width - self.has_bar
        self._look = (self.painter, self.rich_style, self.column_left, max(0, width))
        self._grounds = self.background_colors
        painted_for = (*self._look, self.styles.border, self._grounds, self.outer_size)
        if painted_for != self._painted_for or len(self._painted) > MOST_PAINTED:
            self._painted_for = painted_for
            self._painted.clear()
            self._edges = None
        self._is_painting = True
        try:
            return self._rows(crop)
        finally:
            self._is_painting = False

    def _rows(self, crop: Region) -> list[Strip]:
        """Return rows with their frame."""
        width = self.outer_size.width
        first, end = self.gutter.top, self.gutter.top + self.content_size.height
        is_plain = crop.column_span == (0, width) and self.opacity == 1.0
        rows: list[Strip] = []
        for y in crop.line_range:
            if is_plain and first <= y < end:
                rows.append(self._framed_row(y - first, width))
            else:
                rows += super().render_lines(Region(crop.x, y, crop.width, 1))
        return rows

    def _framed_row(self, y: int, width: int) -> Strip:
        """Return a row between the edges of the pane, which Textual draws once for all rows."""
        line, bar, span = self._content(y)
        key = (self.top + y, bar)
        kept = self._painted.get(key)
        if kept is not None and kept[0] is line and span is None:
            return kept[1]
        left, right = self._edges or self._draw_edges(y + self.gutter.top, width)
        row = Strip([*left, *self._paint(line, bar, span), *right], width)
        for line_filter in self.get_line_filters():
            row = row.apply_filter(line_filter, self._grounds[1])
        if span is None:
            self._painted[key] = (line, row)
        return row

    def _draw_edges(self, y: int, width: int) -> tuple[Strip, Strip]:
        [whole] = super().render_lines(Region(0, y, width, 1))
        gutter = self.gutter
        self._edges = whole.crop(0, gutter.left), whole.crop(width - gutter.right, width)
        return self._edges

    def render_line(self, y: int) -> Strip:
        """Paint one row of the pane; to Textual, which asks for it, it tells where its text is."""
        strip = self._paint(*self._content(y))
        return strip if self._is_painting else strip.apply_offsets(0, self.top + y)

    def _content(self, y: int) -> tuple[Line, Segment, tuple[int, int] | None]:
        """Return the line of a row, what the scroll bar has there, and what is selected."""
        number = self.top + y
        line = self.lines[number] if number < len(self.lines) else EMPTY
        if self.decorate is not None and number < len(self.lines):
            line = self.decorate(number, line)
        selection = self.text_selection
        span = None if selection is None else selection.get_span(number)
        return line, self._bar(y, self._look[1]), span

    def _paint(self, line: Line, bar: Segment, span: tuple[int, int] | None) -> Strip:
        painter, base, left, room = self._look
        strip = painter.strip(line, room, base, left=left)
        if span is not None:
            strip = self._selected(strip, span)
        if self.has_bar:
            strip = Strip([*strip, bar], room + 1)
        return strip

    def _selected(self, strip: Strip, span: tuple[int, int]) -> Strip:
        start, end = span
        end = strip.cell_length if end == -1 else end
        style = self.screen.get_component_rich_style("screen--selection")
        return Strip.join(
            [
                strip.crop(0, start),
                strip.crop(start, end).apply_style(style),
                strip.crop(end),
            ]
        )

    def _bar(self, y: int, base: Style) -> Segment:
        """Return the scroll bar's sign in a row; none when everything is visible."""
        total, rows = len(self.lines), self.rows
        if total <= rows:
            return Segment(" ", base)
        size = max(1, round(rows * rows / total))
        start = round(self.top * (rows - size) / (total - rows))
        is_thumb = start <= y < start + size
        style = self.painter.styles["muted" if is_thumb else "heading.rule"]
        return Segment(self.painter.sign("thumb" if is_thumb else "track"), base + style)

    # Textual's side

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,  # noqa: FBT001, FBT002  Textual's signature
    ) -> bool:
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        self._tell_size()
        return changed

    def _tell_size(self) -> None:
        size = self.content_size
        if self._when_sized is not None and size.area and size != self._told_size:
            self._told_size = size
            before = len(self.lines)
            self._when_sized()
            if self.styles.is_auto_height and len(self.lines) != before:
                # Textual forgets a wish for a layout that comes in the middle of one.
                self.call_after_refresh(self.refresh, layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines there are, for panes whose height is their content's."""
        return len(self.lines)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected text, as it stands on the screen."""
        left = " " * self.column_left
        return selection.extract("\n".join(left + line.text for line in self.lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        """Repaint when the mouse selects."""
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.move(self.WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.move(-self.WHEEL)

    def on_click(self, event: events.Click) -> None:
        """Tell where the reader clicked; a click on the scroll bar jumps there."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if self.has_bar and offset.x == self.content_size.width - 1:
            self.scroll_lines(round(offset.y / self.rows * len(self.lines)))
            return
        line = self.top + offset.y
        if line < len(self.lines):
            self.post_message(self.Clicked(self, line, offset.x - self.column_left))
