"""The lines of a page, of which a long one keeps those that nobody looks at packed.

A line is a tuple of tuples, 550 bytes; of a page of a megabyte all lines take 17 MB, half as much
as Textual. Packed, 64 together, they take half a megabyte, and are there again in 0.3 ms.
"""

from __future__ import annotations

import marshal
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias, overload
from zlib import compress, decompress

from handbook.render.line import Line, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOGETHER = 64
"""Lines in a pack."""

SHORT = 2048
"""Lines of a page that needs no packing."""

_AT_HAND = 16
"""Packs that stay unpacked after somebody has looked into them: a screen is one or two."""

_Flat: TypeAlias = "tuple[int, *tuple[str | int, ...]]"
"""A line's block, then text, style and link of each run."""


class PackedLines(Sequence[Line]):
    """Lines that grow at the end; a line that is asked for twice need not be the same object."""

    def __init__(self) -> None:
        """Begin without lines."""
        self._packs: list[bytes] = []
        self._at_hand: OrderedDict[int, list[Line]] = OrderedDict()
        self._rest: list[Line] = []

    def __len__(self) -> int:
        return len(self._packs) * TOGETHER + len(self._rest)

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        number = index + len(self) if index < 0 else index
        pack, at = divmod(number, TOGETHER)
        if pack >= len(self._packs):
            return self._rest[number - len(self._packs) * TOGETHER]
        if number < 0:
            raise IndexError("line index out of range")
        return self._look_into(pack)[at]

    def __iter__(self) -> Iterator[Line]:
        for pack in range(len(self._packs)):
            yield from self._at_hand.get(pack) or _unpacked(self._packs[pack])
        yield from self._rest

    def extend(self, lines: Iterable[Line]) -> None:
        """Add lines at the end."""
        self._rest.extend(lines)
        if len(self) > SHORT:
            while len(self._rest) >= 2 * TOGETHER:
                self._packs.append(_packed(self._rest[:TOGETHER]))
                del self._rest[:TOGETHER]

    def replace(self, index: int, line: Line) -> None:
        """Put another line into the place of one, by its number from 0."""
        pack, at = divmod(index, TOGETHER)
        if pack >= len(self._packs):
            self._rest[index - len(self._packs) * TOGETHER] = line
        else:
            lines = self._look_into(pack)
            lines[at] = line
            self._packs[pack] = _packed(lines)

    def texts(self) -> Iterator[tuple[int, str]]:
        """Yield block and text of each line, without making the lines: eight times as fast."""
        for pack in self._packs:
            for block, *values in _flat(pack):
                yield block, "".join(map(str, values[::3]))  # every third is a text
        for line in self._rest:
            yield line.block, line.text

    def _look_into(self, pack: int) -> list[Line]:
        found = self._at_hand.get(pack)
        if found is None:
            found = self._at_hand[pack] = _unpacked(self._packs[pack])
            if len(self._at_hand) > _AT_HAND:
                self._at_hand.popitem(last=False)
        else:
            self._at_hand.move_to_end(pack)
        return found


def _packed(lines: list[Line]) -> bytes:
    flat = [(block, *[value for run in runs for value in run]) for runs, block in lines]
    return compress(marshal.dumps(flat), 1)


def _flat(pack: bytes) -> list[_Flat]:
    flat: list[_Flat] = marshal.loads(decompress(pack))  # noqa: S302  never left this process
    return flat


def _unpacked(pack: bytes) -> list[Line]:
    lines = []
    for block, *values in _flat(pack):
        each = iter(values)
        lines.append(Line(tuple(map(Run._make, zip(each, each, each, strict=True))), block))
    return lines
