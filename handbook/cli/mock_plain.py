"""A mock interview line by line: no screen, no cursor, and every act is kept at once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from handbook.cli.talk import LeftError
from handbook.errors import UsageError
from handbook.render.mock import (
    answer_lines,
    asked_lines,
    brief_lines,
    clock_text,
    hint_lines,
    ladder_lines,
    levels_lines,
    notes_lines,
    outline_lines,
    rubric_lines,
    score_table,
)
from handbook.study import mock
from handbook.study.mock_plan import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from handbook.cli.talk import Talk
    from handbook.model.event import Entry
    from handbook.model.interview import Interview
    from handbook.model.mock import LoopItem, LoopRound
    from handbook.practice.mocks import Mocks
    from handbook.render.line import Line

HELP = """\
  Enter         the next follow-up
  h             the next hint
  a to f        tick a criterion, or take the tick away
  3 WORDS       score the dimension shown, with what it rests on (three words or more)
  =             the next dimension
  n WORDS       a note
  s             show everything again
  next, back    the next item, the item before; ] and [ do the same
  close         close the round: its scores can then be seen and no longer changed
  q             leave; everything is kept"""

SOLO_HELP = """\
  any words     a line of your outline; or just speak
  h             a hint
  .             done: shows the rubric, point by point
  q             leave; everything is kept"""


class PlainInterview:
    """Goes through an interview until its end, or until its holder leaves."""

    def __init__(self, mocks: Mocks, talk: Talk) -> None:
        """Sit down."""
        self._mocks = mocks
        self._talk = talk
        self._dimension = 0

    def run(self, interview: Interview) -> Interview:
        """Hold an interview and return it as it was left."""
        self._now = interview
        if interview.started:
            self._do(mock.resume(interview))
        try:
            for number in range(len(interview.plan.rounds)):
                if number not in self._now.closed:
                    self._round(number)
            self._now = self._talk.insist(partial(self._mocks.finish, self._now))
        except LeftError:
            self._do(mock.pause(self._now))
        return self._now

    # What everything is made of

    def _do(self, entries: Sequence[Entry]) -> None:
        self._now = self._talk.insist(partial(self._mocks.do, self._now, entries))

    def _try(self, act: Callable[[], Sequence[Entry]]) -> bool:
        """Do what is allowed; say why not where it is not."""
        try:
            self._do(act())
        except UsageError as error:
            self._talk.say(str(error))
            return False
        return True

    def _ask(self, prompt: str) -> str:
        line = self._talk.demand(prompt)
        if line == "q":
            raise LeftError
        return line

    def _show(self, lines: Sequence[Line]) -> None:
        self._talk.show(lines)

    @property
    def _width(self) -> int:
        return self._talk.paper.width

    def _item(self) -> LoopItem | None:
        return self._mocks.item_of(self._now)

    # A round

    def _round(self, number: int) -> None:
        if number not in self._now.started:
            self._introduce(number)
        while self._now.is_open:
            if self._now.is_solo:
                self._solo()
            else:
                self._interviewer()
        numbers = self._now.of_round(number)
        self._talk.say()
        self._talk.say("The round is closed.")
        self._show(score_table(self._now, numbers, self._width))

    def _introduce(self, number: int) -> None:
        loop = self._mocks.loops.get(self._now.plan.loop)
        planned = self._now.plan.rounds[number]
        rounds = loop.rounds if loop else ()
        found: LoopRound | None = next((r for r in rounds if r.title == planned.title), None)
        first = self._now.of_round(number)[0]
        self._show(brief_lines(found, replace(self._now, at=first), self._width))
        self._ask("Enter begins the round, q leaves:")
        self._do(mock.open_round(self._now, number))

    # Two people

    def _interviewer(self) -> None:
        """Hear one item until another one is on the table."""
        at = self._now.at
        self._dimension = 0
        self._show_item(with_notes=True)
        while self._now.is_open and self._now.at == at:
            spent = self._now.spent(at, self._mocks.log.now().at_ms)
            prompt = f"[{clock_text(spent, self._now.planned.minutes)}] ? for help:"
            self._hear(self._ask(prompt))

    def _hear(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        act = self._acts.get(word)
        if len(word) == 1 and word in "abcdef" and not rest:
            self._tick("abcdef".index(word))
        elif act is None:
            self._talk.say(f"{line[:40]!r} is nothing here; `?` says what you can type.")
        else:
            act(word, rest)

    @cached_property
    def _acts(self) -> Mapping[str, Callable[[str, str], object]]:
        """What each word does, given the word and what stands after it."""
        return {
            "": lambda *_: self._follow_up(),
            "?": lambda *_: self._talk.say(HELP),
            "h": lambda *_: self._hint(),
            "n": lambda _, rest: self._note(rest),
            "=": lambda *_: self._next_dimension(),
            "s": lambda *_: self._show_item(with_notes=True),
            "[": lambda *_: self._try(lambda: mock.go_to(self._now, -1)),
            "]": lambda *_: self._try(lambda: mock.go_to(self._now, 1)),
            "C": lambda *_: self._close(),
            "back": lambda *_: self._try(lambda: mock.go_to(self._now, -1)),
            "next": lambda *_: self._try(lambda: mock.go_to(self._now, 1)),
            "close": lambda *_: self._close(),
            **dict.fromkeys("1234", lambda word, rest: self._score(int(word), rest)),
        }

    def _follow_up(self) -> None:
        if self._try(lambda: mock.follow_up(self._now)):
            self._say_follow_up()

    def _hint(self) -> None:
        if self._try(lambda: mock.hint(self._now)):
            self._say_hint()

    def _note(self, words: str) -> None:
        if self._try(lambda: mock.note(self._now, words)):
            self._talk.say("Noted.")

    def _tick(self, number: int) -> None:
        if self._try(lambda: mock.toggle(self._now, number)):
            word = "Met" if number in self._now.state.ticked else "Taken back"
            self._talk.say(f"{word}: {self._now.planned.criteria[number]}")

    def _next_dimension(self) -> None:
        self._dimension += 1
        self._show_levels()

    def _show_item(self, *, with_notes: bool) -> None:
        item, planned, state = self._item(), self._now.planned, self._now.state
        place = self._now.of_round(self._now.round).index(self._now.at) + 1
        count = len(self._now.of_round(self._now.round))
        self._talk.say()
        self._talk.say(f"Item {place} of {count}, {planned.minutes:g} minutes")
        options = self._talk.paper.options
        if item is None:
            self._talk.say(f"{planned.title}: the book does not have this item any more.")
            return
        self._show(asked_lines(item.title, item.blocks, self._width, options))
        if with_notes:
            self._show(answer_lines(item, self._width, options))
            self._show(ladder_lines(item, state, self._width, options))
            self._show(hint_lines(item, state, self._width, options))
            self._show(rubric_lines(item, state, self._width, options))
            self._show_levels()
            self._show(notes_lines(state, self._width, options))

    def _show_levels(self) -> None:
        if (item := self._item()) is not None:
            self._show(levels_lines(item, self._now.state, self._dimension, self._width))

    def _say_follow_up(self) -> None:
        item, asked = self._item(), self._now.state.follow_ups
        if item is not None and asked <= len(item.follow_ups):
            found = item.follow_ups[asked - 1]
            self._talk.say(f"({found.tag}) {text_of(found.blocks)}")

    def _say_hint(self) -> None:
        item, given = self._item(), self._now.state.hints
        if item is not None and given <= len(item.hints):
            self._talk.say(f"Hint {given}: {text_of(item.hints[given - 1])}")

    def _score(self, value: int, evidence: str) -> None:
        names = self._now.planned.dimensions
        if not names:
            self._talk.say("nothing is scored here")
            return
        name = names[self._dimension % len(names)]
        if evidence and not self._try(lambda: mock.note(self._now, evidence, name)):
            return
        if self._try(lambda: mock.score(self._now, name, value)):
            self._talk.say(f"{name}: scored; hidden until the round is closed")

    def _close(self) -> None:
        lacking = mock.unscored(self._now)
        if lacking:
            names = ", ".join(f"{title} / {name}" for title, name in lacking)
            self._talk.say(f"Without a score: {names}")
            if self._ask("Close the round all the same? y closes it:") != "y":
                return
        self._now = self._talk.insist(partial(self._mocks.close_round, self._now))

    # Alone

    def _solo(self) -> None:
        """Answer one item alone: the outline, then point by point, then the follow-ups."""
        if not self._now.state.is_done:
            self._show_item(with_notes=False)
            self._talk.say(SOLO_HELP)
            self._answer()
        self._judge()
        self._ask_yourself()
        self._rate()
        items = self._now.of_round(self._now.round)
        if self._now.at == items[-1]:
            self._now = self._talk.insist(partial(self._mocks.close_round, self._now))
        else:
            self._do(mock.go_to(self._now, 1))

    def _answer(self) -> None:
        while not self._now.state.is_done:
            spent = self._now.spent(self._now.at, self._mocks.log.now().at_ms)
            line = self._ask(f"[{clock_text(spent, self._now.planned.minutes)}]")
            if line == ".":
                self._do(mock.say_done(self._now))
            elif line == "h":
                self._hint()
            elif line == "?":
                self._talk.say(SOLO_HELP)
            elif line:
                self._write(line)

    def _write(self, line: str) -> None:
        text = f"{self._now.state.outline}\n{line}".strip()
        self._try(lambda: mock.outline(self._now, text))

    def _judge(self) -> None:
        planned = self._now.planned
        while (number := mock.next_criterion(self._now)) is not None:
            self._talk.say(planned.criteria[number])
            is_met = self._talk.agrees("Was it in your answer?")
            self._do(mock.judge(self._now, number, is_met=is_met))

    def _ask_yourself(self) -> None:
        for _ in range(self._now.state.follow_ups, self._now.planned.follow_ups):
            self._do(mock.follow_up(self._now))
            self._say_follow_up()
            self._ask("Enter when you have answered:")
        item = self._item()
        if item is not None:
            self._show(answer_lines(item, self._width, self._talk.paper.options))
        before = self._mocks.last_attempt(self._now)
        if before is not None:
            self._show(outline_lines("Your last attempt", before.state.outline, self._width))

    def _rate(self) -> None:
        for number, name in enumerate(self._now.planned.dimensions):
            self._dimension = number
            while not self._now.state.score_of(name):
                self._show_levels()
                line = self._ask("1 to 4 and what it rests on, or Enter for no score:")
                if not line:
                    break
                word, _, rest = line.partition(" ")
                if word in {"1", "2", "3", "4"}:
                    self._score(int(word), rest)
