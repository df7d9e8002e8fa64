"""Breaking running text into lines.

Greedy at spaces. Between two wide (Chinese, Japanese, Korean) signs a line may break anywhere,
but never before closing punctuation nor after opening punctuation. A word longer than the line is
broken, if possible after a hyphen, slash, underscore or full stop. A non-breaking space is no
place to break; a line feed is a break the author asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.render.cells import clusters, is_narrow
from handbook.render.line import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.model import Span

Cuts: TypeAlias = "list[tuple[int, int]]"
Row: TypeAlias = "tuple[Run, ...]"

_CLOSING = frozenset("、。，）」』】》！？：；〉〕｝］”’…,.!?:;)]}%")
_OPENING = frozenset("（「『【《〈〔｛［“‘([{")
_NARROWEST = 2
"""A wide sign needs two cells, so no line can be asked to be narrower."""

_STYLES = {
    "": "",
    "cite": "cite",
    "code": "code",
    "emphasis": "emphasis",
    "emphasis strong": "strong emphasis",
    "footnote": "cite",
    "image": "muted",
    "strike": "strike",
    "strong": "strong",
}


def span_style(style: str, base: str = "text") -> str:
    """Return the style name of a line's run for the style of a span."""
    found = _STYLES.get(style)
    if found is None:
        names = style.split()
        found = next((_STYLES[name] for name in ("code", "cite", "strike") if name in names), "")
        found = found or ("strong emphasis" if "strong" in names else "emphasis")
    return found or base


def wrap(spans: Iterable[Span], width: int, base: str = "text") -> list[Row]:
    """Return spans as lines of at most `width` cells; plain text gets the style `base`."""
    runs = [
        Run(
            span.text,
            "link" if span.link >= 0 and not span.style else span_style(span.style, base),
            span.link,
        )
        for span in spans
    ]
    return wrap_runs(runs, width)


def wrap_runs(runs: Sequence[Run], width: int) -> list[Row]:
    """Return runs as lines of at most `width` cells; nothing but spaces at breaks is left out."""
    width = max(width, _NARROWEST)
    if len(runs) == 1:
        text, style, link = runs[0]
        return [
            (Run(text[start:end], style, link),) if start < end else ()
            for start, end in breaks(text, width)
        ]
    text = "".join([run.text for run in runs])
    return cut_runs(runs, breaks(text, width))


def breaks(text: str, width: int) -> Cuts:
    """Return (start, end) of each line that a text makes at a width."""
    if len(text) <= width and is_narrow(text) and "\n" not in text and text.strip(" ") == text:
        return [(0, len(text))] if text else []
    cut = _narrow_breaks if is_narrow(text) else _wide_breaks
    found: Cuts = []
    start = 0
    while (stop := text.find("\n", start)) >= 0:
        cut(text, start, stop, width, found)
        start = stop + 1
    cut(text, start, len(text), width, found)
    return found


def cut_runs(runs: Sequence[Run], cuts: Cuts) -> list[Row]:
    """Return the pieces of runs that lie in each cut, positions counted over all runs."""
    rows: list[Row] = []
    index = offset = 0
    for start, end in cuts:
        if start >= end:
            rows.append(())
            continue
        while offset + len(runs[index].text) <= start:
            offset += len(runs[index].text)
            index += 1
        row: list[Run] = []
        at, begin = index, offset
        while begin < end:
            run = runs[at]
            length = len(run.text)
            if start <= begin and begin + length <= end:
                if length:
                    row.append(run)
            else:
                piece = run.text[max(0, start - begin) : end - begin]
                row.append(Run(piece, run.style, run.link))
            begin += length
            at += 1
        rows.append(tuple(row))
    return rows


def _narrow_breaks(text: str, start: int, stop: int, width: int, found: Cuts) -> None:
    """Break a text whose signs all are one cell wide: the common case, so it must be fast."""
    while start < stop and text[start] == " ":
        start += 1
    while stop > start and text[stop - 1] == " ":
        stop -= 1
    while stop - start > width:
        space = text.rfind(" ", start, start + width + 1)
        if space <= start:
            end = _break_in_word(text, start, width)
            found.append((start, end))
            start = end
            continue
        end = space
        while text[end - 1] == " ":
            end -= 1
        found.append((start, end))
        start = space + 1
        while text[start] == " ":
            start += 1
    found.append((start, stop))


def _break_in_word(text: str, start: int, width: int) -> int:
    """Return where to break a word that fills the line: after a joint, or where the line ends."""
    joint = max(text.rfind(sign, start, start + width) for sign in "-/_.") + 1
    return joint if joint > start + width // 3 else start + width


class _Atom(NamedTuple):
    """What is not broken unless it has to be: a word, or a wide sign with its punctuation."""

    start: int
    end: int
    width: int
    gap: int  # cells of the spaces before it


def _wide_breaks(text: str, start: int, stop: int, width: int, found: Cuts) -> None:
    first = len(found)
    line_start = line_end = -1
    used = 0
    for atom in _atoms(text, start, stop):
        if line_start >= 0 and used + atom.gap + atom.width <= width:
            line_end = atom.end
            used += atom.gap + atom.width
            continue
        if line_start >= 0:
            found.append((line_start, line_end))
        line_start, line_end, used = atom.start, atom.end, atom.width
        if used > width:
            *full, (line_start, line_end) = _pieces(text, atom, width)
            found.extend(full)
            used = sum(sign_width for _, sign_width in clusters(text[line_start:line_end]))
    if line_start >= 0:
        found.append((line_start, line_end))
    elif len(found) == first:
        found.append((start, start))


def _atoms(text: str, start: int, stop: int) -> list[_Atom]:
    """Return the atoms of a piece of text in order."""
    atoms: list[_Atom] = []
    gap = 0
    at = start
    last_is_wide = False
    for sign, width in clusters(text[start:stop]):
        end = at + len(sign)
        if sign == " ":
            gap += 1
        elif atoms and not gap and _holds(text[at - 1], sign, is_wide=last_is_wide or width > 1):
            last = atoms[-1]
            atoms[-1] = _Atom(last.start, end, last.width + width, last.gap)
            last_is_wide = width > 1
        else:
            atoms.append(_Atom(at, end, width, gap))
            gap = 0
            last_is_wide = width > 1
        at = end
    return atoms


def _holds(before: str, sign: str, *, is_wide: bool) -> bool:
    """Whether a line must not break between two signs; `is_wide` if one of them is wide."""
    return not is_wide or sign[0] in _CLOSING or before in _OPENING


def _pieces(text: str, atom: _Atom, width: int) -> Cuts:
    """Return an atom that is wider than the line, cut where each line is full."""
    pieces: Cuts = []
    start = end = atom.start
    used = 0
    for sign, sign_width in clusters(text[atom.start : atom.end]):
        if used + sign_width > width and end > start:
            pieces.append((start, end))
            start, used = end, 0
        end += len(sign)
        used += sign_width
    pieces.append((start, end))
    return pieces
