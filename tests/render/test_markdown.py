"""What is taken away as Markdown says exactly what the handbook says."""

from datetime import date

import pytest

from handbook.loader.markdown import parse_page
from handbook.model import (
    Block,
    Checklist,
    ChecklistItem,
    Note,
    PageInfo,
    Paragraph,
    Phase,
    Role,
    Skills,
    Table,
    Tick,
    plain,
)
from handbook.render.markdown import checklist_markdown, compare_markdown, escaped

CHECKLIST = Checklist(
    "interview",
    "Interview preparation",
    "p-000001",
    (
        Phase(
            "Foundations",
            (
                ChecklistItem("c-000001", "Explain bias", why="It is asked first."),
                ChecklistItem("c-000002", "Write a *loop*"),
            ),
        ),
        Phase("The day", (ChecklistItem("c-000003", "Sleep"),)),
    ),
)


def read(text: str) -> tuple[Block, ...]:
    return parse_page(text, PageInfo("p-1", "a.md", "A"), front={}, file="a.md").blocks


def test_a_checklist_becomes_a_task_list_with_dates_and_notes():
    written = checklist_markdown(
        CHECKLIST,
        {"c-000001": Tick("c-000001", True, 0), "c-000002": Tick("c-000002", False, 0)},
        {"c-000001": Note("c-000001", "first line\n\n**second**", 0)},
        {"Foundations": date(2027, 2, 1)},
    )
    assert written == (
        "# Interview preparation\n"
        "\n"
        "1 of 3 done.\n"
        "\n"
        "## Foundations (by 2027-02-01)\n"
        "\n"
        "- [x] Explain bias\n"
        "  It is asked first.\n"
        "\n"
        "  > first line\n"
        "  >\n"
        "  > **second**\n"
        "\n"
        "- [ ] Write a \\*loop\\*\n"
        "\n"
        "## The day\n"
        "\n"
        "- [ ] Sleep\n"
    )


def test_roles_become_a_table_with_a_column_each():
    engineer = Role("e", "ML engineer", "E", "p-1", Skills(7, 7, 4), facts=(("Tools", "a | b"),))
    researcher = Role("r", "Researcher", "R", "p-2", Skills(3, 9.5, 5))
    assert compare_markdown([engineer, researcher]) == (
        "# ML engineer and Researcher\n"
        "\n"
        "|  | ML engineer (E) | Researcher (R) |\n"
        "|---|---|---|\n"
        "| ML knowledge | 7 | 9.5 |\n"
        "| Software skill | 7 | 3 |\n"
        "| Communication | 4 | 5 |\n"
        "| Tools | a \\| b | not said |\n"
    )
    table = read(compare_markdown([engineer]))[1]
    assert isinstance(table, Table)
    assert [[plain(cell) for cell in row] for row in table.rows][3] == ["Tools", "a | b"]


def test_no_roles_are_no_table():
    assert compare_markdown([]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "# not a heading",
        "> no quote",
        "- no list",
        "+ no list",
        "12. no list",
        "3) no list",
        "=== no underline",
        "snake_case and _no emphasis_ and *none* here",
        "a `code` [link](x.md) <b>bold</b> &amp; ~~gone~~ C:\\new",
        "[@citation] [^note] 5 < 6 & 7",
    ],
)
def test_escaped_text_is_read_as_it_was(text):
    (block,) = read(escaped(text))
    assert isinstance(block, Paragraph)
    assert plain(block.spans) == text


def test_words_with_underscores_stay_readable():
    assert escaped("call load_page() -- 3 times") == "call load_page() -- 3 times"
