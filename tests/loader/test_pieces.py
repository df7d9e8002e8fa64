"""Packed blocks: to whoever reads them they are a tuple."""

from __future__ import annotations

import sys
from zlib import compress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.errors import ContentError
from handbook.loader.pieces import PIECE, PackedBlocks, pack_blocks
from handbook.model import Code, Paragraph, Span

COUNT = 3 * PIECE + 5
BLOCKS = tuple(
    Paragraph((Span(f"Words {number}"), Span("more", "strong")), number)
    if number % 4
    else Code(f"x = {number}", "python", number)
    for number in range(COUNT)
)


def packed(head: int = 10, count: int = COUNT) -> PackedBlocks:
    return PackedBlocks(BLOCKS[:head], pack_blocks(BLOCKS[head:count]), count - head)


@pytest.mark.parametrize("head", [0, 1, PIECE])
@pytest.mark.parametrize("more", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 3])
def test_they_are_the_blocks_that_were_packed(head: int, more: int) -> None:
    said = BLOCKS[: head + more]
    found = packed(head, head + more)
    assert len(found) == len(said)
    assert tuple(found) == said
    assert tuple(reversed(found)) == said[::-1]
    assert found == said
    assert said == found
    assert hash(found) == hash(said)
    assert bool(found) == bool(said)


@settings(deadline=None)
@given(st.slices(COUNT))
def test_slices_are_those_of_a_tuple(part: slice) -> None:
    assert packed()[part] == BLOCKS[part]


def test_what_differs_is_not_equal() -> None:
    assert packed() != BLOCKS[1:]
    assert packed() != packed(10, 20)
    assert packed() != "blocks"


@pytest.mark.parametrize("number", [COUNT, COUNT + PIECE, -COUNT - 1])
def test_past_either_end_there_is_no_block(number: int) -> None:
    with pytest.raises(IndexError):
        packed()[number]


def test_a_block_and_the_one_before_are_at_hand_together() -> None:
    found = packed(0)
    assert found[PIECE] is found[PIECE]
    first = found[PIECE - 1]
    assert found[PIECE] is found[PIECE]
    assert found[PIECE - 1] is first


@pytest.mark.parametrize("piece", [b"", b"nothing", compress(b"nothing"), compress(b"N.")])
def test_a_damaged_piece_is_an_expected_failure(piece: bytes) -> None:
    found = PackedBlocks(BLOCKS[:1], (piece,), 1)
    assert found[0] == BLOCKS[0]
    with pytest.raises(ContentError, match="damaged"):
        found[1]


def test_they_take_little_memory() -> None:
    assert sum(map(sys.getsizeof, pack_blocks(BLOCKS))) < 40 * len(BLOCKS)
