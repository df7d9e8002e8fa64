"""The benchmarks as a test: `pytest -m speed`."""

from __future__ import annotations

import pytest

from tests.speed.__main__ import main


@pytest.mark.speed
def test_no_goal_is_missed_by_far(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--quick"])
    print(capsys.readouterr().out)
    assert code == 0
