"""A session of study line by line: no screen, no cursor, and each answer is kept at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from handbook.cli.sheet_talk import (
    MET,
    asked_lines,
    counted,
    criterion_lines,
    filled,
    heard,
    prompt_for,
    solved_lines,
)
from handbook.cli.talk import LeftError
from handbook.errors import NothingFoundError, UsageError
from handbook.loader.cues import with_notes
from handbook.model import Answer, ChartBlock, Cloze, Confidence, Cue, Mark, Rating, Recall
from handbook.practice.studying import TOMORROW
from handbook.study import answering, grading
from handbook.study.session import next_question

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from handbook.cli.talk import Talk
    from handbook.model import Question, Sheet
    from handbook.practice.studying import Studying
    from handbook.study.session import Session
    from handbook.workspace import Workspace

    Command: TypeAlias = Callable[[Session, Sheet, str], Session | None]

HELP = """\
  a, or a c     the letters of your answer; `a 3` says as well that you are sure
  4 b           the line with the bug, and the letter of what mends it
  c a b         an order; 1b 2a are pairs; numbers and words as they are
  1 2 3         how sure you are: guess, think, sure
  h             a hint
  n             don't know
  t             a plot as a table of values, or as a plot again
  u, redo       take the last answer back, bring it again
  hold          not before tomorrow
  suspend       not at all
  easier        an easier one instead; this one in two weeks
  flag WORDS    say what is wrong with the question
  q             stop here: everything is kept already
  =WORD         a word that would be one of these"""

SURE = "How sure? 1 guess, 2 think, 3 sure, or Enter:"
GRADES = {1: "forgot", 2: "right but hard", 3: "right", 4: "easy"}


class PlainSession:
    """Asks the questions of a session until its end, or until its reader stops."""

    def __init__(
        self, workspace: Workspace, studying: Studying, talk: Talk, *, grades: int = 4
    ) -> None:
        """Sit down; with `grades` 2 there are only "forgot" and "right"."""
        self._workspace = workspace
        self._studying = studying
        self._talk = talk
        self._grades = (1, 3) if grades == 2 else (1, 2, 3, 4)
        # Heard, a plot is told as its values in any case.
        self._is_table = talk.paper.options.ascii
        self._brought_back: Sheet | None = None
        self._commands: dict[str, Command] = {
            "q": self._leave,
            "?": self._help,
            "u": self._undo,
            "redo": self._redo,
            "hold": self._hold,
            "suspend": self._suspend,
            "easier": self._swap,
            "flag": self._flag,
        }

    def run(self, session: Session) -> Session:
        """Go through a session and return it as it was left."""
        while (sheet := self._next_sheet(session)) is not None:
            try:
                session = self._turn(session, sheet)
            except LeftError:
                break
        return session

    def _next_sheet(self, session: Session) -> Sheet | None:
        back, self._brought_back = self._brought_back, None
        following = next_question(session)
        if back is not None and following and following.question == back.question.id:
            return back
        return self._studying.sheet(session)

    # One question

    def _turn(self, session: Session, sheet: Sheet) -> Session:
        """Ask a question until it is answered, or until something else is done with it."""
        began = monotonic()
        self._introduce(session, sheet)
        said: Confidence | None = None
        for step in range(len(sheet.orders)):
            sheet = answering.go_to_step(sheet, step)
            self._show(sheet)
            found = self._listen(session, sheet)
            if not isinstance(found, tuple):
                return found
            sheet, said = found
            if sheet.is_revealed:  # not known
                break
        return self._judge(session, sheet, said, began)

    def _introduce(self, session: Session, sheet: Sheet) -> None:
        question = sheet.question
        title = self._workspace.desk.topic_title(question.topic)
        facts = [f"{session.position} of {session.size}", title]
        if session.minutes:
            left = -(-session.left_ms // 60_000)
            facts.append(f"{left} min left" if left else "the time is up")
        if question.id in session.owed:
            facts.append("once more")
        self._talk.say()
        self._talk.say(", ".join(facts))
        if self._studying.is_corrected(question):
            self._talk.say("Corrected since you saw it.")
        if self._studying.is_leech(question):
            self._talk.say("This one has slipped away several times. `easier` takes another in its")
            self._talk.say(f"place; it is taught in {', '.join(places_of(question)) or 'no page'}.")
        if sheet.answer:
            self._talk.say("Your answer stands below until you give another.")

    def _show(self, sheet: Sheet) -> None:
        self._talk.show(asked_lines(sheet, self._talk.paper, is_table=self._is_table))

    def _listen(self, session: Session, sheet: Sheet) -> tuple[Sheet, Confidence | None] | Session:
        """Return the answer and how sure it is, or the session after a command.

        "Don't know" is a sheet without an answer that is revealed.
        """
        while True:
            line = self._talk.demand(prompt_for(answering.move_to(sheet, 0)))
            if not line and not isinstance(sheet.task, Recall | Cue):
                self._talk.say("`n` if you don't know, `?` for what you can type.")
                continue
            word, _, rest = line.partition(" ")
            is_pick = len(line) == 1 and line in answering.letters(sheet)
            command = None if is_pick or (rest and word != "flag") else self._commands.get(word)
            if command is not None:
                after = self._talk.insist(partial(command, session, sheet, rest))
                if after is not None:
                    return after
            elif is_pick or line not in {"h", "n", "t"}:
                found = self._hear(sheet, line.removeprefix("="))
                if found is not None:
                    return found
            elif line == "n":
                return answering.reveal(replace(sheet, answer=Answer())), None
            elif line == "h":
                sheet = self._hint(sheet)
            elif any(isinstance(block, ChartBlock) for block in sheet.question.blocks):
                self._is_table = not self._is_table
                self._show(sheet)
            else:
                self._talk.say("There is no plot here.")

    def _hear(self, sheet: Sheet, line: str) -> tuple[Sheet, Confidence | None] | None:
        """Return the answer of a line, and how sure it is; None if it was none, which is told."""
        if isinstance(sheet.task, Recall | Cue) and line in {"", "1", "2", "3"}:
            return sheet, Confidence(int(line)) if line else None
        confidence: Confidence | None = None
        try:
            if isinstance(sheet.task, Cloze):
                sheet = self._fill(sheet, sheet.task, line)
            else:
                sheet, confidence = heard(sheet, line)
        except UsageError as error:
            self._talk.say(str(error))
            return None
        if confidence is None and sheet.step == len(sheet.orders) - 1:
            word = self._talk.choose(SURE, {"", "1", "2", "3"})
            confidence = Confidence(int(word)) if word else None
        return sheet, confidence

    def _fill(self, sheet: Sheet, task: Cloze, line: str) -> Sheet:
        """Fill the gaps, the first with a line that is there; ask about those that nearly fit."""
        sheet = filled(sheet, task, line, self._talk.demand)
        for at in grading.near_misses(task, sheet.current):
            typed, right = sheet.current.gaps[at], task.gaps[at].answers[0]
            if self._talk.agrees(f"{typed!r} is nearly {right!r}. Count it?"):
                sheet = counted(sheet, at)
        return sheet

    def _hint(self, sheet: Sheet) -> Sheet:
        shown = answering.hint(sheet)
        if shown.hints == sheet.hints:
            self._talk.say("There are no more hints." if sheet.hints else "It has no hints.")
            return sheet
        before = len(asked_lines(sheet, self._talk.paper, is_table=self._is_table))
        self._talk.show(asked_lines(shown, self._talk.paper, is_table=self._is_table)[before:])
        return shown

    # What is right

    def _judge(
        self, session: Session, sheet: Sheet, confidence: Confidence | None, began: float
    ) -> Session:
        """Show what is right, let the reader judge what only they can, and keep the answer."""
        think_ms = _ms_since(began)
        question = sheet.question
        is_known, is_own = not sheet.is_revealed, isinstance(question.task, Recall | Cue)
        rating, mark = Rating.AGAIN, Mark(0.0, is_right=False)
        if is_known:
            sheet = self._tick(sheet)
            mark = grading.mark(question.task, sheet.answer)
            rating = grading.suggested_rating(question, mark, confidence, sheet.hints)
        if is_known and is_own:
            rating = self._grade(sheet, rating, confidence)
            is_cue = isinstance(question.task, Cue)
            mark = grading.mark_of_rating(rating) if is_cue else mark
        keep = partial(
            self._studying.answer,
            session,
            sheet,
            rating=rating,
            confidence=confidence,
            mark=mark,
            think_ms=think_ms,
            total_ms=_ms_since(began),
        )
        after = self._talk.insist(keep)
        if not (is_known and is_own):
            self._talk.say(verdict(mark, confidence) if is_known else "Not known: here it is.")
            self._show_solution(sheet)
        return after

    def _tick(self, sheet: Sheet) -> Sheet:
        """Ask of each criterion of each rubric whether it was met."""
        for step in range(len(sheet.orders)):
            sheet = answering.go_to_step(sheet, step)
            task = sheet.task
            if not isinstance(task, Recall):
                continue
            self._show_solution(sheet, is_before_rubric=True)
            sheet = answering.reveal(sheet)
            for at, letter in enumerate(answering.letters(sheet)):
                self._talk.show(criterion_lines(sheet, at, self._talk.paper))
                is_met = self._talk.agrees(MET)
                if is_met != (at in sheet.current.criteria):
                    sheet = answering.pick(sheet, letter)
        return sheet

    def _show_solution(self, sheet: Sheet, *, is_before_rubric: bool = False) -> None:
        question, notes = with_notes(sheet.question, self._workspace.page)
        before, rest = solved_lines(replace(sheet, question=question), self._talk.paper, notes)
        self._talk.show(before if is_before_rubric else (*before, *rest))
        if not is_before_rubric and not question.page and (places := places_of(question)):
            self._talk.say(f"handbook show {places[0]}")

    def _grade(self, sheet: Sheet, rating: Rating, confidence: Confidence | None) -> Rating:
        """Ask for the grade of what only the reader can judge; Enter takes what is suggested."""
        is_cue = isinstance(sheet.task, Cue)
        if is_cue:
            self._show_solution(sheet)
            rating = Rating.HARD if sheet.hints or confidence is Confidence.GUESS else Rating.GOOD
        if rating not in self._grades:
            rating = Rating.GOOD
        choices = ", ".join(f"{grade} {GRADES[grade]}" for grade in self._grades)
        word = self._talk.choose(
            f"How was it? {choices} [{int(rating)}]:", {"", *map(str, self._grades)}
        )
        if not is_cue:
            question, _ = with_notes(sheet.question, self._workspace.page)
            self._talk.show(solved_lines(replace(sheet, question=question), self._talk.paper)[1])
        return Rating(int(word)) if word else rating

    # Commands

    def _leave(self, _session: Session, _sheet: Sheet, _words: str) -> None:
        raise LeftError

    def _help(self, _session: Session, _sheet: Sheet, _words: str) -> None:
        self._talk.say(HELP)

    def _undo(self, session: Session, _sheet: Sheet, _words: str) -> Session | None:
        after, sheet = self._studying.undo(session)
        if sheet is None:
            self._talk.say("There is nothing to take back.")
            return None
        self._talk.say("Taken back.")
        self._brought_back = sheet
        return after

    def _redo(self, session: Session, _sheet: Sheet, _words: str) -> Session | None:
        after = self._studying.redo(session)
        self._talk.say("It counts again." if after else "There is nothing to bring back.")
        return after

    def _hold(self, session: Session, sheet: Sheet, _words: str) -> Session:
        self._talk.say("Held back until tomorrow.")
        return self._studying.hold(session, sheet.question, TOMORROW)

    def _suspend(self, session: Session, sheet: Sheet, _words: str) -> Session | None:
        question = "It comes no more until `handbook suspended --take-up` says so. Suspend it?"
        if not self._talk.agrees(question):
            return None
        return self._studying.suspend(session, sheet.question)

    def _swap(self, session: Session, sheet: Sheet, _words: str) -> Session | None:
        try:
            return self._studying.swap(session, sheet.question)
        except NothingFoundError as error:
            self._talk.say(str(error))
            return None

    def _flag(self, session: Session, sheet: Sheet, words: str) -> None:
        if not words:
            self._talk.say("Say what is wrong: flag the second option is right too")
            return
        self._studying.flag(sheet.question, words, session)
        self._talk.say("Flagged. `handbook flags` lists it.")


def verdict(mark: Mark, confidence: Confidence | None) -> str:
    """Return in a sentence what an answer was worth."""
    if mark.is_right:
        if confidence is Confidence.GUESS:
            return "Right, by a guess: it comes back sooner."
        return "Right."
    if confidence is Confidence.SURE:
        return "Not right, and you were sure: it comes back within three days."
    share = f" {mark.share:.0%} of it is." if mark.share else ""
    return f"Not right.{share}"


def places_of(question: Question) -> tuple[str, ...]:
    """Return the places that teach a question, as `handbook show` takes them."""
    found = (
        f"{link.target.removesuffix('.md')}{'#' if link.anchor else ''}{link.anchor}"
        for link in question.see
        if link.kind == "page"
    )
    return tuple(dict.fromkeys(found))


def _ms_since(began: float) -> int:
    return round((monotonic() - began) * 1000)
