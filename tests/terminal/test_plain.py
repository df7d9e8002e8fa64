"""Where no screen can be drawn the handbook prints text, says why in one line, and never hangs."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import HANDBOOK

if TYPE_CHECKING:
    from pathlib import Path

    from tests.terminal.conftest import Start

UNABLE = [{"TERM": "dumb"}, {"TERM": None}, {"TERM": "unknown"}, {"TERM": ""}]


def run(
    environ: dict[str, str], book: Path, *words: str, **changes: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [HANDBOOK, *words],
        env=environ | {"HANDBOOK_ONLY": str(book)} | changes,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=10,
        check=False,
    )


def test_without_any_terminal_the_pages_are_listed(
    environ: dict[str, str], small_book: Path
) -> None:
    done = run(environ, small_book)
    assert done.returncode == 0
    assert "ML engineer" in done.stdout.decode()
    assert b"\x1b" not in done.stdout + done.stderr
    assert done.stderr.decode().count("\n") == 1
    assert "stdin is not a terminal" in done.stderr.decode()


def test_without_any_terminal_a_page_is_printed(environ: dict[str, str], small_book: Path) -> None:
    done = run(environ, small_book, "ml-engineer")
    assert done.returncode == 0
    assert "Trains models and puts them to use" in done.stdout.decode()
    assert b"\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("variables", UNABLE)
def test_a_terminal_without_a_cursor_gets_plain_lines(
    start: Start, variables: dict[str, str | None]
) -> None:
    terminal = start("ml-engineer", variables=variables)
    assert terminal.wait() == 0
    assert "Trains models and puts them to use" in terminal.text
    assert b"\x1b" not in terminal.output
    assert "no screen" in terminal.text


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_one_stream_that_is_no_terminal_is_enough_to_print_instead(
    start: Start, tmp_path: Path, stream: str
) -> None:
    with (tmp_path / "file").open("w+") as file:
        terminal = start("ml-engineer", **{stream: file.fileno()})
        assert terminal.wait() == 0
        file.seek(0)
        everything = terminal.output.decode() + file.read()
    assert "Trains models and puts them to use" in everything
    assert f"{stream} is not a terminal" in everything
    assert "\x1b[?1049h" not in everything


def test_plain_is_a_choice_of_the_reader_too(start: Start) -> None:
    terminal = start("--plain", "ml-engineer")
    assert terminal.wait() == 0
    assert "Trains models and puts them to use" in terminal.text
    assert b"\x1b[?1049h" not in terminal.output


@pytest.mark.parametrize(
    "variables",
    [
        {"LANG": None, "LC_ALL": "C"},
        {"LANG": None},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    ],
)
def test_no_locale_or_encoding_spoils_the_screen(
    start: Start, variables: dict[str, str | None]
) -> None:
    terminal = start(variables=variables)
    terminal.wait_for("of 3 done")
    assert "\\u" not in terminal.text
    assert "◐" in terminal.text or "○" in terminal.text
    terminal.press("q")
    assert terminal.wait() == 0


def test_a_printed_page_survives_a_latin_stdout(environ: dict[str, str], small_book: Path) -> None:
    done = run(environ, small_book, "show", "index", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert b"Begin with the tools" in done.stdout
    assert done.stderr == b""
