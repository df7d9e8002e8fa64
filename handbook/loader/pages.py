"""From a file to its `Page`: read, clean, split, parse, and keep the result in the cache."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from handbook.loader.cache import hash_of
from handbook.loader.scan import Stamp, is_inside, read_bytes
from handbook.model.page import Page

if TYPE_CHECKING:
    from handbook.loader.cache import Cache
    from handbook.loader.front_matter import Front
    from handbook.model.block import Block
    from handbook.model.book import PageInfo
    from handbook.model.page import Defined, HeadingInfo
    from handbook.model.problem import Problem
    from handbook.model.text import Link

    _Text: TypeAlias = tuple[tuple[Block, ...], tuple[Link, ...], tuple[HeadingInfo, ...]]
    _Extras: TypeAlias = tuple[tuple[Defined, ...], tuple[Problem, ...], tuple[Link, ...]]

HEAD = 6 * 1024
"""Up to this size, in bytes, a page is small: it is read in one step."""

_HEAD, _REST, _EXTRAS = range(3)  # the chunks of a page's entry in the cache


class PageFile(NamedTuple):
    """A file that is a page or a part of one; `info.path` is its path below `root`."""

    root: str
    stamp: Stamp
    info: PageInfo

    @property
    def entry(self) -> str:
        """The name of the file's entry in the cache."""
        return f"{folder_of(self.root)}/{hash_of(self.info.path)}"

    @property
    def key(self) -> tuple[object, ...]:
        """Everything that the parsed page depends on."""
        info = self.info
        return self.root, info.path, self.stamp, info.id, info.kind, info.title


def folder_of(root: str) -> str:
    """Return the folder in the cache that holds the pages of a content folder."""
    return f"pages-{hash_of(root)}"


def read_front(file: PageFile) -> tuple[Front, tuple[Problem, ...]]:
    """Return a file split in two, and what was wrong with its characters; raises OSError."""
    # All three are needed only for a page that is not in the cache.
    from handbook.loader.clean import LIMIT, clean_text  # noqa: PLC0415
    from handbook.loader.front_matter import split  # noqa: PLC0415

    path = f"{file.root}/{file.info.path}"
    # The walk has looked, but links may have changed since.
    if not is_inside(file.root, path):
        raise OSError("the file leaves the content folder")
    text, problems = clean_text(read_bytes(path, LIMIT + 1), file.info.path)
    return split(text, file.info.path), problems


def read_page(file: PageFile, cache: Cache) -> Page:
    """Return the page of a file, from the cache or newly parsed and kept there; never raises."""
    return find_kept(file, cache) or _parse_and_keep(file, cache)


def read_head(file: PageFile, cache: Cache) -> Page:
    """Return the first blocks of a large page (`complete` is False), all of a small one."""
    if file.stamp[2] <= HEAD:
        return read_page(file, cache)
    kept = cache.load(file.entry, file.key, _HEAD)
    text = None if kept is None else _text(kept)
    if text is not None:
        return Page(file.info, *text, complete=False)
    from handbook.loader.markdown import parse_head  # noqa: PLC0415  loads markdown-it

    try:
        front, _ = read_front(file)
    except OSError as error:
        return _unreadable(file, error)
    path, line = file.info.path, front.first_line
    head = parse_head(front.body, file.info, limit=HEAD, file=path, first_line=line)
    return head or _parse_and_keep(file, cache)


def find_kept(file: PageFile, cache: Cache) -> Page | None:
    """Return a page from the cache, or None."""
    if not cache.is_there:
        return None
    chunks = [cache.load(file.entry, file.key, chunk) for chunk in (_HEAD, _REST, _EXTRAS)]
    head, rest, extras = chunks
    if head is None or rest is None or extras is None:
        return None
    text, extra = _text(head), _extras(extras)
    if text is None or extra is None:
        return None
    return _with_rest(file, text, rest, extra) if rest else Page(file.info, *text, *extra)


def find_defined(file: PageFile, cache: Cache) -> tuple[Defined, ...] | None:
    """Return what a page defines without its text, if the cache has it, or None."""
    data = cache.load(file.entry, file.key, _EXTRAS)
    extras = None if data is None else _extras(data)
    return None if extras is None else extras[0]


def _text(data: bytes) -> _Text | None:
    from handbook.loader.packing import unpack  # noqa: PLC0415  loads pickle

    value = unpack(data)
    return cast("_Text", value) if isinstance(value, tuple) and len(value) == 3 else None


def _with_rest(file: PageFile, head: _Text, data: bytes, extras: _Extras) -> Page | None:
    """Return the page of a head and of what is behind it, None if that is damaged."""
    from handbook.loader.packing import unpack  # noqa: PLC0415  loads pickle
    from handbook.loader.pieces import PackedBlocks  # noqa: PLC0415  only large pages are cut

    value = unpack(data)
    if not isinstance(value, tuple) or len(value) != 4:
        return None
    pieces, count, links, headings = value
    blocks = PackedBlocks(head[0], pieces, count)
    return Page(file.info, blocks, head[1] + links, head[2] + headings, *extras)


def _extras(data: bytes) -> _Extras | None:
    from handbook.loader.packing import unpack  # noqa: PLC0415  loads pickle

    value = unpack(data)
    return cast("_Extras", value) if isinstance(value, tuple) and len(value) == 3 else None


def _parse_and_keep(file: PageFile, cache: Cache) -> Page:
    from handbook.loader.markdown import parse_page  # noqa: PLC0415  loads markdown-it

    try:
        front, problems = read_front(file)
    except OSError as error:
        return _unreadable(file, error)
    page = parse_page(
        front.body,
        file.info,
        front=front.values,
        file=file.info.path,
        first_line=front.first_line,
    )
    page = replace(page, problems=(*problems, *front.problems, *page.problems))
    if cache.is_there:
        _keep(page, file, front, cache)
    return page


def _keep(page: Page, file: PageFile, front: Front, cache: Cache) -> None:
    from handbook.loader.packing import pack  # noqa: PLC0415  loads pickle

    cut, links = len(page.blocks), len(page.links)
    if file.stamp[2] > HEAD:
        from handbook.loader.joining import last_link  # noqa: PLC0415  only large pages are cut

        end = front.first_line + front.body.count("\n", 0, HEAD)
        cut = next((n for n, block in enumerate(page.blocks) if block.line >= end), cut) or 1
        links = last_link(page.blocks[:cut]) + 1
    whole = cut == len(page.blocks)
    head = tuple(heading for heading in page.headings if heading.block < cut)
    rest = b""
    if not whole:
        from handbook.loader.pieces import pack_blocks  # noqa: PLC0415  as above

        pieces = pack_blocks(page.blocks[cut:])
        count = len(page.blocks) - cut
        rest = pack((pieces, count, page.links[links:], page.headings[len(head) :]))
    chunks = (
        pack((page.blocks[:cut], page.links if whole else page.links[:links], head)),
        rest,
        pack((page.defines, page.problems, page.pictures)),
    )
    cache.save(file.entry, file.key, chunks)


def _unreadable(file: PageFile, error: OSError) -> Page:
    """Return the page that stands for a file which cannot be read, and says so."""
    # Hardly ever needed.
    from handbook.model.block import Paragraph  # noqa: PLC0415
    from handbook.model.problem import Problem, Severity  # noqa: PLC0415
    from handbook.model.text import Span  # noqa: PLC0415

    reason = error.strerror or str(error)
    text = f"This page cannot be read: {reason}."
    problem = Problem(
        Severity.ERROR, "C219", file.info.path, 0, f"the file cannot be read: {reason}"
    )
    return Page(file.info, (Paragraph((Span(text),)),), problems=(problem,))
