"""`handbook questions`, and `handbook show q-...`: the bank, without answers unless asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.paper import paper
from handbook.errors import NothingFoundError, UsageError, nearest_or_all
from handbook.loader.cues import with_notes
from handbook.practice.desk import BlankDesk
from handbook.render.question import answer_text, question_lines
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.cli.arguments import Arguments
    from handbook.cli.paper import Paper
    from handbook.model import Question

QUESTION_ID = re.compile(r"q-[0-9a-z]{6}")
"""What is taken for the id of a question rather than for a place."""


def questions(arguments: Arguments) -> int:
    """List the questions: by topic on a terminal, else one a line with tabs."""
    workspace = Workspace.open(arguments.settings)
    found = _chosen(workspace.library.questions(), arguments)
    if arguments.json:
        output.write_json([_row(each, with_answer=arguments.answers) for each in found])
    elif arguments.answers:
        output.write(_all_solved(found, workspace, arguments))
    elif output.is_terminal():
        output.write_rows(_by_topic(found, paper(arguments.settings)))
    else:
        output.write_rows("\t".join(_columns(each)) for each in found)
    output.complain(f"{len(found)} questions, {sum(q.is_held_out for q in found)} for exams only")
    return 0


def _chosen(found: Sequence[Question], arguments: Arguments) -> list[Question]:
    """Return the questions of a topic and a kind; raise NothingFoundError if there are none."""
    if not found:
        raise NothingFoundError("the book has no questions")
    topics = list(dict.fromkeys(each.topic for each in found))
    topic, kind = arguments.topic.casefold(), arguments.kind
    if topic and topic not in topics:
        hint = nearest_or_all(topic, topics)
        raise NothingFoundError(f"no question has the topic {arguments.topic!r}", hint=hint)
    chosen = [q for q in found if topic in {"", q.topic} and kind in {"", q.kind}]
    if not chosen:
        raise NothingFoundError(f"the topic {topic!r} has no questions of the kind {kind}")
    return chosen


def _row(question: Question, *, with_answer: bool) -> dict[str, object]:
    names = ("id", "topic", "kind", "difficulty")
    row: dict[str, object] = {name: getattr(question, name) for name in names}
    row |= {"title": question.title, "minutes": question.minutes, "use": question.use}
    return {**row, "answer": answer_text(question.task)} if with_answer else row


def _columns(question: Question) -> tuple[str, ...]:
    difficulty = str(question.difficulty)
    return question.id, question.topic, question.kind, difficulty, question.title


def _by_topic(found: Sequence[Question], sheet: Paper) -> Iterator[str]:
    topic = None
    for each in found:
        if each.topic != topic:
            topic = each.topic
            yield sheet.styled(topic, "heading.2")
        facts = sheet.styled(f" {each.kind} {each.difficulty}", "muted")
        yield f"  {sheet.styled(each.id, 'key')}  {each.title}{facts}"


def _all_solved(found: Sequence[Question], workspace: Workspace, arguments: Arguments) -> str:
    sheet = paper(arguments.settings)
    return "\n\n".join(_text(each, workspace, sheet, is_solved=True) for each in found)


# One question


def show_question(question_id: str, arguments: Arguments) -> int:
    """Print a question, with `--answers` its solution after a rule."""
    if arguments.markdown:
        hint = f"`handbook show {question_id}` prints it, --answers with its solution"
        raise UsageError("the Markdown of a question holds its answer", hint=hint)
    workspace = Workspace.open(arguments.settings)
    question = BlankDesk(workspace.library).question(question_id)
    is_solved = arguments.answers
    if arguments.json:
        output.write_json(_record(question, workspace, is_solved=is_solved))
    else:
        sheet = paper(arguments.settings, arguments.width)
        output.write(_text(question, workspace, sheet, is_solved=is_solved))
    return 0


def _text(question: Question, workspace: Workspace, sheet: Paper, *, is_solved: bool) -> str:
    question, notes = with_notes(question, workspace.page) if is_solved else (question, ())
    lines = question_lines(question, sheet.width, sheet.options, is_solved=is_solved, notes=notes)
    return sheet.text(lines)


def _record(question: Question, workspace: Workspace, *, is_solved: bool) -> dict[str, object]:
    question, notes = with_notes(question, workspace.page) if is_solved else (question, ())
    lines = question_lines(question, 72, is_solved=is_solved, notes=notes)
    used = sorted({run.link for line in lines for run in line.runs if run.link >= 0})
    links = [question.links[index] for index in used if index < len(question.links)]
    record: dict[str, object] = {
        "id": question.id,
        "title": question.title,
        "headings": [],
        "text": "\n".join(line.text.rstrip() for line in lines),
        "links": [
            {"text": link.text, "kind": link.kind, "target": _target(link.target, link.anchor)}
            for link in links
            if link.kind != "blocked"
        ],
        "sources": [link.target for link in links if link.kind == "source"],
    }
    return record


def _target(target: str, anchor: str) -> str:
    return f"{target}#{anchor}" if anchor else target
