"""A small book with something of every kind to study, and a reader who sits down at it."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from handbook.loader.library import Library
from handbook.model import Confidence, Mark, Position, Rating
from handbook.practice.desk import Desk
from handbook.practice.studying import Studying
from handbook.store.store import Store
from tests.store.conftest import HandClock

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model import Sheet
    from handbook.study.session import Session

DAY_MS = 24 * 60 * 60_000


def _choice(number: int, title: str, more: str = "") -> str:
    return f"""\

## [q-{number:06}] {title}
<!-- single difficulty={1 + number % 3} minutes=1 use=both v=1{more} -->

What is right about number {number}?

- [x] This is right
- [ ] This is wrong
  > It is the other way round.

### Why
Because of number {number}.

### Hints
1. Look at {title.casefold()}.

### See
- [Tools](../roles.md#tools)
"""


def _bank(topic: str, chapter: str, *questions: str) -> str:
    head = f"---\nformat: questions/1\ntopic: {topic}\ntitle: {topic}\nchapter: {chapter}\n---\n"
    return head + f"# {topic.title()}\n" + "".join(questions)


KINDS = """\

## [q-0000m1] Two are right
<!-- multi difficulty=1 minutes=1 use=both v=1 -->

Which?

- [x] One
- [x] Two
- [ ] Three
  > No.

### Why
Both.

## [q-0000c1] A sentence with gaps
<!-- cloze difficulty=1 minutes=1 use=both v=1 -->

The rate is {{1:learned|learnt}}, the loss {{2:falls}}.

### Why
So it is.

## [q-0000r1] In your own words
<!-- recall difficulty=1 minutes=2 use=study v=1 -->

Why does a validation loss rise?

### Rubric
- [2] It overfits
- [1] Or the data differ

### Answer
It overfits, mostly.

### Why
The gap is the symptom.

## [q-0000a1] In order
<!-- order difficulty=1 minutes=1 use=both v=1 -->

What comes first?

1. Data
2. Model
3. Report

### Why
One needs the other.

## [q-0000p1] Pairs
<!-- match difficulty=1 minutes=1 use=both v=1 -->

Who makes what?

| Role | Product |
|--|--|
| Engineer | A service |
| Researcher | A paper |
|  | A slide |

### Why
They do.

## [q-0000b1] The bug
<!-- bug difficulty=1 minutes=1 use=both v=1 -->

What is wrong here?

```python {bug=2}
total = 0
for x in xs: total = x
print(total)
```

- [x] Add instead of assign
- [ ] Print earlier
  > Not that.

### Fix
```python
for x in xs: total += x
```

### Why
It forgets.
"""

CURVE = """\

## [q-0000d1] Two losses
<!-- curve difficulty=1 minutes=1 use=both v=1 -->

How does it go on?

```curve
shape: overfit
series: [train, validation]
epochs: 10
axis: loss
at: [0, 2, 4, 6, 8, 10]
points:
  train: [1.0, 0.7, 0.5, 0.4, 0.3, 0.2]
  validation: [1.1, 0.8, 0.7, 0.8, 0.9, 1.0]
```

- [x] It overfits more
- [ ] It recovers
  > Why should it?

### Why
The gap grows.
"""

FILES = {
    "SUMMARY.md": "# Book\n\n- [Roles](roles.md)\n- [Loss](loss.md)\n- [Bias](bias.md)\n",
    "roles.md": """\
        ---
        id: p-000001
        title: Roles
        ---
        # Roles

        Who does what.

        ## Tools

        ### Which tools are there?
        <!-- cue q-0000q1 -->

        Containers.

        ### Which is the best?
        <!-- cue q-0000q2 -->

        None.

        ## People

        ### Who is asked?
        <!-- cue q-0000q3 -->

        Everybody.
        """,
    "loss.md": "---\nid: p-000002\ntitle: Loss\n---\n# Loss\n\nIt falls.\n",
    "bias.md": "---\nid: p-000003\ntitle: Bias\n---\n# Bias\n\nIt stays.\n",
    "questions/loss.md": _bank("loss", "loss", *(_choice(n, f"Loss {n}") for n in range(1, 8))),
    "questions/bias.md": _bank(
        "bias",
        "bias",
        *(_choice(n, f"Bias {n}") for n in range(11, 15)),
        _choice(19, "Held out").replace("use=both", "use=exam"),
    ),
}


def write_book(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write the book, by default the one above, into a folder."""
    for name, text in (FILES if files is None else files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return folder


class Reader:
    """A reader at a desk, who may come back as a new process would."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.folder = folder
        self.data = data
        self.clock = HandClock()
        self.sit()

    def sit(self) -> None:
        self.store = Store.open(self.data / "progress.db", self.clock)
        self.desk = Desk(Library.open([self.folder]), self.store)
        self.studying = Studying(self.desk)

    def come_back(self) -> None:
        self.store.close()
        self.sit()

    def read(self, page: str) -> None:
        self.store.save_position(Position(page, "", 0, 1.0, True, 0))

    def kinds(self, *kinds: str) -> list[str]:
        return [event.entry.kind for event in self.store.practice.events(*kinds)]

    def sheet(self, session: Session) -> Sheet:
        sheet = self.studying.sheet(session)
        assert sheet is not None
        return sheet

    def answer(
        self, session: Session, rating: Rating = Rating.GOOD, *, seconds: float = 10
    ) -> Session:
        is_right = rating is not Rating.AGAIN
        self.clock.now += round(seconds * 1000)
        return self.studying.answer(
            session,
            self.sheet(session),
            rating=rating,
            confidence=Confidence.SURE,
            mark=Mark(float(is_right), is_right),
            think_ms=500,
            total_ms=round(seconds * 1000),
        )

    def finish(self, session: Session) -> Session:
        while not session.is_over:
            session = self.answer(session)
        return session
