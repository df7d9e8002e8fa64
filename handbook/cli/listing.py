"""`handbook list`: every page in book order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.paper import paper
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.cli.arguments import Arguments
    from handbook.cli.paper import Paper
    from handbook.model import Handbook, PageInfo


def list_pages(arguments: Arguments) -> int:
    """Print the pages: by chapter on a terminal, else one a line, place and title with a tab."""
    handbook = Workspace.open(arguments.settings).handbook
    if arguments.json:
        output.write_json([_record(info) for info in handbook.pages])
    elif output.is_terminal():
        output.write_rows(_by_chapter(handbook, paper(arguments.settings)))
    else:
        output.write_rows(f"{info.slug}\t{info.title}" for info in handbook.pages)
    return 0


def _record(info: PageInfo) -> dict[str, object]:
    names = ("id", "title", "chapter", "kind", "words", "path")
    return {name: getattr(info, name) for name in names}


def _by_chapter(handbook: Handbook, sheet: Paper) -> Iterator[str]:
    for chapter in handbook.chapters:
        number = f"{chapter.number}  " if chapter.number else ""
        yield sheet.styled(f"{number}{chapter.title}", "heading.2")
        for index in chapter.pages:
            info = handbook.pages[index]
            indent = "  " * (info.depth + 1)
            minutes = sheet.styled(f" {info.minutes} min", "muted")
            yield f"{indent}{info.title}  {sheet.styled(info.slug, 'link')}{minutes}"
