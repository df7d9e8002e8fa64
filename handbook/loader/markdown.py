"""From the text of one Markdown file to a `Page`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.loader.blocks import build_blocks
from handbook.loader.clean import without_controls
from handbook.loader.codes import Problems
from handbook.loader.define import define
from handbook.loader.parser import NESTING, parse_blocks
from handbook.loader.reading import Reading
from handbook.model.block import Rule
from handbook.model.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.book import PageInfo

# The first line of a footnote, or a link's definition that is certain to be one.
_DEFINITION = re.compile(
    r"^ {0,3}(\[\^[^\s\[\]]+\]:[ \t]*\S[^\n]*"
    r"|\[[^\s\[\]\\^][^\[\]\\\n]*\]:[ \t]+[^\s<()\\]+(?:[ \t]+\"[^\"\\\n]*\")?)[ \t]*$",
    re.MULTILINE,
)


def parse_page(
    body: str,
    info: PageInfo,
    *,
    front: Mapping[str, object],
    file: str,
    first_line: int = 1,
    complete: bool = True,
) -> Page:
    """Return the page that a text makes; what is wrong with it is in the page's problems.

    `body` is the text after the front matter, `first_line` its first line in the file, `front` the
    front matter as YAML gives it. With `complete` False the text is the head of a page: it ends
    without footnotes and defines nothing.
    """
    body = without_controls(body)
    tokens, env = parse_blocks(body)
    reading = Reading(info.path, first_line, Problems(file), complete, env=env)
    reading.is_checklist = info.kind == "checklist"
    blocks = build_blocks(tokens, reading)
    if "deep" in env:
        message = f"nested deeper than {NESTING} levels, shown flat from here"
        reading.problems.add("P106", env["deep"] + first_line, message)
    if all(isinstance(block, Rule) for block in blocks):
        reading.problems.add("P105", first_line, "the page has no text")
    defines = define(info, front, blocks, reading) if complete else ()
    return Page(
        info,
        blocks,
        tuple(reading.links),
        tuple(reading.headings),
        defines,
        reading.problems.all(),
        complete,
    )


def head_of(body: str, limit: int) -> str | None:
    """Return the head of a large text, or None if the text is no longer than `limit`.

    The head is the longest beginning that ends before a top-level block which begins within
    `limit` characters, so that its blocks are the first blocks of the whole; behind it stand the
    definitions of links and footnotes from the rest, which make no blocks of their own. It is None
    too if one block is longer than `limit`.
    """
    if len(body) <= limit:
        return None
    end = body.rfind("\n", 0, limit) + 1
    tokens, _ = parse_blocks(body[:end])
    openings = [token for token in tokens if token.level == 0 and token.nesting >= 0 and token.map]
    # What follows a definition list may yet turn out to be its next term.
    if len(openings) > 1 and openings[-2].type == "dl_open":
        openings.pop()
    line = openings[-1].map[0] if openings and openings[-1].map else 0
    if not line:
        return None
    head = _first_lines(body, line)
    definitions = _DEFINITION.findall(body, len(head))
    return head + "\n" + "\n\n".join(definitions) + "\n" if definitions else head


def _first_lines(text: str, count: int) -> str:
    position = 0
    for _ in range(count):
        position = text.index("\n", position) + 1
    return text[:position]
