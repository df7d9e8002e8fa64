"""The keys of exams: rows of the table of actions, which says what each field means."""

from __future__ import annotations

PLACES = (
    *("exam", "exam-start", "sitting", "open-sitting", "exam-grid", "exam-result"),
    *("exam-review", "exam-grading", "exam-history"),
)
"""The list; before an exam; in it with the book closed and with it open; the grid of its questions;
what it says; a question after the end, and one to grade; all exams."""

PAGES = ("exam-start", "exam-result", "exam-history")
"""Those that are read from top to bottom."""

LOCKED = frozenset({"sitting", "exam-grid"})
"""Places from which no other screen can be reached."""

ROWS: tuple[tuple[str, str, str, str, str, str, int, str], ...] = (
    ("app.exam", "5", "exam", "Exams: sit one, and see what it says", "Views", "everywhere", 0, ""),
    ("exam.open", "enter right l", "open", "Begin the exam, go on with it, or see what it says", "Exam", "exam", 2, "enter"),
    ("exam.history", "v", "history", "All exams, and how each topic has moved", "Exam", "exam exam-result", 5, ""),
    ("exam.begin", "enter", "begin", "Begin: the clock starts", "Exam", "exam-start", 1, "enter"),
    ("exam.clock", "c", "clock", "Stop the clock while the exam is closed, or let it run", "Exam", "exam-start", 2, ""),
    ("exam.open-book", "o", "open book", "Allow the chapters to be read meanwhile", "Exam", "exam-start", 3, ""),
    ("exam.seed", "S", "seed", "Draw the paper from a word, to sit the same one as somebody else", "Exam", "exam-start", 4, ""),
    ("sitting.sure", "1 2 3", "sure", "How sure you are: 1 guess, 2 think, 3 sure", "Exam", "sitting open-sitting", 4, "1-3"),
    ("sitting.go-on", "enter", "next", "Write the answer if one has to type, then the next question", "Exam", "sitting open-sitting", 0, "enter"),
    ("sitting.next", "right l n", "question", "Next question", "Exam", "sitting open-sitting exam-review exam-grading", 5, "leftright"),
    ("sitting.previous", "left h p", "previous", "Previous question", "Exam", "sitting open-sitting exam-review exam-grading", 0, ""),
    ("sitting.flag", "x", "flag", "Flag the question, or take the flag away", "Exam", "sitting open-sitting", 6, ""),
    ("sitting.strike", "A B C D E F", "strike out", "Strike out an option (Shift and its letter), or take that back", "Exam", "sitting open-sitting", 0, ""),
    ("sitting.grid", "G", "grid", "All questions: answered, flagged, empty", "Exam", "sitting open-sitting exam-review exam-grading", 7, ""),
    ("sitting.clear", "delete", "clear", "Take your answer away", "Exam", "sitting open-sitting", 0, ""),
    ("sitting.clock", "z", "clock", "Hide the clock, or show it; in the last 5 minutes it is there", "Exam", "sitting open-sitting", 0, ""),
    ("sitting.hand-in", "X", "hand in", "Hand in: asks once, and says how many are empty", "Exam", "sitting open-sitting", 8, ""),
    ("sitting.back", "q escape backspace", "leave", "Leave; everything is kept, and you can go on later", "Exam", "sitting", 9, "q"),
    ("sitting.help", "? f1", "help", "Keys of this place", "Everywhere", "sitting", 99, ""),
    ("grid.left", "left h", "move", "Question to the left", "Exam", "exam-grid", 1, "arrows"),
    ("grid.right", "right l", "right", "Question to the right", "Exam", "exam-grid", 0, ""),
    ("grid.up", "up k", "up", "Row above", "Exam", "exam-grid", 0, ""),
    ("grid.down", "down j", "down", "Row below", "Exam", "exam-grid", 0, ""),
    ("grid.open", "enter", "go", "Go to the question", "Exam", "exam-grid", 2, "enter"),
    ("grid.leave", "escape q backspace G", "close", "Back to the question", "Exam", "exam-grid", 3, "q"),
    ("result.review", "enter r", "review", "Every question with what is right, the first wrong one first", "Exam", "exam-result", 2, "enter"),
    ("review.source", "g", "source", "Read the section that teaches it; q comes back", "Exam", "exam-review exam-grading", 3, ""),
    ("review.tomorrow", "+", "tomorrow", "Study this, or its like, tomorrow", "Exam", "exam-review", 4, ""),
    ("review.go-on", "enter", "wrong", "The next question that was not right", "Exam", "exam-review", 2, "enter"),
    ("grading.keep", "enter", "grade", "Keep the points that are ticked, and go on", "Exam", "exam-grading", 2, "enter"),
    ("exam.copy", "y", "copy", "Copy as Markdown", "Marking", "exam-result exam-review exam-grading exam-history", 6, ""),
    ("exam.export", "E", "export", "Write as a Markdown file", "Marking", "exam-result exam-history", 7, ""),
)  # fmt: skip
