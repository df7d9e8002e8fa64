"""The rules of all style files, each parsed once for each theme."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class Styles(Stylesheet):
    """Textual's rules, which it parses all anew whenever a screen brings a file or a theme starts.

    It does so in a sheet of its own, whose memory of what was parsed is empty; this one remembers,
    and forgets only when a theme brings other colours.
    """

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the colours of a theme."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what was not parsed with these colours yet; raises as `parse` does."""
        self.parse()
