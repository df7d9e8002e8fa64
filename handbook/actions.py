"""The one registry of actions: id, keys, word, group, and the places where it works.

Key dispatch, footer, help, palette, the key table of the README and remapping in the settings file
are all made from this table. An action's method is `action_` plus the last part of its id, looked
for on the screen first and then on the app.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.action_table import LOCKED, ROWS
from handbook.errors import SettingsError
from handbook.key_names import PHYSICAL, key_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import NoReturn

    from handbook.settings import Settings


class Action(NamedTuple):
    """Something a key does.

    `keys` are names as `key_name` gives them, the first is shown. `word` is for the footer, `about`
    for help and palette. `places` are screens ("reader"), or "everywhere". `footer` orders the
    footer of a place, 0 leaves it out. `hint` replaces the shown key where two keys share a word.
    """

    id: str
    keys: tuple[str, ...]
    word: str
    about: str
    group: str
    places: tuple[str, ...]
    footer: int = 0
    hint: str = ""

    @property
    def method(self) -> str:
        """The name of the method that does it."""
        return "action_" + self.id.rpartition(".")[2].replace("-", "_")


ACTIONS: tuple[Action, ...] = tuple(
    Action(id_, tuple(keys.split()), word, about, group, tuple(places.split()), footer, hint)
    for id_, keys, word, about, group, places, footer, hint in ROWS
)

FIELDS = frozenset({"find", "search", "picker", "note", "prompt", "answer"})
"""Places where letters are typed: there only their own actions and these keys work."""

ALWAYS = frozenset({"app.quit", "app.suspend", "app.redraw", "app.copy-selection"})
"""Actions that work over a field or an overlay too, with their keys that are not letters."""

MODAL = FIELDS | LOCKED | {"help", "info", "messages", "place"}
"""Places that lie over another screen: what works everywhere does not work there, but `ALWAYS`."""


NEEDED = ("help", "quit", "back", "leave", "keep")
"""Last parts of ids of actions that must keep a key: without one a reader could not get out."""


class Keys:
    """The keys in force: the table, with what the settings file changes."""

    def __init__(
        self,
        changes: Mapping[str, Sequence[str]] | None = None,
        where: Callable[[str], str] = lambda _: "keys",
    ) -> None:
        """Apply changes (action id -> keys); raise SettingsError for one that makes no sense.

        That is: an unknown id, a key that no terminal sends, a key that means something else at
        the same place, no key for what is needed to leave. `where` says where an id was written.
        """
        self.changes = dict(changes or {})
        self._where = where
        defaults = {action.id: action for action in ACTIONS}
        for id_, keys in self.changes.items():
            if id_ not in defaults:
                self._refuse(id_, f"no action is called {id_!r}", _nearest(id_))
            self._check(defaults[id_], keys)
        self.actions = tuple(
            action._replace(keys=tuple(self.changes.get(action.id, action.keys)))
            for action in ACTIONS
        )
        self._by_place: dict[str, dict[str, Action]] = {}
        if self.changes:
            self._refuse_clashes(defaults)

    def _check(self, action: Action, keys: Sequence[str]) -> None:
        """Refuse keys that an action cannot have; its own are taken as they are."""
        if not keys and action.id.rpartition(".")[2] in NEEDED:
            self._refuse(action.id, f"{action.id} needs a key", "without it there is no way out")
        for key in keys:
            if key in action.keys:
                continue
            if fault := key_fault(key):
                self._refuse(
                    action.id, f"{key!r} for {action.id} {fault}", "`handbook keys` lists the keys"
                )
            if FIELDS.issuperset(action.places) and (len(key) == 1 or key == "space"):
                self._refuse(
                    action.id, f"{key!r} for {action.id} is typed there", "take a key like f2"
                )

    def _refuse_clashes(self, defaults: Mapping[str, Action]) -> None:
        """Refuse a changed key that another action of the place has, or that works everywhere."""
        for place in sorted({place for action in ACTIONS for place in action.places}):
            taken: dict[str, Action] = {}
            for action in self.of(place):
                for key in action.keys:
                    other = taken.setdefault(key, action)
                    pair = {other.id, action.id}
                    if len(pair) == 2 and any(key not in defaults[id_].keys for id_ in pair):
                        self._refuse(
                            next(id_ for id_ in self.changes if id_ in pair),
                            f"{key!r} would mean both {other.id} and {action.id}",
                            "give one of them another key",
                        )

    def _refuse(self, action_id: str, message: str, hint: str) -> NoReturn:
        raise SettingsError(f"{self._where(action_id)}: {message}", hint=hint)

    def of(self, place: str) -> tuple[Action, ...]:
        """Return the actions of a place, its own first, then those that work everywhere."""
        own = tuple(action for action in self.actions if place in action.places)
        everywhere = (action for action in self.actions if "everywhere" in action.places)
        if place in MODAL:
            return own + tuple(action for action in everywhere if action.id in ALWAYS)
        return own + tuple(everywhere)

    def find(self, place: str, key: str) -> Action | None:
        """Return what a key does at a place, or None; a place's own meaning wins."""
        table = self._by_place.get(place)
        if table is None:
            table = {}
            for action in self.of(place):
                for each in action.keys:
                    if place not in FIELDS or len(each) > 1:
                        table.setdefault(each, action)
            self._by_place[place] = table
        return table.get(key)

    def get(self, action_id: str) -> Action:
        """Return an action by its id; KeyError if there is none."""
        return next(action for action in self.actions if action.id == action_id)

    def footer(
        self, place: str, is_live: Callable[[str], bool] = lambda _: True
    ) -> tuple[Action, ...]:
        """Return at most seven actions for the footer of a place, help last.

        `is_live` tells of an action's id whether it does something now.
        """
        live = (a for a in self.of(place) if a.footer and is_live(a.id))
        shown = sorted(live, key=lambda action: action.footer)
        return tuple(shown if len(shown) <= 7 else (*shown[:6], shown[-1]))


def keys_of(settings: Settings) -> Keys:
    """Return the keys of the settings; SettingsError tells the line of the settings file."""

    def where(action_id: str) -> str:
        from handbook.settings import line_of_key  # noqa: PLC0415  only for a message

        return f"{settings.path}:{line_of_key(settings.path, action_id)}: keys"

    return Keys(settings.keys, where)


def _nearest(action_id: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only for a message

    near = get_close_matches(action_id[:60], [action.id for action in ACTIONS], 1)
    return f"{f'nearest: {near[0]}; ' if near else ''}`handbook keys` lists them"


def key_name(key: str, character: str | None) -> str:
    """Return the name under which the table knows a key: printable ones by their character."""
    if character is not None and character.isprintable() and character != " ":
        return character.translate(PHYSICAL)
    return "ctrl+c" if key == "super+c" else key


SHOWN = {"pagedown": "PgDn", "pageup": "PgUp", "question_mark": "?", "escape": "esc"}


def key_label(key: str) -> str:
    """Return a key as it is written for people: `^f`, `PgDn`, `a`."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    return SHOWN.get(key, key)
