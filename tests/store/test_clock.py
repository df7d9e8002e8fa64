from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from handbook.store.clock import SYSTEM_CLOCK, study_day

QUARTER_MS = 15 * 60 * 1000


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def test_the_day_turns_at_four_in_the_morning_local_time():
    berlin = 120
    friday = study_day(at("2026-05-15T22:00:00+02:00"), berlin)
    assert study_day(at("2026-05-16T03:59:59+02:00"), berlin) == friday
    assert study_day(at("2026-05-16T04:00:00+02:00"), berlin) == friday + 1


def test_days_are_counted_from_1970():
    assert study_day(at("1970-01-01T04:00:00+00:00"), 0) == 0
    assert study_day(at("1970-01-01T03:59:00+00:00"), 0) == -1


def test_a_flight_to_the_west_may_lead_back_to_yesterday_by_one_day():
    tokyo, berlin = 9 * 60, 2 * 60
    moment = at("2026-05-16T05:00:00+09:00")
    assert study_day(moment + 60_000, berlin) - study_day(moment, tokyo) == -1


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
)
def test_days_never_go_back_over_a_year_of_quarter_hours(zone: str):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    moments = (start + timedelta(minutes=15 * step) for step in range(365 * 96))
    days = []
    for moment in moments:
        offset = moment.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
        days.append(study_day(int(moment.timestamp() * 1000), int(offset.total_seconds()) // 60))
    steps = {after - before for before, after in pairwise(days)}
    assert steps == {0, 1}


def test_the_machines_clock_tells_the_offset_of_the_moment(monkeypatch: pytest.MonkeyPatch):
    import time

    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    winter = SYSTEM_CLOCK.tz_offset_min(at("2026-01-15T12:00:00+00:00"))
    summer = SYSTEM_CLOCK.tz_offset_min(at("2026-07-15T12:00:00+00:00"))
    monkeypatch.undo()
    time.tzset()
    assert (winter, summer) == (60, 120)


def test_the_machines_clock_counts_milliseconds():
    before = datetime.now(UTC).timestamp() * 1000
    assert before - 1 <= SYSTEM_CLOCK.now_ms() <= before + 60_000
