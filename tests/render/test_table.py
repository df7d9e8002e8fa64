import pytest

from handbook.model import Table
from handbook.render.cells import cells
from handbook.render.context import Context
from handbook.render.line import Line, Run
from handbook.render.options import Options
from handbook.render.table import shared_widths, table_rows
from tests.render.frames import expected, frame, page, shown

POOLS = """
    | Pool | Low | What it counts |
    |:-----|----:|:--------------|
    | Can build AI systems | 5,000 | people who publish, or who have the skills, by the source |
    | Developers | 18,200,000 | everyone |
"""


def table_lines(table: Table, width: int, options: Options) -> list[Line]:
    return [Line(row) for row in table_rows(table, width, Context(options))]


def test_below_90_cells_there_is_a_rule_under_the_header_and_cells_wrap_at_words():
    assert shown(POOLS, 72) == expected("""
        Pool                         Low  What it counts
        ────────────────────────────────────────────────────────────────────────
        Can build AI systems       5,000  people who publish, or who have the
                                          skills, by the source

        Developers            18,200,000  everyone
        """)


def test_from_90_cells_on_there_is_a_grid_with_rules_between_rows_of_several_lines():
    assert shown(POOLS, 90) == expected("""
        ┌──────────────────────┬────────────┬────────────────────────────────────────────────────┐
        │ Pool                 │        Low │ What it counts                                     │
        ├──────────────────────┼────────────┼────────────────────────────────────────────────────┤
        │ Can build AI systems │      5,000 │ people who publish, or who have the skills, by the │
        │                      │            │ source                                             │
        ├──────────────────────┼────────────┼────────────────────────────────────────────────────┤
        │ Developers           │ 18,200,000 │ everyone                                           │
        └──────────────────────┴────────────┴────────────────────────────────────────────────────┘
        """)


def test_the_grid_can_be_asked_for_and_drawn_in_ascii():
    table = page("| a | b |\n|---|:-:|\n| 1 | two three |\n").blocks[0]
    assert frame(table_lines(table, 60, Options(ascii=True, grid=True))) == expected("""
        +---+-----------+
        | a |     b     |
        +---+-----------+
        | 1 | two three |
        +---+-----------+
        """)


def test_below_60_cells_each_row_becomes_a_small_list():
    assert shown(POOLS, 40) == expected("""
        Pool: Can build AI systems
        Low: 5,000
        What it counts: people who publish, or
          who have the skills, by the source

        Pool: Developers
        Low: 18,200,000
        What it counts: everyone
        """)


def test_columns_that_would_get_less_than_eight_cells_make_a_list_too():
    names = [f"column number {n}" for n in range(9)]
    text = f"| {' | '.join(names)} |\n|{'---|' * 9}\n| {' | '.join(names)} |\n"
    assert shown(text, 72).startswith("column number 0: column number 0\ncolumn number 1: ")


def test_empty_cells_leave_no_line_in_a_list():
    assert (
        shown("| a | b |\n|---|---|\n| 1 |  |\n|  |  |\n| 2 | 3 |\n", 30) == "a: 1\n\na: 2\nb: 3\n"
    )


def test_a_table_without_rows_keeps_its_header():
    assert shown("| a | b |\n|---|---|\n", 30) == "a\nb\n"
    assert shown("| a | b |\n|---|---|\n", 60) == "a  b\n────\n"


def test_columns_that_fit_keep_their_width_and_the_rest_is_shared_out():
    assert shared_widths([5, 80, 70], 65, ()) == [5, 30, 30]
    assert shared_widths([5, 80, 20], 65, ()) == [5, 40, 20]
    assert shared_widths([80, 12, 70], 53, [1]) == [21, 12, 20]
    assert shared_widths([3, 4], 60, ()) == [3, 4]


def test_a_link_in_a_cell_stays_a_link_on_each_of_its_lines():
    table = page("| a | b |\n|---|---|\n| x | [" + "long text " * 9 + "](b.md) |\n").blocks[0]
    lines = table_lines(table, 60, Options())
    linked = [run for line in lines for run in line.runs if run.link == 0]
    assert len(linked) == 2
    assert {run.style for run in linked} == {"link"}


@pytest.mark.parametrize("width", [20, 59, 60, 72, 89, 90, 140])
def test_no_line_of_a_table_is_too_wide(width):
    table = page(POOLS.replace("everyone", "機械学習" * 20 + "x" * 50)).blocks[0]
    assert all(cells(line.text) <= width for line in table_lines(table, width, Options()))


def test_names_of_columns_are_told_apart_by_style():
    table = page("| a | b |\n|---|---|\n| 1 | 2 |\n").blocks[0]
    assert table_lines(table, 30, Options())[0].runs == (
        Run("a", "table.header"),
        Run(": ", "table.header"),
        Run("1", "text"),
    )
