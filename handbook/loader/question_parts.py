"""The parts of a question before its kind is looked at: settings, text, what stands under ###."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.loader.codes import nearest
from handbook.model.block import Block, Bullets, Footnotes, Heading
from handbook.model.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handbook.loader.codes import Problems
    from handbook.loader.reading import Comment, Reading
    from handbook.model.question import Gap

Blocks: TypeAlias = tuple[Block, ...]

KINDS = (
    *("single", "multi", "numeric", "cloze", "recall", "order", "match", "bug", "curve"),
    "scenario",
)
"""The kinds that a file of questions may hold; cues stand in pages."""

COMMON_PARTS = ("Why", "Hints", "See")
PARTS = {
    "recall": ("Rubric", "Answer", "Follow-ups"),
    "bug": ("Fix",),
}
"""The further parts of a kind; those of a scenario are its steps."""

_KEYS = ("difficulty", "minutes", "use", "v", "from")
_STEP_KEYS = ("difficulty", "minutes")
_ATTRIBUTE = re.compile(r"([^\s=]+)(?:=(\"[^\"]*\"|\S*))?")
_STEP = re.compile(r"Step \d+")
_USES = ("both", "study", "exam")
_LEVELS = ("1", "2", "3")
_WHOLE = re.compile(r"[1-9]\d{0,5}")
_MINUTES = re.compile(r"\d{1,3}(?:\.\d{1,2})?")


class Section(NamedTuple):
    """A heading with what stands under it: `blocks` up to the first deeper one, then `parts`."""

    title: str
    line: int
    blocks: Blocks
    parts: tuple[Section, ...]


class Fence(NamedTuple):
    """A fenced block as it is written."""

    info: str
    text: str


@dataclass(slots=True)
class Source:
    """What the parts of a question are read from: its file's lines, fences and comments, by line.

    `gaps` are those of the question; `used` holds the lines of all gaps that a cloze has taken.
    """

    reading: Reading
    lines: Sequence[str]
    first_line: int
    fences: Mapping[int, Fence]
    gaps: Sequence[Gap] = ()
    used: set[int] = field(default_factory=set)

    def raw(self, line: int) -> str:
        """Return a line of the file as it is written, "" past its ends."""
        index = line - self.first_line
        return self.lines[index] if 0 <= index < len(self.lines) else ""


class Settings(NamedTuple):
    """The first comment of a question or a step: its kind, and key=value words."""

    kind: str
    line: int
    words: dict[str, str]


@dataclass(slots=True)
class Draft:
    """A question, or a step of one, while it is read.

    `stem` is the text before anything is taken out of it as an answer; `end` the line after it.
    """

    name: str
    settings: Settings
    source: Source
    stem: Blocks
    parts: dict[str, Section]
    line: int
    end: int

    @property
    def problems(self) -> Problems:
        """The problems of the file."""
        return self.source.reading.problems

    def wrong(self, code: str, line: int, message: str, hint: str = "") -> None:
        """Add a problem that names the question."""
        self.problems.add(code, line or self.line, f"{self.name}: {message}", hint)

    def part(self, name: str) -> Blocks:
        """Return the blocks of a part, none if it is missing."""
        found = self.parts.get(name)
        return found.blocks if found else ()


def section_of(blocks: Sequence[Block], level: int) -> Section:
    """Return the heading that `blocks` begin with, and under it the headings one level deeper."""
    heading = blocks[0]
    title = plain(heading.spans).strip() if isinstance(heading, Heading) else ""
    starts = [
        index
        for index, block in enumerate(blocks)
        if index and isinstance(block, Heading) and block.level == level + 1
    ]
    bounds = [*starts, len(blocks)]
    parts = tuple(
        section_of(blocks[start:end], level + 1)
        for start, end in zip(starts, bounds[1:], strict=True)
    )
    return Section(title, heading.line, tuple(blocks[1 : bounds[0]]), parts)


def read_settings(
    section: Section, source: Source, name: str, *, end: int, is_step: bool = False
) -> Settings | None:
    """Return the settings right under a heading; None and a problem if there are none."""
    problems = source.reading.problems
    limit = section.blocks[0].line if section.blocks else end
    if not section.blocks and section.parts:
        limit = section.parts[0].line
    comment = next((c for c in source.reading.comments if section.line < c.line < limit), None)
    if comment is None or not comment.text.split():
        hint = "write <!-- single difficulty=2 minutes=1 use=both v=1 --> under the heading"
        problems.add("Q104", section.line, f"{name}: the comment with the kind is missing", hint)
        return None
    kind = comment.text.split()[0]
    kinds = [each for each in KINDS if not (is_step and each == "scenario")]
    if kind not in kinds:
        message = f"{name}: {kind[:40]!r} is no kind of question"
        problems.add("Q103", comment.line, message, nearest(kind, kinds))
        return None
    keys = (*(_STEP_KEYS if is_step else _KEYS), *(("score",) if kind == "multi" else ()))
    return Settings(kind, comment.line, read_words(comment, keys, name, problems, skip=1))


def read_words(
    comment: Comment, keys: Sequence[str], name: str, problems: Problems, *, skip: int
) -> dict[str, str]:
    """Return the key=value words of a comment after the first `skip` words."""
    found: dict[str, str] = {}
    for word, value in _ATTRIBUTE.findall(comment.text)[skip:]:
        if word not in keys:
            message = f"{name}: unknown key {word[:40]!r}"
            problems.add("Q105", comment.line, message, nearest(word, keys))
        elif word in found:
            problems.add("Q106", comment.line, f"{name}: {word} stands twice")
        else:
            found[word] = value.strip('"')
    return found


def choice(draft: Draft, key: str, valid: tuple[str, ...], default: str) -> str:
    """Return a setting that is one of some words."""
    word = draft.settings.words.get(key, default)
    if word in valid:
        return word
    hint = nearest(word, valid)
    draft.wrong("Q106", draft.settings.line, f"{key} cannot be {word[:40]!r}", hint)
    return default


def difficulty_of(draft: Draft) -> int:
    """Return the difficulty, from 1 to 3."""
    return int(choice(draft, "difficulty", _LEVELS, "2"))


def use_of(draft: Draft) -> str:
    """Return whether a question is for study, for exams or for both."""
    return choice(draft, "use", _USES, "both")


def version_of(draft: Draft) -> int:
    """Return the version, from 1."""
    word = draft.settings.words.get("v", "1")
    if _WHOLE.fullmatch(word):
        return int(word)
    draft.wrong("Q106", draft.settings.line, f"v cannot be {word[:40]!r}", "v=1, v=2, ...")
    return 1


def minutes_of(draft: Draft) -> float:
    """Return the minutes that an answer takes."""
    word = draft.settings.words.get("minutes", "1")
    if _MINUTES.fullmatch(word) and float(word) > 0:
        return float(word)
    draft.wrong("Q106", draft.settings.line, f"minutes cannot be {word[:40]!r}", "minutes=1.5")
    return 1.0


def parts_of(
    section: Section, kind: str, name: str, problems: Problems, *, is_step: bool = False
) -> dict[str, Section]:
    """Return the parts of a question by name; unknown and repeated ones are problems."""
    valid = (*(() if is_step else COMMON_PARTS), *PARTS.get(kind, ()))
    if kind == "scenario":
        valid = (*valid, "Step 1")
    found: dict[str, Section] = {}
    for part in section.parts:
        is_known = part.title in valid or (kind == "scenario" and _STEP.fullmatch(part.title))
        if not is_known:
            message = f"{name}: {part.title[:40]!r} is no part of a {kind!r} question"
            problems.add("Q107", part.line, message, nearest(part.title, valid))
        elif part.title in found:
            problems.add("Q107", part.line, f"{name}: {part.title!r} stands here a second time")
        else:
            found[part.title] = part
    return found


def first_list(blocks: Blocks) -> Bullets | None:
    """Return the first list among blocks, or None."""
    return next((block for block in blocks if isinstance(block, Bullets)), None)


def without(blocks: Blocks, *taken: Block) -> Blocks:
    """Return blocks without some of them and without footnotes, told apart by identity."""
    gone = {id(block) for block in taken}
    return tuple(b for b in blocks if id(b) not in gone and not isinstance(b, Footnotes))
