"""A page with the sections that other folders append to it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, TypeVar, cast

from handbook.loader.anchors import slug_of
from handbook.model.block import Heading
from handbook.model.page import HeadingInfo, Page
from handbook.model.text import Link, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handbook.model.block import Block

_Value = TypeVar("_Value")


def join(page: Page, extension: Page, name: str) -> Page:
    """Return a page with another's sections under a heading with the name of its folder.

    The other's title is left out and its headings go down a level; anchors that are taken get a
    number, and its links to itself follow.
    """
    taken = {heading.anchor for heading in page.headings}
    renamed: dict[str, str] = {}
    top = Heading(2, (Span(name),), _free(slug_of(name) or "more", taken))
    blocks = _without_title(tuple(extension.blocks))
    for heading in _headings(blocks):
        renamed[heading.anchor] = _free(heading.anchor, taken)
    moved = _moved(blocks, len(page.links), renamed)
    links = (_renamed(link, renamed) for link in extension.links)
    every = (*page.blocks, top, *moved)
    start = len(page.blocks)
    return replace(
        page,
        blocks=every,
        links=(*page.links, *links),
        headings=(*page.headings, *_infos(every[start:], start)),
        defines=page.defines + extension.defines,
        problems=page.problems + extension.problems,
    )


def last_link(value: object) -> int:
    """Return the highest link index among the spans of blocks, -1 if there is none."""
    if isinstance(value, Span):
        return value.link
    if isinstance(value, tuple):
        return max(map(last_link, value), default=-1)
    if is_dataclass(value):
        return max((last_link(getattr(value, field.name)) for field in fields(value)), default=-1)
    return -1


def _free(anchor: str, taken: set[str]) -> str:
    free, count = anchor, 0
    while free in taken:
        count += 1
        free = f"{anchor}-{count}"
    taken.add(free)
    return free


def _without_title(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    first = blocks[0] if blocks else None
    return blocks[1:] if isinstance(first, Heading) and first.level == 1 else blocks


def _headings(blocks: Iterable[Block]) -> Iterable[Heading]:
    return (block for block in blocks if isinstance(block, Heading))


def _infos(blocks: Iterable[Block], start: int) -> Iterable[HeadingInfo]:
    for index, block in enumerate(blocks, start):
        if isinstance(block, Heading):
            title = "".join(span.text for span in block.spans)
            yield HeadingInfo(block.level, title, block.anchor, index, block.line)


def _moved(value: _Value, shift: int, anchors: Mapping[str, str]) -> _Value:
    """Return blocks with their links counted from `shift` and their headings a level lower."""
    if isinstance(value, tuple):
        return cast("_Value", tuple(_moved(each, shift, anchors) for each in value))
    if isinstance(value, Span):
        return cast("_Value", replace(value, link=value.link + shift) if value.link >= 0 else value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {
        field.name: _moved(getattr(value, field.name), shift, anchors)
        for field in fields(value)
        if isinstance(getattr(value, field.name), tuple)
    }
    if isinstance(value, Heading):
        level = min(6, max(3, value.level + 1))
        changes |= {"level": level, "anchor": anchors.get(value.anchor, value.anchor)}
    return cast("_Value", replace(value, **changes))


def _renamed(link: Link, anchors: Mapping[str, str]) -> Link:
    if link.kind != "page" or link.target or link.anchor not in anchors:
        return link
    return replace(link, anchor=anchors[link.anchor])
