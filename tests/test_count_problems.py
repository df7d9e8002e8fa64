"""The number of mistakes is found once, and again only after a file has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.settings import load_settings
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

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
