"""Choosing among names: a short list narrowed by what is typed, typing errors forgiven."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LOWEST = 75.0
"""The rapidfuzz score (0 to 100) below which a name is no longer what was meant."""


def rank_names(query: str, names: Sequence[str]) -> list[int]:
    """Return the indices of the names that fit a query, best first.

    Names that hold every word of the query come first, those that begin with it before others;
    only where none does are typing errors forgiven.
    """
    words = query.casefold().split()
    folded = [name.casefold() for name in names]
    if not words:
        return list(range(len(names)))
    holding = [i for i, name in enumerate(folded) if all(word in name for word in words)]
    if holding:
        start = " ".join(words)
        return sorted(
            holding, key=lambda i: (not folded[i].startswith(start), start not in folded[i])
        )
    from rapidfuzz import fuzz, process  # noqa: PLC0415  17 ms that only a typing error has to pay

    found = process.extract(
        " ".join(words), folded, scorer=fuzz.partial_ratio, score_cutoff=LOWEST, limit=50
    )
    return [index for _, _, index in found]
