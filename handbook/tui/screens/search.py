"""Search over everything: a field, the hits as they come, and a preview of the one chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from handbook.errors import HandbookError
from handbook.model import Hit, Place
from handbook.render.cells import cells, cut, split_at
from handbook.render.find import find_matches, highlighted
from handbook.render.layout import Layout
from handbook.render.line import EMPTY, Line, Run
from handbook.render.options import Options
from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.widgets.bars import KeyBar
from handbook.tui.widgets.choices import ChoiceList, Item
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from handbook.model import Scope
    from handbook.search.index import Results
    from handbook.tui.paint import Painter

SCOPES: tuple[tuple[Scope, str], ...] = (
    ("all", "All"),
    ("page", "Pages"),
    ("title", "Titles"),
    ("role", "Roles"),
    ("term", "Terms"),
    ("item", "Lists"),
    ("question", "Questions"),
    ("note", "Notes"),
)
MOST_HITS = 60


class SearchScreen(ModalScreen[None], HandbookScreen[None]):
    """Shows hits while the reader types; Enter opens one, and n and N walk on from it."""

    PLACE: ClassVar[str] = "search"
    CSS_PATH = ["../styles/overlays.tcss", "../styles/fields.tcss", "../styles/search.tcss"]  # noqa: RUF012

    def __init__(self, query: str = "") -> None:
        """Open with a query, or with the last ones to choose from."""
        super().__init__()
        self.first_query = query
        self.scope = 0
        self.results: Results | None = None

    def compose(self) -> ComposeResult:
        """Lay out field, hits and preview in a wide box."""
        with Vertical(classes="overlay wide"):
            field = Input(self.first_query, placeholder="Search the handbook")
            field.cursor_blink = False
            yield field
            with Horizontal(id="found"):
                yield ChoiceList(id="hits", classes="-fed")
                yield LineView(id="preview")
        yield KeyBar()

    @property
    def pane(self) -> ChoiceList:
        """The hits."""
        return self.query_one("#hits", ChoiceList)

    def on_mount(self) -> None:
        """Take the focus; while the index is being made, look again."""
        frame(self.query_one(".overlay"), "Search the handbook")
        self.query_one(KeyBar).show(self.handbook_app.hints(self.PLACE))
        field = self.query_one(Input)
        self.set_focus(field)
        # A message of the field would come after a frame with the new letter and the old hits.
        self.watch(field, "value", self._search, init=False)
        self.pane.when_sized(self._search)
        self.query_one("#preview", LineView).when_sized(self.show_preview)

    def refresh_content(self) -> None:
        """Search again: the index or a note may be newer."""
        self._search()

    # Searching

    @property
    def query_text(self) -> str:
        """What is in the field."""
        return self.query_one(Input).value

    def _search(self) -> None:
        query = self.query_text.strip()
        self.results = None
        if query and self.workspace.can_search:
            scope = SCOPES[self.scope][0]
            self.results = self.workspace.search(query, scope=scope, limit=MOST_HITS)
        elif query:
            self.set_timer(0.1, self._search_when_ready)
        self.show_hits(0)

    def _search_when_ready(self) -> None:
        if self.is_current and self.results is None:
            self._search()

    # Showing

    def show_hits(self, cursor: int | None = None) -> None:
        """Show the hits of the query, or the last queries where there is none."""
        query = self.query_text.strip()
        hits = self.pane
        if self.results is not None:
            items = [_hit_item(hit, hits.column_width, self.painter) for hit in self.results.hits]
            items = items or [_sentence("Nothing found: fewer words, or another scope (tab)")]
            items = self._corrections() + items
        elif query:
            items = [_sentence("The book is being indexed for the first time")]
        else:
            last = self.workspace.last_searches()
            items = [_sentence("Titles, text, roles, terms, checklists, notes")]
            items += [Item((Line((Run("   "), Run(each))),), each) for each in last]
        hits.show_items(items, cursor=cursor)
        self._show_frame()
        self.show_preview()

    def _corrections(self) -> list[Item]:
        corrected = self.results.corrected if self.results else ()
        return [_sentence(f"{typed} was taken as {used}") for typed, used in corrected]

    def _show_frame(self) -> None:
        box = self.query_one(".overlay")
        if self.results is None:
            frame(box, "Search the handbook")
        else:
            total, sections = self.results.total, self.results.sections
            shown = len(self.results.hits)
            best = f"best {shown} of " if shown < total else ""
            where = f", {SCOPES[self.scope][1].lower()} only" if self.scope else ""
            places = f"{sections} place{'s' * (sections != 1)}{where}"
            frame(box, f"Search: {best}{total} hit{'s' * (total != 1)} in {places}")
        names = [f"[{name}]" if i == self.scope else name for i, (_, name) in enumerate(SCOPES)]
        room = max(10, box.size.width - 4)
        full = f" {self.painter.sign('dot')} ".join(names)
        frame(box, below=full if cells(full) <= room else names[self.scope])

    def show_preview(self) -> None:
        """Show the page of the hit under the cursor at the hit."""
        preview = self.query_one("#preview", LineView)
        item = self.pane.value
        if not preview.display or not isinstance(item, Hit):
            preview.show((), top=0)
            return
        passage = item.passage
        if passage.kind == "note" or self.workspace.handbook.find_page(passage.page) is None:
            preview.show([EMPTY, Line((Run(" "), Run(passage.text)))], top=0)
            return
        try:
            page = self.workspace.head(passage.page)
        except HandbookError as error:
            preview.show([Line((Run(str(error), "error"),))], top=0)
            return
        options = Options(ascii=self.handbook_app.terminal.ascii)
        layout = Layout(page, max(20, preview.column_width - 2), options)
        top = layout.line_of(passage.anchor) if passage.anchor else 0
        layout.grow((top or 0) + preview.rows * 2)
        words = [word for word in self.query_text.split() if len(word) > 1]
        words += [used for _, used in (self.results.corrected if self.results else ())]
        preview.show(_marked(layout.lines, words, top or 0, preview.rows * 2), top=top or 0)

    def on_choice_list_moved(self) -> None:
        """Show the preview of the hit."""
        self.show_preview()

    async def on_choice_list_chosen(self) -> None:
        """Open what was clicked."""
        self.action_open()

    # Actions

    def action_open(self) -> None:
        """Open the hit under the cursor, or search again for an earlier query."""
        value = self.pane.value
        if isinstance(value, str):
            field = self.query_one(Input)
            field.value = value
            field.cursor_position = len(value)
            return
        if not isinstance(value, Hit) or self.results is None:
            return
        app = self.handbook_app
        app.attempt(lambda: self.workspace.keep_search(self.query_text))
        words = dict(self.results.corrected)
        query = " ".join(words.get(word, word) for word in self.query_text.split())
        app.walk_from(query, self.results.hits, self.results.hits.index(value))
        self.dismiss(None)
        passage = value.passage
        if self.workspace.handbook.find_page(passage.page) is None:
            app.action_checklist()
            return
        app.open_place(Place(passage.page, passage.anchor), query=query)

    def _choose_scope(self, step: int) -> None:
        self.scope = (self.scope + step) % len(SCOPES)
        self._search()

    def action_next_scope(self) -> None:
        """Search in the next scope."""
        self._choose_scope(1)

    def action_previous_scope(self) -> None:
        """Search in the previous scope."""
        self._choose_scope(-1)

    def action_copy_reference(self) -> None:
        """Copy a reference to the hit under the cursor."""
        hit = self.pane.value
        if isinstance(hit, Hit):
            place = Place(hit.passage.page, hit.passage.anchor)
            self.handbook_app.copy(self.workspace.reference(place))

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)


def _sentence(text: str) -> Item:
    return Item((Line((Run("   "), Run(text, "muted"))),), can_choose=False)


def _hit_item(hit: Hit, width: int, painter: Painter) -> Item:
    passage = hit.passage
    kind = "" if passage.kind == "page" else f"  {passage.kind}"
    room = max(8, width - cells(kind) - 3)
    more = painter.sign("more")
    title = cut(passage.title, room, more)
    heading = passage.heading if passage.heading != passage.title else ""
    left = room - cells(title) - 3
    runs = [Run("  "), Run(title, "muted" if heading and left > 8 else "strong")]
    if heading and left > 8:
        shown = cut(heading, left, more)
        joint = Run(f" {painter.sign('sub')} ", "muted")
        runs += [joint, *_pieces(shown, hit.title_marks, "strong")]
    runs.append(Run(kind, "muted"))
    lines = [Line(tuple(runs))]
    if hit.snippet:
        lines += _snippet_lines(hit, max(8, width - 6), more)
    return Item(tuple(lines), hit)


def _snippet_lines(hit: Hit, width: int, more: str) -> list[Line]:
    """Return the snippet's line around the first mark, with the marks on it."""
    text, marks = hit.snippet, hit.marks
    start = 0
    if marks and cells(text[: marks[0][1]]) > width - 4:
        start = max(0, text.rfind(" ", 0, max(0, marks[0][0] - width // 3)) + 1)
    shown, rest = split_at(text[start:], width - 2 * len(more))
    lead, tail = (more if start else ""), (more if rest else "")
    shifted = tuple((max(0, a - start), b - start) for a, b in marks if b > start)
    runs = _pieces(shown, shifted, "text")
    return [Line((Run(f"    {lead}", "muted"), *runs, Run(tail, "muted")))]


def _pieces(text: str, marks: tuple[tuple[int, int], ...], style: str) -> list[Run]:
    runs: list[Run] = []
    at = 0
    for start, end in marks:
        if start >= len(text):
            break
        if start > at:
            runs.append(Run(text[at:start], style))
        runs.append(Run(text[start:end], "match"))
        at = end
    return [*runs, Run(text[at:], style)]


def _marked(lines: Sequence[Line], words: list[str], top: int, count: int) -> list[Line]:
    """Return lines with a margin before each, those from `top` on with the words marked."""
    shown = [Line((Run("  "), *line.runs), line.block) for line in lines]
    window = lines[top : top + count]
    found: dict[int, list[tuple[int, int, str]]] = {}
    for word in words:
        for match in find_matches(window, word):
            for row, start, end in match.pieces:
                found.setdefault(row, []).append((start, end, "match"))
    for number, plain in enumerate(window):
        marks = _apart(found.get(number, []))
        marked = highlighted(plain, marks) if marks else plain
        shown[top + number] = Line((Run("  "), *marked.runs), marked.block)
    return shown


def _apart(marks: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return marks in order without those that overlap an earlier one."""
    kept: list[tuple[int, int, str]] = []
    for mark in sorted(marks):
        if not kept or mark[0] >= kept[-1][1]:
            kept.append(mark)
    return kept
