"""The one registry of actions: id, keys, word, group, and the places where it works.

Key dispatch, footer, help, palette, the key table of the README and remapping in the settings file
are all made from this table. An action's method is `action_` plus the last part of its id, looked
for on the screen first and then on the app.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook import exam_keys, mock_keys
from handbook.errors import SettingsError
from handbook.key_names import PHYSICAL, key_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import NoReturn

    from handbook.settings import Settings


class Action(NamedTuple):
    """Something a key does.

    `keys` are names as `key_name` gives them, the first is shown. `word` is for the footer, `about`
    for help and palette. `places` are screens ("reader"), or "everywhere". `footer` orders the
    footer of a place, 0 leaves it out. `hint` replaces the shown key where two keys share a word.
    """

    id: str
    keys: tuple[str, ...]
    word: str
    about: str
    group: str
    places: tuple[str, ...]
    footer: int = 0
    hint: str = ""

    @property
    def method(self) -> str:
        """The name of the method that does it."""
        return "action_" + self.id.rpartition(".")[2].replace("-", "_")


SCROLLS = ("reader", "help", "info", "messages", *exam_keys.PAGES)
LISTS = ("home", "contents", "checklist", "progress", "problems", "compare", "exam")
MOVES = SCROLLS + LISTS + mock_keys.PLACES

_TABLE: tuple[tuple[str, str, str, str, str, str, int, str], ...] = (
    # id, keys, word, about, group, places, footer, hint
    # Moving
    ("move.down", "down j", "move", "One line or item down", "Moving", " ".join(MOVES), 1, "updown"),
    ("move.up", "up k", "up", "One line or item up", "Moving", " ".join(MOVES), 0, ""),
    ("move.page-down", "pagedown ctrl+f", "page", "One page down", "Moving", " ".join(MOVES), 0, ""),
    ("move.page-up", "pageup ctrl+b", "page up", "One page up", "Moving", " ".join(MOVES), 0, ""),
    ("move.half-down", "ctrl+d", "half", "Half a page down", "Moving", " ".join(MOVES), 0, ""),
    ("move.half-up", "ctrl+u", "half up", "Half a page up", "Moving", " ".join(MOVES), 0, ""),
    ("move.top", "home g", "top", "To the top", "Moving", " ".join(MOVES), 0, ""),
    ("move.end", "end G", "end", "To the end", "Moving", " ".join(MOVES), 0, ""),
    ("read.page-down", "space f", "page", "One page down", "Moving", " ".join(SCROLLS), 0, ""),
    ("read.page-up", "b", "page up", "One page up", "Moving", " ".join(SCROLLS), 0, ""),
    ("read.half-down", "d", "half", "Half a page down", "Moving", " ".join(SCROLLS), 0, ""),
    ("read.half-up", "u", "half up", "Half a page up", "Moving", " ".join(SCROLLS), 0, ""),
    # Reader
    ("reader.next-page", "right l", "page", "Next page of the book", "Book", "reader", 2, "leftright"),
    ("reader.previous-page", "left h", "previous", "Previous page of the book", "Book", "reader", 0, ""),
    ("reader.next-section", "]", "section", "Next section", "Book", "reader", 0, ""),
    ("reader.previous-section", "[", "section", "Previous section", "Book", "reader", 0, ""),
    ("reader.next-chapter", "}", "chapter", "Next chapter", "Book", "reader", 0, ""),
    ("reader.previous-chapter", "{", "chapter", "Previous chapter", "Book", "reader", 0, ""),
    ("reader.contents", "t", "contents", "Open or close the contents", "Book", "reader contents", 5, ""),
    ("reader.outline", "O", "on this page", "Headings of this page", "Book", "reader", 0, ""),
    ("reader.next-link", "tab", "link", "Next link or term on the screen", "Links", "reader", 7, ""),
    ("reader.previous-link", "shift+tab", "link", "Previous link or term", "Links", "reader", 0, ""),
    ("reader.follow", "enter", "follow", "Follow the link, explain the term", "Links", "reader", 0, ""),
    ("reader.links", ";", "links", "All links of the page, by number", "Links", "reader", 0, ""),
    ("reader.open-web", "o", "web link", "Show and copy a web address", "Links", "reader", 0, ""),
    ("reader.words", "w", "words", "Glossary terms on this page", "Links", "reader", 0, ""),
    ("reader.sources", "i", "sources", "Sources of the page, and facts about it", "Links", "reader", 8, ""),
    ("reader.backlinks", "B", "linked from", "Pages that lead here", "Links", "reader", 0, ""),
    ("reader.find", "/", "find", "Find in this page", "Finding", "reader", 3, ""),
    ("reader.next-hit", "n", "next hit", "Next hit", "Finding", "reader", 0, ""),
    ("reader.previous-hit", "N", "previous hit", "Previous hit", "Finding", "reader", 0, ""),
    ("reader.bookmark", "m", "bookmark", "Set or remove a bookmark here", "Marking", "reader", 10, ""),
    ("reader.note", "a", "note", "Write a note on this section", "Marking", "reader", 11, ""),
    ("reader.mark", "x", "mark read", "Mark the page as read or unread", "Marking", "reader contents", 0, ""),
    ("reader.copy", "y", "copy", "Copy the section, or the code on the screen", "Marking", "reader", 6, ""),
    ("reader.copy-reference", "Y", "copy reference", "Copy a reference to this place", "Marking", "reader", 0, ""),
    ("reader.edit", "e", "edit", "Open the page's file in $EDITOR", "Marking", "reader", 0, ""),
    ("reader.zen", "z", "zen", "Hide everything but the text", "View", "reader", 9, ""),
    ("reader.wider", "= +", "wider", "Wider text", "View", "reader", 0, ""),
    ("reader.narrower", "-", "narrower", "Narrower text", "View", "reader", 0, ""),
    # Contents drawer and other lists
    ("contents.open", "enter right l", "open", "Open the page", "Book", "contents", 2, "enter"),
    ("contents.find", "/", "filter", "Filter the contents", "Book", "contents", 4, ""),
    ("contents.leave", "escape q left h tab", "close", "Back to the text", "Book", "contents", 5, "q"),
    ("home.find", "/", "find", "Find a page by its name", "Finding", "home", 3, ""),
    ("home.open", "enter right l", "open", "Open", "Book", "home", 2, "enter"),
    ("problems.open", "enter right l", "open", "Open the page", "Book", "problems", 2, "enter"),
    ("find.keep", "enter", "done", "Done; n and N walk the hits", "Finding", "find", 1, "enter"),
    ("find.next", "down", "next", "Next hit", "Finding", "find", 2, "updown"),
    ("find.previous", "up shift+tab", "previous", "Previous hit", "Finding", "find", 0, ""),
    ("find.widen", "tab", "search all", "Search the whole handbook for it", "Finding", "find", 3, ""),
    ("find.leave", "escape", "forget", "Close and forget the hits", "Finding", "find", 4, "esc"),
    # Search
    ("search.down", "down ctrl+n ctrl+j", "choose", "Next hit", "Finding", "search", 1, "updown"),
    ("search.up", "up ctrl+k", "up", "Previous hit", "Finding", "search", 0, ""),
    ("search.page-down", "pagedown", "page", "One page down", "Finding", "search", 0, ""),
    ("search.page-up", "pageup", "page up", "One page up", "Finding", "search", 0, ""),
    ("search.open", "enter", "open", "Open the hit; n and N walk on", "Finding", "search", 2, "enter"),
    ("search.next-scope", "tab", "scope", "Next scope", "Finding", "search", 3, ""),
    ("search.previous-scope", "shift+tab", "scope", "Previous scope", "Finding", "search", 0, ""),
    ("search.copy-reference", "ctrl+y", "copy ref", "Copy a reference to the hit", "Finding", "search", 4, "^y"),
    ("search.leave", "escape", "close", "Close", "Finding", "search", 5, "esc"),
    # Picker: a list with a field
    ("picker.down", "down ctrl+n ctrl+j", "choose", "Next entry", "Finding", "picker", 1, "updown"),
    ("picker.up", "up ctrl+k", "up", "Previous entry", "Finding", "picker", 0, ""),
    ("picker.page-down", "pagedown", "page", "One page down", "Finding", "picker", 0, ""),
    ("picker.page-up", "pageup", "page up", "One page up", "Finding", "picker", 0, ""),
    ("picker.choose", "enter", "choose", "Choose", "Finding", "picker", 2, "enter"),
    ("picker.remove", "delete ctrl+x", "remove", "Remove the entry", "Finding", "picker", 0, ""),
    ("picker.leave", "escape", "close", "Close", "Finding", "picker", 3, "esc"),
    # Role map
    ("map.left", "left h", "move", "Nearest role to the left", "Roles", "map", 1, "arrows"),
    ("map.right", "right l", "right", "Nearest role to the right", "Roles", "map", 0, ""),
    ("map.up", "up k", "up", "Nearest role above", "Roles", "map", 0, ""),
    ("map.down", "down j", "down", "Nearest role below", "Roles", "map", 0, ""),
    ("map.find", "/", "find", "Find a role by its name", "Finding", "map", 0, ""),
    ("map.page-down", "pagedown space", "more", "More about the role", "Roles", "map", 0, ""),
    ("map.page-up", "pageup b", "back up", "Back up in what is said of the role", "Roles", "map", 0, ""),
    ("map.next", "tab", "next role", "Next role in the list", "Roles", "map", 0, ""),
    ("map.previous", "shift+tab", "previous role", "Previous role in the list", "Roles", "map", 0, ""),
    ("map.open", "enter", "read", "Read the role's page", "Roles", "map", 2, "enter"),
    ("map.mark", "x", "compare", "Add to the comparison, or take out", "Roles", "map", 3, ""),
    ("map.place", "p", "place me", "Place yourself on the map", "Roles", "map", 3, ""),
    ("map.chart", "w", "chart", "Handbook, 2021 or 2022 chart", "Roles", "map", 5, ""),
    ("map.view", "v", "table", "Map or table", "Roles", "map", 4, ""),
    ("map.newer", "+", "newer roles", "Show or hide the roles since 2019", "Roles", "map", 7, ""),
    ("map.reading", "r", "reading", "What to read to close the gap", "Roles", "map", 0, ""),
    ("map.copy", "y", "copy", "Copy the map as text", "Marking", "map", 8, ""),
    ("map.export", "E", "export", "Write the map to a file", "Marking", "map", 0, ""),
    ("place.left", "left h", "move", "Less ML knowledge", "Roles", "place", 1, "arrows"),
    ("place.right", "right l", "more ML", "More ML knowledge", "Roles", "place", 0, ""),
    ("place.up", "up k", "more software", "More software engineering skill", "Roles", "place", 0, ""),
    ("place.down", "down j", "less software", "Less software engineering skill", "Roles", "place", 0, ""),
    ("place.more", "= +", "communication", "Stronger in communication", "Roles", "place", 3, "+ -"),
    ("place.less", "-", "communication", "Weaker in communication", "Roles", "place", 0, ""),
    ("place.keep", "enter p", "done", "Done", "Roles", "place", 2, "enter"),
    ("place.remove", "X delete", "take me off", "Take yourself off the map", "Roles", "place", 4, ""),
    ("place.leave", "escape q", "leave", "Leave as it was", "Roles", "place", 5, "esc"),
    # Compare
    ("compare.left", "left h", "column", "Column to the left", "Roles", "compare", 2, "leftright"),
    ("compare.right", "right l", "column", "Column to the right", "Roles", "compare", 0, ""),
    ("compare.open", "enter", "read", "Read the role's page", "Roles", "compare", 3, "enter"),
    ("compare.add", "+", "add role", "Add a role", "Roles", "compare", 4, ""),
    ("compare.mark", "x", "remove", "Take the role out", "Roles", "compare", 5, ""),
    ("compare.differences", "=", "differences", "Only rows that differ", "Roles", "compare", 6, ""),
    ("compare.copy", "y", "copy", "Copy as a Markdown table", "Marking", "compare", 7, ""),
    ("compare.export", "E", "export", "Write as a Markdown table", "Marking", "compare", 0, ""),
    # Checklist
    ("checklist.find", "/", "find", "Find an item of the list", "Finding", "checklist", 0, ""),
    ("checklist.tick", "space x", "done", "Done, or open again", "Checklist", "checklist", 2, "space"),
    ("checklist.open", "enter", "open", "Open the page behind the item", "Checklist", "checklist", 3, "enter"),
    ("checklist.note", "a", "note", "Write a note on the item", "Checklist", "checklist", 4, ""),
    ("checklist.filter", "f", "filter", "All, open or done items", "Checklist", "checklist", 5, ""),
    ("checklist.undo", "u", "undo", "Take the last change back", "Checklist", "checklist", 6, ""),
    ("checklist.date", "D", "date", "Set the date that the plan counts back from", "Checklist", "checklist", 7, ""),
    ("checklist.fold", "left h", "fold", "Fold the phase", "Checklist", "checklist", 0, ""),
    ("checklist.unfold", "right l", "unfold", "Unfold the phase", "Checklist", "checklist", 0, ""),
    ("checklist.sources", "i", "why", "Why the item is there, and its sources", "Checklist", "checklist", 0, ""),
    ("checklist.next-list", "tab", "list", "Next checklist", "Checklist", "checklist", 8, ""),
    ("checklist.previous-list", "shift+tab", "list", "Previous checklist", "Checklist", "checklist", 0, ""),
    ("checklist.copy", "y", "copy", "Copy as Markdown", "Marking", "checklist", 0, ""),
    ("checklist.export", "E", "export", "Write as a Markdown file", "Marking", "checklist", 9, ""),
    # Progress
    ("progress.open", "enter", "read", "Read the page that teaches the topic", "Progress", "progress", 3, "enter"),
    ("progress.sprint", "S", "sprint", "Study the topic now", "Progress", "progress", 4, ""),
    ("progress.view", "v", "view", "Topics, the days ahead, or what was done", "Progress", "progress", 2, ""),
    ("progress.date", "D", "date", "Set the date that the plan counts back from", "Progress", "progress", 5, ""),
    ("progress.minutes", "p", "minutes", "Set how many minutes a day you have", "Progress", "progress", 6, ""),
    ("progress.days-off", "o", "days off", "Set the days on which nothing is planned", "Progress", "progress", 0, ""),
    ("progress.facts", "i", "facts", "What was measured of the topic", "Progress", "progress", 0, ""),
    ("progress.copy", "y", "copy", "Copy as Markdown", "Marking", "progress", 0, ""),
    ("progress.export", "E", "export", "Write as a Markdown file", "Marking", "progress", 0, ""),
    # Answering a question
    ("answer.pick", "a b c d e f", "pick", "Pick, tick or place what has the letter", "Answering", "study judged sitting open-sitting exam-grading", 3, "a-f"),
    ("answer.choose", "space", "choose", "Choose the line or the option under the cursor", "Answering", "study judged sitting open-sitting exam-grading", 0, ""),
    ("answer.down", "down j", "down", "One option or line down", "Answering", "study judged session sitting open-sitting exam-review exam-grading", 0, ""),
    ("answer.up", "up k", "up", "One option or line up", "Answering", "study judged session sitting open-sitting exam-review exam-grading", 0, ""),
    ("answer.page-down", "pagedown ctrl+f", "page", "One page down", "Answering", "study judged session sitting open-sitting exam-review exam-grading", 0, ""),
    ("answer.page-up", "pageup ctrl+b", "page up", "One page up", "Answering", "study judged session sitting open-sitting exam-review exam-grading", 0, ""),
    ("answer.half-down", "ctrl+d", "half", "Half a page down", "Answering", "study judged session sitting open-sitting exam-review exam-grading", 0, ""),
    ("answer.half-up", "ctrl+u", "half up", "Half a page up", "Answering", "study judged session sitting open-sitting exam-review exam-grading", 0, ""),
    ("answer.top", "home", "top", "To the top", "Answering", "study judged session sitting open-sitting exam-review exam-grading", 0, ""),
    ("answer.end", "end", "end", "To the end", "Answering", "study judged session sitting open-sitting exam-review exam-grading", 0, ""),
    ("answer.next-step", "tab", "step", "Next step of a scenario", "Answering", "study judged sitting open-sitting exam-review exam-grading", 0, ""),
    ("answer.previous-step", "shift+tab", "step", "Previous step of a scenario", "Answering", "study judged sitting open-sitting exam-review exam-grading", 0, ""),
    ("answer.write", "w", "write", "Write a number, a word or an outline", "Answering", "study sitting open-sitting", 0, ""),
    ("answer.plot", "t", "table", "A curve as a table, or as a plot", "Answering", "study judged sitting open-sitting exam-review exam-grading", 0, ""),
    ("answer.keep", "enter", "done", "Done; what is typed is the answer", "Answering", "answer", 1, "enter"),
    ("answer.leave", "escape", "close", "Close the field; what is typed stays", "Answering", "answer", 2, "esc"),
    # Study: before the answer is shown, after it, and at the end of a session
    ("study.sure", "1 2 3", "sure", "How sure you are: 1 guess, 2 think, 3 sure; shows what is right", "Study", "study", 1, "1-3"),
    ("study.grade", "1 2 3 4", "grade", "How well it went: 1 forgot, 2 hard, 3 right, 4 easy; goes on", "Study", "judged", 1, "1-4"),
    ("study.go-on", "enter", "go on", "Show what is right, then take the grade and go on", "Study", "study judged session", 2, "enter"),
    ("study.hint", "h", "hint", "One more hint", "Study", "study", 3, ""),
    ("study.unknown", "n", "don't know", "You don't know: show what is right", "Study", "study", 3, ""),
    ("study.undo", "u", "undo", "Take the last answer back", "Study", "study judged session", 3, ""),
    ("study.redo", "U", "redo", "Answer as it was before you took it back", "Study", "study judged session", 0, ""),
    ("study.source", "g", "source", "Read the section that teaches it; q comes back", "Study", "study judged", 3, ""),
    ("study.facts", "i", "facts", "Facts about the question, and its intervals", "Study", "study judged", 0, ""),
    ("study.flag", "x", "flag", "Flag the question with a note", "Study", "study judged", 0, ""),
    ("study.hold", "-", "not today", "Leave the question until tomorrow", "Study", "study judged", 0, ""),
    ("study.suspend", "X", "suspend", "Never ask this question again, until you say so", "Study", "study judged", 0, ""),
    ("study.edit", "E", "edit", "Open the question's file at its line in $EDITOR", "Study", "study judged", 0, ""),
    ("study.session", "S", "session", "Another session: its time box, a topic, a sprint", "Study", "study judged session", 9, ""),
    ("study.stuck", "L", "stuck", "What may help with a question that is forgotten often", "Study", "study judged", 0, ""),
    ("study.copy", "y", "copy", "Copy the question as Markdown", "Marking", "study judged session", 0, ""),
    *mock_keys.ROWS,
    *exam_keys.ROWS,
    # Editor of notes, prompt, overlays with text
    ("note.keep", "ctrl+s escape", "keep", "Keep the note and close", "Marking", "note", 1, "esc"),
    ("prompt.keep", "enter", "done", "Done", "Marking", "prompt", 1, "enter"),
    ("prompt.leave", "escape", "leave", "Leave as it was", "Marking", "prompt", 2, "esc"),
    ("overlay.leave", "escape q enter backspace", "close", "Close", "Everywhere", "help info messages", 9, "q"),
    # Everywhere
    ("app.search", "s", "search all", "Search the whole handbook", "Finding", "everywhere", 4, ""),
    ("app.palette", ": ctrl+p", "commands", "All commands by name", "Finding", "everywhere", 0, ""),
    ("app.help", "? f1", "help", "Keys of this place", "Everywhere", "everywhere", 99, ""),
    ("app.back", "q escape backspace", "back", "Back; q leaves at the root", "Everywhere", "everywhere", 12, "q"),
    ("app.history-back", "H", "back", "Back in history", "Book", "everywhere", 0, ""),
    ("app.history-forward", "L", "forward", "Forward in history", "Book", "everywhere", 0, ""),
    ("app.home", "0", "home", "Home", "Views", "everywhere", 0, ""),
    ("app.read", "1", "read", "The book", "Views", "everywhere", 0, ""),
    ("app.map", "2", "map", "The map of roles", "Views", "everywhere", 0, ""),
    ("app.checklist", "3", "checklist", "The checklist", "Views", "everywhere", 0, ""),
    ("app.study", "4", "study", "Study: fifteen minutes of questions", "Views", "everywhere", 0, ""),
    ("app.compare", "6", "compare", "Compare roles", "Views", "everywhere", 0, ""),
    ("app.progress", "8", "progress", "Where you stand: topics, the days ahead, what was done", "Views", "everywhere", 0, ""),
    ("app.bookmarks", "'", "bookmarks", "Bookmarks", "Marking", "everywhere", 0, ""),
    ("app.notes", "A", "notes", "All notes", "Marking", "everywhere", 0, ""),
    ("app.problems", "!", "problems", "Mistakes in the content", "Views", "everywhere", 0, ""),
    ("app.theme", "T", "theme", "Choose a theme", "View", "everywhere", 0, ""),
    ("app.settings", ",", "settings", "Settings", "View", "everywhere", 0, ""),
    ("app.mouse", "M", "mouse", "Mouse on or off (off, the terminal selects)", "View", "everywhere", 0, ""),
    ("app.messages", "", "messages", "Messages of this session", "View", "everywhere", 0, ""),
    ("app.copy-selection", "ctrl+c", "copy", "Copy what the mouse selected", "Marking", "everywhere", 0, ""),
    ("app.screenshot", "", "picture", "Write the screen to an SVG file", "View", "everywhere", 0, ""),
    ("app.reload", "R", "reload", "Read the content again", "View", "everywhere", 0, ""),
    ("app.redraw", "ctrl+l", "redraw", "Draw the screen again", "View", "everywhere", 0, ""),
    ("app.suspend", "ctrl+z", "suspend", "Back to the shell; fg returns", "Everywhere", "everywhere", 0, ""),
    ("app.quit", "Q ctrl+q", "quit", "Leave the handbook", "Everywhere", "everywhere", 0, ""),
)  # fmt: skip

ACTIONS: tuple[Action, ...] = tuple(
    Action(id_, tuple(keys.split()), word, about, group, tuple(places.split()), footer, hint)
    for id_, keys, word, about, group, places, footer, hint in _TABLE
)

FIELDS = frozenset({"find", "search", "picker", "note", "prompt", "answer"})
"""Places where letters are typed: there only their own actions and these keys work."""

ALWAYS = frozenset({"app.quit", "app.suspend", "app.redraw", "app.copy-selection"})
"""Actions that work over a field or an overlay too, with their keys that are not letters."""

MODAL = FIELDS | exam_keys.LOCKED | {"help", "info", "messages", "place"}
"""Places that lie over another screen: what works everywhere does not work there, but `ALWAYS`."""


NEEDED = ("help", "quit", "back", "leave", "keep")
"""Last parts of ids of actions that must keep a key: without one a reader could not get out."""


class Keys:
    """The keys in force: the table, with what the settings file changes."""

    def __init__(
        self,
        changes: Mapping[str, Sequence[str]] | None = None,
        where: Callable[[str], str] = lambda _: "keys",
    ) -> None:
        """Apply changes (action id -> keys); raise SettingsError for one that makes no sense.

        That is: an unknown id, a key that no terminal sends, a key that means something else at
        the same place, no key for what is needed to leave. `where` says where an id was written.
        """
        self.changes = dict(changes or {})
        self._where = where
        defaults = {action.id: action for action in ACTIONS}
        for id_, keys in self.changes.items():
            if id_ not in defaults:
                self._refuse(id_, f"no action is called {id_!r}", _nearest(id_))
            self._check(defaults[id_], keys)
        self.actions = tuple(
            action._replace(keys=tuple(self.changes.get(action.id, action.keys)))
            for action in ACTIONS
        )
        self._by_place: dict[str, dict[str, Action]] = {}
        if self.changes:
            self._refuse_clashes(defaults)

    def _check(self, action: Action, keys: Sequence[str]) -> None:
        """Refuse keys that an action cannot have; its own are taken as they are."""
        if not keys and action.id.rpartition(".")[2] in NEEDED:
            self._refuse(action.id, f"{action.id} needs a key", "without it there is no way out")
        for key in keys:
            if key in action.keys:
                continue
            if fault := key_fault(key):
                self._refuse(
                    action.id, f"{key!r} for {action.id} {fault}", "`handbook keys` lists the keys"
                )
            if FIELDS.issuperset(action.places) and (len(key) == 1 or key == "space"):
                self._refuse(
                    action.id, f"{key!r} for {action.id} is typed there", "take a key like f2"
                )

    def _refuse_clashes(self, defaults: Mapping[str, Action]) -> None:
        """Refuse a changed key that another action of the place has, or that works everywhere."""
        for place in sorted({place for action in ACTIONS for place in action.places}):
            taken: dict[str, Action] = {}
            for action in self.of(place):
                for key in action.keys:
                    other = taken.setdefault(key, action)
                    pair = {other.id, action.id}
                    if len(pair) == 2 and any(key not in defaults[id_].keys for id_ in pair):
                        self._refuse(
                            next(id_ for id_ in self.changes if id_ in pair),
                            f"{key!r} would mean both {other.id} and {action.id}",
                            "give one of them another key",
                        )

    def _refuse(self, action_id: str, message: str, hint: str) -> NoReturn:
        raise SettingsError(f"{self._where(action_id)}: {message}", hint=hint)

    def of(self, place: str) -> tuple[Action, ...]:
        """Return the actions of a place, its own first, then those that work everywhere."""
        own = tuple(action for action in self.actions if place in action.places)
        everywhere = (action for action in self.actions if "everywhere" in action.places)
        if place in MODAL:
            return own + tuple(action for action in everywhere if action.id in ALWAYS)
        return own + tuple(everywhere)

    def find(self, place: str, key: str) -> Action | None:
        """Return what a key does at a place, or None; a place's own meaning wins."""
        table = self._by_place.get(place)
        if table is None:
            table = {}
            for action in self.of(place):
                for each in action.keys:
                    if place not in FIELDS or len(each) > 1:
                        table.setdefault(each, action)
            self._by_place[place] = table
        return table.get(key)

    def get(self, action_id: str) -> Action:
        """Return an action by its id; KeyError if there is none."""
        return next(action for action in self.actions if action.id == action_id)

    def footer(self, place: str) -> tuple[Action, ...]:
        """Return at most seven actions for the footer of a place, help last."""
        shown = sorted((a for a in self.of(place) if a.footer), key=lambda action: action.footer)
        return tuple(shown if len(shown) <= 7 else (*shown[:6], shown[-1]))


def keys_of(settings: Settings) -> Keys:
    """Return the keys of the settings; SettingsError tells the line of the settings file."""

    def where(action_id: str) -> str:
        from handbook.settings import line_of_key  # noqa: PLC0415  only for a message

        return f"{settings.path}:{line_of_key(settings.path, action_id)}: keys"

    return Keys(settings.keys, where)


def _nearest(action_id: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only for a message

    near = get_close_matches(action_id[:60], [action.id for action in ACTIONS], 1)
    return f"{f'nearest: {near[0]}; ' if near else ''}`handbook keys` lists them"


def key_name(key: str, character: str | None) -> str:
    """Return the name under which the table knows a key: printable ones by their character."""
    if character is not None and character.isprintable() and character != " ":
        return character.translate(PHYSICAL)
    return "ctrl+c" if key == "super+c" else key


SHOWN = {"pagedown": "PgDn", "pageup": "PgUp", "question_mark": "?", "escape": "esc"}


def key_label(key: str) -> str:
    """Return a key as it is written for people: `^f`, `PgDn`, `a`."""
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    return SHOWN.get(key, key)
