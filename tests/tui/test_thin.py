"""Thin output shows on a terminal what Textual's own output would show."""

from __future__ import annotations

from hashlib import sha256

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from handbook.tui.thin import Frame, changed, wide_cells
from tests.terminal.pseudo_terminal import what_is_seen

WIDTH, HEIGHT, HALF = 24, 9, 12
STYLES = [
    Style(color="#e6e6e0", bgcolor="#11131a"),
    Style(color="#e6e6e0", bgcolor="#11131a", bold=True),
    Style(color="#7fd1b9", bgcolor="#212634", underline=True, reverse=True),
    Style(color="red", bgcolor="default", dim=True, italic=True),
    Style(),
    Style(color="#4a5266", bgcolor="#11131a"),
    Style(color="#e6e6e0", bgcolor="#11131a", bold=True, dim=True),
]
CONSOLE = Console(force_terminal=True, color_system="truecolor")


def screen() -> tuple[pyte.Screen, pyte.Stream]:
    shown = pyte.Screen(WIDTH, HEIGHT)
    return shown, pyte.Stream(shown)


def strip_of(words: list[tuple[str, int]], width: int) -> Strip:
    segments = [Segment(text, STYLES[style]) for text, style in words]
    return Strip(segments).adjust_cell_length(width, STYLES[0])


def chops(drawn: dict[tuple[int, int], Strip]) -> ChopsUpdate:
    rows: list[dict[int, Strip | None]] = [{0: None, HALF: None} for _ in range(HEIGHT)]
    for (y, x), strip in drawn.items():
        rows[y][x] = strip
    spans = [(y, x, x + HALF) for y, x in sorted(drawn)]
    return ChopsUpdate(rows, spans, [[HALF, WIDTH]] * HEIGHT)


def everything(lines: list[str]) -> LayoutUpdate:
    strips = [[strip_of([(line, 0)], WIDTH)] for line in lines]
    return LayoutUpdate(strips, Region(0, 0, WIDTH, len(lines)))


texts = st.text("ab c─é漢字", max_size=8)
styles = st.integers(0, len(STYLES) - 1)
few = st.lists(st.tuples(texts, styles), max_size=4)
many = st.lists(st.tuples(st.sampled_from(["a", "│ ", "漢", " "]), styles), max_size=12)
strips = (few | many).map(lambda words: strip_of(words, HALF))
places = st.tuples(st.integers(0, HEIGHT - 1), st.sampled_from([0, HALF]))
updates = st.dictionaries(places, strips, min_size=1, max_size=12).map(chops)


@given(st.lists(updates, max_size=8))
def test_the_screen_is_the_same_as_with_whole_updates(drawn: list[ChopsUpdate]) -> None:
    whole, whole_stream = screen()
    thin, thin_stream = screen()
    frame = Frame()
    for update in drawn:
        whole_stream.feed(update.render_segments(CONSOLE))
        thin_stream.feed(frame.draw(update, CONSOLE))
        assert thin.display == whole.display
        assert what_is_seen(thin) == what_is_seen(whole)


LINES = [sha256(bytes([number])).hexdigest()[:WIDTH] for number in range(60)]


@given(st.lists(st.integers(0, 60 - HEIGHT), min_size=2, max_size=8), st.booleans())
def test_scrolling_ends_with_the_lines_that_are_wanted(tops: list[int], beside: bool) -> None:
    thin, stream = screen()
    frame = Frame()
    stream.feed(frame.draw(everything(["beside the text"] * HEIGHT), CONSOLE))
    column = HALF if beside else 0
    for top in tops:
        rows = {(y, column): strip_of([(LINES[top + y], 0)], HALF) for y in range(HEIGHT)}
        stream.feed(frame.draw(chops(rows), CONSOLE))
        shown = [row[column : column + HALF] for row in thin.display]
        assert shown == [line[:HALF] for line in LINES[top : top + HEIGHT]]
        rest = [row[HALF - column : WIDTH - column] for row in thin.display]
        assert rest == [f"{'beside the text':<24}"[HALF - column : WIDTH - column]] * HEIGHT


def test_rows_of_which_only_a_part_was_drawn_are_not_moved() -> None:
    thin, stream = screen()
    frame = Frame()
    stream.feed(frame.draw(everything(["beside"] * 3), CONSOLE))
    for top in (10, 9):
        rows = {(y, HALF): strip_of([(LINES[top + y], 0)], HALF) for y in range(HEIGHT)}
        stream.feed(frame.draw(chops(rows), CONSOLE))
    beside = [f"{'beside' if y < 3 else '':{HALF}}" for y in range(HEIGHT)]
    assert thin.display == [beside[y] + LINES[9 + y][:HALF] for y in range(HEIGHT)]


@pytest.mark.parametrize(
    ("column", "end"), [(0, ""), (0, "字"), (HALF, "")], ids=["left", "left by a wide one", "right"]
)
def test_a_pane_that_cut_wide_signs_in_halves_scrolls_and_moves_nothing_beside_it(
    column: int, end: str
) -> None:
    thin, stream = screen()
    frame = Frame()
    beside = [f"beside    {y}{'漢' if y % 2 else 'ab'}{y} beside" for y in range(HEIGHT)]
    stream.feed(frame.draw(everything(beside), CONSOLE))
    for top in (0, 1):
        texts = [LINES[top + y][: HALF - 2 * len(end)] + end for y in range(HEIGHT)]
        rows = {(y, column): strip_of([(text, 0)], HALF) for y, text in enumerate(texts)}
        stream.feed(frame.draw(chops(rows), CONSOLE))
    digit = HALF + 1 if column == 0 else HALF - 2
    for y, text in enumerate(texts):
        row = [thin.buffer[y][at].data for at in range(WIDTH)]
        assert "".join(row[column : column + HALF]) == text
        assert row[digit] == str(y)


def test_nothing_is_written_where_nothing_changed() -> None:
    frame = Frame()
    update = everything(LINES[:HEIGHT])
    assert frame.draw(update, CONSOLE) != ""
    assert frame.draw(update, CONSOLE) == ""


def test_one_changed_letter_is_a_move_and_a_letter() -> None:
    frame = Frame()
    frame.draw(everything(["abcdef"]), CONSOLE)
    ink = "38;2;230;230;224;48;2;17;19;26"
    assert frame.draw(everything(["abXdef"]), CONSOLE) == f"\x1b[1;3H\x1b[{ink}mX\x1b[0m"


def test_a_line_of_scrolling_is_left_to_the_terminal() -> None:
    frame = Frame()
    frame.draw(everything(LINES[:HEIGHT]), CONSOLE)
    written = frame.draw(everything(LINES[1 : HEIGHT + 1]), CONSOLE)
    assert written.startswith(f"\x1b[1;{HEIGHT}r\x1b[1;1H\x1b[1M\x1b[r")
    assert len(written) < 120


def test_after_it_was_told_to_forget_it_writes_everything() -> None:
    frame = Frame()
    update = everything(LINES[:HEIGHT])
    whole = frame.draw(update, CONSOLE)
    frame.forget()
    assert frame.draw(update, CONSOLE) == whole


def test_bold_goes_off_without_sending_the_colours_again() -> None:
    frame = Frame()
    update = LayoutUpdate([[strip_of([("ab", 1), ("cd", 0)], WIDTH)]], Region(0, 0, WIDTH, 1))
    written = frame.draw(update, CONSOLE)
    assert "ab\x1b[22mcd" in written


def test_bold_stays_when_dim_goes_off_by_the_code_of_both() -> None:
    frame = Frame()
    update = LayoutUpdate([[strip_of([("ab", 6), ("cd", 1)], WIDTH)]], Region(0, 0, WIDTH, 1))
    assert "ab\x1b[22;1mcd" in frame.draw(update, CONSOLE)


def test_a_blank_takes_no_ink_of_its_own() -> None:
    frame = Frame()
    words = [("a", 0), (" ", 1), ("b", 0), (" ", 2), ("c", 0)]
    update = LayoutUpdate([[strip_of(words, WIDTH)]], Region(0, 0, WIDTH, 1))
    written = frame.draw(update, CONSOLE)
    assert "a b\x1b[4;7;" in written  # an underlined blank is seen, a bold one is not
    assert " \x1b[24;27;" in written


def test_the_rules_of_a_table_are_drawn_together_where_that_is_shorter() -> None:
    frame = Frame()
    words = [("│", 5), ("a", 0), ("│", 5), ("b", 0), ("│", 5), ("c", 0), ("│", 5)]
    update = LayoutUpdate([[strip_of(words, WIDTH)]], Region(0, 0, WIDTH, 1))
    written = frame.draw(update, CONSOLE)
    assert "│\x1b[3G│\x1b[5G│\x1b[7G│" in written
    assert "a\x1b[4Gb\x1b[6Gc" in written
    assert written.count("m") == 3  # one colour for the rules, one for the words, and the end


def test_a_second_place_in_a_row_is_reached_by_its_column() -> None:
    frame = Frame()
    frame.draw(everything(["abcdefghijkl"]), CONSOLE)
    assert "X\x1b[12GY" in frame.draw(everything(["abXdefghijkY"]), CONSOLE)


def test_wide_signs_take_two_cells_and_are_never_cut() -> None:
    look = ("x",)
    cells = list(wide_cells("a漢b", look))
    assert cells == [("a", look), ("漢", look), None, ("b", look)]
    other = [("a", look), ("字", look), None, ("b", look)]
    assert list(changed(cells, other)) == [(1, 3)]
