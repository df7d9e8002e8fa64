"""Finding the glossary's terms in running text: the first use in each section becomes a link.

All titles and aliases make one regular expression, a tree of their letters, so that 160 terms cost
hardly more than one. A term is found as whole words, the longest first; the case of its first
letter does not matter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from handbook.render.line import Run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.model import Term

Tree: TypeAlias = "dict[str, Tree | None]"

_END = ""
_MARKED_STYLES = frozenset({"strong", "emphasis", "strong emphasis"})


class Terms:
    """The terms of a glossary, ready to be found; made once for a book."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._ids: dict[str, str] = {}
        for term in terms:
            for name in (term.title, *term.aliases):
                if name.strip():
                    self._ids.setdefault(_key(name.strip()), term.id)
        tree: Tree = {}
        for key in self._ids:
            _plant(tree, key)
        self._pattern = re.compile(rf"(?<![\w-]){_expression(tree)}(?![\w-])") if tree else None

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return (start, end, term id) of every use of a term in a text."""
        if self._pattern is None:
            return []
        return [
            (match.start(), match.end(), self._ids[_key(match.group())])
            for match in self._pattern.finditer(text)
        ]

    def marker(self, first: int) -> TermMarker:
        """Return a marker for one page; `first` is the link index of the first term it marks."""
        return TermMarker(self, first)


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
        for start, end, term in self._terms.find(run.text):
            if term in self._seen:
                continue
            self._seen.add(term)
            if start > at:
                marked.append(Run(run.text[at:start], run.style))
            marked.append(Run(run.text[start:end], "term", self.first + len(self.found)))
            self.found.append(term)
            at = end
        marked.append(Run(run.text[at:], run.style) if at else run)


def _key(name: str) -> str:
    name = name.replace("\u00a0", " ")
    return name[0].lower() + name[1:]


def _plant(tree: Tree, key: str) -> None:
    for letter in key:
        branch = tree.setdefault(letter, {})
        if branch is not None:
            tree = branch
    tree[_END] = None


def _expression(tree: Tree, *, is_root: bool = True) -> str:
    branches = []
    for letter, branch in tree.items():
        if branch is None:
            continue
        sign = re.escape(letter)
        if letter == " ":
            sign = "[ \u00a0]"
        elif is_root and letter.upper() != letter and len(letter.upper()) == 1:
            sign = f"[{letter}{letter.upper()}]"
        branches.append(sign + _expression(branch, is_root=False))
    if not branches:
        return ""
    together = (
        branches[0] if len(branches) == 1 and _END not in tree else f"(?:{'|'.join(branches)})"
    )
    return together + "?" if _END in tree else together
