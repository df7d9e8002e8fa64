"""What changed on a screen, taken straight from the widgets that changed.

Textual's compositor paints every widget beside and between those that changed, and cuts all their
lines at all their edges, before a frame is compared with the last one. A key that scrolls changes
three widgets that nothing covers: their own lines are the frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from textual._compositor import CompositorUpdate
from textual._context import visible_screen_stack

if TYPE_CHECKING:
    from rich.console import Console
    from textual.geometry import Region
    from textual.screen import Screen
    from textual.strip import Strip
    from textual.widget import Widget


class Piece(NamedTuple):
    """A line of a widget, and the row and the column of the screen where it begins."""

    y: int
    x: int
    strip: Strip


class PiecesUpdate(CompositorUpdate):
    """An update of the screen that consists of lines of widgets."""

    def __init__(self, pieces: list[Piece]) -> None:
        """Take up the lines."""
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        """Return the codes that write every line at its place."""
        return "".join(f"\x1b[{y + 1};{x + 1}H{s.render(console)}" for y, x, s in self.pieces)


def find_pieces(screen: Screen[Any]) -> PiecesUpdate | None:
    """Return what is to be drawn anew, and take it as drawn; None if something may cover it."""
    compositor = screen._compositor  # noqa: SLF001
    found: list[tuple[Widget, Region, Region]] = []
    for region in compositor._dirty_regions:  # noqa: SLF001
        owner = _find_owner(compositor.visible_widgets, region)
        if owner is None:
            return None
        found.append((*owner, region))
    if not found:
        return None
    compositor._dirty_regions.clear()  # noqa: SLF001
    visible_screen_stack.set(screen.app._background_screens)  # noqa: SLF001
    return PiecesUpdate(
        [
            Piece(y, region.x, strip)
            for widget, whole, region in found
            for y, strip in enumerate(
                widget.render_lines(region.translate(-whole.offset)), region.y
            )
        ]
    )


def _find_owner(
    widgets: dict[Widget, tuple[Region, Region]], region: Region
) -> tuple[Widget, Region] | None:
    """Return the widget that alone fills a region, and where that lies; None if there is none."""
    for widget, (whole, clip) in widgets.items():  # from front to back
        seen = whole.intersection(clip)
        if seen.overlaps(region):
            return (widget, whole) if seen.contains_region(region) else None
    return None
