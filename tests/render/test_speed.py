"""How long the room takes: `pytest -m speed -s tests/render` prints the figures.

The limits are gross, some ten times what was measured, so that only a change of kind fails.
"""

import random
import time
from collections.abc import Callable

import pytest

from handbook.model import (
    Block,
    Bullets,
    Heading,
    ListItem,
    Page,
    PageInfo,
    Paragraph,
    Span,
    Term,
)
from handbook.render.find import find_matches
from handbook.render.layout import Layout
from handbook.render.terms import Terms

pytestmark = pytest.mark.speed

CHANCE = random.Random(1)
WORDS = [
    "".join(CHANCE.choice("etaoinshrdlucm") for _ in range(CHANCE.randint(1, 10)))
    for _ in range(3000)
]


def prose(kilobytes: int) -> Page:
    """Return a page of headings, lists and paragraphs, some with several spans."""
    blocks: list[Block] = []
    written = 0
    while written < kilobytes * 1024:
        texts = [" ".join(CHANCE.choices(WORDS, k=20)) + " " for _ in range(4)]
        kind = CHANCE.random()
        if kind < 0.15:
            blocks.append(Heading(2, (Span(texts[0][:40]),), f"h{len(blocks)}"))
        elif kind < 0.3:
            blocks.append(Bullets(tuple(ListItem((Paragraph((Span(t),)),)) for t in texts)))
        elif kind < 0.6:
            blocks.append(
                Paragraph(tuple(Span(t, "strong" * (n % 2)) for n, t in enumerate(texts)))
            )
        else:
            blocks.append(Paragraph((Span("".join(texts)),)))
        written += 40 if kind < 0.15 else sum(map(len, texts))
    return Page(PageInfo("p", "p.md", "P"), tuple(blocks))


def milliseconds(work: Callable[[], object]) -> float:
    """Return the best of five runs."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def whole(page: Page, terms: Terms | None = None) -> Layout:
    layout = Layout(page, 72, terms=terms)
    layout.grow()
    return layout


@pytest.mark.parametrize(("kilobytes", "limit"), [(20, 20), (100, 100), (1000, 1000)])
def test_the_whole_page(kilobytes, limit):
    page = prose(kilobytes)
    taken = milliseconds(lambda: whole(page))
    print(f"\nlayout of {kilobytes} kB: {taken:.1f} ms")
    assert taken < limit


def test_the_first_screen_of_a_long_page():
    page = prose(1000)
    taken = milliseconds(lambda: Layout(page, 72).grow(60))
    print(f"\nfirst screen of 1 MB: {taken:.2f} ms")
    assert taken < 10


def test_terms_of_a_glossary():
    longer = [word for word in WORDS if len(word) > 8]
    terms = Terms([Term(word, word, "", aliases=(f"{word} x",)) for word in longer[:160]])
    page = prose(200)
    plain = milliseconds(lambda: whole(page))
    marked = milliseconds(lambda: whole(page, terms))
    print(f"\nmarking terms: {(marked - plain) / 10:.2f} ms for 20 kB")
    assert marked - plain < 200


@pytest.mark.parametrize("query", ["the", "tae", WORDS[0] + " " + WORDS[1], "Zzz"])
def test_finding_in_a_megabyte(query):
    lines = whole(prose(1000)).lines
    taken = milliseconds(lambda: find_matches(lines, query))
    print(f"\nfinding {query!r} in 1 MB: {taken:.1f} ms")
    assert taken < 300
