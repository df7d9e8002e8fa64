"""The menus: commands, bookmarks, notes, themes, settings."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.actions import Action, key_label
from handbook.errors import NothingFoundError, SettingsError
from handbook.model import Bookmark, Note, Place
from handbook.model.number import find_number
from handbook.tui.screens.picker import Entry, choose
from handbook.tui.screens.prompt import ask
from handbook.tui.theme import PALETTES

if TYPE_CHECKING:
    from handbook.tui.shell import Shell


def choose_command(app: Shell) -> None:
    """Choose among all that can be done at this place."""
    actions = [
        action
        for action in app.keys.of(app.place)
        if not action.id.startswith("move.") and action.id != "app.palette"
    ]
    entries = [
        Entry(
            action.about,
            ", ".join(key_label(key) for key in action.keys[:2]),
            action,
            f"{action.word} {action.id}",
        )
        for action in actions
    ]

    def run(action: object) -> None:
        if isinstance(action, Action):
            app.run_worker(app.perform(action.id))

    choose(app, "Commands", entries, run)


def choose_bookmark(app: Shell) -> None:
    """Choose a bookmark to open, or delete some."""
    bookmarks = app.workspace.bookmarks()
    if not bookmarks:
        raise NothingFoundError("no bookmark yet", hint="m sets one where you read")
    entries = [
        Entry(each.title, _day(each.at_ms), each)
        for each in reversed(bookmarks)
        if app.workspace.handbook.find_page(each.page)
    ]

    def go(each: object) -> None:
        if isinstance(each, Bookmark):
            app.open_place(Place(each.page, each.anchor))

    def remove(each: object) -> None:
        if isinstance(each, Bookmark):
            app.workspace.toggle_bookmark(Place(each.page, each.anchor), each.title)

    choose(app, "Bookmarks (Del removes)", entries, go, removed=remove)


def choose_note(app: Shell) -> None:
    """Choose a note to read it where it stands."""
    notes = sorted(app.workspace.notes().values(), key=lambda note: -note.at_ms)
    if not notes:
        raise NothingFoundError("no note yet", hint="a writes one where you read")
    entries = [Entry(" ".join(note.text.split()), _about(app, note), note) for note in notes]

    def go(note: object) -> None:
        if isinstance(note, Note):
            page, _, anchor = note.about.partition("#")
            if app.workspace.handbook.find_page(page) is None:
                app.action_checklist()
            else:
                app.open_place(Place(page, anchor))

    choose(app, "Notes", entries, go)


def _about(app: Shell, note: Note) -> str:
    info = app.workspace.handbook.find_page(note.about.partition("#")[0])
    return f"{info.title if info else 'Checklist'}, {_day(note.at_ms)}"


def _day(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone().strftime("%d %b %Y")


def choose_theme(app: Shell) -> None:
    """Choose a theme; each is shown as the cursor comes to it."""
    before = app.painter.theme
    palettes = list(PALETTES.values())
    entries = [Entry(each.name, each.about, each.name) for each in palettes]
    start = [each.name for each in palettes].index(before)

    def use(name: object) -> None:
        app.use_theme(str(name))

    def keep(name: object) -> None:
        app.use_theme(str(name))
        app.keep_setting("theme", str(name))

    choose(app, "Theme", entries, keep, seen=use, left=lambda: app.use_theme(before), start=start)


def choose_setting(app: Shell) -> None:
    """Choose a setting and change it in the settings file."""
    entries = [
        Entry("theme", app.painter.theme, "theme"),
        Entry("measure", f"{app.measure} columns of text", "measure"),
        Entry("mouse", "on" if app.has_mouse else "off", "mouse"),
        Entry("settings file", str(app.settings.path), "path"),
    ]

    def change(name: object) -> None:
        if name == "theme":
            choose_theme(app)
        elif name == "mouse":
            app.action_mouse()
            app.keep_setting("mouse", app.has_mouse)
        elif name == "measure":
            ask(app, "Columns of text, 40 to 120", str(app.measure), lambda t: _set_measure(app, t))
        else:
            app.copy(str(app.settings.path))

    choose(app, "Settings", entries, change)


def _set_measure(app: Shell, text: str) -> None:
    measure = find_number(text)
    if measure is None or not 40 <= measure <= 120:
        raise SettingsError(f"{text!r} is no width of text", hint="a number from 40 to 120")
    app.measure = measure
    app.keep_setting("measure", app.measure)
    app.refresh_screens()


def write_screenshot(app: Shell) -> None:
    """Write the screen as it is to an SVG file the reader names."""
    svg = app.export_screenshot(title="ML Teams Handbook")
    ask(
        app,
        "Write the picture to",
        "handbook.svg",
        lambda name: write_file(app, Path(name), svg),
    )


def write_file(app: Shell, path: Path, text: str) -> None:
    """Write a new file and say so; never write over one that is there."""
    try:
        path = path.expanduser()
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise SettingsError(f"{path} is there already", hint="choose another name") from None
    except RuntimeError as error:
        raise SettingsError(f"{path} was not written: {error}") from error
    except OSError as error:
        raise SettingsError(f"{path} was not written: {error.strerror}") from error
    app.tell(f"Written: {path.resolve()}")
