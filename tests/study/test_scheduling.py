"""When a question comes again: frozen schedules, and the laws beside `fsrs`'s own."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model import Card, CardState, Review
from handbook.study.scheduling import SOON, after, corrected, interval_of, is_leech, recall

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY_MS = 86_400_000
MINUTE_MS = 60_000
GUESS, THINK, SURE = 1, 2, 3

days_and_ratings = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 4)), max_size=12)


def review(day: int, rating: int, confidence: int = 0, version: int = 1) -> Review:
    return Review("q-7k2m9d", version, rating, confidence, day, day * DAY_MS)


def after_all(reviews: Iterable[Review], card: Card | None = None) -> Card:
    for each in reviews:
        card = after(card, each)
    assert card is not None
    return card


# Sequences that were reckoned once and frozen: a release of `fsrs` that changes a schedule is seen
# here. (day, rating) -> (state, step, stability, difficulty, due_day, minutes, interval, lapses)

GOLDEN = {
    "known from the start": [
        ((0, 3), (1, 1, 2.3065, 2.1181, 0, 10, 0, 0)),
        ((0, 3), (2, -1, 2.3065, 2.1112, 2, 0, 2, 0)),
        ((2, 3), (2, -1, 10.971, 2.1043, 14, 0, 12, 0)),
        ((13, 3), (2, -1, 46.3169, 2.0975, 56, 0, 43, 0)),
        ((53, 3), (2, -1, 151.7223, 2.0906, 208, 0, 155, 0)),
        ((200, 3), (2, -1, 460.1008, 2.0837, 644, 0, 444, 0)),
    ],
    "forgotten again and again": [
        ((0, 1), (1, 0, 0.212, 6.4133, 0, 1, 0, 0)),
        ((0, 1), (1, 0, 0.0834, 8.8063, 0, 1, 0, 0)),
        ((0, 3), (1, 1, 0.1031, 8.7927, 0, 10, 0, 0)),
        ((0, 3), (2, -1, 0.1258, 8.7792, 1, 0, 1, 0)),
        ((1, 3), (2, -1, 0.779, 8.7656, 2, 0, 1, 0)),
        ((4, 1), (3, 0, 0.3022, 9.5795, 4, 10, 0, 1)),
        ((4, 3), (2, -1, 0.3435, 9.5651, 5, 0, 1, 1)),
        ((5, 2), (2, -1, 0.7149, 9.6965, 6, 0, 1, 1)),
        ((9, 4), (2, -1, 3.3627, 9.5804, 11, 0, 2, 1)),
        ((40, 1), (3, 0, 1.0002, 9.8473, 40, 10, 0, 2)),
        ((40, 1), (3, 0, 0.3551, 9.935, 40, 10, 0, 2)),
        ((41, 3), (2, -1, 0.818, 9.9203, 42, 0, 1, 2)),
    ],
    "easy": [
        ((0, 4), (2, -1, 8.2956, 1.0, 10, 0, 10, 0)),
        ((8, 4), (2, -1, 65.6242, 1.0, 72, 0, 64, 0)),
        ((60, 2), (2, -1, 154.9058, 4.0106, 219, 0, 159, 0)),
    ],
    "right, but hard": [
        ((0, 2), (1, 0, 1.2931, 5.1122, 0, 5.5, 0, 0)),
        ((0, 2), (1, 0, 1.2931, 6.7405, 0, 5.5, 0, 0)),
        ((0, 3), (1, 1, 1.3359, 6.7289, 0, 10, 0, 0)),
        ((0, 2), (1, 1, 1.3359, 7.8138, 0, 10, 0, 0)),
        ((5, 3), (2, -1, 6.1718, 7.8012, 12, 0, 7, 0)),
    ],
}


@pytest.mark.parametrize("name", GOLDEN)
def test_schedules_stay_what_they_were(name: str):
    card = None
    for (day, rating), expected in GOLDEN[name]:
        card = after(card, review(day, rating))
        minutes = (card.due_ms - day * DAY_MS) / MINUTE_MS if card.due_ms else 0
        assert (
            *(card.state, card.step, round(card.stability, 4), round(card.difficulty, 4)),
            *(card.due_day, minutes, card.interval, card.lapses),
        ) == expected


# Beside fsrs


def compare_with_fsrs(count: int, seed: int) -> int:
    """Give both the same random reviews, compare after each, and return how many there were."""
    chance = random.Random(seed)
    plain = fsrs.Scheduler(enable_fuzzing=False)
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - fsrs takes no other
    done = 0
    while done < count:
        ours, theirs, day, question = None, fsrs.Card(card_id=1), 20_000, f"q-{done}"
        for _ in range(chance.randrange(1, 25)):
            day += chance.choice((0, 0, 1, 2, 5, 12, 40, 170, 900)) if ours else 0
            rating = chance.choice((1, 2, 3, 3, 3, 4))
            if ours is not None:
                on = start + timedelta(days=day + 3)
                assert recall(ours, day + 3) == plain.get_card_retrievability(theirs, on)
            seen = Review(question, 1, rating, chance.randrange(3), day, day * DAY_MS)
            ours = after(ours, seen)
            theirs, _log = plain.review_card(
                theirs, fsrs.Rating(rating), start + timedelta(days=day)
            )
            wait = theirs.due - start - timedelta(days=day)
            assert ours.state == theirs.state
            assert (None if ours.step < 0 else ours.step) == theirs.step
            assert (ours.stability, ours.difficulty) == (theirs.stability, theirs.difficulty)
            if ours.due_ms:
                assert ours.due_ms - day * DAY_MS == wait.total_seconds() * 1000
            else:
                assert interval_of(ours.stability) == wait.days
                assert abs(ours.interval - wait.days) <= 2 + wait.days * 0.15
            done += 1
    return done


def test_two_thousand_random_reviews_come_to_what_fsrs_makes_of_them():
    assert compare_with_fsrs(2_000, seed=1) >= 2_000


@pytest.mark.slow
def test_a_hundred_thousand_random_reviews_come_to_what_fsrs_makes_of_them():
    assert compare_with_fsrs(100_000, seed=2) >= 100_000


def test_looking_at_cards_does_not_load_fsrs():
    code = (
        "import sys; from handbook.study.scheduling import after, recall, is_leech;"
        " print('fsrs' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("retention", "days"), [(0.97, 2), (0.9, 10), (0.8, 33), (0.75, 56), (0.0, 56), (1.0, 2)]
)
def test_wanted_recall_is_held_between_three_quarters_and_97_percent(retention: float, days: int):
    assert interval_of(10, retention) == days


def test_who_wants_to_recall_more_reviews_sooner():
    known = after_all([review(0, 3), review(0, 3)])
    due = [after(known, review(2, 3), wanted).interval for wanted in (0.8, 0.9, 0.97)]
    assert due == sorted(due, reverse=True)
    assert len(set(due)) == 3


def test_a_rating_that_is_none_is_refused():
    with pytest.raises(ValueError, match="5"):
        after(None, review(0, 5))


# Days


def test_a_day_is_a_day_of_study_and_not_24_hours():
    evening = 21 * 60 * MINUTE_MS
    card = after_all(
        Review("q-1", 1, 3, 0, day, day * DAY_MS + time)
        for day, time in ((0, evening), (0, evening), (2, 9 * 60 * MINUTE_MS))
    )
    assert card.stability == pytest.approx(10.97, abs=0.01)  # 7.32 for the 1.5 days of the clock


@given(days_and_ratings, st.integers(-400, 400), st.integers(1, 4))
def test_the_last_day_never_goes_back(past: list[tuple[int, int]], jump: int, rating: int):
    card, day = None, 500
    for step, each in past:
        day += step
        card = after(card, review(day, each))
    again = after(card, review(day + jump, rating))
    assert again.last_day == max(day + jump, card.last_day if card else day + jump)
    assert again.due_day >= day + jump
    assert again.last_ms >= (card.last_ms if card else 0)
    if jump < 0 and card is not None:
        same_day = after(card, review(day, rating))
        assert (again.stability, again.interval) == (same_day.stability, same_day.interval)


def test_a_learning_step_counts_its_minutes_from_a_clock_that_was_set_right():
    card = after(None, review(400, 3))
    card = after(card, review(1, 1))
    assert (card.due_day, card.due_ms) == (1, DAY_MS + MINUTE_MS)


def test_a_clock_that_is_thousands_of_years_ahead_does_no_harm():
    card = after_all([review(0, 3), review(0, 3), review(3_000_000, 3)])
    assert card.last_day == 3_000_000
    assert 0 < card.interval <= 36_500
    assert 0 < recall(card, 9_000_000) < 1


# Fuzz


def test_the_same_reviews_give_the_same_days_on_every_machine():
    reviews = [review(0, 3), review(0, 3), review(2, 3), review(13, 3)]
    assert after_all(reviews) == after_all(reviews)
    assert after_all(reviews).due_day == 56


@pytest.mark.parametrize("stability", [3, 10, 50, 365])
def test_fuzz_makes_each_day_as_likely_and_leaves_the_mean_where_it_is(stability: float):
    known = after_all([review(0, 4)])._replace(stability=stability, interval=1)
    plain = interval_of(stability)
    found = Counter[int]()
    for number in range(6_000):
        question = f"q-{number}"
        card = after(
            known._replace(question=question),
            Review(question, 1, 2, 0, 0, 0),  # hard on the same day: stability stays
        )
        assert card.stability == stability
        found[card.interval] += 1
    low, high = min(found), max(found)
    assert low + high == 2 * plain
    assert low < plain
    mean = sum(days * count for days, count in found.items()) / 6_000
    assert mean == pytest.approx(plain, abs=0.03 * (high - low + 1))
    each = 6_000 / (high - low + 1)
    assert all(0.6 * each < found[day] < 1.4 * each for day in range(low, high + 1))


@given(st.integers(0, 10_000), st.floats(1, 400), st.integers(1, 400), st.integers(2, 4))
def test_an_interval_that_grew_is_never_shown_as_a_step_back(
    number: int, stability: float, last: int, rating: int
):
    question = f"q-{number}"
    known = after_all([review(0, 4)])
    known = known._replace(question=question, stability=stability, interval=last, due_day=last)
    card = after(known, Review(question, 1, rating, 0, last, last * DAY_MS))
    if interval_of(card.stability) > last:
        assert card.interval >= last
    assert card.interval >= 1
    assert card.due_day == card.last_day + card.interval


# Sure but wrong


def test_what_was_sure_and_wrong_comes_back_within_three_days_until_right_on_a_later_day():
    known = after_all([review(0, 3), review(0, 3), review(2, 3), review(14, 3)])
    wrong = after(known, review(60, 1, SURE))
    assert wrong.is_shaken
    same_day = after(wrong, review(60, 4, THINK))
    assert same_day.is_shaken
    assert 1 <= same_day.interval <= SOON
    later = after(same_day, review(62, 3))
    assert not later.is_shaken
    assert later.interval > SOON


def test_a_guess_that_was_wrong_shakes_nothing_but_does_not_settle_it_either():
    known = after_all([review(0, 4)])
    assert not after(known, review(8, 1, GUESS)).is_shaken
    assert not after(known, review(8, 3, SURE)).is_shaken
    shaken = after(known, review(8, 1, SURE))
    assert after(shaken, review(10, 1, GUESS)).is_shaken


@given(days_and_ratings, st.integers(0, 300))
def test_a_shaken_card_is_due_within_three_days_whatever_the_model_says(
    past: list[tuple[int, int]], jump: int
):
    card, day = None, 0
    for step, rating in past:
        day += step
        card = after(card, review(day, rating))
    card = after(card, review(day + jump, 1, SURE))
    for rating in (2, 3, 4):
        card = after(card, review(day + jump, rating))
        assert card.is_shaken
        assert card.due_day <= day + jump + SOON


# A corrected question


def test_a_corrected_question_is_due_within_three_days_and_known_for_three_at_most():
    card = after_all([review(0, 3), review(0, 3), review(2, 3), review(14, 3)])
    anew = corrected(card, 2)
    assert card.interval > 30
    assert (anew.stability, anew.due_day, anew.interval) == (3.0, 14 + SOON, SOON)
    assert corrected(card, 1) == card
    assert corrected(anew, 2) == anew


def test_the_first_answer_to_a_corrected_question_starts_from_there():
    card = after_all([review(0, 3), review(0, 3), review(2, 3), review(14, 3)])
    old, new = after(card, review(20, 3)), after(card, review(20, 3, version=2))
    assert new.seen_version == 2
    assert new.stability < old.stability / 2
    assert new == after(corrected(card, 2), review(20, 3, version=2))
    assert corrected(new, 2) == new


# Leeches, and what a card remembers


def test_a_card_remembers_its_last_ten_ratings_the_newest_first():
    card = after_all(review(day, rating) for day, rating in enumerate((1, 2, 3, 4, 1, 2, 3) * 2))
    assert card.recent == "3214321321"
    assert card.reps == 14


def forget(times: int, between: int) -> Card:
    """Return a card that was learned, and forgotten so often with right answers in between."""
    card, day = after_all([review(0, 4)]), 0
    for _ in range(times):
        day += 30
        card = after(card, review(day, 1))
        for _ in range(between):
            day += 1
            card = after(card, review(day, 3))
    return card


def test_six_lapses_make_a_leech_or_four_within_ten_answers():
    assert not is_leech(forget(3, 1))
    assert is_leech(forget(4, 1))
    assert not is_leech(forget(5, 3))
    assert is_leech(forget(6, 3))


def test_failing_while_it_is_learned_makes_no_leech():
    card = after_all(review(0, 1) for _ in range(9))
    assert card.state == CardState.LEARNING
    assert card.lapses == 0
    assert not is_leech(card)


def test_recall_falls_to_nine_tenths_after_as_many_days_as_the_stability():
    card = after_all([review(0, 4)])._replace(stability=10.0)
    assert recall(card, 0) == recall(card, -5) == 1
    assert recall(card, 10) == pytest.approx(0.9)
