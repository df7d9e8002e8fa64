"""The order of a MkDocs tree: the `nav` of mkdocs.yml."""

from __future__ import annotations

import re
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, Any, TypeAlias

from handbook.loader.entries import Entry, Order, is_opening, unquoted
from handbook.loader.naming import plain_title, slug_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    # A node of a YAML tree; its class would load YAML, its `id` says the same.
    _Node: TypeAlias = Any

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*:|^//")
_TOP_LEVEL = re.compile(r"^(?:site_name|nav):.*\n?(?:[ \t\-#\]}].*\n?|\n)*", re.MULTILINE)
_TEXT = "tag:yaml.org,2002:str"
_NOTHING = "tag:yaml.org,2002:null"
_DEEPEST = 12


def read_nav(text: str, files: Collection[str], file: str = "mkdocs.yml") -> Order:
    """Return site name and nav of a mkdocs.yml; without a nav the order has no entries.

    Only these two keys are looked at: what else stands there, in whatever YAML, cannot hurt.
    """
    from handbook.loader.yaml_text import YamlFault, read_node  # noqa: PLC0415  10 ms, rarely needed

    root: _Node = read_node(_without_other_keys(text))
    if isinstance(root, YamlFault):
        return Order((), file, faults=((root.line, f"the nav is not valid YAML: {root.message}"),))
    if root is None or root.id != "mapping":
        return Order(())
    settings = {str(key.value): value for key, value in root.value}
    name = _text(settings.get("site_name"))
    nav = _Nav(frozenset(files))
    if "nav" in settings:
        nav.take(settings["nav"])
    return Order(tuple(nav.entries), file, plain_title(name), tuple(nav.faults))


def _without_other_keys(text: str) -> str:
    """Return a text whose lines keep their numbers, but for the known keys' with nothing on."""
    parts: list[str] = []
    position = 0
    for match in _TOP_LEVEL.finditer(text):
        parts += ("\n" * text.count("\n", position, match.start()), match[0])
        position = match.end()
    return "".join(parts)


def _text(node: _Node | None) -> str:
    """Return a text, "" for whatever else stands there."""
    is_text = node is not None and node.id == "scalar" and node.tag == _TEXT
    return str(node.value) if is_text and node is not None else ""


def _line(node: _Node) -> int:
    return int(node.start_mark.line) + 1


class _Nav:
    """The entries of a nav while it is read, depth first."""

    def __init__(self, files: frozenset[str]) -> None:
        self.files = files
        self.entries: list[Entry] = []
        self.faults: list[tuple[int, str]] = []

    def take(self, nav: _Node) -> None:
        """Add the entries of a nav; an empty one is none."""
        if nav.id == "sequence":
            self._add(nav.value, 0)
        elif nav.tag != _NOTHING:
            self.faults.append((_line(nav), "the nav is not a list of pages"))

    def _add(self, nav: list[_Node], depth: int) -> None:
        if depth > _DEEPEST:
            if nav and not self.faults:
                message = f"the nav is nested deeper than {_DEEPEST} levels, the rest is left out"
                self.faults.append((_line(nav[0]), message))
            return
        for item in nav:
            for title, target in _pairs(item):
                if target.id == "sequence":
                    self._add_group(title, target, depth)
                elif (address := _text(target)) and not _SCHEME.match(address):
                    path = self._path(address)
                    self.entries.append(Entry(path, title, depth, line=_line(target)))

    def _path(self, address: str) -> str:
        """Return the path that an entry means; a folder means its index.md."""
        path = normpath(address)
        path = path if path in self.files else normpath(unquoted(address))
        index = f"{path}/index.md"
        return index if index in self.files else path

    def _add_group(self, title: str, group: _Node, depth: int) -> None:
        """Add a group; its own page is its first, if that is the index of a folder."""
        nav, line = group.value, _line(group)
        first = next((target for item in nav[:1] for _, target in _pairs(item)), None)
        path = _text(first)
        if path and is_opening(path) and dirname(path):
            self.entries.append(Entry(self._path(path), title, depth, line=_line(first)))
            nav = nav[1:]
        elif depth == 0:
            self.entries.append(Entry("", title, 0, chapter=slug_of(title), line=line))
        self._add(nav, depth + 1)


def _pairs(item: _Node) -> Iterator[tuple[str, _Node]]:
    """Yield title and target of each entry in an item of the nav."""
    if item.id != "mapping":
        yield "", item
        return
    for key, target in item.value:
        is_named = key.id == "scalar" and key.tag != _NOTHING
        yield plain_title(str(key.value)) if is_named else "", target
