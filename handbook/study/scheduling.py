"""When a question comes again: the only module that knows `fsrs`.

The model is FSRS-6 with its published weights (github.com/open-spaced-repetition). Ours are the
days (a review counts by local day of study and not by 24 hours), the fuzz (seeded, unbiased, never
behind the last interval) and the rule for answers that were sure and wrong. Nothing here reads a
clock: the same reviews give the same card on every machine.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from handbook.model.answer import Confidence, Rating
from handbook.model.card import RECENT, Card, CardState
from handbook.model.chance import uniform

if TYPE_CHECKING:
    from collections.abc import Callable

    import fsrs

    from handbook.model.card import Review

RETENTION = 0.9
"""The recall at which a card becomes due, unless a reader wants another."""

LEAST_RETENTION, MOST_RETENTION = 0.75, 0.97
"""Beyond these, `fsrs` asks for reviews every day, or hardly ever."""

SOON = 3
"""Days within which a card comes back that was sure and wrong, or whose answer was corrected."""

LEECH_LAPSES, LEECH_RECENT = 6, 4
"""How many lapses make a leech: all of them, and among the last `RECENT` answers."""

_DECAY = -0.1542
_FACTOR = 0.9 ** (1 / _DECAY) - 1
_LONGEST = 36_500
_MINUTE_MS = 60_000

_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float(_LONGEST), 0.05))
"""From, to (in days) and the share of the interval between them that fuzz may add or take away."""


def after(card: Card | None, review: Review, retention: float = RETENTION) -> Card:
    """Return the card as a review leaves it; `card` is None for a question never seen.

    A review that is dated before the last one counts as one of the same day. `retention` is held
    between 0.75 and 0.97. Raises ValueError for a rating that is none.
    """
    rating = Rating(review.rating)
    before = card and corrected(card, review.version)
    day = max(review.day, before.last_day) if before else review.day
    reviewed, minutes = _model(_clamped(retention))(before, rating, day)
    state = CardState(reviewed.state)
    is_learned = state == CardState.REVIEW
    is_shaken = _is_shaken(before, review, day)
    reps = before.reps + 1 if before else 1
    interval = 0
    if is_learned:
        plain = interval_of(reviewed.stability or 0, retention)
        last = before.interval if before else 0
        interval = _fuzzed(plain, last, review.question, reps)
        interval = min(interval, SOON) if is_shaken else interval
    was_learned = before is not None and before.state == CardState.REVIEW
    has_lapsed = was_learned and rating == Rating.AGAIN
    return Card(
        question=review.question,
        state=int(state),
        step=-1 if reviewed.step is None else reviewed.step,
        stability=reviewed.stability or 0,
        difficulty=reviewed.difficulty or 0,
        last_day=day,
        last_ms=max(review.at_ms, before.last_ms) if before else review.at_ms,
        # Minutes count from the moment itself: a clock that was set right must not make them days.
        due_day=day + interval if is_learned else review.day,
        due_ms=0 if is_learned else review.at_ms + round(minutes * _MINUTE_MS),
        interval=interval,
        reps=reps,
        lapses=(before.lapses if before else 0) + has_lapsed,
        recent=f"{int(rating)}{before.recent if before else ''}"[:RECENT],
        seen_version=review.version,
        is_shaken=is_shaken,
    )


def recall(card: Card, day: int) -> float:
    """Return the expected recall on a day of study, from 0 to 1.

    The forgetting curve of FSRS-6, equal to `fsrs`'s own but without loading it.
    """
    return float((1 + _FACTOR * max(0, day - card.last_day) / card.stability) ** _DECAY)


def interval_of(stability: float, retention: float = RETENTION) -> int:
    """Return after how many days recall falls to `retention`, before fuzz; at least 1."""
    days: float = stability / _FACTOR * (_clamped(retention) ** (1 / _DECAY) - 1)
    return min(max(round(days), 1), _LONGEST)


def corrected(card: Card, version: int) -> Card:
    """Return the card of a question whose right answer may have changed since it was seen.

    What was learned may be wrong: it is due within 3 days of its last review, and counts as known
    for 3 days at most. A card that saw this version, or a later one, stays as it is.
    """
    if version <= card.seen_version:
        return card
    return card._replace(
        stability=min(card.stability, float(SOON)),
        due_day=min(card.due_day, card.last_day + SOON),
        interval=min(card.interval, SOON),
    )


def is_leech(card: Card) -> bool:
    """Tell whether a card is forgotten so often that it needs something other than one more try."""
    is_recent = card.recent.count(str(int(Rating.AGAIN))) >= LEECH_RECENT
    return card.lapses >= LEECH_LAPSES or (card.lapses >= LEECH_RECENT and is_recent)


def _is_shaken(before: Card | None, review: Review, day: int) -> bool:
    """Tell whether the last word on it was sure and wrong; right on a later day ends it."""
    if review.rating == Rating.AGAIN:
        was = before is not None and before.is_shaken
        return was or review.confidence == Confidence.SURE
    return before is not None and before.is_shaken and day == before.last_day


def _fuzzed(plain: int, last: int, question: str, reps: int) -> int:
    """Return an interval near the plain one, so that what was learned together comes apart.

    Each day of the range is as likely as any other and the plain interval is its middle, so the
    mean stays; where it grew, the range ends at the last interval, so growth never shows as a step
    back.
    """
    if plain < _FUZZ[0][0]:
        return plain
    around = 1 + sum(share * max(min(plain, to) - start, 0) for start, to, share in _FUZZ)
    around = min(round(around), plain - 2, _LONGEST - plain)
    if plain > last:
        around = min(around, plain - last)
    around = max(around, 0)
    return plain - around + int(uniform("fuzz", question, str(reps)) * (2 * around + 1))


def _clamped(retention: float) -> float:
    return min(max(retention, LEAST_RETENTION), MOST_RETENTION)


@cache
def _model(retention: float) -> Callable[[Card | None, Rating, int], tuple[fsrs.Card, float]]:
    """Load `fsrs` and return what it makes of a review: its card, and the minutes until it is due.

    `fsrs` takes moments in UTC alone and counts whole days between them: it is given midnights, as
    many apart as the days of study are.
    """
    # Slow to load, and most commands show cards without answering one.
    from datetime import datetime, timedelta, timezone  # noqa: PLC0415

    import fsrs  # noqa: PLC0415

    scheduler = fsrs.Scheduler(desired_retention=retention, enable_fuzzing=False)
    then = datetime(2000, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - the only one that it accepts
    minute = timedelta(minutes=1)

    def reviewed(before: Card | None, rating: Rating, day: int) -> tuple[fsrs.Card, float]:
        now, card = then, fsrs.Card(card_id=1, due=then)
        if before is not None:
            now = then + timedelta(days=min(day - before.last_day, _LONGEST))
            card.state = fsrs.State(before.state)
            card.step = None if before.step < 0 else before.step
            card.stability, card.difficulty = before.stability, before.difficulty
            card.last_review = then
        card, _log = scheduler.review_card(card, fsrs.Rating(rating), now)
        return card, (card.due - now) / minute

    return reviewed
