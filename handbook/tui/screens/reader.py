"""The reader: what the keys do on a page, from turning it to copying a section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import Code, Place
from handbook.tui.editor import edit
from handbook.tui.screens.picker import Entry, choose
from handbook.tui.screens.reader_following import FollowingScreen

if TYPE_CHECKING:
    from handbook.tui.widgets.choices import ChoiceList

NARROWEST, WIDEST, STEP = 40, 120, 4
"""Text widths in cells that the keys can reach, and how far one press goes."""


class ReaderScreen(FollowingScreen):
    """A page with all the keys of reading."""

    # Moving, where reading differs from a list

    def _turn(self, step: int) -> None:
        info = self.workspace.handbook.find_neighbour(self.page.info.id, step)
        if info is None:
            self.handbook_app.tell(
                "This is the last page" if step > 0 else "This is the first page"
            )
        else:
            self.followed.clear()
            self.open(Place(info.id))

    async def action_back(self) -> None:
        """Leave zen, else go back to where the last link was followed, else leave the page.

        Escape first takes away the marks of what was found.
        """
        if self.has_class("-zen"):
            self.action_zen()
        elif self.finder.query and self.handbook_app.last_key == "escape":
            self.finder.clear()
            self.text.refresh()
            self.show_standing()
        elif self.followed:
            self.open(self.followed.pop(), remember=False)
        else:
            await self.handbook_app.action_back()

    def action_next_page(self) -> None:
        """Turn to the next page."""
        self._turn(1)

    def action_previous_page(self) -> None:
        """Turn to the previous page."""
        self._turn(-1)

    def _go_to_section(self, step: int) -> None:
        self.page_layout.grow()
        starts = [self.page_layout.start_of(heading.block) for heading in self.page.headings]
        top = self.text.top
        there = [s for s in starts if s > top] if step > 0 else [s for s in starts if s < top]
        if there:
            self.text.scroll_lines(there[0] if step > 0 else there[-1])
        elif step < 0:
            self.text.scroll_lines(0)

    def action_next_section(self) -> None:
        """Scroll to the next heading."""
        self._go_to_section(1)

    def action_previous_section(self) -> None:
        """Scroll to the previous heading."""
        self._go_to_section(-1)

    def _go_to_chapter(self, step: int) -> None:
        handbook = self.workspace.handbook
        chapters = [chapter for chapter in handbook.chapters if chapter.pages]
        here = handbook.find_chapter(self.page.info.id)
        target = (chapters.index(here) if here in chapters else 0) + step
        if 0 <= target < len(chapters):
            self.open(Place(handbook.pages[chapters[target].pages[0]].id))

    def action_next_chapter(self) -> None:
        """Open the next chapter."""
        self._go_to_chapter(1)

    def action_previous_chapter(self) -> None:
        """Open the previous chapter."""
        self._go_to_chapter(-1)

    def action_end(self) -> None:
        """Go to the end; a long page is laid out whole for it."""
        if self.pane is self.text:
            if not self.page.complete:
                self._take_over(self.workspace.page(self.page.info.id))
            self.page_layout.grow()
        self._move_to(len(self.pane.lines))

    # Contents and outline

    def action_contents(self) -> None:
        """Open the contents and go there, or close them where they are a drawer."""
        if self.focused is self.contents:
            self.action_leave()
            if not self.has_class("-normal", "-wide"):
                self.remove_class("-drawer")
            else:
                self.add_class("-closed")
            self.call_after_refresh(self.while_open(self.relayout))
            return
        self.remove_class("-closed")
        if not self.has_class("-normal") and not self.has_class("-wide"):
            self.add_class("-drawer")
        self.contents.focus()
        self.call_after_refresh(self.while_open(self.relayout))

    def action_outline(self) -> None:
        """Choose a heading of this page, in its pane or from a list."""
        if self.query_one("#side").display:
            self.outline.focus()
            self.refresh_content()
            return
        entries = [
            Entry("  " * (heading.level - 1) + heading.title, "", heading.anchor)
            for heading in self.page.headings
        ]
        here = Place(self.page.info.id)
        choose(
            self.handbook_app,
            "On this page",
            entries,
            lambda anchor: self.open(here._replace(anchor=str(anchor))),
        )

    def action_leave(self) -> None:
        """Leave the contents or the field for the text."""
        if self.finder.is_open:
            self.finder.clear()
            self.text.scroll_lines(self._found_from)
            self._close_field()
            return
        self.text.focus()
        if self.has_class("-drawer"):
            self.remove_class("-drawer")
            self.call_after_refresh(self.while_open(self.relayout))
        self.refresh_content()

    async def action_open(self) -> None:
        """Open what the cursor of contents or outline stands on."""
        self._open_from_beside(getattr(self.focused, "value", None))

    def _open_from_beside(self, value: object) -> None:
        """Open what was chosen in contents or outline, and close the drawer that covers it."""
        if isinstance(value, Place):
            self.set_focus(self.text)
            self.remove_class("-drawer")
            self.open(value)
            self.call_after_refresh(self.while_open(self.relayout))

    async def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Open what was clicked in contents or outline."""
        event.stop()
        event.choices.focus()
        await self.action_open()

    def action_mark(self) -> None:
        """Mark the page, or the one under the cursor of the contents, as read or unread."""
        value = self.contents.value if self.focused is self.contents else None
        page = value.page if isinstance(value, Place) else self.page.info.id
        position = self.workspace.positions().get(page)
        is_read = not (position is not None and position.read)
        self.workspace.mark_read(page, read=is_read)
        self.handbook_app.tell("Marked as read" if is_read else "Marked as unread")
        self.refresh_content()

    # Finding

    async def action_find(self) -> None:
        """Open the field to find in the page, or to filter the contents."""
        if self.place == "contents":
            self._filter_contents()
            return
        from textual.widgets import Input  # noqa: PLC0415  not needed before the first frame

        if not self.query("#find"):
            field = Input(id="find", placeholder="Find in this page")
            field.cursor_blink = False
            await self.mount(field)
        if not self.finder.is_open:
            self._found_from = self.text.top
        self.finder.is_open = True
        self.add_class("-finding")
        field = self.query_one("#find", Input)
        field.value = self.finder.query
        self.set_focus(field)
        self.show_standing()

    def _filter_contents(self) -> None:
        entries = [
            Entry(info.title, info.slug, Place(info.id)) for info in self.workspace.handbook.pages
        ]
        choose(self.handbook_app, "Go to page", entries, self._open_from_beside)

    def on_input_changed(self, event: object) -> None:
        """Find while typing."""
        self.finder.find(self, str(getattr(event, "value", "")))
        self.show_standing()

    def _close_field(self) -> None:
        self.finder.is_open = False
        self.remove_class("-finding")
        self.text.focus()
        if not self.finder.matches:
            self.finder.clear()
        self.show_standing()

    def action_keep(self) -> None:
        """Close the field and keep the hits for n and N."""
        query = self.finder.query
        if query.strip() and not self.finder.matches:
            self.handbook_app.tell(f"{query!r} is not on this page; s searches everything")
        self._close_field()

    def action_next(self) -> None:
        """Go to the next hit while the field is open."""
        self._step_hit(1)

    def action_previous(self) -> None:
        """Go to the previous hit while the field is open."""
        self._step_hit(-1)

    def action_next_hit(self) -> None:
        """Go to the next hit of the page, else of the last search."""
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        """Go to the previous hit of the page, else of the last search."""
        self._step_hit(-1)

    def _step_hit(self, step: int) -> None:
        if not self.finder.step(self, step) and not self.handbook_app.walk_hits(step):
            self.handbook_app.tell("/ finds in this page, s searches everything")
        self.show_standing()

    def action_widen(self) -> None:
        """Search the whole handbook for what is in the field."""
        from handbook.tui.screens.search import SearchScreen  # noqa: PLC0415

        query = self.finder.query
        self._close_field()
        self.app.push_screen(SearchScreen(query))

    # Marking

    def action_bookmark(self) -> None:
        """Set or remove a bookmark on the section at the top of the screen."""
        place = self.here
        title = self.page.info.title
        if place.anchor and self.section is not None:
            title = f"{title} {self.painter.sign('sub')} {self.section.title}"
        is_set = self.workspace.toggle_bookmark(place, title)
        self.handbook_app.tell(
            f"Bookmarked: {title}" if is_set else f"No longer bookmarked: {title}"
        )
        self.refresh_content()

    def action_note(self) -> None:
        """Write a note on the section at the top of the screen."""
        from handbook.tui.screens.note import NoteScreen  # noqa: PLC0415

        about = str(self.here)
        section = self.section
        title = section.title if self.here.anchor and section else self.page.info.title
        self.app.push_screen(NoteScreen(about, title))

    def action_copy(self) -> None:
        """Copy the section, or a listing if one is on the screen: the reader says which."""
        first = self.page_layout.block_at(self.text.top)
        last = self.page_layout.block_at(self.text.bottom - 1)
        blocks = self.page.blocks[max(first, 0) : last + 1]
        listings = [block for block in blocks if isinstance(block, Code)]
        section = self.workspace.section_source(self.here)
        if not listings:
            self.handbook_app.copy(section)
            return
        name = self.section.title if self.section else self.page.info.title
        entries = [
            *(
                Entry(f"Listing  {code.text.splitlines()[0]}", code.language, code.text)
                for code in listings
                if code.text
            ),
            Entry(f"Section  {name}", "as Markdown", section),
        ]
        choose(self.handbook_app, "Copy", entries, lambda text: self.handbook_app.copy(str(text)))

    def action_copy_reference(self) -> None:
        """Copy a line that tells somebody else where this is."""
        self.handbook_app.copy(self.workspace.reference(self.here))

    def action_edit(self) -> None:
        """Open the file of the page in the reader's editor, at the line on top."""
        block = self.page_layout.block_at(self.text.top)
        line = self.page.blocks[max(block, 0)].line if self.page.blocks else 1
        edit(self.handbook_app, self.workspace.library.file_of(self.page.info.id), line)

    # View

    def action_zen(self) -> None:
        """Show only the text, or the panes again."""
        self.toggle_class("-zen")
        self.text.focus()
        self.call_after_refresh(self.while_open(self.relayout))

    def _widen(self, step: int) -> None:
        app = self.handbook_app
        app.measure = max(NARROWEST, min(WIDEST, app.measure + step))
        self.relayout()
        app.tell(f"Text is {self.text.column_width} columns wide, at most {app.measure}")

    def action_wider(self) -> None:
        """Make the text wider."""
        self._widen(STEP)

    def action_narrower(self) -> None:
        """Make the text narrower."""
        self._widen(-STEP)
