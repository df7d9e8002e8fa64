"""From the tokens of a page to its blocks, with the line of the file on each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

from handbook.loader.anchors import slug_of, split_explicit
from handbook.loader.attributes import without_attributes, without_looks
from handbook.loader.html_text import read_html
from handbook.loader.inline import read_spans
from handbook.loader.reading import Comment
from handbook.model.block import (
    Admonition,
    Block,
    Bullets,
    ChartBlock,
    Code,
    Definition,
    Definitions,
    Footnote,
    Footnotes,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from handbook.model.page import HeadingInfo
from handbook.model.text import Span, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from handbook.loader.reading import Reading

_ADMONITION = re.compile(r"\[!([A-Za-z][\w-]*)\](?![(\[:])[+-]?[ \t]*([^\n]*)(?:\n|$)")
_TASK = re.compile(r"\[([ xX])\](?:[ \t\n]+|$)")
_ITEM_ID = re.compile(r"\[(c-[^\]\s]*)\][ \t]*")
_LANGUAGE = re.compile(r"[{.\s]*([\w+#-][\w+#.-]*)")
_ALIGN: dict[str, Literal["left", "centre", "right"]] = {
    "text-align:center": "centre",
    "text-align:right": "right",
}

Cell: TypeAlias = tuple[Span, ...]


def build_blocks(tokens: list[Token], reading: Reading) -> tuple[Block, ...]:
    """Return the blocks of a page; what else its text holds goes to `reading`.

    The footnotes come last, as one block. The head of a page has none yet.
    """
    builder = _Builder(tokens, reading)
    blocks = builder.children("")
    footnotes = builder.footnotes(len(blocks))
    return (*blocks, footnotes) if footnotes and reading.complete else blocks


class _Builder:
    """Walks over the tokens once; each method takes the tokens of one block."""

    def __init__(self, tokens: list[Token], reading: Reading) -> None:
        self._tokens = tokens
        self._reading = reading
        self._next = 0
        self._depth = 0
        self._top = 0
        self._notes: dict[str, list[int]] = {}
        self._note_ends: dict[int, int] = {}
        self._level = 1
        self._has_title = False
        if reading.env["footnotes"]["refs"]:
            self._find_notes()

    def children(self, closing: str) -> tuple[Block, ...]:
        """Return the blocks up to a closing token, which is taken too ("": to the end)."""
        blocks: list[Block] = []
        tokens, end = self._tokens, len(self._tokens)
        self._depth += 1
        while self._next < end:
            token = tokens[self._next]
            self._next += 1
            if token.type == closing:
                break
            if self._depth == 1:
                self._top = len(blocks)
            handler = _HANDLERS.get(token.type)
            if handler is not None:
                handler(self, token, blocks)
        self._depth -= 1
        return tuple(blocks)

    def _line(self, token: Token) -> int:
        return (token.map[0] if token.map else 0) + self._reading.shift

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _spans(self, text: str, line: int) -> Cell:
        return read_spans(text, line, self._reading)

    # Text

    def heading(self, token: Token, blocks: list[Block]) -> None:
        line, inline = self._line(token), self._take()
        self._next += 1
        text, explicit = split_explicit(inline.content)
        spans = self._spans(without_attributes(text), line)
        title = plain(s for s in spans if "footnote" not in s.style and "image" not in s.style)
        anchor = explicit or slug_of(title)
        if explicit and self._reading.anchors.has(explicit):
            message = f'the anchor "{explicit}" stands on two headings'
            self._reading.problems.add("P114", line, message, "give one of them another name")
        anchor = self._reading.anchors.take(anchor)
        level = int(token.tag[1:])
        blocks.append(Heading(level, spans, anchor, line))
        title = plain(spans).replace("\n", " ").strip()
        self._reading.headings.append(HeadingInfo(level, title, anchor, self._top, line))
        self._check_heading(level, title, line)

    def _check_heading(self, level: int, title: str, line: int) -> None:
        add = self._reading.problems.add
        if not title:
            add("P113", line, "a heading has no words")
        if self._depth > 1:
            return
        if level > self._level + 1:
            hint = f"write {'#' * (self._level + 1)}"
            add("P111", line, f"a heading of level {level} after one of level {self._level}", hint)
        if level == 1 and self._has_title:
            add("P112", line, "a second heading of level 1", "a page has one title; write ##")
        self._has_title = self._has_title or level == 1
        self._level = level

    def paragraph(self, token: Token, blocks: list[Block]) -> None:
        inline = self._take()
        self._next += 1
        line = self._line(token)
        if spans := self._spans(without_looks(inline.content), line):
            blocks.append(Paragraph(spans, line))

    def code(self, token: Token, blocks: list[Block]) -> None:
        text = token.content.removesuffix("\n")
        match = _LANGUAGE.match(token.info)
        language = match[1] if match else ""
        line = self._line(token)
        if language == "chart":
            # YAML is only loaded for pages that have a chart.
            from handbook.loader.charts import read_chart  # noqa: PLC0415

            if chart := read_chart(text, line + 1, self._reading.problems):
                blocks.append(ChartBlock(chart, text, line))
                return
        blocks.append(Code(text, language, line))

    def html(self, token: Token, blocks: list[Block]) -> None:
        for part in read_html(token.content):
            line = self._line(token) + part.line
            if part.kind == "comment":
                self._reading.comments.append(Comment(line, part.text))
            elif part.kind == "pre":
                blocks.append(Code(part.text, "", line))
            else:
                blocks.append(Paragraph((Span(part.text),), line))

    def rule(self, token: Token, blocks: list[Block]) -> None:
        blocks.append(Rule(self._line(token)))

    # Boxes

    def quote(self, token: Token, blocks: list[Block]) -> None:
        line = self._line(token)
        opening = self._tokens[self._next]
        match = None
        if opening.type == "paragraph_open":
            inline = self._tokens[self._next + 1]
            match = _ADMONITION.match(inline.content)
        if match is None:
            blocks.append(Quote(self.children("blockquote_close"), line))
            return
        inline.content = inline.content[match.end() :].lstrip()
        if opening.map:
            opening.map = [opening.map[0] + 1, opening.map[1]]
        title = self._title(match[2], line)
        body = self.children("blockquote_close")
        blocks.append(Admonition(match[1].lower(), title, body, line))

    def _title(self, text: str, line: int) -> str:
        """Return a title as plain text; links in it lead nowhere, so they are not kept."""
        count = len(self._reading.links)
        title = plain(self._spans(text.strip(), line)).strip()
        del self._reading.links[count:]
        return title

    def admonition(self, token: Token, blocks: list[Block]) -> None:
        """Take an admonition as MkDocs writes it."""
        line = self._line(token)
        title = ""
        if self._tokens[self._next].type == "admonition_title_open":
            title = self._tokens[self._next + 1].content
            self._next += 3
        kind = str(token.meta.get("tag", "")) or "note"
        title = "" if title.lower() == kind else self._title(title.strip('"'), line)
        blocks.append(Admonition(kind, title, self.children("admonition_close"), line))

    # Lists

    def bullets(self, token: Token, blocks: list[Block]) -> None:
        closing = token.type.replace("open", "close")
        start = None if token.type.startswith("bullet") else int(token.attrs.get("start", 1))
        items: list[ListItem] = []
        is_tight = True
        while (opening := self._take()).type != closing:
            first = self._tokens[self._next]
            is_tight = is_tight and self._is_tight(opening)
            checked = self._checked(first, self._line(opening))
            body = self.children("list_item_close")
            items.append(ListItem(body, checked, self._line(opening)))
        blocks.append(Bullets(tuple(items), start, is_tight, self._line(token)))

    def _is_tight(self, opening: Token) -> bool:
        """Say whether no paragraph of the item at hand stands apart."""
        position, level = self._next, opening.level
        while (token := self._tokens[position]).level > level:
            if token.type == "paragraph_open" and token.level == level + 1 and not token.hidden:
                return False
            position += 1
        return True

    def _checked(self, first: Token, line: int) -> bool | None:
        """Say whether an item is a task and done, and take the box off its text."""
        if first.type != "paragraph_open":
            return None
        inline = self._tokens[self._next + 1]
        match = _TASK.match(inline.content)
        if match is None:
            return None
        inline.content = inline.content[match.end() :]
        if self._reading.is_checklist and (id_match := _ITEM_ID.match(inline.content)):
            self._reading.item_ids[line] = id_match[1]
            inline.content = inline.content[id_match.end() :]
        return match[1] != " "

    def definitions(self, token: Token, blocks: list[Block]) -> None:
        items: list[Definition] = []
        term: Cell = ()
        body: list[Block] = []
        line = self._line(token)
        while (opening := self._take()).type != "dl_close":
            if opening.type == "dd_open":
                body.extend(self.children("dd_close"))
                continue
            if term or body:
                items.append(Definition(term, tuple(body), line))
            line, body = self._line(opening), []
            term = self._spans(self._take().content, line)
            self._next += 1
        items.append(Definition(term, tuple(body), line))
        blocks.append(Definitions(tuple(items), self._line(token)))

    def table(self, token: Token, blocks: list[Block]) -> None:
        rows: list[tuple[Cell, ...]] = []
        row: list[Cell] = []
        align: list[Literal["left", "centre", "right"]] = []
        while (part := self._take()).type != "table_close":
            if part.type in {"th_open", "td_open"}:
                row.append(self._spans(self._tokens[self._next].content, self._line(part)))
                if part.type == "th_open":
                    align.append(_ALIGN.get(str(part.attrs.get("style", "")), "left"))
            elif part.type == "tr_close":
                rows.append(tuple(row))
                row = []
        header, *body = rows
        blocks.append(Table(header, tuple(body), tuple(align), self._line(token)))

    # Footnotes

    def note(self, token: Token, blocks: list[Block]) -> None:  # noqa: ARG002
        """Pass over a footnote: it is read at the end, when its number is known."""
        self._next = self._note_ends[self._next]

    def _find_notes(self) -> None:
        """Find where each footnote's tokens begin and end; a footnote may hold another."""
        starts: list[int] = []
        for position, token in enumerate(self._tokens):
            if token.type == "footnote_reference_open":
                starts.append(position + 1)
                label = str(token.meta["label"])
                if label in self._notes:
                    message = f'two footnotes have the label "{label}"'
                    self._reading.problems.add("P133", self._line(token), message)
                self._notes.setdefault(label, []).append(position + 1)
            elif token.type == "footnote_reference_close":
                self._note_ends[starts.pop()] = position + 1

    def footnotes(self, top: int) -> Footnotes | None:
        """Return the footnotes in the order of their marks, then those without a mark."""
        if not self._notes:
            return None
        self._top, self._depth = top, 1
        items: list[Footnote] = []
        self._read_marked(items)
        for label, starts in self._notes.items():
            if label not in self._reading.marks:
                line = self._line(self._tokens[starts[0] - 1])
                self._reading.problems.add(
                    "P132", line, f"nothing refers to the footnote [^{label}]"
                )
                self._reading.number_of(label)
                self._read_marked(items)
        first = min(starts[0] for starts in self._notes.values())
        return Footnotes(tuple(items), self._line(self._tokens[first - 1]))

    def _read_marked(self, items: list[Footnote]) -> None:
        """Read the footnotes that have a number; each may give numbers to others."""
        labels = self._reading.labels
        while len(items) < len(labels):
            blocks: tuple[Block, ...] = ()
            for start in self._notes.get(labels[len(items)], ()):
                self._next = start
                blocks += self.children("footnote_reference_close")
            items.append(Footnote(len(items) + 1, blocks))


_HANDLERS: dict[str, Callable[[_Builder, Token, list[Block]], None]] = {
    "heading_open": _Builder.heading,
    "paragraph_open": _Builder.paragraph,
    "fence": _Builder.code,
    "code_block": _Builder.code,
    "html_block": _Builder.html,
    "hr": _Builder.rule,
    "blockquote_open": _Builder.quote,
    "admonition_open": _Builder.admonition,
    "bullet_list_open": _Builder.bullets,
    "ordered_list_open": _Builder.bullets,
    "dl_open": _Builder.definitions,
    "table_open": _Builder.table,
    "footnote_reference_open": _Builder.note,
}
