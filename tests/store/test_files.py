"""Files that leave the store: whole or not at all, and never over something else."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from handbook.errors import StoreError
from handbook.store.files import append_to_file, write_file
from handbook.store.transfer import lines_of

from .conftest import fill


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def no_links(source: object, target: object) -> None:
    raise PermissionError(errno.EPERM, "Operation not permitted")


def test_a_file_is_written_for_its_owner_and_nothing_is_left_beside_it(tmp_path):
    write_file(tmp_path / "a", b"one")
    append_to_file(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"onetwo"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_is_there_stays_unless_it_may_be_replaced(tmp_path, monkeypatch, has_links):
    if not has_links:
        monkeypatch.setattr(os, "link", no_links)
    file = tmp_path / "a"
    write_file(file, b"one")
    with pytest.raises(StoreError, match="is there already"):
        write_file(file, b"two")
    assert file.read_bytes() == b"one"
    write_file(file, b"two", replace=True)
    assert file.read_bytes() == b"two"
    assert names(tmp_path) == ["a"]


def test_a_link_to_nowhere_is_written_where_it_leads(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_file(tmp_path / "link", b"one")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"one"


def test_a_full_disk_leaves_what_was_there(small_disk):
    file = small_disk / "a"
    write_file(file, b"one")
    fill(small_disk)
    with pytest.raises(StoreError, match="no space left"):
        write_file(file, b"x" * 100_000, replace=True)
    assert file.read_bytes() == b"one"
    assert names(small_disk) == ["a", "ballast"]


@pytest.mark.parametrize("name", ["~nobody-here/x", "x" * 5000])
def test_a_name_that_cannot_be_is_one_clear_error(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=r"cannot be written|no such home folder"):
        write_file(Path(name), b"one")
    with pytest.raises(StoreError, match=r"cannot be read|no such home folder"):
        list(lines_of(Path(name)))
    assert names(tmp_path) == []


def test_a_circle_of_links_is_one_clear_error(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(StoreError, match="cannot be written"):
        write_file(tmp_path / "a", b"one")
