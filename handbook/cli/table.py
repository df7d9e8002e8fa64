"""The table of commands: what each is called, does and takes, and where it is carried out.

The parser, every help page and the shell completion are made from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.cli.command import Command as Command  # noqa: PLC0414 - asked for here
from handbook.cli.command import add_json as _json
from handbook.cli.command import day, number_between, one_of
from handbook.cli.data_table import DATA_COMMANDS
from handbook.cli.practice_table import PRACTICE

if TYPE_CHECKING:
    from argparse import ArgumentParser

SCOPES = ("all", "page", "title", "term", "item", "role", "question", "note")
CHARTS = ("2021", "2022")
KINDS = ("page", "role", "item", "term", "checklist", "question", "loop")
QUESTION_KINDS = (
    *("single", "multi", "numeric", "cloze", "recall", "order", "match", "bug", "curve"),
    *("scenario", "cue"),
)
SHELLS = ("bash", "zsh", "fish", "tcsh")
FORMATS = ("text", "github")
PLAN_FORMATS = ("md", "ics", "json")
ACTS = ("tick", "untick", "export")


def _open(parser: ArgumentParser) -> None:
    about = "a page, page#heading, role, term or checklist to open at"
    parser.add_argument("place", nargs="?", metavar="PLACE", help=about)


def _list(parser: ArgumentParser) -> None:
    _json(parser)


def _show(parser: ArgumentParser) -> None:
    about = "a page, page#heading, role, term, checklist or question; - reads stdin"
    parser.add_argument("place", metavar="PLACE", help=about)
    about = "columns, 20 to 200 (80 or the terminal's; 72 without one)"
    parser.add_argument("--width", type=number_between(20, 200), metavar="N", help=about)
    either = parser.add_mutually_exclusive_group()
    about = "print the Markdown it is written in"
    either.add_argument("--markdown", action="store_true", help=about)
    _json(either)
    _answers(parser)


def _answers(parser: ArgumentParser) -> None:
    about = "print what is right, and why, after each question"
    parser.add_argument("--answers", action="store_true", help=about)


def _questions(parser: ArgumentParser) -> None:
    about = "only those of a topic, such as bias-variance"
    parser.add_argument("--topic", metavar="TOPIC", help=about)
    about = f"only those of a kind: {', '.join(QUESTION_KINDS)}"
    one_kind = one_of(QUESTION_KINDS)
    parser.add_argument("--kind", type=one_kind, choices=QUESTION_KINDS, metavar="KIND", help=about)
    _answers(parser)
    _json(parser)


def _lock(parser: ArgumentParser) -> None:
    about = "the content folder; without it the one on top of those in use"
    parser.add_argument("folders", nargs="*", metavar="DIR", help=about)
    about = "take the new answer of a question over, since it means what the old one meant"
    parser.add_argument("--same-meaning", action="append", metavar="ID", help=about)


def _search(parser: ArgumentParser) -> None:
    about = 'words, typing errors forgiven; "..." for a phrase'
    parser.add_argument("query", nargs="*", metavar="QUERY", help=about)
    about = "at most so many hits (10)"
    parser.add_argument("--limit", type=number_between(1, 1000), metavar="N", help=about)
    parser.add_argument(
        "--in",
        dest="scope",
        type=one_of(SCOPES),
        choices=SCOPES,
        metavar="SCOPE",
        help=f"where: {', '.join(SCOPES)}",
    )
    _json(parser)


def _roles(parser: ArgumentParser) -> None:
    about = "two or three roles side by side, by id, letter or title"
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--compare", nargs="+", metavar="ROLE", help=about)
    either.add_argument("--table", action="store_true", help="the map's figures as a table")
    about = "what an earlier chart of the course shows: 2021 or 2022"
    parser.add_argument("--chart", type=one_of(CHARTS), choices=CHARTS, metavar="YEAR", help=about)
    parser.add_argument("--newer", action="store_true", help="with the roles that came later")
    _json(parser)


def _checklist(parser: ArgumentParser) -> None:
    about = "a list's name, and/or: tick ID..., untick ID..., export"
    parser.add_argument("words", nargs="*", metavar="NAME", help=about)
    about = "set the day that the list counts back from, 2027-03-01; none clears it"
    parser.add_argument("--date", type=day, metavar="DAY", help=about)
    parser.add_argument("--ids", action="store_true", help="show the items' ids")
    _json(parser)


def _plan(parser: ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="export", help="write the plan to stdout")
    about = "set the day of the interview, 2027-03-01; none clears it"
    parser.add_argument("--date", type=day, metavar="DAY", help=about)
    about = "what the interview is for: a role's id, letter or title; each has a date of its own"
    parser.add_argument("--role", metavar="ROLE", help=about)
    about = "set how many minutes a day you have"
    parser.add_argument("--minutes", type=number_between(1, 720), metavar="N", help=about)
    about = "days on which nothing is planned: 2027-03-01, 2027-03-01..2027-03-05; none for none"
    parser.add_argument("--off", nargs="+", metavar="DAY", help=about)
    about = f"what export writes: {', '.join(PLAN_FORMATS)}"
    form = one_of(PLAN_FORMATS)
    parser.add_argument("--format", type=form, choices=PLAN_FORMATS, metavar="FORMAT", help=about)
    _json(parser)


def _check(parser: ArgumentParser) -> None:
    about = "a content folder to check alone; without it the content in use"
    parser.add_argument("folders", nargs="*", metavar="DIR", help=about)
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--format",
        type=one_of(FORMATS),
        choices=FORMATS,
        metavar="FORMAT",
        help="text, or github for the annotations of a workflow",
    )
    _json(either)


def _new(parser: ArgumentParser) -> None:
    about = f"what to begin: {', '.join(KINDS)}"
    parser.add_argument("kind", type=one_of(KINDS), choices=KINDS, metavar="KIND", help=about)


def _doctor(parser: ArgumentParser) -> None:
    _json(parser)


def _keys(parser: ArgumentParser) -> None:
    _json(parser)


def _completion(parser: ArgumentParser) -> None:
    about = f"one of {', '.join(SHELLS)}"
    parser.add_argument("shell", type=one_of(SHELLS), choices=SHELLS, metavar="SHELL", help=about)


OPEN = Command(
    "open",
    "open the app, at a place if you name one (the same as no command)",
    "",
    _open,
    ("handbook", "handbook roles/ml-engineer#tools", "handbook open list"),
)
COMMANDS = (
    OPEN,
    Command(
        "list",
        "print every page in book order",
        "listing:list_pages",
        _list,
        ("handbook list", "handbook list | cut -f 1", "handbook list --json"),
    ),
    Command(
        "show",
        "print a page, a section, a role, a term, a checklist or a question",
        "reading:show",
        _show,
        (
            "handbook show ml-engineer",
            "handbook show roles/ml-engineer#tools --width 60",
            "handbook show templates/kick-off --markdown > kick-off.md",
            "curl -s https://example.org/README.md | handbook show -",
        ),
    ),
    Command(
        "search",
        "search the book, best hits first",
        "finding:search",
        _search,
        (
            "handbook search learning rate",
            "handbook search leakage --in term",
            "handbook search '\"bias and variance\"' --limit 3 --json",
        ),
    ),
    Command(
        "roles",
        "draw the roles on the map, or compare them",
        "roles:roles",
        _roles,
        (
            "handbook roles",
            "handbook roles --table --newer",
            "handbook roles --chart 2022",
            "handbook roles --compare E R data-scientist",
        ),
    ),
    Command(
        "checklist",
        "print a checklist with its state, tick items, set its date, export it",
        "checklist:checklist",
        _checklist,
        (
            "handbook checklist --date 2027-03-01",
            "handbook checklist interviewer --ids",
            "handbook checklist tick c-gh4q4x c-httb3e",
            "handbook checklist interview export > interview.md",
        ),
    ),
    Command(
        "plan",
        "show the days up to the interview and whether they are enough; change or export them",
        "plan:plan",
        _plan,
        (
            "handbook plan --date 2027-03-01 --minutes 40",
            "handbook plan --date 2027-03-15 --role ml-engineer",
            "handbook plan --off 2026-12-24..2026-12-26",
            "handbook plan export --format ics > plan.ics",
        ),
    ),
    Command(
        "questions",
        "list the questions of the book, without answers",
        "questions:questions",
        _questions,
        (
            "handbook questions",
            "handbook questions --topic bias-variance --kind numeric --answers",
            "handbook show q-km57np",
            "handbook show q-km57np --answers",
        ),
    ),
    *PRACTICE,
    *DATA_COMMANDS,
    Command(
        "check",
        "list the mistakes in the content; exit 1 if there are errors",
        "check:check",
        _check,
        ("handbook check", "handbook check docs", "handbook check team --format github"),
    ),
    Command(
        "lock",
        "note in questions.lock what is right, so that no edit changes it unseen",
        "lock:lock",
        _lock,
        ("handbook lock", "handbook lock team", "handbook lock --same-meaning q-km57np"),
    ),
    Command(
        "new",
        "print a template with a fresh id: page, role, item, term, checklist, question, loop",
        "new:new",
        _new,
        ("handbook new page > production/monitoring.md", "handbook new item"),
    ),
    Command(
        "keys",
        "list every key: the name of its action, what it does, and where",
        "keys:keys",
        _keys,
        ("handbook keys", "handbook keys | grep bookmark", "handbook keys --json"),
    ),
    Command(
        "doctor",
        "tell what the handbook found: terminal, versions, paths, store, settings",
        "doctor:doctor",
        _doctor,
        ("handbook doctor", "handbook doctor --json"),
    ),
    Command(
        "completion",
        "print the completion of commands and places for a shell",
        "completion:completion",
        _completion,
        (
            "handbook completion bash > ~/.local/share/bash-completion/completions/handbook",
            "handbook completion zsh > ~/.zfunc/_handbook",
            "handbook completion fish > ~/.config/fish/completions/handbook.fish",
        ),
    ),
)
"""Every command, in the order of the help."""

BY_NAME = {command.name: command for command in COMMANDS}
