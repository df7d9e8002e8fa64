"""Finding text in lines as they are shown.

What is searched is what the reader sees, so marks such as ** cannot break a hit, and a hit may run
over a line break inside one block.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.render.cells import cells, is_narrow, split_at
from handbook.render.line import Line, Run
from handbook.render.options import SIGNS
from handbook.render.packed import PackedLines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Piece: TypeAlias = "tuple[int, int, int]"

_MARGIN = f" {SIGNS.bar}|"
_CONTINUED = f"(?: *\n[{_MARGIN}]*{SIGNS.continuation} )?"
_GAP = f"(?:[ \u00a0]+| *\n[{_MARGIN}]*)"
_WIDE_GAP = f"(?:\n[{_MARGIN}]*)?"
_SAME_BLOCK = "\n"
_OTHER_BLOCK = "\r"


class Match(NamedTuple):
    """A hit: its (line, start column, end column) on each line it stands on, columns in cells."""

    pieces: tuple[Piece, ...]


def find_matches(lines: Sequence[Line], query: str) -> tuple[Match, ...]:
    """Return the places where a query stands in lines, from top to bottom.

    Upper and lower case are one, unless the query has a capital letter.
    White space in the query stands for any white space, also for the end of a line.
    """
    words = query.split()
    if not words or not lines:
        return ()
    if isinstance(lines, PackedLines):
        blocks, texts = map(list, zip(*lines.texts(), strict=True))
    else:
        blocks, texts = [line.block for line in lines], [line.text for line in lines]
    whole = _joined(blocks, texts)
    if query == query.lower():
        lowered = whole.lower()
        if len(lowered) == len(whole):
            whole, words, flags = lowered, query.lower().split(), re.NOFLAG
        else:
            flags = re.IGNORECASE
    else:
        flags = re.NOFLAG
    pattern = re.compile(_expression(words, may_continue=SIGNS.continuation in whole), flags)
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    is_plain = is_narrow(whole)
    found: list[Match] = []
    for match in pattern.finditer(whole):
        start, end = match.span()
        line = bisect_right(starts, start) - 1
        offset = starts[line]
        if is_plain and end <= starts[line + 1]:
            found.append(Match(((line, start - offset, end - offset),)))
        else:
            found.append(Match(_pieces(texts, line, start - offset, end - offset)))
    return tuple(found)


def _joined(blocks: list[int], texts: list[str]) -> str:
    """Return all lines in one text; what parts them says whether a hit may run on."""
    parts: list[str] = []
    before = blocks[0]
    for block, text in zip(blocks, texts, strict=True):
        parts.extend((_SAME_BLOCK if block == before else _OTHER_BLOCK, text))
        before = block
    return "".join(parts[1:])


def _expression(words: list[str], *, may_continue: bool) -> str:
    """Return a regular expression for words; `may_continue` if a listing has broken lines."""
    return _GAP.join(_word_expression(word, may_continue=may_continue) for word in words)


def _word_expression(word: str, *, may_continue: bool) -> str:
    if is_narrow(word) and not may_continue:
        return re.escape(word)
    parts = [re.escape(word[0])]
    for before, sign in pairwise(word):
        if cells(before) > 1 or cells(sign) > 1:
            parts.append(_WIDE_GAP)
        elif may_continue:
            parts.append(_CONTINUED)
        parts.append(re.escape(sign))
    return "".join(parts)


def _pieces(texts: list[str], line: int, start: int, end: int) -> tuple[Piece, ...]:
    """Return the pieces of a hit; `start` and `end` are counted from the start of `line`."""
    pieces: list[Piece] = []
    while end > 0:
        text = texts[line]
        last = min(end, len(text))
        if end > len(text):
            last = len(text.rstrip(" "))
        first = start if not pieces else _after_margin(text)
        if first < last:
            column = cells(text[:first])
            pieces.append((line, column, column + cells(text[first:last])))
        end -= len(text) + 1
        line += 1
    return tuple(pieces)


def _after_margin(text: str) -> int:
    return len(text) - len(text.lstrip(_MARGIN + SIGNS.continuation))


def highlighted(line: Line, marks: Iterable[tuple[int, int, str]]) -> Line:
    """Return a line with (start, end, style) in cells shown in that style; the last one wins."""
    marks = tuple(marks)
    bounds = sorted({bound for start, end, _ in marks for bound in (start, end)})
    runs: list[Run] = []
    column = 0
    for text, style, link in line.runs:
        end = column + cells(text)
        left = text
        for bound in [*(bound for bound in bounds if column < bound < end), end]:
            piece, left = split_at(left, bound - column) if bound < end else (left, "")
            shown = style
            for mark_start, mark_end, mark_style in marks:
                if mark_start <= column < mark_end:
                    shown = mark_style
            if piece:
                runs.append(Run(piece, shown, link))
            column += cells(piece)
    return Line(tuple(runs), line.block)
