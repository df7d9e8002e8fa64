"""The way in: reads the command line, opens a workspace, hands over to a front end.

The only place that turns an expected failure into an exit code and one line on stderr.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from handbook.errors import HandbookError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handbook.cli.arguments import Arguments
    from handbook.model import Place
    from handbook.model.start import ScreenStart
    from handbook.settings import Settings
    from handbook.terminal import Terminal
    from handbook.workspace import Workspace

    RunApp = Callable[[Workspace, Settings, Terminal, Place | ScreenStart | None, bytes], int]

SCREENS = frozenset(("study", "exam", "mock"))
"""The commands that open the app at a screen of their name, where there is a terminal to draw on.

Without one, with --plain and with --json, they are carried out line by line.
"""
INTERRUPTED = 130
BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:  # before `run` could look out for one
        code = INTERRUPTED
    # Everything is closed and flushed. To take Python apart would cost 30 ms, and fail with a code
    # of its own where the terminal is gone.
    os._exit(code)


def run(argv: Sequence[str]) -> int:
    """Run the command line and return its exit code; only bugs are raised."""
    from handbook.cli import output  # noqa: PLC0415  after `handbook` itself can be imported

    try:
        from handbook.cli.arguments import parse  # noqa: PLC0415

        arguments = parse(argv)
        if arguments.command == "open" or is_for_screen(arguments):
            code = open_app(arguments)
        else:
            from handbook.cli.commands import run_command  # noqa: PLC0415

            code = run_command(arguments)
        output.flush()
    except HandbookError as error:
        output.complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left (`handbook show x | head`): nothing to complain about.
        output.give_up_stdout()
        return BROKEN_PIPE
    return code


def is_for_screen(arguments: Arguments) -> bool:
    """Tell whether a command opens the app; a list or a document needs no screen."""
    if arguments.command not in SCREENS or arguments.json:
        return False
    return bool(_module_of(arguments).opens_app(arguments))


def _module_of(arguments: Arguments) -> Any:
    """Return the module of a command that can be a screen: `opens_app` and `screen_start`."""
    from importlib import import_module  # noqa: PLC0415  not for reading

    return import_module(f"handbook.cli.{arguments.command}")


def open_app(arguments: Arguments) -> int:
    """Open the app, or say in plain words why it cannot be drawn here."""
    from handbook import terminal  # noqa: PLC0415
    from handbook.actions import keys_of  # noqa: PLC0415
    from handbook.cli import output  # noqa: PLC0415
    from handbook.cli.commands import run_command, show_instead  # noqa: PLC0415
    from handbook.workspace import Workspace  # noqa: PLC0415

    settings = arguments.settings
    reason = "as you asked" if settings.plain else terminal.why_no_screen(os.environ)
    if reason:
        if arguments.command in SCREENS:
            return run_command(arguments)
        return show_instead(arguments, reason)
    keys_of(settings)  # refuses keys that make no sense, before there is a screen
    terminal.end_by_signals()
    query = terminal.BackgroundQuery(os.environ)
    found = terminal.choose(settings, os.environ)
    asks = settings.theme == "auto" and found.theme == "dark"
    try:
        if asks:
            query.ask()
        terminal.prepare_textual(found, settings)
        workspace = Workspace.open(settings)
        workspace.open_store()
        start = _start(workspace, arguments)
        run_app = _import_app()
    finally:
        if asks:
            found = terminal.choose(settings, os.environ, dark=query.is_dark())
    try:
        code = run_app(workspace, settings, found, start, query.typed)
    finally:
        lost = output.close(workspace)
    return code or lost


def _start(workspace: Workspace, arguments: Arguments) -> Place | ScreenStart | None:
    """Return the screen or the place to open at, None for Home."""
    if arguments.command in SCREENS:
        start: ScreenStart = _module_of(arguments).screen_start(workspace, arguments)
        return start
    if not arguments.place:
        return None
    from handbook.cli.place import find_place  # noqa: PLC0415  not every start has a place

    return find_place(workspace, arguments.place)


def _import_app() -> RunApp:
    """Import the app with the garbage collector off, which costs a tenth of the import.

    It stays off until the first frame has been drawn; see `HandbookApp`.
    """
    import gc  # noqa: PLC0415

    gc.disable()
    from handbook.tui.lean import import_textual  # noqa: PLC0415

    import_textual()
    from handbook.tui.app import run_app  # noqa: PLC0415

    return run_app


if __name__ == "__main__":
    main()
