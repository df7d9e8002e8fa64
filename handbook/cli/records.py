"""What was measured, as records of a JSON document; the keys are promised and stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.readiness import day_of

if TYPE_CHECKING:
    from handbook.model.readiness import (
        ExamLine,
        ItemMastery,
        MixedResult,
        PlanCheck,
        Spread,
        StudyDay,
        TopicMastery,
    )


def topic_record(topic: TopicMastery) -> dict[str, object]:
    """Return a topic: how many questions it has, what was met, recalled and tested, its level."""
    return {
        "topic": topic.topic,
        "title": topic.title,
        "items": topic.items,
        "seen": topic.seen,
        "due": topic.due,
        "recall_today": spread_record(topic.today),
        "recall_on_date": spread_record(topic.then),
        "test": check_record(topic.test),
        "level": str(topic.level),
        "fresh_left": topic.fresh,
    }


def spread_record(spread: Spread | None) -> dict[str, object] | None:
    """Return an expected recall with its interval; None where nothing was met."""
    if spread is None:
        return None
    low, high = round(spread.low, 4), round(spread.high, 4)
    record = {"share": round(spread.share, 4), "low": low, "high": high}
    return {**record, "questions": spread.questions}


def check_record(test: MixedResult | None) -> dict[str, object] | None:
    """Return a result of mixed tests; None where there is none."""
    if test is None:
        return None
    return {
        "right": test.right,
        "questions": test.questions,
        "low": round(test.low, 4),
        "high": round(test.high, 4),
        "date": day_of(test.day).isoformat(),
        "tests": test.tests,
    }


def measured_record(found: ItemMastery | None) -> dict[str, object] | None:
    """Return what was measured of an item; None for one that cannot be measured."""
    if found is None:
        return None
    return {
        "seen": round(found.seen, 4),
        "recall_on_date": None if found.recall is None else round(found.recall, 4),
        "test": check_record(found.test),
        "lacks": [
            {
                "what": lack.what,
                "share": None if lack.share is None else round(lack.share, 4),
                "wanted": lack.wanted,
            }
            for lack in found.lacks
        ],
    }


def day_record(day: StudyDay) -> dict[str, object]:
    """Return what was done on a day of study."""
    return {
        "date": day_of(day.day).isoformat(),
        "answers": day.answers,
        "right": round(day.right, 2),
        "minutes": round(day.minutes, 1),
    }


def exam_record(exam: ExamLine) -> dict[str, object]:
    """Return an exam that was handed in."""
    return {
        "session": exam.session,
        "title": exam.title,
        "date": day_of(exam.day).isoformat(),
        "right": round(exam.right, 4),
        "questions": exam.questions,
        "low": round(exam.low, 4),
        "high": round(exam.high, 4),
    }


def plan_check_record(check: PlanCheck | None) -> dict[str, object] | None:
    """Return whether the time is enough; None without days left."""
    if check is None:
        return None
    return {
        "needs_minutes": check.needs,
        "set_minutes": check.minutes,
        "days": check.days,
        "study_minutes": check.studying,
        "item_minutes": check.working,
        "fits": list(check.fits),
        "leaves": list(check.leaves),
    }
