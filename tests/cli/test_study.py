"""`handbook study` line by line, `handbook next`, `handbook flags`, `handbook suspended`."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from handbook import main
from handbook.loader.library import Library
from handbook.model import Entry
from handbook.store.clock import SYSTEM_CLOCK
from handbook.store.store import Store
from tests.cli.conftest import ROOT, Done, environment
from tests.practice.study_book import CURVE, FILES, KINDS, _bank, write_book
from tests.store.conftest import HandClock

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from handbook.model import Question

    Study = Callable[..., Done]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = write_book(
        tmp_path / "book",
        FILES
        | {
            "questions/kinds.md": _bank("kinds", "loss", KINDS),
            "questions/curves.md": _bank("curves", "bias", CURVE),
        },
    )
    monkeypatch.setenv("HANDBOOK_ONLY", str(found))
    monkeypatch.setenv("HANDBOOK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LANG", "C.UTF-8")
    return found


@pytest.fixture
def study(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Study:
    """Run a command with lines on stdin."""

    def run(*argv: str, lines: Sequence[str] = ()) -> Done:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        code = main.run(argv)
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture
def reviews(tmp_path: Path) -> Callable[[], list[tuple[str, int, int | None, float]]]:
    """Return the answers in the store: question, rating, confidence, share."""

    def read() -> list[tuple[str, int, int | None, float]]:
        store = Store.open(tmp_path / "data" / "progress.db")
        try:
            entries = [event.entry for event in store.practice.events("review")]
        finally:
            store.close()
        return [(e.item_uid, e.rating, e.confidence, e.correct) for e in entries]

    return read


def letters_of(question: Question, seed: str) -> str:
    """Return the letters of the right options, as the screen shows them."""
    from handbook.study.answering import letters, sheet_for

    sheet = sheet_for(question, seed)
    pairs = zip(letters(sheet), sheet.order, strict=True)
    return " ".join(letter for letter, index in pairs if question.task.options[index].is_right)


def right(folder: Path, question_id: str) -> str:
    found = {each.id: each for each in Library.open([folder]).questions()}
    return letters_of(found[question_id], f"{question_id}/0")


# Answering every kind


def test_a_choice_is_answered_by_letter_with_how_sure_one_is(study, folder, reviews) -> None:
    answer = right(folder, "q-000003")
    done = study("study", "--topic", "loss", lines=[answer, "3", "q"])
    assert done.code == 0
    assert reviews() == [("q-000003", 3, 3, 1.0)]
    assert "1 of 7, Loss, 15 min left" in done.out
    assert "\nRight.\n" in done.out
    assert "Because of number 3." in done.out
    assert "handbook show roles#tools" in done.out
    assert "1 question, 1 right at the first answer" in done.out
    assert "\x1b" not in done.out


def test_the_digit_may_stand_behind_the_letter(study, folder, reviews) -> None:
    study("study", "--topic", "loss", lines=[f"{right(folder, 'q-000003')} 1"])
    assert reviews() == [("q-000003", 2, 1, 1.0)]


def test_sure_and_wrong_is_said_plainly(study, folder, reviews) -> None:
    wrong = {"a": "b", "b": "a"}[right(folder, "q-000003")]
    done = study("study", "--topic", "loss", lines=[f"{wrong}3"])
    assert reviews() == [("q-000003", 1, 3, 0.0)]
    assert "Not right, and you were sure: it comes back within three days." in done.out
    assert "It is the other way round." in done.out
    assert "Missed, and coming back\n  q-000003  Loss 3 (roles#tools)" in done.out


def test_every_kind_can_be_answered(study, folder, reviews) -> None:
    found = {each.id: each for each in Library.open([folder]).questions()}
    order = found["q-0000a1"]
    pairs = found["q-0000p1"]
    from handbook.study.answering import sheet_for

    def placed(question: Question, count: int) -> str:
        at = sheet_for(question, f"{question.id}/0").order
        return " ".join("abc"[at.index(index)] for index in range(count))

    lines = [
        *(right(folder, "q-0000m1"), "2"),
        *("learnd", "falls", "y", ""),
        *("2", "y", "n", ""),
        *(placed(order, 3), "2"),
        *(placed(pairs, 2), "2"),
        f"2 {right(folder, 'q-0000b1')} 3",
    ]
    done = study("study", "--topic", "kinds", "--minutes", "0", lines=lines)
    assert done.code == 0, done.err
    assert {name: (rating, share) for name, rating, _, share in reviews()} == {
        "q-0000m1": (3, 1.0),
        "q-0000c1": (3, 1.0),
        "q-0000r1": (2, pytest.approx(2 / 3)),
        "q-0000a1": (3, 1.0),
        "q-0000p1": (3, 1.0),
        "q-0000b1": (3, 1.0),
    }
    assert "'learnd' is nearly 'learned'. Count it? y or n: y" in done.out
    assert "How was it? 1 forgot, 2 right but hard, 3 right, 4 easy [2]:" in done.out
    assert "By kind: multi 1 of 1, cloze 1 of 1, recall 1 of 1" in done.out


def test_a_cue_shows_its_notes_and_is_judged_by_its_reader(study, reviews) -> None:
    done = study("study", "--topic", "roles", "--grades", "2", lines=["", "2", "1"])
    assert reviews() == [("q-0000q1", 1, None, 0.0)]
    assert "Containers." in done.out
    assert "How was it? 1 forgot, 3 right [3]: 2\nThat is none of them.\nHow was it?" in done.out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("c", "nothing here has the letter 'c'"),
        ("a b", "'a b' is no answer here"),
        ("perhaps", "'perhaps' is no answer here"),
        ("7", "'7' is no answer here"),
        ("", "`n` if you don't know"),
        ("a 3 b", "'a 3 b' is no answer here"),
        ("\x1b[31mä", "is no answer here"),
    ],
)
def test_what_is_no_answer_is_asked_again(study, reviews, line, said) -> None:
    done = study("study", "--topic", "loss", lines=[line, "n"])
    assert said in done.out
    assert [rating for _, rating, _, _ in reviews()] == [1]
    assert "\x1b" not in done.out


# Commands


def test_not_knowing_shows_the_answer_and_brings_it_back(study, reviews) -> None:
    done = study("study", "--topic", "loss", lines=["n"])
    assert reviews() == [("q-000003", 1, None, 0.0)]
    assert "Not known: here it is." in done.out
    assert "2 of 8, Loss" in done.out


def test_hints_come_one_by_one(study) -> None:
    done = study("study", "--topic", "loss", lines=["h", "h", "q"])
    assert "Hint 1  Look at loss 3." in done.out
    assert done.out.count("Look at loss 3.") == 1
    assert "There are no more hints." in done.out


def test_an_answer_is_taken_back_and_brought_again(study, folder, reviews) -> None:
    answer = right(folder, "q-000003")
    done = study("study", "--topic", "loss", lines=[f"{answer} 2", "u", "u", "redo", "u", "q"])
    assert reviews() == []
    assert "Your answer stands below until you give another." in done.out
    assert "There is nothing to take back." in done.out
    assert "It counts again." in done.out


def test_questions_are_held_back_suspended_and_flagged(study, reviews) -> None:
    lines = ["flag", "flag It is out of date", "hold", "suspend", "n", "suspend", "y", "q"]
    done = study("study", "--topic", "loss", lines=lines)
    assert reviews() == []
    assert "Say what is wrong" in done.out
    assert "Held back until tomorrow." in done.out
    flags = study("flags")
    assert flags.out == "q-000003\tquestions/loss.md:45\tLoss 3\tIt is out of date\n"
    assert study("flags", "--json").json == [
        {
            "id": "q-000003",
            "title": "Loss 3",
            "topic": "loss",
            "file": "questions/loss.md",
            "line": 45,
            "note": "It is out of date",
        }
    ]
    assert study("next", "--topic", "loss", "--json").json["id"] == "q-000001"


def test_a_suspended_question_is_listed_and_comes_again_when_it_is_taken_up(study) -> None:
    study("study", "--topic", "loss", lines=["suspend", "y", "q"])
    listed = study("suspended")
    assert listed.out == "q-000003\tquestions/loss.md:45\tLoss 3\n"
    assert listed.err == "handbook: 1 suspended\n"
    assert study("next", "--topic", "loss", "--json").json["id"] != "q-000003"
    taken = study("suspended", "--take-up", "q-000003")
    assert (taken.out, taken.code) == ("", 0)
    assert taken.err == "handbook: Loss 3: comes again\nhandbook: 0 suspended\n"
    assert study("next", "--topic", "loss", "--json").json["id"] == "q-000003"


def test_only_what_is_suspended_can_be_taken_up(study) -> None:
    study("study", "--topic", "loss", lines=["suspend", "y", "q"])
    done = study("suspended", "--take-up", "q-000003", "q-000001")
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "handbook: q-000001 is not suspended (`handbook suspended` lists those that are)\n"
    )
    assert "q-000003" in study("suspended").out, "nothing was changed"


def test_an_easier_question_takes_its_place(study) -> None:
    done = study("study", "--topic", "loss", lines=["easier", "q"])
    assert "loss has no easier question to take its place" in done.out


def test_the_help_names_what_can_be_typed(study) -> None:
    done = study("study", "--topic", "loss", lines=["?", "q"])
    assert "flag WORDS    say what is wrong with the question" in done.out


def test_a_plot_is_shown_as_a_table_and_back(study) -> None:
    done = study("study", "--topic", "curves", lines=["t", "t", "q"])
    assert done.out.count("How does it go on?") == 3
    assert done.out.count("\nepoch") == 1
    assert "There is no plot here." in study("study", "--topic", "loss", lines=["t"]).out


# Beginning and end


def test_the_end_of_input_ends_the_session_with_its_summary(study, reviews) -> None:
    done = study("study", "--topic", "loss", lines=[])
    assert done.code == 0
    assert "Study: 7 questions, 15 min." in done.out
    assert reviews() == []


def test_a_session_that_was_cut_off_goes_on(study, folder, tmp_path) -> None:
    from handbook.practice.desk import Desk
    from handbook.practice.studying import Studying

    store = Store.open(tmp_path / "data" / "progress.db")
    studying = Studying(Desk(Library.open([folder]), store))
    session = studying.begin()
    studying.hold(session, studying.sheet(session).question)
    store.close()
    assert "Study: 7 questions more, 15 min." in study("study", lines=["q"]).out
    assert "Study: 8 questions, 15 min." in study("study", lines=["q"]).out


def test_the_summary_is_one_document(study, folder) -> None:
    lines = [f"{right(folder, 'q-000003')} 3", "n", "q"]
    done = study("study", "--topic", "loss", "--json", lines=lines)
    summary = done.json
    assert list(summary) == [
        *("session", "mode", "minutes", "answers", "questions", "right", "kinds", "sure"),
        *("lucky", "moved", "missed", "waiting", "cost", "forecast"),
    ]
    assert (summary["mode"], summary["answers"], summary["right"]) == ("study", 2, 1)
    assert summary["kinds"] == [{"kind": "single", "right": 1, "of": 2}]
    assert summary["sure"] == {"right": 1, "of": 1}
    assert summary["moved"][0]["topic"] == "loss"
    assert [each["id"] for each in summary["missed"]] == ["q-000006"]
    assert "What is right about number 3?" in done.err


def test_a_clock_that_was_set_back_is_told(study, folder, tmp_path) -> None:
    clock = HandClock(SYSTEM_CLOCK.now_ms() + 3_600_000)
    store = Store.open(tmp_path / "data" / "progress.db", clock)
    store.practice.append(Entry("hold", "q-000001", {"until": 0}))
    store.close()
    done = study("study", "--topic", "loss", lines=["q"])
    assert done.code == 0
    assert "if the clock is wrong, set it right before you answer" in done.err


def test_nothing_to_do_is_no_failure(study) -> None:
    study("study", "--sprint", "flagged", lines=[])
    done = study("study", "--sprint", "flagged", "--json", lines=[])
    assert (done.code, done.json["answers"], done.json["session"]) == (0, 0, "")


def test_a_sprint_is_logged_as_one(study, tmp_path) -> None:
    done = study("study", "--sprint", "--topic", "bias", lines=["n"])
    assert "Sprint: 4 questions, 15 min." in done.out
    store = Store.open(tmp_path / "data" / "progress.db")
    (event,) = store.practice.events("review")
    store.close()
    assert event.entry.data["mode"] == "sprint"


@pytest.mark.parametrize(
    ("argv", "said", "code"),
    [
        (("study", "--topic", "los"), "no question has the topic 'los' (nearest: loss)", 1),
        (("study", "--sprint", "mised"), "nearest: missed", 2),
        (("study", "--minutes", "-3"), "--minutes", 2),
        (("study", "--grades", "3"), "'3' is neither 2 nor 4", 2),
        (("study", "--date", "soon"), "'soon' is no date", 2),
        (("study", "--date", "2027-03-01"), "no checklist that counts back from a date", 1),
        (("next", "--topic", "los"), "nearest: loss", 1),
    ],
)
def test_bad_input_gets_one_clear_line(study, argv, said, code) -> None:
    done = study(*argv)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert done.err.count("\n") == 1


def test_the_next_question_is_shown_without_its_answer_and_without_a_store(study, tmp_path) -> None:
    done = study("next", "--topic", "loss")
    assert done.code == 0
    assert "What is right about number 3?" in done.out
    assert "Because of number 3." not in done.out
    assert "new; 7 in a session" in done.err
    record = study("next", "--json").json
    assert record["id"] == "q-0000m1"
    assert (record["reason"], record["count"]) == ("first", 8)
    assert study("flags", "--json").json == []
    assert study("suspended", "--json").json == []
    assert not (tmp_path / "data").exists()


def test_nothing_comes_next_once_the_day_is_done(study) -> None:
    for _ in range(5):
        study("study", "--minutes", "0", lines=["hold"] * 20)
    done = study("next")
    assert (done.code, done.out) == (1, "")
    assert "nothing is due now, and nothing is new for today" in done.err


def test_without_a_terminal_the_command_reads_lines_and_loads_no_textual(folder) -> None:
    code = (
        "import sys; from handbook.main import run; code = run(['study', '--topic', 'loss']);"
        "print([code, [m for m in ('textual', 'rich') if m in sys.modules]])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input="n\nq\n",
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment(),
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout.splitlines()[-1].replace("'", '"')) == [0, []]
    assert "Not known: here it is." in done.stdout


def test_input_that_is_no_text_ends_nothing(folder) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "handbook", "study", "--topic", "loss"],
        input=b"\xff\xfe\x00\nn\nq\n",
        capture_output=True,
        cwd=ROOT,
        env=environment(),
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "is no answer here" in done.stdout.decode()
