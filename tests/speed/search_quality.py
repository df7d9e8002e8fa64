"""Made-up books to search in, and queries with known answers; the same for the same seed.

A heading is two to five words; its section's text repeats some of them among others that are drawn
as words are in English: a few very often, most hardly ever.
"""

from __future__ import annotations

from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from handbook.model.search import Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FIELD = """
model data training team engineer research product pipeline feature label metric loss gradient
network residual batch validation bias variance baseline deployment monitoring drift latency
experiment hiring interview manager scientist platform production error analysis schedule risk
project estimate career skill portfolio question answer review roadmap stakeholder ranking
embedding attention transformer convolution regression classifier forest boosting sampling
calibration threshold precision recall annotation crowd storage warehouse cluster budget notebook
versioning reproducibility checkpoint inference serving quantisation distillation regularisation
dropout optimiser momentum learning rate decay overfitting underfitting leakage imbalance outlier
"""
_SYLLABLES = """
ba be bi bo bra cal can cer cli con cor da de dis dor el em en er es fa fer fi for ga gen gra hal
har hum in jun ka kel la len lim lo lu ma men mer mi mon mor na nel ni nor nu ob or pa per pla por
pre qua ra rel ri ron sa sen ser sil so sta ta ten ter tol tra tri un val ven ver vin vo wal wen zo
"""
_FUNCTION_WORDS = "the of and to in a is that for it as with on by are this be from or at"
FIELD, SYLLABLES, FUNCTION_WORDS = (
    tuple(words.split()) for words in (_FIELD, _SYLLABLES, _FUNCTION_WORDS)
)


class Question(NamedTuple):
    """A query, the kind of query it is, and the heading that answers it."""

    kind: str
    text: str
    heading: str


def vocabulary(random: Random, size: int) -> list[str]:
    """Return this many distinct words, the words of the field first."""
    words = dict.fromkeys(FIELD)
    while len(words) < size:
        words["".join(random.choices(SYLLABLES, k=random.randint(2, 4)))] = None
    return list(words)


def book(size: int, seed: int = 2019) -> list[Passage]:
    """Return a book of `size` sections on size / 8 pages, with about 80 words to a section."""
    random = Random(seed)
    words = vocabulary(random, 600 + int(60 * size**0.5))
    often = list(accumulate(1 / (rank + 8) for rank in range(len(words))))
    name_often = list(accumulate(1 / (rank + 60) for rank in range(len(words))))
    headings: dict[str, None] = {}
    while len(headings) < size:
        drawn = random.choices(words, cum_weights=name_often, k=random.choice((2, 2, 3, 3, 4, 5)))
        headings[" ".join(dict.fromkeys(drawn)).capitalize()] = None
    passages: list[Passage] = []
    title = ""
    for number, heading in enumerate(headings):
        if number % 8 == 0:
            title = heading
        drawn = random.choices(words, cum_weights=often, k=random.randint(40, 80))
        drawn += random.choices(FUNCTION_WORDS, k=len(drawn) // 2)
        drawn += random.choices(heading.lower().split(), k=3)
        random.shuffle(drawn)
        own = "" if number % 8 == 0 else heading
        anchor = own.lower().replace(" ", "-")
        page = f"p{number // 8}"
        passages.append(Passage("page", page, anchor, title, own, " ".join(drawn) + "."))
    return passages


def with_slip(random: Random, text: str) -> str:
    """Return text with one typing error in a word of four letters or more, wherever it may be.

    A letter is put in, left out, replaced, or exchanged with the next.
    """
    words = text.split()
    which = random.choice([at for at, word in enumerate(words) if len(word) > 3] or [0])
    word = words[which]
    at = random.randrange(len(word) - 1)
    letter = random.choice("abcdefghijklmnopqrstuvwxyz")
    slips = (
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    words[which] = random.choice([slip for slip in slips if slip != word])
    return " ".join(words)


def _shuffled(random: Random, text: str) -> str:
    return " ".join(random.sample(words := text.split(), k=len(words)))


def _two_words(random: Random, text: str) -> str:
    return " ".join(random.sample(text.split(), k=min(2, len(text.split()))))


KINDS: dict[str, Callable[[Random, str], str]] = {
    "heading": lambda _, text: text,
    "one error": with_slip,
    "unfinished": lambda random, text: text[: -random.randint(1, max(1, len(text) // 4))],
    "other order": _shuffled,
    "question": lambda _, text: f"what is {text}",
    "two words": _two_words,
}


def questions(passages: Sequence[Passage], kind: str, count: int, seed: int = 7) -> list[Question]:
    """Return `count` queries of a kind in `KINDS`, each made from a heading."""
    random = Random(f"{kind} {seed}")
    found: list[Question] = []
    for passage in random.choices(passages, k=count):
        heading = passage.heading or passage.title
        found.append(Question(kind, KINDS[kind](random, heading.lower()), heading))
    return found


def place_of(heading: str, found: Sequence[str]) -> int:
    """Return the place of a heading among what was found, from 1; 0 if it is not there."""
    return found.index(heading) + 1 if heading in found else 0


def share_found(
    search: Callable[[str], Sequence[str]], asked: Sequence[Question], within: int
) -> float:
    """Return the share of questions answered within the first few headings that `search` gives."""
    answered = sum(0 < place_of(each.heading, search(each.text)) <= within for each in asked)
    return answered / len(asked)
