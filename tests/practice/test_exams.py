"""The verbs of exams: a frozen form, every change on the disk, one transaction at the end."""

from __future__ import annotations

import shutil
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from handbook.errors import ContentError, NothingFoundError, UsageError
from handbook.model.answer import Answer
from handbook.practice.exam_clock import ExamClock, clock_text
from handbook.practice.exams import Exams, unfinished
from handbook.practice.readiness import Readiness
from handbook.study.exam import HEARTBEAT_MS
from tests.practice import study_book
from tests.store.conftest import NOON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.study.exam import Exam

BOOK = Path(__file__).parents[1] / "frames" / "exam_book"
RIGHT = {
    "q-e00001": Answer(options=frozenset({1})),
    "q-e00002": Answer(options=frozenset({0})),
    "q-e00003": Answer(text="20"),
    "q-e00004": Answer(text="It overfits."),
    "q-e00011": Answer(options=frozenset({1})),
    "q-e00012": Answer(options=frozenset({0})),
    "q-e00013": Answer(options=frozenset({0})),
}


class Reader(study_book.Reader):
    """One who sits exams."""

    def sit(self) -> None:
        super().sit()
        self.exams = Exams(self.desk)

    def pass_time(self, minutes: float) -> None:
        self.clock.now += round(minutes * 60_000)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    folder = tmp_path / "book"
    shutil.copytree(BOOK, folder)
    found = Reader(folder, tmp_path / "data")
    yield found
    found.store.close()


def answer_all(reader: Reader, exam: Exam, elapsed: int = 0) -> Exam:
    for at, item in enumerate(exam.form.items):
        exam = reader.exams.answer(exam, at, RIGHT[item.id], 3, elapsed)
    return exam


def test_the_book_offers_its_exams_and_names_the_nearest(reader: Reader) -> None:
    assert [each.name for each in reader.exams.blueprints()] == ["rehearsal"]
    with pytest.raises(NothingFoundError, match="nearest: rehearsal"):
        reader.exams.begin("rehersal")


def test_a_topic_is_called_as_in_study(tmp_path: Path) -> None:
    pages = study_book.FILES["roles.md"].replace("Roles\n", "Who does what\n")
    summary = study_book.FILES["SUMMARY.md"].replace("[Roles]", "[Who does what]")
    book = study_book.FILES | {"roles.md": pages, "SUMMARY.md": summary}
    found = Reader(study_book.write_book(tmp_path / "book", book), tmp_path / "data")
    with closing(found.store):
        assert found.exams.title_of("roles") == "Who does what"
        assert found.exams.title_of("gone-by-now") == "Gone by now"


def test_a_seed_is_made_from_the_day_and_a_letter(reader: Reader) -> None:
    exam = reader.exams.begin("rehearsal")
    assert exam.form.seed == "2026-05-16-A"
    assert exam.form.fingerprint.startswith("rehearsal/2026-05-16-A/")
    reader.exams.hand_in(exam, 0)
    assert reader.exams.begin("rehearsal").form.seed == "2026-05-16-B"


def test_two_people_with_one_seed_sit_one_paper(reader: Reader, tmp_path: Path) -> None:
    other = Reader(reader.folder, tmp_path / "other")
    mine, theirs = (
        reader.exams.begin("rehearsal", "2026-A"),
        other.exams.begin("rehearsal", "2026-A"),
    )
    assert mine.form == theirs.form
    other.store.close()


@pytest.mark.parametrize("seed", ["a b", "../x", "\x1b", "x" * 41])
def test_a_seed_is_a_word(reader: Reader, seed: str) -> None:
    with pytest.raises(UsageError, match="is no seed"):
        reader.exams.begin("rehearsal", seed)


def test_only_one_exam_is_sat_at_a_time(reader: Reader) -> None:
    reader.exams.begin("rehearsal")
    with pytest.raises(UsageError, match="exam in progress, 10:00 left, question 1"):
        reader.exams.begin("rehearsal")


def test_everything_is_on_the_disk_at_once(reader: Reader) -> None:
    exam = reader.exams.begin("rehearsal", "a")
    exam = reader.exams.answer(exam, 2, Answer(options=frozenset({0})), 2, 1_000)
    exam = reader.exams.flag(exam, 2, 2_000)
    exam = reader.exams.strike(exam, 2, (frozenset({1}),), 3_000)
    exam = reader.exams.tick(exam, 4, 4_000)
    reader.come_back()
    assert reader.exams.resume() == exam
    assert exam.at == 4
    assert str(unfinished(reader.desk)) == "exam in progress, 9:56 left, question 5"
    assert reader.exams.flag(exam, 2, 5_000).flagged == ()


def test_handing_in_is_one_transaction_with_a_review_for_each_answer(reader: Reader) -> None:
    exam = reader.exams.begin("rehearsal", "a")
    wrong = Answer(options=frozenset({2}))
    at = {item.id: place for place, item in enumerate(exam.form.items)}
    exam = reader.exams.answer(exam, at["q-e00002"], wrong, 3, 1_000)
    reader.pass_time(3)
    exam = reader.exams.answer(exam, at["q-e00003"], RIGHT["q-e00003"], 0, 2_000)
    exam = reader.exams.answer(exam, at["q-e00004"], RIGHT["q-e00004"], 1, 3_000)
    before = len(reader.kinds())
    reader.pass_time(60)
    exam = reader.exams.hand_in(exam, 4_000)
    assert reader.kinds()[before:] == ["exam_end", "review", "review", "session_end"]
    found = {each.entry.item_uid: each.entry for each in reader.store.practice.events("review")}
    assert set(found) == {"q-e00002", "q-e00003"}, "own words wait for their author's judgement"
    sure_and_wrong = found["q-e00002"]
    assert (sure_and_wrong.rating, sure_and_wrong.confidence, sure_and_wrong.correct) == (1, 3, 0.0)
    assert found["q-e00003"].rating == 3
    cards = reader.store.practice.cards()
    assert cards["q-e00002"].last_ms == NOON, "a review counts at the time of the answer"
    assert cards["q-e00003"].last_ms == NOON + 180_000
    assert found["q-e00003"].data["mode"] == "exam"
    assert found["q-e00003"].data["fresh"] is True


def test_a_second_terminal_hands_in_nothing_twice(reader: Reader) -> None:
    exam = answer_all(reader, reader.exams.begin("rehearsal", "a"))
    reader.exams.hand_in(exam, 1)
    count = len(reader.kinds())
    assert reader.exams.hand_in(exam, 1).is_ended
    assert len(reader.kinds()) == count


def race(reader: Reader, look: str, act: Callable[[Exams], object]) -> None:
    """Two terminals act at once: the second begins when the first has looked at the exam."""

    def act_too() -> None:
        second = Reader(reader.folder, reader.data)
        with closing(second.store), suppress(UsageError):
            act(second.exams)

    other, real = Thread(target=act_too), getattr(reader.exams, look)

    def look_and_let_the_other(*arguments: str) -> object:
        found = real(*arguments)
        if other.ident is None:
            other.start()
            other.join(1)  # until it is done, or waits for the first
        return found

    setattr(reader.exams, look, look_and_let_the_other)
    with suppress(UsageError):
        act(reader.exams)
    other.join()


def test_two_terminals_that_hand_in_at_once_count_each_answer_once(reader: Reader) -> None:
    exam = answer_all(reader, reader.exams.begin("rehearsal", "a"))
    race(reader, "find", lambda exams: exams.hand_in(exam, 1, "time"))
    assert reader.kinds("exam_end") == ["exam_end"]
    assert {card.reps for card in reader.store.practice.cards().values()} == {1}


def test_two_terminals_that_judge_an_answer_at_once_count_it_once(reader: Reader) -> None:
    exam = reader.exams.hand_in(answer_all(reader, reader.exams.begin("rehearsal", "a")), 1)
    (at,) = exam.to_grade
    race(reader, "find", lambda exams: exams.grade(exams.find(exam.id), at, frozenset({0})))
    card = reader.store.practice.find_card(exam.form.items[at].id)
    assert card is not None
    assert card.reps == 1


def test_two_terminals_that_begin_at_once_sit_one_exam(reader: Reader) -> None:
    race(reader, "demand_none_running", lambda exams: exams.begin("rehearsal"))
    assert len(reader.store.practice.sessions("exam")) == 1


def test_progress_says_of_an_exam_what_its_result_says(reader: Reader) -> None:
    exam = reader.exams.begin("rehearsal", "a")
    first = exam.form.items[0]
    exam = reader.exams.answer(exam, 0, RIGHT[first.id], 2, 1)
    reader.exams.hand_in(exam, 1)
    (line,) = Readiness(reader.desk).exams()
    (result,) = reader.exams.history()
    assert (line.right, line.questions) == (result.score.points, result.score.number)
    assert line.questions == len(exam.form.items)


def test_nothing_is_answered_after_the_end(reader: Reader) -> None:
    exam = reader.exams.hand_in(reader.exams.begin("rehearsal", "a"), 1)
    with pytest.raises(UsageError, match="handed in"):
        reader.exams.answer(exam, 0, Answer(text="1"), 0, 2)
    with pytest.raises(NothingFoundError, match="no exam is in progress"):
        reader.exams.resume()
    assert unfinished(reader.desk) is None


def test_own_words_become_a_review_when_they_are_judged_first(reader: Reader) -> None:
    exam = reader.exams.hand_in(answer_all(reader, reader.exams.begin("rehearsal", "a")), 1)
    (at,) = exam.to_grade
    before = len(reader.kinds())
    exam = reader.exams.grade(exam, at, frozenset({0}))
    exam = reader.exams.grade(exam, at, frozenset({0, 1}))
    assert reader.kinds()[before:] == ["exam_grade", "review", "exam_grade"]
    result = reader.exams.results(exam.id)
    assert (result.score.points, result.score.number, result.to_grade) == (6, 6, 0)


def test_a_report_stays_true_after_an_edit(reader: Reader) -> None:
    exam = answer_all(reader, reader.exams.begin("rehearsal", "a"))
    for file in (reader.folder / "questions").iterdir():
        text = file.read_text().replace("- [x]", "- [y]").replace("- [ ]", "- [x]")
        file.write_text(text.replace("- [y]", "- [ ]").replace("= 20", "= 30"))
    reader.come_back()
    assert (
        reader.desk.questions["q-e00001"].task != reader.exams.questions_of(exam)["q-e00001"].task
    )
    exam = reader.exams.hand_in(reader.exams.resume(), 1)
    assert reader.exams.results(exam.id).score.points == 5


def test_an_exam_can_be_gone_on_with_when_its_questions_are_gone(reader: Reader) -> None:
    exam = answer_all(reader, reader.exams.begin("rehearsal", "a"))
    shutil.rmtree(reader.folder / "questions")
    reader.come_back()
    assert reader.exams.results(reader.exams.hand_in(exam, 1).id).score.number == 5


def test_a_question_that_is_nowhere_any_more_counts_as_empty(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    exam = answer_all(reader, reader.exams.begin("rehearsal", "a"))
    shutil.rmtree(reader.folder / "questions")
    monkeypatch.setattr("handbook.practice.exams.thaw", lambda _: {})
    reader.come_back()
    result = reader.exams.results(reader.exams.hand_in(exam, 1).id)
    assert {each.question.title for each in result.items} == {"A question that is no longer there"}
    assert result.score.points == 0


def test_questions_of_an_earlier_exam_are_no_longer_fresh(reader: Reader) -> None:
    first = reader.exams.hand_in(reader.exams.begin("rehearsal", "a"), 1)
    second = reader.exams.begin("rehearsal", "a")
    assert all(item.is_fresh for item in first.form.items)
    assert not any(item.is_fresh for item in second.form.items)
    assert first.form.fingerprint == second.form.fingerprint


def test_an_exam_without_enough_questions_is_not_begun(reader: Reader) -> None:
    (reader.folder / "questions" / "losses.md").unlink()
    reader.come_back()
    with pytest.raises((ContentError, NothingFoundError)):
        reader.exams.begin("rehearsal")


def test_history_has_the_newest_first(reader: Reader) -> None:
    for seed in ("a", "b"):
        reader.exams.hand_in(reader.exams.begin("rehearsal", seed), 1)
        reader.pass_time(1)
    reader.exams.begin("rehearsal", "c")
    assert [each.exam.form.seed for each in reader.exams.history()] == ["b", "a"]


def test_a_sibling_is_asked_for_tomorrow(reader: Reader) -> None:
    exam = reader.exams.hand_in(reader.exams.begin("rehearsal", "a"), 1)
    found = reader.exams.add_to_tomorrow("q-e00002", exam.id)
    assert not found.is_held_out
    assert found.topic == "bias-variance"
    (event,) = reader.store.practice.events("wanted")
    assert event.entry.item_uid == found.id
    assert event.entry.data["day"] == reader.store.practice.now().day + 1


# The clock


class Ticks:
    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now


def test_a_pause_clock_counts_no_time_away(reader: Reader) -> None:
    exam, ticks = reader.exams.begin("rehearsal", "a"), Ticks()
    clock = ExamClock(exam, reader.store.practice.now, ticks)
    ticks.now += 5_000
    assert clock.elapsed_ms() == 5_000
    ticks.now += 3_600_000
    assert clock.elapsed_ms() == 5_000 + HEARTBEAT_MS, "stopped for an hour: a heartbeat at most"


def test_a_wall_clock_counts_all_of_it(reader: Reader) -> None:
    exam = reader.exams.begin("rehearsal", "a", "wall")
    clock = ExamClock(exam, reader.store.practice.now, Ticks())
    reader.pass_time(4)
    assert clock.left_ms == 6 * 60_000
    reader.pass_time(-3)
    assert clock.left_ms == 6 * 60_000, "a clock set back gives no time back"


def test_an_exam_whose_wall_clock_ran_out_is_closed_as_it_stands(reader: Reader) -> None:
    exam = answer_all(reader, reader.exams.begin("rehearsal", "a", "wall"))
    reader.pass_time(11)
    reader.come_back()
    assert str(unfinished(reader.desk)) == "exam in progress, its time is up: Rehearsal"
    exam = reader.exams.resume()
    assert (exam.is_ended, exam.reason) == (True, "time")
    assert reader.exams.results(exam.id).score.points == 5


def test_a_heartbeat_comes_every_fifteen_seconds(reader: Reader) -> None:
    exam, ticks = reader.exams.begin("rehearsal", "a"), Ticks()
    clock, beats = ExamClock(exam, reader.store.practice.now, ticks), []
    for second in range(60):
        ticks.now = second * 1_000
        beats += [second] if clock.beats() else []
    assert beats == [15, 30, 45]


def test_a_clock_says_minutes_and_a_begun_second() -> None:
    assert clock_text(31 * 60_000 + 20_000) == "31:20"
    assert clock_text(59_001) == "1:00"
    assert clock_text(3_900_000) == "1:05:00"
    assert clock_text(0) == "0:00"
