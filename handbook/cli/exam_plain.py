"""An exam line by line: any order, flags and a grid in words, each change kept at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from string import ascii_lowercase
from typing import TYPE_CHECKING

from handbook.cli.sheet_talk import (
    MET,
    asked_lines,
    criterion_lines,
    filled,
    heard,
    prompt_for,
    solved_lines,
)
from handbook.cli.talk import LeftError, Talk
from handbook.errors import StoreError, UsageError
from handbook.model import ChartBlock, Cloze, Recall
from handbook.model.number import find_number
from handbook.practice.exam_clock import ExamClock, clock_text
from handbook.practice.exam_words import given_words
from handbook.study import answering
from handbook.study.exam_result import CONFIDENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.cli.paper import Paper
    from handbook.model import Sheet
    from handbook.practice.exams import Exams
    from handbook.study.exam import Exam

HELP = """\
  a, or a c     the letters of your answer; `a 3` says as well that you are sure
  4 b           the line with the bug, and the letter of what mends it
  c a b         an order; 1b 2a are pairs; numbers and words as they are
  sure 1 2 3    how sure you are: guess, think, sure
  Enter, n, p   the next question, the previous one
  go 7          question 7
  flag          flag the question, or take the flag away
  strike b      strike an option out, or take that back
  clear         take your answer away
  grid          which questions are answered, flagged, empty
  clock         how much time is left
  t             a plot as a table of values, or as a plot again
  hand in       the end; asks once
  q             leave: everything is kept, the exam can be gone on with
  =WORD         a word that would be one of these"""

RULES = (
    "Any order, no hints, nothing is said before the end. Every change is kept at once.",
    "`?` says what you can type, `hand in` ends it, `q` leaves it to be gone on with.",
)


class _EndedError(Exception):
    """The exam was handed in, or its time is over; holds it."""

    def __init__(self, exam: Exam) -> None:
        super().__init__()
        self.exam = exam


class PlainExam:
    """Asks the questions of an exam until it is handed in, its time is over, or its reader goes."""

    def __init__(self, exams: Exams, paper: Paper, *, is_aside: bool = False) -> None:
        """Sit down."""
        self._exams = exams
        self._talk = Talk(paper, is_aside=is_aside, while_waiting=self._beat)
        self._is_table = paper.options.ascii
        self._clock: ExamClock | None = None
        self._exam: Exam | None = None
        self._step = 0
        self._is_told = False
        self._commands: dict[str, Callable[[Exam, str], Exam]] = {
            "q": self._leave,
            "?": self._help,
            "n": lambda exam, _: self._go(exam, exam.at + 1),
            "p": lambda exam, _: self._go(exam, exam.at - 1),
            "go": self._go_to,
            "flag": self._flag,
            "strike": self._strike,
            "sure": self._sure,
            "clear": self._clear,
            "grid": self._grid,
            "clock": self._tell_clock,
            "t": self._toggle_table,
            "hand": self._hand_in,
        }

    def run(self, exam: Exam) -> Exam:
        """Sit an exam and return it as it was left; one that has ended goes on to its grading."""
        try:
            if not exam.is_ended:
                exam = self._sit(exam)
            return self._grade(exam)
        except LeftError:
            exam = self._exam or exam
            if not exam.is_ended:
                self._talk.say("Kept. `handbook exam resume` goes on with it.")
            return exam

    def _sit(self, exam: Exam) -> Exam:
        form = exam.form
        self._talk.say(f"{form.title}: {exam.number} questions, {form.minutes} minutes.")
        self._talk.say(f"Paper {form.fingerprint}.")
        for rule in RULES:
            self._talk.say(rule)
        self._clock = ExamClock(exam, self._exams.log.now)
        self._exam = exam
        shown = (-1, -1)
        try:
            while True:
                if shown != (exam.at, self._step):
                    shown = (exam.at, self._step)
                    self._show(exam)
                exam = self._exam = self._turn(exam)
        except _EndedError as ended:
            self._exam = ended.exam
            return ended.exam

    # One line

    def _turn(self, exam: Exam) -> Exam:
        """Take one line: a command or an answer."""
        sheet = self._sheet(exam)
        line = self._talk.demand(_prompt(sheet))
        exam = self._demand_time(self._exam or exam)
        word, _, rest = line.partition(" ")
        command = self._find_command(sheet, word, rest)
        try:
            if not line:
                return self._go(exam, exam.at + 1)
            if command is not None:
                return command(exam, rest.strip())
            return self._answer(exam, sheet, line.removeprefix("="))
        except UsageError as error:
            self._talk.say(str(error))
        except StoreError as error:
            if not self._talk.is_typed:
                raise
            self._talk.say(f"Not kept: {error}")
        return exam

    def _find_command(
        self, sheet: Sheet, word: str, rest: str
    ) -> Callable[[Exam, str], Exam] | None:
        if not rest and len(word) == 1 and word in answering.letters(sheet):
            return None
        takes_more = word in {"go", "strike", "sure"} or (word, rest.strip()) == ("hand", "in")
        return self._commands.get(word) if takes_more or not rest else None

    def _answer(self, exam: Exam, sheet: Sheet, line: str) -> Exam:
        confidence = exam.slips[exam.at].confidence
        if isinstance(sheet.task, Cloze):
            sheet = filled(sheet, sheet.task, line, self._talk.demand)
        else:
            sheet, said = heard(sheet, line)
            confidence = int(said) if said else confidence
        exam = self._exams.answer(exam, exam.at, sheet.answer, confidence, self._elapsed())
        self._talk.say(f"Kept: {given_words(sheet)}{_sure_words(confidence)}.")
        if self._step < len(sheet.orders) - 1:
            self._step += 1
            return exam
        return self._go(exam, exam.at + 1)

    # Commands

    def _go(self, exam: Exam, at: int) -> Exam:
        """Go to a question; behind the last one the grid is shown instead."""
        self._step = 0
        if at >= exam.number:
            self._grid(exam, "")
            self._talk.say("That was the last one: `hand in`, or `go` to a question.")
            return exam
        if at < 0:
            self._talk.say("This is the first question.")
            at = 0
        return self._exams.tick(exam, at, self._elapsed()) if at != exam.at else exam

    def _go_to(self, exam: Exam, words: str) -> Exam:
        number = find_number(words)
        if number is None or not 1 <= number <= exam.number:
            raise UsageError(f"go takes a number from 1 to {exam.number}")
        return self._go(exam, number - 1)

    def _flag(self, exam: Exam, _words: str) -> Exam:
        exam = self._exams.flag(exam, exam.at, self._elapsed())
        is_flagged = exam.slips[exam.at].is_flagged
        self._talk.say("Flagged." if is_flagged else "The flag is taken away.")
        return exam

    def _strike(self, exam: Exam, words: str) -> Exam:
        sheet = self._sheet(exam)
        struck = answering.strike(sheet, words) if len(words) == 1 else sheet
        if struck == sheet:
            raise UsageError("strike takes the letter of an option", hint="strike b")
        exam = self._exams.strike(exam, exam.at, struck.struck, self._elapsed())
        letters = dict(zip(struck.order, ascii_lowercase, strict=False))
        out = ", ".join(sorted(letters[at] for at in struck.struck[struck.step] if at in letters))
        self._talk.say(f"Struck out: {out or 'none'}.")
        return exam

    def _sure(self, exam: Exam, words: str) -> Exam:
        if words not in {"1", "2", "3"}:
            raise UsageError("sure takes 1 (guess), 2 (think) or 3 (sure)")
        slip = exam.slips[exam.at]
        if not slip.is_answered:
            raise UsageError("there is no answer yet to be sure of", hint="answer first")
        exam = self._exams.answer(exam, exam.at, slip.answer, int(words), self._elapsed())
        self._talk.say(f"Kept{_sure_words(int(words))}.")
        return exam

    def _clear(self, exam: Exam, _words: str) -> Exam:
        empty = type(exam.slips[exam.at].answer)()
        self._talk.say("Empty again.")
        return self._exams.answer(exam, exam.at, empty, 0, self._elapsed())

    def _grid(self, exam: Exam, _words: str) -> Exam:
        for name, numbers in (
            ("Answered", [at for at in range(exam.number) if exam.slips[at].is_answered]),
            ("Flagged", exam.flagged),
            ("Empty", exam.empty),
        ):
            listed = " ".join(str(at + 1) for at in numbers)
            self._talk.say(f"{name} {len(numbers)}: {listed or 'none'}")
        return exam

    def _tell_clock(self, exam: Exam, _words: str) -> Exam:
        self._talk.say(f"{clock_text(exam.left_ms(self._elapsed()))} left.")
        return exam

    def _toggle_table(self, exam: Exam, _words: str) -> Exam:
        if not any(isinstance(block, ChartBlock) for block in self._sheet(exam).question.blocks):
            self._talk.say("There is no plot here.")
            return exam
        self._is_table = not self._is_table
        self._show(exam)
        return exam

    def _help(self, exam: Exam, _words: str) -> Exam:
        self._talk.say(HELP)
        return exam

    def _leave(self, exam: Exam, _words: str) -> Exam:
        self._exams.tick(exam, exam.at, self._elapsed())
        raise LeftError

    def _hand_in(self, exam: Exam, _words: str) -> Exam:
        """Ask once, and say how many questions are empty."""
        count = len(exam.empty)
        empty = f"{count} of {exam.number} are empty. " if count else ""
        if not self._talk.agrees(f"{empty}Hand in?"):
            return exam
        raise _EndedError(self._exams.hand_in(exam, self._elapsed()))

    # What is shown

    def _sheet(self, exam: Exam) -> Sheet:
        item, slip = exam.form.items[exam.at], exam.slips[exam.at]
        question = self._exams.questions_of(exam)[item.id]
        sheet = answering.sheet_for(question, item.seed, slip.answer, orders=item.orders)
        if len(slip.struck) == len(sheet.orders):
            sheet = replace(sheet, struck=slip.struck)
        return answering.go_to_step(sheet, self._step)

    def _show(self, exam: Exam) -> None:
        slip = exam.slips[exam.at]
        facts = [f"Question {exam.at + 1} of {exam.number}"]
        facts.append(f"{clock_text(exam.left_ms(self._elapsed()))} left")
        facts += ["flagged"] if slip.is_flagged else []
        facts += [f"answered{_sure_words(slip.confidence)}"] if slip.is_answered else []
        self._talk.say()
        self._talk.say(", ".join(facts))
        self._talk.show(asked_lines(self._sheet(exam), self._talk.paper, is_table=self._is_table))

    # Time

    def _elapsed(self) -> int:
        if self._clock is None:
            return 0
        elapsed = self._clock.elapsed_ms()
        self._clock.written()
        return elapsed

    def _beat(self) -> None:
        """Write the clock down while nobody types; a full disk then waits for the next answer."""
        exam = self._exam
        if self._clock is None or exam is None or exam.is_ended:
            return
        if self._clock.is_over and not self._is_told:
            self._is_told = True
            self._talk.say("\nThe time is up: press Enter.")
        if not self._clock.beats():
            return
        try:
            self._exam = self._exams.tick(exam, exam.at, self._clock.elapsed_ms())
        except StoreError:
            return

    def _demand_time(self, exam: Exam) -> Exam:
        """End the exam if its time is over; what was typed too late does not count."""
        if self._clock is None or not self._clock.is_over:
            return exam
        self._talk.say("The time is up: handed in as it stands.")
        raise _EndedError(self._exams.hand_in(exam, self._elapsed(), "time"))

    # After the end

    def _grade(self, exam: Exam) -> Exam:
        """Ask of each answer in one's own words which points of the rubric it has met."""
        questions = self._exams.questions_of(exam)
        for at in exam.to_grade:
            item, slip = exam.form.items[at], exam.slips[at]
            sheet = answering.sheet_for(questions[item.id], item.seed, slip.answer)
            self._talk.say()
            self._talk.say(f"In your own words, question {at + 1}: {sheet.question.title}")
            self._talk.say(f"You wrote: {slip.answer.text.strip()}")
            self._talk.show(solved_lines(sheet, self._talk.paper)[0])
            met = frozenset(
                number for number in range(_points(sheet)) if self._is_met(sheet, number)
            )
            keep = partial(self._exams.grade, exam, at, met)
            exam = self._exam = self._talk.insist(keep)
        return exam

    def _is_met(self, sheet: Sheet, number: int) -> bool:
        self._talk.show(criterion_lines(sheet, number, self._talk.paper))
        return self._talk.agrees(MET)


def _prompt(sheet: Sheet) -> str:
    if isinstance(sheet.task, Recall):
        return "Your answer in a line; you grade it after the end:"
    return prompt_for(answering.move_to(sheet, 0))


def _points(sheet: Sheet) -> int:
    return len(sheet.task.rubric) if isinstance(sheet.task, Recall) else 0


def _sure_words(confidence: int) -> str:
    return f", {CONFIDENCES[confidence]}" if confidence else ""
