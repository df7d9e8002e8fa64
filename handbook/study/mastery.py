"""Mastery: what the log of answers says of a topic, and whether an item of a checklist is ready.

Everything here follows from the log, the cards and a day. Nothing stays reached: a topic or an item
goes down again when what was measured does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.model.readiness import (
    ItemMastery,
    ItemState,
    Level,
    MixedResult,
    Shortfall,
    Spread,
    TopicMastery,
)
from handbook.study.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from handbook.model.card import Card, Review
    from handbook.model.checklist import Need

LEAST_FRESH = 5
"""So many fresh questions a topic needs before its tests say anything."""

LEAST_LOW = 0.5
"""The lower bound of the interval of a test that counts as passed."""

SOLID_SEEN, SOLID_RECALL, MASTERED_TEST = 0.8, 0.85, 0.7
"""What the levels ask for: the share met, the expected recall today, the share right in tests."""

_RIGHT = 1 - 1e-9


class Answered(NamedTuple):
    """An answer of the log as mastery reads it: `correct` is its share of right, 0 to 1."""

    review: Review
    topic: str
    session: str
    mode: str
    correct: float

    @property
    def is_right(self) -> bool:
        """Whether all of it was right."""
        return self.correct >= _RIGHT


class TopicTest(NamedTuple):
    """A topic's part of one mixed test: how many of its fresh questions were right."""

    day: int
    right: int
    questions: int


class DateSet(NamedTuple):
    """On a day of study, the day was set that an item is to be ready on; None took it away."""

    day: int
    then: int | None


class Days(NamedTuple):
    """Today, the day to be ready on (None: there is none), and all such days, newest last."""

    today: int
    then: int | None
    dates: Sequence[DateSet] = ()


class Bank(NamedTuple):
    """What there is to learn: the questions of each topic that may be studied, and its title.

    `asked` are the questions of each topic that an exam may ask.
    """

    questions: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]
    asked: Mapping[str, tuple[str, ...]]


class Reader(NamedTuple):
    """What is known of a reader: see `reader_of`.

    `answers` is the log in its order, `tests` what `mixed_tests` makes of it. `recall` gives the
    expected recall of a card on a day, `after` the card after a review.
    """

    cards: Mapping[str, Card]
    answers: Sequence[Answered]
    tests: Mapping[str, Sequence[TopicTest]]
    recall: Callable[[Card, int], float]
    after: Callable[[Card | None, Review], Card]


def reader_of(
    cards: Mapping[str, Card],
    answers: Sequence[Answered],
    recall: Callable[[Card, int], float],
    after: Callable[[Card | None, Review], Card],
) -> Reader:
    """Return a reader with the tests that follow from their answers."""
    return Reader(cards, answers, mixed_tests(answers), recall, after)


# Tests


def mixed_tests(answers: Sequence[Answered]) -> dict[str, tuple[TopicTest, ...]]:
    """Return the mixed tests of each topic, the oldest first.

    A test is mixed when it asked about more than one topic. In it, a topic's questions count that
    the reader met there for the first time, and only if the topic had been studied before, and not
    on the same day.
    """
    topics_of = _topics_of_exams(answers)
    first: dict[str, str] = {}
    studied: dict[str, int] = {}
    counts: dict[tuple[str, str], list[int]] = {}
    for each in answers:
        met_in = first.setdefault(each.review.question, each.session if each.mode == "exam" else "")
        if each.mode != "exam":
            studied[each.topic] = max(studied.get(each.topic, 0), each.review.day)
            continue
        key = (each.session, each.topic)
        is_later = studied.get(each.topic, each.review.day) < each.review.day
        if len(topics_of[each.session]) > 1 and met_in == each.session and is_later:
            count = counts.setdefault(key, [each.review.day, 0, 0])
            count[1] += each.is_right
            count[2] += 1
    found: dict[str, list[TopicTest]] = {}
    for (_, topic), (day, right, asked) in counts.items():
        found.setdefault(topic, []).append(TopicTest(day, right, asked))
    return {topic: tuple(tests) for topic, tests in found.items()}


def _topics_of_exams(answers: Iterable[Answered]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in answers:
        if each.mode == "exam":
            found.setdefault(each.session, set()).add(each.topic)
    return found


def newest_result(tests: Sequence[TopicTest]) -> MixedResult | None:
    """Return what the newest test says, with as many older ones as it takes to have enough.

    One form asks few questions of each topic, so tests are taken together, the newest first, until
    they hold `LEAST_FRESH` questions.
    """
    right = count = used = 0
    newest = sorted(tests, key=lambda test: test.day, reverse=True)
    for test in newest:
        right, count, used = right + test.right, count + test.questions, used + 1
        if count >= LEAST_FRESH:
            break
    if not count:
        return None
    low, high = wilson(right, count)
    return MixedResult(right, count, low, high, newest[0].day, used)


def is_passed(result: MixedResult | None, wanted: float = MASTERED_TEST) -> bool:
    """Tell whether tests show that a topic is known."""
    return (
        result is not None
        and result.questions >= LEAST_FRESH
        and result.share >= wanted
        and result.low >= LEAST_LOW
    )


# Topics


def expected(
    cards: Sequence[Card], day: int, recall: Callable[[Card, int], float]
) -> Spread | None:
    """Return the expected recall of cards on a day, None where there are none.

    The interval is that of the share that would be recalled if all of them were asked once. Chances
    that differ from card to card spread less than Wilson's interval of their mean, so it is wide
    enough.
    """
    if not cards:
        return None
    share = sum(min(1.0, max(0.0, recall(card, day))) for card in cards) / len(cards)
    low, high = wilson(share * len(cards), len(cards))
    return Spread(share, low, high, len(cards))


def topic_mastery(
    topic: str,
    bank: Bank,
    reader: Reader,
    days: Days,
) -> TopicMastery:
    """Return what was measured of a topic; a day to be ready on that has passed counts as today."""
    today, then = days.today, days.then
    questions = bank.questions.get(topic, ())
    cards = [reader.cards[each] for each in questions if each in reader.cards]
    # Right after an answer all is recalled, a missed question too: then tomorrow tells more.
    now = expected(cards, today, lambda card, day: reader.recall(card, max(day, card.last_day + 1)))
    result = newest_result(reader.tests.get(topic, ()))
    return TopicMastery(
        topic=topic,
        title=bank.titles.get(topic, topic),
        items=len(questions),
        seen=len(cards),
        due=sum(card.due_day <= today for card in cards),
        today=now,
        then=None if then is None else expected(cards, max(today, then), reader.recall),
        test=result,
        level=_level(len(cards), len(questions), now, result),
        fresh=sum(each not in reader.cards for each in bank.asked.get(topic, ())),
    )


def _level(seen: int, items: int, now: Spread | None, result: MixedResult | None) -> Level:
    if now is None or not seen:
        return Level.UNSEEN
    if seen < SOLID_SEEN * items or now.share < SOLID_RECALL:
        return Level.BEGUN
    return Level.MASTERED if is_passed(result) else Level.SOLID


# Items of checklists


def shortfalls(
    need: Need, topics: Sequence[TopicMastery], result: MixedResult | None
) -> tuple[Shortfall, ...]:
    """Return which conditions of being ready are not met; without a day the recall is not."""
    found: list[Shortfall] = []
    seen = min((each.seen_share for each in topics), default=0.0)
    if seen < need.seen - 1e-9:
        found.append(Shortfall("seen", seen, need.seen))
    recall = _weakest(topics)
    if recall is None or recall < need.recall:
        found.append(Shortfall("recall", recall, need.recall))
    if not is_passed(result, need.test):
        share, count = (result.share, result.questions) if result else (None, 0)
        found.append(Shortfall("test", share, need.test, count))
    return tuple(found)


def _weakest(topics: Sequence[TopicMastery]) -> float | None:
    shares = [each.then.share for each in topics if each.then is not None]
    return min(shares) if topics and len(shares) == len(topics) else None


def item_mastery(
    item: str,
    need: Need,
    topics: Sequence[str],
    bank: Bank,
    reader: Reader,
    days: Days,
    *,
    is_ticked: bool,
) -> ItemMastery:
    """Return where an item stands: what was measured wins over the tick.

    Of several topics the weakest counts, and their tests count together. An item is slipping when
    it was ready at the end of some day, for the date that was set then, and is not ready now.
    """
    found = [topic_mastery(each, bank, reader, days) for each in topics]
    result = newest_result(_together(reader.tests, topics))
    lacks = shortfalls(need, found, result)
    state = ItemState.DONE if is_ticked else ItemState.OPEN
    if not lacks:
        state = ItemState.READY
    elif days.then is not None and was_ready(need, topics, bank, reader, days.dates):
        state = ItemState.SLIPPING
    seen = min((each.seen_share for each in found), default=0.0)
    return ItemMastery(item, state, seen, _weakest(found), result, lacks, days.then is not None)


def _together(
    tests: Mapping[str, Sequence[TopicTest]], topics: Sequence[str]
) -> tuple[TopicTest, ...]:
    return tuple(test for topic in topics for test in tests.get(topic, ()))


def was_ready(
    need: Need, topics: Sequence[str], bank: Bank, reader: Reader, dates: Sequence[DateSet]
) -> bool:
    """Tell whether an item was ready at the end of some day, for the date that was set then.

    The log is gone through once more, but only where the tests were passed at some time.
    """
    tests = sorted(_together(reader.tests, topics), key=lambda test: test.day)
    passed = {
        tests[end - 1].day
        for end in range(1, len(tests) + 1)
        if is_passed(newest_result(tests[:end]), need.test)
    }
    if not passed:
        return False
    others = {*(each.day - 1 for each in dates[1:]), *(test.day for test in tests)}
    for day, cards in _ends_of_days(reader, _questions_of(topics, bank), others):
        then = _date_on(dates, day)
        if day < min(passed) or then is None:
            continue
        known = {topic: _until(reader.tests.get(topic, ()), day) for topic in topics}
        result = newest_result(_together(known, topics))
        before = reader._replace(cards=cards, tests=known)
        if is_passed(result, need.test):
            found = [topic_mastery(topic, bank, before, Days(day, then)) for topic in topics]
            if not shortfalls(need, found, result):
                return True
    return False


def _date_on(dates: Sequence[DateSet], day: int) -> int | None:
    return next((each.then for each in reversed(dates) if each.day <= day), None)


def _questions_of(topics: Sequence[str], bank: Bank) -> frozenset[str]:
    return frozenset(each for topic in topics for each in bank.questions.get(topic, ()))


def _until(tests: Sequence[TopicTest], day: int) -> tuple[TopicTest, ...]:
    return tuple(test for test in tests if test.day <= day)


def _ends_of_days(
    reader: Reader, questions: frozenset[str], others: Iterable[int]
) -> Iterator[tuple[int, Mapping[str, Card]]]:
    """Yield the days on which questions were answered, and others, with the cards in their ends."""
    cards: dict[str, Card] = {}
    by_day: dict[int, list[Review]] = {day: [] for day in others}
    for each in reader.answers:
        if each.review.question in questions:
            by_day.setdefault(each.review.day, []).append(each.review)
    for day in sorted(by_day):
        for review in by_day[day]:
            cards[review.question] = reader.after(cards.get(review.question), review)
        yield day, cards
