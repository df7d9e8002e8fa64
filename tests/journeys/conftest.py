"""What the journeys share: a reader's folder, and sitting down at it as often as one likes."""

from __future__ import annotations

from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from handbook.store.store import Store
from tests.tui.driving import opened, sit_down, stop_the_clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from contextlib import AbstractAsyncContextManager, AbstractContextManager
    from pathlib import Path

    from tests.tui.driving import Desk


class SitDown(Protocol):
    """Starts the handbook in the reader's folder; `async with sit(...) as desk`."""

    def __call__(self, *layers: Path, **how: Any) -> AbstractAsyncContextManager[Desk]: ...


class Kept(Protocol):
    """Opens what is on disk, as another process would see it."""

    def __call__(self) -> AbstractContextManager[Store]: ...


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep positions and notes after a pause that no test has to wait for, on a day of its own."""
    stop_the_clock(monkeypatch, pause=0.01)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Name the folder of the reader's own data."""
    return tmp_path / "data"


@pytest.fixture
def sit(data: Path) -> SitDown:
    @asynccontextmanager
    async def sit_down_here(*layers: Path, **how: Any) -> AsyncIterator[Desk]:
        workspace = sit_down(data, *layers)
        try:
            async with opened(workspace, **how) as desk:
                yield desk
        finally:
            workspace.close()

    return sit_down_here


@pytest.fixture
def kept(data: Path) -> Kept:
    @contextmanager
    def look() -> Iterator[Store]:
        store = Store.open(data / "progress.db")
        try:
            yield store
        finally:
            store.close()

    return look
