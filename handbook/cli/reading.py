"""`handbook show`: a page, a section, a single entry or a question, as text, Markdown or JSON."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from handbook.cli import output
from handbook.cli.paper import paper
from handbook.cli.place import find_place
from handbook.errors import UsageError
from handbook.model import (
    Bullets,
    Checklist,
    ChecklistItem,
    Definitions,
    Page,
    PageInfo,
    Place,
    Source,
    Term,
    plain,
)
from handbook.render.layout import page_lines
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from handbook.cli.arguments import Arguments
    from handbook.model import Block, Link, Span

Entry: TypeAlias = Term | Source | ChecklistItem

LIMIT = 8 * 1024 * 1024
"""The most that is read from stdin, in bytes; as much as of a file."""


def show(arguments: Arguments) -> int:
    """Print what stands at a place."""
    if arguments.place == "-":
        return _show_stdin(arguments)
    if arguments.place.startswith("q-"):
        from handbook.cli.questions import QUESTION_ID, show_question  # noqa: PLC0415  if one is asked

        if QUESTION_ID.fullmatch(arguments.place):
            return show_question(arguments.place, arguments)
    workspace = Workspace.open(arguments.settings)
    place = find_place(workspace, arguments.place)
    whole = workspace.page(place.page)
    page = part_of(whole, place.anchor)
    if arguments.markdown:
        output.write(_markdown(workspace, whole, place))
    elif arguments.json:
        output.write_json(_record(page, workspace))
    else:
        _print(page, arguments)
    return 0


def _print(page: Page, arguments: Arguments) -> None:
    sheet = paper(arguments.settings, arguments.width)
    output.write(sheet.text(page_lines(page, sheet.width, sheet.options)))


def _show_stdin(arguments: Arguments) -> int:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("- reads Markdown from stdin", hint="for example `handbook show - < a.md`")
    # Only here is a page made without a book, so only here is the parser called by hand.
    from handbook.loader.clean import clean_text  # noqa: PLC0415
    from handbook.loader.front_matter import split  # noqa: PLC0415
    from handbook.loader.markdown import parse_page  # noqa: PLC0415

    text, _ = clean_text(sys.stdin.buffer.read(LIMIT + 1))
    body = split(text, "-").body
    if arguments.markdown:
        output.write(body)
        return 0
    info = PageInfo("-", "-.md", "stdin", words=len(body.split()))
    page = parse_page(body, info, front={}, file="-")
    if page.headings:
        page = replace(page, info=info._replace(title=page.headings[0].title))
    if arguments.json:
        output.write_json(_record(page, None))
    else:
        _print(page, arguments)
    return 0


def part_of(page: Page, anchor: str) -> Page:
    """Return the part of a page that an anchor names: a section with those below it, or an entry.

    An entry is a term, a source or an item of a checklist. "" and an anchor that is none of these
    give the whole page.
    """
    if not anchor:
        return page
    heading = page.find_heading(anchor)
    if heading is not None:
        return _cut(page, page.blocks_of(heading), heading.block)
    entry = find_entry(page, anchor)
    block = None if entry is None else _block_of(tuple(page.blocks), entry)
    return page if block is None else _cut(page, (block,), len(page.blocks))


def _cut(page: Page, blocks: tuple[Block, ...], start: int) -> Page:
    headings = tuple(
        each._replace(block=each.block - start)
        for each in page.headings
        if start <= each.block < start + len(blocks)
    )
    return replace(page, blocks=blocks, headings=headings)


def find_entry(page: Page, anchor: str) -> Entry | None:
    """Return the term, source or checklist item with an id that a page defines, or None."""
    for value in page.defines:
        entries = value.items if isinstance(value, Checklist) else (value,)
        for each in entries:
            if isinstance(each, Term | Source | ChecklistItem) and each.id == anchor:
                return each
    return None


def _block_of(blocks: tuple[Block, ...], entry: Entry) -> Block | None:
    """Return an entry's block, cut out of its list as a list of its own, or None.

    On a page that several folders make two entries may stand on the same line of their files, so
    the name has to agree too.
    """
    name = entry.text if isinstance(entry, ChecklistItem) else entry.title
    for block in blocks:
        if isinstance(block, Definitions):
            definitions = tuple(
                each for each in block.items if each.line == entry.line and _says(each.term, name)
            )
            if definitions:
                return replace(block, items=definitions)
        elif isinstance(block, Bullets):
            items = tuple(
                each
                for each in block.items
                if each.line == entry.line and _says(getattr(each.blocks[0], "spans", ()), name)
            )
            if items:
                return replace(block, items=items)
    return None


def _says(spans: tuple[Span, ...], name: str) -> bool:
    return name in " ".join(plain(spans).split())


def _markdown(workspace: Workspace, page: Page, place: Place) -> str:
    entry = None if page.find_heading(place.anchor) else find_entry(page, place.anchor)
    if entry is None:
        return workspace.section_source(place)
    from handbook.render.markdown import escaped  # noqa: PLC0415  only for a single entry

    name, text = (
        (entry.text, entry.why) if isinstance(entry, ChecklistItem) else (entry.title, entry.text)
    )
    return f"{escaped(name)}\n: {escaped(text)}\n"


def _record(page: Page, workspace: Workspace | None) -> dict[str, object]:
    text = "\n".join(line.text.rstrip() for line in page_lines(page, 72))
    used = _links_used(page)
    return {
        "id": page.info.id,
        "title": page.info.title,
        "headings": [
            {"level": each.level, "title": each.title, "anchor": each.anchor}
            for each in page.headings
        ],
        "text": text,
        "links": [
            {"text": link.text, "kind": link.kind, "target": _target(link, page, workspace)}
            for link in used
            if link.kind != "blocked"
        ],
        "sources": list(dict.fromkeys(link.target for link in used if link.kind == "source")),
    }


def _links_used(page: Page) -> list[Link]:
    """Return the links of the blocks that are left of a page, in order."""
    used = {run.link for line in page_lines(page, 72) for run in line.runs if run.link >= 0}
    return [page.links[index] for index in sorted(used) if index < len(page.links)]


def _target(link: Link, page: Page, workspace: Workspace | None) -> str:
    """Return where a link leads as `handbook show` takes it, or an address."""
    place = workspace.resolve(link, page.info.id) if workspace and link.kind == "page" else None
    if place is None or workspace is None:
        return f"{link.target}#{link.anchor}" if link.anchor else link.target
    return str(Place(workspace.info(place.page).slug, place.anchor))
