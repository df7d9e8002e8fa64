"""The load of study before a date, found by running the days that are left."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.study.forecast import simulate
from handbook.study.plan import least_answers

if TYPE_CHECKING:
    from handbook.model.card import Card
    from handbook.study.forecast import Simulation

MOST_REPEATED = 3
"""More answers a day than so many for each question are never tried."""

HORIZON = 120
"""How many days are run at most: before a day years away it is as if study began so late.

A thousand days take five seconds, and all that is learnt so early has to be kept up for as long.
"""


class Load(NamedTuple):
    """What is to be known by a day, and the days until then.

    `cards` are of the questions that were met, `new` the others; `off` are days on which nothing is
    done, counted from `today`; `recall` is what is to be reached, `minutes` what an answer takes.
    """

    cards: tuple[Card, ...]
    new: tuple[str, ...]
    today: int
    days: int
    off: frozenset[int]
    recall: float
    minutes: float

    def minutes_needed(self) -> float:
        """Return the minutes of the fewest answers a day that are enough.

        Where no number is enough, those of the most that were tried.
        """
        most = MOST_REPEATED * (len(self.cards) + len(self.new))
        found = least_answers(self._is_enough, most)
        return sum(self._run(found).answers) * self.minutes

    def _is_enough(self, per_day: int) -> bool:
        run = self._run(per_day)
        return run.seen == len(self.new) and run.recall >= self.recall

    def _run(self, per_day: int) -> Simulation:
        early = max(0, self.days - HORIZON)
        off = frozenset(day - early for day in self.off if day >= early)
        days, first = self.days - early, self.today + early
        return simulate(self.cards, self.new, days, per_day, day=first, days_off=off)
