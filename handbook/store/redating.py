"""Finds answers that a wrong clock put into the future, and notes when they really happened.

How far the clock was off is not known, only bounds: an answer came after what the same device wrote
before, and before what it wrote next with a clock that was right, or before now. Within a stretch
the distances are those of the wrong clock; the stretch as a whole is put as late as it can be,
because whoever sets a clock right mostly does so soon. A card's days follow: they are reckoned anew
from the right times, in the order of the log, which does not change.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from handbook.errors import StoreError
from handbook.model.event import Entry
from handbook.store import derive
from handbook.store.mending import KIND, Redate, find_redate, find_redates
from handbook.store.trouble import explained

if TYPE_CHECKING:
    from handbook.store.store import Store

SLACK_MS = 2 * 60_000
"""How far ahead of the clock an event may lie: two machines never agree quite."""


class Stretch(NamedTuple):
    """Events of one device that lie in the future, and where they are put.

    `said_ms` is what the clock said at the last of them, `right_ms` what it should have said.
    """

    events: int
    said_ms: int
    right_ms: int
    redate: Redate


class _Moment(NamedTuple):
    """When an event happened: as the log says, and as it is read since earlier corrections."""

    event_id: str
    kept_ms: int
    read_ms: int


def find_stretches(store: Store) -> tuple[Stretch, ...]:
    """Return the stretches of events that lie in the future, with their corrections."""
    query = "SELECT device_id, event_id, at_ms FROM event ORDER BY device_id, event_id"
    with explained(store.path):
        redates = find_redates(store.connection)
        rows = store.connection.execute(query).fetchall()
    now = store.clock.now_ms()
    found: list[Stretch] = []
    for device, events in groupby(rows, key=itemgetter(0)):
        moments = [_moment(redates, *event) for event in events]
        found += _of_device(device, moments, now)
    return tuple(found)


def redate(store: Store) -> tuple[Stretch, ...]:
    """Append a correction for each stretch, and derive the state anew, in one transaction."""
    if not store.keep():
        raise StoreError(f"{store.trouble}; nothing can be redated")
    stretches = find_stretches(store)
    if stretches:
        with store.lent() as connection:
            for stretch in stretches:
                store.record(Entry(KIND, None, stretch.redate._asdict()))
            derive.rebuild(connection)
    return stretches


def _moment(redates: tuple[Redate, ...], device: str, event_id: str, at_ms: int) -> _Moment:
    known = find_redate(redates, event_id, device, at_ms)
    return _Moment(event_id, at_ms, known.moved(at_ms) if known else at_ms)


def _of_device(device: str, moments: list[_Moment], now: int) -> list[Stretch]:
    """Return the stretches of a device, each between moments at which its clock was right."""
    runs = [
        (is_ahead, list(run))
        for is_ahead, run in groupby(moments, key=lambda moment: moment.read_ms > now + SLACK_MS)
    ]
    found: list[Stretch] = []
    for index, (is_ahead, run) in enumerate(runs):
        if not is_ahead:
            continue
        before = runs[index - 1][1][-1].read_ms if index else 0
        after = runs[index + 1][1][0].read_ms if index + 1 < len(runs) else now
        # What an earlier correction has moved needs one of its own.
        for _, alike in groupby(run, key=lambda moment: moment.read_ms - moment.kept_ms):
            found.append(_stretch(device, list(alike), before, after))
    return found


def _stretch(device: str, moments: list[_Moment], before: int, after: int) -> Stretch:
    """Put events between the moments of what came before and after them, as late as they fit."""
    last = max(moment.kept_ms for moment in moments)
    redate = Redate(
        device,
        first=moments[0].event_id,
        last=moments[-1].event_id,
        from_ms=min(moment.kept_ms for moment in moments),
        shift_ms=after - last,
        not_before_ms=min(before, after),
    )
    return Stretch(len(moments), max(moment.read_ms for moment in moments), after, redate)
