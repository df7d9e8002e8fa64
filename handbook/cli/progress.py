"""`handbook progress`: where the reader stands; its verbs move, mend and purge the log."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.kept import demand_store, has_store
from handbook.cli.strays import refuse_strays
from handbook.errors import NothingFoundError, UsageError, nearest_or_all
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.cli.arguments import Arguments
    from handbook.store.purging import Purged, Scope
    from handbook.store.redating import Stretch
    from handbook.store.transfer import Batch, Imported

_OPTIONS = {
    "force": ("--force", ("export",)),
    "salvage": ("--salvage", ("import",)),
    "topic": ("--topic", ("purge",)),
    "item": ("--item", ("purge",)),
    "everything": ("--all", ("purge",)),
    "yes": ("--yes", ("purge", "redate")),
}
"""Which verbs an option belongs to."""


def progress(arguments: Arguments) -> int:
    """Show where the reader stands, or carry a verb out."""
    refuse_strays(arguments, arguments.act, _OPTIONS)
    if not arguments.act:
        from handbook.cli.standing import standing  # noqa: PLC0415  not for the verbs

        return standing(arguments)
    workspace = Workspace.open(arguments.settings)
    try:
        return _VERBS[arguments.act](workspace, arguments)
    finally:
        workspace.close()


def _one_file(arguments: Arguments, default: str = "") -> str:
    if len(arguments.files) > 1 or not (arguments.files or default):
        what = "a folder" if arguments.act == "sync" else "one file"
        raise UsageError(f"{arguments.act} takes {what}", hint="see `handbook progress --help`")
    return arguments.files[0] if arguments.files else default


def _no_file(arguments: Arguments) -> None:
    if arguments.files:
        raise UsageError(f"{arguments.act} takes no file", hint="see `handbook progress --help`")


def _demand_something(workspace: Workspace) -> None:
    if not has_store(workspace):
        raise NothingFoundError("nothing is kept yet", hint=f"it would lie in {_folder(workspace)}")


def _folder(workspace: Workspace) -> str:
    return str(workspace.places.data)


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


# Out and in


def _export(workspace: Workspace, arguments: Arguments) -> int:
    from handbook.store.files import write_file  # noqa: PLC0415  only this verb
    from handbook.store.transfer import export_events  # noqa: PLC0415

    name = _one_file(arguments, "-")
    _demand_something(workspace)
    lines = [f"{line}\n" for line in export_events(workspace.store)]
    if name == "-":
        output.write("".join(lines))
    else:
        write_file(Path(name), "".join(lines).encode(), replace=arguments.force)
        output.complain(f"{counted(len(lines) - 1, 'event')} written to {name}")
    return 0


def _import(workspace: Workspace, arguments: Arguments) -> int:
    from handbook.store.backup import make_backup  # noqa: PLC0415  only this verb
    from handbook.store.purging import Scope, count_events  # noqa: PLC0415
    from handbook.store.schema import MIGRATIONS  # noqa: PLC0415
    from handbook.store.transfer import count_new, merge  # noqa: PLC0415

    if not arguments.files:
        raise UsageError("import takes the files to take in", hint="- reads stdin")
    # All are read before any is taken in.
    batches = [_read(name, salvage=arguments.salvage) for name in arguments.files]
    store = workspace.store
    demand_store(workspace)
    if count_new(store, batches) and count_events(store, Scope(is_all=True)):
        now = store.clock.now_ms()
        backup = make_backup(store.connection, store.path, len(MIGRATIONS), now)
        output.complain(f"as it was before: {backup}")
    for name, done in zip(arguments.files, merge(store, *batches), strict=True):
        for fault in done.faults[:20]:
            output.complain(f"passed over: {fault}")
        output.complain(f"{'stdin' if name == '-' else name}: {_said(done)}")
    return 0


def _read(name: str, *, salvage: bool) -> Batch:
    from handbook.store.transfer import lines_of, lines_of_stream, read_lines  # noqa: PLC0415

    if name != "-":
        return read_lines(lines_of(Path(name)), name, salvage=salvage)
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("- reads an export from stdin", hint="`... import - < progress.jsonl`")
    return read_lines(lines_of_stream(sys.stdin.buffer), "stdin", salvage=salvage)


def _said(done: Imported) -> str:
    parts = [counted(done.new, "new event"), f"{done.known:,} known"]
    parts += [f"{done.purged:,} purged here before, left out"] if done.purged else []
    parts += [f"{counted(done.refused, 'fault')} passed over"] if done.refused else []
    return ", ".join(parts)


def _sync(workspace: Workspace, arguments: Arguments) -> int:
    from handbook.store.syncing import sync  # noqa: PLC0415  only this verb

    folder = Path(_one_file(arguments))
    demand_store(workspace)
    done = sync(workspace.store, folder)
    for fault in done.faults:
        output.complain(f"left alone: {fault}")
    files = counted(done.files, "file of others", "files of others")
    output.complain(f"{_said(done.imported)}, from {files}")
    output.complain(f"{counted(done.written, 'event')} written to {done.path}")
    return 1 if done.faults else 0


# Mending and purging


def _redate(workspace: Workspace, arguments: Arguments) -> int:
    from handbook.store.redating import find_stretches, redate  # noqa: PLC0415  only this verb

    _no_file(arguments)
    _demand_something(workspace)
    demand_store(workspace)
    stretches = (redate if arguments.yes else find_stretches)(workspace.store)
    if not stretches:
        output.complain("nothing lies in the future")
        return 0
    for stretch in stretches:
        output.complain(_moved(stretch))
    if not arguments.yes:
        output.complain("nothing was changed; if the clock is right now, add --yes")
        return 1
    return 0


def _moved(stretch: Stretch) -> str:
    count = counted(stretch.events, "event")
    said, right = _moment(stretch.said_ms), _moment(stretch.right_ms)
    return f"{count}: the last one, said to be of {said}, is put at {right}"


def _moment(at_ms: int) -> str:
    local = time.localtime(at_ms / 1000)
    return f"{time.strftime('%H:%M on', local)} {local.tm_mday} {time.strftime('%B %Y', local)}"


def _purge(workspace: Workspace, arguments: Arguments) -> int:
    from handbook.store.purging import count_events, purge  # noqa: PLC0415  only this verb

    _no_file(arguments)
    chosen = [bool(arguments.topic), bool(arguments.item), arguments.everything]
    if sum(chosen) != 1:
        raise UsageError("purge takes one of --topic, --item and --all")
    _demand_something(workspace)
    demand_store(workspace)
    scope, about = _scope(workspace, arguments)
    count = count_events(workspace.store, scope)
    if not count:
        raise NothingFoundError(f"nothing is kept about {about}")
    if not arguments.yes:
        output.complain(f"{counted(count, 'event')} about {about} would go for good")
        output.complain("nothing was changed; add --yes to purge")
        return 1
    _tell_purged(workspace, purge(workspace.store, scope), about)
    return 0


def _scope(workspace: Workspace, arguments: Arguments) -> tuple[Scope, str]:
    from handbook.store.purging import Scope  # noqa: PLC0415  only this verb

    if arguments.everything:
        return Scope(is_all=True), "everything"
    if arguments.item:
        return Scope(arguments.item), ", ".join(arguments.item)
    topic = arguments.topic.casefold()
    questions = workspace.library.questions()
    items = tuple(each.id for each in questions if each.topic == topic)
    if not items:
        topics = list(dict.fromkeys(each.topic for each in questions))
        hint = nearest_or_all(topic, topics)
        raise NothingFoundError(f"no question has the topic {arguments.topic!r}", hint=hint)
    return Scope(items), f"the topic {topic}"


def _tell_purged(workspace: Workspace, done: Purged, about: str) -> None:
    from handbook.store.copies import find_backups  # noqa: PLC0415  only this verb

    output.complain(f"gone from the log: {counted(done.events, 'event')} about {about}")
    output.complain(f"a copy that still has them: {done.backup}")
    older = len(find_backups(workspace.store.path)) - 1
    if older > 0:
        output.complain(
            f"{counted(older, 'older copy', 'older copies')} beside it may have them too"
        )
    if not done.is_wiped:
        output.complain(
            "another handbook has the file open: until it is closed, the journal may hold old pages"
        )


_VERBS: dict[str, Callable[[Workspace, Arguments], int]] = {
    "export": _export,
    "import": _import,
    "sync": _sync,
    "redate": _redate,
    "purge": _purge,
}
