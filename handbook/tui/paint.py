"""From a rendered line to a strip of the screen, and the few signs that widgets add themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from handbook.tui.theme import PALETTES, line_styles

if TYPE_CHECKING:
    from textual.widget import Widget

    from handbook.render.line import Line

PLAIN = Style()


class Painter:
    """Paints lines in one theme; kept by the app and replaced when the theme changes."""

    def __init__(self, theme: str, *, ascii_only: bool = False) -> None:
        """Make the styles of a theme of `handbook.tui.theme.PALETTES`."""
        self.theme = theme
        self.ascii_only = ascii_only
        self.styles = line_styles(PALETTES[theme])

    def strip(self, line: Line, width: int, base: Style, *, left: int = 0) -> Strip:
        """Return a line as a strip of `width` cells, `left` cells in from the edge, on `base`."""
        styles = self.styles
        segments = [Segment(" " * left, base)] if left else []
        segments += [
            Segment(run.text, base + styles.get(run.style, PLAIN)) for run in line.runs if run.text
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def sign(self, name: str) -> str:
        """Return a sign of `SIGNS` in the set that the terminal can show."""
        return SIGNS[name][self.ascii_only]


SIGNS: dict[str, tuple[str, str]] = {
    "cursor": ("▌", ">"),
    "thumb": ("┃", "#"),
    "track": ("│", "|"),
    "rule": ("─", "-"),
    "read": ("●", "*"),
    "reading": ("◐", "o"),
    "unread": ("○", "."),
    "full": ("█", "#"),
    "empty": ("░", "."),
    "here": ("▸", ">"),
    "mark": ("★", "*"),
    "note": ("✎", "[n]"),
    "dot": ("·", "-"),
    "more": ("…", "..."),
    "sub": ("›", ">"),
    "enter": ("⏎", "enter"),
    "up": ("↑", "up"),
    "updown": ("↑↓", "up/dn"),
    "leftright": ("←→", "lt/rt"),
}
"""Signs of the frame: as DejaVu Sans Mono has them, and in ASCII."""


def frame(widget: Widget, title: str | None = None, *, below: str | None = None) -> None:
    """Put words into the frame of a pane: as content, because Textual reads a string as markup."""
    # Textual's own properties would draw the whole pane again, with all that is in it.
    gutter, size = widget.gutter, widget.outer_size
    if title is not None and title != _words(widget._border_title):  # noqa: SLF001
        widget._border_title = _first_line(title)  # noqa: SLF001
        widget.refresh(Region(-gutter.left, -gutter.top, size.width, 1))
    if below is not None and below != _words(widget._border_subtitle):  # noqa: SLF001
        widget._border_subtitle = _first_line(below)  # noqa: SLF001
        widget.refresh(Region(-gutter.left, size.height - gutter.top - 1, size.width, 1))


def _first_line(text: str) -> Content:
    return Content(text).expand_tabs(4).split()[0]


def _words(content: Content | None) -> str | None:
    return None if content is None else content.plain


def gauge(share: float, width: int, painter: Painter) -> str:
    """Return a bar of `width` cells filled by a share from 0 to 1."""
    filled = round(max(0.0, min(1.0, share)) * width)
    return painter.sign("full") * filled + painter.sign("empty") * (width - filled)
