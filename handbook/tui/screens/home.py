"""Home: continue reading, what is due, the chapters, what was open lately."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from handbook.model import Place
from handbook.model.book import duration
from handbook.render.cells import cells, fit, pad
from handbook.render.line import EMPTY, Line, Run
from handbook.tui.paint import gauge
from handbook.tui.screens.pane import ListScreen
from handbook.tui.screens.picker import Entry, choose
from handbook.tui.widgets.choices import ChoiceList, Item

if TYPE_CHECKING:
    from handbook.model import Chapter, PageInfo, Position

NARROW, WIDEST = 60, 84


class HomeScreen(ListScreen):
    """Where the handbook opens: everything on it leads somewhere by Enter."""

    PLACE: ClassVar[str] = "home"

    def on_mount(self) -> None:
        """Keep the list as narrow as is pleasant to read."""
        self.pane.measure = WIDEST

    def refresh_content(self) -> None:
        """Show the store and the book as they are now."""
        self.show_frame((self.workspace.handbook.title,), (self._share(),))
        self.pane.show_items(self._items(min(WIDEST, self.pane.column_width)))

    def _share(self) -> str:
        return f"{self.workspace.share_read():.0%} read"

    async def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Open what was chosen."""
        event.stop()
        await self.action_open()

    async def action_open(self) -> None:
        """Open what the cursor stands on."""
        value = self.pane.value
        if isinstance(value, Place):
            self.handbook_app.open_place(value)
        elif isinstance(value, str):
            await self.handbook_app.perform(value)

    def action_find(self) -> None:
        """Choose a page by its name."""
        entries = [Entry(i.title, i.slug, Place(i.id)) for i in self.workspace.handbook.pages]
        choose(self.handbook_app, "Go to page", entries, self._open_found)

    def _open_found(self, place: object) -> None:
        if isinstance(place, Place):
            self.handbook_app.open_place(place)

    # What is shown

    def _items(self, width: int) -> list[Item]:
        positions = self.workspace.positions()
        items = self._continue(width)
        items += self._views(width)
        items += [_title("Chapters")]
        items += self._chapters(positions, width)
        return items + self._recent(width)

    def _continue(self, width: int) -> list[Item]:
        """Offer the page where reading stopped, or the next one if that is read to its end."""
        handbook = self.workspace.handbook
        last = self.workspace.find_last_position()
        if last is None:
            first = handbook.pages[0]
            begin = _row(first.title, f"{first.minutes} min", width)
            return [_title("Begin here"), Item((begin,), Place(first.id))]
        after = handbook.find_neighbour(last.page, 1) if last.read else None
        if after is not None:
            line = _row(self._path(after, width), f"next, {after.minutes} min", width)
            return [_title("Continue reading"), Item((line,), Place(after.id))]
        info = self.workspace.info(last.page)
        left = max(1, round(info.minutes * (1 - last.share)))
        state = "read" if last.read else f"{last.share:.0%}  about {duration(left)} left"
        if width < NARROW:
            state = state.partition("  ")[0]
        line = _row(self._path(info, width), state, width)
        return [_title("Continue reading"), Item((line,), "app.read")]

    def _path(self, info: PageInfo, width: int) -> str:
        """Return chapter and title of a page, the title alone where it is narrow."""
        chapter = self.workspace.handbook.find_chapter(info.id)
        if chapter is None or chapter.title == info.title or width < NARROW:
            return info.title
        number = f"{chapter.number} " if chapter.number else ""
        return f"{number}{chapter.title} {self.painter.sign('sub')} {info.title}"

    def _views(self, width: int) -> list[Item]:
        pages = self.workspace.handbook.pages
        roles = sum(info.kind == "role" for info in pages)
        lists = [info for info in pages if info.kind == "checklist"]
        items = [_title("Open")]
        if roles:
            items.append(
                _view(
                    "Map of roles",
                    "and where you stand on it",
                    "2",
                    "app.map",
                    width,
                )
            )
        if lists:
            state = self._checklist_state(width)
            items.append(_view(lists[0].title, state, "3", "app.checklist", width))
        items += self._practice(width, is_expected=bool(roles and lists))
        if roles:
            items.append(_view("Compare roles", "side by side", "6", "app.compare", width))
        items.append(_view("Search everything", "typing errors forgiven", "s", "app.search", width))
        return items

    def _practice(self, width: int, *, is_expected: bool) -> list[Item]:
        """Offer what one does with the questions of the book; nothing if it has none.

        Whether it has some is known once the background has read them.
        """
        is_known = self.handbook_app.is_background_done
        if not (self.workspace.library.questions() if is_known else is_expected):
            return []
        study = self._study_state() if is_known else "fifteen minutes"
        exam = self._exam_state() if is_known else "timed, as in an interview"
        return [
            _view("Study", study, "4", "app.study", width),
            _view("Exam", exam, "5", "app.exam", width),
            _view("Mock interview", "with a partner, or alone", "7", "app.mock", width),
            _view("Progress", "how ready you are, by topic", "8", "app.progress", width),
        ]

    def _checklist_state(self, width: int) -> str:
        """Count what is done; of how many is known once the background has read the lists."""
        ticks = self.workspace.ticks()
        if not self.handbook_app.is_background_done:
            return f"{sum(tick.done for tick in ticks.values())} done"
        items = self.workspace.checklists()[0].items
        done = sum(item.id in ticks and ticks[item.id].done for item in items)
        bar = gauge(done / max(len(items), 1), 12, self.painter) if width >= 60 else ""
        return f"{done} of {len(items)} done  {bar}".rstrip()

    def _study_state(self) -> str:
        """Say how much there is to study."""
        from handbook.practice.studying import Studying  # noqa: PLC0415  not before a first frame

        counts = Studying(self.workspace.desk).due_counts()
        parts = [f"{counts.due} due"] if counts.due else []
        parts += [f"{counts.new} new"] if counts.new else []
        return f"{', '.join(parts)}, about {counts.minutes} min" if parts else "nothing due"

    def _exam_state(self) -> str:
        """Say which exam is in progress, if one is."""
        from handbook.practice.exam_clock import clock_text  # noqa: PLC0415  see below
        from handbook.practice.exam_log import unfinished  # noqa: PLC0415  not before a first frame

        left = unfinished(self.workspace.desk)
        if left is None:
            return "timed, as in an interview"
        clock = f"{clock_text(left.left_ms)} left" if left.left_ms else "the time is up"
        return f"in progress, {clock}, question {left.number} of {left.of}"

    def _chapters(self, positions: dict[str, Position], width: int) -> list[Item]:
        handbook = self.workspace.handbook
        chapters = [chapter for chapter in handbook.chapters if chapter.pages]
        longest = max(len(chapter.pages) for chapter in chapters)
        # Marks stand in a column of their own, or nowhere where they leave no room for titles.
        marks = longest if longest <= max(0, width - 56) else 0
        return [self._chapter(chapter, positions, width, marks) for chapter in chapters]

    def _chapter(
        self, chapter: Chapter, positions: dict[str, Position], width: int, marks: int
    ) -> Item:
        pages = [self.workspace.handbook.pages[index] for index in chapter.pages]
        known = [positions.get(info.id) for info in pages]
        minutes = sum(info.minutes for info in pages)
        signs = "".join(self._mark(position) for position in known) if marks else ""
        read = sum(1 for position in known if position and position.read)
        state = "read" if read == len(pages) else "reading" if any(known) else "new"
        number = f"{chapter.number:>2}" if chapter.number else "  "
        right = f"{state:<7} {pad(signs, marks)} {minutes:>4} min"
        title = fit(chapter.title, max(8, width - cells(right) - 10))
        runs = (Run(f"   {number}", "muted"), Run(f"  {title}"), Run(f"  {right}", "muted"))
        return Item((Line(runs),), Place(pages[0].id))

    def _mark(self, position: Position | None) -> str:
        if position is None:
            return self.painter.sign("unread")
        return self.painter.sign("read" if position.read else "reading")

    def _recent(self, width: int) -> list[Item]:
        handbook = self.workspace.handbook
        seen: dict[str, Item] = {}
        for visit in self.workspace.store.visits(20):
            info = handbook.find_page(visit.page)
            if info is not None and len(seen) < 4:
                line = _row(self._path(info, width), "", width)
                seen.setdefault(info.id, Item((line,), Place(visit.page, visit.anchor)))
        return [_title("Recent"), *seen.values()] if seen else []


def _title(text: str) -> Item:
    return Item((EMPTY, Line((Run("   "), Run(text, "heading.2")))), can_choose=False)


def _row(label: str, right: str, width: int) -> Line:
    room = max(8, width - cells(right) - 8)
    return Line((Run("     "), Run(fit(label, room)), Run(f"  {right}", "muted")))


def _view(label: str, detail: str, key: str, action: str, width: int) -> Item:
    room = max(8, width - 10)
    wide = max(26, cells(label)) + cells(detail) + 2 <= room
    text = fit(f"{label:<26}" if wide else label, 26 if wide else room)
    rest = fit(detail, room - cells(text) - 2) if wide else ""
    runs = (
        Run("     "),
        Run(text),
        Run(f"  {rest}" if wide else "", "muted"),
        Run(f"  {key}", "key"),
    )
    return Item((Line(runs),), action)
