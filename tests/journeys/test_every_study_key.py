"""Every key of every place of study, pressed on a narrow and on a wide screen, breaks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.action_table import STUDY_PLACES
from handbook.actions import Keys
from handbook.study.queue import Sprint
from handbook.tui.screens.study import StudyScreen
from tests.tui.driving import BOOK

if TYPE_CHECKING:
    from tests.journeys.conftest import SitDown
    from tests.tui.driving import Desk

LAYERS = (BOOK, BOOK.parent / "study_book")
WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "study": ("code", ()),
    "judged": ("code", ("n",)),
    "session": ("code", ("n", "1", "q")),
    "answer": ("typed", ()),
}
"""Which session, and which keys in it, lead to each place."""

LEAVE = {"app.quit", "app.suspend", "app.back"}


async def go(desk: Desk, place: str) -> None:
    for _ in range(9):
        if len(desk.app.screen_stack) == 1:
            break
        await desk.press("escape")
    topic, keys = WAYS[place]
    desk.app.push_screen(StudyScreen((topic,), sprint=Sprint()))
    await desk.rest()
    await desk.press(*keys)


@pytest.mark.parametrize("size", [(40, 12), (160, 40)], ids=["40x12", "160x40"])
@pytest.mark.parametrize("place", WAYS)
async def test_every_key_of_a_place_can_be_pressed(
    sit: SitDown, place: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    for action in Keys().of(place):
        if action.id in LEAVE or place not in action.places:
            continue
        async with sit(*LAYERS, size=size) as desk:
            for key in action.keys:
                if desk.app.place != place:
                    await go(desk, place)
                await desk.press(key)
                assert desk.app.is_running, (action.id, key)
                assert desk.app._exception is None, (action.id, key)


def test_every_place_of_study_is_visited() -> None:
    assert set(WAYS) == set(STUDY_PLACES)
