"""Attribute lists and abbreviations of MkDocs and kramdown: looks and tooltips, passed over."""

from __future__ import annotations

import re

_ONE = r"""(?:[.#][\w-][^\s{}"'=]*|[\w:.-]+=(?:"[^"{}\n]*"|'[^'{}\n]*'|[^\s{}"'=]+))"""
_LIST = rf"\{{:?[ \t]*{_ONE}(?:[ \t]+{_ONE})*[ \t]*\}}"
# By itself x=1 in braces may be a set; with a colon, a class or an id they are a list.
_CERTAIN = rf"(?=\{{:|\{{[ \t]*[.#]){_LIST}[ \t]*"

ATTRIBUTES = re.compile(_LIST)
"""What is a list right behind a link or a picture: `{ .md-button target=_blank }`."""

_AT_END = re.compile(_CERTAIN)
_ABBREVIATION = re.compile(r"\*\[[^\[\]\n]{1,100}\]:[ \t]+\S.*")


def without_attributes(heading: str) -> str:
    """Return the text of a heading without the list at its end."""
    text = heading.rstrip()
    # Looking for the last brace first keeps a text full of braces linear.
    start = text.rfind("{") if text.endswith("}") else -1
    return text[:start].rstrip() if start >= 0 and _AT_END.fullmatch(text, start) else heading


def without_looks(paragraph: str) -> str:
    """Return a paragraph without a list on its last line; one of abbreviations alone is empty."""
    if paragraph.startswith("*["):
        lines = paragraph.split("\n")
        return "" if all(map(_ABBREVIATION.fullmatch, lines)) else paragraph
    if not paragraph.endswith("}"):
        return paragraph
    before, _, line = paragraph.rpartition("\n")
    return before if _AT_END.fullmatch(line.lstrip()) else paragraph
