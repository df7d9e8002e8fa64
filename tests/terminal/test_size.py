"""A terminal may have any size, and another one in the next moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terminal.conftest import Start

STORM = [(1, 1), (5, 2), (10, 3), (40, 12), (300, 100), (2, 50), (200, 1), (120, 40), (1, 1)]


@pytest.mark.parametrize("words", [(), ("long",)])
def test_a_storm_of_sizes_ends_with_the_screen_that_a_fresh_start_shows(
    start: Start, words: tuple[str, ...]
) -> None:
    sight = "Sentence 3 of many." if words else "of 3 done"
    fresh = start(*words)
    fresh.wait_for(sight)
    fresh.wait_for_quiet(0.7)
    wanted = fresh.screen.display[1:]  # the first row also tells how much has been seen
    fresh.end()
    terminal = start(*words)
    terminal.wait_for(sight)
    for columns, rows in STORM:
        terminal.resize(columns, rows)
        terminal.wait_for_quiet(0.05)
    terminal.resize(80, 24)
    terminal.wait_for(sight)
    terminal.wait_for_quiet(0.7)
    assert terminal.screen.display[1:] == wanted
    terminal.press("Q")
    assert terminal.wait() == 0
    assert "Traceback" not in terminal.text


@pytest.mark.parametrize("size", [(1, 1), (40, 12), (300, 100)])
def test_it_starts_and_ends_at_any_size(start: Start, size: tuple[int, int]) -> None:
    terminal = start("long", columns=size[0], rows=size[1])
    terminal.wait_until(lambda: b"\x1b[?2004h" in terminal.output)
    terminal.wait_for_quiet(0.5)
    terminal.press("Q")
    assert terminal.wait() == 0
    assert terminal.left_over == []
