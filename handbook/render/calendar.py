"""A calendar as text: all-day events in the format of RFC 5545 (iCalendar)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

LINE_OCTETS = 75
"""The longest line of the format in octets, without its end; longer ones are folded."""

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


class DayEvent(NamedTuple):
    """Something that takes whole days, both included; `key` stays the same when it moves."""

    key: str
    title: str
    start: date
    end: date
    text: str = ""


def calendar_text(name: str, events: Iterable[DayEvent], made_at: datetime) -> str:
    """Return a calendar of events; `made_at` is in UTC.

    Reading it again moves the events that are there already instead of doubling them, since their
    UIDs follow from their keys alone.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ML Teams Handbook//Plan//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for event in events:
        lines += _event_lines(event, made_at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event_lines(event: DayEvent, made_at: datetime) -> list[str]:
    uid = hashlib.blake2b(event.key.encode(), digest_size=12).hexdigest()
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}@ml-teams-handbook",
        f"DTSTAMP:{made_at:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.end + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(event.title)}",
    ]
    if event.text:
        lines.append(f"DESCRIPTION:{escaped(event.text)}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def escaped(text: str) -> str:
    """Return a text as the value of a property (RFC 5545, 3.3.11), without control characters."""
    return "".join(sign for sign in text.translate(_ESCAPED) if sign >= " " and sign != "\x7f")


def folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, each but the first led in by a space (3.1).

    No character is cut in two.
    """
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > LINE_OCTETS:
            yield piece
            piece, size = " ", 1
        piece += sign
        size += octets
    yield piece
