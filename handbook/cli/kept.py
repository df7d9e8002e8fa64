"""The reader's own data on the command line: looking makes no file, writing is kept or fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.workspace import Workspace


def has_store(workspace: Workspace) -> bool:
    """Tell whether the reader has left anything; asking does not make the file."""
    return is_there(workspace.places.data / "progress.db")


def is_there(path: Path) -> bool:
    """Tell whether a path can be seen; unlike `Path.exists`, a folder nobody may enter says no."""
    try:
        path.stat()
    except (OSError, ValueError):
        return False
    return True


def demand_store(workspace: Workspace) -> None:
    """Raise StoreError where what is written now would be lost at the end of the command."""
    if workspace.trouble:
        raise StoreError(workspace.trouble)
