"""A table of contents as values: what SUMMARY.md, mkdocs.yml and the paths are turned into."""

from __future__ import annotations

from typing import NamedTuple

from handbook.loader.naming import stem_of

_OPENING_NAMES = ("index", "readme")


class Entry(NamedTuple):
    """A line of a table of contents.

    `path` is "" for a heading without a page; `depth` 0 opens a chapter; `chapter` is the id of a
    chapter that has no page of its own; `line` is the line in the file that gives the order.
    """

    path: str
    title: str = ""
    depth: int = 0
    is_numbered: bool = True
    chapter: str = ""
    line: int = 0


class Order(NamedTuple):
    """The table of contents of one folder.

    `file` is where it was found ("" when it follows the paths), `title` the book's, "" if none is
    given there.
    """

    entries: tuple[Entry, ...]
    file: str = ""
    title: str = ""


def is_opening(path: str) -> bool:
    """Tell whether a path is that of a folder's opening page, index or README."""
    return stem_of(path).rpartition("/")[2].lower() in _OPENING_NAMES
