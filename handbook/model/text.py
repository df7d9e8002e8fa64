"""Running text: spans of one style, and the links they may carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

LinkKind = Literal["page", "web", "source", "term", "blocked"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style.

    `style` is empty or holds names from {code, emphasis, strong, strike, cite, footnote, image}
    joined by single spaces in alphabetical order. `link` is an index into the page's `links`, -1
    for none. A line feed in `text` is a line break the author asked for.
    """

    text: str
    style: str = ""
    link: int = -1


@dataclass(frozen=True, slots=True)
class Link:
    """Where a span leads.

    kind     target                                       anchor
    page     path in the book, "roles/ml-engineer.md",    heading or ""
             or "" for the page the link stands on
    web      an http, https or mailto address             ""
    source   a source's key, "fsdl21"                     ""
    term     a term's id                                  ""
    blocked  what the file says; never followed           ""
    """

    text: str
    kind: LinkKind
    target: str
    anchor: str = ""
    line: int = 0


def plain(spans: Iterable[Span]) -> str:
    """Return the text of spans without their styles."""
    return "".join(span.text for span in spans)
