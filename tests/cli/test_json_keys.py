"""The keys of every `--json` document are promised in one place, the manual."""

from __future__ import annotations

import io
import json
import re
import sys
from argparse import ArgumentParser
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from handbook import main
from handbook.cli.table import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.cli.command import Command

MANUAL = Path(__file__).parents[2] / "content" / "manual" / "command-line.md"
ENTRY = re.compile(r"^- `handbook ([^`]+) --json`:((?:.|\n  )+)", re.MULTILINE)
PROMISED = {
    command: re.findall(r"`([a-z_]+)`", keys)
    for command, keys in ENTRY.findall(MANUAL.read_text("utf-8"))
}
BEFORE = (
    ("plan --date SOON --role ml-engineer", ""),
    ("plan --date LATER --role ml-engineer", ""),
    ("study --sprint all --plain", "n\nflag not clear\nsuspend\ny\n1\n3\nq\n"),
    ("exam lecture-12 --seed a --plain", "a 3\n1\n1 a 3\nn\n" * 13 + "hand in\ny\n"),
    ("exam lecture-12 --seed b --plain", "q\n"),
    ("mock ml-engineer --round 1 --plain", "\na\n3 three good words\nclose\ny\n"),
)
MISTAKE = {"severity", "code", "file", "line", "message", "hint"}
EMPTY_HERE = {
    # What needs a mistake in the content, or a test on a later day, to be there.
    "check": MISTAKE,
    "exam check": MISTAKE,
    "progress": {"tests"},
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make a reader who has done a little of everything."""
    folder = str(tmp_path_factory.mktemp("reader"))
    with pytest.MonkeyPatch.context() as patch, io.StringIO() as sink:
        for command, lines in BEFORE:
            patch.setattr(sys, "stdin", io.StringIO(lines))
            patch.setattr(sys, "stdout", sink)
            words = command.replace("SOON", day(12)).replace("LATER", day(20)).split()
            assert main.run([*words, "--data", folder]) == 0
    return folder


def day(after: int) -> str:
    """Return a day to come, since `handbook plan` counts from today."""
    return (date.today() + timedelta(days=after)).isoformat()  # noqa: DTZ011  the reader's own day


def keys_of(value: Any) -> Iterator[str]:
    """Yield every key of a document, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


@pytest.mark.parametrize("command", PROMISED)
def test_a_document_has_the_keys_that_the_manual_promises(
    command: str,
    data: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if command == "next":  # who has done all for today has no next question
        data = str(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\nn\nq\n"))
    argv = command.replace("PLACE", "ml-engineer").replace("WORDS", "loss")
    argv = argv.replace("NAME", "lecture-12")
    assert main.run([*argv.split(), "--json", "--data", data]) == 0
    found = set(keys_of(json.loads(capsys.readouterr().out)))
    promised = set(PROMISED[command])
    assert found <= promised
    assert promised - found <= EMPTY_HERE.get(command, set())


def test_the_manual_names_every_command_that_prints_json() -> None:
    having = {each.name for each in COMMANDS if has_json(each)}
    assert {command.split()[0] for command in PROMISED} == having - {"doctor", "keys"}


def has_json(command: Command) -> bool:
    parser = ArgumentParser()
    command.add_options(parser)
    return "--json" in parser.format_help()
