"""The verbs of mock interviews: every act on the disk, what is missed in tomorrow's study."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.errors import NothingFoundError, StoreError, UsageError
from handbook.study import mock
from tests.practice.mock_book import Interviewer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Interviewer]:
    found = Interviewer(tmp_path)
    yield found
    found.store.close()


def wanted(reader: Interviewer) -> list[tuple[str | None, object]]:
    found = reader.store.practice.events("wanted")
    return [(event.entry.item_uid, event.entry.data["day"]) for event in found]


def test_a_loop_is_found_by_its_name_and_the_nearest_is_named(reader) -> None:
    assert reader.mocks.loop("One").name == "one"
    with pytest.raises(NothingFoundError, match="nearest: one"):
        reader.mocks.loop("oen")


def test_every_act_is_on_the_disk_at_once(reader) -> None:
    now = reader.begin()
    assert reader.kinds() == ["session_start", "mock_round", "mock_ask"]
    now = reader.mocks.do(now, mock.toggle(now, 0))
    now = reader.mocks.do(now, mock.note(now, "looked at the data", "Method"))
    now = reader.mocks.do(now, mock.score(now, "Method", 3))
    reader.come_back()
    again = reader.mocks.find(now.id)
    assert again == now
    assert again.state.score_of("Method") == 3
    assert {e.entry.session_id for e in reader.store.practice.events()} == {now.id}


def test_an_interview_goes_on_where_it_was_left(reader) -> None:
    now = reader.begin()
    reader.clock.now += 60_000
    reader.mocks.do(now, mock.pause(now))
    reader.clock.now += 3_600_000
    reader.come_back()
    assert reader.mocks.find_open() is not None
    again = reader.mocks.resume(now.id)
    assert again.at == now.at
    assert again.spent(0, reader.store.practice.now().at_ms) < 120_000
    ended = reader.mocks.finish(again)
    with pytest.raises(UsageError, match="over"):
        reader.mocks.resume(ended.id)
    assert reader.mocks.find_open() is None
    with pytest.raises(NothingFoundError):
        reader.mocks.find("nobody")


def test_who_watches_sees_the_newest_interview_to_its_end(reader) -> None:
    assert reader.mocks.followed(None) is None
    abandoned = reader.begin()
    reader.clock.now += 60_000
    assert reader.mocks.followed(None) == abandoned
    second = reader.begin()
    assert reader.mocks.followed(abandoned) == second
    ended = reader.mocks.finish(second)
    assert reader.mocks.followed(second) == ended


def test_what_was_missed_is_asked_for_tomorrow(reader) -> None:
    now = reader.mocks.close_round(reader.begin())
    now = reader.mocks.finish(now)
    tomorrow = reader.store.practice.now().day + 1
    assert wanted(reader) == [("q-b00001", tomorrow), ("q-c00001", tomorrow)]
    assert reader.store.practice.events("review") == ()
    assert reader.store.practice.cards() == {}
    assert now.wanted == {"q-b00001", "q-c00001"}
    assert reader.mocks.want_drills(reader.mocks.find(now.id)).wanted == now.wanted
    assert len(wanted(reader)) == 2


def test_a_criterion_without_a_question_takes_the_cue_of_the_section_that_teaches_it(
    reader,
) -> None:
    now = reader.begin()
    assert now.planned.drills == ("q-b00001", "q-c00001")


def test_an_interview_of_somebody_else_makes_no_cards_unless_asked(reader) -> None:
    now = reader.mocks.finish(reader.mocks.close_round(reader.begin(name="Ada")))
    assert wanted(reader) == []
    reader.mocks.want_drills(now)
    assert [question for question, _ in wanted(reader)] == ["q-b00001", "q-c00001"]


def test_only_what_was_answered_of_the_bank_counts_as_a_review(reader) -> None:
    now = reader.answer(reader.begin("solo"), True, True)
    now = reader.mocks.do(now, mock.go_to(now, 1))
    now = reader.answer(now, True, False)
    reader.mocks.close_round(now)
    (review,) = reader.store.practice.events("review")
    assert (review.entry.item_uid, review.entry.item_v, review.entry.rating) == ("q-b00001", 4, 2)
    assert review.entry.correct == 0.5
    assert review.entry.data["mode"] == "mock"
    assert review.entry.data["answer"] == {"text": "I look.", "criteria": [0]}
    assert reader.store.practice.find_card("q-b00001") is not None


@pytest.mark.parametrize("how", [{"mode": "interviewer"}, {"mode": "solo", "name": "Ada"}])
def test_what_somebody_else_answered_is_no_review(reader, how) -> None:
    now = reader.begin(**how)
    now = reader.mocks.do(now, mock.say_done(now))
    now = reader.mocks.do(now, mock.go_to(now, 1))
    now = reader.mocks.do(now, mock.say_done(now))
    now = reader.mocks.do(now, mock.judge(now, 0, is_met=True))
    reader.mocks.close_round(now)
    assert reader.store.practice.events("review") == ()


def test_the_last_attempt_at_an_item_is_found_again(reader) -> None:
    first = reader.answer(reader.begin("solo"), True, False)
    assert reader.mocks.last_attempt(first) is None
    reader.mocks.finish(first)
    reader.clock.now += 60_000
    second = reader.begin("solo")
    found = reader.mocks.last_attempt(second)
    assert found is not None
    assert (found.state.outline, found.state.ticked) == ("I look.", {0})


def test_a_report_stays_true_after_the_loop_was_edited(reader) -> None:
    now = reader.mocks.close_round(reader.begin())
    before = reader.mocks.report(now.id)
    path = reader.folder / "book" / "loops" / "one.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Looks first", "Hurries"), "utf-8")
    reader.come_back()
    assert reader.mocks.report() == before
    path.unlink()
    reader.come_back()
    assert reader.mocks.report() == before
    assert reader.mocks.item_of(reader.mocks.find(now.id)) is None


def test_history_is_newest_first_and_spreads_are_of_one_person(reader) -> None:
    ids = []
    for name in ("", "Ada", ""):
        now = reader.begin(name=name)
        now = reader.mocks.do(now, mock.note(now, "looked at the data", "Method"))
        now = reader.mocks.do(now, mock.score(now, "Method", 3 if name else 2))
        ids.append(reader.mocks.finish(reader.mocks.close_round(now)).id)
        reader.clock.now += 1000
    assert [each.id for each in reader.mocks.history()] == ids[::-1]
    assert [each.scores for each in reader.mocks.spreads()] == [(2, 2)]
    assert [each.scores for each in reader.mocks.spreads("Ada")] == [(3,)]


def test_one_round_of_a_loop_can_be_held_alone(reader) -> None:
    found = reader.mocks.begin(reader.mocks.loop("one"), "solo", rounds=(2,))
    assert [each.title for each in found.plan.rounds] == ["Second"]
    with pytest.raises(NothingFoundError, match="no round 3"):
        reader.mocks.begin(reader.mocks.loop("one"), "solo", rounds=(3,))
    assert reader.kinds() == ["session_start"]


def test_a_disk_that_refuses_changes_nothing(reader, monkeypatch) -> None:
    now = reader.begin()

    def refuse(*_: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(reader.mocks.log, "append", refuse)
        with pytest.raises(StoreError):
            reader.mocks.do(now, mock.toggle(now, 0))
    assert reader.mocks.find(now.id) == now
