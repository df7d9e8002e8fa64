"""`list` and `show`: what is printed, for people, pipes and programs."""

import io
import sys

import pytest

from handbook.render.line import STYLES


def test_list_prints_place_and_title_of_every_page_in_book_order(run):
    done = run("list")
    assert done.out.splitlines()[:4] == [
        "index\tWelcome",
        "roles\tRoles",
        "roles/ml-engineer\tML engineer",
        "roles/ml-researcher\tML researcher",
    ]
    assert (done.code, done.err, len(done.out.splitlines())) == (0, "", 9)


def test_list_groups_by_chapter_on_a_terminal(on_terminal):
    rows = on_terminal("list", "--color", "none").out.splitlines()
    assert rows[0].endswith("Welcome\x1b[0m")
    assert "1  Roles" in rows[2]


def test_list_as_json_has_the_promised_keys(run):
    pages = run("list", "--json").json
    assert pages[2] == {
        "id": "p-000003",
        "title": "ML engineer",
        "chapter": "roles",
        "kind": "role",
        "words": 28,
        "path": "roles/ml-engineer.md",
    }


def test_show_prints_a_page_at_72_columns_without_escapes(run):
    done = run("show", "roles/ml-engineer")
    assert done.out == (
        "ML engineer\n"
        "━━━━━━━━━━━\n"
        "\n"
        "Trains models and puts them to use [lecture].\n"
        "\n"
        "Tools\n"
        "Containers and trackers, read about research.\n"
        "\n"
        "Which ones\n"
        "The fewest.\n"
        "\n"
        "Background\n"
        "Often self-taught.\n"
    )
    assert (done.code, done.err) == (0, "")


def test_show_prints_just_a_section_with_those_below_it(run):
    assert run("show", "ml-engineer#tools").out == (
        "Tools\nContainers and trackers, read about research.\n\nWhich ones\nThe fewest.\n"
    )


@pytest.mark.parametrize(
    ("place", "first"),
    [
        ("p-000003", "ML engineer"),
        ("ml engineer", "ML engineer"),
        ("roles/ml-engineer.md", "ML engineer"),
        ("interview", "Interview preparation"),
        ("data leakage", "Data leakage / leakage"),
        ("glossary#drift", "Drift"),
        ("sources#lecture", "lecture The lecture of 2019"),
    ],
)
def test_show_takes_ids_titles_paths_terms_and_lists(run, place, first):
    assert run("show", place).out.splitlines()[0] == first


def test_a_term_is_printed_alone(run):
    assert run("show", "leakage").out == (
        "Data leakage / leakage\n    Information in training that is not there in use. [lecture]\n"
    )


def test_show_takes_a_width_from_20_to_200(run):
    rows = run("show", "ml-engineer", "--width", "20").out.splitlines()
    assert max(map(len, rows)) == 20
    done = run("show", "ml-engineer", "--width", "19")
    assert done.code == 2
    assert "'19' is not a whole number from 20 to 200" in done.err


def test_show_prints_the_markdown_of_a_page_or_a_section(run):
    page = run("show", "ml-engineer", "--markdown").out
    assert page.startswith("# ML engineer\n\nTrains models and puts them to use [@lecture].\n")
    section = run("show", "ml-engineer#background", "--markdown").out
    assert section == "## Background\n\nOften self-taught.\n"
    term = run("show", "drift", "--markdown").out
    assert term == "Drift\n: A change of the world after release.\n"


def test_show_as_json_has_the_promised_keys(run):
    shown = run("show", "ml-engineer#tools", "--json").json
    assert shown == {
        "id": "p-000003",
        "title": "ML engineer",
        "headings": [
            {"level": 2, "title": "Tools", "anchor": "tools"},
            {"level": 3, "title": "Which ones", "anchor": "which-ones"},
        ],
        "text": "Tools\nContainers and trackers, read about research.\n\nWhich ones\nThe fewest.",
        "links": [{"text": "research", "kind": "page", "target": "roles/ml-researcher"}],
        "sources": [],
    }
    whole = run("show", "index", "--json").json
    assert [link["target"] for link in whole["links"]] == [
        "roles/ml-engineer#tools",
        "https://example.org/",
    ]
    assert run("show", "ml-engineer", "--json").json["sources"] == ["lecture"]


def test_show_never_touches_the_readers_data(run, data):
    run("show", "interview")
    run("list")
    assert not data.exists()


def test_show_is_styled_on_a_terminal_and_as_wide_as_it_is(on_terminal):
    done = on_terminal("show", "ml-engineer")
    assert done.out.startswith("\x1b[1;33mML engineer\x1b[0m\n")
    assert "\x1b[4;36mresearch\x1b[0m" in done.out


@pytest.mark.parametrize("argument", [("--color", "none"), ("--plain",)])
def test_colours_can_be_turned_off(on_terminal, argument):
    done = on_terminal("show", "ml-engineer", *argument)
    assert "\x1b[3" not in done.out
    assert ("\x1b[" in done.out) == (argument != ("--plain",))


def test_no_color_keeps_bold_and_underline(on_terminal, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[4mresearch\x1b[0m" in on_terminal("show", "ml-engineer").out


def test_a_dumb_terminal_gets_no_escapes(on_terminal, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in on_terminal("show", "ml-engineer").out


def test_every_style_of_a_line_has_its_codes():
    from handbook.cli.paper import SGR

    assert set(SGR) == set(STYLES)


def read_stdin(monkeypatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_a_dash_shows_markdown_from_stdin_without_its_escapes(run, monkeypatch):
    read_stdin(monkeypatch, b"---\ntitle: T\n---\n# Hello\n\n**bold** \x1b[31mred\x1b[0m \xff\n")
    assert run("show", "-").out == "Hello\n━━━━━\n\nbold red �\n"
    read_stdin(monkeypatch, b"# Hello\n\n[a](https://example.org/)\n")
    shown = run("show", "-", "--json").json
    assert (shown["title"], shown["links"][0]["target"]) == ("Hello", "https://example.org/")
    read_stdin(monkeypatch, b"---\ntitle: T\n---\n# Hello \x1b[31m\n")
    assert run("show", "-", "--markdown").out == "# Hello \n"


def test_without_a_screen_the_page_is_printed_and_stderr_says_why(process):
    done = process("ml-engineer#background")
    assert (done.code, done.out) == (0, "Background\nOften self-taught.\n")
    assert done.err.startswith("handbook: no screen, stdin is not a terminal;")
    assert process().out.splitlines()[0] == "index\tWelcome"


def test_plain_prints_where_a_screen_could_be_drawn(run):
    done = run("--plain")
    assert done.out.startswith("index\tWelcome\n")
    assert done.err.startswith("handbook: no screen, as you asked;")


def test_an_item_of_a_checklist_is_printed_alone(run):
    assert run("show", "interview#c-000002").out == "[ ] Write a training loop\n"


def test_entries_of_layers_on_the_same_line_are_told_apart(book, run, monkeypatch):
    glossary = """\
        ---
        id: p-000001
        kind: glossary
        ---
        # Glossary

        Drift
        : The world changes.
        """
    team = glossary.replace("p-000001", "p-000002\n        extends: p-000001")
    team = team.replace("Drift", "Stand-up").replace("The world changes", "Fifteen minutes")
    base = book({"glossary.md": glossary}, "base")
    monkeypatch.setattr("handbook.locations.SHIPPED", base)
    monkeypatch.delenv("HANDBOOK_ONLY")
    done = run("show", "stand-up", "--content", str(book({"ours.md": team}, "team")))
    assert done.out == "Stand-up\n    Fifteen minutes.\n"


@pytest.mark.parametrize("word", ["E", "e"])
def test_a_role_is_shown_by_its_letter_on_the_map(run, word):
    assert run("show", word).out == run("show", "ml-engineer").out
