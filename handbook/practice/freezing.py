"""Questions as they were shown, written into the log so that a report stays true after edits.

A question becomes nested lists of JSON, one for each value of the model with the name of its class
first, and all of them one compressed text. Reading back trusts nothing: the log may come from
another machine, so every field is compared with the type that the model gives it.
"""

from __future__ import annotations

import base64
import json
import types
import zlib
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from handbook.model import block, book, chart, question, text
from handbook.model.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_BYTES = 4 * 1024 * 1024
"""The most that a form may take once it is unpacked: a text of a few bytes can hold gigabytes."""


class _DamagedError(ValueError):
    """Something that is no value of the model."""


def freeze(questions: Iterable[Question]) -> str:
    """Return questions as one text of ASCII signs."""
    rows = [_plain(each) for each in questions]
    written = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b85encode(zlib.compress(written, 9)).decode()


def thaw(frozen: str) -> dict[str, Question]:
    """Return the questions of a text by id; what cannot be read is left out, never raised."""
    try:
        unpacker = zlib.decompressobj()
        written = unpacker.decompress(base64.b85decode(frozen), MOST_BYTES)
        rows = json.loads(written)
    except (ValueError, zlib.error, RecursionError):
        return {}
    found = (_find_question(row) for row in rows) if isinstance(rows, list) else ()
    return {each.id: each for each in found if each is not None}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        rest = (_plain(getattr(value, each.name)) for each in fields(value))
        return [type(value).__name__, *rest]
    if hasattr(value, "_fields"):
        return [type(value).__name__, *map(_plain, value)]
    return list(map(_plain, value)) if isinstance(value, tuple) else value


def _find_question(row: Any) -> Question | None:
    try:
        found = _built(Question, row)
    except (_DamagedError, RecursionError):
        return None
    return found if isinstance(found, Question) else None


@cache
def _hints(kind: type) -> tuple[Any, ...]:
    """Return the types of a class's fields, in their order."""
    words: dict[str, Any] = {}
    for module in (book, chart, text, block, question):
        words |= vars(module)
    hints = get_type_hints(kind, localns=words)
    names = getattr(kind, "_fields", None) or [each.name for each in fields(kind)]
    return tuple(hints[name] for name in names)


def _built(kind: type, raw: Any) -> Any:
    """Return a value of a class from its list; later fields may be missing and take defaults."""
    if not isinstance(raw, list) or raw[:1] != [kind.__name__]:
        raise _DamagedError
    hints = _hints(kind)
    if len(raw) - 1 > len(hints):
        raise _DamagedError
    try:
        return kind(*(_read(hint, each) for hint, each in zip(hints, raw[1:], strict=False)))
    except TypeError as error:  # a field without default is missing
        raise _DamagedError from error


def _read(hint: Any, raw: Any) -> Any:
    """Return what a list of JSON says under a type, or raise."""
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return _one_of(get_args(hint), raw)
    if origin is tuple:
        return _tuple(get_args(hint), raw)
    if _is_word(hint):
        return _built(hint, raw)
    return _scalar(hint, raw)


def _scalar(hint: Any, raw: Any) -> Any:
    """Return a number, a text, a boolean, None or one of a few words, if that is what it is."""
    if hint is float and type(raw) in {int, float}:
        return float(raw)
    is_it = raw in get_args(hint) if get_origin(hint) is Literal else type(raw) is hint
    if not is_it or isinstance(raw, list):
        raise _DamagedError
    return raw


def _is_word(hint: Any) -> bool:
    """Tell whether a type is a class of the model."""
    return isinstance(hint, type) and (is_dataclass(hint) or hasattr(hint, "_fields"))


def _one_of(hints: tuple[Any, ...], raw: Any) -> Any:
    for hint in hints:
        if _is_word(hint):
            if isinstance(raw, list) and raw[:1] == [hint.__name__]:
                return _built(hint, raw)
        elif hint is type(raw) or (hint is float and type(raw) is int):
            return _read(hint, raw)
    raise _DamagedError


def _tuple(hints: tuple[Any, ...], raw: Any) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise _DamagedError
    if len(hints) == 2 and hints[1] is Ellipsis:
        return tuple(_read(hints[0], each) for each in raw)
    if len(hints) != len(raw):
        raise _DamagedError
    return tuple(_read(hint, each) for hint, each in zip(hints, raw, strict=True))
