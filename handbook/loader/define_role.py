"""Roles and the role map, out of the front matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

from handbook.loader.anchors import slug_of
from handbook.loader.fields import Fields, find_level, find_text
from handbook.loader.links import resolve
from handbook.model.role import Region, Role, RoleMap, Skills

if TYPE_CHECKING:
    from handbook.loader.codes import Problems
    from handbook.model.book import PageInfo

LONGEST_FACT = 100
"""What a line of the compare screen can hold, in characters, with some room."""

_ROLE_KEYS = (
    "id",
    "letter",
    "group",
    "skills",
    "region",
    "charts",
    "also_called",
    "facts",
)
_SKILLS = ("software", "ml", "communication")
_GROUPS = ("lecture", "later", "newer")
_MAP_KEYS = ("x", "y", "corners", "note", "reading")
_CORNERS = ("software", "both", "ml", "neither")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_YEAR = re.compile(r"\d{4}")


def read_role(value: object, info: PageInfo, problems: Problems) -> Role | None:
    """Return the role of a page, None if it cannot be drawn; problems name what is wrong."""
    fields = Fields(value, "role", problems)
    if not isinstance(value, dict):
        return None
    fields.check_keys(_ROLE_KEYS)
    skills = _skills(fields, "skills")
    if skills is None:
        return None
    region = _region(fields.inner("region")) if fields.has("region") else None
    return Role(
        id=_role_id(fields, info),
        title=info.title,
        letter=_letter(fields, info.title),
        page=info.id,
        skills=skills,
        region=region,
        charts=_charts(fields),
        facts=_facts(fields),
        also_called=fields.texts("also_called"),
        group=cast('Literal["lecture", "later", "newer"]', fields.choice("group", _GROUPS)),
        line=1,
    )


def _role_id(fields: Fields, info: PageInfo) -> str:
    role_id = fields.text("id", is_needed=True)
    if _ID.fullmatch(role_id):
        return role_id
    if role_id:
        fields.wrong("id", f'"{role_id}" is no id', "small letters, digits and single hyphens")
    return slug_of(role_id or info.title)


def _letter(fields: Fields, title: str) -> str:
    letter = fields.text("letter", is_needed=True)
    if len(letter) == 1 and letter.isalpha() and letter.isupper():
        return letter
    if letter:
        fields.wrong("letter", f'"{letter}" is not one upper-case letter')
    return next((sign for sign in title.upper() if sign.isalpha()), "?")


def _skills(fields: Fields, key: str) -> Skills | None:
    if not fields.has(key):
        fields.missing(key, "skills: {software: 7, ml: 7, communication: 4}")
        return None
    inner = fields.inner(key)
    if not isinstance(fields.get(key), dict):
        return None
    inner.check_keys(_SKILLS)
    software, ml, communication = (inner.level(skill) for skill in _SKILLS)
    if software is None or ml is None or communication is None:
        return None
    return Skills(software, ml, communication)


def _region(fields: Fields) -> Region | None:
    fields.check_keys(_SKILLS[:2])
    bounds = [_bounds(fields, key) for key in _SKILLS[:2]]
    software, ml = bounds
    return Region(*software, *ml) if software and ml else None


def _bounds(fields: Fields, key: str) -> tuple[float, float] | None:
    value = fields.get(key)
    if isinstance(value, list) and len(value) == 2:
        low, high = (find_level(each) for each in value)
        if low is not None and high is not None and low <= high:
            return low, high
    fields.wrong(key, "two numbers from 0 to 10 are expected", f"{key}: [1, 6]")
    return None


def _charts(fields: Fields) -> tuple[tuple[str, Skills], ...]:
    """Return the skills read off earlier charts, by year."""
    if not fields.has("charts"):
        return ()
    inner = fields.inner("charts")
    found: list[tuple[str, Skills]] = []
    for year, value in inner.items():
        if not _YEAR.fullmatch(year):
            inner.wrong(year, "a year is expected", 'charts: {"2021": {...}}')
        elif skills := _skills(Fields({year: value}, inner.name, inner.problems), year):
            found.append((year, skills))
    return tuple(found)


def _facts(fields: Fields) -> tuple[tuple[str, str], ...]:
    if not fields.has("facts"):
        return ()
    inner = fields.inner("facts")
    found: list[tuple[str, str]] = []
    for name, value in inner.items():
        text = find_text(value)
        if not text:
            inner.wrong(name, "one line of text is expected")
            continue
        if len(text) > LONGEST_FACT:
            inner.wrong(name, f"{len(text)} characters", f"at most {LONGEST_FACT} fit a line")
        found.append((name, text))
    return tuple(found)


def read_map(value: object, problems: Problems) -> RoleMap | None:
    """Return the words around the role map; problems name what is wrong."""
    fields = Fields(value, "map", problems)
    if not isinstance(value, dict):
        return None
    fields.check_keys(_MAP_KEYS)
    return RoleMap(
        x_label=fields.text("x", is_needed=True),
        y_label=fields.text("y", is_needed=True),
        corners=_corners(fields),
        note=fields.text("note"),
        reading=_reading(fields),
    )


def _corners(fields: Fields) -> tuple[str, str, str, str]:
    if not fields.has("corners"):
        fields.missing("corners")
        return ("", "", "", "")
    inner = fields.inner("corners")
    inner.check_keys(_CORNERS)
    software, both, ml, neither = (inner.text(key, is_needed=True) for key in _CORNERS)
    return software, both, ml, neither


def _reading(fields: Fields) -> tuple[tuple[str, str], ...]:
    """Return the page that raises each skill, as a path in the book."""
    if not fields.has("reading"):
        return ()
    inner = fields.inner("reading")
    inner.check_keys(_SKILLS)
    found: list[tuple[str, str]] = []
    for skill in _SKILLS:
        if not inner.has(skill):
            continue
        target = resolve(inner.text(skill), "")
        if target.kind == "page" and target.target:
            found.append((skill, target.target))
        else:
            inner.wrong(skill, "a path in the book is expected", "roles/index.md")
    return tuple(found)
