"""A session as a value: what comes next, what comes back, when it ends, and undo."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from handbook.study.session import (
    MOST_RETURNS,
    OTHERS_BETWEEN,
    Planned,
    Session,
    Turn,
    answered,
    begun,
    next_question,
    plan_from_json,
    plan_to_json,
    stopped,
    undone,
    with_turns,
)
from tests.study.decks import NOW, TOPICS

PLANS = st.lists(
    st.tuples(st.sampled_from(TOPICS), st.sampled_from(["due", "first", "new"])), max_size=14
).map(lambda rows: [Planned(f"q-{n}", *row) for n, row in enumerate(rows)])


def session_of(plan: list[Planned], minutes: int = 0) -> Session:
    return begun("s-1", plan, minutes=minutes, started_ms=NOW)


def of_topics(topics: str) -> Session:
    return session_of([Planned(f"q-{n}", topic, "due") for n, topic in enumerate(topics)])


def right(session: Session, total_ms: int = 1000) -> Session:
    return answered(session, Turn("review", current(session), 3, 2, 1.0, total_ms))


def wrong(session: Session) -> Session:
    return answered(session, Turn("review", current(session), 1, 2, 0.0, 1000))


def current(session: Session) -> str:
    following = next_question(session)
    assert following is not None
    return following.question


def gone_through(session: Session, ratings: list[int]) -> list[Session]:
    """Return the session after each answer; after the ratings given, all are right."""
    found = [session]
    for rating in [*ratings, *[3] * 200]:
        if found[-1].is_over:
            break
        turn = Turn("review", current(found[-1]), rating, 2, float(rating > 1), 1000)
        found.append(answered(found[-1], turn))
    return found


RATINGS = st.lists(st.integers(1, 4), max_size=30)


@given(PLANS, RATINGS)
def test_every_question_is_answered_and_every_missed_one_again(plan, ratings) -> None:
    last = gone_through(session_of(plan), ratings)[-1]
    assert last.is_over
    assert {turn.question for turn in last.turns} == {each.question for each in plan}
    for at, turn in enumerate(last.turns):
        misses = [each for each in last.turns[: at + 1] if each == turn and each.is_missed]
        if turn.is_missed and len(misses) <= MOST_RETURNS:
            assert turn.question in [later.question for later in last.turns[at + 1 :]]


@given(PLANS, RATINGS)
def test_a_missed_question_lets_others_go_first(plan, ratings) -> None:
    sessions = gone_through(session_of(plan), ratings)
    for before, after in pairwise(sessions):
        turn = after.turns[-1]
        earlier = [n for n, each in enumerate(before.turns) if each.question == turn.question]
        if earlier and len(before.turns) - earlier[-1] - 1 < OTHERS_BETWEEN:
            # Sooner only where nobody else was ready to come.
            assert all(each.ready_at > before.answers for each in before.waiting)


@given(PLANS, RATINGS)
def test_no_two_neighbours_share_a_topic_while_another_is_ready(plan, ratings) -> None:
    reasons = {each.question: each for each in plan}
    for session in gone_through(session_of(plan), ratings):
        following = next_question(session)
        if following is None or session.last is None or following.topic != session.last.topic:
            continue
        if following.reason == reasons[session.last.question].reason == "first":
            continue
        ready = [each for each in session.waiting if each.ready_at <= session.answers]
        assert {each.planned.topic for each in ready or session.waiting} == {following.topic}


@given(PLANS, RATINGS)
def test_undo_is_the_inverse_of_an_answer(plan, ratings) -> None:
    sessions = gone_through(session_of(plan, minutes=1), ratings)
    for before, after in pairwise(sessions):
        assert undone(after) == before
        assert answered(undone(after), after.turns[-1]) == after
    assert undone(sessions[0]) == sessions[0]


@given(PLANS, RATINGS)
def test_a_session_follows_from_its_plan_and_its_turns(plan, ratings) -> None:
    last = gone_through(session_of(plan), ratings)[-1]
    assert with_turns(session_of(plan), last.turns) == last


@given(PLANS, st.integers(0, 600))
def test_a_plan_survives_the_log(plan, minutes) -> None:
    kept = plan_to_json(session_of(plan, minutes))
    assert plan_from_json(kept) == (minutes, tuple(plan))


def test_what_is_no_plan_is_passed_over() -> None:
    rows = [["q-1", "bias", "due"], ["q-2", "bias", "nonsense"], ["q-3"], 7]
    assert plan_from_json({"questions": rows}) == (0, (Planned("q-1", "bias", "due"),))
    assert plan_from_json(None) == (0, ())


def test_a_missed_question_comes_back_after_four_others() -> None:
    session = wrong(of_topics("abcdeabc"))
    seen = []
    for _ in range(5):
        seen.append(current(session))
        session = right(session)
    assert seen == ["q-1", "q-2", "q-3", "q-4", "q-0"]
    assert session.position == 7
    assert session.size == 9


def test_the_last_question_comes_back_at_once() -> None:
    session = wrong(of_topics("a"))
    assert current(session) == "q-0"
    assert session.owed == ("q-0",)
    assert right(session).is_over


def test_what_will_not_stick_is_left_to_another_day() -> None:
    session = of_topics("a")
    for _ in range(MOST_RETURNS + 1):
        session = wrong(session)
    assert session.is_over
    assert session.missed == ("q-0",)


def test_the_first_pass_of_a_topic_goes_on_within_it() -> None:
    plan = [Planned("q-0", "a", "first"), Planned("q-1", "a", "first"), Planned("q-2", "b", "due")]
    assert current(right(session_of(plan))) == "q-1"


def test_once_the_time_is_up_only_what_was_missed_is_asked() -> None:
    plan = [Planned(f"q-{n}", "ab"[n % 2], "due") for n in range(9)]
    session = right(wrong(session_of(plan, minutes=1)), 58_000)
    assert not session.is_time_up
    assert session.left_ms == 1000
    session = right(session)
    assert session.is_time_up
    assert session.left_ms == 0
    assert [each.planned.question for each in session.waiting] == ["q-0"]
    assert right(session).is_over


def test_a_long_break_takes_only_so_much_of_the_box() -> None:
    session = right(session_of([Planned("q-0", "a", "due")], minutes=15), 10**9)
    assert not session.is_time_up


def test_a_question_held_back_or_swapped_leaves_the_session() -> None:
    session = of_topics("ab")
    assert current(answered(session, Turn("hold", "q-0"))) == "q-1"
    assert current(answered(session, Turn("suspend", "q-0"))) == "q-1"
    swapped = answered(session, Turn("hold", "q-0", instead="q-9"))
    assert current(swapped) == "q-9"
    assert swapped.size == 2
    assert undone(swapped) == session


def test_whoever_stops_has_nothing_left() -> None:
    session = stopped(right(of_topics("ab")))
    assert session.is_over
    assert session.answers == 1
