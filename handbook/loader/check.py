"""What is wrong with a book as a whole: links, ids, sources, order, layers.

The rules of our own books hold for pages of ours, known by their front matter; in other people's
books only what spoils reading is told, and as warnings.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from handbook.loader.clean import LIMIT
from handbook.loader.codes import nearest, place_in_list, problem
from handbook.loader.controls import check_controls
from handbook.loader.entries import is_opening
from handbook.loader.links import is_picture, resolve
from handbook.loader.places import anchors_of, paths_meant
from handbook.loader.scan import is_inside, read_bytes
from handbook.model.book import PageInfo
from handbook.model.checklist import Checklist
from handbook.model.problem import Problem, Severity
from handbook.model.role import Role, RoleMap
from handbook.model.vocabulary import Source, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from handbook.loader.bank import Bank
    from handbook.loader.book import Book
    from handbook.loader.scan import Scan
    from handbook.model.book import Handbook, Place
    from handbook.model.page import Defined, Page
    from handbook.model.question import Question
    from handbook.model.text import Link

_FOR_ANY_BOOK = frozenset(
    {"P101", "P102", "P104", "P105", "P106", "P111", "P121", "C201", "C202", "C216", "C217", "C219"}
    | {"C221", "F302"}
)
"""What is told of pages that do not follow our rules."""

_FOR_ITS_AUTHOR = _FOR_ANY_BOOK | {"P103", "P107", "P122", "C209", "C227", "F313"}
"""What the author of such pages is told as well; a reader of them can do nothing about it."""


_KEY_LINES = {"C204": r"^id:", "C224": r"^extends:", "C225": r"^chapter:"}
"""Where the front matter of a page says what is wrong with its place in the book."""


class Checkable(Protocol):
    """What is checked."""

    @property
    def handbook(self) -> Handbook:
        """The outline."""

    def parts(self, page_id: str) -> tuple[Page, ...]:
        """Return the page of each file that a page is made of."""

    def page(self, page_id: str) -> Page:
        """Return a page."""

    def source(self, page_id: str) -> str:
        """Return the Markdown of a page."""

    def is_own(self, page_id: str) -> bool:
        """Tell whether our rules hold for a page."""

    def resolve(self, link: Link, page_id: str) -> Place | None:
        """Return where a link leads."""

    def find_path(self, path: str) -> str:
        """Return the id of the page at a path."""

    def questions(self) -> tuple[Question, ...]:
        """Return all questions."""

    def roles(self) -> tuple[Role, ...]:
        """Return all roles."""

    def banks(self) -> tuple[Bank, ...]:
        """Return the files of questions."""

    def locks(self) -> tuple[tuple[Path, tuple[Question, ...]], ...]:
        """Return the lock file and the questions of each folder."""


class _Part(NamedTuple):
    """What is kept of a file while the book is checked: everything but its text."""

    info: PageInfo
    links: tuple[Link, ...]
    defines: tuple[Defined, ...]
    pictures: tuple[Link, ...] = ()


def check(
    library: Checkable, book: Book, scans: Sequence[Scan], *, for_author: bool = False
) -> tuple[Problem, ...]:
    """Return every problem of a book, by file, line, code and message; reads all pages.

    `for_author` adds what only the author of pages that are not ours wants to know.
    """
    found: list[Problem] = []
    for scan in scans:
        found.extend(problem(code, file, 0, text) for code, file, text in scan.faults)
        found.extend(check_controls(scan))
    told = _FOR_ITS_AUTHOR if for_author else _FOR_ANY_BOOK
    parts, anchors = _read_all(library, found, told)
    checker = _Checker(library, book, scans, parts, anchors)
    found.extend(checker.problems(told))
    if any(questions for _, questions in library.locks()):
        found.extend(_of_questions(library))
    return tuple(sorted(set(found), key=place_in_list))


def _of_questions(library: Checkable) -> Iterator[Problem]:
    """Yield what is wrong with the questions of all folders, taken together and one by one."""
    # Most books have none.
    from handbook.loader.exams import check_exams  # noqa: PLC0415
    from handbook.loader.lock import check_locks  # noqa: PLC0415
    from handbook.loader.question_checks import check_ids, check_topics  # noqa: PLC0415

    for bank in library.banks():
        yield from bank.problems
    locks = library.locks()
    questions = [question for _, each in locks for question in each]
    yield from check_topics([each for bank in library.banks() for each in bank.questions])
    yield from check_ids(questions)
    yield from check_locks(locks)
    yield from check_exams(library)


def _read_all(
    library: Checkable, found: list[Problem], told: frozenset[str]
) -> tuple[list[_Part], dict[str, frozenset[str]]]:
    """Return the parts of all pages, and the anchors by page; adds the pages' own problems."""
    parts: list[_Part] = []
    anchors: dict[str, frozenset[str]] = {}
    for info in library.handbook.pages:
        pages = library.parts(info.id)
        if len(pages) == 1:
            anchors[info.id] = frozenset(anchors_of(pages[0]))
        else:
            anchors[info.id] = frozenset(
                anchor for page in (library.page(info.id), *pages) for anchor in anchors_of(page)
            )
        is_own = library.is_own(info.id)
        for page in pages:
            parts.append(_Part(page.info, page.links, page.defines, page.pictures))
            found.extend(_fitting(page.problems, is_own=is_own, told=told))
    for bank in library.banks():
        info = PageInfo(bank.path, bank.path, bank.title, sources=bank.sources)
        links = tuple(link for question in bank.questions for link in question.links)
        parts.append(_Part(info, links, ()))
    from handbook.loader.loop_files import loops_of  # noqa: PLC0415  as in _of_questions

    loops = loops_of(library)
    found.extend(loops.problems)
    for loop in loops.found.values():
        info = PageInfo(loop.path, loop.path, loop.title, sources=loop.sources)
        parts.append(_Part(info, loop.links, ()))
    return parts, anchors


def _fitting(
    problems: Sequence[Problem], *, is_own: bool, told: frozenset[str]
) -> Iterator[Problem]:
    """Yield problems as they count for a page: all of them, or those to be told as warnings."""
    for each in problems:
        if is_own:
            yield each
        elif each.code in told:
            yield each._replace(severity=Severity.WARNING)


class _Checker:
    """The checks that need the whole book."""

    def __init__(
        self,
        library: Checkable,
        book: Book,
        scans: Sequence[Scan],
        parts: list[_Part],
        anchors: dict[str, frozenset[str]],
    ) -> None:
        self.library = library
        self.book = book
        self.scans = scans
        self.parts = parts
        self.anchors = anchors
        self.openings: dict[str, str] = {}
        self.slugs = [info.path for info in book.pages] if len(book.pages) < 1_000 else []
        self.sources = {
            value.id for part in parts for value in part.defines if isinstance(value, Source)
        }

    def problems(self, told: frozenset[str]) -> Iterator[Problem]:
        """Yield all problems; of pages that are not ours those that are to be told."""
        for part in self.parts:
            is_page = self.library.handbook.find_page(part.info.id) is not None
            yield from _fitting(
                [
                    *self._links(part),
                    *self._sources(part),
                    *self._targets(part),
                    *self._opening(part.info.path),
                ],
                is_own=not is_page or self.library.is_own(part.info.id),
                told=told,
            )
        yield from self._doubles()
        for fault in self.book.faults:
            key = _KEY_LINES.get(fault.code)
            line = self._find_line(fault.file, key) if key else 0
            yield problem(*fault._replace(line=line or fault.line))

    def _opening(self, path: str) -> Iterator[Problem]:
        """Yield that the folder of an opening page has one already, so that both have one name."""
        folder = path.rpartition("/")[0]
        if folder and is_opening(path):
            first = self.openings.setdefault(folder, path)
            if first != path:
                hint = "keep index.md alone"
                yield problem("C227", path, 0, f"{first} opens the same folder", hint)

    def _links(self, part: _Part) -> Iterator[Problem]:
        for link in part.links:
            if link.kind == "page":
                yield from self._link(link, part.info, "C201")
        for link in (*part.links, *part.pictures):
            file = resolve(link.target, part.info.path).file if link.kind == "blocked" else ""
            if file and not self._has_file(file):
                yield problem("C209", part.info.path, link.line, f"there is no file {file}")
            elif file and not is_picture(file):
                hint = "only Markdown files are pages"
                yield problem("P123", part.info.path, link.line, f"{file} is not a page", hint)

    def _has_file(self, path: str) -> bool:
        """Tell whether one of the folders holds a file."""
        paths = ((scan.root, f"{scan.root}/{path}") for scan in self.scans)
        return any(is_inside(root, file) and os.path.isfile(file) for root, file in paths)  # noqa: PTH113

    def _link(self, link: Link, info: PageInfo, code: str) -> Iterator[Problem]:
        """Yield what is wrong with a link to a page; `code` is used for a page that is missing."""
        place = self.library.resolve(link, info.id)
        if place is None or place.page not in self.anchors:
            yield from self._missing(link, info, code)
        elif place.anchor and place.anchor not in self.anchors[place.page]:
            if self._is_in_html(place):
                return
            code = "C202" if code == "C201" else code
            path = self.book.pages[self.library.handbook.index_of(place.page)].path
            message = f"{path} has no heading #{place.anchor}"
            hint = nearest(place.anchor, sorted(self.anchors[place.page])[:200])
            yield problem(code, info.path, link.line, message, hint)

    def _missing(self, link: Link, info: PageInfo, code: str) -> Iterator[Problem]:
        """Yield that there is no page; a hidden one is told only to the folder that hides it."""
        hider = next(
            (
                self.book.hidden[path]
                for path in paths_meant(link.target)
                if path in self.book.hidden
            ),
            None,
        )
        is_page = self.library.handbook.find_page(info.id) is not None
        if hider is None or not is_page:
            hint = nearest(link.target, self.slugs) if self.slugs else ""
            hint = hint if hint.startswith("did") else ""
            yield problem(code, info.path, link.line, f"there is no page {link.target}", hint)
        elif hider == self.book.layers[self.library.handbook.index_of(info.id)]:
            yield problem("C203", info.path, link.line, f"{link.target} is hidden")

    def _is_in_html(self, place: Place) -> bool:
        """Tell whether an anchor is set by raw HTML, which other programs show."""
        source = self.library.source(place.page)
        names = (f'{name}="{place.anchor}"' for name in ("id", "name"))
        return any(name in source for name in names)

    def _sources(self, part: _Part) -> Iterator[Problem]:
        info = part.info
        listed = set(info.sources)
        for link in part.links:
            if link.kind != "source":
                continue
            if link.target not in self.sources:
                message = f"there is no source {link.target!r}"
                yield problem("C211", info.path, link.line, message, self._nearest(link.target))
            elif link.target not in listed and info.kind != "sources":
                message = f"{link.target!r} is cited but not listed in `sources`"
                hint = "add it to the front matter"
                yield problem("C212", info.path, link.line, message, hint)
        for key in listed - self.sources:
            line = self._find_line(info.path, r"^sources:")
            message = f"there is no source {key!r}"
            yield problem("C213", info.path, line, message, self._nearest(key))

    def _find_line(self, path: str, pattern: str) -> int:
        """Return the first line of a file that a pattern matches, 0 if none."""
        root = next((scan.root for scan in reversed(self.scans) if path in scan.files), "")
        try:
            text = read_bytes(f"{root}/{path}", LIMIT).decode("utf-8", "replace")
        except OSError:  # it was there when the folder was walked
            return 0
        found = re.search(pattern, text, re.MULTILINE)
        return text.count("\n", 0, found.start()) + 1 if found else 0

    def _nearest(self, key: str) -> str:
        return nearest(key, sorted(self.sources)) if self.sources else "the book lists no sources"

    def _targets(self, part: _Part) -> Iterator[Problem]:
        """Yield where items of checklists and the reading list of the map lead astray."""
        for value in part.defines:
            if isinstance(value, Checklist):
                for item in value.items:
                    if item.see is not None and item.see.kind == "page":
                        yield from self._link(item.see, part.info, "C231")
                    for key in item.sources:
                        if key not in self.sources:
                            message = f"there is no source {key!r}"
                            hint = self._nearest(key)
                            yield problem("C211", part.info.path, item.line, message, hint)
                yield from self._topics(value, part.info.path)
            elif isinstance(value, RoleMap):
                for _, path in value.reading:
                    if not self.library.find_path(path.partition("#")[0]):
                        line = self._find_line(part.info.path, r"^\s+reading:")
                        hint = nearest(path, self.slugs) if self.slugs else ""
                        message = f"there is no page {path}"
                        yield problem("C232", part.info.path, line, message, hint)

    def _topics(self, checklist: Checklist, path: str) -> Iterator[Problem]:
        """Yield the topics of items that no question has."""
        if not any(item.topics for item in checklist.items):
            return
        known = list(dict.fromkeys(question.topic for question in self.library.questions()))
        for item in checklist.items:
            for topic in item.topics:
                if topic not in known:
                    message = f"no question has the topic {topic!r}"
                    hint = nearest(topic, known) if known else "the book has no questions"
                    yield problem("C233", path, item.line, message, hint)

    def _doubles(self) -> Iterator[Problem]:
        """Yield ids that stand on more than one page, each with the place that has it first."""
        first: dict[tuple[str, str], tuple[str, int]] = {}
        for part in self.parts:
            for code, name, key, line in _ids(part.defines):
                path, at = first.setdefault((name, key), (part.info.path, line))
                if path != part.info.path:
                    message = f"the {name} {key!r} is taken by {path}:{at}"
                    yield problem(code, part.info.path, line, message)


def _ids(values: Sequence[Defined]) -> Iterator[tuple[str, str, str, int]]:
    """Yield problem code, name, id and line of everything that must be unique in a book."""
    for value in values:
        match value:
            case Role():
                yield "C205", "role id", value.id, value.line
                yield "C205", "letter", value.letter, value.line
            case Checklist():
                yield "C206", "checklist", value.name, 1
                for item in value.items:
                    yield "C206", "item id", item.id, item.line
            case Term():
                yield "C207", "term", value.id, value.line
            case Source():
                yield "C208", "source", value.id, value.line
