"""`handbook check`: what is told of a book as a whole, and of whose pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import Severity
from tests.loader.books import codes, library, page

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = (
    "---\nid: p-ccccc1\nkind: sources\n---\n# Sources\n\n`lecture` The lecture\n: Good for all.\n"
)


def _role(number: int, role_id: str, letter: str) -> str:
    return (
        f"---\nid: p-ddddd{number}\nkind: role\nrole:\n  id: {role_id}\n  letter: {letter}\n"
        "  group: lecture\n  skills: {software: 1, ml: 1, communication: 1}\n---\n# Role\n\nText.\n"
    )


def test_a_sound_book_has_no_problems(tmp_path: Path) -> None:
    text = page(1, sources="[lecture]") + "\nSee [b](b.md#page-2), [@lecture].\n"

    assert codes(library(tmp_path, {"a.md": text, "b.md": page(2), "sources.md": SOURCES})) == []


def test_broken_links_are_told_with_line_and_nearest_page(tmp_path: Path) -> None:
    text = page(1) + "\n[b](bb.md) and\n[c](b.md#pag-2) and [d](#page-1)\n"

    found = library(tmp_path, {"a.md": text, "b.md": page(2)}).problems()

    assert [str(each) for each in found] == [
        'a.md:9: C201 there is no page bb.md (did you mean "b.md"?)',
        'a.md:10: C202 b.md has no heading #pag-2 (did you mean "page-2"?)',
    ]
    assert {each.severity for each in found} == {Severity.ERROR}


def test_citations_are_checked_against_sources_and_front_matter(tmp_path: Path) -> None:
    text = page(1, sources="[lecture, lectrue]") + "\n[@lecture] [@lectur]\n"
    other = page(2) + "\n[@lecture]\n"

    found = library(tmp_path, {"a.md": text, "b.md": other, "sources.md": SOURCES}).problems()

    assert [(each.code, each.file, each.line, each.hint) for each in found] == [
        ("C213", "a.md", 3, 'did you mean "lecture"?'),
        ("C211", "a.md", 10, 'did you mean "lecture"?'),
        ("C212", "b.md", 9, "add it to the front matter"),
    ]


def test_ids_and_letters_may_stand_in_a_book_once(tmp_path: Path) -> None:
    glossary = "---\nid: p-eeeee{}\nkind: glossary\n---\n# G\n\nAdam\n: Text.\n"
    read = library(
        tmp_path,
        {
            "a.md": _role(1, "engineer", "E"),
            "b.md": _role(2, "engineer", "X"),
            "c.md": _role(3, "other", "E"),
            "g.md": glossary.format(1),
            "h.md": glossary.format(2),
            "s.md": SOURCES,
            "t.md": SOURCES.replace("ccccc1", "ccccc2"),
        },
    )

    assert [(each.code, each.file, each.message) for each in read.problems()] == [
        ("C205", "b.md", "the role id 'engineer' is taken by a.md:1"),
        ("C205", "c.md", "the letter 'E' is taken by a.md:1"),
        ("C207", "h.md", "the term 'adam' is taken by g.md:7"),
        ("C208", "t.md", "the source 'lecture' is taken by s.md:7"),
    ]


def test_items_lead_somewhere_and_have_their_ids_alone(tmp_path: Path) -> None:
    items = (
        "---\nid: p-fffff{}\nkind: checklist\nchecklist: {{name: list{}}}\n---\n# L\n\n## P\n\n"
        "- [ ] [c-4kd82m] Do it\n  <!-- see=../b.md#nowhere sources=lecture -->\n"
        "- [ ] [c-4kd82{}] Do more\n  <!-- see=gone.md -->\n"
    )
    read = library(
        tmp_path,
        {"l/a.md": items.format(1, 1, "x"), "l/c.md": items.format(2, 2, "y"), "b.md": page(2)},
    )

    assert codes(read) == [
        ("C211", "l/a.md", 10),
        ("C231", "l/a.md", 11),
        ("C231", "l/a.md", 13),
        ("C206", "l/c.md", 10),
        ("C211", "l/c.md", 10),
        ("C231", "l/c.md", 11),
        ("C231", "l/c.md", 13),
    ]


def test_the_reading_list_of_the_map_leads_somewhere(tmp_path: Path) -> None:
    text = (
        "---\nid: p-aaaaa1\nkind: map\nmap:\n  x: ML\n  y: software\n"
        "  corners: {software: a, both: b, ml: c, neither: d}\n"
        "  reading: {software: b.md, ml: bb.md}\n---\n# Map\n\nText.\n"
    )

    found = library(tmp_path, {"a.md": text, "b.md": page(2)}).problems()

    assert [str(each) for each in found] == [
        'a.md:8: C232 there is no page bb.md (did you mean "b.md"?)'
    ]


def test_a_heap_of_files_is_told_only_what_spoils_reading_and_as_warnings(tmp_path: Path) -> None:
    text = (
        "# A\n\n# Again\n\n#### Deep\n\n[x](gone.md) [y](#gone) [z](file.zip) [@key] 🇬🇧 [^a]\n\n"
        "```chart\nnothing\n```\n"
    )
    read = library(tmp_path, {"a.md": text, "b.md": "---\ntags: [x]\nid: intro\n---\nText \x07\n"})

    assert {each.severity for each in read.problems()} == {Severity.WARNING}
    assert codes(read) == [
        ("P111", "a.md", 5),
        ("C201", "a.md", 7),
        ("C202", "a.md", 7),
        ("P102", "b.md", 5),
    ]


def test_two_pages_that_open_one_folder_are_told(tmp_path: Path) -> None:
    text = "# A\n\nText.\n"
    names = ("api/README.md", "api/index.md", "b/index.md", "b.md", "README.md", "index.md")
    found = library(tmp_path, dict.fromkeys(names, text)).problems(for_author=True)

    assert [str(each) for each in found] == [
        "api/README.md:0: C227 api/index.md opens the same folder (keep index.md alone)"
    ]


def test_files_that_are_not_there_are_told(tmp_path: Path) -> None:
    gone = "\n[x](gone.png) ![y](gone2.png)\n![d](../data/missing.svg) [p](gone.pdf)\n"
    there = "![z](on.png) [w](on.png) [v](on.pdf) ![u](https://a.org/u.png) ![](../out.png)\n"
    files = {"a/a.md": page(1) + gone + there, "a/on.png": "", "a/on.pdf": "", "out.png": ""}
    found = library(tmp_path, files).problems()

    assert [str(each) for each in found] == [
        "a/a.md:9: C209 there is no file a/gone.png",
        "a/a.md:9: C209 there is no file a/gone2.png",
        "a/a.md:10: C209 there is no file a/gone.pdf",
        "a/a.md:10: C209 there is no file data/missing.svg",
        "a/a.md:11: P123 a/on.pdf is not a page (only Markdown files are pages)",
    ]
    (tmp_path / "a" / "on.png").unlink()
    (tmp_path / "a" / "on.png").symlink_to("/etc/hostname")
    assert codes(library(tmp_path, {})).count(("C209", "a/a.md", 11)) == 1


def test_files_not_there_and_double_keys_are_for_the_author_of_a_heap_to_know(
    tmp_path: Path,
) -> None:
    read = library(tmp_path, {"a.md": "---\ntags: a\ntags: b\n---\n# A\n\n![x](gone.png)\n"})

    assert read.problems() == ()
    assert [(each.code, each.severity) for each in read.problems(for_author=True)] == [
        ("F313", Severity.WARNING),
        ("C209", Severity.WARNING),
    ]


def test_pictures_come_back_from_the_cache(tmp_path: Path) -> None:
    files = {"a.md": page(1) + "\n![x](gone.png)\n"}
    first = codes(library(tmp_path / "book", files, tmp_path / "cache"))

    assert first == [("C209", "a.md", 9)]
    assert codes(library(tmp_path / "book", {}, tmp_path / "cache")) == first


def test_anchors_that_other_programs_show_are_not_broken(tmp_path: Path) -> None:
    files = {"a.md": "# A\n\n[b](b.md#old)\n", "b.md": '# B\n\n<a name="old"></a>Text\n'}

    assert codes(library(tmp_path, files)) == []


def test_an_empty_page_is_told(tmp_path: Path) -> None:
    assert codes(library(tmp_path, {"a.md": "---\nid: p-aaaaa1\n---\n"})) == [("P105", "a.md", 1)]
    assert codes(library(tmp_path, {"a.md": "---\nid: p-aaaaa1\n---\n# A\n"})) == [
        ("P107", "a.md", 1)
    ]


def test_problems_stand_by_file_and_line(tmp_path: Path) -> None:
    files = {f"{name}.md": page(n) + "[x](x.md)\n\n[y](y.md)\n" for n, name in enumerate("ba")}

    found = codes(library(tmp_path, files))

    assert found == sorted(found, key=lambda each: (each[1], each[2]))
    assert len(found) == 4


def test_problems_of_one_line_stand_in_a_fixed_order(tmp_path: Path) -> None:
    links = " ".join(f"[x]({name}.md)" for name in "hbfadgce")
    found = library(tmp_path, {"a.md": page(1) + links, "b.md": page(2)}).problems()

    assert [each.message for each in found] == [f"there is no page {name}.md" for name in "cdefgh"]


def test_a_count_of_more_problems_stands_behind_them(tmp_path: Path) -> None:
    found = library(tmp_path, {"a.md": page(1) + "\x01" * 300}).problems()

    assert len(found) == 2  # the same message twice on a line is told once
    assert [(each.line, each.message) for each in found] == [
        (8, "control character U+0001 taken out"),
        (8, "200 more problems like this"),
    ]


def test_of_many_valid_words_a_few_are_named(tmp_path: Path) -> None:
    headings = "".join(f"\n## Part {n}\n\nText.\n" for n in range(100))
    found = library(tmp_path, {"a.md": page(1) + "\n[x](#zzz)\n" + headings}).problems()

    assert [each.hint for each in found] == [
        "valid: page-1, part-0, part-1, part-10, part-11, part-12, and 95 more"
    ]


def test_a_page_without_an_id_that_uses_our_keys_is_checked_as_ours(tmp_path: Path) -> None:
    text = "---\nkind: role\nletter: OO\nsoftware: 99\ntitl: x\n---\n# R\n\n[x](javascript:x)\n"

    found = library(tmp_path, {"team/r.md": text}).problems()

    assert [(each.severity, each.code, each.line) for each in found] == [
        (Severity.ERROR, "P153", 1),
        (Severity.ERROR, "F311", 3),
        (Severity.ERROR, "F311", 4),
        (Severity.ERROR, "F311", 5),
        (Severity.ERROR, "P122", 9),
    ]
    assert found[3].hint == 'did you mean "title"?'


def test_a_page_whose_only_key_is_wrong_is_told_so(tmp_path: Path) -> None:
    found = library(tmp_path, {"a.md": "---\nkind: rolle\n---\n# A\n\nText.\n"}).problems()

    assert [str(each) for each in found] == [
        "a.md:2: F312 kind: unknown kind 'rolle' (did you mean \"role\"?)"
    ]


def test_an_id_of_ours_that_is_not_well_formed_is_told(tmp_path: Path) -> None:
    assert codes(library(tmp_path, {"a.md": "---\nid: p-ilou00\n---\n# A\n\nText.\n"})) == [
        ("F312", "a.md", 2)
    ]


def test_the_author_of_any_page_is_told_of_its_glyphs_and_links_as_warnings(
    tmp_path: Path,
) -> None:
    text = "# A\n\nA flag 🇬🇧.\n\n[x](javascript:x) [y](file:///etc/passwd)\n\nBell \x07.\n"
    read = library(tmp_path, {"a.md": text})

    assert codes(read) == [("P102", "a.md", 7)]
    found = read.problems(for_author=True)
    assert {each.severity for each in found} == {Severity.WARNING}
    assert [(each.code, each.line) for each in found] == [
        ("P103", 3),
        ("P103", 3),
        ("P122", 5),
        ("P122", 5),
        ("P102", 7),
    ]
