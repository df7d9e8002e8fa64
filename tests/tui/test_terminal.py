"""What the terminal can do: colours by name, by tmux, by NO_COLOR; its background; its signs."""

from __future__ import annotations

import os
import signal
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from handbook.settings import Settings
from handbook.terminal import (
    BACKGROUND_REPLY,
    DEVICE_REPLY,
    FRAMES_FAR,
    FRAMES_NEAR,
    Terminal,
    choose,
    colour_depth,
    dark_by_colorfgbg,
    end_by_signals,
    has_unicode,
    is_dark_colour,
    is_remote,
    prepare_textual,
    tmux_depth,
    why_no_screen,
)

if TYPE_CHECKING:
    from pathlib import Path

UTF8 = {"LANG": "en_GB.UTF-8"}


@pytest.mark.parametrize(
    ("term", "depth"),
    [
        ("xterm-256color", "256"),
        ("screen-256color", "256"),
        ("tmux-256color", "256"),
        ("xterm-kitty", "true"),
        ("xterm-ghostty", "true"),
        ("alacritty", "true"),
        ("wezterm", "true"),
        ("foot", "true"),
        ("foot-extra", "true"),
        ("xterm-direct", "true"),
        ("konsole-direct", "true"),
        ("xterm", "16"),
        ("screen", "16"),
        ("tmux", "16"),
        ("linux", "16"),
        ("rxvt-unicode-256color", "256"),
        ("vt100", "none"),
        ("xterm-mono", "none"),
        ("", "16"),
    ],
)
def test_the_name_of_the_terminal_tells_how_many_colours_it_has(term: str, depth: str) -> None:
    assert colour_depth({"TERM": term}) == depth


@pytest.mark.parametrize("word", ["truecolor", "24bit", "TrueColor"])
def test_colorterm_promises_all_colours(word: str) -> None:
    assert colour_depth({"TERM": "xterm", "COLORTERM": word}) == "true"


def test_another_word_in_colorterm_promises_nothing() -> None:
    assert colour_depth({"TERM": "xterm-256color", "COLORTERM": "yes"}) == "256"


@pytest.fixture
def tmux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program called tmux on the path; the test writes what it does."""
    program = tmp_path / "tmux"
    program.touch()
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return program


def test_tmux_tells_whether_the_terminal_outside_has_all_colours(tmux: Path) -> None:
    tmux.write_text("#!/bin/sh\necho 256,RGB,clipboard\n")
    assert tmux_depth({"TMUX": "socket"}, "256") == "true"
    tmux.write_text("#!/bin/sh\necho 256,clipboard\n")
    assert tmux_depth({"TMUX": "socket"}, "256") == "256"


def test_without_tmux_nobody_is_asked(tmux: Path) -> None:
    tmux.write_text("#!/bin/sh\necho RGB\n")
    assert tmux_depth({}, "256") == "256"
    assert tmux_depth({"TMUX": "socket"}, "16") == "16"


def test_a_tmux_that_is_not_there_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert tmux_depth({"TMUX": "socket"}, "256") == "256"


@pytest.mark.parametrize(
    ("environ", "dark", "theme", "depth"),
    [
        ({"TERM": "xterm-256color"}, None, "dark", "256"),
        ({"TERM": "xterm-256color"}, True, "dark", "256"),
        ({"TERM": "xterm-256color"}, False, "light", "256"),
        ({"TERM": "xterm"}, False, "ansi", "16"),
        ({"TERM": "vt100"}, None, "mono", "none"),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, None, "mono", "none"),
        ({"TERM": "xterm-kitty", "NO_COLOR": ""}, None, "mono", "none"),
    ],
)
def test_the_theme_follows_from_the_terminal(
    environ: dict[str, str], dark: bool | None, theme: str, depth: str
) -> None:
    found = choose(Settings(), environ | UTF8, dark=dark)
    assert (found.theme, found.depth) == (theme, depth)


def test_the_reader_has_the_last_word_on_colours_and_theme() -> None:
    environ = {"TERM": "xterm", "NO_COLOR": "1"}
    assert choose(Settings(color="256", theme="light"), environ) == Terminal(
        "256", "light", ascii=False, remote=False
    )
    assert choose(Settings(theme="light"), {"TERM": "xterm"}).theme == "light"
    assert choose(Settings(color="none", theme="light"), {"TERM": "xterm-kitty"}).theme == "mono"


@pytest.mark.parametrize(
    ("environ", "can"),
    [
        ({}, True),
        ({"LANG": "C"}, True),
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "en_GB.utf8"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "de_DE.ISO-8859-1"}, False),
        ({"TERM": "linux", "LANG": "en_GB.UTF-8"}, False),
    ],
)
def test_the_locale_and_the_console_decide_on_box_signs(environ: dict[str, str], can: bool) -> None:
    assert has_unicode(environ) is can


def test_ascii_can_be_asked_for() -> None:
    assert choose(Settings(ascii=True), UTF8 | {"TERM": "xterm"}).ascii


@pytest.mark.parametrize(
    ("environ", "remote"),
    [({}, False), ({"SSH_CONNECTION": "1 2 3 4"}, True), ({"SSH_TTY": "/dev/pts/1"}, True)],
)
def test_a_session_over_ssh_is_known(environ: dict[str, str], remote: bool) -> None:
    assert is_remote(environ) is remote


# The background


@pytest.mark.parametrize(
    ("rgb", "dark"),
    [
        ("0000/0000/0000", True),
        ("ffff/ffff/ffff", False),
        ("11/13/1a", True),
        ("fb/f8/f1", False),
        ("0000/ffff/0000", False),
        ("0000/0000/ffff", True),
        ("f/f/f", False),
        ("ffff/ffff/ffff/0000", False),
    ],
)
def test_a_colour_is_dark_below_half_its_brightness(rgb: str, dark: bool) -> None:
    assert is_dark_colour(rgb) is dark


@pytest.mark.parametrize(
    ("reply", "rgb"),
    [
        (b"\x1b]11;rgb:1111/1313/1a1a\x1b\\", b"1111/1313/1a1a"),
        (b"\x1b]11;rgb:11/13/1a\x07", b"11/13/1a"),
        (b"j\x1b]11;rgba:ffff/ffff/ffff/ffff\x07\x1b[?62;22c", b"ffff/ffff/ffff/ffff"),
    ],
)
def test_the_answer_on_the_background_is_read_in_all_its_forms(reply: bytes, rgb: bytes) -> None:
    assert BACKGROUND_REPLY.search(reply)[1] == rgb


@pytest.mark.parametrize(
    "colour",
    [b"white", b"rgb:ffff", b"rgb:/", b"rgb:1//1", b"rgb:1/1/12345", b"rgba:1/1/1/1/1", b""],
)
def test_an_answer_that_nobody_understands_tells_no_colour_and_is_no_key(colour: bytes) -> None:
    reply = b"\x1b]11;" + colour + b"\x07"
    assert BACKGROUND_REPLY.search(reply)[1] is None
    assert BACKGROUND_REPLY.sub(b"", b"j" + reply + b"k") == b"jk"


@pytest.mark.parametrize("reply", [b"", b"jkq", b"\x1b]10;rgb:11/11/11\x07"])
def test_anything_else_is_no_answer_on_the_background(reply: bytes) -> None:
    assert BACKGROUND_REPLY.search(reply) is None


def test_device_attributes_end_the_wait() -> None:
    assert DEVICE_REPLY.search(b"q\x1b[?62;22c")
    assert not DEVICE_REPLY.search(b"\x1b[A\x1b[>1c")


@pytest.mark.parametrize(
    ("word", "dark"),
    [("15;0", True), ("0;15", False), ("15;default;0", True), ("12;8", True), ("0;7", False)],
)
def test_colorfgbg_tells_the_ground(word: str, dark: bool) -> None:
    assert dark_by_colorfgbg({"COLORFGBG": word}) is dark


@pytest.mark.parametrize("word", ["", "15;default", "white", "15;²"])
def test_colorfgbg_may_say_nothing(word: str) -> None:
    assert dark_by_colorfgbg({"COLORFGBG": word}) is None


# Before Textual is imported


@pytest.mark.parametrize(("remote", "frames"), [(True, FRAMES_FAR), (False, FRAMES_NEAR)])
def test_textual_is_told_what_was_found(
    monkeypatch: pytest.MonkeyPatch, *, remote: bool, frames: int
) -> None:
    for name in ("TEXTUAL_COLOR_SYSTEM", "TEXTUAL_ANIMATIONS", "TEXTUAL_FPS"):
        monkeypatch.setenv(name, "")
    monkeypatch.delenv("TEXTUAL_FPS")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TEXTUAL_SMOOTH_SCROLL", "0")
    prepare_textual(Terminal("16", "ansi", ascii=False, remote=remote), Settings(motion=True))
    assert os.environ["TEXTUAL_COLOR_SYSTEM"] == "standard"
    assert os.environ["TEXTUAL_ANIMATIONS"] == ("none" if remote else "basic")
    assert os.environ["TEXTUAL_FPS"] == str(frames)
    assert "NO_COLOR" not in os.environ


class Stream:
    closed = False

    def __init__(self, *, tty: bool) -> None:
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch):
    def put(**are_terminals: bool) -> None:
        for name in ("stdin", "stdout", "stderr"):
            stream = Stream(tty=are_terminals.get(name, True))
            monkeypatch.setattr(sys, f"__{name}__", stream)

    return put


def test_a_screen_needs_three_terminals(streams) -> None:
    streams()
    assert why_no_screen({"TERM": "xterm"}) == ""
    for name in ("stdin", "stdout", "stderr"):
        streams(**{name: False})
        assert why_no_screen({"TERM": "xterm"}) == f"{name} is not a terminal"


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_screen_needs_a_cursor_that_moves(streams, term: str) -> None:
    streams()
    assert why_no_screen({"TERM": term}) == f"TERM={term} cannot move the cursor"


def test_a_signal_during_a_start_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its exception may get lost; the app looks at what was caught before it takes the terminal."""
    caught: list[int] = []
    monkeypatch.setattr("handbook.terminal.CAUGHT", caught)
    numbers = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        end_by_signals()
        with pytest.raises(SystemExit):
            signal.raise_signal(signal.SIGTERM)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert caught == [143]
