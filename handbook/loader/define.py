"""What a page defines beside its text: a role, the map, a checklist, terms or sources."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from handbook.loader.anchors import slug_of
from handbook.loader.prose import spans_of, text_of
from handbook.model.block import Definitions, Heading
from handbook.model.text import plain
from handbook.model.vocabulary import Source, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.loader.reading import Reading
    from handbook.model.block import Block, Definition
    from handbook.model.book import PageInfo
    from handbook.model.page import Defined
    from handbook.model.text import Span

_IN_FRONT_MATTER = ("role", "map", "checklist")
_KEY = re.compile(r"\w[\w:.+/-]*")
_ALSO = re.compile(r"also[ \t]*=(.*)", re.DOTALL)


def define(
    info: PageInfo, front: Mapping[str, object], blocks: tuple[Block, ...], reading: Reading
) -> tuple[Defined, ...]:
    """Return what a page of its kind defines, and its cues; problems name what is wrong."""
    found = _of_kind(info, front, blocks, reading)
    if any(comment.text.startswith("cue") for comment in reading.comments):
        from handbook.loader.cues import read_cues  # noqa: PLC0415  few pages have any

        return (*found, *read_cues(info, blocks, reading))
    return found


def _of_kind(
    info: PageInfo, front: Mapping[str, object], blocks: tuple[Block, ...], reading: Reading
) -> tuple[Defined, ...]:
    problems = reading.problems
    for key in _IN_FRONT_MATTER:
        if key in front and key != info.kind:
            message = f'"{key}" is not read on a page of kind {info.kind}'
            problems.add("P154", 1, message, f"kind: {key}")
        elif key == info.kind and not front.get(key):
            problems.add("P153", 1, f'a page of kind {key} has no "{key}"')
    if info.kind == "glossary":
        return tuple(_terms(info, blocks, reading))
    if info.kind == "sources":
        return tuple(_sources(info, blocks, reading))
    if front.get(info.kind) or info.kind == "checklist":
        found = _from_front(info, front, blocks, reading)
        return (found,) if found else ()
    return ()


def _from_front(
    info: PageInfo, front: Mapping[str, object], blocks: tuple[Block, ...], reading: Reading
) -> Defined | None:
    # Few pages are of these kinds; the others do not wait for their modules.
    if info.kind == "checklist":
        from handbook.loader.define_checklist import read_checklist  # noqa: PLC0415

        return read_checklist(front.get("checklist") or {}, info, blocks, reading)
    from handbook.loader.define_role import read_map, read_role  # noqa: PLC0415

    if info.kind == "role":
        return read_role(front["role"], info, reading.problems)
    return read_map(front["map"], reading.problems)


def _definitions(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Definition]]:
    """Yield every definition with the title of the level-2 heading above it."""
    group = ""
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            group = plain(block.spans).strip()
        elif isinstance(block, Definitions):
            for definition in block.items:
                yield group, definition


def _terms(info: PageInfo, blocks: tuple[Block, ...], reading: Reading) -> Iterator[Term]:
    seen: set[str] = set()
    found = list(_definitions(blocks))
    if not found:
        hint = "write Term, below it : and what it means"
        reading.problems.add("P166", reading.shift, "the glossary has no terms", hint)
    also = _Aliases(reading, [definition.line for _, definition in found])
    for index, (group, definition) in enumerate(found):
        names = [name.strip() for name in plain(definition.term).split(" / ")]
        text = text_of(definition.blocks, with_citations=False)
        term_id = slug_of(names[0])
        if not names[0] or not text:
            reading.problems.add("P172", definition.line, "a term has no name or no definition")
        if term_id in seen:
            message = f'two terms have the id "{term_id}"'
            reading.problems.add("P171", definition.line, message)
            continue
        seen.add(term_id)
        aliases = tuple(dict.fromkeys(name for name in (*names[1:], *also.of(index)) if name))
        sources = tuple(dict.fromkeys(_cited(definition, reading)))
        yield Term(term_id, names[0], text, group, aliases, sources, info.id, definition.line)


class _Aliases:
    """The further spellings in comments, by the place of a definition among all of them."""

    def __init__(self, reading: Reading, starts: list[int]) -> None:
        self._starts = starts
        self._comments = sorted(reading.comments, key=lambda comment: comment.line)
        self._lines = [comment.line for comment in self._comments]

    def of(self, index: int) -> Iterator[str]:
        """Yield the spellings of one definition."""
        low = bisect_left(self._lines, self._starts[index])
        is_last = index + 1 == len(self._starts)
        high = None if is_last else bisect_left(self._lines, self._starts[index + 1])
        for comment in self._comments[low:high]:
            if match := _ALSO.match(comment.text):
                yield from (" ".join(name.split()) for name in match[1].split(","))


def _cited(definition: Definition, reading: Reading) -> Iterator[str]:
    for span in _all_spans(definition):
        if span.link >= 0 and reading.links[span.link].kind == "source":
            yield reading.links[span.link].target


def _all_spans(definition: Definition) -> Iterator[Span]:
    yield from definition.term
    for spans in spans_of(definition.blocks):
        yield from spans


def _sources(info: PageInfo, blocks: tuple[Block, ...], reading: Reading) -> Iterator[Source]:
    seen: set[str] = set()
    add = reading.problems.add
    found = [definition for _, definition in _definitions(blocks)]
    if not found:
        hint = "write `key` Title, below it : and what it is good for"
        add("P166", reading.shift, "the page lists no sources", hint)
    for definition in found:
        line = definition.line
        first, *rest = definition.term or (None,)
        if first is None or first.style != "code" or not _KEY.fullmatch(first.text.strip()):
            add("P181", line, "a source does not begin with its key", "write `key` Title")
            continue
        key, title = first.text.strip(), plain(rest).strip()
        if key in seen:
            add("P182", line, f'two sources have the key "{key}"')
            continue
        if not title:
            add("P183", line, f'the source "{key}" has no title')
        seen.add(key)
        text = text_of(definition.blocks)
        yield Source(key, title or key, text, _address(definition, reading), info.id, line)


def _address(definition: Definition, reading: Reading) -> str:
    """Return the first web address in a definition, "" if it has none."""
    links = (reading.links[span.link] for span in _all_spans(definition) if span.link >= 0)
    return next((link.target for link in links if link.kind == "web"), "")
