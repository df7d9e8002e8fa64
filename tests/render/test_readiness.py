"""The heat map and its words: figures beside shades, in every width, and ASCII where asked for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model.readiness import (
    ExamLine,
    ItemMastery,
    ItemState,
    Level,
    MixedResult,
    Move,
    PhaseDates,
    PlanCheck,
    Progress,
    Shortfall,
    Spread,
    StudyDay,
    TopicMastery,
)
from handbook.render.cells import cells
from handbook.render.options import Options
from handbook.render.plan import check_text, move_text, phase_text
from handbook.render.progress import progress_lines, progress_markdown
from handbook.render.readiness import (
    columns,
    evidence_text,
    heat_header,
    heat_line,
    lacks_text,
    percent,
    shade,
    slip_text,
    state_box,
    topic_texts,
    week_rows,
)

ASCII = Options(ascii=True)
TODAY = date(2026, 5, 16)
TEST = MixedResult(7, 8, 0.529, 0.978, 20_588, 2)
TOPIC = TopicMastery(
    *("loss", "Losses", 12, 9, 3),
    Spread(0.91, 0.6, 0.99, 9),
    Spread(0.84, 0.52, 0.96, 9),
    TEST,
    Level.SOLID,
    1,
)
BLANK = TopicMastery("bias", "Bias | variance", 7, 0, 0, None, None, None, Level.UNSEEN)


def item(state: ItemState, *lacks: Shortfall, has_day: bool = True) -> ItemMastery:
    return ItemMastery("c-000001", state, 0.75, 0.84, TEST, lacks, has_day)


def progress(**changes: object) -> Progress:
    plain = Progress(
        today=TODAY,
        day=date(2026, 6, 12),
        dated="interview",
        topics=(TOPIC, BLANK),
        items=(item(ItemState.READY), item(ItemState.OPEN)),
        check=PlanCheck(38, 20, 27, 200, 700, ("c-1",) * 24, ("c-2",) * 7),
        is_sprint=False,
        move=Move(date(2026, 5, 12), date(2026, 5, 19), -3.2),
        ahead=(4, 0, 7, *(0,) * 27),
        days=(StudyDay(20_588, 12, 10.5, 9.2), StudyDay(20_580, 4, 4, 2)),
        exams=(ExamLine("s1", "Core | form", 20_588, 8, 10, 0.49, 0.94),),
    )
    return plain._replace(**changes)


@given(
    st.integers(20, 200),
    st.lists(st.text(st.characters(codec="utf-8", categories=("L",)), max_size=50), max_size=4),
)
def test_no_line_is_wider_than_asked(width: int, titles: list[str]) -> None:
    topics = tuple(TOPIC._replace(title=title) for title in titles)
    found = progress(topics=topics)
    # A topic keeps eight cells for its name, and the bars four for themselves.
    most = max(width, 40)
    assert all(cells(line.text) <= most for line in progress_lines(found, width, Options()))


@pytest.mark.parametrize("width", [28, 38, 60, 78, 100, 160])
def test_the_columns_of_all_rows_stand_below_each_other(width: int) -> None:
    topics = (TOPIC, BLANK, TOPIC._replace(seen=0, test=None), TOPIC._replace(then=None))
    across = columns(topics, width)
    rows = [heat_header(across), *(heat_line(t, across, Options()) for t in topics)]
    assert len({cells(row.text) for row in rows}) == 1


def test_a_share_is_shown_by_a_shade_and_its_figure() -> None:
    row = heat_line(TOPIC, columns((TOPIC, BLANK), 78), Options()).text
    assert row.split() == ["Losses", "▓▓", "9/12", "██", "91", "▓▓", "84", "██", "7/8", "solid"]
    row = heat_line(TOPIC, columns((TOPIC, BLANK), 120), Options()).text
    assert "91  60-99" in row
    assert "7/8  52-98" in row
    assert heat_line(BLANK, columns((TOPIC, BLANK), 78), ASCII).text.split() == [
        *("Bias", "|", "variance", "0/7", "-", "-", "-", "unseen")
    ]


@pytest.mark.parametrize(
    ("share", "sign"),
    [(0, " "), (0.01, "░"), (0.49, "░"), (0.5, "▒"), (0.7, "▓"), (0.85, "█"), (1, "█")],
)
def test_shades_have_bounds(share: float, sign: str) -> None:
    assert shade(share, Options()) == sign
    assert shade(share, ASCII).isascii()


def test_a_percentage_is_never_rounded_up_to_what_is_asked_for() -> None:
    assert percent(0.8499) == "84%"
    assert percent(0.85) == "85%"
    assert percent(0.999) == "99%"
    assert percent(0.29) == "29%"


def test_all_of_it_is_ascii_where_asked_for() -> None:
    assert all(line.text.isascii() for line in progress_lines(progress(), 80, ASCII))


def test_boxes_are_as_wide_as_those_of_ticks_and_differ() -> None:
    for options in (Options(), ASCII):
        boxes = [state_box(state, options).text for state in ItemState]
        assert len(set(boxes)) == 4
        assert {cells(box) for box in boxes} == {3}


def test_an_item_says_what_was_measured_and_what_it_needs() -> None:
    lack = Shortfall("recall", 0.84, 0.85)
    slipping = item(ItemState.SLIPPING, lack)
    assert slip_text(slipping) == "recall on the day 84%"
    assert slip_text(item(ItemState.READY)) == ""
    assert evidence_text(slipping) == (
        "questions seen 75%, recall on the day 84%, mixed tests 7 of 8"
    )
    assert lacks_text(slipping) == "To be ready: 85% expected recall on the day."
    assert lacks_text(item(ItemState.READY)) == ""
    assert "date is needed" in lacks_text(item(ItemState.OPEN, lack, has_day=False))
    few, weak = Shortfall("test", 1.0, 0.7, 4), Shortfall("test", 0.6, 0.7, 10)
    assert "with 5 new questions" in lacks_text(item(ItemState.OPEN, few))
    assert "70% right in mixed tests" in lacks_text(item(ItemState.OPEN, weak))


def test_a_topic_is_told_with_its_intervals() -> None:
    assert topic_texts(TOPIC, date(2026, 6, 12)) == [
        "9 of 12 questions seen, 3 due.",
        "Expected recall today 91% (60 to 99).",
        "On 12 June 84% (52 to 96), if nothing is studied until then.",
        "7 of 8 new questions right in the last 2 mixed tests (52 to 98%).",
        "1 new question is left for mixed tests.",
        "Level: solid. Only mixed tests can show that it is mastered.",
    ]
    assert topic_texts(BLANK, None)[1] == "No mixed test on a later day yet."
    assert topic_texts(BLANK._replace(items=0), None) == ["All its questions are kept for exams."]


def test_weeks_begin_on_monday_and_end_with_the_first_of_the_reader() -> None:
    rows = week_rows((StudyDay(20_588, 12, 10, 9.2), StudyDay(20_580, 4, 4, 2)), TODAY, 8)
    assert [(label, figure) for label, _, figure in rows] == [
        ("this week", "9 min, 12 answers"),
        ("4 May", "2 min, 4 answers"),
    ]


def test_markdown_has_a_row_for_each_topic_with_intervals() -> None:
    text = progress_markdown(progress())
    assert "| Losses | 9/12 | 91 (60 to 99) | 84 (52 to 96) | 7 of 8 (52 to 98) | solid |\n" in text
    assert "| Bias \\| variance | 0/7 | none | none | none | unseen |\n" in text
    assert "- 15 May 2026 Core \\| form: 8 of 10 (49 to 94%)\n" in text
    assert text.endswith("|\n")


# The plan in words


def test_the_check_asks_which_items_to_leave() -> None:
    found = PlanCheck(38, 20, 27, 54, 900, ("c-1",) * 24, ("c-2",) * 7)
    assert check_text(found) == (
        "Needs 38 minutes a day, you set 20: 24 of 31 items by the date; leave these 7?"
        " Of this, 2 minutes a day for reviews and new questions."
    )
    enough = found._replace(needs=18, leaves=())
    assert check_text(enough, is_sprint=True).startswith(
        "Needs 18 minutes a day, you set 20: enough. Of this, 2 minutes a day for a sprint."
    )
    nothing = PlanCheck(0, 20, 3, 0, 0, (), ())
    assert check_text(nothing) == "Nothing is left to do before the day."


def test_a_move_says_what_it_means() -> None:
    first, second = date(2027, 5, 12), date(2027, 5, 19)
    assert move_text(Move(first, second, -3.1)) == ("Moved from 12 to 19 May: 3 items a day fewer.")
    assert move_text(Move(second, date(2027, 6, 1), 0.64)) == (
        "Moved from 19 May to 1 June: 0.6 items a day more."
    )
    assert move_text(Move(first, second, 0.01)).endswith("hardly a change a day.")
    assert move_text(Move(None, second, None)) == ""


def test_a_phase_is_told_by_its_days() -> None:
    def told(start: date, end: date) -> str:
        return phase_text(PhaseDates("a", start, end, ()))

    assert told(date(2027, 5, 3), date(2027, 5, 3)) == "3 May"
    assert told(date(2027, 5, 3), date(2027, 5, 20)) == "3 to 20 May"
    assert told(date(2027, 4, 30), date(2027, 5, 2)) == "30 April to 2 May"
