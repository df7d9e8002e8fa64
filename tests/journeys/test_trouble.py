"""When things go wrong: a full disk, a page that is gone, a book that means harm."""

from __future__ import annotations

import os
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from handbook.errors import StoreError
from handbook.loader.library import Library
from handbook.locations import Locations
from handbook.workspace import Workspace
from tests.tui.driving import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.conftest import SitDown
    from tests.tui.driving import Desk

FULL = "the disk that holds progress.db is full, nothing was changed"


def refuse_to_write(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every write fail, as on a full disk."""
    store = desk.workspace.store

    def fail(*_: object, **__: object) -> None:
        raise StoreError(FULL, hint="free some space and try again")

    monkeypatch.setattr(store, "_append", fail)


# An editor that is no command


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        (
            "vim '",
            """EDITOR="vim '" is no command: No closing quotation (set it, for example to vim)""",
        ),
        (" ", "no editor is set (set EDITOR, for example to vim)"),
    ],
)
async def test_an_editor_that_is_no_command_is_told(
    sit: SitDown, monkeypatch: pytest.MonkeyPatch, editor: str, said: str
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    async with sit() as desk:
        await desk.press("1", "enter", "e")
        assert said in desk.app.messages


# A disk that is full


@pytest.mark.parametrize(
    "keys",
    [
        ("3", "down", "space"),
        ("1", "x"),
        ("1", "m"),
        ("1", "right"),
        ("1", "a", "h", "i", "escape"),
        ("2", "p", "enter"),
        ("s", "d", "r", "i", "f", "t", "enter"),
    ],
    ids=" ".join,
)
async def test_a_write_that_fails_is_told_and_the_app_goes_on(
    sit: SitDown, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    async with sit() as desk:
        await desk.press("1", "0")
        desk.app.messages.clear()
        refuse_to_write(desk, monkeypatch)
        await desk.press(*keys)
        assert desk.app.is_running
        assert f"{FULL} (free some space and try again)" in desk.app.messages
        await desk.press("escape", "escape", "?")
        assert desk.app.is_running


async def test_a_note_that_cannot_be_kept_stays_on_the_screen(
    sit: SitDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit(place="roles/ml-engineer") as desk:
        await desk.press("a")
        await desk.type("do not lose me")
        refuse_to_write(desk, monkeypatch)
        await desk.type("!")
        await desk.press("escape")
        assert desk.app.place == "note"
        assert desk.sees("do not lose me!")
        monkeypatch.undo()
        await desk.press("escape")
        assert desk.app.place == "reader"


async def test_a_failed_tick_shows_no_tick(sit: SitDown, monkeypatch) -> None:
    async with sit() as desk:
        await desk.press("3", "down")
        refuse_to_write(desk, monkeypatch)
        await desk.press("space")
        assert not desk.sees("[x]")


async def test_what_is_not_kept_is_said_in_the_bar_of_every_screen(
    sit: SitDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit() as desk:
        monkeypatch.setattr(Workspace, "trouble", "progress.db is read-only")
        for key in "0123":
            await desk.press(key)
            desk.app.refresh_screens()
            await desk.settle()
            assert desk.rows()[0].endswith("not kept"), key


# A book that changes


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\nFirst page.\n")
    (folder / "two.md").write_text("# Two\n\nSecond page.\n")
    return folder


async def test_a_page_that_changed_is_read_again(sit: SitDown, book: Path) -> None:
    async with sit(book, place="two") as desk:
        await desk.press("R")
        assert desk.app.messages == ["Nothing has changed on disk"]
        (book / "two.md").write_text("# Two\n\nSecond page, and now longer.\n")
        await desk.press("R")
        await desk.until(lambda: desk.app.is_background_done)
        assert desk.sees("Second page, and now longer.")


async def test_what_the_cache_has_kept_too_long_goes_behind_the_first_frame(
    book: Path, data: Path
) -> None:
    cache = data / "cache"
    old = cache / f"pages-{'0' * 16}" / ("1" * 16)
    old.parent.mkdir(parents=True)
    old.touch()
    os.utime(old, (0, 0))
    workspace = Workspace(Library.open([book], cache=cache), Locations((book,), data, cache))
    async with opened(workspace):
        assert not old.exists()
    workspace.close()


async def test_a_page_that_is_gone_gives_way_to_the_first(sit: SitDown, book: Path) -> None:
    async with sit(book, place="two") as desk:
        (book / "two.md").unlink()
        await desk.press("R")
        await desk.until(lambda: desk.app.is_background_done)
        assert desk.sees("First page.")


async def test_a_book_without_roles_and_lists_says_so(sit: SitDown, book: Path) -> None:
    async with sit(book) as desk:
        assert not desk.sees("Map of roles")
        for key, said in (
            ("2", "This book has no roles to show."),
            ("3", "This book has no checklist."),
            ("6", "Press + and add a role."),
        ):
            await desk.press(key)
            assert desk.sees(said)
            await desk.press("escape")


@pytest.mark.parametrize("place", ["2", "3", "6", "!"])
async def test_no_key_harms_where_a_book_has_nothing_to_show(
    sit: SitDown, book: Path, place: str
) -> None:
    async with sit(book) as desk:
        await desk.press(place)
        for key in ("space", "enter", "a", "f", "u", "D", "escape", "x", "v", "w", "+", "p", "i"):
            await desk.press(key)
        for key in ("escape", "left", "right", "up", "down", "tab", "r", "y", "E", "escape", "="):
            await desk.press(key)
        assert desk.app.is_running


# A book that means harm

HOSTILE = "[@click=app.quit]x[/] [bold]b[/bold] [link=file:///etc]l[/link] $accent [/]"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Write a book whose every name tries to be more than text."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    page = f"""\
        ---
        id: p-000001
        title: "{HOSTILE}"
        sources: [s]
        ---
        # {HOSTILE.replace("[", chr(92) + "[")}

        A paragraph with \x1b[31mred\x1b[0m and \x1b]52;c;aGk=\x07 and \u202eturned\u202c.
        {"verylongword" * 40}

        ## \\[@click=app.quit]Section\\[/]

        Text about \\[bold]thing and [a \\[bold\\]link](two.md).
        """
    (folder / "one.md").write_text(dedent(page))
    (folder / "two.md").write_text(
        "---\nid: p-000002\ntitle: '[red]Two[/]'\n---\n# Two\n\nBack to [one](one.md).\n"
    )
    (folder / "list.md").write_text(
        dedent("""\
        ---
        id: p-000003
        title: "[u]List[/u]"
        kind: checklist
        checklist: {name: "l[b]", dated: "[i]day[/i]"}
        ---
        # List

        ## \\[reverse]Phase

        - [ ] [c-000001] \\[@click=app.quit]Tick me
          <!-- minutes=5 -->
          \\[bold]Why not.
        """)
    )
    (folder / "glossary.md").write_text(
        "---\nid: p-000004\ntitle: Glossary\nkind: glossary\n---\n# Glossary\n\n## G\n\n"
        "thing \\[bold]\n: What \\[@click=app.quit]it\\[/] is.\n<!-- also=thing -->\n"
    )
    (folder / "roles.md").write_text(
        dedent("""\
        ---
        id: p-000005
        title: "[red]Role"
        kind: role
        role:
          id: r
          letter: R
          group: lecture
          skills: {software: 5, ml: 5, communication: 5}
          also_called: ["[@click=app.quit]alias"]
          facts: {"[bold]Fact": "[@click=app.quit]value"}
        ---
        # Role

        Text.
        """)
    )
    return folder


def looks_like_text(desk: Desk) -> bool:
    """Tell whether nothing on the screen can be clicked as markup, or is an escape sequence."""
    for strip in desk.strips():
        assert "\x1b" not in strip.text
        assert "\x07" not in strip.text
        for segment in strip:
            meta = segment.style.meta if segment.style is not None else {}
            assert not [name for name in meta if name.startswith("@")], segment
            assert segment.style is None or segment.style.link is None, segment
    return True


TOURS = {
    "home": (),
    "reader": ("1",),
    "contents": ("1", "t"),
    "palette of pages": ("1", "t", "/"),
    "headings": ("1", "O"),
    "links": ("1", ";"),
    "sources": ("1", "i"),
    "words": ("1", "w"),
    "bookmark": ("1", "m", "'"),
    "note": ("1", "a", "[", "b", "]", "escape", "A"),
    "search": ("s", "c", "l", "i", "c", "k"),
    "map": ("2",),
    "table": ("2", "v"),
    "compare": ("6", "+"),
    "checklist": ("3", "down"),
    "why": ("3", "down", "i"),
    "date": ("3", "D"),
    "item note": ("3", "down", "a"),
    "problems": ("!",),
    "backlinks": ("1", "B"),
}


@pytest.mark.parametrize("size", [(80, 24), (150, 36)], ids=["80x24", "150x36"])
async def test_markup_in_a_book_is_text_everywhere(
    sit: SitDown, hostile: Path, size: tuple[int, int]
) -> None:
    async with sit(hostile, size=size, toasts=True) as desk:
        for tour, keys in TOURS.items():
            await desk.press(*keys)
            assert looks_like_text(desk), tour
            assert desk.app.is_running, tour
            while len(desk.app.screen_stack) > 1:
                await desk.press("escape")


async def test_names_with_markup_are_shown_letter_by_letter(sit: SitDown, hostile: Path) -> None:
    async with sit(hostile, size=(160, 50), place="one") as desk:
        assert desk.sees(f"hostile › {HOSTILE} ")
        assert desk.sees("[@click=app.quit]Section[/]")
        await desk.press("a")
        assert desk.sees(f"Note: {HOSTILE}")
        await desk.press("escape", "i")
        assert desk.sees(f"Sources: {HOSTILE}")
        await desk.press("escape", ";")
        assert desk.sees("a [bold]link")
        await desk.press("escape", "3", "down")
        assert desk.sees("[u]List[/u]")
        assert desk.sees("[@click=app.quit]Tick me")
        await desk.press("D")
        assert desk.sees("[i]day[/i]")


async def test_names_with_markup_in_a_toast(sit: SitDown, hostile: Path) -> None:
    async with sit(hostile, size=(160, 50), place="one", toasts=True) as desk:
        await desk.press("m")
        await desk.settle()
        toast = desk.app.screen.query("Toast").first()
        assert toast.render().plain == f"Bookmarked: {HOSTILE}"


async def test_escape_sequences_are_taken_out_of_what_is_copied(
    sit: SitDown, hostile: Path
) -> None:
    async with sit(hostile, place="one") as desk:
        copied: list[str] = []
        desk.app.copy = copied.append
        await desk.press("y", "Y")
        assert len(copied) == 2
        assert "\x1b" not in "".join(copied)


async def test_an_endless_word_breaks_and_nothing_of_it_is_lost(
    sit: SitDown, hostile: Path
) -> None:
    async with sit(hostile, size=(40, 40), place="one") as desk:
        text = "".join(row.rstrip(" │┃").strip() for row in desk.rows())
        assert text.count("verylongword") == 40
