"""TOML that others wrote: read with a line and a clean message for what is wrong, never raising."""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

from handbook.loader.clean import without_controls

# A key of n parts takes tomllib n * n steps.
_MOST_DOTS = 200
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)")


class TomlFault(NamedTuple):
    """Why a text is not TOML, and the line, counted from 1."""

    line: int
    message: str


def read_toml(text: str) -> dict[str, object] | TomlFault:
    """Return the values of a TOML text, or why there are none."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            return TomlFault(number, f"a line with more than {_MOST_DOTS} dots")
    try:
        return tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, and a number of too many digits
        said = str(error)
        at = int(found[1]) if (found := _AT_LINE.search(said)) else 1
        if "end of document" in said:
            at = text.rstrip("\n").count("\n") + 1
        return TomlFault(at, without_controls(_AT_LINE.sub("", said))[:200])
    except RecursionError:
        return TomlFault(1, "nested too deeply")
