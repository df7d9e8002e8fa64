"""Bookmarks and notes: on disk the moment they are made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.journeys.conftest import Kept, SitDown

ENGINEER = "p-000003"


async def test_a_bookmark_is_set_found_and_removed(sit: SitDown, kept: Kept) -> None:
    async with sit(place="roles/ml-engineer#tools", size=(80, 12)) as desk:
        await desk.press("m")
        assert desk.app.messages == ["Bookmarked: ML engineer › Tools"]
        with kept() as store:
            (bookmark,) = store.bookmarks()
        assert (bookmark.page, bookmark.anchor) == (ENGINEER, "tools")
        assert bookmark.title == "ML engineer › Tools"
        assert desk.sees("Tools  ★")
        await desk.press("0", "'", "enter")
        assert desk.app.screen.section.anchor == "tools"
        await desk.press("m")
        assert not desk.sees("★")
    with kept() as store:
        assert store.bookmarks() == ()


async def test_a_bookmark_is_removed_from_their_list(sit: SitDown, kept: Kept) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("m", "right", "m", "'")
        assert desk.sees("▌ ML researcher")
        await desk.press("delete")
        assert not desk.sees("▌ ML researcher")
    with kept() as store:
        assert [each.title for each in store.bookmarks()] == ["ML engineer"]


async def test_without_bookmarks_and_notes_their_lists_say_how_to_get_some(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("'", "A")
        assert desk.app.messages == [
            "no bookmark yet (m sets one where you read)",
            "no note yet (a writes one where you read)",
        ]
        assert desk.app.place == "home"


async def test_a_note_on_a_section_is_kept_with_its_place(sit: SitDown, kept: Kept) -> None:
    async with sit(place="roles/ml-engineer#tools", size=(80, 12)) as desk:
        await desk.press("a")
        await desk.type("Ask Bo, s?")
        await desk.press("escape")
        assert desk.app.place == "reader"
        assert desk.sees("Tools  ✎")
        with kept() as store:
            assert store.notes()[f"{ENGINEER}#tools"].text == "Ask Bo, s?"
        await desk.press("0", "A")
        await desk.type("bo")
        await desk.press("enter")
        assert desk.app.screen.section.anchor == "tools"


async def test_an_emptied_note_is_gone(sit: SitDown, kept: Kept) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("a")
        await desk.type("no")
        await desk.press("escape", "a", "backspace", "backspace", "ctrl+s")
        assert not desk.sees("✎")
    with kept() as store:
        assert store.notes() == {}


async def test_a_note_is_on_disk_after_a_pause_while_it_is_being_written(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("a")
        await desk.type("half a thou")
        await desk.until(lambda: ENGINEER in desk.workspace.notes())
        await desk.until(lambda: desk.workspace.notes()[ENGINEER].text == "half a thou")
        assert desk.app.place == "note"
        with kept() as store:
            assert store.notes()[ENGINEER].text == "half a thou"


WRITER = """
import asyncio, os, signal, sys
from pathlib import Path
from handbook.tui.screens import note
from tests.tui.driving import opened, sit_down

note.PAUSE = 0.01

async def write():
    async with opened(sit_down(Path(sys.argv[1])), place="roles/ml-engineer") as desk:
        await desk.press("a")
        await desk.type("half a thou")
        await desk.until(lambda: "p-000003" in desk.workspace.notes())
        await desk.until(lambda: desk.workspace.notes()["p-000003"].text == "half a thou")
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(write())
"""


def test_a_note_outlives_a_kill_in_the_middle_of_typing(data: Path, kept: Kept) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", WRITER, str(data)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        check=False,
        capture_output=True,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    with kept() as store:
        assert store.notes()[ENGINEER].text == "half a thou"


async def test_notes_can_be_searched(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("a")
        await desk.type("xylophone")
        await desk.press("escape", "0", "s")
        await desk.type("xylophne")
        assert desk.sees("xylophone")
        await desk.press("enter")
        assert desk.app.screen.page.info.id == ENGINEER
