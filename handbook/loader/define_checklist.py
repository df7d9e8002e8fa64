"""Checklists: phases and items, out of the headings, task lists and comments of a page."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from handbook.loader.codes import nearest
from handbook.loader.fields import Fields
from handbook.loader.links import resolve
from handbook.loader.prose import text_of
from handbook.model.block import Bullets, Heading
from handbook.model.checklist import Checklist, ChecklistItem, Need, Phase
from handbook.model.text import Link, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.loader.reading import Comment, Reading
    from handbook.model.block import Block, ListItem
    from handbook.model.book import PageInfo

ITEM_ID = re.compile(r"c-[0-9a-hjkmnp-tv-z]{6}")
"""`c-` and six digits of Crockford's base 32 (no i, l, o, u)."""

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
_KEYS = ("name", "dated")
_WORDS = ("see", "sources", "minutes", "core", "topics", "need")
_PHASE_WORDS = ("phase", "start", "min")
_NEEDS = ("recall", "seen", "test")
_ATTRIBUTE = re.compile(r"([^\s=]+)(?:=(\"[^\"]*\"|\S*))?")
_START = re.compile(r"([+-]?\d{1,5})([dw])")
_LEAST = re.compile(r"(\d{1,5})([dw])")
_MINUTES = re.compile(r"\d{1,5}")
_SHARE = re.compile(r"[01](?:\.\d{1,6})?|\.\d{1,6}")


def read_checklist(
    value: object, info: PageInfo, blocks: tuple[Block, ...], reading: Reading
) -> Checklist:
    """Return the checklist of a page; problems name what is wrong."""
    fields = Fields(value, "checklist", reading.problems)
    fields.check_keys(_KEYS)
    name = fields.text("name", is_needed=bool(value))
    phases = tuple(_Body(blocks, reading).phases(info.title))
    if not any(phase.items for phase in phases):
        hint = "write - [ ] [c-xxxxxx] and what to do"
        reading.problems.add("P166", reading.shift, "the checklist has no items", hint)
    return Checklist(
        name=name or info.slug.rsplit("/", 1)[-1],
        title=info.title,
        page=info.id,
        phases=phases,
        dated=fields.text("dated"),
    )


class _Entry(NamedTuple):
    """An item of a list as it stands on the page; `end` is the line before which it ends."""

    item: ListItem
    end: int


class _Body:
    """The text of a checklist page, with its comments by line."""

    def __init__(self, blocks: tuple[Block, ...], reading: Reading) -> None:
        self._blocks = blocks
        self._reading = reading
        self._comments = sorted(reading.comments, key=lambda comment: comment.line)
        self._lines = [comment.line for comment in self._comments]
        self._ids: set[str] = set()

    def phases(self, title: str) -> Iterator[Phase]:
        """Yield the phases; items before the first one make a phase of their own."""
        starts = [
            index
            for index, block in enumerate(self._blocks)
            if isinstance(block, Heading) and block.level == 2
        ]
        bounds = [*starts, len(self._blocks)]
        if stray := self._items(self._blocks[: bounds[0]], self._line_of(bounds[0])):
            message = "an item before the first phase"
            self._reading.problems.add("P165", stray[0].line, message, "write ## Phase above it")
            yield Phase(title, stray, None, stray[0].line)
        for start, end in pairwise(bounds):
            yield self._phase(start, end)

    def _line_of(self, index: int) -> int:
        """Return the line of a top-level block, a very large one behind the last."""
        return self._blocks[index].line if index < len(self._blocks) else 1 << 60

    def _phase(self, start: int, end: int) -> Phase:
        heading = self._blocks[start]
        title = plain(heading.spans).strip() if isinstance(heading, Heading) else ""
        items = self._items(self._blocks[start + 1 : end], self._line_of(end))
        first = items[0].line if items else self._line_of(end)
        days, least = None, 0
        for comment in self._between(heading.line, first):
            if comment.text.split()[:1] == ["phase"]:
                attributes = self._attributes(comment, _PHASE_WORDS)
                days = self._days(comment, attributes, "start", _START, "start=-56d")
                least = self._days(comment, attributes, "min", _LEAST, "min=14d") or 0
        return Phase(title, items, days, heading.line, least)

    def _between(self, start: int, end: int) -> list[Comment]:
        low, high = bisect_left(self._lines, start), bisect_left(self._lines, end)
        return self._comments[low:high]

    def _days(
        self,
        comment: Comment,
        attributes: dict[str, str],
        word: str,
        pattern: re.Pattern[str],
        hint: str,
    ) -> int | None:
        """Return the days that a word of a phase's comment gives, None where it is not there."""
        if word not in attributes:
            return None
        match = pattern.fullmatch(attributes[word])
        if match is None:
            self._wrong(comment, f'{word} cannot be "{attributes[word]}"', hint)
            return None
        return int(match[1]) * (7 if match[2] == "w" else 1)

    def _attributes(self, comment: Comment, valid: tuple[str, ...]) -> dict[str, str]:
        found: dict[str, str] = {}
        for word, value in _ATTRIBUTE.findall(comment.text):
            if word in valid:
                found[word] = value.strip('"')
            else:
                message = f'unknown word "{word[:40]}" in the comment'
                self._reading.problems.add("P163", comment.line, message, nearest(word, valid))
        return found

    def _wrong(self, comment: Comment, message: str, hint: str) -> None:
        self._reading.problems.add("P164", comment.line, message, hint)

    def _items(self, blocks: tuple[Block, ...], end: int) -> tuple[ChecklistItem, ...]:
        entries = list(_entries(blocks, end))
        return tuple(self._item(entry) for entry in entries if entry.item.checked is not None)

    def _item(self, entry: _Entry) -> ChecklistItem:
        line = entry.item.line
        blocks = entry.item.blocks
        text = plain(getattr(blocks[0], "spans", ())) if blocks else ""
        why = text_of(block for block in blocks[1:] if not isinstance(block, Bullets))
        attributes: dict[str, str] = {}
        comment = next(iter(self._between(line, entry.end)), None)
        if comment:
            attributes = self._attributes(comment, _WORDS)
            if 0 < comment.before < len(text):
                text, why = text[: comment.before], f"{text[comment.before :]}\n{why}"
        text = " ".join(text.split())
        return ChecklistItem(
            id=self._id(line, text),
            text=text,
            why=why.strip(),
            see=self._see(attributes, comment),
            sources=tuple(key for key in attributes.get("sources", "").split(",") if key),
            minutes=self._minutes(attributes, comment),
            core="core" in attributes,
            line=line,
            topics=tuple(word for word in attributes.get("topics", "").split(",") if word),
            need=self._need(attributes, comment),
        )

    def _id(self, line: int, text: str) -> str:
        """Return the id of an item; one that has none gets one from its text, so that it works."""
        problems = self._reading.problems
        item_id = self._reading.item_ids.get(line, "")
        if not ITEM_ID.fullmatch(item_id):
            what = f'"{item_id}" is no id' if item_id else "an item has no id"
            problems.add("P161", line, what, f"for example [{_derived(text)}]")
            item_id = _derived(text)
        elif item_id in self._ids:
            problems.add("P162", line, f"two items have the id {item_id}")
            item_id = _derived(text)
        while item_id in self._ids:
            item_id = _derived(item_id)
        self._ids.add(item_id)
        return item_id

    def _see(self, attributes: dict[str, str], comment: Comment | None) -> Link | None:
        if comment is None or "see" not in attributes:
            return None
        target = resolve(attributes["see"], self._reading.path)
        if target.kind != "page":
            self._wrong(comment, f'see cannot be "{attributes["see"]}"', "a path to a page")
            return None
        return Link(attributes["see"], "page", target.target, target.anchor, comment.line)

    def _need(self, attributes: dict[str, str], comment: Comment | None) -> Need:
        """Return what an item needs to be measured as ready; what is not said is as usual."""
        shares: dict[str, float] = {}
        if comment is None or "need" not in attributes:
            return Need()
        if not attributes.get("topics"):
            self._wrong(comment, "need says nothing without topics", "topics=bias-variance")
        for part in attributes["need"].split(","):
            name, _, share = part.partition(":")
            if name not in _NEEDS:
                self._wrong(comment, f'need cannot be "{part[:40]}"', nearest(name, _NEEDS))
            elif _SHARE.fullmatch(share) is None or not 0 < float(share) <= 1:
                message = f'{name} cannot be "{share[:40]}", a share from 0 to 1 is needed'
                self._wrong(comment, message, "need=recall:0.85")
            else:
                shares[name] = float(share)
        return Need(**shares)

    def _minutes(self, attributes: dict[str, str], comment: Comment | None) -> int:
        word = attributes.get("minutes", "0")
        if _MINUTES.fullmatch(word):
            return int(word)
        if comment:
            self._wrong(comment, f'minutes cannot be "{word}"', "minutes=90")
        return 0


def _entries(blocks: tuple[Block, ...], end: int) -> Iterator[_Entry]:
    """Yield the items of all lists in order, those of inner lists after the one they stand in."""
    items = list(_all_items(blocks))
    ends = [*(item.line for item in items[1:]), end]
    for item, item_end in zip(items, ends, strict=False):
        yield _Entry(item, item_end)


def _all_items(blocks: tuple[Block, ...]) -> Iterator[ListItem]:
    for block in blocks:
        if isinstance(block, Bullets):
            for item in block.items:
                yield item
                yield from _all_items(item.blocks)


def _derived(text: str) -> str:
    """Return an id made of a text: the same text gives the same id."""
    number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest())
    return "c-" + "".join(_DIGITS[number >> 5 * place & 31] for place in range(6))
