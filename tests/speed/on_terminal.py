"""Stop-watches on a pseudo terminal: from a start or a key to the bytes that answer it."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import pyte

from tests.terminal.pseudo_terminal import UNKNOWN_TO_PYTE, PseudoTerminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.speed.subjects import Place, Subject

BURST = 0.06
"""Seconds without a byte that end an answer; frames of one answer come 8 ms apart."""


class Start(NamedTuple):
    """A start: milliseconds and bytes to the first full frame, memory in MB when all is quiet."""

    ms: float
    size: int
    megabytes: float


@contextmanager
def running(
    subject: Subject, place: Place, size: tuple[int, int] = (80, 24), patience: float = 120
) -> Iterator[PseudoTerminal]:
    """Run a subject until its first full frame is there and it has become quiet."""
    if subject.starts_cold:
        place.forget()
    terminal = PseudoTerminal(
        subject.command, place.environ | dict(subject.variables), columns=size[0], rows=size[1]
    )
    try:
        for sight in subject.sights:
            terminal.wait_for(sight, patience)
        terminal.wait_for_quiet(0.5, patience)
        yield terminal
    finally:
        terminal.end()


def time_start(subject: Subject, place: Place, size: tuple[int, int]) -> Start:
    """Start a subject; the first full frame is there with the byte that completes its sights."""
    with running(subject, place, size) as terminal:
        screen = pyte.Screen(*size)
        stream = pyte.ByteStream(screen)
        count = 0
        for at, data in terminal.chunks:
            stream.feed(UNKNOWN_TO_PYTE.sub(b"", data))
            count += len(data)
            shown = "\n".join(screen.display)
            if all(sight in shown for sight in subject.sights):
                ms = (at - terminal.started_at) * 1000
                return Start(ms, count, terminal.resident_megabytes)
    raise RuntimeError(f"{subject.name} never showed its first frame")


FRAME_GAP = 0.004
"""Seconds without a byte that end a frame; the bytes of one frame come at once."""


class Answer(NamedTuple):
    """What a key gave: milliseconds to its last byte, how many bytes, milliseconds to a frame.

    `frame_ms` ends with the first frame; the rest of a long page is laid out behind it, and what
    is then known of it (how many lines it has) comes with a second one.
    """

    ms: float
    size: int
    frame_ms: float = 0.0


def press(terminal: PseudoTerminal, keys: str, burst: float = BURST) -> Answer:
    """Press a key and time its answer; an answer without bytes takes no time."""
    return answer_to(terminal, lambda: terminal.press(keys), burst)


def answer_to(terminal: PseudoTerminal, act: Callable[[], None], burst: float = BURST) -> Answer:
    """Do something to a terminal and time what comes of it."""
    first = len(terminal.chunks)
    began = perf_counter()
    act()
    if terminal.read(1):
        while terminal.read(burst):
            pass
    chunks = terminal.chunks[first:]
    if not chunks:
        return Answer(0.0, 0)
    frame = chunks[0].at
    for before, after in pairwise(chunks):
        if after.at - before.at > FRAME_GAP:
            break
        frame = after.at
    size = sum(len(chunk.data) for chunk in chunks)
    return Answer((chunks[-1].at - began) * 1000, size, (frame - began) * 1000)


def press_until(terminal: PseudoTerminal, keys: str, sight: str) -> Answer:
    """Press a key and time the chunk of bytes that completes a text on the screen."""
    count = len(terminal.output)
    assert sight not in terminal.text, f"{sight!r} is on the screen before the key"
    pressed_at = perf_counter()
    terminal.press(keys)
    while sight not in terminal.text:
        if not terminal.read(5):
            raise TimeoutError(f"{sight!r} does not come:\n{terminal.text}")
    answer = Answer((terminal.chunks[-1].at - pressed_at) * 1000, len(terminal.output) - count)
    terminal.wait_for_quiet(0.2)
    return answer


def time_exit(terminal: PseudoTerminal, how: str) -> float:
    """Return the milliseconds from pressing q, or from losing the terminal (""), to the end."""
    began = perf_counter()
    if how:
        terminal.press(how)
    else:
        terminal.close_terminal()
    terminal.wait(30)
    return (perf_counter() - began) * 1000
