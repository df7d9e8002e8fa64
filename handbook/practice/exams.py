"""Exams: from a blueprint to a sitting whose every change is on the disk at once, to a result."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handbook.errors import ContentError, NothingFoundError, UsageError, nearest_or_all
from handbook.model.answer import Answer, Confidence, Mark, Rating
from handbook.model.event import Entry
from handbook.model.exam import POLICIES, shortages
from handbook.model.question import Question, Recall
from handbook.practice.exam_log import KIND, elapsed_now, find_exam, unfinished
from handbook.practice.freezing import freeze, thaw
from handbook.study import exam as sitting
from handbook.study.drawing import SEED, find_sibling, form_of, seed_of_day
from handbook.study.exam_result import result_of
from handbook.study.grading import mark, suggested_rating

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.event import JSON
    from handbook.model.exam import Blueprint, ClockPolicy, Form, FormItem
    from handbook.practice.desk import Desk
    from handbook.store.practice import PracticeLog
    from handbook.study.exam import Exam, Reason
    from handbook.study.exam_result import Result

RESUME = "`handbook exam resume` goes on with it"


class Exams:
    """What a reader does with exams; a verb returns the exam as it stands after it."""

    def __init__(self, desk: Desk) -> None:
        """Sit down at a desk; nothing is read yet."""
        self.desk = desk
        self._frozen: dict[str, dict[str, Question]] = {}
        self._results: dict[str, tuple[int, Result]] = {}

    @property
    def log(self) -> PracticeLog:
        """The log of practice."""
        return self.desk.store.practice

    def title_of(self, topic: str) -> str:
        """Return what a topic is called."""
        return self.desk.topic_title(topic)

    # Blueprints and forms

    def blueprints(self) -> tuple[Blueprint, ...]:
        """Return the exams that the book offers, in the order of their files."""
        from handbook.loader.exams import exams_of  # noqa: PLC0415  Home asks for none

        return tuple(exams_of(self.desk.library).found.values())

    def blueprint(self, name: str) -> Blueprint:
        """Return the exam of a name; raise NothingFoundError naming the nearest."""
        known = {each.name: each for each in self.blueprints()}
        if name in known:
            return known[name]
        hint = nearest_or_all(name, known)
        raise NothingFoundError(
            f"no exam is called {name!r}" if known else "the book has no exam",
            hint=hint * bool(known),
        )

    def draw(self, name: str, seed: str = "") -> tuple[Form, tuple[Question, ...]]:
        """Return the form of a seed, without one the next of the day, with its questions in order.

        Raises UsageError for a seed that is no word, ContentError where questions are missing.
        """
        blueprint = self.blueprint(name)
        seed = seed or self._next_seed(name)
        if not SEED.fullmatch(seed):
            raise UsageError(
                f"{seed!r} is no seed", hint="a word of letters, digits, . _ and -, as 2026-A"
            )
        questions = self.desk.questions
        short = shortages(blueprint, questions.values())
        if short:
            raise ContentError(f"the exam {name} cannot be drawn: {short[0]}")
        form = form_of(blueprint, questions.values(), seed, met=self._met())
        return form, tuple(questions[item.id] for item in form.items)

    def _next_seed(self, name: str) -> str:
        now = self.log.now()
        local = datetime.fromtimestamp(now.at_ms / 1000 + now.tz_offset_min * 60, UTC)
        taken = {
            str(each.plan.get("seed"))
            for each in self.log.sessions(KIND)
            if each.plan.get("name") == name
        }
        return seed_of_day(local.date().isoformat(), taken)

    def _met(self) -> frozenset[str]:
        """Return the questions that were answered before, or shown in an earlier exam."""
        shown: set[str] = set(self.log.cards())
        for session in self.log.sessions(KIND):
            items = session.plan.get("items")
            if isinstance(items, list):
                shown.update(str(row[0]) for row in items if isinstance(row, list) and row)
        return frozenset(shown)

    # Sitting

    def begin(
        self,
        name: str,
        seed: str = "",
        policy: ClockPolicy = "pause",
        *,
        is_open_book: bool = False,
    ) -> Exam:
        """Begin an exam: its form is drawn and frozen in the log, with the text of its questions.

        Raises UsageError while another one is in progress.
        """
        if policy not in POLICIES:
            raise UsageError(f"{policy!r} is no clock", hint=f"one of {', '.join(POLICIES)}")
        form, questions = self.draw(name, seed)
        session = self.log.new_session_id()
        plan: dict[str, JSON] = {**form.to_json()}  # type: ignore[dict-item]
        plan |= {"policy": policy, "open_book": is_open_book}
        entries = (
            Entry("session_start", None, {"kind": KIND, "plan": plan}, session_id=session),
            Entry("exam_form", None, {"questions": freeze(questions)}, session_id=session),
        )

        def make() -> tuple[Entry, ...]:
            self.demand_none_running()
            return entries

        self.log.append_made(make)
        return self.find(session)

    def demand_none_running(self) -> None:
        """Raise UsageError while an exam is in progress."""
        running = unfinished(self.desk)
        if running is not None:
            raise UsageError(f"another {running}", hint=RESUME)

    def find(self, session: str) -> Exam:
        """Return an exam as its events have it; raise NothingFoundError if there is none."""
        exam = find_exam(self.log, session)
        if exam is not None:
            return exam
        raise NothingFoundError(
            f"no exam has the id {session!r}", hint="`handbook exam history` lists them"
        )

    def resume(self, session: str = "") -> Exam:
        """Return the exam in progress; if its time ran out meanwhile it is closed as it stands.

        Raises NothingFoundError if none is.
        """
        if not session:
            running = unfinished(self.desk)
            if running is None:
                raise NothingFoundError("no exam is in progress", hint="`handbook exam` lists them")
            session = running.id
        exam = self.find(session)
        elapsed = elapsed_now(self.log, exam)
        if not exam.is_ended and not exam.left_ms(elapsed):
            return self.hand_in(exam, elapsed, "time")
        return exam

    def questions_of(self, exam: Exam) -> Mapping[str, Question]:
        """Return the questions of an exam by id, as they were when it began.

        One whose kept text cannot be read is that of the book; if that has it no more, an empty one
        that says so.
        """
        kept = self._frozen.get(exam.id)
        if kept is None:
            forms = self.log.events("exam_form", session=exam.id)
            kept = thaw(str(forms[0].entry.data.get("questions", ""))) if forms else {}
            for item in exam.form.items:
                if item.id not in kept:
                    kept[item.id] = self.desk.questions.get(item.id) or _lost(item)
            self._frozen[exam.id] = kept
        return kept

    def answer(self, exam: Exam, at: int, answer: Answer, confidence: int, elapsed_ms: int) -> Exam:
        """Keep an answer and how sure its author is (1 to 3, 0 for not said)."""
        data: dict[str, JSON] = {"answer": answer.to_json()}  # type: ignore[dict-item]
        return self._append(exam, "exam_answer", at, elapsed_ms, data, confidence or None)

    def flag(self, exam: Exam, at: int, elapsed_ms: int) -> Exam:
        """Flag a question, or take its flag away."""
        is_flagged = not exam.slips[at].is_flagged
        return self._append(exam, "exam_flag", at, elapsed_ms, {"on": is_flagged})

    def strike(
        self, exam: Exam, at: int, struck: tuple[frozenset[int], ...], elapsed_ms: int
    ) -> Exam:
        """Keep which options are struck out."""
        data: dict[str, JSON] = {"struck": [sorted(each) for each in struck]}
        return self._append(exam, "exam_strike", at, elapsed_ms, data)

    def tick(self, exam: Exam, at: int, elapsed_ms: int) -> Exam:
        """Write down the clock, and which question is on the screen."""
        return self._append(exam, "exam_tick", at, elapsed_ms, {})

    def _append(
        self,
        exam: Exam,
        kind: str,
        at: int,
        elapsed_ms: int,
        data: Mapping[str, JSON],
        confidence: int | None = None,
    ) -> Exam:
        if exam.is_ended:
            raise UsageError("this exam is handed in", hint="`handbook exam report` shows it")
        item = exam.form.items[at]
        entry = Entry(
            kind,
            item.id,
            {**data, "elapsed": elapsed_ms},
            item_v=item.version,
            session_id=exam.id,
            confidence=confidence,
        )
        (event,) = self.log.append(entry)
        return sitting.after(exam, event)

    def hand_in(self, exam: Exam, elapsed_ms: int, reason: Reason = "handed in") -> Exam:
        """End an exam: in one transaction every answer that can be marked becomes a review.

        Another terminal may have handed it in already; then nothing more is written.
        """
        self.log.append_made(lambda: self._end(self.find(exam.id), elapsed_ms, reason))
        return self.find(exam.id)

    def _end(self, exam: Exam, elapsed_ms: int, reason: Reason) -> list[Entry]:
        if exam.is_ended:
            return []
        end = {"elapsed": elapsed_ms, "reason": reason}
        entries = [Entry("exam_end", None, end, session_id=exam.id)]
        questions = self.questions_of(exam)
        for at, item in enumerate(exam.form.items):
            question = questions.get(item.id)
            if question is not None and question.is_objective and exam.slips[at].is_answered:
                marked = mark(question.task, exam.slips[at].answer)
                rating = Rating.GOOD if marked.is_right else Rating.AGAIN
                entries.append(_review(exam, at, marked, rating))
        entries.append(Entry("session_end", None, {}, session_id=exam.id))
        return entries

    def grade(self, exam: Exam, at: int, criteria: frozenset[int]) -> Exam:
        """Keep which points of the rubric an answer in one's own words has met.

        The first time it becomes a review as well; judging again changes the result alone.
        """
        self.log.append_made(lambda: self._grade(self.find(exam.id), at, criteria))
        return self.find(exam.id)

    def _grade(self, exam: Exam, at: int, criteria: frozenset[int]) -> list[Entry]:
        item = exam.form.items[at]
        question = self.questions_of(exam).get(item.id)
        if not exam.is_ended or question is None or question.kind != "recall":
            raise UsageError("only answers in your own words are graded, after the end")
        data: dict[str, JSON] = {"criteria": sorted(criteria)}
        entries = [Entry("exam_grade", item.id, data, item_v=item.version, session_id=exam.id)]
        if not exam.slips[at].is_graded:
            answer = exam.slips[at].answer
            marked = mark(question.task, Answer(text=answer.text, criteria=criteria))
            confidence = exam.slips[at].confidence
            sure = Confidence(confidence) if confidence else None
            entries.append(_review(exam, at, marked, suggested_rating(question, marked, sure, 0)))
        return entries

    # What comes of it

    def results(self, session: str) -> Result:
        """Return what an exam says; raise NothingFoundError if there is none."""
        exam = self.find(session)
        return result_of(exam, self.questions_of(exam), self.desk.topic_titles)

    def history(self) -> tuple[Result, ...]:
        """Return the results of all exams that were handed in, the newest first.

        What was worked out before is kept: after the end only grades can change a result.
        """
        ended = [each.id for each in self.log.sessions(KIND) if each.ended_ms]
        grades = Counter(each.entry.session_id for each in self.log.events("exam_grade"))
        new = [each for each in ended if self._results.get(each, (-1,))[0] != grades[each]]
        for exam in filter(None, (find_exam(self.log, each) for each in new)):
            result = result_of(exam, self.questions_of(exam), self.desk.topic_titles)
            self._results[exam.id] = (grades[exam.id], result)
        return tuple(self._results[each][1] for each in ended if each in self._results)

    def add_to_tomorrow(self, question_id: str, session: str) -> Question:
        """Ask for the sibling of a question in tomorrow's study, and return it."""
        exam = self.find(session)
        asked = self.questions_of(exam).get(question_id)
        found = find_sibling(asked, exam.form, self.desk.questions) if asked else None
        if found is None:
            raise NothingFoundError("the book has no question of study on this topic")
        data: dict[str, JSON] = {"day": self.log.now().day + 1, "for": question_id}
        self.log.append(Entry("wanted", found.id, data, item_v=found.version, session_id=session))
        return found


def _lost(item: FormItem) -> Question:
    """Return what stands for a question that is nowhere any more; it counts as empty."""
    return Question(item.id, "A question that is no longer there", item.topic, (), Recall((), ()))


def _review(exam: Exam, at: int, marked: Mark, rating: Rating) -> Entry:
    """Return the review that an answer counts as, at the time at which it was given."""
    item, slip = exam.form.items[at], exam.slips[at]
    data: dict[str, JSON] = {
        "answer": slip.answer.to_json(),  # type: ignore[dict-item]
        "seed": item.seed,
        "hints": 0,
        "mode": KIND,
        "topic": item.topic,
        "fresh": item.is_fresh,
        "at_ms": slip.at_ms,
        "day": slip.day,
    }
    return Entry(
        "review",
        item.id,
        data,
        item_v=item.version,
        session_id=exam.id,
        rating=int(rating),
        confidence=slip.confidence or None,
        correct=round(marked.share, 4),
        think_ms=slip.spent_ms,
        total_ms=slip.spent_ms,
    )
