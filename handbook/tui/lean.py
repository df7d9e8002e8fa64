"""Textual imported without what the handbook never uses, which was a seventh of every start.

`textual.app` imports its command palette, which the handbook has replaced by its own, and with it
a dozen widgets; its themes import Rich's tables to show colours to developers; asyncio imports
`ssl`, and that the 5 MB of OpenSSL; `typing_extensions` defines anew what Python's `typing` has.
While Textual is imported, stand-ins take their places. Nothing is lost: a class left out loads the
real module when it is called or asked for anything, and a later `import` finds the real modules.
"""

from __future__ import annotations

import sys
import typing
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

WANTED = ("textual.app", "textual.drivers.linux_driver")
DEFERRED = ("textual.command", "rich.table")
"""Modules of which only classes are named while Textual is imported; none is made or called."""


def import_textual() -> None:
    """Import Textual with stand-ins, or as it is if a later Textual cannot be had so."""
    if "textual.app" in sys.modules:
        return
    try:
        with _standing_in():
            for name in WANTED:
                import_module(name)
    except (ImportError, AttributeError, TypeError):
        for name in [name for name in sys.modules if name.partition(".")[0] == "textual"]:
            del sys.modules[name]


@contextmanager
def _standing_in() -> Iterator[None]:
    """Put stand-ins for all modules that are not loaded yet, and take them away again."""
    stand_ins: dict[str, ModuleType | None] = {name: _Deferring(name) for name in DEFERRED}
    stand_ins["typing_extensions"] = _Typing("typing_extensions")
    stand_ins["ssl"] = None  # "cannot be imported", which asyncio knows how to live with
    put = {name: value for name, value in stand_ins.items() if name not in sys.modules}
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    modules.update(put)
    try:
        yield
    finally:
        for name, value in put.items():
            if modules.get(name) is value:
                modules.pop(name, None)


def _load(name: str) -> ModuleType:
    """Return the real module of a name."""
    if isinstance(sys.modules.get(name), _Deferring | _Typing):
        del sys.modules[name]
    return import_module(name)


class _Typing(ModuleType):
    """Stands in for `typing_extensions`, for what `typing` has by now."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if hasattr(typing, name):
            return getattr(typing, name)
        return getattr(_load(self.__name__), name)


class _Deferring(ModuleType):
    """Stands in for a module: hands out a class for every name."""

    def __getattr__(self, name: str) -> _Deferred:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _Deferred(name, (), {"_home": self.__name__})
        setattr(self, name, made)
        return made


class _Deferred(type):
    """The class of a class that is not loaded: to call or to ask it is to call or ask the real."""

    _home: str

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(cls._real(), name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return cls._real()(*args, **kwargs)

    def _real(cls) -> Any:
        return getattr(_load(cls._home), cls.__name__)
