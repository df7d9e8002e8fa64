"""From a sheet and a key to the next sheet."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model import Answer, Cloze, Cue, Gap, Question, Recall, Sheet
from handbook.study import answering
from handbook.study.answering import sheet_for
from tests.study.bank import of_kind, questions, right_answer


def sheet_of(kind: str) -> Sheet:
    return sheet_for(of_kind(kind), "seed")


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_a_seed_decides_the_order_and_nothing_is_lost_in_it(question) -> None:
    sheet = sheet_for(question, "a")
    assert sheet == sheet_for(question, "a")
    again = sheet_for(question, "b")
    assert [sorted(o) for o in sheet.orders] == [sorted(o) for o in again.orders]
    assert len(sheet.orders) == len(sheet.tasks)
    assert sheet_for(question, "b", orders=sheet.orders).orders == sheet.orders


def test_orders_that_do_not_fit_the_question_any_more_are_made_anew() -> None:
    question = of_kind("single")
    fresh = sheet_for(question, "a")
    assert sheet_for(question, "a", orders=((0, 1, 2, 3, 4, 5, 6),)) == fresh
    assert sheet_for(question, "a", orders=((0, 0, 1),)) == fresh


def test_every_option_comes_first_for_some_seed() -> None:
    question = of_kind("single")
    firsts = {sheet_for(question, str(seed)).order[0] for seed in range(60)}
    assert firsts == set(range(len(question.task.options)))


def test_a_letter_chooses_one_and_takes_it_back() -> None:
    sheet = sheet_of("single")
    chosen = answering.pick(sheet, "b")
    assert chosen.answer.options == {sheet.order[1]}
    assert chosen.cursor == 1
    assert answering.pick(chosen, "a").answer.options == {sheet.order[0]}
    assert answering.pick(chosen, "b").answer == Answer()


def test_letters_tick_several() -> None:
    sheet = sheet_of("multi")
    for letter in "ab":
        sheet = answering.pick(sheet, letter)
    assert sheet.answer.options == set(sheet.order[:2])


def test_letters_put_items_in_order_and_take_them_out() -> None:
    sheet = sheet_of("order")
    for letter in "cab":
        sheet = answering.pick(sheet, letter)
    order = sheet.order
    assert sheet.answer.order == (order[2], order[0], order[1])
    assert answering.pick(sheet, "a").answer.order == (order[2], order[1])
    assert not answering.is_complete(sheet)


def test_letters_pair_the_left_side_of_the_cursor_and_go_on_to_the_next_free_one() -> None:
    sheet = sheet_of("match")
    paired = answering.pick(sheet, "b")
    assert (paired.answer.pairs[0], paired.cursor) == (sheet.order[1], 1)
    moved = answering.pick(paired, "b")
    assert moved.answer.pairs[:2] == (-1, sheet.order[1]), "a right side belongs to one left side"
    assert answering.toggle(answering.move_to(moved, 1)).answer.pairs[1] == -1


def test_a_line_is_accused_and_a_cure_chosen_with_letters_or_with_the_cursor() -> None:
    sheet = sheet_of("bug")
    accused = answering.toggle(answering.move(sheet, 2))
    assert accused.answer.line == 3
    assert answering.toggle(accused).answer.line == 0
    lines = answering.lines_of(sheet.task)
    by_cursor = answering.toggle(answering.move_to(accused, lines))
    assert by_cursor.answer == answering.pick(accused, "a").answer
    assert answering.is_complete(by_cursor)


def test_numbers_words_and_outlines_are_written() -> None:
    number = answering.write(sheet_of("numeric"), "1.5")
    assert (number.answer.text, answering.written(number)) == ("1.5", "1.5")
    assert answering.write(sheet_of("single"), "x") == sheet_of("single")
    outline = answering.write(sheet_of("recall"), "first\nsecond")
    assert outline.answer.text == "first\nsecond"


def test_each_gap_has_a_word_of_its_own() -> None:
    task = Cloze((Gap(1, ("one",)), Gap(2, ("two",))))
    sheet = sheet_for(Question("q-000000", "Gaps", "topic", (), task), "s")
    sheet = answering.write(answering.move(sheet, 1), " two ")
    assert sheet.answer.gaps == ("", "two")
    assert not answering.is_complete(sheet)
    assert answering.is_complete(answering.write(answering.move(sheet, -1), "one"))


def test_the_criteria_of_a_rubric_are_ticked_only_after_the_reveal() -> None:
    sheet = sheet_of("recall")
    assert answering.pick(sheet, "a") == sheet
    revealed = answering.reveal(sheet)
    assert answering.pick(revealed, "b").answer.criteria == {1}
    assert answering.toggle(revealed).answer.criteria == {0}


def test_the_steps_of_a_scenario_are_answered_one_by_one() -> None:
    sheet = sheet_of("scenario")
    steps = len(sheet.orders)
    for number in range(steps):
        sheet = answering.go_to_step(sheet, number)
        words = answering.words_wanted(sheet)
        sheet = answering.write(sheet, "1") if words else answering.pick(sheet, "a")
        assert answering.is_step_complete(sheet)
        assert answering.is_complete(sheet) is (number == steps - 1)
    assert answering.go_to_step(sheet, 99).step == steps - 1


def test_options_are_struck_out_without_being_chosen() -> None:
    sheet = answering.strike(sheet_of("single"), "c")
    assert sheet.struck == ({sheet.order[2]},)
    assert not sheet.answer
    assert answering.strike(sheet, "c").struck == (frozenset(),)


def test_hints_come_one_by_one_and_end() -> None:
    question = next(each for each in questions() if each.hints)
    sheet = sheet_for(question, "s")
    for _ in range(9):
        sheet = answering.hint(sheet)
    assert sheet.hints == len(question.hints)


ACTS = st.sampled_from([*ascii_lowercase[:8], "down", "up", "toggle", "write", "step", "reveal"])


@given(st.sampled_from(questions()), st.lists(ACTS, max_size=30))
def test_no_keys_lead_out_of_a_question_and_its_answer_survives_the_disk(question, acts) -> None:
    sheet = sheet_for(question, "s")
    for act in acts:
        match act:
            case "down" | "up":
                sheet = answering.move(sheet, 1 if act == "down" else -1)
            case "toggle":
                sheet = answering.toggle(sheet)
            case "write":
                sheet = answering.write(sheet, "word")
            case "step":
                sheet = answering.go_to_step(sheet, sheet.step + 1)
            case "reveal":
                sheet = answering.reveal(sheet)
            case _:
                sheet = answering.pick(sheet, act)
    assert 0 <= sheet.cursor < max(1, answering.rows(sheet))
    assert Answer.from_json(sheet.answer.to_json()) == sheet.answer


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["options", "text", "steps", "pairs", "x"]), inner)
        ),
    )
)
def test_whatever_stands_on_the_disk_becomes_an_answer(kept) -> None:
    assert isinstance(Answer.from_json(kept), Answer)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_the_right_answer_is_complete(question) -> None:
    sheet = sheet_for(question, "s", right_answer(question.task))
    assert answering.is_complete(sheet)
    is_only_recalled = isinstance(question.task, Recall | Cue)
    assert answering.is_complete(sheet_for(question, "s")) is is_only_recalled
