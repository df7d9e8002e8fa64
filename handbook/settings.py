"""The settings: flags win over `HANDBOOK_*` variables, those over the settings file.

All are declared in one table, `SETTINGS`; the command line, its help and the manual are made from
it. What is wrong raises SettingsError with file, line, name and the nearest right word.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

from handbook.errors import SettingsError, nearest

Kind: TypeAlias = Literal["folder", "folders", "choice", "switch", "number", "keys"]


class Setting(NamedTuple):
    """A setting: what it may be and where it can be said.

    `choices` are the words of a choice, or the lowest and the highest of a number; `variable` and
    `flag` are "" where there is none. A switch has two flags, `--mouse` and `--no-mouse`.
    """

    name: str
    kind: Kind
    default: object
    choices: tuple[str, ...] | tuple[int, int]
    variable: str
    flag: str
    help: str


_THEMES = ("auto", "dark", "light", "ansi", "mono")
_COLOURS = ("auto", "true", "256", "16", "none")
_NO_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({})

SETTINGS = (
    Setting(
        *("content", "folders", (), (), "HANDBOOK_CONTENT", "--content"),
        "folders of Markdown laid over the book, later ones over earlier ones",
    ),
    Setting(
        *("only", "folder", None, (), "HANDBOOK_ONLY", "--only"),
        "a folder of Markdown to read instead of the book",
    ),
    Setting(
        *("data", "folder", None, (), "HANDBOOK_DATA_DIR", "--data"),
        "the folder of your ticks, notes and bookmarks",
    ),
    Setting(
        *("cache", "folder", None, (), "HANDBOOK_CACHE_DIR", "--cache"),
        "the folder of what can be made again, such as the search index",
    ),
    Setting(
        *("theme", "choice", "auto", _THEMES, "HANDBOOK_THEME", "--theme"),
        "the colours of the app; auto asks the terminal whether it is dark",
    ),
    Setting(
        *("color", "choice", "auto", _COLOURS, "HANDBOOK_COLOR", "--color"),
        "how many colours the terminal has; auto finds out",
    ),
    Setting(
        *("ascii", "switch", False, (), "HANDBOOK_ASCII", "--ascii"),
        "draw with ASCII signs only",
    ),
    Setting(
        *("mouse", "switch", True, (), "HANDBOOK_MOUSE", "--mouse"),
        "take clicks and the wheel; without it the terminal selects text",
    ),
    Setting(
        *("measure", "number", 76, (40, 120), "HANDBOOK_MEASURE", "--measure"),
        "the widest line of text, in columns",
    ),
    Setting(
        *("motion", "switch", False, (), "HANDBOOK_MOTION", "--motion"),
        "animate what moves on the screen",
    ),
    Setting(
        *("plain", "switch", False, (), "HANDBOOK_PLAIN", "--plain"),
        "print plain text line by line, for pipes and screen readers",
    ),
    Setting(
        *("keys", "keys", _NO_KEYS, (), "", ""),
        "other keys for actions: a table of an action's id and a key or a list of keys",
    ),
)
"""Every setting, in the order of the help."""

_BY_NAME = {setting.name: setting for setting in SETTINGS}
_WORDS = {"1": True, "true": True, "yes": True, "on": True}
_WORDS |= {"0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force; `path` is the settings file, whether or not it exists yet.

    A folder that nobody named is None; `keys` are pairs of an action's id and its keys.
    """

    content: tuple[Path, ...] = ()
    only: Path | None = None
    data: Path | None = None
    cache: Path | None = None
    theme: Literal["auto", "dark", "light", "ansi", "mono"] = "auto"
    color: Literal["auto", "true", "256", "16", "none"] = "auto"
    ascii: bool = False
    mouse: bool = True
    measure: int = 76
    motion: bool = False
    plain: bool = False
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_KEYS)
    path: Path = Path("config.toml")


def load_settings(
    flags: Mapping[str, object], environ: Mapping[str, str], config: Path | None = None
) -> Settings:
    """Return the settings in force; raise SettingsError for whatever is wrong in one of them.

    `flags` are values by setting name, None for those not given. `config` names the settings file;
    without it the variable HANDBOOK_CONFIG does, else it is config.toml in the user's folder of
    settings. A file that does not exist says nothing. Folders in the file are relative to it.
    """
    path = _config_path(environ, config)
    found: dict[str, Any] = dict(_from_file(path))
    for setting in SETTINGS:
        word = environ.get(setting.variable, "") if setting.variable else ""
        if word:
            found[setting.name] = _from_word(setting, word)
        value = flags.get(setting.name)
        if value is not None:
            found[setting.name] = _checked(setting, value, setting.flag or setting.name, Path())
    return Settings(**found, path=path)


def save_setting(path: Path, name: str, value: object) -> None:
    """Write one setting into the file and leave the rest of it, comments too, as it is.

    None takes the setting out. The file is replaced at once, with mode 0600; a link to it stays a
    link. Raises SettingsError for an unknown name, a wrong value, a file with faults, and where it
    cannot be written.
    """
    # Only when something is saved: tomlkit costs 6 ms to import.
    import tomlkit  # noqa: PLC0415
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    setting = _BY_NAME.get(name) or _refuse_name(name, "settings")
    if value is not None:
        _checked(setting, value, name, path.parent)
    text = _read(path)
    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise SettingsError(f"{path}: {error}", hint="nothing was saved") from error
    if value is None:
        document.pop(name, None)
    else:
        document[name] = _writable(value)
    _replace(path, tomlkit.dumps(document))


def _config_path(environ: Mapping[str, str], config: Path | None) -> Path:
    named = config or environ.get("HANDBOOK_CONFIG")
    if named:
        return _expanded(named)
    # Lazy, because it costs 6 ms outside the app and a named file does without it.
    from platformdirs import user_config_path  # noqa: PLC0415

    return user_config_path("handbook", appauthor=False) / "config.toml"


def _from_file(path: Path) -> Iterator[tuple[str, object]]:
    text = _read(path)
    if not text:
        return
    import tomllib  # noqa: PLC0415  only if there is a file: it costs 6 ms

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path}:{line.group(1)}" if line else str(path)
        raise SettingsError(f"{place}: {error}", hint="the file is TOML: name = value") from error
    for name, value in table.items():
        where = f"{path}:{_line_of(name, text)}"
        setting = _BY_NAME.get(name) or _refuse_name(name, where)
        yield name, _checked(setting, value, f"{where}: {name}", path.parent)


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8", hint="save it as UTF-8 text") from error
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read: {error.strerror}", hint="HANDBOOK_CONFIG names another file"
        ) from error


def _line_of(name: str, text: str) -> int:
    """Return the line on which a name of the top level first stands; tomllib does not tell."""
    key = rf"^\s*\[?\s*[\"']?{re.escape(name)}[\"']?\s*[=.\]]"
    lines = enumerate(text.split("\n"), 1)
    return next((number for number, line in lines if re.match(key, line)), 1)


def line_of_key(path: Path, action: str) -> int:
    """Return the line of the settings file that gives an action keys, or that of all keys."""
    text = _read(path)
    line = _line_of(action, text)
    return line if line > 1 else _line_of("keys", text)


def _from_word(setting: Setting, word: str) -> object:
    """Return the value that a variable's text stands for."""
    value: object = word
    if setting.kind == "folders":
        value = [folder for folder in word.split(os.pathsep) if folder]
    elif setting.kind == "switch":
        value = _WORDS.get(word.strip().lower(), word)
    elif setting.kind == "number" and re.fullmatch(r"\s*\d{1,9}\s*", word):
        value = int(word)
    return _checked(setting, value, setting.variable, Path())


def _checked(setting: Setting, value: object, where: str, base: Path) -> object:
    """Return a value as `Settings` holds it; raise SettingsError if it is of the wrong kind."""
    if setting.kind == "choice" and str(value) in setting.choices:
        return str(value)  # `color = 256` is a number to TOML
    if setting.kind == "switch" and isinstance(value, bool):
        return value
    if setting.kind == "number" and isinstance(value, int) and not isinstance(value, bool):
        low, high = setting.choices
        if int(low) <= value <= int(high):
            return value
    if setting.kind == "folder" and isinstance(value, str | Path) and str(value):
        return _folder(value, base)
    if setting.kind == "folders" and isinstance(value, list | tuple) and _are_paths(value):
        return tuple(_folder(each, base) for each in value)
    if setting.kind == "keys" and isinstance(value, Mapping):
        return MappingProxyType(dict(_keys(value, where)))
    raise SettingsError(
        f"{where}: {_expected(setting)}, not {_shown(value)}", hint=_near(setting, value)
    )


def _are_paths(values: Iterable[object]) -> bool:
    return all(isinstance(each, str | Path) and str(each) for each in values)


def _folder(value: str | Path, base: Path) -> Path:
    return base / _expanded(value)


def _expanded(value: str | Path) -> Path:
    try:
        return Path(value).expanduser()
    except RuntimeError as error:  # what pathlib raises for ~somebody
        raise SettingsError(f"{_shown(str(value))}: there is no such user") from error


def _keys(
    table: Mapping[str, object], where: str, before: str = ""
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield actions and their keys; `app.quit` without quotes is a table in a table to TOML."""
    for name, value in table.items():
        action = f"{before}{name}"
        if isinstance(value, dict):
            yield from _keys(value, where, f"{action}.")
        elif isinstance(value, str) and value:
            yield action, (value,)
        elif isinstance(value, list) and all(isinstance(key, str) and key for key in value):
            yield action, tuple(value)
        else:
            raise SettingsError(
                f"{where}: {action} must be a key or a list of keys, not {_shown(value)}",
                hint='for example "ctrl+q", or ["q", "ctrl+q"]; an empty list takes the keys away',
            )


def _expected(setting: Setting) -> str:
    if setting.kind == "choice":
        return f"must be one of {', '.join(map(str, setting.choices))}"
    if setting.kind == "number":
        low, high = setting.choices
        return f"must be a whole number from {low} to {high}"
    return {
        "switch": "must be true or false",
        "folder": "must be a folder",
        "folders": "must be a list of folders",
        "keys": "must be a table of actions and keys",
    }[setting.kind]


def _near(setting: Setting, value: object) -> str:
    if setting.kind == "number" and isinstance(value, int):
        low, high = map(int, setting.choices)
        return f"nearest: {min(max(value, low), high)}"
    known = [str(choice) for choice in setting.choices] if setting.kind == "choice" else []
    return nearest(str(value).lower(), known, 0.5) or setting.help


def _refuse_name(name: str, where: str) -> Setting:
    known = ", ".join(_BY_NAME)
    raise SettingsError(
        f"{where}: no setting is called {_shown(name)}",
        hint=nearest(name.lower(), _BY_NAME, 0.5) or f"there are {known}",
    )


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _writable(value: object) -> Any:
    """Return a value as TOML has it: a path is a string, a tuple a list."""
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, list | tuple):
        return [_writable(each) for each in value]
    if isinstance(value, Mapping):
        return {name: _writable(each) for name, each in value.items()}
    return value


def _replace(path: Path, text: str) -> None:
    """Put a new file in the place of the old one in one step."""
    target = Path(os.path.realpath(path))
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                os.fchmod(descriptor, 0o600)
                file.write(text)
                file.flush()
                os.fsync(descriptor)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be written: {error.strerror}", hint="the file is as it was"
        ) from error
