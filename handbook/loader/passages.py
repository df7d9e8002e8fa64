"""A page cut into searchable passages: its sections, and the roles, terms and items it defines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from handbook.model.block import (
    Admonition,
    Block,
    Bullets,
    ChartBlock,
    Code,
    Definitions,
    Footnotes,
    Heading,
    Paragraph,
    Quote,
    Table,
)
from handbook.model.book import Place
from handbook.model.checklist import Checklist
from handbook.model.question import Scenario
from handbook.model.role import Role
from handbook.model.search import Passage
from handbook.model.text import plain
from handbook.model.vocabulary import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.loader.bank import Bank
    from handbook.model.book import Handbook
    from handbook.model.page import Defined, Page
    from handbook.model.question import Question
    from handbook.model.reader import Note
    from handbook.model.text import Link, Span

_MARKS = frozenset({"cite", "footnote"})


class Asking(Protocol):
    """What has questions."""

    @property
    def handbook(self) -> Handbook:
        """The outline."""

    def banks(self) -> tuple[Bank, ...]:
        """Return the files of questions."""

    def resolve(self, link: Link, page_id: str) -> Place | None:
        """Return where a link leads."""


def passages_of(page: Page) -> Iterator[Passage]:
    """Yield the passages of a page in the order of its text, then what it defines.

    An item of a checklist has its id as anchor, a term its own. What is a passage of its own, the
    definitions of a glossary and the items of a list, is left out of the sections around it.
    """
    info = page.info
    own: type[Block] | None = {"glossary": Definitions, "checklist": Bullets}.get(info.kind)
    anchor = heading = ""
    texts: list[str] = []
    for number, block in enumerate(page.blocks):
        if isinstance(block, Heading):
            if number or block.level > 1:
                yield Passage("page", info.id, anchor, info.title, heading, _joined(texts))
                anchor, heading, texts = block.anchor, plain(block.spans), []
        elif own is None or not isinstance(block, own):
            texts.extend(_texts(block))
    yield Passage("page", info.id, anchor, info.title, heading, _joined(texts))
    for defined in page.defines:
        yield from _passages_of_value(defined)


def passages_of_questions(book: Asking) -> Iterator[Passage]:
    """Yield title and text of every question of a bank, never an answer, an option or a reason.

    A question opens at the first place that teaches it, else at its chapter; one that has neither
    in this book is left out. A cue is a heading, and so a passage of its page.
    """
    for bank in book.banks():
        for question in bank.questions:
            place = _taught_at(question, book)
            if place is not None:
                asked = [question.blocks]
                if isinstance(question.task, Scenario):
                    asked += [step.blocks for step in question.task.steps]
                text = _joined(
                    text for blocks in asked for block in blocks for text in _texts(block)
                )
                yield Passage("question", *place, bank.title, question.title, text)


def passages_of_notes(notes: Iterable[Note], handbook: Handbook) -> tuple[Passage, ...]:
    """Return a passage for each of the reader's notes, at the place it stands at."""
    found = []
    for note in notes:
        page, _, anchor = note.about.partition("#")
        info = handbook.find_page(page)
        title = info.title if info else "Checklist"
        found.append(Passage("note", page, anchor, title, "Your note", note.text))
    return tuple(found)


def _taught_at(question: Question, book: Asking) -> Place | None:
    for link in question.see:
        place = book.resolve(link, "")
        if place is not None and place.page:
            return place
    chapters = book.handbook.chapters
    chapter = next((each for each in chapters if each.id == question.chapter), None)
    return None if chapter is None else Place(book.handbook.pages[chapter.pages[0]].id)


def _passages_of_value(value: Defined) -> Iterator[Passage]:
    if isinstance(value, Term):
        text = _joined((*value.aliases, value.text))
        yield Passage("term", value.page, value.id, value.title, "", text)
    elif isinstance(value, Role):
        facts = (f"{name}: {fact}" for name, fact in value.facts)
        text = _joined((*value.also_called, *facts))
        yield Passage("role", value.page, "", value.title, "", text)
    elif isinstance(value, Checklist):
        for item in value.items:
            yield Passage("item", value.page, item.id, value.title, item.text, item.why)


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _plain(spans: Iterable[Span]) -> str:
    """Return the text of spans without marks of citations and footnotes."""
    return "".join(span.text for span in spans if _MARKS.isdisjoint(span.style.split()))


def _texts(block: Block) -> Iterator[str]:  # noqa: C901, PLR0912  one branch for each kind of block
    """Yield the texts of a block, a line or more each."""
    match block:
        case Paragraph() | Heading():
            yield _plain(block.spans)
        case Code():
            yield block.text
        case Quote() | Admonition():
            if isinstance(block, Admonition):
                yield block.title
            for inner in block.blocks:
                yield from _texts(inner)
        case Bullets() | Footnotes():
            for item in block.items:
                for inner in item.blocks:
                    yield from _texts(inner)
        case Definitions():
            for definition in block.items:
                yield _plain(definition.term)
                for inner in definition.blocks:
                    yield from _texts(inner)
        case Table():
            for row in (block.header, *block.rows):
                yield "  ".join(_plain(cell) for cell in row)
        case ChartBlock():
            chart = block.chart
            names = [each.label for each in chart.bars] + [each.name for each in chart.series]
            yield "  ".join((chart.title, *names))
        case _:
            return
