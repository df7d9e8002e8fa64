"""Where the app is to begin when the command line names a screen instead of a place to read."""

from __future__ import annotations

from typing import NamedTuple


class ScreenStart(NamedTuple):
    """A screen to begin at, and what the command line asked of it.

    screen   the screen's place: "study", "exam", "mock" or "progress"
    minutes  the time box of a session, -1 where nothing was said
    topics   its topics, empty for all
    sprint   which questions to cram ("all", "missed", "low", "flagged"), "" for no sprint
    grades   how many grades a reader wants to see, 2 or 4
    name     what else was named: a blueprint, a loop
    seed     what the form of an exam is drawn from, "" for the next of the day
    clock    how the clock of an exam runs, "" for the usual way
    is_open_book  whether chapters may be read in an exam
    """

    screen: str
    minutes: int = -1
    topics: tuple[str, ...] = ()
    sprint: str = ""
    grades: int = 4
    name: str = ""
    seed: str = ""
    clock: str = ""
    is_open_book: bool = False
