"""Blocks written as Markdown and as HTML: nothing is lost, and nothing becomes a tag."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from handbook.loader.library import Library
from handbook.model import Bullets, Code, Heading, ListItem, Paragraph, Rule, Span, Table
from handbook.render.block_html import document_html
from handbook.render.block_markdown import blocks_markdown

CONTENT = Path(__file__).parents[2] / "content"
BLOCKS = (
    Heading(2, (Span("A"), Span("x_1", "code")), ""),
    Paragraph((Span("plain, "), Span("loud", "strong"), Span(" and "), Span("a*b", "emphasis"))),
    Code("a < b\nc", "python"),
    Bullets((ListItem((Paragraph((Span("one"),)), Paragraph((Span("more"),)))),), None),
    Bullets((ListItem((Paragraph((Span("done"),)),), checked=True),), 3),
    Table(
        (((Span("Topic"),)), ((Span("n"),))), (((Span("a|b"),), (Span("2"),)),), ("left", "right")
    ),
    Rule(),
)


def test_each_block_has_its_markdown() -> None:
    assert blocks_markdown(BLOCKS) == (
        "## A`x_1`\n\n"
        "plain, **loud** and *a\\*b*\n\n"
        "```python\na < b\nc\n```\n\n"
        "- one\n\n  more\n\n"
        "3. [x] done\n\n"
        "| Topic | n |\n|---|--:|\n| a\\|b | 2 |\n\n"
        "---\n"
    )


def test_a_fence_is_longer_than_those_inside() -> None:
    assert blocks_markdown([Code("```\nx\n```")]).startswith("````\n```\n")
    assert blocks_markdown([Paragraph((Span("a`b", "code"),))]) == "``a`b``\n"


def test_each_block_has_its_html() -> None:
    html = document_html("A & B", BLOCKS)
    assert "<title>A &amp; B</title>" in html
    assert "<h2>A<code>x_1</code></h2>" in html
    assert "<pre>a &lt; b\nc</pre>" in html
    assert '<ol type="1" start="3"><li>[x] done</li>' in html
    assert '<td class="r">2</td>' in html
    assert "<script" not in html
    assert "http" not in html


class Reader(HTMLParser):
    """Collects the text, and whatever tag is not closed again."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag not in {"meta", "br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_no_text_becomes_a_tag(text: str) -> None:
    reader = Reader()
    _, _, body = document_html("t", [Paragraph((Span(text),)), Code(text)]).partition("<body>")
    reader.feed(body.partition("</body>")[0])
    reader.close()
    assert reader.open == []
    assert reader.text.count(text) >= 2


@cache
def questions() -> tuple[tuple[str, tuple[object, ...]], ...]:
    return tuple((each.id, each.blocks) for each in Library.open([CONTENT]).questions())


def test_every_question_of_the_book_can_be_written() -> None:
    for _, blocks in questions():
        assert blocks_markdown(blocks).strip()  # type: ignore[arg-type]
        reader = Reader()
        reader.feed(document_html("t", blocks))  # type: ignore[arg-type]
        assert reader.open == []
