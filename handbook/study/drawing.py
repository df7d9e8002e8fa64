"""Drawing the form of an exam: from a blueprint, questions and a seed to the same paper everywhere.

Questions are ranked by a hash of seed and id and the first are taken, so one question more or less
in the bank leaves the rest of a form as it was; a generator of random numbers would not.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from handbook.model.chance import rank
from handbook.model.exam import Form, FormItem, fitting
from handbook.study.answering import sheet_for

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from handbook.model.exam import Blueprint, Cell, Section
    from handbook.model.question import Question

SEED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
"""What a seed may be: a word that two people can tell each other."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def seed_of_day(date: str, taken: Container[str]) -> str:
    """Return the date and the first letter with which it is not taken: 2026-03-01-A."""
    for length in range(1, 4):
        for letter in LETTERS:
            if (seed := f"{date}-{letter * length}") not in taken:
                return seed
    return f"{date}-Z"


def draw(blueprint: Blueprint, questions: Iterable[Question], seed: str) -> tuple[Question, ...]:
    """Return the questions of a form in their order on it.

    Fewer than the blueprint asks for come back only where `model.exam.shortages` finds some.
    """
    known = tuple(questions)
    taken: dict[str, Question] = {}
    for number, section in enumerate(blueprint.sections):
        order = sorted(section.topics, key=lambda topic: rank(seed, "topic", str(number), topic))
        for cell in section.cells(order):
            left = (each for each in fitting(cell, section, known) if each.id not in taken)
            taken |= {each.id: each for each in _picked(cell, section, tuple(left), seed)}
    return tuple(sorted(taken.values(), key=lambda each: rank(seed, "order", each.id)))


def _picked(
    cell: Cell, section: Section, able: Sequence[Question], seed: str
) -> tuple[Question, ...]:
    ranked = sorted(able, key=lambda each: rank(seed, "pick", each.id))
    if section.pool != "mixed":
        return tuple(ranked[: cell.number])
    held = [each for each in ranked if each.is_held_out]
    shared = [each for each in ranked if not each.is_held_out]
    # Half of each; where one half is short the other makes up for it.
    of_shared = min(len(shared), cell.number // 2)
    of_held = min(len(held), cell.number - of_shared)
    return (*held[:of_held], *shared[: cell.number - of_held])


def form_of(
    blueprint: Blueprint,
    questions: Iterable[Question],
    seed: str,
    *,
    met: Container[str] = frozenset(),
) -> Form:
    """Return the form of a seed; `met` are the ids of the questions that the reader has seen."""
    items = tuple(_item(each, seed, met) for each in draw(blueprint, questions, seed))
    form = Form(
        blueprint.name, blueprint.title, seed, blueprint.minutes, blueprint.pass_mark, items
    )
    return form._replace(fingerprint=fingerprint(form))


def _item(question: Question, seed: str, met: Container[str]) -> FormItem:
    own = f"{seed}/{question.id}"
    return FormItem(
        question.id,
        question.version,
        own,
        sheet_for(question, own).orders,
        question.topic,
        question.kind,
        float(question.minutes),
        question.id not in met,
    )


def fingerprint(form: Form) -> str:
    """Return what names a paper: two people with the same one have the same questions before them.

    It is the blueprint, the seed, and 8 digits of a hash over the ids, the versions and the orders
    of all options.
    """
    said = "\n".join(
        f"{item.id} v{item.version} {' '.join(','.join(map(str, each)) for each in item.orders)}"
        for item in form.items
    )
    rules = f"{form.minutes} {form.pass_mark:g}\n"
    digits = hashlib.blake2b((rules + said).encode(), digest_size=4).hexdigest()
    return f"{form.name}/{form.seed}/{digits}"


def find_sibling(asked: Question, form: Form, questions: Mapping[str, Question]) -> Question | None:
    """Return the question of study that teaches what a question of an exam asked, None without one.

    It is the question itself where study shows it; else one of its topic, first one that was not in
    the exam, then one of the same section of the book, then of the same kind.
    """
    now = questions.get(asked.id)
    if now is not None and not now.is_held_out:
        return now
    taken = {item.id for item in form.items}
    able = [
        each for each in questions.values() if each.topic == asked.topic and not each.is_held_out
    ]
    places = {(link.target, link.anchor) for link in asked.see}

    def farness(each: Question) -> tuple[bool, bool, bool, int]:
        is_near = any((link.target, link.anchor) in places for link in each.see)
        harder = abs(each.difficulty - asked.difficulty)
        return each.id in taken, not is_near, each.kind != asked.kind, harder

    return min(able, key=farness, default=None)
