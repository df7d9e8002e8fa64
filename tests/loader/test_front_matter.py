"""Front matter: what is read, what is told, what is left alone."""

from __future__ import annotations

import pytest

from handbook.loader.front_matter import split


def _told(text: str) -> list[tuple[str, int, str, str]]:
    return [
        (each.code, each.line, each.message, each.hint) for each in split(text, "a.md").problems
    ]


def test_a_file_without_front_matter_is_all_body() -> None:
    front = split("# Title\n\nText\n", "a.md")

    assert (front.values, front.body, front.first_line) == ({}, "# Title\n\nText\n", 1)


def test_values_and_the_line_where_the_body_begins() -> None:
    front = split("---\nid: p-7k2m9d\ntitle: ML engineer\nkind: role\n---\n# Title\n", "a.md")

    assert front.values == {"id": "p-7k2m9d", "title": "ML engineer", "kind": "role"}
    assert (front.body, front.first_line, front.is_own) == ("# Title\n", 6, True)


def test_an_unknown_key_is_told_with_its_line_and_the_nearest_one() -> None:
    assert _told("---\nid: p-7k2m9d\ntitel: A\n---\n") == [
        ("F311", 3, "unknown key 'titel'", 'did you mean "title"?')
    ]


def test_a_wrong_kind_is_told_with_the_nearest_one_and_left_out() -> None:
    front = split("---\nid: p-7k2m9d\nkind: rolle\n---\n", "a.md")

    assert front.values == {"id": "p-7k2m9d"}
    assert [(each.line, each.message, each.hint) for each in front.problems] == [
        (3, "kind: unknown kind 'rolle'", 'did you mean "role"?')
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("hidden: perhaps", "hidden: true or false is expected"),
        ("sources: lecture", "sources: a list of source keys is expected, as in [lecture, fsdl21]"),
        ("updated: soon", "updated: a date is expected, as in 2026-11-23"),
        ("updated: 2026-02-30", "updated: day is out of range for month"),
        ("role: engineer", "role: a mapping is expected"),
        ("title: [a, b]", "title: text is expected"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(line: str, message: str) -> None:
    assert _told(f"---\nid: p-7k2m9d\n{line}\n---\n") == [("F312", 3, message, "")]


def test_an_id_that_is_not_well_formed_is_told() -> None:
    front = split("---\nid: p-ilou00\n---\n", "a.md")

    assert front.values == {}
    assert [each.code for each in front.problems] == ["F312"]


def test_a_page_with_somebody_elses_id_may_have_any_key() -> None:
    front = split("---\nid: intro\nsidebar_label: Intro\nhidden: perhaps\n---\n", "a.md")

    assert (front.values, front.problems) == ({"id": "intro"}, ())


def test_broken_yaml_is_told_with_its_line_and_the_text_still_opens() -> None:
    front = split("---\nid: p-7k2m9d\ntitle: a: b\n---\n# Title\n", "a.md")

    assert front.body == "# Title\n"
    assert [(each.code, each.line) for each in front.problems] == [("F301", 3)]


def test_broken_yaml_of_a_foreign_page_is_only_a_warning() -> None:
    assert [told[:2] for told in _told("---\ntitle: {{ page.title }\n---\n")] == [("F302", 3)]


def test_text_between_two_rules_is_no_front_matter() -> None:
    text = "---\nJust words.\n---\nMore.\n"

    assert split(text, "a.md").body == text


def test_an_opening_line_without_a_closing_one_is_a_rule() -> None:
    assert split("---\ntitle: A\n", "a.md").body == "---\ntitle: A\n"


@pytest.mark.parametrize("opened", ["kind: page\n# A\n", "id: p-7k2m9d\ntitle: A\n\n---x\n"])
def test_front_matter_of_ours_without_an_end_is_told_and_stays_text(opened: str) -> None:
    front = split(f"---\n{opened}", "a.md")

    assert (front.body, front.is_own) == (f"---\n{opened}", True)
    assert [(each.code, each.line) for each in front.problems] == [("F301", 1)]


def test_what_looks_like_ours_below_a_rule_and_a_blank_line_is_text() -> None:
    assert split("---\n\nkind: page\n", "a.md").problems == ()
    assert split("---\nWords.\n\nkind: page\n", "a.md").problems == ()


def test_a_key_that_stands_twice_is_told() -> None:
    text = "---\n{}: A\nkind: page\n\ntitle: B\n---\n"

    assert _told(text.format("title")) == [
        ("F313", 5, "title stands here for the second time, first on line 2", "")
    ]
    assert [each[:2] for each in _told("---\ntags: A\ntags: B\n---\n")] == [("F313", 3)]
    assert split(text.format("title"), "a.md").values["title"] == "B"


def test_escapes_in_yaml_cannot_spell_control_characters() -> None:
    front = split('---\ntitle: "\\e[31mred\\u202e"\nrole: {id: "a\\u0007b"}\n---\n', "a.md")

    assert front.values == {"title": "red", "role": {"id": "ab"}}


@pytest.mark.parametrize(
    "bomb",
    [
        "role: " + "[" * 30_000,
        "- " * 30_000 + "x",
        "? " * 30_000,
        "role: &a {b: *a}",
        "a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
        + "role: {x: *a11}",
    ],
    ids=["brackets", "dashes", "question marks", "itself", "billion laughs"],
)
def test_yaml_that_would_never_end_is_refused(bomb: str) -> None:
    front = split(f"---\n{bomb}\n---\n# Title\n", "a.md")

    assert front.values == {}
    assert front.body.endswith("# Title\n")


@pytest.mark.parametrize(
    "value",
    ["!!python/object/apply:os.system [ls]", "!!int ''", "!!bool x", "!!timestamp x", "!x y"],
)
def test_odd_tags_make_no_value_and_no_harm(value: str) -> None:
    front = split(f"---\nid: p-7k2m9d\ntitle: {value}\nkind: role\n---\n", "a.md")

    assert front.values == {"id": "p-7k2m9d", "kind": "role"}
    assert [(each.code, each.line) for each in front.problems] == [("F312", 3)]


@pytest.mark.parametrize(
    ("text", "is_own"),
    [
        ("kind: page", True),
        ("chapter: roles", True),
        ("sources: [lecture]", True),
        ("extends: roles/ml-engineer", True),
        ("title: Roles", False),
        ("tags: [a]\nhidden: true", False),
        ("id: intro\nkind: page", False),
        ("kind: a: b", True),
        ("id: intro\nkind: a: b", False),
        ("title: a: b", False),
    ],
)
def test_keys_that_nobody_else_has_make_a_page_ours(text: str, is_own: bool) -> None:
    assert split(f"---\n{text}\n---\n# Title\n", "a.md").is_own is is_own
