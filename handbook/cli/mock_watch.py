"""The candidate's view line by line: each question is printed when the interviewer asks it."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.paper import paper
from handbook.render.mock import asked_lines

if TYPE_CHECKING:
    from handbook.model.interview import Interview
    from handbook.practice.mocks import Mocks
    from handbook.settings import Settings
    from handbook.store.store import Store

PAUSE = 0.5
"""Seconds between two looks at the store; it is asked only whether it has changed."""


def watch(mocks: Mocks, store: Store, settings: Settings) -> None:
    """Print what is asked in the newest interview until it is over, or until it is interrupted."""
    interview, shown = mocks.find_open(), ""
    if interview is None:
        output.complain("waiting for an interview to begin")
    while True:
        if interview is not None:
            shown = _tell(mocks, interview, shown, settings)
            output.flush()
            if interview.is_ended:
                return
        while not store.is_changed():
            sleep(PAUSE)
        interview = mocks.followed(interview)


def _tell(mocks: Mocks, interview: Interview, shown: str, settings: Settings) -> str:
    """Print what the candidate should see now, unless it was printed already; return what it is."""
    if interview.is_ended:
        now = "The interview is over."
    elif not interview.is_open:
        now = "A round is about to begin."
    else:
        now = interview.planned.id
    if now == shown:
        return shown
    item = mocks.item_of(interview) if interview.is_open else None
    if item is None:
        output.write_rows(["", now])
        return now
    sheet = paper(settings)
    lines = asked_lines(item.title, item.blocks, sheet.width, sheet.options)
    minutes = f"{interview.planned.minutes:g} minutes"
    output.write(f"\n{sheet.text(lines)}\n{minutes}\n")
    return now
