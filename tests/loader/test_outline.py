"""What is known of a file without parsing it, and of a folder without reading it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from handbook.errors import ContentError
from handbook.loader import scan as scanning
from handbook.loader.outline import find_first_heading, head_of_text
from handbook.loader.scan import scan
from tests.loader.books import book, codes, library, titles

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# Title #\n", "Title"),
        ("text\n\n### Deep {#anchor}\n", "Deep"),
        ("```sh\n# comment\n```\n\n# Title\n", "Title"),
        ("~~~\n# no\n```\n# no\n~~~\n# Title\n", "Title"),
        ("<!--\n# no\n-->\n# Title\n", "Title"),
        ("Title\n=====\n", "Title"),
        ("Title\n---\n", "Title"),
        ("- item\n---\n\n## Title\n", "Title"),
        ("#hashtag\n", ""),
        ("    # code\n", ""),
        ("```\n# never closed\n", ""),
        ("#\n\n# Title\n", "Title"),
        ("", ""),
    ],
)
def test_the_first_heading_is_found_without_a_parser(body: str, title: str) -> None:
    assert find_first_heading(body) == title


def test_a_head_holds_what_the_outline_needs() -> None:
    front = "---\nid: p-7k2m9d\nkind: role\nsources: [a, b]\n---\n"
    text = front + "# ML engineer\n\nFour words stand here.\n"

    head = head_of_text(text, "a.md")

    assert (head.id, head.title, head.heading, head.kind) == ("p-7k2m9d", "", "ML engineer", "role")
    assert (head.words, head.sources, head.is_own) == (7, ("a", "b"), True)


def test_a_file_of_another_format_is_no_page(tmp_path: Path) -> None:
    files = {
        "bank.md": "---\nformat: questions/1\ntitle: Bank\n---\n# Bank\n",
        "quarto.md": "---\nformat: html\n---\n# Quarto\n",
    }
    read = library(tmp_path, files)

    assert titles(read) == ["Quarto"]


def test_a_page_without_an_id_is_known_by_its_path(tmp_path: Path) -> None:
    read = library(tmp_path, {"a/b.md": "# B"})

    info = read.handbook.pages[0]
    assert (info.id, info.path, info.title, info.origin) == ("a/b", "a/b.md", "B", tmp_path.name)


def test_dot_files_and_installed_packages_are_passed_over(tmp_path: Path) -> None:
    read = library(
        tmp_path,
        {".git/a.md": "", ".b.md": "", "node_modules/c.md": "", "d.txt": "", "E.MD": "# E"},
    )

    assert titles(read) == ["E"]


def test_links_out_of_the_folder_are_refused_and_links_inside_are_followed(tmp_path: Path) -> None:
    secret = book(tmp_path / "secret", {"key.md": "# Secret"})
    root = book(tmp_path / "book", {"a.md": "# A", "docs/b.md": "# B"})
    (root / "out.md").symlink_to(secret / "key.md")
    (root / "folder").symlink_to(secret)
    (root / "up").symlink_to(tmp_path)
    (root / "again").symlink_to(root / "docs")
    (root / "loop").symlink_to(root)
    (root / "in.md").symlink_to(root / "a.md")
    (root / "gone.md").symlink_to(root / "nowhere.md")

    read = library(root, {})

    assert [info.path for info in read.handbook.pages] == ["a.md", "docs/b.md", "in.md"]
    assert sorted(codes(read)) == [
        ("C216", "folder", 0),
        ("C216", "out.md", 0),
        ("C216", "up", 0),
        ("C219", "gone.md", 0),
    ]


def test_a_file_that_becomes_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    secret = book(tmp_path / "secret", {"key.md": "# Secret\n\nTop secret."})
    read = library(tmp_path / "book", {"a.md": "# A"})
    (tmp_path / "book" / "a.md").unlink()
    (tmp_path / "book" / "a.md").symlink_to(secret / "key.md")

    page = read.page("a")

    assert [problem.code for problem in page.problems] == ["C219"]
    assert "secret" not in repr(page.blocks)


def test_a_pipe_is_no_page_and_nobody_waits_for_it(tmp_path: Path) -> None:
    book(tmp_path, {"a.md": "# A"})
    os.mkfifo(tmp_path / "pipe.md")

    read = library(tmp_path, {})

    assert titles(read) == ["A"]
    assert codes(read)[-1] == ("C219", "pipe.md", 0)


def test_names_with_control_characters_are_refused(tmp_path: Path) -> None:
    read = library(tmp_path, {"a.md": "# A", "b\x1b[31m.md": "# B"})

    assert titles(read) == ["A"]
    assert ("C219", r"b\x1b[31m.md", 0) in codes(read)


def test_more_pages_than_fit_are_left_out_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "MOST_PAGES", 3)

    read = library(tmp_path, {f"{number}.md": f"# Page {number}" for number in range(5)})

    assert len(read.handbook.pages) == 3
    assert codes(read)[0] == ("C217", "", 0)


@pytest.mark.parametrize("name", ["nothing", "empty", "file.txt"])
def test_a_folder_that_is_missing_or_holds_no_page_cannot_be_opened(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("text")

    with pytest.raises(ContentError) as caught:
        library(tmp_path / name, {}) if name != "nothing" else scan(tmp_path / name)

    assert name in caught.value.message


def test_bytes_that_are_no_text_make_a_title_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf---\r\ntitle: caf\xe9\r\n---\r\n# A\x1b[31m\r\n")

    assert titles(library(tmp_path, {})) == ["caf�"]


@pytest.mark.parametrize(
    "sign", ["*a", "[", "`", "#", " ", "<", "![", "{#", "- ", "\t", "[x](", "<!--"]
)
def test_a_line_of_a_million_signs_is_read_in_no_time(tmp_path: Path, sign: str) -> None:
    line = sign * (1_000_000 // len(sign))
    files = {"SUMMARY.md": f"# {line}\n- {line}\n- [A](a.md)\n", "a.md": f"# {line}\n\n{line}\n"}

    read = library(tmp_path, files)

    assert [info.path for info in read.handbook.pages] == ["a.md"]
    assert len(read.handbook.pages[0].title) <= 200
