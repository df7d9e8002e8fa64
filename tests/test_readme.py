"""The README says what is the case: keys, commands, files."""

from __future__ import annotations

import re

from handbook.actions import ACTIONS
from handbook.cli.table import COMMANDS
from tests.readme import PICTURE, README, ROOT, key_table, with_keys

TEXT = README.read_text(encoding="utf-8")


def test_the_table_of_keys_is_made_from_the_table_of_actions() -> None:
    assert with_keys(TEXT) == TEXT, "write it anew: python -m tests.readme"


def test_the_table_of_keys_has_no_empty_cell_and_no_broken_row() -> None:
    rows = key_table().splitlines()
    assert all(re.fullmatch(r"\| .+ \|( .+)? \|", row) for row in rows[2:]), rows
    keys = [row for row in rows[2:] if not row.startswith("| **")]
    assert len(keys) > 50
    assert all(re.fullmatch(r"(`[^`]+`( /)? ?)+", row.split(" | ")[0][2:]) for row in keys)


def test_opposites_share_a_row() -> None:
    assert "| `]` / `[` | Next section / previous section |" in key_table()
    assert "| `g`" not in key_table()


def test_every_place_that_can_be_reached_by_a_key_is_in_the_table() -> None:
    for action in ACTIONS:
        if action.group == "Views" and action.keys:
            assert f"| {action.about} |" in key_table()


def test_every_command_is_in_the_table_of_commands() -> None:
    named = set(re.findall(r"^\| `handbook ([a-z]+)", TEXT, re.MULTILINE))
    assert named == {command.name for command in COMMANDS} - {"open"}


def test_what_the_readme_names_is_there() -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", TEXT):
        assert (ROOT / link).is_file(), link
    for module in re.findall(r"python -m (tests[.\w]*)", TEXT):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


def test_the_picture_is_small_and_keeps_its_columns() -> None:
    svg = PICTURE.read_text(encoding="utf-8")
    assert len(svg.encode()) < 60_000
    texts = re.findall(r"<text [^>]*>([^<]*)</text>", svg)
    assert texts
    assert not [text for text in texts if " " in text.strip("\n")]
