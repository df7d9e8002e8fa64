"""A page as painted lines, with contents and headings beside it, and where in it the reader is."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from handbook.errors import HandbookError
from handbook.model import Place, Position
from handbook.render.find import highlighted
from handbook.render.layout import Layout
from handbook.render.line import Line, Run
from handbook.render.options import Options
from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.screens.reader_filling import Filler
from handbook.tui.screens.reader_find import Finder
from handbook.tui.screens.reader_links import LinkFocus
from handbook.tui.screens.reader_panes import (
    contents_items,
    fact_lines,
    heading_signs,
    outline_items,
    state_words,
)
from handbook.tui.widgets.bars import KeyBar, TopBar
from handbook.tui.widgets.choices import ChoiceList
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

    from handbook.model import HeadingInfo, Page
    from handbook.render.terms import Terms

SCREENS_AHEAD = 2
"""Screens laid out at once; the rest of a long page follows in slices between keys."""

PAUSE = 0.4
"""Seconds without a scroll after which the position is written to disk."""


class PageScreen(HandbookScreen[None]):
    """Shows one page, knows where in it the reader is and keeps that."""

    PLACE: ClassVar[str] = "reader"
    CSS_PATH = ["../styles/reader.tcss", "../styles/fields.tcss"]  # noqa: RUF012

    def __init__(self, start: Place, *, remember: bool = True, query: str = "") -> None:
        """Open at a place; `query` is a search whose words are to be marked."""
        super().__init__()
        self._start: tuple[Place, bool, str] | None = (start, remember, query)
        self.page: Page
        self.page_layout: Layout
        self.links = LinkFocus()
        self.finder = Finder()
        self.filler = Filler()
        self._keeper: Timer | None = None
        self._marked: dict[int, str] = {}
        self._seen_to = 0
        self._share_before = 0.0
        self.followed: list[Place] = []
        self._terms: Terms | None = None
        self._laid_for = 0
        self._found_from = 0

    def compose(self) -> ComposeResult:
        """Lay out three panes between the bars; the outer two appear where there is room."""
        yield TopBar()
        with Horizontal(id="body"):
            yield ChoiceList(id="contents", classes="pane")
            yield LineView(id="text", classes="pane")
            with Vertical(id="side"):
                yield ChoiceList(id="outline", classes="pane")
                yield LineView(id="facts", classes="pane")
        yield KeyBar()

    def on_mount(self) -> None:
        """Open the page."""
        self.text.decorate = self._decorate
        frame(self.contents, "Contents")
        frame(self.outline, "On this page")
        frame(self.query_one("#facts"), "About this page")
        self.text.focus()
        self.text.when_sized(self._fit)
        self.text.when_scrolled(self._keep_up)
        for view in (self.contents, self.outline, self.query_one("#facts", LineView)):
            view.when_sized(self.refresh_content)

    # Parts

    @property
    def text(self) -> LineView:
        """The pane with the text."""
        return self.query_one("#text", LineView)

    @property
    def contents(self) -> ChoiceList:
        """The pane with the contents of the book."""
        return self.query_one("#contents", ChoiceList)

    @property
    def outline(self) -> ChoiceList:
        """The pane with the headings of the page."""
        return self.query_one("#outline", ChoiceList)

    @property
    def place(self) -> str:
        """The contents have keys of their own while they have the focus, and so has the field."""
        if self.finder.is_open:
            return "find"
        focused = self.focused
        return (
            "contents"
            if focused is not None and focused.id in {"contents", "outline"}
            else "reader"
        )

    @property
    def pane(self) -> LineView:
        """The pane that moving keys move."""
        focused = self.focused
        return focused if isinstance(focused, ChoiceList) else self.text

    # Opening

    def open(self, place: Place, *, remember: bool = True, query: str = "") -> None:
        """Show a page at a place; without `remember`, as for a step in history, resume it."""
        page = self.workspace.head(place.page)
        self.before_leaving()
        left = self.page.info.id if hasattr(self, "page") else ""
        self.page = page
        self.links.clear()
        self.finder.clear()
        self._seen_to = 0
        before = self.workspace.positions().get(page.info.id)
        self._share_before = before.share if before else 0.0
        self._lay_out()
        self.text.show(self.page_layout.lines, top=self._line_of(place, resume=not remember))
        if query:
            self.finder.mark_words(self, query)
        if remember:
            self.handbook_app.attempt(lambda: self.workspace.visit(place, left))
        if not page.complete:
            # Not before the frame is out: the thread would hold Python's lock for most of it.
            rest = Thread(target=self._complete, args=(page.info.id,), daemon=True)
            self.call_after_refresh(rest.start)
        self.refresh_content()
        self._schedule_keeping()

    def _line_of(self, place: Place, *, resume: bool) -> int:
        """Return the line to show a place at; make sure that it and a screen below are laid out."""
        line = None
        if place.anchor:
            line = self.page_layout.line_of(place.anchor)
            if line is None and not self.page.complete:
                self._take_over(self.workspace.page(self.page.info.id))
                line = self.page_layout.line_of(place.anchor)
            if line is None:
                self.handbook_app.tell(f"There is no heading #{place.anchor} on this page")
        position = self.workspace.positions().get(place.page) if resume else None
        if position is not None and position.anchor == place.anchor:
            heading = self.page.find_heading(position.anchor)
            line = self.page_layout.start_of((heading.block if heading else 0) + position.offset)
        self.page_layout.grow((line or 0) + self.text.rows * 2)
        return line or 0

    def _lay_out(self) -> None:
        """Lay out the page for the width of the pane, as far as the first screens."""
        app = self.handbook_app
        self._terms = app.terms
        self._laid_for = self._measure()
        self.text.measure = self._measure()
        # Tables get their full grid where the screen, not only the measure, is wide.
        # Pygments takes 30 ms to load: listings get their colours with the terms, after a frame.
        options = Options(
            ascii=app.terminal.ascii,
            grid=True if self.size.width >= 120 else None,
            highlight=app.terms is not None,
        )
        self.page_layout = Layout(self.page, self._laid_for, options, app.terms)
        self.page_layout.grow(self.text.rows * SCREENS_AHEAD)
        self._fill_later()

    def _measure(self) -> int:
        """Return the width of the text: the reader's own, less a margin where there is room."""
        if not self.text.content_size.width:
            return self._laid_for  # a drawer hides the text: it waits as it is
        room = self.text.content_size.width - 1
        margin = 6 if room >= 70 else 2 if room >= 42 else 1
        return min(self.handbook_app.measure, max(1, room - margin))

    def _fill_later(self) -> None:
        self.filler.begin(self, self._show_whole)

    def _show_whole(self) -> None:
        """Show what depends on all lines, once they are there."""
        self.finder.renew(self)
        self.text.refresh()
        self.show_standing()

    def _complete(self, page_id: str) -> None:
        """Read the rest of a large page, in a thread."""
        try:
            page = self.workspace.page(page_id)
        except HandbookError:
            return
        if self.is_running:
            self.app.call_from_thread(self.while_open(lambda: self._take_over(page)))

    def _take_over(self, page: Page) -> None:
        if page.info.id == self.page.info.id and not self.page.complete:
            self.page = page
            self.page_layout.extend(page)
            self._fill_later()
            self.refresh_content()

    def renew(self) -> None:
        """Read the page again, keeping the place; the page may be gone."""
        if self.workspace.handbook.find_page(self.page.info.id) is None:
            self.page = self.workspace.page(self.workspace.handbook.pages[0].id)
        else:
            self.page = self.workspace.page(self.page.info.id)
        self.relayout()

    def relayout(self) -> None:
        """Lay out again, for another width or theme of lines, keeping the top block in place."""
        if not hasattr(self, "page_layout"):
            return
        block = self.page_layout.block_at(self.text.top)
        layout, offset = self.page_layout, self.text.top - self.page_layout.start_of(max(block, 0))
        seen, is_all_seen = self.page_layout.block_at(self._seen_to - 1), self.share >= 1
        self._lay_out()
        self._seen_to = self.page_layout.start_of(max(seen, 0)) + 1
        if is_all_seen:
            self.page_layout.grow()
            self._seen_to = len(self.page_layout.lines)
        height, before = (each.height_of(max(block, 0)) for each in (self.page_layout, layout))
        line = self.page_layout.start_of(max(block, 0)) + offset * height // max(1, before)
        self.page_layout.grow(line + self.text.rows * 2)
        self.links.clear()
        self.finder.renew(self)
        self.text.show(self.page_layout.lines, top=line)
        self.refresh_content()

    def _fit(self) -> None:
        """Open the page when the size is known for the first time, else lay out for a new one."""
        if self._start is not None:
            place, remember, query = self._start
            self._start = None
            self.open(place, remember=remember, query=query)
        else:
            self.refresh_content()

    # Where one is

    @property
    def section(self) -> HeadingInfo | None:
        """The section at the top of the screen."""
        return self.page.section_of(self.page_layout.block_at(self.text.top))

    @property
    def here(self) -> Place:
        """The place at the top of the screen."""
        section = self.section
        is_title = section is None or (section.level == 1 and section.block == 0)
        return Place(self.page.info.id, "" if section is None or is_title else section.anchor)

    @property
    def share(self) -> float:
        """How much of the page has been on the screen, from 0 to 1."""
        if not self.page_layout.is_complete:
            now = min(0.99, self._seen_to / max(1, self._estimated_lines()))
        else:
            now = min(1.0, self._seen_to / max(1, len(self.page_layout.lines)))
        return max(now, self._share_before)

    def _estimated_lines(self) -> int:
        words = self.page.info.words * 6 // max(1, self.page_layout.width)
        return max(len(self.page_layout.lines), words)

    def _keep_up(self) -> None:
        """Keep up with the text as it scrolls: state, outline, position."""
        self.filler.hold()
        if self.text.bottom + self.text.rows > len(self.page_layout.lines):
            self.page_layout.grow(self.text.bottom + self.text.rows * 2)
        self.show_standing()
        self._schedule_keeping()

    def _schedule_keeping(self) -> None:
        if self._keeper is not None:
            self._keeper.stop()
        self._keeper = self.set_timer(PAUSE, self.while_open(self._keep_now))

    def _keep_now(self) -> None:
        if self.handbook_app.attempt(self.keep_position):
            self.show_standing()

    def before_leaving(self) -> None:
        """Keep the position now, not at the next pause; a full disk keeps nobody from going."""
        self.handbook_app.attempt(self.keep_position)

    def keep_position(self) -> None:
        """Write down how far the page was read; a page seen to its end counts as read."""
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper = None
        if not hasattr(self, "page_layout") or not self._seen_to:
            return
        before = self.workspace.positions().get(self.page.info.id)
        section = self.section
        block = max(0, self.page_layout.block_at(self.text.top))
        share = max(self.share, before.share if before else 0.0)
        self.workspace.save_position(
            Position(
                page=self.page.info.id,
                anchor=self.here.anchor,
                offset=block - (section.block if section and self.here.anchor else 0),
                share=share,
                read=(before.read if before else False) or share >= 1.0,
                at_ms=0,
            )
        )

    # What is shown

    def refresh_content(self) -> None:
        """Show page, contents and marks as they are now."""
        if not hasattr(self, "page"):
            return
        if not self.is_fitting or self._lacks_terms():
            self.relayout()
            return
        self._mark_headings()
        self.show_standing()
        if self.contents.display:
            self._show_contents()
        if self.query_one("#side").display:
            width = self.query_one("#facts", LineView).column_width
            self.query_one("#facts", LineView).show(fact_lines(self, width))

    @property
    def is_fitting(self) -> bool:
        """Tell whether the page is laid out for the width that the text now has."""
        return self._laid_for == self._measure()

    def _lacks_terms(self) -> bool:
        """Tell whether the glossary became known only after the page was laid out."""
        terms = self.handbook_app.terms
        return terms is not None and self._terms is not terms

    def _show_contents(self) -> None:
        items, cursor = contents_items(self, self.contents.column_width)
        keep = self.contents.cursor if self.focused is self.contents else cursor
        self.contents.show_items(items, cursor=keep)
        frame(self.contents, below=f"{self.workspace.share_read():.0%} read")

    def show_standing(self) -> None:
        """Fill the bars and the frame with where one is."""
        if not self.finder.is_open:  # to look at a hit is not yet to read
            self._seen_to = max(self._seen_to, self.text.bottom)
        info = self.page.info
        chapter = self.workspace.handbook.find_chapter(info.id)
        names = [self.workspace.handbook.title]
        if chapter is not None and chapter.title != info.title:
            names.append(f"{chapter.number} {chapter.title}" if chapter.number else chapter.title)
        names.append(info.title)
        self.show_frame(tuple(names), (self.finder.standing, *state_words(self)))
        frame(self.text, info.title)
        total = (
            f"{len(self.page_layout.lines)}"
            if self.page_layout.is_complete
            else self.painter.sign("more")
        )
        frame(self.text, below=f"lines {self.text.top + 1}-{self.text.bottom} of {total}")
        if self.query_one("#side").display:
            items, cursor = outline_items(self, self.outline.column_width)
            keep = self.outline.cursor if self.focused is self.outline else cursor
            self.outline.show_items(items, cursor=keep)

    def _mark_headings(self) -> None:
        """Find the lines of headings that carry a bookmark or a note."""
        signs = heading_signs(self)
        lines = {a: self.page_layout.line_of(a) if a else 0 for a in signs}
        marked = {line: signs[a] for a, line in lines.items() if line is not None}
        if marked != self._marked:
            self._marked = marked
            self.text.refresh()

    def _decorate(self, number: int, line: Line) -> Line:
        """Add to a line what is not the page's own: hits, the focused link, marks."""
        marks = self.finder.marks_on(number) + self.links.marks_on(number)
        if marks:
            line = highlighted(line, marks)
        if number in self._marked:
            line = Line((*line.runs, Run(f"  {self._marked[number]}", "key")), line.block)
        return line
