"""`handbook checklist`: a list with its state; ticks, the date it counts back from, export."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.cli import output
from handbook.cli.kept import demand_store, has_store
from handbook.cli.paper import paper
from handbook.cli.records import measured_record
from handbook.cli.table import ACTS
from handbook.errors import UsageError
from handbook.model.readiness import ItemState
from handbook.render.line import EMPTY, Line, Run
from handbook.render.readiness import (
    STATE_STYLES,
    STATE_WORDS,
    counts_text,
    measured_text,
    slip_text,
    state_box,
)
from handbook.render.wrap import wrap_runs
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from handbook.cli.arguments import Arguments
    from handbook.cli.paper import Paper
    from handbook.model import Checklist, ChecklistItem, Note, Tick
    from handbook.model.readiness import ItemMastery


class _State(NamedTuple):
    """What the reader left in a list; empty where nothing was ever kept."""

    ticks: Mapping[str, Tick]
    notes: Mapping[str, Note]
    day: date | None
    due: Mapping[str, date]
    measured: Mapping[str, ItemMastery]

    def is_done(self, item: ChecklistItem) -> bool:
        return item.id in self.ticks and self.ticks[item.id].done

    def state(self, item: ChecklistItem) -> ItemState:
        """Return where an item stands: what was measured, else the tick."""
        if item.id in self.measured:
            return self.measured[item.id].state
        return ItemState.DONE if self.is_done(item) else ItemState.OPEN


class _Order(NamedTuple):
    """What is to be done: the act ("" prints), the list's name, the ids of items."""

    act: str
    name: str
    ids: tuple[str, ...]


def checklist(arguments: Arguments) -> int:
    """Print, tick, date or export a list."""
    order = _order(arguments.words)
    workspace = Workspace.open(arguments.settings)
    try:
        chosen = workspace.checklist(order.name)
        if order.ids:
            chosen = _tick(workspace, order)
        if arguments.date:
            _set_date(workspace, chosen, arguments.date)
        state = _state(workspace, chosen)
    finally:
        workspace.close()
    if arguments.json:
        output.write_json(_records(chosen, state))
    elif order.act == "export":
        from handbook.render.markdown import checklist_markdown  # noqa: PLC0415  only to export

        measured = {item: measured_text(each) for item, each in state.measured.items()}
        text = checklist_markdown(chosen, state.ticks, state.notes, state.due, measured)
        output.write(text)
    elif not order.act:
        _print(chosen, state, arguments)
        _tell_others(workspace, chosen)
    return 0


def _order(words: tuple[str, ...]) -> _Order:
    """Read `[NAME] [tick ID... | untick ID... | export [NAME]]`."""
    at = next((index for index, word in enumerate(words[:2]) if word in ACTS), -1)
    if at < 0:
        if len(words) > 1:
            raise UsageError(
                f"{words[1]!r} is none of {', '.join(ACTS)}",
                hint="handbook checklist [NAME] tick ID",
            )
        return _Order("", words[0] if words else "", ())
    before, act, rest = words[:at], words[at], words[at + 1 :]
    if act == "export":
        names = (*before, *rest)
        if len(names) > 1:
            raise UsageError("export takes one list", hint="handbook checklist export interview")
        return _Order(act, names[0] if names else "", ())
    if not rest:
        raise UsageError(
            f"{act} takes the ids of items", hint="`handbook checklist --ids` shows them"
        )
    return _Order(act, before[0] if before else "", rest)


def _tick(workspace: Workspace, order: _Order) -> Checklist:
    """Tick or open items, all or none; return the list of the first one."""
    found = [workspace.find_item(item_id) for item_id in order.ids]
    demand_store(workspace)
    wanted = order.act == "tick"
    for _, item in found:
        before = workspace.ticks().get(item.id)
        if (before is not None and before.done) == wanted:
            state = "done already" if wanted else "open already"
            output.complain(f"{state}: {item.id} {item.text}")
            continue
        workspace.tick(item.id, done=wanted)
        output.complain(f"{order.act}ed {item.id} {item.text}")
    return found[0][0]


def _set_date(workspace: Workspace, chosen: Checklist, word: str) -> None:
    from datetime import date  # noqa: PLC0415  only a date needs it

    from handbook.practice.readiness import Readiness  # noqa: PLC0415  as above

    demand_store(workspace)
    day = None if word == "none" else date.fromisoformat(word)
    Readiness(workspace.desk).set_day(chosen, day)
    output.complain(f"{chosen.name}: {f'the date is {word}' if day else 'no date'}")


def _state(workspace: Workspace, chosen: Checklist) -> _State:
    can_measure = any(item.topics for item in chosen.items)
    is_blank = not has_store(workspace)
    if is_blank and not can_measure:
        return _State({}, {}, None, {}, {})
    from handbook.practice.desk import BlankDesk  # noqa: PLC0415  most lists need neither
    from handbook.practice.readiness import Readiness  # noqa: PLC0415

    ready = Readiness(BlankDesk(workspace.library) if is_blank else workspace.desk)
    measured = ready.items(chosen) if can_measure else {}
    if is_blank:
        return _State({}, {}, None, {}, measured)
    ticks, notes = workspace.ticks(), workspace.notes()
    return _State(ticks, notes, ready.day(chosen), ready.due(chosen), measured)


def _records(chosen: Checklist, state: _State) -> list[dict[str, object]]:
    return [
        {
            "id": item.id,
            "phase": phase.title,
            "text": item.text,
            "state": str(state.state(item)),
            "due": state.due[phase.title].isoformat() if phase.title in state.due else None,
            "measured": measured_record(state.measured.get(item.id)),
        }
        for phase in chosen.phases
        for item in phase.items
    ]


def _print(chosen: Checklist, state: _State, arguments: Arguments) -> None:
    sheet = paper(arguments.settings)
    output.write(sheet.text(_lines(chosen, state, sheet, with_ids=arguments.ids)))


def _lines(chosen: Checklist, state: _State, sheet: Paper, *, with_ids: bool) -> Iterator[Line]:
    done = sum(map(state.is_done, chosen.items))
    yield Line((Run(chosen.title, "heading.1"),))
    dated = f", {chosen.dated} on {state.day.isoformat()}" if state.day else ""
    yield Line((Run(f"{done} of {len(chosen.items)} done{dated}", "muted"),))
    if state.measured:
        yield Line((Run(f"Measured: {counts_text(state.measured.values())}", "muted"),))
    for phase in chosen.phases:
        yield EMPTY
        day = state.due.get(phase.title)
        by = f"  by {day.isoformat()}" if day else ""
        yield Line((Run(phase.title, "heading.2"), Run(by, "dated")))
        for item in phase.items:
            yield from _item_lines(item, sheet, state, with_ids=with_ids)


def _item_lines(
    item: ChecklistItem, sheet: Paper, state: _State, *, with_ids: bool
) -> Iterator[Line]:
    is_done, found = state.is_done(item), state.measured.get(item.id)
    box = Run("  [x] ", "task.done") if is_done else Run("  [ ] ", "task.open")
    if found is not None:
        sign = state_box(found.state, sheet.options)
        box, is_done = Run(f"  {sign.text} ", sign.style), found.state is ItemState.READY
    if sheet.options.spoken:
        word = STATE_WORDS[found.state] if found else "done" if is_done else "to do"
        box = Run(f"{word.capitalize()}: ", box.style)
    runs = [Run(f"{item.id} ", "key")] if with_ids else []
    runs.append(Run(item.text, "muted" if is_done else "text"))
    if item.core:
        runs.append(Run(" (core)", "muted"))
    if found is not None and found.state is not ItemState.OPEN:
        slip = slip_text(found)
        word = STATE_WORDS[found.state] + (f": {slip}" if slip else "")
        runs.append(Run(f" {word}", STATE_STYLES[found.state]))
    for number, row in enumerate(wrap_runs(runs, sheet.width - len(box.text))):
        yield Line((Run(" " * len(box.text)) if number else box, *row))


def _tell_others(workspace: Workspace, chosen: Checklist) -> None:
    others = [each.name for each in workspace.checklists() if each.name != chosen.name]
    if others and output.is_terminal():
        output.complain(f"other lists: {', '.join(others)}")
