"""What a start does not pay for."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from handbook.model.search import Passage
from handbook.search.index import Index
index = Index.build([Passage("page", "p", "", "Machine learning", "", "Models and data.")])
assert index.search({query!r}).total == 1
print(*sorted({{"rapidfuzz", "sqlite3", "hypothesis", "textual"}} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("query", "loaded"),
    [("learning", ""), ("lerning", ""), ("machinelearning", ""), ("lurning", "rapidfuzz")],
)
def test_rapidfuzz_is_loaded_for_distant_words_only(query: str, loaded: str) -> None:
    program = PROGRAM.format(query=query)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == loaded
