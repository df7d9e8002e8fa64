"""What is searched and what is found."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Scope: TypeAlias = Literal["all", "page", "title", "term", "item", "role", "question", "note"]


class Passage(NamedTuple):
    """A searchable piece of the book or of the reader's notes: usually one section of a page.

    `kind` is "page" (a section of a page), "role", "term", "item" (of a checklist), "question" or
    "note"; `page` and `anchor` say where it opens; `title` is the page's, `heading` the section's.
    A question opens where it is taught; its `title` is its topic's, `heading` its own.
    """

    kind: str
    page: str
    anchor: str
    title: str
    heading: str
    text: str


class Hit(NamedTuple):
    """A passage that matches: `score` from 0 to 100, `snippet` around the match.

    `marks` are (start, end) positions in `snippet` of what matched; `title_marks` the same in
    the passage's heading, or in its title where it has none.
    """

    passage: Passage
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()
