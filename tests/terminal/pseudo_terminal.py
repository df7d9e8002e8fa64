"""A terminal for tests: runs a command on a pseudo terminal and knows what a person would see."""

from __future__ import annotations

import fcntl
import os
import re
import resource
import select
import struct
import subprocess
import termios
from pathlib import Path
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, NamedTuple

import pyte

if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Mapping, Sequence

DEVICE_QUERY = b"\x1b[c"
DEVICE_REPLY = b"\x1b[?62;22c"
BACKGROUND_QUERY = b"\x1b]11;?"
PRIVATE_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
KITTY_PUSH, KITTY_POP = re.compile(rb"\x1b\[>[0-9]+u"), re.compile(rb"\x1b\[<[0-9]*u")
UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<=>][0-9;]*[A-Za-z]")
UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;?<=>$]*)?$")

OFF_AT_THE_END = {
    b"1049": "alternate screen",
    b"1000": "mouse clicks",
    b"1002": "mouse drags",
    b"1003": "mouse motion",
    b"1006": "mouse in SGR form",
    b"1015": "mouse in urxvt form",
    b"1016": "mouse in pixels",
    b"1004": "focus reports",
    b"2004": "bracketed paste",
    b"2048": "size reports",
    b"2026": "synchronised output",
}
ON_AT_THE_END = {b"25": "cursor hidden", b"7": "wrap off"}


class Chunk(NamedTuple):
    """Bytes as they arrived, and when, by `perf_counter`."""

    at: float
    data: bytes


class PseudoTerminal:
    """A command on a terminal of its own; nothing is read from it but in calls of this class.

    Asked for its device attributes it answers, and for its background colour if it has been given
    one; to all other questions it is deaf, as tmux is. With `controlling=False` the terminal sends
    no hang-up when it closes, as for a program started by `nohup` or `setsid`.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        environ: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
        background: str = "",
        controlling: bool = True,
        prepare: Callable[[], object] | None = None,
        **streams: int,
    ) -> None:
        self.background = background
        self.output = bytearray()
        self.chunks: list[Chunk] = []
        self.is_ended = False
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._fed = self._answered = 0
        self._master, slave = os.openpty()
        self._set_size(columns, rows)

        def before() -> None:
            if controlling:
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            if prepare is not None:
                prepare()

        self._cpu_before = _cpu_of_children()
        self.started_at = perf_counter()
        self.process = subprocess.Popen(
            [str(word) for word in command],
            env=dict(environ),
            cwd=environ["HOME"],
            start_new_session=True,
            preexec_fn=before,  # noqa: PLW1509  whoever uses this class has one thread
            **({"stdin": slave, "stdout": slave, "stderr": slave} | streams),
        )
        os.close(slave)

    # What a person sees

    @property
    def screen(self) -> pyte.Screen:
        """The screen after everything that has arrived."""
        new = bytes(self.output[self._fed :])
        unfinished = UNFINISHED.search(new)
        new = new[: unfinished.start()] if unfinished else new
        self._fed += len(new)
        self._stream.feed(UNKNOWN_TO_PYTE.sub(b"", new))
        return self._screen

    @property
    def text(self) -> str:
        """The rows of the screen."""
        return "\n".join(row.rstrip() for row in self.screen.display)

    def wait_for(self, text: str, seconds: float = 10) -> None:
        """Read until the screen shows a text; TimeoutError, with the screen, if it never does."""
        self.wait_until(lambda: text in self.text, seconds, repr(text))

    def wait_until(self, claim: Callable[[], bool], seconds: float = 10, what: str = "") -> None:
        """Read until a claim is true; TimeoutError, with the screen, if it never is."""
        end = monotonic() + seconds
        while not claim():
            if self.is_ended or monotonic() > end:
                state = f"the program ended with {self.process.poll()}" if self.is_ended else "late"
                raise TimeoutError(f"waited for {what} in vain ({state}):\n{self.text}")
            self.read(0.1)

    def wait_for_quiet(self, pause: float = 0.3, seconds: float = 10) -> None:
        """Read until nothing has arrived for `pause` seconds; TimeoutError if it never stops."""
        end = monotonic() + seconds
        while self.read(pause):
            if monotonic() > end:
                raise TimeoutError(f"still writing after {seconds} seconds:\n{self.text}")

    def read(self, seconds: float) -> bool:
        """Take what arrives within a time; tell whether anything did."""
        if self.is_ended or not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the last program on it has left
            data = b""
        if not data:
            self.is_ended = True
            return False
        self.chunks.append(Chunk(perf_counter(), data))
        self.output += data
        self._answer()
        return True

    def _answer(self) -> None:
        new = bytes(self.output[self._answered :])
        if self.background and BACKGROUND_QUERY in new:
            self.press(f"\x1b]11;rgb:{self.background}\x1b\\")
        end = new.rfind(DEVICE_QUERY)
        if end >= 0:
            self.press(DEVICE_REPLY)
            self._answered += end + len(DEVICE_QUERY)

    # What a person does

    def press(self, keys: str | bytes) -> None:
        """Type keys, all at once; reads meanwhile, so that a long paste cannot jam."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            readable, writable, _ = select.select([self._master], [self._master], [], 10)
            if writable:
                data = data[os.write(self._master, data[:1024]) :]
            elif readable:
                self.read(0)
            else:
                raise TimeoutError("nobody reads what is typed")

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as a person dragging its corner does."""
        self.screen.resize(rows, columns)
        self._set_size(columns, rows)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def close_terminal(self) -> None:
        """Take the terminal away, as a lost connection does."""
        if self._master >= 0:
            os.close(self._master)
        self._master = -1
        self.is_ended = True

    def kill(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    # How it ended

    def wait(self, seconds: float = 10) -> int:
        """Read until the program ends; return its exit code, negative for a signal."""
        end = monotonic() + seconds
        while self.process.poll() is None:
            if monotonic() > end:
                raise TimeoutError(f"the program does not end:\n{self.text}")
            if self.is_ended:
                self.process.wait(max(0.0, end - monotonic()))
            else:
                self.read(0.02)
        while self.read(0):
            pass
        return self.process.returncode

    def end(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.close_terminal()

    @property
    def cpu_seconds(self) -> float:
        """What the program has used of the processor; after its end right if only one ended."""
        if self.process.returncode is not None:
            return _cpu_of_children() - self._cpu_before
        after_name = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def cpu_of_threads(self) -> float:
        """What the threads that live now have used, in seconds; `cpu_seconds` ticks in 10 ms."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(each.read_text().split()[0]) for each in tasks) / 1e9

    @property
    def resident_megabytes(self) -> float:
        """The memory that the running program holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    @property
    def modes(self) -> dict[bytes, bool]:
        """The private modes that were ever set, and whether they are on now."""
        found = PRIVATE_MODE.findall(bytes(self.output))
        return {mode: how == b"h" for modes, how in found for mode in modes.split(b";")}

    @property
    def left_over(self) -> list[str]:
        """What is not as a shell expects it: modes, keys, echo."""
        modes, output = self.modes, bytes(self.output)
        wrong = [name for mode, name in OFF_AT_THE_END.items() if modes.get(mode)]
        wrong += [name for mode, name in ON_AT_THE_END.items() if modes.get(mode) is False]
        if len(KITTY_PUSH.findall(output)) > len(KITTY_POP.findall(output)):
            wrong.append("kitty keys")
        flags = termios.tcgetattr(self._master)[3]
        wrong += [] if flags & termios.ECHO else ["no echo"]
        wrong += [] if flags & termios.ICANON and flags & termios.ISIG else ["raw input"]
        return wrong


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def what_is_seen(screen: pyte.Screen) -> list[list[pyte.screens.Char]]:
    """Return the cells of a screen without the ink of blanks, which nobody sees."""
    return [
        [_as_seen(screen.buffer[row][column]) for column in range(screen.columns)]
        for row in range(screen.lines)
    ]


def _as_seen(cell: pyte.screens.Char) -> pyte.screens.Char:
    if cell.data != " " or cell.reverse or cell.underscore or cell.strikethrough or cell.blink:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)
