"""TOML that others wrote: read with a line and a clean message for what is wrong, never raising."""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

from handbook.loader.clean import without_controls

_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)")


class TomlFault(NamedTuple):
    """Why a text is not TOML, and the line, counted from 1."""

    line: int
    message: str


def read_toml(text: str) -> dict[str, object] | TomlFault:
    """Return the values of a TOML text, or why there are none."""
    try:
        return tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, and a number of too many digits
        said = str(error)
        line = int(found[1]) if (found := _AT_LINE.search(said)) else 1
        if "end of document" in said:
            line = text.rstrip("\n").count("\n") + 1
        return TomlFault(line, without_controls(_AT_LINE.sub("", said))[:200])
    except RecursionError:
        return TomlFault(1, "nested too deeply")
