"""What the index takes for a word."""

import pytest

from handbook.search.words import compound, fold, fold_in_place, index_words, initials, stem


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Naïve", "naive"),
        ("Straße", "strasse"),
        ("R²", "r2"),
        ("ＭＬ", "ml"),
        ("한국", "한국"),
        ("が", "が"),
    ],
)
def test_folding_ignores_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_in_place_keeps_positions() -> None:
    assert fold_in_place("Ünder İstanbul: ﬁnal Straße") == "under istanbul: ﬁnal straße"


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("Model", ["model"]),
        ("bias-variance", ["bias", "variance", "biasvariance"]),
        ("train_loss", ["train", "loss", "trainloss"]),
        ("DataLoader", ["data", "loader", "dataloader"]),
        ("model’s", ["model"]),
        ("MLOps", ["mlops"]),
        ("机器学", ["机器", "器学", "机", "器", "学"]),
        ("ML工程", ["ml", "工程", "工", "程"]),
        ("_", []),
    ],
)
def test_a_token_is_found_under_its_parts_and_as_a_whole(token: str, words: list[str]) -> None:
    assert index_words(token) == words


def test_the_parts_of_a_compound_are_in_order() -> None:
    assert compound("state-of-the-art").parts == ("state", "of", "the", "art")


@pytest.mark.parametrize(
    "family",
    [
        ("network", "networks", "networked", "networking"),
        ("strategy", "strategies"),
        ("run", "running"),
        ("evaluate", "evaluated", "evaluating", "evaluates"),
        ("process", "processes", "processing"),
        ("model", "models", "modelling"),
    ],
)
def test_forms_of_a_word_share_a_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1
    assert all(word.startswith(stem(word)) for word in family)


@pytest.mark.parametrize(
    "pair", [("loss", "los"), ("bias", "bia"), ("thing", "th"), ("corpus", "corpu")]
)
def test_unlike_words_share_none(pair: tuple[str, str]) -> None:
    assert stem(pair[0]) != stem(pair[1])


@pytest.mark.parametrize(
    ("name", "letters"),
    [("ML engineer", "mle"), ("Machine learning engineer", "mle"), ("Drift", ""), ("", "")],
)
def test_initials_keep_abbreviations_whole(name: str, letters: str) -> None:
    assert initials(name) == letters
