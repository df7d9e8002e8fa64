"""A book whose checklist can be measured, and readers who study, sit mixed tests, and wait."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from textwrap import dedent
from typing import TYPE_CHECKING

from handbook.loader.library import Library
from handbook.model.event import Entry
from handbook.practice.desk import Desk
from handbook.practice.readiness import Readiness
from handbook.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from handbook.model import Question

DAY_MS = 24 * 60 * 60_000
NOON = 1_778_932_800_000  # 2026-05-16 12:00 UTC


def _question(number: int, use: str) -> str:
    return f"""
## [q-{number:06}] Question {number}
<!-- single difficulty=1 minutes=2 use={use} v=1 -->

What is right about {number}?

- [x] This
- [ ] That
  > It is the other way round.

### Why
Because of {number}.

### See
- [Loss](../loss.md)
"""


def _bank(topic: str, title: str, first: int, study: int, held_out: int) -> str:
    uses = ["both"] * study + ["exam"] * held_out
    head = f"---\nformat: questions/1\ntopic: {topic}\ntitle: {title}\nchapter: loss\n---\n"
    body = "".join(_question(first + number, use) for number, use in enumerate(uses))
    return f"{head}# {title}\n{body}"


BOOK: Mapping[str, str] = {
    "SUMMARY.md": "# Book\n\n- [Loss](loss.md)\n- [List](list.md)\n- [Move](move.md)\n",
    "loss.md": "---\nid: p-000001\ntitle: Loss\n---\n# Loss\n\nIt falls.\n",
    "list.md": """\
        ---
        id: p-000002
        title: Getting ready
        kind: checklist
        checklist: {name: interview, dated: interview}
        ---
        # Getting ready

        ## Foundations
        <!-- phase start=-20d min=2d -->

        - [ ] [c-000001] Know the losses
          <!-- topics=loss minutes=60 core -->
        - [ ] [c-000002] Know both
          <!-- topics=loss,bias need=seen:0.5 minutes=30 -->
        - [ ] [c-000003] Ask a friend
          <!-- minutes=10 -->

        ## Sharpen
        <!-- phase start=-7d -->

        - [ ] [c-000004] Rehearse
          <!-- minutes=45 core -->

        ## The day
        <!-- phase start=0d -->

        - [ ] [c-000005] Sleep
        """,
    "move.md": """\
        ---
        id: p-000003
        title: Moving in
        kind: checklist
        checklist: {name: move, dated: start}
        ---
        # Moving in

        ## First
        <!-- phase start=0d -->

        - [ ] [c-000011] Say hello
        """,
    "questions/loss.md": _bank("loss", "Losses", 100, 5, 7),
    "questions/bias.md": _bank("bias", "Bias and variance", 200, 3, 2),
}


def write_book(folder: Path) -> Path:
    for name, text in BOOK.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return folder


class MovingClock:
    """A clock in UTC that stands still unless it is moved."""

    def __init__(self, now: int = NOON) -> None:
        self.now = now

    def now_ms(self) -> int:
        return self.now

    def tz_offset_min(self, at_ms: int) -> int:  # noqa: ARG002 - the same at any time
        return 0


class Person:
    """A reader with a book, a store and a clock of their own."""

    def __init__(self, book: Path, data: Path, start: int = NOON) -> None:
        self.clock = MovingClock(start)
        self.library = _library(book)
        self.store = Store.open(data / "progress.db", self.clock)
        self.desk = Desk(self.library, self.store)
        self._sessions = 0

    @property
    def ready(self) -> Readiness:
        """What is known now."""
        return Readiness(self.desk)

    def wait(self, days: float) -> None:
        self.clock.now += int(days * DAY_MS)

    def in_days(self, days: int) -> date:
        return self.ready.today + timedelta(days=days)

    def of(self, topic: str, *, held_out: bool = False) -> list[Question]:
        found = self.library.questions()
        return [each for each in found if (each.topic, each.is_held_out) == (topic, held_out)]

    def answers(
        self,
        questions: Iterable[Question],
        *,
        mode: str = "study",
        wrong: int = 0,
        seconds: int = 60,
    ) -> None:
        """Answer questions in a session of their own, the last ones wrong."""
        found = list(questions)
        self._sessions += 1
        session = f"s{self._sessions}"
        right = [number < len(found) - wrong for number in range(len(found))]
        self.store.practice.append(
            Entry(
                "session_start",
                data={"kind": mode, "plan": {"title": "Mixed form"}},
                session_id=session,
            ),
            *(
                Entry(
                    "review",
                    each.id,
                    {"answer": {}, "mode": mode, "topic": each.topic},
                    item_v=each.version,
                    session_id=session,
                    rating=3 if is_right else 1,
                    correct=float(is_right),
                    total_ms=seconds * 1000,
                )
                for each, is_right in zip(found, right, strict=True)
            ),
            Entry("session_end", session_id=session),
        )

    def learns(self, *topics: str) -> None:
        """Study topics on four days, the last one today."""
        for number in range(4):
            for topic in topics:
                self.answers(self.of(topic))
            self.wait(0 if number == 3 else 1 + number * 2)

    def sits(self, *, loss: int = 5, bias: int = 1, first: int = 0, wrong: int = 0) -> None:
        """Sit a mixed test; the wrong ones are of the losses."""
        asked = self.of("loss", held_out=True)[first : first + loss]
        self.answers([*self.of("bias", held_out=True)[:bias], *asked], mode="exam", wrong=wrong)


@cache
def _library(book: Path) -> Library:
    return Library.open([book])
