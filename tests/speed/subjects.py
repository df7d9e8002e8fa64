"""What is measured and what it is measured against: books of known sizes, and small peers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT = Path(__file__).parents[2] / "content"
HANDBOOK = str(Path(sys.executable).with_name("handbook"))
SIZES = (10, 20, 100, 1000)
"""Sizes of pages in kB, of 1,000 bytes."""

OPENING = "Begins-with-"
"""The first word on a page of a known size; one word, so that no narrow pane can break it."""

BARE = """\
from textual.app import App
from textual.widgets import Static


class Bare(App[None]):
    BINDINGS = [("q", "quit", "Quit")]

    def compose(self):
        yield Static("one bare app")


Bare().run()
"""
"""The neighbour of every start: a Textual app with one widget, written as its tutorial does."""

VIEWER = """\
import sys
from pathlib import Path

from textual.app import App
from textual.widgets import MarkdownViewer


class Viewer(App[None]):
    BINDINGS = [("q", "quit", "Quit")]

    def compose(self):
        yield MarkdownViewer(Path(sys.argv[1]).read_text(), show_table_of_contents=True)


Viewer().run()
"""


class Subject(NamedTuple):
    """A program to start: its command, and texts that are all on its first full frame."""

    name: str
    command: tuple[str, ...]
    sights: tuple[str, ...]
    variables: Mapping[str, str] = MappingProxyType({})
    starts_cold: bool = False
    is_slow: bool = False


class Place(NamedTuple):
    """The folder of a run: a home, books, peers."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def book(self) -> Path:
        return self.folder / "book"

    @property
    def tree(self) -> Path:
        return self.folder / "tree"

    def book_with(self, size: int) -> Path:
        """Return the shipped book with one more page, of a size in kB; 0 has all of them."""
        return self.folder / f"book-{size}"

    def page(self, size: int) -> Path:
        return self.book_with(0) / f"sized-{size:04}.md"

    @property
    def environ(self) -> dict[str, str]:
        """Return the variables of a usual terminal, with nothing of the caller's."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "HANDBOOK_ONLY": str(self.book),
            "HANDBOOK_DATA_DIR": str(self.home / "data"),
            "HANDBOOK_CACHE_DIR": str(self.home / "cache"),
            "HANDBOOK_CONFIG": str(self.home / "config.toml"),
        }

    @property
    def cold(self) -> dict[str, str]:
        """The variables of a start that nobody's cache helps; see `forget`."""
        return {
            "HANDBOOK_DATA_DIR": str(self.home / "cold-data"),
            "HANDBOOK_CACHE_DIR": str(self.home / "cold-cache"),
        }

    def forget(self) -> None:
        """Make the next cold start the first one ever."""
        for folder in self.cold.values():
            shutil.rmtree(folder, ignore_errors=True)


def prepare(folder: Path) -> Place:
    """Write the books and the peers into a folder."""
    place = Place(folder)
    place.home.mkdir()
    shutil.copytree(CONTENT, place.book)
    for size in (0, *SIZES):
        shutil.copytree(CONTENT, place.book_with(size))
    for size in SIZES:
        place.page(size).write_text(page_of(size * 1000, f"{size}kB"), encoding="utf-8")
        shutil.copy(place.page(size), place.book_with(size))
    for number in range(10_000):
        path = place.tree / f"chapter-{number // 100:03}" / f"page-{number % 100:02}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page_of(600, f"tree-{number}"), encoding="utf-8")
    (folder / "bare.py").write_text(BARE, encoding="utf-8")
    (folder / "viewer.py").write_text(VIEWER, encoding="utf-8")
    return place


def page_of(size: int, name: str) -> str:
    """Return a page of about `size` bytes with headings, lists, tables, code and links."""
    parts = [f"# Page {name}\n\n{OPENING}{name} and then has what all pages have.\n"]
    length, number = len(parts[0]), 0
    while length < size:
        number += 1
        parts.append(_section(number))
        length += len(parts[-1])
    return "\n".join(parts)[:size].rstrip() + "\n"


def _section(number: int) -> str:
    sentence = f"A team of {number} plans its work, measures what it can and says what it cannot. "
    items = "\n".join(f"- item {n} with `code` and *weight*" for n in range(1, 6))
    rows = "\n".join(f"| row {n} | {n * number} | said in words |" for n in range(1, 5))
    listing = "\n".join(f"loss[{n}] = model.step({n})  # {number}" for n in range(1, 5))
    return (
        f"## Section {number}\n\n{sentence * 4}See [the page](#section-{number}).\n\n{items}\n\n"
        f"| name | value | remark |\n|---|---|---|\n{rows}\n\n```python\n{listing}\n```\n"
    )


def bare(place: Place) -> Subject:
    """Return the bare app."""
    return Subject(
        "bare Textual app", (sys.executable, f"{place.folder}/bare.py"), ("one bare app",)
    )


def home(**changes: object) -> Subject:
    """Return the handbook at Home."""
    subject = Subject("handbook, Home", (HANDBOOK,), ("Search everything", "? help"))
    return subject._replace(**changes)  # type: ignore[arg-type]


def page(place: Place, size: int, *, among_all: bool = False) -> Subject:
    """Return the handbook at a page of a size in kB, alone or before those of other sizes."""
    name = place.page(size).stem
    book = variables_of(place.book_with(0 if among_all else size))
    return Subject(
        f"handbook, page of {size} kB", (HANDBOOK, name), (f"{OPENING}{size}kB", "? help"), book
    )


def tree(place: Place) -> Subject:
    """Return the handbook at a book of 10,000 pages."""
    return home(
        name="handbook, 10,000 pages, Home",
        sights=("Chapters", "? help"),
        variables=variables_of(place.tree),
    )


def variables_of(book: Path) -> dict[str, str]:
    """Return the variables that open a book with a cache of its own, as one reader's would be."""
    cache = book.with_name(f"cache-of-{book.name}")
    return {"HANDBOOK_ONLY": str(book), "HANDBOOK_CACHE_DIR": str(cache)}


def warm(place: Place) -> None:
    """Fill the caches, as the first start of each book does behind its first frame."""
    books = [place.book_with(size) for size in (0, *SIZES)]
    for variables in ({}, *map(variables_of, [*books, place.tree])):
        subprocess.run(
            [HANDBOOK, "search", "words"],
            env=place.environ | variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )


def viewer(place: Place, size: int) -> Subject:
    """Return Textual's own viewer at a page."""
    command = (sys.executable, f"{place.folder}/viewer.py", str(place.page(size)))
    return Subject(f"MarkdownViewer, {size} kB", command, (OPENING,), is_slow=size >= 100)


def find_frogmouth(place: Place, size: int) -> Subject | None:
    """Return frogmouth at a page, from a virtual environment of its own; None if it cannot be."""
    program = place.folder / "frogmouth" / "bin" / "frogmouth"
    if not program.exists():
        venv.create(place.folder / "frogmouth", with_pip=True)
        install = [program.with_name("pip"), "install", "-q", "frogmouth"]
        done = subprocess.run(install, capture_output=True, check=False)
        if done.returncode:
            return None
    command = (str(program), str(place.page(size)))
    return Subject(f"frogmouth, {size} kB", command, (OPENING,), is_slow=size >= 100)
