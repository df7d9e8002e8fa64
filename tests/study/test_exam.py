"""An exam as a fold over its events, and what it says in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model.answer import Answer
from handbook.model.event import Entry, Event
from handbook.model.exam import Section
from handbook.study.drawing import form_of
from handbook.study.exam import HEARTBEAT_MS, after, exam_of
from handbook.study.exam_result import Growth, Score, result_of, topic_growths
from tests.study.exam_bank import bank, blueprint, numeric, recall, single

if TYPE_CHECKING:
    from handbook.model.exam import Form
    from handbook.study.exam import Exam, Slip
    from handbook.study.exam_result import Result

RIGHT, WRONG = Answer(options=frozenset({0})), Answer(options=frozenset({1}))
FEW = (
    *(single(f"q-{number}") for number in range(4)),
    numeric("q-n"),
    recall("q-r"),
)
ASKED = blueprint(Section(("bias",), 6, ("single", "numeric", "recall")))


def form(seed: str = "a", *, met: frozenset[str] = frozenset()) -> Form:
    return form_of(ASKED, FEW, seed, met=met)


class Log:
    """Writes events one second apart, as a store would."""

    def __init__(self, drawn: Form | None = None, **plan: object) -> None:
        self.form = drawn or form()
        self.events: list[Event] = []
        self.add("session_start", kind="exam", plan={**self.form.to_json(), **plan})

    def add(
        self, kind_: str, item: str | None = None, *, sure: int | None = None, **data: Any
    ) -> Log:
        number = len(self.events)
        entry = Entry(kind_, item, data, session_id="s", confidence=sure)
        stamp = (number, f"{number:06}", "d", 1_000 * number, 1_000 * number, 20_589, 0)
        self.events.append(Event(*stamp, entry))
        return self

    def answer(self, item: str, answer: Answer, *, sure: int | None = None, at: int = 0) -> Log:
        return self.add("exam_answer", item, sure=sure, answer=answer.to_json(), elapsed=at)

    @property
    def exam(self) -> Exam:
        found = exam_of("s", self.events)
        assert found is not None
        return found

    def slip(self, item: str) -> Slip:
        return self.exam.slips[[each.id for each in self.form.items].index(item)]

    @property
    def result(self) -> Result:
        return result_of(self.exam, {each.id: each for each in FEW})


def test_what_was_done_last_is_what_stands() -> None:
    log = Log().answer("q-1", WRONG, sure=1).answer("q-1", RIGHT, sure=3)
    log.add("exam_flag", "q-1", on=True, elapsed=0).add("exam_strike", "q-1", struck=[[2]])
    slip = log.slip("q-1")
    assert (slip.answer, slip.confidence, slip.is_flagged) == (RIGHT, 3, True)
    assert slip.struck == (frozenset({2}),)
    assert (log.exam.answered, len(log.exam.empty), len(log.exam.flagged)) == (1, 5, 1)


def test_an_answer_keeps_the_time_at_which_it_was_last_changed() -> None:
    log = Log().answer("q-1", RIGHT).answer("q-1", RIGHT, sure=2)
    assert (log.slip("q-1").at_ms, log.slip("q-1").day) == (1_000, 20_589)


def test_the_last_question_on_the_screen_is_where_it_goes_on() -> None:
    log = Log().add("exam_tick", "q-2", elapsed=0).add("exam_tick", "q-n", elapsed=4_000)
    assert log.form.items[log.exam.at].id == "q-n"


def test_time_goes_to_the_question_that_was_on_the_screen() -> None:
    log = Log().add("exam_tick", "q-2", elapsed=0).add("exam_tick", "q-1", elapsed=7_000)
    log.add("exam_tick", "q-2", elapsed=9_000)
    assert (log.slip("q-2").spent_ms, log.slip("q-1").spent_ms) == (7_000, 2_000)
    assert log.exam.elapsed_ms == 9_000


def test_a_night_between_two_events_is_no_questions_time() -> None:
    log = Log().add("exam_tick", "q-2", elapsed=0).add("exam_tick", "q-2", elapsed=600_000)
    assert log.slip("q-2").spent_ms == 0
    assert log.exam.elapsed_ms == 600_000


def test_nothing_changes_after_the_end_but_the_judgement_of_own_words() -> None:
    text = Answer(text="Because")
    log = Log().answer("q-r", text).add("exam_end", elapsed=9_000, reason="handed in")
    log.answer("q-1", RIGHT).add("exam_flag", "q-1", on=True)
    assert log.exam.is_ended
    assert log.exam.answered == 1
    assert log.exam.to_grade == (log.exam.at,)
    log.add("exam_grade", "q-r", criteria=[0])
    assert log.slip("q-r").answer.criteria == {0}
    assert log.exam.to_grade == ()


_strange = st.builds(
    Entry,
    st.sampled_from(["exam_answer", "exam_flag", "exam_strike", "exam_tick", "exam_grade", "note"]),
    st.sampled_from([None, "q-1", "q-r", "q-none"]),
    st.dictionaries(
        st.sampled_from(["answer", "on", "struck", "elapsed", "criteria"]),
        st.recursive(
            st.none() | st.booleans() | st.integers(-9, 10**9) | st.text(max_size=3),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
            max_leaves=5,
        ),
        max_size=3,
    ),
)


@given(st.lists(_strange, max_size=12))
def test_a_strange_log_is_read_all_the_same(entries: list[Entry]) -> None:
    exam = Log().exam
    for number, entry in enumerate(entries):
        before = exam
        exam = after(exam, Event(number, str(number), "d", number, number, 1, 0, entry))
        assert before.elapsed_ms <= exam.elapsed_ms <= exam.form.limit_ms
        assert len(exam.slips) == len(exam.form.items)
    result_of(exam, {each.id: each for each in FEW})


@pytest.mark.parametrize("plan", [{"items": []}, {"name": 3}, {"minutes": "x"}])
def test_a_session_without_a_form_is_no_exam(plan: dict[str, object]) -> None:
    assert exam_of("s", Log(**plan).events) is None
    assert exam_of("s", ()) is None


@given(st.lists(st.tuples(st.sampled_from(["q-0", "q-1", "q-n"]), st.integers(0, HEARTBEAT_MS))))
def test_all_the_time_with_somebody_there_is_some_questions(steps: list[tuple[str, int]]) -> None:
    log, now = Log(), 0
    for item, passed in steps:
        now += passed
        log.add("exam_tick", item, elapsed=now)
    exam = log.exam
    assert exam.elapsed_ms == min(now, exam.form.limit_ms)
    assert sum(slip.spent_ms for slip in exam.slips) == exam.elapsed_ms


# What it says


def ended(*answers: tuple[str, Answer, int | None], met: frozenset[str] = frozenset()) -> Log:
    log = Log(form(met=met))
    for item, answer, sure in answers:
        log.answer(item, answer, sure=sure)
    return log.add("exam_end", elapsed=1, reason="handed in")


def test_what_is_empty_counts_and_what_is_still_to_grade_does_not() -> None:
    result = ended(("q-0", RIGHT, 3), ("q-1", WRONG, 1), ("q-r", Answer(text="So"), 2)).result
    assert (result.score.points, result.score.number, result.to_grade) == (1, 5, 1)
    states = {each.item.id: each.state for each in result.items}
    assert states["q-0"] == "right"
    assert states["q-1"] == "wrong"
    assert states["q-2"] == "empty"
    assert states["q-r"] == "to grade"


def test_a_graded_answer_counts_by_its_points() -> None:
    log = ended(("q-r", Answer(text="So"), None)).add("exam_grade", "q-r", criteria=[0])
    result = log.result
    assert result.score.points == pytest.approx(2 / 3)
    assert result.score.number == 6
    assert {each.state for each in result.items if each.item.id == "q-r"} == {"partly right"}


def test_few_questions_are_too_few_for_a_verdict() -> None:
    every = [(f"q-{number}", RIGHT, None) for number in range(4)]
    assert ended(*every, ("q-n", Answer(text="2"), None)).result.verdict == "too close to call"
    assert ended().result.verdict == "not passed"


def test_many_right_answers_pass() -> None:
    asked = blueprint(Section(("bias", "loss", "curves"), 40))
    log = Log(form_of(asked, bank(), "b"))
    for item in log.form.items:
        log.answer(item.id, RIGHT)
    log.add("exam_end", elapsed=1)
    result = result_of(log.exam, {each.id: each for each in bank()})
    assert result.verdict == "passed"
    assert result.score.beyond_chance == 1
    assert not result.can_rank
    assert [topic for topic, _ in result.topics] == ["bias", "curves", "loss"]


def test_topics_are_ranked_only_where_their_intervals_are_apart() -> None:
    asked = blueprint(Section(("bias",), 12), Section(("loss",), 12))
    log = Log(form_of(asked, bank(), "b"))
    for item in log.form.items:
        log.answer(item.id, RIGHT if item.topic == "bias" else WRONG)
    assert result_of(log.exam, {each.id: each for each in bank()}).can_rank


def test_guesses_alone_come_to_nothing_beyond_chance() -> None:
    assert Score(10, 40, 10.0).beyond_chance == 0


def test_fresh_questions_are_told_from_those_met_before() -> None:
    result = ended(("q-0", RIGHT, None), met=frozenset({"q-0", "q-1"})).result
    assert (result.met.points, result.met.number) == (1, 2)
    assert (result.fresh.points, result.fresh.number) == (0, 4)


def test_confidence_is_held_against_what_came() -> None:
    result = ended(("q-0", RIGHT, 3), ("q-1", WRONG, 3), ("q-2", RIGHT, 1)).result
    rows = [(row.word, row.said, row.right, row.number) for row in result.calibration]
    assert rows == [("guess", 0.5, 1, 1), ("think", 0.75, 0, 0), ("sure", 0.9, 1, 2)]
    assert result.brier == pytest.approx((0.01 + 0.81 + 0.25) / 3)
    assert result.certainty == (3 - 6 + 1, 9)


def test_how_sure_one_is_says_nothing_without_an_answer() -> None:
    result = ended(("q-0", RIGHT, 3), ("q-1", Answer(), 2)).result
    assert [row.number for row in result.calibration] == [0, 0, 1]
    assert result.certainty == (3, 3)


def test_without_confidence_there_is_no_table_of_it() -> None:
    result = ended(("q-0", RIGHT, None)).result
    assert result.calibration == ()
    assert result.brier is None


def test_no_arrow_without_more_than_chance() -> None:
    assert Growth(Score(8, 10, 0), Score(6, 10, 0)).direction == 0
    assert Growth(Score(38, 40, 0), Score(20, 40, 0)).direction == 1
    assert Growth(Score(20, 40, 0), Score(38, 40, 0)).direction == -1
    assert Growth(Score(8, 10, 0)).direction == 0


def test_a_topic_is_held_against_its_attempt_before() -> None:
    newest, first = ended(("q-0", RIGHT, None)).result, ended().result
    ((topic, growth),) = topic_growths([newest, first])
    assert topic == "bias"
    assert (growth.score.points, growth.before and growth.before.points) == (1, 0)
    assert growth.direction == 0
