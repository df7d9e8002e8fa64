"""Mock interviews as lines: nothing is wider than asked, nothing secret shows, reports are safe."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from handbook.loader.library import Library
from handbook.loader.loop_files import loops_of
from handbook.model.interview import (
    DimensionResult,
    Interview,
    ItemResult,
    ItemState,
    MockReport,
    Remark,
    Score,
)
from handbook.render.cells import cells
from handbook.render.mock import (
    answer_lines,
    asked_lines,
    brief_lines,
    clock_text,
    hint_lines,
    ladder_lines,
    levels_lines,
    notes_lines,
    rubric_lines,
    score_table,
)
from handbook.render.mock_report import report_lines, report_markdown
from handbook.render.options import Options
from handbook.study.mock_plan import plan_of, text_of

LOOPS = loops_of(Library.open([Path(__file__).parents[2] / "content"])).found
ITEMS = [item for loop in LOOPS.values() for item in loop.items]
STATE = ItemState(
    asked_ms=1,
    follow_ups=1,
    hints=1,
    ticked=frozenset({0}),
    judged=frozenset({0, 1}),
    remarks=(Remark("", "a note " * 30, 1),),
)


@pytest.mark.parametrize("width", [20, 38, 72, 100])
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_no_line_is_wider_than_asked(item, width: int) -> None:
    for options in (Options(), Options(ascii=True)):
        lines = asked_lines(item.title, item.blocks, width, options)
        lines += ladder_lines(item, STATE, width, options)
        lines += hint_lines(item, STATE, width, options)
        lines += rubric_lines(item, STATE, width, options)
        lines += levels_lines(item, STATE, 0, width)
        lines += notes_lines(STATE, width, options)
        lines += answer_lines(item, width, options)
        assert max(cells(line.text) for line in lines) <= width


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_what_is_asked_tells_neither_rubric_nor_answer(item) -> None:
    seen = "\n".join(line.text for line in asked_lines(item.title, item.blocks, 1000))
    secret = [each.blocks for each in (*item.rubric, *item.follow_ups)]
    secret += [*item.hints, item.answer[:1], *item.red_flags]
    assert not [blocks for blocks in secret if blocks and text_of(blocks) in seen]
    assert not [each for each in item.drills if each and each in seen]


def test_states_are_told_without_colour() -> None:
    item = next(each for each in ITEMS if len(each.rubric) > 2 and len(each.follow_ups) > 2)
    rubric = [line.text[:5] for line in rubric_lines(item, STATE, 72, Options())]
    assert {"a [x]", "b [-]", "c [ ]"} <= set(rubric)
    ladder = [line.text[:3] for line in ladder_lines(item, STATE, 72, Options())]
    assert {"[x]", "[>]", "[ ]"} <= set(ladder)


@pytest.mark.parametrize("loop", LOOPS.values(), ids=lambda loop: loop.name)
def test_briefs_and_scores_fit_a_small_screen(loop) -> None:
    plan = plan_of(loop, "interviewer")
    now = Interview("s", plan, tuple(STATE for _ in plan.items))
    lines = brief_lines(loop.rounds[0], now, 38) + score_table(now, now.of_round(0), 38)
    assert max(cells(line.text) for line in lines) <= 38


def test_the_clock_tells_minutes_and_seconds() -> None:
    assert clock_text(725_000, 35) == "12:05 of 35 min"


# Reports

WORDS = st.text(min_size=1, max_size=60)


def report(words: str, outline: str) -> MockReport:
    score = Score(words, words, 2, (words, words))
    one, drills = (words,), ("q-000001",)
    item = ItemResult(
        "m-000001", words, words, 10, 3.5, one, one, drills, 1, 2, 1, 1, one, outline
    )  # fmt: skip
    dimensions = (DimensionResult(words, (score, score._replace(score=4))),)
    return MockReport(
        "s", words, "solo", words, 0, True, (words,), (), dimensions, (item,), ("q-000001",)
    )


@given(WORDS, st.text(max_size=80), st.sampled_from((24, 60, 84)))
def test_a_report_is_never_too_wide(words: str, outline: str, width: int) -> None:
    lines = report_lines(report(words, outline), "2026-05-16", width)
    assert max(cells(line.text) for line in lines) <= width


@given(WORDS)
def test_a_readers_words_are_no_markdown(words: str) -> None:
    tokens = MarkdownIt().parse(report_markdown(report(words, ""), "2026-05-16"))
    kinds = {token.type for token in tokens} | {
        child.type for token in tokens for child in token.children or ()
    }
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "hr", "fence"}
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings == ["h1", "h2", "h2"]


def test_a_report_without_a_closed_round_says_so() -> None:
    empty = MockReport("s", "T", "solo", "", 0, False, (), ("First",), (), (), ())
    assert "No round is closed yet" in report_markdown(empty, "2026-05-16")
    assert any("No round is closed" in line.text for line in report_lines(empty, "", 80))
