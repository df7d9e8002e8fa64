"""`handbook progress` without a verb: where the reader stands, topic by topic.

The keys of its JSON are promised: those of `handbook.cli.records`, and those of `_record`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.kept import has_store
from handbook.cli.paper import paper
from handbook.cli.records import (
    day_record,
    exam_record,
    measured_record,
    plan_check_record,
    topic_record,
)
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from handbook.cli.arguments import Arguments
    from handbook.model.readiness import Progress
    from handbook.practice.readiness import Readiness


def standing(arguments: Arguments) -> int:
    """Print the heat map of topics, the plan, what falls due, and what was done."""
    workspace = Workspace.open(arguments.settings)
    try:
        progress = _progress(workspace)
    finally:
        workspace.close()
    if arguments.json:
        output.write_json(_record(progress))
    else:
        from handbook.render.progress import progress_lines  # noqa: PLC0415  not for --json

        sheet = paper(arguments.settings)
        output.write(sheet.text(progress_lines(progress, sheet.width, sheet.options)))
    return 0


def readiness_of(workspace: Workspace) -> Readiness:
    """Return what is known of the reader; where nothing is kept, looking makes no file."""
    from handbook.practice.desk import BlankDesk  # noqa: PLC0415  not for --help
    from handbook.practice.readiness import Readiness  # noqa: PLC0415

    return Readiness(workspace.desk if has_store(workspace) else BlankDesk(workspace.library))


def _progress(workspace: Workspace) -> Progress:
    ready = readiness_of(workspace)
    checklist = ready.main_list
    return ready.progress(ready.load_of(checklist)() if checklist else None)


def _record(progress: Progress) -> dict[str, object]:
    states = [str(each.state) for each in progress.items]
    return {
        "date": progress.day.isoformat() if progress.day else None,
        "topics": [topic_record(each) for each in progress.topics],
        "checklist": {name: states.count(name) for name in ("open", "done", "ready", "slipping")},
        "items": [
            {"id": each.item, "state": str(each.state), "measured": measured_record(each)}
            for each in progress.items
        ],
        "plan": plan_check_record(progress.check),
        "ahead": list(progress.ahead),
        "days": [day_record(each) for each in progress.days],
        "exams": [exam_record(each) for each in progress.exams],
    }
