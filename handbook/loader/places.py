"""Where links and words lead in the book, and what is nearest where they lead nowhere."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Protocol

from handbook.errors import NothingFoundError
from handbook.model.book import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.model.book import Handbook, PageInfo
    from handbook.model.checklist import Checklist
    from handbook.model.page import Page
    from handbook.model.role import Role
    from handbook.model.text import Link
    from handbook.model.vocabulary import Term


class Linked(Protocol):
    """What backlinks are looked for in."""

    @property
    def handbook(self) -> Handbook:
        """The outline."""

    def parts(self, page_id: str) -> tuple[Page, ...]:
        """Return the page of each file that a page is made of."""

    def resolve(self, link: Link, page_id: str) -> Place | None:
        """Return where a link leads."""


class Findable(Protocol):
    """What places are looked for in."""

    @property
    def handbook(self) -> Handbook:
        """The outline."""

    def page(self, page_id: str) -> Page:
        """Return a page."""

    def roles(self) -> tuple[Role, ...]:
        """Return all roles."""

    def terms(self) -> tuple[Term, ...]:
        """Return the glossary."""

    def checklists(self) -> tuple[Checklist, ...]:
        """Return all checklists."""


def paths_meant(target: str) -> Iterator[str]:
    """Yield the paths that a link's path can mean, the likeliest first.

    A folder opens with index.md, README.md or the page of its name beside it.
    """
    yield target
    stem = target.rpartition(".")[0] if target.endswith((".md", ".markdown")) else target
    folder = stem.removesuffix("/index").removesuffix("/README")
    for name in (f"{folder}/index.md", f"{folder}/README.md", f"{folder}.md", f"{folder}.markdown"):
        if name != target:
            yield name
    if folder in {"index", "README"}:
        yield from ("index.md", "README.md")


def find_place(book: Findable, text: str) -> Place:
    """Return the place that a reader means; see `Library.find_place`."""
    wanted, _, anchor = text.strip().partition("#")
    wanted = wanted.strip()
    place = find_outlined(book.handbook, wanted) or _find_defined(book, wanted)
    if place is None and (info := _find_title(book.handbook, wanted)):
        place = Place(info.id)
    if place is None:
        raise NothingFoundError(
            f"nothing in the book is called {text.strip()!r}",
            hint=nearest_places(book.handbook, wanted),
        )
    return _find_heading(book, place, anchor.strip()) if anchor.strip() else place


def find_outlined(handbook: Handbook, wanted: str) -> Place | None:
    """Return the page that an id, a path, a slug or a chapter's id names, or None."""
    if not wanted:
        return None
    path = wanted.removeprefix("./").rstrip("/")
    info = handbook.find_page(wanted) or handbook.find_path(path)
    for meant in () if info else (f"{path}.md", *paths_meant(path)):
        if info := handbook.find_path(meant):
            break
    if info is not None:
        return Place(info.id)
    lower = path.casefold()
    for chapter in handbook.chapters:
        if chapter.id.casefold() == lower:
            return Place(handbook.pages[chapter.pages[0]].id)
    slugs = [info for info in handbook.pages if info.slug.casefold() == lower]
    return Place(slugs[0].id) if slugs else None


def nearest_places(handbook: Handbook, wanted: str) -> str:
    """Return a hint with up to three slugs near to a word, "" if none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  only needed once something is wrong

    lower = wanted.casefold()
    names: dict[str, str] = {}
    for info in handbook.pages:
        for name in (info.slug, info.slug.rpartition("/")[2], info.title):
            names.setdefault(name.casefold(), info.slug)
    close = [names[name] for name in get_close_matches(lower, names, n=6, cutoff=0.55)]
    close += [info.slug for info in handbook.pages if lower and lower in info.title.casefold()][:3]
    return _nearest(list(dict.fromkeys(close))[:3])


def _find_defined(book: Findable, wanted: str) -> Place | None:
    """Return where a role, a term or a checklist of this name is, or None."""
    lower = wanted.casefold()
    for role in book.roles():
        if lower in {role.id.casefold(), role.title.casefold(), role.letter.casefold()}:
            return Place(role.page)
    for term in book.terms():
        if lower in {term.id.casefold(), term.title.casefold(), *map(str.casefold, term.aliases)}:
            return Place(term.page, term.id)
    for checklist in book.checklists():
        if lower == checklist.name.casefold():
            return Place(checklist.page)
    return None


def _find_title(handbook: Handbook, wanted: str) -> PageInfo | None:
    """Return the page with exactly this title, else the only one whose file has this name."""
    lower = wanted.casefold()
    for info in handbook.pages:
        if info.title.casefold() == lower:
            return info
    named = [info for info in handbook.pages if info.slug.rpartition("/")[2].casefold() == lower]
    return named[0] if len(named) == 1 else None


def _find_heading(book: Findable, place: Place, anchor: str) -> Place:
    """Return a place on a page by a heading's anchor or title; raise NothingFoundError."""
    page = book.page(place.page)
    lower = anchor.casefold()
    for heading in page.headings:
        if lower in {heading.anchor.casefold(), heading.title.casefold()}:
            return Place(place.page, heading.anchor)
    if found := {each.casefold(): each for each in anchors_of(page)}.get(lower):
        return Place(place.page, found)
    from difflib import get_close_matches  # noqa: PLC0415  only needed once something is wrong

    known = [heading.anchor for heading in page.headings]
    close = get_close_matches(lower, known, n=3, cutoff=0.5) or known[:3]
    hint = _nearest([f"{page.info.slug}#{each}" for each in close])
    raise NothingFoundError(f"{page.info.slug} has no heading {anchor!r}", hint=hint)


def anchors_of(page: Page) -> Iterator[str]:
    """Yield what can stand behind the "#" of a place on a page: headings, terms, items, sources."""
    # Only now: making these classes costs a start 3 ms, and most places are pages.
    from handbook.model.checklist import Checklist  # noqa: PLC0415
    from handbook.model.vocabulary import Source, Term  # noqa: PLC0415

    yield from (heading.anchor for heading in page.headings)
    for defined in page.defines:
        if isinstance(defined, Checklist):
            yield from (item.id for item in defined.items)
        elif isinstance(defined, Term | Source):
            yield defined.id


def _nearest(names: Iterable[str]) -> str:
    joined = ", ".join(names)
    return f"nearest: {joined}" if joined else "see `handbook list`"


def backlinks(book: Linked) -> dict[str, tuple[tuple[Place, str], ...]]:
    """Return, by page id, the sections of other pages that link to it, in book order."""
    found: dict[str, dict[Place, str]] = {}
    for info in book.handbook.pages:
        for part in book.parts(info.id):
            lines = [heading.line for heading in part.headings]
            for link in part.links:
                place = book.resolve(link, info.id) if link.kind == "page" else None
                if place is None or place.page == info.id:
                    continue
                number = bisect_right(lines, link.line) - 1
                heading = part.headings[number] if number >= 0 else None
                if heading is None or (number == 0 and heading.level == 1):
                    source = (Place(info.id), info.title)
                else:
                    source = (Place(info.id, heading.anchor), heading.title)
                found.setdefault(place.page, {}).setdefault(*source)
    return {page: tuple(sources.items()) for page, sources in found.items()}
