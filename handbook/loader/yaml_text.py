"""YAML that others wrote: read safely, with the line of every value, never more than it should be.

libyaml's composer calls itself once a level and ends the process with a segmentation fault at some
20,000 levels, so deep texts are refused before they reach it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.nodes import Node

MOST_BRACKETS = 1_000
LONGEST_LINE = 4_000
MOST_CHARACTERS = 256 * 1024
MOST_VALUES = 50_000


class YamlFault(NamedTuple):
    """Why a text is not YAML, and the line, counted from 1."""

    line: int
    message: str


class Value(NamedTuple):
    """A value of a mapping and the line of its key, counted from 1.

    `double` is the line where the same key stood before, whose value is lost; 0 for none.
    """

    value: object
    line: int
    fault: str = ""
    double: int = 0


def read_mapping(text: str) -> dict[str, Value] | YamlFault | None:
    """Return the entries of a YAML mapping; None if the text is YAML but no mapping.

    A value that cannot be made (the 30th of February) is None with a fault; its neighbours live.
    """
    # A page without front matter never needs YAML, which takes 10 ms to load.
    import yaml  # noqa: PLC0415

    composed = _compose(text)
    if isinstance(composed, YamlFault):
        return composed
    loader, root = composed
    if not isinstance(root, yaml.MappingNode):
        return None
    entries: dict[str, Value] = {}
    for key_node, node in root.value:
        line = key_node.start_mark.line + 1
        value, fault_text = _construct(loader, node, text)
        key = str(key_node.value)
        double = entries[key].line if key in entries else 0
        entries[key] = Value(value, line, fault_text, double)
    return entries


def read_node(text: str) -> Node | YamlFault | None:
    """Return the root of a YAML text, which stays small with its aliases; None if it is empty."""
    composed = _compose(text)
    if isinstance(composed, YamlFault):
        return composed
    root = composed[1]
    # Without an alias a tree is no larger than its text.
    if root is not None and "*" in text and not _is_bounded(root):
        return YamlFault(root.start_mark.line + 1, "too many values")
    return root


def _compose(text: str) -> tuple[Any, Node | None] | YamlFault:
    """Return a loader and the root that it read, or why the text is not YAML."""
    import yaml  # noqa: PLC0415  see read_mapping

    if fault := _too_much(text):
        return fault
    try:
        loader = _loader()(text)
        return loader, loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return YamlFault(mark.line + 1 if mark else 1, error.problem or "not valid YAML")
    except yaml.YAMLError as error:
        return YamlFault(1, str(error).splitlines()[0])


def _too_much(text: str) -> YamlFault | None:
    if len(text) > MOST_CHARACTERS:
        return YamlFault(1, f"more than {MOST_CHARACTERS:,} characters")
    if text.count("[") + text.count("{") > MOST_BRACKETS:
        return YamlFault(1, f"more than {MOST_BRACKETS:,} brackets")
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            return YamlFault(number, f"a line of more than {LONGEST_LINE:,} characters")
    return None


def _construct(loader: Any, node: Node, text: str) -> tuple[object, str]:
    import yaml  # noqa: PLC0415  see read_mapping

    # Without an alias a tree is no larger than its text.
    if "*" in text and not _is_bounded(node):
        return None, "too many values"
    # The constructors let everything through that int, float, date and bool raise on odd texts.
    try:
        return loader.construct_document(node), ""
    except yaml.MarkedYAMLError as error:
        return None, error.problem or "not a value"
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        return None, str(error) or "not a value"


def _is_bounded(node: Node) -> bool:
    """Tell whether a tree with its aliases written out stays small, and has an end."""
    import yaml  # noqa: PLC0415  see read_mapping

    left, seen = [node], 0
    while left:
        seen += 1
        if seen > MOST_VALUES:
            return False
        current = left.pop()
        if isinstance(current, yaml.SequenceNode):
            left.extend(current.value)
        elif isinstance(current, yaml.MappingNode):
            left.extend(part for pair in current.value for part in pair)
    return True


@lru_cache(maxsize=1)
def _loader() -> Callable[[str], Any]:
    """Return the loader class: libyaml's where it is there, with every unknown tag as None."""
    import yaml  # noqa: PLC0415  see read_mapping

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("QuietLoader", (base,), {})
    loader.add_constructor(None, lambda *_: None)
    return loader  # type: ignore[no-any-return]
