"""`handbook exam`: lists, forms, a sitting line by line, reports; nonsense gets one line."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from handbook import main
from handbook.store.store import Store
from tests.cli.conftest import Done

if TYPE_CHECKING:
    from collections.abc import Callable

BOOK = Path(__file__).parents[1] / "frames" / "exam_book"
ALL = ("a 3", "a 3", "a", "20", "a", "It overfits", "hand in", "y", "y", "n")


class Say(Protocol):
    """Runs `handbook exam` on the book of exams, with lines to read."""

    def __call__(self, *argv: str, lines: tuple[str, ...] = ()) -> Done: ...


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    monkeypatch.setenv("HANDBOOK_ONLY", str(BOOK))
    monkeypatch.setenv("HANDBOOK_DATA_DIR", str(tmp_path / "data"))

    def run(*argv: str, lines: tuple[str, ...] = ()) -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return Done(main.run(["exam", *argv]), *capsys.readouterr())

    return run


@pytest.fixture
def kinds(tmp_path: Path) -> Callable[[], list[str]]:
    def read() -> list[str]:
        store = Store.open(tmp_path / "data" / "progress.db")
        found = [event.entry.kind for event in store.practice.events()]
        store.close()
        return found

    return read


def sit(say: Say, seed: str = "a", lines: tuple[str, ...] = ALL) -> Done:
    return say("rehearsal", "--seed", seed, "--plain", lines=lines)


# Lists and forms


def test_the_exams_of_the_book_are_listed_and_nothing_is_made(say: Say, tmp_path: Path) -> None:
    done = say()
    assert done == (0, "rehearsal\tRehearsal\t6\t10\n", "")
    assert not (tmp_path / "data").exists()


def test_a_list_as_json_has_what_is_promised(say: Say) -> None:
    sit(say, lines=("a",))
    found = json.loads(say("--json").out)
    assert [each["name"] for each in found["exams"]] == ["rehearsal"]
    assert found["exams"][0]["questions"] == 6
    assert 590 <= found["in_progress"]["left"] <= 600
    assert found["in_progress"]["number"] == 2
    assert found["attempts"] == []


def test_a_form_is_drawn_without_answers_and_alike_for_everybody(say: Say) -> None:
    first, second = say("draw", "rehearsal", "--seed", "x"), say("draw", "rehearsal", "--seed", "x")
    assert first == second
    assert "rehearsal/x/" in first.out
    assert "Because" not in first.out
    assert "The widening gap is the symptom" not in first.out
    record = say("draw", "rehearsal", "--seed", "x", "--json").json
    assert record["fingerprint"] in first.out
    assert len(record["items"]) == 6


def test_check_says_that_every_exam_can_be_drawn(say: Say) -> None:
    done = say("check")
    assert done == (0, "rehearsal: 6 questions, 10 minutes: can be drawn\n", "")


@pytest.mark.parametrize(
    ("argv", "said", "code"),
    [
        (("rehersal", "--plain"), "no exam is called 'rehersal' (nearest: rehearsal)", 1),
        (("rehearsal", "two"), "does not know what to do with 'two'", 2),
        (("rehearsal", "--seed", "a b"), "'a b' is no seed", 2),
        (("rehearsal", "--clock", "paus"), "nearest: pause", 2),
        (("resume",), "no exam is in progress", 1),
        (("report",), "no exam was handed in yet", 1),
        (("grade",), "no exam was handed in yet", 1),
        (("draw",), "draw takes the name of an exam", 2),
        (("check", "rehersal"), "nearest: rehearsal", 1),
        (("report", "--seed", "x"), "--seed belongs to `handbook exam NAME`", 2),
        (("rehearsal", "--format", "md"), "--format belongs to `handbook exam report`", 2),
        (("history", "--open-book"), "--open-book belongs to `handbook exam NAME`", 2),
        (("report", "--format", "pdf"), "'pdf' is none of md, txt, html, json", 2),
    ],
)
def test_what_makes_no_sense_gets_one_line(
    say: Say, argv: tuple[str, ...], said: str, code: int
) -> None:
    done = say(*argv)
    assert done.code == code
    assert said in done.err
    assert done.err.count("\n") == 1


# A sitting


def test_an_exam_is_sat_line_by_line_and_graded_after_the_end(
    say: Say, kinds: Callable[[], list[str]]
) -> None:
    done = sit(say)
    assert done.code == 0
    assert "Question 1 of 6, 10:00 left" in done.out
    assert "Kept: a, sure." in done.out
    assert "1 of 6 are empty" not in done.out
    assert "In your own words" in done.out
    assert "Did you say so? y or n: y" in done.out
    assert "points" in done.out
    assert kinds()[-5:] == ["review", "review", "session_end", "exam_grade", "review"]


def test_nothing_is_said_of_right_and_wrong_before_the_end(say: Say) -> None:
    done = sit(say, lines=("a", "b", "c"))
    for word in ("right", "symptom", "step is not what separates"):
        assert word not in done.out.casefold()


def test_the_end_of_the_input_keeps_everything(say: Say, kinds: Callable[[], list[str]]) -> None:
    done = sit(say, lines=("a", "flag", "strike b"))
    assert done.code == 0
    assert done.out.endswith("Kept. `handbook exam resume` goes on with it.\n")
    assert kinds()[2:] == ["exam_answer", "exam_tick", "exam_flag", "exam_strike"]
    again = say("resume", lines=("grid", "q"))
    assert "Question 2 of 6" in again.out
    assert "Answered 1: 1" in again.out
    assert "Flagged 1: 2" in again.out


def test_any_order_and_any_number_of_changes(say: Say) -> None:
    lines = (
        "go 4",
        "20",
        "p",
        "clear",
        "nonsense",
        "21",
        "go 9",
        f"go 0001{'9' * 5000}",
        "go 4",
        "t",
        "q",
    )
    done = sit(say, lines=lines)
    assert "Kept: 20" in done.out
    assert "go takes a number from 1 to 6" in done.out
    assert "'nonsense' is no number" in done.out


def test_handing_in_asks_once_and_says_how_many_are_empty(say: Say) -> None:
    done = sit(say, lines=("a", "hand in", "n", "hand in", "y"))
    assert done.out.count("5 of 6 are empty. Hand in? y or n:") == 2
    assert "Not passed" in done.out


def test_a_second_exam_waits_for_the_first(say: Say) -> None:
    sit(say, lines=("a",))
    done = sit(say, seed="b")
    assert done.code == 2
    assert "another exam in progress, 10:00 left, question 2" in done.err


def test_json_has_the_talk_on_stderr_and_one_document_on_stdout(say: Say) -> None:
    done = say("rehearsal", "--seed", "a", "--json", lines=ALL)
    assert done.json["fingerprint"].startswith("rehearsal/a/")
    assert len(done.json["items"]) == 6
    assert "Question 1 of 6" in done.err


# Reports


def test_a_report_comes_in_four_formats(say: Say) -> None:
    sit(say)
    text, markdown = say("report").out, say("report", "--format", "md").out
    html, record = say("report", "--format", "html").out, say("report", "--format", "json").json
    assert text.startswith("Rehearsal\n━━━")
    assert markdown.startswith("# Rehearsal\n\n`rehearsal/a/")
    assert html.startswith("<!DOCTYPE html>")
    for written in (text, markdown, html):
        assert "The widening gap is the symptom" in written
        assert "It overfits" in written
    assert say("report", record["id"]).out == text
    assert say("report", record["id"][:10], "--json").json == record


def test_a_report_in_ascii_has_only_ascii_signs_of_ours(say: Say) -> None:
    sit(say)
    assert say("report", "--ascii").out.isascii()
    assert say("history", "--ascii").out.isascii()


def test_history_has_each_attempt(say: Say) -> None:
    assert "No exam was handed in yet." in say("history").out
    sit(say, "a")
    sit(say, "b")
    found = json.loads(say("history", "--json").out)
    assert [each["fingerprint"].split("/")[1] for each in found] == ["b", "a"]
    assert found[0]["direction"] == 0
    done = say("history")
    assert "An arrow stands only where" in done.out
    assert "↑" not in done.out


def test_nothing_is_said_to_be_kept_that_is_not(say: Say, tmp_path: Path) -> None:
    sit(say, lines=("a",))
    with sqlite3.connect(tmp_path / "data" / "progress.db") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    done = say("resume", "--plain", lines=("a", "q"))
    assert (done.code, done.out) == (4, "")
    assert "newer handbook" in done.err


def test_every_command_of_a_sitting_says_what_it_has_done(say: Say) -> None:
    lines = ("flag", "flag", "p", "t", "sure 2", "a", "p", "sure 2", "hand in", "what", "n", "q")
    done = sit(say, lines=lines)
    for said in (
        "Flagged.",
        "The flag is taken away.",
        "This is the first question.",
        "there is no answer yet to be sure of (answer first)",
        "Kept, think.",
        "That is none of them.",
    ):
        assert said in done.out


def test_heard_a_report_has_figures_and_no_drawings(say: Say) -> None:
    done = sit(say)
    heard = done.out + say("report", "--plain").out + say("history", "--plain").out
    assert "Topic: " in heard
    assert "; Points: " in heard
    for noise in ("o---", "[--", "----", "====", "\u2500", "\u2022", "( )"):
        assert noise not in heard
