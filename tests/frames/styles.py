"""The styles of a screen as text: a letter for each cell, and what each letter stands for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.strip import Strip

    from tests.tui.driving import Desk

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ATTRIBUTES = ("bold", "dim", "italic", "underline", "strike", "reverse")


def words(style: Style) -> str:
    """Return a style in words, colours as the terminal is asked for them."""
    shown = [name for name in ATTRIBUTES if getattr(style, name)]
    ink = style.color.name if style.color is not None else "default"
    ground = style.bgcolor.name if style.bgcolor is not None else "default"
    return " ".join([*shown, ink, "on", ground])


def cells_of(strip: Strip) -> Iterator[tuple[str, Style]]:
    """Yield each cell's style; a blank cell has no ink, so only its ground counts."""
    for segment in strip:
        style = segment.style or Style()
        for character in segment.text:
            plain = not character.strip() and not (style.underline or style.reverse)
            seen = Style(bgcolor=style.bgcolor) if plain else style
            for _ in range(cell_len(character)):
                yield character, seen


def style_map(desk: Desk) -> str:
    """Return the screen with a row of letters under each row, and the letters' meanings on top."""
    rows = [[words(style) for _, style in cells_of(strip)] for strip in desk.strips()]
    common = Counter(name for row in rows for name in row).most_common(1)[0][0]
    letters = {common: "."}
    for row in rows:
        for name in row:
            letters.setdefault(name, LETTERS[len(letters) - 1])
    legend = [f"{letter}  {name}" for name, letter in letters.items()]
    shown = []
    for text, row in zip(desk.rows(), rows, strict=True):
        shown += [text, "".join(letters[name] for name in row).rstrip(".")]
    return "\n".join([*legend, "", *shown]) + "\n"
