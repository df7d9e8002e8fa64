"""Ways through the app: leaving, settings, other keys, the mouse, help and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.actions import ACTIONS, Keys, key_label
from handbook.errors import SettingsError
from handbook.settings import Settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import SitDown


# Leaving


async def test_q_leaves_at_the_root(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("q")
        await desk.until(lambda: not desk.app.is_running)
    assert desk.app.return_code == 0


async def test_escape_and_backspace_never_leave(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("escape", "escape", "backspace", "escape", "escape")
        assert desk.app.is_running
        assert desk.app.place == "reader"


async def test_q_goes_back_through_what_is_open_and_then_leaves(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("1", "2", "6")
        assert [screen.PLACE for screen in desk.app.screen_stack] == [
            "home",
            "reader",
            "map",
            "compare",
        ]
        await desk.press("q", "escape", "backspace")
        assert desk.app.place == "home"
        assert desk.sees("q quit")
        await desk.press("q")
        await desk.until(lambda: not desk.app.is_running)


async def test_leaving_keeps_the_position_at_once(sit: SitDown, kept, monkeypatch) -> None:
    monkeypatch.setattr("handbook.tui.screens.reader_page.PAUSE", 3600)
    async with sit(place="roles/ml-engineer", size=(80, 12)) as desk:
        await desk.press("]", "]", "Q")
        await desk.until(lambda: not desk.app.is_running)
    with kept() as store:
        assert store.positions()["p-000003"].anchor == "tools"


async def test_a_place_that_is_open_is_gone_back_to_and_not_opened_twice(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("1", "2", "1", "3", "2", "0")
        assert [screen.PLACE for screen in desk.app.screen_stack] == ["home"]


async def test_ctrl_c_says_how_to_leave(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("ctrl+c")
        assert desk.app.messages == ["q goes back, Q leaves"]
        assert desk.app.is_running


async def test_escape_and_a_letter_in_one_go_both_count(sit: SitDown) -> None:
    """On a slow line they arrive as one alt key."""
    async with sit() as desk:
        await desk.press("s", "alt+2")
        assert desk.app.place == "map"


# Settings


async def test_the_theme_that_was_chosen_is_in_the_settings_file(sit: SitDown, data: Path) -> None:
    async with sit() as desk:
        await desk.press("T", "down")
        assert desk.app.painter.theme == "light"
        assert not (data / "config.toml").exists()
        await desk.press("enter")
        assert desk.app.theme == "light"
    assert (data / "config.toml").read_text() == 'theme = "light"\n'
    assert load_settings({}, {}, data / "config.toml").theme == "light"


async def test_a_theme_that_was_only_looked_at_is_not_kept(sit: SitDown, data: Path) -> None:
    async with sit() as desk:
        await desk.press("T", "down", "down", "escape")
        assert desk.app.painter.theme == desk.app.theme == "dark"
    assert not (data / "config.toml").exists()


async def test_a_width_that_is_no_number_is_told(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press(",")
        await desk.type("measure")
        await desk.press("enter", "backspace", "backspace")
        await desk.type("5²")
        await desk.press("enter")
        assert "'5²' is no width of text (a number from 40 to 120)" in desk.app.messages


async def test_the_width_of_the_text_is_a_setting(sit: SitDown, data: Path) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press(",")
        await desk.type("measure")
        await desk.press("enter", "backspace", "backspace")
        await desk.type("50")
        await desk.press("enter")
        assert desk.app.screen.text.column_width == 50
    assert load_settings({}, {}, data / "config.toml").measure == 50


@pytest.mark.parametrize("word", ["12", "500", "wide"])
async def test_a_width_that_is_none_is_refused_in_one_line(sit: SitDown, word: str) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press(",")
        await desk.type("measure")
        await desk.press("enter", "backspace", "backspace")
        await desk.type(word)
        await desk.press("enter")
        assert desk.app.messages == [f"{word!r} is no width of text (a number from 40 to 120)"]
        assert desk.app.measure == 76


# Other keys


async def test_a_key_from_the_settings_file_works_and_is_shown(sit: SitDown) -> None:
    settings = Settings(keys={"app.help": ("f2",), "app.map": ("ctrl+o",)})
    async with sit(settings=settings) as desk:
        assert desk.sees("f2 help")
        await desk.press("2")
        assert desk.app.place == "home"
        await desk.press("ctrl+o")
        assert desk.app.place == "map"
        await desk.press("f2")
        assert desk.sees("Keys: map")


async def test_keys_that_clash_are_refused_before_anything_is_drawn(sit: SitDown) -> None:
    with pytest.raises(SettingsError, match="would mean both"):
        async with sit(settings=Settings(keys={"app.help": ("q",)})):
            pytest.fail("the app started")


async def test_a_cyrillic_keyboard_reads_too(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer", size=(80, 12)) as desk:
        await desk.press("о", "о")
        assert desk.app.screen.text.top == 2
        await desk.press("ы")
        assert desk.app.place == "search"
        await desk.type("ыs")
        assert desk.app.screen.query_text == "ыs"


# Help, commands, messages


async def test_help_lists_every_key_of_the_place_by_group(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer", size=(120, 60)) as desk:
        await desk.press("?")
        text = "\n".join(line.text for line in desk.app.screen.pane.lines)
    keys = Keys()
    arrows = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
    for action in keys.of("reader"):
        if action.keys:
            shown = ", ".join(arrows.get(key, key_label(key)) for key in action.keys)
            assert f"{shown} " in text, action.id
            assert action.about in text, action.id


async def test_every_command_has_a_name_in_the_palette(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press(":")
        names = {entry.name for entry in desk.app.screen.entries}
        await desk.type("' bookmrks")
        await desk.press("enter")
        assert desk.app.messages == ["no bookmark yet (m sets one where you read)"]
    without_keys = {action.about for action in ACTIONS if not action.keys}
    assert without_keys <= names


async def test_messages_can_be_read_again(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("'", ":")
        await desk.type("messages")
        await desk.press("enter")
        assert desk.sees("no bookmark yet (m sets one where you read)")


# The mouse


async def test_a_click_on_a_link_follows_it(sit: SitDown) -> None:
    async with sit(place="index") as desk:
        await desk.click("numbers")
        assert desk.app.screen.page.info.title == "Numbers"


async def test_a_click_beside_a_link_follows_nothing(sit: SitDown) -> None:
    async with sit(place="index") as desk:
        await desk.click("A small book for tests")
        assert desk.app.screen.page.info.title == "Welcome"


async def test_a_click_on_the_footer_runs_what_it_says(sit: SitDown) -> None:
    async with sit(place="index") as desk:
        await desk.click("? help")
        assert desk.sees("Keys: reader")
        await desk.click("close")
        await desk.click("contents")
        assert desk.app.place == "contents"


async def test_a_click_on_the_contents_opens_a_page(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer", size=(120, 40)) as desk:
        await desk.click("Data engineer")
        await desk.click("Data engineer")
        assert desk.app.screen.page.info.title == "Data engineer"


async def test_a_click_on_home_opens_what_it_is_on(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.click("Compare roles")
        await desk.click("Compare roles")
        assert desk.app.place == "compare"


async def test_a_click_ticks_an_item(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("3")
        await desk.click("Write a training loop")
        await desk.click("Write a training loop")
        assert desk.sees("[x] Write a training loop")
