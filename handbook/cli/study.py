"""`handbook study`, `handbook next`: a session line by line, and the next question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.kept import demand_store, has_store
from handbook.cli.paper import paper
from handbook.errors import NothingFoundError
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.cli.arguments import Arguments
    from handbook.model import Question
    from handbook.model.start import ScreenStart
    from handbook.practice.summary import Summary
    from handbook.study.session import Planned, Session


NOTHING = "Nothing is due now, and nothing is new for today; --sprint asks all the same."


def study(arguments: Arguments) -> int:
    """Hold a session line by line, and print its summary."""
    # A session needs half the house; `next` hardly any of it.
    from handbook.cli.study_plain import PlainSession  # noqa: PLC0415
    from handbook.cli.talk import Talk  # noqa: PLC0415
    from handbook.practice.agenda import BOX  # noqa: PLC0415
    from handbook.practice.studying import Studying  # noqa: PLC0415
    from handbook.study.queue import Sprint  # noqa: PLC0415

    workspace = Workspace.open(arguments.settings)
    try:
        if arguments.date:
            set_interview_date(workspace, arguments.date)
        for warning in (workspace.trouble, workspace.store.practice.clock_warning()):
            if warning:
                output.complain(warning)
        talk = Talk(paper(arguments.settings), is_aside=arguments.json)
        studying = Studying(workspace.desk)
        sprint = Sprint.named(arguments.sprint) if arguments.sprint else None
        has_wish = bool(arguments.topics or sprint) or arguments.minutes >= 0
        session = None if has_wish else studying.find_open()
        if session is None:
            minutes = BOX if arguments.minutes < 0 else arguments.minutes
            session = studying.begin(minutes, arguments.topics, sprint)
        if session.is_over:
            talk.say(NOTHING)
        else:
            talk.say(_greeting(session))
            session = PlainSession(workspace, studying, talk, grades=arguments.grades).run(session)
        studying.end(session)
        summary = studying.summary(session)
        if arguments.json:
            output.write_json(record(session, summary))
        elif session.turns:
            output.write_rows(_rows(summary))
    finally:
        code = output.close(workspace)
    return code


def opens_app(arguments: Arguments) -> bool:  # noqa: ARG001  asked of each such command
    """Tell whether a command line is for a screen: always."""
    return True


def screen_start(workspace: Workspace, arguments: Arguments) -> ScreenStart:
    """Return the start of the app at its study screen; a topic of nobody is refused before it."""
    from handbook.model.start import ScreenStart  # noqa: PLC0415  only for the app
    from handbook.practice.agenda import Agenda  # noqa: PLC0415  see `study`

    if arguments.topics:
        Agenda(workspace.desk).demand_topics(arguments.topics)
    if arguments.date:
        set_interview_date(workspace, arguments.date)
    return ScreenStart(
        "study", arguments.minutes, arguments.topics, arguments.sprint, arguments.grades
    )


def _greeting(session: Session) -> str:
    kind = "Sprint" if session.mode == "sprint" else "Study"
    box = f", {session.minutes} min" if session.minutes else ""
    left = len(session.waiting)
    count = f"{left} question{'' if left == 1 else 's'}{' more' if session.turns else ''}"
    return f"{kind}: {count}{box}. `?` says what you can type, `q` stops."


def set_interview_date(workspace: Workspace, word: str) -> None:
    """Set, or with "none" clear, the date that the list for interviews counts back from."""
    from datetime import date  # noqa: PLC0415  only a date needs it

    from handbook.practice.plans import Plans  # noqa: PLC0415  as above

    demand_store(workspace)
    plans = Plans(workspace.desk)
    dated = plans.demand_list()
    plans.set_day(dated, None if word == "none" else date.fromisoformat(word))
    said = "no date" if word == "none" else f"the date is {word}"
    output.complain(f"{dated.name}: {said}")


# The summary


def record(session: Session, summary: Summary) -> dict[str, object]:
    """Return the summary of a session as `--json` promises it."""
    from handbook.cli.study_plain import places_of  # noqa: PLC0415  see `study`

    return {
        "session": session.id,
        "mode": session.mode,
        "minutes": round(summary.minutes, 1),
        "answers": summary.answers,
        "questions": summary.answered.of,
        "right": summary.answered.right,
        "kinds": [each._asdict() for each in summary.kinds],
        "sure": summary.sure._asdict(),
        "lucky": summary.lucky,
        "moved": [
            {**each._asdict(), "before": round(each.before, 3), "after": round(each.after, 3)}
            for each in summary.moved
        ],
        "missed": [
            {"id": each.id, "title": each.title, "topic": each.topic, "see": places_of(each)}
            for each in summary.missed
        ],
        "waiting": summary.waiting,
        "cost": round(summary.cost, 2),
        "forecast": summary.load._asdict(),
    }


def _rows(summary: Summary) -> Iterator[str]:
    from handbook.practice.summary_words import summary_parts  # noqa: PLC0415  see `study`

    titles = tuple(question.title for question in summary.missed)
    for title, lines in summary_parts(summary):
        yield title
        indent = "  " if title else ""
        for line in map(_missed, summary.missed) if lines == titles else lines:
            yield f"{indent}{line}"


def _missed(question: Question) -> str:
    from handbook.cli.study_plain import places_of  # noqa: PLC0415  see `study`

    see = ", ".join(places_of(question)[:2])
    return f"{question.id}  {question.title}" + (f" ({see})" if see else "")


# The next question


def next_question(arguments: Arguments) -> int:
    """Print the question that would come next, without its answer."""
    workspace = Workspace.open(arguments.settings)
    try:
        first, count = _find_next(workspace, arguments.topics)
        if first is None:
            raise NothingFoundError("nothing is due now, and nothing is new for today")
        question = {each.id: each for each in workspace.library.questions()}[first.question]
    finally:
        workspace.close()
    if arguments.json:
        output.write_json(_question_record(question, first, count))
        return 0
    from handbook.render.question import question_lines  # noqa: PLC0415  see `study`

    sheet = paper(arguments.settings)
    output.write(sheet.text(question_lines(question, sheet.width, sheet.options)))
    reason = {"first": "new", "extra": "before the interview"}.get(first.reason, first.reason)
    output.complain(f"{reason}; {count} in a session of a quarter of an hour")
    return 0


def _find_next(workspace: Workspace, topics: tuple[str, ...]) -> tuple[Planned | None, int]:
    from handbook.practice.agenda import Agenda  # noqa: PLC0415  see `study`
    from handbook.practice.desk import BlankDesk  # noqa: PLC0415

    agenda = Agenda(workspace.desk if has_store(workspace) else BlankDesk(workspace.library))
    agenda.demand_topics(topics)
    planned = agenda.planned(agenda.wishes(topics=topics))
    return (planned[0] if planned else None), len(planned)


def _question_record(question: Question, planned: Planned, count: int) -> dict[str, object]:
    from handbook.render.question import question_lines  # noqa: PLC0415  see `study`

    return {
        "id": question.id,
        "title": question.title,
        "topic": question.topic,
        "kind": question.kind,
        "difficulty": question.difficulty,
        "minutes": question.minutes,
        "reason": planned.reason,
        "text": "\n".join(line.text.rstrip() for line in question_lines(question, 72)),
        "count": count,
    }
