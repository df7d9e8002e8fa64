"""`handbook checklist`: a list with its state; ticks, the date it counts back from, export."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.cli import output
from handbook.cli.kept import demand_store, has_store
from handbook.cli.paper import paper
from handbook.cli.table import ACTS
from handbook.errors import UsageError
from handbook.model import due_dates
from handbook.render.line import EMPTY, Line, Run
from handbook.render.wrap import wrap_runs
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from handbook.cli.arguments import Arguments
    from handbook.model import Checklist, ChecklistItem, Note, Tick


class _State(NamedTuple):
    """What the reader left in a list; empty where nothing was ever kept."""

    ticks: Mapping[str, Tick]
    notes: Mapping[str, Note]
    day: date | None

    def is_done(self, item: ChecklistItem) -> bool:
        return item.id in self.ticks and self.ticks[item.id].done


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

        due = due_dates(chosen.phases, state.day)
        output.write(checklist_markdown(chosen, state.ticks, state.notes, due))
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

    if not chosen.dated:
        raise UsageError(f"the list {chosen.name} does not count back from a date")
    demand_store(workspace)
    day = None if word == "none" else date.fromisoformat(word)
    workspace.set_date(chosen, day)
    output.complain(f"{chosen.name}: {f'the date is {word}' if day else 'no date'}")


def _state(workspace: Workspace, chosen: Checklist) -> _State:
    if not has_store(workspace):
        return _State({}, {}, None)
    return _State(workspace.ticks(), workspace.notes(), workspace.date_of(chosen))


def _records(chosen: Checklist, state: _State) -> list[dict[str, object]]:
    due = due_dates(chosen.phases, state.day)
    return [
        {
            "id": item.id,
            "phase": phase.title,
            "text": item.text,
            "state": "done" if state.is_done(item) else "open",
            "due": due[phase.title].isoformat() if phase.title in due else None,
        }
        for phase in chosen.phases
        for item in phase.items
    ]


def _print(chosen: Checklist, state: _State, arguments: Arguments) -> None:
    sheet = paper(arguments.settings)
    output.write(sheet.text(_lines(chosen, state, sheet.width, with_ids=arguments.ids)))


def _lines(chosen: Checklist, state: _State, width: int, *, with_ids: bool) -> Iterator[Line]:
    done = sum(map(state.is_done, chosen.items))
    yield Line((Run(chosen.title, "heading.1"),))
    dated = f", {chosen.dated} on {state.day.isoformat()}" if state.day else ""
    yield Line((Run(f"{done} of {len(chosen.items)} done{dated}", "muted"),))
    due = due_dates(chosen.phases, state.day)
    for phase in chosen.phases:
        yield EMPTY
        by = f"  by {due[phase.title].isoformat()}" if phase.title in due else ""
        yield Line((Run(phase.title, "heading.2"), Run(by, "dated")))
        for item in phase.items:
            yield from _item_lines(item, width, is_done=state.is_done(item), with_ids=with_ids)


def _item_lines(
    item: ChecklistItem, width: int, *, is_done: bool, with_ids: bool
) -> Iterator[Line]:
    box = Run("  [x] ", "task.done") if is_done else Run("  [ ] ", "task.open")
    runs = [Run(f"{item.id} ", "key")] if with_ids else []
    runs.append(Run(item.text, "muted" if is_done else "text"))
    if item.core:
        runs.append(Run(" (core)", "muted"))
    for number, row in enumerate(wrap_runs(runs, width - len(box.text))):
        yield Line((Run(" " * len(box.text)) if number else box, *row))


def _tell_others(workspace: Workspace, chosen: Checklist) -> None:
    others = [each.name for each in workspace.checklists() if each.name != chosen.name]
    if others and output.is_terminal():
        output.complain(f"other lists: {', '.join(others)}")
