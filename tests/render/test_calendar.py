"""The calendar: every line as RFC 5545 wants it, and read back it says what was written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.render.calendar import LINE_OCTETS, DayEvent, calendar_text, folded

MADE = datetime(2026, 11, 27, 18, 5, 9, tzinfo=UTC)


class Property(NamedTuple):
    """A line of a calendar, unfolded: `DTSTART;VALUE=DATE:20270301`."""

    name: str
    parameters: str
    value: str


def read(text: str) -> list[Property]:
    """Unfold a calendar and return its lines; every line must end in CR LF."""
    assert text.endswith("\r\n")
    physical = text.split("\r\n")[:-1]
    assert all("\r" not in line and "\n" not in line for line in physical)
    lines: list[str] = []
    for line in physical:
        assert len(line.encode()) <= LINE_OCTETS
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    found = []
    for line in lines:
        head, _, value = line.partition(":")
        name, _, parameters = head.partition(";")
        found.append(Property(name, parameters, value))
    return found


def unescaped(value: str) -> str:
    signs, result = iter(value), ""
    for sign in signs:
        if sign == "\\":
            following = next(signs)
            result += "\n" if following in "nN" else following
        else:
            assert sign not in ";,"
            result += sign
    return result


def events(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for name, parameters, value in read(text):
        if (name, value) == ("BEGIN", "VEVENT"):
            found.append({})
        elif found and name not in {"BEGIN", "END"}:
            assert name not in found[-1]
            found[-1][name] = value
            assert parameters == ("VALUE=DATE" if name in {"DTSTART", "DTEND"} else "")
    return found


def test_a_calendar_has_what_the_format_demands() -> None:
    lines = read(calendar_text("Interview; soon", (), MADE))
    assert lines[0] == ("BEGIN", "", "VCALENDAR")
    assert lines[-1] == ("END", "", "VCALENDAR")
    assert ("VERSION", "", "2.0") in lines
    assert [unescaped(each.value) for each in lines if each.name == "X-WR-CALNAME"] == [
        "Interview; soon"
    ]


def test_days_are_whole_and_the_end_is_the_day_after() -> None:
    event = DayEvent("interview/the-day", "The day", date(2027, 2, 28), date(2027, 2, 28))
    (found,) = events(calendar_text("Plan", (event,), MADE))
    assert (found["DTSTART"], found["DTEND"]) == ("20270228", "20270301")
    assert found["DTSTAMP"] == "20261127T180509Z"
    assert "DESCRIPTION" not in found


def test_an_event_that_moves_keeps_its_uid() -> None:
    event = DayEvent("interview/the-day", "The day", date(2027, 2, 28), date(2027, 2, 28))
    later = event._replace(title="Another", start=date(2027, 3, 5), end=date(2027, 3, 6))
    other = event._replace(key="interview/afterwards")
    uids = [each["UID"] for each in events(calendar_text("Plan", (event, later, other), MADE))]
    assert uids[0] == uids[1] != uids[2]


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n,;\\:é試🙂"))
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(st.lists(st.tuples(texts, texts, days, st.integers(0, 60)), max_size=4))
def test_a_calendar_reads_back(rows: list[tuple[str, str, date, int]]) -> None:
    written = [
        DayEvent(f"key {number}", title, start, start + timedelta(days=length), text)
        for number, (title, text, start, length) in enumerate(rows)
    ]
    found = events(calendar_text("Plan", written, MADE))
    assert [
        (
            unescaped(each["SUMMARY"]),
            unescaped(each.get("DESCRIPTION", "")),
            datetime.strptime(each["DTSTART"], "%Y%m%d").replace(tzinfo=UTC).date(),
            datetime.strptime(each["DTEND"], "%Y%m%d").replace(tzinfo=UTC).date(),
        )
        for each in found
    ] == [(each.title, each.text, each.start, each.end + timedelta(days=1)) for each in written]
    assert len({each["UID"] for each in found}) == len(written)


@pytest.mark.parametrize("sign", ["\x07", "\x1b", "\r", "\x00"])
def test_control_characters_are_left_out(sign: str) -> None:
    event = DayEvent("key", f"a{sign}b", date(2027, 1, 1), date(2027, 1, 1))
    (found,) = events(calendar_text("Plan", (event,), MADE))
    assert found["SUMMARY"] == "ab"


@given(texts)
def test_a_folded_line_loses_nothing(text: str) -> None:
    first, *rest = folded(text)
    assert first + "".join(each[1:] for each in rest) == text
    assert all(each.startswith(" ") for each in rest)
