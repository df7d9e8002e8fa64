"""The widgets by themselves in a small app: they show what they get and tell what was done."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.events import MouseScrollDown

from handbook.render.line import Line, Run
from handbook.tui.paint import Painter
from handbook.tui.widgets.bars import Hint, KeyBar, TopBar, fitting
from handbook.tui.widgets.choices import ChoiceList, Item
from handbook.tui.widgets.lines import LineView
from tests.tui.driving import Desk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.widget import Widget


class OneWidget(App[None], inherit_bindings=False):
    """An app with one widget and what widgets ask an app for."""

    CSS = "LineView, ChoiceList { width: 1fr; height: 1fr; } TopBar, KeyBar { height: 1; }"

    def __init__(self, widget: Widget, *, is_ascii: bool = False) -> None:
        super().__init__()
        self.widget = widget
        self.painter = Painter("mono", ascii_only=is_ascii)
        self.told: list[object] = []

    def compose(self):
        yield self.widget

    def on_line_view_clicked(self, event: LineView.Clicked) -> None:
        self.told.append(("clicked", event.line, event.column))

    def on_choice_list_moved(self, event: ChoiceList.Moved) -> None:
        self.told.append(("moved", event.control.value))

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        self.told.append(("chosen", event.control.value))

    def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        self.told.append(("pressed", event.action))


@asynccontextmanager
async def showing(
    widget: Widget, size: tuple[int, int] = (20, 5), *, is_ascii: bool = False
) -> AsyncIterator[Desk]:
    app = OneWidget(widget, is_ascii=is_ascii)
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot)
        await desk.settle()
        yield desk


def lines(count: int) -> list[Line]:
    return [Line((Run(f"line {number}"),)) for number in range(count)]


def item(text: str, *more: str, can_choose: bool = True) -> Item:
    made = tuple(Line((Run(f"  {each}"),)) for each in (text, *more))
    return Item(made, text, can_choose)


# Lines


async def test_a_view_shows_the_lines_from_its_top_on_and_a_bar() -> None:
    view = LineView()
    async with showing(view) as desk:
        view.show(lines(20), top=4)
        await desk.settle()
        assert desk.rows() == [
            "line 4             │",
            "line 5             ┃",
            "line 6             │",
            "line 7             │",
            "line 8             │",
        ]
        assert (view.top, view.bottom, view.rows) == (4, 9, 5)


async def test_lines_that_all_fit_need_no_bar() -> None:
    view = LineView()
    async with showing(view) as desk:
        view.show(lines(3))
        await desk.settle()
        assert desk.rows() == ["line 0", "line 1", "line 2", "", ""]


async def test_a_measure_puts_the_lines_into_the_middle() -> None:
    view = LineView()
    view.measure = 9
    async with showing(view) as desk:
        view.show(lines(2))
        await desk.settle()
        assert desk.rows()[0] == "     line 0"
        assert (view.column_width, view.column_left) == (9, 5)


async def test_scrolling_stops_at_both_ends_and_is_told_only_when_it_moves() -> None:
    view = LineView()
    tops: list[int] = []
    async with showing(view) as desk:
        view.when_scrolled(lambda: tops.append(view.top))
        view.show(lines(8))
        assert not view.move(-1)
        assert view.move(2)
        assert view.move(100)
        assert not view.move(1)
        await desk.settle()
        assert view.top == 3
        assert tops == [2, 3]
        assert desk.rows()[-1].startswith("line 7")


@pytest.mark.parametrize(
    ("line", "top"), [(0, 0), (12, 10), (14, 12), (30, 28), (10, 8), (3, 1), (49, 45)]
)
async def test_a_line_is_revealed_with_some_around_it(line: int, top: int) -> None:
    view = LineView()
    async with showing(view):
        view.show(lines(50), top=10)
        view.reveal(line)
        assert view.top == top


async def test_fewer_lines_bring_the_top_back() -> None:
    view = LineView()
    async with showing(view):
        view.show(lines(50), top=40)
        view.show(lines(6))
        assert view.top == 1


async def test_the_wheel_scrolls_by_three() -> None:
    view = LineView()
    async with showing(view) as desk:
        view.show(lines(50))
        await desk.settle()
        await desk.pilot._post_mouse_events([MouseScrollDown], view)
        await desk.settle()
        assert view.top == 3


async def test_a_click_tells_the_line_and_the_column() -> None:
    view = LineView()
    view.measure = 9
    async with showing(view) as desk:
        view.show(lines(50), top=10)
        await desk.settle()
        await desk.pilot.click(offset=(7, 2))
        await desk.settle()
        assert desk.app.told == [("clicked", 12, 2)]


async def test_a_click_on_the_bar_jumps_there() -> None:
    view = LineView()
    async with showing(view) as desk:
        view.show(lines(50))
        await desk.settle()
        await desk.pilot.click(offset=(19, 2))
        await desk.settle()
        assert view.top == 20


async def test_a_click_below_the_last_line_is_nothing() -> None:
    view = LineView()
    async with showing(view) as desk:
        view.show(lines(1))
        await desk.settle()
        await desk.pilot.click(offset=(2, 3))
        await desk.settle()
        assert desk.app.told == []


async def test_signs_are_ascii_where_nothing_else_can_be_shown() -> None:
    view = LineView()
    async with showing(view, is_ascii=True) as desk:
        view.show(lines(20))
        await desk.settle()
        assert {row[-1] for row in desk.rows()} == {"#", "|"}


async def test_a_resize_is_told_before_a_frame_is_drawn() -> None:
    view = LineView()
    sizes: list[int] = []
    async with showing(view) as desk:
        view.when_sized(lambda: sizes.append(view.content_size.width))
        await desk.resize(30, 6)
        await desk.resize(12, 3)
        assert sizes == [20, 30, 12]


async def test_a_pane_as_high_as_its_lines_grows_and_shrinks_with_them() -> None:
    view = LineView()
    async with showing(view, (20, 10)) as desk:
        view.styles.height = "auto"
        for count in (3, 7, 2):
            view.show(lines(count))
            await desk.settle()
            await desk.settle()
            assert view.size.height == count


# Lists


async def test_the_cursor_stands_on_what_can_be_chosen() -> None:
    choices = ChoiceList()
    async with showing(choices) as desk:
        choices.show_items([item("Head", can_choose=False), item("one"), item("two")])
        choices.focus()
        await desk.settle()
        assert desk.rows()[:3] == ["  Head", "▌ one", "  two"]
        choices.move(1)
        choices.move(1)
        choices.move(-9)
        await desk.settle()
        assert choices.value == "one"
        assert [what for what, _ in desk.app.told] == ["moved", "moved"]


async def test_the_cursor_marks_every_line_of_an_item() -> None:
    choices = ChoiceList()
    async with showing(choices) as desk:
        choices.show_items([item("one", "more of it"), item("two")])
        await desk.settle()
        assert desk.rows()[:3] == ["▌ one", "▌ more of it", "  two"]


async def test_an_empty_list_has_no_value_and_stays_calm() -> None:
    choices = ChoiceList()
    async with showing(choices) as desk:
        choices.show_items([])
        choices.move(1)
        choices.choose()
        choices.put_cursor(7)
        await desk.settle()
        assert choices.value is None
        assert desk.app.told == []


async def test_the_cursor_is_always_in_sight() -> None:
    choices = ChoiceList()
    async with showing(choices) as desk:
        choices.show_items([item(f"item {number}") for number in range(30)], cursor=20)
        await desk.settle()
        assert desk.sees("▌ item 20")
        choices.put_cursor(0)
        await desk.settle()
        assert desk.rows()[0].startswith("▌ item 0")


async def test_other_items_keep_the_cursor_on_its_number() -> None:
    choices = ChoiceList()
    async with showing(choices):
        choices.show_items([item(str(n)) for n in range(5)], cursor=3)
        choices.show_items([item(str(n)) for n in range(10, 20)])
        assert choices.value == "13"
        choices.show_items([item("last")])
        assert choices.value == "last"


async def test_a_click_chooses() -> None:
    choices = ChoiceList()
    async with showing(choices) as desk:
        choices.show_items([item("one"), item("two"), item("three")])
        await desk.settle()
        await desk.pilot.click(offset=(3, 2))
        await desk.settle()
        assert desk.app.told == [("moved", "three"), ("chosen", "three")]


async def test_where_a_click_would_change_something_it_first_moves_the_cursor() -> None:
    choices = ChoiceList()
    choices.opens_at_once = False
    async with showing(choices) as desk:
        choices.show_items([item("one"), item("two"), item("three")])
        await desk.settle()
        await desk.pilot.click(offset=(3, 2))
        await desk.settle()
        assert desk.app.told == [("moved", "three")]
        await desk.pilot.click(offset=(3, 2))
        await desk.settle()
        assert desk.app.told[-1] == ("chosen", "three")


async def test_a_click_on_a_head_moves_nothing() -> None:
    choices = ChoiceList()
    async with showing(choices) as desk:
        choices.show_items([item("Head", can_choose=False), item("one")])
        await desk.settle()
        await desk.pilot.click(offset=(3, 0))
        await desk.settle()
        assert desk.app.told == []


# Bars


async def test_the_top_bar_shows_where_one_is_and_what_is_the_case() -> None:
    bar = TopBar()
    async with showing(bar, (40, 3)) as desk:
        bar.show(("Book", "Chapter", "Page"), ("38%", "", "4 min"))
        await desk.settle()
        assert desk.rows()[0] == "Book › Chapter › Page         38%  4 min"


async def test_a_narrow_top_bar_drops_the_outer_names_first() -> None:
    bar = TopBar()
    async with showing(bar, (24, 3)) as desk:
        bar.show(("Book", "Chapter", "Page"), ("38%",))
        await desk.settle()
        assert desk.rows()[0] == "Chapter › Page       38%"


async def test_a_very_narrow_top_bar_cuts_the_last_name() -> None:
    bar = TopBar()
    async with showing(bar, (12, 3)) as desk:
        bar.show(("Book", "A page with a long name"), ("38%", "4 min left"))
        await desk.settle()
        assert desk.rows()[0] == "A page with…"


HINTS = (
    Hint("j", "down", "a"),
    Hint("k", "up", "b"),
    Hint("x", "mark", "c"),
    Hint("?", "help", "h"),
)


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (40, ["down", "up", "mark", "help"]),
        (28, ["down", "up", "mark", "help"]),
        (27, ["down", "up", "help"]),
        (20, ["down", "up", "help"]),
        (14, ["down", "help"]),
        (6, ["help"]),
        (1, ["help"]),
    ],
)
def test_what_does_not_fit_a_footer_is_dropped_but_never_the_last(
    width: int, words: list[str]
) -> None:
    assert [hint.word for hint in fitting(HINTS, width, 2)] == words


def test_a_footer_may_be_empty() -> None:
    assert fitting((), 80, 2) == []


async def test_a_click_on_a_hint_runs_it_and_a_click_beside_it_nothing() -> None:
    bar = KeyBar()
    async with showing(bar, (40, 3)) as desk:
        bar.show(HINTS)
        await desk.settle()
        assert desk.rows()[0] == "j down  k up  x mark  ? help"
        await desk.click("up")
        await desk.pilot.click(offset=(7, 0))
        await desk.settle()
        assert desk.app.told == [("pressed", "b")]
