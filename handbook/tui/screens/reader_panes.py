"""What stands beside the text: contents, headings of the page, facts about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import Place, Span
from handbook.model.book import duration
from handbook.render.cells import cells, cut, pad
from handbook.render.line import EMPTY, Line, Run
from handbook.render.wrap import wrap
from handbook.tui.widgets.choices import Item

if TYPE_CHECKING:
    from handbook.model import Chapter, PageInfo, Position
    from handbook.tui.paint import Painter
    from handbook.tui.screens.reader_page import PageScreen

MOST_PAGES = 400
"""Pages of a chapter listed around the current one; a heap of 10,000 files is one chapter."""


def read_sign(position: Position | None, painter: Painter) -> str:
    """Return the mark for how far a page was read."""
    if position is None:
        return painter.sign("unread")
    return painter.sign("read" if position.read else "reading")


def contents_items(reader: PageScreen, width: int) -> tuple[list[Item], int]:
    """Return the chapters, with the pages of the current one, and the current page's number."""
    handbook = reader.workspace.handbook
    here = handbook.find_chapter(reader.page.info.id)
    items: list[Item] = []
    cursor = 0
    for chapter in handbook.chapters:
        if not chapter.pages:
            continue
        if chapter is not here:
            items.append(_chapter_item(reader, chapter, width))
            continue
        for info in _window(reader, chapter):
            if info.id == reader.page.info.id:
                cursor = len(items)
            items.append(_page_item(reader, chapter, info, width))
    return items, cursor


def _window(reader: PageScreen, chapter: Chapter) -> list[PageInfo]:
    pages = reader.workspace.handbook.pages
    indices = chapter.pages
    if len(indices) > MOST_PAGES:
        at = indices.index(reader.workspace.handbook.index_of(reader.page.info.id))
        start = max(0, at - MOST_PAGES // 2)
        indices = indices[start : start + MOST_PAGES]
    return [pages[index] for index in indices]


def _chapter_item(reader: PageScreen, chapter: Chapter, width: int) -> Item:
    handbook, painter = reader.workspace.handbook, reader.painter
    positions = reader.workspace.positions()
    known = [positions.get(handbook.pages[index].id) for index in chapter.pages]
    read = sum(1 for position in known if position and position.read)
    sign = "read" if read == len(known) else "reading" if any(known) else "unread"
    number = f"{chapter.number} " if chapter.number else ""
    first = handbook.pages[chapter.pages[0]]
    line = _entry(f"{number}{chapter.title}", painter.sign(sign), width, "text")
    return Item((line,), Place(first.id))


def _page_item(reader: PageScreen, chapter: Chapter, info: PageInfo, width: int) -> Item:
    painter = reader.painter
    sign = read_sign(reader.workspace.positions().get(info.id), painter)
    is_first = info.id == reader.workspace.handbook.pages[chapter.pages[0]].id
    number = f"{chapter.number} " if is_first and chapter.number else ""
    indent = "" if is_first else "  " + "  " * max(0, info.depth - 1)
    is_here = info.id == reader.page.info.id
    here = f"{painter.sign('here')} " if is_here and not is_first else ""
    style = "strong" if is_here or is_first else "text"
    title = chapter.title if is_first else info.title
    return Item((_entry(f"{indent}{here}{number}{title}", sign, width, style),), Place(info.id))


def _entry(text: str, sign: str, width: int, style: str) -> Line:
    room = max(4, width - cells(sign) - 3)
    return Line((Run(" "), Run(pad(cut(text, room), room), style), Run(f" {sign}", "muted")))


def outline_items(reader: PageScreen, width: int) -> tuple[list[Item], int]:
    """Return the headings of the page and the number of the current one."""
    section = reader.section
    items: list[Item] = []
    cursor = 0
    for heading in reader.page.headings:
        if heading.level > 3:
            continue
        if section is not None and heading.block <= section.block:
            cursor = len(items)
        indent = "  " * (heading.level - 1)
        line = Line((Run("  "), Run(cut(f"{indent}{heading.title}", max(4, width - 3)))))
        items.append(Item((line,), Place(reader.page.info.id, heading.anchor)))
    return items, cursor


def heading_signs(reader: PageScreen) -> dict[str, str]:
    """Return the signs of bookmarks and notes by the anchors they stand at, "" for the top."""
    page = reader.page.info.id
    marked = [each.anchor for each in reader.workspace.bookmarks() if each.page == page]
    signs = dict.fromkeys(marked, reader.painter.sign("mark"))
    for about in reader.workspace.notes():
        noted, _, anchor = about.partition("#")
        if noted == page:
            signs[anchor] = f"{signs.get(anchor, '')} {reader.painter.sign('note')}".strip()
    return signs


def fact_lines(reader: PageScreen, width: int) -> list[Line]:
    """Return what there is to know about the page: its role's place, notes, sources."""
    info = reader.page.info
    lines = _map_lines(reader, width) + _note_lines(reader, width)
    lines += [_fact("words", f"{info.words:,}, about {info.minutes} min", width)]
    lines += [_fact("open it", f"handbook {info.slug}", width)]
    if info.sources:
        lines += [_fact("sources", "i shows them", width)]
        rows = wrap((Span(", ".join(info.sources)),), width - 10, "muted")
        lines += [Line((Run(" " * 9), *row)) for row in rows]
    return lines


def _map_lines(reader: PageScreen, width: int) -> list[Line]:
    """Return a small map with the page's role on it, once the background has read the roles."""
    if reader.page.info.kind != "role" or not reader.handbook_app.is_background_done:
        return []
    role = next((r for r in reader.workspace.roles() if r.page == reader.page.info.id), None)
    if role is None:
        return []
    # Only pages of roles have a map beside them.
    from handbook.render.options import Options  # noqa: PLC0415
    from handbook.render.role_map import role_map_lines  # noqa: PLC0415

    picture = role_map_lines(
        reader.workspace.roles(),
        reader.workspace.role_map(),
        width - 2,
        min(16, width // 3),
        you=reader.workspace.you(),
        selected=role.id,
        newer=role.group == "newer",
        options=Options(ascii=reader.painter.ascii_only),
    )
    return [*(Line((Run(" "), *line.runs)) for line in picture.lines), EMPTY]


def _note_lines(reader: PageScreen, width: int) -> list[Line]:
    page = reader.page.info.id
    notes = [note for note in reader.workspace.notes().values() if note.about.split("#")[0] == page]
    lines: list[Line] = [_heading("Your notes")] if notes else []
    for note in notes:
        lines += [Line((Run(" "), *row)) for row in wrap((Span(note.text),), width - 2)]
        lines += [EMPTY]
    return lines


def _heading(text: str) -> Line:
    return Line((Run(" "), Run(text, "heading.2")))


def _fact(name: str, value: str, width: int) -> Line:
    return Line((Run(f" {name:<8}", "muted"), Run(cut(value, max(4, width - 10)))))


def state_words(reader: PageScreen) -> tuple[str, ...]:
    """Return what the top bar says of the page: hit, share read, time left, section."""
    share = reader.share
    left = max(1, round(reader.page.info.minutes * (1 - share)))
    sections = [heading for heading in reader.page.headings if heading.level == 2]
    section = reader.section
    at = sum(1 for heading in sections if section and heading.block <= section.block)
    where = f"section {at}/{len(sections)}" if at and reader.size.width >= 70 else ""
    time = f"{duration(left)} left" if share < 1 else ""
    return (_walked(reader), f"{share:.0%}", time, where)


def _walked(reader: PageScreen) -> str:
    """Say which hit of the last search this is, while the reader walks through them."""
    walk = reader.handbook_app.walk
    if walk is None or walk.hits[walk.at].passage.page != reader.page.info.id:
        return ""
    return f"hit {walk.at + 1}/{len(walk.hits)}"
