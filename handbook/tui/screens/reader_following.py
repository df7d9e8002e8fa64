"""Following what a page leads to: links, terms, sources, web addresses, pages that link here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.errors import NothingFoundError
from handbook.model import Link, Place
from handbook.tui.screens.picker import Entry, choose
from handbook.tui.screens.reader_page import PageScreen

if TYPE_CHECKING:
    from handbook.tui.widgets.lines import LineView


class FollowingScreen(PageScreen):
    """A page whose links can be followed."""

    def action_next_link(self) -> None:
        """Focus the next link or term."""
        if not self.links.step(self.text, self.page_layout, 1):
            self.handbook_app.tell("No further link on this page")

    def action_previous_link(self) -> None:
        """Focus the previous link or term."""
        if not self.links.step(self.text, self.page_layout, -1):
            self.handbook_app.tell("No link further up on this page")

    def action_follow(self) -> None:
        """Follow the focused link."""
        if self.links.link < 0:
            self.handbook_app.tell("Tab goes to a link, Enter follows it")
        else:
            self.follow(self.links.link)

    def on_line_view_clicked(self, event: LineView.Clicked) -> None:
        """Follow the link that was clicked."""
        if event.view is not self.text:
            return
        self.text.focus()
        if self.links.focus_at(self.page_layout, event.line, event.column):
            self.text.refresh()
            self.follow(self.links.link)

    def follow_to(self, place: Place) -> None:
        """Open a place and remember the way back from it."""
        self.followed.append(self.here)
        self.open(place)

    def follow(self, index: int) -> None:
        """Follow a link of the page, or explain a term, by its index in the layout."""
        links = self.page.links
        if index >= len(links):
            self.explain(self.page_layout.term_links[index - len(links)])
            return
        link = links[index]
        if link.kind == "page":
            place = self.workspace.resolve(link, self.page.info.id)
            if place is None:
                raise NothingFoundError(f"the link to {link.target or link.anchor} leads nowhere")
            self.follow_to(place)
        elif link.kind == "web":
            self._show_web(link)
        elif link.kind == "source":
            self._show_sources((link.target,))
        elif link.kind == "term":
            self.explain(link.target)
        else:
            raise NothingFoundError(f"the link to {link.target} leads out of the book")

    def explain(self, term_id: str) -> None:
        """Show what a glossary term means."""
        from handbook.tui.screens.overlays import term_overlay  # noqa: PLC0415

        term = next((term for term in self.workspace.terms() if term.id == term_id), None)
        if term is not None:
            self.app.push_screen(term_overlay(self.handbook_app, term))

    def _show_web(self, link: Link) -> None:
        from handbook.tui.screens.overlays import web_overlay  # noqa: PLC0415

        self.handbook_app.copy(link.target)
        self.app.push_screen(web_overlay(link))

    def action_links(self) -> None:
        """Choose a link of the page by its number or words."""
        entries = [
            Entry(
                f"{number:>3}  {link.text}",
                link.target + (f"#{link.anchor}" * bool(link.anchor)),
                index,
            )
            for number, (index, link) in enumerate(
                ((i, link) for i, link in enumerate(self.page.links) if link.kind != "source"), 1
            )
        ]
        choose(self.handbook_app, "Links of this page", entries, lambda i: self.follow(int(str(i))))

    def action_open_web(self) -> None:
        """Show and copy a web address of the page."""
        entries = [
            Entry(link.text, link.target, link) for link in self.page.links if link.kind == "web"
        ]
        if not entries:
            raise NothingFoundError("this page has no web link")
        choose(self.handbook_app, "Web addresses", entries, self._open_web_link)

    def _open_web_link(self, link: object) -> None:
        if isinstance(link, Link):
            self._show_web(link)

    def action_words(self) -> None:
        """Choose a glossary term that the page uses."""
        self.page_layout.grow()
        terms = {term.id: term for term in self.workspace.terms()}
        used = [terms[each] for each in dict.fromkeys(self.page_layout.term_links) if each in terms]
        if not used:
            raise NothingFoundError("this page uses no term of the glossary")
        entries = [Entry(term.title, term.text, term.id) for term in used]
        choose(
            self.handbook_app, "Words on this page", entries, lambda each: self.explain(str(each))
        )

    def action_sources(self) -> None:
        """Show what the page rests on."""
        cited = dict.fromkeys(link.target for link in self.page.links if link.kind == "source")
        self._show_sources(tuple(dict.fromkeys((*self.page.info.sources, *cited))))

    def _show_sources(self, keys: tuple[str, ...]) -> None:
        from handbook.tui.screens.overlays import sources_overlay  # noqa: PLC0415

        self.app.push_screen(sources_overlay(self.handbook_app, self.page.info, keys))

    def action_backlinks(self) -> None:
        """Choose a page that links to this one."""
        entries = [
            Entry(self._named(place, title), "", place)
            for place, title in self.workspace.backlinks(self.page.info.id)
        ]
        if not entries:
            raise NothingFoundError("no other page links to this one")
        choose(self.handbook_app, "Linked from", entries, self._open_chosen)

    def _named(self, place: Place, title: str) -> str:
        """Return page and section of a place."""
        info = self.workspace.handbook.find_page(place.page)
        if info is None or info.title == title:
            return title
        return f"{info.title} {self.painter.sign('sub')} {title}"

    def _open_chosen(self, place: object) -> None:
        if isinstance(place, Place):
            self.follow_to(place)
