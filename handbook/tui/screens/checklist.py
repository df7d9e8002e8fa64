"""The checklists: phases of items to tick, with notes, dates, undo and the pages behind them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from handbook.errors import NothingFoundError, UsageError
from handbook.model import ChecklistItem
from handbook.render.line import EMPTY, Line, Run
from handbook.render.markdown import checklist_markdown
from handbook.render.options import Options
from handbook.render.readiness import measured_text
from handbook.tui.paint import frame, gauge
from handbook.tui.screens.beside import BesideScreen
from handbook.tui.screens.checklist_lines import (
    check_item,
    is_done,
    measured_lines,
    phase_item,
    plan_lines,
    sentence,
    until,
    with_ready,
    wrapped,
)
from handbook.tui.screens.measuring import has_questions
from handbook.tui.screens.picker import Entry, choose
from handbook.tui.screens.prompt import ask
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from handbook.model import Checklist, Tick
    from handbook.model.readiness import ItemMastery
    from handbook.practice.readiness import Readiness
    from handbook.tui.widgets.choices import Item

FILTERS = ("all", "open", "done")


class ChecklistScreen(BesideScreen):
    """Shows one list at a time; every tick is on disk before the screen changes."""

    PLACE: ClassVar[str] = "checklist"

    def __init__(self, name: str = "") -> None:
        """Open a list by its name, the first one for ""."""
        super().__init__()
        self.list_name = name
        self.filter = 0
        self.folded: set[str] = set()
        self._ready: Readiness | None = None

    def on_mount(self) -> None:
        """Take the focus."""
        self.pane.opens_at_once = False
        self.take_focus(self.refresh_content)

    @property
    def checklist(self) -> Checklist:
        """The list shown; raises NothingFoundError where the book has none."""
        return self.workspace.checklist(self.list_name)

    # What is shown

    @property
    def ready(self) -> Readiness:
        """What was measured when this was last shown, and the plan."""
        if self._ready is None:
            from handbook.practice.readiness import Readiness  # noqa: PLC0415  after a first frame

            self._ready = Readiness(self.workspace.desk)
        return self._ready

    @property
    def measured(self) -> dict[str, ItemMastery]:
        """What was measured of the items; nothing until the questions have been read."""
        checklist = self.checklist
        if not any(item.topics for item in checklist.items):
            return {}
        is_read = has_questions(self.handbook_app, self.workspace.desk)
        return self.ready.items(checklist) if is_read else {}

    def refresh_content(self) -> None:
        """Show the list as it stands in the store, measured anew."""
        self._ready = None
        self._show()

    def _show(self) -> None:
        if not self.workspace.checklists():
            self.show_frame((self.workspace.handbook.title, "Checklists"))
            self.pane.show_items([sentence("This book has no checklist.")])
            return
        checklist, measured = self.checklist, self.measured
        ticks = with_ready(self.workspace.ticks(), measured)
        done = sum(is_done(item, ticks) for item in checklist.items)
        total = len(checklist.items)
        bar = gauge(done / max(1, total), 16, self.painter) if self.size.width >= 70 else ""
        day = self.ready.day(checklist)
        when = f"{checklist.dated or 'date'} {until(day)}" if day else ""
        title = self.workspace.handbook.title
        shown = f"only {FILTERS[self.filter]}" if self.filter else ""
        state = (f"{done}/{total} {bar}".strip(), shown, when)
        self.show_frame((title, checklist.title), state)
        frame(self.pane, checklist.title)
        names = [f"[{name}]" if i == self.filter else name for i, name in enumerate(FILTERS)]
        frame(self.pane, below=f" {self.painter.sign('dot')} ".join(names))
        self.pane.show_items(self._items(checklist, ticks, measured))
        self._show_beside()

    def _items(
        self, checklist: Checklist, ticks: dict[str, Tick], measured: dict[str, ItemMastery]
    ) -> list[Item]:
        width = self.pane.column_width
        options = Options(ascii=self.painter.ascii_only)
        due = self.ready.due(checklist)
        sign = self.painter.sign("note")
        notes = self.workspace.notes()
        items: list[Item] = []
        for phase in checklist.phases:
            items.append(phase_item(phase, ticks, due.get(phase.title), width, self.folded))
            if phase.title in self.folded:
                continue
            shown = [item for item in phase.items if self._is_shown(item, ticks)]
            items += [
                check_item(
                    item,
                    ticks,
                    measured.get(item.id),
                    width,
                    options,
                    note=sign if item.id in notes else "",
                )
                for item in shown
            ]
        if not any(isinstance(item.value, ChecklistItem) for item in items):
            items.append(sentence(f"No item is {FILTERS[self.filter]}: f shows the others."))
        return items

    def _is_shown(self, item: ChecklistItem, ticks: dict[str, Tick]) -> bool:
        name = FILTERS[self.filter]
        return name == "all" or is_done(item, ticks) == (name == "done")

    def _show_beside(self) -> None:
        if not self.query_one("#beside").display:
            return
        view, plan = self.query_one("#item", LineView), self.query_one("#plan", LineView)
        item = self.find_item()
        width = max(12, view.column_width - 1)
        frame(view, "Why")
        empty = "Why an item is there stands here when the cursor is on it."
        view.show(self._item_lines(item, width) if item else wrapped(empty, width, "muted"), top=0)
        frame(plan, "Plan")
        plan.show(self._plan_lines(max(12, plan.column_width - 1)), top=0)

    def _item_lines(self, item: ChecklistItem, width: int) -> list[Line]:
        lines = [*wrapped(item.text, width, "strong"), EMPTY, *wrapped(item.why, width, "text")]
        if item.see is not None:
            place = self.workspace.resolve(item.see, self.checklist.page)
            if place is not None:
                info = self.workspace.info(place.page)
                heading = (
                    f" {self.painter.sign('sub')} {place.anchor.replace('-', ' ')}"
                    if place.anchor
                    else ""
                )
                lines += [EMPTY, *wrapped(f"Read (Enter): {info.title}{heading}", width, "link")]
        facts = [f"{item.minutes} minutes" if item.minutes else "", "core" if item.core else ""]
        facts += [f"[{key}]" for key in item.sources]
        if any(facts):
            lines += [EMPTY, *wrapped("  ".join(fact for fact in facts if fact), width, "muted")]
        if found := self.measured.get(item.id):
            lines += measured_lines(found, width)
        note = self.workspace.notes().get(item.id)
        if note:
            lines += [EMPTY, Line((Run("Your note", "heading.2"),))]
            lines += wrapped(note.text, width, "text")
        return lines

    def _plan_lines(self, width: int) -> list[Line]:
        checklist, measured = self.checklist, self.measured
        ticks = with_ready(self.workspace.ticks(), measured)
        day, due = self.ready.day(checklist), self.ready.due(checklist)
        still = sum(not is_done(item, ticks) for item in checklist.items)
        moved = self.ready.last_move(checklist, still)
        return plan_lines(checklist, ticks, measured, day, due, moved, width)

    # The cursor

    def find_item(self) -> ChecklistItem | None:
        """Return the item under the cursor, None on a phase."""
        value = self.pane.value
        return value if isinstance(value, ChecklistItem) else None

    def item(self) -> ChecklistItem:
        """Return the item under the cursor; raise NothingFoundError on a phase."""
        item = self.find_item()
        if item is None:
            raise NothingFoundError("the cursor stands on no item")
        return item

    def on_choice_list_moved(self) -> None:
        """Show why the item is there."""
        self._show_beside()

    def on_choice_list_chosen(self) -> None:
        """Tick what was clicked twice."""
        self.handbook_app.attempt(self.action_tick)

    # Actions

    def action_tick(self) -> None:
        """Tick the item, or open it again; on a phase, fold it."""
        item = self.find_item()
        if item is None:
            self._fold(None)
            return
        ticks = self.workspace.ticks()
        self.workspace.tick(item.id, done=not is_done(item, ticks))
        self._show()

    def action_open(self) -> None:
        """Open the page behind the item."""
        if self.find_item() is None:
            self._fold(None)
            return
        see = self.item().see
        place = self.workspace.resolve(see, self.checklist.page) if see else None
        if place is None:
            raise NothingFoundError("no page stands behind this item")
        self.handbook_app.open_place(place)

    def action_note(self) -> None:
        """Write a note on the item."""
        from handbook.tui.screens.note import NoteScreen  # noqa: PLC0415

        item = self.item()
        self.app.push_screen(NoteScreen(item.id, item.text, checklist=self.checklist.name))

    def action_sources(self) -> None:
        """Show why the item is there, where there is no room beside the list."""
        from handbook.tui.screens.overlays import InfoScreen  # noqa: PLC0415

        item = self.item()

        def lines(width: int) -> list[Line]:
            made = [Line((Run(" "), *line.runs)) for line in self._item_lines(item, width - 2)]
            return [EMPTY, *made, EMPTY]

        self.app.push_screen(InfoScreen("Why", lines))

    def action_filter(self) -> None:
        """Show all, open or done items; the cursor stays on its item, or goes to the next one."""
        value = self.pane.value
        self.filter = (self.filter + 1) % len(FILTERS)
        self._show()
        every = [each.id for each in self.checklist.items]
        at = every.index(value.id) if isinstance(value, ChecklistItem) else 0
        shown = {each.value.id for each in self.pane.items if isinstance(each.value, ChecklistItem)}
        following = [each for each in every[at:] if each in shown]
        if isinstance(value, ChecklistItem) and following:
            self._put_cursor_on(following[0])

    def action_undo(self) -> None:
        """Take the last change of this list back."""
        undone = self.workspace.undo(self.checklist)
        self.handbook_app.tell("Taken back" if undone else "There is nothing to take back")
        if undone is not None:
            self._put_cursor_on(undone.item)
        self.refresh_content()

    def action_find(self) -> None:
        """Choose an item of the list by its words."""
        entries = [Entry(item.text, item.why, item.id) for item in self.checklist.items]
        choose(self.handbook_app, "Find an item", entries, self._find)

    def _find(self, item_id: object) -> None:
        self.filter = 0
        self.folded.clear()
        self.refresh_content()
        self._put_cursor_on(str(item_id))

    def _put_cursor_on(self, item_id: str) -> None:
        for number, item in enumerate(self.pane.items):
            if isinstance(item.value, ChecklistItem) and item.value.id == item_id:
                self.pane.put_cursor(number)

    def _fold(self, fold: bool | None) -> None:  # noqa: FBT001
        """Fold or unfold the phase of the cursor; None turns it round."""
        value = self.pane.value
        phases = self.checklist.phases
        phase = next((p for p in phases if value is p or value in p.items), None)
        if phase is None:
            return
        is_folded = phase.title in self.folded
        if fold is None:
            fold = not is_folded
        if fold:
            self.folded.add(phase.title)
        else:
            self.folded.discard(phase.title)
        self._show()
        for number, item in enumerate(self.pane.items):
            if item.value is phase and fold:
                self.pane.put_cursor(number)

    def action_fold(self) -> None:
        """Fold the phase."""
        self._fold(fold=True)

    def action_unfold(self) -> None:
        """Unfold the phase."""
        self._fold(fold=False)

    def _choose_list(self, step: int) -> None:
        names = [each.name for each in self.workspace.checklists()]
        at = names.index(self.checklist.name)
        self.list_name = names[(at + step) % len(names)]
        self.pane.cursor = 0
        self.pane.top = 0
        self.refresh_content()

    def action_next_list(self) -> None:
        """Show the next list."""
        self._choose_list(1)

    def action_previous_list(self) -> None:
        """Show the previous list."""
        self._choose_list(-1)

    def action_date(self) -> None:
        """Set the date that the phases count back from."""
        checklist = self.checklist
        self.ready.demand_dated(checklist)
        day = self.ready.day(checklist)
        question = f"{(checklist.dated or 'date').capitalize()}: YYYY-MM-DD, empty for none"
        ask(self.handbook_app, question, day.isoformat() if day else "", self._set_date)

    def _set_date(self, text: str) -> None:
        try:
            day = date.fromisoformat(text) if text else None
        except ValueError:
            raise UsageError(f"{text!r} is no date", hint="for example 2027-03-01") from None
        self.ready.set_day(self.checklist, day)
        self.refresh_content()

    def as_markdown(self) -> str:
        """Return the list with its state as Markdown."""
        checklist = self.checklist
        measured = {item: measured_text(each) for item, each in self.measured.items()}
        return checklist_markdown(
            checklist,
            self.workspace.ticks(),
            self.workspace.notes(),
            self.ready.due(checklist),
            measured,
        )

    def action_copy(self) -> None:
        """Copy the list as Markdown."""
        self.handbook_app.copy(self.as_markdown())

    def action_export(self) -> None:
        """Write the list as a Markdown file."""
        self.handbook_app.ask_and_write(f"{self.checklist.name}.md", self.as_markdown())
