"""Names of keys as the settings file writes them, and which of them a terminal never sends."""

from __future__ import annotations

PHYSICAL = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ"
    "ςερτυθιοπασδφγηξκλζχψωβνμΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOPASDFGHJKLZXCVBNM"
    "wertyuiopasdfghjklzxcvbnmERTYUIOPASDFGHJKLZXCVBNM",
)
"""Cyrillic and Greek letters to the Latin ones on the same keys."""

_MOVING = ("up", "down", "left", "right", "home", "end", "insert", "delete", "pageup", "pagedown")
_FUNCTION = tuple(f"f{number}" for number in range(1, 13))
_SENT_AS = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+j": "enter",
    "ctrl+h": "backspace",
    "ctrl+[": "escape",
    "ctrl+left_square_bracket": "escape",
}
"""Keys that are the same byte as another one, which is the one that arrives."""

NAMES = frozenset(
    (
        *("escape", "enter", "tab", "shift+tab", "space", "backspace", *_MOVING, *_FUNCTION),
        *(f"{held}+{key}" for held in ("shift", "ctrl", "ctrl+shift") for key in _MOVING),
        *(f"ctrl+{key}" for key in (*_FUNCTION, "backslash", "underscore")),
        *(f"ctrl+{letter}" for letter in "abcdefgklnopqrstuvwxyz"),
    )
)
"""Every key that has a name and arrives from common terminals, called as Textual calls it."""

_ALSO_CALLED = {
    " ": "space",
    "spacebar": "space",
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "backtab": "shift+tab",
    "question_mark": "?",
    "slash": "/",
}


def key_fault(key: str) -> str:
    """Return why nothing can be bound to a key, in words that go on after its name, or ""."""
    if key in NAMES or (len(key) == 1 and key.isprintable() and key not in _ALSO_CALLED):
        latin = key.translate(PHYSICAL)
        return f"acts as {latin!r}: write that" if latin != key else ""
    named = _normal(key)
    if named in NAMES or named in _ALSO_CALLED.values():
        return f"is written {named!r}"
    held, _, rest = named.rpartition("+")
    if held == "shift" and len(rest) == 1 and rest.isalpha():
        return f"is written {rest.upper()!r}"
    return _why_never(named, {*held.split("+")}, rest) or f"is no key{_nearest(named)}"


def _why_never(named: str, held: set[str], rest: str) -> str:
    sent_as = _SENT_AS.get(named)
    if held == {"ctrl", "shift"} and f"ctrl+{rest}" in NAMES:
        sent_as = f"ctrl+{rest}"
    if sent_as:
        return f"never arrives: terminals send it as {sent_as}"
    if held & {"alt", "meta", "option"}:
        return "never arrives: terminals send alt as Escape and then the key"
    if held & {"super", "cmd", "command", "hyper", "win"}:
        return "never arrives: it belongs to the desktop"
    return ""


def _normal(key: str) -> str:
    """Return a key in small letters, with the usual other ways to write it undone."""
    small = key.lower()
    if len(small) > 1 and small.startswith("^"):
        small = f"ctrl+{small[1:]}"
    small = small.replace("control", "ctrl")
    if len(small) > 2:
        small = small.replace("-", "+")
    return _ALSO_CALLED.get(small, small)


def _nearest(named: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only for a message

    near = get_close_matches(named[:40], NAMES, 1, 0.75)
    return f", nearest: {near[0]!r}" if near else ": write a character, or a name such as 'f2'"
