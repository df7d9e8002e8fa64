"""`handbook roles`: the 2x2 as text, its figures as a table, and roles side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.cli import output
from handbook.cli.kept import has_store
from handbook.cli.paper import paper
from handbook.errors import NothingFoundError, UsageError, nearest
from handbook.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.cli.arguments import Arguments
    from handbook.model import Role, Skills

LOWEST_MAP = 16
MOST_COMPARED = 3


def roles(arguments: Arguments) -> int:
    """Print the map, the table or the comparison."""
    workspace = Workspace.open(arguments.settings)
    every = workspace.roles()
    if not every:
        if arguments.json:
            output.write_json([])
        raise NothingFoundError("the book describes no roles")
    try:
        if arguments.compare:
            _compare(every, arguments)
        else:
            _show(workspace, _shown(every, arguments), arguments)
    finally:
        workspace.close()
    return 0


def _shown(every: Sequence[Role], arguments: Arguments) -> list[Role]:
    """Return the roles that the map shows."""
    return [
        role
        for role in every
        if (arguments.newer or role.group != "newer") and role.skills_on(arguments.chart)
    ]


def _show(workspace: Workspace, shown: Sequence[Role], arguments: Arguments) -> None:
    if arguments.json:
        output.write_json([_record(role, arguments.chart) for role in shown])
    elif arguments.table or arguments.settings.plain:  # a map cannot be heard
        from handbook.render.roles import role_table_lines  # noqa: PLC0415

        sheet = paper(arguments.settings)
        lines = role_table_lines(shown, sheet.width, sheet.options, arguments.chart)
        output.write(sheet.text(lines))
    else:
        _draw(workspace, shown, arguments)


def _draw(workspace: Workspace, shown: Sequence[Role], arguments: Arguments) -> None:
    from handbook.render.role_map import role_map_lines  # noqa: PLC0415  a way each

    sheet = paper(arguments.settings)
    role_map = workspace.role_map()
    picture = role_map_lines(
        shown,
        role_map,
        sheet.width,
        max(LOWEST_MAP, sheet.width // 3),
        chart=arguments.chart,
        you=workspace.you() if has_store(workspace) else None,
        newer=arguments.newer,
        options=sheet.options,
    )
    output.write(sheet.text(picture.lines))
    if role_map and role_map.note and not arguments.chart:
        output.write(sheet.styled(role_map.note, "muted") + "\n")


def _compare(every: Sequence[Role], arguments: Arguments) -> None:
    chosen = list(dict.fromkeys(find_role(every, word) for word in arguments.compare))
    if not 2 <= len(chosen) <= MOST_COMPARED:
        raise UsageError(
            f"--compare takes two or three roles, not {len(chosen)}",
            hint="for example --compare E R",
        )
    if arguments.json:
        output.write_json([_record(role, arguments.chart) for role in chosen])
        return
    from handbook.render.roles import compare_lines  # noqa: PLC0415  a way each

    sheet = paper(arguments.settings)
    output.write(sheet.text(compare_lines(chosen, sheet.width, sheet.options)))


def find_role(every: Sequence[Role], word: str) -> Role:
    """Return the role with an id, a letter, a title or another name; raise NothingFoundError."""
    wanted = word.strip().casefold()
    for role in every:
        names = (role.id, role.letter, role.title, *role.also_called)
        if wanted in {name.casefold() for name in names}:
            return role
    known = [name.casefold() for role in every for name in (role.id, role.title)]
    hint = nearest(wanted, known) or f"there are: {', '.join(role.id for role in every)}"
    raise NothingFoundError(f"no role is called {word!r}", hint=hint)


def _record(role: Role, chart: str) -> dict[str, object]:
    skills: Skills = role.skills_on(chart) or role.skills
    region = role.region
    return {
        "id": role.id,
        "title": role.title,
        "software": skills.software,
        "ml": skills.ml,
        "communication": skills.communication,
        "region": region
        and {
            "software": [region.software_low, region.software_high],
            "ml": [region.ml_low, region.ml_high],
        },
    }
