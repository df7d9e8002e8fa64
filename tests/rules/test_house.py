"""The rules of the house: layers, lengths, what a command may load, what must not be said."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import handbook
from handbook.actions import ACTIONS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "handbook"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES = 400


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


# Imports


def test_imports_go_down_the_house_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    cli = pytest.importorskip("importlinter.cli", reason="import-linter is an extra")
    monkeypatch.chdir(ROOT)
    # A folder of its own for what import-linter remembers, so that runs do not disturb each other.
    code = cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capsys.readouterr().out


LOADED = """
import json, sys
from handbook.main import run
code = run(sys.argv[1:])
sys.stdout.flush()
print(json.dumps([code, sorted(name.partition(".")[0] for name in sys.modules)]))
"""


def loaded_by(*command: str) -> set[str]:
    """Return the top-level modules that a command leaves loaded in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *command],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    code, modules = json.loads(done.stdout.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


@pytest.mark.parametrize(
    "command",
    [
        ("search", "bias"),
        ("show", "ml-engineer"),
        ("list",),
        ("roles",),
        ("checklist",),
        ("doctor",),
    ],
    ids=lambda command: command[0],
)
def test_a_command_never_loads_textual(command: tuple[str, ...]) -> None:
    book = ROOT / "tests" / "frames" / "book"
    assert not loaded_by(*command, "--only", str(book)) & {"textual", "rich"}


def test_a_page_is_shown_without_the_search_and_the_store() -> None:
    book = ROOT / "tests" / "frames" / "book"
    loaded = loaded_by("show", "ml-engineer", "--only", str(book))
    assert not loaded & {"rapidfuzz", "sqlite3", "tomlkit"}


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, handbook; print([m for m in sys.modules if m.startswith('handbook')])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['handbook']"


# Shape


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_and_says_what_it_does(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    doc = ast.get_docstring(ast.parse(text))
    assert doc, "a module says in its first sentence what it does"
    assert re.match(r"[^\n]*\.(\n|$)", doc), "the first line is one sentence"


def test_styles_of_the_screens_stand_in_their_files_only() -> None:
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else ()
            names = {target.id for target in targets if isinstance(target, ast.Name)}
            if names & {"CSS", "DEFAULT_CSS"}:
                found.append(f"{name_of(path)}:{node.lineno}")
    assert found == []


# What must not be said

FORBIDDEN = re.compile(r"(?<![\w.~>\])}])/(?:work|tmp/brief|root)/")
"""Folders of a machine on which the handbook was written."""

TEXTS = {".py", ".md", ".toml", ".tcss", ".txt", ".yml", ".yaml", ".sh", ".svg", ""}


def texts() -> list[Path]:
    """Return the files of the repository that hold text, as git knows them or as they lie there."""
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        names = done.stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        folders = ("handbook", "content", "tests")
        names = [str(p.relative_to(ROOT)) for f in folders for p in (ROOT / f).rglob("*")]
    files = [ROOT / name for name in names if name]
    return [path for path in files if path.suffix in TEXTS and path.is_file()]


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    found = [
        f"{name_of(path)}: {said[0]}"
        for path in texts()
        for said in [FORBIDDEN.search(path.read_text(encoding="utf-8", errors="replace"))]
        if said
    ]
    assert found == []


# The registry of actions


def classes_of_the_app() -> dict[str, list[type]]:
    """Return the app and the screens by the places whose keys they serve."""
    from handbook.tui import screens
    from handbook.tui.app import HandbookApp
    from handbook.tui.screens.base import HandbookScreen

    for module in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"{screens.__name__}.{module.name}")
    found: dict[str, list[type]] = {"everywhere": [HandbookApp]}
    stack = [HandbookScreen]
    while stack:
        screen = stack.pop()
        stack += screen.__subclasses__()
        found.setdefault(screen.PLACE, []).append(screen)
    # Places that a screen has beside its own.
    found["contents"] = found["find"] = found["reader"]
    found["place"] = found["map"]
    found["answer"] = found["judged"] = found["session"] = found["study"]
    for place in ("mock-brief", "mock-answer", "mock-judge"):
        found[place] = found["mock-room"]
    found["open-sitting"], found["exam-grading"] = found["sitting"], found["exam-review"]
    found.setdefault("help", found["info"])
    found.setdefault("messages", found["info"])
    return found


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_a_method_at_each_of_its_places(action) -> None:
    owners = classes_of_the_app()
    app = owners["everywhere"][0]
    for place in action.places:
        has_own = any(inspect.isfunction(getattr(o, action.method, None)) for o in owners[place])
        assert has_own or hasattr(app, action.method), place


def test_the_version_is_a_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.dev\d+)?", handbook.__version__)
