"""The blocks of a large page, packed in pieces until somebody looks at them.

As values the blocks of a page of 1 MB take 12 MB, packed and squeezed half a one. Who sets a page
goes through them once; afterwards only those on the screen are asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload
from zlib import compress, decompress, error

from handbook.errors import ContentError
from handbook.loader.packing import pack, unpack

if TYPE_CHECKING:
    from handbook.model.block import Block

PIECE = 128
"""Blocks in a piece, about 3 ms to unpack."""

_AT_HAND = 2
"""Pieces that stay unpacked: a block and the one before it may stand in two."""


def pack_blocks(blocks: Sequence[Block]) -> tuple[bytes, ...]:
    """Return blocks as pieces, each of `PIECE` blocks but the last."""
    starts = range(0, len(blocks), PIECE)
    return tuple(compress(pack(tuple(blocks[at : at + PIECE])), 1) for at in starts)


class PackedBlocks(Sequence["Block"]):
    """Blocks that are equal to a tuple of them; may be used from several threads at once."""

    def __init__(self, head: tuple[Block, ...], pieces: Sequence[bytes], count: int) -> None:
        """Take `head` as it is, then `count` blocks from what `pack_blocks` made of them."""
        self._head = head
        self._pieces = tuple(pieces)
        self._count = count
        self._at_hand: tuple[tuple[int, tuple[Block, ...]], ...] = ()

    def __len__(self) -> int:
        return len(self._head) + self._count

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Block, ...]: ...
    def __getitem__(self, index: int | slice) -> Block | tuple[Block, ...]:
        if isinstance(index, slice):
            return tuple(self[each] for each in range(*index.indices(len(self))))
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError("block index out of range")
        if number < len(self._head):
            return self._head[number]
        piece, at = divmod(number - len(self._head), PIECE)
        return self._piece(piece)[at]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | PackedBlocks):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _piece(self, number: int) -> tuple[Block, ...]:
        for known, blocks in self._at_hand:
            if known == number:
                return blocks
        try:
            found = unpack(decompress(self._pieces[number]))
        except error:
            found = None
        if not isinstance(found, tuple):
            # Its sum was right when it was read: not the disk has done that.
            raise ContentError("a page in the cache is damaged", hint="remove the cache folder")
        self._at_hand = (*self._at_hand[1 - _AT_HAND :], (number, found))
        return found
