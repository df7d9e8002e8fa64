"""Rules that are parsed once for each theme: what is kept, and that it is Textual's own result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.css.errors import StylesheetError
from textual.css.stylesheet import Stylesheet, StylesheetParseError
from textual.css.tokenizer import TokenError

from handbook.tui.styling import Styles
from tests.tui.driving import opened, sit_down

if TYPE_CHECKING:
    from pathlib import Path

ONE = "Screen { background: $ground; }"
TWO = ".note { color: $ink; }"
DARK = {"ground": "#000000", "ink": "#ffffff"}
LIGHT = {"ground": "#ffffff", "ink": "#000000"}


def said(styles: Stylesheet) -> list[tuple[str, str]]:
    return [(rule.selectors, repr(rule.styles.get_rules())) for rule in styles.rules]


def test_what_was_parsed_stays_when_another_file_comes() -> None:
    styles = Styles(variables=DARK)
    styles.add_source(ONE, ("one", ""))
    styles.reparse()
    first = styles.rules[0]
    styles.add_source(TWO, ("two", ""))
    styles.set_variables(dict(DARK))
    styles.reparse()
    assert styles.rules[0] is first
    assert len(styles.rules) == 2


def test_other_colours_reach_every_rule() -> None:
    styles = Styles(variables=DARK)
    styles.add_source(ONE, ("one", ""))
    styles.reparse()
    styles.set_variables(LIGHT)
    styles.reparse()
    assert "#FFFFFF" in styles.css


def test_a_mistake_leaves_the_rules_as_they_are() -> None:
    styles = Styles(variables=DARK)
    styles.add_source(ONE, ("one", ""))
    styles.reparse()
    before = styles.css
    styles.source[("two", "")] = styles.source["one", ""]._replace(content="Screen { nothing: 1; }")
    with pytest.raises((StylesheetError, StylesheetParseError, TokenError)):
        styles.reparse()
    assert styles.css == before


async def test_the_rules_are_those_that_textual_would_parse_anew(tmp_path: Path) -> None:
    async with opened(sit_down(tmp_path), place="ml-engineer") as desk:
        await desk.press(":", "escape", "s", "escape", "/", "escape")
        for theme in ("light", "ansi", "mono", "dark"):
            desk.app.use_theme(theme)
            await desk.settle()
            await desk.press(":", "escape")
            kept = desk.app.stylesheet
            anew = Stylesheet(variables=desk.app.get_css_variables())
            anew.source = dict(kept.source)
            anew.parse()
            assert isinstance(kept, Styles)
            assert said(kept) == said(anew)
