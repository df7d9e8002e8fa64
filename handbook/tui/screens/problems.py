"""The mistakes in the content, as a list that leads to the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from handbook.model import Place, Span
from handbook.render.line import EMPTY, Line, Run
from handbook.render.wrap import wrap
from handbook.tui.screens.pane import ListScreen
from handbook.tui.widgets.choices import Item

if TYPE_CHECKING:
    from handbook.model import Problem


class ProblemsScreen(ListScreen):
    """Shows what `handbook check` prints."""

    PLACE: ClassVar[str] = "problems"

    def refresh_content(self) -> None:
        """Show all problems."""
        title = self.workspace.handbook.title
        self.show_frame((title, "Problems"))
        choices = self.pane
        if not self.handbook_app.is_background_done:
            items = [_sentence("The pages are still being read.")]
        else:
            problems = self.workspace.problems()
            items = [_item(problem, choices.column_width) for problem in problems]
            items = items or [_sentence("No mistake was found in the content.")]
        choices.show_items(items)

    async def action_open(self) -> None:
        """Open the page with the problem under the cursor."""
        value = self.pane.value
        info = self.workspace.handbook.find_path(value) if isinstance(value, str) else None
        if info is not None:
            self.handbook_app.open_place(Place(info.id))

    async def on_choice_list_chosen(self) -> None:
        """Open what was clicked."""
        await self.action_open()


def _sentence(text: str) -> Item:
    return Item((EMPTY, Line((Run("   "), Run(text, "muted")))), can_choose=False)


def _item(problem: Problem, width: int) -> Item:
    where = Run(f"{problem.file}:{problem.line}", "muted")
    style = "error" if problem.severity == "error" else "warning"
    head = Line((Run("  "), Run(f"{problem.severity} {problem.code}  ", style), where))
    text = problem.message + (f" ({problem.hint})" if problem.hint else "")
    rows = wrap((Span(text),), max(16, width - 6))
    return Item((head, *(Line((Run("    "), *row)) for row in rows)), problem.file)
