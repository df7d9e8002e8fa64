"""Progress: the table of topics, the plan behind it, and measured items of the checklist."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.practice.readers import DAY_MS, Person, write_book
from tests.tui.driving import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import Kept, SitDown
    from tests.tui.driving import Desk

TODAY = date(2026, 5, 16)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "book")


@pytest.fixture
def studied(book: Path, data: Path) -> Person:
    """Leave what a reader did in the two weeks before the day of the test."""
    found = Person(book, data, NOON - 14 * DAY_MS)
    ready = found.ready
    ready.set_day(ready.demand_list(), TODAY + timedelta(days=10))
    found.learns("loss")
    found.wait(1)
    found.sits()
    found.store.close()
    return found


async def measured(desk: Desk, *keys: str) -> None:
    """Press keys and wait until the questions have been read."""
    await desk.press(*keys)
    await desk.until(lambda: "questions" in vars(desk.workspace.desk))
    await desk.until(lambda: not desk.sees("Reading the questions"))


async def test_the_table_shows_each_topic_by_shade_and_figure(
    sit: SitDown, book: Path, studied: Person
) -> None:
    async with sit(book) as desk:
        await measured(desk, "8")
        assert desk.app.place == "progress"
        row = next(row for row in desk.rows() if "Losses" in row)
        assert "██   5/5 ██   9" in row
        assert "mastered" in row
        assert any("Bias and variance" in row and "unseen" in row for row in desk.rows())
        assert desk.sees("1 ready, 0 slipping, 0 said done, 1")
        assert desk.sees("interview in 10 days")


async def test_a_new_reader_sees_topics_that_wait(sit: SitDown, book: Path, kept: Kept) -> None:
    async with sit(book) as desk:
        await measured(desk, "8")
        assert desk.sees("0/8 seen")
        await desk.press("v")
        assert desk.sees("D sets the day of the interview")
        await desk.press("v")
        assert desk.sees("Nothing has been answered yet.")
    with kept() as store:
        assert [each.entry.kind for each in store.events()] == []


async def test_views_go_round(sit: SitDown, book: Path, studied: Person) -> None:
    async with sit(book, size=(80, 40)) as desk:
        await measured(desk, "8", "v")
        assert desk.sees("Falling due")
        await desk.until(lambda: desk.sees("minutes a day, you set 20"))
        await desk.press("v")
        assert desk.sees("Study by week")
        assert desk.sees("2 May 2026")
        assert desk.sees("Mixed form: 6 of 6 (60 to 100%)")
        await desk.press("v")
        assert desk.sees("Bias and variance")


async def test_beside_the_table_stand_the_topic_and_the_plan(
    sit: SitDown, book: Path, studied: Person
) -> None:
    async with sit(book, size=(120, 40)) as desk:
        await measured(desk, "8", "G")
        await desk.until(lambda: desk.sees("you set 20"))
        assert desk.sees("Foundations")
        assert desk.sees("5 of 5 questions seen")
        assert desk.sees("5 of 5 new questions right in the last")
        await desk.press("g")
        assert desk.sees("0 of 3 questions seen.")


async def test_enter_reads_the_page_of_a_topic(sit: SitDown, book: Path, studied: Person) -> None:
    async with sit(book) as desk:
        await measured(desk, "8", "enter")
        assert desk.app.place == "reader"
        assert desk.app.screen.page.info.title == "Loss"
        await desk.press("escape")
        assert desk.app.place == "progress"


async def test_a_sprint_of_the_topic_is_handed_over(
    sit: SitDown, book: Path, studied: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []
    async with sit(book) as desk:
        monkeypatch.setattr(type(desk.app), "open_study", lambda _, topics=(): asked.append(topics))
        await measured(desk, "8", "G", "S")
    assert asked == [("loss",)]


async def test_where_there_is_no_topic_a_key_says_so(
    sit: SitDown, book: Path, studied: Person
) -> None:
    async with sit(book) as desk:
        await measured(desk, "8", "v", "enter")
        assert desk.app.messages == ["the cursor stands on no topic (v shows the topics)"]


async def test_date_minutes_and_days_off_are_kept_and_the_plan_follows(
    sit: SitDown, book: Path, kept: Kept
) -> None:
    async with sit(book, size=(120, 40)) as desk:
        await measured(desk, "8", "D")
        await desk.type("2026-06-15")
        await desk.press("enter")
        assert desk.sees("interview in 30 days")
        await desk.press("p", "backspace", "backspace")
        await desk.type("45")
        await desk.press("enter")
        await desk.until(lambda: desk.sees("you set 45"))
        await desk.press("o")
        await desk.type("2026-05-20, 2026-05-21")
        await desk.press("enter")
        await desk.press("D", *("backspace",) * 10)
        await desk.type("2026-06-25")
        await desk.press("enter")
        assert desk.sees("Moved from 15 to 25 June")
    with kept() as store:
        assert store.get("date:interview") == "2026-06-25"
        assert store.get("plan:minutes") == 45
        assert store.get("plan:off") == ["2026-05-20", "2026-05-21"]


@pytest.mark.parametrize(
    ("key", "text", "message"),
    [
        ("D", "soon", "'soon' is no date (for example 2027-03-01)"),
        ("p", "many", "'many' is no number of minutes (for example 20)"),
        ("p", "99999", "99999 minutes a day: from 1 to 720 are possible"),
        ("o", "2026-05-20 monday", "'monday' is no date (for example 2027-03-01)"),
    ],
)
async def test_a_wrong_word_changes_nothing(
    sit: SitDown, book: Path, kept: Kept, key: str, text: str, message: str
) -> None:
    async with sit(book) as desk:
        await measured(desk, "8", key)
        await desk.press(*("backspace",) * 3)
        await desk.type(text)
        await desk.press("enter")
        assert desk.app.messages == [message]
        assert desk.app.place == "prompt"
    with kept() as store:
        assert list(store.events()) == []


async def test_it_is_copied_and_written_as_markdown(
    sit: SitDown, book: Path, studied: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with sit(book) as desk:
        await measured(desk, "8", "E", "enter")
        assert (tmp_path / "progress.md").read_text().startswith("# Progress\n\nAs of 16 May 2026.")


async def test_facts_of_a_topic_are_there_on_a_small_screen(
    sit: SitDown, book: Path, studied: Person
) -> None:
    async with sit(book, size=(40, 12)) as desk:
        await measured(desk, "8", "G")
        assert desk.sees("Losses")
        await desk.press("i")
        assert desk.sees("5 of 5 questions seen")
        await desk.press("q")
        assert desk.app.place == "progress"


async def test_once_an_interview_is_past_the_next_one_counts(
    sit: SitDown, book: Path, data: Path, kept: Kept
) -> None:
    person = Person(book, data, NOON - 14 * DAY_MS)
    ready = person.ready
    checklist = ready.demand_list()
    ready.set_day(checklist, TODAY - timedelta(days=2))
    person.ready.set_day(checklist, TODAY + timedelta(days=9), "a start-up")
    person.store.close()
    async with sit(book) as desk:
        await measured(desk, "8")
        assert desk.sees("interview in 9 days")
    with kept() as store:
        assert store.get("date:interview") == "2026-05-25"


# The checklist


async def test_items_that_can_be_measured_have_a_round_box(
    sit: SitDown, book: Path, studied: Person, kept: Kept
) -> None:
    async with sit(book, size=(120, 40)) as desk:
        await desk.press("3", "down")
        await desk.until(lambda: desk.sees("●  Know the losses"))
        assert desk.sees("○  Know both")
        assert desk.sees("[ ] Ask a friend")
        assert desk.sees("1/5")
        assert desk.sees("Measured ready")
        await desk.press("down")
        assert desk.sees("To be ready:")
        await desk.press("space")
        assert desk.sees("◐  Know both")
    with kept() as store:
        assert store.ticks()["c-000002"].done


async def test_moving_the_date_away_lets_a_measured_item_slip(
    sit: SitDown, book: Path, studied: Person
) -> None:
    async with sit(book) as desk:
        await desk.press("3")
        await desk.until(lambda: desk.sees("●  Know the losses"))
        await desk.press("D", *("backspace",) * 10)
        await desk.type("2030-05-26")
        await desk.press("enter")
        assert desk.sees("◑  Know the losses")
        assert desk.sees("recall on the day ")
        assert desk.sees("0/5")


async def test_in_ascii_states_are_told_apart_by_letters(
    sit: SitDown, book: Path, studied: Person
) -> None:
    async with sit(book, is_ascii=True, theme="mono") as desk:
        await desk.press("3")
        await desk.until(lambda: desk.sees("(*) Know the losses"))
        assert desk.sees("( ) Know both")
        await measured(desk, "8")
        assert desk.screen().isascii()
