"""Running commands in this process on the small book, and as a process of their own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pytest

from handbook import main

if TYPE_CHECKING:
    from tests.conftest import WriteBook

ROOT = Path(__file__).parents[2]


class Done(NamedTuple):
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The JSON document on stdout."""
        return json.loads(self.out)


class Run(Protocol):
    """Runs a command."""

    def __call__(self, *argv: str) -> Done: ...


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Name the folder of the reader's data; only a command that keeps something makes it."""
    return tmp_path / "data"


@pytest.fixture
def small(book: WriteBook, data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the small book and put it in use for every command of this test."""
    folder = book()
    monkeypatch.setenv("HANDBOOK_ONLY", str(folder))
    monkeypatch.setenv("HANDBOOK_DATA_DIR", str(data))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LANG", "C.UTF-8")
    return folder


@pytest.fixture
def run(small: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the small book in this process."""

    def run(*argv: str) -> Done:
        code = main.run(argv)
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture
def process(small: Path) -> Run:
    """Run a command on the small book as a process of its own, without a terminal."""

    def run(*argv: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "handbook", *argv],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            cwd=ROOT,
            check=False,
            timeout=60,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


class Terminal(io.TextIOWrapper):
    """Something like a terminal to write to."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")

    def isatty(self) -> bool:
        return True

    def read_all(self) -> str:
        """Return what was written."""
        self.flush()
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined]


@pytest.fixture
def on_terminal(small: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process with stdout taken for a terminal of 60 columns."""
    monkeypatch.setenv("COLUMNS", "60")

    def run(*argv: str) -> Done:
        out, err = Terminal(), io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = main.run(argv)
        return Done(code, out.read_all(), err.getvalue())

    return run


def environment(**changes: str) -> dict[str, str]:
    """Return this environment with changes."""
    return {**os.environ, **changes}
