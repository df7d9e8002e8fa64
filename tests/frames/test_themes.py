"""Three screens in each theme, with the style of every cell, so that no colour changes unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.color import ColorType

from handbook.tui.theme import PALETTES
from tests.frames.scenes import SCENES
from tests.frames.styles import cells_of, style_map, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.frames.conftest import Show
    from tests.tui.driving import Desk

SIZE = (80, 24)
NAMES = ("reader-hits", "search", "checklist-dated")
STYLED = [scene for scene in SCENES if scene.name in NAMES]
EVERY = {scene.name: scene for scene in SCENES}
LOOKED_AT = ("home", "reader-code", "reader-chart", "reader-link", "map-placed", "note", "help")

every_theme = pytest.mark.parametrize("theme", PALETTES)
styled = pytest.mark.parametrize("scene", STYLED, ids=lambda scene: scene.name)


@every_theme
@styled
async def test_every_cell_has_the_style_that_was_seen(
    scene, theme: str, show: Show, golden: Callable[[str, str], None]
) -> None:
    golden(f"themes/{scene.name}-{theme}", await show(scene, SIZE, style_map, theme))


def colours(desk: Desk) -> set[str]:
    """Return what kinds of colours are on the screen, by words for a message."""
    found = set()
    for strip in desk.strips():
        for _, style in cells_of(strip):
            for colour in (style.color, style.bgcolor):
                if colour is not None:
                    found.add(f"{colour.type.name} {colour.name}")
    return found


@pytest.mark.parametrize("name", [*NAMES, *LOOKED_AT])
async def test_the_mono_theme_uses_no_colour_at_all(name: str, show: Show) -> None:
    found: set[str] = set()
    await show(EVERY[name], SIZE, lambda desk: found.update(colours(desk)) or "", "mono")
    assert {each for each in found if each != f"{ColorType.DEFAULT.name} default"} == set()


@pytest.mark.parametrize("name", [*NAMES, *LOOKED_AT])
async def test_the_ansi_theme_uses_only_the_sixteen(name: str, show: Show) -> None:
    found: set[str] = set()
    await show(EVERY[name], SIZE, lambda desk: found.update(colours(desk)) or "", "ansi")
    kinds = {each.split()[0] for each in found}
    assert kinds <= {ColorType.DEFAULT.name, ColorType.STANDARD.name}


def test_a_style_is_told_in_words() -> None:
    from rich.style import Style

    assert words(Style(color="green", bold=True)) == "bold green on default"
