"""Drawing the roles on a map: ML knowledge to the right, software engineering skill upwards.

How well a role has to communicate is the size of its mark, one to four cells with its letter among
them. Marks never cover each other, nor do labels: a mark gives way to the nearest free place, a
label that finds no room is left out (the letter stays).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.model import RoleMap
from handbook.render.canvas import Canvas
from handbook.render.cells import cells, cut
from handbook.render.options import Options
from handbook.render.wrap import breaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model import Role, Skills
    from handbook.render.line import Line

_SIZES = (4.5, 6.5, 8.5)
"""From these communication skills on a mark has 2, 3 and 4 cells."""

_SMALL = 44
"""On narrower maps marks have at most two cells, and only the selected role has a label."""


class RoleMapPicture(NamedTuple):
    """A drawn map: its lines, the (row, column) of each role's letter, and that of the reader."""

    lines: tuple[Line, ...]
    places: dict[str, tuple[int, int]]
    you: tuple[int, int] | None = None


class _Plot(NamedTuple):
    """The part of the canvas between the axes."""

    left: int
    top: int
    width: int
    height: int

    def place(self, software: float, ml: float) -> tuple[int, int]:
        """Return the (row, column) for skills from 0 to 10."""
        right, up = (min(10.0, max(0.0, skill)) / 10 for skill in (ml, software))
        return (
            self.top + round((1 - up) * (self.height - 1)),
            self.left + round(right * (self.width - 1)),
        )


def role_map_lines(  # noqa: PLR0913 - what to draw, how large, and what to point out
    roles: Sequence[Role],
    role_map: RoleMap | None,
    width: int,
    height: int,
    *,
    chart: str = "",
    you: Skills | None = None,
    selected: str | None = None,
    newer: bool = False,
    options: Options | None = None,
) -> RoleMapPicture:
    """Draw roles on a map of exactly `height` lines, from 20 cells by 8 lines on.

    `chart` is the year of an earlier chart ("" the handbook's own), `selected` a role's id, `newer`
    adds the roles that came after the lecture. Roles that are not on the chart are left out.
    """
    options = options or Options()
    words = role_map or RoleMap("ML knowledge", "software engineering skill", ("", "", "", ""))
    canvas = Canvas(max(width, 8), max(height, 4))
    plot = _Plot(1, 1, canvas.width - 1, canvas.height - 2)
    _draw_axes(canvas, plot, words, options)
    shown = [
        (role, skills)
        for role in roles
        if (newer or role.group != "newer") and (skills := role.skills_on(chart)) is not None
    ]
    shown.sort(key=lambda pair: pair[0].id != selected)  # the selected one keeps its place
    marks = [_mark(role, skills, canvas.width, selected, options) for role, skills in shown]
    spots = [
        _find_spot(canvas, plot, skills, mark, _style(role, selected))
        for (role, skills), mark in zip(shown, marks, strict=True)
    ]
    your_spot = None
    if you is not None:
        sign = "<>" if options.ascii else "◆"
        your_spot = _find_spot(canvas, plot, you, (sign, 0), "map.you")
        if your_spot is not None:
            _add_label(canvas, plot, your_spot, (sign, 0), "you", "map.you")
    _draw_corners(canvas, plot, words.corners)
    regions = [role for role, _ in shown if role.region and not chart and width >= _SMALL]
    named = {role.id for role in regions if _named_region(canvas, plot, role)}
    places = {}
    for (role, _), mark, spot in zip(shown, marks, spots, strict=True):
        if spot is None:
            continue
        places[role.id] = spot
        if role.id not in named and (canvas.width >= _SMALL or role.id == selected):
            style = "focus" if role.id == selected else "text"
            _add_label(canvas, plot, spot, mark, role.title, style)
    for role in regions:
        _draw_region(canvas, plot, role, options)
    return RoleMapPicture(canvas.lines(), places, your_spot)


def _style(role: Role, selected: str | None) -> str:
    if role.id == selected:
        return "cursor"
    return "map.newer" if role.group == "newer" else "map.role"


def _mark(
    role: Role, skills: Skills, width: int, selected: str | None, options: Options
) -> tuple[str, int]:
    """Return a role's mark, and at which of its cells the letter stands."""
    size = 1 + sum(skills.communication >= bound for bound in _SIZES)
    if width < _SMALL:
        size = (size + 1) // 2
    dot = "o" if options.ascii else "●"
    before = (size - 1) // 2
    mark = dot * before + role.letter + dot * (size - 1 - before)
    if role.id != selected:
        return mark, before
    ends = "[]" if options.ascii else "▐▌"
    return ends[0] + mark + ends[1], before + 1


def _draw_axes(canvas: Canvas, plot: _Plot, words: RoleMap, options: Options) -> None:
    vertical, horizontal, corner = (options.signs.grid[index] for index in (0, 1, 8))
    up, right = ("^", ">") if options.ascii else ("▲", "▶")
    dots = options.signs.dots
    axis = "map.axis"
    bottom = plot.top + plot.height
    middle_row, middle_column = plot.place(5, 5)
    for row in range(plot.top, bottom):
        canvas.put(row, 0, vertical, axis)
        canvas.put(row, middle_column, dots[0], axis)
    canvas.put(middle_row, plot.left, dots[1] * plot.width, axis)
    canvas.put(middle_row, middle_column, dots[2], axis)
    ellipsis = options.signs.ellipsis
    canvas.put(0, 0, f"{up} {cut(words.y_label, canvas.width - 2, ellipsis)}", "muted")
    canvas.put(bottom, 0, corner + horizontal * (plot.width - 1) + right, axis)
    label = cut(words.x_label, plot.width - 4, ellipsis)
    canvas.put(bottom, canvas.width - cells(label) - 3, f" {label} {right}", "muted")


def _draw_corners(canvas: Canvas, plot: _Plot, corners: Sequence[str]) -> None:
    """Put the words of the quadrants into the corners, as far as there is room."""
    if canvas.width < _SMALL:
        return
    room = plot.width // 2 - 2
    last = plot.top + plot.height - 1
    sides = ((False, False), (False, True), (True, True), (True, False))
    for text, (is_low, is_right) in zip(corners, sides, strict=False):
        pieces = [text[start:end] for start, end in breaks(text, room)]
        first = last - len(pieces) + 1 if is_low else plot.top
        places = [
            (first + index, canvas.width - cells(piece) - 1 if is_right else plot.left + 1, piece)
            for index, piece in enumerate(pieces)
        ]
        if all(canvas.is_free(row, column, cells(piece)) for row, column, piece in places):
            for row, column, piece in places:
                canvas.put(row, column, piece, "muted", take=True)


def _named_region(canvas: Canvas, plot: _Plot, role: Role) -> bool:
    """Put a role's title on the upper or lower side of its region; whether there was room."""
    if role.region is None:
        return False
    top, left = plot.place(role.region.software_high, role.region.ml_low)
    bottom, right = plot.place(role.region.software_low, role.region.ml_high)
    length = cells(role.title)
    for row in (top, bottom):
        if length + 4 <= right - left and canvas.is_free(row, left + 2, length):
            canvas.put(row, left + 2, role.title, "map.region", take=True)
            return True
    return False


def _draw_region(canvas: Canvas, plot: _Plot, role: Role, options: Options) -> None:
    """Draw a role's region as a dotted frame, every second cell on its level sides."""
    if role.region is None:
        return
    top, left = plot.place(role.region.software_high, role.region.ml_low)
    bottom, right = plot.place(role.region.software_low, role.region.ml_high)
    frame = [(row, column) for column in range(left, right + 1, 2) for row in (top, bottom)]
    frame += [(row, column) for row in range(top + 1, bottom) for column in (left, right)]
    for row, column in frame:
        if canvas.is_free(row, column, 1):
            canvas.put(row, column, "." if options.ascii else "·", "map.region")


def _find_spot(
    canvas: Canvas, plot: _Plot, skills: Skills, mark: tuple[str, int], style: str
) -> tuple[int, int] | None:
    """Put a mark at its place or the nearest free one; return where its letter stands."""
    text, letter_at = mark
    width = cells(text)
    row, column = plot.place(skills.software, skills.ml)
    start = min(max(column - letter_at, plot.left), canvas.width - width)
    for try_row, try_start in _nearest(row, start, canvas):
        is_inside = plot.top <= try_row < plot.top + plot.height
        if is_inside and canvas.is_free(try_row, try_start, width, first=plot.left):
            canvas.put(try_row, try_start, text, style, take=True)
            return try_row, try_start + letter_at
    return None


def _nearest(row: int, column: int, canvas: Canvas) -> Iterator[tuple[int, int]]:
    """Yield places around a place, the nearest first; a row is as high as two cells are wide."""
    for distance in range(canvas.width + 2 * canvas.height):
        for down in range(distance // 2 + 1):
            right = distance - 2 * down
            yield from dict.fromkeys(
                (row + down * sign, column + right * side) for sign in (-1, 1) for side in (-1, 1)
            )


def _add_label(
    canvas: Canvas,
    plot: _Plot,
    spot: tuple[int, int],
    mark: tuple[str, int],
    title: str,
    style: str,
) -> None:
    """Put a label beside, above or below a mark, wherever it fits first."""
    row, column = spot[0], spot[1] - mark[1]
    width, label = cells(mark[0]), cells(title)
    right, left, middle = column + width, column - label, column - (label - width) // 2
    for is_left, start in ((False, right), (True, left - 1)):
        # The space between mark and label is kept out of the question: the mark has taken it.
        first = start if is_left else start + 2
        if canvas.is_free(row, first, label - 1, first=plot.left):
            canvas.put(row, start, f"{title} " if is_left else f" {title}", style)
            canvas.put(row, start + (not is_left), title, style, take=True)
            return
    for try_row in (row - 1, row + 1):
        for start in (middle, column, right - label):
            is_inside = plot.top <= try_row < plot.top + plot.height
            if is_inside and canvas.is_free(try_row, start, label, first=plot.left):
                canvas.put(try_row, start, title, style, take=True)
                return
