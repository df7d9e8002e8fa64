"""How hits are found and ordered, by example."""

import pytest

from handbook.model.search import Hit, Passage
from handbook.search.index import Index, Results
from tests.search.conftest import BOOK


def found(index: Index, query: str, **options: object) -> list[str]:
    """Return the places of the hits, best first."""
    hits = index.search(query, **options).hits
    return [f"{hit.passage.page}#{hit.passage.anchor}" for hit in hits]


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.marks]


def title_marked(hit: Hit) -> list[str]:
    name = hit.passage.heading or hit.passage.title
    return [name[start:end] for start, end in hit.title_marks]


def section(heading: str, text: str = "", *, page: str = "p", kind: str = "page") -> Passage:
    return Passage(kind, page, heading, "A page", heading, text)


def headings(index: Index, query: str) -> list[str]:
    return [hit.passage.heading for hit in index.search(query).hits]


# Ranking


def test_a_whole_title_scores_a_hundred(index: Index) -> None:
    best = index.search("ML engineer").hits[0]

    assert best.passage == BOOK[0]
    assert best.score == 100.0
    assert title_marked(best) == ["ML", "engineer"]


def test_stop_words_keep_nothing_from_being_found(index: Index) -> None:
    assert found(index, "what is an ml engineer")[0] == "ml-engineer#"


def test_a_name_comes_before_the_page_it_is_on_and_that_before_running_text(index: Index) -> None:
    assert found(index, "ml engineer") == [
        "ml-engineer#",
        "ml-engineer#salary",
        "roles#data-scientist",
    ]


def test_all_words_beat_some() -> None:
    index = Index.build([section("Model risk"), section("Plans", "The schedule of a model slips.")])

    assert headings(index, "model schedule") == ["Plans", "Model risk"]


def test_words_side_by_side_beat_words_apart() -> None:
    apart = section("One", "Learning to build a machine takes many years of a person's life.")
    together = section("Two and more", "Some say machine learning is all there is to build on.")

    assert headings(Index.build([apart, together]), "machine learning") == ["Two and more", "One"]


def test_the_order_of_words_in_a_name_counts() -> None:
    index = Index.build([section("Learning machine"), section("Machine learning")])

    assert headings(index, "machine learning") == ["Machine learning", "Learning machine"]
    assert headings(index, "learning machine") == ["Learning machine", "Machine learning"]


def test_a_word_itself_beats_its_plural_that_a_longer_word_and_that_a_correction() -> None:
    names = ["Modal", "Modelling", "Models", "Model"]
    index = Index.build([section(name) for name in names])

    assert headings(index, "model") == ["Model", "Models", "Modelling"]
    assert headings(index, "modal") == ["Modal"]
    assert headings(index, "modxl") == ["Modal", "Model", "Models", "Modelling"]


def test_of_two_names_with_the_word_the_shorter_comes_first() -> None:
    index = Index.build([section("The long road to an interview"), section("Interview loops")])

    assert headings(index, "interview") == ["Interview loops", "The long road to an interview"]


def test_a_page_comes_before_a_role_and_a_term_of_the_same_name() -> None:
    kinds = ("term", "role", "page")
    index = Index.build([Passage(kind, kind, "", "Drift", "", "") for kind in kinds])

    assert found(index, "drift") == ["page#", "term#", "role#"]


def test_a_page_comes_before_a_section_of_the_same_name() -> None:
    index = Index.build([section("Drift"), Passage("page", "q", "", "Drift", "", "")])

    assert found(index, "drift") == ["q#", "p#Drift"]


def test_of_equal_hits_the_shorter_name_comes_first_then_the_book_in_its_order() -> None:
    items = [section(name, kind="item") for name in ("Drift watch", "Drift tests", "Drift")]
    notes = [section(name, kind="note") for name in ("Drift plans", "Drift fix")]
    index = Index.build(items).with_notes(notes)

    assert headings(index, "drift") == [
        "Drift",
        "Drift fix",
        "Drift watch",
        "Drift tests",
        "Drift plans",
    ]


def test_a_word_used_often_beats_a_word_used_once() -> None:
    once = section("One", "Bonus. " + "Filler goes here. " * 5)
    often = section("Two", "Bonus, bonus, bonus and bonus. " + "Filler goes here. " * 5)

    assert headings(Index.build([once, often]), "bonus") == ["Two", "One"]


# What counts as the same word


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("RESIDUAL NETWORKS", "interview#ckl-1"),
        ("drawing residual network", "interview#ckl-1"),
        ("naive reader", "ml-engineer#salary"),
        ("NAÏVE", "ml-engineer#salary"),
        ("nai\u0308ve", "ml-engineer#salary"),
        ("bias variance", "bias#bias-variance"),
        ("bias-variance", "bias#bias-variance"),
        ("biasvariance", "bias#bias-variance"),
        ("bias-var", "bias#bias-variance"),
        ("biasvar", "bias#bias-variance"),
        ("train_loss", "bias#bias-variance"),
        ("train loss", "bias#bias-variance"),
        ("trainloss", "bias#bias-variance"),
        ("resnet block", "bias#bias-variance"),
        ("resnetblock", "bias#bias-variance"),
        ("datadrift", "glossary#drift"),
        ("学习", "interview#ckl-1"),
        ("工程师", "interview#ckl-1"),
        ("机", "interview#ckl-1"),
    ],
)
def test_spellings_of_the_same_word_find_it(index: Index, query: str, place: str) -> None:
    assert place in found(index, query)[:2]


def test_initials_find_a_name_but_weakly(index: Index) -> None:
    best = index.search("mle").hits[0]

    assert best.passage == BOOK[0]
    assert best.score < 50


# The word being typed


def test_the_last_word_may_be_unfinished(index: Index) -> None:
    assert found(index, "data scie")[0] == "roles#data-scientist"
    assert found(index, "d")[:2] == ["glossary#drift", "roles#data-scientist"]


def test_a_word_that_is_done_is_not_taken_for_the_start_of_another() -> None:
    index = Index.build([section("Net"), section("Network")])

    assert headings(index, "net") == ["Net", "Network"]
    assert headings(index, "net ") == ["Net"]


# Typing errors


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("scienist", "scientist"),
        ("sciientist", "scientist"),
        ("scuentist", "scientist"),
        ("scietnist", "scientist"),
        ("xcientist", "scientist"),
        ("cientist", "scientist"),
        ("sientits", "scientist"),
        ("xcien", "scientist"),
    ],
)
def test_a_misspelt_word_is_corrected_and_the_correction_is_told(
    index: Index, typed: str, used: str
) -> None:
    results = index.search(f"data {typed}")

    assert results.hits[0].passage.anchor == "data-scientist"
    assert results.corrected == ((typed, used),)


def test_a_letter_wrong_inside_is_likelier_than_another_first_letter() -> None:
    names = ["Bane", "Cane", "Lane", "Mane", "Pane", "Sane", "Tune"]
    index = Index.build([section(name) for name in names])

    assert "Tune" in headings(index, "tane")


def test_two_words_typed_as_one_are_parted() -> None:
    index = Index.build([section("Machine learning"), section("Learning")])

    results = index.search("machinelearning")

    assert results.hits[0].passage.heading == "Machine learning"
    assert results.corrected == (("machinelearning", "machine learning"),)


def test_a_slip_that_makes_another_word_is_seen_when_nothing_has_all_words() -> None:
    index = Index.build([section("Job form", "Fill it in."), section("Letter", "Best regards.")])

    results = index.search("job forn letter")

    assert index.search("best from").hits[0].passage.heading == "Letter"
    assert results.corrected == (("forn", "form"),)


def test_a_word_that_is_known_is_not_corrected(index: Index) -> None:
    assert index.search("data").corrected == ()


def test_nonsense_finds_nothing(index: Index) -> None:
    assert index.search("qqqqzzzzxxxx") == Results()


# Signs


def test_quotes_demand_the_phrase(index: Index) -> None:
    assert found(index, '"residual network"') == ["interview#ckl-1"]
    assert found(index, '"network residual"') == []
    assert found(index, '"of the business" data') == ["roles#data-scientist"]
    assert found(index, '"学习工程"') == ["interview#ckl-1"]


def test_an_open_quote_is_a_phrase_being_typed(index: Index) -> None:
    assert set(found(index, '"residual netw')) == {"bias#bias-variance", "interview#ckl-1"}


def test_a_leading_minus_leaves_passages_out(index: Index) -> None:
    assert found(index, "data -scientist")[0] == "glossary#drift"
    assert "roles#data-scientist" not in found(index, "data -scientists")
    assert "roles#data-scientist" not in found(index, 'data -"scientist"')


def test_a_minus_inside_or_alone_is_no_sign(index: Index) -> None:
    assert found(index, "data - drift")[0] == "glossary#drift"
    assert index.search("-drift") == Results()


@pytest.mark.parametrize("query", ["", "   ", "-", '"', '""', "...", "\n"])
def test_a_query_without_words_finds_nothing(index: Index, query: str) -> None:
    assert index.search(query) == Results()


# Scopes and counts


def test_a_scope_keeps_to_one_kind_or_to_names(index: Index) -> None:
    assert found(index, "ml engineer", scope="role") == ["roles#data-scientist"]
    assert found(index, "data", scope="term") == ["glossary#drift"]
    assert found(index, "residual", scope="item") == ["interview#ckl-1"]
    assert found(index, "residual", scope="page") == ["bias#bias-variance"]
    assert found(index, "ml engineer", scope="title") == ["ml-engineer#"]
    assert found(index, "data", scope="note") == []


def test_a_page_keeps_to_its_passages(index: Index) -> None:
    assert found(index, "offer", page="ml-engineer") == ["ml-engineer#salary"]
    assert found(index, "offer", page="bias") == []
    assert found(index, "offer", page="no such page") == []


def test_hits_are_counted_in_passages_and_in_sections() -> None:
    twice = [section("Tasks", "One task."), section("Tasks", "Another task.", kind="item")]
    index = Index.build([*twice, section("Other", "A task.", page="q")])

    results = index.search("task", limit=1)

    assert len(results.hits) == 1
    assert (results.total, results.sections) == (3, 2)


# Notes


def test_notes_are_found_beside_the_book_and_replaced_as_a_whole(index: Index) -> None:
    note = Passage("note", "bias", "bias-variance", "Errors", "The bias-variance split", "Flurbs!")
    with_note = index.with_notes([note])

    assert with_note.search("flurbs").hits[0].passage == note
    assert with_note.search("flurbs").corrected == ()
    assert found(with_note, "flurbs", scope="note") == ["bias#bias-variance"]
    assert with_note.passages == (*BOOK, note)
    assert found(with_note.with_notes([]), "flurbs") == []
    assert found(index, "flurbs") == []


def test_a_note_on_a_section_that_is_hit_too_is_no_further_section(index: Index) -> None:
    notes = [
        Passage("note", "bias", "bias-variance", "Errors", "The bias-variance split", "My split."),
        Passage("note", "ml-engineer", "", "ML engineer", "", "Another split."),
        Passage("note", "roles", "data-scientist", "Data scientist", "", "A third split."),
    ]

    results = index.with_notes(notes).search("split")

    assert (results.total, results.sections) == (4, 3)
