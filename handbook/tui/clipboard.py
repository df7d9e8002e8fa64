"""Copying so that it arrives: through tmux if there is one, through screen, else by OSC 52.

Under tmux's default settings an OSC 52 from the inside reaches nobody, while `load-buffer -w`
fills tmux's buffer and passes the text on to the terminal outside.
"""

from __future__ import annotations

import os
import subprocess
from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App

SCREEN_CHUNK = 700
"""GNU screen passes on device control strings of at most 768 bytes."""


def copy(app: App[None], text: str, environ: Mapping[str, str] = os.environ) -> str:
    """Copy a text and return a sentence on the way it took, for the reader."""
    count = f"{len(text):,} characters"
    if environ.get("TMUX") and copy_to_tmux(text):
        return f"Copied {count} to tmux (prefix ] pastes) and, if it lets us, to your clipboard"
    driver = app._driver  # noqa: SLF001  the one way to write bytes that are not part of a frame
    if driver is None:
        return "Nothing was copied: there is no terminal"
    if environ.get("STY"):
        for part in wrapped_for_screen(osc52(text)):
            driver.write(part)
        return f"Sent {count} to your clipboard by way of screen"
    driver.write(osc52(text))
    return f"Sent {count} to your clipboard (OSC 52; `handbook show` prints the same)"


def osc52(text: str) -> str:
    """Return the sequence that asks a terminal to put a text on its clipboard."""
    return f"\x1b]52;c;{b64encode(text.encode()).decode()}\x07"


def wrapped_for_screen(sequence: str) -> list[str]:
    """Return a sequence in pieces that GNU screen hands through to the terminal outside."""
    pieces = range(0, len(sequence), SCREEN_CHUNK)
    return [f"\x1bP{sequence[start : start + SCREEN_CHUNK]}\x1b\\" for start in pieces]


def copy_to_tmux(text: str) -> bool:
    """Load a text into tmux's buffer and its terminal's clipboard; False if tmux refuses."""
    try:
        done = subprocess.run(
            ["tmux", "load-buffer", "-w", "-"],  # noqa: S607
            input=text.encode(),
            capture_output=True,
            timeout=2,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
