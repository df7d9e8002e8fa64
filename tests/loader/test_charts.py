import pytest

from handbook.loader.charts import read_chart
from handbook.loader.codes import Problems
from handbook.loader.markdown import parse_page
from handbook.model import Bar, Chart, ChartBlock, Code, PageInfo, Series


def read(text: str) -> tuple[Chart | None, list[str]]:
    problems = Problems("a.md")
    return read_chart(text, 11, problems), [str(problem) for problem in problems.all()]


def test_bars_may_be_numbers_and_ranges() -> None:
    text = """\
type: bars
title: "People: able"
scale: log
unit: people
bars:
  - [2018 (Element AI), 5000]
  - [Tencent, [2e5, 300_000]]
"""
    bars = (Bar("2018 (Element AI)", 5000.0), Bar("Tencent", 200000.0, 300000.0))
    chart = Chart("bars", title="People: able", bars=bars, scale="log", unit="people")
    assert read(text) == (chart, [])


def test_every_wrong_row_is_told() -> None:
    bars = "type: bars\nbars:\n- [a]\n- [b, 1]\n- [c, x]\n- [d, [2, 1]]\n"
    assert read(bars) == (
        None,
        [
            "a.md:13: P143 [label, number] is expected here",
            'a.md:15: P143 "x" is not a number',
            "a.md:16: P143 a range from 2 down to 1",
        ],
    )
    lines = "type: lines\nseries:\n- name: a\n  points: [[0, x], [1, y]]\n- name: b\n"
    assert read(lines)[1] == [
        'a.md:14: P143 "x" is not a number',
        'a.md:14: P143 "y" is not a number',
        'a.md:15: P144 a series has no "points"',
    ]


def test_lines_have_names_and_points() -> None:
    text = """\
type: lines
x: day
y: score
series:
  - name: best
    points: [[0, 35], [1.5, -2]]
  - {name: 2018, points: [[0, 1]]}
"""
    series = (Series("best", ((0.0, 35.0), (1.5, -2.0))), Series("2018", ((0.0, 1.0),)))
    assert read(text) == (Chart("lines", series=series, x_label="day", y_label="score"), [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "a.md:10: P144 the chart is empty (begin with type: bars or type: lines)"),
        ("- 1", "a.md:11: P143 a chart is a list of key: value lines"),
        ("title: x", "a.md:11: P144 the chart has no type (type: bars or type: lines)"),
        ("type: bar", 'a.md:11: P143 type cannot be "bar" (did you mean "bars"?)'),
        ("type: bars\ntitel: x", 'a.md:12: P142 unknown key "titel" (did you mean "title"?)'),
        ("type: bars\ntype: bars", 'a.md:12: P143 the key "type" stands twice'),
        ("type: bars", 'a.md:11: P144 the chart has no "bars"'),
        ("type: bars\nbars: []", 'a.md:12: P144 "bars" is empty'),
        ("type: bars\nbars: 1", "a.md:12: P143 a list is expected here"),
        ("type: bars\nbars:\n- [a]", "a.md:13: P143 [label, number] is expected here"),
        ("type: bars\nbars:\n- [a, x]", 'a.md:13: P143 "x" is not a number'),
        ("type: bars\nbars:\n- [a, '1']", 'a.md:13: P143 "1" is not a number'),
        ("type: bars\nbars:\n- [a, .inf]", 'a.md:13: P143 ".inf" is not a number'),
        ("type: bars\nbars:\n- [a, nan]", 'a.md:13: P143 "nan" is not a number'),
        ("type: bars\nbars:\n- [a, true]", 'a.md:13: P143 "true" is not a number'),
        ("type: bars\nbars:\n- ['', 1]", "a.md:13: P144 a bar has no label"),
        ("type: bars\nbars:\n- [a, [2, 1]]", "a.md:13: P143 a range from 2 down to 1"),
        (
            "type: bars\nscale: log\nbars:\n- [a, 0]",
            "a.md:14: P143 0 cannot be drawn on a log scale (above 0)",
        ),
        (
            "type: lines\nbars: []",
            'a.md:12: P142 unknown key "bars" (valid: type, title, scale, unit, x, y, series)',
        ),
        ("type: lines\nseries:\n- points: [[0, 1]]", 'a.md:13: P144 a series has no "name"'),
        (
            "type: lines\nseries:\n- name: a\n  points: [[1, 1], [1, 2]]",
            "a.md:14: P143 x has to rise: 1 after 1",
        ),
        ("type: bars\ntitle: [a]", "a.md:12: P143 text is expected here, not a list"),
        (
            "type: bars\n  bars: [",
            "a.md:12: P141 the chart is not YAML: mapping values are not allowed in this context",
        ),
        ("a: &a [1]\nb: *a", "a.md:11: P141 a chart cannot use & and *"),
        ("[" * 5000, "a.md:11: P141 a chart is nested too deeply"),
        ("a: 1\n" * 40_000, "a.md:11: P141 a chart of more than 131,072 characters"),
        ("type: bars\nbars:\n" + "- [a, 1]\n" * 61, "a.md:73: P143 61 bars, more than 60"),
    ],
)
def test_a_fault_names_its_line_and_the_nearest_valid_word(text: str, problem: str) -> None:
    chart, problems = read(text)
    assert chart is None
    assert problems == [problem]


def test_at_most_2000_points_are_drawn() -> None:
    points = ", ".join(f"[{x}, 1]" for x in range(1001))
    each = f"  - {{name: a, points: [{points}]}}\n"
    assert read(f"type: lines\nseries:\n{each}")[1] == []
    assert read(f"type: lines\nseries:\n{each}{each}")[1] == [
        "a.md:13: P143 2002 points, more than 2000"
    ]


def test_a_title_cannot_spell_an_escape_sequence() -> None:
    chart, _ = read('type: bars\ntitle: "a\\e[31mb\\u202e"\nbars: [[a, 1]]')
    assert chart
    assert chart.title == "ab"


def test_a_chart_that_cannot_be_drawn_is_shown_as_it_is_written() -> None:
    info = PageInfo("a", "a.md", "A")
    body = "# A\n\n```chart\ntype: bars\nbars: [[a, 1]]\n```\n\n```chart\ntype: pie\n```\n"
    page = parse_page(body, info, front={}, file="a.md", first_line=5)
    assert page.blocks[1:] == (
        ChartBlock(Chart("bars", bars=(Bar("a", 1.0),)), "type: bars\nbars: [[a, 1]]", 7),
        Code("type: pie", "chart", 12),
    )
    assert [(problem.code, problem.line) for problem in page.problems] == [("P143", 13)]
