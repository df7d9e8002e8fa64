"""Mock interviews with real keys: with somebody, alone, at every size, watched from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.practice.desk import Desk as Table
from handbook.practice.mocks import Mocks
from tests.tui.driving import sit_down

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.event import Event
    from handbook.store.store import Store
    from tests.journeys.conftest import Kept, SitDown
    from tests.tui.driving import Desk

SIZES = [(40, 12), (80, 24), (120, 40), (200, 60)]
WITH_SOMEBODY = ("7", "enter", "down", "enter")
ALONE = ("7", "enter", "enter")


@pytest.fixture(autouse=True)
def short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handbook.tui.screens.mock_interview.PAUSE", 0.01)


def events(store: Store, kind: str) -> list[Event]:
    return [event for event in store.practice.events() if event.entry.kind == kind]


def kinds(store: Store) -> list[str]:
    return [event.entry.kind for event in store.practice.events() if "mock" in event.entry.kind]


async def answer(desk: Desk, text: str) -> None:
    """Type into the prompt and keep it."""
    await desk.type(text)
    await desk.press("enter")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_interview_with_somebody_is_kept_act_by_act(
    sit: SitDown, kept: Kept, size: tuple[int, int]
) -> None:
    async with sit(size=size) as desk:
        await desk.press(*WITH_SOMEBODY)
        assert desk.app.place == "mock-brief"
        assert desk.sees("Enter begins")
        await desk.press("enter")
        assert desk.app.place == "mock-room"
        await desk.press("enter", "h", "a")
        with kept() as store:
            assert kinds(store) == [
                "mock_round",
                "mock_ask",
                "mock_follow",
                "mock_hint",
                "mock_tick",
            ]
            (tick,) = events(store, "mock_tick")
            assert tick.entry.item_uid == "m-000001"
            assert tick.entry.data["criterion"] == 0
        await desk.press("n")
        await answer(desk, "asked for the data")
        with kept() as store:
            (note,) = events(store, "mock_note")
            assert (note.entry.data["text"], note.entry.data["dimension"]) == (
                "asked for the data",
                "",
            )


async def test_a_score_waits_for_evidence_and_stays_hidden(sit: SitDown, kept: Kept) -> None:
    async with sit(size=(120, 40)) as desk:
        await desk.press(*WITH_SOMEBODY, "enter", "3")
        assert desk.app.place == "prompt"
        await answer(desk, "too few")
        assert desk.app.place == "prompt"
        with kept() as store:
            assert events(store, "mock_score") == []
        await answer(desk, " words no more")
        with kept() as store:
            (score,) = events(store, "mock_score")
            assert (score.entry.data["dimension"], score.entry.data["score"]) == (
                "Debugging method",
                3,
            )
        assert desk.sees("Explaining (2 of 2)")
        assert not desk.sees("score 3")
        await desk.press("shift+tab")
        assert desk.sees("scored; hidden until the round is closed")
        await desk.press("C")
        assert "again closes" in desk.app.messages[-1]
        await desk.press("C")
        assert desk.sees(" 3  Debugging method")
        with kept() as store:
            assert events(store, "mock_round")[-1].entry.data["open"] is False


async def test_after_the_last_round_comes_the_report(
    sit: SitDown, kept: Kept, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data.parent)
    async with sit(size=(80, 24)) as desk:
        await desk.press(*WITH_SOMEBODY, "enter", "2")
        await answer(desk, "edits before looking at all")
        await desk.press("]", "C", "C", "enter")
        assert desk.sees("ML engineer: Your questions")
        await desk.press("enter", "a", "C", "C", "enter")
        assert desk.app.place == "mock-report"
        assert desk.sees("Gaps: at least once below 3")
        with kept() as store:
            assert store.practice.sessions("mock")[0].ended_ms > 0
        await desk.press("E")
        await desk.press("ctrl+a", "ctrl+k")
        await answer(desk, "report.md")
        text = (data.parent / "report.md").read_text(encoding="utf-8")
        assert "edits before looking at all" in text
        await desk.press("q")
        assert desk.app.place == "mock"
        assert desk.sees("2 of 2 rounds")
        await desk.press("v")
        assert desk.sees("too few to speak of a trend")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_alone_nothing_shows_before_the_answer_is_done(
    sit: SitDown, kept: Kept, size: tuple[int, int]
) -> None:
    async with sit(size=size) as desk:
        await desk.press(*ALONE, "enter")
        assert desk.app.place == "mock-answer"
        await desk.press("a", "y", "1", "tab", "C", "]")
        assert desk.app.place in {"mock-answer", "reader"}
        if desk.app.place == "reader":  # 1 reads the book
            await desk.press("q")
        with kept() as store:
            assert kinds(store) == ["mock_round", "mock_ask"]
        assert not desk.sees("Names 2.30")
        await desk.press("enter")
        await desk.type("ln 10 is 2.30")
        await desk.press("escape")
        with kept() as store:
            assert events(store, "mock_outline")[-1].entry.data["text"] == "ln 10 is 2.30"
        await desk.press("d")
        assert desk.app.place == "mock-judge"
        assert desk.sees("Names 2.30")
        assert not desk.sees("nothing computes")
        await desk.press("y")
        assert desk.sees("Was this in your answer")
        await desk.press("n")
        with kept() as store:
            assert [e.entry.data["met"] for e in events(store, "mock_tick")] == [True, False]
        assert not desk.sees("natural logarithm")
        await desk.press("enter", "enter", "4")
        await answer(desk, "one test at a time")
        with kept() as store:
            assert len(events(store, "mock_follow")) == 2
            assert events(store, "mock_score")[0].entry.data["score"] == 4


async def test_the_last_attempt_stands_beside_this_one(sit: SitDown, kept: Kept) -> None:
    async with sit(size=(200, 60)) as desk:
        for text, down in (("the first time", ()), ("the second time", ("down",))):
            await desk.press("0", "7", *down, "enter", "enter", "enter", "enter")
            await desk.type(text)
            await desk.press("escape", "d", "y", "y", "enter", "enter")
            assert desk.sees("This attempt")
        with kept() as store:
            assert kinds(store).count("mock_pause") == 1  # by 0, which went Home
        assert desk.sees("Last attempt 16 May 2026: 2 of 2")
        assert any("the second time" in row and "the first time" in row for row in desk.rows())


async def test_leaving_stops_the_clock_and_enter_goes_on(sit: SitDown, kept: Kept) -> None:
    async with sit() as desk:
        await desk.press(*WITH_SOMEBODY, "enter", "a", "q")
        assert desk.app.place == "mock"
        with kept() as store:
            assert kinds(store)[-1] == "mock_pause"
    async with sit() as desk:
        await desk.press("7", "enter", "tab")
        assert desk.sees("a [x] Names 2.30")
        with kept() as store:
            assert kinds(store)[-1] == "mock_resume"


async def test_a_name_makes_it_somebody_elses(sit: SitDown, kept: Kept) -> None:
    async with sit() as desk:
        await desk.press("7", "n")
        await answer(desk, "Ada")
        await desk.press("enter", "enter")
        assert desk.sees("Ada")
        with kept() as store:
            assert store.practice.sessions("mock")[0].plan["name"] == "Ada"


async def test_a_second_terminal_follows_and_sees_only_the_question(
    sit: SitDown, data: Path
) -> None:
    here = sit_down(data)
    try:
        async with sit(size=(100, 30)) as desk:
            await desk.press("7", "w")
            assert desk.sees("No interview is open")
            mocks = Mocks(Table(here.library, here.store))
            now = mocks.begin(mocks.loop("ml-engineer"), "interviewer")
            await desk.until(lambda: desk.sees("A round is about to begin"))
            from handbook.study import mock

            now = mocks.do(now, mock.open_round(now, 0))
            await desk.until(lambda: desk.sees("A loss that stays"))
            assert desk.sees("optimiser.step()")
            assert desk.sees("of 20 min")
            now = mocks.do(now, (*mock.toggle(now, 0), *mock.note(now, "not for you", "")))
            now = mocks.do(now, mock.go_to(now, 1))
            await desk.until(lambda: desk.sees("The second item"))
            assert not desk.sees("not for you")
            assert not desk.sees("Reads some pairs")
            mocks.finish(now)
            await desk.until(lambda: desk.sees("The interview is over"))
    finally:
        here.close()


async def test_without_loops_the_screen_says_where_they_belong(
    sit: SitDown, tmp_path: Path
) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "a.md").write_text("# A\n\nText.\n", encoding="utf-8")
    async with sit(tmp_path / "bare") as desk:
        await desk.press("7")
        assert desk.sees("This book has no loops")


async def test_in_ascii_no_sign_is_lost(sit: SitDown) -> None:
    async with sit(size=(120, 40), is_ascii=True) as desk:
        await desk.press(*WITH_SOMEBODY, "enter", "a", "enter")
        assert "".join(desk.rows()).isascii()
        assert desk.sees("a [x] Names 2.30")
        assert desk.sees("[x] (probe)")
        assert desk.sees("[>] (twist)")
