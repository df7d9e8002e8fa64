"""From the words of the command line to `Arguments`, or to a UsageError that names the nearest.

Settings may stand before or after the command, so they are taken out first; what is left belongs
to the command. After `--` everything is a place or a word to search for.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from handbook.cli import output
from handbook.cli.table import BY_NAME, COMMANDS, OPEN, Command
from handbook.errors import UsageError, nearest
from handbook.model.number import find_number
from handbook.settings import SETTINGS, Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ABOUT = "The ML Teams Handbook, read in a terminal."
EVERYWHERE = "Settings work before and after every command; see `handbook --help`."
PRINT = "print"
"""The command that stands for --help and --version: it prints `Arguments.text`."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """What the command line asks for; an option that a command does not have keeps its default.

    `flags` are the settings given as flags, by name. `words` are the checklist's name and what to
    do with it, `date` is "", an ISO date or "none".
    """

    command: str
    settings: Settings
    flags: Mapping[str, object] = field(default_factory=dict)
    place: str = ""
    text: str = ""
    json: bool = False
    width: int = 0
    markdown: bool = False
    query: tuple[str, ...] = ()
    limit: int = 10
    scope: str = "all"
    compare: tuple[str, ...] = ()
    table: bool = False
    chart: str = ""
    newer: bool = False
    words: tuple[str, ...] = ()
    date: str = ""
    ids: bool = False
    folders: tuple[str, ...] = ()
    format: str = "text"
    kind: str = ""
    shell: str = ""
    topic: str = ""
    answers: bool = False
    same_meaning: tuple[str, ...] = ()
    act: str = ""
    solo: bool = False
    round: int = 0
    name: str = ""
    files: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    everything: bool = False
    force: bool = False
    salvage: bool = False
    yes: bool = False
    minutes: int = -1
    topics: tuple[str, ...] = ()
    sprint: str = ""
    grades: int = 4
    seed: str = ""
    clock: str = ""
    open_book: bool = False
    off: tuple[str, ...] = ()
    role: str = ""


class _PrintInsteadError(Exception):
    """Help or version is asked for: the text to print in place of everything else."""


class _Print(argparse.Action):
    """Asks for a text instead of a run: the help of its parser, or `const`."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        raise _PrintInsteadError(self.const or parser.format_help())


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Return what lays out a help page; told the width, it need not import shutil for it (3 ms)."""
    width = min(max(output.terminal_width(80), 40), 100) - 2
    return argparse.RawDescriptionHelpFormatter(prog, width=width)


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError instead of leaving, and never guesses at half a word."""

    def __init__(self, name: str, **words: Any) -> None:
        super().__init__(
            prog=name,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_formatter,
            **words,
        )

    def add_help_option(self) -> None:
        """Add -h and --help; not for parsers that only serve as a part of others."""
        self.add_argument("-h", "--help", action=_Print, nargs=0, help="print this help and leave")

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with what argparse found."""
        message = message.removeprefix("argument ")
        raise UsageError(message, hint=f"see `{self.prog} --help`")


def parse(argv: Sequence[str]) -> Arguments:
    """Return what the command line asks for; raises UsageError and SettingsError."""
    if is_bare(argv):
        # The usual start. To build the parsers only to find no option costs it 5 ms.
        return Arguments(OPEN.name, load_settings({}, os.environ), place="".join(argv))
    try:
        flags, rest = _take_settings(argv)
        if flags.get("only") and flags.get("content"):
            hint = "--only reads one folder alone, --content adds one to the book"
            raise UsageError("--only and --content exclude each other", hint=hint)
        command, words = _find_command(rest)
        options = _options(command, words)
    except _PrintInsteadError as wanted:
        return Arguments(PRINT, Settings(), text=str(wanted))
    return Arguments(command.name, load_settings(flags, os.environ), flags, **options)


def is_bare(argv: Sequence[str]) -> bool:
    """Tell whether there is at most a place on the command line: no option and no command."""
    return len(argv) <= 1 and not any(
        word.startswith("-") or word in BY_NAME or word == "help" for word in argv
    )


def _take_settings(argv: Sequence[str]) -> tuple[dict[str, object], list[str]]:
    """Return the settings by name, and the words that are left."""
    words = list(argv)
    end = words.index("--") if "--" in words else len(words)
    found, rest = settings_parser().parse_known_args(words[:end])
    return vars(found), rest + words[end:]


def _find_command(words: list[str]) -> tuple[Command, list[str]]:
    first = words[0] if words else ""
    if first == "help":
        return BY_NAME.get(words[1] if len(words) > 1 else "", OPEN), ["--help"]
    return (BY_NAME[first], words[1:]) if first in BY_NAME else (OPEN, words)


def _options(command: Command, words: list[str]) -> dict[str, Any]:
    parser = main_parser() if command is OPEN else command_parser(command)
    # Intermixed, or `export --force FILE` would leave a word over; it does not know `--`.
    is_plain = "--" not in words
    read = parser.parse_known_intermixed_args if is_plain else parser.parse_known_args
    found, rest = read(words)
    if rest:
        _refuse(command, parser, words, rest)
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in vars(found).items()
        if name in _FIELDS and value is not None
    }


_FIELDS = frozenset(Arguments.__slots__) - {"command", "settings", "flags", "text"}


def _refuse(command: Command, parser: Parser, words: list[str], rest: list[str]) -> NoReturn:
    """Raise UsageError for words that nobody knows."""
    if command is OPEN and (near := nearest(words[0], list(BY_NAME))):
        raise UsageError(f"no command is called {words[0]!r}", hint=near)
    option = next((word for word in rest if word.startswith("-") and word != "--"), "")
    if option:
        known = [*_strings(parser), *_strings(settings_parser())]
        name = option.partition("=")[0]
        # The dashes and a shared letter or two would make any option near to any other.
        hint = nearest(name, known, 0.75) or f"see `{parser.prog} --help`; words go after --"
        raise UsageError(f"{parser.prog} has no option {name!r}", hint=hint)
    raise UsageError(
        f"{parser.prog} does not know what to do with {rest[-1]!r}",
        hint="put a name of several words in quotes",
    )


def _strings(parser: argparse.ArgumentParser) -> list[str]:
    return [
        string
        for action in parser._actions  # noqa: SLF001  argparse has no other way to ask
        for string in action.option_strings
        if string.startswith("--")
    ]


def settings_parser() -> Parser:
    """Return the parser of what can be set everywhere, made from the table of settings."""
    parser = Parser("handbook")
    group = parser.add_argument_group("settings (flags win over variables over config.toml)")
    for setting in SETTINGS:
        if not setting.flag:
            continue
        options: dict[str, Any] = {"dest": setting.name, "default": None}
        options["help"] = f"{setting.help} [{setting.variable}]"
        if setting.kind == "switch":
            options["action"] = argparse.BooleanOptionalAction
        elif setting.kind == "folders":
            options |= {"action": "append", "metavar": "DIR"}
        elif setting.kind == "folder":
            options["metavar"] = "DIR"
        elif setting.kind == "number":
            options |= {"type": _number, "metavar": "N"}
        else:
            options["metavar"] = "|".join(map(str, setting.choices))
        group.add_argument(setting.flag, **options)
    return parser


def _number(word: str) -> int | str:
    """Return a number; what is none is left to the settings to refuse."""
    number = find_number(word)
    return word if number is None else number


def main_parser() -> Parser:
    """Return the parser of `handbook` without a command, whose help lists the commands."""
    from handbook import __version__  # noqa: PLC0415

    rows = [f"  {each.name:<12}{each.about}" for each in COMMANDS]
    epilog = ["commands:", *rows, "", *_examples(OPEN), "", "`handbook COMMAND --help` tells more."]
    parser = Parser(
        "handbook",
        usage="handbook [PLACE]\n       handbook COMMAND ...",
        description=ABOUT,
        epilog="\n".join(epilog),
        parents=[settings_parser()],
    )
    parser.add_help_option()
    version = f"handbook {__version__}\n"
    parser.add_argument(
        "--version", action=_Print, nargs=0, const=version, help="print the version and leave"
    )
    OPEN.add_options(parser)
    return parser


def command_parser(command: Command) -> Parser:
    """Return the parser of a command."""
    about = command.about[0].upper() + command.about[1:] + "."
    parser = Parser(
        f"handbook {command.name}",
        description=about,
        epilog="\n".join([*_examples(command), "", EVERYWHERE]),
    )
    parser.add_help_option()
    command.add_options(parser)
    return parser


def _examples(command: Command) -> list[str]:
    return ["examples:", *(f"  {example}" for example in command.examples)]
