"""The lock file: what is right cannot change unseen, and wording can change freely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.loader.library import Library
from handbook.loader.lock import check_lock, key_of, lock_text, locked, parse_lock, renewed
from tests.loader.books import book, codes, library
from tests.loader.test_questions import BUG, CURVE, END, SINGLE, asked, bank, only

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model import Question

QUESTION = only(SINGLE + END)
LINE = "q-7k2m9d single v2 b9174ac48524 live"
OTHER_RIGHT = (
    (SINGLE + END)
    .replace("[ ] Raise", "[x] Raise")
    .replace("- [x] Regularise, or stop earlier", "- [ ] Regularise\n  > No.")
)


def test_a_line_has_id_kind_version_key_and_state() -> None:
    assert str(locked(QUESTION)) == f"q-7k2m9d single v2 {key_of(QUESTION.task)} live"
    assert lock_text({"q-7k2m9d": locked(QUESTION)}) == f"{LINE}\n"


def test_a_lock_file_is_read_as_it_is_written() -> None:
    gone = "q-000000 bug v1 0123456789ab retired"
    replaced = "q-zzzzzz cue v3 0123456789ab retired -> q-7k2m9d"
    text = f"{gone}\n{LINE}\n{replaced}\n"
    known, problems = parse_lock(text, "questions.lock")

    assert problems == ()
    assert lock_text(known) == text
    assert (known["q-zzzzzz"].heir, known["q-7k2m9d"].line) == ("q-7k2m9d", 2)


@pytest.mark.parametrize("row", ["q-7k2m9d single", LINE + " really", LINE.replace("v2", "v0")])
def test_a_line_that_cannot_be_read_is_told(row: str) -> None:
    known, problems = parse_lock(f"\n{row}\n", "questions.lock")

    assert known == {}
    assert [(each.code, each.line) for each in problems] == [("Q304", 2)]


def test_an_id_that_is_locked_twice_is_told() -> None:
    _, problems = parse_lock(f"{LINE}\n{LINE}\n", "questions.lock")

    assert [(each.code, each.line) for each in problems] == [("Q304", 2)]


# The key


def _pair(kind: str, body: str, old: str, new: str) -> tuple[str, str]:
    return key_of(asked(kind, body).task), key_of(asked(kind, body.replace(old, new)).task)


def test_wording_does_not_change_a_key() -> None:
    other = (SINGLE + END).replace("Widen the network", "Widen it").replace("Training", "The")

    assert key_of(only(other).task) == key_of(QUESTION.task)


NUMBER = "= 79.8\ntol: abs 0.1\nunit: %"
ORDER = "1. First\n2. Second\n3. Third"
PAIRS = "| a | b |\n|--|--|\n| c | d |\n| e | f |"


@pytest.mark.parametrize(
    ("kind", "body", "old", "new", "is_kept"),
    [
        ("numeric", NUMBER, "79.8", "79.9", False),
        ("numeric", NUMBER, "79.8", "79.80", True),
        ("numeric", NUMBER, "0.1", "0.2", True),
        ("cloze", "{{1:a|b::hint}}", "a|b", "a|c", False),
        ("cloze", "{{1:a|b::hint}}", "hint", "clue", True),
        ("order", ORDER, "1. First\n2. Second", "1. Second\n2. First", False),
        ("order", ORDER, "Third", "*third*", True),
        ("match", PAIRS, "| c | d |\n| e | f |", "| c | f |\n| e | d |", False),
        ("match", PAIRS, "| c | d |\n| e | f |", "| e | f |\n| c | d |", True),
        ("bug", BUG, "bug=3", "bug=1", False),
        ("bug", BUG, "Add it up", "Sum it", True),
        ("curve", CURVE, "[x] The rate was cut\n- [ ]", "[ ] No\n  > No.\n- [x]", False),
        ("curve", CURVE, "noise: 0.02", "noise: 0.03", True),
    ],
)
def test_a_key_changes_with_what_is_right_and_with_nothing_else(
    kind: str, body: str, old: str, new: str, is_kept: bool
) -> None:
    before, after = _pair(kind, body, old, new)

    assert (before == after) is is_kept


# The check


def _check(lock: str, *questions: Question) -> list[tuple[str, str, int]]:
    known, _ = parse_lock(lock, "questions.lock")
    return [(p.code, p.file, p.line) for p in check_lock(known, questions, "questions.lock")]


def test_an_unchanged_question_and_a_higher_version_are_fine() -> None:
    assert _check(LINE, QUESTION) == []
    assert _check(LINE, only(OTHER_RIGHT.replace("v=2", "v=3"))) == []


def test_a_changed_answer_needs_a_new_version() -> None:
    question = only(OTHER_RIGHT)
    known, _ = parse_lock(LINE, "questions.lock")
    (found,) = check_lock(known, [question], "questions.lock")

    assert str(found) == (
        "questions/diagnosis.md:10: Q302 q-7k2m9d: what is right has changed since v2 "
        "(write v=3, or if it means the same run `handbook lock --same-meaning q-7k2m9d`)"
    )
    assert _check(LINE, only((SINGLE + END).replace("v=2", "v=1"))) == [
        ("Q302", "questions/diagnosis.md", 10)
    ]


def test_a_question_that_is_gone_is_retired_by_hand() -> None:
    assert _check(LINE) == [("Q301", "questions.lock", 1)]
    assert _check(LINE.replace("live", "retired")) == []


def test_retired_ids_are_not_used_again_and_new_ones_are_added() -> None:
    assert _check(LINE.replace("live", "retired"), QUESTION) == [
        ("Q305", "questions/diagnosis.md", 10)
    ]
    assert _check("", QUESTION) == [("Q303", "questions/diagnosis.md", 10)]


def test_renewing_takes_over_what_the_check_has_nothing_against() -> None:
    known, _ = parse_lock(LINE, "questions.lock")
    changed = only(OTHER_RIGHT)

    assert lock_text(renewed({}, [QUESTION])) == f"{LINE}\n"
    assert renewed(known, []) == known
    assert renewed(known, [changed]) == known
    same = renewed(known, [changed], {"q-7k2m9d"})
    assert same["q-7k2m9d"] == locked(changed)
    bumped = only(OTHER_RIGHT.replace("v=2", "v=3"))
    assert renewed(known, [bumped])["q-7k2m9d"].version == 3


FRONT = "---\nformat: questions/1\ntopic: t\nsources: [lecture]\n---\n"
FILES = {
    "exam/curves.md": "# Curves\n\n## Shapes\n\nText.\n",
    "sources.md": "---\nid: p-aaaaa2\nkind: sources\n---\n# S\n\n`lecture` The lecture\n: Good.\n",
    "questions/a.md": FRONT + SINGLE + END,
}


def _locks(read: Library) -> list[tuple[str, str, int]]:
    return [each for each in codes(read) if each[0].startswith("Q3")]


def test_a_folder_without_a_lock_file_is_not_checked(tmp_path: Path) -> None:
    assert _locks(library(tmp_path, FILES)) == []


def test_the_lock_file_beside_the_pages_is_checked(tmp_path: Path) -> None:
    lock = LINE.replace("b917", "0000") + "\nq-000000 cue v1 0123456789ab live\n"

    assert _locks(library(tmp_path, {**FILES, "questions.lock": lock})) == [
        ("Q301", "questions.lock", 2),
        ("Q302", "questions/a.md", 8),
    ]


def test_a_folder_on_top_may_take_questions_away(tmp_path: Path) -> None:
    base = book(tmp_path / "base", {**FILES, "questions.lock": f"{LINE}\n"})
    hidden = book(
        tmp_path / "team", {"questions/a.md": "---\nhidden: true\n---\n", "b.md": "# B\n"}
    )

    assert _locks(Library.open([base, hidden])) == []
    assert len(bank(SINGLE + END).questions) == 1
