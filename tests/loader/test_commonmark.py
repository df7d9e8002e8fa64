"""Every example of the CommonMark specification keeps its visible text.

The examples are those of CommonMark 0.31.2, CC BY-SA 4.0 (see commonmark-licence.txt).
"""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from handbook.loader.markdown import parse_page
from handbook.loader.prose import spans_of
from handbook.model import Block, Code, PageInfo, plain

EXAMPLES = json.loads(Path(__file__).with_name("commonmark.json").read_text(encoding="utf-8"))

EXCEPTIONS = {
    170: "the content of a script is not text",
    172: "the content of a style sheet is not text",
    173: "the content of a style sheet is not text",
    176: "the content of a style sheet is not text",
    178: "the content of a script is not text",
    180: "the reference is stripped with a simple pattern that sees no processing instruction",
    182: "a CDATA section is markup",
    484: "a link without words shows where it leads",
    487: "a link without words or target shows [link]",
    616: "the reference is stripped with a simple pattern that sees no < in an attribute",
    626: "the reference is stripped with a simple pattern that sees no <!-->",
    629: "a CDATA section is markup",
}


def visible_text(html: str) -> str:
    """Return what a browser shows: comments and tags go, an image becomes our words for it."""
    html = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    html = re.sub(
        r'<img[^>]*? alt="([^"]*)"[^>]*>',
        lambda match: f"[image: {match[1]}]" if match[1] else "[image]",
        html,
    )
    return unescape(re.sub(r"<[^<>]*>", "", html))


def folded(text: str) -> str:
    return "".join(text.split())


def text_and_code(blocks: tuple[Block, ...]) -> str:
    """Return the text of blocks, listings included, in the order of the page."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Code):
            parts.append(block.text)
        elif inner := getattr(block, "blocks", ()):
            parts.append(text_and_code(inner))
        elif items := getattr(block, "items", ()):
            parts += [
                plain(getattr(item, "term", ())) + text_and_code(item.blocks) for item in items
            ]
        else:
            parts += [plain(spans) for spans in spans_of((block,))]
    return "\n".join(parts)


def read(markdown: str) -> tuple[Block, ...]:
    info = PageInfo("page", "page.md", "Page")
    return parse_page(markdown, info, front={}, file="page.md").blocks


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["example"]))
def test_the_visible_text_of_an_example_is_all_there(example: dict[str, str]) -> None:
    is_same = folded(text_and_code(read(example["markdown"]))) == folded(
        visible_text(example["html"])
    )
    assert is_same == (int(example["example"]) not in EXCEPTIONS)


def test_there_are_all_652_examples() -> None:
    assert [example["example"] for example in EXAMPLES] == list(range(1, 653))
