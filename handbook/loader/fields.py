"""Reading a mapping of the front matter key by key, with a problem for whatever is wrong in it."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from handbook.loader.clean import without_controls
from handbook.loader.codes import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handbook.loader.codes import Problems

_SCALARS = (str, int, float, dt.date)


class Fields:
    """The entries of a mapping; `name` is how a reader finds it ("role.skills").

    Front matter comes without lines, so its problems stand on line 1 and name the key.
    """

    def __init__(self, value: object, name: str, problems: Problems) -> None:
        self.name = name
        self.problems = problems
        self._entries: Mapping[object, object] = {}
        if isinstance(value, dict):
            self._entries = value
        else:
            self.wrong("", "key: value lines are expected")

    def check_keys(self, valid: Iterable[str]) -> None:
        """Add a problem for every key that is not valid."""
        valid = tuple(valid)
        for key in self._entries:
            if str(key) not in valid:
                name = without_controls(str(key))
                message = f'unknown key "{name}" in {self.name}'
                self.problems.add("P151", 1, message, nearest(name, valid))

    def has(self, key: str) -> bool:
        """Say whether a key is there."""
        return key in self._entries

    def get(self, key: str) -> object:
        """Return a value as it is, None if it is missing."""
        return self._entries.get(key)

    def wrong(self, key: str, what: str, hint: str = "") -> None:
        """Add a problem with a key's value ("": with the mapping as a whole)."""
        self.problems.add("P152", 1, f"{self._path(key)}: {what}", hint)

    def missing(self, key: str, hint: str = "") -> None:
        """Add a problem: a key is not there."""
        self.problems.add("P153", 1, f"{self._path(key)} is missing", hint)

    def text(self, key: str, *, is_needed: bool = False) -> str:
        """Return a text on one line, "" if there is none."""
        if key not in self._entries:
            if is_needed:
                self.missing(key)
            return ""
        text = find_text(self._entries[key])
        if not text:
            self.wrong(key, "a text is expected")
        return text or ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._entries.get(key, [])
        found = [find_text(each) for each in value] if isinstance(value, list) else [None]
        if not all(found):
            self.wrong(key, "a list of texts is expected", f"{key}: [one, another]")
        return tuple(text for text in found if text)

    def choice(self, key: str, valid: tuple[str, ...]) -> str:
        """Return one of the valid words, the first if there is none or a wrong one."""
        word = self.text(key)
        if word and word not in valid:
            self.wrong(key, f'cannot be "{word}"', nearest(word, valid))
        return word if word in valid else valid[0]

    def level(self, key: str) -> float | None:
        """Return a number from 0 to 10; None and a problem if it is anything else."""
        if key not in self._entries:
            self.missing(key, "a number from 0 to 10")
            return None
        number = find_level(self._entries[key])
        if number is None:
            self.wrong(key, "a number from 0 to 10 is expected")
        return number

    def inner(self, key: str) -> Fields:
        """Return the mapping under a key."""
        return Fields(self._entries.get(key), self._path(key), self.problems)

    def items(self) -> Iterable[tuple[str, object]]:
        """Return the entries in the order of the file, keys as texts."""
        return [(without_controls(str(key)), value) for key, value in self._entries.items()]

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}" if key else self.name


def find_text(value: object) -> str | None:
    """Return a scalar as text on one line, None if it is empty or no scalar."""
    if not isinstance(value, _SCALARS) or isinstance(value, bool):
        return None
    return " ".join(without_controls(str(value)).split()) or None


def find_level(value: object) -> float | None:
    """Return a number from 0 to 10, None if it is anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and 0 <= value <= 10 else None
