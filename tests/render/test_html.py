"""HTML to take away: what stands in it is text, whatever it looks like."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from handbook.model import (
    Admonition,
    Bullets,
    Chart,
    ChartBlock,
    Code,
    Link,
    ListItem,
    Paragraph,
    Span,
    Table,
)
from handbook.model.chart import Series
from handbook.render.html import blocks_html, listing_html, text_html


class Seen(HTMLParser):
    """Collects the tags and the text that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_text_is_shown_as_it_is_and_makes_no_tag(text):
    seen = Seen(text_html(text))
    assert (seen.tags, seen.text) == ([], text)


def test_a_script_is_text():
    html = blocks_html((Paragraph((Span('<script>alert("x")</script>'),)),))
    assert html == '<p>&lt;script&gt;alert("x")&lt;/script&gt;</p>'
    assert "<b>" not in listing_html("<b>x</b>")


def test_what_a_flash_card_program_would_run_is_text():
    for word in ("[sound:x.mp3]", "[latex]", "\\(x", "\\[x", "[$]x[/$]", "[anki:play:q:0]"):
        assert word not in text_html(word)
        assert Seen(text_html(word)).text == word


def test_only_links_to_the_web_stay_links():
    links = (
        Link("a", "web", 'https://example.org/?a="b"'),
        Link("b", "page", "roles/index.md"),
        Link("c", "blocked", "javascript:x"),
    )
    spans = tuple(Span(link.text, link=n) for n, link in enumerate(links))
    html = blocks_html((Paragraph(spans),), links)
    assert html == '<p><a href="https://example.org/?a=&quot;b&quot;">a</a>bc</p>'


def test_styles_lists_and_tables_keep_their_form():
    blocks = (
        Paragraph((Span("a", "code"), Span("b", "emphasis strong"), Span("c\nd"))),
        Bullets((ListItem((Paragraph((Span("x"),)),), checked=True),), start=1),
        Table(((Span("h"),),), (((Span("1 < 2"),),),), ("left",)),
        Admonition("note", "", (Paragraph((Span("n"),)),)),
    )
    assert blocks_html(blocks) == (
        "<p><code>a</code><strong><em>b</em></strong>c<br>d</p>"
        '<ol type="1"><li>[x] x</li></ol>'
        "<table><tr><th>h</th></tr><tr><td>1 &lt; 2</td></tr></table>"
        "<blockquote><p><strong>note</strong></p><p>n</p></blockquote>"
    )


def test_charts_and_listings_are_preformatted_text():
    chart = Chart("lines", series=(Series("a", ((0, 0), (1, 2), (2, 3))),))
    html = blocks_html((ChartBlock(chart, ""), Code("x = [1]\n  y")))
    assert html.count("<pre>") == 2
    assert "⣀" in html or "⡠" in html or "●" in html
    assert html.endswith("<pre>x = [1]\n  y</pre>")
    assert all(len(line) <= 65 for line in html.splitlines())


def test_lines_of_a_listing_can_be_numbered():
    assert listing_html("a\nb", is_numbered=True) == "<pre>1  a\n2  b</pre>"
