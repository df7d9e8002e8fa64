"""An exam on a terminal: a kill or a lost line costs nothing but a few seconds of the clock."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import rows

if TYPE_CHECKING:
    from tests.terminal.conftest import Start

BOOK = {"HANDBOOK_ONLY": str(Path(__file__).parents[1] / "frames" / "exam_book")}
ANSWERS = "SELECT data FROM event WHERE kind = 'exam_answer'"


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGTERM])
def test_an_exam_goes_on_at_the_same_question_after_a_kill(
    start: Start, database: Path, number: signal.Signals
) -> None:
    terminal = start("exam", "rehearsal", "--seed", "a", variables=BOOK)
    terminal.wait_for("Enter begins")
    terminal.press("\r")
    terminal.wait_for("question 1 of 6")
    terminal.press("b")
    terminal.wait_for("1 answered")
    terminal.press("nn")
    terminal.wait_for("question 3 of 6")
    terminal.kill(number)
    terminal.wait()
    assert len(rows(database, ANSWERS)) == 1
    terminal = start("exam", "resume", variables=BOOK)
    terminal.wait_for("question 3 of 6")
    terminal.wait_for("1 answered")
    terminal.press("p")
    terminal.wait_for("question 2 of 6")
    terminal.press("Q")
    assert terminal.wait() == 0


def test_a_wrong_name_is_refused_before_there_is_a_screen(start: Start) -> None:
    terminal = start("exam", "rehersal", variables=BOOK)
    assert terminal.wait() == 1
    assert "nearest: rehearsal" in terminal.text


def test_an_exam_line_by_line_on_a_terminal_keeps_its_clock_while_it_waits(
    start: Start, database: Path
) -> None:
    terminal = start("exam", "rehearsal", "--seed", "a", "--plain", variables=BOOK)
    terminal.wait_for("Your answer, a to c:")
    terminal.press("b 3\r")
    terminal.wait_for("Kept: b, sure.")
    terminal.press("q\r")
    terminal.wait_for("Kept. `handbook exam resume`")
    assert terminal.wait() == 0
    assert json.loads(rows(database, ANSWERS)[0][0])["answer"]
