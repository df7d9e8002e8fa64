"""The commands of practice: study, and what it leaves behind."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING

from handbook.cli.command import Command, add_json, day, number_between, one_of

if TYPE_CHECKING:
    from argparse import ArgumentParser

REPORTS = ("md", "txt", "json")
EXAM_VERBS = ("resume", "grade", "report", "history", "check", "draw")
EXAM_FORMATS = ("md", "txt", "html", "json")
CLOCKS = ("pause", "wall")
SPRINTS = ("all", "missed", "low", "flagged")


def _study(parser: ArgumentParser) -> None:
    about = "the time box: 5, 15 (the usual), 30; 0 for none"
    parser.add_argument("--minutes", type=number_between(0, 600), metavar="N", help=about)
    _topics(parser)
    parser.add_argument(
        "--sprint",
        nargs="?",
        const="all",
        type=one_of(SPRINTS),
        choices=SPRINTS,
        metavar="WHICH",
        help=f"cram without asking what is due: {', '.join(SPRINTS)}",
    )
    about = "set the day of the interview first, 2027-03-01; none clears it"
    parser.add_argument("--date", type=day, metavar="DAY", help=about)
    about = "2 grades, forgot and right, or 4"
    parser.add_argument("--grades", type=_grades, metavar="N", help=about)
    add_json(parser)


def _grades(word: str) -> int:
    if word in {"2", "4"}:
        return int(word)
    raise ArgumentTypeError(f"{word!r} is neither 2 nor 4")


def _topics(parser: ArgumentParser) -> None:
    about = "only these topics, such as bias-variance"
    parser.add_argument(
        "--topic", dest="topics", nargs="+", action="extend", metavar="TOPIC", help=about
    )


def _next(parser: ArgumentParser) -> None:
    _topics(parser)
    add_json(parser)


def _suspended(parser: ArgumentParser) -> None:
    about = "let these questions come again"
    parser.add_argument("--take-up", dest="words", nargs="+", metavar="ID", help=about)
    add_json(parser)


def _mock(parser: ArgumentParser) -> None:
    about = "a loop to hold, or: watch, resume [ID], report [ID], history; nothing lists the loops"
    parser.add_argument("words", nargs="*", metavar="LOOP", help=about)
    about = "alone: you answer, and mark yourself afterwards"
    parser.add_argument("--solo", action="store_true", help=about)
    about = "only one round of the loop, by its number"
    parser.add_argument("--round", type=number_between(1, 99), metavar="N", help=about)
    about = "who is interviewed, if it is not you"
    parser.add_argument("--name", metavar="LABEL", help=about)
    about = f"how a report is written: {', '.join(REPORTS)}"
    form = one_of(REPORTS)
    parser.add_argument("--format", type=form, choices=REPORTS, metavar="FORMAT", help=about)
    add_json(parser)


def _exam(parser: ArgumentParser) -> None:
    about = f"an exam to sit; or {', '.join(EXAM_VERBS)}; draw and check take NAME, report ID"
    parser.add_argument("words", nargs="*", metavar="NAME", help=about)
    about = "draw the form from a word, so that two people sit the same paper"
    parser.add_argument("--seed", metavar="WORD", help=about)
    about = "pause stops the clock while the exam is closed (the usual), wall never does"
    clock = one_of(CLOCKS)
    parser.add_argument("--clock", type=clock, choices=CLOCKS, metavar="HOW", help=about)
    parser.add_argument("--open-book", action="store_true", help="chapters may be read meanwhile")
    about = f"what a report, a history or a form is written as: {', '.join(EXAM_FORMATS)}"
    form = one_of(EXAM_FORMATS)
    parser.add_argument("--format", type=form, choices=EXAM_FORMATS, metavar="FORMAT", help=about)
    add_json(parser)


PRACTICE = (
    Command(
        "study",
        "study what is due and what is new; line by line with --plain or without a terminal",
        "study:study",
        _study,
        (
            "handbook study",
            "handbook study --minutes 5 --topic bias-variance regularisation",
            "handbook study --sprint missed",
            "handbook study --date 2027-03-01 --plain",
        ),
    ),
    Command(
        "next",
        "print the question that would come next, without its answer",
        "study:next_question",
        _next,
        ("handbook next", "handbook next --topic debugging --json"),
    ),
    Command(
        "flags",
        "list the questions that you flagged, each with its note, file and line",
        "flags:flags",
        add_json,
        ("handbook flags", "handbook flags --json"),
    ),
    Command(
        "suspended",
        "list the questions that you suspended, or let some of them come again",
        "flags:suspended",
        _suspended,
        ("handbook suspended", "handbook suspended --take-up q-7k2m9d"),
    ),
    Command(
        "mock",
        "hold a mock interview with somebody or alone, let them watch, print the report",
        "mock:mock",
        _mock,
        (
            "handbook mock",
            "handbook mock ml-engineer --solo --round 1",
            "handbook mock data-engineer --name Ada",
            "handbook mock watch",
            "handbook mock report --format md > report.md",
        ),
    ),
    Command(
        "exam",
        "list the exams, sit one, and see what came of it; line by line with --plain",
        "exam:exam",
        _exam,
        (
            "handbook exam",
            "handbook exam core-40 --seed 2026-A",
            "handbook exam resume",
            "handbook exam report --format md > exam.md",
            "handbook exam draw ml-engineer --seed 2026-A",
        ),
    ),
)
"""The commands of practice, in the order of the help."""
