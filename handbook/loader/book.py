"""A book of several folders in plain values: what the cache keeps of an outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from handbook.model.book import Chapter, PageInfo

if TYPE_CHECKING:
    from handbook.model.book import PageKind


class Extension(NamedTuple):
    """A file whose sections are appended to a page; `layer` is the index of its folder."""

    layer: int
    path: str
    kind: PageKind
    sources: tuple[str, ...]


class Fault(NamedTuple):
    """A mistake in order or layers, before it is a Problem."""

    code: str
    file: str
    line: int
    message: str
    hint: str = ""


class Book(NamedTuple):
    """All layers as one book, in plain values that a cache can keep.

    `layers` holds the index of each page's folder, `paths` the page id of every path in any layer
    (replaced and appended files included), `hidden` the folder that hides a path, `own` the ids of
    pages whose id is one of ours.
    """

    title: str
    pages: tuple[PageInfo, ...]
    chapters: tuple[Chapter, ...]
    layers: tuple[int, ...]
    paths: dict[str, str]
    extensions: dict[str, tuple[Extension, ...]]
    hidden: dict[str, int]
    own: frozenset[str]
    faults: tuple[Fault, ...]


def to_plain(book: Book) -> object:
    """Return a book in tuples, dicts and strings, which marshal knows."""
    return (
        *book[:1],
        tuple(map(tuple, book.pages)),
        tuple(map(tuple, book.chapters)),
        book.layers,
        book.paths,
        {key: tuple(map(tuple, files)) for key, files in book.extensions.items()},
        book.hidden,
        book.own,
        tuple(map(tuple, book.faults)),
    )


def from_plain(value: object) -> Book | None:
    """Return the book of a value that `to_plain` made, None for any other value."""
    try:
        return _made(Book._make(cast("tuple[Any, ...]", value)))
    except (TypeError, AttributeError):
        return None


def _made(book: Book) -> Book:
    return book._replace(
        pages=tuple(map(PageInfo._make, book.pages)),
        chapters=tuple(map(Chapter._make, book.chapters)),
        extensions={
            key: tuple(map(Extension._make, files)) for key, files in book.extensions.items()
        },
        faults=tuple(map(Fault._make, book.faults)),
    )
