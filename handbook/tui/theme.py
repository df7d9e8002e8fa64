"""Themes: one palette each, and from it both Textual's colours and the styles of painted lines."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from textual.theme import Theme

from handbook.render.line import STYLES


@dataclass(frozen=True, slots=True)
class Palette:
    """The inks and grounds of a theme, as colour names that Textual and Rich both take.

    `text` to `link` are read on `background`, `surface` and `panel`; `quiet` is decoration only.
    """

    name: str
    about: str
    dark: bool
    background: str
    surface: str
    panel: str
    text: str
    muted: str
    heading: str
    accent: str
    amber: str
    error: str
    link: str
    quiet: str


DARK = Palette(
    name="dark",
    about="ledger: warm white on blue black",
    dark=True,
    background="#11131a",
    surface="#171a23",
    panel="#212634",
    text="#e6e6e0",
    muted="#a0a9b8",
    heading="#f2e9cf",
    accent="#7fd1b9",
    amber="#f2b872",
    error="#f28b82",
    link="#8ab4f8",
    quiet="#4a5266",
)
LIGHT = Palette(
    name="light",
    about="paper: black on ivory",
    dark=False,
    background="#fbf8f1",
    surface="#f3eee2",
    panel="#e8e1d1",
    text="#22252b",
    muted="#565d69",
    heading="#3a2e12",
    accent="#0b6e5f",
    amber="#7a4e00",
    error="#a3262a",
    link="#1a56b0",
    quiet="#a79e8a",
)
ANSI = Palette(
    name="ansi",
    about="the terminal's own sixteen colours",
    dark=True,
    background="default",
    surface="default",
    panel="default",
    text="default",
    muted="default",
    heading="default",
    accent="green",
    amber="yellow",
    error="red",
    link="cyan",
    quiet="default",
)
MONO = Palette(
    name="mono",
    about="no colour: bold, underline, reverse",
    dark=True,
    background="default",
    surface="default",
    panel="default",
    text="default",
    muted="default",
    heading="default",
    accent="default",
    amber="default",
    error="default",
    link="default",
    quiet="default",
)

PALETTES: dict[str, Palette] = {each.name: each for each in (DARK, LIGHT, ANSI, MONO)}


def textual_theme(palette: Palette) -> Theme:
    """Return the palette as a Textual theme; the tokens keep their names as CSS variables."""
    ansi = palette.background == "default"

    def colour(name: str) -> str:
        return f"ansi_{name}" if ansi else name

    return Theme(
        name=palette.name,
        dark=palette.dark,
        ansi=ansi,
        primary=colour(palette.accent),
        secondary=colour(palette.link),
        accent=colour(palette.accent),
        warning=colour(palette.amber),
        error=colour(palette.error),
        success=colour(palette.accent),
        foreground=colour(palette.text),
        background=colour(palette.background),
        surface=colour(palette.surface),
        panel=colour(palette.panel),
        boost=colour(palette.panel),
        variables={
            "ink": colour(palette.text),
            "muted": colour(palette.muted),
            "heading": colour(palette.heading),
            "amber": colour(palette.amber),
            "link": colour(palette.link),
            "quiet": colour(palette.quiet),
            "focus": colour(palette.accent),
            "input-cursor-background": colour(palette.text),
            "input-cursor-foreground": colour(palette.background),
            "input-cursor-text-style": "reverse" if ansi else "none",
            "input-selection-background": colour(palette.quiet),
            **(ANSI_VARIABLES if ansi else {}),
        },
    )


ANSI_VARIABLES = {
    "ansi-background": "ansi_black",
    "ansi-foreground": "ansi_white",
    "border-blurred": "ansi_default",
    "block-cursor-foreground": "ansi_black",
    "block-cursor-background": "ansi_white",
    "input-selection-foreground": "ansi_black",
    "input-selection-background": "ansi_white",
    "screen-selection-foreground": "ansi_black",
    "screen-selection-background": "ansi_white",
}
"""What Textual's own styles ask of a theme that uses the terminal's colours."""


def line_styles(palette: Palette) -> dict[str, Style]:
    """Return a Rich style for each name in `handbook.render.line.STYLES`."""
    plain = palette.background == "default"
    inks = _inks(palette)
    inks |= _grounds(palette, plain=plain)
    return {name: inks[name] for name in STYLES}


def _inks(palette: Palette) -> dict[str, Style]:
    """Styles that only colour the letters."""
    text, muted, accent = palette.text, palette.muted, palette.accent
    return {
        "text": Style(color=text),
        "muted": Style(color=muted, dim=palette.name == "ansi"),
        "strong": Style(color=text, bold=True),
        "emphasis": Style(color=text, italic=True),
        "strong emphasis": Style(color=text, bold=True, italic=True),
        "strike": Style(color=muted, strike=True),
        "heading.1": Style(color=palette.heading, bold=True),
        "heading.2": Style(color=palette.heading, bold=True),
        "heading.3": Style(color=accent, bold=palette.name == "mono"),
        "heading.rule": Style(color=palette.quiet),
        "link": Style(color=palette.link, underline=True),
        "cite": Style(color=muted),
        "term": Style(color=text, underline=True),
        "bullet": Style(color=accent),
        "quote.bar": Style(color=accent),
        "quote": Style(color=text, italic=True),
        "table.rule": Style(color=palette.quiet),
        "table.header": Style(color=palette.heading, bold=True),
        "chart.bar": Style(color=accent),
        "chart.line": Style(color=accent),
        "chart.second": Style(color=palette.amber),
        "chart.third": Style(color=palette.link),
        "chart.axis": Style(color=muted),
        "task.done": Style(color=accent),
        "task.open": Style(color=text),
        "note": Style(color=palette.link, bold=True),
        "tip": Style(color=accent, bold=True),
        "warning": Style(color=palette.amber, bold=True),
        "dated": Style(color=palette.amber, bold=True),
        "check": Style(color=accent, bold=True),
        "key": Style(color=accent, bold=True),
        "cursor": Style(color=accent, bold=True),
        "map.axis": Style(color=palette.quiet),
        "map.role": Style(color=palette.heading, bold=True),
        "map.region": Style(color=muted),
        "map.you": Style(color=palette.amber, bold=True),
        "map.newer": Style(color=muted, italic=True),
        "gauge": Style(color=accent),
        "error": Style(color=palette.error, bold=True),
    }


def _grounds(palette: Palette, *, plain: bool) -> dict[str, Style]:
    """Styles that also colour the ground; without colours they reverse or leave it."""
    if plain:
        code = {name: Style() for name in ("code.block", "code.number")}
        code |= {"code": Style(bold=True), "code.keyword": Style(bold=True)}
        code |= {"code.string": Style(italic=True), "code.comment": Style(dim=True)}
        marks = {
            "match": Style(reverse=True),
            "match.current": Style(reverse=True, bold=True, underline=True),
            "focus": Style(reverse=True, underline=True),
        }
        return code | marks
    ground = palette.panel

    def code_ink(colour: str, *, italic: bool = False) -> Style:
        return Style(color=colour, bgcolor=ground, italic=italic)

    return {
        "code": code_ink(palette.text),
        "code.block": code_ink(palette.text),
        "code.keyword": code_ink(palette.link),
        "code.string": code_ink(palette.accent),
        "code.comment": code_ink(palette.muted, italic=True),
        "code.number": code_ink(palette.amber),
        "match": Style(color=palette.background, bgcolor=palette.amber),
        "match.current": Style(color=palette.background, bgcolor=palette.accent, bold=True),
        "focus": Style(color=palette.background, bgcolor=palette.link, bold=True),
    }
