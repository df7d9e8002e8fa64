"""Which files of a book's folders are banks of questions, and what is in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.loader.bank import Bank
from handbook.loader.pages import PageFile, read_front
from handbook.model.book import PageInfo
from handbook.model.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.loader.book import Book
    from handbook.loader.cache import Cache
    from handbook.loader.scan import Scan

LOCK = "questions.lock"
"""The name of a folder's lock file, see `handbook.loader.lock`."""

_NONE: tuple[object, ...] = ()
"""What the cache keeps of a file that is no bank: to see that again would load a YAML parser."""


def find_bank_files(book: Book, scans: Sequence[Scan]) -> Iterator[tuple[PageFile, int]]:
    """Yield the files that are no pages and may be banks, each with its folder, in book order.

    Of files at one path in several folders the last one counts.
    """
    for path, layer in book.hidden.items():
        if any(path in scan.files for scan in scans[layer + 1 :]):
            continue
        scan = scans[layer]
        if path in scan.files:
            info = PageInfo(path, path, path, origin=scan.name)
            yield PageFile(scan.root, scan.files[path], info), layer


def read_banks(book: Book, scans: Sequence[Scan], cache: Cache) -> tuple[tuple[Bank, int], ...]:
    """Return the banks of a book, each with the index of its folder."""
    return tuple(
        (bank, layer)
        for file, layer in find_bank_files(book, scans)
        if (bank := read_bank(file, cache)) is not None
    )


def cues_of(defined: tuple[object, ...], info: PageInfo) -> Iterator[Question]:
    """Yield the cues among the values that a page defines, with the page's chapter as topic."""
    for value in defined:
        if isinstance(value, Question):
            yield replace(value, topic=info.chapter, chapter=info.chapter)


def lock_files(
    scans: Sequence[Scan],
    banks: Sequence[tuple[Bank, int]],
    cues: Sequence[tuple[Question, int]],
) -> tuple[tuple[Path, tuple[Question, ...]], ...]:
    """Return the lock file of each folder, there or not, with the folder's questions."""
    found: list[list[Question]] = [[] for _ in scans]
    for bank, layer in banks:
        found[layer].extend(bank.questions)
    for cue, layer in cues:
        found[layer].append(cue)
    return tuple(
        (Path(scan.root, LOCK), tuple(questions))
        for scan, questions in zip(scans, found, strict=True)
    )


def read_bank(file: PageFile, cache: Cache) -> Bank | None:
    """Return the bank in a file, from the cache or newly parsed; None if it is none."""
    kept = cache.load(file.entry, file.key) if cache.is_there else None
    if kept is not None:
        from handbook.loader.packing import unpack  # noqa: PLC0415  loads pickle

        value = unpack(kept)
        if value == _NONE:
            return None
        if isinstance(value, tuple) and len(value) == len(Bank._fields):
            return Bank._make(value)
    try:
        front, problems = read_front(file)
    except OSError as error:
        return _unreadable(file, error)
    if not str(front.values.get("format", "")).startswith("questions/"):
        _keep(_NONE, file, cache)
        return None
    # With it comes the whole parser, 30 ms and 2 MB, which a start with a cache does without.
    from handbook.loader.questions import parse_questions  # noqa: PLC0415

    bank = parse_questions(front.body, front.values, file.info.path, front.first_line)
    bank = bank._replace(problems=(*problems, *front.problems, *bank.problems))
    _keep(tuple(bank), file, cache)
    return bank


def _keep(value: tuple[object, ...], file: PageFile, cache: Cache) -> None:
    if cache.is_there:
        from handbook.loader.packing import pack  # noqa: PLC0415  loads pickle

        cache.save(file.entry, file.key, [pack(value)])


def _unreadable(file: PageFile, error: OSError) -> Bank:
    from handbook.loader.codes import problem  # noqa: PLC0415  hardly ever needed

    path = file.info.path
    message = f"the file cannot be read: {error.strerror or error}"
    return Bank(path, "", "", "", (), (), (problem("C219", path, 0, message),))
