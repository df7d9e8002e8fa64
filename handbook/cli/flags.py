"""`handbook flags`, `handbook suspended`: the questions set apart by the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.kept import demand_store, has_store
from handbook.errors import NothingFoundError
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.cli.arguments import Arguments
    from handbook.model import Question
    from handbook.practice.studying import Studying


def flags(arguments: Arguments) -> int:
    """List the flagged questions with their notes, file and line: fit for a pull request."""
    workspace = Workspace.open(arguments.settings)
    try:
        found = _studying(workspace).flags() if has_store(workspace) else ()
    finally:
        workspace.close()
    _list(found, arguments)
    output.complain(f"{len(found)} flagged")
    return 0


def suspended(arguments: Arguments) -> int:
    """Take up the questions that are named, then list those that are suspended."""
    workspace = Workspace.open(arguments.settings)
    try:
        if arguments.words:
            demand_store(workspace)
            _take_up(workspace, arguments.words)
        found = _studying(workspace).suspended() if has_store(workspace) else ()
    finally:
        code = output.close(workspace)
    _list([(question, "") for question in found], arguments)
    output.complain(f"{len(found)} suspended")
    return code


def _studying(workspace: Workspace) -> Studying:
    from handbook.practice.studying import Studying  # noqa: PLC0415  only where there is a store

    return Studying(workspace.desk)


def _take_up(workspace: Workspace, ids: Iterable[str]) -> None:
    """Let questions come again; nothing is changed if one of them was not suspended."""
    studying = _studying(workspace)
    away = {each.id for each in studying.suspended()}
    questions = [workspace.desk.question(each) for each in dict.fromkeys(ids)]
    for question in questions:
        if question.id not in away:
            raise NothingFoundError(
                f"{question.id} is not suspended", hint="`handbook suspended` lists those that are"
            )
    for question in questions:
        studying.take_up(question)
        output.complain(f"{question.title}: comes again")


def _list(found: Sequence[tuple[Question, str]], arguments: Arguments) -> None:
    """Write questions with their notes, of which there may be none."""
    if arguments.json:
        output.write_json([_record(question, note) for question, note in found])
    elif output.is_terminal():
        for question, note in found:
            output.write_rows([f"{question.id}  {question.title}"])
            output.write_rows(f"  {each}" for each in (note, _place(question)) if each)
    else:
        output.write_rows(
            "\t".join(filter(None, (question.id, _place(question), question.title, note)))
            for question, note in found
        )


def _place(question: Question) -> str:
    return f"{question.path}:{question.line}"


def _record(question: Question, note: str) -> dict[str, object]:
    record = {
        "id": question.id,
        "title": question.title,
        "topic": question.topic,
        "file": question.path,
        "line": question.line,
    }
    return record | ({"note": note} if note else {})
