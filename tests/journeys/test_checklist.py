"""The checklist: ticks, undo, notes, dates, files, and a second terminal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handbook.practice.plans import Plans
from tests.tui.driving import sit_down

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from handbook.model import Tick
    from tests.journeys.conftest import Kept, SitDown


def done(ticks: dict[str, Tick]) -> list[str]:
    return sorted(each.item for each in ticks.values() if each.done)


async def test_a_tick_is_on_disk_at_once(sit: SitDown, kept: Kept) -> None:
    async with sit() as desk:
        await desk.press("3", "down", "space")
        assert desk.sees("[x] Explain bias and variance")
        with kept() as store:
            assert done(store.ticks()) == ["c-000001"]
        assert desk.sees("1/6")


async def test_undo_takes_back_step_by_step_and_after_a_restart(sit: SitDown, kept: Kept) -> None:
    async with sit() as desk:
        await desk.press("3", "down", "space", "down", "space", "u")
        with kept() as store:
            assert done(store.ticks()) == ["c-000001"]
        assert desk.app.messages == ["Taken back"]
    async with sit() as desk:
        await desk.press("3", "u")
        with kept() as store:
            assert done(store.ticks()) == []
        await desk.press("u")
        assert desk.app.messages == ["Taken back", "There is nothing to take back"]


async def test_undo_brings_a_note_back_too(
    sit: SitDown, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each pause is a step to take back: here there is none before the note is closed.
    monkeypatch.setattr("handbook.tui.screens.note.PAUSE", 3600)
    async with sit() as desk:
        await desk.press("3", "down", "a")
        await desk.type("first")
        await desk.press("escape")
        assert desk.sees("✎")
        await desk.press("u")
        assert not desk.sees("✎")
    with kept() as store:
        assert store.notes() == {}


async def test_a_note_on_an_item_is_kept_under_its_id(sit: SitDown, kept: Kept) -> None:
    async with sit(size=(120, 40)) as desk:
        await desk.press("3", "down", "a")
        await desk.type("in 60 seconds")
        await desk.press("escape")
        assert desk.sees("in 60 seconds")
    with kept() as store:
        assert store.notes()["c-000001"].text == "in 60 seconds"


async def test_a_date_gives_each_phase_its_day(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("3", "D")
        await desk.type("2026-05-28")
        await desk.press("enter")
        assert desk.sees("by 20 May")
        assert desk.sees("interview in 12 days")
        checklist = desk.workspace.checklist("interview")
        assert Plans(desk.workspace.desk).day(checklist) == date(2026, 5, 28)
    async with sit() as desk:
        await desk.press("3")
        assert desk.sees("by 20 May")
        await desk.press("D")
        assert desk.sees("2026-05-28")
        for _ in range(10):
            await desk.press("backspace")
        await desk.press("enter")
        assert not desk.sees("by 20 May")


async def test_a_word_that_is_no_date_changes_nothing(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("3", "D")
        await desk.type("next week")
        await desk.press("enter")
        assert desk.app.messages == ["'next week' is no date (for example 2027-03-01)"]
        assert desk.app.place == "prompt"
        assert desk.sees("next week")
        await desk.press("escape")
        checklist = desk.workspace.checklist("interview")
        assert Plans(desk.workspace.desk).day(checklist) is None


async def test_the_filter_shows_all_open_or_done(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("3", "down", "space", "f")
        assert not desk.sees("Explain bias")
        assert desk.sees("Write a training loop")
        await desk.press("f")
        assert desk.sees("Explain bias")
        assert not desk.sees("Write a training loop")
        await desk.press("f")
        assert desk.sees("Explain bias")
        assert desk.sees("Write a training loop")


async def test_a_phase_folds(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("3", "left")
        assert not desk.sees("Explain bias")
        assert desk.sees("+ Foundations")
        await desk.press("right")
        assert desk.sees("Explain bias")


async def test_an_item_opens_the_page_behind_it(sit: SitDown) -> None:
    async with sit(size=(80, 12)) as desk:
        await desk.press("3", "down", "enter")
        assert desk.app.screen.page.info.title == "ML engineer"
        assert desk.app.screen.section.anchor == "tools"
        await desk.press("q")
        assert desk.app.place == "checklist"


async def test_an_item_without_a_page_says_so(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("3", "end", "enter")
        assert desk.app.messages == ["no page stands behind this item"]


async def test_the_list_is_written_to_a_new_file_and_never_over_one(
    sit: SitDown, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with sit() as desk:
        await desk.press("3", "down", "space", "E", "enter")
        assert desk.app.messages[-1] == f"Written: {tmp_path / 'interview.md'}"
        first = (tmp_path / "interview.md").read_text()
        assert "- [x] Explain bias and variance from a learning curve" in first
        await desk.press("space", "E", "enter")
        assert "interview.md is there already (choose another name)" in desk.app.messages[-1]
    assert (tmp_path / "interview.md").read_text() == first


async def test_a_file_that_cannot_be_written_is_one_line(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("3", "E")
        await desk.press(*["backspace"] * len("interview.md"))
        await desk.type("/nowhere/list.md")
        await desk.press("enter")
        assert desk.app.messages[-1] == (
            "/nowhere/list.md was not written: No such file or directory"
        )


async def test_what_another_terminal_ticks_is_shown(sit: SitDown, data: Path) -> None:
    async with sit() as desk:
        await desk.press("3")
        other = sit_down(data)
        other.tick("c-000002", done=True)
        other.close()
        assert not desk.sees("[x]")
        desk.app._look_elsewhere()
        await desk.settle()
        assert desk.sees("[x] Write a training loop")


async def test_the_app_looks_for_other_terminals_by_itself(sit: SitDown) -> None:
    async with sit() as desk:
        looks = [timer for timer in desk.app._timers if timer._callback == desk.app._look_elsewhere]
        assert [timer._interval for timer in looks] == [2.0]


async def test_why_an_item_is_there(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("3", "down", "i")
        assert desk.sees("The commonest warm-up question")
        assert desk.sees("90 minutes")
