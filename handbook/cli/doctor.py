"""`handbook doctor`: what the handbook found on this machine, and what is wrong with it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook import __version__, terminal
from handbook.cli import output
from handbook.cli.kept import is_there
from handbook.errors import HandbookError, SettingsError
from handbook.loader.clean import without_controls
from handbook.locations import locations
from handbook.settings import SETTINGS, Settings, load_settings
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handbook.cli.arguments import Arguments
    from handbook.store.health import Health

PACKAGES = ("textual", "markdown-it-py", "rapidfuzz", "PyYAML", "platformdirs", "tomlkit")


@dataclass
class Report:
    """What was found, by section and name, and the faults among it."""

    sections: dict[str, dict[str, object]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def doctor(arguments: Arguments) -> int:
    """Print the report; 1 if something is wrong."""
    report = Report()
    report.sections["terminal"] = _terminal(arguments.settings, os.environ)
    report.sections["versions"] = _versions(report)
    report.sections["paths"] = _paths(arguments.settings, report)
    report.sections["book"] = _book(arguments.settings, report)
    report.sections["store"] = _store(arguments.settings, report)
    report.sections["settings"] = _settings(arguments)
    _check_keys(arguments.settings, report)
    if arguments.json:
        output.write_json({**report.sections, "faults": report.faults})
    else:
        output.write_rows(_rows(report))
    return 1 if report.faults else 0


def _rows(report: Report) -> list[str]:
    rows: list[str] = []
    for name, section in report.sections.items():
        rows.append(name)
        rows += [f"  {key:<12} {without_controls(_shown(value))}" for key, value in section.items()]
    rows += ["", *(f"wrong: {without_controls(fault)}" for fault in report.faults)]
    return rows if report.faults else [*rows, "all is well"]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def _terminal(settings: Settings, environ: Mapping[str, str]) -> dict[str, object]:
    depth, why = _depth(settings, environ)
    return {
        "TERM": environ.get("TERM", ""),
        "screen": terminal.why_no_screen(environ) or "can be drawn",
        "colours": f"{depth} ({why})",
        "unicode": terminal.has_unicode(environ),
        "remote": terminal.is_remote(environ),
        "tmux": bool(environ.get("TMUX")),
        "clipboard": _clipboard(environ),
    }


def _depth(settings: Settings, environ: Mapping[str, str]) -> tuple[str, str]:
    """Return how many colours are used, and which word decided it."""
    if settings.color != "auto":
        return settings.color, "the setting color"
    if "NO_COLOR" in environ:
        return "none", "NO_COLOR"
    depth = terminal.colour_depth(environ)
    if environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return depth, "COLORTERM"
    asked = terminal.tmux_depth(environ, depth)
    return asked, "TERM" if asked == depth else "tmux says that its terminal has them"


def _clipboard(environ: Mapping[str, str]) -> str:
    if environ.get("TMUX"):
        return "tmux load-buffer -w"
    return "OSC 52 through screen" if environ.get("STY") else "OSC 52"


def _versions(report: Report) -> dict[str, object]:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  20 ms, only here

    found: dict[str, object] = {"handbook": __version__, "python": sys.version.split()[0]}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
            report.faults.append(f"the package {name} is not installed")
    return found


def _paths(settings: Settings, report: Report) -> dict[str, object]:
    places = locations(settings)
    found: dict[str, object] = {"content": [str(layer) for layer in places.layers]}
    for name, folder in (("data", places.data), ("cache", places.cache)):
        if folder is not None:
            found[name] = str(folder)
            if not _is_writable(folder):
                report.faults.append(f"the folder {folder} cannot be written")
    there = "" if is_there(settings.path) else " (not there)"
    return {**found, "config": f"{settings.path}{there}"}


def _is_writable(folder: Path) -> bool:
    """Tell whether a folder, or the nearest one above it that exists, can be written."""
    nearest = next((each for each in (folder, *folder.parents) if is_there(each)), folder)
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)


def _book(settings: Settings, report: Report) -> dict[str, object]:
    # The doctor is there to tell of failures, so here they are findings and not the end.
    try:
        handbook = Workspace.open(settings).handbook
    except HandbookError as error:
        report.faults.append(str(error))
        return {"title": "cannot be opened"}
    return {
        "title": handbook.title,
        "pages": len(handbook.pages),
        "words": sum(info.words for info in handbook.pages),
    }


def _store(settings: Settings, report: Report) -> dict[str, object]:
    path = locations(settings).data / "progress.db"
    if not is_there(path):
        return {"file": f"{path} (nothing kept yet)"}
    from handbook.store.store import Store  # noqa: PLC0415  only if there is one

    try:
        store = Store.open(path)
        try:
            health = store.health()
        finally:
            store.close()
    except HandbookError as error:
        report.faults.append(str(error))
        return {"file": f"{path} (cannot be opened)"}
    return _health(health, report)


def _health(health: Health, report: Report) -> dict[str, object]:
    report.faults += [health.trouble] if health.trouble else []
    if health.quick_check != "ok":
        report.faults.append(f"the store is damaged: {health.quick_check}")
    return {
        "file": str(health.path),
        "bytes": health.size,
        "events": health.events,
        "check": health.quick_check,
        "schema": health.schema_version,
        "journal": health.journal_mode,
        "filesystem": health.filesystem or "unknown",
        "backup": str(health.last_backup) if health.last_backup else "none yet",
    }


def _settings(arguments: Arguments) -> dict[str, object]:
    """Return each setting in force, and where it was said."""
    in_file = load_settings({}, {}, arguments.settings.path)
    found: dict[str, object] = {}
    for setting in SETTINGS:
        value = getattr(arguments.settings, setting.name)
        if arguments.flags.get(setting.name) is not None:
            origin = setting.flag
        elif setting.variable and os.environ.get(setting.variable):
            origin = setting.variable
        else:
            is_said = getattr(in_file, setting.name) != setting.default
            origin = str(arguments.settings.path) if is_said else "default"
        found[setting.name] = f"{_plain(value)} ({origin})"
    return found


def _check_keys(settings: Settings, report: Report) -> None:
    from handbook.actions import keys_of  # noqa: PLC0415  only here

    try:
        keys_of(settings)
    except SettingsError as error:
        report.faults.append(str(error))


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return _shown([str(each) for each in value])
    if isinstance(value, bool) or value is None:
        return "not set" if value is None else _shown(value)
    return str(dict(value)) if hasattr(value, "items") else str(value)  # type: ignore[call-overload]
