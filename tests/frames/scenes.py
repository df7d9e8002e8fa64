"""The scenes kept as golden frames: which book, what was done before, which keys lead there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from handbook.model import Place, Position, Skills
from handbook.practice.plans import Plans
from tests.tui.driving import BOOK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from handbook.workspace import Workspace

STUDY_BOOK = (BOOK, BOOK.parent / "study_book")
EXAM_BOOK = (BOOK, BOOK.parent / "exam_book")
SAT = ("5", "enter", "S", "a", "enter", "enter", "b", "3", "x", "right", "a", "1", "right", "B")
HANDED_IN = (*SAT, "X", "down", "enter")
ML_ENGINEER, NUMBERS = "p-000003", "p-00000a"


class Scene(NamedTuple):
    """A screen to look at: its name, the place to open, the keys to press, what was done before.

    With a `topic` a session of study on it is begun before the keys are pressed.
    """

    name: str
    place: str = ""
    keys: tuple[str, ...] = ()
    before: Callable[[Workspace], None] | None = None
    books: tuple[Path, ...] = (BOOK,)
    topic: str = ""


def reads_for_a_week(workspace: Workspace) -> None:
    """Leave what a reader leaves: read marks, ticks, a date, notes, bookmarks, the map."""
    for page in ("p-000001", "p-000002", "p-000004"):
        workspace.visit(Place(page))
        workspace.mark_read(page, read=True)
    workspace.visit(Place(ML_ENGINEER, "tools"))
    workspace.save_position(Position(ML_ENGINEER, "tools", 0, 0.6, read=False, at_ms=0))
    workspace.toggle_bookmark(Place(ML_ENGINEER), "ML engineer")
    workspace.toggle_bookmark(Place(NUMBERS, "how-progress-comes"), "Numbers › How progress comes")
    workspace.note(f"{ML_ENGINEER}#what-the-job-produces", "Ask Bo how they do it.")
    workspace.tick("c-000001", done=True)
    workspace.tick("c-000004", done=True)
    workspace.note("c-000003", "Exploding gradients first.", checklist="interview")
    Plans(workspace.desk).set_day(workspace.checklist("interview"), date(2026, 5, 28))
    workspace.place_yourself(Skills(6, 4, 5))
    for query in ("feature store", "bias and variance"):
        workspace.keep_search(query)


SCENES = (
    Scene("home-first-run"),
    Scene("home", before=reads_for_a_week),
    Scene("reader", "roles/ml-engineer"),
    Scene("reader-contents", "roles/ml-engineer", ("t",)),
    Scene("reader-marked", "roles/ml-engineer", ("]",), reads_for_a_week),
    Scene("reader-find", "roles/ml-engineer", ("/", *"product")),
    Scene("reader-hits", "roles/ml-engineer", ("/", *"product", "enter", "n")),
    Scene("reader-link", "roles/ml-engineer", ("tab", "tab", "tab")),
    Scene("reader-zen", "roles/ml-engineer", ("z",)),
    Scene("reader-table", "work/numbers"),
    Scene("reader-chart", "work/numbers", ("G",)),
    Scene("reader-code", "work/listings"),
    Scene("reader-cjk", "work/cjk"),
    Scene("reader-glossary", "glossary"),
    Scene("search", "", ("s", *"containrs")),
    Scene("search-many", "", ("s", *"model", "down", "down")),
    Scene("search-before", "", ("s",), reads_for_a_week),
    Scene("map", "", ("2",)),
    Scene("map-placed", "", ("2", "left", "+"), reads_for_a_week),
    Scene("map-placing", "", ("2", "p", "right", "up")),
    Scene("map-2021", "", ("2", "w")),
    Scene("map-table", "", ("2", "v")),
    Scene("compare", "", ("6",)),
    Scene("compare-three", "", ("2", "x", "tab", "x", "tab", "x", "6", "right")),
    Scene("checklist", "", ("3",)),
    Scene("checklist-dated", "", ("3", "down", "down", "down"), reads_for_a_week),
    Scene("checklist-open", "", ("3", "f"), reads_for_a_week),
    Scene("help", "roles/ml-engineer", ("?",)),
    Scene("palette", "roles/ml-engineer", (":", *"note")),
    Scene("problems", "", ("!",), books=(BOOK, BOOK.parent / "mistakes")),
    Scene("term", "work/listings", ("tab", "enter")),
    Scene("sources", "roles/ml-engineer", ("i",)),
    Scene("note", "roles/ml-engineer", ("a", *"Ask Bo")),
    Scene("prompt", "", ("3", "D")),
    Scene("themes", "", ("T",)),
    Scene("bookmarks", "", ("'",), reads_for_a_week),
    Scene("study-choice", "", (), books=STUDY_BOOK, topic="choices"),
    Scene("study-judged", "", ("b", "3"), books=STUDY_BOOK, topic="choices"),
    Scene("study-bug", "", ("j", "j", "space", "a"), books=STUDY_BOOK, topic="code"),
    Scene("study-number", "", ("7",), books=STUDY_BOOK, topic="typed"),
    Scene("study-match", "", ("-", "b"), books=STUDY_BOOK, topic="arranged"),
    Scene("study-curve", "", (), books=STUDY_BOOK, topic="curves"),
    Scene("study-curve-table", "", ("t",), books=STUDY_BOOK, topic="curves"),
    Scene("study-recall", "", ("2", "a"), books=STUDY_BOOK, topic="told"),
    Scene("study-end", "", ("n", "enter", "q"), books=STUDY_BOOK, topic="code"),
    Scene("study-sessions", "", ("S",), books=STUDY_BOOK, topic="choices"),
    Scene("exams", "", (*HANDED_IN, "q"), books=EXAM_BOOK),
    Scene("exam-start", "", ("5", "enter"), books=EXAM_BOOK),
    Scene("exam-sitting", "", SAT, books=EXAM_BOOK),
    Scene("exam-number", "", (*SAT, "right", "enter", "2", "0"), books=EXAM_BOOK),
    Scene("exam-grid", "", (*SAT, "G", "right"), books=EXAM_BOOK),
    Scene("exam-hand-in", "", (*SAT, "X"), books=EXAM_BOOK),
    Scene("exam-result", "", HANDED_IN, books=EXAM_BOOK),
    Scene("exam-review", "", (*HANDED_IN, "enter"), books=EXAM_BOOK),
    Scene("exam-history", "", (*HANDED_IN, "v"), books=EXAM_BOOK),
)
