"""The map of roles: software engineering skill against ML knowledge, walked by arrow keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from handbook.errors import NothingFoundError
from handbook.model import Place, Skills, Span, find_nearest, gap
from handbook.render.gauge import gauge
from handbook.render.line import EMPTY, Line, Run
from handbook.render.options import Options
from handbook.render.role_map import role_map_lines
from handbook.render.roles import role_table_lines
from handbook.render.wrap import wrap
from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.screens.marks import focused_line, with_focus
from handbook.tui.screens.picker import Entry, choose
from handbook.tui.screens.role_gap import SKILLS, gap_words
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from handbook.model import Role

CHARTS = ("", "2021", "2022")
DETAIL_FROM = 76
"""Columns from which the role is shown beside the map."""

BEGINNER = Skills(5.0, 5.0, 5.0)
"""Where one who places themself starts."""


class RoleMapScreen(HandbookScreen[None]):
    """Shows the map, the chosen role, and the gap from the reader to it."""

    PLACE: ClassVar[str] = "map"
    CSS_PATH = ["../styles/beside.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        """Begin with the handbook's own chart and the first role."""
        super().__init__()
        self.chart = 0
        self.shows_table = False
        self.shows_newer = False
        self.selected = ""
        self.you: Skills | None = None
        self.is_placing = False

    def compose(self) -> ComposeResult:
        """Lay out the map and, where there is room, what is known of the role."""
        yield TopBar()
        with Horizontal(id="body"):
            yield LineView(id="map", classes="pane")
            with Vertical(id="detail"):
                yield LineView(id="role", classes="pane")
                yield LineView(id="gap", classes="pane")
        yield KeyBar()

    @property
    def place(self) -> str:
        """Arrow keys mean the reader while they place themself."""
        return "place" if self.is_placing else "map"

    @property
    def pane(self) -> LineView:
        """The map."""
        return self.query_one("#map", LineView)

    def on_mount(self) -> None:
        """Take the focus."""
        self.pane.has_bar = False
        for view in self.query(LineView):
            view.when_sized(self.refresh_content)
        self.you = self.workspace.you()
        self.pane.focus()

    # What is shown

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles on the chart shown."""
        chart = CHARTS[self.chart]
        shown = (
            role for role in self.workspace.roles() if self.shows_newer or role.group != "newer"
        )
        return tuple(role for role in shown if role.skills_on(chart) is not None)

    @property
    def role(self) -> Role:
        """The chosen role; raises NothingFoundError where the book has none."""
        roles = self.roles
        if not roles:
            raise NothingFoundError("this book has no roles to show")
        return next((role for role in roles if role.id == self.selected), roles[0])

    def refresh_content(self) -> None:
        """Draw map, role and gap."""
        width, height = self.size
        needs_all = self.shows_table and width < 100  # beside it a table would fall into lists
        self.set_class(width >= DETAIL_FROM and height >= 20 and not needs_all, "-detailed")
        title = self.workspace.handbook.title
        view = "table" if self.shows_table else "map"
        names = {"": "handbook", **{year: f"{year} chart" for year in CHARTS if year}}
        state = (f"{view}: {names[CHARTS[self.chart]]}",)
        marked = [each.letter for each in self.roles if each.id in self.handbook_app.compared]
        compared = (f"comparing {' '.join(marked)}",) if marked else ()
        self.show_frame((title, "Map of roles"), (*compared, *state))
        if not self.roles:
            empty = "This book has no roles to show."
            self.pane.show([EMPTY, Line((Run("  "), Run(empty, "muted")))])
            return
        self.selected = self.role.id
        self._show_map()
        if self.query_one("#detail").display:
            self._show_role()
            self._show_gap()

    def _options(self) -> Options:
        return Options(ascii=self.handbook_app.terminal.ascii)

    def _show_map(self) -> None:
        lines = self.map_lines(self.pane.column_width, self.pane.rows)
        self.pane.show(lines, top=None if self.shows_table else 0)
        if self.shows_table:
            self.pane.reveal(focused_line(lines), margin=4)
        frame(self.pane, "Where the roles sit")

    def map_lines(self, width: int, height: int) -> list[Line]:
        """Return the map, or the table, at a size in cells."""
        chart = CHARTS[self.chart]
        if self.shows_table:
            lines = role_table_lines(self.roles, width, self._options(), chart=chart)
            return with_focus(lines, f"{self.role.letter} {self.role.title}")
        below = [] if self.query_one("#detail").display else self._summary(width)
        picture = role_map_lines(
            self.roles,
            self.workspace.role_map(),
            width,
            max(6, height - len(below)),
            chart=chart,
            you=self.you,
            selected=self.selected,
            newer=self.shows_newer,
            options=self._options(),
        )
        return [*picture.lines, *below]

    def _summary(self, width: int) -> list[Line]:
        """Say under a narrow map in one line what the role is and how far it is away."""
        role = self.role
        skills = role.skills_on(CHARTS[self.chart]) or role.skills
        numbers = (
            f"software {skills.software:g}  ML {skills.ml:g}  talking {skills.communication:g}"
        )
        if self.you is not None:
            numbers = "from you: " + "  ".join(gap_words(self.you, skills))
        text = f"{role.title}: {numbers}"
        return [Line(row) for row in wrap((Span(text),), width)][:2]

    def _show_role(self) -> None:
        view = self.query_one("#role", LineView)
        role = self.role
        frame(view, f"{role.letter}  {role.title}")
        frame(view, below="" if role.group == "lecture" else f"{role.group} addition")
        skills = role.skills_on(CHARTS[self.chart]) or role.skills
        width = view.column_width
        lines: list[Line] = [EMPTY]
        for name, label in SKILLS:
            value = float(getattr(skills, name))
            lines.append(Line((Run(f"{label:<10}", "muted"), *gauge(value, self._options()))))
        for name, text in role.facts:
            lines += [EMPTY, Line((Run(name, "heading.2"),))]
            lines += [Line((Run("  "), *row)) for row in wrap((Span(text),), max(10, width - 3))]
        view.show(lines, top=0)

    def _show_gap(self) -> None:
        view = self.query_one("#gap", LineView)
        width = max(10, view.column_width - 1)
        frame(view, "From you to the role")
        view.show([*self._gap_lines(width), EMPTY, *self._note_lines(width)], top=0)

    def _note_lines(self, width: int) -> list[Line]:
        """Say where the numbers of the map come from."""
        role_map = self.workspace.role_map()
        note = role_map.note if role_map else ""
        return [Line(row) for row in wrap((Span(note),), width, "muted")] if note else []

    def _gap_lines(self, width: int) -> list[Line]:
        if self.you is None:
            text = "Press p and place yourself: the handbook shows the gap and what to read."
            return [Line(row) for row in wrap((Span(text),), width, "muted")]
        skills = self.role.skills_on(CHARTS[self.chart]) or self.role.skills
        lines = []
        for (name, label), words in zip(SKILLS, gap_words(self.you, skills), strict=True):
            mine, wanted = float(getattr(self.you, name)), float(getattr(skills, name))
            text = f"{label:<10}{mine:>4g} of {wanted:<4g}"
            lines.append(Line((Run(text), Run(words.rpartition(" ")[2], "strong"))))
        reading = self._reading()
        if reading:
            lines += [EMPTY, Line((Run("r: what to read", "key"),))]
        lines += [Line((Run("  "), Run(name))) for name, _ in reading]
        return lines

    def _reading(self) -> list[tuple[str, Place]]:
        """Return the pages that raise a skill in which the reader is short of the role."""
        role_map = self.workspace.role_map()
        if role_map is None or self.you is None:
            return []
        short = gap(self.you, self.role.skills)
        found = []
        for name, path in role_map.reading:
            info = self.workspace.handbook.find_path(path)
            if info is not None and float(getattr(short, name, 0)) > 0.5:
                found.append((info.title, Place(info.id)))
        role_info = self.workspace.handbook.find_page(self.role.page)
        if role_info is not None:
            found.append((role_info.title, Place(role_info.id)))
        return found

    # Actions on the map

    def _walk(self, ml: int, software: int) -> None:
        chart = CHARTS[self.chart]
        here = self.role
        start = here.skills_on(chart) or here.skills
        moved = tuple(_on_chart(role, chart) for role in self.roles if role.id != here.id)
        found = find_nearest(moved, start, (ml, software))
        if found is not None:
            self.selected = found.id
            self.refresh_content()

    def action_left(self) -> None:
        """Go to the nearest role with less ML knowledge, or place oneself there."""
        self._step(-1, 0)

    def action_right(self) -> None:
        """Go to the nearest role with more ML knowledge, or place oneself there."""
        self._step(1, 0)

    def action_up(self) -> None:
        """Go to the nearest role with more software engineering, or place oneself there."""
        self._step(0, 1)

    def action_down(self) -> None:
        """Go to the nearest role with less software engineering, or place oneself there."""
        self._step(0, -1)

    def _step(self, ml: int, software: int) -> None:
        if self.shows_table and not self.is_placing:
            self._choose_next(-software or ml)
        elif self.is_placing and self.you is not None:
            self._move_you(ml=0.5 * ml, software=0.5 * software)
        else:
            self._walk(ml, software)

    def _choose_next(self, step: int) -> None:
        roles = [role.id for role in self.roles]
        if roles:
            self.selected = roles[(roles.index(self.role.id) + step) % len(roles)]
            self.refresh_content()

    def action_find(self) -> None:
        """Choose a role by its name."""
        entries = [Entry(r.title, ", ".join(r.also_called), r.id) for r in self.roles]
        choose(self.handbook_app, "Find a role", entries, self._select)

    def _select(self, role_id: object) -> None:
        self.selected = str(role_id)
        self.refresh_content()

    def action_page_down(self) -> None:
        """Show more of what is said of the role."""
        self.query_one("#role", LineView).move(5)

    def action_page_up(self) -> None:
        """Go back up in what is said of the role."""
        self.query_one("#role", LineView).move(-5)

    def action_next(self) -> None:
        """Choose the next role in the list."""
        self._choose_next(1)

    def action_previous(self) -> None:
        """Choose the previous role in the list."""
        self._choose_next(-1)

    def action_open(self) -> None:
        """Read the page of the role."""
        self.handbook_app.open_place(Place(self.role.page))

    def action_mark(self) -> None:
        """Add the role to the comparison, or take it out."""
        self.handbook_app.toggle_compared(self.role.id)
        self.refresh_content()

    def action_chart(self) -> None:
        """Show the next chart: the handbook's, 2021, 2022."""
        self.chart = (self.chart + 1) % len(CHARTS)
        self.refresh_content()

    def action_view(self) -> None:
        """Show the same as a table, or the map again."""
        self.shows_table = not self.shows_table
        self.refresh_content()

    def action_newer(self) -> None:
        """Show the roles since 2019 too, or hide them."""
        self.shows_newer = not self.shows_newer
        self.refresh_content()

    def action_reading(self) -> None:
        """Choose what to read to close the gap."""
        reading = self._reading()
        if not reading:
            raise NothingFoundError("nothing to read here", hint="p places you on the map")
        entries = [Entry(title, "", place) for title, place in reading]
        choose(self.handbook_app, f"Towards {self.role.title}", entries, self._read)

    def _read(self, place: object) -> None:
        if isinstance(place, Place):
            self.handbook_app.open_place(place)

    def as_text(self) -> str:
        """Return the map as plain text, 72 columns wide."""
        lines = self.map_lines(72, 24)
        return "\n".join(line.text.rstrip() for line in lines) + "\n"

    def action_copy(self) -> None:
        """Copy the map as text."""
        self.handbook_app.copy(self.as_text())

    def action_export(self) -> None:
        """Write the map as text to a file."""
        self.handbook_app.ask_and_write("role-map.txt", self.as_text())

    # Placing oneself

    def action_place(self) -> None:
        """Begin to place oneself."""
        self.is_placing = True
        self.you = self.workspace.you() or BEGINNER
        self.handbook_app.tell("Arrows move you, + and - are for communication, Enter keeps it")
        self.refresh_content()

    def _move_you(self, *, ml: float = 0, software: float = 0, communication: float = 0) -> None:
        you = self.you or BEGINNER
        steps = Skills(software, ml, communication)
        self.you = Skills(*(max(0.0, min(10.0, a + b)) for a, b in zip(you, steps, strict=True)))
        self.refresh_content()

    def action_more(self) -> None:
        """Place oneself stronger in communication."""
        self._move_you(communication=0.5)

    def action_less(self) -> None:
        """Place oneself weaker in communication."""
        self._move_you(communication=-0.5)

    def action_keep(self) -> None:
        """Keep the place."""
        self.workspace.place_yourself(self.you)
        self._end_placing("You are on the map")

    def action_remove(self) -> None:
        """Take oneself off the map."""
        self.workspace.place_yourself(None)
        self._end_placing("You are no longer on the map")

    def action_leave(self) -> None:
        """Stop placing and leave everything as it was."""
        self._end_placing("")

    def _end_placing(self, message: str) -> None:
        self.is_placing = False
        self.you = self.workspace.you()
        if message:
            self.handbook_app.tell(message)
        self.refresh_content()


def _on_chart(role: Role, chart: str) -> Role:
    """Return a role with the skills of a chart."""
    return replace(role, skills=role.skills_on(chart) or role.skills)
