"""The order of a MkDocs tree: the `nav` of mkdocs.yml."""

from __future__ import annotations

import re
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from handbook.loader.entries import Entry, Order, is_opening
from handbook.loader.naming import plain_title, slug_of

if TYPE_CHECKING:
    from collections.abc import Collection

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*:|^//")
_TOP_LEVEL = re.compile(r"^(?:site_name|nav):.*\n?(?:[ \t\-#].*\n?|\n)*", re.MULTILINE)
_DEEPEST = 12


def read_nav(text: str, files: Collection[str]) -> Order:
    """Return site name and nav of a mkdocs.yml; without a nav the order has no entries.

    Only these two keys are looked at: what else stands there, in whatever YAML, cannot hurt.
    """
    from handbook.loader.yaml_text import read_value  # noqa: PLC0415  10 ms that few books need

    parts = "\n".join(match[0] for match in _TOP_LEVEL.finditer(text))
    settings = read_value(parts)
    if not isinstance(settings, dict):
        return Order(())
    name = settings.get("site_name")
    entries: list[Entry] = []
    _add(settings.get("nav"), 0, frozenset(files), entries)
    return Order(tuple(entries), "mkdocs.yml", plain_title(name) if isinstance(name, str) else "")


def _add(nav: object, depth: int, files: frozenset[str], entries: list[Entry]) -> None:
    """Append the entries of a list in the nav, depth first."""
    if not isinstance(nav, list) or depth > _DEEPEST:
        return
    for item in nav:
        pairs = item.items() if isinstance(item, dict) else [("", item)]
        for title, target in pairs:
            words = plain_title(str(title or ""))
            if isinstance(target, list):
                _add_group(words, target, depth, files, entries)
            elif isinstance(target, str) and not _SCHEME.match(target):
                path = normpath(target)
                if is_opening(f"{path}/index.md") and f"{path}/index.md" in files:
                    path = f"{path}/index.md"
                entries.append(Entry(path, words, depth))


def _add_group(
    title: str, nav: list[object], depth: int, files: frozenset[str], entries: list[Entry]
) -> None:
    """Append a group; its own page is its first, if that is the index of a folder."""
    first = nav[0] if nav else None
    path = next(iter(first.values()), None) if isinstance(first, dict) and first else first
    if isinstance(path, str) and is_opening(path) and dirname(path):
        entries.append(Entry(normpath(path), title, depth))
        nav = nav[1:]
    elif depth == 0:
        entries.append(Entry("", title, 0, chapter=slug_of(title)))
    _add(nav, depth + 1, files, entries)
