"""How often what is sought is among the first ten hits, in a made-up book.

The book and the queries are the same in every run, so the shares are exact.
"""

import pytest

from handbook.search.index import Index
from tests.speed.search_quality import book, questions, share_found

SHARES = {
    "heading": 0.98,
    "one error": 0.95,
    "unfinished": 0.98,
    "other order": 0.98,
    "question": 0.98,
    "two words": 0.98,
}


def share(index: Index, kind: str, count: int) -> float:
    def search(text: str) -> list[str]:
        hits = index.search(text, limit=10).hits
        return [hit.passage.heading or hit.passage.title for hit in hits]

    return share_found(search, questions(index.passages, kind, count), within=10)


@pytest.fixture(scope="module")
def small() -> Index:
    return Index.build(book(2_000))


@pytest.mark.parametrize("kind", SHARES)
def test_in_two_thousand_sections(small: Index, kind: str) -> None:
    assert share(small, kind, 150) >= SHARES[kind]


@pytest.mark.slow
def test_in_ten_thousand_sections() -> None:
    large = Index.build(book(10_000))

    for kind, least in SHARES.items():
        assert share(large, kind, 1_000) >= least, kind
