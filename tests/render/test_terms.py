from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.model import Term
from handbook.render.line import Run
from handbook.render.terms import Found, Terms

GLOSSARY = Terms(
    [
        Term("loss", "loss", "", aliases=("cost function",)),
        Term("loss-curve", "loss curve", ""),
        Term("ml", "ML", ""),
        Term("adam", "Adam", "", aliases=("AdamW",)),
        Term("学習", "学習", ""),
    ]
)


def names(text: str) -> list[str]:
    return [text[found.start : found.end] for found in GLOSSARY.find(text)]


def test_terms_are_found_as_whole_words():
    assert names("The loss, lossy or glossy, pre-loss and loss_1.") == ["loss"]
    assert GLOSSARY.find("The loss") == [Found(4, 8, "loss")]


def test_the_case_of_the_first_letter_does_not_matter_that_of_the_others_does():
    assert names("Loss, LOSS, adam, ADAM, AdamW, Ml, ML") == ["Loss", "adam", "AdamW", "ML"]


def test_of_two_that_overlap_the_longer_one_is_found():
    assert names("a loss curve of a loss") == ["loss curve", "loss"]
    assert names("The cost function falls") == ["cost function"]


def test_terms_without_latin_letters_are_found_too():
    assert names("das 学習 hier") == ["学習"]


def test_a_glossary_without_terms_finds_nothing():
    assert Terms([]).find("loss") == []
    assert Terms([Term("empty", " ", "")]).find("loss") == []


def test_a_term_is_marked_once_in_a_section():
    marker = GLOSSARY.marker(3)
    runs = [Run("A loss, a loss curve"), Run("Adam", "code"), Run(" and Adam", "strong")]
    assert marker.mark(runs, "text") == [
        Run("A "),
        Run("loss", "term", 3),
        Run(", a "),
        Run("loss curve", "term", 4),
        Run("Adam", "code"),
        Run(" and ", "strong"),
        Run("Adam", "term", 5),
    ]
    assert marker.mark([Run("A loss.")], "text") == [Run("A loss.")]
    marker.begin_section()
    assert marker.mark([Run("loss")], "text") == [Run("loss", "term", 6)]
    assert marker.found == ["loss", "loss-curve", "adam", "loss"]


def test_links_and_other_styles_are_left_alone():
    runs = [Run("loss", "link", 0), Run("loss", "cite", 1), Run("loss", "code")]
    assert GLOSSARY.marker(2).mark(runs, "text") == runs


@settings(deadline=None)
@given(st.lists(st.sampled_from(["loss", "Loss", " ", "curve", "Adam", "ML", "-", "学習", "ß"])))
def test_marking_changes_no_text(pieces):
    text = "".join(pieces)
    marked = GLOSSARY.marker(0).mark([Run(text)], "text")
    assert "".join(run.text for run in marked) == text
    assert all(run.text for run in marked)
