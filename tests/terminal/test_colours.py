"""The terminal gets the colours that it can show, and none where none are wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terminal.conftest import Start
    from tests.terminal.pseudo_terminal import PseudoTerminal

SGR = re.compile(rb"\x1b\[([0-9;:]*)m")


def colours(terminal: PseudoTerminal) -> set[str]:
    """Return the kinds of colour codes that were sent: 16, 256, true."""
    kinds = set()
    for codes in SGR.findall(bytes(terminal.output)):
        numbers = [int(code or 0) for code in re.split(rb"[;:]", codes)]
        while numbers:
            number = numbers.pop(0)
            if number in {38, 48, 58}:
                kinds.add({5: "256", 2: "true"}[numbers[0]])
                numbers = numbers[2 if numbers[0] == 5 else 4 :]
            elif 30 <= number <= 37 or 40 <= number <= 47 or 90 <= number <= 107:
                kinds.add("16")
    return kinds


def through_the_screens(terminal: PseudoTerminal) -> None:
    """Visit the screens with the most signs: Home, a page, the map, the search."""
    terminal.wait_for("of 3 done")
    for key, sight in (
        ("1", "Begin with the"),
        ("2", "ML knowledge"),
        ("s", "Search the handbook"),
    ):
        terminal.press(key)
        terminal.wait_for(sight)
    terminal.wait_for_quiet()


@pytest.mark.parametrize("value", ["1", ""])
def test_no_color_sends_no_colour_but_the_cursor_can_still_be_seen(
    start: Start, value: str
) -> None:
    terminal = start(variables={"NO_COLOR": value})
    through_the_screens(terminal)
    assert colours(terminal) == set()
    assert re.search(rb"\x1b\[(?:[0-9]+;)*[17](?:;[0-9]+)*m", terminal.output)  # bold or reverse


@pytest.mark.parametrize(
    ("variables", "kinds"),
    [
        ({"COLORTERM": "truecolor"}, {"true"}),
        ({"COLORTERM": None, "TERM": "xterm-256color"}, {"256"}),
        ({"COLORTERM": None, "TERM": "xterm-kitty"}, {"true"}),
        ({"COLORTERM": None, "TERM": "xterm"}, {"16"}),
        ({"COLORTERM": None, "TERM": "linux"}, {"16"}),
        ({"COLORTERM": None, "TERM": "vt100"}, set()),
    ],
)
def test_each_terminal_gets_the_codes_that_it_knows(
    start: Start, variables: dict[str, str | None], kinds: set[str]
) -> None:
    terminal = start(variables=variables)
    through_the_screens(terminal)
    assert colours(terminal) <= kinds | ({"16"} if kinds else set())
    assert kinds <= colours(terminal)


@pytest.mark.parametrize(
    ("background", "ground"),
    [("fbfb/f8f8/f1f1", "48;2;251;248;241"), ("0000/0000/0000", "48;2;17;19;26")],
)
def test_the_theme_follows_the_background_that_the_terminal_tells(
    start: Start, background: str, ground: str
) -> None:
    terminal = start(background=background)
    terminal.wait_for("Search everything")
    assert ground.encode() in terminal.output
