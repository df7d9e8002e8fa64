"""Turns text into words: one folded spelling for what a reader would call the same word.

Folding ignores case and accents ("Naïve" is "naive"). A compound counts as its parts and as a
whole: "bias-variance" gives bias, variance and biasvariance, `train_loss` and `DataLoader`
likewise. A run of Chinese, Japanese or Korean characters, which has no spaces between its words,
counts as its characters and its pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(r"\w+(?:[-'’‐‑]\w+)*")
"""A word as it is typed, compounds and possessives in one piece."""

_STOP_WORDS = """
a about an and are as at be but by can do does for from had has have how i if in into is it its me
my of on or our s should so t than that the their them then there these they this to us was we were
what when where which who why will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that help to order hits but that no hit has to contain."""

_PART = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_MARKS = re.compile("[\u0300-\u036f]+")
_OTHER = re.compile(r"[^\x00-\x7f]+")
_ENDING = re.compile(r"(?:ies|ied|ing|ed|es|s|e|y)$")
_NO_PLURAL = ("ss", "us", "is", "ias")


def fold(text: str) -> str:
    """Return text without case and accents; the length may change ("Straße" is "strasse")."""
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare)


class _FoldedCharacters(dict[int, str]):
    """Each character's folded form, if that is one character; else the character itself."""

    __slots__ = ()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = fold(character)
        self[code] = folded if len(folded) == 1 else character
        return self[code]


_FOLDED = _FoldedCharacters()


def fold_in_place(text: str) -> str:
    """Return text folded character by character, so that positions keep their meaning."""
    if text.isascii():
        return text.lower()
    return _OTHER.sub(lambda match: match[0].translate(_FOLDED), text).lower()


def composed(text: str) -> str:
    """Return text with letters and their accents joined into single characters (NFC)."""
    return unicodedata.normalize("NFC", text)


class Compound(NamedTuple):
    """A token: its parts in order, and the spelling without hyphens ("" if it has one part)."""

    parts: tuple[str, ...]
    whole: str


@lru_cache(maxsize=4096)
def compound(token: str) -> Compound:
    """Split a token at hyphens, underscores, apostrophes and humps; cut a possessive's s."""
    spaced = _CAMEL.sub("-", token)
    parts = tuple(_PART.findall(fold(spaced)))
    if len(parts) > 1 and parts[-1] == "s" and token[-2] in "'’":
        parts = parts[:-1]
    return Compound(parts, "".join(parts) if len(parts) > 1 else "")


@lru_cache
def _wide() -> re.Pattern[str]:
    """Return what runs of characters without spaces are; made late, as it costs 2 ms."""
    return re.compile(
        "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
    )


def pieces(word: str) -> list[str]:
    """Return what a folded word is looked up by: itself, or the pairs of its wide characters."""
    if word.isascii() or not _wide().search(word):
        return [word]
    found: list[str] = []
    last = 0
    for run in _wide().finditer(word):
        if run.start() > last:
            found.append(word[last : run.start()])
        found += ["".join(pair) for pair in pairwise(run[0])] or [run[0]]
        last = run.end()
    if last < len(word):
        found.append(word[last:])
    return found


def index_words(token: str) -> list[str]:
    """Return every word under which a token is found."""
    parts, whole = compound(token)
    found = [piece for part in parts for piece in pieces(part)]
    if whole:
        found.append(whole)
    if not token.isascii():
        found += [character for run in _wide().findall("".join(parts)) for character in run]
    return found


def tokens(text: str) -> Iterator[str]:
    """Return the tokens of a text in order, unfolded."""
    return iter(TOKEN.findall(composed(text)))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Return the beginning that a word shares with its plural, its -ing and its -ed form.

    The beginning need not be a word: "strategies" and "strategy" give "strateg".
    """
    if len(word) < 4 or not word.isascii() or word.endswith(_NO_PLURAL):
        return word
    ending = _ENDING.search(word)
    if ending is None or ending.start() < 3:
        return word
    root = word[: ending.start()]
    if ending[0] in {"ing", "ed"} and len(root) > 3 and root[-1] == root[-2] and root[-1] != "s":
        return root[:-1]
    return root


def initials(name: str) -> str:
    """Return the first letters of a name, abbreviations kept whole: "ML engineer" gives mle."""
    heads = [part if part.isupper() and len(part) < 5 else part[0] for part in _PART.findall(name)]
    return fold("".join(heads)) if len(heads) > 1 else ""
