"""`handbook keys`: every key, the name of its action, what it does and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.actions import ACTIONS, keys_of
from handbook.cli import output
from handbook.cli.paper import paper
from handbook.render.line import EMPTY, Line, Run
from handbook.render.table import cells_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.actions import Action, Keys
    from handbook.cli.arguments import Arguments
    from handbook.cli.paper import Paper

NO_KEY = "no key"


def keys(arguments: Arguments) -> int:
    """Print the table: by group on a terminal, else one a line with tabs between."""
    found = keys_of(arguments.settings)
    if arguments.json:
        output.write_json([_record(action, found) for action in found.actions])
    elif output.is_terminal():
        output.write(_by_group(found, paper(arguments.settings)))
    else:
        output.write_rows("\t".join(_cells(action, found)) for action in found.actions)
    return 0


def _record(action: Action, found: Keys) -> dict[str, object]:
    return {
        "id": action.id,
        "keys": list(action.keys),
        "default": list(_default(action)),
        "about": action.about,
        "group": action.group,
        "places": list(action.places),
        "changed": action.id in found.changes,
    }


def _default(action: Action) -> tuple[str, ...]:
    return next(each.keys for each in ACTIONS if each.id == action.id)


def _cells(action: Action, found: Keys) -> tuple[str, str, str, str]:
    """Return name, keys, what they do and where; and the keys of the table if they were changed."""
    bound = " ".join(action.keys) or NO_KEY
    if action.id in found.changes:
        bound += f" (was {' '.join(_default(action)) or NO_KEY})"
    return action.id, bound, action.about, " ".join(action.places)


def _by_group(found: Keys, sheet: Paper) -> str:
    groups = list(dict.fromkeys(action.group for action in found.actions))
    lines: list[Line] = []
    for group in groups:
        actions = [action for action in found.actions if action.group == group]
        lines += [Line((Run(group, "heading.1"),)), *_table(actions, found, sheet), EMPTY]
    return sheet.text(lines[:-1])


def _table(actions: Sequence[Action], found: Keys, sheet: Paper) -> Iterator[Line]:
    styles = ("text", "key", "text", "muted")
    header = [[Run(word, "table.header")] for word in ("Action", "Keys", "What it does", "Where")]
    body = [
        [[Run(text, style)] for text, style in zip(_cells(action, found), styles, strict=True)]
        for action in actions
    ]
    rows = cells_rows(header, body, ["left"] * 4, sheet.width, sheet.options)
    return (Line(row) for row in rows)
