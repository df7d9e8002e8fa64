"""What the log says of topics and items: nothing is ready without each of its conditions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model.card import Card, CardState, Review
from handbook.model.checklist import Need
from handbook.model.readiness import ItemState, Level
from handbook.study.intervals import wilson
from handbook.study.mastery import (
    Answered,
    Bank,
    DateSet,
    Days,
    Reader,
    item_mastery,
    mixed_tests,
    newest_result,
    reader_of,
    topic_mastery,
)

A = tuple(f"a{number}" for number in range(5))
HELD = tuple(f"x{number}" for number in range(9))
"""Questions of the topic a that are kept for exams, so they are not in the bank."""
BANK = Bank({"a": A, "b": ("b0", "b1")}, {"a": "Topic A", "b": "Topic B"}, {"a": (*A[:2], *HELD)})
TOPICS = {**dict.fromkeys((*A, *HELD), "a"), "b0": "b", "b1": "b"}
NEED = Need()


def card(question: str, stability: float, last_day: int) -> Card:
    """Return a card of which recall falls in a straight line, to nothing after `stability` days."""
    state = CardState.REVIEW
    return Card(
        question, state, -1, stability, 5.0, last_day, 0, last_day + 1, 0, 1, 1, 0, "3", 1,
        is_shaken=False,
    )  # fmt: skip


def recall(card: Card, day: int) -> float:
    return max(0.0, 1 - (day - card.last_day) / card.stability)


def after(before: Card | None, review: Review) -> Card:
    """Return a card that is kept for 100 days if it was right, and for one if it was not."""
    return card(review.question, 100.0 if review.rating > 1 else 1.0, review.day)


def said(
    question: str, day: int, *, mode: str = "study", session: str = "", right: bool = True
) -> Answered:
    review = Review(question, 1, 3 if right else 1, 0, day, 0)
    return Answered(review, TOPICS[question], session or f"{mode}{day}", mode, float(right))


def study(day: int, questions: tuple[str, ...] = A) -> list[Answered]:
    return [said(each, day) for each in questions]


def exam(day: int, right: int, wrong: int = 0, *, first: int = 0) -> list[Answered]:
    """Sit a mixed test with so many fresh questions of the topic a, and one of b."""
    asked = HELD[first : first + right + wrong]
    return [
        *(said(q, day, mode="exam", right=number < right) for number, q in enumerate(asked)),
        said("b0", day, mode="exam"),
    ]


def reader(answers: list[Answered]) -> Reader:
    cards: dict[str, Card] = {}
    for each in answers:
        question = each.review.question
        cards[question] = after(cards.get(question), each.review)
    return reader_of(cards, answers, recall, after)


def state(
    answers: list[Answered],
    *,
    today: int,
    then: int | None,
    dates: tuple[DateSet, ...] = (),
    is_ticked: bool = False,
) -> ItemState:
    days = Days(today, then, dates or (DateSet(0, then),))
    return item_mastery("c", NEED, ("a",), BANK, reader(answers), days, is_ticked=is_ticked).state


# Tests


def test_a_test_counts_questions_first_met_in_it() -> None:
    answers = [*study(1), *exam(3, 4), *exam(5, 6)]
    assert mixed_tests(answers)["a"] == ((3, 4, 4), (5, 2, 2))


def test_a_question_met_in_study_is_never_fresh() -> None:
    answers = [*study(1), *(said(each, 3, mode="exam") for each in A), said("b0", 3, mode="exam")]
    assert "a" not in mixed_tests(answers)


def test_a_test_of_one_topic_is_not_mixed() -> None:
    assert mixed_tests([*study(1), *exam(3, 5)[:-1]]) == {}


@pytest.mark.parametrize("day", [1, 0])
def test_a_test_counts_only_on_a_day_after_study(day: int) -> None:
    answers = [*study(1), *exam(1, 5)] if day else [*exam(0, 5), *study(1)]
    assert "a" not in mixed_tests(answers)


def test_tests_are_taken_together_until_there_are_five_questions() -> None:
    tests = mixed_tests([*study(1), *exam(2, 0, 3), *exam(4, 3, first=3), *exam(6, 3, first=6)])
    result = newest_result(tests["a"])
    assert result is not None
    assert (result.right, result.questions, result.tests, result.day) == (6, 6, 2, 6)
    assert (result.low, result.high) == tuple(wilson(6, 6))


def test_no_test_gives_no_result() -> None:
    assert newest_result(()) is None


# Topics


def test_a_question_is_due_from_its_day_on() -> None:
    def due(today: int) -> int:
        return topic_mastery("a", BANK, reader(study(1)), Days(today, None)).due

    assert due(1) == 0
    assert due(2) == due(3) == len(A)


def test_levels_rise_and_fall() -> None:
    def level(answers: list[Answered], today: int) -> Level:
        return topic_mastery("a", BANK, reader(answers), Days(today, None)).level

    assert level([], 1) is Level.UNSEEN
    assert level(study(1, A[:3]), 1) is Level.BEGUN
    assert level(study(1, A[:4]), 1) is Level.SOLID
    assert level([*study(1), *exam(2, 5)], 2) is Level.MASTERED
    assert level([*study(1), *exam(2, 5)], 10) is Level.MASTERED
    failed = [*study(1), *exam(2, 5), *study(2), *exam(3, 0, 4, first=5)]
    assert level(failed, 3) is Level.SOLID


def test_recall_is_the_mean_of_what_was_met_with_an_interval() -> None:
    found = topic_mastery("a", BANK, reader(study(0, A[:2])), Days(10, 20))
    assert found.today is not None
    assert found.then is not None
    assert (found.today.share, found.today.questions) == (pytest.approx(0.9), 2)
    assert (found.today.low, found.today.high) == pytest.approx(tuple(wilson(1.8, 2)))
    assert found.then.share == pytest.approx(0.8)
    assert (found.items, found.seen, found.seen_share) == (5, 2, 0.4)


def test_what_was_never_met_is_left_for_tests() -> None:
    assert topic_mastery("a", BANK, reader([]), Days(1, None)).fresh == 11
    answers = [*study(0, A[1:]), *exam(1, 4)]
    assert topic_mastery("a", BANK, reader(answers), Days(1, None)).fresh == 6


def test_without_a_day_there_is_no_recall_on_it_and_a_past_one_counts_as_today() -> None:
    assert topic_mastery("a", BANK, reader(study(0)), Days(10, None)).then is None
    past = topic_mastery("a", BANK, reader(study(0)), Days(10, 5))
    assert past.then == past.today


# Items


def test_an_item_goes_from_open_to_ready_and_slips() -> None:
    seen = study(1)
    tested = [*seen, *exam(3, 5)]
    assert state([], today=1, then=12) is ItemState.OPEN
    assert state([], today=1, then=12, is_ticked=True) is ItemState.DONE
    assert state(seen, today=1, then=12, is_ticked=True) is ItemState.DONE
    assert state(tested, today=3, then=12) is ItemState.READY
    forgot = [*tested, *(said(each, 5, right=False) for each in A[:2])]
    assert state(forgot, today=5, then=12) is ItemState.SLIPPING
    assert state([*forgot, *study(6)], today=6, then=12) is ItemState.READY


def test_a_date_that_moves_away_makes_an_item_slip() -> None:
    tested = [*study(1), *exam(3, 5)]
    moved = (DateSet(0, 12), DateSet(9, 60))
    assert state(tested, today=9, then=60, dates=moved) is ItemState.SLIPPING
    always = (DateSet(0, 60),)
    assert state(tested, today=9, then=60, dates=always, is_ticked=True) is ItemState.DONE


def test_nothing_is_ready_for_no_day() -> None:
    tested = [*study(1), *exam(3, 5)]
    assert state(tested, today=3, then=None, is_ticked=True) is ItemState.DONE


def test_of_several_topics_the_weakest_counts() -> None:
    tested = [*study(1), said("b0", 1), said("b1", 1, right=False), *exam(3, 5)]
    days = Days(3, 12, (DateSet(0, 12),))
    found = item_mastery("c", NEED, ("a", "b"), BANK, reader(tested), days, is_ticked=False)
    assert [lack.what for lack in found.lacks] == ["recall"]
    assert found.recall == pytest.approx(0.5, abs=0.1)


entries = st.lists(
    st.tuples(
        st.sampled_from((*A, *HELD, "b0", "b1")),
        st.sampled_from(("study", "exam", "exam", "sprint", "mock")),
        st.booleans() | st.just(value=True),
        st.integers(0, 2),
    ),
    max_size=40,
)


BEGINNINGS: tuple[list[Answered], ...] = (
    [],
    study(1),
    [*study(1), *exam(3, 5)],
    [*study(1, A[:4]), *exam(3, 7, 1)],
    [*study(1), *exam(2, 3), *exam(4, 3, first=3)],
    [*study(1), *exam(3, 4, 1)],
)
beginnings = st.sampled_from(BEGINNINGS)


def written(beginning: list[Answered], rows: list[tuple[str, str, bool, int]]) -> list[Answered]:
    """Return rows as a log: the last number is how many days pass before the answer."""
    found = list(beginning)
    day = found[-1].review.day if found else 0
    for question, mode, right, later in rows:
        day += later
        found.append(said(question, day, mode=mode, right=right))
    return found


def test_some_of_the_beginnings_are_ready() -> None:
    found = [state(each, today=5, then=12) for each in BEGINNINGS]
    assert found.count(ItemState.READY) == 3


@given(beginnings, entries, st.integers(0, 30), st.none() | st.integers(0, 30), st.booleans())
def test_ready_is_never_said_without_each_condition(
    beginning: list[Answered],
    rows: list[tuple[str, str, bool, int]],
    later: int,
    ahead: int | None,
    ticked: bool,
) -> None:
    answers = written(beginning, rows)
    today = (answers[-1].review.day if answers else 0) + later
    then = None if ahead is None else today + ahead
    days = Days(today, then, (DateSet(0, then),))
    found = item_mastery("c", NEED, ("a",), BANK, reader(answers), days, is_ticked=ticked)
    if found.state is not ItemState.READY:
        assert found.lacks or then is None
        assert (found.state is ItemState.DONE) <= ticked
        return
    assert then is not None
    cards = {each.review.question: each for each in answers if each.review.question in A}
    assert len(cards) >= 0.8 * len(A)
    kept = reader(answers).cards
    assert sum(recall(kept[each], then) for each in cards) / len(cards) >= 0.85
    fresh = [
        each
        for number, each in enumerate(answers)
        if each.mode == "exam"
        and each.topic == "a"
        and all(
            other.session == each.session
            for other in answers[:number]
            if other.review.question == each.review.question
        )
        and any(o.mode != "exam" and o.topic == "a" for o in answers[:number])
        and all(
            o.review.day < each.review.day
            for o in answers[:number]
            if o.mode != "exam" and o.topic == "a"
        )
        and {o.topic for o in answers if o.session == each.session} == {"a", "b"}
    ]
    assert len(fresh) >= 5
    assert found.test is not None
    assert found.test.questions <= len(fresh)
    assert found.test.share >= 0.7
    assert wilson(found.test.right, found.test.questions).low >= 0.5


@given(beginnings, entries, st.integers(0, 20))
def test_slipping_was_ready_before(
    beginning: list[Answered], rows: list[tuple[str, str, bool, int]], ahead: int
) -> None:
    answers = written(beginning, rows)
    if not answers:
        return
    then = answers[-1].review.day + ahead
    if state(answers, today=answers[-1].review.day, then=then) is ItemState.SLIPPING:
        days = {each.review.day for each in answers}
        before = [[a for a in answers if a.review.day <= day] for day in sorted(days)]
        assert any(
            state(each, today=each[-1].review.day, then=then) is ItemState.READY for each in before
        )
