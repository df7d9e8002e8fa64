"""Study over 10,000 questions: how long a session takes to start, and an answer to be written.

Once pure part and store together, without a screen and with all questions seen before; once with
real keys on a terminal. The store is on a disk and every answer durable.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from handbook.loader.library import Library
from handbook.model import Confidence, Entry, Mark, Rating
from handbook.practice.desk import Desk
from handbook.practice.studying import Studying
from handbook.store.store import Store
from tests.speed import subjects
from tests.speed.on_terminal import press, running
from tests.speed.report import Row, p95, spread
from tests.store.conftest import NOON, HandClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.speed.subjects import Place

WIDE = (120, 40)
QUESTIONS = 10_000
A_DAY = 50
DAY_MS = 24 * 60 * 60_000
TOPICS = 25

CHOICE = """\
## [q-{number:06}] Number {number}
<!-- single difficulty={difficulty} minutes=0.5 use=both v=1 -->

What is right about number {number}?

- [x] This
- [ ] That
  > It is the other way round.

### Why
Because.
"""


def studying(rounds: int) -> list[Row]:
    """Begin sessions and answer questions in a bank that was seen as a whole."""
    with tempfile.TemporaryDirectory() as folder:
        clock = HandClock(NOON)
        store = Store.open(Path(folder) / "data" / "progress.db", clock)
        library = Library.open([_write_bank(Path(folder) / "book")])
        _answer_all(store, clock)
        desk = Desk(library, store)
        _ = desk.questions  # the book is open by then; reading it is another benchmark
        rows = [
            _row("session begins", _time_beginnings(desk, rounds), 60),
            _row("what Home is told of study", _time(rounds, lambda: Studying(desk).due_counts())),
            _row("answer to the next question", _time_answers(desk, rounds), 25),
        ]
        store.close()
    return rows


def studying_on_terminal(place: Place, rounds: int) -> list[Row]:
    """Press the key that grades an answer; it is on disk once the next question is shown."""
    data = place.folder / "study-data"
    book = subjects.variables_of(_write_bank(place.folder / "study-book"))
    subject = subjects.Subject(
        "handbook study",
        (subjects.HANDBOOK, "study", "--minutes", "0", "--sprint", "all"),
        ("What is right about number",),
        book | {"HANDBOOK_DATA_DIR": str(data)},
    )
    shown, graded = [], []
    with running(subject, place, WIDE) as terminal:
        terminal.wait_for_quiet(2, 60)
        for number in range(rounds):
            press(terminal, "a")
            shown.append(press(terminal, "2").ms)
            graded.append(press(terminal, "3").ms)
            if _answers_on_disk(data) != number + 1:
                raise RuntimeError(f"answer {number + 1} is not on disk:\n{terminal.text}")
    return [
        _row("key to what is right, 120x40", shown),
        _row("key to the next question with the answer on disk, 120x40", graded, 25),
    ]


def _answers_on_disk(data: Path) -> int:
    with closing(sqlite3.connect(data / "progress.db")) as store:
        [count] = store.execute("SELECT count(*) FROM event WHERE kind = 'review'").fetchone()
    return int(count)


def _row(what: str, times: list[float], goal: float | None = None) -> Row:
    return Row(f"{QUESTIONS:,} questions: {what}, p95", spread(times), p95(times), "ms", goal)


def _write_bank(folder: Path) -> Path:
    (folder / "questions").mkdir(parents=True)
    (folder / "index.md").write_text("# Book\n\nOf questions.\n", encoding="utf-8")
    for topic in range(TOPICS):
        head = f"---\nformat: questions/1\ntopic: topic-{topic}\nchapter: index\n---\n# Topic\n\n"
        texts = (
            CHOICE.format(number=number, difficulty=1 + number % 3)
            for number in range(topic, QUESTIONS, TOPICS)
        )
        path = folder / "questions" / f"topic-{topic}.md"
        path.write_text(head + "\n".join(texts), encoding="utf-8")
    return folder


def _answer_all(store: Store, clock: HandClock) -> None:
    """Answer every question once, so many a day up to yesterday."""
    days = QUESTIONS // A_DAY
    for day in range(days):
        clock.now = NOON - (days - day) * DAY_MS
        store.practice.append(
            *(
                Entry(
                    "review",
                    f"q-{number:06}",
                    {"mode": "study"},
                    item_v=1,
                    session_id="before",
                    rating=3,
                    confidence=2,
                    correct=1.0,
                    total_ms=20_000,
                )
                for number in range(day * A_DAY, (day + 1) * A_DAY)
            )
        )
    clock.now = NOON


def _time(rounds: int, call: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(rounds + 1):
        began = perf_counter()
        call()
        times.append((perf_counter() - began) * 1000)
    return times[1:]


def _time_beginnings(desk: Desk, rounds: int) -> list[float]:
    def begin() -> None:
        studying = Studying(desk)
        studying.sheet(studying.begin())

    return _time(rounds, begin)


def _time_answers(desk: Desk, rounds: int) -> list[float]:
    """Answer until the session is over, each time from a sheet to the next one."""
    times: list[float] = []
    verbs = Studying(desk)
    session = verbs.begin()
    sheet = verbs.sheet(session)
    while sheet is not None and len(times) <= 10 * rounds:
        began = perf_counter()
        session = verbs.answer(
            session,
            sheet,
            rating=Rating.GOOD,
            confidence=Confidence.THINK,
            mark=Mark(1.0, is_right=True),
            total_ms=1000,
        )
        sheet = verbs.sheet(session)
        times.append((perf_counter() - began) * 1000)
    return times[1:]
