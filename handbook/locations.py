"""Where things lie: the shipped book, the reader's data, the cache."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from handbook.settings import Settings

SHIPPED = Path(__file__).parent / "_content"
LIVE = Path(__file__).parents[1] / "content"


def shipped_content() -> Path:
    """Return the folder of the shipped book: inside the wheel, or beside a live checkout."""
    return SHIPPED if SHIPPED.is_dir() else LIVE


class Locations(NamedTuple):
    """Where things lie: the content folders from bottom to top, the reader's data, the cache."""

    layers: tuple[Path, ...]
    data: Path
    cache: Path | None


def locations(settings: Settings) -> Locations:
    """Return the folders that the settings mean, asking platformdirs where they are silent."""
    import platformdirs  # noqa: PLC0415  a few ms that not every command needs

    layers = (settings.only,) if settings.only else (shipped_content(), *settings.content)
    data = settings.data or Path(platformdirs.user_data_dir("handbook", appauthor=False))
    cache = settings.cache or Path(platformdirs.user_cache_dir("handbook", appauthor=False))
    return Locations(layers, data, cache)


def keep_report(data: Path, text: str) -> str:
    """Keep a report of a failure beside the reader's data; return a sentence on where it is."""
    path = data / "report.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        return f"the report could not be kept: {error.strerror}"
    return f"the report is {path}"
