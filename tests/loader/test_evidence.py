"""Items of checklists that can be measured: their topics, what they need, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.model import Checklist, Need
from tests.loader.books import library

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.loader.library import Library

PAGE = """\
---
id: p-aaaaa1
title: List
kind: checklist
checklist: {{name: interview, dated: interview}}
---
# List

## Phase
<!-- phase start=-14d {phase}-->

- [ ] [c-000001] Know it
  <!-- {words} -->
"""

BANK = """\
---
format: questions/1
topic: bias-variance
title: Bias and variance
chapter: loss
---
# Bias and variance

## [q-000001] One
<!-- single difficulty=1 minutes=1 use=both v=1 -->

Which?

- [x] This
- [ ] That
  > No.

### Why
So it is.

### See
- [List](../list.md)
"""


def book(folder: Path, words: str, phase: str = "") -> Library:
    files = {"list.md": PAGE.format(words=words, phase=phase), "questions/bias.md": BANK}
    return library(folder, files)


def read(folder: Path, words: str, phase: str = "") -> Checklist:
    (found,) = book(folder, words, phase).checklists()
    return found


def told(folder: Path, words: str, phase: str = "") -> list[str]:
    found = book(folder, words, phase).problems()
    return [str(each) for each in found if each.code in {"P163", "P164", "C233"}]


def test_an_item_names_its_topics_and_what_it_needs(tmp_path: Path) -> None:
    words = "topics=bias-variance need=recall:0.9,seen:1,test:.75 minutes=5 core"
    (item,) = read(tmp_path, words).items
    assert item.topics == ("bias-variance",)
    assert item.need == Need(recall=0.9, seen=1.0, test=0.75)
    assert (item.minutes, item.core) == (5, True)
    assert told(tmp_path / "again", words) == []


def test_what_is_not_said_is_as_usual(tmp_path: Path) -> None:
    (item,) = read(tmp_path, "topics=bias-variance need=seen:0.5").items
    assert item.need == Need(recall=0.85, seen=0.5, test=0.7)
    (item,) = read(tmp_path / "other", "minutes=5").items
    assert (item.topics, item.need) == ((), Need())


def test_a_phase_says_how_few_days_it_can_do_with(tmp_path: Path) -> None:
    (phase,) = read(tmp_path, "minutes=5", "min=1w ").phases
    assert (phase.start, phase.least) == (-14, 7)
    (phase,) = read(tmp_path / "other", "minutes=5").phases
    assert phase.least == 0


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (
            "topics=bias need=seen:0.5",
            "C233 no question has the topic 'bias' (valid: bias-variance)",
        ),
        (
            "topics=bias-varianc",
            "C233 no question has the topic 'bias-varianc' (did you mean \"bias-variance\"?)",
        ),
        (
            "topics=bias-variance need=recal:0.9",
            'P164 need cannot be "recal:0.9" (did you mean "recall"?)',
        ),
        (
            "topics=bias-variance need=seen:80%",
            'P164 seen cannot be "80%", a share from 0 to 1 is needed (need=recall:0.85)',
        ),
        (
            "topics=bias-variance need=test:1.5",
            'P164 test cannot be "1.5", a share from 0 to 1 is needed (need=recall:0.85)',
        ),
        (
            "topics=bias-variance need=test:0",
            'P164 test cannot be "0", a share from 0 to 1 is needed (need=recall:0.85)',
        ),
        ("need=seen:0.5", "P164 need says nothing without topics (topics=bias-variance)"),
        (
            "topic=bias-variance",
            'P163 unknown word "topic" in the comment (did you mean "topics"?)',
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, words: str, problem: str) -> None:
    line = 12 if problem.startswith("C") else 13
    assert told(tmp_path, words) == [f"list.md:{line}: {problem}"]


def test_a_wrong_least_length_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "minutes=5", "min=-3d ") == [
        'list.md:10: P164 min cannot be "-3d" (min=14d)'
    ]
