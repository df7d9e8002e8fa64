"""Pages from Markdown, and lines as text, for tests that read like examples."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from handbook.loader.markdown import parse_page
from handbook.model import PageInfo
from handbook.render.layout import page_lines
from handbook.render.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.model import Page
    from handbook.render.line import Line


def page(markdown: str, *, kind: str = "page", front: dict[str, object] | None = None) -> Page:
    """Return the page that a text makes."""
    info = PageInfo("page", "page.md", "Page", kind)
    return parse_page(dedent(markdown).lstrip("\n"), info, front=front or {}, file="page.md")


def frame(lines: Iterable[Line]) -> str:
    """Return lines as text; padding at their ends is left out."""
    return "".join(line.text.rstrip() + "\n" for line in lines)


def shown(markdown: str, width: int, **options: bool) -> str:
    """Return what a reader sees of a page at a width."""
    return frame(page_lines(page(markdown), width, Options(**options)))


def expected(text: str) -> str:
    """Return a frame written into a test: the first line feed and the indentation are taken off."""
    return dedent(text.removeprefix("\n"))
