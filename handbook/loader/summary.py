"""A table of contents as mdBook and GitBook write it: SUMMARY.md."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import NamedTuple

from handbook.loader.entries import Entry, Order, unquoted
from handbook.loader.naming import plain_title, slug_of

_ITEM = re.compile(r"^(?P<indent>\s*)(?:[-*+]|\d{1,9}[.)])\s+(?P<rest>.*\S)")
_LINK = re.compile(
    r"\[(?P<title>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\((?P<target>[^()]*(?:\([^()]*\)[^()]*)*)\)"
)
_HEADING = re.compile(r"^#{1,6}\s+(?P<title>.*\S)")
_TARGET = re.compile(r"""^\s*(?:<(?P<angled>[^<>]*)>|(?P<bare>\S*))(?:\s+["'(].*)?\s*$""")
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*:|^//")
_DEEPEST = 12
_LONGEST_LINE = 2_000


class _Level(NamedTuple):
    indent: int
    depth: int


def read_summary(text: str) -> Order:
    """Return the order that a SUMMARY.md gives.

    Links before the first list are front matter and links after it back matter, both unnumbered;
    headings of parts are passed over, and so are drafts (`[Title]()`), which may open a
    chapter yet.
    """
    entries: list[Entry] = []
    levels: list[_Level] = []
    title = ""
    for number, line in enumerate(_without_comments(text).split("\n"), 1):
        if len(line) > _LONGEST_LINE:
            continue
        if heading := _HEADING.match(line):
            if not title and not entries:
                title = plain_title(heading["title"])
            levels.clear()
        elif item := _ITEM.match(line):
            depth = _depth(levels, len(item["indent"].expandtabs(4)))
            entry = _entry(item["rest"], depth, number)
            if entry is not None:
                entries.append(entry)
        elif line.startswith("[") and (entry := _entry(line, 0, number)) is not None:
            levels.clear()
            entries.append(entry._replace(is_numbered=False))
    return Order(tuple(entries), "SUMMARY.md", "" if title.casefold() == "summary" else title)


def _without_comments(text: str) -> str:
    """Return a text with comments blanked, line by line."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += (text[position:start], "\n" * text.count("\n", start, end))
        position = end + 3
    return "".join((*parts, text[position:]))


def _depth(levels: list[_Level], indent: int) -> int:
    """Return the depth of an item by its indentation; `levels` are the items it may stand under."""
    while levels and levels[-1].indent >= indent:
        levels.pop()
    depth = min(levels[-1].depth + 1, _DEEPEST) if levels else 0
    levels.append(_Level(indent, depth))
    return depth


def _entry(text: str, depth: int, line: int) -> Entry | None:
    """Return the entry of a line, None for a link out of the book."""
    link = _LINK.search(text)
    if link is None:
        title, target = plain_title(text), ""
    else:
        title, target = plain_title(link["title"]), _path(link["target"])
        if _SCHEME.match(target):
            return None
    chapter = "" if target else slug_of(title)
    return Entry(target, title, depth, chapter=chapter, line=line)


def _path(target: str) -> str:
    """Return the path of a link target without its title and anchor."""
    found = _TARGET.match(target)
    path = (found["angled"] or found["bare"] or "") if found else target.strip()
    if _SCHEME.match(path):
        return path
    path = unquoted(path.partition("#")[0].partition("?")[0])
    return normpath(path) if path else ""
