"""The table of problem codes: what each means, for ever, and how bad it is.

P1xx is the text of one page, C2xx the whole handbook and its folders, F3xx the front matter,
Q1xx one question, Q2xx all questions of a file or a topic, Q3xx the lock file, E4xx an exam's
blueprint, M1xx a loop of mock interviews.
A code that is no longer used stays in the table, so that its number is never given away again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_NAMED, _FEW = 16, 6
_MORE = "more problems like this"
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
    "P107": Meaning(_WARNING, "The page has headings and no text."),
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
    "P125": Meaning(_WARNING, "A link with a label that nothing defines."),
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
    "C209": Meaning(_ERROR, "A link or a picture names a file that does not exist."),
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
    "C226": Meaning(_ERROR, "The settings of a book or its table of contents cannot be read."),
    "C227": Meaning(_WARNING, "A folder has two opening pages, index.md and README.md."),
    # Where checklists and the map lead
    "C231": Meaning(_ERROR, "A checklist item leads to a place that does not exist."),
    "C232": Meaning(_ERROR, "The reading list of the map names a page that does not exist."),
    "C233": Meaning(_ERROR, "A checklist item names a topic that no question has."),
    # Front matter
    "F301": Meaning(_ERROR, "The front matter is not valid YAML."),
    "F302": Meaning(_WARNING, "What looks like front matter is not valid YAML."),
    "F311": Meaning(_ERROR, "The front matter has an unknown key."),
    "F312": Meaning(_ERROR, "The front matter has a wrong value."),
    "F313": Meaning(_ERROR, "The front matter has a key twice."),
    # A question's name, settings and parts
    "Q100": Meaning(_ERROR, "A file of questions has an unknown format."),
    "Q101": Meaning(_ERROR, "Two questions have the same id."),
    "Q102": Meaning(_ERROR, "A question has no id, or one that is not well formed."),
    "Q103": Meaning(_ERROR, "Unknown kind of question."),
    "Q104": Meaning(_ERROR, "A question has no comment that says its kind."),
    "Q105": Meaning(_ERROR, "Unknown key in the comment of a question."),
    "Q106": Meaning(_ERROR, "Wrong value in the comment of a question."),
    "Q107": Meaning(_ERROR, "A part that this kind of question does not have, or has already."),
    "Q108": Meaning(_ERROR, "A question without a title or a text, or a file without questions."),
    "Q109": Meaning(_ERROR, "A file of questions has no topic."),
    # Options
    "Q110": Meaning(_ERROR, "Not exactly one option is right."),
    "Q111": Meaning(_ERROR, "No option is right."),
    "Q112": Meaning(_ERROR, "There is only one option."),
    "Q113": Meaning(_ERROR, "An option lacks its reason."),
    "Q114": Meaning(_ERROR, "An option speaks of the other ones."),
    "Q115": Meaning(_ERROR, "An option is empty or says what another says."),
    "Q116": Meaning(_ERROR, "Options are missing, or one has no box."),
    "Q117": Meaning(_WARNING, "There are too many options."),
    # Numbers and gaps
    "Q120": Meaning(_ERROR, "There is no answer, or it is no number."),
    "Q121": Meaning(_ERROR, "The tolerance is missing or cannot be read."),
    "Q122": Meaning(_ERROR, "A line of a numeric answer cannot be read."),
    "Q125": Meaning(_ERROR, "A cloze has no gaps."),
    "Q126": Meaning(_ERROR, "A gap is wrong or stands where none belongs."),
    # Answers in one's own words
    "Q130": Meaning(_ERROR, "The rubric is missing."),
    "Q131": Meaning(_ERROR, "A criterion of the rubric has no points."),
    "Q132": Meaning(_ERROR, "The model answer is missing."),
    "Q133": Meaning(_ERROR, "A follow-up has no tag that is known."),
    # Order and pairs
    "Q140": Meaning(_ERROR, "There are too few things to order, or two are the same."),
    "Q141": Meaning(_ERROR, "There is no table of pairs."),
    "Q142": Meaning(_ERROR, "A cell of the pairs is empty or says what another says."),
    # Listings and plots
    "Q150": Meaning(_ERROR, "The listing or its wrong line is missing."),
    "Q151": Meaning(_ERROR, "The wrong line is none of the listing's."),
    "Q152": Meaning(_ERROR, "A listing is too short, too long or too wide."),
    "Q153": Meaning(_ERROR, "A listing is not Python."),
    "Q154": Meaning(_ERROR, "The fix is missing or does not fit into the listing."),
    "Q160": Meaning(_ERROR, "The curve is missing or cannot be read as YAML."),
    "Q161": Meaning(_ERROR, "A curve has an unknown key."),
    "Q162": Meaning(_ERROR, "A curve has a wrong value, or lacks one."),
    # Steps, reasons and cues
    "Q170": Meaning(_ERROR, "A scenario has no steps, or too many."),
    "Q171": Meaning(_ERROR, "The steps of a scenario are not numbered in order."),
    "Q180": Meaning(_WARNING, "A question does not say where it is taught."),
    "Q183": Meaning(_WARNING, "Nothing says why the answer is right."),
    "Q184": Meaning(_WARNING, "There are no hints under Hints, or too many."),
    "Q190": Meaning(_ERROR, "A cue has no id, no question above it, or nothing below it."),
    # Questions together
    "Q201": Meaning(_WARNING, "The longest option is too often the right one."),
    "Q202": Meaning(_WARNING, "Right answers stand too often at the same place."),
    "Q203": Meaning(_WARNING, "A topic has few questions."),
    "Q204": Meaning(_WARNING, "A topic keeps few questions for exams."),
    # The lock file
    "Q301": Meaning(_ERROR, "A question is gone that the lock file knows."),
    "Q302": Meaning(_ERROR, "What is right has changed, and the version has not."),
    "Q303": Meaning(_WARNING, "A question is not in the lock file."),
    "Q304": Meaning(_ERROR, "The lock file or a line of it cannot be read."),
    "Q305": Meaning(_ERROR, "A question has an id that is retired."),
    # Blueprints of exams
    "E401": Meaning(_ERROR, "The file of an exam cannot be read, is too large or wrongly named."),
    "E402": Meaning(_ERROR, "The file of an exam is no TOML."),
    "E403": Meaning(_ERROR, "Unknown key in an exam."),
    "E404": Meaning(_ERROR, "Wrong value in an exam."),
    "E405": Meaning(_ERROR, "Something is missing in an exam."),
    "E406": Meaning(_ERROR, "An exam asks for a topic or a question that is not there."),
    "E407": Meaning(_ERROR, "There are too few questions for an exam."),
    # Loops of mock interviews
    "M100": Meaning(_ERROR, "A file of a loop has an unknown format."),
    "M101": Meaning(_ERROR, "Two items of loops have the same id."),
    "M102": Meaning(_ERROR, "A round or an item lacks its title, its id or its text."),
    "M103": Meaning(_ERROR, "No comment says whether this is a round or an item."),
    "M104": Meaning(_ERROR, "Wrong value in the comment of a round or an item."),
    "M105": Meaning(_ERROR, "A loop without rounds, a round without items, or the reverse."),
    "M106": Meaning(_ERROR, "A part that an item does not have, or has already."),
    "M107": Meaning(_ERROR, "The rubric of an item is missing or too long."),
    "M108": Meaning(_ERROR, "The levels of an item are missing, or one lacks its anchor."),
    "M109": Meaning(_ERROR, "A loop points at a question that is not there or kept for exams."),
    "M110": Meaning(_ERROR, "A loop names no role, or one that does not exist."),
    "M111": Meaning(_WARNING, "The items of a round take longer than the round."),
    "M112": Meaning(_WARNING, "There are too many loops, or too many items in one."),
}
"""Meaning of every code."""


def problem(code: str, file: str, line: int, message: str, hint: str = "") -> Problem:
    """Return a problem with the severity that the table gives its code; KeyError if unknown."""
    return Problem(CODES[code].severity, code, file, line, message, hint)


def nearest(word: str, valid: Iterable[str]) -> str:
    """Return a hint that names the valid word nearest to a wrong one, or the valid ones if none is.

    Of more than a reader takes in, a few are named and the others counted.
    """
    # Only needed once something is wrong.
    from difflib import get_close_matches  # noqa: PLC0415

    words = list(valid)
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    if len(words) > _MOST_NAMED:
        return "valid: " + ", ".join(words[:_FEW]) + f", and {len(words) - _FEW:,} more"
    return "valid: " + ", ".join(words)


def place_in_list(problem: Problem) -> tuple[object, ...]:
    """Return the sort key of a problem in a list: file, line, code, a count of more of it last."""
    is_count = problem.message.endswith(_MORE)
    return (problem.file, problem.line, problem.severity, problem.code, is_count, *problem)


class Problems:
    """Collects the problems of one file; more than `LIMIT` of one code are counted, not kept."""

    LIMIT = 100

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Problem] = []
        self._counts: dict[str, int] = {}
        self._ends: dict[str, int] = {}

    def add(self, code: str, line: int, message: str, hint: str = "") -> None:
        """Add a problem."""
        count = self._counts.get(code, 0) + 1
        self._counts[code] = count
        if count <= self.LIMIT:
            self._found.append(problem(code, self.file, line, message, hint))
        elif count == self.LIMIT + 1:
            self._ends[code] = line

    def all(self) -> tuple[Problem, ...]:
        """Return the problems by line; where they go on, how many were left out of a code."""
        rest = [
            problem(code, self.file, line, f"{self._counts[code] - self.LIMIT:,} {_MORE}")
            for code, line in self._ends.items()
        ]
        # The order of the text is kept within a line, so the counts come last there.
        return tuple(sorted((*self._found, *rest), key=lambda found: found.line))
