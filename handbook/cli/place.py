"""From what a reader types to a place in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.cli.table import BY_NAME
from handbook.errors import NothingFoundError, nearest

if TYPE_CHECKING:
    from handbook.model import Place
    from handbook.workspace import Workspace


def find_place(workspace: Workspace, text: str) -> Place:
    """Return the place a reader means; the error for none also names a command spelt like it."""
    try:
        return workspace.find_place(text)
    except NothingFoundError as error:
        command = nearest(text, list(BY_NAME))
        if not command:
            raise
        raise NothingFoundError(
            error.message, hint=f"{error.hint}; or the command {command.removeprefix('nearest: ')}?"
        ) from None
