from handbook.render.line import Run
from handbook.render.options import Options
from handbook.render.roles import compare_lines, role_table_lines
from tests.render.frames import expected, frame
from tests.render.people import ENGINEER, RESEARCHER, ROLES, SCIENTIST


def test_the_map_as_a_table():
    assert frame(role_table_lines(ROLES[:2], 76)) == expected("""
        Role             ML knowledge    Software skill  Communication
        ──────────────────────────────────────────────────────────────
        E ML engineer    ▰▰▰▰▰▰▰▱▱▱ 7    ▰▰▰▰▰▰▰▱▱▱ 7    ▰▰▰▰▱▱▱▱▱▱ 4
        R ML researcher  ▰▰▰▰▰▰▰▰▰▰ 9.5  ▰▰▰▱▱▱▱▱▱▱ 3    ▰▰▰▰▰▱▱▱▱▱ 5
        """)


def test_a_role_that_was_not_on_an_earlier_chart_says_so():
    assert frame(role_table_lines([SCIENTIST], 40, Options(), "2021")) == expected("""
        Role: S Data scientist
        ML knowledge: not drawn
        Software skill: not drawn
        Communication: not drawn
        """)


def test_two_roles_side_by_side():
    lines = compare_lines((ENGINEER, RESEARCHER), 72)
    assert frame(lines) == expected("""
                       │ E ML engineer             │ R ML researcher
        ───────────────┼───────────────────────────┼──────────────────────────
        ML knowledge   │ ▰▰▰▰▰▰▰▱▱▱ 7              │ ▰▰▰▰▰▰▰▰▰▰ 9.5
        Software skill │ ▰▰▰▰▰▰▰▱▱▱ 7              │ ▰▰▰▱▱▱▱▱▱▱ 3              ≠
        Communication  │ ▰▰▰▰▱▱▱▱▱▱ 4              │ ▰▰▰▰▰▱▱▱▱▱ 5
        Work product   │ a prediction system fed   │ a model and a report
                       │ by live data              │
        Background     │ self-taught engineers     │ not said
        Receives       │ data                      │ data
        """)
    assert [line.block for line in lines] == [-1, -1, 0, 1, 2, 3, 3, 4, 5]
    assert lines[3].runs[-1] == Run("≠", "strong")


def test_only_the_rows_in_which_roles_differ():
    lines = compare_lines((ENGINEER, RESEARCHER), 72, Options(ascii=True), only_differences=True)
    assert frame(lines) == expected("""
                       | E ML engineer             | R ML researcher
        ---------------+---------------------------+--------------------------
        ML knowledge   | #######... 7              | ########## 9.5
        Software skill | #######... 7              | ###....... 3              !
        Communication  | ####...... 4              | #####..... 5
        Work product   | a prediction system fed   | a model and a report
                       | by live data              |
        Background     | self-taught engineers     | not said
        """)


def test_below_60_cells_roles_stand_one_after_the_other():
    assert frame(compare_lines((ENGINEER, RESEARCHER), 34)) == expected("""
        E ML engineer
        ML knowledge: ▰▰▰▰▰▰▰▱▱▱ 7
        Software skill: ▰▰▰▰▰▰▰▱▱▱ 7
        Communication: ▰▰▰▰▱▱▱▱▱▱ 4
        Work product: a prediction system
          fed by live data
        Background: self-taught engineers
        Receives: data

        R ML researcher
        ML knowledge: ▰▰▰▰▰▰▰▰▰▰ 9.5
        Software skill: ▰▰▰▱▱▱▱▱▱▱ 3
        Communication: ▰▰▰▰▰▱▱▱▱▱ 5
        Work product: a model and a report
        Background: not said
        Receives: data
        """)


def test_at_most_three_roles_are_compared_and_none_make_nothing():
    assert "AI engineer" not in frame(compare_lines(ROLES, 160))
    assert "Data scientist" in frame(compare_lines(ROLES, 160))
    assert compare_lines((), 80) == ()


def test_a_role_alone_has_no_signs_of_difference():
    assert "≠" not in frame(compare_lines((ENGINEER,), 80))


def test_no_line_is_wider_than_asked():
    for width in range(20, 200):
        for count in (1, 2, 3):
            for line in compare_lines(ROLES[:count], width):
                assert len(line.text) <= width
                assert line.text == line.text.rstrip()
