"""Content folders laid over each other: what replaces, extends, hides and joins what.

All folders share one space of paths and ids; a later folder lies over an earlier one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from handbook.loader.book import Book, Extension, Fault
from handbook.loader.codes import nearest
from handbook.loader.naming import stem_of
from handbook.loader.outline import title_of
from handbook.model.book import Chapter, PageInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.loader.outline import Draft, Head, Outline, Sketch
    from handbook.model.book import PageKind


class _Laid(NamedTuple):
    info: PageInfo
    layer: int
    is_own: bool


def lay(outlines: Sequence[Outline]) -> Book:
    """Return the book that the outlines of folders make, the first at the bottom."""
    pile = _Pile()
    for layer, outline in enumerate(outlines):
        pile.add(layer, outline)
    return pile.book(outlines[0].title or outlines[0].name)


class _Pile:
    """The book while it grows, layer by layer."""

    def __init__(self) -> None:
        self.pages: dict[str, _Laid] = {}
        self.sketches: dict[str, Sketch] = {}
        self.members: dict[str, list[str]] = {}
        self.paths: dict[str, str] = {}
        self.renamed: dict[str, str] = {}
        self.extensions: dict[str, list[Extension]] = {}
        self.hidden: dict[str, int] = {}
        self.faults: list[Fault] = []

    def add(self, layer: int, outline: Outline) -> None:
        """Lay a folder over what is there."""
        self._add_sketches(outline)
        for fault in outline.faults:
            self._report_order(fault, outline)
        later = []
        for draft in outline.drafts:
            head = outline.heads[draft.path]
            if head.is_hidden or head.extends:
                later.append((draft, head))
            else:
                self._place(layer, outline.name, draft, head)
        # Only now is everything there that a page of the same folder may extend or hide.
        for draft, head in later:
            if head.is_hidden:
                self._hide(layer, draft.path, head)
            elif not self._extend(layer, draft.path, head):
                self._place(layer, outline.name, draft, head)

    def book(self, title: str) -> Book:
        """Return what has grown: chapters that kept a page, numbered in order."""
        pages: list[PageInfo] = []
        layers: list[int] = []
        chapters: list[Chapter] = []
        number = 0
        for chapter, sketch in self.sketches.items():
            members = self.members[chapter]
            if not members:
                continue
            number += sketch.is_numbered
            start = len(pages)
            for page_id in members:
                laid = self.pages[page_id]
                pages.append(laid.info)
                layers.append(laid.layer)
            span = tuple(range(start, len(pages)))
            chapters.append(Chapter(chapter, sketch.title, number * sketch.is_numbered, span))
        return Book(
            title,
            tuple(pages),
            tuple(chapters),
            tuple(layers),
            {path: self._named(path) for path in self.paths},
            {page_id: tuple(files) for page_id, files in self.extensions.items()},
            self.hidden,
            frozenset(page_id for page_id, laid in self.pages.items() if laid.is_own),
            tuple(self.faults),
        )

    def _add_sketches(self, outline: Outline) -> None:
        """Add the chapters of a folder; those of later folders stand before the back matter."""
        new = {sketch.id: sketch for sketch in outline.chapters if sketch.id not in self.sketches}
        order = list(self.sketches)
        numbered = [place for place, each in enumerate(order) if self.sketches[each].is_numbered]
        end = numbered[-1] + 1 if numbered else len(order)
        known = self.sketches | new
        self.sketches = {each: known[each] for each in (*order[:end], *new, *order[end:])}
        self.members |= {each: [] for each in new}

    def _report_order(self, fault: tuple[str, str, int, str], outline: Outline) -> None:
        code, file, line, path = fault
        if code == "C221":
            hint = nearest(path, outline.heads) if len(outline.heads) < 1_000 else ""
            message = f"there is no page {path}"
        elif code == "C222":
            message, hint = (
                f"{path} is not in {outline.listed_in}",
                f"add it to {outline.listed_in}",
            )
        else:
            message, hint = f"{path} stands here for the second time", ""
        self.faults.append(Fault(code, file, line, message, hint))

    def _place(self, layer: int, origin: str, draft: Draft, head: Head) -> None:
        """Put a page where the one it replaces stood, or at the end of its chapter."""
        page_id = self._id_or_none(layer, draft.path, head)
        replaced = self._find_replaced(layer, page_id, draft.path)
        if replaced is None:
            page_id = page_id or self._free_id(stem_of(draft.path))
            chapter, depth = self._chapter(draft, head)
            self.members[chapter].append(page_id)
        else:
            old = replaced.info
            page_id = page_id or old.id
            chapter, depth = old.chapter, old.depth
            members = self.members[chapter]
            members[members.index(old.id)] = page_id
            del self.pages[old.id]
            if page_id != old.id:
                self.renamed[old.id] = page_id
        info = PageInfo(
            page_id,
            draft.path,
            title_of(draft.path, head, draft.listed),
            cast("PageKind", head.kind),
            chapter,
            depth,
            head.words,
            head.sources,
            origin,
        )
        self.pages[page_id] = _Laid(info, layer, head.is_own)
        self.renamed.pop(page_id, None)
        self.paths[draft.path] = page_id

    def _id_or_none(self, layer: int, path: str, head: Head) -> str:
        """Return the id that a file gives itself, "" for none or one that is taken."""
        taken = self.pages.get(head.id) if head.id else None
        if taken is None or taken.layer < layer:
            return head.id
        if head.is_own:
            first = taken.info.path
            hint = "give one of them a new id"
            message = f"the id {head.id} is taken by {first}"
            self.faults.append(Fault("C204", path, 1, message, hint))
        return ""

    def _find_replaced(self, layer: int, page_id: str, path: str) -> _Laid | None:
        """Return the page of an earlier folder with the same id, else with the same path."""
        for key in (page_id, self._at(path)):
            laid = self.pages.get(key)
            if laid is not None and laid.layer < layer:
                return laid
        return None

    def _named(self, path: str) -> str:
        """Return the id of the page to which a path leads by now, "" for none."""
        page_id = self.paths.get(path, "")
        while page_id in self.renamed:
            page_id = self.renamed[page_id]
        return page_id

    def _at(self, path: str) -> str:
        """Return the id of the page that stands at a path itself, "" for none."""
        page_id = self._named(path)
        laid = self.pages.get(page_id)
        return page_id if laid is not None and laid.info.path == path else ""

    def _free_id(self, wanted: str) -> str:
        page_id, count = wanted, 1
        while page_id in self.pages:
            count += 1
            page_id = f"{wanted}-{count}"
        return page_id

    def _chapter(self, draft: Draft, head: Head) -> tuple[str, int]:
        """Return the chapter that a new page joins, and its depth there."""
        wanted = head.chapter if not draft.listed else ""
        if wanted and wanted not in self.sketches:
            if head.is_own:
                message = f"there is no chapter {wanted!r}"
                hint = nearest(wanted, self.sketches)
                self.faults.append(Fault("C225", draft.path, 1, message, hint))
            wanted = ""
        chapter = wanted or draft.chapter
        return chapter, draft.depth if not self.members[chapter] else max(1, draft.depth)

    def _hide(self, layer: int, path: str, head: Head) -> None:
        """Take the page with the same id, or at the same path, out of the book."""
        page_id = head.id if head.id in self.pages else self._at(path)
        self.hidden[path] = layer
        laid = self.pages.pop(page_id, None)
        if laid is not None:
            self.hidden[laid.info.path] = layer
            self.members[laid.info.chapter].remove(page_id)

    def _extend(self, layer: int, path: str, head: Head) -> bool:
        """Note a file as an extension; False if the page it extends does not exist."""
        wanted = head.extends
        target = wanted if wanted in self.pages else self._named(wanted)
        target = target or self._named(f"{wanted}.md")
        if target in self.pages:
            extension = Extension(layer, path, cast("PageKind", head.kind), head.sources)
            self.extensions.setdefault(target, []).append(extension)
            self.paths[path] = target
            return True
        if wanted.startswith("p-") or head.is_own:
            message = f"there is no page {wanted!r} to extend"
            self.faults.append(Fault("C224", path, 1, message, nearest(wanted, self.pages)))
        return False
