"""Every key of every place of exams, pressed on a narrow and on a wide screen, breaks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.action_table import EXAM_PLACES
from handbook.actions import Keys
from tests.tui.driving import BOOK

if TYPE_CHECKING:
    from tests.journeys.conftest import SitDown
    from tests.tui.driving import Desk

LAYERS = (BOOK, BOOK.parent / "exam_book")
END = ("X", "down", "enter")
WAYS: dict[str, tuple[str, ...]] = {
    "exam": ("5",),
    "exam-start": ("5", "enter"),
    "sitting": ("5", "enter", "enter"),
    "open-sitting": ("5", "enter", "o", "enter"),
    "exam-grid": ("5", "enter", "enter", "G"),
    "exam-result": ("5", "enter", "enter", *END),
    "exam-review": ("5", "enter", "enter", *END, "enter"),
    "exam-grading": ("5", "enter", "S", "a", "enter", "enter", *END, "enter", *["right"] * 5),
    "exam-history": ("5", "v"),
}
"""Which keys lead from Home to each place, for a reader who never sat an exam."""

LEAVE = {"app.quit", "app.suspend", "app.back"}


async def go(desk: Desk, place: str) -> None:
    """Go to a place from Home; an exam left open by the last key is handed in first."""
    for _ in range(9):
        if len(desk.app.screen_stack) == 1:
            break
        await desk.press("escape")
    await desk.press("5")
    if desk.sees("In progress"):
        await desk.press("home", "enter")
        await desk.press(*END)
        await desk.press("escape")
    await desk.press("escape", *WAYS[place])
    await desk.rest()


@pytest.mark.parametrize("size", [(40, 12), (160, 40)], ids=["40x12", "160x40"])
@pytest.mark.parametrize("place", WAYS)
async def test_every_key_of_a_place_can_be_pressed(
    sit: SitDown, place: str, size: tuple[int, int]
) -> None:
    async with sit(*LAYERS, size=size) as desk:
        await go(desk, place)
        assert desk.app.place == place
        for action in Keys().of(place):
            if action.id in LEAVE or place not in action.places:
                continue
            for key in action.keys:
                if desk.app.place != place:
                    await go(desk, place)
                await desk.press(key)
                assert desk.app.is_running, (action.id, key)
                assert desk.app._exception is None, (action.id, key)


def test_every_place_of_exams_is_visited() -> None:
    assert set(WAYS) == set(EXAM_PLACES)
