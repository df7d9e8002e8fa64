import math

from handbook.model import Bar, Chart, Series
from handbook.render.cells import cells
from handbook.render.chart import chart_lines
from handbook.render.numbers import number, short_number, with_unit
from handbook.render.options import Options
from tests.render.frames import expected, frame, shown

GAP = Chart(
    "bars",
    "Able to build AI systems",
    bars=(
        Bar("Publishers (Element AI)", 5_000),
        Bar("Practitioners (Tencent)", 200_000, 300_000),
        Bar("Developers", 18_200_000),
    ),
    scale="log",
    unit="people",
)
SHARES = Chart("bars", bars=(Bar("first week", 60), Bar("second", 7.5), Bar("third", 0)), unit="%")
SCORES = Chart(
    "lines",
    "Best score in a contest",
    series=(
        Series("best", ((0, 35), (1, 53), (2, 61), (7, 66))),
        Series("median", ((0, 20), (7, 52))),
    ),
    x_label="day",
    y_label="score",
)


def drawn(chart: Chart, width: int, **options: bool) -> str:
    return frame(chart_lines(chart, width, Options(**options)))


def test_bars_have_their_label_left_and_their_figure_right():
    assert drawn(SHARES, 50) == expected("""
        first week ██████████████████████████████████  60%
        second     ████▎                              7.5%
        third                                           0%
        """)


def test_bars_in_ascii():
    assert drawn(SHARES, 50, ascii=True) == expected("""
        first week ##################################  60%
        second     ####                               7.5%
        third                                           0%
        """)


def test_below_50_cells_the_label_stands_above_its_bar():
    assert drawn(SHARES, 30) == expected("""
        first week
        █████████████████████████  60%
        second
        ███▏                      7.5%
        third
                                    0%
        """)


def test_a_log_scale_says_so_and_shows_the_powers_of_ten_and_a_range_its_two_ends():
    assert drawn(GAP, 72) == expected("""
        Able to build AI systems (people)
        Publishers (Element   ████▎                                        5,000
        AI)
        Practitioners                      ▐▉                    200,000–300,000
        (Tencent)
        Developers            █████████████████████████▌              18,200,000
                              ┴─────┴─────┴─────┴─────┴─────┴
                             1k    10k  100k   1M    10M  100M
        log scale: each mark is ten times the one before
        """)


def test_on_a_linear_scale_a_range_is_drawn_where_it_lies():
    chart = Chart("bars", bars=(Bar("a", 10), Bar("b", 5, 10)))
    assert drawn(chart, 50) == expected("""
        a ███████████████████████████████████████████   10
        b                      ▐█████████████████████ 5–10
        """)
    assert drawn(chart, 50, ascii=True).splitlines()[1].endswith("5-10")


def test_the_smallest_bar_can_still_be_seen():
    chart = Chart("bars", bars=(Bar("a", 1), Bar("b", 1_000_000)))
    assert drawn(chart, 50).splitlines()[0].split() == ["a", "▏", "1"]


def test_lines_are_drawn_with_braille_and_each_series_has_a_mark_and_dashes_of_its_own():
    picture = chart_lines(SCORES, 40, Options())[:13]
    assert frame(picture).replace("\u00a0", " ") == expected("""
        Best score in a contest
        score
          │          ●⣀⣀⣀⣀⠤⠤⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠒⠒⠊⠉⠉⠉●
        60┤      ⢀⡠⠔⠊⠁
          │    ⡠●⠁                         ⢀  ⠤■
          │  ⢀⠔⠁                     ⣀⡠  ⠒⠉⠁
        40┤ ⡔⠁                 ⣀⠤⠔  ⠉
          │●           ⢀  ⠤⠒⠊
          │      ⣀⡠  ⠒⠉⠁
        20┤■⠤⠔  ⠉
          └┬─────────┬──────────┬─────────┬─────
           0         2          4         6
        ─●─ best   ╌■╌ median                day
        """)


def test_the_points_follow_as_a_table_where_there_are_few():
    assert frame(chart_lines(SCORES, 72, Options())[-3:]) == expected("""
        day      0   1   2   7
        best    35  53  61  66
        median  20          52
        """)


def test_a_table_of_points_that_is_too_wide_stands_or_becomes_pairs():
    assert frame(chart_lines(SCORES, 20, Options())[-5:]) == expected("""
        day  best  median
        0      35      20
        1      53
        2      61
        7      66      52
        """)
    assert (
        frame(chart_lines(SCORES, 15, Options())[-4:])
        == expected("""
        best: 0=35,
        1=53, 2=61,
        7=66
        median: 0=20,
        7=52
        """).split("\n", 1)[1]
    )


def test_in_ascii_every_series_has_a_sign_of_its_own():
    text = drawn(SCORES, 60, ascii=True)
    assert text.isascii()
    assert "* best   + median" in text
    picture = text.splitlines()[2:14]
    assert sum(line.count("*") for line in picture) > 50
    assert sum(line.count("+") for line in picture) > 50


def test_many_points_are_not_told_one_by_one():
    curve = Series("loss", tuple((step, math.exp(-step / 9)) for step in range(50)))
    text = drawn(Chart("lines", series=(curve,), scale="log", x_label="step"), 60)
    assert text.startswith("log scale\n")
    assert text.splitlines()[-1].split() == ["─●─", "loss", "step"]


def test_charts_without_figures_that_can_be_drawn_say_only_their_title():
    assert drawn(Chart("bars", "Nothing"), 40) == "Nothing\n"
    assert drawn(Chart("lines", "Nothing", series=(Series("a", ()),)), 40) == "Nothing\n"
    nothing = Series("a", ((0, -1), (math.nan, 2)))
    assert drawn(Chart("lines", "Log", series=(nothing,), scale="log"), 40) == "Log\n"


def test_strange_figures_break_nothing():
    odd = (Bar("a", -5), Bar("b", math.inf), Bar("c", math.nan), Bar("d", 3, 2), Bar("", 1e-9))
    for scale in ("linear", "log"):
        for width in (8, 20, 49, 50, 200):
            lines = chart_lines(Chart("bars", "T", bars=odd, scale=scale), width, Options())
            assert all(cells(line.text) <= width for line in lines)
    flat = Chart("lines", series=(Series("a", ((1, 1),)), Series("b", ((1, 1), (1, 1)))))
    for width in (8, 20, 72):
        assert all(cells(line.text) <= width for line in chart_lines(flat, width, Options()))


def test_a_chart_on_a_page_is_as_wide_as_the_page():
    text = "```chart\ntype: bars\nbars:\n  - [one, 1]\n  - [two, 2]\n```\n"
    assert {len(line) for line in shown(text, 60).splitlines()} == {60}


def test_figures_are_written_for_people():
    assert [number(value) for value in (5000.0, 7.5, 0.3333333, 1e-5, -2.0, math.inf)] == [
        *("5,000", "7.5", "0.3333", "1e-05", "-2", "inf")
    ]
    assert [short_number(value) for value in (1e4, 3.6e6, 0.01, 250)] == [
        "10k",
        "3.6M",
        "0.01",
        "250",
    ]
    assert with_unit("35", "people") == "35 people"
    assert with_unit("35", "%") == "35%"
    assert with_unit("35", "") == "35"
