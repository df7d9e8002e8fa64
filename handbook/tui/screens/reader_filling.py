"""Laying out the rest of a long page in slices, between the keys of its reader."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from handbook.render.layout import Layout
    from handbook.tui.screens.reader_page import PageScreen

SLICE = 100
"""Lines laid out before the clock is looked at."""

SLICE_SECONDS = 0.008
"""How long laying out the rest may keep a key waiting."""

HELD = 0.15
"""Seconds without a scroll after which the rest is laid out further."""


class Filler:
    """Grows one layout at a time until it is complete."""

    def __init__(self) -> None:
        """Begin with nothing to lay out."""
        self._timer: Timer | None = None
        self._held_until = 0.0

    @property
    def is_at_work(self) -> bool:
        """Whether a layout is still growing."""
        return self._timer is not None

    def begin(self, screen: PageScreen, then: Callable[[], None]) -> None:
        """Lay out what the screen's page still lacks, in place of any other; `then` tells of it."""
        self._end()
        layout = screen.page_layout
        if not layout.grow(0) and screen.page.blocks:
            grow = screen.while_open(lambda: self._lay_out_slice(layout, then))
            self._timer = screen.set_interval(1.25 * SLICE_SECONDS, grow)

    def hold(self) -> None:
        """Wait while the reader scrolls: what that shows is laid out by itself."""
        self._held_until = monotonic() + HELD

    def _lay_out_slice(self, layout: Layout, then: Callable[[], None]) -> None:
        """Lay out one more slice; what is shown changes only when all is known."""
        if monotonic() < self._held_until:
            return
        end = monotonic() + SLICE_SECONDS
        is_done = False
        while not is_done and monotonic() < end:
            before = len(layout.lines)
            is_done = layout.grow(before + SLICE) or len(layout.lines) == before
        if is_done:
            self._end()
            then()

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
