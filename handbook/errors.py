"""Expected failures: one family, each with a hint for the reader and an exit code.

A `HandbookError` is raised where the outside world is touched and caught in two places only:
`handbook.main` (one line on stderr) and the app (a toast). Mistakes in content are not errors but
`handbook.model.Problem` values; bugs travel untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class HandbookError(Exception):
    """An expected failure: what went wrong, and in `hint` what the reader can do about it."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return message and hint as one line."""
        return f"{self.message} ({self.hint})" if self.hint else self.message


class NothingFoundError(HandbookError):
    """What was asked for does not exist: an unknown page, item or word (exit 1)."""


class UsageError(HandbookError):
    """The command line makes no sense (exit 2)."""

    exit_code = 2


class SettingsError(HandbookError):
    """A setting, a variable or a key binding is wrong (exit 2)."""

    exit_code = 2


class ContentError(HandbookError):
    """A content folder cannot be read at all (exit 3)."""

    exit_code = 3


class StoreError(HandbookError):
    """The reader's own data cannot be read or written (exit 4)."""

    exit_code = 4


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return a hint with the nearest of the known words, "" if none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  only needed once something is wrong

    close = get_close_matches(word[:100], list(known), 1, cutoff)
    return f"nearest: {close[0]}" if close else ""


def nearest_or_all(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return a hint with the nearest of the known words, with all of them if none is near."""
    words = list(known)
    return nearest(word, words, cutoff) or f"there are: {', '.join(words)}"
