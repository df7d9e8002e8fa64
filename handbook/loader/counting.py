"""How many mistakes the content has, looked for only after a file has changed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from handbook import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.loader.library import Library


def count_problems(library: Library, cache: Path | None) -> int:
    """Return the number of mistakes, from the file `problems` of the cache if no file has changed.

    Looking takes the processor 0.6 s, which would slow down the first keys of every session.
    """
    known = f"{__version__} {library.stamp} "
    path = cache / "problems" if cache else None
    if path:
        with suppress(OSError, ValueError):
            before, after, count = path.read_text(encoding="utf-8").partition(known)
            if after and not before:
                return int(count)
    count = str(len(library.problems()))
    if path:
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(known + count, encoding="utf-8")
    return int(count)
