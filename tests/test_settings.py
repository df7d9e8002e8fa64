from __future__ import annotations

import os
import stat
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.errors import SettingsError
from handbook.settings import SETTINGS, Settings, load_settings, save_setting


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "handbook" / "config.toml"


def write(config: Path, text: str) -> Path:
    config.parent.mkdir(exist_ok=True)
    config.write_text(text, encoding="utf-8")
    return config


def load(config: Path) -> Settings:
    return load_settings({}, {}, config)


def complaint(config: Path, text: str) -> str:
    """Return what is said of a settings file with a fault in it."""
    with pytest.raises(SettingsError) as caught:
        load(write(config, text))
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    return str(caught.value).replace(str(config), "config.toml")


def test_without_any_word_the_defaults_hold(config: Path):
    assert load(config) == Settings(path=config)


def test_the_table_and_the_settings_agree():
    defaults = {field.name: getattr(Settings(), field.name) for field in fields(Settings)}
    del defaults["path"]
    assert {setting.name: setting.default for setting in SETTINGS} == defaults
    assert list(defaults) == [setting.name for setting in SETTINGS]


def test_flags_win_over_variables_and_variables_over_the_file(config: Path):
    write(config, "measure = 60\ntheme = 'light'\nmouse = false\n")
    environ = {"HANDBOOK_MEASURE": "70", "HANDBOOK_THEME": "ansi"}
    settings = load_settings({"measure": 80, "theme": None}, environ, config)
    assert (settings.measure, settings.theme, settings.mouse) == (80, "ansi", False)


def test_every_setting_can_be_said_in_the_file(config: Path):
    text = """
content = ["team", "/srv/book"]
only = "~/book"
data = "/srv/data"
cache = "cache"
theme = "mono"
color = 256
ascii = true
mouse = false
measure = 100
motion = true
plain = true
[keys]
"app.quit" = "ctrl+q"
page.next = ["n", "right"]
"""
    home = Path("~").expanduser()
    assert load(write(config, text)) == Settings(
        content=(config.parent / "team", Path("/srv/book")),
        only=home / "book",
        data=Path("/srv/data"),
        cache=config.parent / "cache",
        theme="mono",
        color="256",
        ascii=True,
        mouse=False,
        measure=100,
        motion=True,
        plain=True,
        keys={"app.quit": ("ctrl+q",), "page.next": ("n", "right")},
        path=config,
    )


def test_every_setting_but_the_keys_has_a_variable(config: Path):
    environ = {
        "HANDBOOK_CONTENT": os.pathsep.join(["team", "", "/srv/book"]),
        "HANDBOOK_ONLY": "book",
        "HANDBOOK_DATA_DIR": "/srv/data",
        "HANDBOOK_CACHE_DIR": "/srv/cache",
        "HANDBOOK_THEME": "dark",
        "HANDBOOK_COLOR": "none",
        "HANDBOOK_ASCII": "1",
        "HANDBOOK_MOUSE": "No",
        "HANDBOOK_MEASURE": "40",
        "HANDBOOK_MOTION": "on",
        "HANDBOOK_PLAIN": "true",
    }
    assert set(environ) == {setting.variable for setting in SETTINGS if setting.variable}
    assert load_settings({}, environ, config) == Settings(
        content=(Path("team"), Path("/srv/book")),
        only=Path("book"),
        data=Path("/srv/data"),
        cache=Path("/srv/cache"),
        theme="dark",
        color="none",
        ascii=True,
        mouse=False,
        measure=40,
        motion=True,
        plain=True,
        path=config,
    )


def test_an_empty_variable_says_nothing(config: Path):
    write(config, "theme = 'light'")
    assert load_settings({}, {"HANDBOOK_THEME": ""}, config).theme == "light"


def test_flags_take_what_the_command_line_gives(config: Path):
    flags = {"content": ["team", Path("own")], "mouse": False, "data": Path("/srv"), "keys": None}
    settings = load_settings(flags, {}, config)
    assert settings.content == (Path("team"), Path("own"))
    assert (settings.mouse, settings.data) == (False, Path("/srv"))


def test_a_variable_names_another_settings_file(config: Path):
    write(config, "measure = 50")
    settings = load_settings({}, {"HANDBOOK_CONFIG": str(config)})
    assert (settings.measure, settings.path) == (50, config)


def test_the_users_folder_of_settings_is_the_platforms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    write(tmp_path / "handbook" / "config.toml", "measure = 50")
    settings = load_settings({}, {})
    if sys.platform == "linux":
        assert settings.path == tmp_path / "handbook" / "config.toml"
        assert settings.measure == 50
    assert settings.path.name == "config.toml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "mouse = true\n\nthme = 'dark'",
            "config.toml:3: no setting is called 'thme' (nearest: theme)",
        ),
        (
            "# colours\ntheme = 'drak'",
            (
                "config.toml:2: theme: must be one of auto, dark, light, ansi, mono, not 'drak'"
                " (nearest: dark)"
            ),
        ),
        (
            "measure = 30",
            "config.toml:1: measure: must be a whole number from 40 to 120, not 30 (nearest: 40)",
        ),
        (
            "measure = true",
            "config.toml:1: measure: must be a whole number from 40 to 120, not True (nearest: 40)",
        ),
        (
            "mouse = 'yes'",
            (
                "config.toml:1: mouse: must be true or false, not 'yes'"
                " (take clicks and the wheel; without it the terminal selects text)"
            ),
        ),
        (
            "content = 'team'",
            (
                "config.toml:1: content: must be a list of folders, not 'team'"
                " (folders of Markdown laid over the book, later ones over earlier ones)"
            ),
        ),
        (
            "data = 5",
            (
                "config.toml:1: data: must be a folder, not 5"
                " (the folder of your ticks, notes and bookmarks)"
            ),
        ),
        (
            "theme = 'dark'\n[keys]\napp.quit = 5",
            (
                "config.toml:2: keys: app.quit must be a key or a list of keys, not 5"
                ' (for example "ctrl+q", or ["q", "ctrl+q"]; an empty list takes the keys away)'
            ),
        ),
        (
            "theme = 'dark'\nmeasure = \n",
            "config.toml:2: Invalid value (at line 2, column 11) (the file is TOML: name = value)",
        ),
        (
            "theme = 'dark'\ntheme = 'light'",
            (
                "config.toml: Cannot overwrite a value (at end of document)"
                " (the file is TOML: name = value)"
            ),
        ),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_place_and_a_way_out(
    config: Path, text: str, said: str
):
    assert complaint(config, text) == said


def test_a_long_value_is_cut_in_the_message_and_cannot_paint_the_terminal(config: Path):
    said = complaint(config, 'theme = "\\u001b[31m' + "x" * 500 + '"')
    assert len(said) <= 200
    assert "\x1b" not in said


def test_a_fault_in_a_variable_names_the_variable(config: Path):
    with pytest.raises(SettingsError, match=r"^HANDBOOK_MEASURE: must be a whole .* not 'wide'"):
        load_settings({}, {"HANDBOOK_MEASURE": "wide"}, config)
    with pytest.raises(SettingsError, match=r"^HANDBOOK_MOUSE: must be true or false"):
        load_settings({}, {"HANDBOOK_MOUSE": "maybe"}, config)


def test_a_fault_in_a_flag_names_the_flag(config: Path):
    with pytest.raises(SettingsError, match=r"^--theme: must be one of .* \(nearest: light\)$"):
        load_settings({"theme": "lihgt"}, {}, config)


def test_a_file_that_cannot_be_read_is_told(config: Path):
    config.mkdir(parents=True)
    with pytest.raises(SettingsError, match=r"cannot be read: Is a directory"):
        load(config)


def test_a_file_that_is_not_utf8_is_told(config: Path):
    config.parent.mkdir()
    config.write_bytes(b"theme = '\xff'")
    with pytest.raises(SettingsError, match="is not UTF-8"):
        load(config)


def test_saving_keeps_comments_order_and_everything_else(config: Path):
    write(config, "# mine\ntheme = 'dark'  # at night\n\n[keys]\nquit = 'q' # short\n")
    save_setting(config, "theme", "light")
    save_setting(config, "measure", 80)
    assert config.read_text() == (
        "# mine\ntheme = \"light\"  # at night\nmeasure = 80\n\n[keys]\nquit = 'q' # short\n"
    )


def test_saving_makes_the_file_and_its_folder_for_the_reader_alone(config: Path):
    before = os.umask(0)
    try:
        save_setting(config, "mouse", value=False)
    finally:
        os.umask(before)
    assert config.read_text() == "mouse = false\n"
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert stat.S_IMODE(config.parent.stat().st_mode) == 0o700
    assert list(config.parent.iterdir()) == [config]


def test_saving_nothing_takes_a_setting_out(config: Path):
    write(config, "theme = 'dark'\nmouse = false\n")
    save_setting(config, "theme", None)
    save_setting(config, "measure", None)
    assert config.read_text() == "mouse = false\n"


def test_a_link_to_the_settings_file_stays_a_link(config: Path, tmp_path: Path):
    real = tmp_path / "dotfiles.toml"
    real.write_text("theme = 'dark'\n")
    config.parent.mkdir()
    config.symlink_to(real)
    save_setting(config, "theme", "mono")
    assert config.is_symlink()
    assert real.read_text() == 'theme = "mono"\n'


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("theme", "drak", "theme: must be one of"),
        ("thme", "dark", "settings: no setting is called 'thme'"),
        ("measure", 500, "measure: must be a whole number"),
    ],
)
def test_what_could_not_be_loaded_is_not_saved(config: Path, name: str, value: object, said: str):
    write(config, "mouse = false\n")
    with pytest.raises(SettingsError, match=said):
        save_setting(config, name, value)
    assert config.read_text() == "mouse = false\n"


def test_a_file_with_faults_is_not_written_over(config: Path):
    write(config, "theme = \n# precious\n")
    with pytest.raises(SettingsError, match="nothing was saved"):
        save_setting(config, "mouse", value=True)
    assert config.read_text() == "theme = \n# precious\n"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="cannot be"):
        save_setting(tmp_path / "file" / "config.toml", "mouse", value=True)


saved = st.fixed_dictionaries(
    {},
    optional={
        "content": st.lists(st.text("abc/é", min_size=1).map(lambda name: f"/{name}"), max_size=3),
        "theme": st.sampled_from(["auto", "dark", "light", "ansi", "mono"]),
        "mouse": st.booleans(),
        "measure": st.integers(40, 120),
        "keys": st.dictionaries(st.sampled_from(["app.quit", "page.next"]), st.lists(st.just("q"))),
    },
)


@given(saved)
def test_what_is_saved_is_what_is_loaded(tmp_path_factory: pytest.TempPathFactory, values: dict):  # type: ignore[type-arg]
    config = tmp_path_factory.mktemp("saved") / "config.toml"
    for name, value in values.items():
        save_setting(config, name, value)
    settings = load(config)
    for name, value in values.items():
        expected = {
            "content": lambda value: tuple(map(Path, value)),
            "keys": lambda value: {action: tuple(keys) for action, keys in value.items()},
        }.get(name, lambda value: value)(value)
        assert getattr(settings, name) == expected


@given(st.text())
def test_any_text_is_either_empty_toml_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
):
    config = tmp_path_factory.mktemp("any") / "config.toml"
    config.write_bytes(text.encode("utf-8", "replace"))
    try:
        says_nothing = tomllib.loads(config.read_bytes().decode()) == {}
    except tomllib.TOMLDecodeError:
        says_nothing = False
    if says_nothing:
        assert load(config) == Settings(path=config)
    else:
        with pytest.raises(SettingsError, match=r"config\.toml"):
            load(config)


def test_a_start_without_a_settings_file_loads_no_toml(tmp_path: Path):
    program = (
        "import sys; from pathlib import Path; from handbook.settings import load_settings;"
        f"load_settings({{}}, {{}}, Path({str(tmp_path / 'none.toml')!r}));"
        "print([name for name in ('tomllib', 'tomlkit', 'platformdirs') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert done.stdout == "[]\n"
