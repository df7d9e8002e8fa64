"""Copying: through tmux, through screen, or by OSC 52, and what the reader is told."""

from __future__ import annotations

import os
import stat
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest

from handbook.tui.clipboard import SCREEN_CHUNK, copy, copy_to_tmux, osc52, wrapped_for_screen

if TYPE_CHECKING:
    from pathlib import Path


class FakeDriver:
    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, data: str) -> None:
        self.written.append(data)


class FakeApp:
    """What `copy` needs of an app: the driver that writes to the terminal."""

    def __init__(self, driver: FakeDriver | None) -> None:
        self._driver = driver


@pytest.fixture
def app() -> FakeApp:
    return FakeApp(FakeDriver())


@pytest.fixture
def tmux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a tmux on the path that keeps what it is given; return the file it writes."""
    program = tmp_path / "bin" / "tmux"
    program.parent.mkdir()
    kept = tmp_path / "buffer"
    program.write_text(f'#!/bin/sh\n[ "$*" = "load-buffer -w -" ] || exit 9\ncat > {kept}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return kept


def test_a_text_is_sent_to_the_terminal_as_base64() -> None:
    sequence = osc52("naïve 机器")
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\x07")
    assert b64decode(sequence[7:-1]).decode() == "naïve 机器"


def test_outside_of_all_the_terminal_is_asked_directly(app: FakeApp) -> None:
    said = copy(app, "text", {})
    assert app._driver.written == [osc52("text")]
    assert said == "Sent 4 characters to your clipboard (OSC 52; `handbook show` prints the same)"


def test_an_escape_in_the_text_cannot_end_the_sequence(app: FakeApp) -> None:
    copy(app, "a\x07b\x1b\\c", {})
    assert app._driver.written[0].count("\x07") == 1
    assert app._driver.written[0].count("\x1b") == 1


def test_in_tmux_its_own_buffer_is_filled(app: FakeApp, tmux: Path) -> None:
    said = copy(app, "two\nlines", {"TMUX": "/tmp/tmux-0/default,1,0"})
    assert tmux.read_text() == "two\nlines"
    assert app._driver.written == []
    assert said.startswith("Copied 9 characters to tmux (prefix ] pastes)")


def test_where_tmux_refuses_the_terminal_is_asked(app: FakeApp, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert not copy_to_tmux("text")
    copy(app, "text", {"TMUX": "/tmp/tmux-0/default,1,0"})
    assert app._driver.written == [osc52("text")]


def test_a_tmux_too_old_for_it_counts_as_a_refusal(tmux: Path) -> None:
    program = tmux.parent / "bin" / "tmux"
    program.write_text("#!/bin/sh\nexit 1\n")
    assert not copy_to_tmux("text")


def test_screen_gets_it_wrapped_in_pieces(app: FakeApp) -> None:
    said = copy(app, "x" * 2000, {"STY": "1.pts-0.host"})
    written = app._driver.written
    assert len(written) > 1
    assert all(len(part) <= 768 for part in written)
    assert said == "Sent 2,000 characters to your clipboard by way of screen"


def test_the_pieces_for_screen_are_the_sequence() -> None:
    sequence = osc52("y" * 3000)
    pieces = wrapped_for_screen(sequence)
    assert "".join(p.removeprefix("\x1bP").removesuffix("\x1b\\") for p in pieces) == sequence
    assert max(len(piece) for piece in pieces) == SCREEN_CHUNK + 4


def test_without_a_terminal_nothing_is_claimed() -> None:
    assert copy(FakeApp(None), "text", {}) == "Nothing was copied: there is no terminal"
