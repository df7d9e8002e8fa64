"""Roles, and the map they stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Skills(NamedTuple):
    """Software engineering, machine learning and communication, each from 0 to 10."""

    software: float
    ml: float
    communication: float


class Region(NamedTuple):
    """The part of the map that a role without one meaning covers, each bound from 0 to 10."""

    software_low: float
    software_high: float
    ml_low: float
    ml_high: float


@dataclass(frozen=True, slots=True)
class Role:
    """A role on a machine learning team.

    `skills` is where the handbook draws it; `charts` holds what earlier charts show, as pairs of a
    year and the skills read off that chart. `facts` are pairs of a row name ("Work product") and
    one line, in the order in which the compare screen shows them. `group` is "lecture" for the
    lecture's own roles, "later" for later additions of the course, "newer" for roles since then.
    """

    id: str
    title: str
    letter: str
    page: str
    skills: Skills
    region: Region | None = None
    charts: tuple[tuple[str, Skills], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    also_called: tuple[str, ...] = ()
    group: Literal["lecture", "later", "newer"] = "lecture"
    line: int = 0

    def skills_on(self, chart: str) -> Skills | None:
        """Return the skills on a year's chart ("": the handbook's own), None if not drawn."""
        return self.skills if not chart else dict(self.charts).get(chart)


@dataclass(frozen=True, slots=True)
class RoleMap:
    """The words around the map: axis labels, the four corners, and the pages that raise a skill.

    `corners` are (software high + ML low, both high, software low + ML high, both low).
    `reading` are pairs of a skill ("software", "ml", "communication") and a path in the book.
    """

    x_label: str
    y_label: str
    corners: tuple[str, str, str, str]
    note: str = ""
    reading: tuple[tuple[str, str], ...] = field(default=())


def find_nearest(roles: tuple[Role, ...], start: Skills, step: tuple[int, int]) -> Role | None:
    """Return the nearest role in a direction on the map, None if nothing lies there.

    `step` is (ML, software): (1, 0) looks right, (0, 1) up. Sideways distance counts twice, and a
    role that lies more to the side than ahead by over three times is not in that direction.
    """
    found: tuple[float, Role] | None = None
    for role in roles:
        right, up = role.skills.ml - start.ml, role.skills.software - start.software
        ahead = right * step[0] + up * step[1]
        aside = abs(right * step[1]) + abs(up * step[0])
        if ahead <= 0 or aside > 3 * ahead:
            continue
        cost = ahead + 2 * aside
        if found is None or cost < found[0]:
            found = (cost, role)
    return found[1] if found else None


def gap(you: Skills, role: Skills) -> Skills:
    """Return what is missing for a role, skill by skill; negative where there is more."""
    return Skills(
        round(role.software - you.software, 1),
        round(role.ml - you.ml, 1),
        round(role.communication - you.communication, 1),
    )
