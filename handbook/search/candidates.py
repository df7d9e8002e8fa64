"""Chooses the passages that are worth rating: those with most words of the query.

Chosen by set arithmetic alone, so that a word which half of a large book has costs no more than a
rare one.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from handbook.search.bits import at_least, unpack
from handbook.search.terms import sets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.search.shelf import Shelf
    from handbook.search.terms import Sets, Term

ENOUGH = 10
"""With fewer passages than this that have every word, those that lack some are found too."""


class Tally(NamedTuple):
    """A shelf's passages by how many of the query's required words they have.

    `having[k]` are those with at least k of them, `named[k]` those with k of them in their name,
    `often` those that use one often; `found` says how many passages have each word.
    """

    having: list[int]
    named: list[int]
    often: int
    found: tuple[int, ...]


def tally(shelf: Shelf, terms: Sequence[Term], allowed: int, *, names_only: bool) -> Tally:
    """Count, among the allowed passages of a shelf, how many of the terms each has."""
    sets: list[Sets] = [sets_of(term, shelf) for term in terms]
    return Tally(
        having=at_least([each.name if names_only else each.any for each in sets], allowed),
        named=at_least([each.name for each in sets], allowed),
        often=reduce(or_, (each.often for each in sets), 0),
        found=tuple(each.any.bit_count() for each in sets),
    )


def least_words(tallies: Sequence[Tally]) -> int:
    """Return how many words a passage must have: all, or fewer where that finds hardly anything."""
    every = len(tallies[0].having) - 1
    least = every
    while least > (every + 1) // 2 and _count(tallies, least) < ENOUGH:
        least -= 1
    # A level that adds nothing but noise is not taken when the one above found something.
    while least < every and _count(tallies, least) > 5 * ENOUGH and _count(tallies, least + 1):
        least += 1
    return least


def is_complete(tallies: Sequence[Tally]) -> bool:
    """Tell whether any passage has all words."""
    return any(each.having[-1] for each in tallies)


def _count(tallies: Sequence[Tally], words: int) -> int:
    return sum(each.having[words].bit_count() for each in tallies)


def choose(tally_: Tally, least: int, most: int) -> list[tuple[int, int]]:
    """Return the numbers of the passages to rate, at most `most`, the most promising first.

    Each comes with the number of the required words that it has.
    """
    chosen: list[tuple[int, int]] = []
    seen = 0
    for words, members in _pools(tally_, least):
        fresh = members & ~seen
        if not fresh:
            continue
        seen |= fresh
        for number in unpack(fresh):
            chosen.append((number, words))
            if len(chosen) == most:
                return chosen
    return chosen


def _pools(tally_: Tally, least: int) -> Iterator[tuple[int, int]]:
    """Return sets of passages and how many words they have, the most promising set first."""
    every = len(tally_.having) - 1
    for words in range(every, least - 1, -1):
        having = tally_.having[words]
        yield from ((words, having & tally_.named[named]) for named in range(words, 0, -1))
        yield words, having & tally_.often
        yield words, having
