"""What is done in a mock interview: asking, ticking, scoring, closing a round, or answering alone.

Everything that happens is on disk before the screen changes; a second terminal may watch.
"""

from __future__ import annotations

from typing import ClassVar

from textual.widgets import TextArea

from handbook.errors import HandbookError, UsageError
from handbook.study import mock
from handbook.tui.screens.mock_room import RoomScreen
from handbook.tui.screens.prompt import ask
from handbook.tui.widgets.lines import LineView

PAUSE = 0.8
"""Seconds without a key after which an outline is written to disk."""


class InterviewScreen(RoomScreen):
    """Holds an interview, with somebody or alone."""

    PLACE: ClassVar[str] = "mock-room"

    def action_go_on(self) -> None:
        """Begin the next round, or after the last one end the interview and show the report."""
        now = self._now()
        following = self._next_round(now)
        if following is None:
            self.action_end()
        elif now.round in now.closed:  # first what the next round is about
            self._is_between = True
            self._take(now)
        else:
            self._is_between = False
            self._do(mock.open_round(now, following))

    def action_end(self) -> None:
        """End the interview, and show the report."""
        from handbook.tui.screens.mock_report import MockReportScreen  # noqa: PLC0415  later

        now = self._now()
        if not now.closed and not self._is_warned:
            self._is_warned = True
            raise UsageError(
                "no round is closed, so there is nothing to report", hint="X again ends"
            )
        if not now.is_ended:
            self.interview = self.mocks.finish(now)
        self.app.switch_screen(MockReportScreen(now.id))

    def action_follow_up(self) -> None:
        """Ask the next follow-up."""
        now = self._now()
        if now.is_solo and mock.next_criterion(now) is not None:
            raise UsageError("first the criteria: y or n")
        self._do(mock.follow_up(now))
        if now.is_solo:
            self._reveal_next()
            return
        if not self._has_two:
            self._turn_to(0)
        self._reveal_in("#left", "[>]")

    def action_hint(self) -> None:
        """Give the next hint."""
        self._do(mock.hint(self._now()))
        if not self._has_two:
            self._turn_to(0)
        left = self.query_one("#left", LineView)
        left.scroll_lines(len(left.lines))

    def action_tick(self) -> None:
        """Tick the criterion of the letter, or take the tick away."""
        number = self.handbook_app.struck("mock.tick")
        now = self._now()
        following = mock.next_criterion(now)
        if now.is_solo and following is not None and number > following:
            raise UsageError("that criterion is not shown yet", hint="y or n for the one that is")
        self._do(mock.toggle(now, number))
        if not now.is_solo and not self._has_two and self.turn != 1:
            self._turn_to(1)

    def action_yes(self) -> None:
        """Say that the criterion was met."""
        self._judge(is_met=True)

    def action_no(self) -> None:
        """Say that the criterion was not met."""
        self._judge(is_met=False)

    def _judge(self, *, is_met: bool) -> None:
        now = self._now()
        number = mock.next_criterion(now)
        if number is None:
            raise UsageError("every criterion is decided on", hint="a to f change one")
        self._do(mock.judge(now, number, is_met=is_met))
        self._reveal_next()

    # Dimensions and notes

    def action_next_dimension(self) -> None:
        """Show the next dimension, or the next pane."""
        self._turn(1)

    def action_previous_dimension(self) -> None:
        """Show the dimension or the pane before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        self.query_one("#right", LineView).top = 0
        self._turn_to((self.turn + step) % self._views(self._now()))
        if self._has_two or (self._is_tall and self.turn > 1):
            self._reveal_dimension()

    def action_score(self) -> None:
        """Score the dimension shown; without evidence ask for it first."""
        now = self._now()
        value = self.handbook_app.struck("mock.score") + 1
        if not now.planned.dimensions:
            raise UsageError("nothing is scored here")
        number = self._dimension(now)
        name = now.planned.dimensions[number]
        if now.is_solo and not self._is_marked(now):
            raise UsageError("first the criteria and the follow-ups")
        if mock.has_evidence(now.state, name):
            self._score(name, value)
            return

        def take(text: str) -> None:
            self._do(mock.note(self._now(), text, name))
            self._score(name, value)

        ask(self.handbook_app, f"{name}: what does the {value} rest on?", "", take)

    def _score(self, name: str, value: int) -> None:
        """Keep a score, and show the next dimension that has none yet."""
        self._do(mock.score(self._now(), name, value))
        now = self._now()
        names = now.planned.dimensions
        rest = [number for number, each in enumerate(names) if not now.state.score_of(each)]
        if rest:
            self._turn_to(self._first_turn(now) + rest[0])
            self._reveal_dimension()
        said = "scored" if rest else "scored; ] goes to the next item, C closes the round"
        self.handbook_app.tell(f"{name}: {said}")

    def action_evidence(self) -> None:
        """Note what was said or done for the dimension shown."""
        now = self._now()
        if not now.planned.dimensions:
            raise UsageError("nothing is scored here", hint="n writes a note")
        name = now.planned.dimensions[self._dimension(now)]
        ask(self.handbook_app, f"Evidence: {name}", "", lambda text: self._note(text, name))

    def action_note(self) -> None:
        """Write a note on the item."""
        ask(self.handbook_app, "Note: what was said or done", "", self._note)

    def _note(self, text: str, dimension: str = "") -> None:
        self._do(mock.note(self._now(), text, dimension))

    # Between items and rounds

    def action_next(self) -> None:
        """Put the next item on the table."""
        self._do(mock.go_to(self._now(), 1))

    def action_previous(self) -> None:
        """Put the item before on the table."""
        self._do(mock.go_to(self._now(), -1))

    def action_close(self) -> None:
        """Close the round; where scores are missing, only at the second time."""
        now = self._now()
        lacking = mock.unscored(now)
        waiting = [at for at in now.of_round(now.round) if not now.items[at].asked_ms]
        if (lacking or waiting) and not self._is_warned:
            self._is_warned = True
            words = [f"{len(waiting)} not asked"] if waiting else []
            words += (
                [f"no score for {', '.join(dict.fromkeys(name for _, name in lacking))}"]
                if lacking
                else []
            )
            raise UsageError(f"{'; '.join(words)}", hint="C again closes the round")
        self._is_warned = False
        self._take(self.mocks.close_round(now))

    def action_beside_down(self) -> None:
        """Move the pane on the right one line down."""
        self.query_one("#right", LineView).move(1)

    def action_beside_up(self) -> None:
        """Move the pane on the right one line up."""
        self.query_one("#right", LineView).move(-1)

    # Alone

    def action_write(self) -> None:
        """Write an outline of the answer, with the question in sight."""
        area = self.query_one("#outline", TextArea)
        area.load_text(self._now().state.outline)
        area.move_cursor(area.document.end)
        self.add_class("-writing")
        area.focus()
        self._show()

    def on_text_area_changed(self) -> None:
        """Keep the outline at the next pause."""
        if not self.has_class("-writing"):
            return
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper = self.set_timer(PAUSE, self._keep_outline)

    def _keep_outline(self) -> bool:
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None
        text = self.query_one("#outline", TextArea).text.rstrip()
        return self.handbook_app.attempt(lambda: self._do(mock.outline(self._now(), text)))

    def action_keep(self) -> None:
        """Keep the outline and close the field; where it cannot be kept, stay in it."""
        if self._keep_outline():
            self.remove_class("-writing")
            self.query_one("#left", LineView).focus()
            self._show()

    def action_done(self) -> None:
        """Say that the answer is complete: from now on it is marked."""
        self._do(mock.say_done(self._now()))

    # Leaving

    def keep_position(self) -> None:
        """Stop the clock, and keep what is being written; called when the app ends."""
        if self.has_class("-writing") and self.query("#outline"):
            self._keep_outline()
        if self.interview is not None and not self.interview.is_ended:
            self.interview = self.mocks.do(self.interview, mock.pause(self.interview))

    def on_unmount(self) -> None:
        """Stop the clock also where another screen was opened in place of this one."""
        self.handbook_app.attempt(self.keep_position)

    async def action_back(self) -> None:
        """Leave; the clock stands until somebody goes on."""
        try:
            self.keep_position()
        except HandbookError as error:
            self.handbook_app.tell(str(error), severity="error")
        else:
            self.handbook_app.tell("Kept, and the clock stands: Enter goes on with it")
        await self.handbook_app.action_back()
