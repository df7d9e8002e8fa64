"""The table of problem codes: what each means, for ever, and how bad it is.

P1xx is the text of one page, C2xx the whole handbook and its folders, F3xx the front matter.
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
    # Links and places in the whole handbook
    "C201": Meaning(_ERROR, "A link leads to a page that does not exist."),
    "C202": Meaning(_ERROR, "A link leads to a heading that does not exist."),
    "C203": Meaning(_WARNING, "A link leads to a hidden page."),
    # The same id twice
    "C204": Meaning(_ERROR, "Two pages have the same id."),
    "C205": Meaning(_ERROR, "Two roles have the same id or letter."),
    "C206": Meaning(_ERROR, "Two checklists have the same name, or two items the same id."),
    "C207": Meaning(_ERROR, "Two terms have the same id."),
    "C208": Meaning(_ERROR, "Two sources have the same key."),
    # Sources
    "C211": Meaning(_ERROR, "A page cites a source that does not exist."),
    "C212": Meaning(_ERROR, "A page cites a source that its front matter does not list."),
    "C213": Meaning(_ERROR, "The front matter lists a source that does not exist."),
    # Files and folders
    "C216": Meaning(_ERROR, "A symbolic link leaves the content folder."),
    "C217": Meaning(_ERROR, "The folder holds too many pages."),
    "C219": Meaning(_ERROR, "A file or folder cannot be read."),
    # Order and layers
    "C221": Meaning(_ERROR, "The table of contents names a file that does not exist."),
    "C222": Meaning(_WARNING, "A page is missing in the table of contents."),
    "C223": Meaning(_WARNING, "The table of contents names a page twice."),
    "C224": Meaning(_ERROR, "The page that a page extends does not exist."),
    "C225": Meaning(_WARNING, "The chapter that a page names does not exist."),
    # Where checklists and the map lead
    "C231": Meaning(_ERROR, "A checklist item leads to a place that does not exist."),
    "C232": Meaning(_ERROR, "The reading list of the map names a page that does not exist."),
    # Front matter
    "F301": Meaning(_ERROR, "The front matter is not valid YAML."),
    "F302": Meaning(_WARNING, "What looks like front matter is not valid YAML."),
    "F311": Meaning(_ERROR, "The front matter has an unknown key."),
    "F312": Meaning(_ERROR, "The front matter has a wrong value."),
}
"""Meaning of every code."""


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
