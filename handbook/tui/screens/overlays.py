"""Overlays to read: keys, messages, a term, sources, a web address."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen

from handbook.actions import key_label
from handbook.model import Span
from handbook.render.cells import cells, pad
from handbook.render.line import EMPTY, Line, Run
from handbook.render.wrap import wrap
from handbook.tui.paint import frame
from handbook.tui.screens.base import HandbookScreen
from handbook.tui.widgets.bars import KeyBar
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from handbook.model import Link, PageInfo, Term
    from handbook.tui.shell import Shell

    Text = Callable[[int], list[Line]]


class InfoScreen(ModalScreen[None], HandbookScreen[None]):
    """Shows lines that are made for a width, in a box that is no higher than they are."""

    PLACE: ClassVar[str] = "info"
    CSS_PATH = ["../styles/overlays.tcss"]  # noqa: RUF012

    def __init__(self, title: str, text: Text, *, low: bool = True) -> None:
        """Show what `text` returns for a width in cells."""
        super().__init__()
        self.heading = title
        self.make_lines = text
        self.is_low = low

    def compose(self) -> ComposeResult:
        """Lay out the lines in a box."""
        with Vertical(classes="overlay low" if self.is_low else "overlay"):
            yield LineView(id="info")
        yield KeyBar()

    @property
    def pane(self) -> LineView:
        """The lines."""
        return self.query_one("#info", LineView)

    def on_mount(self) -> None:
        """Take the focus."""
        frame(self.query_one(".overlay"), self.heading)
        self.query_one(KeyBar).show(self.handbook_app.hints(self.PLACE))
        if self.is_low:
            self.pane.styles.height = "auto"
        self.pane.when_sized(self.refresh_content)
        self.pane.focus()

    def refresh_content(self) -> None:
        """Make the lines for the width there is."""
        self.pane.show(self.make_lines(max(16, self.pane.column_width)))

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)


def paragraph(text: str, width: int, style: str = "text", indent: int = 1) -> list[Line]:
    """Return a text as lines with a margin."""
    rows = wrap((Span(text),), max(8, width - indent - 1), style)
    return [Line((Run(" " * indent), *row)) for row in rows]


def term_overlay(app: Shell, term: Term) -> InfoScreen:
    """Return what a glossary term means, and which sources say so."""

    def lines(width: int) -> list[Line]:
        made = [EMPTY, *paragraph(term.text, width), EMPTY]
        others = ", ".join(term.aliases)
        if others:
            made += [*paragraph(f"Also: {others}", width, "muted"), EMPTY]
        titles = {source.id: source.title for source in app.workspace.sources()}
        for key in term.sources:
            made += paragraph(f"[{key}] {titles.get(key, '')}", width, "muted")
        return [*made, EMPTY] if term.sources else made

    return InfoScreen(term.title, lines)


def sources_overlay(app: Shell, info: PageInfo, keys: tuple[str, ...]) -> InfoScreen:
    """Return the sources of a page, and facts about it."""

    def lines(width: int) -> list[Line]:
        known = {source.id: source for source in app.workspace.sources()}
        made: list[Line] = [EMPTY]
        if not keys:
            made += [*paragraph("This page names no source.", width), EMPTY]
        for key in keys:
            source = known.get(key)
            title = source.title if source else "not in the list of sources"
            made += [
                Line((Run(" "), Run(f"[{key}] ", "key"), Run(""))),
                *paragraph(title, width, "strong", 3),
            ]
            if source:
                text = source.text.replace(source.url, "").rstrip()  # it has a line of its own
                made += paragraph(text, width, "text", 3) if text else []
                made += paragraph(source.url, width, "link", 3) if source.url else []
            made += [EMPTY]
        facts = f"{info.path}, {info.words:,} words, from {info.origin}"
        return [*made, *paragraph(facts, width, "muted"), EMPTY]

    return InfoScreen(f"Sources: {info.title}", lines)


def web_overlay(link: Link) -> InfoScreen:
    """Return a web address to read or to select; it has been copied already."""

    def lines(width: int) -> list[Line]:
        said = (
            "Copied. The handbook opens no browser: over a line it would open on the wrong machine."
        )
        return [
            EMPTY,
            *paragraph(link.target, width, "link"),
            EMPTY,
            *paragraph(said, width, "muted"),
            EMPTY,
        ]

    return InfoScreen(link.text, lines)


def help_overlay(app: Shell, place: str) -> InfoScreen:
    """Return the keys in force at a place, by group, from the live table."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for action in app.keys.of(place):
        if action.keys:
            keys = ", ".join(_key_name(app, key) for key in action.keys)
            groups.setdefault(action.group, []).append((keys, action.about))

    def lines(width: int) -> list[Line]:
        widest = max(cells(keys) for rows in groups.values() for keys, _ in rows)
        column = min(widest, max(8, width // 3))
        made: list[Line] = []
        for group, rows in groups.items():
            made += [EMPTY, Line((Run(" "), Run(group, "heading.2")))]
            for keys, about in rows:
                head = pad(keys, column)
                text = wrap((Span(about),), max(8, width - cells(head) - 4))
                made += [Line((Run("  "), Run(head, "key"), Run("  "), *text[0]))]
                made += [Line((Run(" " * (cells(head) + 4)), *row)) for row in text[1:]]
        return [*made, EMPTY]

    return InfoScreen(f"Keys: {place}", lines, low=False)


def _key_name(app: Shell, key: str) -> str:
    arrows = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
    return key if app.painter.ascii_only else arrows.get(key, key_label(key))


def messages_overlay(app: Shell) -> InfoScreen:
    """Return the messages of this session, newest last."""

    def lines(width: int) -> list[Line]:
        texts = app.messages or ["No message yet."]
        return [EMPTY, *(line for text in texts for line in paragraph(text, width)), EMPTY]

    return InfoScreen("Messages", lines)
