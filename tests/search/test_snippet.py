"""Pieces of text around a match, and the marks in them."""

from handbook.model.search import Hit, Passage
from handbook.search.index import Index
from handbook.search.snippet import WIDTH
from tests.search.conftest import BOOK

FILLER = "Nothing to see in these few words. "


def only_hit(text: str, query: str) -> Hit:
    (hit,) = Index.build([Passage("page", "p", "", "A page", "", text)]).search(query).hits
    return hit


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.marks]


def test_a_short_text_is_shown_whole() -> None:
    hit = only_hit("Watch the drift of data.", "drift data")

    assert hit.snippet == "Watch the drift of data."
    assert marked(hit) == ["drift", "data"]


def test_a_long_text_is_cut_between_words_around_where_the_words_stand_closest() -> None:
    hit = only_hit(
        f"Drift. {FILLER * 20}Look at the drift of data here. {FILLER * 20}", "drift data"
    )

    assert hit.snippet == (
        "…Nothing to see in these few words. Look at the drift of data here. Nothing to see in "
        "these few words. Nothing to see in these few words. Nothing to see in…"
    )
    assert marked(hit) == ["drift", "data"]
    assert len(hit.snippet) <= WIDTH + 2


def test_white_space_is_folded_and_marks_move_along() -> None:
    hit = only_hit("\n  Watch\n\nthe   drift\tof data.\n", "drift data")

    assert hit.snippet == "Watch the drift of data."
    assert marked(hit) == ["drift", "data"]


def test_marks_cover_compounds_and_accents_as_they_are_written() -> None:
    assert marked(only_hit("The bias-variance split.", "biasvariance")) == ["bias-variance"]
    assert marked(only_hit("A naïve “reader”…", "naive reader")) == ["naïve", "reader"]
    assert marked(only_hit("A ResNetBlock here.", "block")) == ["Block"]
    assert marked(only_hit("职位是机器学习工程师。", "机器学习")) == ["机器学习"]


def test_a_hit_in_the_name_alone_shows_how_the_text_begins(index: Index) -> None:
    hit = index.search("interview checklist").hits[0]

    assert hit.passage == BOOK[5]
    assert hit.snippet == "机器学习工程师 is the title on Chinese boards."
    assert hit.marks == ()
    assert hit.title_marks == ()


def test_text_without_spaces_is_cut_too() -> None:
    hit = only_hit("学" * 1_000 + "机器" + "学" * 1_000, "机器")

    assert len(hit.snippet) == WIDTH + 2
    assert marked(hit) == ["机器"]


def test_a_very_long_text_is_found_to_its_end_without_being_read_to_it() -> None:
    hit = only_hit(FILLER * 5_000 + "Drift.", "drift")

    assert hit.marks == ()
    assert hit.score > 0
