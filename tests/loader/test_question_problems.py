"""Mistakes in questions, each by its smallest example, with code, line and what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.loader import question_parts
from handbook.loader.codes import CODES
from handbook.loader.question_checks import check_topics
from handbook.loader.questions import parse_questions
from tests.loader.books import codes, library
from tests.loader.test_questions import BUG, CURVE, END, FRONT, SINGLE, bank

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model import Problem

HEAD = "## [q-7k2m9d] Title\n"
OPTIONS = "- [x] A\n- [ ] B\n  > No.\n- [ ] C\n  > No.\n"
RECALL = "### Rubric\n- [1] So\n\n### Answer\nSo.\n"


def problems(text: str) -> list[Problem]:
    """Return what is wrong with a file whose first line is line 8."""
    return list(bank(text).problems)


def of(kind: str, body: str, *, settings: str = "", end: str = END) -> list[tuple[str, int]]:
    """Return code and line of the problems of one question: its comment stands on line 9."""
    text = f"{HEAD}<!-- {kind} {settings} -->\n\nWhat?\n\n{body}\n{end}"
    return [(each.code, each.line) for each in problems(text)]


def test_a_problem_names_file_line_code_question_and_what_to_write() -> None:
    text = f"{HEAD}<!-- single -->\n\nWhat?\n\n{OPTIONS.replace('[x]', '[ ]')}\n{END}"

    assert str(problems(text)[0]) == (
        "questions/diagnosis.md:9: Q110 q-7k2m9d: 'single' needs exactly one [x], found 0"
    )


# Name, settings and parts


def test_an_unknown_format_is_refused() -> None:
    found = parse_questions(SINGLE, FRONT | {"format": "questions/2"}, "a.md")

    assert [each.code for each in found.problems] == ["Q100"]
    assert found.questions == ()


def test_a_file_needs_a_topic_and_questions() -> None:
    found = parse_questions("# Title\n", {"format": "questions/1"}, "a.md")

    assert [each.code for each in found.problems] == ["Q109", "Q108"]


def test_an_id_that_stands_twice_names_the_first_place() -> None:
    (found,) = problems(SINGLE + END + SINGLE.removeprefix("# Diagnosis\n\n") + END)

    assert str(found) == (
        "questions/diagnosis.md:30: Q101 q-7k2m9d: the id is taken by questions/diagnosis.md:10"
    )


@pytest.mark.parametrize("heading", ["## Title", "## [q-1] Title", "## [q-7k2m9u] Title"])
def test_an_id_is_q_and_six_signs(heading: str) -> None:
    found = problems(f"{heading}\n<!-- single -->\n\nWhat?\n\n{OPTIONS}{END}")

    assert [(each.code, each.line) for each in found] == [("Q102", 8)]


def test_a_title_and_a_text_are_needed() -> None:
    found = problems(f"## [q-7k2m9d]\n<!-- single -->\n\n{OPTIONS}{END}")

    assert [(each.code, each.line) for each in found] == [("Q108", 8), ("Q108", 8)]


def test_an_unknown_kind_names_the_nearest() -> None:
    (found,) = problems(f"{HEAD}<!-- singel -->\n\nWhat?\n\n{OPTIONS}{END}")

    assert (found.code, found.line, found.hint) == ("Q103", 9, 'did you mean "single"?')


@pytest.mark.parametrize(
    "text", ["What?\n", "What?\n\n<!-- single -->\n", "<!-- -->\n\nWhat?\n", "### Why\nSo.\n"]
)
def test_the_kind_stands_right_under_the_heading(text: str) -> None:
    assert [(each.code, each.line) for each in problems(HEAD + text)] == [("Q104", 8)]


def test_unknown_keys_name_the_nearest() -> None:
    text = f"{HEAD}<!-- single dificulty=2 score=all x=1 -->\n\nWhat?\n\n{OPTIONS}{END}"

    assert [(each.code, each.line, each.hint) for each in problems(text)] == [
        ("Q105", 9, 'did you mean "difficulty"?'),
        ("Q105", 9, "valid: difficulty, minutes, use, v, from"),
        ("Q105", 9, "valid: difficulty, minutes, use, v, from"),
    ]


@pytest.mark.parametrize(
    "setting",
    ["difficulty=4", "difficulty=0", "minutes=0", "minutes=soon", "use=never", "v=0", "v=1.5"],
)
def test_wrong_values_of_settings_are_told(setting: str) -> None:
    assert of("single", OPTIONS, settings=setting) == [("Q106", 9)]
    assert of("multi", OPTIONS.replace("A\n", "A\n  > Yes.\n"), settings="score=some") == [
        ("Q106", 9)
    ]


def test_unknown_and_repeated_parts_are_told() -> None:
    text = f"{HEAD}<!-- single -->\n\nWhat?\n\n{OPTIONS}\n### Whyy\nSo.\n{END}\n### Why\nSo.\n"

    assert [(each.code, each.line, each.hint) for each in problems(text)] == [
        ("Q107", 19, 'did you mean "Why"?'),
        ("Q107", 32, ""),
    ]
    assert of("single", OPTIONS, end="### Fix\nNone.\n" + END) == [("Q107", 19)]


def test_reasons_places_and_few_hints_are_wanted() -> None:
    end = "### Hints\n" + "".join(f"{number}. So.\n" for number in range(1, 5))

    assert of("single", OPTIONS, end=end) == [("Q180", 9), ("Q183", 9), ("Q184", 19)]
    assert of("single", OPTIONS, end="### Why\nSo.\n\n### See\n- Nowhere\n") == [("Q180", 22)]


# Options


@pytest.mark.parametrize("boxes", ["   ", "xx ", "xxx"])
def test_single_needs_exactly_one_right_option(boxes: str) -> None:
    body = "".join(f"- [{box}] {number}\n  > So.\n" for number, box in enumerate(boxes))

    assert of("single", body) == [("Q110", 9)]
    assert of("curve", CURVE.split("\n\n")[0] + "\n\n" + body) == [("Q110", 9)]


def test_multi_needs_a_right_option_and_reasons_everywhere() -> None:
    assert of("multi", "- [ ] A\n  > No.\n- [ ] B\n  > No.\n") == [("Q111", 9)]
    assert of("multi", OPTIONS) == [("Q113", 13)]


def test_wrong_options_need_a_reason() -> None:
    assert of("single", OPTIONS.replace("- [ ] C\n  > No.", "- [ ] C")) == [("Q113", 16)]


def test_there_are_two_to_four_options() -> None:
    assert of("single", "- [x] A\n") == [("Q112", 13)]
    more = "- [ ] D\n  > No.\n- [ ] E\n  > No.\n"
    assert of("single", OPTIONS + more) == [("Q117", 13)]
    assert of("single", "No options.") == [("Q116", 9)]
    assert of("single", OPTIONS.replace("- [ ] C", "- C")) == [("Q116", 16)]


@pytest.mark.parametrize(
    "text", ["All of the above", "None of the others", "**Both of the above**"]
)
def test_an_option_does_not_speak_of_the_others(text: str) -> None:
    assert of("single", OPTIONS.replace("] C", f"] {text}")) == [("Q114", 16)]


def test_options_differ() -> None:
    assert of("single", OPTIONS.replace("] C", "] B")) == [("Q115", 16)]


# Numbers and gaps


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("The answer is 3.", [("Q120", 9)]),
        ("= three\ntol: abs 0", [("Q120", 13)]),
        ("= 1,5\ntol: abs 0", [("Q120", 13)]),
        ("= 1e999\ntol: abs 0", [("Q120", 13)]),
        ("= 3", [("Q121", 13)]),
        ("= 3\ntol: 0.1", [("Q121", 14)]),
        ("= 3\ntol: abs -1", [("Q121", 14)]),
        ("= 3\ntol: rel 5", [("Q121", 14)]),
        ("= 0\ntol: rel 5%", [("Q121", 14)]),
        ("= 3\ntol: abs 0\naccept: x", [("Q122", 15)]),
        ("= 3\ntol: abs 0\nunits: m", [("Q122", 15)]),
        ("= 3\ntol: abs 0\ntol: abs 1", [("Q122", 15)]),
    ],
)
def test_what_a_number_may_not_be(body: str, found: list[tuple[str, int]]) -> None:
    assert of("numeric", body) == found


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        ("cloze", "No gaps.", [("Q125", 9)]),
        ("cloze", "{{1:a}} and {{1:b}}", [("Q126", 13)]),
        ("cloze", "{{1:a|}}", [("Q126", 13)]),
        ("recall", "{{1:a}}", [("Q126", 13)]),
    ],
)
def test_what_gaps_may_not_be(kind: str, body: str, found: list[tuple[str, int]]) -> None:
    assert of(kind, body, end=(RECALL if kind == "recall" else "") + END) == found


# Own words, order and pairs


def test_recall_needs_a_rubric_with_points_and_an_answer() -> None:
    assert of("recall", "") == [("Q130", 9)]
    assert of("recall", "", end="### Rubric\n- [1] So\n" + END) == [("Q132", 9)]
    assert of("recall", "", end=RECALL.replace("[1] ", "") + END) == [("Q131", 15)]
    follow = "\n### Follow-ups\n- (prob) Sure?\n"
    assert of("recall", "", end=RECALL + follow + END) == [("Q133", 21)]


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        ("order", "1. A\n2. B", [("Q140", 13)]),
        ("order", "- A\n- B\n- C", [("Q140", 9)]),
        ("order", "1. A\n2. B\n3. a", [("Q140", 13)]),
        ("match", "Nothing.", [("Q141", 9)]),
        ("match", "| a |\n|---|\n| b |", [("Q141", 13)]),
        ("match", "| a | b |\n|--|--|\n| c | d |\n|  | e |", [("Q141", 13)]),
        ("match", "| a | b |\n|--|--|\n| c | d |\n| e |  |", [("Q142", 13)]),
        ("match", "| a | b |\n|--|--|\n| c | d |\n| e | d |", [("Q142", 13)]),
        ("match", "| a | b |\n|--|--|\n| c | d |\n| c | e |", [("Q142", 13)]),
    ],
)
def test_what_orders_and_pairs_may_not_be(
    kind: str, body: str, found: list[tuple[str, int]]
) -> None:
    assert of(kind, body) == found


# Listings and plots


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (" {bug=3}", "", [("Q150", 13)]),
        ("bug=3", "bug=9", [("Q151", 13)]),
        ("print(total)", "print(total" + " " * 70 + ")", [("Q152", 17)]),
        ("print(total)", "\n" * 21 + "print(total)", [("Q152", 13)]),
        ("print(total)", "print(total", [("Q153", 17)]),
        ("### Fix", "### Why", [("Q107", 30), ("Q154", 9)]),
        ("total += n", "total +=", [("Q154", 25)]),
        ("total += n", "total = n", [("Q154", 25)]),
    ],
)
def test_what_a_listing_may_not_be(old: str, new: str, found: list[tuple[str, int]]) -> None:
    assert sorted(of("bug", BUG.replace(old, new))) == sorted(found)


def test_a_listing_has_at_least_three_lines_and_has_to_be_there() -> None:
    short = "```python {bug=1}\nprint(2)\n```\n\n### Fix\n```python\nprint(1)\n```\n"

    assert of("bug", short) == [("Q152", 13)]
    assert of("bug", OPTIONS) == [("Q150", 9)]


def test_python_in_the_text_of_any_question_parses() -> None:
    assert of("single", "```python\nx = (\n```\n\n" + OPTIONS) == [("Q153", 14)]
    assert of("single", "```\nx = (\n```\n\n" + OPTIONS) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("curve\n", "python\n", [("Q153", 20), ("Q160", 9)]),
        ("[2, 1, 1, 1, 0.5, 0.5]", "[2, 1", [("Q160", 22)]),
        ("noise:", "noice:", [("Q161", 17)]),
        ("shape:", "shop:", [("Q161", 14), ("Q162", 13)]),
        ("plateau-then-drop", "Plateau, then drop", [("Q162", 14)]),
        ("[train, validation]", "[train, test]", [("Q162", 20)]),
        ("epochs: 10", "epochs: many", [("Q162", 16)]),
        ("epochs: 10", "epochs: 9", [("Q162", 19)]),
        ("noise: 0.02", "noise: -1", [("Q162", 17)]),
        ("axis: loss", "axis: [loss]", [("Q162", 18)]),
        ("[0, 2, 4, 6, 8, 10]", "[0, 2, 2, 6, 8, 10]", [("Q162", 19)]),
        ("[0, 2, 4, 6, 8, 10]", "[0, 2, 4, 6, 8]", [("Q162", 20), ("Q162", 20)]),
        ("[2, 1, 1, 1, 0.5, 0.5]", "[2, 1, 1, 1, 0.5, .nan]", [("Q162", 20)]),
        ("[train, validation]", "[train, train]", [("Q162", 15), ("Q162", 20)]),
        ("noise: 0.02", "noise: 0.02\nkeep: [3]", [("Q162", 18)]),
        ("noise: 0.02", "noise: 0.02\nkeep: 4", [("Q162", 18)]),
        ("noise: 0.02", "noise: 0.02\nlevels: [high]", [("Q162", 18)]),
        ("noise: 0.02", "noise: 0.02\npace: 1", [("Q162", 18)]),
        ("noise: 0.02", "noise: 0.02\nstretch: -0.1", [("Q162", 18)]),
        ("noise: 0.02", "noise: 0.02\nstrech: 0.1", [("Q161", 18)]),
        ("noise: 0.02", "noise: 0.02\ntrend: [1, 2]", [("Q162", 18)]),
        ("noise: 0.02", "noise: 0.02\ntrend:\n  test: [1, 1, 1, 1, 1, 1]", [("Q162", 18)]),
        ("noise: 0.02", "noise: 0.02\ntrend:\n  train: [1, 1, 1]", [("Q162", 18)]),
    ],
)
def test_what_a_curve_may_not_be(old: str, new: str, found: list[tuple[str, int]]) -> None:
    assert sorted(of("curve", CURVE.replace(old, new))) == sorted(found)


def test_steps_are_numbered_and_have_a_kind() -> None:
    step = "### Step {}\n<!-- numeric -->\n\nHow many?\n\n= 3\ntol: abs 0\n\n"

    assert of("scenario", "") == [("Q170", 9)]
    many = "".join(step.format(number) for number in range(1, 12))
    assert of("scenario", "", end=many + END) == [("Q170", 94)]
    assert of("scenario", "", end=step.format(2) + END) == [("Q171", 14)]
    assert of("scenario", "", end=step.format(1).replace("numeric", "scenario") + END) == [
        ("Q103", 15)
    ]
    assert of("scenario", "", end=step.format(1).replace("numeric", "numeric use=exam") + END) == [
        ("Q105", 15)
    ]


# Questions together


def _many(count: int, right: int, *, is_longest: bool) -> str:
    """Return a file of questions whose right option has one place."""
    parts = []
    for number in range(count):
        options = [f"- [ ] Wrong {place}\n  > No.\n" for place in range(3)]
        options[right] = f"- [x] {'Quite right, surely' if is_longest else 'Right'}\n"
        name = f"q-00000{'0123456789abc'[number]}"
        parts.append(f"## [{name}] T\n<!-- single -->\n\nWhat?\n\n{''.join(options)}{END}\n")
    return "".join(parts)


def test_the_longest_option_is_not_always_right() -> None:
    assert [each.code for each in problems(_many(8, 0, is_longest=True))] == ["Q201"]
    assert [each.code for each in problems(_many(8, 0, is_longest=False))] == []
    assert [each.code for each in problems(_many(4, 0, is_longest=True))] == []


def test_right_options_do_not_stand_at_one_place() -> None:
    (found,) = problems(_many(9, 1, is_longest=False))

    assert (found.code, found.severity) == ("Q202", "warning")
    assert found.message == "right answers by position, of 3 options: 0, 9, 0"


def test_a_topic_has_eight_questions_and_three_for_exams() -> None:
    few = bank(_many(7, 0, is_longest=False)).questions
    enough = bank(_many(8, 0, is_longest=False).replace("single", "single use=exam")).questions

    assert [each.code for each in check_topics(few)] == ["Q203", "Q204"]
    assert list(check_topics(enough)) == []


BOOK = {
    "exam/curves.md": "---\nid: p-aaaaa1\n---\n# Curves\n\n## Shapes\n\nText.\n",
    "sources.md": "---\nid: p-aaaaa2\nkind: sources\n---\n# S\n\n`lecture` The lecture\n: Good.\n",
}
FILE = "---\nformat: questions/1\ntopic: t\nsources: [lecture]\n---\n" + SINGLE + END
FEW = [("Q203", "questions/a.md", 1), ("Q204", "questions/a.md", 1)]


def test_places_and_sources_of_questions_have_to_exist(tmp_path: Path) -> None:
    def found(number: int, text: str) -> list[tuple[str, str, int]]:
        files = {**BOOK, "questions/a.md": text}
        return [each for each in codes(library(tmp_path / str(number), files)) if each not in FEW]

    assert found(1, FILE) == []
    assert found(2, FILE.replace("curves.md", "curve.md")) == [("C201", "questions/a.md", 27)]
    assert found(3, FILE.replace("#shapes", "#shape")) == [("C202", "questions/a.md", 27)]
    assert found(4, FILE.replace("[@lecture]", "[@book]")) == [("C211", "questions/a.md", 20)]
    assert found(5, FILE.replace("sources: [lecture]\n", "")) == [("C212", "questions/a.md", 19)]
    assert found(6, FILE.replace("[lecture]", "[lecture, book]")) == [("C213", "questions/a.md", 4)]


def test_unknown_keys_of_the_front_matter_name_the_nearest(tmp_path: Path) -> None:
    text = FILE.replace("topic: t", "topic: t\nchapterr: exam")
    (found,) = [
        each
        for each in library(tmp_path, {**BOOK, "questions/a.md": text}).problems()
        if each.code.startswith("F")
    ]

    assert (found.code, found.line, found.hint) == ("F311", 4, 'did you mean "chapter"?')


def test_an_id_in_two_files_names_the_first(tmp_path: Path) -> None:
    files = {**BOOK, "questions/a.md": FILE, "questions/b.md": FILE}
    read = library(tmp_path, files)
    (found,) = [each for each in read.problems() if each.code == "Q101"]

    assert str(found) == "questions/b.md:8: Q101 q-7k2m9d: the id is taken by questions/a.md:8"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Text.\n\n## Why?\n<!-- cue q-3kd92m -->\n", [("Q190", "a.md", 9)]),
        ("## Why?\n<!-- cue q-3kd9 -->\n\nSo.\n", [("Q190", "a.md", 7)]),
        ("## Why?\n\nSo.\n\n<!-- cue q-3kd92m -->\n\nSo.\n", [("Q190", "a.md", 10)]),
        ("<!-- cue -->\n\nText.\n", [("Q190", "a.md", 6)]),
        (
            "## A?\n<!-- cue q-3kd92m -->\n\nSo.\n\n## B?\n<!-- cue q-3kd92m -->\n\nSo.\n",
            [("Q101", "a.md", 12)],
        ),
        ("## Why?\n<!-- a remark: cue q-3 -->\n\nSo.\n", []),
    ],
)
def test_what_a_cue_may_not_be(
    tmp_path: Path, text: str, found: list[tuple[str, str, int]]
) -> None:
    assert codes(library(tmp_path, {"a.md": f"---\nid: p-aaaaa1\n---\n# A\n\n{text}"})) == found


def test_every_code_of_a_question_has_a_meaning() -> None:
    assert all(CODES[code].text for code in CODES if code.startswith("Q"))


# Nothing is raised


KINDS = [
    "single",
    "multi",
    "numeric",
    "cloze",
    "recall",
    "order",
    "match",
    "bug",
    "curve",
    "scenario",
]
PARTS = ["Step 1", "Rubric", "Answer", "Fix", "Why", "Hints", "See"]
PIECES = st.sampled_from(
    (
        *(HEAD, "## [q-7k2m9e] T\n", "# T\n", "\n", "What?\n", "<!-- single v=x -->\n"),
        *(f"<!-- {kind} -->\n" for kind in question_parts.KINDS),
        *(f"### {part}\n" for part in PARTS),
        *(OPTIONS, BUG, CURVE, "= 3\ntol: abs 0\n", "= \n", "{{1:a|b::c}}", "{{2:\n}}"),
        *("1. A\n2. B\n3. C\n", "| a | b |\n|--|--|\n| c | d |\n", "```\n", "- [1] So\n"),
        *("- (probe) So\n", "> quote\n", "[^1]: Note\n", "[^1]", "<!--", "-->", "---\n"),
    )
)


@given(st.lists(PIECES | st.text(max_size=8), max_size=14).map("".join))
def test_any_text_is_read_without_raising_and_lines_stay_in_the_file(text: str) -> None:
    found = bank(text)

    last = 8 + text.count("\n")
    assert all(1 <= each.line <= last + 1 for each in found.problems)
    assert all(8 <= each.line <= last for each in found.questions)
