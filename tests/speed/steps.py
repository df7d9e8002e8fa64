"""The steps of the benchmark: each measures one thing and returns rows of the table."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from handbook.terminal import FRAMES_NEAR
from tests.speed import subjects
from tests.speed.on_terminal import (
    answer_to,
    press,
    press_until,
    running,
    time_exit,
    time_start,
)
from tests.speed.report import Row, p50, p95, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.speed.on_terminal import Answer, Start
    from tests.speed.subjects import Place, Subject

ROOT = Path(__file__).parents[2]
NORMAL = (80, 24)
WIDE = (120, 40)
LINE_DOWN, PAGE_DOWN, TO_END, TO_TOP, NEXT_PAGE, PREVIOUS_PAGE = "j", " ", "G", "g", "l", "h"


def first_frames(place: Place, rounds: int, size: tuple[int, int], *, peers: bool) -> list[Row]:
    """Start everything in turn; the first round only warms the caches."""
    bare, small = subjects.bare(place), subjects.page(place, 10)
    large, tree = subjects.page(place, 1000), subjects.tree(place)
    cold = subjects.home(name="handbook, first start ever", starts_cold=True, variables=place.cold)
    home, medium = subjects.home(), subjects.page(place, 20)
    everything = [bare, home, small, medium, large, tree, cold]
    everything += subjects_of_peers(place) if peers else []
    starts: dict[str, list[Start]] = {subject.name: [] for subject in everything}
    too_slow: set[str] = set()
    for number in range(rounds + 1):
        for subject in everything:
            if number == 0 and (subject.starts_cold or subject.is_slow):
                continue
            if subject.is_slow and number > 1:
                continue
            try:
                start = time_start(subject, place, size)
            except TimeoutError:
                if not subject.is_slow:
                    raise
                too_slow.add(subject.name)
                continue
            if number:
                starts[subject.name].append(start)
    slow_rows = [Row(f"{name}, first frame", "not within 120 s") for name in sorted(too_slow)]
    starts = {name: found for name, found in starts.items() if found}
    at = f"{size[0]}x{size[1]}"
    goals = {home.name: 1.25, small.name: 1.25, tree.name: 1.6, cold.name: 1.6}
    times = {name: [start.ms for start in starts[name]] for name in starts}
    memory = {name: p50([start.megabytes for start in starts[name]]) for name in starts}
    rows = [
        Row(
            f"{name}, first frame at {at}",
            f"{spread(times[name])}, {p50([s.size for s in starts[name]]):,.0f} bytes, "
            f"{memory[name]:.0f} MB",
            p50(times[name]) / p50(times[bare.name]),
            "x",
            goals.get(name),
        )
        for name in starts
    ]
    rows.append(_ratio("first frame of 1 MB to that of 10 kB", times, large, small, 1.15))
    rows.append(_ratio("memory with 20 kB to the bare app", memory, medium, bare, 1.25))
    rows.append(_ratio("memory with 1 MB to the bare app", memory, large, bare, 1.5))
    return [*rows, *slow_rows]


def subjects_of_peers(place: Place) -> list[Subject]:
    """Return the other viewers at the pages that they can open within a minute or so."""
    found = [subjects.viewer(place, size) for size in (20, 100, 1000)]
    mouths = [subjects.find_frogmouth(place, size) for size in (20, 100, 1000)]
    return [*found, *(mouth for mouth in mouths if mouth is not None)]


def _ratio(what: str, figures: dict[str, object], one: Subject, other: Subject, goal: float) -> Row:
    first, second = figures[one.name], figures[other.name]
    first, second = (p50(f) if isinstance(f, list) else float(str(f)) for f in (first, second))
    return Row(what, f"{first:,.0f} to {second:,.0f}", first / second, "x", goal)


def scrolling(place: Place, rounds: int) -> list[Row]:
    """Scroll pages of 10 kB and 1 MB; one line, one page, to the end and back."""
    rows = []
    for size in (10, 1000):
        with running(subjects.page(place, size), place, WIDE) as terminal:
            terminal.wait_for_quiet(1.5, 30)
            answers: dict[str, list[Answer]] = {"line": [], "page": [], "end": []}
            for _ in range(rounds):
                press(terminal, TO_TOP)
                answers["line"] += [press(terminal, LINE_DOWN) for _ in range(3)][1:]
                answers["page"] += [press(terminal, PAGE_DOWN) for _ in range(2)]
                answers["end"] += [press(terminal, TO_END)]
        goals = {"line": (8, 1000), "page": (8, 4500), "end": (8, None)}
        for name, (ms, most) in goals.items():
            times = [answer.ms for answer in answers[name]]
            sizes = [answer.size for answer in answers[name]]
            what = f"{name} key, {size} kB, 120x40"
            rows.append(Row(f"{what}, p95", spread(times), p95(times), "ms", ms))
            rows.append(Row(f"{what}, bytes", "median", p50(sizes), "", most))
    return rows


def turning(place: Place, rounds: int) -> list[Row]:
    """Turn from page to page of the shipped book, and between two sized pages."""
    first = at_place("index", "Welcome to the")
    with running(first, place, WIDE) as terminal:
        terminal.wait_for_quiet(1.5, 30)
        turned = [press(terminal, NEXT_PAGE) for _ in range(2 + rounds * 2)][2:]
    times = [answer.frame_ms for answer in turned]
    whole = [answer.ms for answer in turned]
    sizes = [answer.size for answer in turned]
    rows = [
        Row("next page of the book, next frame, p95", spread(times), p95(times), "ms", 16),
        Row("next page of the book, whole layout, p95", spread(whole), p95(whole), "ms"),
        Row("next page of the book, bytes", "median", p50(sizes)),
    ]
    with running(subjects.page(place, 100, among_all=True), place, WIDE) as terminal:
        terminal.wait_for_quiet(1.5, 30)
        opened = []
        for _ in range(rounds):
            opened.append(press_until(terminal, NEXT_PAGE, f"{subjects.OPENING}1000kB"))
            press_until(terminal, PREVIOUS_PAGE, f"{subjects.OPENING}100kB")
    times = [answer.ms for answer in opened]
    return [*rows, Row("turn to a page of 1 MB, p95", spread(times), p95(times), "ms", 50)]


def at_place(name: str, sight: str) -> Subject:
    """Return the handbook at a place of the shipped book."""
    return subjects.Subject(f"handbook {name}", (subjects.HANDBOOK, name), (sight, "? help"))


def resizing(place: Place, rounds: int) -> list[Row]:
    """Give a page of 100 kB another width, again and again."""
    answers = []
    with running(subjects.page(place, 100), place, WIDE) as terminal:
        terminal.wait_for_quiet(1.5, 30)
        for number in range(rounds + 1):
            width = 120 if number % 2 else 100
            answers.append(answer_to(terminal, lambda width=width: terminal.resize(width, 40)))
            terminal.wait_for_quiet(0.5, 30)
    painted = [answer.frame_ms for answer in answers[1:]]
    whole = [answer.ms for answer in answers[1:]]
    return [
        Row("another width for 100 kB, repainted, p95", spread(painted), p95(painted), "ms", 50),
        Row("another width for 100 kB, whole layout, p95", spread(whole), p95(whole), "ms"),
    ]


def searching(place: Place, rounds: int) -> list[Row]:
    """Type queries into the search box and time each key to its painted hits."""
    times: list[float] = []
    with running(subjects.home(), place, WIDE) as terminal:
        terminal.wait_for_quiet(2, 60)
        press(terminal, "s")
        for query in ("residual network", "hireing manager", "what is drift", "data leakage")[
            :rounds
        ]:
            times += [press(terminal, letter).ms for letter in query]
            for _ in query:
                press(terminal, "\x7f")
    return [Row("key to painted hits, shipped book, p95", spread(times), p95(times), "ms", 20)]


def search_index(sizes: Sequence[int]) -> list[Row]:
    """Search made-up books key by key, without a screen."""
    from tests.speed.search_benchmark import speed

    goals = {10_000: 2, 100_000: 8}
    return [
        Row(
            f"index of {row.sections:,} sections: {row.what}",
            "",
            row.value,
            row.unit,
            goals.get(row.sections) if row.what.endswith("p95") else None,
        )
        for size in sizes
        for row in speed(size)
    ]


def opening(place: Place) -> list[Row]:
    """Open pages inside one process, beside Textual's own widget."""
    names = [place.page(size).stem for size in (20, 100, 1000)]
    command = [sys.executable, "-m", "tests.speed.in_process", str(place.book_with(0)), *names]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=place.environ | {"TEXTUAL_FPS": str(FRAMES_NEAR)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    rows = []
    goals = {names[0]: 16, names[2]: 50}
    for name in names:
        for source, times in found["handbook"][name].items():
            what = f"open {name}, {source}: next frame, p95"
            rows.append(Row(what, spread(times), p95(times), "ms", goals.get(name)))
        if name in found["stock"]:
            ours, theirs = p50(found["handbook"][name]["anew"]), p50(found["stock"][name])
            measured = f"{ours:,.1f} to {theirs:,.1f} ms"
            rows.append(Row(f"open {name} to Markdown.update", measured, ours / theirs, "x", 0.1))
    return rows


def idling(place: Place, seconds: float) -> list[Row]:
    """Do nothing, and look what that costs."""
    used, written = {}, {}
    states = {
        "bare": (subjects.bare(place), ""),
        "home": (subjects.home(), ""),
        "page": (subjects.page(place, 20), ""),
        "search": (subjects.home(), "sdrift"),
    }
    for name, (subject, keys) in states.items():
        with running(subject, place) as terminal:
            terminal.wait_for_quiet(1.5, 60)
            if keys:
                terminal.press(keys)
            terminal.wait_for_quiet(1, 30)
            before, count = terminal.cpu_of_threads, len(terminal.output)
            end = perf_counter() + seconds
            while perf_counter() < end:
                terminal.read(end - perf_counter())
            used[name] = (terminal.cpu_of_threads - before) * 1000
            written[name] = len(terminal.output) - count
    rows = [
        Row(
            f"idle for {seconds:g} s, {name}: CPU",
            f"{used[name]:.1f} ms, bare {used['bare']:.1f} ms",
            used[name] / used["bare"],
            "x",
            1.3,
        )
        for name in ("home", "page", "search")
    ]
    return rows + [
        Row(f"idle for {seconds:g} s, {name}: bytes", "", written[name], "", 0)
        for name in ("home", "page", "search")
    ]


def leaving(place: Place, rounds: int) -> list[Row]:
    """Quit, and lose the terminal."""
    times: dict[str, list[float]] = {"bare": [], "q": [], "lost": []}
    ways = (
        ("bare", subjects.bare(place), "q"),
        ("q", subjects.home(), "q"),
        ("lost", subjects.home(), ""),
    )
    for _ in range(rounds):
        for name, subject, how in ways:
            with running(subject, place) as terminal:
                times[name].append(time_exit(terminal, how))
    quits = p50(times["q"]) / p50(times["bare"])
    return [
        Row(
            "q to the end, to the bare app",
            f"{spread(times['q'])}, bare {spread(times['bare'])}",
            quits,
            "x",
        ),
        Row("terminal lost to the end, p95", spread(times["lost"]), p95(times["lost"]), "ms", 1000),
    ]


def commands(place: Place, rounds: int) -> list[Row]:
    """Run commands without a screen beside the import of their libraries."""
    ways = {
        "base": [sys.executable, "-c", "import markdown_it, rapidfuzz"],
        "show": [subjects.HANDBOOK, "show", "index"],
        "search": [subjects.HANDBOOK, "search", "bias", "variance"],
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, command in ways.items():
            began = perf_counter()
            subprocess.run(command, env=place.environ, stdout=subprocess.DEVNULL, check=True)
            if number:
                times[name].append((perf_counter() - began) * 1000)
    rows = [
        Row(
            f"handbook {name}, to the imports",
            f"{spread(times[name])}, imports {spread(times['base'])}",
            p50(times[name]) / p50(times["base"]),
            "x",
            2.5,
        )
        for name in ("show", "search")
    ]
    return [
        *rows,
        *(_without_textual(place, words) for words in (["show", "index"], ["search", "bias"])),
    ]


def _without_textual(place: Place, words: list[str]) -> Row:
    code = (
        "import sys; from handbook.main import run; run(sys.argv[1:]);"
        "print(sum(name.partition('.')[0] in {'textual', 'rich'} for name in sys.modules))"
    )
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, env=place.environ, capture_output=True, text=True, check=True)
    count = int(done.stdout.split()[-1])
    return Row(f"handbook {words[0]}: modules of Textual and Rich", "", count, "", 0)


def package(place: Place) -> list[Row]:
    """Build the wheel, and count what a fresh install brings beyond Textual's own packages."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place.folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    own = needed("ml-teams-handbook") - needed("textual") - {"textual"}
    rows = [Row("packages beyond Textual's", ", ".join(sorted(own)), len(own), "", 9)]
    wheels = sorted(place.folder.glob("*.whl"))
    if done.returncode or not wheels:
        return [*rows, Row("wheel", "hatchling is not installed, or does not build")]
    return [*rows, Row("wheel", wheels[0].name, wheels[0].stat().st_size / 1e6, "MB", 2)]


def needed(name: str) -> set[str]:
    """Return the installed packages that a package needs, directly or not, without itself."""
    found: set[str] = set()
    left = [name]
    while left:
        for requirement in metadata.requires(left.pop()) or ():
            word, _, marker = requirement.partition(";")
            other = re.split(r"[^A-Za-z0-9._-]", word.strip())[0].lower().replace("_", "-")
            if "extra" not in marker and other not in found and _is_installed(other):
                found.add(other)
                left.append(other)
    return found


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True
