"""What stdout can show: how wide, in which signs and with which styles."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from handbook.cli import output
from handbook.render.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.render.line import Line
    from handbook.settings import Settings

NARROWEST, WIDEST = 20, 200
WITHOUT_TERMINAL = 72
MOST_ON_TERMINAL = 80

_BOLD, _DIM, _ITALIC, _LINED, _REVERSE, _STRUCK = "1", "2", "3", "4", "7", "9"
_RED, _GREEN, _YELLOW, _CYAN = "31", "32", "33", "36"

SGR: dict[str, tuple[str, str]] = {
    "text": ("", ""),
    "muted": (_DIM, ""),
    "strong": (_BOLD, ""),
    "emphasis": (_ITALIC, ""),
    "strong emphasis": (f"{_BOLD};{_ITALIC}", ""),
    "strike": (_STRUCK, ""),
    "code": ("", _YELLOW),
    "code.block": ("", ""),
    "code.keyword": (_BOLD, ""),
    "code.string": ("", _GREEN),
    "code.comment": (_DIM, ""),
    "code.number": ("", _CYAN),
    "heading.1": (_BOLD, _YELLOW),
    "heading.2": (_BOLD, ""),
    "heading.3": (f"{_BOLD};{_ITALIC}", ""),
    "heading.rule": (_DIM, ""),
    "link": (_LINED, _CYAN),
    "cite": (_DIM, ""),
    "term": (_LINED, ""),
    "bullet": ("", _GREEN),
    "quote.bar": (_DIM, ""),
    "quote": (_ITALIC, ""),
    "table.rule": (_DIM, ""),
    "table.header": (_BOLD, ""),
    "chart.bar": ("", _GREEN),
    "chart.line": ("", _GREEN),
    "chart.second": ("", _YELLOW),
    "chart.third": ("", _CYAN),
    "chart.axis": (_DIM, ""),
    "task.done": ("", _GREEN),
    "task.open": ("", ""),
    "note": ("", _GREEN),
    "tip": ("", _GREEN),
    "warning": (_BOLD, _YELLOW),
    "dated": ("", _YELLOW),
    "check": ("", _CYAN),
    "match": (_BOLD, _YELLOW),
    "match.current": (_REVERSE, ""),
    "cursor": (_REVERSE, ""),
    "focus": (_BOLD, ""),
    "key": (_BOLD, ""),
    "map.axis": (_DIM, ""),
    "map.role": (_BOLD, _GREEN),
    "map.region": ("", _GREEN),
    "map.you": (_BOLD, _YELLOW),
    "map.newer": (_BOLD, _CYAN),
    "gauge": ("", _GREEN),
    "error": (_BOLD, _RED),
}
"""SGR parameters of each style: its attributes, and its colour among the terminal's own sixteen."""


class Paper(NamedTuple):
    """What stdout can show; `is_styled` allows escape sequences, `has_colour` colours in them."""

    width: int
    options: Options
    is_styled: bool
    has_colour: bool

    def text(self, lines: Iterable[Line]) -> str:
        """Return lines as text that ends with a line feed, styled where that is allowed."""
        rows: Iterable[str] = map(self.row, lines)
        if self.options.spoken:
            rows = _without_gaps(rows)
        return "".join(f"{row}\n" for row in rows)

    def row(self, line: Line) -> str:
        """Return one line without spaces at its end."""
        if not self.is_styled:
            return line.text.rstrip()
        return "".join(self.styled(text, style) for text, style, _ in line.runs)

    def styled(self, text: str, style: str) -> str:
        """Return a text in a style."""
        if not self.is_styled:
            return text
        attributes, colour = SGR[style]
        codes = ";".join(part for part in (attributes, colour if self.has_colour else "") if part)
        return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text


def _without_gaps(rows: Iterable[str]) -> Iterator[str]:
    """Yield rows, of several empty ones in a row the first."""
    before = "-"
    for row in rows:
        if row.strip() or before.strip():
            yield row
        before = row


def paper(settings: Settings, width: int = 0) -> Paper:
    """Return what stdout can show; `width` in columns wins over the terminal's."""
    from handbook.terminal import colour_depth, has_unicode  # noqa: PLC0415  not for --json

    environ, is_heard = os.environ, settings.plain
    if not output.is_terminal():
        is_ascii = settings.ascii or is_heard or not output.speaks_utf8()
        options = Options(ascii=is_ascii, spoken=is_heard)
        return Paper(width or WITHOUT_TERMINAL, options, is_styled=False, has_colour=False)
    if not width:
        width = min(max(output.terminal_width(MOST_ON_TERMINAL), NARROWEST), MOST_ON_TERMINAL)
    is_dumb = environ.get("TERM", "") in {"", "dumb", "unknown"}
    depth = colour_depth(environ) if settings.color == "auto" else settings.color
    has_colour = depth != "none" and not (settings.color == "auto" and "NO_COLOR" in environ)
    is_ascii = settings.ascii or is_heard or not has_unicode(environ) or not output.speaks_utf8()
    options = Options(ascii=is_ascii, spoken=is_heard)
    return Paper(width, options, not (is_dumb or is_heard), has_colour)
