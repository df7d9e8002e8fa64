"""From words to arguments: settings anywhere, wrong words named with the nearest right one."""

from pathlib import Path

import pytest

from handbook.cli.arguments import PRINT, Arguments, command_parser, parse
from handbook.cli.table import BY_NAME, COMMANDS, SCOPES
from handbook.errors import SettingsError, UsageError
from handbook.settings import SETTINGS


def test_without_words_the_app_is_opened():
    arguments = parse([])
    assert (arguments.command, arguments.place) == ("open", "")


def test_a_word_that_is_no_command_is_a_place():
    assert parse(["roles/ml-engineer#tools"]).place == "roles/ml-engineer#tools"


def test_open_and_two_dashes_take_a_place_called_like_a_command():
    assert parse(["open", "list"]).place == "list"
    assert parse(["--", "list"]).place == "list"
    assert parse(["list"]).command == "list"


@pytest.mark.parametrize(
    "argv",
    [
        ["--theme", "light", "--content", "a", "show", "x", "--content", "b", "--no-mouse"],
        ["show", "--no-mouse", "x", "--theme=light", "--content=a", "--content", "b"],
    ],
)
def test_settings_stand_before_or_after_the_command(argv):
    arguments = parse(argv)
    settings = arguments.settings
    assert (arguments.command, arguments.place) == ("show", "x")
    assert (settings.theme, settings.mouse) == ("light", False)
    assert settings.content == (Path("a"), Path("b"))


def test_every_setting_with_a_flag_can_be_given():
    values = {"choice": "none", "number": "60", "folder": "x", "folders": "x"}
    for setting in SETTINGS:
        if setting.flag:
            value = "dark" if setting.name == "theme" else values.get(setting.kind)
            arguments = parse([setting.flag, *([value] if value else []), "list"])
            assert arguments.flags[setting.name] is not None


def test_after_two_dashes_nothing_is_an_option():
    arguments = parse(["search", "--limit", "3", "--", "--theme", "-x"])
    assert (arguments.query, arguments.limit) == (("--theme", "-x"), 3)


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["shwo", "x"], "no command is called 'shwo' (nearest: show)"),
        (["show", "x", "--widht", "3"], "handbook show has no option '--widht' (nearest: --width)"),
        (
            ["show", "x", "--bogus"],
            "no option '--bogus' (see `handbook show --help`; words go after --)",
        ),
        (["show", "x", "--asci"], "(nearest: --ascii)"),
        (["search", "x", "--limt", "3"], "(nearest: --limit)"),
        (["show", "x", "--them=dark"], "handbook show has no option '--them' (nearest: --theme)"),
        (["show", "x", "y"], "handbook show does not know what to do with 'y'"),
        (["a", "b"], "handbook does not know what to do with 'b'"),
        (["show"], "the following arguments are required: PLACE"),
        (["show", "x", "--width"], "--width: expected one argument"),
        (["show", "x", "--width", "²"], "'²' is not a whole number from 20 to 200"),
        (["show", "x", "--width", "9" * 5000], "is not a whole number from 20 to 200"),
        (["show", "x", "--json", "--markdown"], "not allowed with argument --json"),
        (["search", "x", "--in", "pages"], "(nearest: page)"),
        (["new", "page", "role"], "handbook new does not know what to do with 'role'"),
        (["--content"], "--content: expected one argument"),
    ],
)
def test_a_wrong_use_is_one_clear_line(argv, message):
    with pytest.raises(UsageError) as caught:
        parse(argv)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--theme", "drk"], "--theme: must be one of auto, dark"),
        (["--measure", "9"], "--measure: must be a whole number from 40 to 120"),
        (["--measure", "x"], "--measure: must be a whole number"),
    ],
)
def test_a_wrong_setting_names_its_flag(argv, message):
    with pytest.raises(SettingsError, match=message):
        parse(argv)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_help_with_examples(command):
    arguments = parse([command.name, "--help"])
    assert arguments.command == PRINT
    assert f"usage: handbook {command.name}" in arguments.text or command.name == "open"
    assert all(example in arguments.text for example in command.examples)
    if command.name != "open":
        assert parse(["help", command.name]).text == arguments.text


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_option_of_a_command_is_a_field_of_the_arguments(command):
    names = {action.dest for action in command_parser(command)._actions} - {"help"}
    assert names <= set(Arguments.__slots__)


def test_the_help_lists_every_command_and_setting():
    text = parse(["-h"]).text
    assert all(f"\n  {name} " in text for name in BY_NAME)
    assert all(setting.flag in text for setting in SETTINGS)


def test_the_scopes_are_those_of_the_model():
    from typing import get_args

    from handbook.model import Scope

    assert set(SCOPES) == set(get_args(Scope))


def test_the_version_is_printed(capsys):
    from handbook import __version__, main

    assert main.run(["--version"]) == 0
    assert capsys.readouterr().out == f"handbook {__version__}\n"


def test_every_command_can_be_carried_out():
    from importlib import import_module

    for command in COMMANDS[1:]:
        module, _, function = command.run.partition(":")
        assert callable(getattr(import_module(f"handbook.cli.{module}"), function))


def test_one_folder_alone_and_one_more_exclude_each_other():
    with pytest.raises(UsageError, match="exclude each other"):
        parse(["list", "--only", "a", "--content", "b"])
