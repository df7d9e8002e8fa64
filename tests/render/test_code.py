from handbook.model import Code
from handbook.render.code import code_rows
from handbook.render.line import STYLES, Run
from handbook.render.options import Options


def texts(code: Code, width: int, **options: bool) -> list[str]:
    return ["".join(run.text for run in row) for row in code_rows(code, width, Options(**options))]


def test_a_listing_fills_its_ground_with_a_cell_of_air_at_both_sides():
    assert texts(Code("a = 1\n\nb = 22\n"), 10) == [" a = 1    ", "          ", " b = 22   "]


def test_a_long_line_is_broken_where_it_is_full_and_marked_never_lost():
    assert texts(Code("loss = cross_entropy(x)"), 14) == [
        " loss = cross ",
        " ↪ _entropy(x ",
        " ↪ )          ",
    ]
    assert texts(Code("loss = cross_e"), 12, ascii=True) == [" loss = cro ", " > ss_e     "]


def test_tabs_go_to_the_next_multiple_of_four():
    assert texts(Code("\tx\n a\tb"), 12) == ["     x      ", "  a  b      "]


def test_wide_signs_are_counted_as_two_cells():
    assert texts(Code("機械学習"), 8) == [" 機械学 ", " ↪ 習   "]


def test_words_of_the_language_have_their_own_styles():
    rows = code_rows(Code("def f(x): return 'a', 12  # why\n", "python"), 40, Options())
    styles = {run.text: run.style for run in rows[0]}
    assert styles["def"] == styles["return"] == "code.keyword"
    assert styles["12"] == "code.number"
    assert styles["# why"] == "code.comment"
    assert styles["f"] == "code.block"
    assert set(styles.values()) <= set(STYLES)


def test_a_language_nobody_knows_is_left_in_one_colour():
    for language in ("", "text", "no-such-language"):
        rows = code_rows(Code("if x:", language), 9, Options())
        assert rows == [
            (Run(" ", "code.block"), Run("if x:", "code.block"), Run("   ", "code.block"))
        ]


def test_a_huge_listing_is_not_coloured():
    rows = code_rows(Code("if x: y\n" * 3000, "python"), 20, Options())
    assert {run.style for row in rows for run in row} == {"code.block"}
    assert len(rows) == 3000


def test_colouring_keeps_every_line():
    text = '"""Doc\n\nstring"""\n\n\nx = 1\n    \ny'
    assert [line.rstrip() for line in texts(Code(text, "python"), 40)] == [
        (" " + line).rstrip() for line in text.split("\n")
    ]


def test_without_colours_nothing_is_told_apart():
    rows = code_rows(Code("if x: y", "python"), 20, Options(highlight=False))
    assert {run.style for run in rows[0]} == {"code.block"}
