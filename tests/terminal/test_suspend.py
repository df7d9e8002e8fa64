"""Ctrl+Z goes back to the shell and fg to the page, as with any other program."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.terminal.conftest import HANDBOOK
from tests.terminal.pseudo_terminal import PseudoTerminal

if TYPE_CHECKING:
    from collections.abc import Iterator

BASH = shutil.which("bash")


@pytest.fixture
def shell(environ: dict[str, str], small_book: Path) -> Iterator[PseudoTerminal]:
    """Return a shell with job control and a prompt."""
    if BASH is None:
        pytest.skip("there is no bash")
    variables = environ | {"PS1": "prompt> ", "HANDBOOK_ONLY": str(small_book)}
    terminal = PseudoTerminal([Path(BASH), "--norc", "--noprofile", "-i"], variables)
    terminal.wait_for("prompt>")
    yield terminal
    terminal.end()


def test_suspend_gives_the_shell_back_and_fg_the_page(shell: PseudoTerminal) -> None:
    shell.press(f"{HANDBOOK} long\r")
    shell.wait_for("Sentence 3 of many.")
    shell.wait_for_quiet(0.7)
    shell.press("\x1a")
    shell.wait_until(lambda: "Stopped" in shell.output.decode()[-500:])
    assert not shell.modes[b"1049"]
    assert not shell.modes[b"1000"]
    before = len(shell.output)
    shell.press("fg\r")
    shell.wait_until(lambda: b"Sentence 3 of many." in shell.output[before + 5 :])
    shell.press(" ")
    shell.wait_for("Sentence 14 of many.")
    shell.press("Q")
    shell.wait_until(lambda: shell.output.rstrip().endswith(b"prompt>"))
    shell.press("echo $?\r")
    shell.wait_until(lambda: b"\r0\r\n" in shell.output[-80:])
    shell.press("exit\r")
    assert shell.wait() == 0
