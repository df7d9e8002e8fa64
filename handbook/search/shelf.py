"""The inverted index: for every word, the passages that have it.

Passages are numbered by the length of their names, shortest first, so that the first of any set
are the best of it when all else is equal. A word has three sets: passages with the word in their
own name, passages that use it at least `OFTEN` times, and the others. All sets stand in one block
of bytes, each as 32-bit numbers or, where that is shorter, as a set of bits.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain
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

LONGEST_START = 3
"""How many first letters of the words in names have an entry."""

_END = chr(0x10FFFF)
_Postings: TypeAlias = tuple[list[list[int]], list[list[int]], list[list[int]]]
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
    postings: bytes | memoryview
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
        """Index passages; about 60 ms for every thousand of 100 words."""
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

    def has_start(self, start: str) -> bool:
        """Tell whether a word begins like this."""
        index = bisect_left(self.vocabulary, start)
        return index < len(self.vocabulary) and self.vocabulary[index].startswith(start)

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


def _post(ordered: list[Passage]) -> dict[str, _Postings]:
    """Return for every word and level the lists of the passages that have it.

    Text is cut at white space, and each distinct piece is made into words only once: that
    halves the time.
    """
    named, initial, often, used = (defaultdict[str, list[int]](list) for _ in range(4))
    for number, passage in enumerate(ordered):
        name = composed(name_of(passage))
        initial[initials(name)].append(number)
        for piece in set(name.split()):
            named[piece].append(number)
        text = f"{passage.title}\n{passage.text}" if passage.heading else passage.text
        counts = Counter(composed(text).split())
        for piece in counts:
            used[piece].append(number)
        for piece in [piece for piece, times in counts.items() if times >= OFTEN]:
            often[piece].append(number)
    return _by_word(named, initial, often, used)


def _by_word(
    named: dict[str, list[int]],
    initial: dict[str, list[int]],
    often: dict[str, list[int]],
    used: dict[str, list[int]],
) -> dict[str, _Postings]:
    """Return the lists of pieces of text by the words that are in them."""
    found: defaultdict[str, _Postings] = defaultdict(lambda: ([], [], []))
    for level, pieces in ((OFTEN_USED, often), (USED, used)):
        for piece, numbers in pieces.items():
            for word in _words_in(piece) - STOP_WORDS:
                found[word][level].append(numbers)
    for piece, numbers in named.items():
        for entry in _name_entries(piece):
            found[entry][NAME].append(numbers)
    for letters, numbers in initial.items():
        found[INITIALS + letters][NAME].append(numbers)
    return found


def _name_entries(piece: str) -> set[str]:
    words = _words_in(piece)
    return words | {STARTS + word[:size] for word in words for size in range(1, LONGEST_START + 1)}


def _words_in(piece: str) -> set[str]:
    return {word for token in TOKEN.findall(piece) for word in index_words(token)}


def _encode(found: dict[str, _Postings], size: int) -> tuple[list[str], array[int], bytes]:
    """Return the sorted vocabulary, where each set starts, and the sets."""
    vocabulary = sorted(found)
    starts = array("I")
    blocks: list[bytes] = []
    position = 0
    width = (size // 32 + 1) * 4
    for word in vocabulary:
        for lists in found[word]:
            numbers = lists[0] if len(lists) == 1 else sorted(set(chain.from_iterable(lists)))
            dense = len(numbers) * 8 > width
            starts.append(position | dense)
            if numbers:
                packed = pack(numbers, size).to_bytes(width, "little") if dense else b""
                blocks.append(packed or array("I", numbers).tobytes())
                position += len(blocks[-1])
    starts.append(position)
    return vocabulary, starts, b"".join(blocks)
