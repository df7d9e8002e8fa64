"""A list with a field that narrows it: the one dialog behind every menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from handbook.render.cells import cells, cut, pad
from handbook.render.line import Line, Run
from handbook.search.names import rank_names
from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.screens.picker import Entry
from handbook.tui.widgets.bars import KeyBar
from handbook.tui.widgets.choices import ChoiceList, Item

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult


NOTHING = "Nothing fits: fewer letters, or Escape"


class PickerScreen(ModalScreen[object], HandbookScreen[object]):
    """Shows entries; closes with the chosen value, or with None."""

    PLACE: ClassVar[str] = "picker"
    CSS_PATH = ["../styles/overlays.tcss", "../styles/fields.tcss"]  # noqa: RUF012

    def __init__(
        self,
        title: str,
        entries: Sequence[Entry],
        *,
        seen: Callable[[object], None] | None = None,
        removed: Callable[[object], None] | None = None,
        start: int = 0,
    ) -> None:
        """Offer entries; `seen` is told what the cursor stands on, `removed` what was deleted."""
        super().__init__()
        self.heading = title
        self.entries = list(entries)
        self.seen = seen
        self.removed = removed
        self.start = start

    def compose(self) -> ComposeResult:
        """Lay out field and list in a box."""
        with Vertical(classes="overlay"):
            field = Input(placeholder="Type to narrow")
            field.cursor_blink = False
            yield field
            yield ChoiceList(id="choices", classes="-fed")
        yield KeyBar()

    @property
    def pane(self) -> ChoiceList:
        """The list."""
        return self.query_one("#choices", ChoiceList)

    def on_mount(self) -> None:
        """Show all entries."""
        frame(self.query_one(".overlay"), self.heading)
        self.query_one(KeyBar).show(self.handbook_app.hints(self.PLACE))
        self.set_focus(self.query_one(Input))
        self.pane.cursor = self.start
        self.pane.when_sized(lambda: self._show(None))

    def refresh_content(self) -> None:
        """Nothing here depends on the store."""

    def on_input_changed(self) -> None:
        """Narrow the list."""
        self._show(0)

    def _show(self, cursor: int | None) -> None:
        query = self.query_one(Input).value
        names = [f"{each.name} {each.detail} {each.also}" for each in self.entries]
        order = rank_names(query, names) if query.strip() else range(len(names))
        width = self.pane.column_width
        longest = max((cells(entry.name) for entry in self.entries), default=0)
        column = min(longest, width // 2)
        items = [Item((_line(self.entries[i], width, column),), self.entries[i]) for i in order]
        if not items:
            items = [Item((Line((Run("  "), Run(NOTHING, "muted"))),), can_choose=False)]
        self.pane.show_items(items, cursor=cursor)
        box = self.query_one(".overlay")
        frame(box, below=f"{len(order)} of {len(self.entries)}" if query else f"{len(order)}")
        self._tell_seen()

    def _tell_seen(self) -> None:
        entry = self.pane.value
        if self.seen is not None and isinstance(entry, Entry):
            self.seen(entry.value)

    def on_choice_list_moved(self) -> None:
        """Tell what the cursor stands on."""
        self._tell_seen()

    def on_choice_list_chosen(self) -> None:
        """Close with what was clicked."""
        self.action_choose()

    def action_choose(self) -> None:
        """Close with what the cursor stands on."""
        entry = self.pane.value
        if isinstance(entry, Entry):
            self.dismiss(entry)

    def action_remove(self) -> None:
        """Remove the entry under the cursor, where entries can be removed."""
        entry = self.pane.value
        if self.removed is not None and isinstance(entry, Entry):
            self.removed(entry.value)
            self.entries.remove(entry)
            self._show(None)

    def action_leave(self) -> None:
        """Close without a choice."""
        self.dismiss(None)


def _line(entry: Entry, width: int, column: int) -> Line:
    """Return an entry with its explanation from a column on, if there is room for it."""
    name = pad(cut(entry.name, max(8, width - 3)), column)
    room = width - cells(name) - 6
    is_roomy = room > 12 or cells(entry.detail) <= room
    detail = f"   {cut(entry.detail, room)}" if entry.detail and is_roomy else ""
    return Line((Run("  "), Run(name), Run(detail, "muted")))
