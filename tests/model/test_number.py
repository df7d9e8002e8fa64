import pytest

from handbook.model.number import find_number


@pytest.mark.parametrize(("word", "number"), [("0", 0), ("007", 7), ("999999999", 999_999_999)])
def test_ascii_digits_are_a_number(word: str, number: int) -> None:
    assert find_number(word) == number


@pytest.mark.parametrize("word", ["", "²", "٣", "-1", "1.0", " 1", "1234567890", "9" * 5000])
def test_anything_else_is_none(word: str) -> None:
    assert find_number(word) is None
