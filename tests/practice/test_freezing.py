"""Questions in the log: they come back as they were, and nothing else comes out of a text."""

from __future__ import annotations

import base64
import json
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.loader.library import Library
from handbook.practice.freezing import freeze, thaw
from tests.study.exam_bank import single

if TYPE_CHECKING:
    from handbook.model import Question

CONTENT = Path(__file__).parents[2] / "content"


@cache
def questions() -> tuple[Question, ...]:
    return Library.open([CONTENT]).questions()


def packed(value: object) -> str:
    return base64.b85encode(zlib.compress(json.dumps(value).encode())).decode()


def test_every_question_of_the_book_comes_back_as_it_was() -> None:
    assert thaw(freeze(questions())) == {each.id: each for each in questions()}


def test_a_form_of_forty_is_small_enough_for_the_log() -> None:
    assert len(freeze(questions()[:40])) < 40_000


@pytest.mark.parametrize(
    "frozen",
    [
        "",
        "no base 85 \x00",
        packed(3),
        packed([[]]),
        packed([["Question"]]),
        packed([["Place", 1]]),
    ],
)
def test_what_is_no_form_is_empty(frozen: str) -> None:
    assert thaw(frozen) == {}


def test_a_damaged_question_is_left_out_and_the_others_stay() -> None:
    rows = json.loads(zlib.decompress(base64.b85decode(freeze([single("q-1"), single("q-2")]))))
    rows[0][3] = 7
    assert list(thaw(packed(rows))) == ["q-2"]


def test_a_text_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    bomb = base64.b85encode(zlib.compress(b"[" + b" " * 50_000_000)).decode()
    assert thaw(bomb) == {}


def test_nesting_without_end_is_refused() -> None:
    deep = base64.b85encode(zlib.compress(b"[" * 200_000)).decode()
    assert thaw(deep) == {}


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just("Paragraph"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@given(_json, st.integers(0, 20))
def test_no_field_takes_what_is_not_of_its_type(strange: object, at: int) -> None:
    rows = json.loads(zlib.decompress(base64.b85decode(freeze([single("q-1")]))))
    rows[0][1 + at % (len(rows[0]) - 1)] = strange
    for found in thaw(packed(rows)).values():
        assert isinstance(found.title, str)
        assert isinstance(found.minutes, float)
        assert all(hasattr(block, "line") for block in found.blocks)
