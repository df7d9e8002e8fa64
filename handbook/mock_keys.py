"""The keys of mock interviews: rows of the table of actions, which says what each field means."""

from __future__ import annotations

PLACES = (
    *("mock", "mock-brief", "mock-room", "mock-answer", "mock-judge", "mock-report"),
    "mock-watch",
)
"""The list of loops; before and after a round; with an interviewer; alone before and after an
answer is complete; the report; what a candidate sees."""

ROWS: tuple[tuple[str, str, str, str, str, str, int, str], ...] = (
    ("mock.open", "enter right l", "open", "Begin the loop, or open the interview", "Mock", "mock", 2, "enter"),
    ("mock.name", "n", "name", "Name who is interviewed, if it is not you", "Mock", "mock", 3, ""),
    ("mock.report", "r", "report", "The report of the interview", "Mock", "mock", 4, ""),
    ("mock.spread", "v", "spread", "Your scores by dimension, over all interviews", "Mock", "mock", 5, ""),
    ("mock.watch", "w", "watch", "Show only what a candidate may see", "Mock", "mock", 6, ""),
    ("mock.go-on", "enter", "go on", "Begin the round; after the last one, show the report", "Mock", "mock-brief", 2, "enter"),
    ("mock.end", "X", "end here", "End the interview without the rounds that are left", "Mock", "mock-brief", 3, ""),
    ("mock.write", "enter w", "outline", "Write an outline of your answer", "Mock", "mock-answer", 2, "enter"),
    ("mock.done", "d", "done", "Your answer is complete: show the rubric", "Mock", "mock-answer", 3, ""),
    ("mock.follow-up", "enter", "follow-up", "The next follow-up", "Mock", "mock-room mock-judge", 1, "enter"),
    ("mock.yes", "y", "met", "The criterion was met", "Mock", "mock-judge", 2, "y/n"),
    ("mock.no", "n", "not met", "The criterion was not met", "Mock", "mock-judge", 0, ""),
    ("mock.tick", "a b c d e f", "tick", "Tick a criterion of the rubric, or take the tick away", "Mock", "mock-room mock-judge", 2, "a-f"),
    ("mock.score", "1 2 3 4", "score", "Score the dimension shown; asks first what the score rests on", "Mock", "mock-room mock-judge", 3, "1-4"),
    ("mock.hint", "h", "hint", "Give the next hint", "Mock", "mock-room mock-answer", 4, ""),
    ("mock.next-dimension", "tab", "turn", "Next dimension; where there is no room for two panes, next pane", "Mock", "mock-room mock-judge", 4, ""),
    ("mock.previous-dimension", "shift+tab", "turn back", "Previous dimension or pane", "Mock", "mock-room mock-judge", 0, ""),
    ("mock.note", "n", "note", "Write a note on the item", "Mock", "mock-room", 5, ""),
    ("mock.evidence", "N", "evidence", "Note more evidence for the dimension shown", "Mock", "mock-room mock-judge", 0, ""),
    ("mock.next", "]", "next", "Next item", "Mock", "mock-room mock-judge", 6, ""),
    ("mock.previous", "[", "previous", "The item before, to finish its notes", "Mock", "mock-room mock-judge", 0, ""),
    ("mock.close", "C", "close round", "Close the round: its scores show, and stay as they are", "Mock", "mock-room mock-judge", 7, ""),
    ("mock.beside-down", "J", "down", "One line down in the pane on the right", "Mock", "mock-room mock-judge", 0, ""),
    ("mock.beside-up", "K", "up", "One line up in the pane on the right", "Mock", "mock-room mock-judge", 0, ""),
    ("mock.drills", "+", "tomorrow", "Study tomorrow what was missed", "Mock", "mock-report", 2, ""),
    ("mock.copy", "y", "copy", "Copy the report as Markdown", "Marking", "mock-report", 3, ""),
    ("mock.export", "E", "export", "Write the report as a Markdown file", "Marking", "mock-report", 5, ""),
    ("app.mock", "7", "mock", "Mock interviews: to hold, to answer alone, to look back at", "Views", "everywhere", 0, ""),
)  # fmt: skip
