"""Whatever goes wrong is one line on stderr with the right exit code, and never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handbook import main
from tests.cli.conftest import ROOT, environment

HANDBOOK = [sys.executable, "-m", "handbook"]


@pytest.mark.parametrize(
    ("argv", "code", "line"),
    [
        (("show", "no-such-page"), 1, "nothing in the book is called 'no-such-page'"),
        (("show", "ml-enginer"), 1, "(nearest: roles/ml-engineer"),
        (("show", "ml-engineer#tool"), 1, "has no heading 'tool' (nearest: roles/ml-engineer#too"),
        (("show", ""), 1, "nothing in the book is called ''"),
        (("docter",), 1, "; or the command doctor?)"),
        (("--frob",), 2, "handbook has no option '--frob'"),
        (("--theme", "pink", "list"), 2, "--theme: must be one of"),
        (("--only", "/no/such/folder", "list"), 3, "/no/such/folder cannot be read"),
        (("--only", "~nobody-here/x", "list"), 2, "'~nobody-here/x': there is no such user"),
        (("--data", "/dev/null/x", "checklist", "tick", "c-000001"), 4, "/dev/null/x"),
        (("show", "x\x1b[31m\x07\ny"), 1, "is called"),
        (("show", "\udcff"), 1, "is called"),
        (("show", "x" * 100_000), 1, " ... "),
        (("search", "z" * 100_000), 1, "found nothing for"),
        (("show", "-"), 2, "- reads Markdown from stdin"),
    ],
)
def test_an_expected_failure_is_one_line(run, monkeypatch, argv, code, line):
    monkeypatch.setattr(sys, "stdin", None)
    done = run(*argv)
    assert done.code == code
    assert line in done.err
    assert done.err.startswith("handbook: ")
    assert done.err.count("\n") == 1
    assert len(done.err) < 700
    assert done.err.rstrip("\n").isprintable()
    assert done.out == ""


def test_a_wrong_settings_file_names_its_line(run, own_home):
    config = own_home / "config" / "handbook" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('mouse = true\ntheme = "pink"\n')
    done = run("list")
    assert (done.code, done.out) == (2, "")
    assert f"{config}:2: theme: must be one of" in done.err


def test_an_interrupt_is_exit_code_130(run, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("handbook.cli.commands.run_command", interrupt)
    assert run("list") == (130, "", "")


def test_bugs_travel_untouched(run, monkeypatch):
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("handbook.cli.commands.run_command", fail)
    with pytest.raises(ZeroDivisionError):
        main.run(["list"])


def test_a_reader_who_leaves_is_no_reason_to_complain(small):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*HANDBOOK, "list"], stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_closed_stdout_and_a_full_disk_are_told(small):
    closed = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *HANDBOOK, "list"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (closed.returncode, closed.stderr) == (
        1,
        "handbook: there is no stdout to write to (it was closed at the start)\n",
    )
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*HANDBOOK, "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            check=False,
        )
    assert (done.returncode, done.stderr) == (
        1,
        "handbook: stdout cannot be written: No space left on device\n",
    )


def test_a_closed_stderr_changes_nothing_else(small):
    done = subprocess.run(
        ["sh", "-c", '"$@" 2>&-', "sh", *HANDBOOK, "show", "nope"],
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, b"")


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"PYTHONIOENCODING": "latin-1"}, "Glück =".encode("latin-1")),
        ({"PYTHONIOENCODING": "ascii"}, b"Gl?ck ="),
        ({"LC_ALL": "C"}, "Glück ━".encode()),
        ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, b"Gl?ck ="),
    ],
)
def test_an_encoding_that_lacks_signs_gets_others(book, variables, expected):
    folder = book({"a.md": "# Glück\n\nText.\n"}, "other")
    command = [*HANDBOOK, "--only", str(folder), "show", "a"]
    done = subprocess.run(
        command, capture_output=True, cwd=ROOT, env=environment(**variables), check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b" ".join(done.stdout[:12].split()).startswith(expected)


def test_json_is_ascii_where_stdout_is_not_utf8(book):
    folder = book({"a.md": "# Glück\n\nText.\n"}, "other")
    command = [*HANDBOOK, "--only", str(folder), "list", "--json"]
    ascii_only = environment(PYTHONIOENCODING="latin-1")
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=ascii_only, check=False)
    assert b'"title": "Gl\\u00fcck"' in done.stdout


@pytest.mark.parametrize(
    "argv", [["show", "ml-engineer"], ["search", "tools"], ["list"], ["roles"]]
)
def test_no_command_imports_textual(small, argv):
    code = (
        "import sys; from handbook.main import run\n"
        f"code = run({argv!r})\n"
        "assert not {'textual', 'rich'} & sys.modules.keys()\n"
        "sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_show_with_a_warm_cache_reads_no_markdown_and_no_database(small):
    show = "import sys; from handbook.main import run; run(['show', 'ml-engineer'])\n"
    heavy = {"markdown_it", "yaml", "sqlite3", "rapidfuzz", "json", "subprocess"}
    code = f"{show}assert not {heavy!r} & sys.modules.keys(), {heavy!r} & sys.modules.keys()"
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", show], cwd=ROOT, capture_output=True, check=False
        )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_folder_that_was_removed_under_us_is_no_bug(small, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f'cd {gone} && rmdir {gone} && exec "$@"'
    environ = environment(PYTHONPATH=str(ROOT))
    done = subprocess.run(
        ["sh", "-c", command, "sh", *HANDBOOK, "check"],
        capture_output=True,
        text=True,
        env=environ,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        0,
        "handbook: 9 pages checked: 0 errors, 0 warnings\n",
    )


def test_the_real_home_is_never_used(own_home):
    assert os.environ["HOME"] == str(own_home)
    assert not any(name.startswith("HANDBOOK_") for name in os.environ)
