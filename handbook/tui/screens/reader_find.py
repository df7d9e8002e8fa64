"""Finding in the page: the hits of a phrase, which one is current, and the field to type it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.find import find_matches

if TYPE_CHECKING:
    from handbook.render.find import Match
    from handbook.tui.screens.reader_page import PageScreen

Marks = list[tuple[int, int, str]]


class Finder:
    """The hits on a page: of the words of a search in `words`, or of a typed phrase in `query`."""

    def __init__(self) -> None:
        """Begin with nothing to find."""
        self.query = ""
        self.words: tuple[str, ...] = ()
        self.is_open = False
        self.matches: tuple[Match, ...] = ()
        self.current = -1
        self._by_line: dict[int, Marks] = {}

    def clear(self) -> None:
        """Forget the hits."""
        self.query, self.words = "", ()
        self._keep(())

    def _keep(self, matches: tuple[Match, ...], current: int = -1) -> None:
        self.matches, self.current = matches, current
        self._by_line = {}
        for index, match in enumerate(matches):
            style = "match.current" if index == current else "match"
            for line, start, end in match.pieces:
                self._by_line.setdefault(line, []).append((start, end, style))

    def marks_on(self, line: int) -> Marks:
        """Return what to highlight on a line, as (start cell, end cell, style)."""
        return self._by_line.get(line, [])

    @property
    def standing(self) -> str:
        """The words of the top bar: `3/12`, or that there is none."""
        if not self.query:
            return ""
        if not self.matches:
            return "no hit"
        return f"{self.current + 1}/{len(self.matches)} hits"

    def find(self, reader: PageScreen, query: str) -> None:
        """Find a phrase in the whole page and show the first hit at or below the screen's top."""
        self.words, self.query = (), query
        if not query.strip():
            self._keep(())
            return
        reader.page_layout.grow()
        matches = find_matches(reader.page_layout.lines, query)
        top = reader.text.top
        below = [i for i, match in enumerate(matches) if match.pieces[0][0] >= top]
        self._keep(matches, below[0] if below else 0 if matches else -1)
        self._reveal(reader)

    def mark_words(self, reader: PageScreen, query: str) -> None:
        """Mark each word of a search that led here."""
        self.query = ""
        self.words = tuple(word for word in query.split() if len(word) > 2) or (query,)
        self._keep(self._word_matches(reader))

    def _word_matches(self, reader: PageScreen) -> tuple[Match, ...]:
        found = [
            match for word in self.words for match in find_matches(reader.page_layout.lines, word)
        ]
        return tuple(sorted(found, key=lambda match: match.pieces[0]))

    def renew(self, reader: PageScreen) -> None:
        """Find again after the lines have changed."""
        if self.query:
            matches = find_matches(reader.page_layout.lines, self.query)
            self._keep(matches, min(self.current, len(matches) - 1))
        elif self.words:
            self._keep(self._word_matches(reader))

    def step(self, reader: PageScreen, step: int) -> bool:
        """Go to the next or previous hit of the phrase, round the ends; False if there is none."""
        if not self.query or not self.matches:
            return False
        self._keep(self.matches, (self.current + step) % len(self.matches))
        self._reveal(reader)
        return True

    def _reveal(self, reader: PageScreen) -> None:
        if self.matches:
            line = self.matches[self.current].pieces[0][0]
            reader.text.reveal(line, margin=reader.text.rows // 3)
        reader.text.refresh()
