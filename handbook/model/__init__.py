"""The words the handbook is made of: frozen values, standard library only.

Everything that is printed (pages, roles, lists, terms, sources) and everything a reader writes
(ticks, notes, bookmarks, positions) is one of these. Sequences are tuples; nothing here reads a
file, draws a line or knows a screen.
"""

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
from handbook.model.chart import Bar, Chart, Series
from handbook.model.checklist import Checklist, ChecklistItem, Phase
from handbook.model.page import Defined, HeadingInfo, Page
from handbook.model.problem import Problem, Severity
from handbook.model.reader import Bookmark, Note, Position, Tick, Visit
from handbook.model.role import Region, Role, RoleMap, Skills, find_nearest, gap
from handbook.model.search import Hit, Passage, Scope
from handbook.model.text import Link, LinkKind, Span, plain
from handbook.model.vocabulary import Source, Term

__all__ = [
    "Admonition",
    "Bar",
    "Block",
    "Bookmark",
    "Bullets",
    "Chapter",
    "Chart",
    "ChartBlock",
    "Checklist",
    "ChecklistItem",
    "Code",
    "Defined",
    "Definition",
    "Definitions",
    "Footnote",
    "Footnotes",
    "Handbook",
    "Heading",
    "HeadingInfo",
    "Hit",
    "Link",
    "LinkKind",
    "ListItem",
    "Note",
    "Page",
    "PageInfo",
    "Paragraph",
    "Passage",
    "Phase",
    "Place",
    "Position",
    "Problem",
    "Quote",
    "Region",
    "Role",
    "RoleMap",
    "Rule",
    "Scope",
    "Series",
    "Severity",
    "Skills",
    "Source",
    "Span",
    "Table",
    "Term",
    "Tick",
    "Visit",
    "find_nearest",
    "gap",
    "plain",
]
