"""What setting a block needs to know besides the block and the width."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handbook.render.line import Run
from handbook.render.options import Options, Signs
from handbook.render.wrap import span_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.model import Link, Span
    from handbook.render.terms import TermMarker


@dataclass(slots=True)
class Context:
    """The options, the page's links, the terms still to be marked, and the rows of source lines.

    `rows_of_lines` are pairs (source line, row) of list items and definitions, the row counted
    from the first row of the block being set; the items of a list keep them right while they
    put their parts together.
    """

    options: Options = field(default_factory=Options)
    links: tuple[Link, ...] = ()
    marker: TermMarker | None = None
    rows_of_lines: list[tuple[int, int]] = field(default_factory=list)

    @property
    def signs(self) -> Signs:
        """The signs to draw with."""
        return self.options.signs

    def runs(self, spans: Sequence[Span], base: str = "text", *, terms: bool = True) -> list[Run]:
        """Return spans as runs, plain text in style `base`; `terms` allows glossary terms."""
        if len(spans) == 1 and not spans[0].style and spans[0].link < 0:
            runs = [Run(spans[0].text, base)]
        else:
            runs = []
            for text, style, link in [(span.text, span.style, span.link) for span in spans]:
                if link < 0:
                    runs.append(Run(text, span_style(style, base)))
                else:
                    self._add_link(runs, text, style, link, base)
        if terms and self.marker is not None:
            return self.marker.mark(runs, base)
        return runs

    def _add_link(self, runs: list[Run], text: str, style: str, link: int, base: str) -> None:
        kind = self.links[link].kind if link < len(self.links) else "page"
        name = span_style(style, base)
        if kind == "blocked":
            name = "muted"
        elif not style or name == base:
            name = "link"
        is_first = not runs or runs[-1].link != link
        if self.options.numbered_links and is_first and kind in {"page", "web"}:
            signs = self.signs
            number = f"{signs.link_open}{link + 1}{signs.link_close}{signs.space}"
            runs.append(Run(number, "muted", link))
        runs.append(Run(text, name, link))
