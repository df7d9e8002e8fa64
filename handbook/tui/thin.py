"""Thin output: only the cells of a frame that changed are written, with cursor moves between them.

Textual writes whole lines of every widget that asks to be drawn, and many frames twice; over SSH
that is 10 kB for one line of scrolling. Here the last frame is kept and each new one compared with
it, cell by cell. What a terminal shows is the same as with Textual's own output.
"""

from __future__ import annotations

from collections import Counter
from itertools import repeat
from operator import ne
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rich.cells import cell_len, get_character_cell_size, split_graphemes
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate

from handbook.tui.pen import PLAIN, Cell, Look, Pen
from handbook.tui.pieces import PiecesUpdate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.style import Style
    from textual.strip import Strip

LEAST_MOVED = 4
"""Rows that must have moved together before it is worth to let the terminal move them."""

MOST_KNOWN = 400
"""Strips whose cells are kept: some screens full."""

NEAR = 4
"""Unchanged cells that are cheaper to write again than to jump over."""

ATTRIBUTES = (
    ("bold", "1"),
    ("dim", "2"),
    ("italic", "3"),
    ("underline", "4"),
    ("blink", "5"),
    ("reverse", "7"),
    ("strike", "9"),
    ("underline2", "21"),
    ("overline", "53"),
)

Update: TypeAlias = LayoutUpdate | ChopsUpdate | PiecesUpdate

UNKNOWN: Cell = ("", PLAIN)
"""What nobody has drawn yet; it is equal to no cell that is drawn."""


class Piece(NamedTuple):
    """Cells of a row, from a column on."""

    y: int
    x: int
    cells: list[Cell]


class Frame:
    """The cells that the terminal shows now."""

    def __init__(self) -> None:
        """Know nothing: the first update is written whole."""
        self._rows: list[list[Cell]] = []
        self._looks: dict[tuple[object, ...], Glyphs] = {}
        self._known: dict[int, tuple[Strip, list[Cell]]] = {}

    def forget(self) -> None:
        """Write everything anew: the terminal was resized, or somebody else drew on it."""
        self._rows.clear()

    def thinned(self, update: Update, console: Console) -> ThinUpdate:
        """Return an update that writes what differs from this frame; it must be written."""
        return ThinUpdate(self.draw(update, console))

    def draw(self, update: Update, console: Console) -> str:
        """Return what brings the terminal from this frame to the update, and make it this frame."""
        system = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001  as Textual does
        pen = Pen()
        drawn = [Piece(y, x, self._cells(strip, system)) for y, x, strip in pieces(update)]
        for piece in self._scrolled(drawn, pen):
            self._draw_piece(*piece, pen)
        return pen.finish()

    def _scrolled(self, drawn: list[Piece], pen: Pen) -> list[Piece]:
        """Let the terminal itself move rows if that spares half of the cells; return the rest."""
        step, top, bottom = shift_of(drawn, self._rows)
        if not step:
            return drawn
        before = self._rows[top:bottom]
        wanted = [list(row) for row in before]
        for y, x, cells in drawn:
            if top <= y < bottom:
                wanted[y - top][x : x + len(cells)] = cells
        blank: list[list[Cell]] = [[UNKNOWN] * len(before[0]) for _ in range(abs(step))]
        after = [*before[step:], *blank] if step > 0 else [*blank, *before[:step]]
        if any(UNKNOWN in row for row in wanted):
            return drawn
        if 2 * difference(after, wanted) > difference(before, wanted):
            return drawn
        pen.scroll(top, bottom, step)
        self._rows[top:bottom] = [list(row) for row in after]
        outside = [piece for piece in drawn if not top <= piece.y < bottom]
        return [Piece(y, 0, row) for y, row in enumerate(wanted, top)] + outside

    def _draw_piece(self, y: int, x: int, new: list[Cell], pen: Pen) -> None:
        while len(self._rows) <= y:
            self._rows.append([])
        row = self._rows[y]
        end = x + len(new)
        row += [UNKNOWN] * (end - len(row))
        old = row[x:end]
        if old == new:
            return
        for start, stop in changed(old, new):
            pen.write(y, x + start, new[start:stop])
        row[x:end] = new
        # Half of a wide character that was drawn over is gone as a whole.
        if old[0] is None:
            row[x - 1] = UNKNOWN
        if end < len(row) and row[end] is None:
            row[end] = UNKNOWN

    def _cells(self, strip: Strip, system: ColorSystem) -> list[Cell]:
        """Return the cells of a strip; of one that was drawn lately they are known."""
        known = self._known.get(id(strip))
        if known is not None and known[0] is strip:
            return known[1]
        cells: list[Cell] = []
        for text, style, control in strip:
            if control:
                continue
            glyphs = self._glyphs(style, system)
            if text.isascii() or is_narrow(text):
                cells += map(glyphs.__getitem__, text)
            else:
                cells += (cell and glyphs[cell[0]] for cell in wide_cells(text, glyphs.look))
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[id(strip)] = (strip, cells)
        return cells

    def _glyphs(self, style: Style | None, system: ColorSystem) -> Glyphs:
        # Two styles that look the same need not be equal: they may carry where a line stands.
        key = (system,) if style is None else (system, *look_key(style))
        glyphs = self._looks.get(key)
        if glyphs is None:
            look = PLAIN if style is None else look_of(style, system)
            glyphs = self._looks[key] = Glyphs(look)
        return glyphs


class Glyphs(dict[str, Cell]):
    """The cells of one look by their characters: the same cell is always the same object."""

    def __init__(self, look: Look) -> None:
        """Begin with none."""
        super().__init__()
        self.look = look

    def __missing__(self, text: str) -> Cell:
        """Make the cell of a character at its first use."""
        cell = self[text] = (text, self.look)
        return cell


class ThinUpdate(CompositorUpdate):
    """An update of the screen whose codes are known."""

    def __init__(self, codes: str) -> None:
        """Take up the codes."""
        self._codes = codes

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to write."""
        return not self._codes

    def render_segments(self, console: Console) -> str:  # noqa: ARG002
        """Return the codes to write."""
        return self._codes


def pieces(update: Update) -> Iterator[tuple[int, int, Strip]]:
    """Yield row, column and content of everything that an update draws, as Textual would."""
    if isinstance(update, PiecesUpdate):
        yield from update.pieces
        return
    if isinstance(update, LayoutUpdate):
        for y, strips in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in strips:
                yield y, x, strip
                x += strip.cell_length
        return
    for y, x1, x2 in update.spans:
        for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if chop is None or x > x2 or end <= x1:
                continue
            is_whole = x1 <= x < x2 and end <= x2
            yield y, x, chop if is_whole else chop.crop(0, min(end, x2) - x)


def changed(old: list[Cell], new: list[Cell]) -> Iterator[tuple[int, int]]:
    """Yield where cells differ, as ranges of whole characters, near ones as one."""
    start = stop = -1
    for at, differs in enumerate(map(ne, old, new)):
        if not differs:
            continue
        if start >= 0 and at - stop <= NEAR:
            stop = at + 1
            continue
        if start >= 0:
            yield whole(new, start, stop)
        start, stop = at, at + 1
    if start >= 0:
        yield whole(new, start, stop)


def whole(cells: list[Cell], start: int, stop: int) -> tuple[int, int]:
    """Return a range widened to the characters that it cuts."""
    while start > 0 and cells[start] is None:
        start -= 1
    while stop < len(cells) and cells[stop] is None:
        stop += 1
    return start, stop


def shift_of(drawn: list[Piece], rows: list[list[Cell]]) -> tuple[int, int, int]:
    """Return by how many rows the lines of a pane have moved up, and which rows those are.

    The step is 0 if they have not. What looks the same in many rows, such as empty lines, is no
    witness.
    """
    (x, width), _ = Counter((p.x, len(p.cells)) for p in drawn).most_common(1)[0]
    same = [p for p in drawn if (p.x, len(p.cells)) == (x, width) and p.y < len(rows)]
    was = {names(rows[piece.y][x : x + width]): piece.y for piece in same}
    now = [(piece.y, names(piece.cells)) for piece in same]
    moves = {y: was.get(named, y) - y for y, named in now if len(set(named)) > 4}
    steps = Counter(step for step in moves.values() if step)
    step, count = steps.most_common(1)[0] if steps else (0, 0)
    if count < LEAST_MOVED:
        return 0, 0, 0
    here = [y for y, each in moves.items() if each == step]
    return step, min(here) + min(step, 0), max(here) + 1 + max(step, 0)


def names(cells: list[Cell]) -> tuple[int, ...]:
    """Return what tells rows apart as fast as can be: the same cell is always the same object."""
    return tuple(map(id, cells))


def difference(some: list[list[Cell]], others: list[list[Cell]]) -> int:
    """Return how many cells differ."""
    return sum(sum(map(ne, one, other)) for one, other in zip(some, others, strict=True))


def is_narrow(text: str) -> bool:
    """Tell whether every character takes one cell."""
    return cell_len(text) == len(text) and all(map(_takes_one, text))


def _takes_one(character: str) -> bool:
    return get_character_cell_size(character) == 1


def wide_cells(text: str, look: Look) -> Iterator[Cell]:
    """Yield the cells of a text with wide or combined characters."""
    spans, _ = split_graphemes(text)
    for start, end, width in spans:
        yield text[start:end], look
        yield from repeat(None, width - 1)


def look_key(style: Style) -> tuple[object, ...]:
    """Return what the look of a style depends on."""
    return (
        style._color,  # noqa: SLF001  its properties cost more than all the rest
        style._bgcolor,  # noqa: SLF001
        style._attributes & style._set_attributes,  # noqa: SLF001
        style._link,  # noqa: SLF001
    )


def look_of(style: Style, system: ColorSystem) -> Look:
    """Return the codes of a style in so many colours."""
    attributes = frozenset(code for name, code in ATTRIBUTES if getattr(style, name))
    colour, ground = style.color, style.bgcolor
    return Look(
        attributes,
        ";".join(colour.downgrade(system).get_ansi_codes()) if colour else "39",
        ";".join(ground.downgrade(system).get_ansi_codes(foreground=False)) if ground else "49",
        f"id={style.link_id};{style.link}" if style.link else "",
    )
