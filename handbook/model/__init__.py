"""The words the handbook is made of: frozen values, standard library only.

Everything that is printed (pages, roles, lists, terms, sources) and everything a reader writes
(ticks, notes, bookmarks, positions) is one of these. Sequences are tuples; nothing here reads a
file, draws a line or knows a screen. A module is loaded when the first of its words is asked for:
making all the dataclasses is a tenth of what importing Textual takes.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.model.answer import Answer, Confidence, Mark, Rating
    from handbook.model.block import (
        Admonition,
        Block,
        Bullets,
        ChartBlock,
        Code,
        Definition,
        Definitions,
        Footnote,
        Footnotes,
        Heading,
        ListItem,
        Paragraph,
        Quote,
        Rule,
        Table,
    )
    from handbook.model.book import Chapter, Handbook, PageInfo, Place
    from handbook.model.card import Card, CardState, Review, Standing
    from handbook.model.chart import Bar, Chart, Series
    from handbook.model.checklist import Checklist, ChecklistItem, Need, Phase
    from handbook.model.event import Entry, Event, Moment, PracticeSession
    from handbook.model.page import Defined, HeadingInfo, Page
    from handbook.model.problem import Problem, Severity
    from handbook.model.question import (
        BugHunt,
        Cloze,
        Criterion,
        Cue,
        CurveReading,
        FollowUp,
        Gap,
        Matching,
        MultipleChoice,
        Numeric,
        Option,
        Ordering,
        Question,
        Recall,
        Recipe,
        Scenario,
        SingleChoice,
        Step,
        Task,
        Tolerance,
    )
    from handbook.model.reader import Bookmark, Note, Position, Tick, Visit
    from handbook.model.role import Region, Role, RoleMap, Skills, find_nearest, gap
    from handbook.model.search import Hit, Passage, Scope
    from handbook.model.sheet import Sheet
    from handbook.model.text import Link, LinkKind, Span, plain
    from handbook.model.vocabulary import Source, Term

__all__ = [
    "Admonition",
    "Answer",
    "Bar",
    "Block",
    "Bookmark",
    "BugHunt",
    "Bullets",
    "Card",
    "CardState",
    "Chapter",
    "Chart",
    "ChartBlock",
    "Checklist",
    "ChecklistItem",
    "Cloze",
    "Code",
    "Confidence",
    "Criterion",
    "Cue",
    "CurveReading",
    "Defined",
    "Definition",
    "Definitions",
    "Entry",
    "Event",
    "FollowUp",
    "Footnote",
    "Footnotes",
    "Gap",
    "Handbook",
    "Heading",
    "HeadingInfo",
    "Hit",
    "Link",
    "LinkKind",
    "ListItem",
    "Mark",
    "Matching",
    "Moment",
    "MultipleChoice",
    "Need",
    "Note",
    "Numeric",
    "Option",
    "Ordering",
    "Page",
    "PageInfo",
    "Paragraph",
    "Passage",
    "Phase",
    "Place",
    "Position",
    "PracticeSession",
    "Problem",
    "Question",
    "Quote",
    "Rating",
    "Recall",
    "Recipe",
    "Region",
    "Review",
    "Role",
    "RoleMap",
    "Rule",
    "Scenario",
    "Scope",
    "Series",
    "Severity",
    "Sheet",
    "SingleChoice",
    "Skills",
    "Source",
    "Span",
    "Standing",
    "Step",
    "Table",
    "Task",
    "Term",
    "Tick",
    "Tolerance",
    "Visit",
    "find_nearest",
    "gap",
    "plain",
]

_WORDS = {
    "answer": "Answer Confidence Mark Rating",
    "block": "Admonition Block Bullets ChartBlock Code Definition Definitions Footnote Footnotes "
    "Heading ListItem Paragraph Quote Rule Table",
    "book": "Chapter Handbook PageInfo Place",
    "card": "Card CardState Review Standing",
    "chart": "Bar Chart Series",
    "checklist": "Checklist ChecklistItem Need Phase",
    "event": "Entry Event Moment PracticeSession",
    "page": "Defined HeadingInfo Page",
    "problem": "Problem Severity",
    "question": (
        "BugHunt Cloze Criterion Cue CurveReading FollowUp Gap Matching MultipleChoice Numeric"
        " Option Ordering Question Recall Recipe Scenario SingleChoice Step Task Tolerance"
    ),
    "reader": "Bookmark Note Position Tick Visit",
    "role": "Region Role RoleMap Skills find_nearest gap",
    "search": "Hit Passage Scope",
    "sheet": "Sheet",
    "text": "Link LinkKind Span plain",
    "vocabulary": "Source Term",
}
_MODULES = {word: module for module, words in _WORDS.items() for word in words.split()}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Return a word from its module, and keep it."""
        module = _MODULES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        word = getattr(import_module(f"{__name__}.{module}"), name)
        globals()[name] = word
        return word
