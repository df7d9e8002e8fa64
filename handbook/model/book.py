"""The book as a whole: its pages in order, its chapters, and how to find them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

PageKind: TypeAlias = Literal["page", "role", "map", "checklist", "glossary", "sources", "template"]


class Place(NamedTuple):
    """A page's id and, if it is not the top, a heading's anchor."""

    page: str
    anchor: str = ""

    def __str__(self) -> str:
        """Return `page` or `page#heading`."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


class PageInfo(NamedTuple):
    """What is known of a page without reading its text.

    `id` is the front matter's, or the path without its ending; `path` is relative to the content
    folder, with "/"; `depth` is 0 for a chapter's opening page, 1 and more below it; `words` counts
    what stands between white space, front matter left out; `origin` names the content folder.
    """

    id: str
    path: str
    title: str
    kind: PageKind = "page"
    chapter: str = ""
    depth: int = 0
    words: int = 0
    sources: tuple[str, ...] = ()
    origin: str = ""

    @property
    def slug(self) -> str:
        """The path without its ending, as readers type it: `roles/ml-engineer`."""
        slug = self.path.rsplit(".", 1)[0]
        return slug.removesuffix("/index").removesuffix("/README") or slug

    @property
    def minutes(self) -> int:
        """Reading time in minutes, at least 1, at 220 words a minute."""
        return max(1, round(self.words / 220))


def duration(minutes: int) -> str:
    """Return minutes in words: `8 min`, from two hours on `11 h`."""
    return f"{minutes} min" if minutes < 120 else f"{round(minutes / 60)} h"


class Chapter(NamedTuple):
    """A chapter: `pages` are indices into the book's; front and back matter has the `number` 0."""

    id: str
    title: str
    number: int
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Handbook:
    """The outline of a book: pages in reading order and chapters; the look-ups are made once.

    The text of a page is not here: `handbook.loader` reads it when it is opened.
    """

    title: str
    pages: tuple[PageInfo, ...]
    chapters: tuple[Chapter, ...]
    _by_id: dict[str, int] = field(init=False, repr=False, compare=False)
    _by_path: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the look-ups; of two pages with one id the first wins."""
        by_id: dict[str, int] = {}
        by_path: dict[str, int] = {}
        for index, info in enumerate(self.pages):
            by_id.setdefault(info.id, index)
            by_path.setdefault(info.path, index)
        object.__setattr__(self, "_by_id", by_id)
        object.__setattr__(self, "_by_path", by_path)

    def find_page(self, page_id: str) -> PageInfo | None:
        """Return the page with this id, or None."""
        index = self._by_id.get(page_id)
        return None if index is None else self.pages[index]

    def find_path(self, path: str) -> PageInfo | None:
        """Return the page at this path in the book ("roles/ml-engineer.md"), or None."""
        index = self._by_path.get(path)
        return None if index is None else self.pages[index]

    def index_of(self, page_id: str) -> int:
        """Return a page's position in reading order; KeyError if the book has no such page."""
        return self._by_id[page_id]

    def find_chapter(self, page_id: str) -> Chapter | None:
        """Return the chapter that a page stands in, or None."""
        info = self.find_page(page_id)
        if info is None:
            return None
        return next((chapter for chapter in self.chapters if chapter.id == info.chapter), None)

    def find_neighbour(self, page_id: str, step: int) -> PageInfo | None:
        """Return the page `step` places further in reading order, or None past either end."""
        index = self._by_id.get(page_id, -1)
        if index < 0 or not 0 <= index + step < len(self.pages):
            return None
        return self.pages[index + step]
