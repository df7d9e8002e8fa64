"""The registry of actions: no clash, a footer of seven, other keys from the settings file."""

from __future__ import annotations

import tomllib
from collections import Counter
from inspect import getmembers
from pathlib import Path
from textwrap import dedent

import pytest

from handbook.actions import ACTIONS, FIELDS, MODAL, Keys, key_label, key_name, keys_of
from handbook.errors import SettingsError
from handbook.key_names import NAMES, key_fault
from handbook.settings import load_settings

PLACES = sorted({place for action in ACTIONS for place in action.places} - {"everywhere"})
GROUPS = {
    "Moving",
    "Book",
    "Links",
    "Finding",
    "Marking",
    "View",
    "Views",
    "Roles",
    "Checklist",
    "Progress",
    "Everywhere",
    "Exam",
    "Mock",
    "Answering",
    "Study",
}
every_place = pytest.mark.parametrize("place", PLACES)


def test_no_two_actions_have_the_same_id() -> None:
    assert [each for each, count in Counter(a.id for a in ACTIONS).items() if count > 1] == []


def test_every_action_says_what_it_does_and_where() -> None:
    for action in ACTIONS:
        assert action.word, action.id
        assert action.about[0].isupper(), action.id
        assert not action.about.endswith("."), action.id
        assert action.group in GROUPS, action.id
        assert action.places, action.id


@every_place
def test_a_key_means_one_thing_at_a_place(place: str) -> None:
    keys = Counter(key for action in ACTIONS if place in action.places for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_a_key_means_one_thing_everywhere() -> None:
    keys = Counter(k for a in ACTIONS if "everywhere" in a.places for k in a.keys)
    assert [key for key, count in keys.items() if count > 1] == []


@every_place
def test_what_works_everywhere_is_hidden_by_a_place_only_where_it_means_to(place: str) -> None:
    meant = {
        ("contents", "escape"),
        ("contents", "q"),
        ("help", "q"),
        ("info", "q"),
        ("messages", "q"),
        *(("open-sitting", key) for key in "123A"),
        *(("study", key) for key in "123"),
        *(("judged", key) for key in "1234"),
        *((where, key) for where in ("mock-room", "mock-judge") for key in "1234"),
    }
    hidden = {
        (place, key)
        for action in ACTIONS
        if "everywhere" in action.places
        for key in action.keys
        if place not in MODAL and Keys().find(place, key).id != action.id
    }
    assert hidden <= meant


def test_no_action_needs_a_key_that_terminals_cannot_send() -> None:
    taken = {
        "ctrl+i",
        "ctrl+m",
        "ctrl+h",
        "ctrl+left_square_bracket",
        "ctrl+slash",
        "ctrl+s ctrl+q",
    }
    for action in ACTIONS:
        assert not taken & set(action.keys), action.id
        assert not any(key.startswith("alt+") for key in action.keys), action.id


@every_place
def test_the_footer_has_at_most_seven_and_help_is_the_last(place: str) -> None:
    footer = Keys().footer(place)
    assert len(footer) <= 7
    assert footer or place == "find"
    assert "app.help" not in [action.id for action in footer[:-1]]
    assert (footer[-1].id == "app.help") is (place not in MODAL)


def test_the_footer_of_the_reader_is_the_one_of_the_drawings() -> None:
    words = [action.word for action in Keys().footer("reader")]
    assert words == ["move", "page", "find", "search all", "contents", "copy", "help"]


@pytest.mark.parametrize("place", sorted(FIELDS))
def test_letters_are_typed_in_a_field_and_run_nothing(place: str) -> None:
    keys = Keys()
    assert [keys.find(place, letter) for letter in "qsxt?:/ 1Q"] == [None] * 10


@pytest.mark.parametrize("place", sorted(MODAL))
def test_leaving_works_over_every_overlay(place: str) -> None:
    assert Keys().find(place, "ctrl+q").id == "app.quit"


@every_place
def test_a_place_can_be_left_by_escape(place: str) -> None:
    action = Keys().find(place, "escape")
    assert action is not None
    assert action.id.rpartition(".")[2] in {"back", "leave", "keep"}


# Methods: "every action has a method somewhere" is also a rule of the house


def test_the_method_of_an_action_is_the_last_part_of_its_id() -> None:
    keys = Keys()
    assert keys.get("reader.next-page").method == "action_next_page"
    assert keys.get("app.help").method == "action_help"


# Other keys


def test_the_settings_file_gives_an_action_other_keys() -> None:
    keys = Keys({"app.quit": ("ctrl+o",), "reader.zen": ["Z", "f2"]})
    assert keys.find("reader", "ctrl+o").id == "app.quit"
    assert keys.find("reader", "Q") is None
    assert keys.find("reader", "f2").id == "reader.zen"
    assert keys.find("reader", "z") is None


def test_an_empty_list_takes_the_keys_away() -> None:
    keys = Keys({"app.mouse": ()})
    assert keys.find("home", "M") is None


def test_an_unknown_action_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(SettingsError) as error:
        Keys({"reader.bookmrk": ("m",)})
    assert str(error.value) == (
        "keys: no action is called 'reader.bookmrk'"
        " (nearest: reader.bookmark; `handbook keys` lists them)"
    )


def test_an_action_unlike_any_other_leads_to_the_list() -> None:
    with pytest.raises(SettingsError) as error:
        Keys({"zzzzzz": ("m",)})
    assert error.value.hint == "`handbook keys` lists them"


def test_a_key_for_two_things_at_one_place_is_an_error() -> None:
    with pytest.raises(SettingsError) as error:
        Keys({"reader.zen": ("x",)})
    assert "'x' would mean both" in str(error.value)
    assert "reader.zen" in str(error.value)
    assert error.value.hint == "give one of them another key"


def test_two_actions_may_change_their_keys_with_each_other() -> None:
    keys = Keys({"reader.zen": ("i",), "reader.sources": ("z",)})
    assert keys.find("reader", "i").id == "reader.zen"
    assert keys.find("reader", "z").id == "reader.sources"


def refusal(changes: dict[str, tuple[str, ...]]) -> str:
    """Return what is said of changes that are refused, in one line."""
    with pytest.raises(SettingsError) as error:
        Keys(changes)
    assert "\n" not in str(error.value)
    assert error.value.hint
    return error.value.message


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reader.bookmark": ("t",)}, "'t' would mean both reader.contents and reader.bookmark"),
        ({"reader.zen": ("s",)}, "'s' would mean both reader.zen and app.search"),
        ({"app.theme": ("x",)}, "'x' would mean both checklist.tick and app.theme"),
        ({"app.theme": ("q",)}, "'q' would mean both app.back and app.theme"),
        ({"app.home": ("1",)}, "'1' would mean both app.home and app.read"),
        ({"picker.remove": ("tab", "enter")}, "'enter' would mean both picker.choose and"),
        ({"app.quit": ("ctrl+x",)}, "'ctrl+x' would mean both picker.remove and app.quit"),
        ({"app.quit": ("ctrl+l",)}, "'ctrl+l' would mean both app.redraw and app.quit"),
        # An action without keys in the table may not take a taken one either
        ({"app.messages": ("m",)}, "'m' would mean both reader.bookmark and app.messages"),
        # The key was given up by one, and is asked for by two
        (
            {"reader.zen": (), "reader.words": ("z",), "reader.links": ("z",)},
            "'z' would mean both reader.links and reader.words",
        ),
    ],
)
def test_a_key_that_is_taken_is_refused_with_both_names(
    changes: dict[str, tuple[str, ...]], message: str
) -> None:
    assert message in refusal(changes)


def test_a_key_that_is_given_up_is_free() -> None:
    keys = Keys({"reader.sources": (), "reader.zen": ("i",)})
    assert keys.find("reader", "i").id == "reader.zen"


def test_a_place_keeps_its_own_meaning_of_a_key_that_works_everywhere() -> None:
    keys = Keys({"contents.leave": ("escape", "q", "Z")})
    assert keys.find("contents", "q").id == "contents.leave"


def test_the_example_in_the_manual_is_taken() -> None:
    manual = (Path(__file__).parents[2] / "content/manual/settings.md").read_text()
    lines = manual.split("[keys]\n", 1)[1].split("\n\n", 1)[0]
    changes = tomllib.loads(dedent(lines))
    Keys({name: (keys,) if isinstance(keys, str) else keys for name, keys in changes.items()})
    assert len(changes) == 2


@pytest.mark.parametrize("action", ["app.help", "app.quit", "app.back", "find.leave", "note.keep"])
def test_what_leads_out_needs_a_key(action: str) -> None:
    assert refusal({action: ()}) == f"keys: {action} needs a key"


@pytest.mark.parametrize("key", ["o", "?", "space"])
def test_a_key_that_is_typed_into_a_field_runs_nothing_there(key: str) -> None:
    assert refusal({"search.open": (key,)}) == f"keys: {key!r} for search.open is typed there"


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("nosuchkey", "is no key: write a character, or a name such as 'f2'"),
        ("", "is no key: write a character, or a name such as 'f2'"),
        ("pagedwn", "is no key, nearest: 'pagedown'"),
        ("F2", "is written 'f2'"),
        ("Ctrl+X", "is written 'ctrl+x'"),
        ("ctrl-x", "is written 'ctrl+x'"),
        ("^x", "is written 'ctrl+x'"),
        ("esc", "is written 'escape'"),
        ("PgDn", "is written 'pagedown'"),
        ("Return", "is written 'enter'"),
        (" ", "is written 'space'"),
        ("question_mark", "is written '?'"),
        ("shift+a", "is written 'A'"),
        ("ctrl+i", "never arrives: terminals send it as tab"),
        ("ctrl+m", "never arrives: terminals send it as enter"),
        ("ctrl+j", "never arrives: terminals send it as enter"),
        ("ctrl+h", "never arrives: terminals send it as backspace"),
        ("Ctrl+[", "never arrives: terminals send it as escape"),
        ("alt+x", "never arrives: terminals send alt as Escape and then the key"),
        ("ctrl+shift+x", "never arrives: terminals send it as ctrl+x"),
        ("cmd+x", "never arrives: it belongs to the desktop"),
        ("й", "acts as 'q': write that"),
        ("\x1b", "is no key: write a character, or a name such as 'f2'"),
    ],
)
def test_a_key_that_never_arrives_is_refused_with_the_reason(key: str, fault: str) -> None:
    assert key_fault(key) == fault
    assert refusal({"reader.bookmark": (key,)}) == f"keys: {key!r} for reader.bookmark {fault}"


def test_what_an_action_has_by_itself_it_may_keep() -> None:
    keys = Keys({"search.down": ("down", "ctrl+j")})
    assert keys.find("search", "ctrl+j").id == "search.down"


def test_every_name_of_a_key_is_one_of_textuals() -> None:
    from textual.keys import Keys as TextualKeys

    assert {key.value for key in TextualKeys} >= NAMES - {"ctrl+underscore"}


def test_every_key_of_the_table_may_be_written_in_the_settings() -> None:
    keys = {key for action in ACTIONS for key in action.keys}
    assert {key: key_fault(key) for key in keys if key_fault(key)} == {
        "ctrl+j": "never arrives: terminals send it as enter"
    }


def test_a_mistake_in_the_settings_file_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('theme = "dark"\n\n[keys]\n"reader.zen" = "Z"\n"reader.bookmark" = "t"\n')
    settings = load_settings({}, {}, file)
    with pytest.raises(SettingsError) as error:
        keys_of(settings)
    assert error.value.message.startswith(f"{file}:5: keys: 't' would mean both ")
    file.write_text("[keys]\n[keys.reader]\nbookmark = 'F2'\n")
    with pytest.raises(SettingsError, match=r"config\.toml:1: keys: 'F2' for reader\.bookmark"):
        keys_of(load_settings({}, {}, file))


# Names of keys


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [
        ("j", "j", "j"),
        ("G", "G", "G"),
        ("question_mark", "?", "?"),
        ("left_square_bracket", "[", "["),
        ("space", " ", "space"),
        ("escape", "\x1b", "escape"),
        ("enter", "\r", "enter"),
        ("tab", "\t", "tab"),
        ("shift+tab", None, "shift+tab"),
        ("ctrl+f", "\x06", "ctrl+f"),
        ("super+c", None, "ctrl+c"),
        ("f1", None, "f1"),
        # The keys at the same place on a Russian and a Greek keyboard
        ("cyrillic_small_letter_o", "о", "j"),
        ("cyrillic_small_letter_short_i", "й", "q"),
        ("cyrillic_capital_letter_pe", "П", "G"),
        ("cyrillic_small_letter_ha", "х", "["),
        ("greek_small_letter_xi", "ξ", "j"),
        ("greek_small_letter_kappa", "κ", "k"),
        ("greek_capital_letter_gamma", "Γ", "G"),
        ("latin_small_letter_e_with_acute", "é", "é"),
    ],
)
def test_a_key_is_known_by_its_character_or_its_place(
    key: str, character: str | None, name: str
) -> None:
    assert key_name(key, character) == name


def test_keys_are_written_for_people() -> None:
    labels = [key_label(key) for key in ("ctrl+f", "pagedown", "escape", "a", "tab")]
    assert labels == ["^f", "PgDn", "esc", "a", "tab"]


def test_the_table_is_the_only_list_of_keys() -> None:
    """No screen has bindings of its own beside the registry."""
    from handbook.tui.app import HandbookApp
    from handbook.tui.screens.base import HandbookScreen

    for owner in (HandbookApp, HandbookScreen):
        own = dict(getmembers(owner)).get("BINDINGS", [])
        inherited = {
            id(each) for base in owner.__mro__[1:] for each in vars(base).get("BINDINGS", [])
        }
        assert [each for each in own if id(each) not in inherited] == []
