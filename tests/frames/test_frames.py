"""Each screen of the app at four sizes, as text: read the files in `golden` to see the app.

`pytest tests/frames --frames` writes them anew; the difference then is the review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.frames.scenes import SCENES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.frames.conftest import Show
    from tests.frames.scenes import Scene

SIZES = ((40, 12), (80, 24), (120, 40), (200, 60))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_the_screen_is_the_one_that_was_read(
    scene: Scene, size: tuple[int, int], show: Show, golden: Callable[[str, str], None]
) -> None:
    golden(f"{scene.name}-{size[0]}x{size[1]}", await show(scene, size, lambda desk: desk.screen()))
