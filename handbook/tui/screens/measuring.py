"""Measuring behind the frame: what takes long is done in a thread, and shown when it is there."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING
from weakref import WeakSet

from handbook.errors import HandbookError

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.practice.desk import Desk
    from handbook.tui.shell import Shell

_begun: WeakSet[Desk] = WeakSet()


def has_questions(app: Shell, desk: Desk) -> bool:
    """Tell whether the questions of a book are there; if not, read them and show the screen again.

    They are some hundred pages, which would hold up the first frame of a screen.
    """
    if "questions" in vars(desk):
        return True
    if desk not in _begun:
        _begun.add(desk)
        work(app, lambda: len(desk.questions), lambda _: app.refresh_screens())
    return False


def work(app: Shell, job: Callable[[], float], then: Callable[[float], None]) -> None:
    """Run a job in a thread and hand its result over in the app, unless that has closed."""

    def run() -> None:
        try:
            found = job()
        except HandbookError as error:
            if app.is_running:
                app.call_from_thread(app.tell, str(error), severity="error")
            return
        if app.is_running:
            app.call_from_thread(then, found)

    Thread(target=run, daemon=True, name="measuring").start()
