"""Works out which words of the book each word of a query stands for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from handbook.search.correct import Correction, correct, slips
from handbook.search.shelf import INITIALS, LONGEST_START, NAME, OFTEN_USED, STARTS, USED
from handbook.search.words import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.search.query import Word
    from handbook.search.shelf import Shelf

SHORTEST_START = 3
"""Letters from which on the start of a word is looked for in text; below, only in names."""

MOST_EXPANSIONS = 200
"""How many words of the vocabulary the start of a word may stand for in running text."""


class Strengths(dict[str, float]):
    """How well each word of a passage fits a term, from 0 (not at all) to 1 (the same).

    Measured when first asked for: the same words stand in many passages.
    """

    __slots__ = ("starts",)

    def __init__(self, words: dict[str, float], starts: dict[str, float]) -> None:
        super().__init__()
        self.starts = starts
        if starts:
            self.update((word, max(self[word], strength)) for word, strength in words.items())
        else:
            self.update(words)

    def __missing__(self, word: str) -> float:
        found = 0.0
        for start, strength in self.starts.items():
            if word.startswith(start):
                found = max(found, strength * (0.75 + 0.25 * len(start) / len(word)))
        self[word] = found
        return found


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the query and what counts as it.

    `words` and `starts` map whole words and beginnings of words to a strength from 0 to 1: the
    word itself is 1, its plural 0.95, a longer word less, a corrected one less still; `strengths`
    has all words. `initials` is set if they are the initials of a name. `corrected` are the words
    that were put in the place of what was typed, the likeliest first.
    """

    text: str
    words: dict[str, float]
    starts: dict[str, float]
    initials: str = ""
    is_required: bool = True
    corrected: tuple[str, ...] = ()
    strengths: Strengths = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "strengths", Strengths(self.words, self.starts))

    def fits_as_typed(self, word: str) -> bool:
        """Tell whether a word of a passage fits without correction."""
        replaced = self.corrected
        if replaced and " " in replaced[0]:
            return False
        return self.strengths[word] > 0 and word not in replaced and not word.startswith(replaced)


class Sets(NamedTuple):
    """The passages of a shelf that have a term: in their name, often in the text, anywhere."""

    name: int
    often: int
    any: int


def expand(word: Word, shelves: Sequence[Shelf]) -> list[Term]:
    """Return the terms for a word: one, or two where two words were typed as one."""
    term = _known(word, shelves)
    if any(shelf.find_word(INITIALS + word.text) >= 0 for shelf in shelves):
        term = replace(term, initials=word.text)
    if term.words or term.starts or term.initials or word.is_exact:
        return [term]
    if len(word.text) > 2 and any(shelf.starting_with(word.text) for shelf in shelves):
        return [replace(term, starts={word.text: 0.75})]
    corrections = correct(word.text, is_open=word.is_open, shelves=shelves)
    if corrections and " " in corrections[0].text:
        strength = corrections[0].strength
        return [
            Term(word.text, {half: strength}, {}, "", word.is_required, (corrections[0].text,))
            for half in corrections[0].text.split()
        ]
    return [_corrected(term, corrections)]


def doubt(term: Term, *, is_open: bool, shelves: Sequence[Shelf]) -> Term:
    """Return a known word's term with the words that it may be a slip for."""
    if term.corrected or not term.is_required or len(term.text) < 4:
        return term
    found = slips(term.text, is_open=is_open, shelves=shelves)
    return _corrected(term, [each for each in found if not term.text.startswith(each.text)])


def sets_of(term: Term, shelf: Shelf) -> Sets:
    """Return the passages of a shelf that have a term."""
    words = {shelf.find_word(word) for word in term.words}
    names: set[int] = set()
    for start in term.starts:
        if len(start) <= LONGEST_START:
            names.add(shelf.find_word(STARTS + start))
        if len(start) >= SHORTEST_START:
            words.update(_commonest(shelf.starting_with(start), shelf))
    words.discard(-1)
    names.discard(-1)
    name = shelf.union(words | names, NAME)
    often = shelf.union(words, OFTEN_USED)
    initials = {shelf.find_word(INITIALS + term.initials)} - {-1} if term.initials else set()
    return Sets(name, often, name | often | shelf.union(words, USED) | shelf.union(initials, NAME))


def _known(word: Word, shelves: Sequence[Shelf]) -> Term:
    """Return the term of a word as far as the book has it: as it is, in the plural, as a start."""
    words: dict[str, float] = {}
    starts: dict[str, float] = {}
    root = stem(word.text)
    for shelf in shelves:
        if word.whole and shelf.find_word(word.whole) >= 0:
            words[word.whole] = 0.95
        if len(root) >= 3 and not word.is_exact:
            for index in shelf.starting_with(root):
                if stem(shelf.vocabulary[index]) == root:
                    words[shelf.vocabulary[index]] = 0.95
        if word.is_open:
            starts |= {
                start: 0.9 for start in (word.text, word.whole) if shelf.starting_with(start or "~")
            }
    if any(shelf.find_word(word.text) >= 0 for shelf in shelves):
        words[word.text] = 1.0
    return Term(word.text, words, starts, is_required=word.is_required)


def _corrected(term: Term, corrections: Sequence[Correction]) -> Term:
    words, starts = dict(term.words), dict(term.starts)
    for text, strength, is_start in corrections:
        if is_start:
            starts.setdefault(text, strength)
        words.setdefault(text, strength)
    return replace(
        term,
        words=words,
        starts=starts,
        corrected=tuple(correction.text for correction in corrections),
    )


def _commonest(words: range, shelf: Shelf) -> Sequence[int]:
    if len(words) <= MOST_EXPANSIONS:
        return words
    return nlargest(MOST_EXPANSIONS, words, key=lambda word: shelf.weight_of(range(word, word + 1)))
