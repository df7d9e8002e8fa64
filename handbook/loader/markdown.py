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
from handbook.model.block import Heading, Rule
from handbook.model.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.token import Token

    from handbook.model.book import PageInfo

# The first line of a footnote, or a link's definition that is certain to be one.
_DEFINITION = re.compile(
    r"^ {0,3}(\[\^[^\s\[\]]+\]:[ \t]*\S[^\n]*"
    r"|\[[^\s\[\]\\^][^\[\]\\\n]*\]:[ \t]+[^\s<()\\]+(?:[ \t]+\"[^\"\\\n]*\")?)[ \t]*$",
    re.MULTILINE,
)


def parse_page(
    body: str, info: PageInfo, *, front: Mapping[str, object], file: str, first_line: int = 1
) -> Page:
    """Return the page that a text makes; what is wrong with it is in the page's problems.

    `body` is the text after the front matter, `first_line` its first line in the file, `front` the
    front matter as YAML gives it.
    """
    tokens, env = parse_blocks(without_controls(body))
    reading = Reading(info.path, first_line, Problems(file), env=env)
    return _page(tokens, info, reading, front)


def parse_head(
    body: str, info: PageInfo, *, limit: int, file: str, first_line: int = 1
) -> Page | None:
    """Return the head of a large page, or None if the text is no longer than `limit`.

    The head has the first blocks of the whole: all before the last top-level block that begins
    within `limit` characters. It knows the links and footnotes which the rest defines, has no
    footnotes yet and defines nothing. It is None too if one block is longer than `limit`.
    """
    if len(body) <= limit:
        return None
    end = body.rfind("\n", 0, limit) + 1
    tokens, env = parse_blocks(without_controls(body[:end]))
    openings = [
        at
        for at, token in enumerate(tokens)
        if token.level == 0 and token.nesting >= 0 and token.map
    ]
    # What follows a definition list may yet turn out to be its next term.
    if len(openings) > 1 and tokens[openings[-2]].type == "dl_open":
        openings.pop()
    if not openings or not openings[-1]:
        return None
    definitions = without_controls("\n\n".join(_DEFINITION.findall(body, end)))
    _, below = parse_blocks(definitions)
    env["references"] = below["references"] | env["references"]
    env["footnotes"]["refs"] = below["footnotes"]["refs"] | env["footnotes"]["refs"]
    reading = Reading(info.path, first_line, Problems(file), complete=False, env=env)
    return _page(tokens[: openings[-1]], info, reading, {})


def _page(
    tokens: list[Token], info: PageInfo, reading: Reading, front: Mapping[str, object]
) -> Page:
    """Return the page that block tokens make; only a whole page defines anything."""
    reading.is_checklist = info.kind == "checklist"
    blocks = build_blocks(tokens, reading)
    env, add = reading.env, reading.problems.add
    if "deep" in env:
        message = f"nested deeper than {NESTING} levels, shown flat from here"
        add("P106", env["deep"] + reading.shift, message)
    if all(isinstance(block, Rule) for block in blocks):
        add("P105", 1, "the page has no text")
    elif all(isinstance(block, Rule | Heading) for block in blocks):
        add("P107", 1, "the page has headings and no text")
    defines = define(info, front, blocks, reading) if reading.complete else ()
    return Page(
        info,
        blocks,
        tuple(reading.links),
        tuple(reading.headings),
        defines,
        reading.problems.all(),
        tuple(reading.pictures),
        reading.complete,
    )
