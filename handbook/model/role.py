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
