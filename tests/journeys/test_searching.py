"""Searching everything: typing errors, walking on from a hit, scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.journeys.conftest import Kept, SitDown


async def test_a_hit_is_found_in_spite_of_a_typing_error_and_n_walks_on(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(size=(80, 12)) as desk:
        await desk.press("s")
        await desk.type("containrs")
        assert desk.sees("2 hits in 2 places")
        await desk.press("enter")
        screen = desk.app.screen
        assert (screen.page.info.title, screen.section.anchor) == ("ML engineer", "tools")
        assert desk.workspace.last_searches() == ["containrs"]
        await desk.press("n")
        assert desk.app.messages[-1] == "Hit 2 of 2 for 'containers'"
        await desk.press("n")
        assert desk.app.messages[-1] == "Hit 1 of 2 for 'containers'"
        assert desk.app.screen.section.anchor == "tools"
    with kept() as store:
        assert store.get("searches") == ["containrs"]


async def test_an_earlier_search_can_be_taken_up_again(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("s")
        await desk.type("airflow")
        await desk.press("enter", "s")
        assert desk.sees("▌  airflow")
        await desk.press("enter")
        assert desk.sees("Data engineer")
        await desk.press("enter")
        assert desk.app.screen.page.info.title == "Data engineer"


async def test_scopes_narrow_the_search(sit: SitDown) -> None:
    async with sit(size=(120, 40)) as desk:
        await desk.press("s")
        await desk.type("drift")
        everything = len(desk.app.screen.results.hits)
        await desk.press("tab", "tab", "tab", "tab")
        assert desk.sees("[Terms]")
        assert desk.sees("Drift  term")
        assert len(desk.app.screen.results.hits) == 1 < everything
        await desk.press("shift+tab", "shift+tab", "shift+tab", "shift+tab")
        assert len(desk.app.screen.results.hits) == everything


async def test_a_narrow_screen_names_the_scope_too(sit: SitDown) -> None:
    async with sit(size=(40, 12)) as desk:
        await desk.press("s")
        await desk.type("drift")
        await desk.press("tab", "tab", "tab")
        assert desk.sees("roles only")


async def test_nothing_found_says_what_to_try(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("s")
        await desk.type("zzzzzzzzzz")
        assert desk.sees("Nothing found: fewer words, or another scope (tab)")
        await desk.press("enter")
        assert desk.app.place == "search"


async def test_the_preview_shows_the_page_at_the_hit(sit: SitDown) -> None:
    async with sit(size=(120, 40)) as desk:
        await desk.press("s")
        await desk.type("nonlinear")
        assert desk.sees("Plans slip because progress is nonlinear.")


async def test_escape_closes_and_everything_is_as_it_was(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        before = desk.screen()
        await desk.press("s")
        await desk.type("drift")
        await desk.press("escape")
        assert desk.screen() == before
        await desk.press("n")
        assert desk.app.messages[-1] == "/ finds in this page, s searches everything"


async def test_an_item_of_a_checklist_is_found(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("s")
        await desk.type("take-home")
        await desk.press("enter")
        assert desk.sees("Sit one timed take-home")


async def test_a_reference_to_a_hit_is_copied(sit: SitDown) -> None:
    async with sit() as desk:
        copied: list[str] = []
        desk.app.copy = copied.append
        await desk.press("s")
        await desk.type("containers")
        await desk.press("ctrl+y")
        assert copied == [
            "A small handbook: ML engineer › Tools (handbook roles/ml-engineer#tools)"
        ]
