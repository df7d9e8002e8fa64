"""Golden frames: what a scene shows, compared with a file that a person has read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tui.driving import opened, sit_down, stop_the_clock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.frames.scenes import Scene
    from tests.tui.driving import Desk

    Show = Callable[..., Awaitable[str]]

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file; with `--frames` write the file instead."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / f"{name}.txt"
        if request.config.getoption("--frames"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert file.is_file(), f"{file.name} is not there yet: pytest tests/frames --frames"
        assert text == file.read_text(encoding="utf-8"), f"{file.name} shows something else"

    return compare


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Play a scene on a screen of a size and return what `look` makes of the desk."""
    stop_the_clock(monkeypatch, pause=3600)

    async def play(
        scene: Scene, size: tuple[int, int], look: Callable[[Desk], str], theme: str = "dark"
    ) -> str:
        workspace = sit_down(tmp_path / "data", *scene.books)
        if scene.before is not None:
            scene.before(workspace)
        async with opened(workspace, size=size, place=scene.place, theme=theme) as desk:
            if scene.topic:
                desk.app.open_study((scene.topic,))
                await desk.rest()
            await desk.press(*scene.keys)
            await desk.rest()
            text = look(desk)
        workspace.close()
        return text

    return play
