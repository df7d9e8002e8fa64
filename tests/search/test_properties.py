"""What holds for every text and every query."""

from hypothesis import example, given
from hypothesis import strategies as st

from handbook.model.search import Passage
from handbook.search.bits import at_least, pack, unpack
from handbook.search.index import Index
from tests.search.conftest import BOOK

WORDS = [
    "model",
    "models",
    "bias-variance",
    "train_loss",
    "naïve",
    "机器学习",
    "the",
    "what",
    "ML",
    "é",
]
text = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from([*WORDS, '"', "-", " ", "\n", "…"]), max_size=12).map(" ".join),
)
passages = st.lists(
    st.builds(
        Passage,
        st.sampled_from(["page", "role", "term", "item"]),
        st.sampled_from("pq"),
        st.sampled_from("ab"),
        text,
        text,
        text,
    ),
    max_size=8,
)
scopes = st.sampled_from(["all", "page", "title", "term", "item", "role", "note"])
BOOK_INDEX = Index.build(BOOK)


@given(passages, passages, text, scopes, st.sampled_from(["", "p"]))
@example([Passage("page", "p", "a", "", "", "1〡")], [], "0〡", "all", "")
def test_any_query_on_any_book_gives_sound_hits(
    book: list[Passage], notes: list[Passage], query: str, scope: str, page: str
) -> None:
    index = Index.build(book).with_notes(notes)

    results = index.search(query, limit=5, scope=scope, page=page)

    assert len(results.hits) == min(results.total, 5)
    assert results.sections <= results.total
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)
    for hit in results.hits:
        name = hit.passage.heading or hit.passage.title
        assert hit.passage in index.passages
        assert 0 < hit.score <= 100
        assert not page or hit.passage.page == page
        assert scope in {"all", "title", hit.passage.kind}
        assert_inside(hit.marks, len(hit.snippet))
        assert_inside(hit.title_marks, len(name))


def assert_inside(marks: tuple[tuple[int, int], ...], length: int) -> None:
    """Check that marks lie inside, in order, and do not overlap."""
    last = 0
    for start, end in marks:
        assert last <= start < end <= length
        last = end


@given(st.text(max_size=300))
def test_any_text_may_be_typed(query: str) -> None:
    results = BOOK_INDEX.search(query)

    assert len(results.hits) <= len(BOOK)


name = st.lists(st.text("abcdéß机器", min_size=1, max_size=6), min_size=1, max_size=5).map(" ".join)


@given(st.lists(name, min_size=1, max_size=8), st.data())
def test_the_heading_of_a_passage_finds_it(headings: list[str], data: st.DataObject) -> None:
    index = Index.build(Passage("page", "p", heading, "", heading, "") for heading in headings)
    sought = data.draw(st.sampled_from(headings))

    hits = index.search(sought).hits

    assert sought in [hit.passage.heading for hit in hits]


@given(name, text)
def test_each_word_of_a_text_finds_it(heading: str, words: str) -> None:
    index = Index.build([Passage("page", "p", "", "", heading, f"{words} {heading}")])

    for word in heading.split():
        assert index.search(word + " ").total == 1


@given(st.sets(st.integers(0, 500)))
def test_a_packed_set_unpacks_to_itself_in_order(numbers: set[int]) -> None:
    assert list(unpack(pack(numbers, 501))) == sorted(numbers)


@given(st.lists(st.sets(st.integers(0, 20)), max_size=5))
def test_at_least_counts_in_how_many_sets_a_number_is(sets: list[set[int]]) -> None:
    levels = at_least([pack(numbers, 21) for numbers in sets], (1 << 21) - 1)

    for k, level in enumerate(levels):
        often = {number for number in range(21) if sum(number in each for each in sets) >= k}
        assert set(unpack(level)) == often
