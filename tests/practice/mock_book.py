"""A small book with a loop, a question of the bank and a cue, and a reader at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.loader.library import Library
from handbook.practice.desk import Desk
from handbook.practice.mocks import Mocks
from handbook.store.store import Store
from handbook.study import mock
from tests.store.conftest import HandClock

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.interview import Interview

LEVELS = """\
### Levels
| Dimension | 1 | 2 | 3 | 4 |
|---|---|---|---|---|
| Method | a | b | c | d |
"""
FILES = {
    "a.md": """\
---
id: p-000001
title: Looking
kind: page
---
# Looking

## What comes first? {#first}
<!-- cue q-c00001 -->

Looking comes first.
""",
    "questions/q.md": """\
---
format: questions/1
topic: debugging
---

## [q-b00001] What first?
<!-- recall difficulty=2 minutes=3 use=both v=4 -->

What do you do first?

### Rubric
- [2] Looks
- [2] Reads

### Answer
I look.

### See
- [Looking](../a.md#first)
""",
    "loops/one.md": f"""\
---
format: loop/1
title: One
role: any
---
## Pair debugging
<!-- round debugging minutes=45 -->

Say hello.

## [m-a00001] A bug
<!-- item minutes=20 -->

What is wrong?

### Rubric
- [2] Looks first `q-b00001`
- [1] Then acts

### Follow-ups
- (probe) Why?

{LEVELS}
### See
- [Looking](../a.md#first)

## [q-b00001] What first?
<!-- item minutes=5 -->

{LEVELS}

## Second
<!-- round theory minutes=10 -->

## [m-a00002] Another
<!-- item minutes=5 -->

What else?

### Rubric
- [1] Nothing

{LEVELS}
""",
}


class Interviewer:
    """A reader at a desk, who may come back as a new process would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, text in FILES.items():
            path = folder / "book" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.clock = HandClock()
        self.sit()

    def sit(self) -> None:
        self.store = Store.open(self.folder / "data" / "progress.db", self.clock)
        self.mocks = Mocks(Desk(Library.open([self.folder / "book"]), self.store))

    def come_back(self) -> None:
        self.store.close()
        self.sit()

    def kinds(self) -> list[str]:
        return [event.entry.kind for event in self.store.practice.events()]

    def begin(self, mode: str = "interviewer", **how: object) -> Interview:
        """Begin the loop and its first round."""
        found = self.mocks.begin(self.mocks.loop("one"), mode, **how)  # type: ignore[arg-type]
        return self.mocks.do(found, mock.open_round(found, 0))

    def answer(self, interview: Interview, *met: bool) -> Interview:
        """Answer the item on the table alone, and judge it criterion by criterion."""
        do = self.mocks.do
        interview = do(interview, mock.outline(interview, "I look."))
        interview = do(interview, mock.say_done(interview))
        for number, is_met in enumerate(met):
            interview = do(interview, mock.judge(interview, number, is_met=is_met))
        return interview
