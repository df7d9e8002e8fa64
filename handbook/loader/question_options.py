"""The options of a question: read from its task list, and checked one by one and together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.loader.prose import text_of
from handbook.loader.question_parts import without
from handbook.model.block import Bullets, Code, Quote
from handbook.model.question import Option

if TYPE_CHECKING:
    from handbook.loader.question_parts import Draft
    from handbook.model.block import ListItem

_OF_THE_OTHERS = re.compile(
    r"\b(?:all|none|both|neither|any|each) of (?:the )?"
    r"(?:above|others|other options|options|other answers|answers)\b"
)


def read_options(draft: Draft) -> tuple[tuple[Option, ...], Bullets] | None:
    """Return the options of the first task list and that list; None if there is none."""
    found = next((b for b in draft.stem if isinstance(b, Bullets) and _is_task_list(b)), None)
    if found is None:
        hint = "write - [ ] before each, - [x] before what is right"
        draft.wrong("Q116", draft.settings.line, "there are no options", hint)
        return None
    options = tuple(_option(item, draft) for item in found.items)
    _check_options(options, draft, found.line)
    return options, found


def _is_task_list(block: Bullets) -> bool:
    return any(item.checked is not None for item in block.items)


def _option(item: ListItem, draft: Draft) -> Option:
    if item.checked is None:
        draft.wrong("Q116", item.line, "an option has no box", "write - [ ] or - [x]")
    reasons = [block for block in item.blocks if isinstance(block, Quote)]
    why = tuple(inner for block in reasons for inner in block.blocks)
    return Option(without(item.blocks, *reasons), bool(item.checked), why, item.line)


def _check_options(options: tuple[Option, ...], draft: Draft, line: int) -> None:
    kind = draft.settings.kind
    if len(options) < 2:
        draft.wrong("Q112", line, "there is only one option", "three are enough")
    most = 5 if kind == "multi" else 4
    if len(options) > most:
        draft.wrong("Q117", line, f"{len(options)} options", f"at most {most}; three are enough")
    seen: set[str] = set()
    for option in options:
        text = option_text(option)
        if not text:
            draft.wrong("Q115", option.line, "an option is empty")
        elif text in seen:
            draft.wrong("Q115", option.line, "two options say the same")
        seen.add(text)
        if _OF_THE_OTHERS.search(text.lower()):
            hint = "each option has to stand for itself, in any order"
            draft.wrong("Q114", option.line, "an option that speaks of the others", hint)
        if not option.why and (not option.is_right or kind == "multi"):
            which = "an option" if kind == "multi" else "a wrong option"
            hint = "write   > Why. on the next line"
            draft.wrong("Q113", option.line, f"{which} without a reason", hint)


def option_text(option: Option) -> str:
    """Return what an option says, listings included."""
    code = (block.text for block in option.blocks if isinstance(block, Code))
    return "\n".join([text_of(option.blocks), *code]).strip()


def check_one_right(options: tuple[Option, ...], draft: Draft) -> None:
    """Add a problem unless exactly one option is right."""
    right = sum(option.is_right for option in options)
    if right != 1:
        message = f"'{draft.settings.kind}' needs exactly one [x], found {right}"
        draft.wrong("Q110", draft.settings.line, message)
