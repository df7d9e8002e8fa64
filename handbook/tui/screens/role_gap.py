"""The gap from the reader to a role, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import gap

if TYPE_CHECKING:
    from handbook.model import Skills

SKILLS = (("software", "Software"), ("ml", "ML"), ("communication", "Talking"))
"""The skills by their names in the model, with the words of the map."""


def gap_words(you: Skills, role: Skills) -> list[str]:
    """Return the gap in words, `ML +3`, skill by skill."""
    missing = gap(you, role)
    words = []
    for name, label in SKILLS:
        value = float(getattr(missing, name))
        words.append(f"{label} +{value:g}" if value > 0 else f"{label} ok")
    return words
