"""What there is to study now: what a session should be like, and the questions it would have."""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from handbook.errors import NothingFoundError, nearest_or_all
from handbook.model.question import Cue
from handbook.practice.desk import BlankDesk
from handbook.practice.plans import Plans
from handbook.study.queue import Wishes, candidates, fitted, plan, sprint_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.loader.library import Library
    from handbook.model.card import Card, Standing
    from handbook.model.event import Event
    from handbook.model.question import Question
    from handbook.practice.desk import Desk
    from handbook.store.practice import PracticeLog
    from handbook.study.queue import Sprint
    from handbook.study.session import Planned

BOX = 15
"""The usual time box in minutes."""

_MODES = ("study", "sprint")
_PACE_DAYS, _PACE_ANSWERS = 7, 10
_SLOWEST, _FASTEST = 2.0, 0.25


class DueCounts(NamedTuple):
    """How much there is to study: what is due, and what a session of the usual length would bring.

    `new` and `minutes` are of that session, so that `minutes` is hardly more than its time box.
    """

    due: int
    new: int
    minutes: int


class Interview(NamedTuple):
    """The day of study of the next interview, 0 for none, and its core topics, None for all."""

    day: int = 0
    core: frozenset[str] | None = None


class Agenda:
    """Looks at book and store, and writes nothing; at a blank desk nothing was answered yet."""

    def __init__(self, desk: Desk) -> None:
        """Sit down; nothing is read yet."""
        self._desk = desk
        self._log = None if isinstance(desk, BlankDesk) else desk.store.practice

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of the book's chapters, those of banks before cues."""
        return in_book_order(self._desk.library)

    def due_counts(self, minutes: int = BOX) -> DueCounts:
        """Return how much there is to study now."""
        wishes = self.wishes(minutes)
        with _not_collecting():
            cards, standings = self._state()
            found = candidates(self.questions, cards, standings, wishes)
            planned = fitted(found, self.questions, cards, wishes, self._family)
            del cards, standings
        new = sum(each.reason in ("new", "first") for each in planned)
        minutes_of = self._desk.questions
        needed = sum(minutes_of[each.question].minutes for each in planned) * wishes.pace
        due = len(found.learning) + len(found.wanted) + len(found.due)
        return DueCounts(due, new, round(needed))

    def topics(self) -> tuple[str, ...]:
        """Return the topics of all questions that can be studied, in book order."""
        found = self.questions
        return tuple(dict.fromkeys(each.topic for each in found if not each.is_held_out))

    def demand_topics(self, topics: Iterable[str]) -> None:
        """Raise NothingFoundError for a topic that the book does not have, naming the nearest."""
        if not self.questions:
            raise NothingFoundError("the book has no questions")
        topics = tuple(topics)
        known = self.topics() if topics else ()
        for topic in topics:
            if topic not in known:
                hint = nearest_or_all(topic, known)
                raise NothingFoundError(f"no question has the topic {topic!r}", hint=hint)

    def wishes(self, minutes: int = BOX, topics: Iterable[str] = ()) -> Wishes:
        """Return what a session should be like, by what is asked and by the reader's data."""
        wished = frozenset(topics)
        if self._log is None:
            return Wishes(0, 0, minutes, wished)
        now = self._log.now()
        recent = self._log.events("review", since_day=now.day - _PACE_DAYS)
        interview = self.interview(now.day)
        return Wishes(
            day=now.day,
            at_ms=now.at_ms,
            minutes=minutes,
            topics=wished,
            opened=self._opened(),
            new_today=_new_today(recent, now.day, self._log),
            interview=interview.day,
            core=interview.core,
            pace=self._pace(recent),
            wanted=_wanted(now.day, self._log),
        )

    def planned(self, wishes: Wishes, sprint: Sprint | None = None) -> tuple[Planned, ...]:
        """Return the questions that a session with such wishes would have."""
        with _not_collecting():
            cards, standings = self._state()
            if sprint is None:
                found = plan(self.questions, cards, standings, wishes, self._family)
            else:
                family = self._family
                found = sprint_plan(self.questions, cards, standings, wishes, sprint, family)
            del cards, standings
        return found

    def interview(self, today: int) -> Interview:
        """Return the next interview, of the list that counts back from one, and its core topics."""
        plans = Plans(self._desk)
        day = plans.study_day(plans.main_list) or 0
        if plans.main_list is None or day <= today:
            return Interview()
        core = (topic for item in plans.main_list.items if item.core for topic in item.topics)
        return Interview(day, frozenset(core) or None)

    def _opened(self) -> frozenset[str] | None:
        """Return the chapters of which a page was read; None, which is all, for a new reader."""
        handbook = self._desk.library.handbook
        positions = self._desk.store.positions().values()
        pages = (handbook.find_page(each.page) for each in positions if each.read)
        return frozenset(page.chapter for page in pages if page) or None

    def _state(self) -> tuple[dict[str, Card], dict[str, Standing]]:
        return ({}, {}) if self._log is None else (self._log.cards(), self._log.standings())

    def _pace(self, recent: Iterable[Event]) -> float:
        """Return how long this reader takes, as a multiple of the questions' own minutes."""
        shares = []
        for event in recent:
            question = self._desk.questions.get(event.entry.item_uid or "")
            if question and event.entry.total_ms and event.entry.data.get("mode") in _MODES:
                shares.append(event.entry.total_ms / (question.minutes * 60_000))
        if len(shares) < _PACE_ANSWERS:
            return 1.0
        from statistics import median  # noqa: PLC0415  not for a new reader

        return min(max(median(shares), _FASTEST), _SLOWEST)

    def _family(self, question: Question) -> str:
        """Name the section that a cue stands in; other questions have no siblings."""
        if not isinstance(question.task, Cue):
            return question.id
        page, anchor = question.task.place
        level, above = 0, ""
        for heading in reversed(self._desk.library.page(page).headings):
            if heading.anchor == anchor:
                level = heading.level
            elif level and heading.level < level:
                above = heading.anchor if heading.level > 1 else ""
                break
        return f"{page}#{above}" if above else question.id


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Keep the garbage collector off.

    Ten thousand cards make it look at all of the book again, for up to 150 ms, and in vain: they
    are gone when it is switched on again.
    """
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_collecting:
            gc.enable()


def _wanted(day: int, log: PracticeLog) -> frozenset[str]:
    """Return the questions that an exam or a mock interview asked for by now, unanswered since."""
    asked: dict[str, str] = {}
    for event in log.events("wanted"):
        wanted_on = event.entry.data.get("day")
        if isinstance(wanted_on, int) and wanted_on <= day and event.entry.item_uid:
            asked[event.entry.item_uid] = event.event_id
    return frozenset(
        question
        for question, event_id in asked.items()
        if all(review.event_id < event_id for review in log.events("review", item=question))
    )


def _new_today(recent: Iterable[Event], day: int, log: PracticeLog) -> int:
    """Return how many questions were answered for the first time today."""
    counts = Counter(event.entry.item_uid or "" for event in recent if event.day == day)
    cards = ((log.find_card(item), count) for item, count in counts.items())
    return sum(card is not None and card.reps == count for card, count in cards)


def in_book_order(library: Library) -> tuple[Question, ...]:
    """Return all questions in the order of their chapters; within one, in that of the files."""
    order = {chapter.id: number for number, chapter in enumerate(library.handbook.chapters)}
    last = len(order)
    return tuple(
        sorted(library.questions(), key=lambda question: order.get(question.chapter, last))
    )
