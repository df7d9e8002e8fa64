"""Sits down at the app as a reader does: presses keys, clicks, and reads the screen as text."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.keys import _character_to_key, key_to_character

from handbook.loader.library import Library
from handbook.settings import Settings
from handbook.store.store import Store
from handbook.terminal import Terminal
from handbook.tui.app import HandbookApp
from handbook.tui.screens.reader_page import PageScreen
from handbook.workspace import Locations, Workspace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import pytest
    from textual.pilot import Pilot
    from textual.strip import Strip

BOOK = Path(__file__).parents[1] / "frames" / "book"
NOON = 1_778_932_800_000  # 2026-05-16 12:00 UTC
PATIENCE = 20.0
"""Seconds after which a screen that does not come is a failure; nothing ever waits so long."""


class StillClock:
    """A clock that moves on by a second whenever somebody looks, in UTC."""

    def __init__(self, now: int = NOON) -> None:
        self.now = now

    def now_ms(self) -> int:
        self.now += 1000
        return self.now

    def tz_offset_min(self, at_ms: int) -> int:  # noqa: ARG002 - the same at any time
        return 0


@cache
def shelf(layers: tuple[Path, ...]) -> Workspace:
    """Return a workspace whose book and index others share: most tests read the same one."""
    return Workspace(Library.open(layers), Locations(layers, Path(), None))


def sit_down(data: Path, *layers: Path) -> Workspace:
    """Open a workspace at a book, with the reader's data in a folder and a clock of its own."""
    layers = layers or (BOOK,)
    shared = shelf(layers)
    shared.prepare_search()
    workspace = Workspace(shared.library, Locations(layers, data, None))
    workspace._index = shared._index
    workspace._store = Store.open(data / "progress.db", StillClock(), chance=lambda n: b"\7" * n)
    return workspace


class Desk:
    """A running app with the reader in front of it."""

    def __init__(self, app: HandbookApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def workspace(self) -> Workspace:
        return self.app.workspace

    async def press(self, *keys: str) -> None:
        """Press keys by their names or as characters; each has done its work when this returns."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
            character = key if len(key) == 1 else key_to_character(key)
            event = events.Key(name, character)
            event.set_sender(self.app)
            self.app._driver.send_message(event)
            await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def settle(self) -> None:
        """Wait until the app and all that is on the screen have dealt with what was sent."""
        for _ in range(2):
            await asyncio.sleep(0)
            await self.pilot._wait_for_screen(PATIENCE)
        if self.app.is_running and self.app.screen_stack:
            self.app.screen._on_timer_update()

    async def rest(self) -> None:
        """Wait for what comes after a key: the rest of a long page, and the next frame."""
        stack = self.app.screen_stack
        fillers = [each.filler for each in stack if isinstance(each, PageScreen)]
        await self.until(lambda: not any(each.is_at_work for each in fillers))
        drawn = asyncio.Event()
        self.app.call_after_refresh(drawn.set)
        await drawn.wait()
        await self.settle()

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait until something is the case; fail if it never is."""
        async with asyncio.timeout(PATIENCE):
            while not is_so():
                await asyncio.sleep(0.002)
            await self.settle()

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    # What a person sees

    def strips(self) -> list[Strip]:
        """Return the rows of the screen as Textual sends them to the terminal."""
        return self.app.screen._compositor.render_strips()

    def rows(self) -> list[str]:
        """Return the rows of the screen as text, without what is blank at their ends."""
        return [strip.text.rstrip() for strip in self.strips()]

    def screen(self) -> str:
        return "\n".join(self.rows()) + "\n"

    def sees(self, text: str) -> bool:
        """Tell whether a text stands on the screen, in one row."""
        return any(text in row for row in self.rows())

    async def click(self, text: str) -> None:
        """Click on the first cells of a text on the screen."""
        rows = self.rows()
        y = next(number for number, row in enumerate(rows) if text in row)
        x = self.strips()[y].text.index(text)
        await self.pilot.click(offset=(x, y))
        await self.settle()


@asynccontextmanager
async def opened(
    workspace: Workspace,
    *,
    size: tuple[int, int] = (80, 24),
    place: str = "",
    theme: str = "dark",
    settings: Settings | None = None,
    is_ascii: bool = False,
    toasts: bool = False,
) -> AsyncIterator[Desk]:
    """Run the app until the block ends; it begins when all work behind the first frame is done."""
    settings = settings or Settings(path=workspace.places.data / "config.toml")
    start = workspace.find_place(place) if place else None
    app = HandbookApp(workspace, settings, Terminal("true", theme, is_ascii, remote=False), start)
    async with app.run_test(size=size, notifications=toasts) as pilot:
        desk = Desk(app, pilot)
        await desk.until(lambda: app.is_background_done)
        await desk.settle()
        yield desk


def stop_the_clock(monkeypatch: pytest.MonkeyPatch, *, pause: float) -> None:
    """Make it noon on 16 May 2026 in UTC; the app takes a hand still for `pause` s as a pause."""
    screens = "handbook.tui.screens"
    monkeypatch.setattr(f"{screens}.checklist_lines.today", lambda: date(2026, 5, 16))
    for module in ("reader_page", "note"):
        monkeypatch.setattr(f"{screens}.{module}.PAUSE", pause)
    monkeypatch.setattr("handbook.practice.exam_clock.monotonic_ms", lambda: 0)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
