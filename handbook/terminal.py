"""What the terminal can do, found out before Textual is imported.

Textual and Rich read their variables at import, know neither terminfo nor most terminals by name,
and cannot ask for the background colour without the answer leaking in as key presses. So this
module decides first: whether a screen can be drawn at all, how many colours there are, and whether
the ground is dark.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from handbook.model.number import find_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.settings import Settings

Depth: TypeAlias = Literal["true", "256", "16", "none"]

DEPTHS: dict[str, Depth] = {
    "xterm-kitty": "true",
    "xterm-ghostty": "true",
    "alacritty": "true",
    "wezterm": "true",
    "foot": "true",
    "foot-extra": "true",
    "contour": "true",
    "xterm-direct": "true",
    "vt100": "none",
    "vt220": "none",
    "xterm-mono": "none",
}
"""Terminals whose name alone tells more than its ending does."""

TEXTUAL_COLOUR_SYSTEMS: dict[Depth, str] = {
    "true": "truecolor",
    "256": "256",
    "16": "standard",
    "none": "standard",
}

FRAMES_NEAR = 240
"""Frames a second on this machine. A key just after a frame waits for up to two ticks of Textual's
clock, 8 ms at this rate; nothing ticks while nothing changes.
"""

FRAMES_FAR = 15
"""Frames a second over a line, where they save half the bytes of a held key."""


class Terminal(NamedTuple):
    """What was found out: colours, the name of the theme to use, and how plainly to draw."""

    depth: Depth
    theme: str
    ascii: bool
    remote: bool


def is_remote(environ: Mapping[str, str]) -> bool:
    """Tell whether the session comes over SSH or mosh."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def why_no_screen(environ: Mapping[str, str]) -> str:
    """Return why the app cannot be drawn here, or "" if it can."""
    streams = {"stdin": sys.__stdin__, "stdout": sys.__stdout__, "stderr": sys.__stderr__}
    for name, stream in streams.items():
        if stream is None or stream.closed or not stream.isatty():
            return f"{name} is not a terminal"
    term = environ.get("TERM", "")
    if term in {"", "dumb", "unknown"}:
        return f"TERM={term} cannot move the cursor"
    return ""


def colour_depth(environ: Mapping[str, str]) -> Depth:
    """Return how many colours the variables promise: the table first, then the usual endings."""
    if environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "true"
    term = environ.get("TERM", "")
    if term in DEPTHS:
        return DEPTHS[term]
    if term.endswith("-direct"):
        return "true"
    if "256color" in term:
        return "256"
    return "16"


def tmux_depth(environ: Mapping[str, str], depth: Depth) -> Depth:
    """Return true colour if the tmux client says that its terminal has it."""
    if depth != "256" or not environ.get("TMUX"):
        return depth
    import subprocess  # noqa: PLC0415  8 ms that only tmux has to pay

    try:
        answer = subprocess.run(
            ["tmux", "display-message", "-p", "#{client_termfeatures}"],  # noqa: S607
            capture_output=True,
            text=True,
            timeout=0.5,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return depth
    return "true" if "RGB" in answer.stdout.split(",") else depth


def has_unicode(environ: Mapping[str, str]) -> bool:
    """Tell whether box signs can be shown: not on the Linux console, not in a Latin-1 locale."""
    if environ.get("TERM") in {"linux", "vt100", "vt220"}:
        return False
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    # Python coerces an empty, C or POSIX locale to UTF-8, and so do terminals of this century.
    return "." not in locale or "utf" in locale.lower()


def choose(settings: Settings, environ: Mapping[str, str], *, dark: bool | None = None) -> Terminal:
    """Decide on colours and theme; `dark` is what the terminal answered, None if it did not."""
    depth: Depth
    if settings.color == "auto":
        depth = tmux_depth(environ, colour_depth(environ))
    else:
        depth = settings.color
    if "NO_COLOR" in environ and settings.color == "auto":
        depth = "none"
    theme = settings.theme
    if depth == "none":
        theme = "mono"
    elif theme == "auto" and depth == "16":
        theme = "ansi"
    elif theme == "auto":
        theme = "light" if dark is False else "dark"
    return Terminal(depth, theme, settings.ascii or not has_unicode(environ), is_remote(environ))


def prepare_textual(terminal: Terminal, settings: Settings) -> None:
    """Set the variables that Textual reads at import; our own choice wins over inherited ones."""
    os.environ["TEXTUAL_COLOR_SYSTEM"] = TEXTUAL_COLOUR_SYSTEMS[terminal.depth]
    still = terminal.remote or not settings.motion
    os.environ["TEXTUAL_ANIMATIONS"] = "none" if still else "basic"
    os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
    frames = FRAMES_FAR if terminal.remote else FRAMES_NEAR
    os.environ.setdefault("TEXTUAL_FPS", str(frames))
    # Our mono theme uses no colour at all; Textual's own filter would turn it into greys.
    os.environ.pop("NO_COLOR", None)
    _speak_utf8()


def _speak_utf8() -> None:
    """Make stderr, which carries the screen, take the signs of the screen whatever the locale."""
    stream = sys.__stderr__
    if stream is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
        stream.reconfigure(encoding="utf-8", errors="replace")


CAUGHT: list[int] = []
"""The codes of the signals that came before the app runs: an exception that is raised at any moment
can get lost, as in a call back from C.
"""


def end_by_signals() -> None:
    """Let a signal to end do so as an exception, so that the terminal is put right on the way out.

    The code is the shell's for that signal: 129, 130 or 143. The app has its own way once it runs.
    """

    def end(number: int, _: object) -> None:
        CAUGHT.append(128 + number)
        raise SystemExit(128 + number)

    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)


# The colour is None in an answer that nobody understands; that is no key press either.
BACKGROUND_REPLY = re.compile(
    rb"\x1b\]11;(?:rgba?:([0-9a-fA-F]{1,4}(?:/[0-9a-fA-F]{1,4}){2,3})|[^\x07\x1b]*)(?:\x07|\x1b\\)"
)
DEVICE_REPLY = re.compile(rb"\x1b\[\?[0-9;]*c")


class BackgroundQuery:
    """Asks the terminal for its background colour while Python imports Textual.

    The question is written at once and its answer collected later, so that it costs no time; a
    device attributes request behind it is a fence: every terminal answers that one. What the reader
    typed meanwhile is kept in `typed`.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Remember the environment; nothing is asked before `ask`."""
        self.environ = environ
        self.typed = b""
        self._attributes: list[Any] | None = None

    def ask(self) -> None:
        """Write the question, with echo and line mode off so that the answer stays unseen."""
        import termios  # noqa: PLC0415  not there on Windows
        import tty  # noqa: PLC0415

        try:
            self._attributes = termios.tcgetattr(0)
            # The default, TCSAFLUSH, would throw away what was typed so far.
            tty.setcbreak(0, termios.TCSANOW)
            os.write(2, b"\x1b]11;?\x1b\\\x1b[c")
        except (OSError, termios.error):
            self._attributes = None

    def is_dark(self) -> bool | None:
        """Collect the answer: dark, light, or None if the terminal keeps silent."""
        if self._attributes is None:
            return dark_by_colorfgbg(self.environ)
        import termios  # noqa: PLC0415

        try:
            reply = self._read(0.4 if is_remote(self.environ) else 0.15)
        except OSError:
            reply = b""  # the terminal has gone
        finally:
            with suppress(termios.error):
                termios.tcsetattr(0, termios.TCSANOW, self._attributes)
            self._attributes = None
        colour = BACKGROUND_REPLY.search(reply)
        self.typed = DEVICE_REPLY.sub(b"", BACKGROUND_REPLY.sub(b"", reply))
        if colour is None or colour[1] is None:
            return dark_by_colorfgbg(self.environ)
        return is_dark_colour(colour[1].decode())

    def _read(self, patience: float) -> bytes:
        import select  # noqa: PLC0415
        from time import monotonic  # noqa: PLC0415

        reply, end = b"", monotonic() + patience
        while not DEVICE_REPLY.search(reply):
            ready, _, _ = select.select([0], [], [], max(0.0, end - monotonic()))
            chunk = os.read(0, 1024) if ready else b""
            if not chunk:
                break
            reply += chunk
        return reply


def is_dark_colour(rgb: str) -> bool:
    """Tell whether "ffff/ffff/ffff" is dark: luma below one half (ITU-R BT.601 weights)."""
    red, green, blue = (int(part, 16) / float(16 ** len(part) - 1) for part in rgb.split("/")[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue < 0.5


def dark_by_colorfgbg(environ: Mapping[str, str]) -> bool | None:
    """Read COLORFGBG ("15;0"), as rxvt and Konsole set it; None if it says nothing."""
    ground = find_number(environ.get("COLORFGBG", "").rpartition(";")[2])
    return None if ground is None else ground in {0, 1, 2, 3, 4, 5, 6, 8}
