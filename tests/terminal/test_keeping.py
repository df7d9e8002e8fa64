"""What the reader did is on disk before the screen shows it, and trouble with the disk is said."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from handbook.errors import StoreError
from tests.terminal.conftest import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.terminal.conftest import Start

DONE = "SELECT item FROM checklist WHERE done"


def test_a_tick_survives_a_kill_at_the_moment_the_screen_shows_it(
    start: Start, database: Path
) -> None:
    terminal = start()
    terminal.wait_for("Search everything")
    terminal.press("3")
    terminal.wait_for("0/3")
    terminal.press("j ")
    terminal.wait_for("1/3")
    terminal.kill(signal.SIGKILL)
    assert terminal.wait() == -signal.SIGKILL
    assert len(rows(database, DONE)) == 1


def test_reading_goes_on_where_it_stopped(start: Start) -> None:
    terminal = start("long")
    terminal.wait_for("Sentence 3 of many.")
    for sentence in (3, 11, 21):
        terminal.press(" ")
        terminal.wait_until(lambda n=sentence: f"Sentence {n} of many." not in terminal.text)
    terminal.wait_for_quiet(0.7)
    first = next(row for row in terminal.screen.display[1:] if "Sentence" in row)[:30]
    terminal.press("Q")
    assert terminal.wait() == 0
    terminal = start()
    terminal.wait_for("Continue reading")
    terminal.press("1")
    terminal.wait_until(
        lambda: any(first in row for row in terminal.screen.display[1:6]), what=first
    )


def test_the_way_back_is_still_known_after_a_restart(start: Start) -> None:
    terminal = start("ml-engineer")
    terminal.wait_for("Trains models")
    terminal.press("l")
    terminal.wait_for("Works ahead of the product.")
    terminal.press("Q")
    terminal.wait()
    terminal = start()
    terminal.wait_for("Continue reading")
    terminal.press("1")
    terminal.wait_for("Works ahead of the product.")
    terminal.press("H")
    terminal.wait_for("Trains models")


def test_a_tick_in_one_app_shows_in_another_within_three_seconds(start: Start) -> None:
    one, other = start(), start()
    for each in (one, other):
        each.wait_for("Search everything")
        each.press("3")
        each.wait_for("0/3")
    one.press("j ")
    one.wait_for("1/3")
    other.wait_for("1/3", 3)


def test_both_of_two_apps_can_write(start: Start, database: Path) -> None:
    one, other = start(), start()
    for each in (one, other):
        each.wait_for("Search everything")
        each.press("3")
        each.wait_for("0/3")
    one.press("j ")
    other.press("jj ")
    for each in (one, other):
        each.wait_for("2/3", 5)
    assert len(rows(database, DONE)) == 2


def test_a_folder_that_cannot_be_made_is_one_line_and_no_screen(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    terminal = start(variables={"HANDBOOK_DATA_DIR": str(tmp_path / "file" / "data")})
    assert terminal.wait() == 4
    assert "cannot be made" in terminal.text
    assert "Traceback" not in terminal.text
    assert terminal.left_over == []


def test_a_damaged_database_is_one_line_and_no_screen(start: Start, database: Path) -> None:
    database.parent.mkdir(parents=True)
    database.write_bytes(b"This is no database. " * 1000)
    terminal = start()
    assert terminal.wait() == 4
    assert "progress.db" in terminal.text.replace("\n", "")
    assert "Traceback" not in terminal.text
    assert terminal.left_over == []
    assert database.read_bytes().startswith(b"This is no database.")


def test_a_database_that_is_damaged_inside_is_one_line_and_no_screen(
    start: Start, database: Path
) -> None:
    terminal = start()
    terminal.wait_for("Search everything")
    terminal.press("Q")
    terminal.wait()
    data = bytearray(database.read_bytes())
    data[4096:] = b"\xaa" * (len(data) - 4096)
    database.write_bytes(data)
    terminal = start()
    assert terminal.wait() == 4
    assert "Traceback" not in terminal.text
    assert terminal.left_over == []


def test_a_database_of_a_newer_handbook_is_read_and_left_alone(
    start: Start, database: Path
) -> None:
    terminal = start()
    terminal.wait_for("Search everything")
    terminal.press("3")
    terminal.wait_for("0/3")
    terminal.press("j ")
    terminal.wait_for("1/3")
    terminal.press("Q")
    terminal.wait()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = database.read_bytes()
    terminal = start()
    terminal.wait_for("not kept")
    terminal.press("3")
    terminal.wait_for("1/3")
    terminal.press("Q")
    assert terminal.wait() == 0
    assert database.read_bytes() == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a disk of 400 kB; only who may mount can have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, check=False, text=True)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_read_only_is_said_and_the_book_still_reads(
    start: Start, small_disk: Path
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    folders = {f"HANDBOOK_{name}_DIR": str(small_disk / name) for name in ("DATA", "CACHE")}
    terminal = start(variables=folders | {"HOME": str(small_disk)})
    terminal.wait_for("not kept")
    terminal.press("3")
    terminal.wait_for("0/3")
    terminal.press("j ")
    terminal.wait_for("1/3")
    terminal.press("Q")
    assert terminal.wait() == StoreError.exit_code
    assert "Traceback" not in terminal.text
    assert terminal.left_over == []
    said = " ".join(terminal.text.split())
    assert "handbook: 1 change was not kept: " in said
    assert "read-only file system" in said


def test_what_was_done_while_the_disk_was_read_only_is_kept_when_it_no_longer_is(
    start: Start, small_disk: Path
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    terminal = start(variables={"HANDBOOK_DATA_DIR": str(small_disk)})
    terminal.wait_for("not kept")
    terminal.press("3")
    terminal.wait_for("0/3")
    terminal.press("j ")
    terminal.wait_for("1/3")
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    terminal.press("Q")
    assert terminal.wait() == 0
    assert "was not kept" not in terminal.text
    assert len(rows(small_disk / "progress.db", DONE)) == 1


def test_a_full_disk_that_has_room_again_keeps_what_is_ticked_then(
    start: Start, small_disk: Path
) -> None:
    terminal = start(variables={"HANDBOOK_DATA_DIR": str(small_disk)})
    terminal.wait_for("of 3 done")
    ballast = small_disk / "ballast"
    fill(ballast)
    terminal.press("3")
    terminal.wait_for("0/3")
    terminal.press("j")
    for _ in range(40):
        terminal.press(" ")
        terminal.wait_for_quiet(0.05)
        if "full" in terminal.text:
            break
    shown = "1/3" if "1/3" in terminal.text else "0/3"
    ballast.unlink()
    assert len(rows(small_disk / "progress.db", DONE)) == int(shown[0])
    terminal.press(" ")
    terminal.wait_for("0/3" if shown == "1/3" else "1/3")
    terminal.press("Q")
    assert terminal.wait() == 0
    assert "was not kept" not in terminal.text
    assert len(rows(small_disk / "progress.db", DONE)) == 1 - int(shown[0])


def fill(ballast: Path) -> None:
    """Take all that is left of a disk."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            file.flush()


def test_a_full_disk_is_said_and_ends_nothing(start: Start, small_disk: Path) -> None:
    terminal = start(variables={"HANDBOOK_DATA_DIR": str(small_disk)})
    terminal.wait_for("of 3 done")
    fill(small_disk / "ballast")
    terminal.press("3")
    terminal.wait_for("0/3")
    for _ in range(40):
        terminal.press("j ")
        terminal.wait_for_quiet(0.05)
        if "full" in terminal.text:
            break
    assert "full" in terminal.text
    terminal.press("Q")
    assert terminal.wait() == 0
    assert "Traceback" not in terminal.text
    assert terminal.left_over == []
