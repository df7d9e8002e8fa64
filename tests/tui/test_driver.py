"""The driver: a terminal's answers are no key presses, and the mouse reports no hover."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.tui.driver import HandbookDriver, without_replies

BACKGROUND = "\x1b]11;rgb:1111/1313/1a1a\x1b\\"
VERSION = "\x1bP>|XTerm(388)\x1b\\"
ATTRIBUTES = "\x1b[?62;22c"


@pytest.mark.parametrize(
    "reply",
    [
        BACKGROUND,
        "\x1b]11;rgb:1111/1313/1a1a\x07",
        "\x1b]52;c;dGV4dA==\x07",
        VERSION,
        ATTRIBUTES,
        "\x1b[>41;388;0c",
    ],
)
def test_an_answer_of_the_terminal_is_taken_out(reply: str) -> None:
    assert without_replies(f"j{reply}k") == ("jk", "")


@pytest.mark.parametrize(
    "keys",
    [
        "q",
        "/find",
        "\x1b",
        "\x1b[A",
        "\x1bOP",
        "\x1b[<0;10;5M",
        "\x1b[1;5C",
        "\x1bq",
        "机器",
        "\x1b[",
    ],
)
def test_keys_and_clicks_are_left_alone(keys: str) -> None:
    assert without_replies(keys) == (keys, "")


def test_an_answer_that_is_not_complete_waits_for_its_rest() -> None:
    text, held = without_replies("j" + BACKGROUND[:9])
    assert (text, held) == ("j", BACKGROUND[:9])
    assert without_replies(held + BACKGROUND[9:] + "k") == ("k", "")


def test_the_answer_may_be_cut_within_its_end() -> None:
    text, held = without_replies(BACKGROUND[:-1])
    assert (text, held) == ("", BACKGROUND[:-1])
    assert without_replies(held + "\\") == ("", "")


def test_two_answers_in_one_go() -> None:
    assert without_replies(f"{BACKGROUND}{ATTRIBUTES}q") == ("q", "")


def test_an_answer_without_end_is_not_held_for_ever() -> None:
    text, held = without_replies("\x1b]11;" + "x" * 5000)
    assert held == ""
    assert text.endswith("xxx")


@given(
    st.lists(
        st.sampled_from(["q", "\x1b[A", "机", BACKGROUND, VERSION, ATTRIBUTES, "/"]), max_size=8
    ),
    st.data(),
)
def test_wherever_the_bytes_are_cut_the_same_keys_arrive(parts: list[str], data) -> None:
    stream = "".join(parts)
    keys = "".join(part for part in parts if part not in {BACKGROUND, VERSION, ATTRIBUTES})
    cut = data.draw(st.integers(0, len(stream)))
    first, held = without_replies(stream[:cut])
    second, left = without_replies(held + stream[cut:])
    # The first two bytes of an answer, and most of device attributes, look like keys so far.
    head = stream[:cut]
    is_like_keys = head.endswith(("\x1b", "\x1b[", "\x1b]", "\x1bP")) or "\x1b[?" in head[-10:]
    if not is_like_keys:
        assert first + second + left == keys


class Written(HandbookDriver):
    """A driver that keeps what it would write."""

    def __init__(self, *, mouse: bool) -> None:
        self._mouse = mouse
        self.said = ""

    def write(self, data: str) -> None:
        self.said += data

    def flush(self) -> None:
        """Write nothing."""


def test_the_mouse_reports_clicks_drags_and_the_wheel_but_no_hover() -> None:
    driver = Written(mouse=True)
    driver._enable_mouse_support()
    assert driver.said == "\x1b[?1000h\x1b[?1002h\x1b[?1006h"


def test_the_mouse_can_be_switched_off_and_on_again() -> None:
    driver = Written(mouse=True)
    driver.use_mouse(is_on=False)
    assert driver.said == "\x1b[?1000l\x1b[?1002l\x1b[?1006l"
    driver.said = ""
    driver._enable_mouse_support()
    assert driver.said == ""
    driver.use_mouse(is_on=True)
    assert driver.said == "\x1b[?1000h\x1b[?1002h\x1b[?1006h"
