"""What arrives on the keyboard's line and is no key does no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.terminal.conftest import Start

LATE_REPLIES = {
    "background": b"\x1b]11;rgb:1111/2222/3333\x1b\\",
    "background, ended by a bell": b"\x1b]11;rgb:1111/2222/3333\x07",
    "palette": b"\x1b]4;1;rgb:cdcd/0000/0000\x1b\\",
    "device attributes": b"\x1b[?62;22c",
    "second device attributes": b"\x1b[>41;390;0c",
    "terminal version": b"\x1bP>|xterm(390)\x1b\\",
    "terminfo": b"\x1bP1+r524742=38\x1b\\",
}


@pytest.fixture
def typed_at(start: Start):
    """Return a reader's screen at a page, quiet."""
    terminal = start("long")
    terminal.wait_for("Sentence 3 of many.")
    terminal.wait_for_quiet(0.7)
    return terminal


def test_late_replies_of_the_terminal_do_nothing(typed_at) -> None:
    before = typed_at.text
    for reply in LATE_REPLIES.values():
        typed_at.press(reply)
        typed_at.wait_for_quiet(0.15)
    assert typed_at.text == before


def test_a_late_reply_in_two_pieces_does_nothing(typed_at) -> None:
    before = typed_at.text
    for reply in (LATE_REPLIES["background"], LATE_REPLIES["terminal version"]):
        typed_at.press(reply[:9])
        typed_at.wait_for_quiet(0.05)
        typed_at.press(reply[9:])
        typed_at.wait_for_quiet(0.15)
    assert typed_at.text == before


def test_bytes_that_are_no_utf8_do_nothing_and_the_next_key_works(typed_at) -> None:
    before = typed_at.text
    typed_at.press(b"\xff\xfe\xc3\x28\xa0\xf0\x9f"[0:3] + b"\xa0\xf0\x9f\xff")
    typed_at.wait_for_quiet(0.3)
    assert typed_at.text == before
    typed_at.press("s")
    typed_at.wait_for("Search the handbook")


def test_a_paste_of_a_megabyte_hangs_neither_page_nor_field(typed_at) -> None:
    paste = b"\x1b[200~" + b"pasted words " * 80_000 + b"\x1b[201~"
    typed_at.press(paste)
    typed_at.press("s")
    typed_at.wait_for("Search the handbook", 20)
    typed_at.press(paste)
    typed_at.press("\x1b")
    typed_at.wait_for("t contents", 20)
    typed_at.press("Q")
    assert typed_at.wait() == 0
    assert typed_at.left_over == []


def test_only_clicks_drags_and_the_wheel_are_asked_for(start: Start) -> None:
    terminal = start()
    terminal.wait_for("Search everything")
    asked = {mode for mode, is_on in terminal.modes.items() if is_on}
    assert {b"1000", b"1002", b"1006"} <= asked
    assert b"1003" not in terminal.modes


def test_without_mouse_none_is_asked_for(start: Start) -> None:
    terminal = start("--no-mouse")
    terminal.wait_for("Search everything")
    assert not {b"1000", b"1002", b"1003", b"1006"} & set(terminal.modes)


def test_the_wheel_scrolls(typed_at) -> None:
    typed_at.press("\x1b[<65;20;10M" * 4)
    typed_at.wait_until(lambda: "Sentence 1 of many." not in typed_at.text)


def test_keys_typed_while_it_starts_are_not_lost(start: Start) -> None:
    terminal = start()
    terminal.press("s")
    terminal.wait_for("Search the handbook")


@pytest.mark.parametrize("keys", ["t0", "tt0", "z0", "=0", "tq"])
def test_keys_in_one_burst_may_leave_the_page_that_the_first_of_them_changes(
    start: Start, keys: str
) -> None:
    terminal = start()
    terminal.wait_for("Search everything")
    terminal.press("sLong page")
    terminal.wait_for("place")
    terminal.press("\r")
    terminal.wait_for("Sentence 3 of many.")
    terminal.wait_for_quiet()
    terminal.press(keys)
    terminal.wait_for("Search everything")
    terminal.wait_for_quiet()
    assert terminal.process.poll() is None
