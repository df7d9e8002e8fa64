"""`handbook mock`: lists, interviews line by line, reports, and a second terminal that watches."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handbook import main
from handbook.store.store import Store
from tests.cli.conftest import Done

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "tests" / "frames" / "book"
HELD = (
    *("", "", "h", "a", "3 two words", "3 said what to expect", "=", "2 silent for minutes"),
    *("n a note", "]", "C", "y", "", "C", "y"),
)
ALONE = (
    *("", "first line", "h", "second line", ".", "y", "n", "", "", "3 one test at a time", ""),
    *(".", "n", ""),
)


@pytest.fixture
def hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Run a command with lines on stdin."""

    def hold(*argv: str, lines: tuple[str, ...] = ()) -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        code = main.run(["mock", *argv, "--plain", "--only", str(BOOK), "--data", str(tmp_path)])
        return Done(code, *capsys.readouterr())

    return hold


def kinds(folder: Path) -> list[str]:
    store = Store.open(folder / "progress.db")
    try:
        return [event.entry.kind for event in store.practice.events()]
    finally:
        store.close()


def test_the_list_names_the_loops_and_makes_no_file(hold, tmp_path: Path) -> None:
    done = hold()
    assert done.out.splitlines()[0] == "ml-engineer  ML engineer, 40 min"
    assert not (tmp_path / "progress.db").exists()
    assert hold("--json").json["loops"][0]["rounds"][0]["items"] == ["m-000001", "m-000002"]


def test_an_interview_is_held_line_by_line_and_reported(hold, tmp_path: Path) -> None:
    done = hold("ml-engineer", lines=HELD)
    assert done.code == 0
    assert "(probe) What is the natural logarithm of ten?" in done.out
    assert "2 words are no evidence" in done.out
    assert "scored; hidden until the round is closed" in done.out
    before, _, after = done.out.partition("The round is closed.")
    assert "score 3" not in before
    assert " 3  Debugging method" in after
    assert "Gaps: at least once below 3" in after
    assert kinds(tmp_path)[-1] == "session_end"


def test_alone_nothing_is_told_before_the_answer_is_done(hold) -> None:
    done = hold("ml-engineer", "--solo", "--round", "1", lines=ALONE)
    before, _, after = done.out.partition("Was it in your answer?")
    assert "gradient is ever computed" not in before
    assert "[1]" not in before
    assert "No gradient is ever computed." in after
    assert "1 criterion" not in done.err
    report = hold("report", "--format", "json").json
    assert report["items"][0]["outline"] == "first line\nsecond line"
    assert (report["items"][0]["points"], report["items"][0]["hints"]) == (2, 1)
    assert report["strengths"] == ["Debugging method"]


def test_leaving_keeps_everything_and_it_goes_on(hold) -> None:
    done = hold("ml-engineer", lines=("", "a", "q"))
    assert "goes on" in done.err
    done = hold("resume", lines=("b", "q"))
    assert "a, met: Names 2.30" in done.out
    assert "Met: Sees that nothing computes a gradient" in done.out


def test_the_end_of_the_input_is_the_end(hold) -> None:
    done = hold("ml-engineer", lines=())
    assert done.code == 0
    assert "kept" in done.err


def test_reports_have_three_forms(hold) -> None:
    hold("ml-engineer", "--name", "Ada", lines=HELD)
    assert hold("report", "--format", "md").out.startswith("# Mock interview: ML engineer\n")
    assert hold("report", "--format", "txt").out.startswith("Mock interview: ML engineer\n")
    report = hold("report", "--format", "json").json
    assert report["name"] == "Ada"
    assert report["dimensions"][0]["scores"][0]["evidence"] == ["said what to expect"]
    assert hold("report", report["id"], "--json").json == report


def test_with_json_the_document_alone_is_on_stdout(hold) -> None:
    done = hold("ml-engineer", "--json", lines=HELD)
    assert done.json["gaps"] == ["Explaining"]
    assert "? for help" in done.err


def test_history_draws_no_trend_from_few_rounds(hold) -> None:
    assert hold("history").out == ""
    hold("ml-engineer", lines=HELD)
    done = hold("history")
    assert "too few to speak of a trend" in done.out
    found = hold("history", "--json").json
    assert found["dimensions"][0]["is_trend"] is False
    assert found["interviews"][0]["loop"] == "ml-engineer"


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("nobody",), 1, "no loop is called 'nobody' (there are: ml-engineer)"),
        (("ml-enginer",), 1, "nearest: ml-engineer"),
        (("ml-engineer", "--round", "9"), 1, "ml-engineer has no round 9 (1 to 2)"),
        (("ml-engineer", "again"), 2, "does not know what to do with 'again'"),
        (("report",), 1, "there was no mock interview yet"),
        (("report", "1", "2"), 2, "does not know what to do with '2'"),
        (("report", "--solo"), 2, "--solo belongs to `handbook mock LOOP`"),
        (("history", "--format", "md"), 2, "--format belongs to `handbook mock report`"),
        (("report", "--format", "pdf"), 2, "'pdf' is none of md, txt, json"),
        (("resume",), 1, "no interview is open"),
    ],
)
def test_a_mistake_is_one_clear_line(hold, argv, code: int, said: str) -> None:
    done = hold(*argv)
    assert done.code == code
    assert said in done.err
    assert done.err.count("\n") == 1


def test_a_second_terminal_shows_what_is_asked_and_nothing_else(tmp_path: Path) -> None:
    """Two processes on one store: the one interviews, the other follows."""
    command = [sys.executable, "-m", "handbook", "mock"]
    where = ["--plain", "--only", str(BOOK), "--data", str(tmp_path)]
    how = {
        "stdin": subprocess.PIPE,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "text": True,
        "cwd": ROOT,
        "env": {**os.environ, "PYTHONUNBUFFERED": "1"},
    }
    with ExitStack() as stack:

        def start(*words: str) -> subprocess.Popen[str]:
            process = stack.enter_context(subprocess.Popen([*command, *words, *where], **how))  # type: ignore[call-overload]
            stack.callback(process.kill)
            return process

        interviewer = start("ml-engineer")
        wait_for(interviewer, "Enter begins the round")
        watcher = start("watch")
        wait_for(watcher, "A round is about to begin.")
        say(interviewer, "")
        assert "A loss that stays" in wait_for(watcher, "20 minutes")
        say(interviewer, "a", "n not for the candidate", "]")
        seen = wait_for(watcher, "10 minutes")
        assert "The second item" in seen
        for secret in ("Names 2.30", "candidate", "Debugging method", "gradient is"):
            assert secret not in seen
        say(interviewer, "C", "y", "", "C", "y")
        rest, complaints = watcher.communicate(timeout=60)
        assert rest.endswith("The interview is over.\n")
        assert (watcher.returncode, complaints) == (0, "")
        interviewer.communicate(timeout=60)
        assert interviewer.returncode == 0


def say(process: subprocess.Popen[str], *lines: str) -> None:
    assert process.stdin is not None
    process.stdin.write("".join(f"{line}\n" for line in lines))
    process.stdin.flush()


def wait_for(process: subprocess.Popen[str], words: str) -> str:
    """Return what a process says up to some words; fail if it ends before them."""
    assert process.stdout is not None
    seen = ""
    while words not in seen:
        sign = process.stdout.read(1)
        assert sign, seen
        seen += sign
    return seen
