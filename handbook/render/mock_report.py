"""The report of a mock interview: as lines, as Markdown, as values for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.blocks import hung, inner_width
from handbook.render.line import EMPTY, Line, Run
from handbook.render.mock import titled, wrapped
from handbook.render.wrap import wrap_runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.interview import DimensionResult, ItemResult, MockReport

NOTHING = "No round is closed yet, so there is nothing to tell."
STRENGTHS, GAPS = "Strengths: never below 3", "Gaps: at least once below 3"


def headline(report: MockReport, when: str) -> str:
    """Return whom, when, how and how far a report is about."""
    whom = report.name or ("alone" if report.mode == "solo" else "no name given")
    said = [whom, when] if report.mode == "solo" else [whom, when, "with an interviewer"]
    if report.open_rounds:
        said.append(
            f"{len(report.rounds)} of {len(report.rounds) + len(report.open_rounds)} rounds"
        )
    return ", ".join(said)


def report_lines(
    report: MockReport, when: str, width: int, *, is_spoken: bool = False
) -> list[Line]:
    """Return a report as lines of at most `width` cells."""
    lines = titled(f"Mock interview: {report.title}", width, 1)[1:]
    lines += wrapped(headline(report, when), width, "muted")
    if not report.rounds:
        return [*lines, EMPTY, *wrapped(NOTHING, width)]
    for title, found in ((STRENGTHS, report.strengths), (GAPS, report.gaps)):
        if found:
            lines += titled(title, width)
        for each in found:
            lines += _dimension_lines(each, width)
    if not report.dimensions:
        lines += [EMPTY, *wrapped("Nothing was scored.", width, "muted")]
    for item in report.items:
        lines += _item_lines(item, width, is_spoken=is_spoken)
    return [*lines, EMPTY, *wrapped(drills_text(report), width)]


def drills_text(report: MockReport) -> str:
    """Return what becomes of what was missed."""
    missed = sum(len(each.missed) for each in report.items)
    if not missed:
        return "Every criterion was met."
    count = len(report.drills)
    questions = "1 question" if count == 1 else f"{count} questions"
    said = f"{missed} missed, with {questions} of the bank behind them"
    return f"{said}." if count else f"{missed} missed, none in the bank."


def _span_text(result: DimensionResult) -> str:
    low, high = result.lowest, result.highest
    return str(low) if low == high else f"{low} to {high}"


def _dimension_lines(result: DimensionResult, width: int) -> list[Line]:
    lines = wrapped(f"{result.name}: {_span_text(result)}", width, "strong")
    for score in result.scores:
        said = f"{score.item}: " + " / ".join(score.evidence)
        body = wrap_runs([Run(said)], inner_width(width, 4))
        lines += [Line(row) for row in hung(body, Run(f" {score.score}  ", "key"), width)]
    return lines


def _facts(item: ItemResult) -> str:
    facts = [f"{item.points} of {item.of_points} points"]
    facts.append(f"{item.spent:.0f} of {item.planned:g} min")
    facts.append("1 hint" if item.hints == 1 else f"{item.hints} hints")
    facts.append("1 follow-up" if item.follow_ups == 1 else f"{item.follow_ups} follow-ups")
    return ", ".join(facts)


def _item_lines(item: ItemResult, width: int, *, is_spoken: bool) -> list[Line]:
    lines = [*titled(f"{item.round}: {item.title}", width), *wrapped(_facts(item), width, "muted")]
    boxes = ("Met: ", "Missed: ") if is_spoken else ("[x] ", "[ ] ")
    both = ((boxes[0], "task.done", item.met), (boxes[1], "task.open", item.missed))
    for box, style, found in both:
        for text in found:
            body = wrap_runs([Run(text)], inner_width(width, len(box)))
            lines += [Line(row) for row in hung(body, Run(box, style), width)]
    for text in item.notes:
        lines += wrapped(f"Note: {text}", width)
    if item.outline.strip():
        lines += wrapped("Outline:", width, "muted")
        lines += [line for row in item.outline.strip().split("\n") for line in wrapped(row, width)]
    return lines


# Markdown


def report_markdown(report: MockReport, when: str) -> str:
    """Return a report as Markdown."""
    rows = [f"# Mock interview: {_safe(report.title)}", "", _safe(headline(report, when)), ""]
    if not report.rounds:
        return "\n".join([*rows, NOTHING, ""])
    for title, found in ((STRENGTHS, report.strengths), (GAPS, report.gaps)):
        if found:
            rows += [f"## {title}", ""]
        for each in found:
            rows += [f"- **{_safe(each.name)}**: {_span_text(each)}"]
            for score in each.scores:
                rows += [
                    f"  - {score.score}, {_safe(score.item)}: {_safe(' / '.join(score.evidence))}"
                ]
        rows += [""] if found else []
    for item in report.items:
        rows += [f"## {_safe(item.round)}: {_safe(item.title)}", "", _facts(item), ""]
        rows += [f"- [x] {_safe(text)}" for text in item.met]
        for text, drill in zip(item.missed, item.drills, strict=True):
            rows += [f"- [ ] {_safe(text)}" + (f" (`{drill}`)" if drill else "")]
        rows += ["", *(f"> {_safe(text)}\n" for text in item.notes)]
        if item.outline.strip():
            rows += [
                "Outline:",
                "",
                *(f"    {row}" for row in item.outline.strip().split("\n")),
                "",
            ]
    return "\n".join([*rows, drills_text(report), ""])


_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|"})


def _safe(text: str) -> str:
    """Return a reader's words so that Markdown takes none of them for its own."""
    return " ".join(text.split()).translate(_SPECIAL)


# Values


def report_record(report: MockReport, when: str) -> Mapping[str, object]:
    """Return a report as values for a JSON document; minutes have one decimal."""
    return {
        "id": report.id,
        "title": report.title,
        "mode": report.mode,
        "name": report.name,
        "begun": when,
        "ended": report.is_ended,
        "rounds": list(report.rounds),
        "open_rounds": list(report.open_rounds),
        "strengths": [each.name for each in report.strengths],
        "gaps": [each.name for each in report.gaps],
        "dimensions": [
            {
                "name": each.name,
                "lowest": each.lowest,
                "highest": each.highest,
                "scores": [
                    {**score._asdict(), "evidence": list(score.evidence)} for score in each.scores
                ],
            }
            for each in report.dimensions
        ],
        "items": [_item_record(item) for item in report.items],
        "drills": list(report.drills),
    }


def _item_record(item: ItemResult) -> Mapping[str, object]:
    record: dict[str, object] = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in item._asdict().items()
    }
    return {**record, "spent": round(item.spent, 1)}
