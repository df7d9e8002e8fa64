from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handbook.store.text import clean, clean_json, clean_line


def test_escape_sequences_lose_what_makes_them_work():
    assert clean("\x1b[31mred\x1b[0m \x9b1m\x07") == "[31mred[0m 1m"


def test_line_feed_and_tab_stay_and_a_pasted_return_becomes_a_line_feed():
    assert clean("a\tb\nc\r\nd\re") == "a\tb\nc\nd\ne"


def test_half_a_surrogate_pair_becomes_a_question_mark():
    assert clean("x\udcffy") == "x?y"


def test_a_title_is_one_line():
    assert clean_line("  Roles\n\tand\r\nteams \x00") == "Roles and teams"


def test_settings_are_cleaned_to_their_depths():
    assert clean_json({"a\x1b": ["b\x07", 1, None, True, {"c": 2.5}]}) == {
        "a": ["b", 1, None, True, {"c": 2.5}]
    }


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str):
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_what_is_clean_can_be_written_and_holds_no_control(text: str):
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    controls = {*range(0x20), *range(0x7F, 0xA0)} - {0x09, 0x0A}
    assert not controls & {ord(sign) for sign in cleaned}
