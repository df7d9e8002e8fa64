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

MOST_PAGES = 20_000
MOST_ENTRIES = 500_000
_PASSED_OVER = frozenset({"node_modules", "__pycache__"})
_SRC = re.compile(r"""^\s*src\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)
_DOCS_DIR = re.compile(r"""^docs_dir:[ \t]*["']?([^"'\n#]+)""", re.MULTILINE)


class Scan(NamedTuple):
    """A content folder as it was found.

    `root` is the real path of the folder that paths count from, `name` what the layer is called;
    `files` maps paths with "/" to stamps; `controls` are the files beside the pages that say how
    the book is ordered (book.toml, mkdocs.yml), by absolute path; `faults` are triples of problem
    code, path and message.
    """

    root: str
    name: str
    files: dict[str, Stamp]
    controls: tuple[tuple[str, Stamp], ...]
    faults: tuple[tuple[str, str, str], ...]


def scan(layer: Path) -> Scan:
    """Walk a layer: a folder or a single Markdown file; raise ContentError if it cannot be read."""
    given = os.path.realpath(layer)
    name = os.path.basename(given) or given
    try:
        if stat.S_ISDIR(os.stat(given).st_mode):
            root, controls = _find_root(given)
            files, faults = _walk(root)
        else:
            root, controls, faults = os.path.dirname(given), (), []
            files = {name: stamp_of(given)} if name.lower().endswith(ENDINGS) else {}
    except OSError as error:
        raise ContentError(
            f"the content folder {layer} cannot be read: {error.strerror or error}",
            hint="name a folder of Markdown files",
        ) from error
    if not files:
        raise ContentError(f"{layer} holds no Markdown page", hint="name a folder of .md files")
    return Scan(root, name, files, controls, tuple(faults))


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
    """Tell whether a path, with all symbolic links followed, lies in a folder."""
    return os.path.realpath(path).startswith(root.rstrip("/") + "/")


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size


def _find_root(given: str) -> tuple[str, tuple[tuple[str, Stamp], ...]]:
    """Return the folder with the pages, and the files that describe the book."""
    toml, yaml = f"{given}/book.toml", f"{given}/mkdocs.yml"
    if os.path.isfile(toml):
        return _inner(given, _value(toml, _SRC) or "src"), ((toml, stamp_of(toml)),)
    if os.path.isfile(yaml):
        return _inner(given, _value(yaml, _DOCS_DIR) or "docs"), ((yaml, stamp_of(yaml)),)
    parent = os.path.dirname(given)
    for path, pattern, default in (
        (f"{parent}/book.toml", _SRC, "src"),
        (f"{parent}/mkdocs.yml", _DOCS_DIR, "docs"),
    ):
        if os.path.isfile(path):
            folder = _value(path, pattern) or default
            if os.path.realpath(f"{parent}/{folder}") == given:
                return given, ((path, stamp_of(path)),)
    return given, ()


def _value(path: str, pattern: re.Pattern[str]) -> str:
    # One line of a file of settings: a search is enough, and a parser would cost every start.
    found = pattern.search(read_bytes(path, 1 << 20).decode("utf-8", "replace"))
    return found[1].strip() if found else ""


def _inner(given: str, folder: str) -> str:
    """Return the folder inside a book's folder, or the book's folder if there is no such."""
    path = os.path.realpath(f"{given}/{folder}")
    return path if is_inside(given, path) and os.path.isdir(path) else given


def _walk(root: str) -> tuple[dict[str, Stamp], list[tuple[str, str, str]]]:
    files: dict[str, Stamp] = {}
    faults: list[tuple[str, str, str]] = []
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
        entries += len(found)
        for entry in found:
            name = entry.name
            if name.startswith(".") or name in _PASSED_OVER:
                continue
            if entry.is_symlink():
                _follow(root, prefix, entry, files, faults)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(f"{prefix}{name}/")
            elif name.endswith(ENDINGS) or name.lower().endswith(ENDINGS):
                _add(f"{prefix}{name}", entry, files, faults)
        if len(files) > MOST_PAGES or entries > MOST_ENTRIES:
            faults.append(("C217", "", f"more than {MOST_PAGES:,} pages, the rest is left out"))
            files = dict(list(files.items())[:MOST_PAGES])
            break
    return files, faults


def _follow(
    root: str,
    prefix: str,
    entry: os.DirEntry[str],
    files: dict[str, Stamp],
    faults: list[tuple[str, str, str]],
) -> None:
    """Add a page behind a symbolic link; a folder behind one is found by its own name, or never."""
    path = f"{prefix}{entry.name}"
    is_page = entry.name.lower().endswith(ENDINGS)
    if not is_inside(root, entry.path):
        if is_page or entry.is_dir():
            faults.append(("C216", path, "the symbolic link leaves the content folder"))
    elif is_page and not entry.is_dir():
        _add(path, entry, files, faults)


def _add(
    path: str,
    entry: os.DirEntry[str],
    files: dict[str, Stamp],
    faults: list[tuple[str, str, str]],
) -> None:
    try:
        status = entry.stat()
    except OSError as error:
        faults.append(("C219", path, f"the file cannot be read: {error.strerror}"))
        return
    if not stat.S_ISREG(status.st_mode):
        faults.append(("C219", path, "this is not a regular file"))
        return
    try:
        path.encode()
    except UnicodeEncodeError:
        faults.append(("C219", ascii(path)[1:-1], "the name of the file is not UTF-8"))
        return
    files[path] = _stamp(status)
