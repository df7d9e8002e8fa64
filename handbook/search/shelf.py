"""The inverted index: for every word, the passages that have it.

Passages are numbered by the length of their names, shortest first, so that the first of any set
are the best of it when all else is equal. A word has three sets: passages with the word in their
own name, passages that use it at least `OFTEN` times, and the others. All sets stand in one block
of bytes, each as 32-bit numbers or, where that is shorter, as a set of bits.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from handbook.search.bits import pack
from handbook.search.words import STOP_WORDS, TOKEN, composed, index_words, initials

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.model.search import Passage

NAME, OFTEN_USED, USED = range(3)
OFTEN = 3
STARTS = "*"
INITIALS = "+"
"""Marks of entries that are no words; both sort before every letter and digit."""

_END = chr(0x10FFFF)
_LONGEST_START = 3
_Postings: TypeAlias = tuple[list[int], list[int], list[int]]
_Key = TypeVar("_Key", str, tuple[str, str])


def name_of(passage: Passage) -> str:
    """Return what a passage is called: its heading, or its page's title where it has none."""
    return passage.heading or passage.title


@dataclass(frozen=True, slots=True)
class Shelf:
    """Passages and their index.

    `order` leads from a passage's number to its position in `passages`; `vocabulary` is sorted;
    the sets of word w start at `starts[3 * w]`, + 1 and + 2 in `postings`, a lowest bit of 1
    marking a set of bits. `page_of` and `place_of` number each passage's page and place (page and
    anchor); `shared` holds the passages whose place another passage has too.
    """

    passages: Sequence[Passage]
    order: array[int]
    vocabulary: list[str]
    starts: array[int]
    postings: bytes
    pages: list[str]
    page_of: array[int]
    place_of: array[int]
    shared: int
    kinds: dict[str, int]
    _page_sets: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    _places: dict[tuple[str, str], list[int]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def build(cls, passages: Iterable[Passage]) -> Shelf:
        """Index passages; about 30 ms for every thousand."""
        kept = tuple(passages)
        lengths = [len(name_of(passage)) for passage in kept]
        order = sorted(range(len(kept)), key=lengths.__getitem__)
        ordered = [kept[position] for position in order]
        vocabulary, starts, postings = _encode(_post(ordered), len(kept))
        pages = _numbered(passage.page for passage in ordered)
        places = _numbered((passage.page, passage.anchor) for passage in ordered)
        place_of = array("I", (places[passage.page, passage.anchor] for passage in ordered))
        uses = Counter(place_of)
        shared = (number for number, place in enumerate(place_of) if uses[place] > 1)
        kinds: dict[str, list[int]] = {}
        for number, passage in enumerate(ordered):
            kinds.setdefault(passage.kind, []).append(number)
        return cls(
            passages=kept,
            order=array("I", order),
            vocabulary=vocabulary,
            starts=starts,
            postings=postings,
            pages=list(pages),
            page_of=array("I", (pages[passage.page] for passage in ordered)),
            place_of=place_of,
            shared=pack(shared, len(kept)),
            kinds={kind: pack(numbers, len(kept)) for kind, numbers in kinds.items()},
        )

    def __len__(self) -> int:
        return len(self.order)

    def passage(self, number: int) -> Passage:
        """Return the passage with a number."""
        return self.passages[self.order[number]]

    def find_word(self, word: str) -> int:
        """Return a word's index in the vocabulary, -1 if nothing uses it."""
        index = bisect_left(self.vocabulary, word)
        return index if index < len(self.vocabulary) and self.vocabulary[index] == word else -1

    def starting_with(self, start: str) -> range:
        """Return the indices of the words with this beginning."""
        low = bisect_left(self.vocabulary, start)
        return range(low, bisect_left(self.vocabulary, start + _END, low))

    def weight_of(self, words: range) -> int:
        """Return how much room a range of words takes: a measure of how common they are."""
        return self.starts[3 * words.stop] - self.starts[3 * words.start]

    def union(self, words: Iterable[int], level: int) -> int:
        """Return the passages that have any of these words at a level (NAME, OFTEN_USED, USED)."""
        members = 0
        numbers: list[int] = []
        for word in words:
            start, end = self.starts[3 * word + level], self.starts[3 * word + level + 1]
            block = self.postings[start & ~3 : end & ~3]
            if start & 1:
                members |= int.from_bytes(block, "little")
            elif block:
                numbers += memoryview(block).cast("I")
        return members | pack(numbers, len(self)) if numbers else members

    def on_page(self, page: str) -> int:
        """Return the passages of a page."""
        if page not in self._page_sets:
            self._page_sets.clear()
            wanted = self.pages.index(page) if page in self.pages else -1
            found = (number for number, of in enumerate(self.page_of) if of == wanted)
            self._page_sets[page] = pack(found, len(self))
        return self._page_sets[page]

    def at_place(self, page: str, anchor: str) -> list[int]:
        """Return the passages at a place; the first call looks at every passage."""
        if not self._places:
            places: dict[tuple[str, str], list[int]] = {}
            for number in range(len(self)):
                passage = self.passage(number)
                places.setdefault((passage.page, passage.anchor), []).append(number)
            self._places.update(places)
        return self._places.get((page, anchor), [])


def _numbered(values: Iterable[_Key]) -> dict[_Key, int]:
    return {value: number for number, value in enumerate(dict.fromkeys(values))}


class _Lists(dict[str, _Postings]):
    """The lists of each word, made when the word is first met."""

    def __missing__(self, word: str) -> _Postings:
        lists: _Postings = ([], [], [])
        self[word] = lists
        return lists


class _TextWords(dict[str, tuple[_Postings, ...]]):
    """The lists that a token of running text belongs to: none for stop words."""

    def __init__(self, lists: _Lists) -> None:
        super().__init__()
        self.lists = lists

    def __missing__(self, token: str) -> tuple[_Postings, ...]:
        words = dict.fromkeys(index_words(token))
        self[token] = found = tuple(self.lists[word] for word in words if word not in STOP_WORDS)
        return found


def _post(ordered: list[Passage]) -> _Lists:
    """Return the numbers of the passages for every word and level, each list rising."""
    lists = _Lists()
    text_words = _TextWords(lists)
    for number, passage in enumerate(ordered):
        _post_name(lists, number, name_of(passage))
        text = f"{passage.title}\n{passage.text}" if passage.heading else passage.text
        for token, times in Counter(TOKEN.findall(composed(text))).items():
            level = OFTEN_USED if times >= OFTEN else USED
            for postings in text_words[token]:
                target = postings[level]
                if not target or target[-1] != number:
                    target.append(number)
    return lists


def _post_name(lists: _Lists, number: int, name: str) -> None:
    entries: set[str] = set()
    for token in TOKEN.findall(composed(name)):
        for word in index_words(token):
            entries.add(word)
            entries.update(STARTS + word[:size] for size in range(1, _LONGEST_START + 1))
    entries.add(INITIALS + initials(name))
    for entry in entries:
        lists[entry][NAME].append(number)


def _encode(lists: _Lists, size: int) -> tuple[list[str], array[int], bytes]:
    """Return the sorted vocabulary, where each set starts, and the sets."""
    vocabulary = sorted(lists)
    starts = array("I")
    blocks: list[bytes] = []
    position = 0
    width = (size // 32 + 1) * 4
    for word in vocabulary:
        for numbers in lists[word]:
            dense = len(numbers) * 8 > width
            starts.append(position | dense)
            if not numbers:
                continue
            block = array("I", numbers).tobytes()
            if dense:
                block = pack(numbers, size).to_bytes(width, "little")
            blocks.append(block)
            position += len(block)
    starts.append(position)
    return vocabulary, starts, b"".join(blocks)
