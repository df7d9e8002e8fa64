"""Studying: a session from its beginning to its summary, each answer on disk before the next.

What follows from the log is asked of the log: after an undo, and after a restart, a session is made
again from its plan and its events.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handbook.errors import NothingFoundError
from handbook.model.answer import Answer, Rating
from handbook.model.card import Review, Standing
from handbook.model.event import Entry
from handbook.practice.agenda import BOX, Agenda, DueCounts
from handbook.practice.summary import Summary, summarised
from handbook.study import session as sessions
from handbook.study.answering import sheet_for
from handbook.study.scheduling import after, corrected, is_leech
from handbook.study.session import Session, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model.answer import Confidence, Mark
    from handbook.model.card import Card
    from handbook.model.event import JSON, Event
    from handbook.model.question import Question
    from handbook.model.sheet import Sheet
    from handbook.practice.desk import Desk
    from handbook.study.queue import Sprint

TOMORROW, TWO_WEEKS = 1, 14
"""Days that a question can be held back for."""

_KINDS = ("study", "sprint")
_OPEN_FOR_MS = 12 * 60 * 60_000


class Studying:
    """The verbs of study, at one desk. Each that writes raises StoreError with nothing changed."""

    def __init__(self, desk: Desk) -> None:
        """Sit down; nothing is read yet."""
        self._desk = desk
        self._log = desk.store.practice
        self.agenda = Agenda(desk)

    # A session from beginning to end

    def begin(
        self,
        minutes: int = BOX,
        topics: Sequence[str] = (),
        sprint: Sprint | None = None,
    ) -> Session:
        """Begin a session and note that in the log.

        `minutes` 0 is no time box. Where nothing is due and nothing new, the session is empty, has
        no id, and nothing is kept of it. Raises NothingFoundError for a topic that the book does
        not have, naming the nearest.
        """
        self.agenda.demand_topics(topics)
        wishes = self.agenda.wishes(minutes, topics)
        planned = self.agenda.planned(wishes, sprint)
        mode: sessions.Mode = "study" if sprint is None else "sprint"
        session_id = self._log.new_session_id() if planned else ""
        session = sessions.begun(
            session_id, planned, mode=mode, minutes=minutes, started_ms=wishes.at_ms
        )
        if planned:
            data = {"kind": mode, "plan": sessions.plan_to_json(session)}
            self._log.append(Entry("session_start", data=data, session_id=session_id))
        return session

    def find_open(self) -> Session | None:
        """Return the last session if it was left in the middle within half a day, else None."""
        now = self._log.now().at_ms
        for kept in self._log.sessions():
            if kept.kind in _KINDS:
                is_open = not kept.ended_ms and now - kept.started_ms < _OPEN_FOR_MS
                session = self.resume(kept.id) if is_open else None
                return session if session and not session.is_over else None
        return None

    def resume(self, session_id: str) -> Session:
        """Return a session as the log has it; raise NothingFoundError if it has none of this id.

        Questions that the book no longer has are left out.
        """
        kept = next((each for each in self._log.sessions() if each.id == session_id), None)
        if kept is None or kept.kind not in _KINDS:
            raise NothingFoundError(f"no session of study has the id {session_id!r}")
        minutes, planned = sessions.plan_from_json(kept.plan)
        known = [each for each in planned if each.question in self._desk.questions]
        mode: sessions.Mode = "sprint" if kept.kind == "sprint" else "study"
        session = sessions.begun(
            session_id, known, mode=mode, minutes=minutes, started_ms=kept.started_ms
        )
        return self._again(session)

    def sheet(self, session: Session) -> Sheet | None:
        """Return the question on the table, ready to be answered; None at the end."""
        following = sessions.next_question(session)
        if following is None:
            return None
        return self.sheet_of(self._desk.question(following.question))

    def sheet_of(self, question: Question) -> Sheet:
        """Return any question, laid out and drawn anew for each repetition."""
        card = self._log.find_card(question.id)
        return sheet_for(question, f"{question.id}/{card.reps if card else 0}")

    def answer(
        self,
        session: Session,
        sheet: Sheet,
        *,
        rating: Rating,
        confidence: Confidence | None = None,
        mark: Mark,
        think_ms: int = 0,
        total_ms: int = 0,
    ) -> Session:
        """Keep an answer, then return the session after it.

        `think_ms` is the time until the answer was shown, `total_ms` until it was graded.
        """
        question = sheet.question
        data: dict[str, JSON] = {
            "answer": sheet.answer.to_json(),  # type: ignore[dict-item]
            "seed": sheet.seed,
            "hints": sheet.hints,
            "mode": session.mode,
            "topic": question.topic,
        }
        entry = Entry(
            "review",
            question.id,
            data,
            item_v=question.version,
            session_id=session.id,
            rating=int(rating),
            confidence=int(confidence) if confidence else None,
            correct=mark.share,
            think_ms=think_ms,
            total_ms=total_ms,
        )
        return self._turned(session, entry)

    def undo(self, session: Session) -> tuple[Session, Sheet | None]:
        """Take back the last answer, hold, suspension or flag, also after a restart.

        Returns the session before it, and the question with the answer it had; None if there is
        nothing left to take back. Where the session itself has nothing, the one before it is
        taken up again: an answer is not final because its session has ended.
        """
        event = self._log.undo(session.id) if session.id else None
        if event is not None:
            return self._again(session), self._sheet_before(event)
        for earlier in self._log.sessions():
            if earlier.kind in _KINDS and earlier.started_ms < session.started_ms:
                event = self._log.undo(earlier.id)
                if event is not None:
                    return self.resume(earlier.id), self._sheet_before(event)
        return session, None

    def redo(self, session: Session) -> Session | None:
        """Take the last undo of a session back; None if there is none."""
        return None if self._log.redo(session.id) is None else self._again(session)

    def end(self, session: Session) -> None:
        """Note in the log that a session has ended."""
        if session.id:
            self._log.append(Entry("session_end", session_id=session.id))

    def summary(self, session: Session) -> Summary:
        """Return what a session came to, finished or not."""
        return summarised(self._desk, session)

    # What else can be done with a question

    def hold(self, session: Session, question: Question, days: int = TOMORROW) -> Session:
        """Hold a question back until tomorrow, or for more days."""
        return self._turned(session, self._held(session, question, days))

    def swap(self, session: Session, question: Question) -> Session:
        """Hold a question back for two weeks; its easier sibling takes its place.

        Raises NothingFoundError if there is none.
        """
        sibling = self.easier_sibling(question)
        if sibling is None:
            raise NothingFoundError(f"{question.topic} has no easier question to take its place")
        entry = self._held(session, question, TWO_WEEKS)
        return self._turned(session, entry._replace(data={**entry.data, "instead": sibling.id}))

    def suspend(self, session: Session, question: Question) -> Session:
        """Let a question come no more, until it is taken up again."""
        entry = Entry("suspend", question.id, {"on": True}, session_id=session.id or None)
        return self._turned(session, entry)

    def take_up(self, question: Question) -> None:
        """Let a question come again that was suspended or held back."""
        hold = Entry("hold", question.id, {"until": 0})
        self._log.append(Entry("suspend", question.id, {"on": False}), hold)

    def suspended(self) -> tuple[Question, ...]:
        """Return the suspended questions of the book, in book order."""
        standings = self._log.standings()
        away = {each.question for each in standings.values() if each.is_suspended}
        return tuple(each for each in self._desk.questions.values() if each.id in away)

    def flag(self, question: Question, text: str, session: Session | None = None) -> None:
        """Flag a question with a note on what is wrong with it; an empty one takes it away."""
        session_id = session.id if session and session.id else None
        self._log.append(Entry("flag", question.id, {"text": text}, session_id=session_id))

    def flags(self) -> tuple[tuple[Question, str], ...]:
        """Return the flagged questions of the book with their notes, in book order."""
        standings = self._log.standings()
        return tuple(
            (question, standings[question.id].flag)
            for question in self._desk.questions.values()
            if question.id in standings and standings[question.id].flag
        )

    def easier_sibling(self, question: Question) -> Question | None:
        """Return a question of the same topic that is easier, as little as may be; None if none.

        One of the same kind, or one not seen yet, is preferred.
        """
        standings, cards = self._log.standings(), self._log.cards()
        found = [
            each
            for each in self._desk.questions.values()
            if each.topic == question.topic
            and each.difficulty < question.difficulty
            and not each.is_held_out
            and not standings.get(each.id, Standing(each.id)).is_suspended
        ]
        return min(
            found,
            key=lambda each: (-each.difficulty, each.kind != question.kind, each.id in cards),
            default=None,
        )

    # What is known of a question

    def find_card(self, question: Question) -> Card | None:
        """Return what the reviews of a question came to; None if it was never answered."""
        card = self._log.find_card(question.id)
        return card and corrected(card, question.version)

    def is_corrected(self, question: Question) -> bool:
        """Tell whether what is right has changed since the reader saw the question."""
        card = self._log.find_card(question.id)
        return card is not None and card.seen_version < question.version

    def is_leech(self, question: Question) -> bool:
        """Tell whether a question is forgotten so often that another try will not help."""
        card = self._log.find_card(question.id)
        return card is not None and is_leech(card)

    def outcomes(self, question: Question, confidence: Confidence | None) -> dict[Rating, Card]:
        """Return what each rating would make of the question's card now."""
        now, card = self._log.now(), self._log.find_card(question.id)
        sure = int(confidence or 0)
        review = Review(question.id, question.version, 1, sure, now.day, now.at_ms)
        return {rating: after(card, review._replace(rating=int(rating))) for rating in Rating}

    # What there is to study

    def due_counts(self, minutes: int = BOX) -> DueCounts:
        """Return how much there is to study now."""
        return self.agenda.due_counts(minutes)

    def topics(self) -> tuple[str, ...]:
        """Return the topics of all questions that can be studied, in book order."""
        return self.agenda.topics()

    # How it is done

    def _turned(self, session: Session, entry: Entry) -> Session:
        (event,) = self._log.append(entry)
        return sessions.answered(session, turn_of(event))

    def _held(self, session: Session, question: Question, days: int) -> Entry:
        until = self._log.now().day + days
        return Entry("hold", question.id, {"until": until}, session_id=session.id or None)

    def _again(self, session: Session) -> Session:
        """Return a session made again from its events."""
        events = self._log.events("review", "hold", "suspend", session=session.id)
        return sessions.with_turns(session, map(turn_of, events))

    def _sheet_before(self, event: Event) -> Sheet | None:
        question = self._desk.questions.get(event.entry.item_uid or "")
        if question is None:
            return None
        if event.entry.kind != "review":
            return self.sheet_of(question)
        data = event.entry.data
        hints = data.get("hints")
        sheet = sheet_for(question, str(data.get("seed")), Answer.from_json(data.get("answer")))
        return replace(sheet, hints=hints if isinstance(hints, int) else 0)


def turn_of(event: Event) -> Turn:
    """Return what an event of the log is in a session."""
    entry = event.entry
    instead = entry.data.get("instead")
    return Turn(
        "hold" if entry.kind == "hold" else "suspend" if entry.kind == "suspend" else "review",
        entry.item_uid or "",
        entry.rating or 0,
        entry.confidence or 0,
        entry.correct or 0.0,
        entry.total_ms or 0,
        instead if isinstance(instead, str) else "",
    )
