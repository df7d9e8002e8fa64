"""The cache: it makes nothing different, only faster."""

from __future__ import annotations

import os
import pickle
import stat
from typing import TYPE_CHECKING

import pytest

from handbook.loader import markdown, packing
from handbook.loader.cache import Cache
from handbook.loader.library import KEPT_DAYS, Library
from handbook.loader.pages import HEAD, folder_of
from tests.loader.books import book, filled, library, page, titles, touch

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model import Page

DAY = 24 * 60 * 60
FILES = {
    "a.md": page(1, "First")
    + "\n## Part\n\n- [x] **bold** [b](b.md#part)\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n",
    "b.md": page(2, "Second")
    + "\n> [!note] Title\n> Text\n\n```chart\ntype: bars\nbars:\n  - [A, 5]\n```\n",
    "glossary.md": page(3, "Glossary", kind="glossary") + "\nAdam\n: An optimiser.\n",
}


def _entries(cache: Path) -> list[Path]:
    return sorted(path for path in cache.rglob("*") if path.is_file())


def _no_parser(*_: object, **__: object) -> Page:
    raise AssertionError("a page was parsed although it is in the cache")


def _large(sections: int = 400) -> str:
    return "# Large\n\n" + "".join(
        f"## Section {number}\n\n" + f"Words [{number}](a.md) and more words.\n" * 6 + "\n"
        for number in range(sections)
    )


def test_a_second_start_reads_no_file_and_parses_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = library(tmp_path / "book", FILES, tmp_path / "cache")
    pages = [first.page(info.id) for info in first.handbook.pages]
    monkeypatch.setattr(markdown, "parse_page", _no_parser)

    second = library(tmp_path / "book", {}, tmp_path / "cache")

    assert second.handbook == first.handbook
    assert second.stamp == first.stamp
    assert [second.page(info.id) for info in second.handbook.pages] == pages
    assert second.terms() == first.terms()


def test_a_second_start_reads_no_file_that_is_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "## [q-000001] Why?\n\nBecause.\n\n## [q-000002] How?\n\nSo.\n"
    files = FILES | {
        "bank.md": f"---\nformat: questions/1\ntopic: T\n---\n{question}",
        "loop.md": "---\nformat: loop/1\ntitle: T\n---\n# Loop\n",
    }
    first = library(tmp_path / "book", files, tmp_path / "cache")
    banks = first.banks()
    assert len(banks) == 1
    monkeypatch.setattr("handbook.loader.banks.read_front", _no_parser)

    assert library(tmp_path / "book", {}, tmp_path / "cache").banks() == banks


def test_a_changed_file_wins_over_the_cache(tmp_path: Path) -> None:
    read = filled(library(tmp_path / "book", FILES, tmp_path / "cache"))
    assert not read.is_changed()
    (tmp_path / "book" / "a.md").write_text("# Changed\n\nNew words.\n")

    assert read.is_changed()
    again = library(tmp_path / "book", {}, tmp_path / "cache")

    assert titles(again) == ["Changed", "Second", "Glossary"]
    assert again.page("a").headings[0].title == "Changed"
    assert again.stamp != read.stamp


def test_a_change_that_keeps_size_and_time_is_seen_by_its_ctime(tmp_path: Path) -> None:
    read = library(tmp_path / "book", {"a.md": "# One"}, tmp_path / "cache")
    before = (tmp_path / "book" / "a.md").stat()
    (tmp_path / "book" / "a.md").write_text("# Two")
    os.utime(tmp_path / "book" / "a.md", ns=(before.st_atime_ns, before.st_mtime_ns))

    assert read.is_changed()
    assert titles(library(tmp_path / "book", {}, tmp_path / "cache")) == ["Two"]


def test_a_page_that_is_read_after_its_file_changed_does_not_poison_the_cache(
    tmp_path: Path,
) -> None:
    read = library(tmp_path / "book", {"a.md": "# One"}, tmp_path / "cache")
    (tmp_path / "book" / "a.md").write_text("# Two, longer")
    read.page("a")

    assert library(tmp_path / "book", {}, tmp_path / "cache").page("a").headings[0].title == (
        "Two, longer"
    )


def test_added_and_removed_files_are_changes(tmp_path: Path) -> None:
    read = library(tmp_path / "book", FILES, tmp_path / "cache")
    (tmp_path / "book" / "new.md").write_text("# New")
    assert read.is_changed()
    (tmp_path / "book" / "new.md").unlink()
    assert not read.is_changed()
    (tmp_path / "book" / "a.md").unlink()
    assert read.is_changed()


def test_a_changed_nav_is_a_change(tmp_path: Path) -> None:
    files = {"mkdocs.yml": "nav: [b.md, a.md]\n", "docs/a.md": "# A", "docs/b.md": "# B"}
    read = library(tmp_path / "book", files, tmp_path / "cache")
    assert titles(read) == ["B", "A"]
    touch(tmp_path / "book" / "mkdocs.yml", 1)

    assert read.is_changed()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"not ours" + data[8:],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data[:12] + bytes(len(data) - 12),
        lambda data: b"\xff" * len(data),
    ],
    ids=["empty", "half", "foreign", "one bit", "zeros", "ones"],
)
def test_a_damaged_cache_is_ignored(tmp_path: Path, damage: object) -> None:
    first = filled(library(tmp_path / "book", FILES, tmp_path / "cache"))
    for path in _entries(tmp_path / "cache"):
        path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]

    second = library(tmp_path / "book", {}, tmp_path / "cache")

    assert second.handbook == first.handbook
    assert [second.page(info.id) for info in second.handbook.pages] == [
        first.page(info.id) for info in first.handbook.pages
    ]
    assert second.terms() == first.terms()


def test_the_cache_may_go_at_any_moment(tmp_path: Path) -> None:
    read = library(tmp_path / "book", FILES, tmp_path / "cache")
    for info in read.handbook.pages:
        for path in _entries(tmp_path / "cache"):
            path.unlink()
        for folder in (tmp_path / "cache").glob("pages-*"):
            folder.rmdir()
        (tmp_path / "cache").rmdir()
        assert read.page(info.id).info == info
    assert read.terms()[0].title == "Adam"


@pytest.mark.parametrize("kind", ["file", "missing parent is a file", "link"])
def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, kind: str) -> None:
    cache = tmp_path / "cache"
    if kind == "link":
        cache.symlink_to(tmp_path / "nowhere" / "at all")
    else:
        cache.write_text("a file")
    where = cache / "below" if kind.startswith("missing") else cache

    read = filled(library(tmp_path / "book", FILES, where))
    read.forget_old(0)

    assert titles(read) == ["First", "Second", "Glossary"]


def test_the_cache_is_its_owners_alone(tmp_path: Path) -> None:
    filled(library(tmp_path / "book", FILES, tmp_path / "some" / "cache"))

    for path in (tmp_path / "some" / "cache").rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600)
    assert stat.S_IMODE((tmp_path / "some" / "cache").stat().st_mode) == 0o700


def test_what_was_written_long_ago_is_removed_and_nothing_else(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for name in ("gone", "here"):
        filled(library(tmp_path / name, FILES, cache))
    gone, here = (cache / folder_of(str(tmp_path / name)) for name in ("gone", "here"))
    strangers = [cache / "pages-mine" / "0123456789abcdef", gone / "diary.txt", cache / "notes"]
    (cache / "pages-mine").mkdir()
    for path in (*strangers, *gone.iterdir(), *list(here.iterdir())[:1]):
        path.touch()
        touch(path, 1_000_000_000)
    kept = len(_entries(cache))

    library(tmp_path / "here", {}, cache).forget_old(1_000_000_000 + (KEPT_DAYS + 1) * DAY)

    assert [len(list(each.iterdir())) for each in (gone, here)] == [1, 2]
    assert len(_entries(cache)) == kept - 4
    assert all(path.exists() for path in strangers)
    strangers[1].unlink()
    library(tmp_path / "here", {}, cache).forget_old(0)
    assert not gone.exists()


def test_books_with_the_same_paths_do_not_share_pages(tmp_path: Path) -> None:
    for name in ("one", "two"):
        folder = book(tmp_path / name, {"a.md": f"# The {name}"})
        touch(folder / "a.md", 1_000_000_000)
        read = Library.open([folder], cache=tmp_path / "cache")
        assert read.page("a").headings[0].title == f"The {name}"


def test_only_words_of_the_model_come_out() -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("true",)

    assert packing.unpack(pickle.dumps(Trap())) is None
    assert packing.unpack(pickle.dumps(os.path.join)) is None
    assert packing.unpack(b"nonsense") is None


def test_pages_come_out_as_they_went_in(tmp_path: Path) -> None:
    read = library(tmp_path, FILES)
    for info in read.handbook.pages:
        whole = read.page(info.id)
        assert packing.unpack(packing.pack(whole)) == whole


def test_the_head_of_a_large_page_is_its_beginning_with_and_without_cache(tmp_path: Path) -> None:
    text = _large()
    assert len(text) > HEAD
    fresh = library(tmp_path / "book", {"large.md": text}).head("large")
    read = library(tmp_path / "book", {}, tmp_path / "cache")
    whole = read.page("large")
    kept = library(tmp_path / "book", {}, tmp_path / "cache").head("large")

    for head in (fresh, kept):
        count = len(head.blocks)
        assert not head.complete
        assert 0 < count < len(whole.blocks)
        assert head.blocks == whole.blocks[:count]
        assert head.links == whole.links[: len(head.links)]
        assert head.headings == whole.headings[: len(head.headings)]
    assert whole.complete
    assert read.head("large") is whole
    assert library(tmp_path / "book", {}, tmp_path / "cache").page("large") == whole


def test_a_cache_of_another_program_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cache(str(tmp_path)).save("entry", "key", [b"data"])
    assert Cache(str(tmp_path)).load("entry", "key") == b"data"
    assert Cache(str(tmp_path)).load("entry", "other key") is None
    monkeypatch.setattr("handbook.loader.cache.__version__", "0.0.0")

    assert Cache(str(tmp_path)).load("entry", "key") is None


def test_a_cache_that_somebody_else_wrote_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Cache(str(tmp_path)).save("entry", "key", [b"data"])
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)

    assert Cache(str(tmp_path)).load("entry", "key") is None


@pytest.mark.slow
def test_ten_thousand_pages_open_the_same_from_the_cache(tmp_path: Path) -> None:
    files = {
        f"ch{number // 50}/page{number}.md": f"---\nid: p-{number:06d}\n---\n# Page {number}\n"
        for number in range(10_000)
    }
    first = library(tmp_path / "book", files, tmp_path / "cache")
    second = library(tmp_path / "book", {}, tmp_path / "cache")

    assert len(first.handbook.pages) == 10_000
    assert first.handbook == second.handbook
    assert [info.path for info in second.handbook.pages[:3]] == [
        "ch0/page0.md",
        "ch0/page1.md",
        "ch0/page2.md",
    ]
    assert second.page("p-009999").headings[0].title == "Page 9999"
