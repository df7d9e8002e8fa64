"""Cues: question headings of a page with `<!-- cue q-... -->` under them.

The notes up to the next heading are the answer, by reference, so the two cannot drift apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from handbook.model.block import Heading, Paragraph
from handbook.model.book import Place
from handbook.model.question import Cue, Question
from handbook.model.text import Link, Span, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.loader.reading import Comment, Reading
    from handbook.model.block import Block
    from handbook.model.book import PageInfo
    from handbook.model.page import Page

_CUE = re.compile(r"cue\b[ \t]*(.*)", re.DOTALL)
_CUE_ID = re.compile(r"q-[0-9a-hjkmnp-tv-z]{6}")


def read_cues(info: PageInfo, blocks: tuple[Block, ...], reading: Reading) -> Iterator[Question]:
    """Yield the cues of a page; problems name what is wrong with one."""
    lines = [block.line for block in blocks]
    seen: dict[str, int] = {}
    for comment in reading.comments:
        match = _CUE.fullmatch(comment.text)
        if match is None:
            continue
        index = bisect_left(lines, comment.line) - 1
        above = blocks[index] if index >= 0 else None
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        cue_id = match[1].strip()
        what, hint = _fault(cue_id, above, below)
        if cue_id in seen:
            reading.problems.add(
                "Q101", comment.line, f"{cue_id}: the id is taken by {reading.path}:{seen[cue_id]}"
            )
            continue
        if what or not isinstance(above, Heading):
            reading.problems.add("Q190", comment.line, f"{cue_id[:40] or 'a cue'}: {what}", hint)
            continue
        seen[cue_id] = above.line
        yield _cue(cue_id, above, comment, info)


def _fault(cue_id: str, above: Block | None, below: Block | None) -> tuple[str, str]:
    """Return what is wrong with a cue and what to write, "" for nothing."""
    if not _CUE_ID.fullmatch(cue_id):
        return "a cue needs an id", "<!-- cue q-xxxxxx -->; `handbook new question` prints one"
    if not isinstance(above, Heading):
        return "a cue stands right under its heading", "move it up"
    if below is None or isinstance(below, Heading):
        return "there are no notes under the heading", "write the answer under it"
    return "", ""


def _cue(cue_id: str, heading: Heading, comment: Comment, info: PageInfo) -> Question:
    """Return a cue; its chapter is known only to the whole book."""
    title = " ".join(plain(heading.spans).split())
    return Question(
        cue_id,
        title,
        "",
        (Paragraph((Span(title),), heading.line),),
        Cue(Place(info.id, heading.anchor)),
        difficulty=1,
        use="study",
        see=(Link(title, "page", info.path, heading.anchor, comment.line),),
        page=info.id,
        path=info.path,
        line=heading.line,
    )


def with_notes(
    question: Question, page_of: Callable[[str], Page]
) -> tuple[Question, tuple[Block, ...]]:
    """Return a cue with the notes that answer it, and the links of their page; others as is."""
    if not isinstance(question.task, Cue):
        return question, ()
    page = page_of(question.task.place.page)
    heading = page.find_heading(question.task.place.anchor)
    notes = page.blocks_of(heading)[1:] if heading else tuple(page.blocks)
    return replace(question, links=page.links), notes
