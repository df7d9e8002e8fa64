"""What all screens share: keys through the registry, a top bar, a key bar, size classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.events import Key
from textual.screen import Screen

from handbook.actions import key_name
from handbook.tui.pieces import find_pieces
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.choices import ChoiceList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from handbook.tui.paint import Painter
    from handbook.tui.shell import Shell
    from handbook.tui.widgets.lines import LineView
    from handbook.workspace import Workspace

Result = TypeVar("Result")


class HandbookScreen(Screen[Result]):
    """A screen of the handbook. `PLACE` is its name in the registry of actions."""

    PLACE: ClassVar[str] = ""
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  Textual declares it
        (0, "-tiny"),
        (60, "-small"),
        (100, "-normal"),
        (150, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""

    def __init__(self, **names: str | None) -> None:
        """Take the size class of the terminal at once; `names` are Textual's own.

        Textual gives it only after a first layout, so that every screen would be laid out twice.
        """
        super().__init__(**names)
        width, height = self.app.size
        self.add_class(
            *self._get_breakpoint_classes(width, self.HORIZONTAL_BREAKPOINTS),
            *self._get_breakpoint_classes(height, self.VERTICAL_BREAKPOINTS),
            update=False,
        )
        self.set_class(self.painter.ascii_only, "-ascii", update=False)
        self.set_class(self.app.native_ansi_color, "-ansi", update=False)

    @property
    def handbook_app(self) -> Shell:
        """The app, by its own type."""
        app: Shell = self.app  # type: ignore[assignment]
        return app

    @property
    def workspace(self) -> Workspace:
        """The workspace that the app sits at."""
        return self.handbook_app.workspace

    @property
    def painter(self) -> Painter:
        """How to paint in the current theme."""
        return self.handbook_app.painter

    @property
    def place(self) -> str:
        """The name in the registry of what the keys now mean."""
        return self.PLACE

    @property
    def pane(self) -> LineView:
        """The pane that moving keys move."""
        raise NotImplementedError

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """Run what the registry says; what it does not know goes on to Textual."""
        if self.app.screen is not self:
            # Struck before the screen that an earlier key opened was there: it is meant for that.
            event.stop()
            event.prevent_default()
            self.app.post_message(Key(event.key, event.character))
            return
        if self.types(event):
            event.stop()
            event.prevent_default()
            return
        keys = self.handbook_app.keys
        name = key_name(event.key, event.character)
        action = keys.find(self.place, name)
        if action is not None:
            event.stop()
            event.prevent_default()
            self.handbook_app.last_key = name
            await self.handbook_app.perform(action.id)
        elif name.startswith("alt+") and len(name) == 5:
            # Escape and a letter within 100 ms arrive as one alt key: on a slow line both count.
            event.stop()
            for each in ("escape", name[-1]):
                action = keys.find(self.handbook_app.place, each)
                if action is not None:
                    await self.handbook_app.perform(action.id)

    def types(self, key: events.Key) -> bool:
        """Type a character struck before the field had the focus; tell whether it was one.

        A field that has the focus lets no character through to here.
        """
        field, character = self.focused, key.character
        insert = getattr(field, "insert_text_at_cursor", None) or getattr(field, "insert", None)
        if insert is None or not character or not key.is_printable:
            return False
        insert(character)
        return True

    async def on_key_bar_pressed(self, event: KeyBar.Pressed) -> None:
        """Run the action whose hint was clicked."""
        self.handbook_app.last_key = ""
        await self.handbook_app.perform(event.action)

    def action_down(self) -> None:
        """Move one line or item down."""
        self.pane.move(1)

    def action_up(self) -> None:
        """Move one line or item up."""
        self.pane.move(-1)

    def action_page_down(self) -> None:
        """Move one page down, with a line of overlap."""
        self.pane.move(max(1, self.pane.rows - 1))

    def action_page_up(self) -> None:
        """Move one page up."""
        self.pane.move(-max(1, self.pane.rows - 1))

    def action_half_down(self) -> None:
        """Move half a page down."""
        self.pane.move(max(1, self.pane.rows // 2))

    def action_half_up(self) -> None:
        """Move half a page up."""
        self.pane.move(-max(1, self.pane.rows // 2))

    def action_top(self) -> None:
        """Move to the top."""
        self._move_to(0)

    def action_end(self) -> None:
        """Move to the end."""
        self._move_to(len(self.pane.lines))

    def _move_to(self, line: int) -> None:
        pane = self.pane
        if isinstance(pane, ChoiceList):
            pane.put_cursor(0 if line == 0 else len(pane.items) - 1)
        else:
            pane.scroll_lines(line)

    # The frame

    def show_frame(self, place: tuple[str, ...], state: tuple[str, ...] = ()) -> None:
        """Fill top bar and key bar; called whenever either may have changed."""
        self.query_one(TopBar).show(place, (*state, *self.handbook_app.standing))
        self.query_one(KeyBar).show(self.handbook_app.hints(self.place, self.is_live))

    def is_live(self, action: str) -> bool:  # noqa: ARG002
        """Tell whether an action does something now; the key bar leaves out what does not."""
        return True

    def _compositor_refresh(self) -> None:
        """Draw what changed; without Textual's compositor if nothing covers it."""
        update = find_pieces(self) if self is self.app.screen and not self.app.is_inline else None
        if update is None:
            super()._compositor_refresh()
            return
        shown: Screen[Any] = self
        self.handbook_app._display(shown, update)  # noqa: SLF001
        self._dirty_widgets.clear()
        self.app._update_mouse_over(self)  # noqa: SLF001

    def refresh_content(self) -> None:
        """Show again what may have changed: the store, the theme, the content."""

    def while_open(self, call: Callable[[], None]) -> Callable[[], None]:
        """Return a call for a timer or after a frame, that does nothing once the screen has closed.

        Textual takes a screen's panes down before its timers.
        """

        def guarded() -> None:
            if self in self.app.screen_stack:
                call()

        return guarded

    def before_leaving(self) -> None:
        """Keep what is not on disk yet: another screen takes this one's place."""

    def renew(self) -> None:
        """Show the content that was read again."""
        self.refresh_content()

    def on_screen_resume(self) -> None:
        """Come back from another screen."""
        self.handbook_app.attempt(self.refresh_content)
