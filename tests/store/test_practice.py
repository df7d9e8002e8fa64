"""What was answered is kept, folded into cards, taken back and brought again."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.errors import StoreError
from handbook.model import Entry, Moment, Place, PracticeSession, Review, Standing
from handbook.store.practice import DATA_LIMIT
from handbook.store.store import Store
from handbook.study.scheduling import after

from .conftest import NOON, HandClock, fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.model import Event
    from handbook.store.practice import PracticeLog

    OpenStore = Callable[[], Store]

DAY_MS = 86_400_000
MINUTE_MS = 60_000


def review(question: str = "q-1", rating: int = 3, session: str | None = "s-1") -> Entry:
    return Entry("review", question, item_v=1, session_id=session, rating=rating, confidence=2)


def questions(events: tuple[Event, ...]) -> list[str | None]:
    return [event.entry.item_uid for event in events]


def test_an_answer_comes_back_as_it_was_kept(store: Store, clock: HandClock):
    clock.offset_min = 120
    entry = Entry(
        "review", "q-7k2m9d", {"answer": {"options": [1]}, "seed": "3", "hints": 0},
        item_rev="96b3a6", item_v=2, session_id="s-1", rating=3, confidence=2, correct=1.0,
        think_ms=4200, total_ms=9000,
    )  # fmt: skip
    (kept,) = store.practice.append(entry)
    assert store.practice.events() == (kept,)
    assert kept.entry == entry._replace(data={"v": 1, **entry.data})
    assert (kept.at_ms, kept.day, kept.tz_offset_min) == store.practice.now()
    assert store.practice.now() == Moment(NOON, 20589, 120)


def test_a_card_is_what_the_schedule_makes_of_the_reviews(store: Store, clock: HandClock):
    card = None
    for days, rating in ((0, 3), (0, 3), (2, 3), (12, 1), (0, 3)):
        clock.now += days * DAY_MS + MINUTE_MS
        (event,) = store.practice.append(review(rating=rating))
        card = after(card, Review("q-1", 1, rating, 2, event.day, event.at_ms))
    assert store.practice.cards() == {"q-1": card}
    assert store.practice.find_card("q-1") == card
    assert store.practice.find_card("q-2") is None
    assert isinstance(store.practice.cards()["q-1"].is_shaken, bool)


def test_cards_are_there_after_a_restart(open_store: OpenStore):
    first = open_store()
    first.practice.append(review())
    cards = first.practice.cards()
    first.close()
    assert open_store().practice.cards() == cards


def test_an_exam_counts_at_the_time_of_its_answers(store: Store, clock: HandClock):
    then = store.practice.now()
    clock.now += 3 * DAY_MS
    data = {"at_ms": then.at_ms, "day": then.day}
    store.practice.append(review()._replace(data=data))
    card = store.practice.find_card("q-1")
    assert card is not None
    assert (card.last_day, card.last_ms) == (then.day, then.at_ms)


def test_a_review_without_a_grade_is_kept_and_moves_nothing(store: Store):
    store.practice.append(review()._replace(rating=None))
    assert store.practice.cards() == {}
    assert len(store.practice.events("review")) == 1


def test_what_was_decided_about_a_question_is_its_standing(store: Store):
    practice = store.practice
    practice.append(
        Entry("hold", "q-1", {"until": 20_600}),
        Entry("suspend", "q-2", {"on": True}),
        Entry("flag", "q-1", {"text": "two are right"}),
        Entry("flag", "q-3", {"text": "x"}),
        Entry("flag", "q-3", {"text": ""}),
    )
    assert practice.standings() == {
        "q-1": Standing("q-1", held_until=20_600, flag="two are right"),
        "q-2": Standing("q-2", is_suspended=True),
    }
    practice.append(Entry("suspend", "q-2", {"on": False}))
    assert sorted(practice.standings()) == ["q-1"]


def test_sessions_are_told_the_newest_first(store: Store, clock: HandClock):
    practice = store.practice
    first, second = practice.new_session_id(), practice.new_session_id()
    plan = {"minutes": 15, "topics": ["curves"]}
    practice.append(Entry("session_start", None, {"kind": "study", "plan": plan}, session_id=first))
    clock.now += 60_000
    practice.append(Entry("session_end", session_id=first))
    practice.append(Entry("session_start", None, {"kind": "exam"}, session_id=second))
    studied = PracticeSession(first, "study", NOON, NOON + 60_000, plan)
    assert practice.sessions() == (PracticeSession(second, "exam", NOON + 60_000, 0, {}), studied)
    assert practice.sessions("study") == (studied,)
    assert practice.sessions("mock") == ()


def test_a_session_that_is_opened_again_began_when_it_first_did(store: Store, clock: HandClock):
    start = Entry("session_start", None, {"kind": "mock"}, session_id="s-1")
    store.practice.append(start, Entry("session_end", session_id="s-1"))
    clock.now += 60_000
    store.practice.append(start)
    assert store.practice.sessions() == (PracticeSession("s-1", "mock", NOON, 0, {}),)


def test_an_end_without_a_beginning_makes_no_session(store: Store):
    store.practice.append(Entry("session_end", session_id="s-1"))
    assert store.practice.sessions() == ()


def test_ids_of_sessions_are_unique_and_sort_by_time(open_store: OpenStore, clock: HandClock):
    store = open_store()
    found = []
    for _ in range(50):
        found.append(store.practice.new_session_id())
        clock.now += 1
    found += [store.practice.new_session_id() for _ in range(50)]
    clock.now -= DAY_MS
    found += [store.practice.new_session_id() for _ in range(50)]
    assert len(set(found)) == 150
    assert found == sorted(found)
    store.practice.append(Entry("session_start", session_id=found[-1]))
    assert open_store().practice.new_session_id()[0] == found[-1][0]


def test_a_session_after_a_restart_is_later_even_if_the_clock_went_back(
    open_store: OpenStore, clock: HandClock
):
    practice = open_store().practice
    before = practice.new_session_id()
    practice.append(Entry("session_start", session_id=before))
    clock.now -= DAY_MS
    time, _, _chance = open_store().practice.new_session_id().partition("-")
    assert time > before.partition("-")[0]


def test_entries_that_are_appended_together_are_kept_together_or_not_at_all(store: Store):
    with pytest.raises(sqlite3.IntegrityError):
        store.practice.append(review(), review("q-2", rating=7))
    assert store.practice.events() == ()
    assert store.practice.cards() == {}
    store.practice.append(review(), review("q-2"))
    assert questions(store.practice.events()) == ["q-1", "q-2"]


def test_events_are_chosen_by_kind_session_question_and_day(store: Store, clock: HandClock):
    practice = store.practice
    store.tick("c-1", True, checklist="interview")
    practice.append(review("q-1"), review("q-2"), review("q-1", session="s-2"))
    practice.append(Entry("exam_tick", "q-1", {"left": 3}, session_id="s-2"))
    clock.now += DAY_MS
    practice.append(review("q-3", session=None))
    assert len(practice.events()) == 6
    assert questions(practice.events("review")) == ["q-1", "q-2", "q-1", "q-3"]
    assert questions(practice.events("review", session="s-1")) == ["q-1", "q-2"]
    assert len(practice.events("review", item="q-1")) == 2
    assert len(practice.events(item="q-1")) == 3
    assert len(practice.events("review", "exam_tick", session="s-2", item="q-1")) == 2
    assert questions(practice.events(since_day=practice.now().day)) == ["q-3"]
    assert practice.events("review", item="q-3", since_day=practice.now().day + 1) == ()


def test_texts_from_outside_are_cleaned(store: Store):
    (kept,) = store.practice.append(
        Entry(
            "flag", " q-1\x1b[2J ", {"text": "a\x1b]0;x\x07b\r\nc", "ke\x00y": 1}, session_id="s\n1"
        )
    )
    assert kept.entry.item_uid == "q-1[2J"
    assert kept.entry.session_id == "s 1"
    assert kept.entry.data == {"v": 1, "text": "a]0;xb\nc", "key": 1}
    assert store.practice.events() == (kept,)


def test_an_answer_may_be_long_but_not_without_end(store: Store):
    store.practice.append(Entry("mock_note", data={"text": "x" * 100_000}))
    with pytest.raises(StoreError, match="200,000 is the most"):
        store.practice.append(Entry("mock_note", data={"text": "x" * DATA_LIMIT}))
    assert len(store.practice.events()) == 1


def test_data_that_was_read_may_be_written_again(store: Store):
    (kept,) = store.practice.append(Entry("flag", "q-1", {"v": 99, "text": "x"}))
    assert kept.entry.data == {"v": 1, "text": "x"}
    assert store.practice.append(kept.entry)[0].entry == kept.entry


# Undo and redo


def test_undo_takes_back_the_last_answer_and_the_card_is_what_it_was(store: Store):
    practice = store.practice
    practice.append(review())
    before = practice.cards()
    practice.append(review(rating=1))
    taken = practice.undo()
    assert taken is not None
    assert (taken.entry.item_uid, taken.entry.rating) == ("q-1", 1)
    assert practice.cards() == before
    assert len(practice.events("review")) == 1
    assert practice.undo() is not None
    assert practice.cards() == {}
    assert practice.undo() is None


def test_an_answer_before_the_last_one_can_be_taken_back_too(store: Store, clock: HandClock):
    practice = store.practice
    first, second = (practice.append(review("q-1", rating))[0] for rating in (1, 3))
    clock.now += 2 * DAY_MS
    practice.append(Entry("void", "q-1", target_event=first.event_id))
    alone = after(None, Review("q-1", 1, 3, 2, second.day, second.at_ms))
    assert practice.cards() == {"q-1": alone}


def test_holds_suspensions_and_flags_are_taken_back_in_their_turn(store: Store):
    practice = store.practice
    practice.append(Entry("flag", "q-1", {"text": "one"}))
    practice.append(Entry("flag", "q-1", {"text": "two"}))
    practice.append(Entry("hold", "q-1", {"until": 30_000}))
    practice.append(Entry("suspend", "q-1", {"on": True}))
    taken = [practice.undo() for _ in range(2)]
    assert [event.entry.kind for event in taken if event] == ["suspend", "hold"]
    assert practice.standings() == {"q-1": Standing("q-1", flag="two")}
    practice.undo()
    assert practice.standings() == {"q-1": Standing("q-1", flag="one")}
    practice.undo()
    assert practice.standings() == {}


def test_a_session_is_undone_without_touching_another(store: Store):
    practice = store.practice
    practice.append(review("q-1", session="s-1"))
    practice.append(review("q-2", session="s-2"))
    taken = practice.undo("s-1")
    assert taken is not None
    assert taken.entry.item_uid == "q-1"
    assert practice.undo("s-1") is None
    assert practice.redo("s-2") is None
    assert practice.redo("s-1") == taken
    assert sorted(practice.cards()) == ["q-1", "q-2"]


def test_undo_and_redo_work_after_a_restart(open_store: OpenStore):
    first = open_store()
    for number in range(5):
        first.practice.append(review(f"q-{number}"))
    first.practice.undo()
    first.close()
    second = open_store().practice
    assert [second.undo() is not None for _ in range(5)] == [True] * 4 + [False]
    assert second.cards() == {}
    third = open_store().practice
    brought = [third.redo() for _ in range(6)]
    assert [event.entry.item_uid for event in brought if event] == [f"q-{n}" for n in range(5)]
    assert brought[-1] is None
    assert len(third.cards()) == 5


def test_after_a_new_answer_there_is_nothing_to_redo(store: Store):
    practice = store.practice
    practice.append(review("q-1"))
    practice.undo()
    practice.append(review("q-2"))
    assert practice.redo() is None
    practice.undo()
    brought = practice.redo()
    assert brought is not None
    assert brought.entry.item_uid == "q-2"


def test_ticks_and_answers_are_undone_apart(store: Store):
    store.tick("c-1", True, checklist="interview")
    store.practice.append(review())
    store.tick("c-2", True, checklist="interview")
    assert store.practice.undo() is not None
    assert store.practice.undo() is None
    assert store.undo("interview") is not None
    assert sorted(store.ticks()) == ["c-1"]
    assert store.practice.redo() is not None
    assert store.undo("interview") is not None
    assert store.practice.redo() is None


def test_voids_are_told_only_to_those_who_ask(store: Store):
    store.practice.append(review())
    store.practice.undo()
    assert store.practice.events() == ()
    (void,) = store.practice.events("void")
    assert (void.entry.item_uid, void.entry.session_id) == ("q-1", "s-1")
    store.practice.redo()
    assert [event.entry.kind for event in store.practice.events()] == ["review"]


def test_whoever_owns_a_kind_may_void_its_events(store: Store):
    (kept,) = store.practice.append(Entry("exam_answer", "q-1", session_id="s-1"))
    store.practice.append(Entry("void", "q-1", target_event=kept.event_id, session_id="s-1"))
    assert store.practice.events(session="s-1") == ()


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(["one", "two", "undo", "undo", "redo"]), max_size=30))
def test_undo_and_redo_are_what_a_stack_of_answers_would_give(todo: list[str]):
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "handbook.db", HandClock())
        undo_and_redo(store.practice, todo)
        store.close()


def undo_and_redo(practice: PracticeLog, todo: list[str]) -> None:
    done: list[str] = []
    undone: list[str] = []
    for deed in todo:
        if deed == "undo":
            taken = practice.undo()
            assert (taken.entry.item_uid if taken else None) == (done[-1] if done else None)
            if done:
                undone.append(done.pop())
        elif deed == "redo":
            brought = practice.redo()
            assert (brought.entry.item_uid if brought else None) == (undone[-1] if undone else None)
            if undone:
                done.append(undone.pop())
        else:
            practice.append(review(deed))
            done.append(deed)
            undone.clear()
        assert questions(practice.events("review")) == done


# Trouble


def test_an_answer_that_finds_no_room_changes_nothing_and_says_so(small_disk: Path):
    store = Store.open(small_disk / "handbook.db")
    store.practice.append(review())
    ballast = fill(small_disk)
    with pytest.raises(StoreError, match="is full"):
        answer_until_full(store)
    before = store.practice.cards()
    assert set(before) == set(questions(store.practice.events("review")))
    ballast.unlink()
    store.practice.append(review("q-last"))
    assert set(store.practice.cards()) == {*before, "q-last"}
    store.close()


def answer_until_full(store: Store) -> None:
    for number in range(10_000):
        store.practice.append(review(f"q-{number}")._replace(data={"text": "x" * 1000}))


def test_without_a_disk_studying_goes_on_in_memory_and_moves_there_later(small_disk: Path):
    ballast = fill(small_disk)
    store = Store.open(small_disk / "handbook.db")
    store.practice.append(review("q-1"), review("q-2"))
    store.practice.undo()
    assert not store.is_kept
    assert store.unkept == 3
    assert sorted(store.practice.cards()) == ["q-1"]
    ballast.unlink()
    store.practice.redo()
    assert store.is_kept
    store.close()
    store = Store.open(small_disk / "handbook.db")
    assert sorted(store.practice.cards()) == ["q-1", "q-2"]
    store.close()


def test_a_newer_handbook_that_took_the_file_over_keeps_this_one_from_writing(store: Store):
    store.practice.append(review())
    store.connection.execute("PRAGMA user_version = 99")
    for deed in (lambda: store.practice.append(review()), store.practice.undo, store.practice.redo):
        with pytest.raises(StoreError, match="newer handbook"):
            deed()
    assert len(store.practice.events()) == 1


def test_what_another_terminal_answered_is_there_at_once(open_store: OpenStore):
    mine, theirs = open_store(), open_store()
    mine.practice.append(review("q-1"))
    assert theirs.is_changed()
    assert sorted(theirs.practice.cards()) == ["q-1"]
    assert theirs.practice.undo() is not None
    assert mine.practice.cards() == {}


# The clock


def test_a_clock_that_is_right_is_not_spoken_of(store: Store, clock: HandClock):
    assert store.practice.clock_warning() == ""
    store.practice.append(review())
    for minutes in (0, -2, 60, 60 * 24 * 60):
        clock.now = NOON + minutes * MINUTE_MS
        assert store.practice.clock_warning() == ""


def test_a_clock_before_the_last_answer_is_told(store: Store, clock: HandClock):
    clock.offset_min = 120
    store.practice.append(review())
    clock.now -= 3 * 60 * MINUTE_MS
    assert store.practice.clock_warning() == (
        "The clock says 11:00 on 16 May 2026, but the last answer is of 14:00 on 16 May 2026:"
        " if the clock is wrong, set it right before you answer."
    )
    before = store.practice.find_card("q-1")
    store.practice.append(review())
    card = store.practice.find_card("q-1")
    assert before is not None
    assert card is not None
    assert card.last_day == before.last_day
    assert [event.at_ms for event in store.practice.events()] == [NOON, clock.now]


def test_a_clock_that_ran_far_ahead_is_told(store: Store, clock: HandClock):
    store.practice.append(review())
    store.visit(Place("roles"))
    clock.now += 75 * DAY_MS
    store.visit(Place("roles"))
    assert store.practice.clock_warning() == (
        "The last answer was 75 days ago, says the clock (12:00 on 30 July 2026): if that is"
        " wrong, set it right before you answer."
    )
