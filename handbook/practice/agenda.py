"""What there is to study now: what a session should be like, and the questions it would have."""

from __future__ import annotations

from datetime import date
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from handbook.errors import NothingFoundError
from handbook.model.question import Cue
from handbook.study.queue import Wishes, candidates, plan, sprint_plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.model.event import Event
    from handbook.model.question import Question
    from handbook.practice.desk import Desk
    from handbook.study.queue import Sprint
    from handbook.study.session import Planned

BOX = 15
"""The usual time box in minutes."""

_EPOCH = date(1970, 1, 1).toordinal()
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
    """Looks at book and store, and writes nothing."""

    def __init__(self, desk: Desk) -> None:
        """Sit down; nothing is read yet."""
        self._desk = desk
        self._log = desk.store.practice

    def due_counts(self, minutes: int = BOX) -> DueCounts:
        """Return how much there is to study now."""
        wishes = self.wishes(minutes)
        questions, cards = self._desk.questions, self._log.cards()
        standings = self._log.standings()
        found = candidates(questions.values(), cards, standings, wishes)
        planned = plan(questions.values(), cards, standings, wishes)
        new = sum(each.reason in ("new", "first") for each in planned)
        needed = sum(questions[each.question].minutes for each in planned) * wishes.pace
        return DueCounts(len(found.learning) + len(found.due), new, round(needed))

    def topics(self) -> tuple[str, ...]:
        """Return the topics of all questions that can be studied, in book order."""
        found = self._desk.questions.values()
        return tuple(dict.fromkeys(each.topic for each in found if not each.is_held_out))

    def demand_topics(self, topics: Iterable[str]) -> None:
        """Raise NothingFoundError for a topic that the book does not have, naming the nearest."""
        known = self.topics()
        if not known:
            raise NothingFoundError("the book has no questions")
        for topic in topics:
            if topic not in known:
                from difflib import get_close_matches  # noqa: PLC0415  only for a message

                near = get_close_matches(topic[:60], known, 1)
                hint = f"nearest: {near[0]}" if near else f"there are: {', '.join(known)}"
                raise NothingFoundError(f"no question has the topic {topic!r}", hint=hint)

    def wishes(self, minutes: int = BOX, topics: Iterable[str] = (), size: int = 0) -> Wishes:
        """Return what a session should be like, with what the reader's data says of them."""
        now = self._log.now()
        recent = self._log.events("review", since_day=now.day - _PACE_DAYS)
        interview = self.interview(now.day)
        return Wishes(
            day=now.day,
            at_ms=now.at_ms,
            minutes=minutes,
            size=size,
            topics=frozenset(topics),
            opened=self._opened(),
            new_today=self._new_today(recent, now.day),
            interview=interview.day,
            core=interview.core,
            pace=self._pace(recent),
        )

    def planned(self, wishes: Wishes, sprint: Sprint | None = None) -> tuple[Planned, ...]:
        """Return the questions that a session with such wishes would have."""
        found = self._desk.questions.values()
        cards, standings = self._log.cards(), self._log.standings()
        if sprint is not None:
            return sprint_plan(found, cards, standings, wishes, sprint, self._family)
        return plan(found, cards, standings, wishes, self._family)

    def interview(self, today: int) -> Interview:
        """Return the next interview that a checklist has a date for, with what its core needs."""
        found: list[Interview] = []
        for checklist in self._desk.library.checklists():
            kept = self._desk.store.get(f"date:{checklist.name}") if checklist.dated else None
            try:
                day = date.fromisoformat(kept).toordinal() - _EPOCH if isinstance(kept, str) else 0
            except ValueError:
                continue
            if day > today:
                core = (topic for item in checklist.items if item.core for topic in item.topics)
                found.append(Interview(day, frozenset(core) or None))
        return min(found, key=lambda each: each.day, default=Interview())

    def _opened(self) -> frozenset[str] | None:
        """Return the chapters of which a page was read; None, which is all, for a new reader."""
        handbook = self._desk.library.handbook
        positions = self._desk.store.positions().values()
        pages = (handbook.find_page(each.page) for each in positions if each.read)
        return frozenset(page.chapter for page in pages if page) or None

    def _new_today(self, recent: Iterable[Event], day: int) -> int:
        """Return how many questions were answered for the first time today."""
        counts: dict[str, int] = {}
        for event in recent:
            if event.day == day:
                item = event.entry.item_uid or ""
                counts[item] = counts.get(item, 0) + 1
        cards = ((self._log.find_card(item), count) for item, count in counts.items())
        return sum(card is not None and card.reps == count for card, count in cards)

    def _pace(self, recent: Iterable[Event]) -> float:
        """Return how long this reader takes, as a multiple of the questions' own minutes."""
        shares = []
        for event in recent:
            question = self._desk.questions.get(event.entry.item_uid or "")
            if question and event.entry.total_ms and event.entry.data.get("mode") in _MODES:
                shares.append(event.entry.total_ms / (question.minutes * 60_000))
        if len(shares) < _PACE_ANSWERS:
            return 1.0
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
