"""What holds for every text: reading never fails, loses no word and invents no line."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.loader.clean import without_controls
from handbook.loader.markdown import parse_head, parse_page
from handbook.model import Block, PageInfo, Span

KINDS = ("page", "role", "map", "checklist", "glossary", "sources")

# Pieces that mean something to Markdown; joined at random they make every kind of broken nesting.
PIECES = (
    *"\n\n\n    \t#*_~`[]()<>!|:-+=&;@^{}.1\\\"'a字é\x1b\x85\u202e\r",
    *("> ", "- ", "1. ", "- [ ] ", "- [x] [c-4kd82m] ", "[!note] ", "!!! note\n    ", "??? tip "),
    *(
        "# ",
        "## ",
        "===\n",
        "---\n",
        "```\n",
        "```chart\n",
        "~~~\n",
        "|a|b|\n|-|-|\n|",
        "\n: ",
        "    ",
    ),
    *(
        "[^a]",
        "[^a]: ",
        "[b]: c.md\n",
        "[b]",
        "[@k]",
        "[@k; @l]",
        "![",
        "](",
        "](x.md)",
        "<https://a.b>",
    ),
    *(
        "<!--",
        "-->",
        "<!-- see=x.md core -->",
        "<!-- phase start=-5d -->",
        "<div>",
        "</div>",
        "<pre>",
    ),
    *(
        "<br>",
        "<script>",
        "</script>",
        "<a b='",
        "&amp;",
        "&#27;",
        "**",
        "~~",
        "  \n",
        "\\\n",
        "{#x}",
    ),
    *("type: bars\nbars: [[a, 1]]\n", "word", "`code`"),
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


def spans_in(value: object) -> Iterator[Span]:
    """Yield every span of blocks, wherever they stand."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from spans_in(each)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            yield from spans_in(getattr(value, name))


def lines_in(value: object) -> Iterator[int]:
    """Yield every line of blocks, wherever they stand."""
    if isinstance(value, tuple) and not isinstance(value, Span):
        for each in value:
            yield from lines_in(each)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            if name == "line":
                yield value.line
            else:
                yield from lines_in(getattr(value, name))


def strings_in(value: object) -> Iterator[str]:
    """Yield every string of blocks, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from strings_in(each)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            yield from strings_in(getattr(value, name))


def check_page(body: str, kind: str) -> None:
    info = PageInfo("p-aaaaaa", "a/page.md", "Page", kind)  # type: ignore[arg-type]
    page = parse_page(body, info, front={}, file="a/page.md", first_line=5)
    last = 5 + body.count("\n") + body.count("\r")
    assert all(5 <= line <= last for line in lines_in(page.blocks))
    assert all(5 <= link.line <= last for link in page.links)
    assert all(problem.line in {0, 1} or 5 <= problem.line <= last for problem in page.problems)
    anchors = [heading.anchor for heading in page.headings]
    assert len(set(anchors)) == len(anchors)
    assert all(0 <= heading.block < len(page.blocks) for heading in page.headings)
    for span in spans_in(page.blocks):
        assert -1 <= span.link < len(page.links)
        assert span.style == " ".join(sorted(set(span.style.split(" "))))
        assert "\t" not in span.text
        assert span.text
    for text in (*strings_in(page.blocks), *strings_in(page.links), *strings_in(page.defines)):
        assert without_controls(text) == text
    for link in page.links:
        assert link.kind in {"page", "web", "source", "blocked"}
        if link.kind == "page":
            assert ".." not in link.target.split("/")
            assert not link.target.startswith("/")


@given(TEXTS, st.sampled_from(KINDS))
@settings(max_examples=150, deadline=None)
def test_any_text_makes_a_page(body: str, kind: str) -> None:
    check_page(body, kind)


@pytest.mark.slow
@given(TEXTS, st.sampled_from(KINDS))
@settings(max_examples=20_000, deadline=None)
def test_any_of_many_texts_makes_a_page(body: str, kind: str) -> None:
    check_page(body, kind)


FRONT_KEYS = ("role", "map", "checklist")
INNER_KEYS = (
    *("id", "letter", "group", "skills", "region", "charts", "also_called", "facts", "x", "y"),
    *("corners", "note", "reading", "name", "dated", "software", "ml", "communication", "2021"),
)
NESTED = st.dictionaries(
    st.sampled_from(INNER_KEYS),
    VALUES | st.dictionaries(st.sampled_from(INNER_KEYS), VALUES, max_size=3),
    max_size=6,
)


@given(st.dictionaries(st.sampled_from(FRONT_KEYS), VALUES | NESTED), st.sampled_from(KINDS))
@settings(max_examples=100, deadline=None)
def test_any_front_matter_makes_a_page(front: dict[str, object], kind: str) -> None:
    info = PageInfo("p-aaaaaa", "a/page.md", "Page", kind)  # type: ignore[arg-type]
    page = parse_page("text", info, front=front, file="a/page.md")
    assert page.blocks
    assert all(without_controls(text) == text for text in strings_in(page.defines))


PREFIXES = st.lists(
    st.sampled_from(["> ", "- ", "* ", "1. ", "    ", "# ", ": ", "**", "| "]), max_size=8
)
LINES = st.lists(st.tuples(PREFIXES, st.integers(0, 2)), min_size=1, max_size=12)


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_no_word_is_lost_however_it_is_nested(lines: list[tuple[list[str], int]]) -> None:
    written = [f"word{number}" for number in range(len(lines))]
    body = "".join(
        "".join(prefixes) + word + "\n" * (1 + blank)
        for word, (prefixes, blank) in zip(written, lines, strict=True)
    )
    page = parse_page(body, PageInfo("a", "a.md", "A"), front={}, file="a.md")
    shown = re.findall(r"word\d+", " ".join(strings_in(page.blocks)))
    assert set(shown) == set(written)


PARTS = st.sampled_from(
    [
        *("# A\n", "## A\n", "word\nword\n", "- a\n- b\n", "- a\n\n  b\n", "1. a\n", "> a\n> b\n"),
        *("```\n# a\n\n\nb\n```\n", "    a\n\n    b\n", "|a|\n|-|\n|b|\n", "Term\n: a\n", "***\n"),
        *("[x] and [^n]\n", "[x]: y.md\n", '[z]: y.md "title"\n', "[^n]: a [x]\n", "A\n===\n"),
        *(
            "<div>\n*a*\n</div>\n",
            "<!-- a\n\n# b\n-->\n",
            "!!! note\n    a\n\n    b\n",
            "[q]: no link\n",
        ),
    ]
)


@given(st.lists(PARTS, min_size=1, max_size=20), st.integers(1, 200))
@settings(max_examples=150, deadline=None)
def test_the_blocks_of_the_head_are_the_first_of_the_whole(parts: list[str], limit: int) -> None:
    body = "\n".join(parts)
    info = PageInfo("a", "a.md", "A")
    head = parse_head(body, info, limit=limit, file="a.md")
    if head is None:
        return
    first: tuple[Block, ...] = tuple(head.blocks)
    whole = parse_page(body, info, front={}, file="a.md").blocks
    assert first == whole[: len(first)]
