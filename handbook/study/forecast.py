"""What is coming: the load of the next days, what stopping costs, and a run of days to come.

Pure figures: a run draws its answers from the ids of the questions, so that it is the same each
time.
"""

from __future__ import annotations

from collections import deque
from heapq import nsmallest
from typing import TYPE_CHECKING, NamedTuple

from handbook.model.answer import Confidence, Rating
from handbook.model.card import Review
from handbook.model.chance import uniform
from handbook.study.queue import SEEN_BEFORE_DAYS
from handbook.study.scheduling import RETENTION, after, recall

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handbook.model.card import Card

RIGHT_AT_FIRST = 0.6
"""How often a question is answered right when it is first seen, by readers of its chapter."""

_DAY_MS = 24 * 60 * 60_000


class Load(NamedTuple):
    """How many questions fall due: today with what is overdue, tomorrow, in 7 and in 30 days.

    `week` and `month` begin tomorrow. Reviews that today's answers will bring are not counted.
    """

    today: int
    tomorrow: int
    week: int
    month: int


def load(cards: Iterable[Card], day: int) -> Load:
    """Return what falls due from a day of study on."""
    today = tomorrow = week = month = 0
    for card in cards:
        ahead = card.due_day - day
        today += ahead <= 0
        tomorrow += ahead == 1
        week += 1 <= ahead <= 7
        month += 1 <= ahead <= 30
    return Load(today, tomorrow, week, month)


def cost_of_stopping(due: Iterable[Card], day: int) -> float:
    """Return how many answers fewer are expected tomorrow of what is due and not answered today."""
    return sum((recall(card, day) - recall(card, day + 1) for card in due), 0.0)


class Simulation(NamedTuple):
    """What a run of days came to.

    answers  given on each day, repetitions of missed ones included
    seen     how many new questions were seen by the end
    waiting  how many were due and not answered at the end of each day
    recall   the expected recall on the day after the last, of all questions; unseen ones count 0
    least    the lowest of these
    """

    answers: tuple[int, ...]
    seen: int
    waiting: tuple[int, ...]
    recall: float
    least: float


def simulate(
    cards: Iterable[Card],
    new: Sequence[str],
    days: int,
    per_day: int,
    *,
    day: int,
    days_off: frozenset[int] = frozenset(),
) -> Simulation:
    """Run `days` days of study from a day on, with at most `per_day` answers on each.

    `new` are the ids of the questions not seen yet, in the order in which they would come. Sessions
    are as before an interview on day + `days`: enough new ones a day to have seen all of them
    `SEEN_BEFORE_DAYS` before, then what is due, lowest recall first, then the lowest recall of all.
    A question is recalled as often as the model says, and once more on the same day if it was
    missed. On `days_off`, counted from 0, nothing is done.
    """
    run = _Run(cards, new, day + days)
    answers, waiting = [], []
    for number in range(days):
        today = day + number
        left = 0 if number in days_off else max(0, per_day)
        working = sum(each not in days_off for each in range(number, days - SEEN_BEFORE_DAYS))
        quota = -(-len(run.new) // max(1, working))
        done = run.begin_new(min(quota, left), left, today)
        done += run.review_due(left - done, today)
        done += run.review_lowest(left - done, today)
        answers.append(done)
        waiting.append(len(run.due(today)))
    recalls = [recall(card, day + days) for card in run.cards.values()] + [0.0] * len(run.new)
    seen = len(new) - len(run.new)
    mean = sum(recalls) / len(recalls) if recalls else 0.0
    return Simulation(tuple(answers), seen, tuple(waiting), mean, min(recalls, default=0.0))


class _Run:
    """The cards in the middle of a run."""

    def __init__(self, cards: Iterable[Card], new: Sequence[str], end: int) -> None:
        self.cards = {card.question: card for card in cards}
        self.new = deque(new)
        self._end = end

    def due(self, day: int) -> list[Card]:
        """Return what is due on a day and was not answered on it."""
        return [card for card in self.cards.values() if card.due_day <= day > card.last_day]

    def begin_new(self, count: int, room: int, day: int) -> int:
        """Answer new questions; return the answers."""
        done = 0
        while self.new and count > 0 and done < room:
            question = self.new.popleft()
            is_right = uniform("run", question, "0") < RIGHT_AT_FIRST
            rating = Rating.GOOD if is_right else Rating.AGAIN
            done += self._answer(question, rating, day, room - done)
            count -= 1
        return done

    def review_due(self, room: int, day: int) -> int:
        """Answer what is due; return the answers."""
        found = sorted(self.due(day), key=lambda card: recall(card, day))
        return self._review(found, room, day)

    def review_lowest(self, room: int, day: int) -> int:
        """Spend what is left on the questions that would be recalled least at the end."""
        if room <= 0:
            return 0
        found = [card for card in self.cards.values() if card.last_day < day]
        lowest = nsmallest(room, found, key=lambda card: recall(card, self._end))
        return self._review(lowest, room, day)

    def _review(self, cards: Iterable[Card], room: int, day: int) -> int:
        done = 0
        for card in cards:
            if done >= room:
                break
            chance = uniform("run", card.question, str(card.reps))
            rating = Rating.GOOD if chance < recall(card, day) else Rating.AGAIN
            done += self._answer(card.question, rating, day, room - done)
        return done

    def _answer(self, question: str, rating: Rating, day: int, room: int) -> int:
        """Answer a question, and a missed one twice if there is room; return the answers."""
        self._rate(question, rating, day)
        if rating is not Rating.AGAIN or room < 2:
            return 1
        self._rate(question, Rating.GOOD, day)
        return 2

    def _rate(self, question: str, rating: Rating, day: int) -> None:
        before = self.cards.get(question)
        version = before.seen_version if before else 1
        review = Review(question, version, rating, Confidence.THINK, day, day * _DAY_MS)
        self.cards[question] = after(before, review, RETENTION)
