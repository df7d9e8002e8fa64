"""The order of a plan: topics mixed, but the first pass of each in one piece."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.study.session import Planned


def interleaved(planned: Sequence[Planned]) -> tuple[Planned, ...]:
    """Return a plan in which no two neighbours share a topic while another is available.

    Otherwise it keeps its order; a topic that most of the rest belongs to comes early enough to be
    spread. The first pass of a topic stays in one piece.
    """
    queues: dict[str, deque[_Piece]] = {}
    for piece in _pieces(planned):
        queues.setdefault(piece.topic, deque()).append(piece)
    result: list[Planned] = []
    last = ""
    for left in range(sum(map(len, queues.values())), 0, -1):
        others = [topic for topic in queues if topic != last] or [last]
        most = max(others, key=lambda topic: len(queues[topic]))
        first = min(others, key=lambda topic: queues[topic][0].at)
        last = most if 2 * len(queues[most]) > left else first
        result += queues[last].popleft().planned
        if not queues[last]:
            del queues[last]
    return tuple(result)


class _Piece(NamedTuple):
    """What may not be torn apart: one question, or the first pass of a topic."""

    at: int
    topic: str
    planned: list[Planned]


def _pieces(planned: Iterable[Planned]) -> list[_Piece]:
    passes: dict[str, _Piece] = {}
    pieces: list[_Piece] = []
    for at, each in enumerate(planned):
        if each.reason == "first" and each.topic in passes:
            passes[each.topic].planned.append(each)
            continue
        piece = _Piece(at, each.topic, [each])
        if each.reason == "first":
            passes[each.topic] = piece
        pieces.append(piece)
    return pieces
