"""Pages as bytes and back, for the cache: only the words of the model can come out.

Loaded when a page meets the cache, not with the room: pickle takes a few milliseconds.
"""

from __future__ import annotations

import pickle
from dataclasses import fields, is_dataclass
from functools import cache
from io import BytesIO
from typing import Any

import handbook.model as words

# What the documentation of pickle says that reading bytes of unknown origin may raise, and what the
# model's classes raise when they are given the wrong number of arguments.
_DAMAGED = (pickle.UnpicklingError, EOFError, LookupError, ValueError, TypeError, AttributeError)


@cache
def _find_word(module_name: str, name: str) -> type | None:
    """Return a class of the model, None for any other name; loads no module but the class's own."""
    word = getattr(words, name, None) if name in words.__all__ else None
    return word if isinstance(word, type) and word.__module__ == module_name else None


@cache
def _fields(word: Any) -> tuple[str, ...] | None:
    """Return the names of a dataclass of the model, in the order of its arguments; else None."""
    if _find_word(word.__module__, word.__qualname__) is not word or not is_dataclass(word):
        return None
    return tuple(field.name for field in fields(word) if field.init)


def pack(value: object) -> bytes:
    """Return a value of the model, or a tuple of such, as bytes."""
    buffer = BytesIO()
    _Pickler(buffer, protocol=5).dump(value)
    return buffer.getvalue()


def unpack(data: bytes) -> object:
    """Return the value that was packed; None for damaged bytes and for any other class or call."""
    try:
        return _Unpickler(BytesIO(data)).load()
    except _DAMAGED:
        return None


class _Pickler(pickle.Pickler):
    """Writes a dataclass as a call of its class: read back three times as fast as its state."""

    def reducer_override(self, value: Any) -> Any:
        """Return class and arguments of a dataclass value."""
        kind: Any = type(value)
        names = _fields(kind)
        if names is None:
            return NotImplemented
        return type(value), tuple(getattr(value, name) for name in names)


class _Unpickler(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> type:
        """Return a class of the model; refuse every other name."""
        word = _find_word(module_name, global_name)
        if word is None:
            raise pickle.UnpicklingError(f"{module_name}.{global_name} is no word of the model")
        return word
