"""Roles side by side: the same rows for each, and where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from handbook.errors import UsageError
from handbook.model import Place
from handbook.render.line import EMPTY, Line, Run
from handbook.render.markdown import compare_markdown
from handbook.render.options import Options
from handbook.render.roles import compare_lines
from handbook.tui.screens.marks import with_focus
from handbook.tui.screens.pane import PaneScreen
from handbook.tui.screens.picker import Entry, choose

if TYPE_CHECKING:
    from handbook.model import Role

NARROW = 60


class CompareScreen(PaneScreen):
    """Shows up to three roles; where the screen is narrow, one at a time."""

    PLACE: ClassVar[str] = "compare"

    def __init__(self) -> None:
        """Begin with the roles that were marked on the map."""
        super().__init__()
        self.column = 0
        self.only_differences = False

    def on_mount(self) -> None:
        """Compare the first two roles where none was marked."""
        app = self.handbook_app
        if not app.compared:
            app.compared = [role.id for role in self.workspace.roles() if role.letter in "ER"][:2]

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles compared, in the order in which they were added."""
        known = {role.id: role for role in self.workspace.roles()}
        return tuple(known[each] for each in self.handbook_app.compared if each in known)

    def refresh_content(self) -> None:
        """Show the table."""
        roles = self.roles
        self.column = max(0, min(self.column, len(roles) - 1))
        title = self.workspace.handbook.title
        chosen = roles[self.column].title if roles else ""
        state = ("only differences",) if self.only_differences else ()
        self.show_frame((title, "Compare roles"), (*state, chosen, f"{len(roles)} of at most 3"))
        if not roles:
            self.pane.show([EMPTY, Line((Run("  "), Run("Press + and add a role.", "muted")))])
            return
        width = self.pane.column_width - 2
        shown = roles[self.column : self.column + 1] if width < NARROW else roles
        options = Options(ascii=self.handbook_app.terminal.ascii)
        lines = compare_lines(
            shown,
            width,
            options,
            only_differences=self.only_differences and len(shown) > 1,
        )
        if len(shown) > 1:
            lines = (*with_focus(lines[:3], chosen), *lines[3:])
        self.pane.show([EMPTY, *(Line((Run(" "), *line.runs)) for line in lines)])

    def _choose_column(self, step: int) -> None:
        self.column = (self.column + step) % max(1, len(self.roles))
        self.refresh_content()

    def action_left(self) -> None:
        """Choose the column to the left."""
        self._choose_column(-1)

    def action_right(self) -> None:
        """Choose the column to the right."""
        self._choose_column(1)

    def action_open(self) -> None:
        """Read the page of the chosen role."""
        if self.roles:
            self.handbook_app.open_place(Place(self.roles[self.column].page))

    def action_add(self) -> None:
        """Choose a role to add."""
        if len(self.roles) >= 3:
            raise UsageError("three roles are compared already", hint="x takes one out")
        known = self.handbook_app.compared
        entries = [
            Entry(role.title, ", ".join(role.also_called), role.id)
            for role in self.workspace.roles()
            if role.id not in known
        ]
        choose(self.handbook_app, "Add a role", entries, self._add)

    def _add(self, role_id: object) -> None:
        self.handbook_app.toggle_compared(str(role_id))
        self.column = len(self.roles) - 1
        self.refresh_content()

    def action_mark(self) -> None:
        """Take the chosen role out."""
        if self.roles:
            self.handbook_app.toggle_compared(self.roles[self.column].id)
            self.refresh_content()

    def action_differences(self) -> None:
        """Show only the rows that differ, or all."""
        self.only_differences = not self.only_differences
        self.refresh_content()

    def action_copy(self) -> None:
        """Copy the comparison as a Markdown table."""
        self.handbook_app.copy(compare_markdown(self.roles))

    def action_export(self) -> None:
        """Write the comparison as a Markdown table."""
        self.handbook_app.ask_and_write("compare-roles.md", compare_markdown(self.roles))
