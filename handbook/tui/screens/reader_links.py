"""Which link has the focus: the next one on the screen, else the next one on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.render.layout import Layout
    from handbook.tui.widgets.lines import LineView

Piece = tuple[int, int, int, int]


class LinkFocus:
    """The focused link as the pieces it has on the lines: (line, column, width, link)."""

    def __init__(self) -> None:
        """Begin without focus."""
        self.pieces: tuple[Piece, ...] = ()

    @property
    def link(self) -> int:
        """The index of the focused link, -1 for none."""
        return self.pieces[0][3] if self.pieces else -1

    def clear(self) -> None:
        """Take the focus away."""
        self.pieces = ()

    def marks_on(self, line: int) -> list[tuple[int, int, str]]:
        """Return what to highlight on a line, as (start cell, end cell, style)."""
        return [(at, at + width, "focus") for row, at, width, _ in self.pieces if row == line]

    def step(self, view: LineView, layout: Layout, step: int) -> bool:
        """Focus the next or previous link, scrolling to it; False if there is none that way."""
        top, bottom = view.top, view.bottom
        is_visible = bool(self.pieces) and top <= self.pieces[0][0] < bottom
        outside = (top - 1, 0) if step > 0 else (bottom, 0)
        at = self.pieces[0][:2] if is_visible else outside
        if step > 0:
            layout.grow()
        first, last = (at[0], len(layout.lines)) if step > 0 else (0, at[0] + 1)
        links = together(layout.links_between(max(first, 0), last))
        if step > 0:
            found = next((link for link in links if link[0][:2] > at), None)
        else:
            found = next((link for link in reversed(links) if link[0][:2] < at), None)
        if found is None:
            return False
        self.pieces = found
        view.reveal(found[0][0])
        view.refresh()
        return True

    def focus_at(self, layout: Layout, line: int, column: int) -> bool:
        """Focus the link under a cell; False if there is none."""
        for pieces in together(layout.links_between(max(0, line - 3), line + 4)):
            for row, at, width, _ in pieces:
                if row == line and at <= column < at + width:
                    self.pieces = pieces
                    return True
        return False


def together(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    """Join the pieces of a link that is broken over neighbouring lines."""
    links: list[tuple[Piece, ...]] = []
    for piece in pieces:
        before = links[-1][-1] if links else None
        if before and before[3] == piece[3] and piece[0] == before[0] + 1:
            links[-1] = (*links[-1], piece)
        else:
            links.append((piece,))
    return links
