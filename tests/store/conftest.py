"""What the tests of the store share: a clock to turn, files to open, disks that refuse."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handbook.store.store import Store
from handbook.store.transfer import Imported, merge, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

NOON = 1_778_932_800_000  # 2026-05-16 12:00 UTC
NOBODY = 65534


def import_events(store: Store, lines: Iterable[str], *, salvage: bool = False) -> Imported:
    """Take the lines of one file in, as `handbook progress import` does."""
    return merge(store, read_lines(lines, salvage=salvage))[0]


class HandClock:
    """A clock that stands still until somebody turns it."""

    def __init__(self, now: int = NOON, offset_min: int = 0) -> None:
        self.now = now
        self.offset_min = offset_min

    def now_ms(self) -> int:
        return self.now

    def tz_offset_min(self, at_ms: int) -> int:  # noqa: ARG002 - the same at any time
        return self.offset_min


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "handbook.db"


@pytest.fixture
def open_store(path: Path, clock: HandClock) -> Iterator[Callable[[], Store]]:
    """Open the same file as often as a test likes; every store is closed in the end."""
    opened: list[Store] = []

    def open_again() -> Store:
        opened.append(Store.open(path, clock))
        return opened[-1]

    yield open_again
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()


@pytest.fixture
def home() -> Iterator[Path]:
    """Lend a folder of an ordinary user, and that user's rights: root may do everything."""
    folder = Path(tempfile.mkdtemp(prefix="handbook-test-"))
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    yield folder
    if is_root:
        os.seteuid(0)
    for inside in (folder, *folder.rglob("*")):
        if inside.is_dir():
            inside.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a file system of 512 KiB of its own; skipped where mounting is not allowed."""
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=512k", "none") as folder:
        yield folder


@contextmanager
def mounted(folder: Path, *arguments: str) -> Iterator[Path]:
    """Mount something on a folder for as long as the block runs."""
    folder.mkdir(exist_ok=True)
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount a file system")
    command = ["mount", *arguments, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take all that is left of a disk and return the file that holds it."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                continue
        except OSError:
            return ballast
    return ballast
