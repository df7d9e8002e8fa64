"""Terms of the glossary and sources of claims."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry; `aliases` are other spellings under which the text may use it."""

    id: str
    title: str
    text: str
    group: str = ""
    aliases: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    page: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """What a claim rests on; `id` is the key that pages cite, `text` says what it is good for."""

    id: str
    title: str
    text: str = ""
    url: str = ""
    page: str = ""
    line: int = 0
