"""What is known of a folder without parsing Markdown: heads of files, drafts of chapters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from handbook.loader.clean import LIMIT
from handbook.loader.entries import Entry, Order, is_opening
from handbook.loader.front_matter import split
from handbook.loader.naming import one_line, plain_title, stem_of, title_of_name
from handbook.loader.scan import read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from handbook.loader.scan import Scan

_LINE = re.compile(
    r"^ {0,3}(?:"
    r"(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
    r"|\#{1,6}(?P<atx>[ \t].*)?$"
    r"|(?P<setext>[^\s\#>`~=\-*+|<].*)\n {0,3}(?:=+|-{2,})[ \t]*$"
    r"|(?P<comment><!--)"
    r")",
    re.MULTILINE,
)
_OTHER_FORMAT = re.compile(r"[a-z]+/\d+")
_CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+[ \t]*$")


class Head(NamedTuple):
    """What the outline needs of a file; the fields are those of its front matter.

    `id` is "" unless given; `title` is the front matter's and `heading` the first heading's, each
    "" if there is none; `is_own` tells whether our rules hold for it.
    """

    id: str = ""
    title: str = ""
    heading: str = ""
    kind: str = "page"
    chapter: str = ""
    words: int = 0
    sources: tuple[str, ...] = ()
    is_hidden: bool = False
    extends: str = ""
    is_own: bool = False


class Draft(NamedTuple):
    """A page in the order of its folder: where it stands before layers are laid over each other.

    `listed` is the title in the table of contents, `chapter` the chapter's id.
    """

    path: str
    chapter: str
    depth: int
    listed: str = ""


class Sketch(NamedTuple):
    """A chapter in the order of its folder."""

    id: str
    title: str
    is_numbered: bool


class Outline(NamedTuple):
    """A content folder before layers: chapters, pages in order, heads of its files by path.

    `faults` are quadruples of problem code, file, line and message.
    """

    name: str
    title: str
    listed_in: str
    chapters: tuple[Sketch, ...]
    drafts: tuple[Draft, ...]
    heads: dict[str, Head]
    faults: tuple[tuple[str, str, int, str], ...]


def head_of_text(text: str, file: str) -> Head:
    """Return the head of a file, free of control characters."""
    front = split(text, file)
    values = front.values
    heading = find_first_heading(front.body)
    if not values:
        return Head(heading=heading, words=len(front.body.split()), is_own=front.is_own)
    listed = values.get("sources")
    page_id = one_line(str(values.get("id", "")))
    return Head(
        page_id,
        one_line(str(values.get("title", ""))),
        heading,
        str(values.get("kind", "page")),
        one_line(str(values.get("chapter", ""))),
        len(front.body.split()),
        tuple(map(str, listed)) if isinstance(listed, list) else (),
        values.get("hidden") is True or is_of_other_format(values),
        one_line(str(values.get("extends", ""))),
        front.is_own,
    )


def is_of_other_format(values: Mapping[str, object]) -> bool:
    """Tell whether a file is in the folder but no page of it, such as a bank of questions.

    `format: questions/1` says so; `format: html`, as other programs write it, does not.
    """
    return _OTHER_FORMAT.fullmatch(str(values.get("format", ""))) is not None


def read_head(root: str, path: str) -> Head:
    """Return the head of a file; one that cannot be read has no title and no words."""
    try:
        raw = read_bytes(f"{root}/{path}", LIMIT)
    except OSError:
        return Head()
    # Not cleaned as a whole: that is half the time of a first start. What a head keeps is.
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return head_of_text(text, path)


def find_first_heading(body: str) -> str:
    """Return the text of the first heading, fences and comments passed over; "" if none."""
    position = 0
    while found := _LINE.search(body, position):
        position = found.end()
        if found["fence"]:
            position = _past(body, position, rf"^ {{0,3}}{found['fence']}[`~]*[ \t]*$")
        elif found["comment"]:
            position = _past(body, position, "-->")
        else:
            words = found["setext"] or _CLOSING_MARKS.sub("", found["atx"] or "")
            if title := plain_title(words):
                return title
    return ""


def _past(body: str, position: int, end: str) -> int:
    found = re.compile(end, re.MULTILINE).search(body, position)
    return found.end() if found else len(body)


def read_outline(scan: Scan, order: Order, known: Mapping[str, Head]) -> Outline:
    """Return the outline of a scanned folder; heads that are `known` are not read again."""
    listed = {order.file} if order.file == "SUMMARY.md" else set()
    heads = {
        path: known.get(path) or read_head(scan.root, path)
        for path in scan.files
        if path not in listed
    }
    return draw(scan.name, order, heads)


def draw(name: str, order: Order, heads: dict[str, Head]) -> Outline:
    """Return the outline of a folder from the order and the heads of its files."""
    sketches: dict[str, Sketch] = {}
    drafts: dict[str, Draft] = {}
    faults: list[tuple[str, str, int, str]] = []
    chapter = ""
    for entry in order.entries:
        if entry.path and entry.path not in heads:
            faults.append(("C221", order.file, entry.line, entry.path))
            entry = entry._replace(path="", chapter=entry.chapter or slug_of_path(entry.path))  # noqa: PLW2901
        elif entry.path in drafts:
            if order.file:
                faults.append(("C223", order.file, entry.line, entry.path))
            continue
        chapter, depth = _open_chapter(entry, chapter, sketches, heads)
        if entry.path:
            drafts[entry.path] = Draft(entry.path, chapter, depth, entry.title)
    _append_unlisted(order, heads, sketches, drafts, faults)
    return Outline(
        name, order.title, order.file, tuple(sketches.values()), tuple(drafts.values()), heads,
        tuple(faults),
    )  # fmt: skip


def _open_chapter(
    entry: Entry, chapter: str, sketches: dict[str, Sketch], heads: Mapping[str, Head]
) -> tuple[str, int]:
    """Return the chapter that an entry belongs to and its depth there."""
    if entry.depth and chapter:
        return chapter, entry.depth
    chapter_id = slug_of_path(entry.path) if entry.path else entry.chapter
    if chapter_id in sketches:
        return chapter_id, 1
    head = heads[entry.path] if entry.path else Head()
    title = entry.title or title_of(entry.path or chapter_id, head, "")
    sketches[chapter_id] = Sketch(chapter_id, title, entry.is_numbered)
    return chapter_id, 0


def _append_unlisted(
    order: Order,
    heads: Mapping[str, Head],
    sketches: dict[str, Sketch],
    drafts: dict[str, Draft],
    faults: list[tuple[str, str, int, str]],
) -> None:
    """Append the files that the table of contents leaves out to the chapters of their folders."""
    left = [path for path in heads if path not in drafts]
    if not left:
        return
    homes: dict[str, str] = {}
    for draft in drafts.values():
        homes.setdefault(draft.path.rpartition("/")[0], draft.chapter)
    for entry in _sorted_entries(left):
        path = entry.path
        if heads[path].is_own and not heads[path].is_hidden and order.file == "SUMMARY.md":
            faults.append(("C222", path, 0, path))
        home = _home(path, homes)
        if home is None:
            home = path.partition("/")[0] if "/" in path else slug_of_path(path)
            if home not in sketches:
                title = title_of_name(home) if "/" in path else title_of(path, heads[path], "")
                sketches[home] = Sketch(home, title, is_numbered="/" in path)
                opens = slug_of_path(path) == home
                drafts[path] = Draft(path, home, 0 if opens else 1)
                continue
        drafts[path] = Draft(path, home, max(1, entry.depth))


def _sorted_entries(paths: Collection[str]) -> list[Entry]:
    from handbook.loader.order import entries_of_paths  # noqa: PLC0415  hardly ever needed

    return [entry for entry in entries_of_paths(paths) if entry.path]


def _home(path: str, homes: Mapping[str, str]) -> str | None:
    """Return the chapter in which the nearest folder of a path already has pages, or None."""
    folder = path.rpartition("/")[0]
    while folder:
        if folder in homes:
            return homes[folder]
        folder = folder.rpartition("/")[0]
    return None


def slug_of_path(path: str) -> str:
    """Return the slug of a page, as `PageInfo.slug` has it: `roles` for `roles/index.md`."""
    slug = stem_of(path)
    return slug.removesuffix("/index").removesuffix("/README") or slug


def title_of(path: str, head: Head, listed: str) -> str:
    """Return a page's title: front matter, table of contents, first heading, name of the file."""
    if title := head.title or listed or head.heading:
        return title
    folder, _, name = stem_of(path).rpartition("/")
    return title_of_name(folder.rpartition("/")[2] if is_opening(path) and folder else name)
