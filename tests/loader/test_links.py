import pytest

from handbook.loader.anchors import Anchors, slug_of, split_explicit
from handbook.loader.links import Target, resolve


@pytest.mark.parametrize(
    ("href", "target", "anchor"),
    [
        ("ml-engineer.md", "roles/ml-engineer.md", ""),
        ("./ml-engineer.md#tools", "roles/ml-engineer.md", "tools"),
        ("../exam/bias.md", "exam/bias.md", ""),
        ("newer/../x.md", "roles/x.md", ""),
        ("#tools", "", "tools"),
        ("?plain=1#tools", "", "tools"),
        ("../", "index.md", ""),
        ("..", "index.md", ""),
        ("newer/", "roles/newer/index.md", ""),
        ("newer", "roles/newer.md", ""),
        ("x.html#top", "roles/x.md", "top"),
        ("x.md?plain=1#a", "roles/x.md", "a"),
        ("two%20words.md#gr%C3%BC%C3%9Fe", "roles/two words.md", "grüße"),
        ("X.MD", "roles/X.MD", ""),
        ("a..b.md", "roles/a..b.md", ""),
    ],
)
def test_a_relative_link_leads_to_a_page_of_the_book(href: str, target: str, anchor: str) -> None:
    assert resolve(href, "roles/index.md") == Target("page", target, anchor)


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/a?b#c",
        "http://example.org",
        "mailto:a@example.org",
        "HTTPS://EXAMPLE.ORG",
    ],
)
def test_the_web_and_mail_are_let_out(href: str) -> None:
    assert resolve(href, "x.md") == Target("web", href)


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("../x.md", "P121"),
        ("a/../../x.md", "P121"),
        ("/etc/passwd", "P121"),
        ("//example.org/x.md", "P121"),
        ("%2e%2e/x.md", "P121"),
        ("..%2fx.md", "P121"),
        (".%2E/x.md", "P121"),
        ("%2fetc/passwd", "P121"),
        ("a%5cb.md", "P121"),
        ("..\\x.md", "P121"),
        ("C:\\x.md", "P121"),
        ("c:/x.md", "P121"),
        ("~/x.md", "P121"),
        ("a%00.md", "P121"),
        ("javascript:alert(1)", "P122"),
        ("JavaScript:alert(1)", "P122"),
        ("java%73cript:alert(1)", "P121"),
        ("file:///etc/passwd", "P122"),
        ("data:text/html,x", "P122"),
        ("https:///x", "P122"),
        ("mailto:", "P122"),
        ("", "P124"),
    ],
)
def test_every_other_way_out_is_blocked_with_a_problem(href: str, code: str) -> None:
    target = resolve(href, "x.md")
    assert (target.kind, target.target, target.code) == ("blocked", href, code)


@pytest.mark.parametrize("href", ["b.PNG", "../a/train.py?x#y", "b%20c.pdf"])
def test_a_link_to_another_file_is_blocked_and_tells_which(href: str) -> None:
    target = resolve(href, "a/x.md")
    assert target == Target("blocked", href, file=target.file)
    assert target.file in {"a/b.PNG", "a/train.py", "a/b c.pdf"}


def test_control_characters_in_an_address_are_taken_out() -> None:
    assert resolve("https://a.org/\x1b[31m\x07x\u202e", "x.md").target == "https://a.org/x"
    assert resolve('https://a.org/a b"c', "x.md").target == "https://a.org/a%20b%22c"


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("ML engineer", "ml-engineer"),
        ("What it is -- and is not!", "what-it-is----and-is-not"),
        ("Über_die Größe", "über_die-größe"),
        ("数据 工程", "数据-工程"),
        ("नमस्ते दुनिया", "नमस्ते-दुनिया"),
        ("C++ & Rust's 1.0", "c--rusts-10"),
        ("???", "section"),
    ],
)
def test_the_slug_of_a_heading_is_that_of_github(heading: str, slug: str) -> None:
    assert slug_of(heading) == slug


def test_the_second_anchor_of_a_name_gets_a_number() -> None:
    anchors = Anchors()
    wanted = ["a", "a", "a-1", "a", "b"]
    assert [anchors.take(anchor) for anchor in wanted] == ["a", "a-1", "a-1-1", "a-2", "b"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Tools {#my-tools}", ("Tools", "my-tools")),
        ("Tools { #my-tools .wide }", ("Tools", "my-tools")),
        ("Tools {: #my-tools }", ("Tools", "my-tools")),
        ("Sets {a, b}", ("Sets {a, b}", "")),
        ("Tools", ("Tools", "")),
    ],
)
def test_an_explicit_anchor_stands_in_braces_at_the_end(text: str, parts: tuple[str, str]) -> None:
    assert split_explicit(text) == parts
