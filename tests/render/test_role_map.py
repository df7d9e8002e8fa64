from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.model import Role, Skills
from handbook.render.cells import cells
from handbook.render.line import STYLES, Run
from handbook.render.options import Options
from handbook.render.role_map import role_map_lines
from tests.render.frames import expected, frame
from tests.render.people import ENGINEER, MAP, ROLES, SCIENTIST


def test_ml_knowledge_runs_to_the_right_and_software_engineering_upwards():
    picture = role_map_lines(ROLES, MAP, 60, 18, you=Skills(5, 2.5, 5), selected="ml-engineer")
    assert frame(picture.lines) == expected("""
        ▲ software engineering skill
        │ ships and runs              ┊                    rare mix
        │                             ┊
        │                             ┊
        │                             ┊
        │                             ┊
        │                             ┊          ▐E▌ ML engineer
        │            · Data scientist ┊· · · · · · · · ·
        │            ·                ┊                ·
        │┈┈┈┈┈┈┈┈┈┈┈┈·┈◆ you┈┈┈┈┈┈┈┈┈┈┼┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈·┈┈┈┈┈┈┈┈┈┈┈┈
        │            ·                ┊                ·
        │            ·               ●S●          ML researcher R●
        │            ·                ┊                ·
        │            ·                ┊                ·
        │            ·                ┊                ·
        │            · · ·  ●P●● ML product manager  · ·
        │ talks and decides           ┊                     deep ML
        └──────────────────────────────────────────── ML knowledge ▶
        """)
    assert picture.places == {
        "ml-engineer": (6, 42),
        "ml-researcher": (11, 56),
        "data-scientist": (11, 30),
        "ml-product-manager": (15, 21),
    }
    assert picture.you == (9, 15)


def test_the_map_in_ascii():
    picture = role_map_lines(ROLES, MAP, 60, 14, newer=True, options=Options(ascii=True))
    assert frame(picture.lines) == expected("""
        ^ software engineering skill
        | ships and runs              :                    rare mix
        |                             :
        |                             :
        |                             ML engineer E Ao AI engineer
        |            . Data scientist :. . . . . . . . .
        |            .                :                .
        |.............................+.............................
        |            .                :                .
        |            .               oSo          ML researcher Ro
        |            .                :                .
        |            . . .  oPoo ML product manager  . .
        | talks and decides           :                     deep ML
        +-------------------------------------------- ML knowledge >
        """)


def test_on_the_smallest_map_letters_stand_for_roles():
    picture = role_map_lines(ROLES, MAP, 20, 8, newer=True, selected="ml-engineer")
    assert frame(picture.lines) == expected("""
        ▲ software engineer…
        │         ┊
        │         ┊   A
        │ML engineer ▐E▌┈┈┈┈
        │         ┊
        │      P● S●      R
        │         ┊
        └──── ML knowledge ▶
        """)


def test_a_mark_is_the_larger_the_more_a_role_communicates():
    def mark(communication: float) -> str:
        role = replace(ENGINEER, skills=Skills(5, 2, communication))
        line = role_map_lines([role], MAP, 60, 5).lines[2].text
        return line.removesuffix(line[line.index(" ML") :]).strip(" │┈")

    assert [mark(value) for value in (2.7, 4, 4.7, 5, 7, 7.4, 9.5)] == [
        *("E", "E", "E●", "E●", "●E●", "●E●", "●E●●")
    ]


def test_the_marks_have_styles_of_their_own():
    picture = role_map_lines(ROLES, MAP, 60, 18, newer=True, selected="ml-engineer")
    runs = {run for line in picture.lines for run in line.runs}
    assert {run.style for run in runs} <= set(STYLES)
    assert Run("▐E▌", "cursor") in runs
    assert Run("A●", "map.newer") in runs
    assert Run("●S●", "map.role") in runs


def test_an_earlier_chart_shows_only_the_roles_that_were_on_it():
    picture = role_map_lines(ROLES, MAP, 60, 18, chart="2021")
    assert list(picture.places) == ["ml-engineer", "ml-researcher"]
    assert "Data scientist" not in frame(picture.lines)


def test_newer_roles_are_drawn_only_if_asked_for():
    assert "ai-engineer" not in role_map_lines(ROLES, MAP, 60, 18).places
    assert "ai-engineer" in role_map_lines(ROLES, MAP, 60, 18, newer=True).places


def test_a_map_without_words_of_its_own_is_drawn_too():
    text = frame(role_map_lines(ROLES, None, 60, 18).lines)
    assert "▲ software engineering skill" in text
    assert " ML knowledge ▶" in text


@pytest.mark.parametrize(("width", "height"), [(20, 8), (40, 12), (79, 22), (160, 50)])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_a_map_of_any_size_fills_its_lines_and_shows_every_letter(width, height, ascii_only):
    options = Options(ascii=ascii_only)
    picture = role_map_lines(ROLES, MAP, width, height, newer=True, options=options)
    assert len(picture.lines) == height
    assert all(cells(line.text) <= width for line in picture.lines)
    assert len(picture.places) == len(ROLES)
    for role in ROLES:
        row, column = picture.places[role.id]
        assert picture.lines[row].text[column] == role.letter


skill = st.floats(-1, 11)
roles = st.lists(st.tuples(skill, skill, skill), max_size=12).map(
    lambda drawn: [
        Role(str(index), f"Role number {index}", chr(65 + index), "p", Skills(*skills))
        for index, skills in enumerate(drawn)
    ]
)


@settings(max_examples=60, deadline=None)
@given(roles, st.integers(20, 160), st.integers(8, 50))
def test_marks_never_cover_each_other_nor_do_labels(drawn, width, height):
    picture = role_map_lines([*drawn, SCIENTIST], MAP, width, height, you=Skills(5, 5, 5))
    assert all(cells(line.text) <= width for line in picture.lines)
    for role in drawn:
        row, column = picture.places[role.id]
        assert picture.lines[row].text[column] == role.letter
    text = " ".join(run.text for line in picture.lines for run in line.runs if run.style == "text")
    for title in sorted((role.title for role in (*drawn, SCIENTIST)), key=len, reverse=True):
        text = text.replace(title, "")
    assert text.strip() == ""
