"""The app: which screen is where, and the ways between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import Place
from handbook.tui.driver import HandbookDriver
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.shell import Shell

if TYPE_CHECKING:
    from textual.screen import Screen

    from handbook.model.start import ScreenStart
    from handbook.settings import Settings
    from handbook.terminal import Terminal
    from handbook.workspace import Workspace


class HandbookApp(Shell, inherit_bindings=False):
    """The handbook in a terminal, opened at Home or at a place."""

    def get_default_screen(self) -> Screen[None]:
        """Open at the place asked for, else at Home; nothing else is built before it is needed."""
        if not isinstance(self.start, Place):
            from handbook.tui.screens.home import HomeScreen  # noqa: PLC0415

            return HomeScreen()
        from handbook.tui.screens.reader import ReaderScreen  # noqa: PLC0415

        return ReaderScreen(self.start)

    def on_mount(self) -> None:
        """Open the screen that the command line names, on top of Home."""
        start = self.start
        if start is None or isinstance(start, Place):
            return
        if start.screen == "study":
            self._begin_study(start)
        elif start.screen == "mock" and start.name:
            from handbook.tui.screens.mock_interview import InterviewScreen  # noqa: PLC0415

            self.push_screen(InterviewScreen(start.name))
        elif start.screen == "exam":
            from handbook.tui.screens.exams import open_exams  # noqa: PLC0415

            open_exams(self, start)
        else:
            getattr(self, f"action_{start.screen}")()

    def _begin_study(self, start: ScreenStart) -> None:
        from handbook.study.queue import Sprint  # noqa: PLC0415
        from handbook.tui.screens.study import StudyScreen  # noqa: PLC0415

        sprint = Sprint.named(start.sprint) if start.sprint else None
        minutes = None if start.minutes < 0 else start.minutes
        screen = StudyScreen(start.topics, sprint=sprint, minutes=minutes, grades=start.grades)
        self.push_screen(screen)

    def open_place(self, place: Place, *, remember: bool = True, query: str = "") -> None:
        """Open a page in the reader, on top of what is there or in the reader that is open.

        Without `remember` it is not a new visit: the page resumes where it was left. A screen that
        keeps its place, such as a session of study, stays below what is opened from it.
        """
        from handbook.tui.screens.reader import ReaderScreen  # noqa: PLC0415

        kept = [i for i, each in enumerate(self.screen_stack) if is_keeping_its_place(each)]
        for index, screen in enumerate(self.screen_stack):
            if isinstance(screen, ReaderScreen) and index > max(kept, default=-1):
                self._pop_to(index)
                screen.open(place, remember=remember, query=query)
                return
        self.push_screen(ReaderScreen(place, remember=remember, query=query))

    def show_screen(self, screen_type: type[HandbookScreen[None]]) -> None:
        """Go back to a screen of a type if one is open below, else open a new one."""
        for index, screen in enumerate(self.screen_stack):
            if isinstance(screen, screen_type):
                self._pop_to(index)
                return
        self.before_leaving()
        self.push_screen(screen_type())

    def _pop_to(self, index: int) -> None:
        while len(self.screen_stack) > index + 1:
            self.pop_screen()

    async def action_back(self) -> None:
        """Go one screen back; at the root `q` leaves, but Escape and Backspace never do."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif self.last_key not in {"escape", "backspace"}:
            self.leave()

    def action_home(self) -> None:
        """Open Home."""
        from handbook.tui.screens.home import HomeScreen  # noqa: PLC0415

        self.show_screen(HomeScreen)

    def action_read(self) -> None:
        """Open the book where reading stopped."""
        last = self.workspace.find_last_position()
        pages = self.workspace.handbook.pages
        place = Place(last.page, last.anchor) if last else Place(pages[0].id)
        self.open_place(place, remember=last is None)

    def action_map(self) -> None:
        """Open the map of roles."""
        from handbook.tui.screens.role_map import RoleMapScreen  # noqa: PLC0415

        self.show_screen(RoleMapScreen)

    def action_checklist(self) -> None:
        """Open the checklist."""
        from handbook.tui.screens.checklist import ChecklistScreen  # noqa: PLC0415

        self.show_screen(ChecklistScreen)

    def action_study(self) -> None:
        """Open study, at the session that is open or at a new one."""
        self.open_study()

    def open_study(self, topics: tuple[str, ...] = ()) -> None:
        """Study, only some topics if they are named."""
        from handbook.tui.screens.study import StudyScreen  # noqa: PLC0415

        if topics:
            self.push_screen(StudyScreen(topics))
        else:
            self.show_screen(StudyScreen)

    def action_exam(self) -> None:
        """Open the exams."""
        from handbook.tui.screens.exams import ExamsScreen  # noqa: PLC0415

        self.show_screen(ExamsScreen)

    def action_mock(self) -> None:
        """Open the mock interviews."""
        from handbook.tui.screens.mock import MockScreen  # noqa: PLC0415

        self.show_screen(MockScreen)

    def action_mock_watch(self) -> None:
        """Show what a candidate may see of the interview that is open."""
        from handbook.tui.screens.mock_watch import MockWatchScreen  # noqa: PLC0415

        self.show_screen(MockWatchScreen)

    def action_compare(self) -> None:
        """Open the comparison of roles."""
        from handbook.tui.screens.compare import CompareScreen  # noqa: PLC0415

        self.show_screen(CompareScreen)

    def action_progress(self) -> None:
        """Open progress."""
        from handbook.tui.screens.progress import ProgressScreen  # noqa: PLC0415

        self.show_screen(ProgressScreen)

    def action_problems(self) -> None:
        """Open the list of mistakes in the content."""
        from handbook.tui.screens.problems import ProblemsScreen  # noqa: PLC0415

        self.show_screen(ProblemsScreen)

    def action_search(self) -> None:
        """Open the search over everything."""
        from handbook.tui.screens.search import SearchScreen  # noqa: PLC0415

        self.push_screen(SearchScreen())

    def action_help(self) -> None:
        """Show the keys of this place."""
        from handbook.tui.screens.overlays import help_overlay  # noqa: PLC0415

        self.push_screen(help_overlay(self, self.place))

    def action_messages(self) -> None:
        """Show the messages of this session."""
        from handbook.tui.screens.overlays import messages_overlay  # noqa: PLC0415

        self.push_screen(messages_overlay(self))

    def action_palette(self) -> None:
        """Choose a command by its name."""
        from handbook.tui.screens.menus import choose_command  # noqa: PLC0415

        choose_command(self)

    def action_bookmarks(self) -> None:
        """Choose a bookmark."""
        from handbook.tui.screens.menus import choose_bookmark  # noqa: PLC0415

        choose_bookmark(self)

    def action_notes(self) -> None:
        """Choose a note."""
        from handbook.tui.screens.menus import choose_note  # noqa: PLC0415

        choose_note(self)

    def action_theme(self) -> None:
        """Choose a theme, seeing each."""
        from handbook.tui.screens.menus import choose_theme  # noqa: PLC0415

        choose_theme(self)

    def action_settings(self) -> None:
        """Choose a setting to change."""
        from handbook.tui.screens.menus import choose_setting  # noqa: PLC0415

        choose_setting(self)

    def ask_and_write(self, name: str, text: str) -> None:
        """Ask for a file's name and write a text to it."""
        from pathlib import Path  # noqa: PLC0415

        from handbook.tui.screens.menus import write_file  # noqa: PLC0415
        from handbook.tui.screens.prompt import ask  # noqa: PLC0415

        ask(self, "Write to", name, lambda given: write_file(self, Path(given), text))

    def walk_hits(self, step: int) -> bool:
        """Open the next or previous hit of the last search, round the ends; False without one."""
        if self.walk is None or not self.walk.hits:
            return False
        at = (self.walk.at + step) % len(self.walk.hits)
        self.walk = self.walk._replace(at=at)
        passage = self.walk.hits[at].passage
        self.tell(f"Hit {at + 1} of {len(self.walk.hits)} for {self.walk.query!r}")
        self.open_place(Place(passage.page, passage.anchor), query=self.walk.query)
        return True

    def action_history_back(self) -> None:
        """Go back in history."""
        self._step_in_history(-1)

    def action_history_forward(self) -> None:
        """Go forward in history."""
        self._step_in_history(1)

    def _step_in_history(self, step: int) -> None:
        page = getattr(self.screen, "page", None)
        place = self.workspace.find_in_history(step, page.info.id if page else "")
        if place is None:
            self.tell("No page further back" if step < 0 else "No page further forward")
        else:
            self.open_place(place, remember=False)

    def action_reload(self) -> None:
        """Read the content again, keeping the place."""
        if not self.workspace.reload():
            self.tell("Nothing has changed on disk")
            return
        self.is_background_done = False
        self._begin_background()
        for screen in self.screen_stack:
            if isinstance(screen, HandbookScreen):
                self.attempt(screen.renew)
        self.tell("The content was read again")

    def action_screenshot(self) -> None:  # type: ignore[override]
        """Write a picture of the screen to an SVG file in the current folder."""
        from handbook.tui.screens.menus import write_screenshot  # noqa: PLC0415

        write_screenshot(self)


def is_keeping_its_place(screen: Screen[object]) -> bool:
    """Tell whether one comes back to a screen from the pages opened on it."""
    return bool(getattr(screen, "KEEPS_ITS_PLACE", False))


def run_app(
    workspace: Workspace,
    settings: Settings,
    terminal: Terminal,
    start: Place | ScreenStart | None = None,
    typed_early: bytes = b"",
) -> int:
    """Run the app and return its exit code."""
    app = HandbookApp(workspace, settings, terminal, start)
    HandbookDriver.typed_early = typed_early
    app.run(mouse=settings.mouse)
    return app.return_code or 0
