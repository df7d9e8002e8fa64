"""The map of roles: walking it, placing oneself, the gap, comparing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import Skills

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Kept, SitDown


async def test_arrows_walk_to_the_nearest_role(sit: SitDown) -> None:
    async with sit(size=(120, 40)) as desk:
        await desk.press("2")
        assert desk.sees("E  ML engineer")
        await desk.press("left")
        assert desk.sees("D  Data engineer")
        await desk.press("down")
        assert desk.sees("P  ML product manager")
        await desk.press("right")
        assert desk.sees("R  ML researcher")
        await desk.press("tab")
        assert desk.sees("D  Data engineer")
        await desk.press("enter")
        assert desk.app.screen.page.info.title == "Data engineer"


async def test_placing_oneself_shows_the_gap_and_what_to_read(sit: SitDown, kept: Kept) -> None:
    async with sit(size=(120, 40)) as desk:
        await desk.press("2", "p", "right", "right", "up", "+", "enter")
        assert desk.workspace.you() == Skills(5.5, 6.0, 5.5)
        with kept() as store:
            assert store.get("you") == [5.5, 6.0, 5.5]
        assert desk.sees("Software   5.5 of 7   +1.5")
        assert desk.sees("ML           6 of 7   +1")
        await desk.press("r")
        assert desk.sees("Towards ML engineer")
        await desk.press("enter")
        assert desk.app.screen.page.info.title == "Listings"
    async with sit(size=(120, 40)) as desk:
        await desk.press("2")
        assert desk.sees("◆ you")


async def test_leaving_the_placing_changes_nothing(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("2", "p", "right", "escape")
        assert desk.workspace.you() is None
        assert not desk.sees("◆")
        assert desk.app.place == "map"


async def test_one_can_be_taken_off_the_map(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("2", "p", "enter", "p", "X")
        assert desk.workspace.you() is None


async def test_skills_stay_between_nought_and_ten(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("2", "p", *["left"] * 12, *["up"] * 12, *["-"] * 12, "enter")
        assert desk.workspace.you() == Skills(10, 0, 0)


async def test_without_a_place_reading_says_how_to_get_one(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("2", "r")
        assert desk.app.messages == ["nothing to read here (p places you on the map)"]


async def test_three_roles_are_compared_and_a_fourth_is_refused(sit: SitDown) -> None:
    async with sit(size=(120, 40)) as desk:
        await desk.press("2", "x", "tab", "x", "tab", "x", "tab", "x")
        assert desk.app.messages == ["three roles are compared already (x takes one out)"]
        assert len(desk.app.compared) == 3
        await desk.press("6")
        row = next(row for row in desk.rows() if "E ML engineer" in row)
        assert row.split("│")[1:] == [
            row.split("│")[1],
            row.split("│")[2],
            row.split("│")[3],
        ]
        assert "R ML researcher" in row
        assert "D Data engineer" in row


async def test_a_role_is_added_and_taken_out(sit: SitDown) -> None:
    async with sit(size=(120, 40)) as desk:
        await desk.press("6", "+")
        await desk.type("product")
        await desk.press("enter")
        assert desk.sees("P ML product manager")
        assert desk.sees("3 of at most 3")
        await desk.press("+")
        assert desk.app.messages == ["three roles are compared already (x takes one out)"]
        await desk.press("x", "x", "x")
        assert desk.sees("Press + and add a role.")


async def test_only_what_differs_is_shown(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("6", "right", "x", "+")
        await desk.type("Data engineer")
        await desk.press("enter")
        assert desk.sees("Communication")
        await desk.press("=")
        assert desk.sees("only differences")
        assert not desk.sees("Communication")  # 4 and 4
        assert desk.sees("Software skill")


async def test_newer_roles_come_and_go(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("2", "v")
        assert not desk.sees("AI engineer")
        await desk.press("+")
        assert desk.sees("AI engineer")


async def test_the_table_shows_which_role_is_chosen(sit: SitDown) -> None:
    async with sit(theme="mono") as desk:
        await desk.press("2", "v", "down")
        row = next(n for n, text in enumerate(desk.rows()) if "R ML researcher" in text)
        marked = [segment.text for segment in desk.strips()[row] if segment.style.reverse]
        assert "".join(marked) == "R ML researcher"


async def test_the_map_is_written_to_a_file(sit: SitDown, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with sit() as desk:
        await desk.press("2", "E", "enter")
    text = (tmp_path / "role-map.txt").read_text()
    assert "ML engineer" in text
    assert max(map(len, text.splitlines())) <= 72


async def test_the_chosen_role_of_a_long_table_is_in_sight(sit: SitDown) -> None:
    async with sit(size=(40, 12)) as desk:
        await desk.press("2", "v", "up")
        assert desk.sees("P ML product manager")
        await desk.press("down")
        assert desk.sees("E ML engineer")


async def test_a_table_keeps_its_columns_on_eighty(sit: SitDown) -> None:
    async with sit(size=(80, 24)) as desk:
        await desk.press("2")
        assert desk.sees("From you to the role")
        await desk.press("v")
        assert desk.sees("Role                  ML knowledge    Software skill  Communication")
