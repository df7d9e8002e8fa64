"""Every key of every place, pressed once on a narrow and on a wide screen, breaks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.action_table import EXAM_PLACES, STUDY_PLACES
from handbook.actions import Keys

if TYPE_CHECKING:
    from tests.journeys.conftest import SitDown
    from tests.tui.driving import Desk

WAYS = {
    "home": (),
    "reader": ("1", "}"),
    "contents": ("1", "}", "t"),
    "find": ("1", "}", "/"),
    "search": ("s", "u", "n", "i"),
    "picker": (":",),
    "map": ("2",),
    "place": ("2", "p"),
    "compare": ("6",),
    "checklist": ("3", "down"),
    "progress": ("8",),
    "mock": ("7",),
    "mock-brief": ("7", "enter", "down", "enter"),
    "mock-room": ("7", "enter", "down", "enter", "enter"),
    "mock-answer": ("7", "enter", "enter", "enter"),
    "mock-judge": ("7", "enter", "enter", "enter", "d"),
    "mock-report": ("7", "enter", "enter", "X", "X"),
    "mock-watch": ("7", "w"),
    "problems": ("!",),
    "info": ("?",),
    "note": ("1", "}", "a"),
    "prompt": ("3", "D"),
}
"""Which keys lead from Home to each place."""

LEAVE = {"app.quit", "app.suspend", "app.back"}
"""What ends or stops the app, as it should: tried elsewhere."""

WITH_ALL = {"map", "search"}
"""Places where the keys that work everywhere are pressed too; in all of them it takes too long."""

NARROW, NORMAL = (40, 12), (120, 40)


async def go(desk: Desk, place: str) -> None:
    """Go to a place from wherever the last key has led."""
    for _ in range(8):
        if len(desk.app.screen_stack) == 1:
            break
        await desk.press("escape")
    await desk.press(*WAYS[place])


@pytest.mark.parametrize("size", [NARROW, NORMAL], ids=["40x12", "120x40"])
@pytest.mark.parametrize("place", WAYS)
async def test_every_key_of_a_place_can_be_pressed(
    sit: SitDown, place: str, size: tuple[int, int]
) -> None:
    async with sit(size=size) as desk:
        await go(desk, place)
        assert desk.app.place == place
        for action in Keys().of(place):
            is_tried = place in action.places or (size == NARROW and place in WITH_ALL)
            if action.id in LEAVE or not is_tried:
                continue
            for key in action.keys:
                if desk.app.place != place:
                    await go(desk, place)
                await desk.press(key)
                assert desk.app.is_running, (action.id, key)
                assert desk.app._exception is None, (action.id, key)


def test_every_place_with_keys_is_visited() -> None:
    places = {place for action in Keys().actions for place in action.places}
    elsewhere = {*EXAM_PLACES, *STUDY_PLACES}
    assert places - WAYS.keys() - elsewhere == {"everywhere", "help", "messages"}
