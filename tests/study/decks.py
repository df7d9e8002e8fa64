"""Made-up questions, cards and sessions for tests of the plan of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from handbook.model import Card, CardState, Cue, Place, Question, Recall, Standing
from handbook.study.queue import Wishes

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = 20_000
NOW = DAY * 24 * 60 * 60_000
TOPICS = ("bias", "debugging", "loss", "roles")


def question(name: str, topic: str = "bias", **more: object) -> Question:
    values: dict[str, object] = {"chapter": topic, "task": Recall((), ()), **more}
    return Question(name, name.title(), topic, (), **values)  # type: ignore[arg-type]


def cue(name: str, page: str, anchor: str, topic: str = "bias") -> Question:
    return question(name, topic, task=Cue(Place(page, anchor)), page=page, use="study")


def card(name: str, due_day: int = DAY, **more: object) -> Card:
    values: dict[str, object] = {
        "state": int(CardState.REVIEW),
        "step": -1,
        "stability": 5.0,
        "difficulty": 5.0,
        "last_day": due_day - 5,
        "last_ms": NOW,
        "due_ms": 0,
        "interval": 5,
        "reps": 2,
        "lapses": 0,
        "recent": "33",
        "seen_version": 1,
        "is_shaken": False,
        **more,
    }
    return Card(question=name, due_day=due_day, **values)  # type: ignore[arg-type]


def wishes(**more: object) -> Wishes:
    return Wishes(**{"day": DAY, "at_ms": NOW, **more})  # type: ignore[arg-type]


class Reader:
    """What a reader of a made-up bank has left."""

    def __init__(
        self,
        questions: tuple[Question, ...],
        cards: Mapping[str, Card],
        standings: Mapping[str, Standing],
    ) -> None:
        self.questions = questions
        self.cards = cards
        self.standings = standings

    def __repr__(self) -> str:
        return f"Reader({[(q.id, q.topic, q.use) for q in self.questions]}, {self.cards})"

    @property
    def by_id(self) -> dict[str, Question]:
        return {each.id: each for each in self.questions}


@st.composite
def readers(draw: st.DrawFn) -> Reader:
    """Draw a bank of up to 30 questions with cards and standings of every sort."""
    found, cards, standings = [], {}, {}
    for number in range(draw(st.integers(0, 30))):
        name = f"q-{number:06}"
        found.append(
            question(
                name,
                draw(st.sampled_from(TOPICS)),
                use=draw(st.sampled_from(["both", "both", "study", "exam"])),
                minutes=draw(st.sampled_from([0.5, 1.0, 4.0])),
                difficulty=draw(st.integers(1, 3)),
                version=draw(st.integers(1, 2)),
            )
        )
        if draw(st.booleans()):
            due_day = DAY + draw(st.integers(-40, 10))
            due_ms = draw(st.sampled_from([0, 0, NOW - 60_000, NOW + 60_000]))
            stability = draw(st.floats(0.2, 100))
            cards[name] = card(name, due_day, due_ms=due_ms, stability=stability)
        if draw(st.integers(0, 5)) == 0:
            held = draw(st.sampled_from([0, DAY, DAY + 1]))
            standings[name] = Standing(name, held, draw(st.booleans()), "?")
    return Reader(tuple(found), cards, standings)
