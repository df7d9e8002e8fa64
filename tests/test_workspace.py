"""What the workspace remembers, and when it looks again: the mistakes, the index of the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.search.index import Index
from handbook.settings import load_settings
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.conftest import WriteBook


def opened(book: Path, tmp_path: Path) -> Workspace:
    folders = {"only": book, "data": tmp_path / "data", "cache": tmp_path / "cache"}
    return Workspace.open(load_settings(folders, {}))


def test_the_count_is_taken_from_the_cache(book: WriteBook, tmp_path: Path, monkeypatch) -> None:
    folder = book({"index.md": "# One\n\nSee [nowhere](no-such-page.md).\n"})
    found = opened(folder, tmp_path).count_problems()
    assert found == 1
    later = opened(folder, tmp_path)
    monkeypatch.setattr(Workspace, "problems", lambda _: 1 / 0)
    assert later.count_problems() == 1


def test_a_changed_file_is_looked_at_again(book: WriteBook, tmp_path: Path) -> None:
    folder = book({"index.md": "# One\n\nSee [nowhere](no-such-page.md).\n"})
    assert opened(folder, tmp_path).count_problems() == 1
    book({"index.md": "# One\n\nSee nothing at all.\n"})
    assert opened(folder, tmp_path).count_problems() == 0


def test_a_damaged_note_of_the_count_is_as_if_there_were_none(
    book: WriteBook, tmp_path: Path
) -> None:
    folder = book({"index.md": "# One\n\nSee [nowhere](no-such-page.md).\n"})
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "problems").write_bytes(b"\xff\x00 many")
    assert opened(folder, tmp_path).count_problems() == 1


def test_a_new_note_is_found_at_once_and_a_removed_one_no_more(
    book: WriteBook, tmp_path: Path
) -> None:
    folder = book({"index.md": "# One\n\nSome words.\n"})
    mine, other = opened(folder, tmp_path), opened(folder, tmp_path)
    assert mine.search("zebra").total == 0
    other.note("index", "a zebra stands here")
    assert mine.search("zebra").total == 1
    assert mine.search("zebra", notes=False).total == 0
    other.note("index", "")
    assert mine.search("zebra").total == 0


def test_the_notes_are_indexed_once_for_many_keys(
    book: WriteBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = book({"index.md": "# One\n\nSome words.\n"})
    workspace = opened(folder, tmp_path)
    workspace.note("index", "a zebra stands here")
    assert workspace.search("zeb").total == 1
    monkeypatch.setattr(Index, "with_notes", lambda _, __: 1 / 0)
    assert workspace.search("zebra").total == 1
