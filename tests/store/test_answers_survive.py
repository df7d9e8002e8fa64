"""An acknowledged answer is on the disk: processes that answer together, or are killed at it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import handbook
from handbook.store.store import Store

from .test_rebuild import derived

ANSWERER = Path(__file__).with_name("answerer.py")


def start(path: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ANSWERER), str(path), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(handbook.__file__).parents[1])},
    )


def finish(process: subprocess.Popen[str]) -> list[str]:
    """Return the ids of the answers that were acknowledged."""
    told, complaints = process.communicate(timeout=600)
    assert complaints == ""
    assert process.returncode == 0
    return told.split()


def kill(path: Path, kills: int, seed: int) -> int:
    """Kill a reader again and again and return how many acknowledged answers were checked."""
    acknowledged = finish(start(path, "kill", str(kills), str(seed)))
    assert len(set(acknowledged)) == len(acknowledged)
    store = Store.open(path)
    there = {event.event_id for event in store.events() if event.entry.kind == "review"}
    assert set(acknowledged) <= there
    assert store.health().quick_check == "ok"
    kept_up = derived(store)
    store.rebuild()
    assert derived(store) == kept_up
    store.close()
    return len(acknowledged)


def test_no_acknowledged_answer_is_missing_after_50_kills(path: Path):
    assert kill(path, kills=50, seed=3) >= 500


@pytest.mark.slow
def test_no_acknowledged_answer_is_missing_after_1000_kills(path: Path):
    assert kill(path, kills=1000, seed=4) >= 10_000


def test_two_readers_at_once_lose_no_answer_and_no_undo(path: Path):
    both = [start(path, name, "300") for name in ("a", "b")]
    told = [finish(process) for process in both]
    store = Store.open(path)
    log = list(store.events())
    reviews = {event.event_id for event in log if event.entry.kind == "review"}
    assert set(told[0]) | set(told[1]) == reviews
    assert len(reviews) == 600
    assert len(store.practice.events("review")) == 600 - 2 * (300 // 7)
    assert len(store.practice.cards()) == 100
    assert len(store.practice.sessions()) == 2
    kept_up = derived(store)
    store.rebuild()
    assert derived(store) == kept_up
    store.close()
