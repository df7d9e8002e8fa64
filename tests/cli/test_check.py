"""`check` and `new`: what authors use."""

import pytest

from handbook.cli.new import CROCKFORD, TEMPLATES, fresh_id, template

BROKEN = """\
    ---
    id: p-00000b
    ---
    # Broken

    A [link](missing.md) and a [script](javascript:x).
    """


def test_a_book_without_mistakes_is_exit_code_0(run):
    done = run("check")
    assert (done.code, done.out) == (0, "")
    assert done.err == "handbook: 9 pages checked: 0 errors, 0 warnings\n"
    assert run("check", "--json").json == []


def test_mistakes_name_the_file_as_it_is_seen_from_here(run, small, book, monkeypatch):
    book({"SUMMARY.md": "- [Broken](broken.md)\n", "broken.md": BROKEN}, "docs")
    monkeypatch.chdir(small.parent)
    done = run("check", "docs")
    assert done.code == 1
    assert [row.split(" ")[:2] for row in done.out.splitlines()] == [
        ["docs/broken.md:6:", "C201"],
        ["docs/broken.md:6:", "P122"],
    ]
    assert done.err == "handbook: 1 page checked: 2 errors, 0 warnings\n"


def test_files_that_cannot_be_opened_are_named_in_the_same_way(run, small, book, monkeypatch):
    folder = book({"a.md": "# A\n\nText.\n", "b/c.md": "# C\n\nText.\n"}, "docs")
    (folder / "gone.md").symlink_to("nowhere.md")
    (folder / "b" / "new\nline.md").write_text("# B\n")
    (folder / "b" / "esc\x1b.md").write_text("# B\n")
    monkeypatch.chdir(small.parent)
    done = run("check", "docs")
    assert [row.split(" C219 ")[0] for row in done.out.splitlines()] == [
        r"docs/b/esc\x1b.md:0:",
        r"docs/b/new\nline.md:0:",
        "docs/gone.md:0:",
    ]


def test_settings_above_the_pages_are_named_where_they_lie(run, small, book, monkeypatch):
    book({"mkdocs.yml": "nav: foo\n", "docs/a.md": "# A\n\nText.\n"}, "tree")
    monkeypatch.chdir(small.parent)
    assert run("check", "tree").out.startswith("tree/mkdocs.yml:1: C226 ")
    assert run("check", "tree/docs").out.startswith("tree/mkdocs.yml:1: C226 ")


def test_problems_as_json_have_the_promised_keys(run, book):
    folder = book({"SUMMARY.md": "- [Broken](broken.md)\n", "broken.md": BROKEN}, "docs")
    first = run("check", str(folder), "--json").json[0]
    assert list(first) == ["severity", "code", "file", "line", "message", "hint"]
    assert (first["severity"], first["code"], first["line"]) == ("error", "C201", 6)
    assert first["file"].endswith("docs/broken.md")


def test_github_gets_annotations(run, small, book, monkeypatch):
    book({"SUMMARY.md": "- [Broken](broken.md)\n", "broken.md": BROKEN}, "docs")
    monkeypatch.chdir(small.parent)
    rows = run("check", "docs", "--format", "github").out.splitlines()
    assert rows[0].startswith("::error file=docs/broken.md,line=6,title=C201::")


def test_warnings_alone_are_exit_code_0(run, book):
    folder = book({"a.md": "# A\n\n### Too deep\n\nText.\n"}, "docs")
    done = run("check", str(folder))
    assert done.code == 0
    assert "a.md:3: P111 " in done.out
    assert done.err == "handbook: 1 page checked: 0 errors, 1 warning\n"


def test_layers_are_checked_together(run, small, book):
    team = book({"roles/ml-engineer.md": "# Ours\n\n[x](nowhere.md)\n"}, "team")
    done = run("check", "--content", str(team))
    assert "C201" not in done.out  # --only leaves out what --content adds
    assert run("check", "--json", "--format", "github").code == 2


def test_ids_are_six_signs_of_crockfords_alphabet():
    assert len(CROCKFORD) == 32
    assert not set("ilou") & set(CROCKFORD)
    assert fresh_id("q", lambda signs: signs[-1]) == "q-zzzzzz"
    assert fresh_id("p") != fresh_id("p")


@pytest.mark.parametrize("kind", ["page", "role", "checklist"])
def test_a_new_page_of_any_kind_has_no_mistakes(run, book, kind):
    folder = book({"SUMMARY.md": "- [Title](a.md)\n", "a.md": run("new", kind).out}, "docs")
    done = run("check", str(folder))
    assert (done.out, done.code) == ("", 0)


def test_every_kind_has_a_template_with_its_id(run):
    assert run("new", "item").out.startswith("- [ ] [c-")
    assert run("new", "question").out.startswith("## [q-")
    assert run("new", "term").out.startswith("Term / ")
    assert all(template(kind, lambda signs: signs[0]) for kind in TEMPLATES)
    done = run("new", "pge")
    assert done.code == 2
    assert "(nearest: page)" in done.err


def test_a_page_of_any_kind_is_told_what_its_author_can_mend(run, book):
    folder = book({"a.md": "# A\n\nA soft\xadhyphen, a [script](javascript:x).\n"}, "docs")
    done = run("check", str(folder))
    assert done.code == 0
    assert [row.split(" ")[1] for row in done.out.splitlines()] == ["P103", "P122"]
    assert done.err == "handbook: 1 page checked: 0 errors, 2 warnings\n"
