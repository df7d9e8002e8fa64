"""Running text: from the tokens of a paragraph to a flat tuple of spans."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from handbook.loader.clean import without_controls
from handbook.loader.html_text import image_text
from handbook.loader.links import resolve
from handbook.loader.parser import parse_inline
from handbook.loader.reading import Comment
from handbook.model.text import Link, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markdown_it.token import Token

    from handbook.loader.reading import Reading

_MARKUP = re.compile(r"[\\`*_\[<&~]")
_BLANKS = re.compile(r"[ \t]{2,}|\t")
# A link with a label, unless it is what code and patterns look like: a[i][j], [a-z][0-9], [x][c-1].
_REFERENCE = re.compile(
    r"(?<![\w\[\])])\[(?![xX]\]|[ \t]*\]|[@^!\-<]|\w-\w[\w.\-]*\])[^\[\]\n]+\]"
    r"\[(?!\w-\w*\])([A-Za-z][^\[\]\n]{0,80}\w)\](?![\[(:])"
)
_LINE_STARTS = frozenset(" \n")
_WHITE = re.compile(r"[ \t\n]+")
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_IMAGE = re.compile(r"<img\b", re.IGNORECASE)
_UNSEEN = re.compile(r"<(/?)(?:script|style)\b", re.IGNORECASE)
# A soft break until the signs on both sides of it are known; never in cleaned text.
_SOFT = "\x00"


def read_spans(text: str, line: int, reading: Reading) -> tuple[Span, ...]:
    """Return running text as spans; its links, comments and problems go to `reading`.

    `line` is that of the text's first line in the file.
    """
    if not _MARKUP.search(text) and "  \n" not in text:
        text = _without_breaks(text)
        return (Span(text),) if text else ()
    spans = _Spans(reading, line)
    for token in parse_inline(text, reading.env):
        spans.add(token)
    return spans.finish()


def _without_breaks(text: str) -> str:
    """Return text in which every line feed, tab and run of blanks is one space (see `_joints`)."""
    if "\n" in text:
        text = text.replace("\n", " " if text.isascii() else _SOFT)
        if _SOFT in text:
            joints = _joints(text)
            text = re.sub(_SOFT, lambda _: next(joints), text)
    return _BLANKS.sub(" ", text) if "  " in text or "\t" in text else text


def _joints(text: str) -> Iterator[str]:
    """Yield what each soft break becomes: nothing between two signs of Chinese or Japanese."""
    position = text.find(_SOFT)
    while position >= 0:
        before, after = text[position - 1 : position], text[position + 1 : position + 2]
        yield "" if _is_han(before) and _is_han(after) else " "
        position = text.find(_SOFT, position + 1)


def _is_han(sign: str) -> bool:
    """Say whether a sign is wide and of a script that puts no space between words."""
    if sign.isascii() or unicodedata.east_asian_width(sign) not in "WF":
        return False
    is_hangul = unicodedata.name(sign, "").startswith("HANGUL")
    return unicodedata.category(sign)[0] in "LPN" and not is_hangul


@cache
def _style(strong: bool, emphasis: bool, strike: bool, extra: str) -> str:  # noqa: FBT001
    """Return the name of a style: its parts in alphabetical order."""
    flags = (("strong", strong), ("emphasis", emphasis), ("strike", strike), (extra, extra != ""))
    return " ".join(sorted(name for name, is_on in flags if is_on))


class _Spans:
    """Turns the tokens of one piece of running text into spans."""

    def __init__(self, reading: Reading, line: int) -> None:
        self._reading = reading
        self._line = line
        self._done: list[Span] = []
        self._parts: list[str] = []
        self._current = ("", -1)
        self._open = {"strong": 0, "em": 0, "s": 0}
        self._link = -1
        self._link_parts: list[str] = []
        self._is_hidden = False
        self._length = 0
        self._last = "\n"

    def add(self, token: Token) -> None:
        """Take the next token; what stands in a script or a style sheet is left out."""
        handler = _HANDLERS.get(token.type)
        if handler is not None and (not self._is_hidden or token.type == "html_inline"):
            handler(self, token)

    def finish(self) -> tuple[Span, ...]:
        """Return the spans, soft breaks settled now that both neighbours of each are known."""
        self._flush()
        text = "".join(span.text for span in self._done)
        if _SOFT not in text:
            return tuple(self._done)
        joints = _joints(text)
        settled = (
            Span(re.sub(_SOFT, lambda _: next(joints), span.text), span.style, span.link)
            for span in self._done
        )
        return tuple(span for span in settled if span.text)

    def put(self, text: str, extra: str = "", link: int | None = None) -> None:
        """Add text in the open styles, with `extra` as one more."""
        if not text:
            return
        opened = self._open
        style = _style(opened["strong"] > 0, opened["em"] > 0, opened["s"] > 0, extra)
        current = (style, self._link if link is None else link)
        if current != self._current:
            self._flush()
            self._current = current
        self._parts.append(text)
        self._length += len(text)
        self._last = text[-1]
        if self._link >= 0:
            self._link_parts.append(text)

    def _flush(self) -> None:
        if self._parts:
            self._done.append(Span("".join(self._parts), *self._current))
            self._parts = []

    def text(self, token: Token) -> None:
        """Take text; a line feed in it is a soft break."""
        text = token.content
        if "][" in text:
            self._check_references(text)
        if "\n" in text:
            self._line += text.count("\n")
            text = text.replace("\n", " " if text.isascii() else _SOFT)
        if "[@" in text:
            hint = "write [@key] or [@one; @two]"
            self._reading.problems.add("P134", self._line, "a citation that cannot be read", hint)
        text = _BLANKS.sub(" ", text) if "  " in text or "\t" in text else text
        self.put(text.lstrip(" ") if self._last in _LINE_STARTS else text)

    def _check_references(self, text: str) -> None:
        """Tell which references of a text nothing defines: if defined, they are no text."""
        for match in _REFERENCE.finditer(text):
            line = self._line + text.count("\n", 0, match.start())
            message = f"nothing defines [{match[1]}]"
            self._reading.problems.add("P125", line, message, f"write [{match[1]}]: and an address")

    def special(self, token: Token) -> None:
        """Take an escaped sign, or what a character reference stands for."""
        self.put(_WHITE.sub(" ", without_controls(token.content)))

    def code(self, token: Token) -> None:
        """Take a code span."""
        self.put(token.content.replace("\t", " "), "code")
        self._line += token.meta.get("lines", 0)

    def hard_break(self, token: Token) -> None:  # noqa: ARG002
        """Take a line break that the author asked for."""
        self._line += 1
        self.put("\n")

    def style(self, token: Token) -> None:
        """Take the beginning or the end of emphasis."""
        self._open[token.tag] += token.nesting

    def link_open(self, token: Token) -> None:
        """Begin a link: its place among the page's links is fixed here, its words at its end."""
        self._link, self._link_parts = self._add_link(str(token.attrs.get("href", "")), ""), []

    def link_close(self, token: Token) -> None:  # noqa: ARG002
        """End a link; one without words shows its target."""
        links, index = self._reading.links, self._link
        if not "".join(self._link_parts).strip():
            self._reading.problems.add("P124", self._line, "a link has no words to click on")
            self.put(links[index].target or links[index].anchor or "[link]")
        words = "".join(self._link_parts).replace(_SOFT, " ")
        links[index] = replace(links[index], text=words)
        self._link, self._link_parts = -1, []

    def _add_link(self, href: str, text: str) -> int:
        target = resolve(href, self._reading.path)
        if target.code:
            self._reading.problems.add(target.code, self._line, target.fault, target.hint)
        links = self._reading.links
        links.append(Link(text, target.kind, target.target, target.anchor, self._line))
        return len(links) - 1

    def image(self, token: Token) -> None:
        """Take an image: its description, which leads to it if it is on the web."""
        words = _WHITE.sub(" ", _description(token.children or ())).strip()
        text = f"[image: {words}]" if words else "[image]"
        source = str(token.attrs.get("src", ""))
        target = resolve(source, self._reading.path)
        is_web = self._link < 0 and target.kind == "web"
        self.put(text, "image", self._add_link(source, text) if is_web else None)
        if target.file:
            self._reading.pictures.append(Link(text, "blocked", target.target, "", self._line))
        self._line += token.content.count("\n")

    def citation(self, token: Token) -> None:
        """Take a citation: a link to each of its sources."""
        for key in token.meta["keys"]:
            text = f"[{key}]"
            self._reading.links.append(Link(text, "source", key, "", self._line))
            self.put(text, "cite", len(self._reading.links) - 1)
        self._line += token.content.count("\n")

    def footnote(self, token: Token) -> None:
        """Take the mark of a footnote, and number it if it is the first; without a note, text."""
        reading, label = self._reading, token.info
        is_known = f":{label}" in reading.env["footnotes"]["refs"]
        if is_known:
            self.put(f"[{reading.number_of(label)}]", "footnote", -1)
        else:
            reading.problems.add("P131", self._line, f"there is no footnote {token.content}")
            self.put(token.content)

    def html(self, token: Token) -> None:
        """Take a tag: a comment is kept apart, `<br>` breaks the line, any other tag goes."""
        tag = token.content
        if tag.startswith("<!--"):
            text = tag[4:].removesuffix("-->").strip()
            self._reading.comments.append(Comment(self._line, text, self._length))
        elif _BREAK.match(tag):
            self.put("\n")
        elif _IMAGE.match(tag):
            self.put("" if self._is_hidden else image_text(tag), "image")
        elif match := _UNSEEN.match(tag):
            self._is_hidden = not match[1]
        self._line += tag.count("\n")


def _description(tokens: Iterable[Token]) -> str:
    """Return what an image shows, as plain text."""
    return "".join(
        _description(token.children) if token.children else without_controls(token.content)
        for token in tokens
        if token.type != "html_inline"
    )


_HANDLERS: dict[str, Callable[[_Spans, Token], None]] = {
    "text": _Spans.text,
    "text_special": _Spans.special,
    "code_inline": _Spans.code,
    "hardbreak": _Spans.hard_break,
    "strong_open": _Spans.style,
    "strong_close": _Spans.style,
    "em_open": _Spans.style,
    "em_close": _Spans.style,
    "s_open": _Spans.style,
    "s_close": _Spans.style,
    "link_open": _Spans.link_open,
    "link_close": _Spans.link_close,
    "image": _Spans.image,
    "citation": _Spans.citation,
    "footnote_mark": _Spans.footnote,
    "html_inline": _Spans.html,
}
