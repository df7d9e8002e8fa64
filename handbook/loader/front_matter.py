"""The YAML between `---` lines at the top of a file: split off, read, and checked key by key."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple, get_args

from handbook.loader.clean import without_controls
from handbook.loader.codes import Problems, nearest
from handbook.model.book import PageKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from handbook.loader.yaml_text import Value, YamlFault
    from handbook.model.problem import Problem

KINDS: tuple[str, ...] = get_args(PageKind)
OWN_ID = re.compile(r"p-[0-9a-hjkmnp-tv-z]{6}")
"""What an id of ours looks like: p- and six signs of Crockford's base 32."""

_BLOCK = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENED = re.compile(r"---[ \t]*\n((?:[ \t]*[^\s#].*\n?)+)")
_LONGEST = 64 * 1024
OWN_KEYS = frozenset({"kind", "role", "map", "checklist", "extends", "chapter", "sources"})
"""Keys that only our pages have; those that other programs know too, such as title, say nothing."""

_OWN_ID_LINE = re.compile(r"^id:[ \t]*[\"']?p-", re.MULTILINE)
_KEY_LINE = re.compile(r"^(\w+):", re.MULTILINE)


class Front(NamedTuple):
    """A file in two parts.

    `values` are the well-formed entries; `body` is the text below, `first_line` its line in the
    file; `is_own` tells whether the page has an id of ours, or none but one of `OWN_KEYS`, so that
    its other keys are ours as well.
    """

    values: dict[str, object]
    body: str
    first_line: int
    problems: tuple[Problem, ...]
    is_own: bool


def split(text: str, file: str) -> Front:
    """Split the front matter off a text and read it.

    A key that stands twice is a Problem. On pages of ours and in files of questions and loops every
    unknown key, wrong type and wrong value is one as well, with its line; on others what is not
    understood is left out silently. Never raises.
    """
    if not text.startswith("---"):
        return Front({}, text, 1, (), is_own=False)
    block = _BLOCK.match(text, 0, _LONGEST)
    if block is None:
        return _without_end(text, file)
    body, first_line = text[block.end() :], text.count("\n", 0, block.end()) + 1
    if not block[1].strip():
        return Front({}, body, first_line, (), is_own=False)
    # Only files with front matter need YAML.
    from handbook.loader.yaml_text import YamlFault, read_mapping  # noqa: PLC0415

    entries = read_mapping(without_controls(block[1]))
    if entries is None:
        # Between two thematic breaks there may stand anything.
        return Front({}, text, 1, (), is_own=False)
    if isinstance(entries, YamlFault):
        is_own = _looks_own(block[1])
        return Front({}, body, first_line, (_broken(entries, file, is_own=is_own),), is_own)
    values, problems, is_own = _checked(entries, file)
    return Front(values, body, first_line, problems, is_own)


def _without_end(text: str, file: str) -> Front:
    """Return a text that begins with a rule, or with front matter of ours that is never closed."""
    opened = _OPENED.match(text, 0, _LONGEST)
    if opened is None or not _looks_own(opened[1]):
        return Front({}, text, 1, (), is_own=False)
    problems = Problems(file)
    problems.add("F301", 1, "the front matter has no end", "write --- on a line below its last key")
    return Front({}, text, 1, problems.all(), is_own=True)


def _looks_own(text: str) -> bool:
    """Tell by its lines whether a text that is no YAML is front matter of ours."""
    return _OWN_ID_LINE.search(text) is not None or _is_ours_by_keys(_KEY_LINE.findall(text))


def _broken(fault: YamlFault, file: str, *, is_own: bool) -> Problem:
    problems = Problems(file)
    problems.add(
        "F301" if is_own else "F302",
        fault.line + 1,
        f"the front matter is not valid YAML: {fault.message}",
        "quote values that hold a colon, and indent with spaces",
    )
    return problems.all()[0]


def _checked(
    entries: dict[str, Value], file: str
) -> tuple[dict[str, object], tuple[Problem, ...], bool]:
    """Return the well-formed entries, what is wrong with the others, and whether all is ours."""
    problems = Problems(file)
    page_id = entries["id"].value if "id" in entries else None
    is_own = isinstance(page_id, str) and page_id.startswith("p-")
    is_own = is_own or _is_ours_by_keys(entries)
    format_ = entries["format"].value if "format" in entries else None
    is_own = is_own or format_ in ("questions/1", "loop/1")
    keys = KEYS | {"role": _text} if format_ == "loop/1" else KEYS
    values: dict[str, object] = {}
    for key, entry in entries.items():
        if entry.double:
            message = f"{key} stands here for the second time, first on line {entry.double + 1}"
            problems.add("F313", entry.line + 1, message)
        check = keys.get(key)
        if check is None:
            if is_own:
                problems.add("F311", entry.line + 1, f"unknown key {key!r}", nearest(key, KEYS))
            continue
        wrong = entry.fault or check(entry.value)
        if not wrong:
            values[key] = _clean(entry.value)
        elif is_own:
            hint = _nearest_value(key, entry.value)
            problems.add("F312", entry.line + 1, f"{key}: {wrong}", hint)
    return values, problems.all(), is_own


def _is_ours_by_keys(keys: Collection[str]) -> bool:
    return "id" not in keys and not OWN_KEYS.isdisjoint(keys)


def _nearest_value(key: str, value: object) -> str:
    return nearest(str(value), KINDS) if key == "kind" else ""


def _clean(value: object) -> object:
    """Return a value whose strings hold no control characters: YAML escapes can spell them."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, dict):
        return {_clean(key): _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    return value


def _page_id(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        return "an id is text"
    if value.startswith("p-") and not OWN_ID.fullmatch(value):
        return f"{value!r} is not p- and six of 0-9 a-z without i, l, o and u"
    return ""


def _text(value: object) -> str:
    scalar = isinstance(value, str | int | float | dt.date) and not isinstance(value, bool)
    return "" if scalar and str(value).strip() else "text is expected"


def _kind(value: object) -> str:
    return "" if value in KINDS else f"unknown kind {value!r}"


def _boolean(value: object) -> str:
    return "" if isinstance(value, bool) else "true or false is expected"


def _keys(value: object) -> str:
    is_list = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return "" if is_list else "a list of source keys is expected, as in [lecture, fsdl21]"


def _date(value: object) -> str:
    return "" if isinstance(value, dt.date) else "a date is expected, as in 2026-11-23"


def _mapping(value: object) -> str:
    return "" if isinstance(value, dict) else "a mapping is expected"


KEYS: dict[str, Callable[[object], str]] = {
    "id": _page_id,
    "title": _text,
    "kind": _kind,
    "format": _text,
    "topic": _text,
    "chapter": _text,
    "hidden": _boolean,
    "extends": _text,
    "sources": _keys,
    "updated": _date,
    "role": _mapping,
    "map": _mapping,
    "checklist": _mapping,
}
"""The keys of a page, each with a check that says what is wrong with a value, "" for nothing."""
