"""What a session of study came to: what was right, what moved, what was missed, what is coming."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from handbook.model.answer import Confidence, Rating
from handbook.model.card import Review
from handbook.study.forecast import Load, cost_of_stopping, load
from handbook.study.scheduling import after, corrected, recall

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handbook.model.card import Card
    from handbook.model.event import Event
    from handbook.model.question import Question, QuestionKind
    from handbook.practice.desk import Desk
    from handbook.study.session import Session, Turn


class Count(NamedTuple):
    """How many of some questions were right."""

    right: int
    of: int


class KindCount(NamedTuple):
    """How many questions of a kind were right."""

    kind: QuestionKind
    right: int
    of: int


class Moved(NamedTuple):
    """What a session changed in a topic.

    `before` and `after` are the expected recall tomorrow of the questions seen, without the session
    and with it (0 where none was seen); `seen_before` and `seen` count those, out of `of`. `title`
    is what the topic is called.
    """

    topic: str
    before: float
    after: float
    seen_before: int
    seen: int
    of: int
    title: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a session came to.

    answers   given in all, with those that came back
    answered  the questions, each counted once; right or wrong by its first answer
    kinds     the same by kind
    sure      those answered "sure"
    lucky     right, and said to be a guess
    moved     the topics that were studied
    missed    the questions that were missed, in order; their `see` links to what teaches them
    load      what falls due from now on
    waiting   how many are due now and were not answered
    cost      how many of those fewer are expected to be known tomorrow
    minutes   the time spent
    """

    answers: int
    answered: Count
    kinds: tuple[KindCount, ...]
    sure: Count
    lucky: int
    moved: tuple[Moved, ...]
    missed: tuple[Question, ...]
    load: Load
    waiting: int
    cost: float
    minutes: float


def summarised(desk: Desk, session: Session) -> Summary:
    """Return what a session came to, finished or not."""
    questions = desk.questions
    now = desk.store.practice.now()
    cards = _studied(desk)
    first: dict[str, Turn] = {}
    for turn in session.turns:
        if turn.kind == "review" and turn.question in questions:
            first.setdefault(turn.question, turn)
    pairs = [(questions[turn.question], turn) for turn in first.values()]
    due = [card for card in cards.values() if card.due_day <= now.day and card.due_ms <= now.at_ms]
    return Summary(
        answers=session.answers,
        answered=_counted(pairs),
        kinds=_by_kind(pairs),
        sure=_counted([pair for pair in pairs if pair[1].confidence == Confidence.SURE]),
        lucky=_counted([pair for pair in pairs if pair[1].confidence == Confidence.GUESS]).right,
        moved=_moved(desk, session, cards, list(first), now.day + 1),
        missed=tuple(questions[each] for each in session.missed if each in questions),
        load=load(cards.values(), now.day),
        waiting=len(due),
        cost=cost_of_stopping(due, now.day),
        minutes=session.used_ms / 60_000,
    )


def is_right(question: Question, turn: Turn) -> bool:
    """Tell whether an answer was right: by program where it can tell, else by its reader."""
    return turn.share >= 1 if question.is_objective else turn.rating > Rating.AGAIN


def _studied(desk: Desk) -> dict[str, Card]:
    """Return the cards of the questions that can come up, as they count now."""
    now = desk.store.practice.now()
    standings = desk.store.practice.standings()
    found: dict[str, Card] = {}
    for name, card in desk.store.practice.cards().items():
        question, standing = desk.questions.get(name), standings.get(name)
        is_away = standing and (standing.is_suspended or standing.held_until > now.day)
        if question and not question.is_held_out and not is_away:
            found[name] = corrected(card, question.version)
    return found


def _counted(pairs: Sequence[tuple[Question, Turn]]) -> Count:
    return Count(sum(is_right(*pair) for pair in pairs), len(pairs))


def _by_kind(pairs: Sequence[tuple[Question, Turn]]) -> tuple[KindCount, ...]:
    kinds = dict.fromkeys(question.kind for question, _ in pairs)
    return tuple(
        KindCount(kind, *_counted([pair for pair in pairs if pair[0].kind == kind]))
        for kind in kinds
    )


def _moved(
    desk: Desk, session: Session, cards: Mapping[str, Card], answered: Sequence[str], day: int
) -> tuple[Moved, ...]:
    """Return the topics of the questions answered, in the order in which they came up."""
    before = {name: _card_before(desk, session, name) for name in answered}
    topics = dict.fromkeys(desk.questions[name].topic for name in answered)
    members: dict[str, list[str]] = {topic: [] for topic in topics}
    for question in desk.questions.values():
        if question.topic in members and not question.is_held_out:
            members[question.topic].append(question.id)
    found = []
    for topic, names in members.items():
        now = [cards[name] for name in names if name in cards]
        then = [before.get(name, cards.get(name)) for name in names]
        known = [card for card in then if card is not None]
        found.append(
            Moved(
                topic,
                _mean(known, day),
                _mean(now, day),
                len(known),
                len(now),
                len(names),
                desk.topic_title(topic),
            )
        )
    return tuple(found)


def _mean(cards: Sequence[Card], day: int) -> float:
    return sum(recall(card, day) for card in cards) / len(cards) if cards else 0.0


def _card_before(desk: Desk, session: Session, question: str) -> Card | None:
    """Return a card as it was before a session: all its reviews but those of the session."""
    events = desk.store.practice.events("review", item=question)
    return _folded(event for event in events if event.entry.session_id != session.id)


def _folded(events: Iterable[Event]) -> Card | None:
    card: Card | None = None
    for event in events:
        entry = event.entry
        if entry.rating is None:
            continue
        review = Review(
            entry.item_uid or "",
            entry.item_v or 1,
            entry.rating,
            entry.confidence or 0,
            event.day,
            event.at_ms,
        )
        card = after(card, review)
    return card
