"""Whole numbers, as people and variables write them."""

from __future__ import annotations


def find_number(word: str) -> int | None:
    """Return the number that one to nine ASCII digits write, None for any other word."""
    # "²" is a digit to `str.isdigit`, and `int` refuses more than 4,300 of them.
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None
