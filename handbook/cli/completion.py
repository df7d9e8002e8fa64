"""`handbook completion`: what a shell needs to complete commands, options, places and folders."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.arguments import settings_parser
from handbook.cli.table import COMMANDS
from handbook.settings import SETTINGS

if TYPE_CHECKING:
    from handbook.cli.arguments import Arguments

PLACES = "handbook list 2>/dev/null | cut -f 1 | grep -x '[[:alnum:]_./-]*'"
"""Prints the places that a shell may be given.

The shell expands the words it completes with, so that a file called `$(...)` in somebody's folder
would be run: only names of harmless signs pass.
"""


def completion(arguments: Arguments) -> int:
    """Print the completion for a shell."""
    import shtab  # noqa: PLC0415  only here

    parser = tree()
    for each in _parsers(parser):
        for action in each._actions:  # noqa: SLF001  shtab's own way to say what completes
            if action.metavar == "PLACE":
                action.complete = shtab.cmd(PLACES)  # type: ignore[attr-defined]
            elif action.metavar == "DIR":
                action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
            elif action.metavar == "FILE":
                action.complete = shtab.FILE  # type: ignore[attr-defined]
    output.write(shtab.complete(parser, arguments.shell).rstrip("\n") + "\n")
    return 0


def tree() -> argparse.ArgumentParser:
    """Return one parser with all commands and the settings everywhere, made to be looked at."""
    parser = argparse.ArgumentParser("handbook", add_help=False, parents=[_settings()])
    parser.add_argument("-h", "--help", action="store_true", help="print this help and leave")
    parser.add_argument("--version", action="store_true", help="print the version and leave")
    commands = parser.add_subparsers()
    for command in COMMANDS:
        about = command.about.replace("%", "%%")
        each = commands.add_parser(
            command.name, help=about, description=about, add_help=False, parents=[_settings()]
        )
        each.add_argument("-h", "--help", action="store_true", help="print this help and leave")
        command.add_options(each)
    return parser


def _settings() -> argparse.ArgumentParser:
    parser = settings_parser()
    choices = {setting.name: setting.choices for setting in SETTINGS if setting.kind == "choice"}
    for action in parser._actions:  # noqa: SLF001  made just now, and only for the shell
        action.choices = choices.get(action.dest, action.choices)
    return parser


def _parsers(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    found = [parser]
    for action in parser._actions:  # noqa: SLF001  there is no other way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            found += action.choices.values()
    return found
