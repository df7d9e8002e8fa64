"""The text of an HTML block: comments are kept apart, tags go, scripts and styles go whole.

Not `html.parser`, which takes quadratic time over unclosed tags; this goes forward only.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from handbook.loader.clean import without_controls

_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9-]*)")
_WHITE = re.compile(r"[ \t\n]+")
_BLOCK_NAMES = """
address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre
section summary table tbody tfoot thead title tr ul
"""
_PARAGRAPHS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_ALT = re.compile(r"""\salt[ \t\n]*=[ \t\n]*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_UNSEEN = frozenset({"script", "style"})
# A ">" inside quotes does not end a tag; more of them than this in one tag are not looked at.
_QUOTED_ENDS = 8
# Stands for a line break while white space is folded; cleaned text does not have it.
_BREAK = "\x00"


class HtmlText(NamedTuple):
    """A paragraph, a listing (`<pre>`) or a comment, and its line within the block, from 0."""

    kind: str
    text: str
    line: int


def read_html(source: str) -> list[HtmlText]:
    """Return the paragraphs, listings and comments of a piece of HTML in order."""
    reader = _Reader(source)
    reader.read()
    return reader.found


def image_text(tag: str) -> str:
    """Return what an `<img>` shows, as that of a picture in Markdown; "" if it does not say so."""
    match = _ALT.search(tag)
    words = without_controls(unescape(next(filter(None, match.groups()), ""))) if match else ""
    words = _WHITE.sub(" ", words).strip()
    return f"[image: {words}]" if words else ""


class _Reader:
    def __init__(self, source: str) -> None:
        self.found: list[HtmlText] = []
        self._source = source
        self._words: list[str] = []
        self._is_pre = False
        self._line = 0
        self._counted = 0
        self._start_line = 0
        self._last_end = source.rfind(">")

    def read(self) -> None:
        """Go over the source from tag to tag."""
        source, position = self._source, 0
        while (start := source.find("<", position)) >= 0:
            end = self._markup_end(start)
            if end < 0:
                self._add(position, start + 1)
                position = start + 1
            else:
                self._add(position, start)
                position = self._take(start, end)
        self._add(position, len(source))
        self._close()

    def _markup_end(self, start: int) -> int:
        """Return where the markup at a "<" ends, -1 if it is a sign of the text."""
        source = self._source
        if source.startswith("<!--", start):
            return self._after("-->", start + 4)
        if source.startswith("<?", start):
            return self._after("?>", start + 2)
        if source.startswith("<![CDATA[", start):
            return self._after("]]>", start + 9)
        if source.startswith("<!", start):
            return self._after(">", start + 2)
        if start > self._last_end or not _NAME.match(source, start + 1):
            return -1
        end = source.find(">", start)
        for _ in range(_QUOTED_ENDS):
            if end < 0 or source.count('"', start, end) % 2 == 0:
                break
            end = source.find(">", end + 1)
        return end + 1 if end >= 0 else -1

    def _after(self, mark: str, start: int) -> int:
        """Return the position after a mark; the end if it never comes, as a browser does."""
        end = self._source.find(mark, start)
        return end + len(mark) if end >= 0 else len(self._source)

    def _take(self, start: int, end: int) -> int:
        """Take the markup between two positions; return where to go on."""
        source = self._source
        if source.startswith("<!--", start):
            text = source[start + 4 : end].removesuffix("-->").strip()
            self.found.append(HtmlText("comment", text, self._line_at(start)))
            return end
        match = _NAME.match(source, start + 1)
        name = match[1].lower() if match else ""
        if name == "br":
            self._words.append(_BREAK)
        elif name in _CELLS:
            self._words.append(" ")
        elif name == "img":
            self._put(image_text(source[start:end]), start)
        elif name in _PARAGRAPHS:
            self._close()
            self._is_pre = name == "pre" and source[start + 1] != "/"
        elif name in _UNSEEN and source[start + 1] != "/":
            closing = re.compile(f"</{name}\\b", re.IGNORECASE).search(source, end)
            return closing.start() if closing else len(source)
        return end

    def _add(self, start: int, end: int) -> None:
        text = self._source[start:end]
        self._put(without_controls(unescape(text)), start + len(text) - len(text.lstrip()))

    def _put(self, words: str, position: int) -> None:
        """Add words, which begin a paragraph if it has none yet."""
        if words.strip() and not any(word.strip() for word in self._words):
            self._start_line = self._line_at(position)
        self._words.append(words)

    def _close(self) -> None:
        """End the paragraph or the listing."""
        text = "".join(self._words)
        self._words = []
        if self._is_pre:
            text = text.replace(_BREAK, "\n").strip("\n")
        else:
            lines = _WHITE.sub(" ", text).split(_BREAK)
            text = "\n".join(line.strip() for line in lines).strip()
        if text:
            self.found.append(HtmlText("pre" if self._is_pre else "text", text, self._start_line))

    def _line_at(self, position: int) -> int:
        self._line += self._source.count("\n", self._counted, position)
        self._counted = position
        return self._line
