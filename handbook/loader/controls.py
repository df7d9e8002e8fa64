"""What is wrong with the settings of an mdBook or a MkDocs tree, as far as a reader meets it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from handbook.loader.clean import clean_text
from handbook.loader.codes import problem
from handbook.loader.mkdocs import read_nav
from handbook.loader.scan import CONTROLS, is_inside, read_bytes
from handbook.loader.toml_text import TomlFault, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.loader.scan import Scan
    from handbook.model.problem import Problem

_MOST_BYTES = 1 << 20


def check_controls(scan: Scan) -> Iterator[Problem]:
    """Yield what cannot be read in book.toml or mkdocs.yml, and what was done without it."""
    for path, _ in scan.controls:
        folder, name = os.path.split(path)
        try:
            text, _ = clean_text(read_bytes(path, _MOST_BYTES), name)
        except OSError as error:
            reason = error.strerror or error
            yield problem("C219", name, 0, f"the file cannot be read: {reason}")
            continue
        yield from _folder(text, folder, name)
        if name == "book.toml":
            values = read_toml(text)
            if isinstance(values, TomlFault):
                yield problem("C226", name, values.line, f"this is no TOML: {values.message}")
        elif "SUMMARY.md" not in scan.files:
            for line, message in read_nav(text, scan.files, name).faults:
                yield problem("C226", name, line, message)


def _folder(text: str, folder: str, name: str) -> Iterator[Problem]:
    """Yield why the folder of the pages is not the one that is named."""
    found = CONTROLS[name][0].search(text)
    named = found[1].strip() if found else ""
    if not found or not named:
        return
    path = os.path.join(folder, named)  # noqa: PTH118  a string, as in a scan
    if not is_inside(folder, path):
        message = f"{named} leaves the folder of the book, which is read instead"
    elif not os.path.isdir(path):  # noqa: PTH112  as above
        message = f"there is no folder {named}, so that of the book is read"
    else:
        return
    yield problem("C226", name, text.count("\n", 0, found.start(1)) + 1, message)
