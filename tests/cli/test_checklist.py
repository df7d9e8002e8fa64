"""`checklist`: state, ticks, dates and export."""

import pytest


def test_a_list_shows_its_state(run, data):
    done = run("checklist")
    assert done.out == (
        "Interview preparation\n"
        "0 of 3 done\n"
        "\n"
        "Foundations\n"
        "  [ ] Explain bias and variance (core)\n"
        "  [ ] Write a training loop\n"
        "\n"
        "The day\n"
        "  [ ] Sleep\n"
    )
    assert not data.exists()


def test_ticks_are_kept_and_taken_back(run):
    done = run("checklist", "tick", "c-000001", "c-000003")
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        "handbook: ticked c-000001 Explain bias and variance\nhandbook: ticked c-000003 Sleep\n"
    )
    assert "2 of 3 done" in run("checklist").out
    assert "  [x] c-000003 Sleep" in run("checklist", "interview", "--ids").out
    run("checklist", "untick", "c-000003")
    assert "1 of 3 done" in run("checklist").out


def test_a_tick_that_is_there_already_is_told_as_old(run):
    run("checklist", "tick", "c-000001")
    done = run("checklist", "tick", "c-000001", "c-000003")
    assert done.code == 0
    assert done.err == (
        "handbook: done already: c-000001 Explain bias and variance\n"
        "handbook: ticked c-000003 Sleep\n"
    )
    assert run("checklist", "untick", "c-000002").err == (
        "handbook: open already: c-000002 Write a training loop\n"
    )


def test_an_unknown_id_changes_nothing(run, data):
    done = run("checklist", "tick", "c-000001", "c-000009")
    assert done.code == 1
    assert done.err.startswith("handbook: no checklist item has the id 'c-000009' (nearest: c-0000")
    assert not data.exists()


def test_items_as_json_have_the_promised_keys(run):
    assert run("checklist", "tick", "c-000001", "--json").json[0] == {
        "id": "c-000001",
        "phase": "Foundations",
        "text": "Explain bias and variance",
        "state": "done",
        "due": None,
        "measured": None,
    }


def test_phases_count_back_from_the_date(run):
    done = run("checklist", "--date", "2027-03-01")
    assert done.err == "handbook: interview: the date is 2027-03-01\n"
    assert "0 of 3 done, interview on 2027-03-01" in done.out
    assert "Foundations  by 2027-02-27" in done.out
    due = [item["due"] for item in run("checklist", "--json").json]
    assert due == ["2027-02-27", "2027-02-27", "2027-02-28"]
    run("checklist", "--date", "none")
    assert "interview on" not in run("checklist").out


@pytest.mark.parametrize("word", ["tomorrow", "2027-02-30", "", "01.03.2027"])
def test_a_wrong_date_is_refused(run, word, data):
    done = run("checklist", "--date", word)
    assert done.code == 2
    assert "is no date (write 2027-03-01, or none)" in done.err
    assert not data.exists()


def test_export_prints_markdown(run):
    run("checklist", "tick", "c-000002")
    run("checklist", "--date", "2027-03-01")
    exported = run("checklist", "interview", "export").out
    assert exported == run("checklist", "export", "interview").out
    assert exported == (
        "# Interview preparation\n"
        "\n"
        "1 of 3 done.\n"
        "\n"
        "## Foundations (by 2027-02-27)\n"
        "\n"
        "- [ ] Explain bias and variance\n"
        "  It is asked first.\n"
        "- [x] Write a training loop\n"
        "\n"
        "## The day (by 2027-02-28)\n"
        "\n"
        "- [ ] Sleep\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("nothing",), 1, "no checklist is called 'nothing' (there are: interview)"),
        (("interview", "frob"), 2, "'frob' is none of tick, untick, export"),
        (("tick",), 2, "tick takes the ids of items"),
        (("interview", "export", "interview"), 2, "export takes one list"),
    ],
)
def test_wrong_words_are_told(run, words, code, message):
    done = run("checklist", *words)
    assert done.code == code
    assert message in done.err


def test_a_tick_that_cannot_be_kept_is_an_error(run, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("HANDBOOK_DATA_DIR", str(tmp_path / "file" / "data"))
    done = run("checklist", "tick", "c-000001")
    assert done.code == 4
    assert len(done.err.splitlines()) == 1


def test_a_list_without_a_date_takes_none(run, book, monkeypatch):
    text = """\
        ---
        id: p-000001
        kind: checklist
        checklist: {name: weekly}
        ---
        # Weekly

        ## Monday

        - [ ] [c-000001] Plan
        """
    monkeypatch.setenv("HANDBOOK_ONLY", str(book({"weekly.md": text}, "other")))
    done = run("checklist", "--date", "2027-03-01")
    assert (done.code, done.err) == (
        2,
        "handbook: the list weekly does not count back from a date\n",
    )
