"""The app without its screens: start and end, keys to actions, messages, theme and clipboard.

Screens know this much of the app; which screen is where is `handbook.tui.app`'s business.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import traceback
from inspect import isawaitable
from threading import Thread, Timer
from time import time
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.text import Text
from textual.app import App

from handbook.actions import Keys, key_label
from handbook.errors import HandbookError, UsageError
from handbook.locations import keep_report
from handbook.model import Place
from handbook.terminal import CAUGHT
from handbook.tui.driver import HandbookDriver
from handbook.tui.paint import Painter
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.styling import Styles
from handbook.tui.theme import PALETTES, textual_theme
from handbook.tui.thin import Update
from handbook.tui.widgets.bars import Hint

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.await_complete import AwaitComplete
    from textual.screen import Screen

    from handbook.loader.library import Library
    from handbook.model import Hit
    from handbook.model.start import ScreenStart
    from handbook.render.terms import Terms
    from handbook.settings import Settings
    from handbook.terminal import Terminal
    from handbook.workspace import Workspace

HANGUP = 128 + signal.SIGHUP
MOST_COMPARED = 3
LAST_RESORT = 2.0
"""Seconds after which a process whose terminal is gone ends in any case."""


def _end_for_certain(code: int) -> None:
    """Let nothing stop the process half-way once it leaves.

    A signal to stop or to go on would make Textual wait for a terminal that may be gone.
    """
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    signal.signal(signal.SIGCONT, signal.SIG_IGN)
    if code:
        last_resort = Timer(LAST_RESORT, os._exit, (code,))
        last_resort.daemon = True
        last_resort.start()


class Walk(NamedTuple):
    """The hits of a search that n and N go through after its box has closed."""

    query: str
    hits: tuple[Hit, ...]
    at: int


class Shell(App[None], inherit_bindings=False):
    """What every screen may ask of the app; `HandbookApp` adds the ways between the screens."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "ML Teams Handbook"
    ESCAPE_TO_MINIMIZE: ClassVar[bool] = False

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        terminal: Terminal,
        start: Place | ScreenStart | None = None,
    ) -> None:
        """Sit down at a workspace; raise SettingsError if the keys of the settings clash."""
        self.keys = Keys(settings.keys)
        self.workspace = workspace
        self.settings = settings
        self.terminal = terminal
        self.start = start
        self.measure = settings.measure
        self.messages: list[str] = []
        self.problem_count = 0
        self.is_background_done = False
        self.last_key = ""
        self.terms: Terms | None = None
        self.walk: Walk | None = None
        self.compared: list[str] = []
        self.painter = Painter(terminal.theme, ascii_only=terminal.ascii)
        # A screen's styles are read when it is pushed; the first screen is not pushed.
        is_at_page = isinstance(start, Place)
        first = ("styles/reader.tcss", "styles/fields.tcss") if is_at_page else ()
        super().__init__(driver_class=HandbookDriver, css_path=["styles/frame.tcss", *first])
        self.has_mouse = settings.mouse
        for palette in PALETTES.values():
            self.register_theme(textual_theme(palette))
        self.theme = terminal.theme
        self.stylesheet = Styles(variables=self.get_css_variables())

    # Start and end

    def on_load(self) -> None:
        """Watch for signals and the end of the terminal, before the terminal is taken."""
        loop = asyncio.get_running_loop()
        HandbookDriver.on_hangup = [lambda: loop.call_soon_threadsafe(self.leave, HANGUP)]
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.leave, 128 + number)
        if CAUGHT:
            self.leave(CAUGHT[0])

    def on_mount(self) -> None:
        """Begin the work that may come after a frame."""
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())
        self.call_after_refresh(self._begin_background)
        self.set_interval(2.0, self._look_elsewhere)

    def on_resize(self) -> None:
        """Draw everything anew: nobody knows what a terminal keeps in another size."""
        HandbookDriver.frame.forget()

    def _display(self, screen: Screen[object], renderable: Any) -> None:
        """Write only what differs from what the terminal shows."""
        is_written = self._running and not (self._closed or self.is_headless or self._batch_count)
        if is_written and isinstance(renderable, Update):
            renderable = HandbookDriver.frame.thinned(renderable, self.console)
            if renderable.is_empty and self.cursor_position == self._previous_cursor_position:
                return
        super()._display(screen, renderable)

    def leave(self, code: int = 0) -> None:
        """Close the app with an exit code; everything of the reader's is on disk already."""
        for screen in self.screen_stack:
            keep = getattr(screen, "keep_position", None)
            if keep is not None:
                self.attempt(keep)
        if not self.is_headless:
            _end_for_certain(code)
        self.exit(return_code=code)

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top, which keeps its place before."""
        self.before_leaving()
        return super().pop_screen()

    def before_leaving(self) -> None:
        """Let the screen on top keep what is not on disk yet."""
        screen = self.screen
        if isinstance(screen, HandbookScreen):
            screen.before_leaving()

    def _fatal_error(self) -> None:
        """Say in one line that the handbook itself failed; the traceback goes to a file."""
        report = keep_report(self.workspace.places.data, traceback.format_exc())
        said = f"handbook: a mistake in the handbook itself ended it; {report}"
        self._exit_renderables.append(Text(said))
        self._close_messages_no_wait()

    def _begin_background(self) -> None:
        # What has been imported stays for good: the collector need never look at it, and a look
        # at all of Textual is 10 ms.
        gc.freeze()
        gc.enable()
        if self.workspace.trouble:
            self.tell(self.workspace.trouble, severity="warning")
        Thread(target=self._prepare, daemon=True, name="prepare").start()

    def _prepare(self) -> None:
        """Learn what may come after a frame; in a thread, whose failures must not be printed."""
        try:
            self._learn()
        except HandbookError as error:
            if self.is_running:
                self.call_from_thread(self.tell, str(error), severity="error")

    def _learn(self) -> None:
        """Learn the terms, index the book, look for mistakes."""
        from handbook.render.highlight import find_coloured  # noqa: PLC0415
        from handbook.render.terms import Terms  # noqa: PLC0415

        library = self.workspace.library
        terms = Terms(self.workspace.terms())
        find_coloured("", "python")  # loads the lexers before a page needs them
        self.workspace.prepare_search()
        if not isinstance(self.start, Place):
            library.questions()  # Home counts what is due; pages, 3 MB less
        count = self.workspace.count_problems()
        self.workspace.library.forget_old(time())
        if self.is_running:
            self.call_from_thread(self._end_background, library, terms, count)

    def _end_background(self, library: Library, terms: Terms, problems: int) -> None:
        if library is not self.workspace.library:
            return  # the book was read again meanwhile, and another thread is at it
        self.terms = terms
        self.problem_count = problems
        self.is_background_done = True
        gc.freeze()  # the book and its index stay too; a look at them is up to 100 ms
        self.refresh_screens()

    def _look_elsewhere(self) -> None:
        """Show what another terminal of the same reader has changed."""
        if self.workspace.is_changed_elsewhere():
            self.attempt(self.refresh_screens)

    def refresh_screens(self) -> None:
        """Let the screen on top show the store and the book as they are now."""
        refresh = getattr(self.screen, "refresh_content", None)
        if refresh is not None:
            refresh()

    # Keys and actions

    @property
    def place(self) -> str:
        """The place whose keys are in force."""
        return str(getattr(self.screen, "place", ""))

    async def perform(self, action_id: str) -> None:
        """Run an action on the screen on top, else on the app; an expected failure is told."""
        method = self.keys.get(action_id).method
        target = getattr(self.screen, method, None) or getattr(self, method, None)
        if target is None:
            return
        try:
            result = target()
            if isawaitable(result):
                await result
        except HandbookError as error:
            self.tell(str(error), severity="error")

    def struck(self, action_id: str) -> int:
        """Return which of an action's keys was struck last, from 0; -1 if it was none of them."""
        keys = self.keys.get(action_id).keys
        return keys.index(self.last_key) if self.last_key in keys else -1

    def attempt(self, call: object) -> bool:
        """Call something that may fail in an expected way; tell the reader and return False."""
        if not callable(call):
            return False
        try:
            call()
        except HandbookError as error:
            self.tell(str(error), severity="error")
            return False
        return True

    def hints(
        self, place: str, is_live: Callable[[str], bool] = lambda _: True
    ) -> tuple[Hint, ...]:
        """Return the footer of a place, of the actions that do something now."""
        is_root = len(self.screen_stack) == 1
        return tuple(
            Hint(
                self._hint_key(action.hint or action.keys[0]),
                "quit" if is_root and action.id == "app.back" else action.word,
                action.id,
            )
            for action in self.keys.footer(place, is_live)
            if action.keys
        )

    def _hint_key(self, key: str) -> str:
        if key in {"up", "updown", "leftright", "enter"}:
            return self.painter.sign(key)
        return "arrows" if key == "arrows" else key_label(key)

    @property
    def standing(self) -> tuple[str, ...]:
        """What the top bar of every screen says at its right end."""
        problems = f"! {self.problem_count}" if self.problem_count else ""
        return (problems, "not kept" if self.workspace.trouble else "")

    def tell(self, message: str, *, severity: str = "information") -> None:
        """Show a message for a few seconds, and keep it for the list of messages."""
        self.messages.append(message)
        if self.size.height < 20:
            self.clear_notifications()  # a low screen has no room for two
        elif any(message == each.message for each in self._notifications):
            return  # it stands there already
        level = severity if severity in {"warning", "error"} else "information"
        self.notify(message, severity=level, timeout=4, markup=False)  # type: ignore[arg-type]

    def toggle_compared(self, role_id: str) -> None:
        """Put a role into the comparison, or take it out; three is the most."""
        if role_id in self.compared:
            self.compared.remove(role_id)
        elif len(self.compared) >= MOST_COMPARED:
            raise UsageError("three roles are compared already", hint="x takes one out")
        else:
            self.compared.append(role_id)

    def walk_from(self, query: str, hits: tuple[Hit, ...], at: int) -> None:
        """Let n and N go through the hits of a search, starting at one of them."""
        self.walk = Walk(query, hits, at)

    # Terminal, theme and settings

    def keep_setting(self, name: str, value: object) -> None:
        """Write a setting into the settings file."""
        from handbook.settings import save_setting  # noqa: PLC0415

        save_setting(self.settings.path, name, value)
        self.tell(f"{name} = {value}, kept in {self.settings.path}")

    def use_theme(self, name: str) -> None:
        """Change the theme of frame and text."""
        self.painter = Painter(name, ascii_only=self.terminal.ascii)
        self.theme = name
        for screen in self.screen_stack:
            screen.set_class(self.native_ansi_color, "-ansi")
            screen.refresh(layout=False)
            for widget in screen.walk_children():
                widget.refresh()

    def action_mouse(self) -> None:
        """Switch the mouse; off, the terminal's own selection works without Shift."""
        self.has_mouse = not self.has_mouse
        driver = self._driver
        if isinstance(driver, HandbookDriver):
            driver.use_mouse(is_on=self.has_mouse)
        self.tell("Mouse on" if self.has_mouse else "Mouse off: select with the terminal")

    def action_copy_selection(self) -> None:
        """Copy what the mouse selected; without a selection say how to leave."""
        text = self.screen.get_selected_text()
        if text:
            self.copy(text)
        else:
            self.tell("q goes back, Q leaves")

    def copy(self, text: str) -> None:
        """Copy a text by the way that arrives here, and say which one it was."""
        from handbook.tui.clipboard import copy  # noqa: PLC0415

        self.tell(copy(self, text))

    def action_redraw(self) -> None:
        """Draw the whole screen again."""
        HandbookDriver.frame.forget()
        self.screen.refresh(layout=True, repaint=True)
        for widget in self.screen.walk_children():
            widget.refresh()

    def action_suspend(self) -> None:
        """Go back to the shell until `fg`."""
        self.action_suspend_process()

    async def action_quit(self) -> None:
        """Leave the handbook."""
        self.leave()

    # Ways between the screens, which `handbook.tui.app` knows

    def open_place(self, place: Place, *, remember: bool = True, query: str = "") -> None:
        """Open a page in the reader."""
        raise NotImplementedError

    def open_study(self, topics: tuple[str, ...] = ()) -> None:
        """Study, only some topics if they are named."""
        raise NotImplementedError

    def walk_hits(self, step: int) -> bool:
        """Open the next or previous hit of the last search; False without one."""
        raise NotImplementedError

    def ask_and_write(self, name: str, text: str) -> None:
        """Ask for a file's name and write a text to it."""
        raise NotImplementedError

    async def action_back(self) -> None:
        """Go one screen back, or leave at the root."""
        raise NotImplementedError

    def action_checklist(self) -> None:
        """Open the checklist."""
        raise NotImplementedError

    def action_reload(self) -> None:
        """Read the content again, keeping the place."""
        raise NotImplementedError
