"""The registry of actions: no clash, a footer of seven, other keys from the settings file."""

from __future__ import annotations

from collections import Counter
from inspect import getmembers

import pytest

from handbook.actions import ACTIONS, FIELDS, MODAL, Keys, key_label, key_name
from handbook.errors import SettingsError

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
    "Everywhere",
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
    keys = Keys({"app.quit": ("ctrl+x",), "reader.zen": ["Z", "f2"]})
    assert keys.find("reader", "ctrl+x").id == "app.quit"
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
        "keys: no action is called 'reader.bookmrk' (nearest: reader.bookmark)"
    )


def test_an_action_unlike_any_other_leads_to_the_list() -> None:
    with pytest.raises(SettingsError) as error:
        Keys({"zzzzzz": ("m",)})
    assert error.value.hint == "`handbook doctor` lists the actions"


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


def test_a_place_may_mean_something_else_by_a_key_that_works_everywhere() -> None:
    keys = Keys({"reader.zen": ("s",)})
    assert keys.find("reader", "s").id == "reader.zen"
    assert keys.find("home", "s").id == "app.search"


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
