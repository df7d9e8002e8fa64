"""What is gathered while one page is read: its links, headings, footnotes, comments, problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from handbook.loader.anchors import Anchors

if TYPE_CHECKING:
    from handbook.loader.codes import Problems
    from handbook.model.page import HeadingInfo
    from handbook.model.text import Link


class Comment(NamedTuple):
    """An HTML comment: `before` counts the characters of its paragraph that stand before it."""

    line: int
    text: str
    before: int = 0


@dataclass(slots=True)
class Reading:
    """The state of reading one page.

    `path` is the page's in the book; `shift` is added to a parser's line (from 0) to give the line
    in the file; `complete` says whether the text is all of the page; `pictures` are those that are
    files, as links that are not followed; `marks` maps the label of a
    footnote to its number, in the order of the first marks, which `labels` lists; `item_ids` maps
    the line of a checklist item to what stands in its brackets.
    """

    path: str
    shift: int
    problems: Problems
    complete: bool = True
    is_checklist: bool = False
    env: dict[str, Any] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    pictures: list[Link] = field(default_factory=list)
    headings: list[HeadingInfo] = field(default_factory=list)
    anchors: Anchors = field(default_factory=Anchors)
    comments: list[Comment] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    item_ids: dict[int, str] = field(default_factory=dict)

    def number_of(self, label: str) -> int:
        """Return the number of a footnote, the next one if it has none yet."""
        if label not in self.marks:
            self.labels.append(label)
            self.marks[label] = len(self.labels)
        return self.marks[label]
