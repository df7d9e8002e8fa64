"""Plots of curves: axes with round figures, lines told apart without colour, tables of values."""

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model import Chart, Series
from handbook.render.cells import cells
from handbook.render.line_chart import plot_rows, value_table
from handbook.render.options import Options
from handbook.render.plot import pen_of
from handbook.render.ticks import across, upright
from tests.render.frames import expected


def chart(*rows: list[float], step: float = 4, x: str = "epoch", scale: str = "linear") -> Chart:
    lines = tuple(
        Series(name, tuple((index * step, y) for index, y in enumerate(row)))
        for name, row in zip(("train", "validation", "people"), rows, strict=False)
    )
    return Chart("lines", series=lines, x_label=x, y_label="loss", scale=scale)  # type: ignore[arg-type]


TRAIN = [2.3, 1.044, 0.48, 0.227, 0.113, 0.062, 0.039, 0.028, 0.024, 0.022, 0.021]
VALIDATION = [2.3, 1.522, 1.056, 0.9, 0.956, 1.037, 1.133, 1.238, 1.352, 1.473, 1.6]
OVERFIT = chart(TRAIN, VALIDATION)


def text_of(rows: list) -> str:
    lines = ("".join(run.text for run in row).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines).replace("\u00a0", " ")


def test_a_plot_has_round_figures_at_both_axes_and_dashes_for_the_second_series():
    assert text_of(plot_rows(OVERFIT, 60, Options())) == expected("""
        loss
           │■⡀
        2.0┤ ⢻
           │ ⠈⢆⠠⡀
           │  ⠈⡆⠑⡄                                               ⣀⣀■
        1.5┤   ⠘⡄■ ⢀                                    ■⡀ ⠠⠤⠒■ ⠈
           │    ⠱⡀  ⠑⢄⡀                        ⡀ ⢀⠤■⠂ ⠈⠉
        1.0┤     ●⡀    ■⠠⢄⡀       ■⣀⣀⠄ ⠠■⠔⠂ ⠈■⠉
           │      ⠈⠢⡀     ⠈⠁■⠐⠉⠉⠁
           │        ⠈⠢⡀
        0.5┤          ⠈●⠤⣀
           │              ⠉⠒●⢄⣀⡀
          0┤                   ⠈⠉⠑●⠒⠒⠤⠤⠤●⠤⠤⠤⠤●⠤⠤⠤⠤⠤●⠤⠤⣀⣀●⣀⣀⣀⣀⣀●⣀⣀⣀⣀●
           └┬─────────────┬─────────────┬────────────┬─────────────┬
            0             10            20           30           40
        ─●─ train   ╌■╌ validation                             epoch
        """)


def test_a_plot_in_ascii_is_ascii():
    text = text_of(plot_rows(OVERFIT, 38, Options(ascii=True)))

    assert text.isascii()
    assert text == expected("""
        loss
         |++
        2| *+
         |  *++                             ++
         |   * ++                +++++++++++
        1|    *  ++++++++++++++++
         |     **
         |       ******
        0|             ***********************
         ++--------+--------+-------+--------+
          0        10       20      30      40
        * train   + validation           epoch
        """)


def test_a_height_can_be_asked_for():
    rows = plot_rows(OVERFIT, 60, Options(), height=5)

    assert len(rows) == 1 + 5 + 2 + 1


def test_series_that_lie_on_each_other_take_turns_with_their_marks():
    text = text_of(plot_rows(chart(TRAIN, TRAIN), 60, Options()))

    assert text.count("●") == 1 + 5
    assert text.count("■") == 1 + 6


def test_series_differ_without_colour_and_by_style():
    pens = [pen_of(number, is_ascii=False) for number in range(6)]

    assert len({pen.mark for pen in pens}) == 6
    assert len({pen.dashes for pen in pens[:4]}) == 4
    assert len({pen.style for pen in pens[:3]}) == 3
    assert len({pen_of(number, is_ascii=True).mark for number in range(6)}) == 6


def test_a_dashed_line_has_gaps_and_a_whole_one_has_none():
    flat = chart([1.0] * 30, [2.0] * 30)
    lines = text_of(plot_rows(flat, 76, Options())).splitlines()
    whole = next(line for line in lines if "●" in line)
    dashed = next(line for line in lines if "■" in line)

    assert " " not in whole.partition("●")[2]
    assert dashed.partition("■")[2].count(" ") > 5


def test_what_hardly_moves_is_drawn_as_a_flat_line():
    rows = text_of(plot_rows(chart([2.308, 2.311, 2.304, 2.291, 2.302, 2.311]), 60, Options()))

    assert sum(any("\u2801" <= sign <= "\u28ff" for sign in row) for row in rows.splitlines()) <= 2


def test_an_axis_begins_at_zero_where_that_takes_little_room():
    assert upright([0.02, 2.3], is_log=False)[:2] == (0, 2.3)
    assert upright([35, 67], is_log=False)[:2] == (35, 67)
    assert upright([-3, 5], is_log=False)[:2] == (-3, 5)


@pytest.mark.parametrize(
    ("low", "high", "most", "found"),
    [
        (0, 2.3, 5, ["0", "0.5", "1.0", "1.5", "2.0"]),
        (0.085, 0.5, 5, ["0.1", "0.2", "0.3", "0.4", "0.5"]),
        (35, 67, 5, ["40", "50", "60"]),
        (0, 1672, 5, ["0", "500", "1,000", "1,500"]),
        (-1, 1, 3, ["-1", "0", "1"]),
        (0, 4e6, 3, ["0", "2M", "4M"]),
        (0, 3e-6, 4, ["0", "1e-06", "2e-06", "3e-06"]),
        (3, 3, 4, ["3"]),
    ],
)
def test_ticks_are_round(low: float, high: float, most: int, found: list[str]):
    axis = across([low, high])._replace(is_whole=False)

    assert [text for _, text in axis.ticks(most)] == found


def test_whole_steps_have_no_figures_between_them():
    assert [text for _, text in across([0, 1, 2]).ticks(8)] == ["0", "1", "2"]


def test_a_log_axis_has_powers_of_ten_or_its_ends():
    assert [text for _, text in upright([0.02, 300], is_log=True).ticks(5)] == [
        *("0.1", "1", "10", "100")
    ]
    assert [text for _, text in upright([2.0, 8.0], is_log=True).ticks(5)] == ["2", "8"]
    assert len(upright([1e-9, 1e9], is_log=True).ticks(4)) <= 4


# The table


def test_the_table_has_a_row_for_each_point():
    table = text_of(value_table(OVERFIT, 38, Options()))

    assert table.splitlines()[:4] == [
        "loss",
        "epoch  train  validation",
        "0      2.300       2.300",
        "4      1.044       1.522",
    ]
    assert len(table.splitlines()) == 13


def test_of_many_points_the_table_tells_twelve_and_the_last_one():
    lines = text_of(value_table(chart([float(y) for y in range(40)], step=1), 38, Options()))

    assert lines.splitlines()[-2:] == ["39        39", "10 of 40 points"]


def test_a_table_that_is_too_wide_becomes_pairs():
    lines = text_of(value_table(OVERFIT, 20, Options())).splitlines()

    assert lines[1].startswith("train: 0=2.3,")
    assert all(cells(line) <= 20 for line in lines)


def test_a_chart_without_points_has_neither_plot_nor_table():
    assert plot_rows(chart([]), 60, Options()) == []
    assert value_table(chart([]), 60, Options()) == []


anything = st.floats() | st.floats(-10, 10) | st.integers(-1000, 1000).map(float)


@given(
    st.lists(st.lists(anything, max_size=14), max_size=5),
    st.sampled_from(("linear", "log")),
    st.integers(1, 130),
    st.integers(0, 20),
    st.booleans(),
)
def test_no_row_is_wider_than_asked_whatever_the_figures(
    rows: list[list[float]], scale: str, width: int, height: int, is_ascii: bool
):
    drawn = chart(*rows, scale=scale)
    options = Options(ascii=is_ascii)
    for lines in (
        plot_rows(drawn, max(width, 14), options, height),
        value_table(drawn, 14, options),
    ):
        assert all(sum(cells(run.text) for run in row) <= max(width, 14) for row in lines)


@pytest.mark.speed
def test_a_plot_takes_less_than_two_milliseconds():
    start = time.perf_counter()
    for _ in range(100):
        plot_rows(OVERFIT, 76, Options())
    took = (time.perf_counter() - start) / 100
    sys.stderr.write(f"a plot of 76 columns: {took * 1000:.2f} ms\n")

    assert took < 0.002 * 5  # a slow machine is no fault
