"""How fast the search is and how often it is right: `python -m tests.speed.search_benchmark`.

Times are of the processor, not of the clock, so that other programs on the machine do not count.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING, NamedTuple

from handbook.search.index import Index
from tests.speed.search_peers import name_of, open_elasticlunr, open_fts5, open_fzf
from tests.speed.search_quality import KINDS, book, place_of, questions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handbook.model.search import Passage
    from tests.speed.search_peers import Ask

SIZES = (1_000, 10_000, 100_000)
ASKED = 200
PEERS: dict[str, Callable[[Sequence[Passage]], Ask | None]] = {
    "FTS5": open_fts5,
    "fzf": open_fzf,
    "mdBook": open_elasticlunr,
}


class Row(NamedTuple):
    """One figure: who, over how many sections, what, how much, and in which unit."""

    who: str
    sections: int
    what: str
    value: float | None
    unit: str

    def __str__(self) -> str:
        value = "not installed" if self.value is None else f"{self.value:.4g} {self.unit}"
        return f"{self.who:<10} {self.sections:>8} {self.what:<28} {value}"


def speed(size: int, limit: int = 50) -> list[Row]:
    """Measure building, keeping and loading an index, and a query at every key."""
    passages = book(size)
    before = _resident()
    started = time.thread_time()
    index = Index.build(passages)
    rows = [("build", (time.thread_time() - started) * 1e3, "ms")]
    rows.append(("memory of the index", (_resident() - before) / 1e6, "MB"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "search.bin"
        index.save(path, "")
        started = time.thread_time()
        loaded = Index.load(path, "")
        rows.append(("load", (time.thread_time() - started) * 1e3, "ms"))
        rows.append(("file", path.stat().st_size / 1e6, "MB"))
    if loaded is None:
        raise RuntimeError("the index that was just saved cannot be loaded")
    for kind in ("heading", "one error"):
        times = sorted(_times(loaded, [each.text for each in questions(passages, kind, 60)], limit))
        rows.append((f"a key, {kind}, p50", times[len(times) // 2], "ms"))
        rows.append((f"a key, {kind}, p95", quantiles(times, n=20)[-1], "ms"))
    return [Row("handbook", size, *row) for row in rows]


def _times(index: Index, queries: Sequence[str], limit: int) -> list[float]:
    """Return the milliseconds of the search at every key while these queries are typed."""
    times: list[float] = []
    for query in queries:
        for end in range(1, len(query) + 1):
            started = time.thread_time()
            index.search(query[:end], limit=limit)
            times.append((time.thread_time() - started) * 1e3)
    return times


def _resident() -> int:
    """Return the bytes of memory in use, 0 where Linux's /proc is missing."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * 4096 if statm.exists() else 0


def quality(size: int, peers: Sequence[str] = tuple(PEERS), count: int = ASKED) -> list[Row]:
    """Compare how often the heading sought is the first, and among the first ten."""
    passages = book(size)
    index = Index.build(passages)
    rows: list[Row] = []
    engines: dict[str, Ask | None] = {
        "handbook": lambda queries: [
            [name_of(hit.passage) for hit in index.search(query, limit=10).hits]
            for query in queries
        ],
        **{peer: PEERS[peer](passages) for peer in peers},
    }
    asked = [each for kind in KINDS for each in questions(passages, kind, count)]
    for who, ask in engines.items():
        found = ask([each.text for each in asked]) if ask else []
        places = [place_of(each.heading, hits) for each, hits in zip(asked, found, strict=False)]
        for number, kind in enumerate(KINDS):
            of_kind = places[number * count : (number + 1) * count]
            first = 100 * of_kind.count(1) / count if ask else None
            ten = 100 * sum(place > 0 for place in of_kind) / count if ask else None
            rows.append(Row(who, size, f"{kind}: first", first, "%"))
            rows.append(Row(who, size, f"{kind}: in ten", ten, "%"))
    return rows


def main(arguments: Sequence[str]) -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="for speed")
    parser.add_argument("--quality", type=int, nargs="*", default=SIZES[1:2], help="sizes")
    options = parser.parse_args(arguments)
    for size in options.sizes:
        print(*speed(size), sep="\n", flush=True)
    for size in options.quality:
        print(*quality(size), sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
