"""A session's summary in words: calm, and with the numbers that help to decide what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.practice.summary import Moved, Summary

Part = tuple[str, tuple[str, ...]]
"""A heading ("" for none) and the lines under it."""


def summary_parts(summary: Summary) -> tuple[Part, ...]:
    """Return what a session came to, as headings with lines."""
    if not summary.answers:
        return (("", _coming(summary)),)
    parts: list[Part] = [("", _result(summary)), ("What moved", tuple(map(_moved, summary.moved)))]
    if summary.missed:
        parts.append(("Missed, and coming back", tuple(each.title for each in summary.missed)))
    parts.append(("What is coming", _coming(summary)))
    return tuple(parts)


def _result(summary: Summary) -> tuple[str, ...]:
    count = summary.answered
    lines = [f"{count.of} {plural('question', count.of)}, {count.right} right at the first answer"]
    if len(summary.kinds) > 1:
        by_kind = (f"{each.kind} {each.right} of {each.of}" for each in summary.kinds)
        lines.append("By kind: " + ", ".join(by_kind))
    if summary.sure.of:
        lines.append(f"You were sure of {summary.sure.of}, and right in {summary.sure.right}")
    if summary.lucky:
        lines.append(f"{summary.lucky} right by a guess; guesses count for less")
    return tuple(lines)


def _moved(moved: Moved) -> str:
    seen = f"{moved.seen} of {moved.of} seen"
    if not moved.seen_before:
        return f"{moved.title}: begun, {seen}, recall tomorrow {moved.after:.0%}"
    return f"{moved.title}: recall tomorrow {moved.before:.0%}, now {moved.after:.0%}, {seen}"


def _coming(summary: Summary) -> tuple[str, ...]:
    load = summary.load
    today = f"Still due today {load.today}, tomorrow" if load.today else "Tomorrow"
    lines = [f"{today} {load.tomorrow} due, in the next seven days {load.week}"]
    if summary.waiting:
        verb = "waits" if summary.waiting == 1 else "wait"
        lines.append(
            f"{summary.waiting} due {plural('question', summary.waiting)} {verb}; "
            f"expected cost until tomorrow: {summary.cost:.1f} {plural('answer', 2)}"
        )
    return tuple(lines)


def plural(word: str, count: int) -> str:
    """Return a word for a number of things."""
    return word if count == 1 else f"{word}s"
