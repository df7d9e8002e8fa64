"""Chance without a generator: orders and numbers that follow from words, alike on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

try:
    # What `hashlib` has under this name; without `hashlib` the 3 MB of OpenSSL stay out of memory.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Item = TypeVar("_Item")


def rank(*words: str) -> int:
    """Return a number of 64 bits that follows from words, each as likely as any other."""
    said = "\n".join(words).encode()
    return int.from_bytes(blake2b(said, digest_size=8).digest())


def uniform(*words: str) -> float:
    """Return a number from 0 up to, but not including, 1 that follows from words."""
    return (rank(*words) >> 11) / (1 << 53)


def mixed(items: Sequence[_Item], seed: str, text_of: Callable[[_Item], str]) -> list[_Item]:
    """Return items in an order that depends on `seed` and their texts, never the one given.

    Items of which there is only one stay.
    """
    found = sorted(items, key=lambda item: rank(seed, text_of(item)))
    return [*found[1:], found[0]] if found == list(items) and len(found) > 1 else found
