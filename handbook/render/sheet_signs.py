"""The signs of a sheet: for what is chosen, and for what turned out right or wrong."""

from __future__ import annotations

from typing import NamedTuple


class SheetSigns(NamedTuple):
    """Each box is three cells wide, all other signs are one."""

    cursor: str
    dot: str
    tick: str
    cross: str
    arrow: str
    out: str

    def box(self, *, is_several: bool, is_chosen: bool) -> str:
        """Return the box of an option before it is judged: square where several may be right."""
        if is_several:
            return "[x]" if is_chosen else "[ ]"
        return f"({self.dot})" if is_chosen else "( )"

    def struck(self, *, is_several: bool, is_chosen: bool) -> str:
        """Return the box of an option that is struck out, also where it is chosen still."""
        if is_chosen:
            return f"{self.out}{'x' if is_several else self.dot}{self.out}"
        return f"[{self.out}]" if is_several else f"({self.out})"

    def judged(self, *, is_right: bool, is_chosen: bool) -> str:
        """Return the box of an option that is judged; what was chosen stands in brackets."""
        if not is_right and not is_chosen:
            return "   "
        sign = self.tick if is_right else self.cross
        return f"[{sign}]" if is_chosen else f" {sign} "

    @property
    def wrong(self) -> str:
        """The box of what was chosen and is wrong."""
        return f"[{self.cross}]"


SHEET_SIGNS = SheetSigns("▌", "●", "✓", "✗", "→", "–")
ASCII_SHEET_SIGNS = SheetSigns(">", "*", "+", "-", "=", "/")
