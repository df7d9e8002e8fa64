"""Files of questions: from the text of one to its questions and to what is wrong with it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, cast

from handbook.loader.bank import Bank
from handbook.loader.blocks import build_blocks
from handbook.loader.clean import without_controls
from handbook.loader.codes import Problems
from handbook.loader.parser import parse_blocks
from handbook.loader.question_checks import check_file
from handbook.loader.question_figures import check_listings
from handbook.loader.question_kinds import read_task
from handbook.loader.question_parts import (
    Draft,
    Fence,
    Source,
    difficulty_of,
    minutes_of,
    parts_of,
    read_settings,
    section_of,
    use_of,
    version_of,
)
from handbook.loader.reading import Reading
from handbook.model.block import Bullets, Footnotes
from handbook.model.question import Gap, Question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token

    from handbook.loader.question_parts import Blocks, Section
    from handbook.model.question import Use
    from handbook.model.text import Link

FORMAT = "questions/1"
"""What the front matter of a file of questions says under `format`."""

QUESTION_ID = re.compile(r"q-[0-9a-hjkmnp-tv-z]{6}")
"""`q-` and six digits of Crockford's base 32 (no i, l, o, u)."""

_HEADING = re.compile(r"\[(q-[^\]\s]*)\][ \t]*(.*)", re.DOTALL)
_GAP = re.compile(r"\{\{(\d{1,3}):([^{}]{1,500})\}\}")


def parse_questions(body: str, front: Mapping[str, object], path: str, first_line: int = 1) -> Bank:
    """Return the questions of a file; what is wrong is in its problems, never raised.

    `body` is the text after the front matter, `first_line` its first line in the file. A question
    that cannot be asked is left out.
    """
    problems = Problems(path)
    topic = str(front.get("topic", "")).strip()
    if front.get("format") != FORMAT:
        message = f"the format {str(front.get('format'))[:40]!r} is not known"
        problems.add("Q100", 1, message, f"format: {FORMAT}")
        return Bank(path, topic, topic, "", (), (), problems.all())
    if not topic:
        problems.add("Q109", 1, "the front matter has no topic", "topic: bias-variance")
    found = tuple(_File(body, front, topic, problems, first_line).questions())
    check_file(found, problems)
    listed = front.get("sources")
    return Bank(
        path,
        topic,
        str(front.get("title", "")).strip() or topic,
        str(front.get("chapter", "")).strip(),
        tuple(map(str, listed)) if isinstance(listed, list) else (),
        found,
        problems.all(),
    )


class _File:
    """A file of questions while it is read."""

    def __init__(
        self,
        body: str,
        front: Mapping[str, object],
        topic: str,
        problems: Problems,
        first_line: int,
    ) -> None:
        self._topic = topic
        self._chapter = str(front.get("chapter", "")).strip()
        self._problems = problems
        self._first_line = first_line
        body = without_controls(body)
        self._lines = body.split("\n")
        self._gaps: list[Gap] = []
        self._ids: dict[str, int] = {}
        self._used: set[int] = set()
        tokens, self._env = parse_blocks(self._with_blanks(body))
        self._gap_lines = [gap.line for gap in self._gaps]
        self._slices = _slices(tokens)

    def questions(self) -> list[Question]:
        """Return the questions in the order of the file."""
        found = []
        ends = [_start(tokens) + self._first_line for tokens in self._slices[1:]]
        ends.append(len(self._lines) + self._first_line)
        for tokens, end in zip(self._slices, ends, strict=False):
            question = self._question(tokens, end)
            if question is not None:
                found.append(question)
        for gap in self._gaps:
            if gap.line not in self._used:
                hint = "its first comment has to say cloze"
                self._problems.add("Q126", gap.line, "a gap in a question of another kind", hint)
        if not self._slices:
            hint = "write ## [q-xxxxxx] Title; `handbook new question` prints one"
            self._problems.add("Q108", self._first_line, "the file has no questions", hint)
        return found

    def _with_blanks(self, body: str) -> str:
        """Return a text with a blank for each gap, and note the gaps; no line moves."""
        parts: list[str] = []
        position, line = 0, self._first_line
        for match in _GAP.finditer(body):
            line += body.count("\n", position, match.start())
            words, _, hint = " ".join(match[2].split()).partition("::")
            answers = tuple(word.strip() for word in words.split("|"))
            self._gaps.append(Gap(int(match[1]), answers, hint.strip(), line))
            parts += [body[position : match.start()], f"[{match[1]} ____]"]
            parts.append("\n" * match[0].count("\n"))
            line += match[0].count("\n")
            position = match.end()
        return "".join([*parts, body[position:]])

    def _question(self, tokens: list[Token], end: int) -> Question | None:
        fences = {
            token.map[0] + self._first_line: Fence(token.info, token.content)
            for token in tokens
            if token.type == "fence" and token.map
        }
        path = self._problems.file
        reading = Reading(path, self._first_line, self._problems, env=self._env)
        blocks = build_blocks(tokens, reading)
        section = section_of(blocks, 2)
        question_id, title = self._name(section)
        low, high = (bisect_left(self._gap_lines, line) for line in (section.line, end))
        gaps = self._gaps[low:high]
        source = Source(reading, self._lines, self._first_line, fences, gaps, self._used)
        settings = read_settings(section, source, question_id, end=end)
        if settings is None:
            return None
        parts = parts_of(section, settings.kind, question_id, self._problems)
        draft = Draft(question_id, settings, source, section.blocks, parts, section.line, end)
        check_listings(draft)
        found = read_task(draft)
        if found is None:
            return None
        task, stem = found
        if not stem:
            draft.wrong("Q108", section.line, "there is no question before the answer")
        notes = tuple(block for block in blocks if isinstance(block, Footnotes))
        see = _see(draft)
        return Question(
            question_id,
            title,
            self._topic,
            stem,
            task,
            chapter=self._chapter,
            difficulty=difficulty_of(draft),
            minutes=minutes_of(draft),
            use=cast("Use", use_of(draft)),
            version=version_of(draft),
            origin=settings.words.get("from", ""),
            why=_why(draft) + notes,
            hints=_hints(draft),
            see=see,
            links=tuple(reading.links),
            sources=tuple(dict.fromkeys(x.target for x in reading.links if x.kind == "source")),
            path=self._problems.file,
            line=section.line,
        )

    def _name(self, section: Section) -> tuple[str, str]:
        """Return id and title of a question; an id that is wrong is a problem and is kept."""
        match = _HEADING.fullmatch(section.title)
        question_id, title = (match[1], match[2]) if match else ("", section.title)
        add = self._problems.add
        if not QUESTION_ID.fullmatch(question_id):
            hint = "write ## [q-xxxxxx] Title; `handbook new question` prints a fresh one"
            what = f"{question_id!r} is no id" if question_id else "a question has no id"
            add("Q102", section.line, what, hint)
        elif question_id in self._ids:
            first = f"{self._problems.file}:{self._ids[question_id]}"
            add("Q101", section.line, f"{question_id}: the id is taken by {first}")
        self._ids.setdefault(question_id, section.line)
        if not title.strip():
            add("Q108", section.line, f"{question_id}: a question without a title")
        return question_id or "a question", title.strip()


def _slices(tokens: list[Token]) -> list[list[Token]]:
    """Return the tokens of each top-level heading of level 2 with what stands under it."""
    starts = [
        index
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0
    ]
    bounds = [*starts, len(tokens)]
    return [tokens[start:end] for start, end in zip(starts, bounds[1:], strict=True)]


def _start(tokens: Sequence[Token]) -> int:
    return tokens[0].map[0] if tokens[0].map else 0


def _why(draft: Draft) -> Blocks:
    why = draft.part("Why")
    if not why and draft.settings.kind != "recall":
        draft.wrong("Q183", draft.settings.line, "nothing says why", "write ### Why")
    return tuple(block for block in why if not isinstance(block, Footnotes))


def _hints(draft: Draft) -> tuple[Blocks, ...]:
    blocks = draft.part("Hints")
    found = next((block for block in blocks if isinstance(block, Bullets)), None)
    count = len(found.items) if found else 0
    if blocks and not 1 <= count <= 3:
        line = draft.parts["Hints"].line
        draft.wrong("Q184", line, f"{count} hints", "a numbered list of one to three")
    return tuple(item.blocks for item in found.items) if found else ()


def _see(draft: Draft) -> tuple[Link, ...]:
    """Return the links of the part See, in order; each item has to lead to a page."""
    part = draft.parts.get("See")
    if part is None:
        hint = "write ### See, and under it links to what teaches it"
        draft.wrong("Q180", draft.settings.line, "nothing says where it is taught", hint)
        return ()
    later = [each.line for each in draft.parts.values() if each.line > part.line]
    end = min(later, default=draft.end)
    links = [link for link in draft.source.reading.links if part.line < link.line < end]
    pages = tuple(link for link in links if link.kind == "page")
    if not pages:
        draft.wrong("Q180", part.line, "See leads to no page", "- [Title](../exam/page.md#section)")
    return pages
