"""What is coming: loads, the cost of stopping, and runs of days to come."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.study.forecast import Load, _Run, cost_of_stopping, load, simulate
from handbook.study.scheduling import recall
from tests.study.decks import DAY, card

NEW = [f"q-{number:06}" for number in range(300)]


def test_the_load_counts_by_day_and_what_is_overdue_today() -> None:
    ahead = [-30, 0, 1, 1, 7, 8, 30, 31]
    cards = [card(f"q-{n}", DAY + days) for n, days in enumerate(ahead)]
    assert load(cards, DAY) == Load(today=2, tomorrow=2, week=3, month=5)
    assert load([], DAY) == Load(0, 0, 0, 0)


def test_stopping_costs_what_is_forgotten_until_tomorrow() -> None:
    shaky, firm = card("q-0", stability=0.5), card("q-1", stability=500.0)
    assert cost_of_stopping([], DAY) == 0
    assert 0 < cost_of_stopping([firm], DAY) < cost_of_stopping([shaky], DAY) < 0.2
    both = cost_of_stopping([shaky, firm], DAY)
    assert both == pytest.approx(cost_of_stopping([shaky], DAY) + cost_of_stopping([firm], DAY))


class DueFirst(_Run):
    """What is due comes first, the oldest before all, as without an interview; then new ones."""

    def study(self, room: int, day: int) -> int:
        due = sorted(self.due(day), key=lambda each: each.due_day)
        done = self._review(due, room, day)
        return done + self.begin_new(room - done, room - done, day)


def test_pacing_beats_due_first_by_far_for_the_same_answers() -> None:
    paced = simulate([], NEW, 28, 30, day=DAY)
    due_first = DueFirst([], NEW, DAY + 28)
    assert sum(paced.answers) <= sum(due_first.study(30, DAY + number) for number in range(28))
    assert (paced.seen, len(due_first.new) > 50) == (300, True)
    known = sum(recall(each, DAY + 28) for each in due_first.cards.values()) / 300
    assert paced.recall > known + 0.15
    assert paced.least > 0.5


def test_all_new_questions_are_seen_five_days_before() -> None:
    run = simulate([], NEW, 28, 40, day=DAY)
    assert run.seen == 300
    assert 300 / 23 < run.answers[0] < 2 * 300 / 23, "a share for each of the first 23 days"
    assert simulate([], NEW, 5, 40, day=DAY).answers[0] == 40


def test_a_run_is_the_same_each_time_and_keeps_within_a_second() -> None:
    began = perf_counter()
    first = simulate([], NEW, 28, 30, day=DAY)
    assert perf_counter() - began < 1
    assert simulate([], NEW, 28, 30, day=DAY) == first


def test_nothing_happens_on_a_day_off() -> None:
    run = simulate([card("q-0")], NEW[:20], 10, 5, day=DAY, days_off=frozenset([0, 3]))
    assert run.answers[0] == run.answers[3] == 0
    assert run.answers[1] > 0


@settings(max_examples=30)
@given(st.integers(0, 40), st.integers(0, 12), st.integers(0, 20), st.integers(0, 25))
def test_no_day_takes_more_answers_than_it_has(new, days, per_day, known) -> None:
    cards = [card(f"k-{n}", DAY - n % 5) for n in range(known)]
    run = simulate(cards, NEW[:new], days, per_day, day=DAY)
    assert len(run.answers) == len(run.waiting) == days
    assert all(0 <= answers <= per_day for answers in run.answers)
    assert 0 <= run.seen <= new
    assert 0 <= run.least <= run.recall <= 1
