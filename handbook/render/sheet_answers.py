"""What is answered on a sheet, kind by kind: options, lines, order, pairs, gaps, words."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from handbook.model import (
    BugHunt,
    Cloze,
    Code,
    Cue,
    CurveReading,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Recall,
    SingleChoice,
)
from handbook.render.blocks import blocks_rows, hung, inner_width
from handbook.render.line import Run
from handbook.render.sheet_page import Page
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model import Block, Option


class AnswersPage(Page):
    """Rows of a sheet with what there is to choose or what was typed."""

    def answers(self) -> None:
        """Add what there is to choose or what was typed, as it stands."""
        if self.context.options.spoken:
            from handbook.render.sheet_spoken import add_answers  # noqa: PLC0415  few are heard

            add_answers(self)
            return
        task = self.sheet.task
        before = len(self.rows)
        self.add([()])
        match task:
            case SingleChoice() | MultipleChoice() | CurveReading():
                self._options(task.options)
            case BugHunt():
                self._bug(task)
            case Ordering():
                self._ordering(task)
            case Matching():
                self._matching(task)
            case Cloze():
                self._gaps(task)
            case Numeric():
                self._number(task)
            case Recall() | Cue():
                self._outline()
        if len(self.rows) == before + 1:
            self.rows.pop()
            self.targets.pop()

    def _options(self, options: Sequence[Option], first: int = 0) -> None:
        sheet, signs = self.sheet, self.signs
        struck = sheet.struck[sheet.step] if sheet.struck else frozenset[int]()
        is_several = isinstance(sheet.task, MultipleChoice)
        for place, (letter, index) in enumerate(zip(ascii_lowercase, sheet.order, strict=False)):
            option, is_chosen = options[index], index in sheet.current.options
            if sheet.is_revealed:
                mark = signs.judged(is_right=option.is_right, is_chosen=is_chosen)
            else:
                mark = signs.box(is_several=is_several, is_chosen=is_chosen)
                if index in struck:
                    mark = signs.struck(is_several=is_several, is_chosen=is_chosen)
            start = len(self.rows)
            self.choice(first + place, mark, option.blocks, letter=letter)
            if index in struck and not sheet.is_revealed:
                self._strike(start)
            if sheet.is_revealed and is_chosen and not option.is_right:
                self._under(option.why, "muted")

    def _strike(self, start: int) -> None:
        for at in range(start, len(self.rows)):
            lead, rest = self.rows[at][:3], self.rows[at][3:]
            if at == start:
                self.rows[at] = (*lead, *(Run(run.text, "strike") for run in rest))
            else:
                self.rows[at] = tuple(
                    Run(run.text, "strike" if run.text.strip() else run.style)
                    for run in self.rows[at]
                )

    def _under(self, blocks: Sequence[Block], style: str) -> None:
        """Add blocks below what was chosen, as far in as its text."""
        taken = 9
        body = blocks_rows(blocks, inner_width(self.width, taken), self.context, style)
        self.add(hung(body, Run(" " * taken), self.width) if body else [])

    def _bug(self, task: BugHunt) -> None:
        from handbook.render.code import code_rows  # noqa: PLC0415  few questions have a listing

        sheet = self.sheet
        code = Code(task.listing, task.language)
        number = -1
        for row in code_rows(code, self.width - 3, self.context.options, is_numbered=True):
            is_first = row[0].style == "muted" and row[0].text.strip().isdigit()
            number += is_first
            is_at = number == sheet.cursor and self.has_cursor
            cursor = Run(self.signs.cursor if is_at else " ", "cursor" if is_at else "text")
            lead = self._line_sign(task, number + 1) if is_first else " "
            style = "error" if lead == self.signs.cross else "task.done"
            self.choose(number, [(cursor, Run(f"{lead} ", style), *row)])
        if not sheet.is_revealed:
            where = "after which something is missing" if task.is_after else "with the bug"
            accused = sheet.current.line
            said = f"Line {accused} is accused." if accused else f"Find the line {where}."
            self.apart(self.said(said))
        if task.options:
            self.apart(self.said("What mends it?", "strong"))
            self._options(task.options, first=number + 1)

    def _line_sign(self, task: BugHunt, line: int) -> str:
        is_accused = line == self.sheet.current.line
        if not self.sheet.is_revealed:
            return self.signs.dot if is_accused else " "
        if line == task.bug:
            return self.signs.tick
        return self.signs.cross if is_accused else " "

    def _ordering(self, task: Ordering) -> None:
        sheet = self.sheet
        placed = sheet.current.order
        if sheet.is_revealed:
            for at, item in enumerate(task.items):
                yours = placed.index(at) + 1 if at in placed else 0
                mark = self.signs.judged(is_right=yours == at + 1, is_chosen=True)
                self.choice(at, mark, item, letter=str(at + 1))
                if yours not in {0, at + 1}:
                    self.add([(Run(" " * 9), Run(f"you put it at {yours}", "muted"))])
            return
        for place, (letter, index) in enumerate(zip(ascii_lowercase, sheet.order, strict=False)):
            stands = f"{placed.index(index) + 1}." if index in placed else "_."
            self.choice(place, stands.rjust(3), task.items[index], letter=letter)
        self.apart(self.said("Press the letters in the right order; one again takes it back."))

    def _matching(self, task: Matching) -> None:
        sheet, context = self.sheet, self.context
        rights = [*(right for _, right in task.pairs), *task.distractors]
        letters = {
            index: letter for letter, index in zip(ascii_lowercase, sheet.order, strict=False)
        }
        given = (*sheet.current.pairs, *(-1,) * len(task.pairs))
        for at, (left, _) in enumerate(task.pairs):
            is_at = at == sheet.cursor and self.has_cursor
            is_right = given[at] == at
            sign = " "
            if sheet.is_revealed:
                sign = self.signs.tick if is_right else self.signs.cross
            lead = f"{self.signs.cursor if is_at else ' '} {sign} "
            body = wrap_runs(context.runs(left, "strong"), inner_width(self.width, 4))
            shown = at if sheet.is_revealed else given[at]
            pair = [Run(f"{self.signs.arrow} ", "muted")]
            pair += context.runs(rights[shown]) if shown >= 0 else [Run("_", "muted")]
            if shown >= 0 and not sheet.is_revealed:
                pair.insert(1, Run(f"{letters[shown]}  ", "key"))
            if sheet.is_revealed and not is_right and given[at] >= 0:
                pair += [Run("  (you: ", "muted"), *context.runs(rights[given[at]], "muted")]
                pair += [Run(")", "muted")]
            body += wrap_runs(pair, inner_width(self.width, 4))
            style = "error" if sheet.is_revealed and not is_right else "task.done"
            self.choose(at, hung(body, Run(lead, "cursor" if is_at else style), self.width))
        if not sheet.is_revealed:
            self.add([()])
            for letter, index in zip(ascii_lowercase, sheet.order, strict=False):
                style = "muted" if index in given else "text"
                body = wrap_runs(context.runs(rights[index], style), inner_width(self.width, 5))
                self.add(hung(body, Run(f"  {letter}  ", "key"), self.width))

    def _gaps(self, task: Cloze) -> None:
        sheet = self.sheet
        for at, gap in enumerate(task.gaps):
            typed = sheet.current.gaps[at] if at < len(sheet.current.gaps) else ""
            is_at = at == sheet.cursor and self.has_cursor
            # A near miss that the reader counted is among the criteria.
            is_right = gap.holds(typed) or at in sheet.current.criteria
            sign = " "
            if sheet.is_revealed:
                sign = self.signs.tick if is_right else self.signs.cross
            lead = f"{self.signs.cursor if is_at else ' '} {sign} "
            runs = [
                Run(f"{gap.number}  ", "key"),
                Run(typed or "____", "text" if typed else "muted"),
            ]
            if sheet.is_revealed and not gap.holds(typed):
                runs.append(Run(f"   {self.signs.arrow} {gap.answers[0]}", "task.done"))
            elif gap.hint and sheet.hints and not sheet.is_revealed:
                runs.append(Run(f"   ({gap.hint})", "muted"))
            style = "cursor" if is_at else "task.done" if is_right else "error"
            body = wrap_runs(runs, inner_width(self.width, 4))
            self.choose(at, hung(body, Run(lead, style), self.width))

    def _number(self, task: Numeric) -> None:
        if self.sheet.is_revealed:
            return  # it stands beside what is right
        typed = self.sheet.current.text
        unit = f" {task.unit}" if task.unit else ""
        shown = [Run("Your answer  ", "muted"), Run(typed.strip() or "____", "strong")]
        self.add(wrap_runs([*shown, Run(unit, "muted")], self.width))

    def _outline(self) -> None:
        text = self.sheet.current.text.strip()
        for number, paragraph in enumerate(text.split("\n") if text else ()):
            lead = [Run("Your outline  ", "muted")] if not number else []
            self.add(wrap_runs([*lead, Run(paragraph or " ")], self.width))
