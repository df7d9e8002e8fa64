"""Where the backups of a store's file lie, and what their names tell."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def folder_of(path: Path) -> Path:
    """Return the folder in which the backups of a store's file lie."""
    return path.parent / "backups"


def find_backups(path: Path) -> tuple[Path, ...]:
    """Return the backups of a store's file, oldest first."""
    folder = folder_of(path)
    try:
        names = os.listdir(folder)  # noqa: PTH208  a glob takes ten times as long
    except OSError:
        return ()
    start = f"{path.stem}-"
    return tuple(folder / name for name in sorted(names) if name.startswith(start) and day_of(name))


def day_of(name: str) -> str:
    """Return the date in the name of a backup, "20260516"; "" for any other file."""
    parts = name.removesuffix(".db").rsplit("-", 3)
    if len(parts) < 4 or not name.endswith(".db"):
        return ""
    day, moment, version = parts[1:]
    numbers = f"{day}{moment}{version[1:]}"
    is_ours = len(day) == 8 and len(moment) == 6 and version[:1] == "v" and version[1:]
    return day if is_ours and numbers.isdecimal() else ""
