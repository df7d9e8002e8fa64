"""The search index of the book and of the reader's notes.

A query's words are looked up, corrected where nothing has them, and turned into sets of passages;
what has most of the words, and has them in its name, is rated exactly, and the best are returned
with a snippet. The index is immutable: searches may run in several threads at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from handbook.model.search import Hit, Passage, Scope
from handbook.search import cache
from handbook.search.bits import unpack
from handbook.search.candidates import Tally, choose, is_complete, least_words, tally
from handbook.search.filters import allowed
from handbook.search.matches import find_matches, marks, probes
from handbook.search.query import Query, Word, parse
from handbook.search.rank import STOP_WORD_WEIGHT, Rated, Sought, name_parts, rate, weigh
from handbook.search.shelf import Shelf, name_of
from handbook.search.snippet import cut
from handbook.search.terms import SHORTEST_START, Term, doubt, expand
from handbook.search.words import fold_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

RATED = 48
"""How many passages are rated exactly for one query, unless more hits are asked for."""

_WORDS_REMEMBERED = 64


class Results(NamedTuple):
    """What a query found: the best hits, and how many passages and sections there are in all.

    A section is a distinct page and anchor. `corrected` are pairs of what was typed and what was
    searched instead.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    sections: int = 0
    corrected: tuple[tuple[str, str], ...] = ()


class _Best(NamedTuple):
    """A rated passage, ordered as hits are: by score, then by the shortness of its name.

    Of equals the one that was chosen first stays first: see `choose`.
    """

    order: tuple[float, int]
    rated: Rated
    passage: Passage


@dataclass(frozen=True, slots=True)
class Index:
    """An index; `Index.build` or `Index.load` makes one."""

    book: Shelf
    notes: Shelf | None = None
    _terms: dict[Word, list[Term]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def build(cls, passages: Iterable[Passage]) -> Index:
        """Index passages; about 60 ms for every thousand sections of 100 words."""
        return cls(Shelf.build(passages))

    def with_notes(self, notes: Iterable[Passage]) -> Index:
        """Return this index with these notes in the place of its old ones; the book is shared."""
        shelf = Shelf.build(notes)
        return Index(self.book, shelf if len(shelf) else None)

    def save(self, path: Path, stamp: str) -> None:
        """Write the book's part to a file; StoreError if that cannot be done."""
        cache.save(self.book, path, stamp)

    @classmethod
    def load(cls, path: Path, stamp: str) -> Index | None:
        """Read what `save` wrote with the same stamp; None if there is none, or a broken one."""
        shelf = cache.find(path, stamp)
        return None if shelf is None else cls(shelf)

    @property
    def passages(self) -> Sequence[Passage]:
        """All passages, in the order in which they were given, notes last."""
        if self.notes is None:
            return self.book.passages
        return (*self.book.passages, *self.notes.passages)

    def search(
        self, query: str, *, limit: int = 50, scope: Scope = "all", page: str = ""
    ) -> Results:
        """Return the best `limit` hits for what was typed; any text will do, "" finds nothing.

        The last word may be unfinished. "..." demands a phrase, a leading - excludes a word; `page`
        keeps to the passages of one page.
        """
        wanted = parse(query)
        if not wanted.words:
            return Results()
        masks = [allowed(shelf, wanted, scope, page) for shelf in self._shelves]
        terms = [term for word in wanted.words for term in self._expanded(word)]
        tallies = self._tally(terms, masks, scope)
        if not is_complete(tallies):
            doubted = self._doubted(wanted, terms)
            if doubted != terms:
                terms, tallies = doubted, self._tally(doubted, masks, scope)
        least = least_words(tallies)
        members = [each.having[least] for each in tallies]
        total = sum(each.bit_count() for each in members)
        if not total or limit < 1:
            return Results((), total, self._count_sections(members))
        best = self._best(terms, tallies, least, limit)
        probed = [probes(term) for term in terms]
        hits = tuple(_hit(each, terms, probed) for each in best)
        corrected = tuple(dict.fromkeys(_corrections(terms, best[0])))
        return Results(hits, total, self._count_sections(members), corrected)

    @property
    def _shelves(self) -> tuple[Shelf, ...]:
        return (self.book,) if self.notes is None else (self.book, self.notes)

    def _expanded(self, word: Word) -> list[Term]:
        found = self._terms.get(word)
        if found is None:
            if len(self._terms) >= _WORDS_REMEMBERED:
                self._terms.clear()
            self._terms[word] = found = expand(word, self._shelves)
        return found

    def _tally(self, terms: Sequence[Term], masks: Sequence[int], scope: Scope) -> list[Tally]:
        required = [term for term in terms if term.is_required]
        return [
            tally(shelf, required, mask, names_only=scope == "title")
            for shelf, mask in zip(self._shelves, masks, strict=True)
        ]

    def _doubted(self, wanted: Query, terms: Sequence[Term]) -> list[Term]:
        """Return the terms with what a known word may be a slip for: "from" for "form"."""
        last = wanted.words[-1]
        exact = {word.text for word in wanted.words if word.is_exact}
        return [
            term
            if term.text in exact
            else doubt(term, is_open=last.is_open and term.text == last.text, shelves=self._shelves)
            for term in terms
        ]

    def _best(
        self, terms: Sequence[Term], tallies: Sequence[Tally], least: int, limit: int
    ) -> list[_Best]:
        size = sum(map(len, self._shelves))
        found = iter(map(sum, zip(*(each.found for each in tallies), strict=True)))
        weights = [
            weigh(next(found), size) if term.is_required else STOP_WORD_WEIGHT for term in terms
        ]
        required = len(tallies[0].having) - 1
        probed = [probes(term, SHORTEST_START) for term in terms]
        sought = Sought(terms, weights, probed, {})
        rated: list[_Best] = []
        for shelf, each in zip(self._shelves, tallies, strict=True):
            for number, words in choose(each, least, max(limit, RATED)):
                passage = shelf.passage(number)
                result = rate(passage, sought, words / required)
                order = (-result.score, len(name_of(passage)))
                rated.append(_Best(order, result, passage))
        return nsmallest(limit, rated, key=lambda each: each.order)

    def _count_sections(self, members: Sequence[int]) -> int:
        """Return how many distinct places the passages stand at."""
        book = self.book
        alone = (members[0] & ~book.shared).bit_count()
        count = alone + len({book.place_of[number] for number in unpack(members[0] & book.shared)})
        if self.notes is None or not members[1]:
            return count
        found = (self.notes.passage(number) for number in unpack(members[1]))
        places = {(passage.page, passage.anchor) for passage in found}
        return count + sum(
            not any(members[0] >> number & 1 for number in book.at_place(*place))
            for place in places
        )


def _hit(best: _Best, terms: Sequence[Term], probed: Sequence[tuple[str, ...]]) -> Hit:
    passage, rated = best.passage, best.rated
    snippet, snippet_marks = cut(passage.text, rated.matches, rated.cluster)
    if not any(rated.in_name):
        return Hit(passage, rated.score, snippet, snippet_marks)
    name = fold_in_place(name_of(passage))
    elsewhere = [not strength for strength in rated.in_name]
    found = find_matches(name, terms, probed, elsewhere)
    return Hit(passage, rated.score, snippet, snippet_marks, tuple(marks(found, 0, len(name))))


def _corrections(terms: Sequence[Term], best: _Best) -> Iterator[tuple[str, str]]:
    """Return what was typed and what stands in the best hit in its place."""
    passage, matches = best.passage, best.rated.matches
    names = [part.word for name in (passage.heading, passage.title) for part in name_parts(name)]
    for index, term in enumerate(terms):
        if not term.corrected:
            continue
        found = [
            _whole_word(passage.text, match.start, match.end)
            for match in matches
            if match.term == index
        ]
        words = [word for word in (*names, *map(fold_in_place, found)) if term.strengths[word]]
        if not any(term.fits_as_typed(word) for word in words):
            split = " " in term.corrected[0]
            if not words and not split:
                continue  # the best hit does without it
            fitting = term.corrected[0] if split else max(words, key=term.strengths.__getitem__)
            yield term.text, fitting


def _whole_word(text: str, start: int, end: int) -> str:
    """Return the word that a match begins: a match may end where the stem does."""
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]
