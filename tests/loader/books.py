"""Small books in a temporary folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from handbook.loader.library import Library

if TYPE_CHECKING:
    from pathlib import Path


def book(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def library(folder: Path, files: dict[str, str], cache: Path | None = None) -> Library:
    """Write files into a folder and open it as a book."""
    return Library.open([book(folder, files)], cache=cache)


def filled(read: Library) -> Library:
    """Return a book all of which is in its cache."""
    for info in read.handbook.pages:
        read.page(info.id)
    return read


def titles(read: Library) -> list[str]:
    """Return the titles of a book's pages in order."""
    return [info.title for info in read.handbook.pages]


def contents(read: Library) -> list[tuple[int, str, list[tuple[int, str]]]]:
    """Return number, title and pages (depth, path) of each chapter."""
    pages = read.handbook.pages
    return [
        (chapter.number, chapter.title, [(pages[n].depth, pages[n].path) for n in chapter.pages])
        for chapter in read.handbook.chapters
    ]


def codes(read: Library) -> list[tuple[str, str, int]]:
    """Return code, file and line of every problem of a book."""
    return [(each.code, each.file, each.line) for each in read.problems()]


def touch(path: Path, seconds: int) -> None:
    """Set the time of a file's last change."""
    os.utime(path, (seconds, seconds))


def page(number: int, heading: str = "", **front: str) -> str:
    """Return a page of our own kind with the id p-aaaaa<number>."""
    lines = [f"id: p-aaaaa{number}", *(f"{key}: {value}" for key, value in front.items())]
    return "---\n" + "\n".join(lines) + f"\n---\n\n# {heading or f'Page {number}'}\n\nText.\n"
