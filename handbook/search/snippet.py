"""Cuts the piece out of a text that shows best why it was found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from handbook.search.matches import marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.search.matches import Match

WIDTH = 160
"""Characters of a snippet, the dots at a cut end not counted."""

_SLACK = 16
_SPACES = re.compile(r"\s+")


class Cluster(NamedTuple):
    """A run of matches close together: its range in the text, and what its terms weigh."""

    start: int
    end: int
    weight: float


def densest(matches: Sequence[Match], weights: Sequence[float], width: int = WIDTH) -> Cluster:
    """Return the first stretch of at most `width` characters with the most weight of terms."""
    best = Cluster(0, 0, 0.0)
    if len(weights) == 1 and matches:
        match = max(matches, key=lambda each: each.strength)
        return Cluster(match.start, match.end, match.strength * weights[0])
    for first, match in enumerate(matches):
        run = [match]
        for later in matches[first + 1 : first + 24]:
            if later.end - match.start > width:
                break
            run.append(later)
        strengths: dict[int, float] = {}
        for each in run:
            strengths[each.term] = max(strengths.get(each.term, 0.0), each.strength)
        weight = sum(strength * weights[term] for term, strength in strengths.items())
        if weight > best.weight:
            best = Cluster(match.start, max(each.end for each in run), weight)
        # What begins later has only some of these.
        if first + len(run) == len(matches):
            break
    return best


def cut(
    text: str, matches: Sequence[Match], cluster: Cluster
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the snippet around a cluster, its white space folded, and the marks in it."""
    start, end = _window(text, cluster)
    before = "…" if start and not text[:start].isspace() else ""
    after = "…" if end < len(text) and not text[end:].isspace() else ""
    ranges = marks(matches, start, end)
    piece = text[start:end]
    if piece == " ".join(piece.split()):
        shift = len(before) - start
        return before + piece + after, tuple((low + shift, high + shift) for low, high in ranges)
    folded, placed = _fold_spaces(text, start, end, ranges)
    shift = len(before)
    return before + folded + after, tuple((low + shift, high + shift) for low, high in placed)


def _fold_spaces(
    text: str, start: int, end: int, ranges: Sequence[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    """Return a piece of text with runs of white space made one space, and where its ranges went."""
    pieces: list[str] = []
    placed: list[tuple[int, int]] = []
    length = 0
    for low, high in ranges:
        pieces += (_SPACES.sub(" ", text[start:low]), text[low:high])
        length += len(pieces[-2])
        placed.append((length, length + high - low))
        length += high - low
        start = high
    pieces.append(_SPACES.sub(" ", text[start:end]))
    return "".join(pieces), placed


def _window(text: str, cluster: Cluster) -> tuple[int, int]:
    """Return where to cut: around the cluster, between words, with no white space at the ends."""
    spare = max(0, WIDTH - (cluster.end - cluster.start))
    start = max(0, min(cluster.start - spare // 3, len(text) - WIDTH))
    end = min(len(text), max(start + WIDTH, cluster.end))
    if start:
        space = _SPACES.search(text, start, min(start + _SLACK, cluster.start))
        start = space.end() if space else start
    if end < len(text):
        low = max(end - _SLACK, cluster.end)
        space_at = max(text.rfind(" ", low, end + 1), text.rfind("\n", low, end + 1))
        end = space_at if space_at >= 0 else end
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
