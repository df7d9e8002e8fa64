"""Which files a content folder holds, and whether they changed: one walk, nothing is read.

A folder may be anybody's: links that leave it are refused, dot files and `node_modules` passed
over, and the walk ends at `MOST_PAGES` pages.
"""

# Paths are strings here: ten thousand Path values would cost a start 30 ms.
# ruff: noqa: PTH112, PTH113, PTH116, PTH119, PTH120, PTH123
from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

Stamp: TypeAlias = tuple[int, int, int]
"""What changes when a file does: mtime and ctime in nanoseconds, and the size in bytes."""

ENDINGS = (".md", ".markdown")
"""The endings of files that are pages."""

EXAMS = "exams"
"""The folder of a content folder where blueprints of exams (*.toml) lie."""

MOST_PAGES = 20_000
MOST_ENTRIES = 500_000
_PASSED_OVER = frozenset({"node_modules", "__pycache__"})
_SRC = re.compile(r"""^[ \t]*src[ \t]*=[ \t]*["']([^"'\n]+)["']""", re.MULTILINE)
_DOCS_DIR = re.compile(r"""^docs_dir:[ \t]*["']?([^"'\n#]+)""", re.MULTILINE)

CONTROLS = {
    "book.toml": (_SRC, "src"),
    "mkdocs.yml": (_DOCS_DIR, "docs"),
    "mkdocs.yaml": (_DOCS_DIR, "docs"),
}
"""The files of settings of mdBook and MkDocs: where they name the folder of the pages, and which
it is if they do not."""

Fault: TypeAlias = tuple[str, str, str]
"""A code, a path and a message: what was refused or cannot be read."""


class Scan(NamedTuple):
    """A content folder as it was found.

    `root` is the real path of the folder that paths count from, `name` what the layer is called;
    `files` maps paths with "/" to stamps; `controls` are the files beside the pages that say how
    the book is ordered (book.toml, mkdocs.yml), by absolute path; `exams` are its blueprints.
    """

    root: str
    name: str
    files: dict[str, Stamp]
    controls: tuple[tuple[str, Stamp], ...]
    faults: tuple[Fault, ...]
    exams: tuple[tuple[str, Stamp], ...] = ()


def scan(layer: Path) -> Scan:
    """Walk a layer: a folder or a single Markdown file.

    Raises ContentError if it cannot be read, or has neither a page nor the blueprint of an exam.
    """
    given = os.path.realpath(layer)
    name = os.path.basename(given) or given
    try:
        if stat.S_ISDIR(os.stat(given).st_mode):
            root, controls = _find_root(given)
            files, faults = _walk(root)
            exams = _find_exams(root)
        else:
            root, controls, faults, exams = os.path.dirname(given), (), [], ()
            files = {name: stamp_of(given)} if name.lower().endswith(ENDINGS) else {}
    except OSError as error:
        raise ContentError(
            f"the content folder {layer} cannot be read: {error.strerror or error}",
            hint="name a folder of Markdown files",
        ) from error
    if not files and not exams:
        raise no_pages(layer)
    return Scan(root, name, files, controls, tuple(faults), exams)


def no_pages(layer: Path) -> ContentError:
    """Return the error that a layer has nothing to read."""
    return ContentError(f"{layer} holds no Markdown page", hint="name a folder of .md files")


def stamp_of(path: str) -> Stamp:
    """Return the stamp of a file; raises OSError."""
    return _stamp(os.stat(path))


def read_bytes(path: str, limit: int = -1) -> bytes:
    """Return the bytes of a regular file, at most `limit`; a pipe or a device raises OSError."""
    # O_NONBLOCK: opening a pipe that nobody writes to must not wait.
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    with open(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(f"{path} is not a file")
        return file.read(limit)


def is_inside(root: str, path: str) -> bool:
    """Tell whether a path, with all symbolic links followed, is a folder or lies in it."""
    real = os.path.realpath(path)
    return real == root or real.startswith(root.rstrip("/") + "/")


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size


def _find_root(given: str) -> tuple[str, tuple[tuple[str, Stamp], ...]]:
    """Return the folder with the pages, and the files that describe the book."""
    for name, (pattern, default) in CONTROLS.items():
        path = f"{given}/{name}"
        if os.path.isfile(path):
            return _inner(given, _value(path, pattern) or default), ((path, stamp_of(path)),)
    parent = os.path.dirname(given)
    for name, (pattern, default) in CONTROLS.items():
        path = f"{parent}/{name}"
        if os.path.isfile(path):
            folder = _value(path, pattern) or default
            if os.path.realpath(f"{parent}/{folder}") == given:
                return given, ((path, stamp_of(path)),)
    return given, ()


def _find_exams(root: str) -> tuple[tuple[str, Stamp], ...]:
    try:
        found = sorted(os.scandir(f"{root}/{EXAMS}"), key=lambda entry: entry.name)
        return tuple((each.name, _stamp(each.stat())) for each in found if _is_exam(each))
    except OSError:
        # What is wrong with them is told where they are read.
        return ()


def _is_exam(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(".toml") and entry.is_file()


def _value(path: str, pattern: re.Pattern[str]) -> str:
    # One line of a file of settings: a search is enough, and a parser would cost every start.
    found = pattern.search(read_bytes(path, 1 << 20).decode("utf-8", "replace"))
    return found[1].strip() if found else ""


def _inner(given: str, folder: str) -> str:
    """Return the folder inside a book's folder, or the book's folder if there is no such."""
    path = os.path.realpath(f"{given}/{folder}")
    return path if is_inside(given, path) and os.path.isdir(path) else given


def _walk(root: str) -> tuple[dict[str, Stamp], list[Fault]]:
    files: dict[str, Stamp] = {}
    faults: list[Fault] = []
    folders = [""]
    entries = 0
    while folders:
        prefix = folders.pop()
        try:
            found = list(os.scandir(f"{root}/{prefix}"))
        except OSError as error:
            if not prefix:
                raise
            faults.append(("C219", prefix, f"the folder cannot be read: {error.strerror}"))
            continue
        folders.extend(_look(root, prefix, found, files, faults))
        entries += len(found)
        if len(files) > MOST_PAGES or entries > MOST_ENTRIES:
            faults.append(("C217", "", f"more than {MOST_PAGES:,} pages, the rest is left out"))
            return dict(list(files.items())[:MOST_PAGES]), faults
    return files, faults


def _look(
    root: str,
    prefix: str,
    found: list[os.DirEntry[str]],
    files: dict[str, Stamp],
    faults: list[Fault],
) -> list[str]:
    """Add the pages among the entries of a folder; return its folders.

    Ten thousand times at each start, so the common case takes as few calls as it can.
    """
    folders = []
    for entry in found:
        name = entry.name
        if name[0] == "." or name in _PASSED_OVER:
            continue
        if entry.is_file(follow_symlinks=False):
            if name.endswith(ENDINGS) or name.lower().endswith(ENDINGS):
                _add(f"{prefix}{name}", entry, files, faults)
        elif entry.is_dir(follow_symlinks=False):
            folders.append(f"{prefix}{name}/")
        elif entry.is_symlink():
            _follow(root, f"{prefix}{name}", entry, files, faults)
        elif name.lower().endswith(ENDINGS):
            faults.append(("C219", f"{prefix}{name}", "this is not a regular file"))
    return folders


def _follow(
    root: str, path: str, entry: os.DirEntry[str], files: dict[str, Stamp], faults: list[Fault]
) -> None:
    """Add a page behind a symbolic link; a folder behind one is found by its own name, or never."""
    is_page = path.lower().endswith(ENDINGS)
    if not is_inside(root, entry.path):
        if is_page or entry.is_dir():
            faults.append(("C216", path, "the symbolic link leaves the content folder"))
    elif is_page and entry.is_file():
        _add(path, entry, files, faults)
    elif is_page and not entry.is_dir():
        faults.append(("C219", path, "the symbolic link leads to no file"))


def _add(path: str, entry: os.DirEntry[str], files: dict[str, Stamp], faults: list[Fault]) -> None:
    try:
        status = entry.stat()
    except OSError as error:
        faults.append(("C219", path, f"the file cannot be read: {error.strerror}"))
        return
    if not path.isprintable():
        # Undecodable bytes and control characters; both would reach a screen.
        faults.append(("C219", ascii(path)[1:-1], "the name of the file is not plain text"))
        return
    files[path] = (status.st_mtime_ns, status.st_ctime_ns, status.st_size)
