"""The report of an exam: the same blocks for the screen, for Markdown, for text and for print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import (
    Block,
    BugHunt,
    Bullets,
    Code,
    CurveReading,
    Heading,
    ListItem,
    MultipleChoice,
    Paragraph,
    SingleChoice,
    Span,
    Table,
)
from handbook.practice.exam_paper import asked_blocks
from handbook.practice.exam_words import (
    NOT_RANKED,
    day_text,
    duration_text,
    ended_text,
    given_words,
    interval_text,
    iso_text,
    percent,
    points_text,
    score_text,
    sheet_of,
    verdict_text,
    whisker,
)
from handbook.render.sheet_solution import answer_words
from handbook.study.exam_result import CONFIDENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model import Option, Sheet
    from handbook.study.exam_result import ItemResult, Result, Score

_WHISKER = 21
"""Cells of an interval's drawing: one for each 5%."""


def summary_blocks(
    result: Result, *, is_ascii: bool = False, is_spoken: bool = False
) -> tuple[Block, ...]:
    """Return what an exam says as a whole, without its questions; heard, without drawings."""
    return (
        *_head(result),
        *_whole(result),
        *_topics(result, is_ascii=is_ascii, is_spoken=is_spoken),
        *_confidence(result),
        *_time(result),
    )


def report_blocks(
    result: Result, *, is_ascii: bool = False, is_spoken: bool = False
) -> tuple[Block, ...]:
    """Return the whole report: the summary, then each question with its answer and its reason."""
    questions = (block for item in result.items for block in item_blocks(item))
    return (
        *summary_blocks(result, is_ascii=is_ascii, is_spoken=is_spoken),
        _heading(2, "Questions"),
        *questions,
    )


def _heading(level: int, text: str) -> Heading:
    return Heading(level, (Span(text),), "")


def _says(text: str, style: str = "") -> Paragraph:
    return Paragraph((Span(text, style),))


def _labelled(label: str, text: str) -> Paragraph:
    return Paragraph((Span(f"{label} "), Span(text, "strong")))


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], numbers: int = 0) -> Table:
    """Return a table whose columns after the first are numbers, `numbers` of them."""
    align = tuple("right" if 0 < at <= numbers else "left" for at in range(len(header)))
    cells = tuple(tuple((Span(cell),) for cell in row) for row in rows)
    return Table(tuple((Span(cell),) for cell in header), cells, align)  # type: ignore[arg-type]


def _head(result: Result) -> Iterator[Block]:
    exam = result.exam
    yield _heading(1, exam.form.title)
    paper = Span(exam.form.fingerprint, "code")
    yield Paragraph((paper, Span(f", {day_text(exam.started_ms)}")))


def _whole(result: Result) -> Iterator[Block]:
    score = result.score
    yield _heading(2, "Result")
    points = Span(f"{score_text(score)} points, {percent(score.share)}", "strong")
    yield Paragraph((points, Span(f"; with 95% certainty {interval_text(score.interval)}.")))
    yield _says(verdict_text(result))
    lines = []
    if score.beyond_chance is not None:
        lines.append(f"Beyond what guesses give: {score.beyond_chance:.2f} (1 is all, 0 is chance)")
    for name, part in (("Fresh questions", result.fresh), ("Met before", result.met)):
        if part.number:
            lines.append(f"{name}: {score_text(part)}, {interval_text(part.interval)}")
    yield Bullets(tuple(ListItem((_says(line),)) for line in lines))


def _topics(result: Result, *, is_ascii: bool, is_spoken: bool) -> Iterator[Block]:
    if not result.topics:
        return
    yield _heading(2, "By topic")
    rows = [
        (
            result.title_of(topic),
            score_text(score),
            interval_text(score.interval),
            "" if is_spoken else whisker(score.interval, score.share, _WHISKER, is_ascii=is_ascii),
        )
        for topic, score in result.topics
    ]
    yield _table(("Topic", "Points", "95%", "From 0 to 100%"), rows, 2)
    if not result.can_rank and len(result.topics) > 1:
        yield _says(NOT_RANKED)


def _confidence(result: Result) -> Iterator[Block]:
    if not result.calibration:
        return
    yield _heading(2, "How sure you were")
    rows = [
        (each.word, percent(each.said), percent(each.right / each.number), str(each.number))
        for each in result.calibration
        if each.number
    ]
    yield _table(("You said", "which says", "right", "answers"), rows, 3)
    marks, most = result.certainty
    brier = f"{result.brier:.2f}" if result.brier is not None else ""
    yield _says(
        f"Brier score {brier} (0 is perfect, 0.25 is saying one half always). "
        f"Certainty-based marks {marks} of {most}."
    )


def _time(result: Result) -> Iterator[Block]:
    yield _heading(2, "Time")
    planned = f"Planned for these questions: {duration_text(result.planned_ms)}."
    yield _says(f"{ended_text(result.exam)} {planned}")
    slow = [each for each in result.items if _is_slow(each)]
    slow.sort(key=lambda each: each.slip.spent_ms - each.item.minutes * 60_000, reverse=True)
    if slow:
        rows = [
            (
                f"{each.number}. {each.question.title}",
                duration_text(each.slip.spent_ms),
                duration_text(round(each.item.minutes * 60_000)),
            )
            for each in slow[:5]
        ]
        yield _table(("Longer than planned", "took", "planned"), rows, 2)


def _is_slow(item: ItemResult) -> bool:
    return item.slip.spent_ms > item.item.minutes * 60_000 + 30_000


# One question


def item_blocks(item: ItemResult) -> tuple[Block, ...]:
    """Return a question with its answer, what is right, and why."""
    sheet = sheet_of(item)
    facts: list[str] = [item.state]
    if item.state == "partly right":
        facts = [f"{points_text(item.mark.share)} of 1 point"]
    if item.slip.confidence:
        facts.append(f"you said {CONFIDENCES[item.slip.confidence]}")
    facts.append(duration_text(item.slip.spent_ms))
    found: list[Block] = [
        _heading(3, f"{item.number}. {item.question.title}"),
        _says(f"{', '.join(facts)}.".capitalize(), "emphasis"),
        *asked_blocks(sheet),
    ]
    given, right = given_words(sheet), answer_words(sheet)
    found.append(_labelled("Your answer:", given or "none"))
    if right:
        found.append(_labelled("Right:", right))
    found += _reasons(sheet)
    task = sheet.question.task
    if isinstance(task, BugHunt):
        found.append(Code(task.fix, task.language))
    found += getattr(task, "answer", ()) if item.question.kind == "recall" else ()
    found += sheet.question.why
    if sheet.question.see:
        see = ", ".join(dict.fromkeys(link.text for link in sheet.question.see if link.text))
        found.append(_says(f"See {see}.", "emphasis"))
    return tuple(found)


def _reasons(sheet: Sheet) -> Iterator[Block]:
    """Yield the reason of each wrong option that was taken."""
    options = _options_of(sheet)
    for index in sorted(sheet.current.options):
        if index < len(options) and not options[index].is_right:
            yield from options[index].why


def _options_of(sheet: Sheet) -> Sequence[Option]:
    task = sheet.question.task
    if isinstance(task, SingleChoice | MultipleChoice | CurveReading | BugHunt):
        return task.options
    return ()


# JSON


def record(result: Result) -> dict[str, object]:
    """Return a report as `--json` promises it; times in seconds, shares from 0 to 1."""
    exam = result.exam
    form = exam.form
    return {
        "id": exam.id,
        "exam": form.name,
        "title": form.title,
        "fingerprint": form.fingerprint,
        "seed": form.seed,
        "started": iso_text(exam.started_ms),
        "ended": iso_text(exam.ended_ms) if exam.is_ended else None,
        "reason": exam.reason,
        "clock": exam.policy,
        "open_book": exam.is_open_book,
        "seconds": exam.elapsed_ms // 1000,
        "limit": form.limit_ms // 1000,
        "pass_mark": form.pass_mark,
        "verdict": result.verdict,
        "score": _score_record(result.score),
        "fresh": _score_record(result.fresh),
        "met": _score_record(result.met),
        "topics": [{"topic": topic, **_score_record(score)} for topic, score in result.topics],
        "can_rank": result.can_rank,
        "calibration": [{**each._asdict(), "word": each.word} for each in result.calibration],
        "brier": None if result.brier is None else round(result.brier, 4),
        "certainty": list(result.certainty),
        "to_grade": result.to_grade,
        "items": [_item_record(each) for each in result.items],
    }


def _score_record(score: Score) -> dict[str, object]:
    beyond = score.beyond_chance
    return {
        "points": round(score.points, 4),
        "number": score.number,
        "share": round(score.share, 4),
        "low": round(score.interval.low, 4),
        "high": round(score.interval.high, 4),
        "beyond_chance": None if beyond is None else round(beyond, 4),
    }


def _item_record(item: ItemResult) -> dict[str, object]:
    sheet = sheet_of(item)
    return {
        "number": item.number,
        "id": item.item.id,
        "version": item.item.version,
        "title": item.question.title,
        "topic": item.item.topic,
        "kind": item.item.kind,
        "state": item.state,
        "points": round(item.mark.share, 4) if item.counts else None,
        "confidence": item.slip.confidence or None,
        "answer": given_words(sheet),
        "right": answer_words(sheet),
        "flagged": item.slip.is_flagged,
        "fresh": item.item.is_fresh,
        "seconds": item.slip.spent_ms // 1000,
        "planned": round(item.item.minutes * 60),
    }
