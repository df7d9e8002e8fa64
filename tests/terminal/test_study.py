"""Study on a terminal of its own: a line that drops, a kill, and the reader's editor."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import rows

if TYPE_CHECKING:
    from tests.terminal.conftest import Start
    from tests.terminal.pseudo_terminal import PseudoTerminal

BOOK = Path(__file__).parents[1] / "frames" / "study_book"
ANSWERS = "SELECT item_uid, rating FROM event WHERE kind = 'review' ORDER BY event_id"


@pytest.fixture
def study_book(tmp_path: Path) -> Path:
    """Copy the book of questions, so that it can be edited."""
    return Path(shutil.copytree(BOOK, tmp_path / "study_book"))


def begin(start: Start, study_book: Path, **more: str) -> PseudoTerminal:
    variables = {"HANDBOOK_ONLY": str(study_book)} | more
    terminal = start("study", "--topic", "choices", variables=variables)
    terminal.wait_for("how sure are you?")
    return terminal


def test_an_answer_is_kept_through_a_kill_and_the_session_goes_on(
    start: Start, study_book: Path, database: Path
) -> None:
    terminal = begin(start, study_book)
    terminal.press("n")
    terminal.wait_for("it comes back")
    terminal.press("1")
    terminal.wait_for("2 of 3")
    terminal.kill(signal.SIGKILL)
    assert [rating for _, rating in rows(database, ANSWERS)] == [1]
    again = start("study", variables={"HANDBOOK_ONLY": str(study_book)})
    again.wait_for("2 of 3")
    again.press("u")
    again.wait_for("1 of 2")
    assert rows(database, "SELECT count(*) FROM event WHERE kind = 'void'") == [(1,)]


def test_a_dropped_line_ends_study_and_loses_nothing(
    start: Start, study_book: Path, database: Path
) -> None:
    terminal = begin(start, study_book)
    terminal.press("n")
    terminal.wait_for("it comes back")
    terminal.press("1")
    terminal.wait_for("2 of 3")
    terminal.kill(signal.SIGHUP)
    assert terminal.wait() == 128 + signal.SIGHUP
    assert len(rows(database, ANSWERS)) == 1


def test_a_question_is_mended_in_the_editor_and_stays_on_the_table(
    start: Start, study_book: Path, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/Tick all that apply/Tick what applies/" "$2"\n')
    editor.chmod(0o700)
    terminal = begin(start, study_book, EDITOR=str(editor))
    terminal.wait_for("Tick all that apply")
    terminal.press("b")
    terminal.wait_for("[x]")
    terminal.press("E")
    terminal.wait_for("Tick what applies")
    terminal.wait_for("[x]")
