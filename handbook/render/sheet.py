"""A sheet as lines: what is asked, what is answered so far, and after the reveal what is right.

What is chosen, right or wrong is told by a sign and by words, never by colour alone.
"""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from handbook.model import (
    BugHunt,
    ChartBlock,
    Cloze,
    Code,
    Cue,
    CurveReading,
    Heading,
    ListItem,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Recall,
    Scenario,
    SingleChoice,
    Span,
)
from handbook.render.blocks import block_rows, blocks_rows, hung, inner_width
from handbook.render.context import Context
from handbook.render.line import Line, Run
from handbook.render.question import answer_text
from handbook.render.sheet_signs import ASCII_SHEET_SIGNS, SHEET_SIGNS
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model import Block, Option, Question, Sheet, Step
    from handbook.render.blocks import Row, Rows
    from handbook.render.options import Options
    from handbook.render.sheet_signs import SheetSigns


class SheetLines(NamedTuple):
    """A sheet as lines.

    `focus` is the line of the cursor, -1 without one; `targets` has for each line the row that it
    stands for, -1 for none; `solution` is the line at which the solution begins, -1 before it is
    shown.
    """

    lines: tuple[Line, ...]
    focus: int
    targets: tuple[int, ...]
    solution: int


def sheet_lines(
    sheet: Sheet,
    width: int,
    options: Options | None = None,
    *,
    notes: tuple[Block, ...] = (),
    is_table: bool = False,
    has_title: bool = True,
) -> SheetLines:
    """Return a sheet as lines of at most `width` cells.

    `notes` are the blocks of a page that a cue's answer refers to; `is_table` shows the values of a
    curve as a table instead of the plot. Without `has_title` the title stands elsewhere.
    """
    return _Page(sheet, width, options, is_table=is_table).lines(notes, has_title=has_title)


class _Page:
    """Rows as they are put together, each with the row of the sheet that it stands for."""

    def __init__(
        self, sheet: Sheet, width: int, options: Options | None, *, is_table: bool
    ) -> None:
        self.sheet = sheet
        self.width = width
        links = sheet.question.links
        self.context = Context(links=links) if options is None else Context(options, links)
        self.signs: SheetSigns = ASCII_SHEET_SIGNS if self.context.options.ascii else SHEET_SIGNS
        self.is_table = is_table
        self.rows: Rows = []
        self.targets: list[int] = []
        self.focus = -1

    def lines(self, notes: tuple[Block, ...], *, has_title: bool) -> SheetLines:
        """Return all lines of the sheet."""
        sheet = self.sheet
        is_cue = isinstance(sheet.question.task, Cue)  # its heading is all that is asked
        if has_title or is_cue:
            heading = Heading(2, (Span(sheet.question.title),), "")
            self.add(block_rows(heading, self.width, self.context))
        if not is_cue:
            self.ask(sheet.question)
        is_scenario = isinstance(sheet.question.task, Scenario)
        if not (is_scenario and sheet.is_revealed):
            if is_scenario:
                self.step()
            self.answers()
        self._hints()
        solution = -1
        if sheet.is_revealed:
            solution = len(self.rows)
            self._solution(notes)
        lines = tuple(Line(row) for row in self.rows)
        return SheetLines(lines, self.focus, tuple(self.targets), solution)

    # Putting rows together

    def add(self, rows: Rows, target: int = -1) -> None:
        """Add rows, all of which stand for one row of the sheet."""
        self.rows += rows
        self.targets += [target] * len(rows)

    def apart(self, rows: Rows) -> None:
        """Add rows after an empty one."""
        if rows:
            self.add([(), *rows])

    def titled(self, title: str, rows: Rows) -> None:
        """Add rows under a small heading."""
        if rows:
            self.apart([*wrap_runs([Run(title, "heading.3")], self.width), *rows])

    def said(self, text: str, style: str = "muted") -> Rows:
        """Return a sentence as rows."""
        return wrap_runs([Run(text, style)], self.width)

    def choice(self, number: int, mark: str, body: Sequence[Block], *, letter: str = "") -> None:
        """Add something to choose: cursor, mark, letter, and its blocks."""
        is_at = number == self.sheet.cursor and self.has_cursor
        lead = f"{self.signs.cursor if is_at else ' '} {mark} {letter}{'  ' if letter else ''}"
        inner = inner_width(self.width, len(lead))
        rows = hung(blocks_rows(body, inner, self.context, tight=True), Run(lead), self.width)
        self.choose(number, [self._lit(rows[0], lead, is_at=is_at), *rows[1:]])

    def _lit(self, row: Row, lead: str, *, is_at: bool) -> Row:
        """Give the lead of a row its styles: cursor, mark, and the letter that is a key."""
        cursor, mark, letter = lead[:2], lead[2:6], lead[6:]
        is_bad = mark[:3] == self.signs.wrong
        style = "error" if is_bad else "task.done" if mark.strip(" ()[]") else "muted"
        return (
            Run(cursor, "focus" if is_at else "text"),
            Run(mark, style),
            Run(letter, "key"),
            *row[1:],
        )

    def choose(self, number: int, rows: Rows) -> None:
        """Add the rows of something to choose, and remember where the cursor is."""
        if number == self.sheet.cursor and self.has_cursor:
            self.focus = len(self.rows)
        self.add(rows, number)

    @property
    def has_cursor(self) -> bool:
        """Whether there is a cursor: not on what is judged already."""
        return not self.sheet.is_revealed or isinstance(self.sheet.task, Recall)

    # What is asked

    def ask(self, asked: Question | Step) -> None:
        """Add the words, listings and plots of a question."""
        task = asked.task
        for block in asked.blocks:
            if isinstance(task, BugHunt) and isinstance(block, Code) and block.text == task.listing:
                continue  # it is what the cursor walks on
            if isinstance(block, ChartBlock) and block.chart.kind == "lines":
                from handbook.render.line_chart import plot_rows, value_table  # noqa: PLC0415

                draw = value_table if self.is_table else plot_rows
                self.apart(draw(block.chart, self.width, self.context.options))
            else:
                self.apart(block_rows(block, self.width, self.context))

    def step(self) -> None:
        """Add what a step of a scenario asks."""
        task = self.sheet.question.task
        if isinstance(task, Scenario):
            title = f"Step {self.sheet.step + 1} of {len(task.steps)}"
            self.apart(self.said(title, "heading.3"))
            self.ask(task.steps[self.sheet.step])

    # What is answered

    def answers(self) -> None:
        """Add what there is to choose or what was typed, as it stands."""
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
            cursor = Run(self.signs.cursor if is_at else " ", "focus" if is_at else "text")
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
            self.choose(at, hung(body, Run(lead, "focus" if is_at else style), self.width))
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
            runs = [Run(f"{self.signs.cursor if is_at else ' '} ", "focus")]
            runs += [
                Run(f"{gap.number}  ", "key"),
                Run(typed or "____", "text" if typed else "muted"),
            ]
            if sheet.is_revealed:
                runs.append(Run(f"   {self.signs.arrow} {gap.answers[0]}", "task.done"))
            elif gap.hint and sheet.hints:
                runs.append(Run(f"   ({gap.hint})", "muted"))
            self.choose(at, wrap_runs(runs, self.width))

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

    def _hints(self) -> None:
        for number, blocks in enumerate(self.sheet.question.hints[: self.sheet.hints], 1):
            lead = Run(f"Hint {number}  ", "heading.3")
            body = blocks_rows(blocks, inner_width(self.width, len(lead.text)), self.context)
            self.apart(hung(body, lead, self.width))

    # What is right

    def _solution(self, notes: tuple[Block, ...]) -> None:
        from handbook.render.sheet_solution import add_solution  # noqa: PLC0415  after an answer

        add_solution(self, notes)


def answer_words(sheet: Sheet) -> str:
    """Return what is right in one line, with the letters of the screen; "" if that takes a text."""
    task = sheet.task
    if not isinstance(task, SingleChoice | MultipleChoice | CurveReading | BugHunt):
        return answer_text(task)
    right = ", ".join(
        letter
        for letter, index in zip(ascii_lowercase, sheet.order, strict=False)
        if task.options[index].is_right
    )
    if not isinstance(task, BugHunt):
        return right
    where = "after line" if task.is_after else "line"
    return ", ".join(filter(None, [f"{where} {task.bug}", right]))


def see_rows(question: Question, width: int, context: Context) -> Rows:
    """Return the places that teach a question, as a list."""
    from handbook.model import Bullets, Paragraph  # noqa: PLC0415  see `_solution`

    items = [
        ListItem((Paragraph((Span(link.text, link=question.links.index(link)),)),))
        for link in question.see
        if link in question.links
    ]
    return block_rows(Bullets(tuple(items)), width, context) if items else []
