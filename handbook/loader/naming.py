"""Small pure functions on names: one-line texts, titles from file names, natural order."""

from __future__ import annotations

import re

from handbook.loader.attributes import without_attributes
from handbook.loader.clean import without_controls

TITLE_LIMIT = 200
"""The longest title, in characters; a longer one is cut."""

_DIGITS = re.compile(r"(\d+)")
_LEADING_NUMBER = re.compile(r"^\d+(?:[.\-]\d+)*[\s._)\-]+(?=\S)")
_NOT_WORD = re.compile(r"[^\w\- ]")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_ANCHOR = re.compile(r"\s*\{#[^}]*\}\s*$")
_MARKS = re.compile(r"(\*\*|__|~~|[*`])(?=\S)(.+?)(?<=\S)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def one_line(text: str) -> str:
    """Return a text as one clean line of at most `TITLE_LIMIT` characters.

    Every white space becomes one space; control characters, direction overrides and other signs
    that are not printable go, however they were spelled (YAML escapes, character references).
    """
    if not text.isprintable():
        text = without_controls(text)
        text = "".join(sign if sign.isprintable() else " " * sign.isspace() for sign in text)
    return " ".join(text.split())[:TITLE_LIMIT]


def plain_title(markdown: str) -> str:
    """Return the text of a heading or of a link in a table of contents without its Markdown."""
    # What is cut would not fit into a title; patterns are slow on lines of a million signs.
    text = without_attributes(_ANCHOR.sub("", markdown[: 5 * TITLE_LIMIT]))
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    if "<" in text:
        text = _TAG.sub("", text)
    for _ in range(2):  # emphasis within strong text
        text = _MARKS.sub(r"\2", text)
    if "&" in text:
        # Hardly any title has a character reference; the table of names costs a millisecond.
        from html import unescape  # noqa: PLC0415

        text = unescape(text)
    return one_line(_ESCAPE.sub(r"\1", text))


def title_of_name(name: str) -> str:
    """Return a title for a file or folder name: `02-data_pipelines` is "Data pipelines"."""
    words = re.sub(r"[-_\s]+", " ", _LEADING_NUMBER.sub("", name)).strip()
    return one_line(words[:1].upper() + words[1:]) or one_line(name) or "Untitled"


def natural_key(name: str) -> tuple[tuple[int, int | str], ...]:
    """Return a sort key under which `page2` stands before `page10`, whatever the case."""
    return tuple(
        (0, int(part)) if part.isdecimal() and len(part) < 19 else (1, part)
        for part in _DIGITS.split(name.casefold())
        if part
    )


def slug_of(title: str) -> str:
    """Return a title as an id: lower case, hyphens for spaces, no punctuation."""
    return re.sub(r"[\s-]+", "-", _NOT_WORD.sub("", title.lower())).strip("-") or "untitled"


def stem_of(path: str) -> str:
    """Return a path without the ending of its file: `roles/devops.md` is `roles/devops`."""
    head, dot, ending = path.rpartition(".")
    return head if dot and "/" not in ending and head else path
