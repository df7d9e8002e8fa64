"""Textual imported without its spare parts: what is left out, what still works, and the way out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

LEFT_OUT = ("textual.command", "rich.table", "ssl", "typing_extensions")


def run_python(code: str) -> Any:
    """Run code in a fresh interpreter; return the JSON that it prints last."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


LEAN = "import json, sys\nfrom handbook.tui.lean import import_textual\nimport_textual()\n"


def test_what_is_never_used_is_not_loaded() -> None:
    code = f"{LEAN}print(json.dumps([n for n in {LEFT_OUT!r} if n in sys.modules]))"
    assert run_python(code) == []


def test_the_app_brings_nothing_of_it_back() -> None:
    code = (
        f"{LEAN}import handbook.tui.app, handbook.tui.screens.home, handbook.tui.screens.reader\n"
        f"print(json.dumps([n for n in {LEFT_OUT!r} if n in sys.modules]))"
    )
    assert run_python(code) == []


@pytest.mark.parametrize(
    "claim",
    [
        "__import__('ssl').create_default_context() is not None",
        "__import__('typing_extensions').__file__ is not None",
        "__import__('textual.command').command.CommandPalette.__module__ == 'textual.command'",
        "__import__('rich.table').table.Table('a').columns[0].header == 'a'",
    ],
)
def test_what_was_left_out_can_be_imported_afterwards(claim: str) -> None:
    assert run_python(f"{LEAN}print(json.dumps({claim}))") is True


@pytest.mark.parametrize(
    "claim",
    [
        "type(textual.design.Table('a')).__module__ == 'rich.table'",
        "textual.app.CommandPalette.is_open.__module__ == 'textual.command'",
        "textual.design.show_design.__annotations__['return'] == 'Table'",
        "textual.constants.TypeGuard is __import__('typing').TypeGuard",
    ],
)
def test_a_class_left_out_is_the_real_one_when_it_is_called_or_asked(claim: str) -> None:
    assert run_python(f"{LEAN}import textual.design\nprint(json.dumps({claim}))") is True


def test_a_name_that_typing_lacks_comes_from_the_real_module() -> None:
    code = (
        "import json, sys\nfrom handbook.tui import lean\n"
        "with lean._standing_in():\n"
        "    from typing_extensions import Doc, Self\n"
        "import typing\n"
        "print(json.dumps([Doc('x').documentation, Self is typing.Self]))"
    )
    assert run_python(code) == ["x", True]


@pytest.mark.parametrize("needed", ["textual.widget", "textual.dom", "textual.message"])
def test_a_textual_that_needs_what_is_left_out_is_imported_as_it_is(needed: str) -> None:
    code = (
        "import json, sys\nfrom handbook.tui import lean\n"
        f"lean.DEFERRED = (*lean.DEFERRED, {needed!r})\n"
        "lean.import_textual()\n"
        "import handbook.tui.app, textual.app, textual.command, ssl\n"
        f"real = sys.modules[{needed!r}].__file__ is not None\n"
        "print(json.dumps([real, textual.app.CommandPalette is textual.command.CommandPalette]))"
    )
    assert run_python(code) == [True, True]


def test_textual_that_is_there_already_is_left_alone() -> None:
    code = (
        "import json, sys, textual.app\nfrom handbook.tui.lean import import_textual\n"
        "before = dict(sys.modules)\nimport_textual()\n"
        "print(json.dumps(before == dict(sys.modules)))"
    )
    assert run_python(code) is True


JOURNEY = """
import asyncio, json, sys
from pathlib import Path
if {is_lean}:
    from handbook.tui.lean import import_textual
    import_textual()
from tests.tui.driving import opened, sit_down

async def go():
    seen = []
    async with opened(sit_down(Path({data!r}))) as desk:
        for key in {keys!r}:
            await desk.press(key)
            seen.append("\\n".join(desk.rows()))
    return seen

print(json.dumps(asyncio.run(go())))
"""
KEYS = [":", *"theme", "enter", "down", "enter", "?", "escape", "s", *"rol", "escape", "1", "2"]
KEYS += ["3", "space", "4", "enter", "5", "6", "7", "8", "1", "down", "enter", "/", "a", "enter"]
KEYS += ["b", "'", "escape", "n", "y", "w"]
"""A walk through the screens: dialogs, fields, lists, another theme."""


def test_every_screen_is_the_same_with_and_without(tmp_path: Path) -> None:
    walks = []
    for is_lean in (True, False):
        data = tmp_path / str(is_lean)
        walk = run_python(JOURNEY.format(is_lean=is_lean, keys=KEYS, data=str(data)))
        walks.append([screen.replace(str(data), "data") for screen in walk])
    assert walks[0] == walks[1]
    assert len(set(walks[0])) > 25
