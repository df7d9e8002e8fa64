"""Sets of passages as plain integers, one bit for each passage.

`a & b`, `a | b` and `a.bit_count()` then run at the speed of memory: 100,000 passages are 12 kB.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MEMBERS = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]
_NOT_EMPTY = re.compile(rb"[^\x00]")


def pack(numbers: Iterable[int], size: int) -> int:
    """Return the set of these numbers, each of them below `size`."""
    room = bytearray((size >> 3) + 1)
    for number in numbers:
        room[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(room, "little")


def unpack(members: int) -> Iterator[int]:
    """Return the numbers in a set, the smallest first."""
    for found in _NOT_EMPTY.finditer(members.to_bytes((members.bit_length() + 7) >> 3, "little")):
        first = found.start() << 3
        for bit in _MEMBERS[found[0][0]]:
            yield first + bit


def at_least(sets: Sequence[int], everything: int) -> list[int]:
    """Return, for each k from 0 to the number of sets, what is in at least k of them."""
    levels = [everything] + [0] * len(sets)
    for index, members in enumerate(sets):
        for k in range(index, -1, -1):
            levels[k + 1] |= levels[k] & members
    return levels
