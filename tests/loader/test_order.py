"""The order of a book: SUMMARY.md, the nav of mkdocs.yml, paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.loader.entries import Entry
from handbook.loader.mkdocs import read_nav
from handbook.loader.naming import natural_key, plain_title, title_of_name
from handbook.loader.order import entries_of_paths
from handbook.loader.summary import read_summary
from tests.loader.books import codes, contents, library, page, titles

if TYPE_CHECKING:
    from pathlib import Path

SUMMARY = """\
# Summary

[Welcome](index.md)

# Part one

- [Roles](roles/index.md)
    - [ML engineer](./roles/ml-engineer.md "a title")
- [Projects](projects/index.md#top)
  - [Draft]()
    - [With *emphasis* and `code`](<projects/with space.md>)

---

[Sources](sources.md)
[Elsewhere](https://example.org)
"""


def test_a_summary_gives_order_depth_and_which_chapters_are_numbered() -> None:
    order = read_summary(SUMMARY)

    assert (order.title, order.file) == ("", "SUMMARY.md")
    assert order.entries == (
        Entry("index.md", "Welcome", 0, is_numbered=False, line=3),
        Entry("roles/index.md", "Roles", 0, line=7),
        Entry("roles/ml-engineer.md", "ML engineer", 1, line=8),
        Entry("projects/index.md", "Projects", 0, line=9),
        Entry("", "Draft", 1, chapter="draft", line=10),
        Entry("projects/with space.md", "With emphasis and code", 2, line=11),
        Entry("sources.md", "Sources", 0, is_numbered=False, line=15),
    )


def test_the_title_of_a_summary_is_the_books_unless_it_is_summary() -> None:
    assert read_summary("# ML Teams\n\n- [A](a.md)\n").title == "ML Teams"


def test_comments_and_percent_signs_in_a_summary() -> None:
    order = read_summary("<!--\n- [A](a.md)\n-->\n* [B](b%20c.md)\n")

    assert order.entries == (Entry("b c.md", "B", line=4),)


def test_a_book_with_a_summary(tmp_path: Path) -> None:
    read = library(
        tmp_path / "team",
        {
            "SUMMARY.md": "# Book\n\n[Welcome](index.md)\n\n- [Roles](roles/index.md)\n"
            "  - [Engineer](roles/engineer.md)\n- [Projects](projects.md)\n\n"
            "[Sources](sources.md)\n",
            "index.md": "Hello",
            "roles/index.md": "# All roles",
            "roles/engineer.md": "# The engineer",
            "projects.md": "---\ntitle: Running projects\n---\n",
            "sources.md": "",
        },
    )

    assert read.handbook.title == "Book"
    assert contents(read) == [
        (0, "Welcome", [(0, "index.md")]),
        (1, "Roles", [(0, "roles/index.md"), (1, "roles/engineer.md")]),
        (2, "Projects", [(0, "projects.md")]),
        (0, "Sources", [(0, "sources.md")]),
    ]
    assert [chapter.id for chapter in read.handbook.chapters] == [
        "index",
        "roles",
        "projects",
        "sources",
    ]
    # Front matter first, then the table of contents.
    assert titles(read) == ["Welcome", "Roles", "Engineer", "Running projects", "Sources"]


def test_files_outside_the_summary_join_the_chapter_of_their_folder(tmp_path: Path) -> None:
    read = library(
        tmp_path,
        {
            "SUMMARY.md": "- [Roles](roles/index.md)\n- [Hiring](hiring/index.md)\n",
            "roles/index.md": page(1),
            "hiring/index.md": page(2),
            "roles/late.md": page(3),
            "roles/deep/later.md": page(4),
            "other/page.md": "# Foreign",
            "loose.md": "# Loose",
        },
    )

    assert [(n, [path for _, path in pages]) for n, _, pages in contents(read)] == [
        (1, ["roles/index.md", "roles/deep/later.md", "roles/late.md"]),
        (2, ["hiring/index.md"]),
        (0, ["loose.md"]),
        (3, ["other/page.md"]),
    ]
    # Told for pages of our own kind only.
    assert codes(read) == [("C222", "roles/deep/later.md", 0), ("C222", "roles/late.md", 0)]


def test_entries_without_a_file_and_entries_twice_are_told_with_their_lines(tmp_path: Path) -> None:
    read = library(
        tmp_path,
        {"SUMMARY.md": "- [A](a.md)\n- [B](b.md)\n- [A](a.md)\n- [C](../c.md)\n", "a.md": page(1)},
    )

    assert codes(read) == [
        ("C221", "SUMMARY.md", 2),
        ("C223", "SUMMARY.md", 3),
        ("C221", "SUMMARY.md", 4),
    ]
    assert [info.path for info in read.handbook.pages] == ["a.md"]


def test_an_mdbook_is_opened_at_its_top_folder(tmp_path: Path) -> None:
    read = library(
        tmp_path,
        {
            "book.toml": '[book]\ntitle = "Rust for teams"\nsrc = "text"\n',
            "README.md": "# Not a page of the book",
            "text/SUMMARY.md": "# Summary\n- [One](one.md)\n",
            "text/one.md": "",
        },
    )

    assert (read.handbook.title, titles(read)) == ("Rust for teams", ["One"])
    assert read.handbook.pages[0].origin == tmp_path.name


def test_the_src_folder_of_an_mdbook_knows_its_title(tmp_path: Path) -> None:
    library(
        tmp_path, {"book.toml": 'title = "Rust"\n', "src/SUMMARY.md": "- [A](a.md)", "src/a.md": ""}
    )

    assert library(tmp_path / "src", {}).handbook.title == "Rust"


def test_a_src_folder_outside_the_book_is_not_followed(tmp_path: Path) -> None:
    read = library(tmp_path / "book", {"book.toml": 'src = "../secret"\n', "a.md": "# Here"})
    library(tmp_path / "secret", {"b.md": "# Secret"})

    assert titles(read) == ["Here"]


MKDOCS = """\
site_name: Team site
theme:
  icon: !!python/name:material.extensions.emoji.twemoji
plugins: [search, {x: !ENV [A, b]}]
nav:
- Home: index.md
- about.md
- Guide:
  - guide/index.md
  - Deep:
      - First: guide/first.md
- Reference:
    - One: ref/one.md
    - Web: https://example.org
"""


def test_a_mkdocs_nav_gives_the_order() -> None:
    order = read_nav(
        MKDOCS, ["index.md", "about.md", "guide/index.md", "guide/first.md", "ref/one.md"]
    )

    assert order.title == "Team site"
    assert order.entries == (
        Entry("index.md", "Home", 0, line=6),
        Entry("about.md", "", 0, line=7),
        Entry("guide/index.md", "Guide", 0, line=9),
        Entry("guide/first.md", "First", 2, line=11),
        Entry("", "Reference", 0, chapter="reference", line=13),
        Entry("ref/one.md", "One", 1, line=13),
    )


def test_a_mkdocs_tree_is_opened_at_its_top_folder(tmp_path: Path) -> None:
    read = library(
        tmp_path,
        {
            "mkdocs.yml": MKDOCS,
            "docs/index.md": "",
            "docs/about.md": "# About us",
            "docs/guide/index.md": "",
            "docs/guide/first.md": "",
            "docs/ref/one.md": "",
            "docs/ref/two.md": "# Two",
        },
    )

    assert read.handbook.title == "Team site"
    assert contents(read) == [
        (1, "Home", [(0, "index.md")]),
        (2, "About us", [(0, "about.md")]),
        (3, "Guide", [(0, "guide/index.md"), (2, "guide/first.md")]),
        (4, "Reference", [(1, "ref/one.md"), (1, "ref/two.md")]),
    ]
    assert codes(read) == [
        ("P105", path, 1) for path in ("guide/first.md", "guide/index.md", "index.md", "ref/one.md")
    ]


def test_a_mkdocs_file_that_is_broken_leaves_the_paths(tmp_path: Path) -> None:
    read = library(tmp_path, {"mkdocs.yml": "nav: [\n", "docs/b.md": "# B", "docs/a.md": "# A"})

    assert titles(read) == ["A", "B"]
    assert codes(read) == [("C226", "mkdocs.yml", 2)]


def test_what_the_nav_names_wrongly_is_told_at_its_line(tmp_path: Path) -> None:
    nav = "site_name: X\nplugins: !any []\nnav:\n- a.md\n- G:\n  - N: nope.md\n  - a.md\n"
    read = library(tmp_path, {"mkdocs.yml": nav, "docs/a.md": "# A\n\nText.\n"})

    assert codes(read) == [("C221", "mkdocs.yml", 6), ("C223", "mkdocs.yml", 7)]


DEEP = "nav:\n" + "".join(f"{'  ' * n}- G:\n" for n in range(14)) + "  " * 14 + "- a.md\n"
BOMB = "nav:\n- &a [x.md, x.md]\n" + "".join(
    f"- &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdef", "bcdefg", strict=True)
)


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("mkdocs.yml", "site_name: X\nnav: [unclosed\n", 3, "the nav is not valid YAML: "),
        ("mkdocs.yml", "\nnav: foo\n", 2, "the nav is not a list of pages"),
        ("mkdocs.yml", DEEP, 15, "the nav is nested deeper than 12 levels, the rest is left out"),
        ("mkdocs.yml", BOMB, 1, "the nav is not valid YAML: too many values"),
        ("mkdocs.yml", "x: y\ndocs_dir: ../../..\n", 2, "../../.. leaves the folder of the book"),
        ("mkdocs.yaml", "docs_dir: none\n", 1, "there is no folder none, so that of the book"),
        ("book.toml", 'title = "A"\n[book\n', 2, "this is no TOML: "),
        ("book.toml", "a = " + "[" * 30_000, 1, "this is no TOML: "),
        ("book.toml", "b = 1\n" + "a." * 30_000 + "a = 1", 2, "this is no TOML: a line with more"),
    ],
)
def test_settings_that_cannot_be_read_are_told(
    tmp_path: Path, name: str, text: str, line: int, message: str
) -> None:
    found = library(tmp_path, {name: text, "docs/a.md": "# A\n\nText.\n"}).problems()

    assert [(each.code, each.file, each.line) for each in found] == [("C226", name, line)]
    assert found[0].message.startswith(message)


def test_a_nav_in_brackets_may_end_at_the_margin() -> None:
    order = read_nav("nav: [\n  a.md,\n]\n", ["a.md"])

    assert (order.entries, order.faults) == ((Entry("a.md", line=2),), ())


def test_both_names_of_the_settings_of_mkdocs_are_known(tmp_path: Path) -> None:
    nav = "site_name: Team\nnav: [b.md, gone.md, a.md]\n"
    files = {"mkdocs.yaml": nav, "docs/a.md": "# A\n\nText.", "docs/b.md": "# B\n\nText."}
    read = library(tmp_path, files)

    assert (read.handbook.title, titles(read)) == ("Team", ["B", "A"])
    assert codes(read) == [("C221", "mkdocs.yaml", 2)]
    assert titles(library(tmp_path / "docs", {})) == ["B", "A"]


def test_a_nav_may_write_spaces_with_percent_signs(tmp_path: Path) -> None:
    files = {"a b/c d.md": "# C\n\nText.", "100%25.md": "# All\n\nText."}
    nav = "nav: [a%20b/c%20d.md, 100%25.md]\n"
    docs = {f"docs/{name}": text for name, text in files.items()}
    read = library(tmp_path, {"mkdocs.yml": nav, **docs})

    assert (titles(read), codes(read)) == (["C", "All"], [])


def test_a_heap_of_files_is_sorted_as_people_sort() -> None:
    paths = [
        "page10.md", "page2.md", "README.md", "notes/b.md", "notes/index.md", "notes.md",
        "Deep/x/y.md", "Deep/a.md", "index.md",
    ]  # fmt: skip

    assert [(each.depth, each.path or each.title) for each in entries_of_paths(paths)] == [
        (0, "index.md"),
        (0, "README.md"),
        (0, "Deep"),
        (1, "Deep/a.md"),
        (2, "Deep/x/y.md"),
        (0, "notes.md"),
        (0, "notes/index.md"),
        (1, "notes/b.md"),
        (0, "page2.md"),
        (0, "page10.md"),
    ]


def test_folders_of_a_heap_become_chapters(tmp_path: Path) -> None:
    read = library(
        tmp_path / "notes",
        {
            "README.md": "# Start",
            "01-first_steps/02-more.md": "",
            "01-first_steps/10-last.md": "# Heading 10",
            "guide.md": "# The guide",
            "guide/page.md": "",
        },
    )

    assert read.handbook.title == "notes"
    assert contents(read) == [
        (0, "Start", [(0, "README.md")]),
        (1, "First steps", [(1, "01-first_steps/02-more.md"), (1, "01-first_steps/10-last.md")]),
        (2, "The guide", [(0, "guide.md"), (1, "guide/page.md")]),
    ]
    assert titles(read) == ["Start", "More", "Heading 10", "The guide", "Page"]


def test_a_single_file_is_a_book(tmp_path: Path) -> None:
    library(tmp_path, {"one.md": "# One", "two.md": "# Two"})

    assert titles(library(tmp_path / "one.md", {})) == ["One"]


def test_titles_lose_their_markup() -> None:
    assert (
        plain_title("**Bold** and `code` [link](x.md) ![i](i.png) {#anchor}")
        == "Bold and code link"
    )
    assert plain_title(r"2 \* 3 &amp; <b>4</b> snake_case_name") == "2 * 3 & 4 snake_case_name"
    assert plain_title("tick \x1b[31m&#27;[1m\u202e") == "tick [1m"


def test_names_of_files_become_titles() -> None:
    assert title_of_name("02-data_pipelines") == "Data pipelines"
    assert title_of_name("2024") == "2024"
    assert title_of_name("1.2 scope") == "Scope"


def test_numbers_in_names_count_as_numbers() -> None:
    names = ["a10", "A2", "b", "10", "9", "a"]

    assert sorted(names, key=natural_key) == ["9", "10", "a", "A2", "a10", "b"]
