"""An answer takes the same time in a long log as in a short one."""

from __future__ import annotations

import random
from itertools import pairwise
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from handbook.model import Entry
from handbook.study.scheduling import recall

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.store.store import Store

    from .conftest import HandClock

EVENTS, QUESTIONS = 100_000, 10_000


def review(question: str, number: int) -> Entry:
    data = {"answer": {"options": [number % 4]}, "seed": "1", "mode": "study", "topic": "curves"}
    return Entry(
        "review", question, data, item_v=1, session_id=f"s-{number // 40}",
        rating=(1, 2, 3, 3, 3, 4)[number % 6], confidence=number % 3 + 1, correct=1.0,
        think_ms=4_000, total_ms=9_000,
    )  # fmt: skip


def test_no_deed_of_a_reader_walks_through_the_log(store: Store):
    """Look at how SQLite finds what it is asked for, which shows in no figure of a short log."""
    practice = store.practice
    said: list[str] = []
    store.connection.set_trace_callback(said.append)
    practice.append(review("q-1", 0), Entry("flag", "q-2", {"text": "x"}, session_id="s-0"))
    for session in ("", "s-0"):
        practice.undo(session)
        practice.undo(session)
        practice.redo(session)
        practice.redo(session)
        practice.redo(session)
    store.tick("c-1", True, checklist="interview")
    store.undo("interview")
    practice.clock_warning()
    practice.find_card("q-1")
    practice.events(session="s-0")
    practice.events("review", item="q-1")
    practice.events("exam_end")
    store.connection.set_trace_callback(None)
    asked = {each for each in said if each.startswith("SELECT")}
    assert len(asked) > 20
    for query in asked:
        plan = [row[3] for row in store.connection.execute(f"EXPLAIN QUERY PLAN {query}")]
        walks = [step for step in plan if step == "SCAN event" or step.startswith("SCAN event ")]
        ends_at_once = "LIMIT 1" in query and "WHERE" not in query
        assert not walks or ends_at_once or "max(seq)" in query, (query, plan)


def times(deed: Callable[[], object], count: int) -> list[float]:
    """Return how long a deed takes, in milliseconds, the shortest first."""
    stamps = [perf_counter()]
    for _ in range(count):
        deed()
        stamps.append(perf_counter())
    return sorted(1000 * (after - before) for before, after in pairwise(stamps))


@pytest.mark.speed
def test_with_a_hundred_thousand_events_an_answer_takes_less_than_a_millisecond(
    store: Store, clock: HandClock, capsys: pytest.CaptureFixture[str]
):
    practice, chance = store.practice, random.Random(1)
    numbers = iter(range(EVENTS + 5_000))

    def answer() -> None:
        clock.now += 5_000
        practice.append(review(f"q-{chance.randrange(QUESTIONS):06d}", next(numbers)))

    for _ in range(EVENTS // 1_000):
        clock.now += 9 * 3_600_000
        some = [review(f"q-{chance.randrange(QUESTIONS):06d}", next(numbers)) for _ in range(1_000)]
        practice.append(*some)
    found = {
        "answer": times(answer, 3_000),
        "undo": times(practice.undo, 300),
        "redo": times(practice.redo, 300),
        "10,000 cards": times(practice.cards, 20),
        "rebuild": times(store.rebuild, 1),
    }
    cards = practice.cards().values()
    found["recall of 10,000"] = times(lambda: [recall(card, 30_000) for card in cards], 20)
    with capsys.disabled():
        print()
        for name, taken in found.items():
            middle, most = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
            print(f"  {name:18} p50 {middle:9.3f} ms   p99 {most:9.3f} ms")
    assert found["answer"][1_500] < 1
    assert found["undo"][150] < 3
    assert found["redo"][150] < 3
    assert found["10,000 cards"][10] < 100
    assert found["rebuild"][0] < 15_000
