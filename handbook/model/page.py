"""A page as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model.block import Block
    from handbook.model.book import PageInfo
    from handbook.model.checklist import Checklist
    from handbook.model.problem import Problem
    from handbook.model.question import Question
    from handbook.model.role import Role, RoleMap
    from handbook.model.text import Link
    from handbook.model.vocabulary import Source, Term

Defined: TypeAlias = "Role | RoleMap | Checklist | Term | Source | Question"


class HeadingInfo(NamedTuple):
    """A heading's place: `block` is its index among the page's top-level blocks."""

    level: int
    title: str
    anchor: str
    block: int
    line: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its blocks, its links in the order of the text, and the values it defines.

    `pictures` are the files that it shows as their descriptions, as links that are not followed.
    `blocks` is a tuple, or of a large page something that compares as one. A large file is read in
    two steps: first its head (`complete` is False), then all of it; the
    head's blocks are the first blocks of the whole.
    """

    info: PageInfo
    blocks: Sequence[Block]
    links: tuple[Link, ...] = ()
    headings: tuple[HeadingInfo, ...] = ()
    defines: tuple[Defined, ...] = ()
    problems: tuple[Problem, ...] = ()
    pictures: tuple[Link, ...] = ()
    complete: bool = True

    def find_heading(self, anchor: str) -> HeadingInfo | None:
        """Return the heading with this anchor, or None."""
        return next((heading for heading in self.headings if heading.anchor == anchor), None)

    def section_of(self, block: int) -> HeadingInfo | None:
        """Return the last heading at or before a block, or None."""
        found = None
        for heading in self.headings:
            if heading.block > block:
                break
            found = heading
        return found

    def blocks_of(self, heading: HeadingInfo) -> tuple[Block, ...]:
        """Return a heading's block and those up to the next heading of its level or above."""
        ends = (
            each.block
            for each in self.headings
            if each.block > heading.block and each.level <= heading.level
        )
        return tuple(self.blocks[heading.block : next(ends, len(self.blocks))])
