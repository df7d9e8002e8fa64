"""Taking the questions along: a deck for Anki with the reader's reviews, a file for Moodle."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from handbook.errors import NothingFoundError, nearest_or_all
from handbook.model import Cue
from handbook.model.card import Review
from handbook.render.flashcards import sides
from handbook.render.gift import Gift, gift
from handbook.store.anki import Deck, Note, Revision, package
from handbook.study.scheduling import after

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handbook.loader.library import Library
    from handbook.model import Block, Link, Question
    from handbook.model.card import Card, Standing
    from handbook.model.event import Event
    from handbook.store.practice import PracticeLog


class Exported(NamedTuple):
    """A package for Anki: its bytes, and how many notes and reviews are in it."""

    content: bytes
    notes: int
    reviews: int


class Exporting:
    """What can be taken along; questions that are kept for exams never are."""

    def __init__(self, library: Library, log: PracticeLog | None = None) -> None:
        """Take a book, and the reader's answers where there are any.

        Not a desk, since that opens the store, and to look makes no file.
        """
        self._library = library
        self._log = log

    @cached_property
    def _bank(self) -> tuple[Question, ...]:
        return self._library.questions()

    def questions(self, topic: str = "") -> tuple[Question, ...]:
        """Return the questions of a topic, or all, without those kept for exams.

        Raises NothingFoundError if there are none.
        """
        found = [each for each in self._bank if topic in {"", each.topic}]
        open_ones = tuple(each for each in found if not each.is_held_out)
        if open_ones:
            return open_ones
        if found:
            raise NothingFoundError(f"all questions of the topic {topic!r} are kept for exams")
        if not self._bank:
            raise NothingFoundError("the book has no questions")
        topics = list(dict.fromkeys(each.topic for each in self._bank))
        hint = nearest_or_all(topic, topics)
        raise NothingFoundError(f"no question has the topic {topic!r}", hint=hint)

    def gift(self, topic: str = "") -> Gift:
        """Return questions as GIFT, and which of them it cannot ask."""
        return gift(self._library.handbook.title, self.questions(topic))

    def anki(self, topic: str = "") -> Exported:
        """Return questions as a package for Anki, with the reader's reviews of them."""
        questions = self.questions(topic)
        events = self._log.events("review") if self._log else ()
        standings = self._log.standings() if self._log else {}
        histories = _histories(events)
        cards = {question: states[-1] for question, states in histories.items()}
        wanted = {each.id for each in questions}
        revisions = tuple(_revisions(events, histories, wanted))
        notes = tuple(self._note(each, cards, standings) for each in questions)
        offset = events[-1].tz_offset_min if events else 0
        title = self._library.handbook.title
        content = package(Deck(title, notes, revisions, offset))
        return Exported(content, len(notes), len(revisions))

    def _note(
        self, question: Question, cards: Mapping[str, Card], standings: Mapping[str, Standing]
    ) -> Note:
        front, back = sides(question, *self._notes(question))
        standing = standings.get(question.id)
        return Note(
            guid=_guid(question.id),
            front=front,
            back=back,
            label=f"{question.id} {question.title}",
            deck=question.topic or "questions",
            tags=tuple(tag.replace(" ", "-") for tag in (question.topic, question.kind) if tag),
            version=question.version,
            card=cards.get(question.id),
            is_suspended=standing is not None and standing.is_suspended,
        )

    def _notes(self, question: Question) -> tuple[Sequence[Block], Sequence[Link]]:
        """Return the notes that answer a cue and the links of their page, else nothing."""
        if not isinstance(question.task, Cue):
            return (), ()
        page = self._library.page(question.task.place.page)
        heading = page.find_heading(question.task.place.anchor)
        return page.blocks_of(heading)[1:] if heading else (), page.links


def _guid(question_id: str) -> str:
    return f"handbook:{question_id}"


def _review(event: Event) -> Review:
    """Return the facts of a review, at the moment of the answer where the log says it apart."""
    entry, data = event.entry, event.entry.data
    day, at_ms = data.get("day"), data.get("at_ms")
    return Review(
        question=entry.item_uid or "",
        version=entry.item_v or 0,
        rating=entry.rating or 0,
        confidence=entry.confidence or 0,
        day=day if isinstance(day, int) else event.day,
        at_ms=at_ms if isinstance(at_ms, int) else event.at_ms,
    )


def _histories(events: Sequence[Event]) -> dict[str, list[Card]]:
    """Return for each question the states of its card after each of its reviews."""
    found: dict[str, list[Card]] = {}
    for event in events:
        if event.entry.rating is None:
            continue
        states = found.setdefault(event.entry.item_uid or "", [])
        states.append(after(states[-1] if states else None, _review(event)))
    return found


def _revisions(
    events: Sequence[Event], histories: Mapping[str, Sequence[Card]], wanted: set[str]
) -> list[Revision]:
    counts: dict[str, int] = {}
    found = []
    for event in events:
        question = event.entry.item_uid or ""
        if event.entry.rating is None or question not in wanted:
            continue
        count = counts.get(question, 0)
        counts[question] = count + 1
        states = histories[question]
        found.append(
            Revision(
                guid=_guid(question),
                at_ms=_review(event).at_ms,
                rating=event.entry.rating,
                took_ms=event.entry.total_ms or event.entry.think_ms or 0,
                before=states[count - 1] if count else None,
                after=states[count],
            )
        )
    return found
