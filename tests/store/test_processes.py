"""Real processes that write together, or are killed while they write."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import handbook
from handbook.store import derive
from handbook.store.store import Store

TICKER = Path(__file__).with_name("ticker.py")


def start(path: Path, prefix: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(TICKER), str(path), prefix, str(count)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(handbook.__file__).parents[1])},
    )


def write_together(path: Path, writers: int, count: int) -> None:
    """Let processes write into one file at the same time and check that all of it is there."""
    processes = [start(path, f"p{number}", count) for number in range(writers)]
    for number, process in enumerate(processes):
        acknowledged, complaints = process.communicate(timeout=300)
        assert complaints == ""
        assert process.returncode == 0
        assert acknowledged.split() == [f"p{number}-{item}" for item in range(count)]
    store = Store.open(path)
    everything = {f"p{number}-{item}" for number in range(writers) for item in range(count)}
    assert set(store.ticks()) == everything
    log = list(store.events())
    assert len({event.event_id for event in log}) == writers * count
    assert [event.seq for event in log] == list(range(1, writers * count + 1))
    assert store.health().quick_check == "ok"
    store.close()


def kill_while_it_writes(path: Path, kills: int, seed: int) -> int:
    """Kill a writer again and again and return how many acknowledged ticks were checked."""
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    for number in range(kills):
        process = start(path, f"k{number}", 1_000_000)
        with process:
            for _ in range(chance.randrange(1, 40)):
                acknowledged.add(process.stdout.readline().strip())  # type: ignore[union-attr]
            process.kill()
            rest, complaints = process.communicate(timeout=60)
        assert complaints == ""
        acknowledged.update(line for line in rest.splitlines(keepends=False))
        store = Store.open(path)
        there = store.ticks()
        assert acknowledged <= set(there)
        assert len(there) - len(acknowledged) <= number + 1  # written, not yet told
        store.close()
    return len(acknowledged)


def test_two_processes_that_write_500_ticks_each_lose_none(path: Path):
    write_together(path, writers=2, count=500)


def test_six_processes_that_make_the_file_together_lose_none(path: Path):
    write_together(path, writers=6, count=10)


@pytest.mark.slow
def test_two_processes_that_write_2000_ticks_each_lose_none(path: Path):
    write_together(path, writers=2, count=2000)


def test_every_acknowledged_tick_survives_20_kills(path: Path):
    assert kill_while_it_writes(path, kills=20, seed=1) >= 20


@pytest.mark.slow
def test_every_acknowledged_tick_survives_1000_kills(path: Path):
    assert kill_while_it_writes(path, kills=1000, seed=2) >= 1000


def test_after_a_kill_the_derived_rows_are_those_of_the_log(path: Path):
    process = start(path, "k", 1_000_000)
    with process:
        for _ in range(30):
            process.stdout.readline()  # type: ignore[union-attr]
        process.kill()
    assert path.with_name("handbook.db-wal").stat().st_size > 0
    store = Store.open(path)
    assert derive.is_up_to_date(store._ledger.connection)
    before = store.ticks()
    assert len(before) >= 30
    store.rebuild()
    assert store.ticks() == before
    store.close()
    assert not path.with_name("handbook.db-wal").exists()


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_a_lone_helper_file_of_a_killed_process_does_no_harm(path: Path, ending: str):
    store = Store.open(path)
    store.tick("c-1", True, checklist="interview")
    store.close()
    path.with_name(path.name + ending).write_bytes(b"")
    store = Store.open(path)
    assert store.ticks()["c-1"].done
    store.tick("c-2", True, checklist="interview")
    store.close()
