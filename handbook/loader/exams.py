"""Blueprints of exams: `exams/*.toml` of each content folder, read with a problem for each fault.

A blueprint of a later folder replaces one of the same name. The files may be anybody's: they are
small, regular, inside their folder, and what cannot be read is a problem, never an exception.
"""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, get_args

from handbook.loader.clean import without_controls
from handbook.loader.codes import Problems, nearest
from handbook.loader.fields import find_text
from handbook.loader.scan import EXAMS, is_inside, read_bytes
from handbook.loader.toml_text import TomlFault, read_toml
from handbook.model.exam import POOLS, Blueprint, Section, shortages
from handbook.model.question import Cue, QuestionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from handbook.model.problem import Problem
    from handbook.model.question import Question
    from handbook.model.role import Role

MOST_BYTES = 64 * 1024
MOST_FILES = 200
MOST_SECTIONS = 50
MOST_QUESTIONS = 200
MOST_MINUTES = 600

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
KINDS = tuple(kind for kind in get_args(QuestionKind) if kind != Cue.kind)
KEYS = ("title", "about", "minutes", "pass_mark", "role", "section")
SECTION_KEYS = ("title", "topic", "topics", "number", "kinds", "difficulty", "pool", "questions")

_HEADER = re.compile(r"\s*\[\[\s*section\s*\]\]")
_KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*[=.]""")


class ExamBook(Protocol):
    """What blueprints are read from."""

    def locks(self) -> tuple[tuple[Path, tuple[Question, ...]], ...]:
        """Return a file of each content folder, whose folder counts, with its questions."""

    def questions(self) -> tuple[Question, ...]:
        """Return all questions."""

    def roles(self) -> tuple[Role, ...]:
        """Return all roles."""


class Blueprints(NamedTuple):
    """The blueprints of a book by name, those without errors only, and what is wrong with any."""

    found: Mapping[str, Blueprint]
    problems: tuple[Problem, ...]


def exams_of(library: ExamBook) -> Blueprints:
    """Return the blueprints of all content folders; those that cannot be satisfied stay out."""
    questions = library.questions()
    roles = tuple(role.id for role in library.roles())
    found: dict[str, Blueprint] = {}
    problems: list[Problem] = []
    for lock, _ in library.locks():
        for path in _files(lock.parent, problems):
            reader = _Reader(path, questions, roles)
            blueprint = reader.read(f"{lock.parent}/{path}")
            problems += reader.problems.all()
            if blueprint is not None:
                found.pop(blueprint.name, None)
                found[blueprint.name] = blueprint
    return Blueprints(found, tuple(problems))


def check_exams(library: ExamBook) -> Iterator[Problem]:
    """Yield what is wrong with the blueprints of a book."""
    yield from exams_of(library).problems


def _files(root: Path, problems: list[Problem]) -> Iterator[str]:
    """Yield the paths of the blueprints in a folder, in the order of their names."""
    folder = root / EXAMS
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))  # noqa: PTH208
    except FileNotFoundError:
        return
    except OSError as error:
        problems += _one("E401", EXAMS, f"the folder cannot be read: {error.strerror}")
        return
    if len(names) > MOST_FILES:
        problems += _one("E401", EXAMS, f"more than {MOST_FILES} exams: the rest is left out")
    for name in names[:MOST_FILES]:
        path = f"{EXAMS}/{name}"
        if not is_inside(os.path.realpath(root), str(folder / name)):
            problems += _one("E401", _shown(path), "the symbolic link leaves the content folder")
        elif not NAME.fullmatch(name.removesuffix(".toml")):
            hint = "small letters, digits and -, as core-40.toml"
            problems += _one("E401", _shown(path), "an exam cannot be called by this name", hint)
        else:
            yield path


def _one(code: str, file: str, message: str, hint: str = "") -> tuple[Problem, ...]:
    problems = Problems(file)
    problems.add(code, 0, message, hint)
    return problems.all()


def _shown(path: str) -> str:
    return path if path.isprintable() else ascii(path)[1:-1]


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where keys stand: TOML does not tell. `starts` are the lines of the sections' headers."""

    text: tuple[str, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Lines:
        rows = tuple(text.split("\n"))
        starts = (at for at, row in enumerate(rows, 1) if _HEADER.match(row))
        return cls(rows, tuple(starts))

    def of_section(self, number: int) -> int:
        return self.starts[number] if number < len(self.starts) else 1

    def of_key(self, key: str, number: int = -1) -> int:
        """Return the line of a key of a section, of the head for -1; that of the part if none."""
        first = 1 if number < 0 else self.of_section(number)
        after = number + 1
        last = self.starts[after] if after < len(self.starts) else len(self.text) + 1
        for at in range(first, last):
            match = _KEY.match(self.text[at - 1])
            if match and match[1] == key:
                return at
        return first


class _Reader:
    """Reads one file."""

    def __init__(self, path: str, questions: Sequence[Question], roles: Sequence[str]) -> None:
        self.path = path
        self.problems = Problems(path)
        self.questions = questions
        self.roles = roles
        self.topics = tuple(dict.fromkeys(each.topic for each in questions))
        self.lines = _Lines((), ())

    def read(self, file: str) -> Blueprint | None:
        """Return the blueprint, None if there was an error."""
        values = self._load(file)
        if values is None:
            return None
        self._check_keys(values, KEYS, "the exam")
        title = self._text(values, "title")
        minutes = self._number(values, "minutes", MOST_MINUTES)
        mark = self._share(values, "pass_mark")
        sections = tuple(self._sections(values))
        about = self._text(values, "about", is_needed=False)
        role = self._text(values, "role", is_needed=False)
        if role and role not in self.roles:
            hint = nearest(role[:60], self.roles) if self.roles else "the book has no roles"
            self._wrong("role", f'there is no role "{role[:60]}"', hint=hint)
        blueprint = Blueprint(
            self.path.removeprefix(f"{EXAMS}/").removesuffix(".toml"),
            title,
            minutes,
            mark,
            sections,
            about,
            role,
            self.path,
        )
        if not self.problems.all():
            self._check_whole(blueprint)
        return None if self.problems.all() else blueprint

    def _load(self, file: str) -> dict[str, object] | None:
        try:
            data = read_bytes(file, MOST_BYTES + 1)
        except OSError as error:
            self.problems.add("E401", 0, f"the file cannot be read: {error.strerror or error}")
            return None
        if len(data) > MOST_BYTES:
            self.problems.add("E401", 0, f"the file has more than {MOST_BYTES // 1024} KiB")
            return None
        try:
            text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.problems.add("E402", 0, "the file is not UTF-8")
            return None
        self.lines = _Lines.of(text)
        values = read_toml(text)
        if isinstance(values, TomlFault):
            self.problems.add("E402", values.line, f"this is no TOML: {values.message}")
            return None
        return values

    # Values

    def _check_keys(
        self, values: Mapping[str, object], valid: tuple[str, ...], where: str, at: int = -1
    ) -> None:
        for key in values:
            if key not in valid:
                shown = without_controls(key)[:60]
                line = self.lines.of_key(key, at)
                self.problems.add(
                    "E403", line, f'unknown key "{shown}" in {where}', nearest(shown, valid)
                )

    def _missing(self, key: str, at: int = -1, hint: str = "") -> None:
        line = 1 if at < 0 else self.lines.of_section(at)
        self.problems.add("E405", line, f"{key} is missing", hint)

    def _wrong(self, key: str, what: str, at: int = -1, hint: str = "") -> None:
        self.problems.add("E404", self.lines.of_key(key, at), f"{key}: {what}", hint)

    def _text(
        self, values: Mapping[str, object], key: str, at: int = -1, *, is_needed: bool = True
    ) -> str:
        if key not in values:
            if is_needed:
                self._missing(key, at)
            return ""
        text = find_text(values[key])
        if text is None or len(text) > 400:
            self._wrong(key, "a text of one line is expected", at)
        return text or ""

    def _number(self, values: Mapping[str, object], key: str, most: int, at: int = -1) -> int:
        if key not in values:
            self._missing(key, at, f"a whole number from 1 to {most}")
            return 1
        value = values[key]
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            self._wrong(key, f"a whole number from 1 to {most} is expected", at)
            return 1
        return value

    def _share(self, values: Mapping[str, object], key: str) -> float:
        hint = "a share above 0 and below 1, as 0.7"
        if key not in values:
            self._missing(key, hint=hint)
            return 0.5
        value = values[key]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or not 0 < value < 1:  # type: ignore[arg-type, operator]
            self._wrong(key, "no share", hint=hint)
            return 0.5
        return float(value)  # type: ignore[arg-type]

    def _texts(self, values: Mapping[str, object], key: str, at: int) -> tuple[str, ...]:
        value = values.get(key, [])
        rows = value if isinstance(value, list) else [None]
        found = tuple(text for row in rows if (text := find_text(row)))
        if len(found) < len(rows):
            self._wrong(key, "a list of texts is expected", at, f'{key} = ["one", "another"]')
        return tuple(dict.fromkeys(found))

    # Sections

    def _sections(self, values: Mapping[str, object]) -> Iterator[Section]:
        rows = values.get("section")
        if not isinstance(rows, list) or not rows or not all(isinstance(r, dict) for r in rows):
            self._missing("section", hint="a part that begins with [[section]]")
            return
        if len(rows) > MOST_SECTIONS:
            self._wrong("section", f"more than {MOST_SECTIONS} sections")
            return
        for at, row in enumerate(rows):
            yield self._section(row, at)

    def _section(self, values: Mapping[str, object], at: int) -> Section:
        self._check_keys(values, SECTION_KEYS, "a section", at)
        topics = self._topics(values, at)
        number = self._number(values, "number", MOST_QUESTIONS, at)
        kinds = self._texts(values, "kinds", at)
        for kind in kinds:
            if kind not in KINDS:
                self._wrong("kinds", f'cannot be "{kind[:60]}"', at, nearest(kind[:60], KINDS))
        pool = self._text(values, "pool", at, is_needed=False) or "mixed"
        if pool not in POOLS:
            self._wrong("pool", f'cannot be "{pool[:60]}"', at, nearest(pool[:60], POOLS))
        return Section(
            topics,
            number,
            kinds,  # type: ignore[arg-type]
            self._difficulty(values, number, at),
            _pool(pool),
            self._text(values, "title", at, is_needed=False),
            self.lines.of_section(at),
            self._only(values, at),
        )

    def _only(self, values: Mapping[str, object], at: int) -> tuple[str, ...]:
        only = self._texts(values, "questions", at)
        for each in only:
            if each not in {question.id for question in self.questions}:
                line = self.lines.of_key("questions", at)
                self.problems.add("E406", line, f'there is no question "{each[:60]}"')
        return only

    def _topics(self, values: Mapping[str, object], at: int) -> tuple[str, ...]:
        if "topic" in values and "topics" in values:
            self._wrong("topics", "stands beside topic", at, "one of them is enough")
        single = self._text(values, "topic", at, is_needed=False)
        topics = (single,) if single else self._texts(values, "topics", at)
        if not topics:
            self._missing("topic", at, nearest("", self.topics) if self.topics else "")
        for topic in topics:
            if topic not in self.topics:
                key = "topic" if single else "topics"
                hint = nearest(topic[:60], self.topics) if self.topics else ""
                line = self.lines.of_key(key, at)
                message = f'no question has the topic "{topic[:60]}"'
                self.problems.add("E406", line, message, hint)
        return topics or ("",)

    def _difficulty(
        self, values: Mapping[str, object], number: int, at: int
    ) -> tuple[tuple[int, int], ...]:
        if "difficulty" not in values:
            return ()
        value = values["difficulty"]
        hint = "difficulty = { 1 = 2, 2 = 3 }"
        rows = value.items() if isinstance(value, dict) else ()
        found = tuple(
            (int(hard), count)
            for hard, count in rows
            if hard in {"1", "2", "3"} and type(count) is int and 0 < count <= MOST_QUESTIONS
        )
        if not found or len(found) < len(rows):
            self._wrong("difficulty", "how many of 1, 2 and 3 is expected", at, hint)
        elif (total := sum(count for _, count in found)) != number:
            self._wrong("difficulty", f"makes {total} questions, number says {number}", at)
        return tuple(sorted(found))

    def _check_whole(self, blueprint: Blueprint) -> None:
        if blueprint.number > MOST_QUESTIONS:
            message = f"{blueprint.number} questions, {MOST_QUESTIONS} is the most"
            self.problems.add("E404", 1, message)
            return
        for each in shortages(blueprint, self.questions):
            self.problems.add("E407", each.section.line, str(each))


def _pool(word: str) -> Literal["held-out", "any", "mixed"]:
    return next((pool for pool in POOLS if pool == word), "mixed")
