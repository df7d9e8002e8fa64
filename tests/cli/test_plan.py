"""`handbook plan`, `handbook progress` and what a checklist says of its measured items."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from handbook.practice.readiness import Readiness
from tests.practice.readers import Person, write_book

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def small(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the book that can be measured in the place of the usual small one."""
    folder = write_book(tmp_path / "measured")
    monkeypatch.setenv("HANDBOOK_ONLY", str(folder))
    monkeypatch.setenv("HANDBOOK_DATA_DIR", str(data))
    monkeypatch.setenv("LANG", "C.UTF-8")
    return folder


def today() -> date:
    return date.today()  # noqa: DTZ011  the command's own day, which a test cannot set


def ahead(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


@pytest.fixture
def studied(small: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Leave a reader who knows the losses and sat a test, on a day on which the clock stands."""
    found = Person(small, data)
    ready = found.ready
    ready.set_day(ready.demand_list(), found.in_days(30))
    found.learns("loss")
    found.wait(1)
    found.sits()
    day = found.ready.today
    found.store.close()
    monkeypatch.setattr(Readiness, "today", day)
    return found


# Looking


def test_looking_makes_no_file(run: Run, data: Path) -> None:
    for words in (("plan",), ("plan", "--json"), ("progress",), ("checklist",)):
        assert run(*words).code == 0
    assert not data.exists()


def test_without_a_date_it_says_how_to_set_one(run: Run) -> None:
    assert run("plan").out == (
        "Plan: Getting ready\nNo date is set: `handbook plan --date 2027-03-01`.\n"
    )
    record = run("plan", "--json").json
    assert (record["date"], record["phases"], record["check"]) == (None, [], None)
    done = run("plan", "export", "--format", "ics")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("handbook: there is no date to make a calendar of (")


def test_progress_has_the_promised_keys(run: Run, studied: Person) -> None:
    record = run("progress", "--json").json
    assert list(record) == [
        *("date", "topics", "checklist", "items", "plan", "ahead", "days", "exams")
    ]
    bias, loss = sorted(record["topics"], key=lambda topic: topic["topic"])
    assert list(loss) == [
        *("topic", "title", "items", "seen", "due"),
        *("recall_today", "recall_on_date", "test", "level", "fresh_left"),
    ]
    assert (loss["title"], loss["items"], loss["seen"]) == ("Losses", 5, 5)
    assert loss["level"] == "mastered"
    assert list(loss["recall_today"]) == ["share", "low", "high", "questions"]
    assert loss["recall_on_date"]["share"] < loss["recall_today"]["share"]
    assert loss["test"]["right"] == loss["test"]["questions"] == 5
    assert loss["fresh_left"] == 2
    assert (bias["recall_today"], bias["test"], bias["level"]) == (None, None, "unseen")
    assert record["checklist"] == {"open": 1, "done": 0, "ready": 1, "slipping": 0}
    assert len(record["ahead"]) == 30
    assert record["exams"][0]["questions"] == 6
    assert [day["answers"] for day in record["days"]] == [6, 5, 5, 5, 5]


def test_progress_shows_shades_and_figures(run: Run, studied: Person) -> None:
    out = run("progress").out
    assert "1 ready, 0 slipping, 0 said done, 1 open" in " ".join(out.split())
    row = next(line for line in out.splitlines() if line.startswith("Losses"))
    assert row.split()[1:3] == ["██", "5/5"]
    assert row.endswith("mastered")
    out = run("progress", "--ascii").out
    assert "##   5/5" in out
    assert out.isascii()


def test_the_checklist_shows_what_was_measured(run: Run, studied: Person) -> None:
    out = run("checklist").out
    assert "Measured: 1 ready, 0 slipping, 0 said done, 1 open" in out
    assert "   ●  Know the losses (core) measured ready" in out
    assert "   ○  Know both" in out
    assert "  [ ] Ask a friend" in out
    assert "  (*) Know the losses (core) measured ready" in run("checklist", "--ascii").out
    first, second, third = run("checklist", "--json").json[:3]
    assert (first["state"], second["state"], third["state"]) == ("ready", "open", "open")
    assert first["measured"]["lacks"] == []
    assert [lack["what"] for lack in second["measured"]["lacks"]] == ["seen", "recall"]
    assert third["measured"] is None
    out = run("checklist", "export").out
    assert "- [ ] Know the losses\n  *Measured ready: questions seen 100%" in out


def test_an_item_that_slips_says_by_what(run: Run, studied: Person) -> None:
    run("plan", "--date", (studied.ready.today + timedelta(days=1500)).isoformat())
    item = run("checklist", "--json").json[0]
    assert item["state"] == "slipping"
    line = next(line for line in run("checklist").out.splitlines() if "Know the losses" in line)
    assert line.startswith("   ◑  ")
    assert "slipping: recall on the day " in line
    run("checklist", "tick", "c-000001")
    assert run("checklist", "--json").json[0]["state"] == "slipping"


# Changing


def test_date_minutes_and_days_off_are_kept(run: Run) -> None:
    done = run("plan", "--date", ahead(30), "--minutes", "40", "--off", f"{ahead(2)}..{ahead(4)}")
    assert done.code == 0
    assert "in 30 days" in done.out
    record = run("plan", "--json").json
    assert record["date"] == ahead(30)
    assert record["minutes_a_day"] == record["check"]["set_minutes"] == 40
    assert record["days_off"] == [ahead(2), ahead(3), ahead(4)]
    assert record["check"]["days"] == 27
    assert [phase["title"] for phase in record["phases"]] == ["Foundations", "Sharpen", "The day"]
    assert run("plan", "--off", "none", ahead(9), "--json").json["days_off"] == [ahead(9)]
    assert run("plan", "--date", "none", "--json").json["date"] is None


def test_a_moved_date_explains_itself(run: Run) -> None:
    run("plan", "--date", ahead(10))
    out = run("plan", "--date", ahead(20)).out
    assert "Moved from " in out
    assert "items a day fewer." in out
    moved = run("plan", "--json").json["moved"]
    assert (moved["from"], moved["to"], moved["items_a_day"]) == (ahead(10), ahead(20), -0.25)


def test_each_role_has_a_date_of_its_own(run: Run) -> None:
    run("plan", "--date", ahead(30), "--role", "ML engineer")
    record = run("plan", "--date", ahead(20), "--role", "a start-up", "--json").json
    assert record["interviews"] == [
        {"date": ahead(20), "role": "a start-up"},
        {"date": ahead(30), "role": "ML engineer"},
    ]
    assert record["date"] == ahead(20)
    record = run("plan", "--date", "none", "--role", "a start-up", "--json").json
    assert record["date"] == ahead(30)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("plan", "--format", "ics"), "--format belongs to `handbook plan export`"),
        (("plan", "soon"), "`handbook plan` does not know what to do with 'soon' ("),
        (("plan", "--role", "x"), "--role names what a --date is for (add --date 2027-03-01)"),
        (("plan", "--off", "monday"), "'monday' is no day (2027-03-01, "),
        (("plan", "--off", "2027-03-05..2027-03-01"), "'2027-03-05..2027-03-01' is no range"),
        (("plan", "--date", "tomorrow"), "'tomorrow' is no date"),
        (("plan", "--date", "2060-01-01"), "2060-01-01 is more than five years away"),
        (("plan", "--minutes", "0"), "'0' is not a whole number from 1 to 720"),
        (("plan", "export", "--format", "icl"), "'icl' is none of md, ics, json (nearest: ics)"),
        (("plan", "export", "--json"), "export has a format of its own (--format json)"),
    ],
)
def test_what_makes_no_sense_is_one_line(run: Run, words: tuple[str, ...], message: str) -> None:
    done = run(*words)
    assert done.code == 2
    assert message in done.err
    assert done.err.count("\n") == 1
    assert run("plan", "--json").json["interviews"] == []


# Taking away


def test_the_plan_as_markdown_and_json(run: Run) -> None:
    run("plan", "--date", ahead(30))
    run("checklist", "tick", "c-000003")
    out = run("plan", "export").out
    assert out.startswith("# Plan: Getting ready\n")
    assert "- [ ] Know the losses (60 min, core)\n" in out
    assert "- [x] Ask a friend (10 min)\n" in out
    assert run("plan", "export", "--format", "md").out == out
    assert run("plan", "export", "--format", "json").json == run("plan", "--json").json


def test_the_calendar_holds_phases_and_interviews(run: Run) -> None:
    run("plan", "--date", ahead(30), "--role", "Bits, and Co")
    out = run("plan", "export", "--format", "ics").out
    assert out.startswith("BEGIN:VCALENDAR\r\n")
    summaries = [line[8:] for line in out.split("\r\n") if line.startswith("SUMMARY:")]
    assert summaries == ["Foundations", "Sharpen", "The day", "Interview: Bits\\, and Co"]
    day = ahead(30).replace("-", "")
    assert f"DTSTART;VALUE=DATE:{day}\r\n" in out
