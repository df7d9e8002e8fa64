"""Readiness: what the log says of topics and items, and the plan that leads up to the interview."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from handbook.model.card import Review
from handbook.model.readiness import ExamLine, ItemState, Progress, StudyDay
from handbook.practice.load import Load
from handbook.practice.plans import Plan, Plans
from handbook.study.intervals import wilson
from handbook.study.mastery import (
    Answered,
    Bank,
    DateSet,
    Days,
    Reader,
    item_mastery,
    reader_of,
    topic_mastery,
)
from handbook.study.plan import study_day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from handbook.model import Checklist, Event, Place, Question
    from handbook.model.readiness import ItemMastery, TopicMastery

DAYS_AHEAD = 30
"""How far the forecast of what falls due looks."""

LONGEST_MS = 120_000
"""What a longer answer counts as in the history: whoever takes longer was probably away."""


class Readiness(Plans):
    """What was measured, as it stands now; make a new one when something was answered."""

    # What was measured

    def topics(self) -> tuple[TopicMastery, ...]:
        """Return all topics in book order, as they stand on the day of the first dated list."""
        days = Days(study_day_of(self.today), self.study_day(self.main_list))
        bank, reader = self._bank, self._reader
        return tuple(topic_mastery(each, bank, reader, days) for each in bank.titles)

    def items(self, checklist: Checklist) -> dict[str, ItemMastery]:
        """Return those items of a list that can be measured, by id, with the ticks of now."""
        if checklist.name not in self._measured:
            self._measured[checklist.name] = self._items(checklist)
        ticks = {} if self.is_blank else self.desk.store.ticks()
        return {
            item_id: found._replace(state=ItemState.DONE)
            if found.state is ItemState.OPEN and item_id in ticks and ticks[item_id].done
            else found
            for item_id, found in self._measured[checklist.name].items()
        }

    @cached_property
    def _measured(self) -> dict[str, dict[str, ItemMastery]]:
        return {}

    def _items(self, checklist: Checklist) -> dict[str, ItemMastery]:
        """Measure the items of a list, as if none was ticked."""
        dates = [
            DateSet(study_day_of(made), None if day is None else study_day_of(day))
            for made, day in self.dates_set(checklist)
        ]
        days = Days(study_day_of(self.today), self.study_day(checklist), dates)
        return {
            item.id: item_mastery(
                item.id,
                item.need,
                item.topics,
                self._bank,
                self._reader,
                days,
                is_ticked=False,
            )
            for item in checklist.items
            if item.topics
        }

    @cached_property
    def _bank(self) -> Bank:
        questions: dict[str, list[str]] = {}
        asked: dict[str, list[str]] = {}
        for each in self.desk.questions.values():
            found = questions.setdefault(each.topic, [])
            if not each.is_held_out:
                found.append(each.id)
            if each.use != "study" and each.is_objective:
                asked.setdefault(each.topic, []).append(each.id)
        return Bank(_tuples(questions), self.desk.topic_titles, _tuples(asked))

    @cached_property
    def _reader(self) -> Reader:
        from handbook.study.scheduling import after, recall  # noqa: PLC0415  loads fsrs

        cards = {} if self.is_blank else self.desk.store.practice.cards()
        return reader_of(cards, self._answers, recall, after)

    @cached_property
    def _reviews(self) -> tuple[Event, ...]:
        return () if self.is_blank else self.desk.store.practice.events("review")

    @cached_property
    def _answers(self) -> tuple[Answered, ...]:
        questions = self.desk.questions
        return tuple(_answered(each, questions) for each in self._reviews if each.entry.rating)

    # The plan

    def plan(
        self, checklist: Checklist, minutes: int | None = None, studying: float | None = None
    ) -> Plan:
        """Return the plan of a list, with the reader's minutes a day or other ones.

        `studying` is what `load_of` found; without it the simulation is run here.
        """
        measured = self.items(checklist)
        items = self.open_items(checklist, measured)
        minutes = self.minutes_a_day if minutes is None else minutes
        load = self.load_of(checklist) if studying is None else lambda: studying
        return Plan(
            checklist=checklist,
            day=self.day(checklist),
            phases=self.phases(checklist),
            check=self.checked(checklist, items, minutes, load),
            move=self.last_move(checklist, len(items)),
            is_sprint=self.is_sprint(checklist),
        )

    def load_of(self, checklist: Checklist) -> Callable[[], float]:
        """Return what works out the minutes that the topics of a list take until its day.

        That is the fewest answers a day with which the simulation meets all their questions and
        reaches the recall that the items need. It takes some tenths of a second, reads nothing of
        the reader's any more, and so may run in a thread.
        """
        measured = [item for item in checklist.items if item.topics]
        day = self.study_day(checklist)
        today = study_day_of(self.today)
        if not measured or day is None or day <= today:
            return lambda: 0.0
        topics = {topic for item in measured for topic in item.topics}
        ids = {each for topic in topics for each in self._bank.questions.get(topic, ())}
        questions = [each for each in self.desk.questions.values() if each.id in ids]
        return Load(
            cards=tuple(self._reader.cards[e.id] for e in questions if e.id in self._reader.cards),
            new=tuple(each.id for each in questions if each.id not in self._reader.cards),
            today=today,
            days=day - today,
            off=frozenset(study_day_of(each) - today for each in self.days_off),
            recall=max(item.need.recall for item in measured),
            minutes=self._pace * sum(e.minutes for e in questions) / max(1, len(questions)),
        ).minutes_needed

    @cached_property
    def _pace(self) -> float:
        if self.is_blank:
            return 1.0
        from handbook.practice.agenda import Agenda  # noqa: PLC0415  only the plan needs it

        return Agenda(self.desk).wishes().pace

    # All of it

    def progress(self, studying: float | None = None) -> Progress:
        """Return all that is shown of a reader's progress, for the first list with a date.

        Without `studying` the simulation is not run, and nothing says whether the time is enough.
        """
        checklist = self.main_list
        found = self.items(checklist) if checklist else {}
        plan = (
            None if checklist is None or studying is None else self.plan(checklist, None, studying)
        )
        moved = (
            self.last_move(checklist, len(self.open_items(checklist, found))) if checklist else None
        )
        return Progress(
            today=self.today,
            day=self.day(checklist),
            dated=checklist.dated if checklist else "",
            topics=self.topics(),
            items=tuple(found.values()),
            check=plan and plan.check,
            is_sprint=bool(plan and plan.is_sprint),
            move=moved,
            ahead=self.ahead(DAYS_AHEAD),
            days=self.history(),
            exams=self.exams(),
        )

    # Where to go from a topic

    def source_of(self, topic: str) -> Place | None:
        """Return the page that teaches most of a topic, None where no question names one."""
        pages: dict[Place, int] = {}
        for question in self.desk.questions.values():
            if question.topic == topic:
                for place in self._places(question):
                    pages[place] = pages.get(place, 0) + 1
        return max(pages, key=lambda place: pages[place], default=None)

    def _places(self, question: Question) -> Iterator[Place]:
        from handbook.model import Place  # noqa: PLC0415

        if question.page:
            yield Place(question.page)
        for link in question.see:
            found = self.desk.library.resolve(link, question.page)
            if found is not None:
                yield Place(found.page)

    # What was done

    def history(self) -> tuple[StudyDay, ...]:
        """Return the days on which something was answered, the newest first."""
        days: dict[int, list[float]] = {}
        for event in self._reviews:
            count = days.setdefault(event.day, [0, 0.0, 0.0])
            count[0] += 1
            count[1] += event.entry.correct or 0.0
            count[2] += min(event.entry.total_ms or 0, LONGEST_MS) / 60_000
        return tuple(
            StudyDay(day, int(count), right, minutes)
            for day, (count, right, minutes) in sorted(days.items(), reverse=True)
        )

    def exams(self) -> tuple[ExamLine, ...]:
        """Return the exams that were handed in, the newest first: the points of all questions.

        What was left empty has no answer in the log, and counts as wrong.
        """
        if self.is_blank:
            return ()
        points: dict[str, list[float]] = {}
        for each in self._answers:
            if each.mode == "exam":
                points.setdefault(each.session, []).append(each.correct)
        lines = []
        for session in self.desk.store.practice.sessions("exam"):
            given, asked = points.get(session.id, []), session.plan.get("items")
            count = max(len(asked) if isinstance(asked, list) else 0, len(given))
            if session.ended_ms and count:
                title, day, right = _title(session.plan), _local_day(session.ended_ms), sum(given)
                interval = wilson(right, count)
                lines.append(ExamLine(session.id, title, day, right, count, *interval))
        return tuple(lines)

    def ahead(self, days: int) -> tuple[int, ...]:
        """Return how many questions fall due on each of the next days; today's hold the overdue.

        What today's answers will bring is not among them.
        """
        today = study_day_of(self.today)
        counts = [0] * days
        study = {each for ids in self._bank.questions.values() for each in ids}
        for card in self._reader.cards.values():
            number = max(0, card.due_day - today)
            if number < days and card.question in study:
                counts[number] += 1
        return tuple(counts)


def _tuples(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(found) for name, found in lists.items()}


def _answered(event: Event, questions: Mapping[str, Question]) -> Answered:
    """Return a review of the log as mastery reads it; the topic is the one it has today."""
    entry, question = event.entry, questions.get(event.entry.item_uid or "")
    review = Review(
        entry.item_uid or "",
        entry.item_v or 1,
        entry.rating or 0,
        entry.confidence or 0,
        event.day,
        event.at_ms,
    )
    kept = entry.data.get("topic")
    topic = question.topic if question else kept if isinstance(kept, str) else ""
    mode = entry.data.get("mode")
    correct = entry.correct if entry.correct is not None else float((entry.rating or 0) >= 2)
    return Answered(
        review, topic, entry.session_id or "", mode if isinstance(mode, str) else "", correct
    )


def _title(plan: Mapping[str, object]) -> str:
    title = plan.get("title") or plan.get("blueprint")
    return title if isinstance(title, str) and title else "Exam"


def _local_day(at_ms: int) -> int:
    """Return the day of a moment where the reader is, counted as days of study are."""
    return study_day_of(datetime.fromtimestamp(at_ms / 1000, UTC).astimezone().date())
