"""Packed lines: to whoever reads them they are a list."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.render.find import find_matches
from handbook.render.line import EMPTY, STYLES, Line, Run
from handbook.render.packed import SHORT, TOGETHER, PackedLines

runs = st.builds(Run, st.text(max_size=8), st.sampled_from(STYLES), st.integers(-1, 10**6))
lines = st.builds(Line, st.lists(runs, max_size=4).map(tuple), st.integers(-1, 10**6))


def page(count: int) -> list[Line]:
    return [
        Line((Run("  "), Run(f"line {number} ü…漢", "strong", number)), number // 3)
        if number % 5
        else EMPTY
        for number in range(count)
    ]


def packed(said: list[Line], step: int = 7) -> PackedLines:
    found = PackedLines()
    for start in range(0, len(said), step):
        found.extend(said[start : start + step])
    return found


@pytest.mark.parametrize("count", [0, 1, SHORT, SHORT + 1, SHORT + TOGETHER, 3 * SHORT + 5])
@pytest.mark.parametrize("step", [1, 100, 10_000])
def test_they_are_the_lines_that_were_added(count: int, step: int) -> None:
    said = page(count)
    found = packed(said, step)
    assert len(found) == count
    assert list(found) == said
    assert [found[number] for number in range(count)] == said
    assert list(reversed(found)) == said[::-1]
    assert bool(found) == bool(said)


@given(st.lists(lines, max_size=40), st.integers(0, 2 * SHORT))
def test_any_line_comes_back_as_it_was(some: list[Line], before: int) -> None:
    said = [*page(before), *some, *page(SHORT)]
    found = packed(said, 500)
    assert found[before : before + len(some)] == some
    assert list(found.texts()) == [(line.block, line.text) for line in said]


@given(st.slices(SHORT + 300))
def test_slices_are_those_of_a_list(part: slice) -> None:
    said = page(SHORT + 300)
    assert packed(said, 300)[part] == said[part]


@pytest.mark.parametrize("number", [-4, -1, 0, 70, SHORT, SHORT + 299])
def test_a_line_can_be_replaced(number: int) -> None:
    said = page(SHORT + 300)
    found = packed(said)
    at = number % len(said)
    assert found[number] == said[number]
    said[at] = Line((Run("new"),), 1)
    found.replace(at, said[at])
    assert list(found) == said
    assert all(found[each] == said[each] for each in range(0, len(said), 10))
    assert found[at] == said[at]


@pytest.mark.parametrize("count", [0, 3, SHORT + 300])
def test_past_either_end_there_is_no_line(count: int) -> None:
    found = packed(page(count))
    for number in (count, count + TOGETHER, -count - 1):
        with pytest.raises(IndexError):
            found[number]


def test_a_screen_is_the_same_objects_as_long_as_it_is_looked_at() -> None:
    found = packed(page(2 * SHORT))
    assert all(a is b for a, b in zip(found[900:950], found[900:950], strict=True))


def test_hits_are_those_in_a_list() -> None:
    said = page(2 * SHORT)
    found = packed(said)
    for query in ("line 1", "ü…", "line 10 line", "nothing"):
        assert find_matches(found, query) == find_matches(said, query)
    assert find_matches(PackedLines(), "a") == ()


def test_a_long_page_takes_a_small_part_of_the_memory() -> None:
    said = page(20 * SHORT)
    found = packed(said, 500)
    kept = sum(sys.getsizeof(pack) for pack in found._packs)
    whole = sum(
        sys.getsizeof(line) + sys.getsizeof(line.runs) + sum(map(sys.getsizeof, line.runs))
        for line in said
    )
    assert kept * 8 < whole
