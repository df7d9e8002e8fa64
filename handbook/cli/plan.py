"""`handbook plan`: the days up to the interview, whether they are enough, and a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from handbook.cli import output
from handbook.cli.kept import demand_store
from handbook.cli.paper import paper
from handbook.cli.records import plan_check_record
from handbook.cli.standing import readiness_of
from handbook.cli.strays import refuse_strays
from handbook.errors import NothingFoundError, UsageError, nearest_or_all
from handbook.model.readiness import ItemState
from handbook.render.line import EMPTY, Line, Run
from handbook.render.plan import (
    check_text,
    interview_text,
    move_text,
    phase_text,
    plan_markdown,
    spoken,
)
from handbook.render.progress import said
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.cli.arguments import Arguments
    from handbook.model import ChecklistItem
    from handbook.model.readiness import Interview
    from handbook.practice.plans import Plan
    from handbook.practice.readiness import Readiness

_LONGEST_RANGE = 366


class _Shown(NamedTuple):
    """The plan, and what else of it is printed: the state of each item by id."""

    plan: Plan
    states: Mapping[str, str]
    items: Mapping[str, ChecklistItem]
    interviews: tuple[Interview, ...]
    off: tuple[date, ...]
    minutes: int
    today: date


def plan(arguments: Arguments) -> int:
    """Print, change or export the plan."""
    _demand_words(arguments)
    workspace = Workspace.open(arguments.settings)
    try:
        ready = readiness_of(workspace)
        ready.demand_list()
        if arguments.date or arguments.off or arguments.minutes >= 0:
            demand_store(workspace)
            ready = _changed(workspace, arguments)
        shown = _shown(ready)
    finally:
        workspace.close()
    _write(shown, arguments)
    return 0


def _demand_words(arguments: Arguments) -> None:
    if arguments.words and arguments.words != ("export",):
        word = next((each for each in arguments.words if each != "export"), "export")
        raise UsageError(
            f"`handbook plan` does not know what to do with {word!r}",
            hint="`handbook plan export --format ics`",
        )
    verb = arguments.words[0] if arguments.words else ""
    refuse_strays(arguments, verb, {"format": ("--format", ("export",))})
    if arguments.role and not arguments.date:
        raise UsageError("--role names what a --date is for", hint="add --date 2027-03-01")
    if arguments.words and arguments.json:
        raise UsageError("export has a format of its own", hint="--format json")


def _changed(workspace: Workspace, arguments: Arguments) -> Readiness:
    """Keep what the options say, and return what follows from it."""
    ready = readiness_of_kept(workspace)
    checklist = ready.demand_list()
    role = _role(workspace, arguments.role) if arguments.role else None
    off = _days_off(arguments.off, ready.days_off)
    if arguments.minutes >= 0:
        ready.set_minutes_a_day(arguments.minutes)
    if arguments.date:
        day = None if arguments.date == "none" else date.fromisoformat(arguments.date)
        ready.set_day(checklist, day, role)
    if arguments.off:
        ready.set_days_off(off)
    return readiness_of_kept(workspace)


def readiness_of_kept(workspace: Workspace) -> Readiness:
    """Return what is known of a reader, whose store is made if need be."""
    from handbook.practice.readiness import Readiness  # noqa: PLC0415  not for --help

    return Readiness(workspace.desk)


def _role(workspace: Workspace, word: str) -> str:
    """Return the id of a role by id, letter or title; a book without roles takes any word."""
    roles = workspace.roles()
    for role in roles:
        if word.casefold() in {role.id.casefold(), role.letter.casefold(), role.title.casefold()}:
            return role.id
    if not roles:
        return " ".join(word.split())[:60]
    known = [role.id for role in roles]
    hint = nearest_or_all(word, known)
    raise NothingFoundError(f"no role is called {word!r}", hint=hint)


def _days_off(words: tuple[str, ...], before: tuple[date, ...]) -> tuple[date, ...]:
    """Return the days off after some are added: DAY, DAY..DAY; none takes all away first."""
    found = set(before)
    for word in words:
        if word == "none":
            found.clear()
            continue
        first, _, last = word.partition("..")
        try:
            start, end = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError:
            hint = "2027-03-01, 2027-03-01..2027-03-05 or none"
            raise UsageError(f"{word!r} is no day", hint=hint) from None
        if not 0 <= (end - start).days < _LONGEST_RANGE:
            raise UsageError(f"{word!r} is no range of days", hint="the earlier day first")
        found |= {start + timedelta(days=n) for n in range((end - start).days + 1)}
    return tuple(found)


def _shown(ready: Readiness) -> _Shown:
    checklist = ready.demand_list()
    measured = ready.items(checklist)
    ticks = {} if ready.is_blank else ready.desk.store.ticks()
    states = {item: ItemState.DONE for item, tick in ticks.items() if tick.done}
    states |= {item: each.state for item, each in measured.items()}
    return _Shown(
        plan=ready.plan(checklist),
        states={item: str(state) for item, state in states.items()},
        items={item.id: item for item in checklist.items},
        interviews=ready.interviews(checklist),
        off=ready.days_off,
        minutes=ready.minutes_a_day,
        today=ready.today,
    )


# What is printed


def _write(shown: _Shown, arguments: Arguments) -> None:
    form = arguments.format if arguments.words else "json" if arguments.json else ""
    if form == "json":
        output.write_json(_record(shown))
    elif form == "ics":
        output.write(_calendar(shown))
    elif form:
        title = f"Plan: {shown.plan.checklist.title}"
        sentences = list(_sentences(shown))
        phases = shown.plan.phases
        output.write(plan_markdown(title, sentences, phases, shown.items, shown.states))
    else:
        sheet = paper(arguments.settings)
        output.write(sheet.text(_lines(shown, sheet.width)))


def _sentences(shown: _Shown) -> Iterator[str]:
    """Yield what is to be said of the plan."""
    found = shown.plan
    for each in shown.interviews:
        name = found.checklist.dated.capitalize()
        yield f"{name}: {interview_text(each, shown.today)}."
    if found.move is not None:
        yield move_text(found.move)
    if found.check is not None:
        yield check_text(found.check, is_sprint=found.is_sprint)
    if found.is_sprint:
        yield "Less than a week: only the core items of the last phases, and a sprint each day."
    if shown.off:
        yield f"Days off: {', '.join(spoken(each) for each in shown.off)}."


def _lines(shown: _Shown, width: int) -> Iterator[Line]:
    yield Line((Run(f"Plan: {shown.plan.checklist.title}", "heading.1"),))
    for text in _sentences(shown):
        yield from said(text, width, "text")
    if shown.plan.day is None:
        yield from said("No date is set: `handbook plan --date 2027-03-01`.", width, "muted")
    for phase in shown.plan.phases:
        is_open = [e for e in phase.items if shown.states.get(e, "open") not in ("done", "ready")]
        minutes = sum(shown.items[each].minutes for each in is_open)
        yield EMPTY
        yield Line((Run(phase.title, "heading.2"), Run(f"  {phase_text(phase)}", "dated")))
        left = f"{len(is_open)} of {len(phase.items)} items open, about {minutes} minutes"
        yield Line((Run(f"  {left}", "muted"),))
    if shown.plan.check is not None and shown.plan.check.leaves:
        yield EMPTY
        yield Line((Run("What would not fit", "heading.2"),))
        for item_id in shown.plan.check.leaves:
            item = shown.items[item_id]
            core = ", core" if item.core else ""
            for number, line in enumerate(
                said(f"{item.text} ({item.minutes} min{core})", width - 4, "text")
            ):
                yield Line((Run("    " if number else "  - ", "muted"), *line.runs))


def _record(shown: _Shown) -> dict[str, object]:
    found, moved = shown.plan, shown.plan.move
    return {
        "checklist": found.checklist.name,
        "date": found.day.isoformat() if found.day else None,
        "interviews": [
            {"date": each.day.isoformat(), "role": each.role} for each in shown.interviews
        ],
        "minutes_a_day": shown.minutes,
        "days_off": [each.isoformat() for each in shown.off],
        "is_sprint": found.is_sprint,
        "moved": moved
        and {
            "from": moved.before and moved.before.isoformat(),
            "to": moved.after and moved.after.isoformat(),
            "items_a_day": None if moved.more is None else round(moved.more, 2),
        },
        "check": plan_check_record(found.check),
        "phases": [
            {
                "title": phase.title,
                "start": phase.start.isoformat(),
                "end": phase.end.isoformat(),
                "items": [
                    {"id": each, "state": shown.states.get(each, "open")} for each in phase.items
                ],
            }
            for phase in found.phases
        ],
    }


def _calendar(shown: _Shown) -> str:
    from handbook.render.calendar import DayEvent, calendar_text  # noqa: PLC0415  only to export

    found, name = shown.plan, shown.plan.checklist.name
    if found.day is None:
        raise NothingFoundError(
            "there is no date to make a calendar of", hint="`handbook plan --date 2027-03-01`"
        )
    events = [
        DayEvent(
            f"{name}/phase/{phase.title}",
            phase.title,
            phase.start,
            phase.end,
            "\n".join(
                f"{'x' if shown.states.get(each) in ('done', 'ready') else '-'}"
                f" {shown.items[each].text}"
                for each in phase.items
            ),
        )
        for phase in found.phases
    ]
    for each in shown.interviews:
        title = found.checklist.dated.capitalize() + (f": {each.role}" if each.role else "")
        events.append(DayEvent(f"{name}/day/{each.role}", title, each.day, each.day))
    return calendar_text(found.checklist.title, events, datetime.now(UTC))
