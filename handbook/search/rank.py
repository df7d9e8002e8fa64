"""Says how well a passage answers a query, from 0 to 100.

62 points for where each word is found, weighted by how rare it is: in the passage's own name most,
in its page's title less, in its text least, and there more the more often. 20 for how much of the
name the query covers. 18 for words in the order of the query, side by side in the name or in the
text, and close together. What lacks words of the query keeps the square of the share it has.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from handbook.search.matches import find_matches
from handbook.search.shelf import name_of
from handbook.search.snippet import Cluster, densest
from handbook.search.words import STOP_WORDS, compound, fold_in_place, initials, pieces, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model.search import Passage
    from handbook.search.matches import Match
    from handbook.search.terms import Term

HEADING_VALUE = 0.95
TITLE_VALUE = 0.7
TEXT_VALUE = 0.5
OFTEN_BONUS = 0.1
UNSEEN_VALUE = 0.2
"""What a word is worth that the passage has, but so far down that nobody looked."""

STOP_WORD_WEIGHT = 0.1
INITIALS_STRENGTH = 0.5
NAME_VALUES = {"role": 0.9, "term": 0.9, "item": 0.85, "note": 0.85, "question": 0.75}
"""What a word in the name of a kind of passage is worth; 1 for a page."""


class Rated(NamedTuple):
    """A passage's score, its text's matches and where they stand closest together.

    `in_name` is how well each term fits its name.
    """

    score: float
    in_name: list[float]
    matches: list[Match]
    cluster: Cluster


class NamePart(NamedTuple):
    """A word of a name at its position; a compound also as a whole, `size` words long."""

    word: str
    position: int
    size: int = 1


def weigh(found: int, size: int) -> float:
    """Return the weight of a word that `found` of `size` passages have: rare words weigh more."""
    return 1 + math.log10(1 + size / (found + 1))


class Sought(NamedTuple):
    """What passages are rated by; `weights` and `probed` (see `matches.probes`) are the terms'.

    `titles` remembers the pages' titles that were rated, as the sections of a page share one.
    """

    terms: Sequence[Term]
    weights: Sequence[float]
    probed: Sequence[tuple[str, ...]]
    titles: dict[str, list[float]]


def rate(passage: Passage, sought: Sought, share: float) -> Rated:
    """Rate a passage that has a share of the words a hit should have."""
    terms, weights, probed, titles = sought
    name = name_of(passage)
    in_name, order, fit = _rate_name(name, terms)
    in_title = in_name
    if passage.heading and min(in_name) < TITLE_VALUE:
        if passage.title not in titles:
            titles[passage.title] = _rate_name(passage.title, terms)[0]
        in_title = titles[passage.title]
    # Looking inside words is slow: only for a word that the passage has, but neither name has it.
    known = list(map(max, in_name, in_title)) if share == 1 else [1.0] * len(terms)
    matches = find_matches(fold_in_place(passage.text), terms, probed, known)
    cluster = densest(matches, weights)
    in_text = _rate_text(matches, len(terms))
    name_value = NAME_VALUES.get(passage.kind, 1.0)
    if passage.heading not in {"", passage.title}:
        name_value *= HEADING_VALUE
    fields = total = 0.0
    for index, weight in enumerate(weights):
        value = max(in_name[index] * name_value, in_title[index] * TITLE_VALUE, in_text[index])
        if share == 1 and terms[index].is_required:
            value = max(value, UNSEEN_VALUE)
        fields += weight * value
        total += weight
    close = _order_in_text(matches, terms) + cluster.weight / total
    points = 62 * fields / total + 20 * fit * name_value + 18 * max(order, 0.25 * close)
    score = max(0.1, round(min(points, 100.0) * share * share, 1))
    return Rated(score, in_name, matches, cluster)


@lru_cache(maxsize=8192)
def name_parts(name: str) -> tuple[NamePart, ...]:
    """Return the words of a name and its compounds as wholes."""
    found: list[NamePart] = []
    position = 0
    for token in tokens(name):
        parts, whole = compound(token)
        split = [piece for part in parts for piece in pieces(part)]
        if whole:
            found.append(NamePart(whole, position, len(split)))
        found += (NamePart(piece, position + index) for index, piece in enumerate(split))
        if len(split) > 1:
            found += (NamePart(part, position, len(split)) for part in parts if part not in split)
        position += len(split)
    return tuple(found)


def _rate_name(name: str, terms: Sequence[Term]) -> tuple[list[float], float, float]:
    """Return each term's strength, the share in order, and the share of the name covered."""
    parts = name_parts(name)
    strengths = [0.0] * len(terms)
    places = [-9] * len(terms)
    covered: dict[int, float] = {}
    for index, term in enumerate(terms):
        fitting = term.strengths
        for word, position, size in parts:
            strength = fitting[word]
            if strength > strengths[index]:
                strengths[index], places[index] = strength, position + size - 1
            if strength:
                for place in range(position, position + size):
                    covered[place] = max(covered.get(place, 0.0), strength)
        if term.initials and initials(name) == term.initials:
            strengths[index] = INITIALS_STRENGTH
    if not covered:
        return strengths, 0.0, max(strengths, default=0.0) ** 2
    share = {part.position: _weight_in_name(part.word) for part in parts if part.size == 1}
    whole = sum(share.values()) or 1.0
    fit = sum(share.get(place, 0.0) * strength for place, strength in covered.items()) / whole
    return strengths, _order_in_name(terms, strengths, places), min(fit, 1.0)


def _weight_in_name(word: str) -> float:
    return STOP_WORD_WEIGHT if word in STOP_WORDS else 1.0


def _order_in_name(
    terms: Sequence[Term], strengths: Sequence[float], places: Sequence[int]
) -> float:
    """Return the share of required terms that follow the one before them in the name."""
    required = [index for index, term in enumerate(terms) if term.is_required]
    if len(required) < 2:
        return max((strengths[index] for index in required), default=0.0)
    followed = sum(
        strengths[index]
        for before, index in pairwise(required)
        if places[before] >= 0 and 0 <= places[index] - places[before] <= index - before
    )
    return followed / (len(required) - 1)


def _rate_text(matches: Sequence[Match], size: int) -> list[float]:
    strengths = [0.0] * size
    counts = [0] * size
    for match in matches:
        strengths[match.term] = max(strengths[match.term], match.strength)
        counts[match.term] += 1
    return [
        strength * (TEXT_VALUE + OFTEN_BONUS * min(count, 5) / 5)
        for strength, count in zip(strengths, counts, strict=True)
    ]


def _order_in_text(matches: Sequence[Match], terms: Sequence[Term]) -> float:
    """Return the share of pairs of terms that stand side by side somewhere in the text."""
    if len(terms) < 2:
        return 0.0
    pairs = {
        match.term
        for before, match in pairwise(matches)
        if match.term == before.term + 1 and 0 <= match.start - before.end <= 3
    }
    return len(pairs) / (len(terms) - 1)
