"""`keys`: the table of all keys, and what the settings file makes of it."""

import pytest

from handbook.actions import ACTIONS


@pytest.fixture
def settings_file(tmp_path, monkeypatch):
    file = tmp_path / "config.toml"
    monkeypatch.setenv("HANDBOOK_CONFIG", str(file))
    return file


def test_keys_are_lines_with_tabs_in_a_pipe(run):
    done = run("keys")
    assert (done.code, done.err) == (0, "")
    rows = [row.split("\t") for row in done.out.splitlines()]
    assert [row[0] for row in rows] == [action.id for action in ACTIONS]
    assert [
        "reader.bookmark",
        "m",
        "Set or remove a bookmark here",
        "reader",
    ] in rows
    assert ["app.messages", "no key", "Messages of this session", "everywhere"] in rows


def test_keys_are_a_document_with_json(run, settings_file):
    settings_file.write_text('[keys]\n"reader.bookmark" = "f2"\n')
    records = {record["id"]: record for record in run("keys", "--json").json}
    assert records["reader.bookmark"] == {
        "id": "reader.bookmark",
        "keys": ["f2"],
        "default": ["m"],
        "about": "Set or remove a bookmark here",
        "group": "Marking",
        "places": ["reader"],
        "changed": True,
    }
    assert not records["reader.zen"]["changed"]


def test_keys_are_tables_by_group_on_a_terminal(on_terminal, settings_file):
    settings_file.write_text('[keys]\n"reader.bookmark" = "f2"\n')
    text = on_terminal("keys", "--color", "none", "--plain").out
    groups = list(dict.fromkeys(action.group for action in ACTIONS))
    assert [row for row in text.splitlines() if row in groups] == groups
    assert "f2 (was m)" in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 60


def test_keys_that_clash_are_a_fault_for_the_doctor(run, settings_file):
    settings_file.write_text('[keys]\n"reader.bookmark" = "t"\n')
    done = run("doctor")
    assert done.code == 1
    assert (
        f"wrong: {settings_file}:2: keys: 't' would mean both reader.contents and reader.bookmark"
        " (give one of them another key)\n"
    ) in done.out
    assert "all is well" not in done.out


def test_the_app_does_not_start_with_keys_that_make_no_sense(run, settings_file, monkeypatch):
    monkeypatch.setattr("handbook.terminal.why_no_screen", lambda _environ: "")
    settings_file.write_text('[keys]\n"app.help" = "F2"\n')
    done = run()
    assert done.code == 2
    assert done.out == ""
    assert done.err == (
        f"handbook: {settings_file}:2: keys: 'F2' for app.help is written 'f2'"
        " (`handbook keys` lists the keys)\n"
    )


def test_columns_that_are_no_number_are_passed_over(on_terminal, settings_file, monkeypatch):
    monkeypatch.setenv("COLUMNS", "²")
    assert on_terminal("keys").code == 0
