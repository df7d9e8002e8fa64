"""The loops of a book: `loops/*.md` of each content folder, later folders over earlier ones."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple, Protocol

from handbook.loader.clean import LIMIT, clean_text
from handbook.loader.codes import nearest, problem
from handbook.loader.front_matter import split
from handbook.loader.scan import is_inside, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from handbook.loader.loops import LoopFile
    from handbook.model.mock import Loop
    from handbook.model.problem import Problem
    from handbook.model.question import Question
    from handbook.model.role import Role

FOLDER = "loops"
MOST_FILES = 200


class LoopBook(Protocol):
    """What loops are read from."""

    def locks(self) -> tuple[tuple[Path, tuple[Question, ...]], ...]:
        """Return a file of each content folder, whose folder counts, with its questions."""

    def questions(self) -> tuple[Question, ...]:
        """Return all questions."""

    def roles(self) -> tuple[Role, ...]:
        """Return all roles."""


class Loops(NamedTuple):
    """The loops of a book by name, in the order of their files, and what is wrong with any."""

    found: Mapping[str, Loop]
    problems: tuple[Problem, ...]


def loops_of(library: LoopBook) -> Loops:
    """Return the loops of all content folders; of files of one name the last folder's counts."""
    files: dict[str, tuple[Path, str]] = {}
    problems: list[Problem] = []
    for lock, _ in library.locks():
        for name in _names(lock.parent, problems):
            files[name] = (lock.parent, f"{FOLDER}/{name}")
    if not files:
        return Loops({}, tuple(problems))
    questions = {question.id: question for question in library.questions()}
    roles = [role.id for role in library.roles()]
    found: dict[str, Loop] = {}
    ids: dict[str, str] = {}
    for root, path in files.values():
        read = _read(root, path, questions, problems)
        if read is None:
            continue
        problems += read.problems
        if read.loop is None:
            continue
        found[read.loop.name] = read.loop
        problems += _of_role(read.loop, roles)
        problems += _taken(read.loop, ids)
    return Loops(found, tuple(problems))


def _names(root: Path, problems: list[Problem]) -> Iterator[str]:
    """Yield the names of the Markdown files in a folder's loops, in order."""
    try:
        names = sorted(name for name in os.listdir(root / FOLDER) if name.endswith(".md"))  # noqa: PTH208
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror}"
        problems.append(problem("C219", FOLDER, 0, message))
        return
    if len(names) > MOST_FILES:
        message = f"more than {MOST_FILES} loops: the rest is left out"
        problems.append(problem("M112", FOLDER, 0, message))
    inside = os.path.realpath(root)
    # Links that lead out, and names with control characters, are told where pages are looked for.
    yield from (
        name
        for name in names[:MOST_FILES]
        if name.isprintable() and is_inside(inside, str(root / FOLDER / name))
    )


def _read(
    root: Path, path: str, questions: Mapping[str, Question], problems: list[Problem]
) -> LoopFile | None:
    """Return the loop of a file, None for a file that is something else."""
    # Few starts ask for loops; the parser is not loaded before.
    from handbook.loader.loops import parse_loop  # noqa: PLC0415

    try:
        raw = read_bytes(f"{root}/{path}", LIMIT + 1)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        problems.append(problem("C219", path, 0, message))
        return None
    text, faults = clean_text(raw, path)
    front = split(text, path)
    if not str(front.values.get("format", "")).startswith("loop/"):
        return None
    problems += [*faults, *front.problems]
    return parse_loop(front.body, front.values, path, front.first_line, questions)


def _of_role(loop: Loop, roles: list[str]) -> Iterator[Problem]:
    if loop.role and roles and loop.role not in roles:
        message = f"there is no role {loop.role[:40]!r}"
        yield problem("M110", loop.path, 1, message, nearest(loop.role, roles))


def _taken(loop: Loop, ids: dict[str, str]) -> Iterator[Problem]:
    """Yield items whose own id stands in another loop; questions of the bank may be shared."""
    for item in loop.items:
        first = ids.setdefault(item.id, f"{loop.path}:{item.line}")
        if not item.is_of_bank and first != f"{loop.path}:{item.line}":
            message = f"{item.id}: the id is taken by {first}"
            yield problem("M101", loop.path, item.line, message)
