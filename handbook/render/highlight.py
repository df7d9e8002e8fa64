"""The colours of a listing: pygments' tokens as the few style names that themes know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
from pygments.token import (  # type: ignore[import-untyped]
    Comment,
    Keyword,
    Number,
    String,
    Token,
)
from pygments.util import ClassNotFound  # type: ignore[import-untyped]

from handbook.render.line import Run

if TYPE_CHECKING:
    from pygments.lexer import Lexer  # type: ignore[import-untyped]
    from pygments.token import _TokenType

_LONGEST = 20_000
"""Characters of the longest listing that is coloured: pygments reads about 1 MB a second."""

_PLAIN = frozenset({"text", "txt", "plain", "console", "output", "none"})
_STYLES = (
    (Comment, "code.comment"),
    (String, "code.string"),
    (Number, "code.number"),
    (Keyword, "code.keyword"),
    (Token.Operator.Word, "code.keyword"),
    (Token.Name.Tag, "code.keyword"),
)
_lexers: dict[str, Lexer | None] = {}
_styles: dict[_TokenType, str] = {}


def find_coloured(text: str, language: str) -> list[list[Run]] | None:
    """Return the lines of a listing as coloured runs, or None if the language is not known."""
    name = language.lower()
    if name in _PLAIN or len(text) > _LONGEST:
        return None
    if name not in _lexers:
        _lexers[name] = _find_lexer(name)
    lexer = _lexers[name]
    if lexer is None:
        return None
    lines: list[list[Run]] = [[]]
    for kind, value in lexer.get_tokens(text):
        style = _styles.get(kind) or _styles.setdefault(kind, _style(kind))
        for index, piece in enumerate(value.split("\n")):
            if index:
                lines.append([])
            if piece:
                lines[-1].append(Run(piece, style))
    wanted = text.split("\n")
    if ["".join(run.text for run in line) for line in lines[: len(wanted)]] != wanted:
        return None  # a lexer that changes the text must not be believed
    return lines[: len(wanted)]


def _find_lexer(name: str) -> Lexer | None:
    try:
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _style(kind: _TokenType) -> str:
    return next((style for parent, style in _STYLES if kind in parent), "code.block")
