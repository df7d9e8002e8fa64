"""The lines around a question in study: the row in which one judges, the pane beside, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import (
    BugHunt,
    Confidence,
    Cue,
    Matching,
    Ordering,
    Rating,
    Recall,
    Span,
)
from handbook.practice.summary_words import summary_parts
from handbook.render.cells import cells, fit
from handbook.render.line import EMPTY, Line, Run
from handbook.render.wrap import wrap
from handbook.study import grading

if TYPE_CHECKING:
    from handbook.model import Mark, Sheet
    from handbook.practice.summary import Summary
    from handbook.study.session import Session
    from handbook.tui.paint import Painter
    from handbook.tui.screens.study_session import SessionScreen

SURE = {Confidence.GUESS: "guess", Confidence.THINK: "think", Confidence.SURE: "sure"}
GRADES = {
    Rating.AGAIN: ("forgot", "Forgot"),
    Rating.HARD: ("hard", "Right, but hard"),
    Rating.GOOD: ("right", "Right"),
    Rating.EASY: ("easy", "Easy"),
}
REASONS = {"learning": "again", "due": "due", "first": "new", "new": "new", "extra": "extra"}


def state_words(session: Session | None, summary: Summary | None) -> tuple[str, ...]:
    """Return the words of the top bar: which question, how much time is left."""
    if session is None or summary is not None:
        return ()
    minutes, seconds = divmod(session.left_ms // 1000, 60)
    left = f"{minutes}:{seconds:02} left" if session.minutes else ""
    if session.minutes and session.is_time_up:
        left = "time is up"
    return (f"{session.position} of {session.size}", left)


def judge_lines(screen: SessionScreen, width: int, painter: Painter) -> list[Line]:
    """Return two rows: what is the case, and what the digits mean now."""
    sheet = screen.sheet
    if sheet is None:
        return [
            EMPTY,
            _row([Run("S", "key"), Run(" another session   "), Run("q", "key"), Run(" leave")]),
        ]
    if not sheet.is_revealed:
        how = "how sure are you?" if width >= 60 else ""
        runs = [Run(f"{how}  ", "muted")] if how else []
        for level, word in SURE.items():
            runs += [Run(str(int(level)), "key"), Run(f" {word}   ")]
        return [_row(_how_to_answer(sheet, width)), _row(runs)]
    runs = []
    is_wide = width >= 76
    for rating in screen.grades:
        words = GRADES[rating]
        is_suggested = rating is screen.rating
        word = words[is_wide]
        mark = painter.sign("here") if is_suggested else " "
        runs += [Run(mark, "cursor"), Run(str(int(rating)), "key")]
        runs.append(
            Run(f" {word}  " if is_wide else f" {word} ", "strong" if is_suggested else "text")
        )
    return [_row(_verdict(screen, width)), _row(runs)]


def missing_words(sheet: Sheet) -> tuple[str, str]:
    """Return what an answer still lacks, and which key gives it."""
    task, answer = sheet.task, sheet.current
    match task:
        case BugHunt() if answer.line:
            return "what mends the line is open", "a letter picks it, below the listing"
        case BugHunt():
            return "no line is accused yet", "↑↓ and Space, n if you don't know"
        case Ordering():
            placed = f"{len(answer.order)} of {len(task.items)} have a place"
            return placed, "letters give the others theirs, n if you don't know"
        case Matching():
            paired = sum(each >= 0 for each in answer.pairs)
            return f"{paired} of {len(task.pairs)} have a partner", "n if you don't know"
    return "no answer yet", "a letter picks one, n if you don't know"


def _row(runs: list[Run]) -> Line:
    return Line((Run(" "), *runs))


def _verdict(screen: SessionScreen, width: int) -> list[Run]:
    """Return in words whether the answer was right, and what follows where that is special."""
    sheet = screen.sheet
    if sheet is None:
        return []
    marked = grading.mark(sheet.question.task, sheet.answer)
    notes = []
    if screen.confidence is Confidence.SURE and sheet.question.is_objective and not marked.is_right:
        notes.append("you were sure: back in three days at most")
    if screen.studying.is_corrected(sheet.question):
        notes.append("corrected since you saw it")
    if screen.studying.is_leech(sheet.question):
        notes.append("forgotten often: l helps")
    runs = [_judgement(screen, sheet, marked, width)]
    for note in notes:
        if cells("".join(run.text for run in runs)) + cells(note) + 4 <= width:
            runs.append(Run(f"   {note}", "warning"))
    return runs


def _how_to_answer(sheet: Sheet, width: int) -> list[Run]:
    """Return what to do with a question that has nothing to pick and needs no typing."""
    if not isinstance(sheet.task, Recall | Cue):
        return []
    words = "Say your answer, or write it: w. Then a digit shows what is right."
    return [Run(words if width >= 70 else "Say it; a digit shows what is right.", "muted")]


def _judgement(screen: SessionScreen, sheet: Sheet, marked: Mark, width: int) -> Run:
    if screen.is_unknown:
        return Run("Not known, no matter: it comes back", "muted")
    if isinstance(sheet.question.task, Recall) and sheet.question.task.rubric:
        points = round(marked.share * sheet.question.task.points)
        said = f"{points} of {sheet.question.task.points} points ticked"
        return Run(f"{said}; letters tick what you said" if width >= 60 else said, "muted")
    if not sheet.question.is_objective:
        return Run("How well did you know it?", "muted")
    if marked.is_right:
        is_lucky = screen.confidence is Confidence.GUESS
        return Run("Right, by a guess" if is_lucky else "Right", "task.done")
    part = f", {marked.share:.0%} of it is" if marked.share > 0 else ""
    return Run(f"Not right{part}", "error")


def beside_lines(screen: SessionScreen, width: int) -> list[Line]:
    """Return what the session has come to so far."""
    session = screen.session
    if session is None:
        return []
    reviews = [turn for turn in session.turns if turn.kind == "review"]
    right = sum(turn.rating > Rating.AGAIN for turn in reviews)
    painter = screen.painter
    share = session.answers / max(1, session.size)
    filled = round(share * min(24, width - 8))
    bar = painter.sign("full") * filled + painter.sign("empty") * (min(24, width - 8) - filled)
    lines = [EMPTY, _pair(f"{bar} {session.answers}/{session.size}", "", width), EMPTY]
    if reviews:
        seconds = sum(turn.total_ms for turn in reviews) // len(reviews) // 1000
        lines += [
            _pair("right so far", f"{right} of {len(reviews)}", width),
            _pair("time a question", f"{seconds} s", width),
        ]
    if session.owed:
        lines.append(_pair("coming back", str(len(session.owed)), width))
    topics: dict[str, int] = {}
    for waiting in session.waiting:
        topics[waiting.planned.topic] = topics.get(waiting.planned.topic, 0) + 1
    lines += [EMPTY, Line((Run(" "), Run("Still to come", "heading.2")))]
    title_of = screen.workspace.desk.topic_title
    lines += [
        _pair(fit(title_of(topic), width - 8).rstrip(), str(count), width)
        for topic, count in topics.items()
    ]
    return lines


def _pair(name: str, value: str, width: int) -> Line:
    gap = max(1, width - cells(name) - cells(value) - 3)
    return Line((Run(f" {name}", "muted" if value else "gauge"), Run(" " * gap), Run(value)))


def summary_lines(summary: Summary, width: int) -> list[Line]:
    """Return what a session came to, set for a width."""
    lines: list[Line] = []
    if not summary.answers:
        text = "Nothing is due, and nothing new is planned for today. S offers a sprint."
        lines += [Line(tuple(row)) for row in wrap((Span(text),), width, "text")]
    else:
        lines.append(Line((Run("That was it", "heading.2"),)))
    for heading, said in summary_parts(summary):
        if heading:
            lines += [EMPTY, Line((Run(heading, "heading.3"),))]
        elif lines:
            lines.append(EMPTY)
        for text in said:
            lines += [Line(tuple(row)) for row in wrap((Span(text),), width, "text")]
    return lines
