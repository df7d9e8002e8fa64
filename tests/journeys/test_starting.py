"""Starting at a screen: what the command line names is on top of Home from the first frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook import main
from handbook.model.start import ScreenStart
from handbook.settings import Settings
from handbook.terminal import Terminal
from handbook.tui.app import HandbookApp
from tests.practice.study_book import write_book
from tests.tui.driving import sit_down

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("start", "mode", "topics"),
    [
        (ScreenStart("study"), "study", {"loss", "bias"}),
        (ScreenStart("study", 5, ("bias",)), "study", {"bias"}),
        (ScreenStart("study", 5, ("bias",), "all"), "sprint", {"bias"}),
    ],
    ids=["at once", "topic", "sprint"],
)
async def test_the_app_begins_with_a_session(tmp_path, start, mode, topics) -> None:
    workspace = sit_down(tmp_path / "data", write_book(tmp_path / "book"))
    settings = Settings(path=tmp_path / "config.toml")
    terminal = Terminal("true", "dark", False, remote=False)
    app = HandbookApp(workspace, settings, terminal, start)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert [type(each).__name__ for each in app.screen_stack] == ["HomeScreen", "StudyScreen"]
        (event,) = workspace.desk.store.practice.events("session_start")
        assert event.entry.data["kind"] == mode
        planned = event.entry.data["plan"]["questions"]
        assert {topic for _, topic, _ in planned} == topics
        await app.action_back()
        await pilot.pause()
        assert type(app.screen).__name__ == "HomeScreen"
    workspace.close()


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("study", "--topic", "los"), 1, "nearest: loss"),
        (("study", "--date", "2027-03-01"), 1, "no checklist that counts back from a date"),
    ],
)
def test_what_cannot_be_studied_is_said_before_there_is_a_screen(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    argv: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    monkeypatch.setenv("HANDBOOK_ONLY", str(write_book(tmp_path / "book")))
    monkeypatch.setenv("HANDBOOK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("handbook.terminal.why_no_screen", lambda _: "")
    assert main.run(argv) == code
    done = capsys.readouterr()
    assert done.out == ""
    assert said in done.err
