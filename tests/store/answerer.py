"""A reader in a process of its own: answers questions and prints each answer that was acknowledged.

Usage: answerer.py FILE PREFIX COUNT
       answerer.py FILE kill KILLS SEED

The second form forks a reader, kills it at a random moment of its work, and begins again with the
next; it prints what all of them acknowledged before they died.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from pathlib import Path

import fsrs  # noqa: F401 - loaded once, before the first fork

from handbook.model import Entry
from handbook.store.store import Store
from handbook.study import scheduling  # noqa: F401 - as above

MOST_ACKNOWLEDGED = 40
MOST_WAIT_S = 0.002


def answer(file: str, prefix: str, count: int, out: int) -> None:
    """Answer questions, undo every seventh answer, and tell of each as soon as it is kept."""
    store = Store.open(Path(file))
    practice = store.practice
    session = practice.new_session_id()
    practice.append(Entry("session_start", session_id=session, data={"kind": "study", "plan": {}}))
    for number in range(count):
        question = f"q-{prefix}-{number % 50}"
        (event,) = practice.append(
            Entry("review", question, {"number": number}, session_id=session, rating=3, item_v=1)
        )
        os.write(out, f"{event.event_id}\n".encode())
        if number % 7 == 6:
            practice.undo(session)
    store.close()


def kill_again_and_again(file: str, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(kills):
        out, into = os.pipe()
        child = os.fork()
        if not child:
            os.close(out)
            answer(file, f"k{number}", 1_000_000, into)
            os._exit(1)  # nobody killed it
        os.close(into)
        told = wait_for(out, chance.randrange(MOST_ACKNOWLEDGED))
        end = time.perf_counter() + chance.uniform(0, MOST_WAIT_S)
        while time.perf_counter() < end:
            continue  # any moment of a write, not only the one after an acknowledgement
        os.kill(child, signal.SIGKILL)
        while more := os.read(out, 65536):
            told += more
        os.close(out)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status)
        # A line that was cut short was still written after its answer was kept; it names no event.
        sys.stdout.write("".join(f"{line}\n" for line in told.decode().split("\n")[:-1]))
    sys.stdout.flush()


def wait_for(out: int, lines: int) -> bytes:
    """Read until so many answers were acknowledged; give up after a minute."""
    told = b""
    while told.count(b"\n") < lines:
        ready, _, _ = select.select([out], [], [], 60)
        assert ready
        told += os.read(out, 65536)
    return told


def main() -> None:
    file, prefix, *numbers = sys.argv[1:]
    if prefix == "kill":
        kill_again_and_again(file, *map(int, numbers))
    else:
        answer(file, prefix, *map(int, numbers), out=1)


if __name__ == "__main__":
    main()
