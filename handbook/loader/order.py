"""The order of a content folder: from SUMMARY.md, from the nav of mkdocs.yml, or from the paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.loader.entries import Entry, Order, is_opening
from handbook.loader.naming import natural_key, one_line, stem_of, title_of_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.loader.scan import Scan

_TOML_TITLE = re.compile(r"""^[ \t]*title[ \t]*=[ \t]*(["'])(.+?)\1[ \t]*(?:#.*)?$""", re.MULTILINE)


def order_of(scan: Scan) -> Order:
    """Return the order of a scanned folder; what is broken in its files is passed over."""
    from handbook.loader.clean import clean_text  # noqa: PLC0415  not needed when nothing changed
    from handbook.loader.scan import read_bytes  # noqa: PLC0415

    texts: dict[str, str] = {}
    paths = {"SUMMARY.md": f"{scan.root}/SUMMARY.md"} if "SUMMARY.md" in scan.files else {}
    paths |= {path.rpartition("/")[2]: path for path, _ in scan.controls}
    for name, path in paths.items():
        try:
            texts[name] = clean_text(read_bytes(path, 1 << 22), name)[0]
        except OSError:
            continue
    return _choose(scan, texts)


def _choose(scan: Scan, texts: dict[str, str]) -> Order:
    title = _toml_title(texts.get("book.toml", ""))
    if "SUMMARY.md" in texts:
        from handbook.loader.summary import read_summary  # noqa: PLC0415  one of three is needed

        order = read_summary(texts["SUMMARY.md"])
        return order._replace(title=title or order.title)
    if mkdocs := next((name for name in texts if name.startswith("mkdocs.")), ""):
        from handbook.loader.mkdocs import read_nav  # noqa: PLC0415  one of three is needed

        order = read_nav(texts[mkdocs], scan.files, mkdocs)
        title = title or order.title
        if order.entries:
            return order._replace(title=title)
    return Order(tuple(entries_of_paths(scan.files)), "", title)


def _toml_title(text: str) -> str:
    found = _TOML_TITLE.search(text)
    return one_line(found[2]) if found else ""


def entries_of_paths(paths: Iterable[str]) -> list[Entry]:
    """Return the entries of a folder without a table of contents.

    The opening page comes first, then everything in natural order. A folder is a chapter, and so is
    each page beside them; `notes.md` opens the chapter of the folder `notes`.
    """
    entries: list[Entry] = []
    chapter = None
    for path in sorted(paths, key=_path_key):
        top, slash, rest = path.partition("/")
        if not slash:
            chapter = stem_of(path)
            entries.append(Entry(path, is_numbered=not is_opening(path)))
            continue
        opens = rest.count("/") == 0 and is_opening(path)
        if chapter != top:
            chapter = top
            if not opens:
                entries.append(Entry("", title_of_name(top), chapter=top))
        entries.append(Entry(path, depth=0 if opens else _depth(path)))
    return entries


def _depth(path: str) -> int:
    return path.count("/") - is_opening(path)


def _path_key(path: str) -> tuple[object, ...]:
    """Sort a folder's opening page first, `notes.md` just before `notes/`, numbers by size."""
    *folders, name = path.split("/")
    name = stem_of(name)
    first = 0 if name.lower() == "index" else 1 if name.lower() == "readme" else 2
    key: list[object] = []
    for folder in folders:
        key.extend((2, natural_key(folder), 1))
    key.extend((first, natural_key(name), 0))
    return tuple(key)
