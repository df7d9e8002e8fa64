"""The lock file of a content folder: the answer key of each question, so that no edit loses it.

A line is `q-7k2m9d single v1 96b3a66f64d1 live`: id, kind, version, a hash of what is right, and
live or retired, the latter with `-> q-xxxxxx` if another question has taken its place. The hash
covers the answer key only, so a better wording changes nothing.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from handbook.loader.clean import LIMIT, clean_text
from handbook.loader.codes import problem
from handbook.loader.prose import text_of
from handbook.loader.scan import is_inside, read_bytes
from handbook.model.question import (
    BugHunt,
    Cloze,
    CurveReading,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Scenario,
    SingleChoice,
)
from handbook.model.text import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from handbook.model.problem import Problem
    from handbook.model.question import Option, Question, Task

DIGITS = 12

_LINE = re.compile(
    r"(?P<id>q-[0-9a-hjkmnp-tv-z]{6}) (?P<kind>[a-z]+) v(?P<version>[1-9]\d{0,5}) "
    r"(?P<key>[0-9a-f]{12}) (?:live|(?P<retired>retired)(?: -> (?P<heir>q-[0-9a-hjkmnp-tv-z]{6}))?)"
)


class Locked(NamedTuple):
    """What is known of a question; `heir` is the id of the one that took its place, or ""."""

    id: str
    kind: str
    version: int
    key: str
    is_retired: bool = False
    heir: str = ""
    line: int = 0

    def __str__(self) -> str:
        """Return the line of the lock file."""
        heir = f" -> {self.heir}" if self.heir else ""
        state = f"retired{heir}" if self.is_retired else "live"
        return f"{self.id} {self.kind} v{self.version} {self.key} {state}"


def key_of(task: Task) -> str:
    """Return the hash of a task's answer key: 12 hexadecimal digits."""
    data = repr(_key(task)).encode()
    return hashlib.blake2b(data, digest_size=DIGITS // 2).hexdigest()


def _key(task: Task) -> tuple[object, ...]:
    key: tuple[object, ...] = ()
    match task:
        case SingleChoice() | MultipleChoice() | CurveReading():
            key = _right(task.options)
        case Numeric():
            key = (task.answer,)
        case Cloze():
            key = tuple(sorted((gap.number, *map(_folded, gap.answers)) for gap in task.gaps))
        case Ordering():
            key = tuple(_folded(text_of(item)) for item in task.items)
        case Matching():
            pairs = ((_folded(plain(left)), _folded(plain(right))) for left, right in task.pairs)
            key = tuple(sorted(pairs))
        case BugHunt():
            key = (task.bug, task.is_after, _right(task.options))
        case Scenario():
            key = tuple(_key(step.task) for step in task.steps)
    return task.kind, key


def _right(options: Sequence[Option]) -> tuple[int, ...]:
    return tuple(number for number, option in enumerate(options) if option.is_right)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def locked(question: Question) -> Locked:
    """Return what a lock file says of a question."""
    return Locked(question.id, question.kind, question.version, key_of(question.task))


def parse_lock(text: str, file: str) -> tuple[dict[str, Locked], tuple[Problem, ...]]:
    """Return what a lock file says, by id; lines that cannot be read are problems."""
    found: dict[str, Locked] = {}
    problems = []
    for number, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        match = _LINE.fullmatch(row.strip())
        if match is None or match["id"] in found:
            what = (
                f"{match['id']} stands here twice" if match else f"{row[:60]!r} is not understood"
            )
            hint = "q-7k2m9d single v1 96b3a66f64d1 live"
            problems.append(problem("Q304", file, number, what, hint))
            continue
        found[match["id"]] = Locked(
            match["id"],
            match["kind"],
            int(match["version"]),
            match["key"],
            match["retired"] is not None,
            match["heir"] or "",
            number,
        )
    return found, tuple(problems)


def check_lock(
    known: Mapping[str, Locked], questions: Sequence[Question], file: str, *, is_whole: bool = True
) -> Iterator[Problem]:
    """Yield where questions and their lock file disagree.

    `is_whole` says that no other folder may have taken questions away, so one that is missing is
    gone.
    """
    now = {question.id: question for question in questions}
    for each in known.values():
        if is_whole and each.id not in now and not each.is_retired:
            hint = (
                f"write retired in place of live, or -> and the new id; bring {each.id} back else"
            )
            yield problem("Q301", file, each.line, f"{each.id} ({each.kind}) is gone", hint)
    for question in now.values():
        was = known.get(question.id)
        if was is None:
            if is_whole:
                hint = "`handbook lock` adds it"
                message = f"{question.id} is not in {file}"
                yield problem("Q303", question.path, question.line, message, hint)
        elif was.is_retired:
            message = f"the id {question.id} is retired"
            hint = "ids are never used again: `handbook new question` prints a fresh one"
            yield problem("Q305", question.path, question.line, message, hint)
        elif not is_kept(was, question):
            hint = (
                f"write v={was.version + 1}, or if it means the same run "
                f"`handbook lock --same-meaning {question.id}`"
            )
            message = f"{question.id}: what is right has changed since v{was.version}"
            yield problem("Q302", question.path, question.line, message, hint)


def is_kept(was: Locked, question: Question) -> bool:
    """Tell whether a question still has the key that was locked, or a higher version."""
    if question.version != was.version:
        return question.version > was.version
    return question.kind == was.kind and key_of(question.task) == was.key


def renewed(
    known: Mapping[str, Locked], questions: Sequence[Question], same: Collection[str] = ()
) -> dict[str, Locked]:
    """Return what the lock file should say now.

    New questions and higher versions are taken over, and so are the keys of those in `same`, whose
    meaning has not changed. Whatever `check_lock` objects to stays as it was.
    """
    found = dict(known)
    for question in questions:
        was = known.get(question.id)
        is_sound = was is None or (not was.is_retired and is_kept(was, question))
        if is_sound or (question.id in same and was is not None and not was.is_retired):
            found[question.id] = locked(question)
    return found


def lock_text(known: Mapping[str, Locked]) -> str:
    """Return the text of a lock file, a line for each id, sorted."""
    return "".join(f"{known[each]}\n" for each in sorted(known))


def check_locks(locks: Sequence[tuple[Path, Sequence[Question]]]) -> Iterator[Problem]:
    """Yield where the questions of folders and their lock files disagree.

    A folder without a lock file is not checked; folders below the last one may have lost questions
    to those above them, which is no mistake.
    """
    everything = [question for _, questions in locks for question in questions]
    for number, (path, questions) in enumerate(locks):
        if not os.path.lexists(path):
            continue
        try:
            text = text_of_lock(path)
        except OSError as error:
            # What is locked is not known then; to say nothing would look like a sound file.
            said = f"the lock file cannot be read: {error.strerror or error}"
            yield problem("Q304", path.name, 0, said)
            continue
        known, problems = parse_lock(text, path.name)
        yield from problems
        is_last = number == len(locks) - 1
        own = questions if is_last else [each for each in everything if each.id in known]
        yield from check_lock(known, own, path.name, is_whole=is_last)


def text_of_lock(path: Path) -> str:
    """Return the text of a lock file, "" if there is none.

    Raises OSError where one is there that cannot or must not be read: what it knows of retired ids
    would be lost if a new one took its place.
    """
    if not os.path.lexists(path):
        return ""
    if not is_inside(str(path.parent), str(path)):
        raise OSError(errno.EPERM, "the link leaves the content folder")
    raw = read_bytes(str(path), LIMIT + 1)
    if len(raw) > LIMIT:
        raise OSError(errno.EFBIG, f"it has more than {LIMIT:,} bytes")
    return clean_text(raw)[0]
