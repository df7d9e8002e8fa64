"""Finds where the words of a query stand in a text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.search.terms import Term

LONGEST_TEXT = 20_000
"""Characters of a passage that are looked at; what comes later is found but not marked."""

MOST_MATCHES = 16
"""How many places of one word are looked at in a text."""

_REST_OF_WORD = re.compile(r"[^\W_]*")


class Match(NamedTuple):
    """A word of the query in a text: where, which of the terms, and how well it fits."""

    start: int
    end: int
    term: int
    strength: float


def probes(term: Term, shortest_start: int = 1) -> tuple[str, ...]:
    """Return the fewest beginnings that every word of a term starts with one of.

    The start of a word counts from `shortest_start` letters on.
    """
    kept: list[str] = []
    starts = (start for start in term.starts if len(start) >= shortest_start)
    for text in sorted({*term.words, *starts}):
        if not kept or not text.startswith(kept[-1]):
            kept.append(text)
    return tuple(kept)


def find_matches(
    folded: str,
    terms: Sequence[Term],
    probed: Sequence[tuple[str, ...]],
    known: Sequence[float] = (),
) -> list[Match]:
    """Return the matches in a text, folded in place, in the order of the text.

    A term that stands there only within other words, or broken by a hyphen, is found as that,
    unless it is `known` to be elsewhere in the passage; stop words are not looked for.
    """
    found: list[Match] = []
    for index, term in enumerate(terms):
        if not term.is_required:
            continue
        before = len(found)
        for probe in probed[index]:
            position = folded.find(probe, 0, LONGEST_TEXT)
            if position >= 0:
                _find_probe(found, folded, position, index, term, probe)
        if len(found) == before and not (known and known[index]):
            _find_inside(found, folded, index, term)
    found.sort()
    return found


def _find_probe(
    found: list[Match], folded: str, position: int, index: int, term: Term, probe: str
) -> None:
    """Add the matches of a probe, the first of which stands at a position."""
    most = len(found) + MOST_MATCHES
    while position >= 0 and len(found) < most:
        end = position + len(probe)
        if position == 0 or not folded[position - 1].isalnum():
            rest = _REST_OF_WORD.match(folded, end)
            end = rest.end() if rest else end
            strength = term.strengths[folded[position:end]]
            if strength:
                found.append(Match(position, end, index, strength))
        position = folded.find(probe, end, LONGEST_TEXT)


def _find_inside(found: list[Match], folded: str, index: int, term: Term) -> None:
    for word, strength in (*term.words.items(), *term.starts.items()):
        if strength < 0.9 or (len(word) < 3 and word.isascii()):
            continue
        for number, match in enumerate(_loose(word).finditer(folded, 0, LONGEST_TEXT)):
            if number == MOST_MATCHES:
                break
            found.append(Match(match.start(), match.end(), index, strength))


@lru_cache(maxsize=256)
def _loose(word: str) -> re.Pattern[str]:
    return re.compile("[-_'’‐‑]?".join(map(re.escape, word)))


def marks(matches: Sequence[Match], start: int, end: int) -> list[tuple[int, int]]:
    """Return the matches between two positions as ranges that do not overlap."""
    merged: list[tuple[int, int]] = []
    for match in matches:
        if match.start < start or match.end > end:
            continue
        if merged and match.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], match.end))
        else:
            merged.append((match.start, match.end))
    return merged
