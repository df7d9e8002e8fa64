"""Charts: from the YAML of a fenced `chart` to a `Chart`, strict about every key and value."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, cast

import yaml

from handbook.loader.clean import without_controls
from handbook.loader.codes import nearest
from handbook.model.chart import Bar, Chart, Series

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.loader.codes import Problems

MOST_CHARACTERS = 128 * 1024
MOST_LEVELS = 8
MOST_BARS = 60
MOST_SERIES = 12
MOST_POINTS = 2_000

_KEYS = {
    "bars": ("type", "title", "scale", "unit", "bars"),
    "lines": ("type", "title", "scale", "unit", "x", "y", "series"),
}
_SCALES = ("linear", "log")
_SERIES_KEYS = ("name", "points")

_Entries: TypeAlias = dict[str, yaml.Node]
_Row = TypeVar("_Row")


class _ChartError(Exception):
    """Why a chart cannot be drawn; never leaves this module.

    `others` are what is wrong in other rows of the same list.
    """

    def __init__(self, code: str, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.line, self.message, self.hint = code, line, message, hint
        self.others: list[_ChartError] = []

    def all(self) -> Iterator[_ChartError]:
        """Yield this and all others."""
        yield self
        for other in self.others:
            yield from other.all()


def read_chart(text: str, line: int, problems: Problems) -> Chart | None:
    """Return the chart that a text describes, or None and a problem for each wrong row.

    `line` is the text's first line in the file. An empty text is at fault on the line above.
    """
    try:
        return _chart(_compose(text))
    except _ChartError as error:
        last = text.count("\n") if text else -1
        for each in error.all():
            problems.add(each.code, line + min(each.line, last), each.message, each.hint)
        return None


def _compose(text: str) -> yaml.Node:
    """Return the root of a YAML text, after a look at its events: no aliases, no deep nesting.

    The composer calls itself once a level, in C; the parser of the events does not.
    """
    if len(text) > MOST_CHARACTERS:
        raise _ChartError("P141", 0, f"a chart of more than {MOST_CHARACTERS:,} characters")
    loader = cast("Any", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    depth = 0
    try:
        for event in yaml.parse(text, loader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise _ChartError("P141", _line(event), "a chart cannot use & and *")
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MOST_LEVELS:
                raise _ChartError("P141", _line(event), "a chart is nested too deeply")
        root = yaml.compose(text, loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "nesting" in (error.problem or ""):  # PyYAML has a bound of its own since 6.0.4
            line = mark.line if mark else 0
            raise _ChartError("P141", line, "a chart is nested too deeply") from error
        message = f"the chart is not YAML: {error.problem or 'it ends too early'}"
        raise _ChartError("P141", mark.line if mark else 0, message) from error
    except yaml.YAMLError as error:
        message = f"the chart is not YAML: {str(error).splitlines()[0]}"
        raise _ChartError("P141", 0, message) from error
    if root is None:
        raise _ChartError("P144", 0, "the chart is empty", "begin with type: bars or type: lines")
    return root


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _chart(root: yaml.Node) -> Chart:
    if not isinstance(root, yaml.MappingNode):
        raise _ChartError("P143", 0, "a chart is a list of key: value lines")
    kind_node = next((value for key, value in root.value if _text(key) == "type"), None)
    if kind_node is None:
        raise _ChartError("P144", 0, "the chart has no type", "type: bars or type: lines")
    kind = cast('Literal["bars", "lines"]', _choice(kind_node, "type", tuple(_KEYS)))
    entries = _entries(root, _KEYS[kind])
    scale = cast('Literal["linear", "log"]', _choice(entries.get("scale"), "scale", _SCALES))
    return Chart(
        kind,
        title=_text(entries.get("title")),
        bars=_bars(root, entries.get("bars"), scale) if kind == "bars" else (),
        series=_all_series(root, entries.get("series"), scale) if kind == "lines" else (),
        scale=scale,
        unit=_text(entries.get("unit")),
        x_label=_text(entries.get("x")),
        y_label=_text(entries.get("y")),
    )


def _entries(node: yaml.MappingNode, valid: tuple[str, ...]) -> _Entries:
    entries: _Entries = {}
    for key_node, value in node.value:
        key = _text(key_node)
        line = key_node.start_mark.line
        if key not in valid:
            raise _ChartError("P142", line, f'unknown key "{key}"', nearest(key, valid))
        if key in entries:
            raise _ChartError("P143", line, f'the key "{key}" stands twice')
        entries[key] = value
    return entries


def _text(node: yaml.Node | None) -> str:
    """Return a scalar as it is written, so that 2021 and yes are words; "" if there is none."""
    if node is None:
        return ""
    if not isinstance(node, yaml.ScalarNode):
        raise _ChartError("P143", node.start_mark.line, "text is expected here, not a list")
    return " ".join(without_controls(str(node.value)).split())


def _choice(node: yaml.Node | None, key: str, valid: tuple[str, ...]) -> str:
    word = _text(node) if node else valid[0]
    if word not in valid:
        line = node.start_mark.line if node else 0
        raise _ChartError("P143", line, f'{key} cannot be "{word}"', nearest(word, valid))
    return word


def _number(node: yaml.Node, scale: str = "linear") -> float:
    """Return a finite number, above 0 on a log scale."""
    line = node.start_mark.line
    if not isinstance(node, yaml.ScalarNode):
        raise _ChartError("P143", line, "a number is expected here, not a list")
    try:
        # float() takes what YAML takes as decimal, and 1e3, which YAML 1.1 takes for text.
        number = math.nan if node.style else float(str(node.value))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _ChartError("P143", line, f'"{_text(node)[:40]}" is not a number')
    if scale == "log" and number <= 0:
        raise _ChartError("P143", line, f"{number:g} cannot be drawn on a log scale", "above 0")
    return number


def _sequence(node: yaml.Node, what: str) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise _ChartError("P143", node.start_mark.line, f"{what} is expected here")
    return cast("list[yaml.Node]", node.value)


def _items(root: yaml.Node, node: yaml.Node | None, key: str, most: int) -> list[yaml.Node]:
    """Return the elements of the list under `bars` or `series`."""
    if node is None:
        raise _ChartError("P144", root.start_mark.line, f'the chart has no "{key}"')
    items = _sequence(node, "a list")
    if not items:
        raise _ChartError("P144", node.start_mark.line, f'"{key}" is empty')
    if len(items) > most:
        line = items[most].start_mark.line
        raise _ChartError("P143", line, f"{len(items)} {key}, more than {most}")
    return items


def _read_all(nodes: list[yaml.Node], read: Callable[[yaml.Node], _Row]) -> tuple[_Row, ...]:
    """Return what each row says; what is wrong in any of them is raised together."""
    rows: list[_Row] = []
    errors: list[_ChartError] = []
    for node in nodes:
        try:
            rows.append(read(node))
        except _ChartError as error:
            errors.append(error)
    if errors:
        errors[0].others += errors[1:]
        raise errors[0]
    return tuple(rows)


def _pair(node: yaml.Node, what: str) -> tuple[yaml.Node, yaml.Node]:
    parts = _sequence(node, what)
    if len(parts) != 2:
        raise _ChartError("P143", node.start_mark.line, f"{what} is expected here")
    return parts[0], parts[1]


def _bars(root: yaml.Node, node: yaml.Node | None, scale: str) -> tuple[Bar, ...]:
    items = _items(root, node, "bars", MOST_BARS)
    return _read_all(items, lambda item: _bar(item, scale))


def _bar(node: yaml.Node, scale: str) -> Bar:
    label_node, value = _pair(node, "[label, number]")
    label = _text(label_node)
    if not label:
        raise _ChartError("P144", node.start_mark.line, "a bar has no label")
    if isinstance(value, yaml.ScalarNode):
        return Bar(label, _number(value, scale))
    low, high = (_number(part, scale) for part in _pair(value, "a number or [low, high]"))
    if low > high:
        raise _ChartError("P143", value.start_mark.line, f"a range from {low:g} down to {high:g}")
    return Bar(label, low, high)


def _all_series(root: yaml.Node, node: yaml.Node | None, scale: str) -> tuple[Series, ...]:
    items = _items(root, node, "series", MOST_SERIES)
    series = _read_all(items, lambda item: _series(item, scale))
    count = sum(len(each.points) for each in series)
    if node and count > MOST_POINTS:
        raise _ChartError("P143", node.start_mark.line, f"{count} points, more than {MOST_POINTS}")
    return series


def _series(node: yaml.Node, scale: str) -> Series:
    line = node.start_mark.line
    if not isinstance(node, yaml.MappingNode):
        raise _ChartError("P143", line, "name: and points: are expected here")
    entries = _entries(node, _SERIES_KEYS)
    for key in _SERIES_KEYS:
        if key not in entries:
            raise _ChartError("P144", line, f'a series has no "{key}"')
    points = _items(node, entries["points"], "points", MOST_POINTS)
    rows = _read_all(points, lambda point: _point(point, scale))
    for (before, _), (after, _), point in zip(rows, rows[1:], points[1:], strict=False):
        if after <= before:
            message = f"x has to rise: {after:g} after {before:g}"
            raise _ChartError("P143", point.start_mark.line, message)
    return Series(_text(entries["name"]), rows)


def _point(node: yaml.Node, scale: str) -> tuple[float, float]:
    x_node, y_node = _pair(node, "[x, y]")
    return _number(x_node), _number(y_node, scale)
