"""Questions by example: each kind as it is written, and what it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.loader.library import Library
from handbook.loader.questions import parse_questions
from handbook.model import (
    BugHunt,
    ChartBlock,
    Cloze,
    Code,
    Cue,
    CurveReading,
    Gap,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Paragraph,
    Place,
    Question,
    Recall,
    Scenario,
    SingleChoice,
    Span,
    Tolerance,
    plain,
)
from tests.loader.books import book, library

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from handbook.loader.bank import Bank
    from handbook.model import Block

FRONT = {
    "format": "questions/1",
    "topic": "diagnosis",
    "title": "Diagnosis",
    "chapter": "exam",
    "sources": ["lecture"],
}
END = """
### Why
Because it is so [@lecture].

### Hints
1. Look twice.
2. Look *again*.

### See
- [Curves](../exam/curves.md#shapes)
"""
SINGLE = """\
# Diagnosis

## [q-7k2m9d] Rising validation loss
<!-- single difficulty=3 minutes=1.5 use=exam v=2 from=BV-03 -->

Training loss falls, validation loss **rises**. What do you try first?

- [ ] Raise the learning rate
  > The step is not what separates the curves.
- [x] Regularise, or stop earlier
- [ ] Widen the network
  > More capacity widens the gap.
"""


def bank(text: str) -> Bank:
    return parse_questions(text, FRONT, "questions/diagnosis.md", 8)


def only(text: str) -> Question:
    """Return the one question of a file without problems."""
    found = bank(text)
    assert [str(each) for each in found.problems if each.severity == "error"] == []
    (question,) = found.questions
    return question


def asked(kind: str, body: str, *, settings: str = "", end: str = END) -> Question:
    return only(f"## [q-7k2m9d] Title\n<!-- {kind} {settings} -->\n\nWhat?\n\n{body}\n{end}")


def words(blocks: Iterable[Block]) -> str:
    return " ".join(plain(block.spans) for block in blocks if isinstance(block, Paragraph))


def test_a_question_has_settings_text_reasons_hints_and_places() -> None:
    question = only(SINGLE + END)

    assert (question.id, question.title) == ("q-7k2m9d", "Rising validation loss")
    assert (question.topic, question.chapter, question.kind) == ("diagnosis", "exam", "single")
    assert (question.difficulty, question.minutes, question.use) == (3, 1.5, "exam")
    assert (question.version, question.origin, question.sources) == (2, "BV-03", ("lecture",))
    assert question.blocks[0] == Paragraph(
        (
            Span("Training loss falls, validation loss "),
            Span("rises", "strong"),
            Span(". What do you try first?"),
        ),
        13,
    )
    assert words(question.why) == "Because it is so [lecture]."
    assert [words(hint) for hint in question.hints] == ["Look twice.", "Look again."]
    assert [(link.target, link.anchor) for link in question.see] == [("exam/curves.md", "shapes")]
    assert (question.path, question.line, question.page) == ("questions/diagnosis.md", 10, "")
    assert question.is_held_out
    assert question.is_objective


def test_settings_that_are_not_given_have_a_value() -> None:
    question = asked("numeric", "= 1\ntol: abs 0")

    assert (question.difficulty, question.minutes, question.use) == (2, 1.0, "both")
    assert (question.version, question.origin) == (1, "")


def test_single_has_options_with_the_reasons_against_them() -> None:
    task = only(SINGLE + END).task

    assert isinstance(task, SingleChoice)
    assert [option.is_right for option in task.options] == [False, True, False]
    assert words(task.options[0].blocks) == "Raise the learning rate"
    assert words(task.options[0].why) == "The step is not what separates the curves."
    assert [option.line for option in task.options] == [15, 17, 18]


@pytest.mark.parametrize(("setting", "score"), [("", "each"), ("score=all", "all")])
def test_multi_has_reasons_for_all_options_and_a_score(setting: str, score: str) -> None:
    body = "- [x] A\n  > Yes.\n- [x] B\n  > Yes.\n- [ ] C\n  > No."
    task = asked("multi", body, settings=setting).task

    assert isinstance(task, MultipleChoice)
    assert [option.is_right for option in task.options] == [True, True, False]
    assert task.score == score


def test_numeric_has_a_number_a_tolerance_a_unit_and_other_spellings() -> None:
    task = asked("numeric", "= 79.8\ntol: abs 0.1\nunit: %\naccept: 0.798").task

    assert task == Numeric(79.8, Tolerance("abs", 0.1), "%", (0.798,))
    assert task.is_right(79.9)
    assert task.is_right(0.7989)
    assert not task.is_right(79.95)
    assert not task.is_right(0.85)


@pytest.mark.parametrize(
    ("body", "right", "wrong"),
    [
        ("= 1.65\ntol: abs 0.1", (1.55, 1.75), (1.54, 1.76)),
        ("= -200\ntol: rel 5%", (-190, -210), (-189, -211, 200)),
        ("= 5e3\ntol: decade", (500, 5_000, 50_000), (499, 50_001, -5_000, 0)),
        ("= 32\ntol: abs 0", (32, 32.0), (31.999, 33, float("nan"), float("inf"))),
    ],
)
def test_a_tolerance_is_absolute_relative_or_a_factor_of_ten(
    body: str, right: tuple[float, ...], wrong: tuple[float, ...]
) -> None:
    task = asked("numeric", body).task

    assert isinstance(task, Numeric)
    assert [task.is_right(number) for number in right] == [True] * len(right)
    assert [task.is_right(number) for number in wrong] == [False] * len(wrong)


def test_cloze_shows_blanks_and_keeps_the_words_apart() -> None:
    text = "A {{1:nonlinear|non-linear::of what shape?}} layer makes\na {{2:stack}} worth it."
    question = asked("cloze", text)

    assert words(question.blocks) == "What? A [1 ____] layer makes a [2 ____] worth it."
    assert question.task == Cloze(
        (
            Gap(1, ("nonlinear", "non-linear"), "of what shape?", 13),
            Gap(2, ("stack",), "", 14),
        )
    )


def test_recall_has_a_rubric_an_answer_and_follow_ups() -> None:
    end = (
        "### Rubric\n- [2] Says *why*\n- [1] Says how\n\n### Answer\nSo.\n\n"
        "### Follow-ups\n- (probe) Sure?\n- (if stuck) Think.\n"
    )
    question = asked("recall", "", end=end + END)
    task = question.task

    assert isinstance(task, Recall)
    assert [(each.points, words(each.blocks)) for each in task.rubric] == [
        (2, "Says why"),
        (1, "Says how"),
    ]
    assert (task.points, words(task.answer)) == (3, "So.")
    assert [(each.tag, words(each.blocks)) for each in task.follow_ups] == [
        ("probe", "Sure?"),
        ("if stuck", "Think."),
    ]
    assert not question.is_objective


def test_order_keeps_the_right_order_out_of_the_text() -> None:
    question = asked("order", "1. First\n2. Second\n3. Third")

    assert isinstance(question.task, Ordering)
    assert [words(item) for item in question.task.items] == ["First", "Second", "Third"]
    assert words(question.blocks) == "What?"


def test_match_has_pairs_and_what_belongs_to_nothing() -> None:
    task = asked("match", "| Term | Value |\n|---|---|\n| a | 1 |\n| b | 2 |\n|  | 3 |").task

    assert isinstance(task, Matching)
    assert (plain(task.left_title), plain(task.right_title)) == ("Term", "Value")
    assert [(plain(left), plain(right)) for left, right in task.pairs] == [("a", "1"), ("b", "2")]
    assert [plain(right) for right in task.distractors] == ["3"]


LISTING = "total = 0\nfor n in range(3):\n    total = n\nprint(total)"
BUG = f"""\
```python {{bug=3}}
{LISTING}
```

- [x] Add it up
- [ ] Count from one
  > Then it is still the last one.

### Fix
```python
total += n
```
"""


def test_bug_has_a_listing_a_line_options_and_a_fix_that_fits_in() -> None:
    question = asked("bug", BUG)
    task = question.task

    assert isinstance(task, BugHunt)
    assert (task.listing, task.bug, task.fix) == (LISTING, 3, "total += n")
    assert task.fixed == LISTING.replace("total = n", "total += n")
    assert len(task.options) == 2
    assert question.blocks[1] == Code(LISTING, "python", 13)


def test_a_line_may_be_missing_after_one() -> None:
    text = BUG.replace("bug=3", "bug=after:2").replace("total += n", "total += 1")
    task = asked("bug", text).task

    assert isinstance(task, BugHunt)
    assert (task.bug, task.is_after) == (2, True)
    assert task.fixed.split("\n")[1:4] == [
        "for n in range(3):",
        "    total += 1",
        "    total = n",
    ]


CURVE = """\
```curve
shape: plateau-then-drop
series: [train, validation]
epochs: 10
noise: 0.02
axis: loss
at: [0, 2, 4, 6, 8, 10]
points:
  train: [2, 1, 1, 1, 0.5, 0.5]
  validation: [2, 1.2, 1.2, 1.2, 0.8, 0.8]
```

- [x] The rate was cut
- [ ] A leak
  > Both would be low from the start.
"""


def test_curve_has_a_recipe_and_shows_a_chart_that_does_not_name_it() -> None:
    question = asked("curve", CURVE)
    task, drawn = question.task, question.blocks[1]

    assert isinstance(task, CurveReading)
    assert (task.recipe.shape, task.recipe.series) == ("plateau-then-drop", ("train", "validation"))
    assert (task.recipe.epochs, task.recipe.noise, task.recipe.axis) == (10, 0.02, "loss")
    assert isinstance(drawn, ChartBlock)
    assert drawn.chart == task.recipe.chart
    assert drawn.chart.series[1].points[:2] == ((0, 2), (2, 1.2))
    assert (drawn.chart.x_label, drawn.chart.y_label) == ("epoch", "loss")
    assert "plateau" not in repr(question.blocks)


def test_points_of_a_curve_are_spread_evenly_unless_it_says_where() -> None:
    task = asked("curve", CURVE.replace("at: [0, 2, 4, 6, 8, 10]\n", "x: step\n")).task

    assert isinstance(task, CurveReading)
    assert task.recipe.at == (0, 2, 4, 6, 8, 10)
    assert task.recipe.x == "step"


def test_a_curve_says_what_its_other_instances_may_change() -> None:
    keys = (
        "keep: [4]\nlevels: [0.5]\npace: 0.1\nstretch: 0\ntrend:\n  train: [2, 1, 1, 1, 0.5, 0.5]\n"
    )
    task = asked("curve", CURVE.replace("points:", f"{keys}points:")).task

    assert isinstance(task, CurveReading)
    assert (task.recipe.keep, task.recipe.levels) == ((4,), (0.5,))
    assert (task.recipe.pace, task.recipe.stretch) == (0.1, 0)
    assert task.recipe.trend == ((2, 1, 1, 1, 0.5, 0.5), ())


def test_scenario_has_steps_of_other_kinds() -> None:
    steps = (
        "### Step 1\n<!-- numeric difficulty=1 minutes=2 -->\n\nHow many?\n\n= 3\ntol: abs 0\n\n"
        "### Step 2\n<!-- recall -->\n\nWhy?\n\n#### Rubric\n- [1] So\n\n#### Answer\nSo.\n"
    )
    question = asked("scenario", "", end=steps + END)

    assert isinstance(question.task, Scenario)
    first, second = question.task.steps
    assert (first.difficulty, first.minutes, words(first.blocks)) == (1, 2, "How many?")
    assert first.task == Numeric(3, Tolerance("abs", 0))
    assert isinstance(second.task, Recall)
    assert not question.is_objective


def test_questions_in_a_folder_are_no_pages_and_are_found(tmp_path: Path) -> None:
    text = "---\nformat: questions/1\ntopic: diagnosis\ntitle: Diagnosis\n---\n" + SINGLE + END
    pages = {
        "a.md": "# A\n\n## Shapes\n\nText.\n",
        "questions/d.md": text.replace("exam/curves", "a"),
    }
    pages["questions/d.md"] = pages["questions/d.md"].replace("../a.md", "../a.md")
    read = library(tmp_path / "book", pages, tmp_path / "cache")

    assert [info.path for info in read.handbook.pages] == ["a.md"]
    assert [question.id for question in read.questions()] == ["q-7k2m9d"]
    (passage,) = [each for each in read.passages() if each.kind == "question"]
    assert passage[:5] == ("question", "a", "shapes", "Diagnosis", "Rising validation loss")
    assert passage.text == "Training loss falls, validation loss rises. What do you try first?"
    again = library(tmp_path / "book", {}, tmp_path / "cache")
    assert again.questions() == read.questions()


def test_a_later_folder_replaces_and_hides_questions(tmp_path: Path) -> None:
    front = "---\nformat: questions/1\ntopic: t\n---\n"
    x, y, other = (front + SINGLE.replace("m9d", end) for end in ("m9d", "m9e", "m9f"))
    base = book(tmp_path / "base", {"a.md": "# A\n", "x.md": x, "y.md": y})
    hidden = "---\nhidden: true\n---\n"
    team = book(tmp_path / "team", {"b.md": "# B\n", "x.md": other, "y.md": hidden})

    assert [each.id for each in Library.open([base]).questions()] == ["q-7k2m9d", "q-7k2m9e"]
    assert [each.id for each in Library.open([base, team]).questions()] == ["q-7k2m9f"]


def test_a_cue_is_a_heading_whose_notes_are_the_answer(tmp_path: Path) -> None:
    page = "---\nid: p-aaaaa1\n---\n# A\n\n## Why *so*?\n<!-- cue q-3kd92m -->\n\nBecause.\n"
    read = library(tmp_path, {"a/index.md": page})

    (cue,) = read.cues()
    assert (cue.id, cue.title, cue.kind) == ("q-3kd92m", "Why so?", "cue")
    assert cue.task == Cue(Place("p-aaaaa1", "why-so"))
    assert (cue.topic, cue.chapter, cue.use, cue.line) == ("a", "a", "study", 6)
    assert (cue.page, cue.path) == ("p-aaaaa1", "a/index.md")
    assert read.questions() == (cue,)
    assert not cue.is_objective
    assert [passage.kind for passage in read.passages()] == ["page", "page"]
