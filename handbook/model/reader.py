"""What a reader leaves behind: positions, visits, bookmarks, notes and ticks.

Times are milliseconds since 1970 in UTC.
"""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """How far a page was read.

    `anchor` is the last heading above the top line ("" before the first), `offset` the number of
    blocks from that heading's block to the top line's block, `share` how much of the page has been
    on the screen (0 to 1), `read` whether it is marked as read.
    """

    page: str
    anchor: str
    offset: int
    share: float
    read: bool
    at_ms: int


class Visit(NamedTuple):
    """A page that was opened."""

    page: str
    anchor: str
    at_ms: int


class Bookmark(NamedTuple):
    """A marked page or section, with the words it had when it was marked."""

    page: str
    anchor: str
    title: str
    at_ms: int


class Note(NamedTuple):
    """The reader's own words on a page, a section or a checklist item.

    `about` is "page", "page#anchor" or an item's id.
    """

    about: str
    text: str
    at_ms: int


class Tick(NamedTuple):
    """The state of a checklist item that was touched: done, or open again."""

    item: str
    done: bool
    at_ms: int
