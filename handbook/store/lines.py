"""Events as lines of text, and back from lines that nobody vouches for.

A line is one JSON object. The first of a file says what it is and how many events follow; every
other one is an event under the names of its columns, without those that are empty.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeAlias, TypeGuard

from handbook.store.clock import study_day
from handbook.store.events import COLUMNS, DATA_VERSION
from handbook.store.mending import LAST_MS
from handbook.store.text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

APP = "ml-teams-handbook"
LINE_LIMIT = 4 * 1024 * 1024
"""The longest line that is read, in characters."""

_LAST_HLC = LAST_MS + (1 << 36)  # an event adds one where the clock has not moved
_LARGEST = 1 << 63
_DEEPEST = 100
_DEVICE = re.compile(r"[0-9a-f]{8}")
_RANDOM = re.compile(r"[0-9a-f]{6}")
_EVENT = re.compile(r"[0-9a-f]{12}-[0-9a-f]{8}-[0-9a-f]{6}")
_KIND = re.compile(r"[a-z][a-z_]{0,39}")

Row: TypeAlias = tuple[Any, ...]
"""The columns of an event in the order of `COLUMNS`, `data` as JSON text."""


class Device(NamedTuple):
    """A machine that wrote events, as the table `device` keeps it."""

    device_id: str
    name: str
    first_seen_ms: int


class Header(NamedTuple):
    """What the first line says; `events` is how many follow, None where the file still grows."""

    events: int | None
    devices: tuple[Device, ...]


class FaultyLineError(ValueError):
    """A line that is not what it should be; the text says why, in the reader's words."""


class NewerLinesError(FaultyLineError):
    """A line that only a later handbook can read."""


def header_line(
    count: int | None, devices: Sequence[Device], scheduler: tuple[str, str] = ("", "")
) -> str:
    """Return the first line: the application, the schema, the scheduler and what follows."""
    name, version = scheduler
    return _written(
        {
            "app": APP,
            "schema": DATA_VERSION,
            "scheduler": {"name": name, "version": version},
            "count": count,
            "devices": [device._asdict() for device in devices],
        }
    )


def event_line(row: Row) -> str:
    """Return an event as a line, without the line feed."""
    named = dict(zip(COLUMNS, row, strict=True))
    named["data"] = json.loads(named["data"])
    return _written({name: value for name, value in named.items() if value is not None})


def _written(value: object) -> str:
    # Nothing but ASCII: it survives every stdout, mail and editor.
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def read_line(text: str) -> Header | Row:
    """Return what a line says; raises FaultyLineError with what is wrong with it."""
    found = _parsed(text)
    if "app" in found:
        return _header(found)
    for name in found:
        if name not in COLUMNS:
            _refuse(f"no event has the field {_shown(name)}", hint="written by a newer handbook?")
    for name in _REQUIRED:
        if found.get(name) is None:
            _refuse(f"{name} is missing")
    for name, check in _CHECKS.items():
        if found.get(name) is not None:
            check(name, found[name])
    _check_stamp(found)
    _check_kind(found)
    if found.get("correct") is not None:
        found["correct"] = float(found["correct"])
    found["data"] = json.dumps(found["data"], ensure_ascii=False, allow_nan=False)
    return tuple(found.get(name) for name in COLUMNS)


def is_header(text: str) -> bool:
    """Tell whether a line looks like the first one of an export, of the handbook or not."""
    return text.lstrip("\ufeff \t").startswith("{") and '"app"' in text[:200]


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > LINE_LIMIT:
        _refuse(f"it is longer than {LINE_LIMIT:,} characters")
    try:
        text.encode()
    except UnicodeEncodeError:
        _refuse("it is not UTF-8")
    try:
        found = json.loads(text.lstrip("\ufeff"), parse_constant=_refuse_constant)
    except FaultyLineError:
        raise
    except (ValueError, RecursionError):
        _refuse("it is no JSON object, or was cut off")
    if not isinstance(found, dict):
        _refuse("it is no JSON object")
    return found


def _refuse(message: str, *, hint: str = "") -> NoReturn:
    raise FaultyLineError(f"{message} ({hint})" if hint else message)


def _refuse_constant(word: str) -> NoReturn:
    _refuse(f"{word} is no number")


def _shown(value: object) -> str:
    return repr(clean_line(value)[:40] if isinstance(value, str) else value)[:60]


# The first line


def _header(found: dict[str, Any]) -> Header:
    if found["app"] != APP:
        _refuse(f"this is an export of {_shown(found['app'])}, not of the handbook")
    schema = found.get("schema")
    if not _is_whole(schema) or schema < 1:
        _refuse("schema is no whole number")
    if schema > DATA_VERSION:
        _refuse_newer(schema)
    count = found.get("count")
    if count is not None and not (_is_whole(count) and 0 <= count < _LARGEST):
        _refuse("count is no whole number")
    devices = found.get("devices", [])
    if not isinstance(devices, list):
        _refuse("devices is no list")
    return Header(count, tuple(map(_device, devices)))


def _device(found: object) -> Device:
    if not isinstance(found, dict) or set(found) != set(Device._fields):
        _refuse(f"a device is not made of {', '.join(Device._fields)}")
    _matches(_DEVICE)("device_id", found["device_id"])
    _line_of(200)("name", found["name"])
    _between(0, LAST_MS)("first_seen_ms", found["first_seen_ms"])
    return Device(**found)


def _refuse_newer(schema: int) -> NoReturn:
    raise NewerLinesError(
        f"it was written by a newer handbook (schema {schema}, this one knows {DATA_VERSION});"
        " pip install --upgrade ml-teams-handbook"
    )


# The fields of an event

_Check: TypeAlias = "Callable[[str, Any], None]"


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _between(low: int, high: int) -> _Check:
    def check(name: str, value: object) -> None:
        if not _is_whole(value) or not low <= value <= high:
            _refuse(f"{name} is no whole number from {low} to {high}")

    return check


def _matches(pattern: re.Pattern[str]) -> _Check:
    def check(name: str, value: object) -> None:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            _refuse(f"{name} has the wrong form: {_shown(value)}")

    return check


def _line_of(most: int) -> _Check:
    def check(name: str, value: object) -> None:
        if not isinstance(value, str):
            _refuse(f"{name} is no text")
        if len(value) > most:
            _refuse(f"{name} is longer than {most} characters")
        if clean_line(value) != value:
            _refuse(f"{name} holds control characters or loose spaces")

    return check


def _share(name: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        _refuse(f"{name} is no number from 0 to 1")


def _data(name: str, value: object) -> None:
    if not isinstance(value, dict):
        _refuse(f"{name} is no JSON object")
    version = value.get("v", DATA_VERSION)
    if not _is_whole(version):
        _refuse("the v of data is no whole number")
    if version > DATA_VERSION:
        _refuse_newer(version)
    _check_inside(value)


def _check_inside(value: object, depth: int = 0) -> None:
    if depth > _DEEPEST:
        _refuse("data is nested too deeply")
    if isinstance(value, str):
        if clean(value) != value:
            _refuse("data holds control characters")
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check_inside(name, depth + 1)
            _check_inside(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check_inside(inner, depth + 1)
    elif isinstance(value, int | float) and not (math.isfinite(value) and abs(value) < _LARGEST):
        _refuse("data holds a number that is too large")


_CHECKS: dict[str, _Check] = {
    "event_id": _matches(_EVENT),
    "device_id": _matches(_DEVICE),
    "at_ms": _between(0, LAST_MS),
    "hlc": _between(0, _LAST_HLC),
    "day": _between(-2, LAST_MS // 86_400_000 + 2),
    "tz_offset_min": _between(-1440, 1440),
    "kind": _matches(_KIND),
    "item_uid": _line_of(1000),
    "data": _data,
    "target_event": _matches(_EVENT),
    "item_rev": _line_of(200),
    "item_v": _between(0, 1_000_000),
    "session_id": _line_of(200),
    "rating": _between(1, 4),
    "confidence": _between(0, 3),
    "correct": _share,
    "think_ms": _between(0, LAST_MS),
    "total_ms": _between(0, LAST_MS),
}
_TIMES = {name: _CHECKS.get(name, _CHECKS["day"]) for name in ("at_ms", "day", "until")}
_REQUIRED = ("event_id", "device_id", "at_ms", "hlc", "day", "tz_offset_min", "kind", "data")


def _check_stamp(found: dict[str, Any]) -> None:
    """See that the id follows from the stamp, and the day from the moment: order hangs on them."""
    start = f"{found['hlc']:012x}-{found['device_id']}-"
    if not found["event_id"].startswith(start):
        _refuse("event_id does not fit hlc and device_id")
    day = study_day(found["at_ms"], found["tz_offset_min"])
    if found["day"] != day:
        _refuse(f"day is {found['day']}, yet the moment lies on day {day}")


def _check_kind(found: dict[str, Any]) -> None:
    kind = found["kind"]
    if kind == "review" and (found.get("item_uid") is None or found.get("rating") is None):
        _refuse("a review has no item_uid or no rating")
    for name in ("at_ms", "day", "until"):
        if found["data"].get(name) is not None:
            _TIMES[name](f"the {name} of data", found["data"][name])
    if kind == "void" and found.get("target_event") is None:
        _refuse("a void has no target_event")
    # Only what comes later can take something back; derive.find_voided relies on it.
    if kind == "void" and found["target_event"] >= found["event_id"]:
        _refuse("a void takes back an event that comes after it")
