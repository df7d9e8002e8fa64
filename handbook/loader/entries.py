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
    given there; `faults` are lines and messages of what cannot be read in it.
    """

    entries: tuple[Entry, ...]
    file: str = ""
    title: str = ""
    faults: tuple[tuple[int, str], ...] = ()


def unquoted(path: str) -> str:
    """Return a path with its percent signs read, as in `data%20pipelines.md`."""
    if "%" not in path:
        return path
    # Loads 3 ms of code for the few paths with spaces.
    from urllib.parse import unquote  # noqa: PLC0415

    return unquote(path)


def is_opening(path: str) -> bool:
    """Tell whether a path is that of a folder's opening page, index or README."""
    return stem_of(path).rpartition("/")[2].lower() in _OPENING_NAMES
