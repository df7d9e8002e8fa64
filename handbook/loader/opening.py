"""Opening a book: look at the folders, take the outline from the cache or draw it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.loader.book import from_plain, to_plain
from handbook.loader.cache import hash_of
from handbook.loader.scan import Scan, no_pages, scan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from handbook.loader.book import Book
    from handbook.loader.cache import Cache


class Opened(NamedTuple):
    """A book and the scans of its folders; `stamp` changes whenever a file does."""

    book: Book
    scans: tuple[Scan, ...]
    stamp: str


def scan_all(layers: Sequence[Path]) -> tuple[Scan, ...]:
    """Walk all layers; raises ContentError, also if none of them has a page."""
    scans = tuple(scan(layer) for layer in layers)
    if not any(each.files for each in scans):
        raise no_pages(layers[0])
    return scans


def open_book(layers: Sequence[Path], cache: Cache) -> Opened:
    """Return the book that the layers make, from the cache if no file changed."""
    scans = scan_all(layers)
    entry = f"outline-{hash_of(chr(0).join(each.root for each in scans))}"
    key = tuple(map(tuple, scans))
    kept = cache.load_plain(entry, key)
    if isinstance(kept, tuple) and len(kept) == 2 and (old := from_plain(kept[1])) is not None:
        return Opened(old, scans, str(kept[0]))
    book = _draw(scans, entry, cache)
    # The order in which a folder lists its files is no change.
    files = [(each.root, sorted(each.files.items()), each.controls) for each in scans]
    stamp = hash_of(repr(files))
    if cache.is_there:
        cache.save_plain(entry, key, ((stamp, to_plain(book)),))
    return Opened(book, scans, stamp)


def _draw(scans: tuple[Scan, ...], entry: str, cache: Cache) -> Book:
    """Read the heads of all files and lay the folders over each other."""
    # A start with nothing new needs none of these.
    from handbook.loader.layers import lay  # noqa: PLC0415
    from handbook.loader.order import order_of  # noqa: PLC0415
    from handbook.loader.outline import Head, read_outline  # noqa: PLC0415

    old = _heads_kept(entry, cache)
    outlines = []
    for each in scans:
        known = {
            path: Head._make(old[each.root, path, stamp])
            for path, stamp in each.files.items()
            if (each.root, path, stamp) in old
        }
        outlines.append(read_outline(each, order_of(each), known))
    if cache.is_there:
        heads = {
            (each.root, path, each.files[path]): tuple(head)
            for each, outline in zip(scans, outlines, strict=True)
            for path, head in outline.heads.items()
        }
        cache.save_plain(f"{entry}-heads", 0, (heads,))
    return lay(outlines)


def _heads_kept(entry: str, cache: Cache) -> dict[tuple[object, ...], tuple[object, ...]]:
    """Return the heads of files as they were at the last start, by folder, path and stamp."""
    kept = cache.load_plain(f"{entry}-heads", 0)
    return kept if isinstance(kept, dict) else {}
