"""How a text becomes a page, construct by construct."""

import subprocess
import sys

import pytest

from handbook.loader.markdown import parse_head, parse_page
from handbook.loader.naming import plain_title
from handbook.loader.prose import text_of
from handbook.model import (
    Admonition,
    Block,
    Bullets,
    Code,
    Definition,
    Definitions,
    Footnote,
    Footnotes,
    Heading,
    HeadingInfo,
    Link,
    ListItem,
    Page,
    PageInfo,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    plain,
)


def read(body: str, *, path: str = "roles/page.md", first_line: int = 1) -> Page:
    info = PageInfo("p-aaaaaa", path, "Page")
    return parse_page(body, info, front={}, file=path, first_line=first_line)


def spans_of(body: str) -> tuple[Span, ...]:
    (block,) = read(body).blocks
    assert isinstance(block, Paragraph)
    return block.spans


def problems_of(body: str) -> list[str]:
    return [f"{problem.line} {problem.code}" for problem in read(body).problems]


def words(text: str, line: int = 0) -> Paragraph:
    return Paragraph((Span(text),), line)


# Running text


def test_styles_are_combined_in_alphabetical_order() -> None:
    assert spans_of("a **b *c* ~~d~~** `e`") == (
        Span("a "),
        Span("b ", "strong"),
        Span("c", "emphasis strong"),
        Span(" ", "strong"),
        Span("d", "strike strong"),
        Span(" "),
        Span("e", "code"),
    )


def test_neighbouring_spans_of_one_style_are_one() -> None:
    assert spans_of("**a**<i></i>**b** \\* &amp; <i>c</i>") == (
        Span("ab", "strong"),
        Span(" * & c"),
    )


def test_a_soft_break_is_a_space_and_a_hard_break_a_line_feed() -> None:
    assert spans_of("one\n  two  \nthree\\\nfour<br>five") == (Span("one two\nthree\nfour\nfive"),)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("数据\n工程", "数据工程"),
        ("数据，\n「工程」", "数据，「工程」"),
        ("**数据**\n工程 *a*", "数据工程 a"),
        ("数据\nteam\n工程", "数据 team 工程"),
        ("한국\n한국", "한국 한국"),
        ("über\nalle", "über alle"),
    ],
)
def test_a_soft_break_between_signs_of_chinese_or_japanese_is_nothing(body: str, text: str) -> None:
    assert plain(spans_of(body)) == text


def test_tabs_and_runs_of_blanks_are_one_space_outside_listings() -> None:
    assert spans_of("a \t b   c") == (Span("a b c"),)


def test_a_reference_cannot_spell_a_control_character() -> None:
    assert spans_of("a&#27;[1m&#x202e;b&#10;c <https://a.org/%1b>") == (
        Span("a\ufffd[1mb c "),
        Span("https://a.org/%1b", "", 0),
    )


def test_a_citation_is_one_span_per_source() -> None:
    page = read("Claim [@fsdl21; @gk]. `[@code]` [@name](https://a.org) a@b.c")
    (block,) = page.blocks
    assert isinstance(block, Paragraph)
    assert block.spans == (
        Span("Claim "),
        Span("[fsdl21]", "cite", 0),
        Span("[gk]", "cite", 1),
        Span(". "),
        Span("[@code]", "code"),
        Span(" "),
        Span("@name", "", 2),
        Span(" a@b.c"),
    )
    assert page.links == (
        Link("[fsdl21]", "source", "fsdl21", "", 1),
        Link("[gk]", "source", "gk", "", 1),
        Link("@name", "web", "https://a.org", "", 1),
    )


def test_a_citation_that_cannot_be_read_stays_text_with_a_problem() -> None:
    body = "# A\n\nb\nc [@fsdl21, page 3]"
    assert plain(read(body).blocks[1].spans) == "b c [@fsdl21, page 3]"  # type: ignore[union-attr]
    assert problems_of(body) == ["4 P134"]


def test_links_are_kept_in_the_order_of_the_text_with_their_lines() -> None:
    page = read(
        "a [*b* c](../x.md#y) `d\ne`\n[f]\n\n> [g](#h)\n\n[f]: <https://a.org>", first_line=10
    )
    assert page.links == (
        Link("b c", "page", "x.md", "y", 10),
        Link("f", "web", "https://a.org", "", 12),
        Link("g", "page", "", "h", 14),
    )


def test_a_dangerous_link_is_blocked_and_reported() -> None:
    page = read("[a](javascript:x)\n[b](../c.md)\n[c](d.py)\n[e](f.png)", path="page.md")
    assert [link.kind for link in page.links] == ["blocked"] * 4
    assert [str(problem) for problem in page.problems] == [
        'page.md:1: P122 links with "javascript:" are not followed (use http, https or mailto)',
        'page.md:2: P121 "../c.md" is a path out of the book (write a path relative to this page)',
    ]


def test_a_label_that_nothing_defines_is_told() -> None:
    text = "One\n[z][undef] and [two words][My label] [ok][def]\n\n[def]: https://a.org\n"

    assert problems_of(text) == ["2 P125", "2 P125"]


@pytest.mark.parametrize(
    "text",
    [
        "[z] and [z][] and a[i][j] and x[one][two]",
        "[a-z][A-Z] and [A-Za-z][0-9_] and [1][2]",
        "`[z][undef]` and \\[z][undef]",
        "- [x][c-4kd82m] done\n- [ ][c-4kd82m]",
        "[--flag][FILE] and [a][b][c] and [x](y.md)[zz]",
        "    [z][undef]",
    ],
)
def test_what_only_looks_like_a_label_is_text(text: str) -> None:
    assert "P125" not in " ".join(problems_of(text))


def test_a_link_without_words_shows_where_it_leads() -> None:
    assert spans_of("[](x.md)") == (Span("roles/x.md", "", 0),)
    assert problems_of("[](x.md)") == ["1 P124"]


def test_an_image_is_its_description() -> None:
    page = read("![a *b*](c.png) ![](https://a.org/d.png) [![e](f.png)](g.md)")
    (block,) = page.blocks
    assert isinstance(block, Paragraph)
    assert [(span.text, span.style, span.link) for span in block.spans] == [
        ("[image: a b]", "image", -1),
        (" ", "", -1),
        ("[image]", "image", 0),
        (" ", "", -1),
        ("[image: e]", "image", 1),
    ]


def test_tags_go_and_their_text_stays() -> None:
    body = 'a <b class="x">c</b> <!-- d --> e <script>f</script>g'
    assert spans_of(body) == (Span("a c e g"),)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<img src="logo.png" alt="Logo &amp; alt">', "[image: Logo & alt]"),
        ("a <IMG alt='b\n c' src=d> e", "a [image: b c] e"),
        ("<p><img alt=x src=y/></p>", "[image: x]"),
        ('a <img src="alt=b"> <img alt=""> c', "a c"),
        ('<div>\n<img\nalt="x &#27;[31m">\n</div>', "[image: x [31m]"),
    ],
)
def test_a_picture_in_html_is_its_description(body: str, text: str) -> None:
    (block,) = read(body).blocks
    assert isinstance(block, Paragraph)
    assert plain(block.spans) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("[a](b.md){ .md-button target=_blank } c", "a c"),
        ('[a](b.md){:target="_blank"} c', "a c"),
        ("![a](b.png){ width=300 align=left}, c", "[image: a], c"),
        ("[![a](b.png){ width=300 }](c.md){ .x }", "[image: a]"),
        ("a\nb\n{: .cls }", "a b"),
        ("a\n{ .annotate }", "a"),
        ("[a](b.md) {x=1} and {y}", "a {x=1} and {y}"),
        ("[a](b.md){x} {.y", "a{x} {.y"),
        ("{x=1}", "{x=1}"),
        ("a {.b}", "a {.b}"),
        ("*[a]: b\nc", "*[a]: b c"),
    ],
)
def test_attributes_of_links_pictures_and_paragraphs_go(body: str, text: str) -> None:
    (block,) = read(body).blocks
    assert isinstance(block, Paragraph)
    assert plain(block.spans) == text


def test_attributes_and_abbreviations_alone_are_no_paragraph() -> None:
    page = read("- a\n\n{: .cls }\n\n*[HTML]: Hyper Text\n*[W3C]: World Wide Web\n")
    assert [type(block) for block in page.blocks] == [Bullets]


@pytest.mark.parametrize(
    ("body", "title", "anchor"),
    [
        ("# A { .cls }", "A", "a"),
        ('## B {: data-toc-label="C" }', "B", "b"),
        ("# A { .cls #d }", "A", "d"),
        ("# Sets {a, b}", "Sets {a, b}", "sets-a-b"),
        ("# Where {x=1}", "Where {x=1}", "where-x1"),
    ],
)
def test_attributes_of_headings_go(body: str, title: str, anchor: str) -> None:
    (heading,) = read(body).headings
    assert (heading.title, heading.anchor) == (title, anchor)
    assert plain_title(body.lstrip("# ")) == title


# Blocks


def test_headings_have_anchors_that_are_unique_on_the_page() -> None:
    page = read("# What *it* is\n\n## Tools\n\n> ## Tools\n\n## More {#x}\n\nSet\n---")
    assert page.headings == (
        HeadingInfo(1, "What it is", "what-it-is", 0, 1),
        HeadingInfo(2, "Tools", "tools", 1, 3),
        HeadingInfo(2, "Tools", "tools-1", 2, 5),
        HeadingInfo(2, "More", "x", 3, 7),
        HeadingInfo(2, "Set", "set", 4, 9),
    )
    assert page.blocks[3] == Heading(2, (Span("More"),), "x", 7)


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ("# A\n\n### B\n\nc", ["3 P111"]),
        ("### B\n\nc", ["1 P111"]),
        ("## B\n\n### C\n\n## D\n\ne", []),
        ("# A\n\n# B\n\nc", ["3 P112"]),
        ("# A\n\n##\n\nb", ["3 P113"]),
        ("# A\n\n## B {#c}\n\n## D {#c}\n\ne", ["5 P114"]),
        ("", ["1 P105"]),
        ("<!-- nothing -->\n\n---\n", ["1 P105"]),
        ("# A\n\n## B\n\n---\n", ["1 P107"]),
        ("# A\n\n- b", []),
        ("a[^b]", ["1 P131"]),
        ("a\n\n[^b]: c", ["3 P132"]),
        ("a[^b]\n\n[^b]: c\n\n[^b]: d", ["5 P133"]),
    ],
)
def test_mistakes_are_named_with_their_lines(body: str, problems: list[str]) -> None:
    assert problems_of(body) == problems


def test_lists_may_be_numbered_loose_and_nested() -> None:
    assert read("3. a\n4. b\n   - c\n\nd\n\n- e\n\n- f").blocks == (
        Bullets(
            (
                ListItem((words("a", 1),), None, 1),
                ListItem(
                    (words("b", 2), Bullets((ListItem((words("c", 3),), None, 3),), None, True, 3)),
                    None,
                    2,
                ),
            ),
            3,
            tight=True,
            line=1,
        ),
        words("d", 5),
        Bullets(
            (ListItem((words("e", 7),), None, 7), ListItem((words("f", 9),), None, 9)),
            None,
            tight=False,
            line=7,
        ),
    )


def test_a_list_of_tasks_says_what_is_done() -> None:
    (block,) = read("- [ ] a\n- [x] b\n- [X]\n- [y] c").blocks
    assert isinstance(block, Bullets)
    assert [(item.checked, item.blocks) for item in block.items] == [
        (False, (words("a", 1),)),
        (True, (words("b", 2),)),
        (True, ()),
        (None, (words("[y] c", 4),)),
    ]


def test_listings_are_kept_as_they_are() -> None:
    body = "```rust,ignore\n# a\n\n\tb  \n```\n\n    c\n\n~~~\n~~~\n\n``` {.python .x}\n```"
    assert read(body).blocks == (
        Code("# a\n\n\tb  ", "rust", 1),
        Code("c", "", 7),
        Code("", "", 9),
        Code("", "python", 12),
    )


def test_tables_have_as_many_cells_in_a_row_as_in_the_header() -> None:
    body = "| a | **b** | c |\n|:-:|--:|---|\n| d | e\\|f |\n| 1 | 2 | 3 | 4 |"
    assert read(body).blocks == (
        Table(
            ((Span("a"),), (Span("b", "strong"),), (Span("c"),)),
            (
                ((Span("d"),), (Span("e|f"),), ()),
                ((Span("1"),), (Span("2"),), (Span("3"),)),
            ),
            ("centre", "right", "left"),
            1,
        ),
    )


@pytest.mark.parametrize(
    ("body", "block"),
    [
        ("> a\n> b", Quote((words("a b", 1),), 1)),
        ("> [!note] A *title*\n> b", Admonition("note", "A title", (words("b", 2),), 1)),
        ("> [!WARNING]\n> b", Admonition("warning", "", (words("b", 2),), 1)),
        ("> [!check] a\n>\n> b", Admonition("check", "a", (words("b", 3),), 1)),
        ("> [!note](a.md)", Quote((Paragraph((Span("!note", "", 0),), 1),), 1)),
        ('!!! tip "A title"\n    b', Admonition("tip", "A title", (words("b", 2),), 1)),
        ("??? note\n    b", Admonition("note", "", (words("b", 2),), 1)),
    ],
)
def test_an_admonition_is_a_quote_with_a_kind(body: str, block: Block) -> None:
    assert read(body).blocks == (block,)


def test_definitions_of_one_term_stand_together() -> None:
    assert read("A *b*\n: c\n\n  d\n\nE\n: f\n: g").blocks == (
        Definitions(
            (
                Definition((Span("A "), Span("b", "emphasis")), (words("c", 2), words("d", 4)), 1),
                Definition((Span("E"),), (words("f", 7), words("g", 8)), 6),
            ),
            1,
        ),
    )


def test_footnotes_are_numbered_by_their_first_mark_and_stand_last() -> None:
    page = read(
        "[^x]: one [l](m.md)\n\na[^y] b[^x] c[^y] [d](e.md)\n\n[^y]: two[^z]\n\n[^z]: three"
    )
    assert page.blocks[-1] == Footnotes(
        (
            Footnote(1, (Paragraph((Span("two"), Span("[3]", "footnote")), 5),)),
            Footnote(2, (Paragraph((Span("one "), Span("l", "", 1)), 1),)),
            Footnote(3, (words("three", 7),)),
        ),
        1,
    )
    assert plain(page.blocks[0].spans) == "a[1] b[2] c[1] d"  # type: ignore[union-attr]
    assert [link.text for link in page.links] == ["d", "l"]
    assert page.problems == ()


def test_the_text_of_html_blocks_is_kept_in_paragraphs() -> None:
    body = (
        "<details>\n<summary>A &amp; <b>b</b></summary>\n\n*c*\n\n"
        "<!-- d\n\ne -->\n\n<p>f<br>g<p>h\n<pre>\n i\n  j\n</pre>\n<style>k</style>"
    )
    assert read(body).blocks == (
        words("A & b", 2),
        Paragraph((Span("c", "emphasis"),), 4),
        words("f\ng", 10),
        words("h", 10),
        Code(" i\n  j", "", 12),
    )


def test_rules_are_blocks_and_lines_are_those_of_the_file() -> None:
    assert read("a\n\n***\n", first_line=8).blocks == (words("a", 8), Rule(10))


# Limits


@pytest.mark.parametrize(
    "mark",
    [
        "> ",
        "- ",
        "1. ",
        "> - ",
        ": ",
        "[",
        "![",
        "*",
        "_a ",
        "<b>",
        "`a",
        "[a-a",
        "[a](b){.x ",
        "a][ [",
    ],
)
def test_the_last_word_of_ten_thousand_nested_things_is_kept(mark: str) -> None:
    page = read(mark * 10_000 + "word")
    assert "word" in repr(page.blocks)


def test_a_long_text_behind_a_bracket_is_read_once() -> None:
    text = "a][b [" + "c" * 300_000  # minutes, if it were read from each of its signs
    assert spans_of(text) == (Span(text),)


def test_what_is_nested_too_deeply_becomes_one_paragraph() -> None:
    body = "".join("  " * depth + f"- w{depth}\n" for depth in range(60)) + "\nafter\n"
    page = read(body)
    assert page.blocks[1:] == (words("after", 62),)
    assert "'w18'" in repr(page.blocks[0])
    assert repr(" ".join(["w19", *(f"- w{depth}" for depth in range(20, 60))])) in repr(page.blocks)
    assert problems_of(body) == ["20 P106"]


# Heads


def head_of(body: str, limit: int) -> Page | None:
    info = PageInfo("p-aaaaaa", "a.md", "Page")
    return parse_head(body, info, limit=limit, file="a.md")


def test_the_head_of_a_text_ends_before_a_block() -> None:
    body = "# A\n\nb\nc\n\n- d\n\n- e\n\nf\n"
    whole = read(body).blocks
    assert head_of(body, len(body)) is None
    shorter = head_of(body, len(body) - 1)
    assert shorter is not None
    assert shorter.blocks == whole[:2]
    assert not shorter.complete
    longer = head_of(body + "\ng\nh\n", len(body) + 4)
    assert longer is not None
    assert longer.blocks == whole
    assert head_of("word " * 1000, 100) is None


def test_a_head_knows_the_links_and_footnotes_defined_below_it() -> None:
    body = "[a] b[^c]\n\n" + "d\n\n" * 9 + "[a]: e.md\n\n[^c]: f\n\n[g]: not a definition\n"
    head = head_of(body, 20)
    assert head is not None
    assert head.blocks == read(body, path="a.md").blocks[:3]
    assert [link.target for link in head.links] == ["e.md"]


def test_yaml_and_pygments_are_not_loaded_for_a_plain_page() -> None:
    code = (
        "import sys\n"
        "from handbook.loader.markdown import parse_page\n"
        "from handbook.model import PageInfo\n"
        "parse_page('# A\\n\\nb', PageInfo('a', 'a.md', 'A'), front={}, file='a.md')\n"
        "print(*{'yaml', 'pygments', 'textual', 'rich', 'difflib'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "\n"


def test_a_content_tab_is_its_title_in_bold_and_its_blocks() -> None:
    body = '=== "Tab *A*"\n\n    Words.\n\n    - one\n\n=== "B"\n    Other words.\n\nAfter.\n'
    blocks = read(body).blocks

    assert [type(block).__name__ for block in blocks] == [
        "Paragraph",
        "Paragraph",
        "Bullets",
        "Paragraph",
        "Paragraph",
        "Paragraph",
    ]
    assert [block.line for block in blocks] == [1, 3, 5, 7, 8, 10]
    assert [text_of([block]) for block in blocks] == [
        "Tab A",
        "Words.",
        "one",
        "B",
        "Other words.",
        "After.",
    ]
    assert blocks[3] == Paragraph((Span("B", "strong"),), 7)


def test_a_listing_in_a_tab_stays_a_listing() -> None:
    (title, listing) = read('=== "C"\n\n    ```c\n    int x;\n    ```\n').blocks

    assert text_of([title]) == "C"
    assert listing == Code("int x;", "c", 3)


@pytest.mark.parametrize(
    "body",
    ['=== "A"', '=== "A"\nwords', '=== ""\n\n    code', "=== A\n\n    code", 'a\n==="A"\n'],
)
def test_what_only_looks_like_a_tab_is_left_as_it_is(body: str) -> None:
    assert "===" in text_of(read(body).blocks[:1])


def test_tabs_in_tabs_are_read_as_deep_as_anything_else() -> None:
    body = "\n".join(f'{"    " * depth}=== "{depth}"' for depth in range(200)) + "\n"

    page = read(body)

    assert "P106" in {problem.code for problem in page.problems}
    assert "199" in text_of(page.blocks)
