"""The index in a file."""

import stat
from pathlib import Path

import pytest

from handbook.errors import StoreError
from handbook.model.search import Passage
from handbook.search import cache
from handbook.search.index import Index
from tests.search.conftest import BOOK

QUERIES = ("ml engineer", "residual netw", "scienist", '"residual network"', "机器", "d")


def test_a_loaded_index_answers_as_the_built_one(index: Index, tmp_path: Path) -> None:
    index.save(tmp_path / "search.bin", "stamp")

    loaded = Index.load(tmp_path / "search.bin", "stamp")

    assert loaded is not None
    assert tuple(loaded.passages) == BOOK
    assert loaded.passages[-1] == BOOK[-1]
    assert loaded.passages[1:3] == BOOK[1:3]
    for query in QUERIES:
        assert loaded.search(query) == index.search(query)
    assert loaded.search("offer", page="ml-engineer") == index.search("offer", page="ml-engineer")
    assert loaded.search("data", scope="term") == index.search("data", scope="term")


def test_an_empty_book_and_odd_text_survive(tmp_path: Path) -> None:
    odd = [Passage("page", "p\n", "", "\ud800 title", "", "a\x00b\n")]
    for name, passages in (("empty", []), ("odd", odd)):
        Index.build(passages).save(tmp_path / name, "")
        loaded = Index.load(tmp_path / name, "")
        assert loaded is not None
        assert list(loaded.passages) == passages
        assert loaded.search("title").total == len(passages)


def test_another_stamp_or_format_or_no_file_is_no_index(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "search.bin"
    assert Index.load(path, "stamp") is None
    index.save(path, "stamp")
    assert Index.load(path, "another") is None
    monkeypatch.setattr(cache, "FORMAT", "handbook search 999")
    assert Index.load(path, "stamp") is None


def test_a_damaged_file_is_no_index(index: Index, tmp_path: Path) -> None:
    path = tmp_path / "search.bin"
    index.save(path, "stamp")
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        assert Index.load(path, "stamp") is None, at
        path.write_bytes(whole[:at])
        assert Index.load(path, "stamp") is None, at


def test_the_file_belongs_to_its_owner_alone_and_nothing_is_left_beside_it(
    index: Index, tmp_path: Path
) -> None:
    path = tmp_path / "new folder" / "search.bin"
    index.save(path, "one")
    index.save(path, "two")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["search.bin"]
    assert Index.load(path, "two") is not None


def test_a_place_that_cannot_be_written_is_a_store_error(index: Index, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StoreError, match="the search index cannot be written"):
        index.save(tmp_path / "file" / "search.bin", "stamp")

    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError):
        index.save(tmp_path / "folder", "stamp")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]
