"""No word of a page is lost at any width: the examples of the CommonMark specification say so."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from handbook.model import (
    Admonition,
    Bullets,
    Code,
    Definitions,
    Footnotes,
    Heading,
    Paragraph,
    Quote,
    Table,
    plain,
)
from handbook.render.cells import cells
from handbook.render.layout import page_lines
from handbook.render.options import Options
from tests.render.frames import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.model import Block

EXAMPLES = json.loads(Path("tests/loader/commonmark.json").read_text(encoding="utf-8"))
MORE = (
    "| one | two | three |\n|---|---|---|\n| [a link](x.md) | `code` "
    + "long " * 30
    + "| 5,000 |\n",
    "Term with **words**\n: its definition, " + "and more " * 12 + "\n\n: another one\n",
    "> [!note] A title that is long\n> - item\n>   ```\n>   listing_that_has_no_space\n>   ```\n",
    "A claim[^a] and 機械学習は、深層学習「を」含む。 [^a]: no\n\n[^a]: the note\n",
    "- [x] done 🦄🦄🦄🦄🦄🦄🦄🦄\n- [ ] open\n\n1. a\n   1. b\n      1. c\n         - d\n",
)
TEXTS = [example["markdown"] for example in EXAMPLES] + list(MORE)
DRAWN = str.maketrans("", "", " \t\n\u00a0▎↪│─┌┬┐├┼┤└┴┘━•")


def units(  # noqa: C901 - one case for each kind of block
    blocks: Iterable[Block],
) -> Iterator[tuple[str, bool]]:
    """Yield each piece of text of a page, and whether its lines stand one under the other."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield plain(block.spans), True
            case Code():
                yield from ((line, True) for line in block.text.expandtabs(4).split("\n"))
            case Quote() | Admonition():
                yield from units(block.blocks)
                yield getattr(block, "title", ""), True
            case Bullets() | Footnotes():
                for item in block.items:
                    yield from units(item.blocks)
            case Definitions():
                for item in block.items:
                    yield plain(item.term), True
                    yield from units(item.blocks)
            case Table():
                for row in (block.header, *block.rows):
                    yield from ((plain(cell), False) for cell in row)


def check(markdown: str, width: int, options: Options) -> None:
    made = page(markdown)
    lines = page_lines(made, width, options)
    for line in lines:
        assert cells(line.text) <= width
        assert cell_len(line.text) <= width
        assert line.text == line.text.rstrip(" ") or line.runs[-1].style == "code.block"
        assert all(run.text for run in line.runs)
    seen = "".join(line.text for line in lines).translate(DRAWN)
    signs = Counter(seen)
    for text, is_upright in units(made.blocks):
        wanted = text.translate(DRAWN)
        if is_upright:
            assert wanted in seen
        assert not Counter(wanted) - signs


@pytest.mark.parametrize("width", [20, 21, 33, 47, 59, 60, 72, 90, 200])
def test_every_word_is_shown_and_no_line_is_too_wide(width):
    for markdown in TEXTS:
        check(markdown, width, Options())


@pytest.mark.slow
def test_every_word_is_shown_at_every_width():
    for width in range(8, 201):
        for markdown in TEXTS:
            check(markdown, width, Options())


def test_drawing_in_ascii_adds_nothing_but_ascii():
    for markdown in TEXTS:
        made = page(markdown)
        written = set(markdown) | {sign for text, _ in units(made.blocks) for sign in text}
        for width in (30, 72, 100):
            lines = page_lines(made, width, Options(ascii=True, numbered_links=True))
            strange = {sign for line in lines for sign in line.text if not sign.isascii()}
            assert strange <= written
