"""A question on the screen: what is shown before an answer, and what after it."""

from __future__ import annotations

import pytest

from handbook.model import Answer, Cue, Recall, Scenario
from handbook.render.cells import cells
from handbook.render.options import Options
from handbook.render.sheet import sheet_lines
from handbook.render.sheet_solution import answer_words
from handbook.study import answering
from handbook.study.answering import sheet_for
from tests.study.bank import of_kind, questions, right_answer

ASCII = Options(ascii=True, highlight=False)


def text_of(sheet, width: int = 72, **more) -> str:
    return "\n".join(line.text for line in sheet_lines(sheet, width, ASCII, **more).lines)


@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_no_line_is_wider_than_asked_and_each_knows_its_row(question, width: int) -> None:
    sheet = sheet_for(question, "s", right_answer(question.task))
    for each in (sheet, answering.reveal(sheet)):
        shown = sheet_lines(each, width, ASCII)
        assert max(cells(line.text) for line in shown.lines) <= width
        assert len(shown.targets) == len(shown.lines)
        assert (shown.solution >= 0) is each.is_revealed


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_nothing_tells_what_is_right_before_the_reveal(question) -> None:
    """Whatever is asked looks the same, whichever of the options is marked as right."""
    sheet = sheet_for(question, "s")
    before = text_of(sheet)
    said = [line.text for line in sheet_lines(answering.reveal(sheet), 72, ASCII).lines]
    if question.why:
        assert "Why" in said
        assert "\nWhy\n" not in before
    assert "Answer  " not in before
    signs = {line.split()[0] for line in before.split("\n") if line.strip()}
    assert not signs & {"[+]", "[-]", "+"} or "+" in question.title


@pytest.mark.parametrize("kind", ["single", "multi", "curve", "bug", "order", "match"])
def test_the_cursor_has_a_line_that_can_be_shown(kind: str) -> None:
    sheet = sheet_for(of_kind(kind), "s")
    for row in range(answering.rows(sheet)):
        shown = sheet_lines(answering.move_to(sheet, row), 60, ASCII)
        assert shown.targets[shown.focus] == row
        assert shown.lines[shown.focus].text.startswith(">")


def test_a_wrong_answer_is_shown_with_its_reason_and_the_right_one_beside_it() -> None:
    question = of_kind("single")
    sheet = sheet_for(question, "s")
    wrong = next(at for at, option in enumerate(question.task.options) if not option.is_right)
    letter = "abcdef"[sheet.order.index(wrong)]
    shown = text_of(answering.reveal(answering.pick(sheet, letter)))
    assert f"[-] {letter}  " in shown
    assert f" + {answer_words(sheet)[0]}  " in shown.replace("  +  ", "   + ")
    reason = question.task.options[wrong].why[0].spans[0].text.split()[0]
    assert reason in shown


def test_each_gap_says_by_a_sign_whether_it_is_right() -> None:
    question = of_kind("cloze")
    gaps = question.task.gaps
    answer = Answer(gaps=(gaps[0].answers[0].upper(), *["nothing like it"] * (len(gaps) - 1)))
    said = text_of(answering.reveal(sheet_for(question, "s", answer)))
    rows = [line for line in said.split("\n") if line[:4] in {"  + ", "  - "}]
    assert [row[2] for row in rows] == ["+", *"-" * (len(gaps) - 1)]
    assert "=" not in rows[0], "what is right needs no correction"


def test_what_is_struck_out_has_a_sign_of_its_own() -> None:
    sheet = answering.strike(sheet_for(of_kind("single"), "s"), "a")
    assert "(/) a" in text_of(sheet)
    assert "/*/ a" in text_of(answering.pick(sheet, "a"))
    assert "( ) a" in text_of(answering.strike(sheet, "a"))


def test_struck_options_are_crossed_out_and_can_still_be_read() -> None:
    sheet = answering.strike(sheet_for(of_kind("single"), "s"), "a")
    styles = {
        run.style
        for line, target in zip(*sheet_lines(sheet, 72)[0:3:2], strict=True)
        if target == 0
        for run in line.runs
    }
    assert "strike" in styles


def test_hints_are_shown_one_by_one() -> None:
    question = next(each for each in questions() if len(each.hints) > 1)
    sheet = sheet_for(question, "s")
    assert "Hint 1" not in text_of(sheet)
    assert "Hint 1" in text_of(answering.hint(sheet))
    assert "Hint 2" not in text_of(answering.hint(sheet))


def test_a_recall_shows_its_rubric_with_the_points_of_what_is_ticked() -> None:
    question = of_kind("recall")
    assert isinstance(question.task, Recall)
    sheet = answering.reveal(sheet_for(question, "s"))
    assert f"0 of {question.task.points} points" in text_of(sheet)
    points = question.task.rubric[1].points
    assert f"{points} of {question.task.points} points" in text_of(answering.pick(sheet, "b"))


def test_a_cue_shows_nothing_but_its_question_until_the_notes_are_revealed() -> None:
    question = of_kind("cue")
    assert isinstance(question.task, Cue)
    notes = of_kind("single").blocks
    assert text_of(sheet_for(question, "s"), notes=notes).strip() == question.title
    assert len(text_of(answering.reveal(sheet_for(question, "s")), notes=notes)) > 60


def test_a_scenario_shows_one_step_and_after_the_reveal_all_of_them() -> None:
    question = of_kind("scenario")
    assert isinstance(question.task, Scenario)
    sheet = sheet_for(question, "s")
    assert "Step 1 of" in text_of(sheet)
    assert "Step 2 of" not in text_of(sheet)
    assert "Step 2 of" in text_of(answering.reveal(sheet))


def test_a_curve_can_be_read_as_a_table() -> None:
    sheet = sheet_for(of_kind("curve"), "s")
    plot, table = text_of(sheet), text_of(sheet, is_table=True)
    assert plot != table
    chart = sheet.question.task.recipe.chart
    assert chart.series[0].name in table
