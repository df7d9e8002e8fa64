"""While the reader does nothing, the handbook sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import Start


def test_not_a_byte_in_three_seconds_on_home_page_and_search(start: Start, tmp_path: Path) -> None:
    # Each with data of its own, or one would rightly show what happens in the other.
    places = {"home": (), "page": ("long",), "search": ()}
    terminals = {
        name: start(*words, variables={"HANDBOOK_DATA_DIR": str(tmp_path / name)})
        for name, words in places.items()
    }
    terminals["home"].wait_for("of 3 done")
    terminals["page"].wait_for("Sentence 3 of many.")
    terminals["search"].wait_for("of 3 done")
    terminals["search"].press("s")
    terminals["search"].wait_for("Search the handbook")
    terminals["search"].press("engineer")
    terminals["search"].wait_for("hits in")
    for terminal in terminals.values():
        terminal.wait_for_quiet(0.8)
    terminals["home"].read(3)
    written = {name: terminal.read(0) for name, terminal in terminals.items()}
    assert written == {"home": False, "page": False, "search": False}
