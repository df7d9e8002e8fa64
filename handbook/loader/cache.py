"""The cache folder: outlines and parsed pages, thrown away at will, never trusted over the files.

Every entry carries the program that wrote it, the key it was written for and a sum of its bytes;
whatever does not fit is as if it were not there. A folder that cannot be written is no error.
"""

# Paths are strings here: ten thousand Path values would cost a start 30 ms.
# ruff: noqa: PTH103, PTH105, PTH106, PTH108, PTH112, PTH120, PTH123
from __future__ import annotations

import itertools
import marshal
import os
import re
import stat
import struct
import zlib
from typing import TYPE_CHECKING, Any, TypeAlias

from handbook import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FORMAT = 7
"""Raised whenever the shape of an entry changes."""

Plain: TypeAlias = Any
"""A value that marshal knows: numbers, strings, tuples, dicts, frozen sets."""

_HEADER = struct.Struct("<4sQHH")
_CHUNK = struct.Struct("<II")
_MAGIC = b"HBC\n"
_MOST_BYTES = 256 * 1024 * 1024
_FOLDER = re.compile(r"pages-[0-9a-f]{16}")
_ENTRY = re.compile(r"(outline-)?[0-9a-f]{16}(-heads)?(\.\d+\.\d+\.new)?")
_numbers = itertools.count()


class Cache:
    """A folder of entries, or no folder at all (`folder` is None), which then holds nothing."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder
        self._program = _program_stamp() if folder else 0

    @property
    def is_there(self) -> bool:
        """Whether there is a folder to look into."""
        return self._folder is not None

    def load(self, name: str, key: Plain, chunk: int = 0) -> bytes | None:
        """Return one chunk of an entry, None unless it is whole and was written for this key."""
        if self._folder is None:
            return None
        try:
            number = os.open(
                f"{self._folder}/{name}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            )
        except OSError:
            return None
        try:
            return self._read(number, key, chunk)
        except (OSError, struct.error, IndexError, ValueError, EOFError, TypeError):
            return None
        finally:
            os.close(number)

    def load_plain(self, name: str, key: Plain, chunk: int = 0) -> Plain:
        """Return one chunk of an entry as the value that was saved, or None."""
        data = self.load(name, key, chunk)
        try:
            return None if data is None else marshal.loads(data)  # noqa: S302  sum and owner are checked
        except (ValueError, EOFError, TypeError):
            return None

    def save(self, name: str, key: Plain, chunks: Sequence[bytes]) -> bool:
        """Write an entry, whole or not at all; tell whether that worked."""
        if self._folder is None:
            return False
        parts = [marshal.dumps(key), *chunks]
        header = _HEADER.pack(_MAGIC, self._program, FORMAT, len(parts))
        sums = b"".join(_CHUNK.pack(len(part), zlib.crc32(part)) for part in parts)
        return _write(f"{self._folder}/{name}", b"".join((header, sums, *parts)))

    def save_plain(self, name: str, key: Plain, values: Iterable[Plain]) -> bool:
        """Write an entry of plain values, a chunk each."""
        return self.save(name, key, [marshal.dumps(value) for value in values])

    def forget(self, before: float) -> None:
        """Remove the entries written before a moment, in seconds since 1970, and empty folders.

        Nothing else of a folder that may be somebody's own is touched.
        """
        if self._folder is not None:
            _forget(self._folder, before)

    def _read(self, number: int, key: Plain, chunk: int) -> bytes | None:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
            return None
        magic, program, form, count = _HEADER.unpack(os.read(number, _HEADER.size))
        if (magic, program, form) != (_MAGIC, self._program, FORMAT):
            return None
        sums = list(_CHUNK.iter_unpack(os.read(number, _CHUNK.size * count)))
        start = _HEADER.size + _CHUNK.size * count
        written_for = _part(number, start, sums[0])
        if written_for is None or marshal.loads(written_for) != key:  # noqa: S302  summed, and ours
            return None
        return _part(number, start + sum(size for size, _ in sums[: chunk + 1]), sums[chunk + 1])


def hash_of(text: str) -> str:
    """Return a text as 16 hexadecimal digits that make a file name; not against an adversary."""
    data = text.encode("utf-8", "surrogateescape")
    return f"{zlib.crc32(data):08x}{zlib.crc32(data[::-1], len(data)):08x}"


def _part(number: int, start: int, summed: tuple[int, int]) -> bytes | None:
    """Return the bytes of a chunk, None if its sum is wrong."""
    size, checksum = summed
    if size > _MOST_BYTES:
        return None
    data = os.pread(number, size, start)
    return data if zlib.crc32(data) == checksum and len(data) == size else None


def _write(path: str, data: bytes) -> bool:
    """Replace a file by another in one step, readable by its owner alone."""
    temporary = f"{path}.{os.getpid()}.{next(_numbers)}.new"
    folder = os.path.dirname(path)
    try:
        if not os.path.isdir(folder):
            for each in (os.path.dirname(folder), folder):
                os.makedirs(each, mode=0o700, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
        with open(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError:
        _remove(temporary)
        return False
    return True


def _forget(folder: str, before: float) -> None:
    try:
        for entry in list(os.scandir(folder)):
            if entry.is_dir(follow_symlinks=False):
                if _FOLDER.fullmatch(entry.name):
                    _forget(entry.path, before)
                    _remove_folder(entry.path)
            elif _ENTRY.fullmatch(entry.name) and entry.stat().st_mtime < before:
                _remove(entry.path)
    except OSError:
        return


def _remove_folder(path: str) -> None:
    try:
        os.rmdir(path)
    except OSError:  # it still holds something
        return


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def _program_stamp() -> int:
    """Return a number that another version, or an edited checkout, does not share."""
    marks = [__version__]
    here = os.path.dirname(__file__)
    for folder in (here, f"{os.path.dirname(here)}/model"):
        try:
            marks.extend(
                f"{entry.name}{entry.stat().st_mtime_ns}"
                for entry in os.scandir(folder)
                if entry.name.endswith(".py")
            )
        except OSError:  # inside a zip file: the version has to do
            continue
    return int(hash_of("\n".join(sorted(marks))), 16)
