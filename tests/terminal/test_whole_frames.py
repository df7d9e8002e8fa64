"""What is on the screen after any key is what drawing everything anew would put there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.terminal.pseudo_terminal import what_is_seen

if TYPE_CHECKING:
    from tests.terminal.conftest import Start

WALKS = {
    "reading": "jjjk  bGgj]l[hz z",
    "lists": "3jj x3jjkx\t0j2",
    "boxes": "sdrift\x7f\x7f\x0e\x1b?q:\x1bT\x1b",
}


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_redraw_changes_nothing(start: Start, walk: str, size: tuple[int, int]) -> None:
    terminal = start("long", columns=size[0], rows=size[1])
    terminal.wait_for("Sentence 3 of many.")
    terminal.wait_for_quiet(0.8)
    for key in WALKS[walk]:
        terminal.press(key)
        terminal.wait_for_quiet(0.6 if key == "\x1b" else 0.15)
    terminal.wait_for_quiet(0.6)
    before = what_is_seen(terminal.screen)
    terminal.press("\x0c")
    terminal.wait_until(lambda: not terminal.read(0.2))
    assert what_is_seen(terminal.screen) == before
