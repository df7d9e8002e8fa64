"""Anchors of headings: GitHub's slugs, made unique within a page."""

from __future__ import annotations

import re
import unicodedata

_EXPLICIT = re.compile(
    r"[ \t]*\{:?[ \t]*(?:\.[^\s{}#]+[ \t]+)*#([^\s{}#]+)(?:[ \t][^{}]*)?\}[ \t]*$"
)
_NOT_ASCII_SLUG = re.compile(r"[^a-z0-9_\- ]")
# Letters, marks, numbers and connecting punctuation stay, as in the github-slugger package.
_KEPT = frozenset("LMN")


def slug_of(text: str) -> str:
    """Return the anchor GitHub gives a heading with this text; "section" if nothing is left."""
    text = text.strip().lower()
    if text.isascii():
        kept = _NOT_ASCII_SLUG.sub("", text.replace("\n", " ").replace("\t", " "))
    else:
        kept = "".join(sign for sign in text if _is_kept(sign))
    return re.sub(r"\s", "-", kept) or "section"


def _is_kept(sign: str) -> bool:
    if sign in " -_":
        return True
    category = unicodedata.category(sign)
    return category[0] in _KEPT or category == "Pc"


def split_explicit(text: str) -> tuple[str, str]:
    """Return a heading's text without its `{#anchor}`, and the anchor or ""."""
    if not text.endswith("}"):
        return text, ""
    # Looking for the last brace first keeps a heading full of braces linear.
    start = text.rfind("{")
    match = _EXPLICIT.match(text, start) if start >= 0 else None
    return (text[:start].rstrip(), match[1]) if match else (text, "")


class Anchors:
    """Gives out the anchors of one page: a second `tools` becomes `tools-1`, then `tools-2`."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Return the wanted anchor, with a number behind it if it is taken."""
        anchor = wanted
        while anchor in self._counts:
            self._counts[wanted] += 1
            anchor = f"{wanted}-{self._counts[wanted]}"
        self._counts[anchor] = 0
        return anchor

    def has(self, anchor: str) -> bool:
        """Say whether an anchor is taken."""
        return anchor in self._counts
