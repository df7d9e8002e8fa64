"""Hands a command over to the module that carries it out, which only then is imported."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from handbook.cli import output
from handbook.cli.arguments import PRINT
from handbook.cli.table import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.cli.arguments import Arguments


def run_command(arguments: Arguments) -> int:
    """Carry a command out and return its exit code; raises HandbookError."""
    if arguments.command == PRINT:
        output.write(arguments.text)
        return 0
    module, _, function = BY_NAME[arguments.command].run.partition(":")
    run = getattr(import_module(f"handbook.cli.{module}"), function)
    return cast("Callable[[Arguments], int]", run)(arguments)


def show_instead(arguments: Arguments, reason: str) -> int:
    """Print the page asked for, or the list of pages, and on stderr why there is no screen."""
    from handbook.cli import listing, reading  # noqa: PLC0415

    code = reading.show(arguments) if arguments.place else listing.list_pages(arguments)
    output.complain(f"no screen, {reason}; `handbook --help` lists what works without one")
    return code
