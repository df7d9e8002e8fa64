"""`handbook exam`: the exams of the book, sitting one, and what came of those that were sat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.kept import demand_store, has_store
from handbook.cli.paper import paper
from handbook.cli.strays import refuse_strays
from handbook.errors import NothingFoundError, UsageError
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from handbook.cli.arguments import Arguments
    from handbook.model import Block
    from handbook.model.exam import Blueprint, ClockPolicy
    from handbook.model.start import ScreenStart
    from handbook.practice.exam_log import Unfinished
    from handbook.practice.exams import Exams
    from handbook.render.line import Line
    from handbook.study.exam import Exam
    from handbook.study.exam_result import Result

_OPTIONS = {
    "seed": ("--seed", ("NAME", "draw")),
    "clock": ("--clock", ("NAME",)),
    "open_book": ("--open-book", ("NAME",)),
    "format": ("--format", ("report", "history", "draw")),
}
"""Which verbs an option belongs to; NAME stands for sitting an exam."""


def exam(arguments: Arguments) -> int:
    """Do what the first word asks for; any other word is the name of an exam to sit."""
    word, *rest = arguments.words or ("",)
    if len(rest) > 1:
        raise UsageError(f"handbook exam does not know what to do with {rest[-1]!r}")
    _refuse_strays(arguments)
    workspace = Workspace.open(arguments.settings)
    try:
        if word not in _VERBS and rest:
            raise UsageError(f"handbook exam does not know what to do with {rest[0]!r}")
        code = _VERBS.get(word, _sit)(workspace, arguments, rest[0] if rest else "")
    finally:
        lost = output.close(workspace)
    return code or lost


def opens_app(arguments: Arguments) -> bool:
    """Tell whether the words ask to sit an exam, for which a screen is opened if there is one."""
    return bool(arguments.words) and (
        arguments.words[0] == "resume" or arguments.words[0] not in _VERBS
    )


def screen_start(workspace: Workspace, arguments: Arguments) -> ScreenStart:
    """Return the start of the app at an exam; what makes no sense is refused before it."""
    from handbook.model.start import ScreenStart  # noqa: PLC0415  only for the app

    if len(arguments.words) > 1:
        raise UsageError(f"handbook exam does not know what to do with {arguments.words[1]!r}")
    _refuse_strays(arguments)
    name, exams = arguments.words[0], _exams(workspace)
    if name == "resume":
        if _find_unfinished(workspace) is None:
            raise NothingFoundError("no exam is in progress", hint="`handbook exam` lists them")
    else:
        exams.demand_none_running()
        exams.draw(name, arguments.seed)
    return ScreenStart(
        "exam",
        name=name,
        seed=arguments.seed,
        clock=arguments.clock,
        is_open_book=arguments.open_book,
    )


def _refuse_strays(arguments: Arguments) -> None:
    word = arguments.words[0] if arguments.words else ""
    refuse_strays(arguments, word if word in _VERBS else "NAME", _OPTIONS)


def _exams(workspace: Workspace) -> Exams:
    from handbook.practice.exams import Exams  # noqa: PLC0415  --help needs none of it

    return Exams(workspace.desk)


def _find_unfinished(workspace: Workspace) -> Unfinished | None:
    from handbook.practice.exam_log import unfinished  # noqa: PLC0415  as above

    return unfinished(workspace.desk) if has_store(workspace) else None


def _history_of(workspace: Workspace) -> tuple[Result, ...]:
    return _exams(workspace).history() if has_store(workspace) else ()


# Lists


def _list(workspace: Workspace, arguments: Arguments, _word: str) -> int:
    from handbook.loader.exams import exams_of  # noqa: PLC0415  as above
    from handbook.practice.exam_history import attempt_text, history_records  # noqa: PLC0415

    blueprints = tuple(exams_of(workspace.library).found.values())
    running, history = _find_unfinished(workspace), _history_of(workspace)
    if arguments.json:
        record = {
            "exams": [_blueprint_record(each) for each in blueprints],
            "in_progress": _running_record(running),
            "attempts": history_records(history),
        }
        output.write_json(record)
        return 0
    if not blueprints:
        raise NothingFoundError("the book has no exam")
    if output.is_terminal():
        output.write(paper(arguments.settings).text(_lines(blueprints, arguments)))
    else:
        output.write_rows(
            f"{each.name}\t{each.title}\t{each.number}\t{each.minutes}" for each in blueprints
        )
    if running is not None:
        output.complain(f"{running}; `handbook exam resume` goes on with it")
    for result in history[:3]:
        output.complain(f"{result.exam.form.name}: {attempt_text(result)} ({result.exam.id})")
    return 0


def _lines(blueprints: Sequence[Blueprint], arguments: Arguments) -> Iterator[Line]:
    from handbook.model import Span  # noqa: PLC0415  as above
    from handbook.render.line import EMPTY, Line, Run  # noqa: PLC0415
    from handbook.render.wrap import wrap  # noqa: PLC0415

    width = paper(arguments.settings).width
    for number, each in enumerate(blueprints):
        if number:
            yield EMPTY
        yield Line((Run(each.name, "key"), Run("  "), Run(each.title, "strong")))
        mark = f"{each.pass_mark:.0%}"
        facts = f"{each.number} questions, {each.minutes} minutes, pass mark {mark}"
        yield Line((Run("  "), Run(facts, "muted")))
        for row in wrap((Span(each.about),), max(8, width - 2)) if each.about else ():
            yield Line((Run("  "), *row))


def _blueprint_record(blueprint: Blueprint) -> dict[str, object]:
    return {
        "name": blueprint.name,
        "title": blueprint.title,
        "about": blueprint.about,
        "questions": blueprint.number,
        "minutes": blueprint.minutes,
        "pass_mark": blueprint.pass_mark,
        "role": blueprint.role or None,
        "topics": list(blueprint.topics),
    }


def _running_record(running: Unfinished | None) -> dict[str, object] | None:
    if running is None:
        return None
    record = running._asdict()
    left_ms = record.pop("left_ms")
    return {**record, "left": left_ms // 1000}


def _history(workspace: Workspace, arguments: Arguments, _word: str) -> int:
    from handbook.practice.exam_history import (  # noqa: PLC0415  as above
        history_blocks,
        history_records,
    )

    history = _history_of(workspace)
    if arguments.json:
        output.write_json(history_records(history))
        return 0
    sheet = paper(arguments.settings)
    drawn = history_blocks(
        history,
        is_ascii=sheet.options.ascii,
        is_spoken=sheet.options.spoken and not _is_file(arguments),
    )
    _write_blocks(drawn, arguments)
    return 0


def _check(workspace: Workspace, arguments: Arguments, word: str) -> int:
    """Tell of each blueprint whether it can be drawn with any seed; exit 1 if one cannot."""
    from handbook.loader.exams import exams_of  # noqa: PLC0415  as above

    found, problems = exams_of(workspace.library)
    if word:
        found = {word: found[word]} if word in found else {}
        problems = tuple(each for each in problems if each.file == f"exams/{word}.toml")
        if not found and not problems:
            _exams(workspace).blueprint(word)
    if arguments.json:
        output.write_json([{**each._asdict(), "severity": str(each.severity)} for each in problems])
    else:
        output.write_rows(map(str, problems))
        output.write_rows(
            f"{each.name}: {each.number} questions, {each.minutes} minutes: can be drawn"
            for each in found.values()
        )
    return 1 if problems else 0


def _draw(workspace: Workspace, arguments: Arguments, word: str) -> int:
    """Print a form without answers, for two people who want to sit the same paper."""
    from handbook.practice.exam_paper import paper_blocks, paper_record  # noqa: PLC0415  as above

    if not word:
        raise UsageError("draw takes the name of an exam", hint="handbook exam draw core-40")
    form, questions = _exams(workspace).draw(word, arguments.seed)
    if arguments.json:
        output.write_json(paper_record(form, questions))
    else:
        _write_blocks(paper_blocks(form, questions), arguments, form.title)
        output.complain(f"{form.fingerprint}; `handbook exam {word} --seed {form.seed}` sits it")
    return 0


# Reports


def _report(workspace: Workspace, arguments: Arguments, word: str) -> int:
    from handbook.practice.exam_report import record, report_blocks  # noqa: PLC0415  as above

    result = _result(workspace, word)
    if arguments.json or arguments.format == "json":
        output.write_json(record(result))
        return 0
    sheet = paper(arguments.settings)
    is_here = not _is_file(arguments)
    drawn = report_blocks(
        result,
        is_ascii=sheet.options.ascii and is_here,
        is_spoken=sheet.options.spoken and is_here,
    )
    _write_blocks(drawn, arguments, result.exam.form.title)
    return 0


def _result(workspace: Workspace, word: str) -> Result:
    """Return the result of an exam by its id or the start of it, the newest for ""."""
    history = _history_of(workspace)
    found = [each for each in history if each.exam.id.startswith(word)]
    if found and (not word or len(found) == 1 or found[0].exam.id == word):
        return found[0]
    if not history:
        raise NothingFoundError("no exam was handed in yet", hint="`handbook exam` lists them")
    what = "more than one exam has an id that begins" if found else "no exam has an id that begins"
    raise NothingFoundError(f"{what} with {word!r}", hint="`handbook exam history --json` has them")


def _is_file(arguments: Arguments) -> bool:
    """Tell whether a document is asked for, which shows the same wherever it is made."""
    return arguments.format in {"md", "html"}


def _write_blocks(blocks: Sequence[Block], arguments: Arguments, title: str = "Exams") -> None:
    """Write blocks in the format asked for; without one as text for this terminal or pipe."""
    if arguments.format == "md":
        from handbook.render.block_markdown import blocks_markdown  # noqa: PLC0415  as above

        output.write(blocks_markdown(blocks))
    elif arguments.format == "html":
        from handbook.render.block_html import document_html  # noqa: PLC0415  as above

        output.write(document_html(title, blocks))
    else:
        from handbook.render.blocks import blocks_rows  # noqa: PLC0415  as above
        from handbook.render.context import Context  # noqa: PLC0415
        from handbook.render.line import Line  # noqa: PLC0415

        sheet = paper(arguments.settings, arguments.width)
        rows = blocks_rows(blocks, sheet.width, Context(sheet.options))
        output.write(sheet.text(map(Line, rows)))


# Sitting


def _sit(workspace: Workspace, arguments: Arguments, _word: str) -> int:
    """Sit an exam line by line."""
    demand_store(workspace)
    exams = _exams(workspace)
    policy: ClockPolicy = "wall" if arguments.clock == "wall" else "pause"
    started = exams.begin(
        arguments.words[0], arguments.seed, policy, is_open_book=arguments.open_book
    )
    return _talk(exams, started, arguments)


def _resume(workspace: Workspace, arguments: Arguments, _word: str) -> int:
    if _find_unfinished(workspace) is None:
        raise NothingFoundError("no exam is in progress", hint="`handbook exam` lists them")
    demand_store(workspace)
    exams = _exams(workspace)
    return _talk(exams, exams.resume(), arguments)


def _grade(workspace: Workspace, arguments: Arguments, word: str) -> int:
    """Judge the answers in one's own words that wait for it."""
    result = _result(workspace, word)
    if not result.to_grade:
        raise NothingFoundError("no answer of this exam waits to be graded")
    demand_store(workspace)
    return _talk(_exams(workspace), result.exam, arguments)


def _talk(exams: Exams, sat: Exam, arguments: Arguments) -> int:
    from handbook.cli.exam_plain import PlainExam  # noqa: PLC0415  as above
    from handbook.practice.exam_report import record, summary_blocks  # noqa: PLC0415

    sheet = paper(arguments.settings)
    sat = PlainExam(exams, sheet, is_aside=arguments.json).run(sat)
    if not sat.is_ended:
        return 0
    result = exams.results(sat.id)
    if arguments.json:
        output.write_json(record(result))
        return 0
    output.write("\n")
    options = sheet.options
    drawn = summary_blocks(result, is_ascii=options.ascii, is_spoken=options.spoken)
    _write_blocks(drawn, arguments)
    output.complain(f"`handbook exam report {sat.id}` shows every question with its reason")
    return 0


_VERBS: dict[str, Callable[[Workspace, Arguments, str], int]] = {
    "": _list,
    "resume": _resume,
    "grade": _grade,
    "report": _report,
    "history": _history,
    "check": _check,
    "draw": _draw,
}
