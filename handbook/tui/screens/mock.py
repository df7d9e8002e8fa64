"""Mock interviews to begin, to go on with, to look back at: a list of loops and of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.containers import Horizontal

from handbook.errors import NothingFoundError
from handbook.model.interview import Interview
from handbook.model.mock import Loop
from handbook.practice.mocks import Mocks, mocks_at
from handbook.render.cells import cells, cut
from handbook.render.line import EMPTY, Line, Run
from handbook.study.mock_report import spread_text
from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.screens.mock_lines import when
from handbook.tui.screens.overlays import InfoScreen, paragraph
from handbook.tui.screens.picker import Entry, choose
from handbook.tui.screens.prompt import ask
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.choices import ChoiceList, Item

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from handbook.model.interview import Mode


class Wish(NamedTuple):
    """How an interview is to be held: the mode, and one round by its number, 0 for all."""

    mode: Mode
    round: int = 0


WAYS = {
    "solo": ("Alone", "you answer, then mark yourself by the rubric"),
    "interviewer": ("With an interviewer", "you ask somebody; they may watch in another terminal"),
}


class MockScreen(HandbookScreen[None]):
    """Lists the loops of the book, and under them the interviews so far."""

    PLACE: ClassVar[str] = "mock"

    def __init__(self) -> None:
        """Begin with nobody's name: the interviews are the reader's own."""
        super().__init__()
        self.label = ""
        self._mocks: Mocks | None = None
        self._known: set[str] = set()

    def compose(self) -> ComposeResult:
        """Lay out the list between the bars."""
        yield TopBar()
        with Horizontal(id="body"):
            yield ChoiceList(id="loops", classes="pane")
        yield KeyBar()

    @property
    def pane(self) -> ChoiceList:
        """The list."""
        return self.query_one("#loops", ChoiceList)

    @property
    def mocks(self) -> Mocks:
        """The verbs of mock interviews, at the book as it is read now."""
        self._mocks = mocks_at(self.workspace.desk, self._mocks)
        return self._mocks

    def on_mount(self) -> None:
        """Take the focus."""
        self.pane.opens_at_once = False
        self.pane.when_sized(self.refresh_content)
        self.pane.focus()

    def refresh_content(self) -> None:
        """Show loops and interviews."""
        name = f"for {self.label}" if self.label else ""
        self.show_frame((self.workspace.handbook.title, "Mock interview"), (name,))
        frame(self.pane, "Loops and interviews")
        mocks, width = self.mocks, self.pane.column_width
        past = mocks.history()
        running = [each for each in past if not each.is_ended]
        items: list[Item] = []
        for heading, found in (
            ("In progress", [self._interview(each, width) for each in running]),
            ("Loops", [self._loop(loop, width) for loop in mocks.loops.values()] or [_no_loop()]),
            ("Held before", [self._interview(each, width) for each in past if each.is_ended]),
        ):
            if found:
                head = Line((Run("   "), Run(heading, "heading.2")))
                items += [Item((EMPTY, head) if items else (head,), can_choose=False), *found]
        self.pane.show_items(items, cursor=self._cursor(items, running))

    def _cursor(self, items: list[Item], running: list[Interview]) -> int | None:
        """Return where the cursor goes: to an interview newly in progress, else where it was."""
        ids = {each.id for each in running}
        newest = next((each for each in running if each.id not in self._known), None)
        self._known = ids
        kept = _name(newest or self.pane.value)
        found = (number for number, item in enumerate(items) if _name(item.value) == kept)
        return next(found, None) if kept else None

    def _loop(self, loop: Loop, width: int) -> Item:
        rounds = f"{len(loop.rounds)} rounds, {loop.minutes:g} min"
        lines = [_row(loop.title, rounds, width)]
        if self.size.height >= 20:
            titles = " / ".join(each.title for each in loop.rounds)
            lines.append(Line((Run("     "), Run(cut(titles, max(8, width - 6)), "muted"))))
        return Item(tuple(lines), loop)

    def _interview(self, interview: Interview, width: int) -> Item:
        plan = interview.plan
        whom = plan.name or ("alone" if plan.mode == "solo" else "with an interviewer")
        rounds = f"{len(interview.closed)} of {len(plan.rounds)} rounds"
        return Item(
            (_row(f"{when(interview.begun_ms)}  {plan.title}, {whom}", rounds, width),), interview
        )

    # Actions

    def on_choice_list_chosen(self) -> None:
        """Open what was clicked twice."""
        self.handbook_app.attempt(self.action_open)

    def action_open(self) -> None:
        """Choose how to hold a loop; go on with an open interview; read the report of another."""
        value = self.pane.value
        if isinstance(value, Loop):
            self._choose_way(value)
        elif isinstance(value, Interview) and not value.is_ended:
            self._enter(value.id)
        else:
            self.action_report()

    def _choose_way(self, loop: Loop) -> None:
        entries = [Entry(name, about, Wish(mode)) for mode, (name, about) in WAYS.items()]  # type: ignore[arg-type]
        for number, each in enumerate(loop.rounds, 1):
            for mode, (name, _) in WAYS.items():
                title = f"Round {number}, {name[0].lower()}{name[1:]}"
                entries.append(Entry(title, each.title, Wish(mode, number)))  # type: ignore[arg-type]

        def begin(wish: object) -> None:
            if isinstance(wish, Wish):
                rounds = (wish.round,) if wish.round else ()
                self._enter(self.mocks.begin(loop, wish.mode, name=self.label, rounds=rounds).id)

        choose(self.handbook_app, f"{loop.title}: how?", entries, begin)

    def _enter(self, session: str) -> None:
        from handbook.tui.screens.mock_interview import InterviewScreen  # noqa: PLC0415  later

        self.app.push_screen(InterviewScreen(session))

    def action_name(self) -> None:
        """Name who is interviewed; interviews of others make no cards by themselves."""
        ask(self.handbook_app, "Who is interviewed? Empty: you", self.label, self._take_name)

    def _take_name(self, text: str) -> None:
        self.label = text
        self.refresh_content()

    def action_report(self) -> None:
        """Read the report of the interview under the cursor."""
        from handbook.tui.screens.mock_report import MockReportScreen  # noqa: PLC0415  later

        value = self.pane.value
        if not isinstance(value, Interview):
            raise NothingFoundError("the cursor stands on no interview")
        self.app.push_screen(MockReportScreen(value.id))

    def action_spread(self) -> None:
        """Show the scores by dimension over all interviews."""
        spreads = self.mocks.spreads(self.label)

        def lines(width: int) -> list[Line]:
            if not spreads:
                text = "No round was closed with a score yet."
                return [EMPTY, *paragraph(text, width, "muted"), EMPTY]
            made: list[Line] = [EMPTY]
            for each in spreads:
                made += paragraph(each.name, width, "strong")
                made += [*paragraph(spread_text(each), width, indent=3), EMPTY]
            return made

        whom = self.label or "you"
        self.app.push_screen(InfoScreen(f"Scores of {whom}, oldest first", lines))

    def action_watch(self) -> None:
        """Show only what a candidate may see."""
        from handbook.tui.screens.mock_watch import MockWatchScreen  # noqa: PLC0415  later

        self.app.push_screen(MockWatchScreen())


def _no_loop() -> Item:
    text = "This book has no loops: they stand in loops/*.md of a content folder."
    return Item((Line((Run("   "), Run(text, "muted"))),), can_choose=False)


def _name(value: object) -> str:
    """Return what tells an entry of the list from all others, "" where it is none."""
    if isinstance(value, Interview):
        return value.id
    return value.name if isinstance(value, Loop) else ""


def _row(left: str, right: str, width: int) -> Line:
    """Return a name with facts at the right end, if there is room for them."""
    room = width - 4 - cells(right)
    if room < 16:
        return Line((Run("   "), Run(cut(left, max(8, width - 4)))))
    name = cut(left, room - 2)
    gap = " " * (room - cells(name))
    return Line((Run("   "), Run(name), Run(gap), Run(right, "muted")))
