"""Mock interviews: the state as a fold over the log, and what may be done in which state.

An act returns the entries to append; nothing here keeps or shows anything. The rules are those of
a structured interview: the same items in the same order for everybody, evidence before a score,
no score seen before its round is closed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from handbook.errors import UsageError
from handbook.model.event import Entry
from handbook.model.interview import Interview, ItemState, Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handbook.model.event import JSON, Event
    from handbook.model.interview import Plan

LEAST_WORDS = 3
"""Words that the evidence for a score must have."""

LONGEST = 20_000
"""Characters of a note or an outline."""


# The fold


def interview_of(session: str, plan: Plan, events: Iterable[Event]) -> Interview:
    """Return the interview that the events of a session come to."""
    fresh = Interview(session, plan, tuple(ItemState() for _ in plan.items))
    return reduce(after, events, fresh)


def after(interview: Interview, event: Event) -> Interview:
    """Return an interview after one more event; what makes no sense in its state changes nothing.

    So a log that was merged from two devices can be read in any case.
    """
    step = _STEPS.get(event.entry.kind)
    if step is None or (interview.is_ended and event.entry.kind != "wanted"):
        return interview
    return replace(step(interview, event), last_ms=max(interview.last_ms, event.at_ms))


def _started(interview: Interview, event: Event) -> Interview:
    return replace(interview, begun_ms=event.at_ms)


def _round(interview: Interview, event: Event) -> Interview:
    number = _number(event, "round")
    if number < 0 or number >= len(interview.plan.rounds):
        return interview
    if event.entry.data.get("open"):
        return replace(interview, started=interview.started | {number})
    interview = _settled(interview, event.at_ms)
    return replace(interview, closed=interview.closed | ({number} & interview.started))


def _asked(interview: Interview, event: Event) -> Interview:
    at = _index(interview, event)
    if at is None:
        return interview
    interview = replace(_settled(interview, event.at_ms), at=at, running_ms=event.at_ms)
    state = interview.items[at]
    return _put(interview, at, replace(state, asked_ms=state.asked_ms or event.at_ms))


def _paused(interview: Interview, event: Event) -> Interview:
    return _settled(interview, event.at_ms)


def _resumed(interview: Interview, event: Event) -> Interview:
    """Go on: a clock that was left running stopped at the last thing that is known."""
    interview = _settled(interview, interview.last_ms)
    return replace(interview, running_ms=event.at_ms if interview.is_open else 0)


def _ended(interview: Interview, event: Event) -> Interview:
    return replace(_settled(interview, event.at_ms), ended_ms=event.at_ms)


def _settled(interview: Interview, now_ms: int) -> Interview:
    """Stop the clock of the item on the table."""
    if not interview.running_ms:
        return interview
    spent = interview.spent(interview.at, now_ms)
    state = replace(interview.state, spent_ms=spent)
    return replace(_put(interview, interview.at, state), running_ms=0)


def _put(interview: Interview, at: int, state: ItemState) -> Interview:
    return replace(interview, items=(*interview.items[:at], state, *interview.items[at + 1 :]))


def _index(interview: Interview, event: Event) -> int | None:
    """Return which item an event is about, None for one that is not in the plan."""
    planned = interview.plan.items
    return next((i for i, each in enumerate(planned) if each.id == event.entry.item_uid), None)


def _number(event: Event, name: str) -> int:
    value = event.entry.data.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _on_item(
    change: Callable[[ItemState, Event], ItemState],
) -> Callable[[Interview, Event], Interview]:
    """Return a step that changes one item of a round that is not closed."""

    def step(interview: Interview, event: Event) -> Interview:
        at = _index(interview, event)
        if at is None or interview.plan.items[at].round in interview.closed:
            return interview
        return _put(interview, at, change(interview.items[at], event))

    return step


def _follow(state: ItemState, event: Event) -> ItemState:
    return replace(state, follow_ups=max(state.follow_ups, _number(event, "number")))


def _hint(state: ItemState, event: Event) -> ItemState:
    return replace(state, hints=max(state.hints, _number(event, "number")))


def _tick(state: ItemState, event: Event) -> ItemState:
    number = _number(event, "criterion")
    is_met = bool(event.entry.data.get("met"))
    ticked = state.ticked | {number} if is_met else state.ticked - {number}
    return replace(state, ticked=ticked, judged=state.judged | {number})


def _note(state: ItemState, event: Event) -> ItemState:
    text, dimension = event.entry.data.get("text"), event.entry.data.get("dimension")
    remark = Remark(str(dimension or ""), str(text or ""), event.at_ms)
    return replace(state, remarks=(*state.remarks, remark)) if remark.text else state


def _score(state: ItemState, event: Event) -> ItemState:
    dimension, score = str(event.entry.data.get("dimension") or ""), _number(event, "score")
    if not dimension or not 1 <= score <= 4 or not has_evidence(state, dimension):
        return state
    others = tuple(each for each in state.scores if each[0] != dimension)
    return replace(state, scores=(*others, (dimension, score)))


def _outline(state: ItemState, event: Event) -> ItemState:
    return state if state.is_done else replace(state, outline=str(event.entry.data.get("text", "")))


def _done(state: ItemState, _: Event) -> ItemState:
    return replace(state, is_done=True)


def _wanted(interview: Interview, event: Event) -> Interview:
    question = event.entry.item_uid
    return replace(interview, wanted=interview.wanted | {question}) if question else interview


_STEPS: dict[str, Callable[[Interview, Event], Interview]] = {
    "session_start": _started,
    "mock_round": _round,
    "mock_ask": _asked,
    "mock_pause": _paused,
    "mock_resume": _resumed,
    "mock_follow": _on_item(_follow),
    "mock_hint": _on_item(_hint),
    "mock_tick": _on_item(_tick),
    "mock_note": _on_item(_note),
    "mock_score": _on_item(_score),
    "mock_outline": _on_item(_outline),
    "mock_done": _on_item(_done),
    "wanted": _wanted,
    "session_end": _ended,
}


# What may be seen


def has_evidence(state: ItemState, dimension: str) -> bool:
    """Tell whether a score may be given: a note of three words or more says what it rests on."""
    return any(len(text.split()) >= LEAST_WORDS for text in state.evidence_for(dimension))


def unscored(interview: Interview) -> tuple[tuple[str, str], ...]:
    """Return title and dimension of what the round on the table still lacks a score for."""
    return tuple(
        (planned.title, dimension)
        for at in interview.of_round(interview.round)
        for planned in [interview.plan.items[at]]
        for dimension in planned.dimensions
        if interview.items[at].asked_ms and not interview.items[at].score_of(dimension)
    )


def next_criterion(interview: Interview) -> int | None:
    """Return the first criterion that was not decided on, None if all were."""
    state = interview.state
    rest = (i for i in range(len(interview.planned.criteria)) if i not in state.judged)
    return next(rest, None)


# What may be done


def open_round(interview: Interview, number: int) -> tuple[Entry, ...]:
    """Begin a round and put its first item on the table."""
    first = next(iter(interview.of_round(number)), None)
    if interview.is_ended or number in interview.started or first is None:
        raise UsageError("this round cannot begin")
    return (_entry("mock_round", round=number, open=True), _ask(interview, first))


def _ask(interview: Interview, at: int) -> Entry:
    return _entry("mock_ask", interview.plan.items[at].id)


def go_to(interview: Interview, step: int) -> tuple[Entry, ...]:
    """Put the next item of the round on the table, or the one before, to finish its notes."""
    _demand_open(interview)
    items = interview.of_round(interview.round)
    place = items.index(interview.at) + step
    if place < 0:
        raise UsageError("this is the first item of the round")
    if place >= len(items):
        raise UsageError("this was the last item", hint="C closes the round")
    if interview.is_solo and step > 0 and not interview.state.is_done:
        raise UsageError("say done first", hint="the answer is not complete yet")
    return (_ask(interview, items[place]),)


def follow_up(interview: Interview) -> tuple[Entry, ...]:
    """Ask the next follow-up."""
    _demand_open(interview)
    _demand_done(interview)
    number = interview.state.follow_ups + 1
    if number > interview.planned.follow_ups:
        raise UsageError("every follow-up has been asked", hint="] goes to the next item")
    return (_entry("mock_follow", interview.planned.id, number=number),)


def hint(interview: Interview) -> tuple[Entry, ...]:
    """Give the next hint; it is noted and lowers nothing by itself."""
    _demand_open(interview)
    number = interview.state.hints + 1
    if not interview.planned.hints:
        raise UsageError("this item has no hints")
    if number > interview.planned.hints:
        raise UsageError("every hint has been given")
    return (_entry("mock_hint", interview.planned.id, number=number),)


def judge(interview: Interview, criterion: int, *, is_met: bool) -> tuple[Entry, ...]:
    """Tick a criterion as met, or say that it was not."""
    _demand_open(interview)
    _demand_done(interview)
    if not 0 <= criterion < len(interview.planned.criteria):
        letters = "abcdef"[: len(interview.planned.criteria)]
        raise UsageError("there is no such criterion", hint=f"a to {letters[-1:]}")
    return (_entry("mock_tick", interview.planned.id, criterion=criterion, met=is_met),)


def toggle(interview: Interview, criterion: int) -> tuple[Entry, ...]:
    """Tick a criterion, or take the tick away."""
    return judge(interview, criterion, is_met=criterion not in interview.state.ticked)


def note(interview: Interview, text: str, dimension: str = "") -> tuple[Entry, ...]:
    """Write down what was said or done, as evidence for a dimension or as it comes."""
    _demand_open(interview)
    text = text.strip()
    if not text:
        raise UsageError("an empty note says nothing")
    if dimension and len(text.split()) < LEAST_WORDS:
        count = len(text.split())
        raise UsageError(
            "1 word is no evidence" if count == 1 else f"{count} words are no evidence",
            hint="three or more: what was said or done",
        )
    _demand_length(text)
    return (_entry("mock_note", interview.planned.id, text=text, dimension=dimension),)


def score(interview: Interview, dimension: str, value: int) -> tuple[Entry, ...]:
    """Score a dimension from 1 to 4, once there is evidence for it."""
    _demand_open(interview)
    _demand_done(interview)
    if dimension not in interview.planned.dimensions:
        raise UsageError(f"{dimension!r} is not scored here")
    if not 1 <= value <= 4:
        raise UsageError("a score is 1, 2, 3 or 4")
    if not has_evidence(interview.state, dimension):
        raise UsageError(
            f"no evidence for {dimension} yet", hint="note what was said or done, then score"
        )
    return (_entry("mock_score", interview.planned.id, dimension=dimension, score=value),)


def outline(interview: Interview, text: str) -> tuple[Entry, ...]:
    """Keep the outline of a solo answer; none if nothing has changed."""
    _demand_open(interview)
    if interview.state.is_done:
        raise UsageError("the answer is complete already")
    _demand_length(text)
    if text == interview.state.outline:
        return ()
    return (_entry("mock_outline", interview.planned.id, text=text),)


def say_done(interview: Interview) -> tuple[Entry, ...]:
    """Say that the answer is complete: from now on rubric and follow-ups may be seen."""
    _demand_open(interview)
    if interview.state.is_done:
        return ()
    return (_entry("mock_done", interview.planned.id),)


def close_round(interview: Interview) -> tuple[Entry, ...]:
    """Hand in the scores of the round on the table; they can be seen and no longer changed."""
    _demand_open(interview)
    return (_entry("mock_round", round=interview.round, open=False),)


def finish(interview: Interview) -> tuple[Entry, ...]:
    """End the interview."""
    if interview.is_ended:
        raise UsageError("this interview is over")
    return (_entry("session_end"),)


def pause(interview: Interview) -> tuple[Entry, ...]:
    """Stop the clock; nothing to note if it stands."""
    return (_entry("mock_pause"),) if interview.running_ms else ()


def resume(interview: Interview) -> tuple[Entry, ...]:
    """Let the clock run again where an item is on the table."""
    return (_entry("mock_resume"),) if interview.is_open and not interview.is_ended else ()


def _entry(kind: str, item: str | None = None, **data: JSON) -> Entry:
    return Entry(kind, item, data)


def _demand_open(interview: Interview) -> None:
    if interview.is_ended:
        raise UsageError("this interview is over")
    if interview.round in interview.closed:
        raise UsageError("this round is closed", hint="its scores are handed in")
    if not interview.is_open:
        raise UsageError("the round has not begun")


def _demand_done(interview: Interview) -> None:
    if interview.is_solo and not interview.state.is_done:
        raise UsageError("say done first", hint="nothing is shown before your answer is complete")


def _demand_length(text: str) -> None:
    if len(text) > LONGEST:
        raise UsageError(f"{len(text):,} characters, {LONGEST:,} is the most")
