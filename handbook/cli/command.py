"""What a command is, and what its options take: numbers, dates, one of some words."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.errors import nearest
from handbook.model.number import find_number

if TYPE_CHECKING:
    from argparse import ArgumentParser, _ActionsContainer
    from collections.abc import Callable, Sequence

AddOptions: TypeAlias = "Callable[[ArgumentParser], None]"


class Command(NamedTuple):
    """A command: `run` is the module below `handbook.cli` and the function that carry it out.

    It is "" for the app, which `handbook.main` opens itself.
    """

    name: str
    about: str
    run: str
    add_options: AddOptions
    examples: tuple[str, ...]


def one_of(choices: Sequence[str]) -> Callable[[str], str]:
    """Return a converter that takes one of some words and names the nearest for others."""

    def convert(word: str) -> str:
        if word in choices:
            return word
        hint = nearest(word, choices)
        raise ArgumentTypeError(
            f"{word!r} is none of {', '.join(choices)}" + (f" ({hint})" if hint else "")
        )

    return convert


def number_between(low: int, high: int) -> Callable[[str], int]:
    """Return a converter that takes a whole number within bounds."""

    def convert(word: str) -> int:
        number = find_number(word)
        if number is not None and low <= number <= high:
            return number
        raise ArgumentTypeError(f"{word!r} is not a whole number from {low} to {high}")

    return convert


def day(word: str) -> str:
    """Take a date like 2027-03-01, or none."""
    from datetime import date  # noqa: PLC0415  only a date needs it

    if word == "none":
        return word
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        raise ArgumentTypeError(f"{word!r} is no date (write 2027-03-01, or none)") from None


def add_json(parser: _ActionsContainer) -> None:
    """Add --json."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")
