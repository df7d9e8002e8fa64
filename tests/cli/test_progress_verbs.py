"""`progress export`, `import`, `sync`, `redate` and `purge`."""

from __future__ import annotations

import io
import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from handbook.cli.data_table import PROGRESS_ACTS
from handbook.cli.progress import _VERBS
from handbook.model.event import Entry
from handbook.store.clock import SYSTEM_CLOCK
from handbook.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

BANK = """\
    ---
    format: questions/1
    topic: fitting
    title: Fitting
    ---
    # Fitting

    ## [q-000002] A count
    <!-- numeric -->

    How many?

    = 12.5
    tol: rel 1%

    ### Why
    Count them.

    ### See
    - [Tools](roles/ml-engineer.md#tools)
    """


@pytest.fixture
def ticked(run):
    run("checklist", "tick", "c-000001", "c-000003")
    return run


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """Move to another machine: a folder of its own for the reader's data."""

    def move(name: str) -> Path:
        monkeypatch.setenv("HANDBOOK_DATA_DIR", str(tmp_path / name))
        return tmp_path / name

    return move


def test_every_verb_of_the_table_is_carried_out():
    assert set(_VERBS) == set(PROGRESS_ACTS)


def test_export_prints_one_event_a_line(ticked):
    done = ticked("progress", "export")
    header, *events = map(json.loads, done.out.splitlines())
    assert (done.code, done.err) == (0, "")
    assert (header["app"], header["count"]) == ("ml-teams-handbook", 2)
    assert [event["item_uid"] for event in events] == ["c-000001", "c-000003"]
    assert done.out.isascii()
    assert ticked("progress", "export", "-").out == done.out


def test_export_writes_a_file_for_its_owner_only(ticked, tmp_path):
    file = tmp_path / "out.jsonl"
    done = ticked("progress", "export", str(file))
    assert (done.out, done.err) == ("", f"handbook: 2 events written to {file}\n")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text() == ticked("progress", "export").out


def test_export_replaces_a_file_only_by_force(ticked, tmp_path):
    file = tmp_path / "out.jsonl"
    file.write_text("mine")
    refused = ticked("progress", "export", str(file))
    assert (refused.code, file.read_text()) == (4, "mine")
    assert ticked("progress", "export", "--force", str(file)).code == 0
    assert file.read_text().startswith('{"app"')
    link = tmp_path / "link.jsonl"
    link.symlink_to(file)
    assert ticked("progress", "export", str(link)).code == 4
    assert ticked("progress", "export", str(link), "--force").code == 0
    assert link.is_symlink()


def test_export_never_takes_the_place_of_a_device_or_a_folder(ticked, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (pipe, tmp_path):
        done = ticked("progress", "export", str(target), "--force")
        assert (done.code, "is no ordinary file" in done.err) == (4, True)
    assert pipe.is_fifo()


def test_where_nothing_is_kept_there_is_nothing_to_export_mend_or_purge(run, data):
    for words in (("export",), ("redate",), ("purge", "--all", "--yes")):
        done = run("progress", *words)
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("handbook: nothing is kept yet")
    assert not data.exists()


def test_import_merges_files(ticked, elsewhere, tmp_path):
    ticked("progress", "export", str(tmp_path / "a.jsonl"))
    folder = elsewhere("b")
    ticked("checklist", "tick", "c-000002")
    ticked("progress", "export", str(tmp_path / "b.jsonl"))
    files = (str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl"))
    done = ticked("progress", "import", *files)
    backup, first, second = done.err.splitlines()
    assert backup.startswith(f"handbook: as it was before: {folder}/backups/progress-")
    assert first == f"handbook: {files[0]}: 2 new events, 0 known"
    assert second == f"handbook: {files[1]}: 0 new events, 1 known"
    assert "3 of 3 done" in ticked("checklist").out
    again = ticked("progress", "import", *files)
    assert "before" not in again.err


def test_a_first_import_needs_no_backup(ticked, elsewhere, tmp_path):
    ticked("progress", "export", str(tmp_path / "a.jsonl"))
    folder = elsewhere("b")
    assert ticked("progress", "import", str(tmp_path / "a.jsonl")).err.count("\n") == 1
    assert not (folder / "backups").exists()


def test_import_reads_stdin(ticked, elsewhere, monkeypatch):
    text = ticked("progress", "export").out
    elsewhere("b")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert ticked("progress", "import", "-").err == "handbook: stdin: 2 new events, 0 known\n"
    assert "2 of 3 done" in ticked("checklist").out


def test_of_several_files_all_or_none_are_taken_in(ticked, elsewhere, tmp_path):
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    ticked("progress", "export", str(good))
    lines = good.read_text().splitlines()
    bad.write_text("\n".join([lines[0], lines[1], lines[2].replace('"check"', '"CHECK"')]))
    elsewhere("b")
    done = ticked("progress", "import", str(good), str(bad))
    assert done.code == 4
    assert done.err == (
        f"handbook: {bad}: line 3: kind has the wrong form: 'CHECK' (nothing was changed)\n"
    )
    assert "0 of 3 done" in ticked("checklist").out


def test_a_damaged_file_can_be_salvaged(ticked, elsewhere, tmp_path):
    file = tmp_path / "a.jsonl"
    ticked("progress", "export", str(file))
    file.write_text(file.read_text()[:-40])
    elsewhere("b")
    assert "was cut off" in ticked("progress", "import", str(file)).err
    done = ticked("progress", "import", str(file), "--salvage")
    assert done.code == 0
    assert f"passed over: {file}: line 3: it is no JSON object" in done.err
    assert "1 new event, 0 known, 1 fault passed over" in done.err


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("exprot",), 2, "(nearest: export)"),
        (("export", "a", "b"), 2, "export takes one file"),
        (("import",), 2, "import takes the files to take in"),
        (("import", "/nowhere/a.jsonl"), 4, "/nowhere/a.jsonl cannot be read: no such file"),
        (("sync",), 2, "sync takes a folder"),
        (("sync", "/nowhere/a/b"), 4, "/nowhere/a/b cannot be written: no such file"),
        (("redate", "x"), 2, "redate takes no file"),
        (("purge",), 2, "purge takes one of --topic, --item and --all"),
        (("purge", "--all", "--topic", "x"), 2, "purge takes one of"),
        (("purge", "--topic", "fiting"), 1, "no question has the topic 'fiting' (nearest: fit"),
        (("purge", "--item", "q-000009", "--yes"), 1, "nothing is kept about q-000009"),
        (("--force",), 2, "--force belongs to `handbook progress export`"),
        (("export", "--all"), 2, "--all belongs to `handbook progress purge`"),
        (("--yes",), 2, "--yes belongs to `handbook progress purge`"),
        (("export", "--salvage"), 2, "--salvage belongs to `handbook progress import`"),
    ],
)
def test_wrong_words_are_told_in_one_line(ticked, book, words, code, message):
    book({"bank.md": BANK})
    done = ticked("progress", *words)
    assert (done.code, done.out, len(done.err.splitlines())) == (code, "", 1)
    assert message in done.err


def test_a_store_that_cannot_be_kept_takes_nothing_in(ticked, monkeypatch, tmp_path):
    file = tmp_path / "a.jsonl"
    ticked("progress", "export", str(file))
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("HANDBOOK_DATA_DIR", str(tmp_path / "file" / "data"))
    done = ticked("progress", "import", str(file))
    assert (done.code, len(done.err.splitlines())) == (4, 1)


# Sync


def test_two_machines_sync_by_a_folder(ticked, elsewhere, tmp_path):
    folder = tmp_path / "shared"
    first = ticked("progress", "sync", str(folder))
    assert first.err.startswith("handbook: 0 new events, 0 known, from 0 files of others\n")
    assert "2 events written to" in first.err
    elsewhere("b")
    second = ticked("progress", "sync", str(folder))
    assert "2 new events, 0 known, from 1 file of others" in second.err
    assert "2 of 3 done" in ticked("checklist").out


def test_a_faulty_file_makes_sync_end_with_1(ticked, tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "handbook-0.jsonl").write_text("hello\n")
    done = ticked("progress", "sync", str(folder))
    assert done.code == 1
    assert "left alone: handbook-0.jsonl: line 1: this is no export" in done.err


# Redate and purge


class Ahead:
    """A clock that is ten years ahead."""

    def now_ms(self) -> int:
        return SYSTEM_CLOCK.now_ms() + 10 * 365 * 86_400_000

    def tz_offset_min(self, at_ms: int) -> int:  # noqa: ARG002
        return 0


def test_redate_first_says_what_it_would_do(run, data):
    assert run("checklist", "tick", "c-000001").code == 0
    store = Store.open(data / "progress.db", Ahead())
    store.practice.append(Entry("review", "q-000002", {}, rating=3))
    store.close()
    asked = run("progress", "redate")
    assert asked.code == 1
    assert asked.err.startswith("handbook: 1 event: the last one, said to be of ")
    assert "nothing was changed; if the clock is right now, add --yes" in asked.err
    assert run("progress", "redate").err == asked.err
    done = run("progress", "redate", "--yes")
    assert (done.code, done.err.count("\n")) == (0, 1)
    assert run("progress", "redate", "--yes").err == "handbook: nothing lies in the future\n"
    store = Store.open(data / "progress.db")
    assert store.practice.find_card("q-000002").last_ms <= SYSTEM_CLOCK.now_ms()
    store.close()


def test_purge_first_says_what_would_go(run, book, data):
    book({"bank.md": BANK})
    run("checklist", "tick", "c-000001")
    store = Store.open(data / "progress.db")
    store.practice.append(Entry("review", "q-000002", {}, rating=3))
    store.close()
    asked = run("progress", "purge", "--topic", "fitting")
    assert asked.code == 1
    assert asked.err == (
        "handbook: 1 event about the topic fitting would go for good\n"
        "handbook: nothing was changed; add --yes to purge\n"
    )
    done = run("progress", "purge", "--topic", "fitting", "--yes")
    assert done.code == 0
    gone, copy = done.err.splitlines()
    assert gone == "handbook: gone from the log: 1 event about the topic fitting"
    (backup,) = (data / "backups").iterdir()
    assert copy == f"handbook: a copy that still has them: {backup}"
    assert "q-000002" not in "".join(run("progress", "export").out.splitlines()[1:2])
    assert "1 of 3 done" in run("checklist").out


def test_items_and_everything_can_be_purged(ticked):
    assert "1 event about c-000003" in ticked("progress", "purge", "--item", "c-000003").err
    ticked("progress", "purge", "--item", "c-000003", "--yes")
    assert "1 of 3 done" in ticked("checklist").out
    done = ticked("progress", "purge", "--all", "--yes")
    assert "1 older copy beside it may have them too" in done.err
    assert "0 of 3 done" in ticked("checklist").out
