"""The dialogs of study: another session, help with a hard question, flags, facts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handbook.model import Question, Rating
from handbook.practice.studying import TWO_WEEKS
from handbook.practice.summary_words import plural
from handbook.render.line import EMPTY, Line
from handbook.study import grading
from handbook.study.queue import SPRINTS, Sprint
from handbook.study.scheduling import recall
from handbook.tui.screens.overlays import InfoScreen, paragraph
from handbook.tui.screens.picker import Entry, choose
from handbook.tui.screens.prompt import ask
from handbook.tui.screens.study_lines import GRADES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handbook.model import Cloze
    from handbook.tui.screens.study import StudyScreen
    from handbook.tui.screens.study_session import SessionScreen

BOXES = (5, 15, 30, 0)
_SPRINT_WORDS = {
    "all": ("Sprint: everything", "no due dates asked"),
    "missed": ("Sprint: missed lately", "what went wrong in the last days"),
    "low": ("Sprint: hardly known", "lowest expected recall first"),
    "flagged": ("Sprint: flagged", "what you flagged"),
}


def choose_session(screen: StudyScreen) -> None:
    """Choose another session: its time box, a sprint, or a topic."""
    entries = [
        Entry(f"{box} minutes" if box else "No time box", "what is due, then new", ((), None, box))
        for box in BOXES
    ]
    entries += [Entry(*_SPRINT_WORDS[each], ((), Sprint(each), None)) for each in SPRINTS]
    entries.append(Entry("Sprint: one topic", "all of it, no due dates asked", "topic"))
    entries += _topics(screen, "Topic: ", "due and new of it", None)
    suspended = screen.studying.suspended()
    if suspended:
        detail = f"{len(suspended)} {plural('question', len(suspended))} that never come"
        entries.append(Entry("Suspended: ask one again", detail, "suspended"))

    def begin(wishes: object) -> None:
        if isinstance(wishes, tuple):
            screen.begin(*wishes)
        elif wishes == "suspended":
            choose_suspended(screen, suspended)
        else:
            sprints = _topics(screen, "", "", Sprint())
            choose(screen.handbook_app, "Sprint on which topic?", sprints, begin)

    choose(screen.handbook_app, "Another session", entries, begin)


def choose_suspended(screen: StudyScreen, suspended: Iterable[Question]) -> None:
    """Choose a suspended question, which comes again from the next session on."""
    entries = [
        Entry(each.title, screen.workspace.desk.topic_title(each.topic), each) for each in suspended
    ]

    def take_up(question: object) -> None:
        if isinstance(question, Question):
            screen.studying.take_up(question)
            screen.handbook_app.tell(f"Comes again: {question.title}")

    choose(screen.handbook_app, "Ask which again?", entries, take_up)


def _topics(screen: StudyScreen, lead: str, detail: str, sprint: Sprint | None) -> list[Entry]:
    """Return an entry for each topic, which gives the wishes of a session on it."""
    return [
        Entry(f"{lead}{screen.workspace.desk.topic_title(topic)}", detail, ((topic,), sprint, None))
        for topic in screen.studying.topics()
    ]


def choose_help(screen: StudyScreen, question: Question) -> None:
    """Choose what may help with a question that is forgotten often; nothing happens by itself."""
    acts: dict[str, Callable[[], None]] = {
        "read": screen.action_source,
        "edit": screen.action_edit,
        "swap": screen.swap,
        "hold": lambda: screen.hold_for(TWO_WEEKS),
    }
    sibling = screen.studying.easier_sibling(question)
    entries = [
        Entry("Read the section that teaches it", "q comes back to the question", "read"),
        Entry("Split it", "opens the file, so that it becomes two smaller ones", "edit"),
        Entry("Leave it for two weeks", "distance sometimes helps", "hold"),
    ]
    if sibling is not None:
        entries.insert(2, Entry("An easier one in its place", sibling.title, "swap"))
    choose(screen.handbook_app, "What may help", entries, lambda act: acts[str(act)]())


def confirm_suspension(screen: StudyScreen, question: Question) -> None:
    """Ask once whether a question shall never come again."""
    entries = [
        Entry("No, keep asking", "", "no"),
        Entry("Yes, never ask it again", "u takes it back, S later on", "yes"),
    ]
    choose(
        screen.handbook_app,
        f"Suspend: {question.title}",
        entries,
        lambda said: screen.suspend() if said == "yes" else None,
    )


def ask_flag(screen: StudyScreen, question: Question) -> None:
    """Ask what is wrong with a question; an empty answer takes the flag away."""
    flags = {each.id: text for each, text in screen.studying.flags()}

    def keep(text: str) -> None:
        screen.studying.flag(question, text, screen.session)
        screen.handbook_app.tell("Flagged; `handbook flags` lists them" if text else "No flag")

    ask(
        screen.handbook_app,
        "What is wrong with it? Empty for no flag",
        flags.get(question.id, ""),
        keep,
    )


def ask_near_misses(screen: SessionScreen, task: Cloze) -> None:
    """Ask whether words that are nearly right shall count."""
    sheet = screen.sheet
    if sheet is None:
        return
    answer = sheet.answer
    near = [at for at in grading.near_misses(task, answer) if at not in answer.criteria]
    if not near:
        return
    said = ", ".join(f"{answer.gaps[at]} for {task.gaps[at].answers[0]}" for at in near)
    entries = [Entry("Count it as right", said, "yes"), Entry("Not right", "", "no")]

    def take(said: object) -> None:
        if said == "yes":
            criteria = answer.criteria | frozenset(near)
            screen.take_answer(replace(answer, criteria=criteria))

    choose(screen.handbook_app, f"Nearly: {said}", entries, take)


def show_facts(screen: StudyScreen, question: Question) -> None:
    """Show what is known of a question: its reviews, and what each grade would lead to."""
    studying = screen.studying
    card, now = studying.find_card(question), screen.workspace.store.practice.now()
    said = [f"{question.id}, {question.kind}, difficulty {question.difficulty} of 3"]
    said.append(f"{question.path}:{question.line}, version {question.version}")
    if card is None:
        said.append("You have not answered it before.")
    else:
        said.append(f"Answered {card.reps} times, forgotten {card.lapses} times.")
        said.append(
            f"Expected recall today {recall(card, now.day):.0%}; stability {card.stability:.1f} "
            f"days, difficulty {card.difficulty:.1f} of 10; due in {card.due_day - now.day} days."
        )
    outcomes = studying.outcomes(question, screen.confidence)
    for rating, after in outcomes.items():
        word = GRADES[Rating(rating)][1]
        minutes = max(1, round((after.due_ms - now.at_ms) / 60_000))
        when = (minutes, "minute") if after.due_ms else (after.interval, "day")
        said.append(f"{int(rating)} {word}: again in {when[0]} {plural(when[1], when[0])}")

    def lines(width: int) -> list[Line]:
        made = [EMPTY]
        for text in said:
            made += paragraph(text, width)
        return [*made, EMPTY]

    screen.app.push_screen(InfoScreen("Facts", lines))
