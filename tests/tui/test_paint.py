"""From a line to a strip: width, margin, styles, signs."""

from __future__ import annotations

import pytest
from rich.style import Style

from handbook.render.line import EMPTY, Line, Run
from handbook.tui.paint import SIGNS, Painter, gauge

BASE = Style(bgcolor="#11131a")


@pytest.fixture
def painter() -> Painter:
    return Painter("dark")


def test_a_line_is_as_wide_as_its_pane(painter: Painter) -> None:
    strip = painter.strip(Line((Run("Hello"),)), 12, BASE)
    assert strip.text == "Hello       "
    assert strip.cell_length == 12


def test_a_line_that_is_too_long_is_cut_at_the_edge(painter: Painter) -> None:
    assert painter.strip(Line((Run("Hello there"),)), 7, BASE).text == "Hello t"


def test_a_wide_sign_is_never_halved(painter: Painter) -> None:
    strip = painter.strip(Line((Run("机器学习"),)), 5, BASE)
    assert strip.cell_length == 5
    assert strip.text == "机器 "


def test_a_line_can_stand_in_from_the_edge(painter: Painter) -> None:
    assert painter.strip(Line((Run("in"),)), 6, BASE, left=2).text == "  in  "


def test_an_empty_line_is_ground(painter: Painter) -> None:
    strip = painter.strip(EMPTY, 3, BASE)
    assert [(segment.text, segment.style) for segment in strip] == [("   ", BASE)]


def test_a_style_is_put_over_the_ground_of_the_pane(painter: Painter) -> None:
    first = next(iter(painter.strip(Line((Run("See", "link"),)), 3, BASE)))
    assert first.style == BASE + painter.styles["link"]
    assert first.style.bgcolor == BASE.bgcolor


def test_a_style_that_no_theme_knows_is_plain(painter: Painter) -> None:
    first = next(iter(painter.strip(Line((Run("x", "unheard-of"),)), 1, BASE)))
    assert first.style == BASE


def test_brackets_are_text_and_no_markup(painter: Painter) -> None:
    text = "[@click=app.quit]here[/] [bold]x[/bold]"
    assert painter.strip(Line((Run(text),)), 60, BASE).text.rstrip() == text


@pytest.mark.parametrize("name", SIGNS)
def test_every_sign_has_an_ascii_twin(name: str) -> None:
    assert Painter("mono", ascii_only=True).sign(name).isascii()
    assert Painter("mono").sign(name) == SIGNS[name][0]


@pytest.mark.parametrize(
    ("share", "bar"),
    [(0, "░░░░"), (0.5, "██░░"), (1, "████"), (-3, "░░░░"), (7, "████"), (0.9, "████")],
)
def test_a_gauge_is_filled_by_a_share(painter: Painter, share: float, bar: str) -> None:
    assert gauge(share, 4, painter) == bar


def test_a_gauge_has_an_ascii_form() -> None:
    assert gauge(0.25, 8, Painter("mono", ascii_only=True)) == "##......"
