"""Finding the glossary's terms in running text: the first use in each section becomes a link.

A term is found as whole words, of two that overlap the longer one; the case of its first letter
does not matter. A set of the text's words tells in microseconds which few of the terms can occur,
so the number of terms costs hardly anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.render.line import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.model import Term

_MARKED_STYLES = frozenset({"strong", "emphasis", "strong emphasis"})
_WORD_BYTES = bytes(
    ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else ord(" ")
    for byte in range(256)
)


class _Name(NamedTuple):
    """One spelling of a term: `words` have to occur in a text that uses it."""

    words: frozenset[bytes]
    text: str
    term: str


class Terms:
    """The terms of a glossary, ready to be found; made once for a book."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._names: dict[bytes, list[_Name]] = {}
        for term in terms:
            for text in {term.title: None, **dict.fromkeys(term.aliases)}:
                if text.strip():
                    words = _words(text)
                    name = _Name(words, text.strip(), term.id)
                    self._names.setdefault(max(words, key=len, default=b""), []).append(name)
        self._keys = frozenset(self._names)

    def find(self, text: str, seen: frozenset[str] | set[str] = frozenset()) -> list[Found]:
        """Return the uses of terms in a text, in order; none of them if all are in `seen`."""
        words = _words(text)
        keys = words & self._keys
        if b"" in self._keys:  # names without any Latin letter or digit
            keys |= {b""}
        names = [name for key in keys for name in self._names[key] if name.words <= words]
        if all(name.term in seen for name in names):
            return []
        places = [
            (start, -len(name.text), name.term)
            for name in names
            for start in _places(text, name.text)
        ]
        found: list[Found] = []
        end = 0
        for start, minus_length, term in sorted(places):
            if start >= end:
                end = start - minus_length
                found.append(Found(start, end, term))
        return found

    def marker(self, first: int) -> TermMarker:
        """Return a marker for one page; `first` is the link index of the first term it marks."""
        return TermMarker(self, first)


class Found(NamedTuple):
    """A use of a term: from `start` to `end` in the text, and the term's id."""

    start: int
    end: int
    term: str


class TermMarker:
    """Marks terms on one page: `found` are the ids of the terms marked so far, in order."""

    def __init__(self, terms: Terms, first: int) -> None:
        self.first = first
        self.found: list[str] = []
        self._terms = terms
        self._seen: set[str] = set()

    def begin_section(self) -> None:
        """Forget what was marked: in a new section each term is marked again."""
        self._seen.clear()

    def mark(self, runs: list[Run], base: str) -> list[Run]:
        """Return runs in which each term that is new in this section has become a link."""
        marked: list[Run] = []
        for run in runs:
            if run.link < 0 and (run.style == base or run.style in _MARKED_STYLES):
                self._mark_run(run, marked)
            else:
                marked.append(run)
        return marked

    def _mark_run(self, run: Run, marked: list[Run]) -> None:
        at = 0
        for start, end, term in self._terms.find(run.text, self._seen):
            if term in self._seen:
                continue
            self._seen.add(term)
            if start > at:
                marked.append(Run(run.text[at:start], run.style))
            marked.append(Run(run.text[start:end], "term", self.first + len(self.found)))
            self.found.append(term)
            at = end
        if at < len(run.text):
            marked.append(Run(run.text[at:], run.style) if at else run)


def _words(text: str) -> frozenset[bytes]:
    """Return the Latin words and numbers of a text in lower case, other signs taken as spaces."""
    return frozenset(text.encode().translate(_WORD_BYTES).split())


def _places(text: str, name: str) -> Iterator[int]:
    """Yield where a name stands as whole words; its first letter may be large or small."""
    first, rest = name[0].lower(), name[1:]
    length = len(name)
    at = text.find(rest, 1)
    while at >= 0:
        start = at - 1
        if (
            text[start].lower() == first
            and not _is_in_word(text[start - 1 : start])
            and not _is_in_word(text[start + length : start + length + 1])
        ):
            yield start
        at = text.find(rest, at + 1)


def _is_in_word(sign: str) -> bool:
    """Whether a sign beside a name makes it a part of a longer word."""
    return sign.isalnum() or sign in {"-", "_"}
