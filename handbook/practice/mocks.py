"""Mock interviews: loops to choose from, interviews whose every act is kept at once, reports.

The state is a fold over the log (`handbook.study.mock`), so that a second terminal, and the same
one tomorrow, see what the first has done.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from handbook.errors import NothingFoundError, UsageError, nearest_or_all
from handbook.loader.loop_files import loops_of
from handbook.model.answer import Answer
from handbook.model.event import Entry
from handbook.model.question import Recall
from handbook.study import mock
from handbook.study.grading import mark, suggested_rating
from handbook.study.mock_plan import plan_from_json, plan_of, plan_to_json
from handbook.study.mock_report import missed_drills, report_of, spreads_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handbook.model.event import JSON
    from handbook.model.interview import (
        Interview,
        ItemState,
        MockReport,
        Mode,
        PlannedItem,
        Spread,
    )
    from handbook.model.mock import Loop, LoopItem
    from handbook.practice.desk import Desk

KIND = "mock"
MOST_LOOKED_AT = 200
"""How many interviews a history tells of."""


class Attempt(NamedTuple):
    """An earlier answer to the same item: when it was begun, and what became of it."""

    begun_ms: int
    planned: PlannedItem
    state: ItemState


class Mocks:
    """The verbs of mock interviews, at one desk. Each that writes raises StoreError."""

    def __init__(self, desk: Desk) -> None:
        """Sit down; nothing is read yet."""
        self.desk = desk
        self.log = desk.store.practice

    # Loops

    @cached_property
    def loops(self) -> Mapping[str, Loop]:
        """The loops of the book by name."""
        return loops_of(self.desk.library).found

    def loop(self, name: str) -> Loop:
        """Return a loop by its name, role or title; raise NothingFoundError with the nearest."""
        wanted = name.strip().casefold()
        for loop in self.loops.values():
            if wanted in {loop.name.casefold(), loop.role.casefold(), loop.title.casefold()}:
                return loop
        hint = nearest_or_all(wanted, self.loops, 0.5)
        raise NothingFoundError(
            f"no loop is called {name!r}" if self.loops else "the book has no loops",
            hint=hint if self.loops else "they stand in loops/*.md of a content folder",
        )

    def item_of(self, interview: Interview, at: int | None = None) -> LoopItem | None:
        """Return an item with its words, the one on the table for None.

        None where the book does not have it any more.
        """
        planned = interview.planned if at is None else interview.plan.items[at]
        named = self.loops.get(interview.plan.loop)
        others = [loop for loop in self.loops.values() if loop is not named]
        for loop in [*([named] if named else []), *others]:
            found = next((item for item in loop.items if item.id == planned.id), None)
            if found is not None:
                return found
        return None

    # An interview from beginning to end

    def begin(
        self,
        loop: Loop,
        mode: Mode,
        *,
        name: str = "",
        seed: str = "",
        rounds: Sequence[int] = (),
    ) -> Interview:
        """Begin an interview; with a `name` it is about somebody else than the reader.

        `rounds` are numbers from 1, empty for all; raises NothingFoundError for one that is not.
        """
        questions = tuple(self.desk.questions.values())
        plan = plan_of(loop, mode, name=name, seed=seed, rounds=rounds, questions=questions)
        session = self.log.new_session_id()
        data: dict[str, JSON] = {"kind": KIND, "plan": plan_to_json(plan)}
        events = self.log.append(Entry("session_start", data=data, session_id=session))
        return mock.interview_of(session, plan, events)

    def find(self, session: str) -> Interview:
        """Return an interview as the log has it; raise NothingFoundError if there is none."""
        kept = next((each for each in self.log.sessions(KIND) if each.id == session), None)
        plan = plan_from_json(kept.plan) if kept else None
        if plan is None:
            hint = "`handbook mock history` lists them"
            raise NothingFoundError(f"no mock interview has the id {session!r}", hint=hint)
        return mock.interview_of(session, plan, self.log.events(session=session))

    def find_open(self) -> Interview | None:
        """Return the newest interview that is not over, None if there is none."""
        kept = self.log.sessions(KIND)
        newest = next((each.id for each in kept if not each.ended_ms), None)
        return self.find(newest) if newest else None

    def followed(self, now: Interview | None) -> Interview | None:
        """Return what somebody who watches should see: `now` as it is, or a newer open interview.

        One that was left open before `now` began is not what they wait for.
        """
        newest = self.find_open()
        if newest and (now is None or newest.begun_ms > now.begun_ms):
            return newest
        return self.find(now.id) if now else None

    def resume(self, session: str) -> Interview:
        """Go on with an interview: the clock of its item runs again."""
        interview = self.find(session)
        if interview.is_ended:
            raise UsageError("this interview is over", hint=f"`handbook mock report {session}`")
        return self.do(interview, mock.resume(interview))

    def do(self, interview: Interview, entries: Sequence[Entry]) -> Interview:
        """Keep what `handbook.study.mock` says an act comes to, and return the interview after it.

        Everything is on the disk when this returns; StoreError leaves all as it was.
        """
        if not entries:
            return interview
        named = (entry._replace(session_id=interview.id) for entry in entries)
        for event in self.log.append(*named):
            interview = mock.after(interview, event)
        return interview

    def close_round(self, interview: Interview) -> Interview:
        """Hand the scores of a round in.

        What the reader answered alone, of the bank and by the bank's rubric, counts as a review.
        """
        closing = mock.close_round(interview)
        return self.do(interview, (*closing, *self._reviews(interview)))

    def finish(self, interview: Interview) -> Interview:
        """End an interview; what was missed is asked for tomorrow, unless it is somebody else's."""
        wanted = () if interview.plan.name else tuple(self._wanted(interview))
        return self.do(interview, (*wanted, *mock.finish(interview)))

    def want_drills(self, interview: Interview) -> Interview:
        """Ask for the questions behind what was missed in tomorrow's study."""
        return self.do(interview, tuple(self._wanted(interview)))

    def _wanted(self, interview: Interview) -> Iterator[Entry]:
        tomorrow = self.log.now().day + 1
        for question_id in missed_drills(interview):
            question = self.desk.questions.get(question_id)
            if question and not question.is_held_out and question_id not in interview.wanted:
                data: dict[str, JSON] = {"day": tomorrow, "for": interview.id}
                yield Entry("wanted", question_id, data, item_v=question.version)

    def _reviews(self, interview: Interview) -> Iterator[Entry]:
        if not interview.is_solo or interview.plan.name:
            return
        for at in interview.of_round(interview.round):
            question = self.desk.questions.get(interview.plan.items[at].id)
            state, item = interview.items[at], self.item_of(interview, at)
            if question is None or item is None or not state.is_done:
                continue
            task = question.task
            if not isinstance(task, Recall) or item.rubric != task.rubric or not state.judged:
                continue
            answer = Answer(text=state.outline, criteria=state.ticked)
            found = mark(task, answer)
            rating = suggested_rating(question, found, None, state.hints)
            data: dict[str, JSON] = {
                "answer": answer.to_json(),  # type: ignore[dict-item]
                "seed": "",
                "hints": state.hints,
                "mode": KIND,
                "topic": question.topic,
            }
            spent = interview.spent(at, self.log.now().at_ms)
            yield Entry(
                "review",
                question.id,
                data,
                item_v=question.version,
                rating=int(rating),
                correct=found.share,
                total_ms=spent,
            )

    # What there was before

    def last_attempt(self, interview: Interview) -> Attempt | None:
        """Return the last earlier answer to the item on the table, None if it is the first."""
        wanted = interview.planned.id
        for other in self._interviews():
            if other.id == interview.id or other.begun_ms > interview.begun_ms:
                continue
            for planned, state in zip(other.plan.items, other.items, strict=True):
                if planned.id == wanted and (state.is_done or state.judged):
                    return Attempt(other.begun_ms, planned, state)
        return None

    def report(self, session: str = "") -> MockReport:
        """Return what an interview has shown, the newest one for ""."""
        if not session:
            kept = self.log.sessions(KIND)
            if not kept:
                raise NothingFoundError(
                    "there was no mock interview yet", hint="handbook mock LOOP"
                )
            session = kept[0].id
        return report_of(self.find(session))

    def history(self) -> tuple[Interview, ...]:
        """Return the interviews, the newest first."""
        return tuple(self._interviews())

    def spreads(self, name: str = "", loop: str = "") -> tuple[Spread, ...]:
        """Return the scores by dimension over all interviews of one person, "" is the reader."""
        found = [each for each in self._interviews() if each.plan.name == name]
        return spreads_of(each for each in reversed(found) if loop in {"", each.plan.loop})

    def _interviews(self) -> Iterator[Interview]:
        for kept in self.log.sessions(KIND)[:MOST_LOOKED_AT]:
            plan = plan_from_json(kept.plan)
            if plan is not None:
                yield mock.interview_of(kept.id, plan, self.log.events(session=kept.id))


def mocks_at(desk: Desk, known: Mocks | None) -> Mocks:
    """Return the verbs at a desk: those that are known, unless the content was read again."""
    return known if known is not None and known.desk is desk else Mocks(desk)
