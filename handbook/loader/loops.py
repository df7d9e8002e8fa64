"""Files of loops (`format: loop/1`): from the text of one to its rounds and what is wrong with it.

A heading of level 2 is a round or an item, as the comment under it says; an item belongs to the
round above it. An item whose id is that of a question of the bank takes from there what it does
not say itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from handbook.loader.blocks import build_blocks
from handbook.loader.clean import without_controls
from handbook.loader.codes import Problems, nearest
from handbook.loader.loop_items import read_item
from handbook.loader.parser import parse_blocks
from handbook.loader.question_parts import Source, read_words, section_of
from handbook.loader.reading import Reading
from handbook.model.mock import FORMATS, Loop, LoopRound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from handbook.loader.question_parts import Section
    from handbook.loader.reading import Comment
    from handbook.model.mock import LoopItem
    from handbook.model.problem import Problem
    from handbook.model.question import Blocks, Question
    from handbook.model.text import Link

FORMAT = "loop/1"
"""What the front matter of a loop says under `format`."""

ITEM_ID = re.compile(r"[mq]-[0-9a-hjkmnp-tv-z]{6}")
"""`m-` for an item of its own or `q-` for a question of the bank, and six of Crockford's signs."""

MOST_PARTS = 300
"""How many rounds and items of a loop are read."""

_HEADING = re.compile(r"\[([^\]\s]+)\][ \t]*(.*)", re.DOTALL)
_MINUTES = re.compile(r"\d{1,3}(?:\.\d{1,2})?")


class LoopFile(NamedTuple):
    """A file of a loop; `loop` is None where nothing in it can be asked."""

    path: str
    loop: Loop | None
    problems: tuple[Problem, ...]


def parse_loop(
    body: str,
    front: Mapping[str, object],
    path: str,
    first_line: int = 1,
    questions: Mapping[str, Question] | None = None,
) -> LoopFile:
    """Return the loop of a file; what is wrong is in its problems, never raised.

    `body` is the text after the front matter, `first_line` its first line in the file, `questions`
    the bank. What cannot be asked is left out.
    """
    problems = Problems(path)
    if front.get("format") != FORMAT:
        message = f"the format {str(front.get('format'))[:40]!r} is not known"
        problems.add("M100", 1, message, f"format: {FORMAT}")
        return LoopFile(path, None, problems.all())
    role = front.get("role")
    if not isinstance(role, str) or not role.strip():
        problems.add("M110", 1, "the front matter names no role", "role: ml-engineer")
        role = ""
    reader = _File(body, problems, first_line, questions or {})
    brief, rounds = reader.read()
    listed = front.get("sources")
    name = path.rpartition("/")[2].removesuffix(".md")
    title = str(front.get("title", "")).strip() or name
    sources = tuple(map(str, listed)) if isinstance(listed, list) else ()
    loop = Loop(name, title, role.strip(), brief, rounds, reader.links, sources, path)
    return LoopFile(path, loop if rounds else None, problems.all())


class _File:
    """A loop while it is read."""

    def __init__(
        self,
        body: str,
        problems: Problems,
        first_line: int,
        questions: Mapping[str, Question],
    ) -> None:
        body = without_controls(body)
        self._problems = problems
        self._first_line = first_line
        self._questions = questions
        self._lines = body.split("\n")
        self._ids: dict[str, int] = {}
        tokens, env = parse_blocks(body)
        self._reading = Reading(problems.file, first_line, problems, env=env)
        self._blocks = build_blocks(tokens, self._reading)
        self._starts = [self._first_line + start for start in _starts(tokens)]

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the whole file; blocks refer to them by number."""
        return tuple(self._reading.links)

    def read(self) -> tuple[Blocks, tuple[LoopRound, ...]]:
        """Return what stands before the first round, and the rounds with their items."""
        sections = list(self._sections())
        first = self._starts[0] if self._starts else None
        brief = tuple(b for b in self._blocks if first is None or b.line < first)
        rounds: list[LoopRound] = []
        for section, end in sections:
            comment = self._comment(section, end)
            kind = comment.text.split()[0] if comment else ""
            if comment is None or kind not in {"round", "item"}:
                hint = "write <!-- round debugging minutes=45 --> or <!-- item minutes=15 -->"
                line = comment.line if comment else section.line
                self._problems.add(
                    "M103", line, f"{section.title[:60]!r}: no round and no item", hint
                )
            elif kind == "round":
                rounds.append(self._round(section, comment))
            else:
                self._add_item(rounds, section, comment, end)
        if not rounds:
            hint = "## Round 1, and under it <!-- round debugging minutes=45 -->"
            self._problems.add("M105", self._first_line, "the loop has no rounds", hint)
        for each in rounds:
            self._check(each)
        return brief, tuple(each for each in rounds if each.items)

    def _sections(self) -> Iterator[tuple[Section, int]]:
        """Yield each heading of level 2 with what stands under it, and the line after that."""
        ends = [*self._starts[1:], self._first_line + len(self._lines)]
        lines = [block.line for block in self._blocks]
        for start, end in islice(zip(self._starts, ends, strict=False), MOST_PARTS):
            blocks = self._blocks[bisect_left(lines, start) : bisect_left(lines, end)]
            yield section_of(blocks, 2), end
        if len(self._starts) > MOST_PARTS:
            message = f"more than {MOST_PARTS} rounds and items, the rest is left out"
            self._problems.add("M112", self._starts[MOST_PARTS], message)

    def _comment(self, section: Section, end: int) -> Comment | None:
        """Return the comment right under a heading, before anything else."""
        below = [*(b.line for b in section.blocks[:1]), *(p.line for p in section.parts[:1]), end]
        found = (c for c in self._reading.comments if section.line < c.line < min(below))
        return next((comment for comment in found if comment.text.split()), None)

    def _round(self, section: Section, comment: Comment) -> LoopRound:
        words = comment.text.split()
        name = section.title[:60] or "a round"
        if not section.title:
            self._problems.add("M102", section.line, "a round without a title")
        word = words[1] if len(words) > 1 else ""
        if word not in FORMATS:
            message = f"{name}: {word[:40]!r} is no kind of round"
            self._problems.add("M104", comment.line, message, nearest(word, FORMATS))
            word = next(iter(FORMATS))
        if section.parts:
            message = f"{name}: a part that stands under no item"
            self._problems.add("M106", section.parts[0].line, message)
        minutes = self._minutes(comment, name, skip=2)
        return LoopRound(section.title, word, minutes, section.blocks, (), section.line)

    def _minutes(self, comment: Comment, name: str, *, skip: int) -> float:
        words = read_words(comment, ("minutes",), name, self._problems, skip=skip)
        word = words.get("minutes", "")
        if _MINUTES.fullmatch(word) and float(word) > 0:
            return float(word)
        message = f"{name}: minutes cannot be {word[:40]!r}"
        self._problems.add("M104", comment.line, message, "minutes=15")
        return 10.0

    def _add_item(
        self, rounds: list[LoopRound], section: Section, comment: Comment, end: int
    ) -> None:
        item_id, title = self._name(section)
        minutes = self._minutes(comment, item_id or "an item", skip=1)
        if not rounds:
            message = f"{item_id or section.title[:60]}: an item before the first round"
            self._problems.add("M105", section.line, message)
            return
        if not item_id:
            return
        question = None
        if item_id.startswith("q-"):
            question = self._questions.get(item_id)
            if question is None:
                hint = nearest(item_id, self._questions) if self._questions else ""
                message = f"no question of the bank has the id {item_id}"
                self._problems.add("M109", section.line, message, hint)
                return
            if question.is_held_out:
                self._problems.add("M109", section.line, f"{item_id} is kept for exams")
                return
        source = Source(self._reading, self._lines, self._first_line, {})
        section = section._replace(title=title)
        item = read_item(section, end, source, (item_id, minutes), question)
        if item is None:
            return
        drills = tuple(self._drill(each, item) for each in item.drills)
        rounds[-1] = replace(rounds[-1], items=(*rounds[-1].items, replace(item, drills=drills)))

    def _drill(self, question_id: str, item: LoopItem) -> str:
        """Return a question to study, "" and a problem for one that cannot be studied."""
        question = self._questions.get(question_id)
        if not question_id or (question and not question.is_held_out):
            return question_id
        what = "is kept for exams" if question else "is no question of the bank"
        self._problems.add("M109", item.line, f"{item.id}: {question_id} {what}")
        return ""

    def _name(self, section: Section) -> tuple[str, str]:
        """Return id and title of an item; "" and a problem for an id that cannot be one."""
        match = _HEADING.fullmatch(section.title)
        item_id, title = (match[1], match[2].strip()) if match else ("", section.title)
        if not ITEM_ID.fullmatch(item_id):
            hint = "write ## [m-xxxxxx] Title; `handbook new loop` prints fresh ones"
            what = f"{item_id[:40]!r} is no id" if item_id else "an item has no id"
            self._problems.add("M102", section.line, what, hint)
            return "", title
        if item_id in self._ids:
            first = f"{self._problems.file}:{self._ids[item_id]}"
            self._problems.add("M101", section.line, f"{item_id}: the id is taken by {first}")
            return "", title
        if not title:
            self._problems.add("M102", section.line, f"{item_id}: an item without a title")
        self._ids[item_id] = section.line
        return item_id, title or item_id

    def _check(self, found: LoopRound) -> None:
        name = found.title[:60]
        if not found.items:
            message = f"{name}: a round without items"
            self._problems.add("M105", found.line, message, "## [m-xxxxxx] Title under it")
        total = sum(item.minutes for item in found.items)
        if total > found.minutes:
            message = f"{name}: its items take {total:g} minutes, the round has {found.minutes:g}"
            self._problems.add("M111", found.line, message)


def _starts(tokens: Sequence[Token]) -> list[int]:
    """Return the lines, from 0, of the headings of level 2 that stand in no list and no quote."""
    return [
        token.map[0]
        for token in tokens
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0 and token.map
    ]
