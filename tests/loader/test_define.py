"""What pages define: roles, the map, checklists, terms and sources."""

from typing import Any

import pytest

from handbook.loader.define_checklist import ITEM_ID
from handbook.loader.markdown import parse_page
from handbook.model import (
    Bullets,
    Checklist,
    ChecklistItem,
    Link,
    Page,
    PageInfo,
    Phase,
    Region,
    Role,
    RoleMap,
    Skills,
    Source,
    Term,
    plain,
)


def read(kind: str, body: str, front: dict[str, Any] | None = None, first_line: int = 1) -> Page:
    info = PageInfo("p-aaaaaa", "part/page.md", "The page", kind)  # type: ignore[arg-type]
    return parse_page(body, info, front=front or {}, file="page.md", first_line=first_line)


def problems_of(page: Page) -> list[str]:
    return [str(problem) for problem in page.problems]


# Roles

ROLE: dict[str, Any] = {
    "id": "ml-engineer",
    "letter": "E",
    "group": "later",
    "skills": {"software": 7, "ml": 7.5, "communication": 4},
    "region": {"software": [1, 6], "ml": [2, 8]},
    "charts": {"2021": {"software": 5.6, "ml": 7.0, "communication": 2.7}},
    "also_called": ["applied ML engineer"],
    "facts": {"Purpose": "builds models", "Years": 2021},
}


def test_a_role_is_told_in_the_front_matter() -> None:
    page = read("role", "# ML engineer\n\nText.", {"role": ROLE})
    assert page.problems == ()
    assert page.defines == (
        Role(
            "ml-engineer",
            "The page",
            "E",
            "p-aaaaaa",
            Skills(7.0, 7.5, 4.0),
            Region(1.0, 6.0, 2.0, 8.0),
            (("2021", Skills(5.6, 7.0, 2.7)),),
            (("Purpose", "builds models"), ("Years", "2021")),
            ("applied ML engineer",),
            "later",
            1,
        ),
    )


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"id": None}, "P152 role.id: a text is expected"),
        ({"id": "ML"}, 'P152 role.id: "ML" is no id (small letters, digits and single hyphens)'),
        ({"letter": "e"}, 'P152 role.letter: "e" is not one upper-case letter'),
        ({"letter": "EE"}, 'P152 role.letter: "EE" is not one upper-case letter'),
        ({"group": "latter"}, 'P152 role.group: cannot be "latter" (did you mean "later"?)'),
        ({"skils": 1}, 'P151 unknown key "skils" in role (did you mean "skills"?)'),
        (
            {"skills": {**ROLE["skills"], "ml": 11}},
            "P152 role.skills.ml: a number from 0 to 10 is expected",
        ),
        (
            {"skills": {**ROLE["skills"], "ml": True}},
            "P152 role.skills.ml: a number from 0 to 10 is expected",
        ),
        (
            {"skills": {"software": 1, "ml": 2}},
            "P153 role.skills.communication is missing (a number from 0 to 10)",
        ),
        ({"skills": 3}, "P152 role.skills: key: value lines are expected"),
        (
            {"region": {"software": [6, 1], "ml": [2, 8]}},
            "P152 role.region.software: two numbers from 0 to 10 are expected (software: [1, 6])",
        ),
        (
            {"charts": {"early": {}}},
            'P152 role.charts.early: a year is expected (charts: {"2021": {...}})',
        ),
        (
            {"also_called": "x"},
            "P152 role.also_called: a list of texts is expected (also_called: [one, another])",
        ),
        ({"facts": {"Tools": ["x"]}}, "P152 role.facts.Tools: one line of text is expected"),
        (
            {"facts": {"Tools": "x" * 101}},
            "P152 role.facts.Tools: 101 characters (at most 100 fit a line)",
        ),
    ],
)
def test_a_fault_in_a_role_names_the_key(change: dict[str, Any], problem: str) -> None:
    page = read("role", "Text.", {"role": {**ROLE, **change}})
    assert problems_of(page) == [f"page.md:1: {problem}"]


def test_a_role_without_id_and_letter_still_works() -> None:
    page = read("role", "Text.", {"role": {"skills": ROLE["skills"]}})
    (role,) = page.defines
    assert isinstance(role, Role)
    assert (role.id, role.letter) == ("the-page", "T")
    assert [problem.code for problem in page.problems] == ["P153", "P153"]


def test_a_role_stands_on_a_page_of_its_kind() -> None:
    assert problems_of(read("page", "Text.", {"role": ROLE})) == [
        'page.md:1: P154 "role" is not read on a page of kind page (kind: role)'
    ]
    assert problems_of(read("role", "Text.")) == [
        'page.md:1: P153 a page of kind role has no "role"'
    ]


def test_the_map_has_axes_corners_and_reading() -> None:
    front = {
        "map": {
            "x": "ML",
            "y": "software",
            "corners": {"software": "a", "both": "b", "ml": "c", "neither": "d"},
            "note": "n",
            "reading": {"ml": "exam/index.md", "software": "../x.md"},
        }
    }
    page = read("map", "Text.", front)
    assert page.defines == (
        RoleMap("ML", "software", ("a", "b", "c", "d"), "n", (("ml", "exam/index.md"),)),
    )
    assert problems_of(page) == [
        "page.md:1: P152 map.reading.software: a path in the book is expected (roles/index.md)"
    ]


# Checklists

CHECKLIST = """\
# Prepare

Some words.

## Eight weeks before

<!-- phase start=-56d -->
Read first.

- [ ] [c-4kd82m] Explain *bias*
  <!-- see=../exam/bias.md#curves sources=lecture,gk minutes=90 core -->
  The commonest question [@gk].
- [x] [c-000000] Sleep <!-- core --> because
  it helps

## The day <!-- phase start=+1w -->

- [ ] [c-000001] Go

  Two reasons.

  - not a task
  - [ ] [c-000002] Take water
"""


def test_a_checklist_has_phases_of_items() -> None:
    page = read("checklist", CHECKLIST, {"checklist": {"name": "interview", "dated": "day"}}, 21)
    assert page.problems == ()
    see = Link("../exam/bias.md#curves", "page", "exam/bias.md", "curves", 31)
    explain = ChecklistItem(
        "c-4kd82m",
        "Explain bias",
        "The commonest question [gk].",
        see,
        ("lecture", "gk"),
        90,
        core=True,
        line=30,
    )
    sleep = ChecklistItem("c-000000", "Sleep", "because it helps", core=True, line=33)
    go = ChecklistItem("c-000001", "Go", "Two reasons.", line=38)
    water = ChecklistItem("c-000002", "Take water", line=43)
    phases = (
        Phase("Eight weeks before", (explain, sleep), -56, 25),
        Phase("The day", (go, water), 7, 36),
    )
    assert page.defines == (Checklist("interview", "The page", "p-aaaaaa", phases, "day"),)


def test_ids_and_comments_of_items_are_not_part_of_the_text() -> None:
    page = read("checklist", CHECKLIST, {"checklist": {"name": "interview"}})
    bullets = next(block for block in page.blocks if isinstance(block, Bullets))
    first = bullets.items[0]
    assert first.checked is False
    assert plain(first.blocks[0].spans) == "Explain bias"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("## P\n- [ ] [c-00000i] a", 'page.md:2: P161 "c-00000i" is no id (for example [c-'),
        ("## P\n- [ ] a", "page.md:2: P161 an item has no id (for example [c-"),
        (
            "## P\n- [ ] [c-000000] a\n- [ ] [c-000000] b",
            "page.md:3: P162 two items have the id c-000000",
        ),
        (
            "## P\n- [ ] [c-000000] a\n  <!-- mintues=3 -->",
            'page.md:3: P163 unknown word "mintues" in the comment (did you mean "minutes"?)',
        ),
        (
            "## P\n- [ ] [c-000000] a\n  <!-- minutes=3h -->",
            'page.md:3: P164 minutes cannot be "3h" (minutes=90)',
        ),
        (
            "## P\n- [ ] [c-000000] a\n  <!-- see=https://a.org -->",
            'page.md:3: P164 see cannot be "https://a.org" (a path to a page)',
        ),
        (
            "## P\n<!-- phase start=soon -->\n\n- [ ] [c-000000] a",
            'page.md:2: P164 start cannot be "soon" (start=-56d)',
        ),
        (
            "- [ ] [c-000000] a\n\n## P",
            "page.md:1: P165 an item before the first phase (write ## Phase above it)",
        ),
        (
            "## P\n- a",
            "page.md:1: P166 the checklist has no items (write - [ ] [c-xxxxxx] and what to do)",
        ),
    ],
)
def test_a_fault_in_a_checklist_names_its_line(body: str, problem: str) -> None:
    (found,) = problems_of(read("checklist", body, {"checklist": {"name": "interview"}}))
    assert found.startswith(problem)


def test_an_item_without_an_id_gets_one_from_its_text() -> None:
    def ids(body: str) -> list[str]:
        (checklist,) = read("checklist", body, {"checklist": {"name": "x"}}).defines
        assert isinstance(checklist, Checklist)
        return [item.id for item in checklist.items]

    first, second, third = ids("## P\n- [ ] same\n- [ ] same\n- [ ] [c-1] other")
    assert all(ITEM_ID.fullmatch(item_id) for item_id in (first, second, third))
    assert len({first, second, third}) == 3
    assert ids("## Q\n\ntext\n\n- [ ] same") == [first]


def test_task_lists_of_ordinary_pages_stay_lists() -> None:
    page = read("page", "- [ ] [c-000000] a")
    assert page.defines == ()
    (bullets,) = page.blocks
    assert isinstance(bullets, Bullets)
    assert plain(bullets.items[0].blocks[0].spans) == "[c-000000] a"  # type: ignore[union-attr]


# Terms and sources


def test_a_glossary_is_a_definition_list_under_headings() -> None:
    body = """\
# Glossary

## Training

Adam / AdamW
: Optimiser with *per-parameter* steps. [@htd15]
<!-- also=adaptive moments, ADAM -->

Leakage
: Test data in training.

  Seen late. <!-- also=data leak -->
"""
    page = read("glossary", body)
    assert page.problems == ()
    assert page.defines == (
        Term(
            "adam",
            "Adam",
            "Optimiser with per-parameter steps.",
            "Training",
            ("AdamW", "adaptive moments", "ADAM"),
            ("htd15",),
            "p-aaaaaa",
            5,
        ),
        Term(
            "leakage",
            "Leakage",
            "Test data in training.\nSeen late.",
            "Training",
            ("data leak",),
            (),
            "p-aaaaaa",
            9,
        ),
    )


def test_a_term_stands_once_in_a_glossary() -> None:
    assert problems_of(read("glossary", "A\n: b\n\nA / C\n: d")) == [
        'page.md:4: P171 two terms have the id "a"'
    ]
    assert problems_of(read("glossary", "none")) == [
        "page.md:1: P166 the glossary has no terms (write Term, below it : and what it means)"
    ]


def test_a_term_has_a_name_and_says_what_it_means() -> None:
    told = ["page.md:1: P172 a term has no name or no definition"]
    assert problems_of(read("glossary", "Adam\n: [@lecture]")) == told
    assert problems_of(read("glossary", "&nbsp; / Adam\n: An optimiser.")) == told


def test_a_source_begins_with_its_key() -> None:
    body = (
        "`fsdl21` Full *Stack*\n: Notes. <https://a.org/b> [x](https://c.org)\n\n`gk` Book\n: Good."
    )
    page = read("sources", body)
    assert page.problems == ()
    assert page.defines == (
        Source(
            "fsdl21", "Full Stack", "Notes. https://a.org/b x", "https://a.org/b", "p-aaaaaa", 1
        ),
        Source("gk", "Book", "Good.", "", "p-aaaaaa", 4),
    )


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("Title\n: a", "page.md:1: P181 a source does not begin with its key (write `key` Title)"),
        ("`a` T\n: b\n\n`a` U\n: c", 'page.md:4: P182 two sources have the key "a"'),
        ("`a`\n: b", 'page.md:1: P183 the source "a" has no title'),
    ],
)
def test_a_fault_in_a_source_names_its_line(body: str, problem: str) -> None:
    assert problems_of(read("sources", body)) == [problem]
