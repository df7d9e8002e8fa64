"""Stop-watches on a pseudo terminal: from a start or a key to the bytes that answer it."""

from __future__ import annotations

from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import pyte

from tests.terminal.pseudo_terminal import UNKNOWN_TO_PYTE, PseudoTerminal

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class Answer(NamedTuple):
    """What a key gave: milliseconds to its last byte, and how many bytes."""

    ms: float
    size: int


def press(terminal: PseudoTerminal, keys: str, burst: float = BURST) -> Answer:
    """Press a key and time its answer; an answer without bytes takes no time."""
    count = len(terminal.output)
    pressed_at = perf_counter()
    terminal.press(keys)
    if terminal.read(1):
        while terminal.read(burst):
            pass
    size = len(terminal.output) - count
    return Answer((terminal.chunks[-1].at - pressed_at) * 1000 if size else 0.0, size)


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
