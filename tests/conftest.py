"""What every test gets: a home of its own, and a way to write a small book."""

from __future__ import annotations

import os
from textwrap import dedent
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SMALL_BOOK = {
    "SUMMARY.md": """\
        # A small book

        [Welcome](index.md)

        - [Roles](roles/index.md)
          - [ML engineer](roles/ml-engineer.md)
          - [ML researcher](roles/ml-researcher.md)
          - [AI engineer](roles/ai-engineer.md)
        - [The role map](role-map/index.md)
        - [Interview preparation](interview.md)

        [Glossary](glossary.md)
        [Sources](sources.md)
        """,
    "index.md": """\
        ---
        id: p-000001
        title: Welcome
        ---
        # Welcome

        Begin with the [tools](roles/ml-engineer.md#tools) or with <https://example.org/>.

        ## Who reads this

        People who build teams.
        """,
    "roles/index.md": """\
        ---
        id: p-000002
        title: Roles
        ---
        # Roles

        Who does what.
        """,
    "roles/ml-engineer.md": """\
        ---
        id: p-000003
        title: ML engineer
        kind: role
        sources: [lecture]
        role:
          id: ml-engineer
          letter: E
          group: lecture
          skills: {software: 7, ml: 7, communication: 4}
          charts:
            "2021": {software: 5.6, ml: 7, communication: 2.7}
          also_called: [machine learning engineer]
          facts:
            Purpose: Carry models into products
            Tools: Containers
        ---
        # ML engineer

        Trains models and puts them to use [@lecture].

        ## Tools

        Containers and trackers, read about [research](ml-researcher.md).

        ### Which ones

        The fewest.

        ## Background

        Often self-taught.
        """,
    "roles/ml-researcher.md": """\
        ---
        id: p-000004
        title: ML researcher
        kind: role
        role:
          id: ml-researcher
          letter: R
          group: lecture
          skills: {software: 3, ml: 9.5, communication: 5}
          region: {software: [1, 6], ml: [7, 10]}
          facts:
            Purpose: Find out what works
        ---
        # ML researcher

        Works ahead of the product.
        """,
    "roles/ai-engineer.md": """\
        ---
        id: p-000005
        title: AI engineer
        kind: role
        role:
          id: ai-engineer
          letter: A
          group: newer
          skills: {software: 8, ml: 4, communication: 6}
          facts:
            Purpose: Build on foundation models
        ---
        # AI engineer

        Builds on foundation models.
        """,
    "role-map/index.md": """\
        ---
        id: p-000006
        title: The role map
        kind: map
        map:
          x: ML knowledge
          y: software engineering skill
          corners: {software: ships, both: rare, ml: deep, neither: talks}
          note: Read off two charts.
          reading: {ml: roles/ml-researcher.md}
        ---
        # The role map

        Two axes.
        """,
    "interview.md": """\
        ---
        id: p-000007
        title: Interview preparation
        kind: checklist
        checklist: {name: interview, dated: interview}
        ---
        # Interview preparation

        Work it down.

        ## Foundations
        <!-- phase start=-14d -->

        - [ ] [c-000001] Explain bias and variance
          <!-- see=roles/ml-engineer.md#tools minutes=90 core -->
          It is asked first.
        - [ ] [c-000002] Write a training loop

        ## The day
        <!-- phase start=-1d -->

        - [ ] [c-000003] Sleep
        """,
    "glossary.md": """\
        ---
        id: p-000008
        title: Glossary
        kind: glossary
        sources: [lecture]
        ---
        # Glossary

        ## Data

        Data leakage / leakage
        : Information in training that is not there in use. [@lecture]

        Drift
        : A change of the world after release.
        """,
    "sources.md": """\
        ---
        id: p-000009
        title: Sources
        kind: sources
        ---
        # Sources

        `lecture` The lecture of 2019
        : Where all of this began. <https://example.org/lecture>
        """,
}
"""A book with one of everything and no mistake; ten pages."""

FOREIGN = ("HANDBOOK_", "XDG_", "TEXTUAL_", "SSH_")
OTHERS = ("NO_COLOR", "COLORTERM", "COLORFGBG", "COLUMNS", "LINES", "TMUX", "STY")


class WriteBook(Protocol):
    """Writes files, by default the small book, into a folder and returns it."""

    def __call__(self, files: Mapping[str, str] = ..., name: str = ...) -> Path: ...


# Properties look elsewhere at each run at a desk, and always at the same examples in a pipeline.
# No example has a deadline: machines are noisy.
settings.register_profile("desk", deadline=None)
settings.register_profile("pipeline", derandomize=True, deadline=None)
settings.load_profile("pipeline" if os.environ.get("CI") else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `--frames` write the golden frames anew; here, so that `pytest --frames` knows it too."""
    parser.addoption("--frames", action="store_true", help="write the golden frames anew")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a test an empty home, so that it neither sees nor touches the real one."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(FOREIGN) or name in OTHERS:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    for name in ("DATA", "CACHE", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    return home


@pytest.fixture
def book(tmp_path: Path) -> WriteBook:
    """Write a content folder: `book()`, or `book({"a.md": "# A"}, "team")`."""

    def write(files: Mapping[str, str] = SMALL_BOOK, name: str = "book") -> Path:
        for path, text in files.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(dedent(text), encoding="utf-8")
        return tmp_path / name

    return write
