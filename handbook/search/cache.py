"""Keeps an index in a file, so that a start need not read the whole book again.

The file is a line of head (format, checksum, lengths), then plain blocks: text as UTF-8, numbers as
32-bit integers of this machine. Passages are decoded when they are asked for.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, overload

from handbook.errors import StoreError
from handbook.model.search import Passage
from handbook.search.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = f"handbook search 3 {sys.byteorder}"
"""Changes whenever the index of the same passages would be another."""

_ENCODING = ("utf-8", "surrogatepass")
_LONGEST_HEAD = 10_000
_GAP = "\0"
"""Stands between the fields of a passage; in all but the last, its text, it becomes a space."""

_MOST_GAPS = len(Passage._fields) - 1


class PackedPassages(Sequence[Passage]):
    """Passages in one block of bytes; `ends` are their ends, one after the other."""

    __slots__ = ("_ends", "_texts")

    def __init__(self, texts: memoryview, ends: array[int]) -> None:
        self._texts = texts
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, index: int) -> Passage: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, index: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(index, slice):
            return tuple(self[each] for each in range(*index.indices(len(self))))
        number = range(len(self))[index]
        start = self._ends[number - 1] if number else 0
        fields = str(self._texts[start : self._ends[number]], *_ENCODING)
        return Passage(*fields.split(_GAP, _MOST_GAPS))


def save(shelf: Shelf, path: Path, stamp: str) -> None:
    """Write a shelf to a file in one step, readable by its owner only; StoreError if it fails."""
    texts = [_packed(passage) for passage in shelf.passages]
    size = len(shelf) // 8 + 1
    kinds = {kind: members.to_bytes(size, "little") for kind, members in shelf.kinds.items()}
    blocks = [
        "\n".join(shelf.vocabulary).encode(*_ENCODING),
        shelf.starts.tobytes(),
        shelf.postings,
        shelf.order.tobytes(),
        json.dumps(shelf.pages).encode(),
        shelf.page_of.tobytes(),
        shelf.place_of.tobytes(),
        shelf.shared.to_bytes(size, "little"),
        json.dumps(list(kinds)).encode(),
        b"".join(kinds.values()),
        array("I", accumulate(map(len, texts))).tobytes(),
        b"".join(texts),
    ]
    body = b"".join(blocks)
    head = [FORMAT, stamp, zlib.crc32(body), *map(len, blocks)]
    try:
        _replace(path, json.dumps(head).encode() + b"\n" + body)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(
            f"{path}: the search index cannot be written: {reason}",
            hint="search works without it; give the folder space and write permission",
        ) from error


def _packed(passage: Passage) -> bytes:
    *names, text = passage
    return _GAP.join([*(name.replace(_GAP, " ") for name in names), text]).encode(*_ENCODING)


def find(path: Path, stamp: str) -> Shelf | None:
    """Return the shelf that was saved with this stamp, None if there is none or it is damaged."""
    try:
        with path.open("rb") as file:
            head = json.loads(file.readline(_LONGEST_HEAD))
            if not isinstance(head, list) or head[:2] != [FORMAT, stamp]:
                return None
            body = memoryview(file.read())
    except (OSError, ValueError, RecursionError):
        return None
    if head[2:3] != [zlib.crc32(body)]:
        return None
    ends = list(accumulate(head[3:]))
    blocks = [body[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    words, starts, postings, order, pages, page_of, place_of, shared, kinds, sets = blocks[:10]
    ends_of_passages, texts = blocks[10:]
    names: list[str] = json.loads(bytes(kinds))
    size = len(order) // 32 + 1
    return Shelf(
        passages=PackedPassages(texts, _numbers(ends_of_passages)),
        order=_numbers(order),
        vocabulary=str(words, *_ENCODING).split("\n") if words else [],
        starts=_numbers(starts),
        postings=postings,
        pages=json.loads(bytes(pages)),
        page_of=_numbers(page_of),
        place_of=_numbers(place_of),
        shared=int.from_bytes(shared, "little"),
        kinds={
            name: int.from_bytes(sets[at * size : (at + 1) * size], "little")
            for at, name in enumerate(names)
        },
    )


def _numbers(block: memoryview) -> array[int]:
    numbers = array("I")
    numbers.frombytes(block)
    return numbers


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file, then put it in its place: a reader sees the old or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        draft.unlink()
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
