"""However the handbook ends, it ends at once, with the right code, and leaves a terminal to use."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import Start


def test_home_opens_and_q_leaves_the_terminal_as_it_was(start: Start) -> None:
    terminal = start()
    terminal.wait_for("? help")
    assert "A small book" in terminal.screen.display[0]
    assert "Search everything" in terminal.text
    assert "alternate screen" in terminal.left_over
    terminal.press("q")
    assert terminal.wait() == 0
    assert terminal.left_over == []


def test_a_place_on_the_command_line_opens_its_page(start: Start) -> None:
    terminal = start("ml-engineer")
    terminal.wait_for("Trains models and puts them to use")
    terminal.press("Q")
    assert terminal.wait() == 0
    assert terminal.left_over == []


def test_a_place_that_does_not_exist_is_one_line_and_no_screen(start: Start) -> None:
    terminal = start("ml-enginer")
    assert terminal.wait() == 1
    assert "handbook: " in terminal.text
    assert "ml-engineer" in terminal.text
    assert "Traceback" not in terminal.text
    assert terminal.left_over == []
    assert b"1049" not in terminal.output


SIGNALS = [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]


@pytest.mark.parametrize("sight", [b"\x1b]11;?", b"\x1b[?1049h"], ids=["question", "screen"])
@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_signal_while_it_starts_leaves_a_clean_terminal_too(
    start: Start, sight: bytes, number: signal.Signals, code: int
) -> None:
    terminal = start()
    terminal.wait_until(lambda: sight in terminal.output)
    terminal.kill(number)
    assert terminal.wait(5) == code
    assert terminal.left_over == []
    assert "Traceback" not in terminal.text


@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_a_signal_ends_it_with_the_code_of_the_signal_and_a_clean_terminal(
    start: Start, number: signal.Signals, code: int
) -> None:
    terminal = start()
    terminal.wait_for("Search everything")
    terminal.kill(number)
    assert terminal.wait(2) == code
    assert terminal.left_over == []
    assert "Traceback" not in terminal.text


def test_ctrl_c_does_not_end_it(start: Start) -> None:
    terminal = start()
    terminal.wait_for("Search everything")
    terminal.press("\x03")
    terminal.wait_for("q goes back, Q leaves")
    assert terminal.process.poll() is None


def test_a_terminal_that_hangs_up_ends_it_within_a_second(start: Start) -> None:
    terminal = start()
    terminal.wait_for("Search everything")
    terminal.wait_for_quiet()
    terminal.close_terminal()
    assert terminal.wait(1) == 129


def test_a_terminal_that_goes_without_a_signal_ends_it_too_and_it_does_not_spin(
    start: Start,
) -> None:
    terminal = start(controlling=False)
    terminal.wait_for("of 3 done")
    terminal.wait_for_quiet()
    before = terminal.cpu_seconds
    terminal.close_terminal()
    assert terminal.wait(1) == 129
    assert terminal.cpu_seconds - before < 0.5


def test_a_terminal_that_hangs_up_ends_it_under_nohup(start: Start) -> None:
    terminal = start(prepare=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    terminal.wait_for("Search everything")
    terminal.wait_for_quiet()
    terminal.close_terminal()
    assert terminal.wait(1) == 129


def test_content_that_vanishes_under_the_reader_is_told_in_a_sentence(
    start: Start, small_book: Path
) -> None:
    terminal = start("long")
    terminal.wait_for("Sentence 3 of many.")
    for file in sorted(small_book.rglob("*.md")):
        file.unlink()
    terminal.press("R")
    terminal.wait_for("Markdown")  # the sentence may be broken anywhere: it names a folder
    assert "Traceback" not in terminal.text
    terminal.press("Q")
    assert terminal.wait() == 0
    assert "Traceback" not in terminal.text
    assert terminal.left_over == []
