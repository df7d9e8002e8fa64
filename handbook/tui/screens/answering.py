"""Answering by keyboard: a sheet in a pane, letters that pick, rows to walk, a field to write."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_lowercase
from typing import TYPE_CHECKING

from textual.events import Key
from textual.message import Message
from textual.widgets import Input

from handbook.loader.cues import with_notes
from handbook.model import Cue, CurveReading
from handbook.render.options import Options
from handbook.render.sheet import SheetLines, sheet_lines
from handbook.study import answering
from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from textual import events

    from handbook.model import Block, Sheet

WIDEST = 80
"""Cells that a question takes at most."""

NUMERIC = frozenset("0123456789.,+-/%eE ")
"""The characters of numbers; all others are keys even while a number is typed."""

PLACEHOLDERS = {"number": "a number, then Enter", "word": "a word, then Enter"}


def plot_height(rows: int) -> int:
    """Return how high a plot may be where so many rows show a question and its options."""
    return min(12, max(5, rows - 12))


class AnswerInput(Input):
    """A field for an answer; what belongs to none, or comes after it, is a key of the screen's."""

    class Refused(Message):
        """A key was struck that is not for the field."""

        def __init__(self, key: Key) -> None:
            super().__init__()
            self.key = key

    is_kept = False
    """Whether it was closed: keys that had been struck by then are for what comes after it."""

    async def _on_key(self, event: events.Key) -> None:
        is_foreign = event.character and event.is_printable and not _takes(self, event.character)
        if self.is_kept or is_foreign:
            event.stop()
            event.prevent_default()
            self.post_message(self.Refused(Key(event.key, event.character)))
        self.is_kept = self.is_kept or event.key in {"enter", "escape"}


class NumberInput(AnswerInput):
    """A field for a number."""


def _takes(field: Input, character: str) -> bool:
    """Tell whether a character may be typed into a field."""
    return character in NUMERIC or not isinstance(field, NumberInput)


class AnsweringScreen(HandbookScreen[None]):
    """A screen with a sheet in its pane `#sheet`; subclasses say what becomes of an answer.

    While the field is open the place is "answer", so that letters and digits are typed.
    """

    CSS_PATH = ["../styles/answering.tcss", "../styles/fields.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        """Begin without a sheet."""
        super().__init__()
        self.sheet: Sheet | None = None
        self.is_table = False
        self.is_writing = False
        self._is_opening = False
        self._ahead: list[Key] = []
        self._shown: SheetLines | None = None

    # What a subclass says

    def answer_changed(self) -> None:
        """Take note of an answer that has changed; an exam keeps it, study waits for the end."""

    @property
    def may_answer(self) -> bool:
        """Tell whether the keys that answer work now."""
        return self.sheet is not None

    def is_live(self, action: str) -> bool:
        """Leave keys out of the key bar that do nothing on this sheet."""
        sheet = self.sheet
        if sheet is None:
            return True
        match action:
            case "answer.pick":
                return self.may_answer and bool(answering.letters(sheet))
            case "answer.write":
                return (
                    self.may_answer
                    and not sheet.is_revealed
                    and bool(answering.words_wanted(sheet))
                )
            case "answer.next-step":
                return len(sheet.orders) > 1 and not sheet.is_revealed
            case "answer.plot":
                return isinstance(sheet.task, CurveReading)
        return True

    # The pane

    @property
    def pane(self) -> LineView:
        """The pane with the sheet."""
        return self.query_one("#sheet", LineView)

    @property
    def place(self) -> str:
        """The field has keys of its own while it is open."""
        return "answer" if self.is_writing else self.PLACE

    def show_sheet(self, sheet: Sheet | None, *, is_new: bool = False) -> None:
        """Show a sheet; a new one from its top, and with the field open where one has to type."""
        self.sheet = sheet
        if sheet is None:
            self._shown = None
            return
        if is_new:
            self.is_table = self.handbook_app.terminal.ascii and self.is_table
            self.pane.top = 0
        self.draw_sheet()
        if is_new and self.may_answer and answering.needs_text(sheet) and not sheet.is_revealed:
            self._is_opening = True
            self.call_later(self._open_field)

    def draw_sheet(self) -> None:
        """Draw the sheet for the width there is."""
        sheet, pane = self.sheet, self.pane
        if sheet is None or not pane.content_size.width:
            return
        pane.measure = min(WIDEST, max(16, pane.content_size.width - 3))
        options = Options(
            ascii=self.handbook_app.terminal.ascii, highlight=self.handbook_app.is_background_done
        )
        notes: tuple[Block, ...] = ()
        if sheet.is_revealed and isinstance(sheet.question.task, Cue):
            question, notes = with_notes(sheet.question, self.workspace.page)
            sheet = replace(sheet, question=question)
        self._shown = sheet_lines(
            sheet,
            pane.column_width,
            options,
            notes=notes,
            is_table=self.is_table,
            has_title=not self.is_framed,
            plot_height=plot_height(pane.rows),
        )
        pane.show(self._shown.lines)

    @property
    def is_framed(self) -> bool:
        """Tell whether there is room for a frame round the pane, with the title in it."""
        return self.has_class("-normal") or self.has_class("-wide")

    def show_solution(self) -> None:
        """Scroll as little as it takes for the solution to begin on the screen."""
        if self._shown is not None and self._shown.solution >= 0:
            pane = self.pane
            below = self._shown.solution + max(4, pane.rows // 2)
            if below > pane.top + pane.rows:
                pane.scroll_lines(min(self._shown.solution, below - pane.rows))

    # Answering

    def take(self, sheet: Sheet) -> None:
        """Take a sheet whose answer or cursor has changed."""
        before, self.sheet = self.sheet, sheet
        self.draw_sheet()
        if self._shown is not None and self._shown.focus >= 0:
            self.pane.reveal(self._shown.focus)
        if before is not None and before.answer != sheet.answer:
            self.answer_changed()

    def action_pick(self) -> None:
        """Pick, tick, place or pair what has the letter that was struck."""
        if self.sheet is not None and self.may_answer:
            at = self.handbook_app.struck("answer.pick")
            self.take(answering.pick(self.sheet, ascii_lowercase[at] if at >= 0 else ""))

    def action_choose(self) -> None:
        """Choose, tick, place or accuse what the cursor stands on."""
        if self.sheet is not None and self.may_answer:
            self.take(answering.toggle(self.sheet))

    def action_down(self) -> None:
        """Move the cursor down, or the text where there is nothing to choose."""
        self._move(1)

    def action_up(self) -> None:
        """Move the cursor up, or the text where there is nothing to choose."""
        self._move(-1)

    def _move(self, step: int) -> None:
        sheet = self.sheet
        if sheet is None or not self.may_answer or not answering.rows(sheet):
            self.pane.move(step)
            return
        moved = answering.move(sheet, step)
        if moved.cursor == sheet.cursor:
            self.pane.move(step)
        else:
            self.take(moved)

    def action_next_step(self) -> None:
        """Go to the next step of a scenario."""
        self._step(1)

    def action_previous_step(self) -> None:
        """Go to the previous step of a scenario."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self.sheet is not None:
            self.take(answering.go_to_step(self.sheet, self.sheet.step + step))

    def action_plot(self) -> None:
        """Show a curve as a table of values, or as a plot again."""
        self.is_table = not self.is_table
        self.draw_sheet()

    def on_line_view_clicked(self, event: LineView.Clicked) -> None:
        """Choose what was clicked."""
        if event.view.id != "sheet" or self._shown is None or self.sheet is None:
            return
        row = self._shown.targets[event.line] if event.line < len(self._shown.targets) else -1
        if row >= 0 and self.may_answer:
            self.take(answering.toggle(answering.move_to(self.sheet, row)))

    # Writing

    async def on_key(self, event: events.Key) -> None:
        """Keep what is typed before the field has the focus: on a slow line keys come in one go."""
        if self.app.screen is self and self._is_opening:
            self._ahead.append(Key(event.key, event.character))
            event.stop()
            event.prevent_default()

    def types(self, key: events.Key) -> bool:
        """Type a character into the open field; tell whether it was one for it."""
        field = self.query_one("#field", Input) if self.is_writing else None
        character = key.character or ""
        if field is None or not key.is_printable or not _takes(field, character):
            return False
        field.insert_text_at_cursor(character)
        self._write(field.value)
        return True

    async def _open_field(self) -> None:
        """Open the field, and give it what was typed ahead of it."""
        try:
            await self.action_write()
        finally:
            self._is_opening = False
        ahead, self._ahead = self._ahead, []
        for key in ahead:
            if not self.types(key):
                await HandbookScreen.on_key(self, key)

    async def on_answer_input_refused(self, event: AnswerInput.Refused) -> None:
        """Let a key do what it does outside of the field."""
        key = event.key
        if self._is_opening:
            self._ahead.append(key)
        elif not self.types(key):
            if self.is_writing:
                self.action_leave()
            await HandbookScreen.on_key(self, key)

    async def action_write(self) -> None:
        """Open the field for a number or a word, or the larger one for an outline."""
        sheet = self.sheet
        words = answering.words_wanted(sheet) if sheet is not None and self.may_answer else ""
        if sheet is None or not words or sheet.is_revealed:
            return
        if words == "outline":
            from handbook.tui.screens.note import OutlineScreen  # noqa: PLC0415  few write one

            title, text = sheet.question.title, answering.written(sheet)
            self.app.push_screen(OutlineScreen(title, text, self._write))
            return
        await self.query("#field").remove()
        field = NumberInput(id="field") if words == "number" else AnswerInput(id="field")
        field.cursor_blink = False
        await self.mount(field)
        self.is_writing = True
        self.add_class("-writing")
        field.placeholder = PLACEHOLDERS[words]
        field.value = answering.written(sheet)
        field.cursor_position = len(field.value)
        field.focus()
        self.show_standing()

    def _write(self, text: str) -> None:
        if self.sheet is not None:
            self.take(answering.write(self.sheet, text))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take what is typed as it is typed; a field that was closed has no say."""
        if self.is_writing and event.input.is_attached:
            self._write(event.input.value)

    def action_keep(self) -> None:
        """Close the field; in a text with gaps go on to the next empty one."""
        self.action_leave()
        sheet = self.sheet
        if sheet is not None and answering.words_wanted(sheet) == "word":
            gaps = sheet.current.gaps
            empty = [at for at in range(answering.rows(sheet)) if at >= len(gaps) or not gaps[at]]
            if empty:
                self.take(answering.move_to(sheet, empty[0]))
                self._is_opening = True
                self.call_later(self._open_field)

    def action_leave(self) -> None:
        """Close the field; what is typed stays, also what was typed a moment ago."""
        for field in self.query("#field").results(Input):
            if self.is_writing and self.sheet and field.value != answering.written(self.sheet):
                self._write(field.value)
        self.is_writing = False
        self.remove_class("-writing")
        self.pane.focus()
        self.show_standing()

    def show_standing(self) -> None:
        """Fill the bars; a subclass knows with what."""
        self.show_frame((self.workspace.handbook.title,))
        frame(self.pane, "")
