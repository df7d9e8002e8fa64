"""The screens of mock interviews at four sizes, with a clock that stands at twelve minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.tui.screens import mock_lines, mock_room
from tests.frames.scenes import Scene
from tests.frames.test_frames import SIZES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.frames.conftest import Show

SOMEBODY = ("7", "enter", "down", "enter")
ALONE = ("7", "enter", "enter", "enter")
SCENES = (
    Scene("mock", "", ("7",)),
    Scene("mock-ways", "", ("7", "enter")),
    Scene("mock-brief", "", SOMEBODY),
    Scene("mock-room", "", (*SOMEBODY, "enter", "enter", "h", "a")),
    Scene("mock-evidence", "", (*SOMEBODY, "enter", "3", *"too few", "enter")),
    Scene("mock-dimension", "", (*SOMEBODY, "enter", "3", *"looks at one thing", "enter")),
    Scene("mock-closed", "", (*SOMEBODY, "enter", "2", *"guesses and edits", "enter", "C", "C")),
    Scene("mock-answer", "", (*ALONE, "h")),
    Scene("mock-outline", "", (*ALONE, "enter", *"ln 10 is 2.30")),
    Scene("mock-judge", "", (*ALONE, "d", "y")),
    Scene(
        "mock-judged", "", (*ALONE, "enter", *"ln 10", "escape", "d", "y", "n", "enter", "enter")
    ),
    Scene("mock-report", "", (*ALONE, "d", "y", "n", "C", "C", "X")),
    Scene("mock-watch", "", ("7", "w")),
)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_the_screen_is_the_one_that_was_read(
    scene: Scene,
    size: tuple[int, int],
    show: Show,
    golden: Callable[[str, str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        mock_room,
        "clock_line",
        lambda now, _, width, painter: mock_lines.clock_line(
            now, now.running_ms + 725_000, width, painter
        ),
    )
    golden(f"{scene.name}-{size[0]}x{size[1]}", await show(scene, size, lambda desk: desk.screen()))
