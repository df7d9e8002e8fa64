"""`handbook export`: the questions as an Anki deck with your reviews, or as GIFT for Moodle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.kept import has_store
from handbook.cli.progress import counted
from handbook.errors import UsageError
from handbook.practice.exporting import Exporting
from handbook.store.files import write_file
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from handbook.cli.arguments import Arguments


_A_LINE = 40
"""How many ids a line of talk takes."""


def export(arguments: Arguments) -> int:
    """Write the file."""
    workspace = Workspace.open(arguments.settings)
    try:
        if arguments.act == "anki":
            _anki(workspace, arguments)
        else:
            _gift(workspace, arguments)
    finally:
        workspace.close()
    return 0


def _anki(workspace: Workspace, arguments: Arguments) -> None:
    (name,) = arguments.files
    if name == "-":
        raise UsageError("a deck is no text for stdout", hint="name a file, such as handbook.apkg")
    log = workspace.store.practice if has_store(workspace) else None
    found = Exporting(workspace.library, log).anki(arguments.topic.casefold())
    write_file(Path(name), found.content, replace=arguments.force)
    reviews = counted(found.reviews, "review")
    output.complain(f"{counted(found.notes, 'note')} and {reviews} written to {name}")


def _gift(workspace: Workspace, arguments: Arguments) -> None:
    (name,) = arguments.files
    found = Exporting(workspace.library).gift(arguments.topic.casefold())
    if name == "-":
        output.write(found.text)
    else:
        write_file(Path(name), found.text.encode(), replace=arguments.force)
        output.complain(f"{counted(found.text.count('::[html]'), 'question')} written to {name}")
    _tell_skipped(found.skipped)


def _tell_skipped(skipped: tuple[tuple[str, str], ...]) -> None:
    by_reason: dict[str, list[str]] = {}
    for question_id, reason in skipped:
        by_reason.setdefault(reason, []).append(question_id)
    for reason, ids in by_reason.items():
        for start in range(0, len(ids), _A_LINE):
            output.complain(f"skipped, {reason}: {' '.join(ids[start : start + _A_LINE])}")
