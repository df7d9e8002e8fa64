"""Makes what the README shows of the app: `python -m tests.readme` writes keys and picture anew."""

from __future__ import annotations

import asyncio
import re
import tempfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len

from handbook.actions import ACTIONS, FIELDS, key_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.actions import Action

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PICTURE = ROOT / ".github" / "reader.svg"
BEGIN, END = "<!-- keys:", "<!-- end of keys -->"

PARTS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Reading", ("reader", "everywhere"), ("Moving", "Book", "Links", "Finding")),
    ("Marking", ("reader", "everywhere"), ("Marking",)),
    ("Places", ("everywhere",), ("Views", "Everywhere")),
    ("View", ("reader", "everywhere"), ("View",)),
    ("Study", ("study", "judged", "session"), ("Study",)),
    ("Answering", ("study", "judged", "session"), ("Answering",)),
)
"""The parts of the table, what a newcomer needs: a name, the places and the groups in it."""

ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}
PAGE, SIZE = "talent-gap/estimates", (100, 30)
"""What the picture shows: a page of the shipped book, in cells."""


def key_table() -> str:
    """Return the keys as a Markdown table, part by part, each thing that can be done once."""
    rows = ["| key | does |", "|---|---|"]
    for name, places, groups in PARTS:
        rows.append(f"| **{name}** | |")
        rows += [f"| {keys} | {about} |" for keys, about in described(places, groups)]
    return "\n".join(rows)


def described(places: tuple[str, ...], groups: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield keys and what they do; what does the same shares a row, and so do opposites."""
    found: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for group in groups:
        for action in of_group(group, places):
            names.setdefault(action.id, action.about)
            found.setdefault(action.about, []).extend(shown(action))
    while names:
        action_id, about = next(iter(names.items()))
        other = names.get(opposite(action_id), about)
        names = {id_: said for id_, said in names.items() if said not in {about, other}}
        keys = " ".join(dict.fromkeys(found[about]))
        if other == about:
            yield keys, about
        else:
            others = " ".join(dict.fromkeys(found[other]))
            yield f"{keys} / {others}", f"{about} / {other[0].lower()}{other[1:]}"


def of_group(group: str, places: tuple[str, ...]) -> Iterator[Action]:
    """Yield the actions of a group that have keys at one of some places."""
    for action in ACTIONS:
        is_there = {*places} & {*action.places} and not FIELDS & {*action.places}
        if action.group == group and action.keys and is_there:
            yield action


OPPOSITES = {
    "down": "up",
    "next": "previous",
    "left": "right",
    "top": "end",
    "wider": "narrower",
    "back": "forward",
    "fold": "unfold",
}
OPPOSITES |= {second: first for first, second in OPPOSITES.items()}


def opposite(action_id: str) -> str:
    """Return the id of the action that does the opposite, "" if its name has none."""
    words = re.split(r"([.-])", action_id)
    turned = [OPPOSITES.get(word, word) for word in words]
    return "".join(turned) if turned != words else ""


def shown(action: Action) -> Iterator[str]:
    """Yield the keys of an action as code."""
    for key in action.keys:
        yield f"`{ARROWS.get(key, key_label(key))}`"


def with_keys(readme: str) -> str:
    """Return the README with the table of keys between its two marks."""
    before, mark, rest = readme.partition(BEGIN)
    note, arrow, rest = rest.partition("-->\n")
    _, end, after = rest.partition(END)
    if not (mark and arrow and end):
        raise ValueError(f"the README has no {BEGIN} ... {END}")
    return f"{before}{mark}{note}{arrow}\n{key_table()}\n\n{end}{after}"


async def picture() -> str:
    """Return the reader with a page of the shipped book as SVG."""
    # The check of the table needs neither the book nor Textual.
    from handbook.locations import shipped_content
    from tests.tui.driving import opened, sit_down

    with tempfile.TemporaryDirectory() as data:
        workspace = sit_down(Path(data), shipped_content())
        async with opened(workspace, size=SIZE, place=PAGE) as desk:
            await desk.until(lambda: desk.app.screen.page_layout.is_complete)
            svg = desk.app.export_screenshot(title="ML Teams Handbook", simplify=True)
        workspace.close()
    return small(svg)


def small(svg: str) -> str:
    """Return the picture in a third of the bytes: no web fonts, no clips, grounds joined."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+", "t", svg).replace("&#160;", "\u00a0")
    svg = re.sub(r'<clipPath id="t-line-\d+">.*?</clipPath>', "", svg, flags=re.DOTALL)
    svg = re.sub(r' clip-path="url\(#t-line-\d+\)"', "", svg)
    svg = TEXT.sub(without_blanks, svg)
    svg = re.sub(rf"(?:{RECT.pattern}\s*)+", lambda run: joined(run[0]), svg)
    return re.sub(r"\n\s*(?=\n)", "", svg)


TEXT = re.compile(
    r'<text class="(t-r\d+)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+">(.*?)</text>', re.DOTALL
)
RECT = re.compile(
    r'<rect fill="(#\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"'
    r' shape-rendering="crispEdges"/>'
)
CELL = 12.2
"""The width of a cell in the picture."""


def without_blanks(text: re.Match[str]) -> str:
    """Return a piece of text without blanks at its ends: some programs drop those at the start."""
    style, x, y, words = text.groups()
    shown = words.strip("\u00a0\n")
    if not shown:
        return ""
    start = float(x) + CELL * (len(words) - len(words.lstrip("\u00a0")))
    width = CELL * cell_len(unescape(shown))
    return f'<text class="{style}" x="{start:.1f}" y="{y}" textLength="{width:.1f}">{shown}</text>'


def joined(rects: str) -> str:
    """Return the grounds of a row as few rectangles as it has colours side by side."""
    made: list[tuple[str, float, str, float, str]] = []
    for fill, x, y, width, height in RECT.findall(rects):
        if made and (made[-1][0], made[-1][2]) == (fill, y):
            made[-1] = (*made[-1][:3], float(x) + float(width) - made[-1][1], height)
        else:
            made.append((fill, float(x), y, float(width), height))
    return "".join(
        f'<rect fill="{fill}" x="{x:g}" y="{y}" width="{width:.1f}" height="{height}"'
        ' shape-rendering="crispEdges"/>\n'
        for fill, x, y, width, height in made
    )


def main() -> None:
    """Write the table of keys and the picture."""
    README.write_text(with_keys(README.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.write_text(asyncio.run(picture()), encoding="utf-8")


if __name__ == "__main__":
    main()
