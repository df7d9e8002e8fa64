"""All exams that were sat: a row for each attempt, and how each topic has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model import Heading, Paragraph, Span, Table
from handbook.practice.exam_words import (
    ARROWS,
    ASCII_ARROWS,
    date_text,
    day_text,
    interval_text,
    iso_text,
    score_text,
    whisker,
)
from handbook.study.exam_result import growths, topic_growths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handbook.model import Block
    from handbook.study.exam_result import Growth, Result

ONE_ROW = "No exam was handed in yet."
NO_ARROW = "An arrow stands only where the interval of the difference excludes 0."
NO_WORD = "Up and down are said only where the interval of the difference excludes 0."
_WHISKER = 21


def history_blocks(
    results: Sequence[Result], *, is_ascii: bool = False, is_spoken: bool = False
) -> tuple[Block, ...]:
    """Return all attempts, the newest first, and each topic's newest beside the one before.

    Heard, intervals are figures and not drawings.
    """
    title = Heading(1, (Span("Exams"),), "")
    if not results:
        return (title, Paragraph((Span(ONE_ROW),)))
    attempts = [
        (
            date_text(result.exam.started_ms),
            result.exam.form.name,
            score_text(result.score),
            *_drawn(growth, is_ascii=is_ascii, is_spoken=is_spoken),
        )
        for result, growth in zip(results, growths(results), strict=True)
    ]
    topics = [
        (
            results[0].title_of(topic),
            score_text(growth.score),
            *_drawn(growth, is_ascii=is_ascii, is_spoken=is_spoken),
        )
        for topic, growth in topic_growths(results)
    ]
    within = "95%" if is_spoken else "95%, on 0 to 100%"
    return (
        title,
        _table(("Day", "Exam", "Points", within, "Since before"), attempts),
        Heading(2, (Span("By topic, the newest"),), ""),
        _table(("Topic", "Points", within, "Since before"), topics),
        Paragraph((Span(NO_WORD if is_spoken else NO_ARROW),)),
    )


def _drawn(growth: Growth, *, is_ascii: bool, is_spoken: bool) -> tuple[str, str]:
    """Return a score's interval as a drawing or as figures, and how it has changed."""
    score = growth.score
    if is_spoken:
        return interval_text(score.interval), growth_text(growth, is_ascii=True)
    drawing = whisker(score.interval, score.share, _WHISKER, is_ascii=is_ascii)
    return drawing, growth_text(growth, is_ascii=is_ascii)


def growth_text(growth: Growth, *, is_ascii: bool = False) -> str:
    """Return a change as "↑ +5 to +42", without an arrow where it may be chance; "" for a first."""
    difference = growth.difference
    if difference is None:
        return ""
    arrow = (ASCII_ARROWS if is_ascii else ARROWS)[growth.direction]
    said = f"{difference.low * 100:+.0f} to {difference.high * 100:+.0f}"
    return f"{arrow} {said}".strip()


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    align = tuple("right" if name == "Points" else "left" for name in header)
    cells = tuple(tuple((Span(cell),) for cell in row) for row in rows)
    return Table(tuple((Span(cell),) for cell in header), cells, align)  # type: ignore[arg-type]


def history_records(results: Sequence[Result]) -> list[dict[str, object]]:
    """Return a record for each attempt, the newest first, as `--json` promises it."""
    return [
        {
            "id": result.exam.id,
            "exam": result.exam.form.name,
            "fingerprint": result.exam.form.fingerprint,
            "started": iso_text(result.exam.started_ms),
            "points": round(result.score.points, 4),
            "number": result.score.number,
            "low": round(result.score.interval.low, 4),
            "high": round(result.score.interval.high, 4),
            "verdict": result.verdict,
            "direction": growth.direction,
            "topics": list(_topic_records(result)),
        }
        for result, growth in zip(results, growths(results), strict=True)
    ]


def _topic_records(result: Result) -> Iterator[dict[str, object]]:
    for topic, score in result.topics:
        yield {"topic": topic, "points": round(score.points, 4), "number": score.number}


def attempt_text(result: Result) -> str:
    """Return an attempt in a line: 16 May 2026, 12:05, 8 of 12, 39 to 86%."""
    score = result.score
    when = day_text(result.exam.started_ms)
    return f"{when}, {score_text(score)}, {interval_text(score.interval)}"
