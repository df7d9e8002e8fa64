"""`search`: ranked hits, with the reader's notes only where there are any."""

import pytest

from handbook.model import Place
from handbook.store.store import Store


def test_hits_name_the_place_that_show_takes(run):
    done = run("search", "containers", "--in", "page")
    assert done.out == (
        "roles/ml-engineer#tools\n"
        "    ML engineer › Tools\n"
        "    Containers and trackers, read about research.\n"
    )
    assert (done.code, done.err) == (0, "")


def test_in_ascii_the_section_follows_a_plain_sign(run):
    done = run("search", "containers", "--in", "page", "--ascii")
    assert "    ML engineer > Tools\n" in done.out


def test_the_words_of_a_query_need_no_quotes(run):
    assert run("search", "bias", "and", "variance").out == run("search", "bias and variance").out


def test_typing_errors_are_forgiven_and_told_on_stderr(run):
    done = run("search", "containrs")
    assert done.out.startswith("roles/ml-engineer#tools\n")
    assert done.err == "handbook: found nothing for 'containrs', searched for 'containers'\n"


def test_nothing_found_is_exit_code_1_and_said_on_stderr(run):
    done = run("search", "xylophone")
    assert (done.code, done.out) == (1, "")
    assert done.err == "handbook: found nothing for 'xylophone'\n"
    assert run("search", "xylophone", "--json").json == []


def test_hits_as_json_have_the_promised_keys(run):
    (hit,) = run("search", "containers", "--in", "page", "--json").json
    assert 0 < hit.pop("score") <= 100
    assert hit == {
        "page": "p-000003",
        "title": "ML engineer",
        "heading": "Tools",
        "anchor": "tools",
        "kind": "page",
        "snippet": "Containers and trackers, read about research.",
    }


def test_the_limit_cuts_and_says_so(run):
    done = run("search", "research", "--limit", "1")
    assert len([row for row in done.out.splitlines() if not row.startswith(" ")]) == 1
    assert "handbook: 1 of " in done.err


def test_a_scope_keeps_to_one_kind(run):
    hits = run("search", "leakage", "--in", "term", "--json").json
    assert [(hit["kind"], hit["anchor"]) for hit in hits] == [("term", "data-leakage")]
    done = run("search", "leakage", "--in", "trem")
    assert done.code == 2
    assert "'trem' is none of all, page, title, term, item, role, question, note" in done.err
    assert "(nearest: term)" in done.err


@pytest.mark.parametrize("query", ["", "   ", "\t\n"])
def test_an_empty_query_is_a_wrong_use(run, query):
    done = run("search", query)
    assert done.code == 2
    assert done.err == "handbook: there is nothing to search for (handbook search learning rate)\n"
    assert run("search").code == 2


def test_matches_are_bold_on_a_terminal(on_terminal):
    assert "\x1b[1;33mContainers\x1b[0m and trackers" in on_terminal("search", "containers").out


def test_searching_makes_no_store(run, data):
    run("search", "containers")
    done = run("search", "--in", "note", "containers")
    assert (done.code, done.err) == (
        1,
        "handbook: you have written no notes yet (in the app, n writes one)\n",
    )
    assert not data.exists()


def test_notes_are_found_once_there_are_any(run, data):
    store = Store.open(data / "progress.db")
    store.note(str(Place("p-000003", "tools")), "ask about xylophones")
    store.close()
    for arguments in (("xylophones",), ("xylophones", "--in", "note")):
        (hit,) = run("search", *arguments, "--json").json
        assert (hit["kind"], hit["page"], hit["anchor"]) == ("note", "p-000003", "tools")


def test_a_broken_store_costs_only_the_notes(run, data):
    data.mkdir()
    (data / "progress.db").write_text("this is no database, but long enough to be read as one")
    done = run("search", "containers")
    assert (done.code, done.out.splitlines()[0]) == (0, "roles/ml-engineer#tools")
    assert done.err.startswith("handbook: searched without your notes: ")
    assert run("search", "containers", "--in", "note").code == 4


def test_words_that_begin_with_a_dash_go_after_two(run):
    done = run("search", "-trackers")
    assert done.code == 2
    assert "has no option '-trackers' (see `handbook search --help`; words go after --)" in done.err
    assert run("search", "--", "researcher", "-trackers").code == 0
