"""The Markdown parser: CommonMark, tables, footnotes, definitions, citations, content tabs.

It is markdown-it-py with three changes. Nothing is decided about links here (`links` does). What
is nested deeper than `NESTING` becomes plain paragraphs, where markdown-it drops it. And running
text is read by a loop that knows which sign can begin what, where markdown-it tries every rule at
every sign.
"""

# The signatures of rules are those of markdown-it.
# ruff: noqa: FBT001, FBT003
from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import (
    autolink,
    backtick,
    emphasis,
    entity,
    escape,
    html_inline,
    image,
    link,
    link_pairs,
    strikethrough,
)
from markdown_it.rules_inline.state_inline import StateInline
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from handbook.loader.attributes import ATTRIBUTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

NESTING = 40
"""Levels that lists (two each), quotes and links may be nested."""

_IMAGES_IN_IMAGES = 4

_CITATION = re.compile(
    r"\[[ \t]*@(\w[\w:.+/-]{0,99})[ \t]*"
    r"((?:;[ \t\n]*@\w[\w:.+/-]{0,99}[ \t]*){0,50})\](?![(\[])"
)
_KEY = re.compile(r"@([\w:.+/-]+)")
_FOOTNOTE = re.compile(r"\[\^([^\s\]\[]{1,100})\]")
_SIGN = re.compile(r"[\n!&*<\[\]\\_`~]")
_TAB = re.compile(r'===[!+]{0,2}[ \t]+"([^\n]*\S[^\n]*)"[ \t]*')
_MARGIN = re.compile(r"[ \t]*")


def parse_blocks(text: str) -> tuple[list[Token], dict[str, Any]]:
    """Return the block tokens of a text, running text still unread, and what it defines."""
    parser = _parser()
    tokens: list[Token] = []
    env: dict[str, Any] = {"references": {}, "footnotes": {"refs": {}, "list": {}}}
    parser.block.parse(text, parser, env, tokens)
    return tokens, env


def parse_inline(text: str, env: dict[str, Any]) -> list[Token]:
    """Return the tokens of running text; a line feed in a text token is a soft break."""
    parser = _parser()
    tokens: list[Token] = []
    parser.inline.parse(text, parser, env, tokens)
    return tokens


@cache
def _parser() -> _Parser:
    """Return the one parser, made when the first page is read."""
    parser = _Parser("commonmark", {"maxNesting": NESTING})
    parser.inline = _Inline()
    rules = parser.block.ruler
    parser.block = _Blocks()
    parser.block.ruler = rules
    parser.enable("table")
    deflist_plugin(parser)
    admon_plugin(parser)
    rules.before("fence", "tab", _tab, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    # Only this rule of the plugin: its others would number and move the footnotes.
    rules.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    return parser


class _Parser(MarkdownIt):
    """Leaves addresses as they are written."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


class _Blocks(ParserBlock):
    """Keeps the text of what is nested too deeply."""

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        if state.level < NESTING:
            super().tokenize(state, startLine, endLine)
        else:
            _flatten(state, startLine, endLine)


def _flatten(state: StateBlock, start: int, end: int) -> None:
    """Make the lines that belong to the innermost block one paragraph, marks and all."""
    line = start
    while line < end and (state.isEmpty(line) or not 0 <= state.sCount[line] < state.blkIndent):
        line += 1
    state.line = line
    text = state.getLines(start, line, state.blkIndent, False).strip()
    if not text:
        return
    state.env["deep"] = min(state.env.get("deep", start), start)
    for kind in ("paragraph_open", "inline", "paragraph_close"):
        token = state.push(kind, "", 0)
        token.map = [start, line]
        token.content = text


def _tab(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a content tab of MkDocs: its title becomes a bold line, what is indented its blocks."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("===", start) or state.is_code_block(start_line):
        return False
    title = _TAB.fullmatch(state.src, start, state.eMarks[start_line])
    inside = state.blkIndent + 4
    line, last = start_line + 1, start_line
    while line < end_line and (state.isEmpty(line) or state.sCount[line] >= inside):
        last = last if state.isEmpty(line) else line
        line += 1
    if title is None or last == start_line:
        return False
    if silent:
        return True
    for kind in ("paragraph_open", "inline", "paragraph_close"):
        token = state.push(kind, "", 0)
        token.map = [start_line, start_line + 1]
        token.content = f"**{title[1].strip()}**"
    before = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax, state.parentType = inside, line, "tab"
    state.level += 1
    state.md.block.tokenize(state, start_line + 1, line)
    state.level -= 1
    state.blkIndent, state.lineMax, state.parentType = before
    state.line = line
    return True


class _Inline(ParserInline):
    """Goes from one sign that can begin something to the next, and tries only what it can begin."""

    def tokenize(self, state: StateInline) -> None:
        """Read running text up to `state.posMax`."""
        text, end, rules = state.src, state.posMax, _RULES
        while state.pos < end:
            match = _SIGN.search(text, state.pos, end)
            stop = match.start() if match else end
            piece = text[state.pos : stop]
            state.pos = stop
            if match is None:
                state.pending += piece
                break
            sign = match[0]
            if sign == "\n":
                _break_line(state, piece)
                continue
            if piece:
                state.pending += piece
            if state.level < NESTING:
                for rule in rules[sign]:
                    if rule(state, False):
                        break
                else:
                    _take_sign(state, sign)
            else:
                _take_sign(state, sign)
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        """Go past one thing without reading it, for whoever looks for a closing bracket."""
        position = state.pos
        known = state.cache.get(position)
        if known is not None:
            state.pos = known
            return
        match = _SIGN.search(state.src, position, state.posMax)
        if match is None or match.start() > position:
            state.pos = match.start() if match else state.posMax
        elif not self._skips(state, match[0]):
            state.pos = position + 1
        state.cache[position] = state.pos

    def _skips(self, state: StateInline, sign: str) -> bool:
        if state.level >= NESTING:
            state.pos = state.posMax
            return True
        state.level += 1
        found = any(rule(state, True) for rule in _RULES[sign])
        state.level -= 1
        return found

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Return the tokens of running text; neighbouring text tokens are not joined."""
        state = StateInline(src, md, env, tokens)
        self.tokenize(state)
        if state.delimiters or any(state.tokens_meta):
            link_pairs(state)
            strikethrough.postProcess(state)
            emphasis.postProcess(state)
        return state.tokens


def _take_sign(state: StateInline, sign: str) -> None:
    """Read a sign that begins nothing here."""
    state.pending += sign
    state.pos += 1


def _break_line(state: StateInline, piece: str) -> None:
    """Read a line end: a hard break after two spaces, else a line feed in the text."""
    kept = piece.rstrip(" ")
    state.pending += kept
    if len(piece) - len(kept) >= 2:
        state.push("hardbreak", "br", 0)
    else:
        state.pending += "\n"
    margin = _MARGIN.match(state.src, state.pos + 1, state.posMax)
    state.pos = margin.end() if margin else state.pos + 1


def _citation(state: StateInline, silent: bool) -> bool:
    """Read `[@key]` and `[@one; @two]`, unless it is the text of a link."""
    if not state.src.startswith("[@", state.pos):
        return False
    match = _CITATION.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match[0]
        token.meta = {"keys": [match[1], *_KEY.findall(match[2])]}
    state.pos = match.end()
    return True


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    """Read `[^label]`; whether there is such a footnote is asked later."""
    match = _FOOTNOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("footnote_mark", "", 0)
        token.content = match[0]
        token.info = match[1]
    state.pos = match.end()
    return True


def _code(state: StateInline, silent: bool) -> bool:
    """Read a code span, and note how many lines it goes over."""
    start, count = state.pos, len(state.tokens)
    found = backtick(state, silent)
    if len(state.tokens) > count and state.tokens[-1].type == "code_inline":
        state.tokens[-1].meta = {"lines": state.src.count("\n", start, state.pos)}
    return found


def _link(state: StateInline, silent: bool) -> bool:
    """Read a link and pass over its attributes."""
    found = link(state, silent)
    if found:
        _pass_attributes(state)
    return found


def _pass_attributes(state: StateInline) -> None:
    if state.src.startswith("{", state.pos):
        match = ATTRIBUTES.match(state.src, state.pos, state.posMax)
        state.pos = match.end() if match else state.pos


def _image(state: StateInline, silent: bool) -> bool:
    """Read an image and pass over its attributes.

    Those inside its description are read only a few levels down, as each starts anew.
    """
    if silent:
        return image(state, silent)
    depth = state.env.get("images", 0)
    if depth >= _IMAGES_IN_IMAGES:
        return False
    state.env["images"] = depth + 1
    found = image(state, silent)
    if found:
        _pass_attributes(state)
    state.env["images"] = depth
    return found


_RULES: dict[str, tuple[Callable[[StateInline, bool], bool], ...]] = {
    "\n": (),
    "]": (),
    "!": (_image,),
    "&": (entity,),
    "*": (emphasis.tokenize,),
    "_": (emphasis.tokenize,),
    "~": (strikethrough.tokenize,),
    "<": (autolink, html_inline),
    "[": (_citation, _link, _footnote_mark),
    "\\": (escape,),
    "`": (_code,),
}
