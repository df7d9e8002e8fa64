"""Themes: contrast by the formula of WCAG, a style for every name, no colour where none may be."""

from __future__ import annotations

import pytest

from handbook.render.line import STYLES
from handbook.tui.theme import PALETTES, Palette, line_styles, textual_theme

COLOURED = [each for each in PALETTES.values() if each.background.startswith("#")]
GROUNDS = ("background", "surface", "panel")
LEAST = {
    "text": 7.0,
    "muted": 4.5,
    "heading": 4.5,
    "accent": 4.5,
    "amber": 4.5,
    "error": 4.5,
    "link": 4.5,
}
"""The least contrast of an ink on each ground, from the table of the look."""

SIXTEEN = {"default", "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"}
every_theme = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
coloured = pytest.mark.parametrize("palette", COLOURED, ids=lambda palette: palette.name)


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb", from 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_values_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@coloured
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", LEAST)
def test_every_ink_can_be_read_on_every_ground(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= LEAST[ink]


@coloured
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_border_with_the_focus_stands_out(palette: Palette, ground: str) -> None:
    assert contrast(palette.accent, getattr(palette, ground)) >= 3


@coloured
def test_what_is_marked_by_its_ground_can_be_read(palette: Palette) -> None:
    for name, style in line_styles(palette).items():
        if style.bgcolor is not None and style.color is not None:
            assert contrast(style.color.name, style.bgcolor.name) >= 4.5, name


def test_the_inks_are_those_of_the_table_of_the_look() -> None:
    dark, light = PALETTES["dark"], PALETTES["light"]
    assert (dark.background, dark.text, dark.accent) == ("#11131a", "#e6e6e0", "#7fd1b9")
    assert (light.background, light.text, light.accent) == ("#fbf8f1", "#22252b", "#0b6e5f")


@every_theme
def test_every_name_of_a_style_has_one_in_every_theme(palette: Palette) -> None:
    assert set(line_styles(palette)) >= set(STYLES)


@every_theme
def test_a_hit_the_focus_and_the_cursor_are_not_told_by_colour_alone(palette: Palette) -> None:
    styles = line_styles(palette)
    assert styles["link"].underline
    for name in ("match", "match.current", "focus"):
        style = styles[name]
        assert style.reverse or style.bgcolor is not None, name
    assert styles["match"] != styles["match.current"]
    assert styles["cursor"].bold


def test_the_mono_theme_has_no_colour() -> None:
    for name, style in line_styles(PALETTES["mono"]).items():
        colours = {c.name for c in (style.color, style.bgcolor) if c is not None}
        assert colours <= {"default"}, name


def test_the_ansi_theme_has_the_sixteen_colours_of_the_terminal_only() -> None:
    for name, style in line_styles(PALETTES["ansi"]).items():
        colours = {c.name for c in (style.color, style.bgcolor) if c is not None}
        assert colours <= SIXTEEN, name


@every_theme
def test_the_frame_takes_its_colours_from_the_same_palette(palette: Palette) -> None:
    theme = textual_theme(palette)
    prefix = "" if palette.background.startswith("#") else "ansi_"
    assert theme.background == f"{prefix}{palette.background}"
    assert theme.variables["focus"] == f"{prefix}{palette.accent}"
    assert theme.variables["quiet"] == f"{prefix}{palette.quiet}"
    assert theme.dark is palette.dark
