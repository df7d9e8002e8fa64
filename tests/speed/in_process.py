"""Times the opening of pages inside one process: `python -m tests.speed.in_process BOOK SIZE...`.

Prints JSON: for each size in kB the milliseconds to the next frame, when the page is parsed anew,
when it comes from the cache on disk, when it is at hand, and with Textual's own Markdown widget.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from handbook import terminal as terminals
from handbook.settings import load_settings
from handbook.tui.app import HandbookApp
from handbook.tui.screens.reader import ReaderScreen
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

ROUNDS = 12
SCREEN = (120, 40)


async def next_frame(widget: Widget) -> None:
    """Wait until what was asked for has been painted."""
    painted = asyncio.Event()
    widget.call_after_refresh(painted.set)
    await painted.wait()


async def time_handbook(book: str, names: list[str]) -> dict[str, dict[str, list[float]]]:
    """Return the milliseconds of opening pages, by name and by where they came from."""
    found: dict[str, dict[str, list[float]]] = {name: {} for name in names}
    with tempfile.TemporaryDirectory() as folder:
        flags = {"only": Path(book), "data": Path(folder) / "data", "cache": Path(folder) / "cache"}
        settings = load_settings(flags, {}, Path(folder) / "config.toml")
        workspace = Workspace.open(settings)
        start = workspace.find_place("index")
        terminal = terminals.choose(settings, os.environ)
        app = HandbookApp(workspace, settings, terminal, start)
        async with app.run_test(size=SCREEN) as pilot:
            await pilot.pause()
            while not app.is_background_done:
                await pilot.pause(0.05)
            screen = app.screen
            assert isinstance(screen, ReaderScreen)
            for number in range(ROUNDS):
                for source in ("anew", "cache", "at hand"):
                    for name in names:
                        if source != "at hand":
                            workspace.library = type(workspace.library).open(
                                workspace.places.layers,
                                cache=None if source == "anew" else workspace.places.cache,
                            )
                        elif number == 0:
                            workspace.page(name)
                        place = workspace.find_place(name)
                        began = perf_counter()
                        screen.open(place)
                        await next_frame(screen)
                        times = found[name].setdefault(source, [])
                        times.append((perf_counter() - began) * 1000)
                        while not screen.page.complete or not screen.page_layout.is_complete:
                            await pilot.pause(0.02)
                        screen.open(start)
                        await next_frame(screen)
        workspace.close()
    return found


class Stock(App[None]):
    """Textual's own widget for Markdown."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Markdown()


async def time_stock(texts: dict[str, str]) -> dict[str, list[float]]:
    """Return the milliseconds of `Markdown.update` up to the next frame."""
    found: dict[str, list[float]] = {}
    app = Stock()
    async with app.run_test(size=SCREEN) as pilot:
        await pilot.pause()
        widget = app.query_one(Markdown)
        for name, text in texts.items():
            for _ in range(3 if len(text) < 50_000 else 1):
                began = perf_counter()
                await widget.update(text)
                await next_frame(widget)
                found.setdefault(name, []).append((perf_counter() - began) * 1000)
    return found


def main(book: str, names: list[str]) -> None:
    """Measure and print."""
    handbook = asyncio.run(time_handbook(book, names))
    small = [name for name in names if Path(book, f"{name}.md").stat().st_size < 300_000]
    stock = asyncio.run(time_stock({n: Path(book, f"{n}.md").read_text() for n in small}))
    print(json.dumps({"handbook": handbook, "stock": stock}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
