"""A line of the screen, before anybody knows which screen.

A line is a tuple of runs; a run is text in one style. A style is a name, never a colour: the theme
of the app turns it into one, the command line into an ANSI code, a test frame into nothing.
"""

from __future__ import annotations

from typing import NamedTuple

STYLES = (
    "text",
    "muted",
    "strong",
    "emphasis",
    "strong emphasis",
    "strike",
    "code",
    "code.block",
    "code.keyword",
    "code.string",
    "code.comment",
    "code.number",
    "heading.1",
    "heading.2",
    "heading.3",
    "heading.rule",
    "link",
    "cite",
    "term",
    "bullet",
    "quote.bar",
    "quote",
    "table.rule",
    "table.header",
    "chart.bar",
    "chart.line",
    "chart.second",
    "chart.third",
    "chart.axis",
    "task.done",
    "task.open",
    "note",
    "tip",
    "warning",
    "dated",
    "check",
    "match",
    "match.current",
    "cursor",
    "focus",
    "key",
    "map.axis",
    "map.role",
    "map.region",
    "map.you",
    "map.newer",
    "gauge",
    "error",
)
"""Every style name that a run may carry; a theme has to know each of them."""


class Run(NamedTuple):
    """Text in one style; `link` is an index into the page's links, -1 for none."""

    text: str
    style: str = "text"
    link: int = -1


class Line(NamedTuple):
    """A line: its runs, and the index of the top-level block it belongs to (-1: none)."""

    runs: tuple[Run, ...] = ()
    block: int = -1

    @property
    def text(self) -> str:
        """The characters of the line, without styles."""
        return "".join(run.text for run in self.runs)


EMPTY = Line()
