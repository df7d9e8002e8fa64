"""The verbs of study: sessions that are kept as they go, undo, holds, flags, and summaries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handbook.errors import NothingFoundError, StoreError
from handbook.loader.library import Library
from handbook.model import Answer, Confidence, Entry, Mark, Rating
from handbook.practice.agenda import Agenda
from handbook.practice.desk import BlankDesk
from handbook.practice.studying import TWO_WEEKS
from handbook.study.queue import Sprint
from tests.practice.study_book import DAY_MS, FILES, Reader, write_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    found = Reader(write_book(tmp_path / "book"), tmp_path / "data")
    yield found
    found.store.close()


def topics(session) -> list[str]:
    return [each.topic for each in session.plan]


# Beginning


def test_a_new_reader_begins_with_the_first_questions_of_the_book(reader) -> None:
    session = reader.studying.begin()
    assert topics(session) == ["loss"] * 7 + ["bias"]
    assert {each.reason for each in session.plan} == {"first"}
    (event,) = reader.store.practice.events("session_start")
    assert event.entry.session_id == session.id
    assert event.entry.data["kind"] == "study"


def test_once_a_page_was_read_new_questions_come_from_its_chapter(reader) -> None:
    reader.read("p-000003")
    assert set(topics(reader.studying.begin())) == {"bias"}
    assert set(topics(reader.studying.begin(topics=["loss"]))) == {"loss"}


def test_only_one_cue_of_a_section_comes(reader) -> None:
    reader.read("p-000001")
    session = reader.studying.begin()
    assert [each.question for each in session.plan] == ["q-0000q1", "q-0000q3"]


def test_what_is_kept_for_exams_never_comes(reader) -> None:
    session = reader.studying.begin(0, ["bias"])
    assert "q-000019" not in [each.question for each in session.plan]
    sprint = reader.studying.begin(0, ["bias"], Sprint())
    assert len(sprint.plan) == 4
    assert sprint.mode == "sprint"


def test_no_more_than_eight_are_new_on_one_day(reader) -> None:
    reader.finish(reader.studying.begin())
    assert reader.studying.begin().plan == ()
    reader.clock.now += DAY_MS
    reasons = [each.reason for each in reader.studying.begin().plan]
    assert reasons.count("learning") == 8
    assert reasons.count("new") == 3


def test_a_session_without_questions_leaves_nothing(reader) -> None:
    reader.finish(reader.studying.begin())
    before = reader.kinds()
    session = reader.studying.begin()
    assert (session.id, session.is_over, reader.studying.sheet(session)) == ("", True, None)
    reader.studying.end(session)
    assert reader.kinds() == before


def test_a_topic_of_nobody_names_the_nearest(reader) -> None:
    with pytest.raises(NothingFoundError, match="nearest: bias"):
        reader.studying.begin(topics=["biass"])
    assert reader.kinds() == []


def test_who_answers_fast_gets_more_questions_in_a_box(reader) -> None:
    assert len(reader.studying.begin(5).plan) == 5
    session = reader.studying.begin(0)
    while not session.is_over:
        session = reader.answer(session, seconds=15)
    reader.clock.now += DAY_MS
    assert reader.studying.agenda.wishes().pace == 1.0
    session = reader.studying.begin(0)
    while not session.is_over:
        session = reader.answer(session, seconds=15)
    assert reader.studying.agenda.wishes().pace == 0.25


def test_before_an_interview_every_chapter_is_open_and_new_ones_are_paced(tmp_path) -> None:
    files = FILES | {
        "list.md": """\
            ---
            id: p-000009
            title: List
            kind: checklist
            checklist: {name: interview, dated: interview}
            ---
            # List

            ## Before
            <!-- phase start=-14d -->

            - [ ] [c-000001] Know it
              <!-- topics=bias need=recall:0.85 core -->
            """
    }
    reader = Reader(write_book(tmp_path / "book", files), tmp_path / "data")
    reader.read("p-000002")
    assert set(topics(reader.studying.begin())) == {"loss"}
    reader.store.set("date:interview", "2026-05-23")
    session = reader.studying.begin(0)
    assert set(topics(session)) == {"bias", "loss"}, "all chapters are open, the core comes first"
    assert topics(session)[:2] == ["bias"] * 2
    assert len(session.plan) == 8
    reader.store.close()


# Answering


def test_an_answer_is_in_the_log_before_the_session_goes_on(reader) -> None:
    session = reader.studying.begin()
    sheet = replace(reader.sheet(session), answer=Answer(options=frozenset({1})), hints=1)
    after = reader.studying.answer(
        session,
        sheet,
        rating=Rating.AGAIN,
        confidence=Confidence.SURE,
        mark=Mark(0.0, is_right=False),
        think_ms=1200,
        total_ms=3400,
    )
    (event,) = reader.store.practice.events("review")
    entry = event.entry
    assert (entry.item_uid, entry.item_v, entry.session_id) == (sheet.question.id, 1, session.id)
    assert (entry.rating, entry.confidence, entry.correct) == (1, 3, 0.0)
    assert (entry.think_ms, entry.total_ms) == (1200, 3400)
    assert entry.data["answer"] == {"options": [1]}
    assert entry.data["seed"] == f"{sheet.question.id}/0"
    assert (entry.data["hints"], entry.data["mode"], entry.data["topic"]) == (1, "study", "loss")
    assert after.answers == 1
    assert reader.studying.find_card(sheet.question).is_shaken


def test_an_answer_that_cannot_be_kept_leaves_the_question_on_the_table(reader) -> None:
    session = reader.studying.begin()
    reader.store._ledger.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError):
        reader.answer(session)
    reader.come_back()
    assert reader.kinds("review") == []
    assert reader.sheet(reader.studying.resume(session.id)).question.id == session.plan[0].question


def test_each_repetition_is_laid_out_anew(reader) -> None:
    session = reader.answer(reader.studying.begin(1), Rating.AGAIN)
    assert reader.sheet(session).seed == f"{session.plan[0].question}/1"


# Undo, and coming back


def test_undo_brings_the_question_back_with_its_answer_also_after_a_restart(reader) -> None:
    session = reader.studying.begin()
    sheet = replace(reader.sheet(session), answer=Answer(options=frozenset({1})), hints=1)
    after = reader.studying.answer(
        session, sheet, rating=Rating.GOOD, mark=Mark(1.0, is_right=True), total_ms=10
    )
    reader.come_back()
    assert reader.studying.resume(session.id) == after
    undone, back = reader.studying.undo(after)
    assert undone == session
    assert (back.question.id, back.answer, back.hints) == (sheet.question.id, sheet.answer, 1)
    assert back.orders == sheet.orders
    assert reader.studying.find_card(sheet.question) is None
    assert reader.studying.undo(undone) == (undone, None)
    assert reader.studying.redo(undone) == after
    assert reader.studying.redo(after) is None


def test_undo_goes_back_to_the_beginning_step_by_step(reader) -> None:
    sessions = [reader.studying.begin()]
    for number in range(12):
        if sessions[-1].is_over:
            break
        rating = Rating.AGAIN if number % 3 == 0 else Rating.GOOD
        sessions.append(reader.answer(sessions[-1], rating))
    for before, after in zip(sessions[-2::-1], sessions[:0:-1], strict=True):
        assert reader.studying.undo(after)[0] == before
    assert reader.store.practice.cards() == {}


def test_undo_reaches_into_the_session_before(reader) -> None:
    first = reader.finish(reader.studying.begin(0, ["bias"]))
    reader.studying.end(first)
    reader.come_back()
    reader.clock.now += 1000
    second = reader.studying.begin(0, ["loss"])
    back, sheet = reader.studying.undo(second)
    assert back.id == first.id
    assert back.turns == first.turns[:-1]
    assert sheet.question.id == first.turns[-1].question
    assert reader.finish(back).is_over


def test_a_session_left_in_the_middle_goes_on_and_an_ended_one_does_not(reader) -> None:
    session = reader.answer(reader.studying.begin())
    reader.come_back()
    assert reader.studying.find_open() == session
    reader.studying.end(session)
    assert reader.studying.find_open() is None


def test_a_session_of_yesterday_is_not_taken_up_again(reader) -> None:
    reader.answer(reader.studying.begin())
    reader.clock.now += DAY_MS
    assert reader.studying.find_open() is None


def test_a_question_that_the_book_has_lost_is_left_out(reader) -> None:
    session = reader.studying.begin()
    path = reader.folder / "questions" / "loss.md"
    path.write_text(path.read_text().replace("q-000001", "q-000009"), encoding="utf-8")
    reader.come_back()
    resumed = reader.studying.resume(session.id)
    assert len(resumed.plan) == len(session.plan) - 1


def test_there_is_no_session_of_another_id(reader) -> None:
    with pytest.raises(NothingFoundError):
        reader.studying.resume("1")


# What else can be done with a question


def test_a_question_can_be_held_back_suspended_and_taken_up(reader) -> None:
    session = reader.studying.begin()
    first, second = (reader.desk.question(each.question) for each in session.plan[:2])
    session = reader.studying.hold(session, first)
    session = reader.studying.suspend(session, second)
    assert session.size == 6
    planned = [each.question for each in reader.studying.begin().plan]
    assert first.id not in planned
    assert second.id not in planned
    reader.clock.now += DAY_MS
    planned = [each.question for each in reader.studying.begin().plan]
    assert first.id in planned
    assert second.id not in planned
    reader.studying.take_up(second)
    assert second.id in [each.question for each in reader.studying.begin().plan]


def test_a_hold_is_undone_as_an_answer_is(reader) -> None:
    session = reader.studying.begin()
    held = reader.studying.hold(session, reader.desk.question("q-000003"), TWO_WEEKS)
    undone, sheet = reader.studying.undo(held)
    assert undone == session
    assert sheet.question.id == "q-000003"


def test_a_flag_stays_until_it_is_emptied(reader) -> None:
    session = reader.studying.begin()
    question = reader.desk.question("q-000002")
    reader.studying.flag(question, "The second is right too", session)
    assert reader.studying.flags() == ((question, "The second is right too"),)
    reader.come_back()
    assert [note for _, note in reader.studying.flags()] == ["The second is right too"]
    reader.studying.flag(reader.desk.question("q-000002"), "")
    assert reader.studying.flags() == ()


def test_an_easier_question_takes_the_place_of_a_hard_one(reader) -> None:
    session = reader.studying.begin(0, ["loss"])
    hard = reader.desk.question("q-000002")
    assert hard.difficulty == 3
    easier = reader.studying.easier_sibling(hard)
    assert (easier.topic, easier.difficulty) == ("loss", 2)
    swapped = reader.studying.swap(session, hard)
    assert reader.sheet(swapped).question == easier
    reader.come_back()
    assert reader.studying.resume(session.id) == swapped
    standing = reader.store.practice.standings()[hard.id]
    assert standing.held_until == reader.store.practice.now().day + TWO_WEEKS


def test_the_easiest_question_has_no_easier_sibling(reader) -> None:
    session = reader.studying.begin()
    easiest = reader.desk.question("q-000003")
    assert easiest.difficulty == 1
    with pytest.raises(NothingFoundError):
        reader.studying.swap(session, easiest)


def test_a_question_missed_again_and_again_is_a_leech(reader) -> None:
    question = reader.desk.question("q-000001")
    for _ in range(6):
        for rating in (Rating.GOOD, Rating.GOOD, Rating.AGAIN):
            session = reader.studying.begin(0, ["loss"], Sprint())
            while reader.sheet(session).question != question:
                session = reader.studying.hold(session, reader.sheet(session).question, 0)
            reader.answer(session, rating)
            reader.clock.now += DAY_MS
    assert reader.studying.is_leech(question)
    assert not reader.studying.is_leech(reader.desk.question("q-000002"))


def test_a_corrected_question_says_so(reader) -> None:
    session = reader.studying.begin()
    question = reader.sheet(session).question
    reader.answer(session)
    assert not reader.studying.is_corrected(question)
    assert reader.studying.is_corrected(replace(question, version=2))
    assert reader.studying.find_card(replace(question, version=2)).interval <= 3


def test_the_outcomes_of_the_grades_grow_with_them(reader) -> None:
    question = reader.desk.question("q-000001")
    outcomes = reader.studying.outcomes(question, None)
    assert list(outcomes) == list(Rating)
    stabilities = [card.stability for card in outcomes.values()]
    assert stabilities == sorted(stabilities)
    assert reader.store.practice.cards() == {}


# What it came to


def test_the_summary_counts_first_answers_and_says_what_moved(reader) -> None:
    session = reader.studying.begin(0, ["bias"])
    session = reader.answer(session, Rating.AGAIN)
    session = reader.finish(session)
    summary = reader.studying.summary(session)
    assert (summary.answers, summary.answered) == (5, (3, 4))
    assert summary.kinds == (("single", 3, 4),)
    assert summary.sure == (3, 4)
    (moved,) = summary.moved
    assert (moved.topic, moved.seen_before, moved.seen, moved.of) == ("bias", 0, 4, 4)
    assert 0.5 < moved.after < 1
    assert [each.id for each in summary.missed] == [session.plan[0].question]
    assert summary.missed[0].see
    assert (summary.waiting, summary.cost) == (0, 0)
    assert summary.minutes == pytest.approx(5 / 6)


def test_what_moved_is_measured_from_the_state_before_the_session(reader) -> None:
    reader.finish(reader.studying.begin(0, ["bias"]))
    reader.clock.now += 3 * DAY_MS
    session = reader.answer(reader.studying.begin(0, ["bias"]))
    (moved,) = reader.studying.summary(session).moved
    assert moved.seen_before == moved.seen == 4
    assert 0.5 < moved.before < moved.after
    assert reader.studying.summary(session).waiting == 3
    assert 0 < reader.studying.summary(session).cost < 0.5


def test_home_is_told_how_much_there_is(reader) -> None:
    assert reader.studying.due_counts() == (0, 8, 8)
    reader.finish(reader.studying.begin())
    assert reader.studying.due_counts() == (0, 0, 0)
    reader.clock.now += DAY_MS
    assert reader.studying.due_counts()[:2] == (8, 5)


def test_looking_at_a_blank_desk_opens_no_store(tmp_path) -> None:
    library = Library.open([write_book(tmp_path / "book")])
    agenda = Agenda(BlankDesk(library))
    assert [each.topic for each in agenda.planned(agenda.wishes())] == ["loss"] * 7 + ["bias"]
    assert agenda.due_counts() == (0, 8, 8)
    assert [each.name for each in tmp_path.iterdir()] == ["book"]


# What an exam or a mock interview asks for


def test_a_question_that_is_asked_for_comes_on_its_day_until_it_is_answered(reader) -> None:
    log = reader.store.practice
    session = reader.studying.begin(topics=["bias"])
    asked = session.plan[-1].question
    log.append(Entry("wanted", asked, {"day": log.now().day + 1, "for": "s-1"}))
    assert reader.studying.begin(topics=["loss"]).plan[0].question != asked
    reader.clock.now += DAY_MS
    session = reader.studying.begin()
    assert (session.plan[0].question, session.plan[0].reason) == (asked, "due")
    assert reader.studying.due_counts().due == 1
    sheet = reader.studying.sheet_of(reader.desk.question(asked))
    mark = Mark(1.0, is_right=True)
    reader.studying.answer(session, sheet, rating=Rating.GOOD, mark=mark)
    assert asked not in {each.question for each in reader.studying.begin().plan}


def test_what_is_asked_for_stays_away_while_it_is_suspended(reader) -> None:
    log = reader.store.practice
    session = reader.studying.begin(topics=["bias"])
    asked = session.plan[0].question
    log.append(Entry("wanted", asked, {"day": log.now().day, "for": "s-1"}))
    reader.studying.suspend(session, reader.desk.question(asked))
    assert asked not in {each.question for each in reader.studying.begin().plan}


def test_a_wish_that_makes_no_sense_is_passed_over(reader) -> None:
    reader.store.practice.append(
        Entry("wanted", "q-zzzzzz", {"day": 0}),
        Entry("wanted", None, {"day": 0}),
        Entry("wanted", "q-0000q1", {"day": "soon"}),
    )
    assert reader.studying.begin().plan
