"""Progress and a measured checklist at four sizes, for a reader who studied for two weeks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.frames.test_frames import SIZES
from tests.practice.readers import DAY_MS, Person, write_book
from tests.tui.driving import NOON, opened, sit_down, stop_the_clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCENES = {
    "progress": ("8",),
    "progress-ahead": ("8", "v"),
    "progress-done": ("8", "v", "v"),
    "checklist-measured": ("3", "down"),
}


def study(book: Path, data: Path) -> None:
    """Study the losses, sit a test, and move the interview."""
    person = Person(book, data, NOON - 12 * DAY_MS)
    checklist = person.ready.demand_list()
    person.ready.set_day(checklist, date(2026, 5, 25))
    person.learns("loss")
    person.wait(1)
    person.sits(loss=7)
    person.wait(1)
    person.answers(person.of("bias")[:2], wrong=1)
    person.ready.set_day(checklist, date(2026, 5, 30))
    person.store.tick("c-000002", True, checklist="interview")
    person.store.close()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCENES)
async def test_the_screen_is_the_one_that_was_read(
    name: str,
    size: tuple[int, int],
    golden: Callable[[str, str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop_the_clock(monkeypatch, pause=3600)
    book, data = write_book(tmp_path / "book"), tmp_path / "data"
    study(book, data)
    workspace = sit_down(data, book)
    async with opened(workspace, size=size) as desk:
        await desk.press(SCENES[name][0])
        await desk.until(lambda: "questions" in vars(desk.workspace.desk))
        await desk.until(lambda: not desk.sees("Reading the questions"))
        await desk.press(*SCENES[name][1:])
        await desk.until(lambda: not desk.sees("Working out"))
        if name != "checklist-measured":
            progress = desk.app.screen
            await desk.until(lambda: progress._studying is not None)
        await desk.rest()
        golden(f"{name}-{size[0]}x{size[1]}", desk.screen())
    workspace.close()
