"""Mistakes in content, as values."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How bad a problem is: an error makes `handbook check` exit with 1."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """A mistake in content: where it stands, what it is, and in `hint` what to write instead.

    `file` is relative to the content folder, `line` is 1-based (0: the whole file), `code` is a
    letter and three digits that never change their meaning (see `handbook.loader.codes`).
    """

    severity: Severity
    code: str
    file: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return the line that `handbook check` prints."""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}: {self.code} {self.message}{hint}"
