"""Study: answering each kind of question by keyboard, with every answer on disk at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Key

from handbook.model import Answer, Entry
from tests.tui.driving import BOOK

if TYPE_CHECKING:
    from handbook.model import Event
    from handbook.store.store import Store
    from tests.journeys.conftest import Kept, SitDown
    from tests.tui.driving import Desk

QUESTIONS = BOOK.parent / "study_book"
LAYERS = (BOOK, QUESTIONS)


def reviews(store: Store) -> list[tuple[str, int, int | None]]:
    """Return the answers on disk: question, grade, confidence."""
    kept = store.practice.events("review")
    return [(e.entry.item_uid or "", e.entry.rating or 0, e.entry.confidence) for e in kept]


def answers(store: Store) -> list[Answer]:
    return [Answer.from_json(event.entry.data.get("answer")) for event in events(store)]


def events(store: Store) -> tuple[Event, ...]:
    return store.practice.events("review")


async def study(desk: Desk, topic: str) -> None:
    desk.app.open_study((topic,))
    await desk.rest()


async def put_on_table(desk: Desk, title: str) -> None:
    """Leave other questions of the session until tomorrow, up to the one that is meant."""
    for _ in range(9):
        if desk.sees(title):
            return
        await desk.press("escape", "-") if desk.app.screen.is_writing else await desk.press("-")
        await desk.rest()
    pytest.fail(f"{title} never came")


def letter_of(desk: Desk, text: str) -> str:
    """Return the letter that stands before an option on the screen."""
    row = next(row for row in desk.rows() if text in row)
    return row.split(text)[0].split()[-1]


async def test_a_choice_is_answered_with_a_letter_and_kept_with_its_confidence(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        await put_on_table(desk, "Rising validation loss")
        await desk.press(letter_of(desk, "Regularise"), "3")
        assert desk.sees("Right")
        assert desk.sees("The widening gap is the symptom")
        with kept() as store:
            assert reviews(store) == [], "the grade is still to come"
        await desk.press("enter")
        with kept() as store:
            assert reviews(store) == [("q-000001", 3, 3)]
            assert answers(store)[0].options == {1}


async def test_a_wrong_answer_shows_its_reason_and_comes_back_before_the_end(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        await put_on_table(desk, "Rising validation loss")
        await desk.press(letter_of(desk, "Raise the rate"), "3")
        assert desk.sees("The step is not what separates")
        assert desk.sees("you were sure")
        await desk.press("enter")
        assert desk.app.screen.session.owed == ("q-000001",)
        with kept() as store:
            assert reviews(store) == [("q-000001", 1, 3)]


async def test_several_options_are_ticked(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        await put_on_table(desk, "What lowers variance")
        await desk.press(letter_of(desk, "More rows"), letter_of(desk, "Dropout"), "enter", "enter")
    with kept() as store:
        assert reviews(store) == [("q-000002", 3, None)]
        assert answers(store)[0].options == {0, 1}


async def test_a_number_is_typed_at_once_and_other_keys_still_work(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "typed")
        await put_on_table(desk, "The variance part")
        assert desk.app.place == "answer"
        await desk.type("7")
        await desk.press("enter", "2", "enter")
    with kept() as store:
        assert reviews(store) == [("q-000003", 3, 2)]
        assert answers(store)[0].text == "7"


async def test_what_is_typed_before_the_field_is_there_is_not_lost(sit: SitDown) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "typed")
        await put_on_table(desk, "The variance part")
        sheet = desk.app.screen.sheet
        await desk.press("escape")
        desk.app.screen.show_sheet(sheet, is_new=True)
        for key, character in (("2", "2"), ("0", "0"), ("enter", "\r")):
            event = Key(key, character)
            event.set_sender(desk.app)
            desk.app._driver.send_message(event)
        await desk.rest()
        assert desk.app.place == "study"
        assert desk.app.screen.sheet.answer == Answer(text="20")


@pytest.mark.parametrize("first", ["", "w"])
async def test_an_answer_and_what_follows_may_come_in_one_go(
    sit: SitDown, kept: Kept, first: str
) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "typed")
        await put_on_table(desk, "The variance part")
        await desk.press(*(("escape", first) if first else ()))
        for key in ("7", "enter", "2", "enter"):
            event = Key(key, "\r" if key == "enter" else key)
            event.set_sender(desk.app)
            desk.app._driver.send_message(event)
        await desk.rest()
    with kept() as store:
        assert reviews(store) == [("q-000003", 3, 2)]
        assert answers(store)[0].text == "7"


async def test_a_letter_is_no_part_of_a_number(sit: SitDown) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "typed")
        await put_on_table(desk, "The variance part")
        await desk.press("n")
        assert desk.app.place == "judged"
        assert desk.sees("it comes back")


async def test_gaps_are_filled_one_after_the_other_and_a_near_miss_is_asked_about(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "typed")
        await put_on_table(desk, "Two words")
        await desk.type("Nonlinearr")
        await desk.press("enter")
        await desk.rest()
        await desk.type("variance")
        await desk.press("enter", "3")
        assert desk.app.place == "picker", "one letter too many is nearly right"
        await desk.press("enter")
        await desk.rest()
        assert desk.sees("Right")
        await desk.press("enter")
    with kept() as store:
        assert reviews(store) == [("q-000004", 3, 3)]
        assert answers(store)[0].gaps == ("Nonlinearr", "variance")


async def test_things_are_put_in_order_by_their_letters(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "arranged")
        await put_on_table(desk, "From data to use")
        for word in ("Collect", "Train", "Serve"):
            await desk.press(letter_of(desk, word))
        await desk.press("1", "enter")
    with kept() as store:
        assert reviews(store) == [("q-000005", 2, 1)], "a right guess is no more than hard"


async def test_pairs_are_found_by_letters(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "arranged")
        await put_on_table(desk, "Who does what")
        await desk.press(letter_of(desk, "pipelines"), letter_of(desk, "production"), "3", "enter")
    with kept() as store:
        assert reviews(store) == [("q-000006", 3, 3)]
        assert answers(store)[0].pairs == (0, 1)


async def test_a_line_is_accused_with_the_cursor_and_mended_with_a_letter(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "code")
        await desk.press("j", "j", "space", letter_of(desk, "Divide by the length"), "3")
        assert desk.sees("Right")
        await desk.press("enter")
    with kept() as store:
        assert reviews(store) == [("q-000007", 3, 3)]
        assert answers(store)[0].line == 3


async def test_what_is_recalled_is_graded_by_its_rubric(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "told")
        await put_on_table(desk, "A loss that rises")
        await desk.press("w")
        await desk.type("rate too high")
        await desk.press("escape", "2")
        assert desk.sees("Which of these did you say?")
        await desk.press("a")
        assert desk.sees("2 of 3 points ticked")
        await desk.press("enter")
    with kept() as store:
        assert reviews(store) == [("q-000008", 2, 2)]
        assert answers(store)[0].text == "rate too high"
        assert answers(store)[0].criteria == {0}
        assert events(store)[0].entry.correct == pytest.approx(2 / 3)


async def test_a_scenario_goes_step_by_step(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "told")
        await put_on_table(desk, "Two steps")
        await desk.type("7")
        await desk.press("enter", "enter")
        assert desk.sees("Step 2 of 2")
        await desk.press(letter_of(desk, "Variance"), "3", "enter")
    with kept() as store:
        assert reviews(store) == [("q-000009", 3, 3)]


async def test_a_curve_can_be_read_as_a_table(sit: SitDown) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "curves")
        plot = desk.screen()
        await desk.press("t")
        assert desk.screen() != plot
        assert desk.sees("validation")
        await desk.press("t")
        assert desk.screen() == plot


async def test_undo_brings_the_question_back_with_its_answer_and_after_a_restart(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        title = desk.app.screen.sheet.question.title
        await desk.press("a", "3", "enter")
        assert not desk.sees(title)
        await desk.press("u")
        assert desk.sees(title)
        assert desk.app.screen.sheet.answer.options
        with kept() as store:
            assert reviews(store) == []
        await desk.press("U")
        with kept() as store:
            assert len(reviews(store)) == 1
    async with sit(*LAYERS) as desk:
        await desk.press("4")
        await desk.rest()
        await desk.press("u")
        assert desk.sees(title)
        with kept() as store:
            assert reviews(store) == []


async def test_undo_reaches_back_into_an_earlier_session(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "code")
        await desk.press("n", "1", "q", "q")
        await study(desk, "choices")
        with kept() as store:
            assert len(reviews(store)) == 1
        await desk.press("u")
        assert desk.sees("A sum that is off")
    with kept() as store:
        assert reviews(store) == []


async def test_hints_cap_the_grade(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        await put_on_table(desk, "Rising validation loss")
        await desk.press("h")
        assert desk.sees("Which curve moves?")
        await desk.press("h", "h", letter_of(desk, "Regularise"), "3", "enter")
        assert desk.app.messages[-1] == "there is no further hint"
    with kept() as store:
        assert reviews(store) == [("q-000001", 2, 3)]


async def test_a_flag_a_hold_and_a_suspension_are_kept(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        first = desk.app.screen.sheet.question.id
        await desk.press("x")
        await desk.type("a typo")
        await desk.press("enter", "-")
        await desk.rest()
        second = desk.app.screen.sheet.question.id
        await desk.press("X", "down", "enter")
        await desk.rest()
        with kept() as store:
            standings = store.practice.standings()
        assert standings[first].flag == "a typo"
        assert standings[first].held_until > 0
        assert standings[second].is_suspended


async def test_a_suspended_question_can_be_asked_again(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        question = desk.app.screen.sheet.question
        await desk.press("X", "down", "enter", "S")
        await desk.type("ask one again")
        await desk.press("enter")
        assert desk.sees(question.title)
        await desk.press("enter")
        assert f"Comes again: {question.title}" in desk.app.messages
        with kept() as store:
            assert question.id not in store.practice.standings()


async def test_the_source_is_read_and_the_question_is_still_there(sit: SitDown) -> None:
    async with sit(*LAYERS, size=(100, 30)) as desk:
        await desk.press("1")
        await desk.rest()
        await study(desk, "choices")
        await put_on_table(desk, "Rising validation loss")
        await desk.press("g")
        await desk.rest()
        assert desk.app.place == "reader"
        assert desk.sees("Both errors are high")
        await desk.press("q")
        assert desk.sees("Rising validation loss")


async def test_the_facts_say_what_each_grade_leads_to(sit: SitDown) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        await desk.press("i")
        assert desk.sees("You have not answered it before")
        assert desk.sees("4 Easy: again in")


async def test_stopping_early_shows_what_it_came_to_and_leaves_no_reproach(sit: SitDown) -> None:
    async with sit(*LAYERS, size=(80, 30)) as desk:
        await study(desk, "choices")
        await desk.press("n", "enter", "q")
        assert desk.sees("1 question, 0 right at the first answer")
        assert desk.sees("What moved")
        assert not desk.sees("streak")
        await desk.press("q")
        assert desk.app.place == "home"


async def test_another_session_is_chosen_by_time_or_topic(sit: SitDown) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        await desk.press("S")
        await desk.type("code")
        await desk.press("enter")
        await desk.rest()
        assert desk.sees("A sum that is off")


async def test_a_topic_is_crammed_without_asking_what_is_due(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "code")
        await desk.press("n", "4", "S")
        await desk.type("one topic")
        await desk.press("enter")
        await desk.rest()
        await desk.type("code")
        await desk.press("enter")
        await desk.rest()
        assert desk.sees("A sum that is off"), "answered today, and asked again all the same"
    with kept() as store:
        assert [each.kind for each in store.practice.sessions()] == ["sprint", "study"]


async def test_a_session_that_was_cut_off_goes_on_where_it_was(sit: SitDown) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        await desk.press("n", "enter")
        left = desk.app.screen.sheet.question.id
    async with sit(*LAYERS) as desk:
        await desk.press("4")
        await desk.rest()
        assert desk.app.screen.sheet.question.id == left
        assert desk.app.messages == ["The session goes on where it was left"]


async def test_the_size_of_the_screen_changes_nothing_but_the_lines(sit: SitDown) -> None:
    async with sit(*LAYERS, size=(40, 12)) as desk:
        await study(desk, "code")
        for size in ((200, 60), (120, 40), (80, 24), (40, 12)):
            await desk.resize(*size)
            await desk.rest()
            assert desk.sees("1 guess")
            assert all(len(row) <= size[0] for row in desk.rows())


async def test_home_says_how_much_there_is_to_study(sit: SitDown) -> None:
    async with sit(*LAYERS) as desk:
        assert desk.sees("new, about")
    async with sit() as desk:
        assert not desk.sees("Study ")


async def test_a_book_without_questions_says_so(sit: SitDown) -> None:
    async with sit() as desk:
        await desk.press("4")
        await desk.rest()
        assert desk.app.messages == ["the book has no questions"]
        await desk.press("q")
        assert desk.app.place == "home"


async def test_a_hostile_number_of_keys_changes_nothing_that_was_not_meant(
    sit: SitDown, kept: Kept
) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        await desk.press(
            "3", "2", "1", "4", "tab", "w", "t", "L", "escape", "j", "k", "end", "home"
        )
    with kept() as store:
        assert reviews(store) == []


async def test_another_terminal_goes_on_where_the_first_one_went(sit: SitDown, kept: Kept) -> None:
    async with sit(*LAYERS) as desk:
        await study(desk, "choices")
        first = desk.app.screen.sheet.question.id
        with kept() as other:
            (session,) = other.practice.sessions()
            entry = Entry("review", first, {"topic": "choices"}, session_id=session.id, rating=3)
            other.practice.append(entry)
        desk.app._look_elsewhere()
        await desk.rest()
        assert desk.app.screen.sheet.question.id != first
        assert desk.app.screen.session.answers == 1
