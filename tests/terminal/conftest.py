"""The installed command on a terminal of its own, in a home of its own, with the small book."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.terminal.pseudo_terminal import PseudoTerminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import WriteBook

HANDBOOK = Path(sys.executable).with_name("handbook")
LONG_PAGE = "# Long page\n\n" + "\n\n".join(f"Sentence {n} of many." for n in range(1, 301)) + "\n"


class Start(Protocol):
    """Starts `handbook` with some words; keywords as for PseudoTerminal, variables as a dict."""

    def __call__(
        self, *words: str, variables: dict[str, str | None] = ..., **terminal: object
    ) -> PseudoTerminal: ...


@pytest.fixture
def environ(own_home: Path) -> dict[str, str]:
    """Return the variables of a usual terminal, in a home of the test's own."""
    folders = {f"XDG_{name}_HOME": str(own_home / name.lower()) for name in ("DATA", "CONFIG")}
    return folders | {
        "PATH": os.environ["PATH"],
        "HOME": str(own_home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "HANDBOOK_DATA_DIR": str(own_home / "kept"),
        "HANDBOOK_CACHE_DIR": str(own_home / "cache"),
    }


@pytest.fixture
def small_book(book: WriteBook) -> Path:
    """Write the small book, and into it a page of 300 paragraphs."""
    book({"long.md": LONG_PAGE})
    return book()


@pytest.fixture
def start(environ: dict[str, str], small_book: Path) -> Iterator[Start]:
    """Return a way to start the handbook; whatever still runs at the end of the test is ended."""
    started: list[PseudoTerminal] = []

    def begin(
        *words: str, variables: dict[str, str | None] | None = None, **terminal: object
    ) -> PseudoTerminal:
        changed = environ | {"HANDBOOK_ONLY": str(small_book)} | (variables or {})
        kept = {name: value for name, value in changed.items() if value is not None}
        started.append(PseudoTerminal([HANDBOOK, *words], kept, **terminal))
        return started[-1]

    yield begin
    for each in started:
        each.end()


@pytest.fixture
def database(environ: dict[str, str]) -> Path:
    """Return where the reader's data lies."""
    return Path(environ["HANDBOOK_DATA_DIR"]) / "progress.db"


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    """Return the rows of a query, read as another program would read them."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()
