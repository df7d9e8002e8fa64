"""The README says what is the case: keys, commands, files."""

from __future__ import annotations

import re

import pytest

from handbook.actions import ACTIONS
from handbook.cli.table import COMMANDS
from tests.readme import PICTURE, README, ROOT, key_table, shown, with_keys

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
    assert "| `[`" not in key_table()


@pytest.mark.parametrize(
    ("group", "place"),
    [
        ("Moving", "reader"),
        ("Book", "reader"),
        ("Links", "reader"),
        ("Finding", "reader"),
        ("Marking", "reader"),
        ("View", "reader"),
        ("Views", "everywhere"),
        ("Everywhere", "everywhere"),
        ("Study", "study"),
        ("Study", "judged"),
        ("Answering", "study"),
        ("Answering", "judged"),
    ],
)
def test_a_newcomer_is_told_every_key_for_reading_and_for_study(group: str, place: str) -> None:
    actions = [each for each in ACTIONS if each.group == group and place in each.places]
    assert actions, f"no action of {group} works at {place}"
    rows = [row.split(" | ") for row in TEXT.splitlines() if row.startswith("| `")]
    for action in actions:
        told = {key for keys, about in rows if action.about[1:] in about for key in keys.split()}
        assert {*shown(action)} <= told, action.id


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
