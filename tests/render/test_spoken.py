"""What is heard and not seen: words for signs, sentences for tables, figures for pictures."""

from __future__ import annotations

import re

import pytest

from handbook.model import (
    Bar,
    Bullets,
    Chart,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Series,
    Span,
    Table,
)
from handbook.render.blocks import blocks_rows
from handbook.render.chart import chart_lines
from handbook.render.context import Context
from handbook.render.options import Options
from handbook.render.roles import compare_lines
from handbook.render.sheet import sheet_lines
from handbook.study import answering
from handbook.study.answering import sheet_for
from tests.render.people import ROLES
from tests.study.bank import of_kind, questions, right_answer

SPOKEN = Options(ascii=True, spoken=True, highlight=False)
NOISE = re.compile(r"\( \)|\(\*\)|\[ \]|\[x\]|\[\+\]|____$|^\W*[-=]{4,}|^[>+*] ")


def said(sheet) -> list[str]:
    return [line.text for line in sheet_lines(sheet, 72, SPOKEN).lines]


def rows(*blocks) -> list[str]:
    found = blocks_rows(blocks, 60, Context(SPOKEN))
    return ["".join(run.text for run in row) for row in found]


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_no_sheet_says_boxes_rules_or_empty_lines(question) -> None:
    blank = sheet_for(question, "s")
    answered = sheet_for(question, "s", right_answer(question.task))
    # A rubric is asked point by point; its boxes are never said.
    for sheet in (blank, answered, answering.reveal(answered)):
        if sheet.is_revealed and question.kind == "recall":
            continue
        shown = sheet_lines(sheet, 72, SPOKEN)
        assert len(shown.targets) == len(shown.lines)
        listing = getattr(question.task, "listing", None)
        for line in shown.lines:
            assert listing or not NOISE.search(line.text), line.text


def test_options_say_what_is_chosen_and_what_is_right() -> None:
    question = of_kind("single")
    right = next(at for at, each in enumerate(question.task.options) if each.is_right)
    sheet = sheet_for(question, "s")
    wrong = next(at for at in sheet.order if at != right)
    sheet = answering.pick(sheet, "abcdef"[sheet.order.index(wrong)])
    heard = said(answering.reveal(sheet))
    letters = {at: "abcdef"[place] for place, at in enumerate(sheet.order)}
    assert any(line.startswith(f"{letters[wrong]}, chosen: ") for line in said(sheet))
    assert any(line.startswith(f"{letters[wrong]}, chosen, not right: ") for line in heard)
    assert any(line.startswith(f"{letters[right]}, right: ") for line in heard)


def test_pairs_carry_the_numbers_that_are_typed() -> None:
    sheet = sheet_for(of_kind("match"), "s")
    heard = said(sheet)
    for number in range(1, len(sheet.task.pairs) + 1):
        assert any(line.startswith(f"{number}: ") for line in heard)
    assert any(line.startswith("a: ") for line in heard)


def test_a_table_is_a_sentence_for_each_row() -> None:
    header = ((Span("Topic"),), (Span("Points"),), (Span("Drawn"),))
    body = (((Span("Loss"),), (Span("1 of 2"),), (Span(""),)),)
    table = Table(header, body, ("left", "right", "left"))
    assert rows(table) == ["Topic: Loss; Points: 1 of 2"]


def test_a_chart_is_its_figures() -> None:
    lines = Chart("lines", "", series=(Series("train", ((0.0, 2.0), (5.0, 1.0))),), x_label="epoch")
    assert [line.text for line in chart_lines(lines, 60, SPOKEN)] == [
        "epoch 0: train 2",
        "epoch 5: train 1",
    ]
    bars = Chart("bars", "People", bars=(Bar("Low", 5000.0, None), Bar("High", 2.0, 3.0)))
    assert [line.text for line in chart_lines(bars, 60, SPOKEN)] == [
        "People",
        "Low: 5,000",
        "High: 2 to 3",
    ]


def test_what_only_looks_is_left_out() -> None:
    said_rows = rows(
        Heading(1, (Span("Title"),), ""),
        Rule(),
        Quote((Paragraph((Span("quoted"),)),)),
        Bullets((ListItem((Paragraph((Span("do it"),)),), checked=False),)),
        Bullets((ListItem((Paragraph((Span("did it"),)),), checked=True),)),
    )
    assert [row for row in said_rows if row] == ["Title", "quoted", "To do: do it", "Done: did it"]


def test_roles_are_told_one_after_the_other_without_gauges() -> None:
    lines = [line.text for line in compare_lines(ROLES[:2], 100, SPOKEN)]
    assert any(line == "ML knowledge: 7" for line in lines)
    assert not any("|" in line or "#" in line for line in lines)
