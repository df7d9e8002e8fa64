"""The table of problem codes: what each means, for ever, and how bad it is.

P1xx is the text of one page, C2xx the front matter, order and folders, F3xx the whole handbook.
A code that is no longer used stays in the table, so that its number is never given away again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

_ERROR = Severity.ERROR
_WARNING = Severity.WARNING


class Meaning(NamedTuple):
    """How bad the problems of a code are, and what they have in common."""

    severity: Severity
    text: str


CODES: dict[str, Meaning] = {
    # Characters and size
    "P101": Meaning(_ERROR, "The file is not UTF-8."),
    "P102": Meaning(_ERROR, "A control character or an escape sequence was taken out."),
    "P103": Meaning(_WARNING, "A sign that terminals draw with different widths."),
    "P104": Meaning(_ERROR, "The file is too large and was cut."),
    "P105": Meaning(_WARNING, "The page has no text."),
    "P106": Meaning(_WARNING, "Nested too deeply, shown flat from there."),
    # Headings
    "P111": Meaning(_WARNING, "A heading skips a level."),
    "P112": Meaning(_WARNING, "The page has more than one heading of level 1."),
    "P113": Meaning(_WARNING, "A heading has no words."),
    "P114": Meaning(_ERROR, "The same explicit anchor stands on two headings of the page."),
    # Links
    "P121": Meaning(_ERROR, "A link leads out of the book."),
    "P122": Meaning(_ERROR, "A link has a scheme other than http, https and mailto."),
    "P123": Meaning(_WARNING, "A link leads to a file that is not a page."),
    "P124": Meaning(_WARNING, "A link has no words or no target."),
    # Footnotes and citations
    "P131": Meaning(_WARNING, "A footnote mark without a footnote."),
    "P132": Meaning(_WARNING, "A footnote that nothing refers to."),
    "P133": Meaning(_ERROR, "Two footnotes have the same label."),
    "P134": Meaning(_WARNING, "A citation that cannot be read."),
    # Charts
    "P141": Meaning(_ERROR, "A chart cannot be read as YAML."),
    "P142": Meaning(_ERROR, "A chart has an unknown key."),
    "P143": Meaning(_ERROR, "A chart has a wrong value."),
    "P144": Meaning(_ERROR, "A chart lacks something."),
    # Role, map and checklist in the front matter
    "P151": Meaning(_ERROR, "Unknown key in role, map or checklist."),
    "P152": Meaning(_ERROR, "Wrong value in role, map or checklist."),
    "P153": Meaning(_ERROR, "Something is missing in role, map or checklist."),
    "P154": Meaning(_WARNING, "Role, map or checklist on a page of another kind."),
    # Items of checklists
    "P161": Meaning(_ERROR, "A checklist item has no id, or one that is not well formed."),
    "P162": Meaning(_ERROR, "Two checklist items have the same id."),
    "P163": Meaning(_ERROR, "Unknown word in the comment of a phase or an item."),
    "P164": Meaning(_ERROR, "Wrong value in the comment of a phase or an item."),
    "P165": Meaning(_ERROR, "A checklist item stands outside the phases."),
    "P166": Meaning(_WARNING, "A checklist, glossary or list of sources is empty."),
    # Terms and sources
    "P171": Meaning(_ERROR, "Two terms have the same id."),
    "P172": Meaning(_ERROR, "A term has no name or no definition."),
    "P181": Meaning(_ERROR, "A source does not begin with its key as a code span."),
    "P182": Meaning(_ERROR, "Two sources have the same key."),
    "P183": Meaning(_ERROR, "A source has no title."),
}
"""Meaning of every code. The other half of the loader adds its own below the last line."""


def problem(code: str, file: str, line: int, message: str, hint: str = "") -> Problem:
    """Return a problem with the severity that the table gives its code; KeyError if unknown."""
    return Problem(CODES[code].severity, code, file, line, message, hint)


def nearest(word: str, valid: Iterable[str]) -> str:
    """Return a hint that names the valid word nearest to a wrong one, or all of them if none is."""
    # Only needed once something is wrong.
    from difflib import get_close_matches  # noqa: PLC0415

    words = list(valid)
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else "valid: " + ", ".join(words)


class Problems:
    """Collects the problems of one file; more than `LIMIT` of one code are counted, not kept."""

    LIMIT = 100

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Problem] = []
        self._counts: dict[str, int] = {}

    def add(self, code: str, line: int, message: str, hint: str = "") -> None:
        """Add a problem."""
        count = self._counts.get(code, 0) + 1
        self._counts[code] = count
        if count <= self.LIMIT:
            self._found.append(problem(code, self.file, line, message, hint))

    def all(self) -> tuple[Problem, ...]:
        """Return the problems by line, and after them how many were left out of each code."""
        rest = [
            problem(code, self.file, 0, f"{count - self.LIMIT} more problems like this")
            for code, count in self._counts.items()
            if count > self.LIMIT
        ]
        return (*sorted(self._found, key=lambda found: found.line), *rest)
