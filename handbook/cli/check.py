"""`handbook check`: the mistakes in the content, for people, programs and GitHub."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.kept import is_there
from handbook.model import Severity
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.cli.arguments import Arguments
    from handbook.model import Problem


def check(arguments: Arguments) -> int:
    """Print every mistake; 1 if one of them is an error."""
    settings = arguments.settings
    books = [replace(settings, only=Path(folder)) for folder in arguments.folders] or [settings]
    found: list[Problem] = []
    pages = 0
    for each in books:
        workspace = Workspace.open(each)
        found += _named(workspace)
        pages += len(workspace.handbook.pages)
    if arguments.json:
        output.write_json([each._asdict() for each in found])
    else:
        as_text = _annotation if arguments.format == "github" else str
        output.write_rows(_clean(as_text(each)) for each in found)
    errors = sum(each.severity is Severity.ERROR for each in found)
    warnings = len(found) - errors
    output.complain(
        f"{_counted(pages, 'page')} checked:"
        f" {_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
    )
    return 1 if errors else 0


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _named(workspace: Workspace) -> list[Problem]:
    """Return the problems with files named as they are seen from the working folder."""
    roots = _roots(workspace)
    return [
        each._replace(file=_file(each.file, roots)) for each in workspace.problems(for_author=True)
    ]


def _roots(workspace: Workspace) -> Sequence[Path]:
    """Return the folders that paths of the book count from, the topmost layer first."""
    library = workspace.library
    roots = dict.fromkeys(
        Path(str(library.file_of(info.id)).removesuffix(info.path))
        for info in workspace.handbook.pages
    )
    layers = [Path(os.path.realpath(layer)) for layer in workspace.places.layers]
    return [*dict.fromkeys((*reversed(layers), *roots))]


def _file(path: str, roots: Sequence[Path]) -> str:
    root = next((root for root in roots if os.path.lexists(root / path)), None)
    # The settings of a book may lie above its pages; a name that is not plain text is nowhere.
    above = (root.parent for root in roots if is_there(root.parent / path))
    beside = (root for root in roots if is_there((root / path).parent))
    root = root or next(above, None) or next(beside, None)
    if root is None:
        return path
    file = root / path
    here = os.path.realpath(".")
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _annotation(problem: Problem) -> str:
    """Return a problem as a workflow command, as GitHub documents them."""
    where = f"file={_escaped(problem.file)}"
    if problem.line:
        where += f",line={problem.line}"
    hint = f" ({problem.hint})" if problem.hint else ""
    text = f"{problem.message}{hint}".replace("%", "%25").replace("\n", "%0A")
    return f"::{problem.severity} {where},title={problem.code}::{text}"


def _escaped(value: str) -> str:
    for sign, code in (("%", "%25"), ("\n", "%0A"), ("\r", "%0D"), (":", "%3A"), (",", "%2C")):
        value = value.replace(sign, code)
    return value


def _clean(row: str) -> str:
    from handbook.loader.clean import without_controls  # noqa: PLC0415  file names may hold anything

    return " ".join(without_controls(row).splitlines())
