"""The workspace: the book, the reader's data and the search index behind the product's verbs.

Every front end sits at the same one: it opens pages, searches, ticks, marks and takes back, and
knows no SQL, no Markdown parser and no widget.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from handbook.errors import NothingFoundError, StoreError, nearest
from handbook.loader.library import Library
from handbook.locations import Locations, locations
from handbook.model import Place, Position

if TYPE_CHECKING:
    from handbook.model import (
        Bookmark,
        Checklist,
        ChecklistItem,
        Handbook,
        Link,
        Note,
        Page,
        PageInfo,
        Problem,
        Role,
        RoleMap,
        Scope,
        Skills,
        Source,
        Term,
        Tick,
    )
    from handbook.practice.desk import Desk
    from handbook.search.index import Index, Results
    from handbook.settings import Settings
    from handbook.store.health import Health
    from handbook.store.store import Store, Undone

TRAIL = 200
"""How many visits the way back holds."""


class Workspace:
    """A book that is open, with what its reader left in it.

    The store is opened when something of the reader's is first asked for, so that a command which
    only prints a page never touches it.
    """

    def __init__(self, library: Library, places: Locations) -> None:
        """Sit down at an opened library."""
        self.library = library
        self.places = places
        self._store: Store | None = None
        self._index: Index | None = None
        self._noted: tuple[dict[str, Note], Index] | None = None
        self._desk: Desk | None = None
        self._steps_back = 0
        self.lost = ""

    @classmethod
    def open(cls, settings: Settings) -> Workspace:
        """Open the book of the settings; raise ContentError if there is none."""
        places = locations(settings)
        return cls(Library.open(places.layers, cache=places.cache), places)

    def close(self) -> None:
        """Close the store; `lost` then says what could not be kept, and why, or is ""."""
        if self._store is None:
            return
        if not self._store.keep() and (count := self._store.unkept):
            changes = "1 change was" if count == 1 else f"{count} changes were"
            self.lost = f"{changes} not kept: {self._store.reason}"
        self._store.close()
        self._store = None

    # The book

    @property
    def handbook(self) -> Handbook:
        """The outline."""
        return self.library.handbook

    def reload(self) -> bool:
        """Read the content folders again if a file changed; tell whether one did."""
        if not self.library.is_changed():
            return False
        self.library = Library.open(self.places.layers, cache=self.places.cache)
        self._index = self._noted = self._desk = None
        return True

    def head(self, page_id: str) -> Page:
        """Return a page, or quickly the first part of a large one (`complete` is False)."""
        return self.library.head(page_id)

    def page(self, page_id: str) -> Page:
        """Return a page; raise NothingFoundError if there is none with this id."""
        return self.library.page(page_id)

    def info(self, page_id: str) -> PageInfo:
        """Return what is known of a page; raise NothingFoundError if there is none."""
        info = self.handbook.find_page(page_id)
        if info is None:
            raise NothingFoundError(f"the book has no page {page_id!r}", hint="see `handbook list`")
        return info

    def find_place(self, text: str) -> Place:
        """Return the place a reader means by `page`, `page#heading`, a role, a term or a title."""
        return self.library.find_place(text)

    def resolve(self, link: Link, page_id: str) -> Place | None:
        """Return where a link of a page leads inside the book, or None."""
        return self.library.resolve(link, page_id)

    def section_source(self, place: Place) -> str:
        """Return the Markdown of a page or of one section."""
        return self.library.section_source(place.page, place.anchor)

    def backlinks(self, page_id: str) -> tuple[tuple[Place, str], ...]:
        """Return the places that link to a page, with their titles."""
        return self.library.backlinks(page_id)

    def roles(self) -> tuple[Role, ...]:
        """Return all roles in book order."""
        return self.library.roles()

    def role_map(self) -> RoleMap | None:
        """Return the words around the map, None if the book has no map."""
        return self.library.role_map()

    def terms(self) -> tuple[Term, ...]:
        """Return the glossary."""
        return self.library.terms()

    def sources(self) -> tuple[Source, ...]:
        """Return all sources."""
        return self.library.sources()

    def problems(self, *, for_author: bool = False) -> tuple[Problem, ...]:
        """Return every mistake in the content, all that an author can mend; reads all pages."""
        return self.library.problems(for_author=for_author)

    def count_problems(self) -> int:
        """Return how many mistakes the content has; only the first call after a change looks."""
        from handbook.loader.counting import count_problems  # noqa: PLC0415  after a first frame

        return count_problems(self.library, self.places.cache)

    def reference(self, place: Place) -> str:
        """Return a line that names a place to somebody else: title, section, and how to open it."""
        info = self.info(place.page)
        heading = self.page(place.page).find_heading(place.anchor)
        section = f" › {heading.title}" if heading and heading.title != info.title else ""
        anchor = f"#{place.anchor}" if place.anchor else ""
        return f"{self.handbook.title}: {info.title}{section} (handbook {info.slug}{anchor})"

    # Search

    def prepare_search(self) -> None:
        """Load the index from the cache or build it; fit for a thread."""
        if self._index is not None:
            return
        from handbook.search.index import Index  # noqa: PLC0415  not before the first frame

        library = self.library
        path = self.places.cache / "search.index" if self.places.cache else None
        index = Index.load(path, library.stamp) if path else None
        if index is None:
            index = Index.build(library.passages())
            if path:
                # A folder that cannot be written costs the time to index again, nothing else.
                with suppress(StoreError):
                    index.save(path, library.stamp)
        if library is self.library:  # it may have been read again meanwhile
            self._index = index

    @property
    def can_search(self) -> bool:
        """Tell whether the index is ready."""
        return self._index is not None

    def search(
        self,
        query: str,
        *,
        scope: Scope = "all",
        page: str = "",
        limit: int = 50,
        notes: bool = True,
    ) -> Results:
        """Search the book and, with `notes`, what the reader wrote in it."""
        self.prepare_search()
        index = self._index
        if index is None:
            raise NothingFoundError("there is nothing to search")
        index = self._with_notes(index) if notes else index
        return index.search(query, limit=limit, scope=scope, page=page)

    def _with_notes(self, index: Index) -> Index:
        """Return the index with the reader's notes, made anew where a note has changed."""
        from handbook.loader.passages import passages_of_notes  # noqa: PLC0415  as above

        notes = self.store.notes()
        if self._noted is None or self._noted[0] != notes:
            self._noted = notes, index.with_notes(passages_of_notes(notes.values(), self.handbook))
        return self._noted[1]

    # The reader's own data

    @property
    def store(self) -> Store:
        """The store, opened at first use; raises StoreError."""
        if self._store is None:
            from handbook.store.store import Store  # noqa: PLC0415  `show` never needs it

            self._store = Store.open(self.places.data / "progress.db")
        return self._store

    def open_store(self) -> None:
        """Open the store now, so that StoreError is raised before there is a screen."""
        self.store.positions()

    @property
    def trouble(self) -> str:
        """Why nothing of the reader's is kept, or ""."""
        return self.store.trouble

    def health(self) -> Health:
        """Return the state of the store, for `handbook doctor`."""
        return self.store.health()

    def is_changed_elsewhere(self) -> bool:
        """Tell whether another process has written since this was last asked; not while it does."""
        with suppress(StoreError):
            return self._store is not None and self._store.is_changed()
        return False

    def positions(self) -> dict[str, Position]:
        """Return how far each page was read, by page id."""
        return self.store.positions()

    def save_position(self, position: Position) -> None:
        """Keep how far a page was read."""
        self.store.save_position(position)

    def mark_read(self, page_id: str, *, read: bool) -> None:
        """Mark a page as read or unread."""
        self.store.mark_read(page_id, read)

    def share_read(self) -> float:
        """Return how much of the book is marked as read, by words, from 0 to 1."""
        positions = self.positions()
        total = sum(info.words for info in self.handbook.pages)
        read = sum(
            info.words
            for info in self.handbook.pages
            if info.id in positions and positions[info.id].read
        )
        return read / total if total else 0.0

    def find_last_position(self) -> Position | None:
        """Return where reading stopped, None for a new reader."""
        known = [p for p in self.positions().values() if self.handbook.find_page(p.page)]
        return max(known, key=lambda position: position.at_ms, default=None)

    def visit(self, place: Place, left: str = "") -> None:
        """Remember that a place was opened, from the page `left`: the way back leads there."""
        if left and left != place.page:
            newest = self.store.visits(1)
            if newest and newest[0].page != left:
                self.store.visit(Place(left))  # the reader had gone back to it
        self.store.visit(place)
        self._keep_steps_back(0)

    def find_in_history(self, step: int, here: str) -> Place | None:
        """Go back (-1) or forward (1) among the places visited; None at either end.

        `here` is the page on the screen, "" for none: then the first step back is to the last one.
        """
        visits = self.store.visits(TRAIL)
        if not self._steps_back:
            kept = self.store.get("trail", 0)
            self._steps_back = kept if isinstance(kept, int) else 0
        at = self._steps_back
        is_away = step < 0 and at < len(visits) and visits[at].page != here
        target = at if is_away else at - step
        while 0 <= target < len(visits) and not self.handbook.find_page(visits[target].page):
            target -= step
        if not 0 <= target < len(visits):
            return None
        self._keep_steps_back(target)
        return Place(visits[target].page, visits[target].anchor)

    def _keep_steps_back(self, steps: int) -> None:
        if steps != self.store.get("trail", 0):
            self.store.set("trail", steps)
        self._steps_back = steps

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Return the bookmarks, newest last."""
        return self.store.bookmarks()

    def toggle_bookmark(self, place: Place, title: str) -> bool:
        """Set a bookmark, or remove the one that is there; tell whether it is set now."""
        if any((each.page, each.anchor) == place for each in self.bookmarks()):
            self.store.unbookmark(place)
            return False
        self.store.bookmark(place, title)
        return True

    def notes(self) -> dict[str, Note]:
        """Return the notes by what they are about."""
        return self.store.notes()

    def note(self, about: str, text: str, *, checklist: str = "") -> None:
        """Keep a note; an empty one removes it. `checklist` lets that list's undo take it back."""
        self.store.note(about, text, checklist=checklist)

    def you(self) -> Skills | None:
        """Return where the reader placed themself on the map, or None."""
        from handbook.model import Skills  # noqa: PLC0415

        kept = self.store.get("you", None)
        values = kept if isinstance(kept, list) else []
        skills = [float(value) for value in values if isinstance(value, int | float)]
        return Skills(*skills) if len(values) == len(skills) == len(Skills._fields) else None

    def place_yourself(self, skills: Skills | None) -> None:
        """Keep where the reader stands on the map; None takes them off."""
        self.store.set("you", list(skills) if skills else None)

    def last_searches(self) -> list[str]:
        """Return the last queries, newest first."""
        kept = self.store.get("searches", [])
        return [str(each) for each in kept] if isinstance(kept, list) else []

    def keep_search(self, query: str) -> None:
        """Remember a query that led somewhere."""
        query = query.strip()[:200]
        if query:
            others = [each for each in self.last_searches() if each != query]
            self.store.set("searches", [query, *others[:9]])

    # Practice

    @property
    def desk(self) -> Desk:
        """The book's questions and the store, for the verbs of `handbook.practice`."""
        if self._desk is None:
            from handbook.practice.desk import Desk  # noqa: PLC0415  not before a first frame

            self._desk = Desk(self.library, self.store)
        return self._desk

    # Checklists

    def checklists(self) -> tuple[Checklist, ...]:
        """Return all checklists in book order."""
        return self.library.checklists()

    def checklist(self, name: str = "") -> Checklist:
        """Return the checklist of a name, the first one for ""; raise NothingFoundError."""
        lists = self.checklists()
        for each in lists:
            if name in {"", each.name, each.title}:
                return each
        known = ", ".join(each.name for each in lists)
        raise NothingFoundError(
            f"no checklist is called {name!r}" if lists else "the book has no checklist",
            hint=f"there are: {known}" if known else "",
        )

    def find_item(self, item_id: str) -> tuple[Checklist, ChecklistItem]:
        """Return an item and its list; raise NothingFoundError naming the nearest id."""
        for each in self.checklists():
            for item in each.items:
                if item.id == item_id:
                    return each, item
        known = [item.id for each in self.checklists() for item in each.items]
        hint = nearest(item_id, known) or "see `handbook checklist --json`"
        raise NothingFoundError(f"no checklist item has the id {item_id!r}", hint=hint)

    def ticks(self) -> dict[str, Tick]:
        """Return the items that were touched, by item id."""
        return self.store.ticks()

    def tick(self, item_id: str, *, done: bool) -> None:
        """Tick an item, or open it again; raise NothingFoundError for an unknown one."""
        checklist, item = self.find_item(item_id)
        self.store.tick(item.id, done, checklist=checklist.name)

    def undo(self, checklist: Checklist) -> Undone | None:
        """Take the last change of a checklist back; None if there is nothing left to undo."""
        return self.store.undo(checklist.name)
