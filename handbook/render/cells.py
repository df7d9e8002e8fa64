"""How many cells a text fills on the screen, and cutting and padding by cells.

Widths are those of `wcwidth`; regional indicators count 1 and skin tones 0, as in Rich, because a
pair or a sequence of them is one sign. Importing `wcwidth` takes some 25 ms, so it waits for the
first sign that is not plainly one cell wide: most books never need it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

# Latin, Greek, Cyrillic, typographic signs, arrows, mathematics, box drawing, Braille: one cell.
_NOT_NARROW = re.compile(
    r"[^ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0513\u2010-\u2027\u2030-\u205e"
    r"\u2070-\u20c1\u2100-\u2319\u231c-\u2328\u232b-\u23e8\u23ed-\u23ef\u23f1\u23f2\u23f4-\u25fc"
    r"\u25ff-\u2613\u2616-\u262f\u2638-\u2647\u2654-\u267e\u2680-\u2689\u2690-\u2692\u2694-\u26a0"
    r"\u26a2-\u26a9\u26ac-\u26bc\u26bf-\u26c3\u2701-\u2704\u2706-\u2709\u270c-\u2727\u2729-\u274b"
    r"\u274d\u274f-\u2752\u2756\u2758-\u2794\u2798-\u27af\u27b1-\u27be\u27c0-\u2b1a]"
)
_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)


class _Widths(dict[str, int]):
    """The width of every character met so far."""

    def __missing__(self, character: str) -> int:
        from wcwidth import wcwidth  # noqa: PLC0415 - 25 ms, needed by few books

        width = max(0, wcwidth(character))
        if character in _SKIN_TONES:
            width = 0
        elif ord(character) in _FLAG_LETTERS:
            width = 1
        self[character] = width
        return width


_WIDTHS = _Widths()


def is_narrow(text: str) -> bool:
    """Whether every character of a text is plainly one cell wide."""
    return text.isascii() or _NOT_NARROW.search(text) is None


def cells(text: str) -> int:
    """Return the width of a text in cells."""
    if is_narrow(text):
        return len(text)
    if _JOINER not in text and _EMOJI_STYLE not in text:
        return sum(map(_WIDTHS.__getitem__, text))
    return sum(width for _, width in clusters(text))


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield the signs of a text with their widths: a base and the marks that stay with it."""
    sign = ""
    width = 0
    joined = False
    for character in text:
        own = _WIDTHS[character]
        is_flag_half = own == 1 and ord(character) in _FLAG_LETTERS
        if sign and (own == 0 or joined or (is_flag_half and _is_first_flag_half(sign))):
            if character == _EMOJI_STYLE:
                width = max(width, _emoji_width(sign[0]))
            else:
                width = max(width, own) if joined else width + own
            sign += character
        else:
            if sign:
                yield sign, width
            sign, width = character, own
        joined = character == _JOINER
    if sign:
        yield sign, width


def _is_first_flag_half(sign: str) -> bool:
    return len(sign) == 1 and ord(sign) in _FLAG_LETTERS


def _emoji_width(base: str) -> int:
    """Return how wide a character is when it is drawn as an emoji."""
    from wcwidth import wcswidth  # noqa: PLC0415 - as above

    return wcswidth(base + _EMOJI_STYLE)


def split_at(text: str, width: int) -> tuple[str, str]:
    """Split a text into what fits in a width and the rest; a sign is never cut in two."""
    if is_narrow(text):
        return text[:width], text[width:]
    used = 0
    end = 0
    for sign, sign_width in clusters(text):
        if used + sign_width > width:
            break
        used += sign_width
        end += len(sign)
    return text[:end], text[end:]


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """Return the text, shortened with an ellipsis if it is wider than `width` cells."""
    if cells(text) <= width:
        return text
    if width < len(ellipsis):
        return ""
    return split_at(text, width - len(ellipsis))[0].rstrip() + ellipsis


def pad(text: str, width: int, align: Literal["left", "centre", "right"] = "left") -> str:
    """Return the text with spaces up to `width` cells; a wider text is returned as it is."""
    gap = width - cells(text)
    if gap <= 0:
        return text
    if align == "right":
        return " " * gap + text
    if align == "centre":
        return " " * (gap // 2) + text + " " * (gap - gap // 2)
    return text + " " * gap


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """Return the text cut or padded to exactly `width` cells."""
    return pad(cut(text, width, ellipsis), width)
