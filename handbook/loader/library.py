"""The content folders as one book that can be read: what the workspace is built on.

Opening looks at every file and parses none: outline now, pages when they are asked for. A library
is a picture of the folders at one moment; when they change (`is_changed`), open another.
"""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, TypeVar

from handbook.errors import ContentError, NothingFoundError
from handbook.loader.cache import Cache
from handbook.loader.opening import Opened, open_book, scan_all
from handbook.loader.pages import (
    PageFile,
    find_defined,
    read_front,
    read_head,
    read_page,
)
from handbook.model.book import Handbook, PageInfo, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from handbook.loader.bank import Bank
    from handbook.model.book import PageKind
    from handbook.model.checklist import Checklist
    from handbook.model.page import Page
    from handbook.model.problem import Problem
    from handbook.model.question import Question
    from handbook.model.role import Role, RoleMap
    from handbook.model.search import Passage
    from handbook.model.text import Link
    from handbook.model.vocabulary import Source, Term

    _Defined = TypeVar("_Defined", Role, RoleMap, Checklist, Term, Source)

KEPT_DAYS = 90
"""How long the cache keeps what it wrote, in days."""

KEPT = 2 * 1024 * 1024
"""How much text the pages kept in memory may have together, in bytes of their files."""


class Library:
    """A book of one or more content folders, later ones laid over earlier ones.

    May be used from several threads at once. `handbook` is the outline; `stamp` is a short text
    that changes whenever a file does.
    """

    def __init__(self, layers: Sequence[Path], opened: Opened, cache: Cache) -> None:
        """Take up an opened book; use `Library.open`."""
        self._layers = tuple(layers)
        self._opened = opened
        self._book = opened.book
        self._cache = cache
        self._lock = threading.RLock()
        self._pages: OrderedDict[str, tuple[Page, int]] = OrderedDict()
        self._defined: dict[type, tuple[object, ...]] = {}
        self._banks: tuple[tuple[Bank, int], ...] | None = None
        self._cues: tuple[tuple[Question, int], ...] | None = None
        self._backlinks: dict[str, tuple[tuple[Place, str], ...]] | None = None
        self.stamp = opened.stamp
        self.handbook = Handbook(self._book.title, self._book.pages, self._book.chapters)

    @classmethod
    def open(cls, layers: Sequence[Path], *, cache: Path | None = None) -> Library:
        """Open folders, or single files, as one book.

        Raises ContentError if one of them is missing, cannot be read or holds no page at all.
        `cache` is a folder for outlines and parsed pages; it is made when something is kept.
        """
        if not layers:
            raise ContentError("there is no content folder", hint="name one with --content")
        kept = Cache(str(cache) if cache is not None else None)
        # Ten thousand new tuples make the collector look at everything again and again, in vain.
        is_collecting = gc.isenabled()
        gc.disable()
        try:
            return cls(layers, open_book(layers, kept), kept)
        finally:
            if is_collecting:
                gc.enable()

    def is_changed(self) -> bool:
        """Tell whether a file was changed, added or removed since the book was opened."""
        try:
            return scan_all(self._layers) != self._opened.scans
        except ContentError:
            return True

    # Pages

    def page(self, page_id: str) -> Page:
        """Return a page; raise NothingFoundError with the nearest ones if there is none.

        A file that cannot be read makes a page that says so.
        """
        with self._lock:
            kept = self._pages.get(page_id)
            if kept is not None:
                self._pages.move_to_end(page_id)
                return kept[0]
        files = self._files(page_id)
        page = self._read(files)
        with self._lock:
            self._pages[page_id] = (page, sum(file.stamp[2] for file in files))
            total = sum(size for _, size in self._pages.values())
            while total > KEPT and len(self._pages) > 1:
                _, (_, size) = self._pages.popitem(last=False)
                total -= size
        return page

    def head(self, page_id: str) -> Page:
        """Return a page if it is small or at hand, else its first blocks (`complete` is False)."""
        files = self._files(page_id)
        if page_id in self._pages or len(files) > 1:
            return self.page(page_id)
        page = read_head(files[0], self._cache)
        return self.page(page_id) if page.complete else page

    def parts(self, page_id: str) -> tuple[Page, ...]:
        """Return the page of each file that a page is made of; `info.path` is the file's."""
        return tuple(read_page(file, self._cache) for file in self._files(page_id))

    def is_own(self, page_id: str) -> bool:
        """Tell whether a page has an id or keys of ours, so that our rules hold for it."""
        return page_id in self._book.own

    def source(self, page_id: str) -> str:
        """Return the cleaned Markdown of a page without its front matter."""
        return "\n".join(self._text(file) for file in self._files(page_id))

    def section_source(self, page_id: str, anchor: str) -> str:
        """Return the cleaned Markdown of a section with those below it, or of the page for "".

        Raises NothingFoundError if the page has no such heading.
        """
        if not anchor:
            return self.source(page_id)
        for file in self._files(page_id):
            page = read_page(file, self._cache)
            heading = page.find_heading(anchor)
            if heading is None:
                continue
            rest = page.headings[page.headings.index(heading) + 1 :]
            end = next((each.line for each in rest if each.level <= heading.level), None)
            front, _ = read_front(file)
            lines = front.body.split("\n")
            start, stop = heading.line - front.first_line, end and end - front.first_line
            return "\n".join(lines[start:stop]).rstrip("\n") + "\n"
        raise NothingFoundError(f"{page_id} has no heading {anchor!r}")

    def file_of(self, page_id: str) -> Path:
        """Return the file of a page."""
        from pathlib import Path  # noqa: PLC0415  a start makes no Path

        file = self._files(page_id)[0]
        return Path(file.root, file.info.path)

    def forget_old(self, now: float) -> None:
        """Remove from the cache what was written long before `now`, in seconds since 1970.

        What belongs to pages and books that are gone goes with it; the rest is written again.
        """
        self._cache.forget(now - KEPT_DAYS * 24 * 60 * 60)

    # What pages define

    def roles(self) -> tuple[Role, ...]:
        """Return all roles in book order."""
        # Classes of the model take a millisecond each to make: not before the first frame.
        from handbook.model.role import Role  # noqa: PLC0415

        return self._values("role", Role)

    def role_map(self) -> RoleMap | None:
        """Return the words around the map, None if the book has no map."""
        from handbook.model.role import RoleMap  # noqa: PLC0415  see roles

        return next(iter(self._values("map", RoleMap)), None)

    def checklists(self) -> tuple[Checklist, ...]:
        """Return all checklists in book order."""
        from handbook.model.checklist import Checklist  # noqa: PLC0415  see roles

        return self._values("checklist", Checklist)

    def terms(self) -> tuple[Term, ...]:
        """Return the glossary in the order of its text."""
        from handbook.model.vocabulary import Term  # noqa: PLC0415  see roles

        return self._values("glossary", Term)

    def sources(self) -> tuple[Source, ...]:
        """Return all sources in the order of their text."""
        from handbook.model.vocabulary import Source  # noqa: PLC0415  see roles

        return self._values("sources", Source)

    # Questions

    def questions(self) -> tuple[Question, ...]:
        """Return all questions: those of the banks in the order of their files, then all cues."""
        return (*(each for bank in self.banks() for each in bank.questions), *self.cues())

    def banks(self) -> tuple[Bank, ...]:
        """Return the files of questions (`format: questions/1`), which are no pages."""
        return tuple(bank for bank, _ in self._banks_of_layers())

    def cues(self) -> tuple[Question, ...]:
        """Return the cues of all pages in book order, of the topic of their page's chapter."""
        return tuple(cue for cue, _ in self._cues_of_layers())

    def locks(self) -> tuple[tuple[Path, tuple[Question, ...]], ...]:
        """Return the lock file of each folder, there or not, with the folder's questions."""
        from handbook.loader.banks import lock_files  # noqa: PLC0415  see roles

        return lock_files(self._opened.scans, self._banks_of_layers(), self._cues_of_layers())

    def _banks_of_layers(self) -> tuple[tuple[Bank, int], ...]:
        """Return the banks, each with the index of its folder."""
        if self._banks is None:
            from handbook.loader.banks import read_banks  # noqa: PLC0415  see roles

            self._banks = read_banks(self._book, self._opened.scans, self._cache)
        return self._banks

    def _cues_of_layers(self) -> tuple[tuple[Question, int], ...]:
        if self._cues is None:
            from handbook.loader.banks import cues_of  # noqa: PLC0415  see roles

            roots = [scan.root for scan in self._opened.scans]
            self._cues = tuple(
                (cue, roots.index(file.root))
                for info in self.handbook.pages
                for file in self._files(info.id)
                for cue in cues_of(self._defines(file), info)
            )
        return self._cues

    # Places

    def find_place(self, text: str) -> Place:
        """Return the place that a reader means.

        Known are page ids, slugs with or without `.md`, chapter ids, role ids and letters, term ids
        and titles, names of checklists and exact titles, each with `#heading` if wanted. Raises
        NothingFoundError whose hint names up to three near ones.
        """
        from handbook.loader.places import find_place  # noqa: PLC0415  not every start has a place

        return find_place(self, text)

    def resolve(self, link: Link, page_id: str) -> Place | None:
        """Return where a link of a page leads in the book, None for other links and broken ones.

        Whether the page has the heading is not looked at.
        """
        if link.kind in {"source", "term"}:
            values = self.sources() if link.kind == "source" else self.terms()
            return next((Place(v.page, v.id) for v in values if v.id == link.target), None)
        if link.kind != "page":
            return None
        found = page_id if not link.target else self.find_path(link.target)
        return Place(found, link.anchor) if found else None

    def find_path(self, path: str) -> str:
        """Return the id of the page that a path leads to, "" if there is none.

        A folder leads to its index.md, its README.md, the page of its name or its first page.
        """
        from handbook.loader.places import paths_meant  # noqa: PLC0415

        for meant in paths_meant(path):
            page_id = self._book.paths.get(meant, "")
            if self.handbook.find_page(page_id):
                return page_id
        folder = path.removesuffix(".md").removesuffix("/index")
        chapter = next((each for each in self.handbook.chapters if each.id == folder), None)
        return self.handbook.pages[chapter.pages[0]].id if chapter else ""

    def backlinks(self, page_id: str) -> tuple[tuple[Place, str], ...]:
        """Return the sections of other pages that link to a page, each with its title.

        The first call reads every page.
        """
        if self._backlinks is None:
            from handbook.loader.places import backlinks  # noqa: PLC0415  not for the first frame

            self._backlinks = backlinks(self)
        return self._backlinks.get(page_id, ())

    # All pages

    def passages(self) -> Iterator[Passage]:
        """Yield everything that can be searched: the pages in book order, then the questions."""
        # Only for an index.
        from handbook.loader.passages import passages_of, passages_of_questions  # noqa: PLC0415

        for info in self.handbook.pages:
            yield from passages_of(self._read(self._files(info.id)))
        yield from passages_of_questions(self)

    def problems(self, *, for_author: bool = False) -> tuple[Problem, ...]:
        """Return every mistake in the content, by file and line; reads all pages.

        `for_author` adds what readers of pages that are not ours can do nothing about.
        """
        from handbook.loader.check import check  # noqa: PLC0415  only for `handbook check`

        return check(self, self._book, self._opened.scans, for_author=for_author)

    def _files(self, page_id: str) -> list[PageFile]:
        """Return the files of a page: its own, then those that extend it."""
        info = self.handbook.find_page(page_id)
        if info is None:
            from handbook.loader.places import nearest_places  # noqa: PLC0415

            hint = nearest_places(self.handbook, page_id)
            raise NothingFoundError(f"the book has no page {page_id!r}", hint=hint)
        scans = self._opened.scans
        first = scans[self._book.layers[self.handbook.index_of(page_id)]]
        files = [PageFile(first.root, first.files[info.path], info)]
        for layer, path, kind, sources in self._book.extensions.get(page_id, ()):
            scan = scans[layer]
            part = info._replace(path=path, kind=kind, sources=sources, origin=scan.name)
            files.append(PageFile(scan.root, scan.files[path], part))
        return files

    def _read(self, files: Sequence[PageFile]) -> Page:
        page = read_page(files[0], self._cache)
        for file in files[1:]:
            from handbook.loader.joining import join  # noqa: PLC0415  only books in layers

            page = join(page, read_page(file, self._cache), file.info.origin)
        return page

    def _text(self, file: PageFile) -> str:
        try:
            return read_front(file)[0].body.lstrip("\n")
        except OSError as error:
            raise ContentError(
                f"{file.info.path} cannot be read: {error.strerror or error}"
            ) from error

    def _values(self, kind: PageKind, wanted: type[_Defined]) -> tuple[_Defined, ...]:
        """Return what the pages of a kind define, found once."""
        found = self._defined.get(wanted)
        if found is None:
            found = tuple(
                value
                for info in self.handbook.pages
                for file in self._files_of_kind(info, kind)
                for value in self._defines(file)
                if isinstance(value, wanted)
            )
            self._defined[wanted] = found
        return found  # type: ignore[return-value]

    def _files_of_kind(self, info: PageInfo, kind: PageKind) -> list[PageFile]:
        extensions = self._book.extensions.get(info.id, ())
        if info.kind != kind and all(each.kind != kind for each in extensions):
            return []
        return [file for file in self._files(info.id) if file.info.kind == kind]

    def _defines(self, file: PageFile) -> tuple[object, ...]:
        defined = find_defined(file, self._cache)
        return read_page(file, self._cache).defines if defined is None else defined
