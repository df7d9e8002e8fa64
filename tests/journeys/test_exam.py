"""Exams with real keys: every change is on disk at once, and nothing is said before the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.model import Answer
from handbook.practice import exam_clock
from handbook.practice.desk import Desk as Table
from handbook.practice.exams import Exams
from handbook.study.exam import HEARTBEAT_MS
from handbook.tui.screens.exam_result import ResultScreen
from handbook.tui.screens.exams import ExamsScreen
from handbook.tui.screens.sitting import SittingScreen
from tests.tui.driving import BOOK

if TYPE_CHECKING:
    from handbook.store.store import Store
    from handbook.study.exam import Exam
    from tests.journeys.conftest import Kept, SitDown
    from tests.tui.driving import Desk

EXAM_BOOK = BOOK.parent / "exam_book"
LAYERS = (BOOK, EXAM_BOOK)


def exam_in(desk: Desk, store: Store) -> Exam:
    """Return the newest exam as it is on disk."""
    exams = Exams(Table(desk.workspace.library, store))
    return exams.find(store.practice.sessions("exam")[0].id)


def kinds(store: Store) -> list[str]:
    return [event.entry.kind for event in store.practice.events()]


async def begin(desk: Desk, *keys: str, seed: str = "a") -> None:
    """Open the list of exams, choose the one there is, and begin it with a seed."""
    await desk.press("5", "enter", "S")
    await desk.type(seed)
    await desk.press("enter", *keys, "enter")
    await desk.rest()
    assert isinstance(desk.app.screen, SittingScreen)


async def test_an_exam_is_sat_from_the_list_to_what_it_says(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        assert desk.sees("question 1 of 6")
        await desk.press("b", "3", "right", "a", "1")
        with kept() as store:
            exam = exam_in(desk, store)
        assert exam.slips[0].answer == desk.app.screen.exam.slips[0].answer
        assert [slip.confidence for slip in exam.slips[:2]] == [3, 1]
        assert exam.answered == 2
        await desk.press("X")
        assert desk.sees("4 of 6 empty")
        await desk.press("down", "enter")
        await desk.rest()
        assert isinstance(desk.app.screen, ResultScreen)
        assert desk.sees("of 6 points")
        with kept() as store:
            assert kinds(store)[-4:] == ["exam_end", "review", "review", "session_end"]
            assert {e.entry.confidence for e in store.practice.events("review")} == {3, 1}


async def test_handing_in_asks_and_no_is_no(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("X", "enter")
        assert isinstance(desk.app.screen, SittingScreen)
        with kept() as store:
            assert not exam_in(desk, store).is_ended


async def test_flags_strikes_and_confidence_are_kept_and_can_be_taken_back(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("x", "B", "2")
        with kept() as store:
            slip = exam_in(desk, store).slips[0]
        assert slip.is_flagged
        assert [len(each) for each in slip.struck] == [1]
        assert slip.confidence == 2
        assert desk.sees("flagged, you said think")
        await desk.press("x", "B", "2")
        with kept() as store:
            slip = exam_in(desk, store).slips[0]
        assert not slip.is_flagged
        assert [len(each) for each in slip.struck] == [0]
        assert slip.confidence == 0


async def test_an_answer_can_be_changed_and_taken_away(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("a", "b")
        with kept() as store:
            assert exam_in(desk, store).answered == 1
        await desk.press("delete")
        with kept() as store:
            assert exam_in(desk, store).answered == 0
            assert kinds(store).count("exam_answer") == 3


async def test_a_number_and_own_words_are_typed(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("right", "right", "right")
        assert desk.sees("How many of a hundred")
        assert desk.sees("Enter writes your answer")
        await desk.press("enter", "2", "0", "enter", "3", "right", "right", "enter")
        await desk.type("It overfits")
        await desk.press("escape")
        await desk.rest()
        with kept() as store:
            slips = exam_in(desk, store).slips
        assert slips[3].answer == Answer(text="20")
        assert slips[3].confidence == 3
        assert slips[5].answer == Answer(text="It overfits")


async def test_the_grid_leads_to_any_question(sit: SitDown) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("a", "x", "G")
        assert desk.sees("●\u00a0answered\u00a01  ○\u00a0empty\u00a05  ⚑\u00a0flagged\u00a01")
        await desk.press("right", "right", "enter")
        assert desk.sees("question 3 of 6")
        await desk.press("G", "q")
        assert desk.sees("question 3 of 6")


async def test_the_grid_stands_beside_the_question_where_there_is_room(sit: SitDown) -> None:
    async with sit(*LAYERS, size=(160, 40)) as desk:
        await begin(desk)
        await desk.press("a")
        assert desk.sees("●\u00a0answered\u00a01  ○\u00a0empty\u00a05")


@pytest.mark.parametrize("key", ["0", "1", "s", ":", "'", "T", "R", "5", "8", "H", "!", "M"])
async def test_no_other_screen_can_be_reached_meanwhile(sit: SitDown, key: str) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press(key)
        assert isinstance(desk.app.screen, SittingScreen)


async def test_help_can_be_read_and_says_no_word_of_the_answer(sit: SitDown) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("?")
        assert desk.sees("Keys: sitting")
        await desk.press("q")
        assert isinstance(desk.app.screen, SittingScreen)


async def test_hints_are_not_given(sit: SitDown) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        before = desk.rows()[2:-4]
        for key in ("i", "u", "g", "+", "y"):
            await desk.press(key)
        assert desk.rows()[2:-4] == before


async def test_with_an_open_book_the_chapters_can_be_read_and_one_comes_back(sit: SitDown) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk, "o")
        await desk.press("right", "s")
        await desk.type("widening gap")
        await desk.rest()
        await desk.press("enter")
        await desk.rest()
        assert not isinstance(desk.app.screen, SittingScreen)
        await desk.press("q")
        assert isinstance(desk.app.screen, SittingScreen)
        assert desk.sees("question 2 of 6")


async def test_one_leaves_and_goes_on_at_the_same_question_in_another_run(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("b", "right", "right", "right", "q")
        assert isinstance(desk.app.screen, ExamsScreen)
        assert desk.sees("question 4 of 6")
    async with sit(*LAYERS) as desk:
        await desk.press("5", "enter")
        await desk.rest()
        assert desk.sees("question 4 of 6")
        with kept() as store:
            assert exam_in(desk, store).answered == 1


async def test_a_second_exam_is_not_begun_meanwhile(sit: SitDown) -> None:
    async with sit(*LAYERS, toasts=True) as desk:
        await begin(desk)
        await desk.press("q", "down", "enter")
        assert isinstance(desk.app.screen, ExamsScreen)
        assert "another exam is in progress" in desk.app.messages[-1]


async def test_after_leaving_enter_goes_on_with_the_exam(sit: SitDown) -> None:
    async with sit(*LAYERS, toasts=True) as desk:
        await begin(desk)
        await desk.press("q", "enter")
        assert isinstance(desk.app.screen, SittingScreen)


class Ticks:
    """A monotonic clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> Ticks:
    found = Ticks()
    monkeypatch.setattr(exam_clock, "monotonic_ms", found)
    return found


async def wait(desk: Desk, ticks: Ticks, seconds: int) -> None:
    """Let time pass in steps in which the screen looks at its clock."""
    screen = next(each for each in desk.app.screen_stack if isinstance(each, SittingScreen))
    for _ in range(seconds // 5):
        ticks.now += 5_000
        screen._look_at_clock()
    await desk.settle()


async def test_the_clock_is_written_down_every_fifteen_seconds(
    sit: SitDown, kept: Kept, ticks: Ticks
) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await wait(desk, ticks, 65)
        assert desk.sees("8:55 left")
        with kept() as store:
            assert exam_in(desk, store).elapsed_ms == 4 * HEARTBEAT_MS


async def test_a_hidden_clock_comes_back_in_the_last_five_minutes(
    sit: SitDown, ticks: Ticks
) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("z")
        assert desk.sees("clock hidden")
        await wait(desk, ticks, 5 * 60)
        assert desk.sees("5:00 left")


async def test_when_the_time_is_up_the_exam_is_handed_in_as_it_stands(
    sit: SitDown, kept: Kept, ticks: Ticks
) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("b", "?")
        await wait(desk, ticks, 10 * 60)
        await desk.rest()
        assert isinstance(desk.app.screen, ResultScreen)
        with kept() as store:
            exam = exam_in(desk, store)
        assert (exam.reason, exam.answered) == ("time", 1)


async def test_leaving_by_quitting_keeps_the_clock(sit: SitDown, kept: Kept, ticks: Ticks) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        ticks.now += 7_000
        await desk.press("Q")
        with kept() as store:
            assert exam_in(desk, store).elapsed_ms == 7_000


async def test_what_another_terminal_does_in_the_same_exam_is_seen(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        with kept() as store:
            exams = Exams(Table(desk.workspace.library, store))
            exam = exams.answer(exam_in(desk, store), 0, Answer(options=frozenset({1})), 2, 9_000)
            exams.tick(exam, 3, 9_000)
        desk.app._look_elsewhere()
        await desk.settle()
        assert desk.sees("question 1 of 6")
        assert desk.sees("you said think")
        with kept() as store:
            exams = Exams(Table(desk.workspace.library, store))
            exams.hand_in(exam_in(desk, store), 9_000)
        desk.app._look_elsewhere()
        await desk.settle()
        assert isinstance(desk.app.screen, ResultScreen)


async def test_a_letter_typed_at_a_number_is_a_key_again(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("right", "right", "right", "enter", "2", "0", "x")
        assert desk.sees("flagged")
        with kept() as store:
            slip = exam_in(desk, store).slips[3]
        assert (slip.answer, slip.is_flagged) == (Answer(text="20"), True)


# After the end


async def hand_in(desk: Desk) -> None:
    """Answer the first question, write own words, hand in."""
    await desk.press("a", "right", "right", "right", "right", "right", "enter")
    await desk.type("It overfits")
    await desk.press("escape")
    await desk.rest()
    await desk.press("X", "down", "enter")
    await desk.rest()


async def test_own_words_are_graded_and_the_score_counts_them(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await hand_in(desk)
        assert desk.sees("1 to grade")
        await desk.press("enter")
        assert desk.sees("Which of these did you say?")
        await desk.press("a", "enter")
        await desk.rest()
        assert isinstance(desk.app.screen, ResultScreen)
        assert not desk.sees("to grade")
        with kept() as store:
            exam = exam_in(desk, store)
            assert exam.slips[5].answer.criteria == {0}
            assert kinds(store)[-2:] == ["exam_grade", "review"]


async def test_a_question_is_reviewed_read_up_and_asked_for_tomorrow(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("a", "X", "down", "enter")
        await desk.rest()
        await desk.press("enter", "right")
        assert desk.sees("Rising validation loss")
        assert desk.sees("Why")
        await desk.press("g")
        await desk.rest()
        assert desk.sees("The closing exam")
        await desk.press("q")
        assert desk.sees("Rising validation loss")
        await desk.press("+")
        with kept() as store:
            (event,) = store.practice.events("wanted")
            assert event.entry.item_uid == "q-e00001"
        await desk.press("left", "enter", "G", "q", "q")
        assert isinstance(desk.app.screen, ResultScreen)


async def test_history_shows_each_attempt_without_an_arrow_of_chance(sit: SitDown) -> None:
    async with sit(*LAYERS, size=(120, 40)) as desk:
        for seed in ("a", "b"):
            await begin(desk, seed=seed)
            await desk.press("a", "X", "down", "enter")
            await desk.rest()
            await desk.press("q")
        await desk.press("v")
        assert sum("rehearsal" in row for row in desk.rows()) == 2
        assert desk.sees("An arrow stands only where")
        assert not any("↑" in row for row in desk.rows()[1:-1])


async def test_a_result_opens_from_the_list_and_is_copied(
    sit: SitDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit(*LAYERS) as desk:
        await begin(desk)
        await desk.press("a", "X", "down", "enter")
        await desk.rest()
        await desk.press("q", "G", "enter")
        assert isinstance(desk.app.screen, ResultScreen)
        copied: list[str] = []
        monkeypatch.setattr(desk.app, "copy", copied.append)
        await desk.press("y")
        assert copied[0].startswith("# Rehearsal\n\n`rehearsal/a/")
