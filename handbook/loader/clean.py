"""From the bytes of a file to text that no terminal trips over.

Control characters and escape sequences never reach a screen from content: they are taken out here,
and once more (`without_controls`) of everything that can spell them in other ways, such as
character references and YAML escapes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.loader.codes import Problems

if TYPE_CHECKING:
    from handbook.model.problem import Problem

LIMIT = 8 * 1024 * 1024
"""The largest file that is read in full, in bytes; a larger one is cut at the end of a line."""

# Escape sequences as in ECMA-48: control strings with their terminator on the same line, CSI, and
# two-character sequences; the eight-bit forms too. An introducer ends the string before it, or a
# row of a thousand would be searched to its end a thousand times.
_ESCAPES = (
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f\n]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]+[0-~]"
    r"|\x1b[0-~]"
)
# C0 but tab and line feed, delete, C1, line separators, bidirectional overrides and isolates,
# interlinear and tag characters, lone surrogates, a byte order mark inside the text.
_CONTROLS = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f\ud800-\udfff"
)
# Zero-width joiners and spaces, soft hyphen, variation selectors, keycap, flags, skin tones.
_GLYPHS = r"\xad\u200b-\u200d\u2060\u20e3\ufe00-\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff"
_REMOVED = re.compile(f"{_ESCAPES}|[{_CONTROLS}]")
_SUSPECT = re.compile(f"(?P<removed>{_ESCAPES}|[{_CONTROLS}])|[{_GLYPHS}]")
# A single set is searched ten times faster than the alternatives above.
_ANY_CONTROL = re.compile(f"[{_CONTROLS}]")
_ANY_SUSPECT = re.compile(f"[{_CONTROLS}{_GLYPHS}]")
# These separate words, so a space takes their place.
_SEPARATORS = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")

_GLYPH_NAMES = (
    ("\xad", "\xad", "soft hyphen"),
    ("\u200b", "\u200b", "zero-width space"),
    ("\u200c", "\u200d", "zero-width joiner"),
    ("\u2060", "\u2060", "word joiner"),
    ("\u20e3", "\u20e3", "keycap"),
    ("\ufe00", "\ufe0f", "variation selector"),
    ("\U0001f1e6", "\U0001f1ff", "flag letter"),
    ("\U0001f3fb", "\U0001f3ff", "skin tone"),
)


def clean_text(raw: bytes, file: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file and what was wrong with its characters.

    Bytes that are not UTF-8 become U+FFFD, line ends become line feeds, control characters and
    escape sequences go; tabs stay, and so do signs that terminals draw with different widths.
    """
    problems = Problems(file)
    if len(raw) > LIMIT:
        raw = _cut(raw, problems)
    text = _decode(raw.removeprefix(b"\xef\xbb\xbf"), problems)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _ANY_SUSPECT.search(text):
        return text, problems.all()
    _report(text, problems)
    return without_controls(text), problems.all()


def without_controls(text: str) -> str:
    """Return a text without control characters, escape sequences and direction overrides."""
    return _REMOVED.sub(_replacement, text) if _ANY_CONTROL.search(text) else text


def _replacement(match: re.Match[str]) -> str:
    return " " if match[0] in _SEPARATORS else ""


def _cut(raw: bytes, problems: Problems) -> bytes:
    end = raw.rfind(b"\n", 0, LIMIT) + 1 or LIMIT
    problems.add(
        "P104",
        raw.count(b"\n", 0, end),
        f"the file has more than {LIMIT:,} bytes, what follows is left out",
        "split it into pages",
    )
    return raw[:end]


def _decode(raw: bytes, problems: Problems) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = raw[error.start]
        problems.add("P101", line, f"byte 0x{byte:02X} is not UTF-8", "save the file as UTF-8")
        return raw.decode("utf-8", errors="replace")


def _report(text: str, problems: Problems) -> None:
    """Add a problem for every suspect sign of a text."""
    line, position = 1, 0
    for match in _SUSPECT.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        point = f"U+{ord(match[0][0]):04X}"
        if match["removed"] is None:
            message = f"{_name(match[0])} {point}: its width differs from terminal to terminal"
            problems.add("P103", line, message, "use a single sign")
        elif len(match[0]) > 1:
            problems.add("P102", line, f"escape sequence after {point} taken out")
        else:
            problems.add("P102", line, f"control character {point} taken out")


def _name(sign: str) -> str:
    return next(name for low, high, name in _GLYPH_NAMES if low <= sign <= high)
