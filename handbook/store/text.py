"""Makes text from outside safe to keep and to show again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.model.event import JSON

_CONTROL = dict.fromkeys(
    code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"
)


def clean(text: str) -> str:
    """Return text without control characters, except line feed and tab.

    A carriage return becomes a line feed, since terminals paste it for one; half of a surrogate
    pair, which no file can hold, becomes "?".
    """
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)


def clean_line(text: str) -> str:
    """Return text as one line: cleaned, and every run of white space one space."""
    return " ".join(clean(text).split())


def clean_json(value: JSON) -> JSON:
    """Return a JSON value with every text in it cleaned, keys included."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(key): clean_json(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [clean_json(inner) for inner in value]
    return value
