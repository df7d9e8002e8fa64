"""Reads what was typed into the search box: words, "phrases" and -excluded words."""

from __future__ import annotations

import re
from typing import NamedTuple

from handbook.search.words import STOP_WORDS, TOKEN, composed, compound, pieces

LONGEST_QUERY = 200
MOST_WORDS = 16
_ITEM = re.compile(r'(?<!\S)(-?)"([^"]*)("?)|(?<!\S)-(?=\w)(\S+)|([^\s"]+)')


class Word(NamedTuple):
    """A word that is sought.

    `whole` is the compound it was typed in, without hyphens; `is_open` while the reader may still
    be typing it; `is_exact` inside quotes; a hit need not contain it unless `is_required`.
    """

    text: str
    whole: str = ""
    is_open: bool = False
    is_exact: bool = False
    is_required: bool = True


class Query(NamedTuple):
    """A query: its words in order, the phrases among them, and the words no hit may contain."""

    words: tuple[Word, ...]
    phrases: tuple[tuple[str, ...], ...]
    excluded: tuple[str, ...]
    has_open_phrase: bool = False


def parse(text: str) -> Query:
    """Read a query; every text is one, and after 200 characters the rest does not count."""
    text = composed(text[:LONGEST_QUERY])
    words: list[Word] = []
    phrases: list[tuple[str, ...]] = []
    excluded: list[str] = []
    is_open = has_open_phrase = False
    for item in _ITEM.finditer(text):
        minus, phrase, closing, without, plain = item.groups()
        if without is not None:
            excluded += (part for token in TOKEN.findall(without) for part in compound(token).parts)
        elif phrase is not None and minus:
            excluded += (part for token in TOKEN.findall(phrase) for part in compound(token).parts)
        elif phrase is not None:
            parts = tuple(part for token in TOKEN.findall(phrase) for part in compound(token).parts)
            if parts:
                phrases.append(parts)
                has_open_phrase = not closing and phrase[-1].isalnum()
                words += (Word(piece, is_exact=True) for part in parts for piece in pieces(part))
        else:
            words += _plain_words(plain)
        is_open = plain is not None or has_open_phrase
    if words and is_open and text[-1].isalnum():
        words[-1] = words[-1]._replace(is_open=True, is_exact=False)
    return Query(_settled(words), tuple(phrases), tuple(excluded), has_open_phrase)


def _plain_words(text: str) -> list[Word]:
    found: list[Word] = []
    for token in TOKEN.findall(text):
        parts, whole = compound(token)
        found += (Word(piece, whole) for part in parts for piece in pieces(part))
    return found


def _settled(words: list[Word]) -> tuple[Word, ...]:
    """Drop repeated words and what is too much; let stop words off, unless there are only such."""
    seen: dict[str, Word] = {}
    for word in words:
        if word.text not in seen or word.is_open:
            seen.setdefault(word.text, word)
            seen[word.text] = word
    kept = tuple(seen.values())[:MOST_WORDS]
    if all(word.text in STOP_WORDS for word in kept):
        return kept
    return tuple(word._replace(is_required=word.text not in STOP_WORDS) for word in kept)
