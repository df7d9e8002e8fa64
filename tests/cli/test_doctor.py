"""`doctor` and `completion`."""

import shutil
import subprocess

import pytest

from handbook.store.store import Store


def test_doctor_tells_what_it_found(run, small, data, monkeypatch):
    monkeypatch.setenv("TMUX", "")
    found = run("doctor", "--json", "--theme", "light").json
    assert list(found) == [
        "terminal",
        "versions",
        "paths",
        "book",
        "store",
        "settings",
        "faults",
    ]
    assert found["terminal"]["colours"] == "256 (TERM)"
    assert found["terminal"]["clipboard"] == "OSC 52"
    assert found["paths"]["content"] == [str(small)]
    assert found["book"]["pages"] == 9
    assert found["store"] == {"file": f"{data}/progress.db (nothing kept yet)"}
    assert found["settings"]["theme"] == "light (--theme)"
    assert found["settings"]["only"] == f"{small} (HANDBOOK_ONLY)"
    assert found["settings"]["mouse"] == "yes (default)"
    assert found["faults"] == []
    assert not data.exists()


def test_doctor_says_all_is_well(run):
    done = run("doctor")
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("all is well\n")


@pytest.mark.parametrize(
    ("variables", "colours"),
    [
        ({"COLORTERM": "truecolor"}, "true (COLORTERM)"),
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "none (NO_COLOR)"),
        ({"HANDBOOK_COLOR": "16"}, "16 (the setting color)"),
        ({"TERM": "xterm-ghostty"}, "true (TERM)"),
    ],
)
def test_doctor_tells_why_there_are_so_many_colours(run, monkeypatch, variables, colours):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert run("doctor", "--json").json["terminal"]["colours"] == colours


def test_doctor_knows_settings_from_the_file(run, own_home):
    config = own_home / "config" / "handbook" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("measure = 60\n")
    assert run("doctor", "--json").json["settings"]["measure"] == f"60 ({config})"


def test_doctor_examines_the_store(run, data):
    Store.open(data / "progress.db").close()
    store = run("doctor", "--json").json["store"]
    assert (store["check"], store["events"], store["backup"]) == ("ok", 0, "none yet")


def test_doctor_finds_what_is_wrong(run, data, monkeypatch, tmp_path):
    data.mkdir()
    (data / "progress.db").write_text("this is no database, but long enough to be read as one")
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("HANDBOOK_CACHE_DIR", str(tmp_path / "file" / "cache"))
    monkeypatch.setenv("HANDBOOK_ONLY", str(tmp_path / "missing"))
    done = run("doctor")
    faults = [row for row in done.out.splitlines() if row.startswith("wrong: ")]
    assert done.code == 1
    assert len(faults) == 3
    assert faults[0] == f"wrong: the folder {tmp_path}/file/cache cannot be written"
    assert faults[1].startswith("wrong: the content folder ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh"])
def test_completion_knows_commands_and_options(run, shell):
    done = run("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert all(word in done.out for word in ("checklist", "markdown", "no-mouse", "handbook list"))


def test_completion_is_valid_bash(run, tmp_path):
    script = tmp_path / "handbook.bash"
    script.write_text(run("completion", "bash").out)
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_the_shell_is_only_given_places_of_harmless_signs():
    from handbook.cli.completion import PLACES

    command = PLACES.replace("handbook list", "printf 'a/b-1\\tA\\n$(touch x)\\tB\\n`id`\\tC\\n'")
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout == "a/b-1\n"
