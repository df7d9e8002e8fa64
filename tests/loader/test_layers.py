"""Content folders laid over each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.loader.library import Library
from handbook.model import Link, Place, plain
from tests.loader.books import book, codes, contents, page, titles

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = {
    "SUMMARY.md": "# Book\n\n[Welcome](index.md)\n\n- [Roles](roles/index.md)\n"
    "  - [Engineer](roles/engineer.md)\n- [Hiring](hiring.md)\n\n[Sources](sources.md)\n",
    "index.md": page(0, "Welcome"),
    "roles/index.md": page(1, "Roles"),
    "roles/engineer.md": page(2, "Engineer"),
    "hiring.md": page(3, "Hiring"),
    "sources.md": page(4, "Sources"),
}


def _laid(tmp_path: Path, *teams: dict[str, str]) -> Library:
    layers = [book(tmp_path / "shipped", SHIPPED)]
    layers += [book(tmp_path / f"team{number}", files) for number, files in enumerate(teams, 1)]
    return Library.open(layers)


def test_a_page_with_a_known_id_replaces_and_keeps_the_place(tmp_path: Path) -> None:
    read = _laid(tmp_path, {"ours/engineer.md": page(2, "Our engineer")})

    assert titles(read) == ["Welcome", "Roles", "Our engineer", "Hiring", "Sources"]
    info = read.handbook.find_page("p-aaaaa2")
    assert info is not None
    assert (info.path, info.chapter, info.depth) == ("ours/engineer.md", "roles", 1)
    assert info.origin == "team1"
    assert read.file_of("p-aaaaa2") == tmp_path / "team1" / "ours" / "engineer.md"


def test_links_to_the_path_of_a_replaced_page_find_the_new_one(tmp_path: Path) -> None:
    read = _laid(tmp_path, {"ours/engineer.md": page(2, "Our engineer")})

    link = Link("engineer", "page", "roles/engineer.md", "tools")
    assert read.resolve(link, "p-aaaaa1") == Place("p-aaaaa2", "tools")


def test_a_page_at_the_same_path_replaces_and_keeps_the_id(tmp_path: Path) -> None:
    read = _laid(tmp_path, {"roles/engineer.md": "# Engineers here\n\nWords.\n"})

    info = read.handbook.find_page("p-aaaaa2")
    assert info is not None
    assert (info.title, info.origin) == ("Engineers here", "team1")
    assert len(read.handbook.pages) == 5


def test_a_page_at_the_same_path_with_another_id_takes_the_place(tmp_path: Path) -> None:
    read = _laid(tmp_path, {"roles/engineer.md": page(9, "Other")})

    assert titles(read) == ["Welcome", "Roles", "Other", "Hiring", "Sources"]
    assert read.handbook.find_page("p-aaaaa2") is None
    assert read.resolve(Link("", "page", "roles/engineer.md"), "p-aaaaa1") == Place("p-aaaaa9")


def test_the_last_of_several_layers_wins(tmp_path: Path) -> None:
    read = _laid(tmp_path, {"a.md": page(2, "First team")}, {"b.md": page(2, "Second team")})

    assert titles(read)[2] == "Second team"
    assert read.resolve(Link("", "page", "a.md"), "p-aaaaa1") == Place("p-aaaaa2")


def test_a_new_page_joins_the_chapter_it_names(tmp_path: Path) -> None:
    read = _laid(tmp_path, {"pager.md": page(5, "On call", chapter="roles")})

    assert titles(read)[1:4] == ["Roles", "Engineer", "On call"]
    assert contents(read)[1] == (
        1,
        "Roles",
        [(0, "roles/index.md"), (1, "roles/engineer.md"), (1, "pager.md")],
    )


def test_new_pages_of_a_folder_are_a_chapter_before_the_back_matter(tmp_path: Path) -> None:
    read = _laid(
        tmp_path, {"how-we-work/index.md": page(5, "How we work"), "how-we-work/a.md": page(6)}
    )

    assert contents(read)[2:] == [
        (2, "Hiring", [(0, "hiring.md")]),
        (3, "How we work", [(0, "how-we-work/index.md"), (1, "how-we-work/a.md")]),
        (0, "Sources", [(0, "sources.md")]),
    ]


def test_a_chapter_that_does_not_exist_is_told(tmp_path: Path) -> None:
    read = _laid(tmp_path, {"ours/a.md": page(5, chapter="rolls")})

    found = [each for each in read.problems() if each.code == "C225"]
    assert [(each.file, each.line, each.hint) for each in found] == [
        ("ours/a.md", 3, 'did you mean "roles"?')
    ]
    assert contents(read)[3][1] == "Ours"


def test_a_hidden_page_is_gone_and_links_of_the_book_to_it_are_no_mistake(tmp_path: Path) -> None:
    shipped_link = {**SHIPPED, "roles/index.md": page(1, "Roles") + "\n[hire](../hiring.md)\n"}
    layers = [
        book(tmp_path / "shipped", shipped_link),
        book(
            tmp_path / "team",
            {"x.md": page(3, hidden="true"), "y.md": page(5) + "[h](hiring.md)\n"},
        ),
    ]

    read = Library.open(layers)

    assert titles(read) == ["Welcome", "Roles", "Engineer", "Page 5", "Sources"]
    assert read.resolve(Link("", "page", "hiring.md"), "p-aaaaa1") is None
    # Only the folder that hides the page is told that its own page links to it.
    assert codes(read) == [("C203", "y.md", 8)]


def test_an_extension_appends_its_sections_under_the_name_of_its_folder(tmp_path: Path) -> None:
    base = page(2, "Engineer") + "\n[index](index.md)\n\n## Tools\n\nOurs.\n"
    more = (
        page(5, "Ignored", extends="p-aaaaa2") + "\n## Tools\n\n[top](#tools) [home](../index.md)\n"
    )
    layers = [
        book(tmp_path / "shipped", {**SHIPPED, "roles/engineer.md": base}),
        book(tmp_path / "our-team", {"ours/x.md": more}),
    ]

    read = Library.open(layers)
    merged = read.page("p-aaaaa2")

    assert [(each.level, each.title, each.anchor) for each in merged.headings] == [
        (1, "Engineer", "engineer"),
        (2, "Tools", "tools"),
        (2, "our-team", "our-team"),
        (3, "Tools", "tools-1"),
    ]
    for heading in merged.headings:
        block = merged.blocks[heading.block]
        assert plain(block.spans) == heading.title  # type: ignore[union-attr]
    assert [(link.target, link.anchor) for link in merged.links] == [
        ("roles/index.md", ""),
        ("", "tools-1"),
        ("index.md", ""),
    ]
    linked = [span for span in merged.blocks[-1].spans if span.link >= 0]  # type: ignore[union-attr]
    assert [(span.text, span.link) for span in linked] == [("top", 1), ("home", 2)]
    assert [info.id for info in read.handbook.pages if info.origin == "our-team"] == []
    assert read.resolve(Link("", "page", "ours/x.md"), "p-aaaaa1") == Place("p-aaaaa2")
    assert codes(read) == []


def test_an_extension_of_nothing_is_told_and_opens_as_a_page(tmp_path: Path) -> None:
    read = _laid(tmp_path, {"x.md": page(5, extends="p-aaaab2")})

    assert codes(read) == [("C224", "x.md", 3)]
    assert "Page 5" in titles(read)


def test_of_two_pages_with_one_id_in_one_folder_both_open(tmp_path: Path) -> None:
    second = "---\ntitle: B\nkind: page\nid: p-aaaaa7\n---\n# B\n\nText.\n"
    read = _laid(tmp_path, {"a.md": page(7, "A"), "b.md": second})

    assert read.handbook.find_page("p-aaaaa7") is not None
    assert read.handbook.find_page("b") is not None
    found = [each for each in read.problems() if each.code == "C204"]
    assert [(each.file, each.line, each.message) for each in found] == [
        ("b.md", 4, "the id p-aaaaa7 is taken by a.md")
    ]


def test_roles_terms_and_lists_of_a_team_join_the_books(tmp_path: Path) -> None:
    glossary = "---\nid: p-bbbbb1\nkind: glossary\n---\n# Glossary\n\nAdam\n: An optimiser.\n"
    more = (
        "---\nid: p-bbbbb2\nkind: glossary\nextends: p-bbbbb1\n---\n# More\n\nEve\n: A service.\n"
    )
    layers = [book(tmp_path / "a", {"g.md": glossary}), book(tmp_path / "b", {"h.md": more})]

    terms = Library.open(layers).terms()

    assert [(term.id, term.page) for term in terms] == [("adam", "p-bbbbb1"), ("eve", "p-bbbbb1")]
