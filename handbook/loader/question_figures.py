"""Questions about a listing with a wrong line, and about a plot."""

from __future__ import annotations

import ast
import math
import re
import warnings
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from handbook.loader.clean import without_controls
from handbook.loader.codes import nearest
from handbook.loader.question_options import check_one_right, read_options
from handbook.loader.question_parts import without
from handbook.loader.yaml_text import YamlFault, read_mapping
from handbook.model.block import ChartBlock, Code
from handbook.model.question import BugHunt, CurveReading, Recipe

if TYPE_CHECKING:
    from handbook.loader.question_kinds import Read
    from handbook.loader.question_parts import Draft
    from handbook.loader.yaml_text import Value

LEAST_ROWS, MOST_ROWS, MOST_COLUMNS = 3, 24, 72
"""What a listing of a question may measure: it fits a screen of 80 by 24."""

LEAST_POINTS, MOST_POINTS = 6, 12

_BUG = re.compile(r"\{[ \t]*bug[ \t]*=[ \t]*(after:)?(\d{1,4})[ \t]*\}")
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
_KEYS = (
    *("shape", "series", "epochs", "noise", "axis", "x", "at", "points"),
    *("keep", "levels", "pace", "stretch", "trend"),
)
_NEEDED = ("shape", "series", "epochs", "axis", "points")


# Listings


def check_listings(draft: Draft) -> None:
    """Add a problem for each listing of a question that is too large or does not parse."""
    for block in draft.stem:
        if isinstance(block, Code) and block.language != "curve":
            check_size(draft, block)
            if block.language == "python" and (fault := fault_of(block.text)):
                draft.wrong("Q153", block.line + fault[0], f"the listing {fault[1]}")


def check_size(draft: Draft, block: Code) -> None:
    """Add a problem if a listing does not fit a small screen."""
    rows = block.text.split("\n")
    if len(rows) > MOST_ROWS or (draft.settings.kind == "bug" and len(rows) < LEAST_ROWS):
        least = f"{LEAST_ROWS} to " if draft.settings.kind == "bug" else "at most "
        message = f"a listing of {len(rows)} lines"
        draft.wrong("Q152", block.line, message, f"{least}{MOST_ROWS}")
    for number, row in enumerate(rows, 1):
        if len(row) > MOST_COLUMNS:
            message = f"a line of {len(row)} columns in a listing"
            draft.wrong("Q152", block.line + number, message, f"at most {MOST_COLUMNS}")


def fault_of(text: str) -> tuple[int, str] | None:
    """Return the line, from 1, and the fault of a text that is not Python; None if it is.

    A listing that is far too large is not looked at: nesting may break the parser.
    """
    if len(text) > 4 * MOST_ROWS * MOST_COLUMNS:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)
            warnings.simplefilter("ignore", DeprecationWarning)
            ast.parse(text)
    except SyntaxError as error:
        return error.lineno or 1, f"is not Python: {error.msg}"
    except (ValueError, RecursionError, MemoryError):
        return 1, "is not Python"
    return None


def read_bug(draft: Draft) -> Read:
    """Return a listing with its wrong line, the options and the fix."""
    listing = next((block for block in draft.stem if isinstance(block, Code)), None)
    if listing is None:
        hint = "write ```python {bug=4} above it"
        draft.wrong("Q150", draft.settings.line, "there is no listing", hint)
        return None
    fence = draft.source.fences.get(listing.line)
    match = _BUG.search(fence.info) if fence else None
    if match is None:
        draft.wrong("Q150", listing.line, "no bug line", "write ```python {bug=4}")
        return None
    rows = listing.text.split("\n")
    number = int(match[2])
    if not 1 <= number <= len(rows) or not (match[1] or rows[number - 1].strip()):
        message = f"the listing has no line {number} that could be wrong"
        draft.wrong("Q151", listing.line, message, f"1 to {len(rows)}, not an empty one")
        return None
    fix = next((block for block in draft.part("Fix") if isinstance(block, Code)), None)
    if fix is None:
        hint = "write ### Fix, and under it the cured line in a fence"
        draft.wrong("Q154", draft.settings.line, "there is no fix", hint)
        return None
    has_boxes = any(getattr(block, "items", ()) for block in draft.stem)
    found = read_options(draft) if has_boxes else None
    if found:
        check_one_right(found[0], draft)
    task = BugHunt(
        listing.text,
        number,
        fix.text,
        found[0] if found else (),
        is_after=bool(match[1]),
        language=listing.language,
    )
    _check_fix(draft, task, fix)
    return task, without(draft.stem, *((found[1],) if found else ()))


def _check_fix(draft: Draft, task: BugHunt, fix: Code) -> None:
    if task.language == "python" and not fault_of(task.listing) and (fault := fault_of(task.fixed)):
        draft.wrong("Q154", fix.line, f"the listing with the fix in it {fault[1]}")
    if task.fixed == task.listing:
        draft.wrong("Q154", fix.line, "the fix changes nothing")


# Plots


def read_curve(draft: Draft) -> Read:
    """Return the recipe of a plot and the options; the plot takes the place of its recipe."""
    fence = next((b for b in draft.stem if isinstance(b, Code) and b.language == "curve"), None)
    if fence is None:
        draft.wrong("Q160", draft.settings.line, "there is no curve", "write a fenced ```curve")
        return None
    recipe = _recipe(draft, fence)
    found = read_options(draft)
    if found is None or recipe is None:
        return None
    check_one_right(found[0], draft)
    drawn = ChartBlock(recipe.chart, "", fence.line)
    stem = tuple(drawn if block is fence else block for block in without(draft.stem, found[1]))
    return CurveReading(recipe, found[0]), stem


def _recipe(draft: Draft, fence: Code) -> Recipe | None:
    entries = read_mapping(fence.text)
    if entries is None or isinstance(entries, YamlFault):
        line = entries.line if entries else 1
        what = entries.message if entries else "key: value lines are expected"
        draft.wrong("Q160", fence.line + line, f"the curve is not YAML: {what}")
        return None
    for key, entry in entries.items():
        if key not in _KEYS:
            name = without_controls(key)[:40]
            draft.wrong(
                "Q161", fence.line + entry.line, f"unknown key {name!r}", nearest(key, _KEYS)
            )
    missing = [key for key in _NEEDED if key not in entries]
    if missing:
        draft.wrong("Q162", fence.line, f"the curve has no {missing[0]!r}")
        return None
    return _Curve(draft, fence, entries).recipe()


class _Curve:
    """The entries of a curve, each looked at once."""

    def __init__(self, draft: Draft, fence: Code, entries: dict[str, Value]) -> None:
        self._draft = draft
        self._fence = fence
        self._entries = entries
        self._faults = 0

    def recipe(self) -> Recipe | None:
        """Return the recipe, None if a value is wrong."""
        series = self._series()
        epochs = self._number("epochs", 1.0)
        noise = self._number("noise", 0.0)
        points = self._points(series)
        at = self._at(epochs, len(points[0]) if points else 0)
        shape, axis, x = self._text("shape", ""), self._text("axis", ""), self._text("x", "epoch")
        if self._faults > 0:
            return None
        # What follows looks at several values, each of which is sound by now.
        if not _NAME.fullmatch(shape):
            self._wrong("shape", "a word with hyphens is expected, as in plateau-then-drop")
        if noise < 0 or epochs <= 0:
            self._wrong("noise" if noise < 0 else "epochs", "it cannot be so small")
        if any(len(row) != len(at) for row in points):
            self._wrong("points", f"each series needs {len(at)} values, one for each of `at`")
        if not LEAST_POINTS <= len(at) <= MOST_POINTS:
            self._wrong("points", f"{LEAST_POINTS} to {MOST_POINTS} values are expected")
        elif at[0] < 0 or at[-1] > epochs:
            self._wrong("at", f"the values have to lie between 0 and {epochs:g}")
        if self._faults > 0:
            return None
        return self._varied(Recipe(shape, series, epochs, at, points, noise, axis, x))

    def _varied(self, recipe: Recipe) -> Recipe | None:
        """Return a recipe with what its other instances may change, None if that is wrong."""
        keep, levels = (
            self._numbers(key, self._value(key)) if key in self._entries else ()
            for key in ("keep", "levels")
        )
        pace, stretch = self._number("pace", recipe.pace), self._number("stretch", recipe.stretch)
        for key, strength in (("pace", pace), ("stretch", stretch)):
            if not 0 <= strength < 1:
                self._wrong(key, "a number from 0 to below 1 is expected")
        if not set(keep) <= set(recipe.at):
            self._wrong("keep", "only positions of the points can be kept")
        trend = self._trend(recipe) if "trend" in self._entries else ()
        if self._faults > 0:
            return None
        return replace(recipe, keep=keep, levels=levels, pace=pace, stretch=stretch, trend=trend)

    def _trend(self, recipe: Recipe) -> tuple[tuple[float, ...], ...]:
        value = self._value("trend")
        rows = {_word(name): row for name, row in value.items()} if isinstance(value, dict) else {}
        if not rows or not set(rows) <= set(recipe.series):
            self._wrong("trend", "a row of values for some of `series` is expected")
            return ()
        found = tuple(
            self._numbers("trend", rows[name]) if name in rows else () for name in recipe.series
        )
        if any(row and len(row) != len(recipe.at) for row in found):
            self._wrong("trend", f"{len(recipe.at)} values are expected, one for each of `at`")
        return found

    def _wrong(self, key: str, what: str) -> None:
        self._faults += 1
        entry = self._entries.get(key)
        line = self._fence.line + (entry.line if entry else 0)
        self._draft.wrong("Q162", line, f"{key}: {what}")

    def _value(self, key: str) -> object:
        return self._entries[key].value if key in self._entries else None

    def _text(self, key: str, default: str) -> str:
        value = self._value(key)
        if value is None and key not in self._entries:
            return default
        if not isinstance(value, str) or not value.strip():
            self._wrong(key, "a text is expected")
            return default
        return _word(value)

    def _number(self, key: str, default: float) -> float:
        if key not in self._entries:
            return default
        number = _float(self._value(key))
        if number is None:
            self._wrong(key, "a number is expected")
        return default if number is None else number

    def _numbers(self, key: str, value: object) -> tuple[float, ...]:
        numbers = [_float(each) for each in value] if isinstance(value, list) else [None]
        if None in numbers:
            self._wrong(key, "a list of numbers is expected")
        return tuple(number for number in numbers if number is not None)

    def _series(self) -> tuple[str, ...]:
        value = self._value("series")
        names = cast("list[object]", value) if isinstance(value, list) else []
        if not names or not all(isinstance(name, str) and name.strip() for name in names):
            self._wrong("series", "a list of names is expected, as in [train, validation]")
            return ()
        found = tuple(map(_word, names))
        if len(set(found)) < len(found):
            self._wrong("series", "two series have one name")
        return found

    def _points(self, series: tuple[str, ...]) -> tuple[tuple[float, ...], ...]:
        value = self._value("points")
        rows = value if isinstance(value, dict) else {}
        named = {_word(name): row for name, row in rows.items()}
        if not series or set(named) != set(series):
            self._wrong("points", "a row of values for each of `series` is expected")
            return ()
        return tuple(self._numbers("points", named[name]) for name in series)

    def _at(self, epochs: float, count: int) -> tuple[float, ...]:
        """Return where the points lie; without `at` they are spread evenly."""
        if "at" not in self._entries:
            return tuple(index * epochs / max(count - 1, 1) for index in range(count))
        at = self._numbers("at", self._value("at"))
        if not at or any(low >= high for low, high in pairwise(at)):
            self._wrong("at", "rising numbers are expected")
        return at


def _word(value: object) -> str:
    """Return a name without the spaces and signs that nobody sees."""
    return " ".join(without_controls(str(value)).split())


def _float(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
