"""Options that belong to some of the verbs of a command: with any other they are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from handbook.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.cli.arguments import Arguments

Owners: TypeAlias = "Mapping[str, tuple[str, tuple[str, ...]]]"

_NOT_GIVEN = frozenset(("", 0, False, "text", ()))


def refuse_strays(arguments: Arguments, verb: str, owners: Owners) -> None:
    """Raise UsageError for an option that would do nothing with this verb.

    `owners` has for each argument its option and the verbs that it belongs to.
    """
    for name, (option, verbs) in owners.items():
        if getattr(arguments, name) not in _NOT_GIVEN and verb not in verbs:
            raise UsageError(f"{option} belongs to `handbook {arguments.command} {verbs[0]}`")
