"""Reading: pages, positions, history, finding, links, terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import Place

if TYPE_CHECKING:
    import pytest

    from tests.conftest import WriteBook
    from tests.journeys.conftest import Kept, SitDown
    from tests.tui.driving import Desk

ENGINEER, RESEARCHER, DATA = "p-000003", "p-000004", "p-000005"


def page_of(desk: Desk) -> str:
    return desk.app.screen.page.info.title


# Positions and read marks


async def test_a_page_read_to_its_end_is_marked_as_read(sit: SitDown, kept: Kept) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.until(lambda: ENGINEER in desk.workspace.positions())
        with kept() as store:
            assert not store.positions()[ENGINEER].read
        await desk.press("space", "space", "space")
        await desk.until(lambda: desk.workspace.positions()[ENGINEER].read)
    with kept() as store:
        assert store.positions()[ENGINEER].share == 1


async def test_a_page_that_was_only_opened_is_not_read(sit: SitDown, kept: Kept) -> None:
    async with sit(place="roles/ml-engineer", size=(60, 16)) as desk:
        await desk.until(lambda: ENGINEER in desk.workspace.positions())
    with kept() as store:
        position = store.positions()[ENGINEER]
    assert not position.read
    assert 0 < position.share < 0.6


async def test_a_wider_screen_does_not_make_a_page_read(sit: SitDown, kept: Kept) -> None:
    async with sit(place="roles/ml-engineer", size=(40, 12)) as desk:
        await desk.press("space", "space")
        seen = desk.app.screen.share
        await desk.resize(120, 24)
        assert desk.app.screen.share < 1
        assert desk.app.screen.share < seen + 0.6
        await desk.until(lambda: ENGINEER in desk.workspace.positions())
    with kept() as store:
        assert not store.positions()[ENGINEER].read


async def test_reading_goes_on_where_it_stopped(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer", size=(80, 12)) as desk:
        await desk.press("]", "]")
        assert desk.app.screen.section.anchor == "tools"
        await desk.until(lambda: desk.workspace.positions()[ENGINEER].anchor == "tools")
    async with sit(size=(80, 12)) as desk:
        assert desk.sees("1 Roles › ML engineer")
        await desk.press("enter")
        assert page_of(desk) == "ML engineer"
        assert desk.app.screen.section.anchor == "tools"


async def test_a_read_mark_can_be_set_and_taken_away_by_hand(sit: SitDown, kept: Kept) -> None:
    async with sit(place="roles/ml-engineer", size=(60, 12)) as desk:
        await desk.press("x")
        with kept() as store:
            assert store.positions()[ENGINEER].read
        await desk.press("x")
    with kept() as store:
        assert not store.positions()[ENGINEER].read


async def test_a_page_is_marked_from_the_contents(sit: SitDown, kept: Kept) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("t", "down", "x")
        assert desk.sees("ML researcher            ●")
    with kept() as store:
        assert store.positions()[RESEARCHER].read


async def test_a_resize_keeps_the_place(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer#tools", size=(80, 12)) as desk:
        assert desk.app.screen.section.anchor == "tools"
        for width, height in ((40, 12), (200, 12), (60, 20), (80, 12)):
            await desk.resize(width, height)
            assert desk.app.screen.section.anchor == "tools", (width, height)


# Turning pages, and back


async def test_pages_turn_and_history_leads_back_and_forward(sit: SitDown, kept: Kept) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("right", "l")
        assert page_of(desk) == "Data engineer"
        await desk.press("h")
        assert page_of(desk) == "ML researcher"
        await desk.press("H")
        assert page_of(desk) == "Data engineer"
        await desk.press("H", "H")
        assert page_of(desk) == "ML engineer"
        await desk.press("L")
        assert page_of(desk) == "ML researcher"
    with kept() as store:
        visits = [visit.page for visit in store.visits(9)]
    assert visits == [RESEARCHER, DATA, RESEARCHER, ENGINEER]


async def test_history_is_there_after_a_restart(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("right", "right", "H")
        assert page_of(desk) == "ML researcher"
    async with sit() as desk:
        await desk.press("H")
        assert page_of(desk) == "ML researcher"  # where reading stopped
        await desk.press("H")
        assert page_of(desk) == "ML engineer"
        await desk.press("L", "L")
        assert page_of(desk) == "Data engineer"


async def test_both_ends_of_history_say_so(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("H", "L")
        assert desk.app.messages == ["No page further back", "No page further forward"]
        assert page_of(desk) == "ML engineer"


async def test_the_first_and_the_last_page_say_so(sit: SitDown) -> None:
    async with sit(place="index") as desk:
        await desk.press("left", "}", "}", "}", "}", "}", "}", "}")
        assert page_of(desk) == "Sources"
        await desk.press("right")
        assert desk.app.messages == ["This is the first page", "This is the last page"]


async def test_the_contents_open_a_page(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("t", "down", "down", "enter")
        assert page_of(desk) == "Data engineer"
        assert not desk.sees("Contents")


async def test_the_contents_can_be_filtered(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("t", "/")
        await desk.type("listngs")
        await desk.press("enter")
        assert page_of(desk) == "Listings"


async def test_headings_of_the_page_can_be_chosen(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer", size=(80, 12)) as desk:
        await desk.press("O")
        await desk.type("tool")
        await desk.press("enter")
        assert desk.app.screen.section.anchor == "tools"


# Finding in the page


async def test_n_and_shift_n_walk_the_hits_of_a_word(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer", size=(80, 12)) as desk:
        await desk.press("/")
        await desk.type("product")
        assert desk.sees("1/3 hits")
        await desk.press("down")
        assert desk.sees("2/3 hits")
        await desk.press("enter", "n")
        assert desk.sees("3/3 hits")
        await desk.press("n")
        assert desk.sees("1/3 hits")
        await desk.press("N")
        assert desk.sees("3/3 hits")
        assert desk.sees("What the job produces")


async def test_what_is_not_there_is_said_and_q_is_typed_not_run(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("/")
        await desk.type("q1sx")
        assert desk.sees("no hit")
        assert desk.app.place == "find"
        await desk.press("escape")
        assert desk.app.place == "reader"
        assert not desk.sees("no hit")


async def test_escape_forgets_the_hits(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("/")
        await desk.type("product")
        await desk.press("escape")
        assert not desk.sees("hits")
        await desk.press("n")
        assert desk.app.messages == ["/ finds in this page, s searches everything"]


async def test_a_word_to_find_can_be_searched_everywhere(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("/")
        await desk.type("airflow")
        await desk.press("tab")
        assert desk.app.place == "search"
        assert desk.sees("Data engineer")


# Links and terms


async def test_tab_goes_from_link_to_link_and_enter_follows(sit: SitDown) -> None:
    async with sit(place="index") as desk:
        await desk.press("tab", "tab", "enter")
        assert page_of(desk) == "Numbers"
        assert desk.app.screen.section.anchor == "how-many-there-are"
        await desk.press("H", "tab", "enter")
        assert page_of(desk) == "ML engineer"


async def test_links_can_be_chosen_by_number(sit: SitDown) -> None:
    async with sit(place="index") as desk:
        await desk.press(";")
        assert desk.sees("2  numbers")
        await desk.type("2")
        await desk.press("enter")
        assert page_of(desk) == "Numbers"


async def test_enter_without_a_link_says_how_to_get_one(sit: SitDown) -> None:
    async with sit(place="index") as desk:
        await desk.press("enter")
        assert desk.app.messages == ["Tab goes to a link, Enter follows it"]


async def test_a_term_is_explained_over_the_page(sit: SitDown) -> None:
    async with sit(place="work/listings") as desk:
        await desk.press("tab", "enter")
        assert desk.app.place == "info"
        assert desk.sees("A change of the world after release.")
        await desk.press("escape")
        assert page_of(desk) == "Listings"


async def test_the_words_of_a_page_can_be_listed(sit: SitDown) -> None:
    async with sit(place="work/listings") as desk:
        await desk.press("w", "enter")
        assert desk.sees("A change of the world after release.")


async def test_a_web_address_is_shown_and_copied_but_never_opened(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("o", "enter")
        assert desk.sees("https://example.org/production")
        assert desk.app.messages[-1].startswith("Sent 30 characters to your clipboard")


async def test_a_citation_shows_its_source(sit: SitDown) -> None:
    async with sit(place="roles/index") as desk:
        await desk.press("tab", "enter")
        assert desk.sees("The lecture of 2019")


async def test_pages_that_lead_here_are_listed(sit: SitDown) -> None:
    async with sit(place="roles/ml-researcher") as desk:
        await desk.press("B")
        assert desk.sees("ML engineer")
        await desk.press("enter")
        assert page_of(desk) == "ML engineer"


async def test_a_reference_to_this_place_is_copied(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer#tools", size=(80, 12)) as desk:
        copied: list[str] = []
        desk.app.copy = copied.append
        await desk.press("Y")
        assert copied == [
            "A small handbook: ML engineer › Tools (handbook roles/ml-engineer#tools)"
        ]
        assert desk.workspace.find_place("roles/ml-engineer#tools") == Place(ENGINEER, "tools")


async def test_a_listing_on_the_screen_can_be_copied(sit: SitDown) -> None:
    async with sit(place="work/listings") as desk:
        copied: list[str] = []
        desk.app.copy = copied.append
        await desk.press("y", "down", "enter")
        assert copied == ["handbook show roles/ml-engineer#tools --width 60"]


async def test_zen_hides_all_but_the_text_and_gives_it_back(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer", size=(120, 40)) as desk:
        await desk.press("z")
        assert not desk.sees("Contents")
        assert not desk.sees("? help")
        await desk.press("z")
        assert desk.sees("Contents")


async def test_the_text_can_be_made_narrower_and_wider(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        width = desk.app.screen.text.column_width
        await desk.press("-", "-")
        assert desk.app.screen.text.column_width == 68
        for _ in range(30):
            await desk.press("-")
        assert desk.app.screen.text.column_width == 40
        for _ in range(30):
            await desk.press("=")
        assert desk.app.screen.text.column_width >= width


async def test_the_way_back_leads_to_the_page_that_a_page_was_opened_from(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("right", "H")
        assert page_of(desk) == "ML engineer"
        await desk.press("left")
        assert page_of(desk) == "Roles"
        await desk.press("H")
        assert page_of(desk) == "ML engineer"


async def test_the_page_gone_back_to_is_the_one_to_continue_with(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("right", "H", "0", "1")
        assert page_of(desk) == "ML engineer"
        await desk.press("0", "H")
        assert page_of(desk) == "ML engineer"


async def test_the_way_back_steps_over_a_page_that_is_gone(sit: SitDown, book: WriteBook) -> None:
    folder = book()
    gone = folder / "gone.md"
    gone.write_text("# Gone\n\nSoon.\n")
    async with sit(folder, place="roles/ml-engineer") as desk:
        desk.app.open_place(Place("gone"))
        desk.app.open_place(Place(RESEARCHER))
        gone.unlink()
        await desk.press("R", "H")
        assert page_of(desk) == "ML engineer"
        await desk.press("H", "L")
        assert page_of(desk) == "ML researcher"


# Finding


async def test_escape_in_the_field_leads_back_to_where_finding_began(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer", size=(80, 12)) as desk:
        reader = desk.app.screen
        share = reader.share
        await desk.press("/")
        await desk.type("self-taught")
        assert reader.text.top > 0
        await desk.press("escape")
        assert reader.text.top == 0
        assert reader.share <= share  # to look at a hit is not yet to read


async def test_escape_takes_the_marks_away_before_it_leaves(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("1", "/")
        await desk.type("the")
        await desk.press("enter")
        assert desk.sees("hits")
        await desk.press("escape")
        assert not desk.sees("hits")
        assert desk.app.place == "reader"
        await desk.press("escape")
        assert desk.app.place == "home"


async def test_what_is_not_on_the_page_is_said(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("/")
        await desk.type("xylophone")
        await desk.press("enter")
        said = "'xylophone' is not on this page; s searches everything"
        assert desk.app.messages == [said]


async def test_a_page_chosen_from_the_filter_closes_the_drawer(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer", size=(40, 12)) as desk:
        await desk.press("t", "/")
        await desk.type("glossary")
        await desk.press("enter")
        assert page_of(desk) == "Glossary"
        assert desk.app.place == "reader"
        await desk.press("t")
        assert desk.app.screen.contents.value == Place(desk.app.screen.page.info.id)


async def test_contents_that_open_and_close_leave_the_text_where_it_was(sit: SitDown) -> None:
    async with sit(place="roles/ml-engineer", size=(60, 12)) as desk:
        await desk.press("d")
        top = desk.app.screen.text.top
        assert top > 0
        await desk.press("t", "t")
        assert desk.app.screen.text.top == top


async def test_a_page_that_is_left_at_once_keeps_its_place_all_the_same(
    sit: SitDown, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.tui.screens.reader_page.PAUSE", 3600)
    async with sit(size=(80, 12)) as desk:
        desk.app.open_place(Place(ENGINEER))
        await desk.press("]", "q")
        assert desk.app.place == "home"
        with kept() as store:
            assert store.positions()[ENGINEER].anchor == "what-the-job-produces"
