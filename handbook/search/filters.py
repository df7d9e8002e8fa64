"""Works out which passages of a shelf a query may find at all: scope, page, phrases, exclusions."""

from __future__ import annotations

import re
from functools import reduce
from itertools import islice
from operator import and_
from typing import TYPE_CHECKING

from handbook.search.bits import pack, unpack
from handbook.search.shelf import NAME, OFTEN_USED, USED, name_of
from handbook.search.words import STOP_WORDS, fold_in_place, pieces, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model.search import Passage, Scope
    from handbook.search.query import Query
    from handbook.search.shelf import Shelf

MOST_READ = 5_000
"""How many passages with all words of a phrase are read to see whether they have the phrase."""


def allowed(shelf: Shelf, query: Query, scope: Scope, page: str) -> int:
    """Return the set of passages that a query may find."""
    everything = (1 << len(shelf)) - 1
    members = everything if scope in {"all", "title"} else shelf.kinds.get(scope, 0)
    if page:
        members &= shelf.on_page(page)
    for word in query.excluded:
        members &= ~_having(shelf, _with_plural(shelf, word))
    for number, phrase in enumerate(query.phrases):
        is_open = query.has_open_phrase and number == len(query.phrases) - 1
        members &= _having_phrase(shelf, phrase, members, is_open=is_open)
    return members


def _having(shelf: Shelf, words: Sequence[int]) -> int:
    return shelf.union(words, NAME) | shelf.union(words, OFTEN_USED) | shelf.union(words, USED)


def _with_plural(shelf: Shelf, word: str) -> list[int]:
    found = [shelf.find_word(piece) for piece in pieces(word)]
    root = stem(word)
    alike = [index for index in shelf.starting_with(root) if stem(shelf.vocabulary[index]) == root]
    return [index for index in {*found, *alike} if index >= 0]


def _having_phrase(shelf: Shelf, phrase: Sequence[str], members: int, *, is_open: bool) -> int:
    """Return those of the passages that have the words of a phrase one after the other."""
    whole = phrase[:-1] if is_open else phrase
    words = [piece for word in whole if word not in STOP_WORDS for piece in pieces(word)]
    sets = [_having(shelf, [index] if index >= 0 else []) for index in map(shelf.find_word, words)]
    joined = r"[\W_]+".join(map(re.escape, phrase))
    # Characters without spaces between words have no ends of words to ask for.
    before = r"(?<![^\W_])" if phrase[0].isascii() else ""
    after = r"(?![^\W_])" if phrase[-1].isascii() and not is_open else ""
    pattern = re.compile(before + joined + after)
    candidates = islice(unpack(reduce(and_, sets, members)), MOST_READ)
    return pack(
        (number for number in candidates if _has(shelf.passage(number), pattern)), len(shelf)
    )


def _has(passage: Passage, pattern: re.Pattern[str]) -> bool:
    return any(
        pattern.search(fold_in_place(text))
        for text in (name_of(passage), passage.title, passage.text)
    )
