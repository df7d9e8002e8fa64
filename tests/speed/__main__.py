"""All benchmarks with one command: `python -m tests.speed [--quick] [--only WORD]`.

Programs are measured in turn, round by round, and compared in the same run, since machines differ
and change. Progress goes to stderr, the table as Markdown to stdout. The exit code is 1 only if a
figure misses its goal by far.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from tests.speed import steps, studying
from tests.speed.report import markdown
from tests.speed.subjects import prepare, warm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.speed.report import Row
    from tests.speed.subjects import Place


def main(arguments: Sequence[str]) -> int:
    """Measure everything and print the table; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.speed", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, no other viewers")
    parser.add_argument("--only", default="", help="only steps whose title holds this word")
    options = parser.parse_args(arguments)
    rows: list[Row] = []
    # A start without bytecode takes four times as long, and nobody's does but the first.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="handbook-speed-") as folder:
        tell("writing books")
        place = prepare(Path(folder))
        tell("filling caches")
        warm(place)
        print(machine(), flush=True)
        for title, step in plan(place, quick=options.quick).items():
            if options.only.lower() not in title.lower():
                continue
            tell(title)
            began = perf_counter()
            found = step()
            rows += found
            print(markdown(title, found), flush=True)
            tell(f"  {perf_counter() - began:.0f} s")
    return verdict(rows)


def plan(place: Place, *, quick: bool) -> dict[str, Callable[[], list[Row]]]:
    """Return the steps by title."""
    rounds = 4 if quick else 12
    return {
        "First frame, 80x24": lambda: steps.first_frames(
            place, rounds, steps.NORMAL, peers=not quick
        ),
        "First frame, 120x40": lambda: steps.first_frames(place, rounds, steps.WIDE, peers=False),
        "Scrolling": lambda: steps.scrolling(place, 5 if quick else 20),
        "Turning pages": lambda: steps.turning(place, 4 if quick else 15),
        "Opening pages in one process": lambda: steps.opening(place),
        "Another size": lambda: steps.resizing(place, 6 if quick else 20),
        "Search in the app": lambda: steps.searching(place, 2 if quick else 4),
        "Search in the index": lambda: steps.search_index(
            (10_000,) if quick else (10_000, 100_000)
        ),
        "Study": lambda: studying.studying(10 if quick else 40),
        "Study on a terminal": lambda: studying.studying_on_terminal(place, 10 if quick else 40),
        "Commands": lambda: steps.commands(place, 4 if quick else 12),
        "Idle": lambda: steps.idling(place, 4 if quick else 10),
        "Leaving": lambda: steps.leaving(place, 3 if quick else 8),
        "Package": lambda: steps.package(place),
    }


def verdict(rows: Sequence[Row]) -> int:
    """Print what is missed; return 1 if anything is missed by far."""
    missed = [row for row in rows if not row.is_reached]
    gross = [row for row in rows if row.is_gross]
    goals = sum(row.goal is not None for row in rows)
    print(f"{goals - len(missed)} of {goals} goals reached, {len(gross)} missed by far.")
    for row in gross:
        print(f"- missed by far: {row.what}")
    return 1 if gross else 0


def machine() -> str:
    """Return what it was measured on."""
    return (
        f"Python {platform.python_version()}, Textual {metadata.version('textual')}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}. "
        "Pairs are median / 95th percentile; x is to the neighbour of the same run.\n"
    )


def tell(text: str) -> None:
    """Print progress."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
