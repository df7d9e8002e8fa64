"""The way in: reads the command line, opens a workspace, hands over to a front end.

The only place that turns an expected failure into an exit code and one line on stderr.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from handbook.errors import HandbookError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.cli.arguments import Arguments

INTERRUPTED = 130
BROKEN_PIPE = 141


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if argv is None else argv))


def run(argv: Sequence[str]) -> int:
    """Run the command line and return its exit code; only bugs are raised."""
    from handbook.cli.output import complain  # noqa: PLC0415  after `handbook` itself can be imported

    try:
        from handbook.cli.arguments import parse  # noqa: PLC0415

        arguments = parse(argv)
        if arguments.command == "open":
            return open_app(arguments)
        from handbook.cli.commands import run_command  # noqa: PLC0415

        return run_command(arguments)
    except HandbookError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left (`handbook show x | head`): nothing to complain about.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return BROKEN_PIPE


def open_app(arguments: Arguments) -> int:
    """Open the app, or say in plain words why it cannot be drawn here."""
    from handbook import terminal  # noqa: PLC0415
    from handbook.workspace import Workspace  # noqa: PLC0415

    settings = arguments.settings
    reason = terminal.why_no_screen(os.environ)
    if reason:
        from handbook.cli.commands import show_instead  # noqa: PLC0415

        return show_instead(arguments, reason)
    query = terminal.BackgroundQuery(os.environ)
    found = terminal.choose(settings, os.environ)
    asks = settings.theme == "auto" and found.theme == "dark"
    if asks:
        query.ask()
    try:
        terminal.prepare_textual(found, settings)
        workspace = Workspace.open(settings)
        start = workspace.find_place(arguments.place) if arguments.place else None
        run_app = _import_app()
    finally:
        if asks:
            found = terminal.choose(settings, os.environ, dark=query.is_dark())
    try:
        return run_app(workspace, settings, found, start, query.typed)
    finally:
        workspace.close()


def _import_app():  # type: ignore[no-untyped-def]
    """Import the app without the garbage collector, which costs a tenth of the import."""
    import gc  # noqa: PLC0415

    gc.disable()
    try:
        from handbook.tui.app import run_app  # noqa: PLC0415
    finally:
        gc.enable()
    return run_app


if __name__ == "__main__":
    main()
