"""Which questions are due, and in what order: the plan of a session, from cards and wishes.

Nothing here asks the clock or draws lots: the same questions, cards and wishes give the same plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from handbook.model.question import Cue
from handbook.study.interleaving import interleaved
from handbook.study.scheduling import corrected, recall
from handbook.study.session import Planned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from handbook.model.card import Card, Standing
    from handbook.model.question import Question
    from handbook.study.session import Reason

    Family: TypeAlias = Callable[[Question], str]

NEW_A_DAY = 8
"""New questions a day: with their repetitions they fit a quarter of an hour."""

SEEN_BEFORE_DAYS = 5
"""How many days before an interview all core questions should have been seen."""

MOST_PLANNED = 200
"""The longest plan; whoever answers them all begins another session."""

WEEK = 7

LOW_RECALL = 0.7
"""What a sprint calls low: an expected recall below this."""

SprintOf: TypeAlias = Literal["all", "missed", "low", "flagged"]
SPRINTS: tuple[SprintOf, ...] = ("all", "missed", "low", "flagged")


class Sprint(NamedTuple):
    """What a sprint crams: everything, what was missed lately, what is low, or what is flagged."""

    of: SprintOf = "all"

    @classmethod
    def named(cls, word: str) -> Sprint:
        """Return the sprint of a word of `SPRINTS`; of everything for any other word."""
        return cls(next((each for each in SPRINTS if each == word), "all"))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a session should be like, and when it is.

    day, at_ms   the day of study, and the moment
    minutes      the time box, 0 for none
    topics       only these, for what is due and what is new; empty for all
    opened       the chapters whose new questions may come; None for all
    new_today    how many new questions were answered today already
    interview    the day of the interview, 0 for none
    core         the topics that must be seen before the interview; None for all
    pace         how long an answer takes, as a multiple of the question's own minutes
    wanted       questions asked for by an exam or a mock interview: due, whatever their cards say
    """

    day: int
    at_ms: int
    minutes: float = 15.0
    topics: frozenset[str] = frozenset()
    opened: frozenset[str] | None = None
    new_today: int = 0
    interview: int = 0
    core: frozenset[str] | None = None
    pace: float = 1.0
    wanted: frozenset[str] = frozenset()

    @property
    def is_dated(self) -> bool:
        """Whether there is an interview to come."""
        return self.interview > self.day


Group: TypeAlias = Literal["learning", "wanted", "due", "new", "extra", "later"]
GROUPS: tuple[Group, ...] = ("learning", "wanted", "due", "new", "extra", "later")


class Candidates(NamedTuple):
    """The questions that may come, by why, each group in the order in which it would.

    wanted    asked for by an exam or a mock interview
    new       what today needs; `further` are new ones that can wait behind what is due
    began     the topics of which any question was answered
    """

    learning: tuple[Question, ...]
    wanted: tuple[Question, ...]
    due: tuple[Question, ...]
    new: tuple[Question, ...]
    further: tuple[Question, ...]
    extra: tuple[Question, ...]
    began: frozenset[str]


def own_family(question: Question) -> str:
    """Return the question's own id: it has no siblings."""
    return question.id


# What may come


def candidates(
    questions: Iterable[Question],
    cards: Mapping[str, Card],
    standings: Mapping[str, Standing],
    wishes: Wishes,
) -> Candidates:
    """Return every question that may come now, in order.

    Never one that is held out, held back or suspended. `new` is cut to what the day has room for,
    apart from the time box; `extra`, what is not due, is only found before an interview.
    """
    groups: dict[Group, list[tuple[Question, Card | None]]] = {name: [] for name in GROUPS}
    began: set[str] = set()
    day, topics = wishes.day, wishes.topics
    for question in questions:
        card = cards.get(question.id)
        if card is not None:
            began.add(question.topic)
        if not _may_come(question, standings, day) or (topics and question.topic not in topics):
            continue
        card = card and corrected(card, question.version)
        groups[_group(question, card, wishes)].append((question, card))
    learning, due, extra = (_with_cards(groups[name]) for name in ("learning", "due", "extra"))
    learning.sort(key=lambda pair: pair[1].due_ms)
    unseen = [question for question, _ in groups["new"]]
    new = _new_in_order(unseen, began, wishes)
    paced = _paced(unseen, wishes)
    return Candidates(
        tuple(question for question, _ in learning),
        tuple(question for question, _ in groups["wanted"]),
        _in_order(due, wishes),
        new[:paced],
        new[paced:],
        _lowest(extra, wishes.interview),
        frozenset(began),
    )


def _group(question: Question, card: Card | None, wishes: Wishes) -> Group:
    """Return the group of a question that may come, "later" for one that shall not come now."""
    group: Group = "later"
    if question.id in wishes.wanted:
        group = "wanted"
    elif card is None:
        group = "new" if _is_open(question, wishes) else "later"
    elif card.due_day > wishes.day:
        group = "extra" if wishes.is_dated and card.last_day < wishes.day else "later"
    elif not card.due_ms:
        group = "due"
    elif card.due_ms <= wishes.at_ms:
        group = "learning"
    return group


def _with_cards(
    pairs: Iterable[tuple[Question, Card | None]],
) -> list[tuple[Question, Card]]:
    return [(question, card) for question, card in pairs if card is not None]


def _may_come(question: Question, standings: Mapping[str, Standing], day: int) -> bool:
    if question.is_held_out:
        return False
    standing = standings.get(question.id)
    return standing is None or not (standing.is_suspended or standing.held_until > day)


def _is_open(question: Question, wishes: Wishes) -> bool:
    """Tell whether a new question may come: its topic is chosen, or its chapter was opened.

    Before an interview all may, since there is no time to wait for a reader to open a chapter.
    """
    if question.topic in wishes.topics or wishes.opened is None or wishes.is_dated:
        return True
    return question.chapter in wishes.opened


def _in_order(due: list[tuple[Question, Card]], wishes: Wishes) -> tuple[Question, ...]:
    """Return what is due: the oldest first, before an interview what is recalled least first."""
    if wishes.is_dated:
        return _lowest(due, wishes.day)
    due.sort(key=lambda pair: pair[1].due_day)
    return tuple(question for question, _ in due)


def _lowest(pairs: Sequence[tuple[Question, Card]], day: int) -> tuple[Question, ...]:
    found = sorted(pairs, key=lambda pair: recall(pair[1], day))
    return tuple(question for question, _ in found)


def _new_in_order(new: list[Question], began: set[str], wishes: Wishes) -> tuple[Question, ...]:
    """Return the new questions that the day has room for.

    Topics that were begun come first, the others in the order of the book, the easier questions
    before the harder; cues of a chapter that was not opened come last. Before an interview the
    core topics come first, and more a day if it takes more to have seen them all in time.
    """
    position: dict[str, int] = {}
    for question in new:
        position.setdefault(question.topic, len(position))
    core, opened = wishes.core, wishes.opened or frozenset()

    def order(question: Question) -> tuple[bool, bool, bool, int, int]:
        is_minor = wishes.is_dated and core is not None and question.topic not in core
        is_unread = isinstance(question.task, Cue) and question.chapter not in opened
        topic = question.topic
        return is_minor, is_unread, topic not in began, position[topic], question.difficulty

    room = NEW_A_DAY - wishes.new_today
    if wishes.is_dated:
        room = max(room, _paced(new, wishes))
    return tuple(sorted(new, key=order)[: max(0, room)])


def _paced(new: Sequence[Question], wishes: Wishes) -> int:
    """Return how many new questions come first: before an interview what today needs.

    That is as many as it takes to have seen the core ones in time; else all that the day has.
    """
    if not wishes.is_dated:
        return len(new)
    core = wishes.core
    unseen = sum(core is None or question.topic in core for question in new) + wishes.new_today
    days = max(1, wishes.interview - SEEN_BEFORE_DAYS - wishes.day)
    return max(0, ceil(unseen / days) - wishes.new_today)


# What fits


def plan(
    questions: Iterable[Question],
    cards: Mapping[str, Card],
    standings: Mapping[str, Standing],
    wishes: Wishes,
    family: Family = own_family,
) -> tuple[Planned, ...]:
    """Return the questions of a session in order.

    What is due comes before what is new, since a box that is too small for both should not grow a
    backlog; before an interview as many new ones as today needs come first. `family` names siblings
    alike, of which only one comes; it is asked about few questions.
    """
    questions = tuple(questions)
    found = candidates(questions, cards, standings, wishes)
    return fitted(found, questions, cards, wishes, family)


def fitted(
    found: Candidates,
    questions: Sequence[Question],
    cards: Mapping[str, Card],
    wishes: Wishes,
    family: Family = own_family,
) -> tuple[Planned, ...]:
    """Return as many of the candidates as fit, in order; see `plan`."""
    box = _Box(wishes, family)
    box.fill(found.learning, "learning")
    box.fill(found.wanted, "due")
    if wishes.is_dated:
        box.fill_new(found.new, found.began)
        box.fill(found.due, "due")
        box.fill_new(found.further, found.began)
        box.fill(found.extra, "extra")
    else:
        box.fill(found.due, "due")
        if found.new and _has_room_in_week(questions, cards, wishes):
            box.fill_new(found.new, found.began)
    return interleaved(box.planned)


def _has_room_in_week(
    questions: Sequence[Question], cards: Mapping[str, Card], wishes: Wishes
) -> bool:
    """Tell whether the reviews of the coming week leave room in boxes of this size."""
    if not wishes.minutes:
        return True
    day = wishes.day
    coming = sum(
        question.minutes
        for question in questions
        if (card := cards.get(question.id)) is not None and day < card.due_day <= day + WEEK
    )
    return coming * wishes.pace < wishes.minutes * WEEK


class _Box:
    """A plan that fills up: no longer than the time box, no two siblings."""

    def __init__(self, wishes: Wishes, family: Family) -> None:
        self.planned: list[Planned] = []
        self._left = wishes.minutes or float("inf")
        self._pace = wishes.pace
        self._family = family
        self._families: set[str] = set()

    def fill(self, questions: Iterable[Question], reason: Reason) -> None:
        """Take questions in order until one more would not fit; the first always does."""
        for question in questions:
            if not self._take(question, reason):
                return

    def fill_new(self, questions: Iterable[Question], began: frozenset[str]) -> None:
        """Take new questions, of a topic not begun as its first pass."""
        for question in questions:
            if not self._take(question, "new" if question.topic in began else "first"):
                return

    def _take(self, question: Question, reason: Reason) -> bool:
        """Take a question if there is room; tell whether there was. A sibling is passed over."""
        minutes = question.minutes * self._pace
        if len(self.planned) >= MOST_PLANNED or (self.planned and minutes > self._left):
            return False
        name = self._family(question)
        if name not in self._families:
            self._families.add(name)
            self._left -= minutes
            self.planned.append(Planned(question.id, question.topic, reason))
        return True


# Sprint


def sprint_plan(
    questions: Iterable[Question],
    cards: Mapping[str, Card],
    standings: Mapping[str, Standing],
    wishes: Wishes,
    sprint: Sprint,
    family: Family = own_family,
) -> tuple[Planned, ...]:
    """Return the questions of a sprint: what its filter finds, lowest expected recall first.

    No due dates are asked, and what was never seen counts as not recalled.
    """
    found: list[tuple[float, Question]] = []
    for question in questions:
        if wishes.topics and question.topic not in wishes.topics:
            continue
        if not _may_come(question, standings, wishes.day):
            continue
        card = cards.get(question.id)
        expected = recall(card, wishes.day) if card else 0.0
        standing = standings.get(question.id)
        if _is_in_sprint(sprint, card, standing, expected):
            found.append((expected, question))
    found.sort(key=lambda pair: pair[0])
    box = _Box(wishes, family)
    box.fill((question for _, question in found), "sprint")
    return interleaved(box.planned)


def _is_in_sprint(
    sprint: Sprint, card: Card | None, standing: Standing | None, expected: float
) -> bool:
    match sprint.of:
        case "missed":
            return card is not None and "1" in card.recent[:3]
        case "low":
            return expected < LOW_RECALL
        case "flagged":
            return standing is not None and bool(standing.flag)
        case _:
            return True
