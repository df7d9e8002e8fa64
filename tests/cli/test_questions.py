"""`questions`, `show q-...` and `lock`: the bank, and never an answer unless asked for."""

from __future__ import annotations

import pytest

from handbook.cli.new import template
from handbook.cli.table import QUESTION_KINDS
from handbook.loader.questions import parse_questions
from handbook.model import question as words

BANK = """\
    ---
    format: questions/1
    topic: fitting
    title: Fitting
    ---
    # Fitting

    ## [q-000001] A gap
    <!-- single difficulty=1 use=exam v=1 -->

    Training is good, validation is not. What now?

    - [ ] A larger model
      > It fits already.
    - [x] More data
    - [ ] A higher rate
      > It is no matter of speed.

    ### Why
    The gap is variance.

    ### See
    - [Tools](roles/ml-engineer.md#tools)

    ## [q-000002] A count
    <!-- numeric difficulty=2 minutes=2 -->

    How many?

    = 12.5
    tol: rel 1%
    unit: %

    ### Why
    Count them.

    ### See
    - [Tools](roles/ml-engineer.md#tools)

    ## [q-000003] Four steps
    <!-- order -->

    Which order?

    1. Read
    2. Split
    3. Fit

    ### Why
    So it goes.

    ### See
    - [Tools](roles/ml-engineer.md#tools)
    """
CUES = """\
    ---
    id: p-00000c
    ---
    # In short

    ## Why so?
    <!-- cue q-000004 -->

    Because of [tools](roles/ml-engineer.md).
    """


@pytest.fixture
def bank(small, book):
    """Add three questions and a cue to the small book."""
    book({"bank.md": BANK, "cues.md": CUES})
    return small


def test_questions_are_listed_one_a_line_without_answers(bank, run):
    done = run("questions")
    assert done.out == (
        "q-000001\tfitting\tsingle\t1\tA gap\n"
        "q-000002\tfitting\tnumeric\t2\tA count\n"
        "q-000003\tfitting\torder\t2\tFour steps\n"
        "q-000004\tcues\tcue\t1\tWhy so?\n"
    )
    assert done.err == "handbook: 4 questions, 1 for exams only\n"


def test_questions_are_grouped_by_topic_on_a_terminal(bank, on_terminal):
    rows = on_terminal("questions", "--plain").out.splitlines()
    assert rows[:2] == ["fitting", "  q-000001  A gap single 1"]


def test_questions_of_a_topic_and_a_kind(bank, run):
    assert run("questions", "--topic", "fitting", "--kind", "order").out.count("\n") == 1
    unknown = run("questions", "--topic", "fiting")
    assert unknown.code == 1
    assert "no question has the topic 'fiting' (nearest: fitting)" in unknown.err
    assert run("questions", "--topic", "cues", "--kind", "bug").code == 1
    assert "(nearest: single)" in run("questions", "--kind", "singel").err


def test_questions_as_json_have_the_promised_keys(bank, run):
    rows = run("questions", "--json").json
    assert rows[0] == {
        "id": "q-000001",
        "topic": "fitting",
        "kind": "single",
        "difficulty": 1,
        "title": "A gap",
        "minutes": 1.0,
        "use": "exam",
    }
    answers = [row["answer"] for row in run("questions", "--json", "--answers").json]
    assert answers == ["b", "12.5% (or 1% more or less)", "1 Read; 2 Split; 3 Fit", ""]


def test_a_question_is_shown_without_its_answer(bank, run):
    assert run("show", "q-000001").out == (
        "A gap\n"
        "━━━━━\n"
        "q-000001, single, difficulty 1, 1 min, fitting, exam only\n"
        "\n"
        "Training is good, validation is not. What now?\n"
        "\n"
        "a  A larger model\n"
        "b  More data\n"
        "c  A higher rate\n"
    )
    shown = run("show", "q-000002", "--json").json
    assert list(shown) == ["id", "title", "headings", "text", "links", "sources"]
    assert "12.5" not in str(shown)


def test_an_order_is_shown_in_another_one(bank, run):
    rows = run("show", "q-000003").out.splitlines()[-3:]
    assert sorted(row[3:] for row in rows) == ["Fit", "Read", "Split"]
    assert [row[3:] for row in rows] != ["Read", "Split", "Fit"]
    assert [row[0] for row in rows] == ["a", "b", "c"]


def test_the_solution_follows_a_rule_if_it_is_asked_for(bank, run):
    done = run("show", "q-000001", "--answers").out
    asked, _, solved = done.partition("─" * 72)
    assert asked.startswith("A gap\n")
    assert solved == (
        "\n\n"
        "Answer  b\n"
        "\n"
        "a  It fits already.\n"
        "c  It is no matter of speed.\n"
        "\n"
        "Why\n"
        "The gap is variance.\n"
        "\n"
        "See\n"
        "• Tools\n"
    )
    everything = run("questions", "--answers").out
    assert everything.startswith(done)
    assert everything.count("Why\n") == 3


def test_a_cue_is_answered_by_the_notes_under_it(bank, run):
    assert run("show", "q-000004").out.endswith("q-000004, cue, difficulty 1, 1 min, cues\n")
    assert run("show", "q-000004", "--answers").out.endswith("\n\nBecause of tools.\n")
    (link,) = run("show", "q-000004", "--answers", "--json").json["links"]
    assert link["target"] == "roles/ml-engineer.md"


def test_what_cannot_be_shown_of_a_question(bank, run):
    assert run("show", "q-000001", "--markdown").code == 2
    unknown = run("show", "q-00000l")
    assert (unknown.code, unknown.out) == (1, "")
    assert "no question has the id 'q-00000l' (nearest: q-0000" in unknown.err


def test_a_book_without_questions_says_so(run):
    assert run("questions").err == "handbook: the book has no questions\n"


def test_search_finds_a_question_and_leads_to_what_teaches_it(bank, run):
    (hit,) = run("search", "validation", "--in", "question", "--json").json
    assert (hit["page"], hit["anchor"], hit["heading"]) == ("p-000003", "tools", "A gap")
    assert run("search", "variance", "--in", "question").code == 1
    assert run("search", "larger", "--in", "question").code == 1


def test_every_kind_can_be_asked_for():
    from typing import get_args

    assert set(QUESTION_KINDS) == set(get_args(words.QuestionKind))


def test_the_template_of_a_question_has_no_mistake():
    front = {"format": "questions/1", "topic": "t"}
    bank = parse_questions(template("question"), front, "questions/t.md")
    assert (bank.problems, len(bank.questions)) == ((), 1)


# The lock file


def test_lock_writes_what_is_right_and_notices_a_change(bank, run):
    done = run("lock", str(bank))
    assert (done.code, done.out) == (0, "")
    assert done.err == "handbook: questions.lock: 4 questions, 4 added, 0 changed\n"
    lock = bank / "questions.lock"
    before = lock.read_text("utf-8")
    assert [line.split()[:3] for line in before.splitlines()] == [
        ["q-000001", "single", "v1"],
        ["q-000002", "numeric", "v1"],
        ["q-000003", "order", "v1"],
        ["q-000004", "cue", "v1"],
    ]

    file = bank / "bank.md"
    file.write_text(file.read_text("utf-8").replace("= 12.5", "= 12.6"), "utf-8")
    refused = run("lock", str(bank))
    assert refused.code == 1
    assert "Q302 q-000002: what is right has changed since v1" in refused.out
    assert "Q302" in run("check").out
    assert lock.read_text("utf-8") == before

    same = run("lock", str(bank), "--same-meaning", "q-000002")
    assert (same.code, same.out) == (0, "")
    changed = set(lock.read_text("utf-8").splitlines()) - set(before.splitlines())
    assert [line.split()[0] for line in changed] == ["q-000002"]
    assert "Q302" not in run("check").out


def test_lock_refuses_what_it_does_not_know(bank, run, book):
    run("lock")
    assert run("lock", "--same-meaning", "q-999999").code == 1
    assert run("lock", "a", "b").code == 2
    assert run("lock", str(book({"a.md": "# A\n"}, "other"))).code == 1
    (bank / "questions.lock").write_text("nonsense\n", "utf-8")
    broken = run("lock")
    assert broken.code == 3
    assert "questions.lock:1: Q304" in broken.err


def test_a_lock_file_that_is_not_to_be_read_is_not_replaced(bank, run, tmp_path):
    elsewhere = tmp_path / "elsewhere.lock"
    elsewhere.write_text("q-000009 single v1 000000000000 retired\n", "utf-8")
    lock = bank / "questions.lock"
    lock.symlink_to(elsewhere)
    done = run("lock", str(bank))
    assert (done.code, done.out) == (3, "")
    assert "the link leaves the content folder" in done.err
    assert "Q304 the lock file cannot be read" in run("check").out
    assert lock.is_symlink()
    lock.unlink()
    lock.mkdir()
    assert run("lock", str(bank)).code == 3
    assert not list(bank.glob(".*.partial"))
