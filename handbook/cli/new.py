"""`handbook new`: a template with a fresh id, to write into a file of your own folder."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from handbook.cli import output

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.cli.arguments import Arguments

CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
"""Base 32 without i, l, o and u, as Douglas Crockford proposed it: nothing to misread."""

TEMPLATES = {
    "page": """\
---
id: {page}
title: Title
kind: page
---
# Title

What the reader can do after this page, in a sentence.

## First section

Text.
""",
    "role": """\
---
id: {page}
title: Title
kind: role
role:
  id: title
  letter: X
  group: newer
  skills: {{software: 5, ml: 5, communication: 5}}
  facts:
    Purpose: One line
    Work product: One line
    Look for: One line
    Do not ask for: One line
---
# Title

What this person is there for.
""",
    "item": """\
- [ ] [{item}] What to do
  <!-- minutes=30 -->
  Why it is worth doing.
""",
    "term": """\
Term / another spelling
: What it means, in a sentence or two.
""",
    "checklist": """\
---
id: {page}
title: Title
kind: checklist
checklist: {{name: title, dated: start}}
---
# Title

What this list is for.

## First phase
<!-- phase start=-14d -->

- [ ] [{item}] What to do
  <!-- minutes=30 -->
  Why it is worth doing.
""",
    "question": """\
## [{question}] Title
<!-- single difficulty=2 minutes=1.5 use=both v=1 -->

The question?

- [x] The right answer
- [ ] A wrong one
  > Why it is wrong.
- [ ] Another one
  > Why that is wrong.

### Why
What makes the right answer right.

### Hints
1. A question that helps.

### See
- [What teaches it](../exam/index.md)
""",
    "loop": """\
---
format: loop/1
title: Title
role: ml-engineer
---
# Mock interview: Title

What the interviewer should know before the first round.

## First round
<!-- round debugging minutes=45 -->

"What is said to the candidate: what the round tests, how it is marked, which tools are allowed."

## [{item_of_loop}] What is asked
<!-- item minutes=20 -->

The question, with a listing or a table if it needs one.

### Answer
What the interviewer should know.

### Rubric
- [2] What a good answer contains
- [1] Something else; a question of the bank at the end becomes a card where this was missed

### Follow-ups
- (probe) A question that looks for the reason
- (deeper) One level further down
- (twist) Something has changed
- (if stuck) A push in the right direction

### Hints
1. A question that helps.

### Levels
| Dimension | 1 | 2 | 3 | 4 |
|---|---|---|---|---|
| Method | What a 1 sounds like | a 2 | a 3 | a 4 |

### Red flags
- What should make one listen up

### See
- [What teaches it](../interviews/index.md)
""",
}
"""What each kind begins with."""


def new(arguments: Arguments) -> int:
    """Print a template."""
    output.write(template(arguments.kind))
    return 0


def template(kind: str, choice: Callable[[str], str] = secrets.choice) -> str:
    """Return the template of a kind with fresh ids; `choice` picks one of the signs."""
    letters = {"page": "p", "item": "c", "question": "q", "item_of_loop": "m"}
    ids = {name: fresh_id(letter, choice) for name, letter in letters.items()}
    return TEMPLATES[kind].format(**ids)


def fresh_id(letter: str, choice: Callable[[str], str] = secrets.choice) -> str:
    """Return an id like p-7k2m9d: 32 to the 6th, a thousand million, of each letter."""
    return f"{letter}-{''.join(choice(CROCKFORD) for _ in range(6))}"
