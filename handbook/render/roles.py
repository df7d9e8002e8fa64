"""Roles as text in columns: the map's data as a table, and roles side by side."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from handbook.render.cells import cells
from handbook.render.gauge import gauge
from handbook.render.line import EMPTY, Line, Run
from handbook.render.options import Options
from handbook.render.table import cells_rows, labelled_rows
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model import Role

Row: TypeAlias = "tuple[Run, ...]"
Cell: TypeAlias = "list[Run]"

_SKILLS = (
    ("ML knowledge", "ml"),
    ("Software skill", "software"),
    ("Communication", "communication"),
)
_ONE_BELOW = 60
_MOST_ROLES = 3
_FAR_APART = 3
"""Points from which on a skill tells two roles apart: the charts differ by one among themselves."""

_MISSING = "not said"


def role_table_lines(
    roles: Sequence[Role], width: int, options: Options | None = None, chart: str = ""
) -> tuple[Line, ...]:
    """Return what the map shows as a table; `chart` is the year of an earlier chart."""
    options = options or Options()
    header = [[Run(name, "table.header")] for name in ("Role", *(name for name, _ in _SKILLS))]
    body = []
    for role in roles:
        skills = role.skills_on(chart)
        values = [None if skills is None else getattr(skills, name) for _, name in _SKILLS]
        title = [Run(f"{role.letter} ", "map.role"), Run(role.title)]
        body.append([title, *(gauge(value, options) for value in values)])
    rows = cells_rows(header, body, ["left"] * len(header), width, options)
    return tuple(Line(row) for row in rows)


class _Fact(NamedTuple):
    """A row of the comparison: its name, and what it says of each role."""

    name: str
    cells: list[Cell]
    differs: bool
    is_far_apart: bool = False


def compare_lines(
    roles: Sequence[Role],
    width: int,
    options: Options | None = None,
    *,
    only_differences: bool = False,
) -> tuple[Line, ...]:
    """Return up to three roles side by side, below 60 cells one after the other.

    The `block` of a line is the number of the compared row it shows, -1 in the head. The sign ≠
    marks skills that are far apart; `only_differences` leaves out what is the same for all.
    """
    options = options or Options()
    roles = roles[:_MOST_ROLES]
    if not roles:
        return ()
    facts = [fact for fact in _facts(roles, options) if fact.differs or not only_differences]
    if width < _ONE_BELOW or options.spoken:
        return _one_by_one(roles, facts, width)
    return _side_by_side(roles, facts, width, options)


def _facts(roles: Sequence[Role], options: Options) -> list[_Fact]:
    facts = []
    for name, skill in _SKILLS:
        values = [getattr(role.skills, skill) for role in roles]
        is_far = max(values) - min(values) >= _FAR_APART
        shown = [gauge(value, options) for value in values]
        facts.append(_Fact(name, shown, len(set(values)) > 1, is_far))
    names = dict.fromkeys(name for role in roles for name, _ in role.facts)
    for name in names:
        texts = [dict(role.facts).get(name, "") for role in roles]
        shown = [[Run(text) if text else Run(_MISSING, "muted")] for text in texts]
        facts.append(_Fact(name, shown, len(set(texts)) > 1))
    return facts


def _title(role: Role) -> Cell:
    return [Run(f"{role.letter} ", "map.role"), Run(role.title, "table.header")]


def _one_by_one(roles: Sequence[Role], facts: list[_Fact], width: int) -> tuple[Line, ...]:
    lines: list[Line] = []
    for index, role in enumerate(roles):
        lines.extend([EMPTY] * (index > 0))
        lines.extend(Line(row) for row in wrap_runs(_title(role), width))
        for number, fact in enumerate(facts):
            rows = labelled_rows([Run(fact.name, "muted")], fact.cells[index], width)
            lines.extend(Line(row, number) for row in rows)
    return tuple(lines)


def _side_by_side(
    roles: Sequence[Role], facts: list[_Fact], width: int, options: Options
) -> tuple[Line, ...]:
    vertical, horizontal, cross = (options.signs.grid[index] for index in (0, 1, 6))
    names = min(max((cells(fact.name) for fact in facts), default=0), width // 4)
    mark = 2 if len(roles) > 1 else 0
    room, spare = divmod(width - names - 3 * len(roles) - mark, len(roles))
    sizes = [names, *(room + (index < spare) for index in range(len(roles)))]
    bar = Run(f" {vertical} ", "table.rule")
    rows = [(row, -1) for row in _columns([[], *map(_title, roles)], sizes, bar)]
    rule = cross.join(
        horizontal * (size + 2 - (index in {0, len(sizes) - 1})) for index, size in enumerate(sizes)
    )
    rows.append(((Run(rule, "table.rule"),), -1))
    for number, fact in enumerate(facts):
        first, *rest = _columns([[Run(fact.name, "muted")], *fact.cells], sizes, bar)
        if fact.is_far_apart:
            gap = width - 1 - sum(cells(run.text) for run in first)
            first = (*first, Run(" " * gap), Run(options.signs.unequal, "strong"))
        rows.extend((row, number) for row in (first, *rest))
    return tuple(Line(row, number) for row, number in rows)


def _columns(line: list[Cell], sizes: list[int], bar: Run) -> list[Row]:
    """Wrap cells in their columns; return the rows without spaces at their ends."""
    wrapped = [wrap_runs(cell, size) for cell, size in zip(line, sizes, strict=True)]
    rows = []
    for pieces in zip_longest(*wrapped, fillvalue=()):
        runs: list[Run] = []
        for index, (piece, size) in enumerate(zip(pieces, sizes, strict=True)):
            gap = size - sum(cells(run.text) for run in piece)
            is_last = index == len(sizes) - 1
            runs.extend(piece)
            if not is_last:
                runs.extend((Run(" " * gap), bar) if gap else (bar,))
        if runs[-1] == bar:
            runs[-1] = Run(bar.text.rstrip(), bar.style)
        rows.append(tuple(runs))
    return rows
