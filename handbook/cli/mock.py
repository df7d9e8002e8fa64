"""`handbook mock`: loops and past interviews, an interview line by line, reports, the watch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.kept import demand_store, has_store
from handbook.cli.paper import paper
from handbook.cli.strays import refuse_strays
from handbook.errors import NothingFoundError, UsageError
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handbook.cli.arguments import Arguments
    from handbook.model.interview import Interview, Spread
    from handbook.model.mock import Loop
    from handbook.model.start import ScreenStart
    from handbook.practice.mocks import Mocks

_OPTIONS = {
    "solo": ("--solo", ("LOOP",)),
    "round": ("--round", ("LOOP",)),
    "name": ("--name", ("LOOP", "history")),
    "format": ("--format", ("report", "LOOP", "resume")),
}
"""Which verbs an option belongs to; LOOP stands for holding an interview."""

VERBS = ("watch", "report", "history", "resume")
"""Words that are no names of loops."""


def opens_app(arguments: Arguments) -> bool:
    """Tell whether a command line is for a screen, and not for a list or a report."""
    first = arguments.words[0] if arguments.words else ""
    return first not in {"", "report", "history"} and not arguments.json


def mock(arguments: Arguments) -> int:
    """Do what the first word says: list, report, history, watch, or hold an interview."""
    act, rest = (arguments.words[0], arguments.words[1:]) if arguments.words else ("", ())
    _demand_sense(act, rest, arguments)
    workspace = Workspace.open(arguments.settings)
    try:
        if act in {"", "history", "report"} and not has_store(workspace):
            _without_store(workspace, act, arguments)
        elif act == "history":
            _history(_mocks(workspace), arguments)
        elif act == "report":
            _report(_mocks(workspace), rest[0] if rest else "", arguments)
        elif act == "watch":
            from handbook.cli.mock_watch import watch  # noqa: PLC0415  only here

            watch(_mocks(workspace), workspace.store, arguments.settings)
        elif act:
            _hold(workspace, act, rest, arguments)
        else:
            mocks = _mocks(workspace)
            _list(mocks.loops.values(), mocks.history(), arguments)
    finally:
        code = output.close(workspace)
    return code


def screen_start(workspace: Workspace, arguments: Arguments) -> ScreenStart:
    """Return the start of the app at an interview, which begins here, or at the watch."""
    from handbook.model.start import ScreenStart  # noqa: PLC0415  only for the app

    act, rest = arguments.words[0], arguments.words[1:]
    _demand_sense(act, rest, arguments)
    if act == "watch":
        return ScreenStart("mock_watch")
    return ScreenStart("mock", name=_begun(workspace, act, rest, arguments).id)


def _demand_sense(act: str, rest: tuple[str, ...], arguments: Arguments) -> None:
    most = 1 if act in {"report", "resume"} else 0
    if len(rest) > most:
        raise UsageError(
            f"handbook mock {act} does not know what to do with {rest[most]!r}",
            hint="put a name of several words in quotes",
        )
    refuse_strays(arguments, act if act in {"", *VERBS} else "LOOP", _OPTIONS)


def _mocks(workspace: Workspace) -> Mocks:
    from handbook.practice.mocks import Mocks  # noqa: PLC0415  half the house

    return Mocks(workspace.desk)


def _begun(
    workspace: Workspace, act: str, rest: tuple[str, ...], arguments: Arguments
) -> Interview:
    """Return the interview to hold: a new one of a loop, or an old one to go on with."""
    mocks = _mocks(workspace)
    if act == "resume":
        demand_store(workspace)
        return mocks.find(rest[0] if rest else _newest_open(mocks))
    loop = mocks.loop(act)
    demand_store(workspace)
    rounds = (arguments.round,) if arguments.round else ()
    mode = "solo" if arguments.solo else "interviewer"
    return mocks.begin(loop, mode, name=arguments.name, rounds=rounds)  # type: ignore[arg-type]


def _newest_open(mocks: Mocks) -> str:
    interview = mocks.find_open()
    if interview is None:
        raise NothingFoundError("no interview is open", hint="`handbook mock` lists the loops")
    return interview.id


def _hold(workspace: Workspace, act: str, rest: tuple[str, ...], arguments: Arguments) -> None:
    """Hold an interview line by line, and print its report."""
    from handbook.cli.mock_plain import PlainInterview  # noqa: PLC0415  only here
    from handbook.cli.talk import Talk  # noqa: PLC0415  as above

    is_document = arguments.json or arguments.format in {"json", "md"}
    mocks, talk = _mocks(workspace), Talk(paper(arguments.settings), is_aside=is_document)
    interview = _begun(workspace, act, rest, arguments)
    interview = PlainInterview(mocks, talk).run(interview)
    if interview.closed:
        _print(mocks, interview.id, arguments)
    if not interview.is_ended:
        output.complain(f"kept; `handbook mock resume {interview.id}` goes on")


# Lists


def _without_store(workspace: Workspace, act: str, arguments: Arguments) -> None:
    """Answer a reader who has no data yet, without making a file for it."""
    if act == "report":
        hint = "`handbook mock` lists the loops"
        raise NothingFoundError("there was no mock interview yet", hint=hint)
    if act == "history":
        _write_history((), (), arguments)
        return
    from handbook.loader.loop_files import loops_of  # noqa: PLC0415  only here

    _list(loops_of(workspace.library).found.values(), (), arguments)


def _list(loops: Iterable[Loop], interviews: Iterable[Interview], arguments: Arguments) -> None:
    found, past = list(loops), list(interviews)
    if arguments.json:
        output.write_json(
            {"loops": [_loop_record(each) for each in found], "interviews": list(map(_row, past))}
        )
        return
    if not found:
        hint = "they stand in loops/*.md of a content folder"
        raise NothingFoundError("the book has no loops", hint=hint)
    sheet = paper(arguments.settings)
    for loop in found:
        about = sheet.styled(f"{loop.minutes:g} min", "muted")
        output.write_rows([f"{sheet.styled(loop.name, 'key')}  {loop.title}, {about}"])
        for number, each in enumerate(loop.rounds, 1):
            output.write_rows([f"  {number}  {each.title}, {each.minutes:g} min"])
    if past:
        output.write_rows(["", sheet.styled("Past interviews, the newest first", "heading.2")])
        output.write_rows(map(_line, past[:10]))
    output.complain("`handbook mock LOOP` begins one; --solo if nobody asks you")


def _loop_record(loop: Loop) -> Mapping[str, object]:
    rounds = [
        {"title": each.title, "format": each.format, "minutes": each.minutes,
         "items": [item.id for item in each.items]}
        for each in loop.rounds
    ]  # fmt: skip
    minutes = loop.minutes
    return {"name": loop.name, "title": loop.title, "role": loop.role, "minutes": minutes,
            "rounds": rounds}  # fmt: skip


def when(at_ms: int) -> str:
    """Return a moment as date and time of day where the reader is."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone().strftime("%Y-%m-%d %H:%M")


def _line(interview: Interview) -> str:
    plan = interview.plan
    state = "done" if interview.is_ended else "open"
    name = f", {plan.name}" if plan.name else ""
    rounds = f"{len(interview.closed)} of {len(plan.rounds)} rounds"
    begun = f"{interview.id}  {when(interview.begun_ms)}"
    return f"  {begun}  {plan.title}, {plan.mode}{name}, {rounds}, {state}"


def _row(interview: Interview) -> Mapping[str, object]:
    plan = interview.plan
    return {
        "id": interview.id,
        "begun": when(interview.begun_ms),
        "loop": plan.loop,
        "title": plan.title,
        "mode": plan.mode,
        "name": plan.name,
        "rounds": len(plan.rounds),
        "closed": len(interview.closed),
        "ended": interview.is_ended,
    }


def _history(mocks: Mocks, arguments: Arguments) -> None:
    _write_history(mocks.history(), mocks.spreads(arguments.name), arguments)


def _write_history(
    interviews: tuple[Interview, ...],
    spreads: tuple[Spread, ...],
    arguments: Arguments,
) -> None:
    from handbook.study.mock_report import LEAST_ROUNDS, spread_text  # noqa: PLC0415  only here

    if arguments.json:
        record = [{**each._asdict(), "is_trend": each.rounds >= LEAST_ROUNDS} for each in spreads]
        output.write_json({"interviews": list(map(_row, interviews)), "dimensions": record})
        return
    output.write_rows(map(_line, interviews))
    if spreads:
        sheet = paper(arguments.settings)
        output.write_rows(["", sheet.styled("Scores by dimension, oldest first", "heading.2")])
        output.write_rows(f"  {each.name}: {spread_text(each)}" for each in spreads)
    count = len(interviews)
    output.complain("1 interview" if count == 1 else f"{count} interviews")


# The report


def _report(mocks: Mocks, session: str, arguments: Arguments) -> None:
    _print(mocks, session, arguments)


def _print(mocks: Mocks, session: str, arguments: Arguments) -> None:
    from handbook.render.mock_report import (  # noqa: PLC0415  only here
        report_lines,
        report_markdown,
        report_record,
    )

    report = mocks.report(session)
    moment = when(report.begun_ms)
    if arguments.json or arguments.format == "json":
        output.write_json(report_record(report, moment))
    elif arguments.format == "md":
        output.write(report_markdown(report, moment))
    else:
        sheet = paper(arguments.settings)
        is_spoken = sheet.options.spoken
        lines = report_lines(report, moment, sheet.width, is_spoken=is_spoken)
        output.write(sheet.text(lines))
