"""Progress: the heat map of topics, the days ahead, and what was done; nothing is kept here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from handbook.errors import NothingFoundError, UsageError
from handbook.model.number import find_number
from handbook.model.readiness import TopicMastery
from handbook.render.line import EMPTY, Line, Run
from handbook.render.options import Options
from handbook.render.plan import check_text, move_text, phase_text
from handbook.render.progress import (
    ahead_lines,
    done_lines,
    progress_markdown,
    said,
    summary_texts,
)
from handbook.render.readiness import columns, heat_header, heat_line, legend, topic_texts
from handbook.tui.paint import frame
from handbook.tui.screens.beside import BesideScreen
from handbook.tui.screens.checklist_lines import until
from handbook.tui.screens.measuring import has_questions, work
from handbook.tui.screens.prompt import ask
from handbook.tui.widgets.choices import Item
from handbook.tui.widgets.lines import LineView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model.readiness import Progress
    from handbook.practice.readiness import Readiness

VIEWS = ("topics", "ahead", "done")
WORKING = "Working out whether the time is enough ..."
_TALL = 34
"""From so many rows on, a month of the days ahead is shown and not a fortnight."""


class ProgressScreen(BesideScreen):
    """Shows what was measured; where there is room, the topic and the plan stand beside it."""

    PLACE: ClassVar[str] = "progress"

    def __init__(self) -> None:
        """Begin with the topics."""
        super().__init__()
        self.view = 0
        self._ready: Readiness | None = None
        self._progress: Progress | None = None
        self._studying: float | None = None
        self._is_working = self._is_worked_out = False

    def on_mount(self) -> None:
        """Take the focus."""
        self.pane.opens_at_once = False
        self.take_focus(self._show)
        self.handbook_app.attempt(self._settle)

    def _settle(self) -> None:
        """Count back from the next interview once one is past."""
        if self.ready.main_list is not None and self.ready.settle(self.ready.main_list):
            self.refresh_content()

    # What is known

    @property
    def ready(self) -> Readiness:
        """What was measured when this was last shown."""
        if self._ready is None:
            from handbook.practice.readiness import Readiness  # noqa: PLC0415  after a first frame

            self._ready = Readiness(self.workspace.desk)
        return self._ready

    def _work_out(self) -> None:
        """Find out whether the time is enough, behind the frame."""
        checklist = self.ready.main_list
        if self._is_worked_out or self._is_working or checklist is None:
            return
        self._is_working = True
        ready = self.ready
        work(
            self.handbook_app,
            ready.load_of(checklist),
            lambda studying: self._worked_out(ready, studying),
        )

    def _worked_out(self, ready: Readiness, studying: float) -> None:
        """Take the answer over; if something was changed meanwhile, it is worked out once more."""
        self._is_working, self._is_worked_out = False, ready is self._ready
        self._studying = studying
        self._progress = None
        if self.is_attached:
            self._show()

    # What is shown

    def refresh_content(self) -> None:
        """Measure anew, and show it; what was worked out stands until it is worked out again."""
        self._ready = self._progress = None
        self._is_worked_out = False
        self._show()

    @property
    def options(self) -> Options:
        """Which signs to draw with."""
        return Options(ascii=self.painter.ascii_only)

    def _show(self) -> None:
        title = self.workspace.handbook.title
        if not has_questions(self.handbook_app, self.workspace.desk):
            self.show_frame((title, "Progress"))
            self.pane.show_items([_sentence("Reading the questions ...")])
            return
        if self._progress is None:
            self._progress = self.ready.progress(self._studying)
            self._work_out()
        found = self._progress
        when = f"{found.dated} {until(found.day)}" if found.day else ""
        met = f"{sum(t.seen for t in found.topics)}/{sum(t.items for t in found.topics)} seen"
        self.show_frame((title, "Progress"), (met, when))
        frame(self.pane, "Progress")
        names = [f"[{name}]" if i == self.view else name for i, name in enumerate(VIEWS)]
        frame(self.pane, below=f" {self.painter.sign('dot')} ".join(names))
        self.pane.show_items(self._items(found, max(20, self.pane.column_width - 2)))
        self._show_beside(found)

    def _items(self, found: Progress, width: int) -> list[Item]:
        if self.view == 0:
            return self._topic_items(found, width)
        if self.view == 1:
            is_alone = not self.query_one("#beside").display
            counts = self._counts(found) if is_alone else []
            lines = [line for text in counts for line in said(text, width, "text")]
            lines += [*self._plan_lines(found, width), EMPTY]
            count = 30 if self.size.height >= _TALL else 14
            lines += ahead_lines(found, width, self.options, count)
        else:
            lines = list(done_lines(found, width, self.options))
        return [Item((_indented(line),)) for line in lines]

    def _topic_items(self, found: Progress, width: int) -> list[Item]:
        if not found.topics:
            return [_sentence("This book has no questions.")]
        across = columns(found.topics, width)
        head = [_indented(line) for line in self._head_lines(found, width)]
        head.append(_indented(heat_header(across)))
        rows = [
            Item((_indented(heat_line(topic, across, self.options)),), topic)
            for topic in found.topics
        ]
        shades = [_indented(line) for line in said(legend(self.options), width, "muted")]
        first, last = (Item(tuple(part), can_choose=False) for part in (head, shades))
        return [first, *rows, last]

    def _head_lines(self, found: Progress, width: int) -> list[Line]:
        """Return how ready the reader is, where nothing stands beside the table that says so."""
        if self.query_one("#beside").display or self.size.height < 20:
            return []
        texts = summary_texts(found)[1 if found.day else 0 :]
        lines = [line for text in texts for line in said(text, width, "text")]
        if found.day is not None and self._studying is None:
            lines += said(WORKING, width, "muted")
        return [*lines, EMPTY]

    def _show_beside(self, found: Progress) -> None:
        if not self.query_one("#beside").display:
            return
        view, plan = self.query_one("#item", LineView), self.query_one("#plan", LineView)
        width = max(12, view.column_width - 1)
        topic = self.find_topic()
        frame(view, topic.title if topic else "Ready")
        view.show(self._topic_lines(topic, found, width), top=0)
        frame(plan, "Plan")
        plan.show(self._plan_lines(found, max(12, plan.column_width - 1)), top=0)

    def _topic_lines(self, topic: TopicMastery | None, found: Progress, width: int) -> list[Line]:
        texts = topic_texts(topic, found.day) if topic else []
        lines = [line for text in texts for line in said(text, width, "text")]
        place = self.ready.source_of(topic.topic) if topic else None
        if place is not None:
            title = self.workspace.info(place.page).title
            lines += [EMPTY, *said(f"Read (Enter): {title}", width, "link")]
        if lines:
            lines.append(EMPTY)
        return lines + [line for text in self._counts(found) for line in said(text, width, "text")]

    def _counts(self, found: Progress) -> list[str]:
        return summary_texts(found._replace(check=None, move=None, day=None))

    def _plan_lines(self, found: Progress, width: int) -> list[Line]:
        """Return whether the time is enough, how the date moved, and the days of each phase."""
        if self.ready.main_list is None:
            return list(said("This book has no checklist with a date.", width, "muted"))
        if found.day is None:
            text = f"D sets the day of the {found.dated}; the plan counts back from it."
            return list(said(text, width, "muted"))
        lines = list(said(f"{found.dated.capitalize()} {until(found.day)}", width, "strong"))
        if found.check is not None:
            lines += said(check_text(found.check, is_sprint=found.is_sprint), width, "text")
        elif self._studying is None:
            lines += said(WORKING, width, "muted")
        if found.move is not None:
            lines += said(move_text(found.move), width, "muted")
        lines.append(EMPTY)
        for phase in self.ready.phases(self.ready.main_list):
            lines += said(phase.title, width, "text")
            lines.append(Line((Run(f"  {phase_text(phase)}", "muted"),)))
        return lines

    # The cursor

    def find_topic(self) -> TopicMastery | None:
        """Return the topic under the cursor, None where there is none."""
        value = self.pane.value
        return value if isinstance(value, TopicMastery) else None

    def topic(self) -> TopicMastery:
        """Return the topic under the cursor; raise NothingFoundError where there is none."""
        found = self.find_topic()
        if found is None:
            raise NothingFoundError("the cursor stands on no topic", hint="v shows the topics")
        return found

    def on_choice_list_moved(self) -> None:
        """Show the topic."""
        if self._progress is not None:
            self._show_beside(self._progress)

    def on_choice_list_chosen(self) -> None:
        """Open what was clicked twice."""
        self.handbook_app.attempt(self.action_open)

    # Actions

    def action_open(self) -> None:
        """Open the page that teaches the topic."""
        topic = self.topic()
        place = self.ready.source_of(topic.topic)
        if place is None:
            raise NothingFoundError(f"no page is named by the questions of {topic.title}")
        self.handbook_app.open_place(place)

    def action_sprint(self) -> None:
        """Study the topic at once, whatever is due."""
        self.handbook_app.open_study(topics=(self.topic().topic,))

    def action_view(self) -> None:
        """Show topics, the days ahead or what was done."""
        self.view = (self.view + 1) % len(VIEWS)
        self.pane.cursor = 0
        self.pane.top = 0
        self._show()

    def action_facts(self) -> None:
        """Show what was measured of the topic, where there is no room beside the table."""
        from handbook.tui.screens.overlays import InfoScreen  # noqa: PLC0415

        topic, found = self.topic(), self._progress
        day = found.day if found else None

        def lines(width: int) -> list[Line]:
            texts = [line for t in topic_texts(topic, day) for line in said(t, width - 2, "text")]
            return [EMPTY, *(_indented(line) for line in texts), EMPTY]

        self.app.push_screen(InfoScreen(topic.title, lines))

    def action_date(self) -> None:
        """Set the date that the plan counts back from."""
        checklist = self.ready.demand_list()
        day = self.ready.day(checklist)
        question = f"{checklist.dated.capitalize()}: YYYY-MM-DD, empty for none"
        ask(self.handbook_app, question, day.isoformat() if day else "", self._set_date)

    def _set_date(self, text: str) -> None:
        day = None
        if text:
            (day,) = _dates((text,))
        self.ready.set_day(self.ready.demand_list(), day)
        self.refresh_content()

    def action_minutes(self) -> None:
        """Set how many minutes a day there are."""
        kept = str(self.ready.minutes_a_day)
        ask(self.handbook_app, "Minutes a day", kept, self._set_minutes)

    def _set_minutes(self, text: str) -> None:
        minutes = find_number(text)
        if minutes is None:
            raise UsageError(f"{text!r} is no number of minutes", hint="for example 20")
        self.ready.set_minutes_a_day(minutes)
        self.refresh_content()

    def action_days_off(self) -> None:
        """Set the days on which nothing is planned."""
        kept = " ".join(each.isoformat() for each in self.ready.days_off)
        ask(self.handbook_app, "Days off: YYYY-MM-DD ...", kept, self._set_days_off)

    def _set_days_off(self, text: str) -> None:
        self.ready.set_days_off(_dates(text.replace(",", " ").split()))
        self.refresh_content()

    def as_markdown(self) -> str:
        """Return all of it as Markdown; raise NothingFoundError while the questions are read."""
        if self._progress is None:
            raise NothingFoundError("the questions are still being read")
        return progress_markdown(self._progress)

    def action_copy(self) -> None:
        """Copy all of it as Markdown."""
        self.handbook_app.copy(self.as_markdown())

    def action_export(self) -> None:
        """Write all of it as a Markdown file."""
        self.handbook_app.ask_and_write("progress.md", self.as_markdown())


def _dates(words: Sequence[str]) -> list[date]:
    try:
        return [date.fromisoformat(word) for word in words]
    except ValueError:
        wrong = next(word for word in words if not _is_date(word))
        raise UsageError(f"{wrong!r} is no date", hint="for example 2027-03-01") from None


def _is_date(word: str) -> bool:
    try:
        date.fromisoformat(word)
    except ValueError:
        return False
    return True


def _indented(line: Line) -> Line:
    return Line((Run("  "), *line.runs))


def _sentence(text: str) -> Item:
    return Item((EMPTY, Line((Run("   "), Run(text, "muted")))), can_choose=False)
