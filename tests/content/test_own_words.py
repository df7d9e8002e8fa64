"""The book tells the lecture in its own words: no seven of them in a row are those of its summary.

The summary is not part of this project, so only hashes of its runs of seven words are kept here.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

CONTENT = Path(__file__).parents[2] / "content"
FILES = sorted(
    path.relative_to(CONTENT).as_posix()
    for end in ("md", "toml")
    for path in CONTENT.rglob(f"*.{end}")
)
RUNS = frozenset((Path(__file__).parent / "lecture_runs.txt").read_text("ascii").split())
LENGTH = 7


def runs_of(text: str) -> list[str]:
    """Return every run of seven words, in lower case and without punctuation."""
    words = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
    return [" ".join(words[at : at + LENGTH]) for at in range(len(words) - LENGTH + 1)]


def hash_of(run: str) -> str:
    return hashlib.blake2b(run.encode(), digest_size=5).hexdigest()


@pytest.mark.parametrize("file", FILES)
def test_no_seven_words_in_a_row_are_those_of_the_summary(file: str) -> None:
    text = (CONTENT / file).read_text(encoding="utf-8")

    assert [run for run in runs_of(text) if hash_of(run) in RUNS] == []


def test_a_run_of_the_summary_would_be_noticed() -> None:
    known = sorted(RUNS)

    assert {"questions", "loops", "exams", "manual"} <= {file.partition("/")[0] for file in FILES}
    assert len(known) > 500
    assert all(re.fullmatch(r"[0-9a-f]{10}", each) for each in known)
    assert runs_of("One two three, four five six seven: EIGHT") == [
        "one two three four five six seven",
        "two three four five six seven eight",
    ]
    assert hash_of("one two three four five six seven") == "7cb9cc700c"
