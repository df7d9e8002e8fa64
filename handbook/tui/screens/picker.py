"""A list to choose from: what every menu offers, and the way to the dialog that shows it.

The dialog itself is `handbook.tui.screens.picker_screen`, loaded when the first one opens: it needs
a field, and fields cost a start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handbook.tui.shell import Shell


class Entry(NamedTuple):
    """Something to choose: its name, a muted explanation, and what choosing it gives.

    `also` are words that find it too, but are not shown.
    """

    name: str
    detail: str
    value: object
    also: str = ""


def choose(
    app: Shell,
    title: str,
    entries: Sequence[Entry],
    then: Callable[[object], None],
    *,
    seen: Callable[[object], None] | None = None,
    removed: Callable[[object], None] | None = None,
    left: Callable[[], None] | None = None,
    start: int = 0,
) -> None:
    """Let the reader choose one of the entries; call `then` with its value, or `left`."""
    from handbook.tui.screens.picker_screen import PickerScreen  # noqa: PLC0415  not at a start

    def closed(entry: object) -> None:
        if isinstance(entry, Entry):
            app.attempt(lambda: then(entry.value))
        elif left is not None:
            left()

    app.push_screen(PickerScreen(title, entries, seen=seen, removed=removed, start=start), closed)
