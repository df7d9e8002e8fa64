"""Finds the words that an unknown word may stand for.

One slip of the finger (a letter too many, too few, wrong, or two exchanged) is undone by trying
every such slip against the sorted vocabulary, which takes a third of a millisecond however large it
is; only what is further away is compared with every word by rapidfuzz.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.search.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.search.shelf import Shelf

MOST_CORRECTIONS = 6
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_SHORTEST = 3
_SHORTEST_START = 4


class Correction(NamedTuple):
    """A word, or the start of words, that may have been meant: `strength` is 0 to 1."""

    text: str
    strength: float
    is_start: bool = False


def correct(word: str, *, is_open: bool, shelves: Sequence[Shelf]) -> tuple[Correction, ...]:
    """Return what a word may stand for, the likeliest first.

    An open word, which the reader is still typing, may also stand for the start of one.
    """
    if len(word) < _SHORTEST:
        return ()
    split = _find_split(word, shelves)
    if split:
        return split
    return slips(word, is_open=is_open, shelves=shelves) or _distant(word, shelves)


def slips(word: str, *, is_open: bool, shelves: Sequence[Shelf]) -> tuple[Correction, ...]:
    """Return the words one slip away, the commonest first."""
    if len(word) < _SHORTEST or not word.isascii():
        return ()
    as_start = is_open and len(word) >= _SHORTEST_START
    found: dict[str, int] = {}
    for candidate in _one_slip_away(word, shelves):
        weight = _weight(candidate, shelves, as_start=as_start)
        if weight and candidate not in STOP_WORDS and candidate != word:
            # An exchange, or a letter wrong in the middle, is likelier than another first letter.
            found[candidate] = weight * (4 if candidate[0] == word[0] else 1)
    likeliest = sorted(found, key=lambda candidate: (-found[candidate], candidate))
    strength = 0.55 + 0.03 * min(len(word), 10)
    return tuple(
        Correction(candidate, strength, as_start) for candidate in likeliest[:MOST_CORRECTIONS]
    )


def _weight(candidate: str, shelves: Sequence[Shelf], *, as_start: bool) -> int:
    """Return how common a candidate is, 0 if no word is it (or starts with it)."""
    if as_start:
        return sum(shelf.weight_of(shelf.starting_with(candidate)) for shelf in shelves)
    words = ((shelf, shelf.find_word(candidate)) for shelf in shelves)
    return sum(shelf.weight_of(range(word, word + 1)) for shelf, word in words if word >= 0)


def _one_slip_away(word: str, shelves: Sequence[Shelf]) -> Iterator[str]:
    """Return every word one slip away that some known word starts with."""

    def starts_a_word(start: str) -> bool:
        return any(shelf.has_start(start) for shelf in shelves)

    for position in range(len(word) + 1):
        before, after = word[:position], word[position:]
        if not starts_a_word(before):
            return
        candidates = [before + after[1:], before + after[1:2] + after[:1] + after[2:]]
        for letter in _LETTERS:
            if starts_a_word(before + letter):
                candidates += (before + letter + after[1:], before + letter + after)
        yield from filter(starts_a_word, candidates)


def _find_split(word: str, shelves: Sequence[Shelf]) -> tuple[Correction, ...]:
    """Return the two words that were typed as one ("biasvariance"), or nothing."""
    best: tuple[int, int] = (0, 0)
    for cut in range(3, len(word) - 2):
        halves = (word[:cut], word[cut:])
        weight = min(_weight(half, shelves, as_start=False) for half in halves)
        best = max(best, (weight, cut))
    if not best[0]:
        return ()
    return (Correction(f"{word[: best[1]]} {word[best[1] :]}", 0.9),)


def _distant(word: str, shelves: Sequence[Shelf]) -> tuple[Correction, ...]:
    """Return the words within two changes, three from eight letters on; one if not English."""
    if len(word) < 5 and word.isascii():
        return ()
    # rapidfuzz costs 17 ms to import: only a reader who types an unknown word pays for it.
    from rapidfuzz import process  # noqa: PLC0415
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    cutoff = (3 if len(word) >= 8 else 2) if word.isascii() else 1 + (len(word) >= 6)
    found: dict[str, float] = {}
    for shelf in shelves:
        near = process.extract(
            word, shelf.vocabulary, scorer=OSA.distance, score_cutoff=cutoff, limit=MOST_CORRECTIONS
        )
        found |= {
            text: distance
            for text, distance, _ in near
            if text[0].isalnum() and text not in STOP_WORDS
        }
    nearest = sorted(found, key=lambda text: (found[text], text))[:MOST_CORRECTIONS]
    return tuple(Correction(text, 0.8 * (1 - found[text] / len(word))) for text in nearest)
