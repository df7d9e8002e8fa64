import subprocess
import sys

import pytest

from handbook.model import Link, Page, PageInfo, Paragraph, Span, Term
from handbook.render.layout import Layout, page_lines
from handbook.render.line import EMPTY, STYLES, Line, Run
from handbook.render.options import Options
from handbook.render.terms import Terms
from tests.render.frames import expected, frame, page, shown

TEXT = """
    # ML engineer

    An ML engineer trains a model and also **puts it to work**: see the [map](page.md#routes).

    ## Routes

    - software engineers who taught themselves ML
      - after work
    - CS or statistics PhDs
"""


def test_a_page_at_a_width():
    assert shown(TEXT, 44) == expected("""
        ML engineer
        ━━━━━━━━━━━

        An ML engineer trains a model and also puts
        it to work: see the map.

        Routes
        • software engineers who taught themselves
          ML
          • after work
        • CS or statistics PhDs
        """)


def test_the_same_page_in_ascii_with_numbered_links():
    assert shown(TEXT, 44, ascii=True, numbered_links=True) == expected("""
        ML engineer
        ===========

        An ML engineer trains a model and also puts
        it to work: see the [1] map.

        Routes
        - software engineers who taught themselves
          ML
          - after work
        - CS or statistics PhDs
        """)


def test_headings_have_an_empty_line_before_and_none_after():
    text = """
        Text.

        ## Two

        ### Three

        - item
    """
    assert shown(text, 40) == "Text.\n\nTwo\n\nThree\n• item\n"


def test_numbers_stand_flush_right_and_tasks_show_their_state():
    text = """
        9. nine
        10. ten

        - [x] done
        - [ ] open, and long enough to need a second line
    """
    assert shown(text, 30) == expected("""
         9. nine
        10. ten

        [x] done
        [ ] open, and long enough to
            need a second line
        """)


def test_a_loose_list_has_empty_lines_between_its_items():
    text = """
        - one

          more

        - two
    """
    assert shown(text, 30) == "• one\n\n  more\n\n• two\n"


def test_remarks_have_a_bar_and_say_their_kind_in_words():
    text = """
        > quoted
        >
        > twice

        > [!warning] Two numbers
        > They only look alike.

        > [!check] Check yourself
        > Why?
        >
        > Because.

        > [!tip]
        > Ask.
    """
    assert shown(text, 40) == expected("""
        ▎ quoted
        ▎
        ▎ twice

        ▎ Warning: Two numbers
        ▎ They only look alike.

        ▎ Check yourself
        ▎ Why?
        ▎
        ▎ Because.

        ▎ Tip
        ▎ Ask.
        """)


def test_a_remark_of_a_kind_nobody_knows_bears_the_bar_of_a_note():
    lines = page_lines(page("> [!danger] Hot\n> Do not touch.\n"), 40)
    assert lines[0].runs == (Run("▎ ", "note"), Run("Danger: Hot", "strong"))


def test_definitions_are_indented_by_four():
    text = """
        Adam
        : Optimiser with per-parameter step sizes.

        SGD
        : Plain.
    """
    assert shown(text, 26) == expected("""
        Adam
            Optimiser with
            per-parameter step
            sizes.

        SGD
            Plain.
        """)


def test_footnotes_stand_under_a_short_rule():
    text = """
        A claim.[^a]

        [^a]: Where it comes from.
    """
    lines = shown(text, 40).splitlines()
    assert lines[-2:] == ["────────", "1. Where it comes from."]


def test_a_thematic_break_is_as_wide_as_the_page():
    assert shown("one\n\n---\n\ntwo\n", 12) == "one\n\n────────────\n\ntwo\n"


def test_where_a_page_is_too_narrow_for_indentation_the_words_win():
    assert shown("- one\n  - two\n    - three\n", 11) == "• one\n  •\n  two\n  •\n  three\n"


def test_only_as_many_blocks_are_laid_out_as_are_needed():
    layout = Layout(page("\n\n".join(f"Paragraph {n}." for n in range(1000))), 72)
    assert list(layout.lines) == []
    assert layout.grow(24) is False
    assert len(layout.lines) == 25
    assert layout.start_of(500) == 1000
    assert layout.grow() is True
    assert len(layout.lines) == 1999


def test_each_line_knows_its_block():
    layout = Layout(page(TEXT), 44)
    layout.grow()
    assert [line.block for line in layout.lines] == [0, 0, -1, 1, 1, -1, 2, 3, 3, 3, 3]
    assert [layout.block_at(line) for line in (0, 2, 4, 5, 6, 99)] == [0, 0, 1, 1, 2, 3]
    assert layout.start_of(2) == 6
    assert layout.start_of(99) == len(layout.lines)
    assert Layout(page(TEXT), 44).block_at(0) == -1


def test_a_place_on_the_page_is_found_by_its_anchor():
    layout = Layout(page(TEXT), 44)
    assert layout.line_of("routes") == 6
    assert layout.line_of("no-such-heading") is None


def test_a_term_on_the_glossary_page_is_found_by_its_id():
    glossary = page(
        """
        # Glossary

        ## Training

        Adam / AdamW
        : Optimiser.

        Data leak
        : What should not be known.
        """,
        kind="glossary",
    )
    layout = Layout(glossary, 40)
    assert [layout.line_of(anchor) for anchor in ("adam", "data-leak")] == [4, 7]
    assert layout.lines[7].text == "Data leak"


def test_an_item_of_a_checklist_is_found_by_its_id():
    checklist = page(
        """
        # Interview

        ## Before

        - [ ] [c-4kd82m] Explain bias and variance
          <!-- minutes=90 core -->
          The commonest question.
        - [ ] [c-7k2m9d] Write it down
        """,
        kind="checklist",
        front={"checklist": {"name": "interview"}},
    )
    layout = Layout(checklist, 40)
    row = layout.line_of("c-7k2m9d")
    assert row is not None
    assert "Write it down" in layout.lines[row].text


def test_the_picture_goes_on_when_the_rest_of_a_long_page_is_known():
    whole = page(TEXT)
    head = Page(whole.info, whole.blocks[:2], whole.links, whole.headings[:1], complete=False)
    layout = Layout(head, 44)
    assert layout.grow() is False
    before = list(layout.lines)
    layout.extend(whole)
    assert layout.grow() is True
    assert layout.lines[: len(before)] == before
    assert tuple(layout.lines) == page_lines(whole, 44)


def test_a_link_broken_over_lines_has_a_piece_on_each():
    text = "Read [reading learning **curves**](a.md) and [this](https://example.org).\n"
    layout = Layout(page(text), 17)
    layout.grow()
    assert frame(layout.lines) == "Read reading\nlearning curves\nand this.\n"
    assert layout.links_between(0, 3) == ((0, 5, 7, 0), (1, 0, 15, 0), (2, 4, 4, 1))
    assert layout.links_between(1, 2) == ((1, 0, 15, 0),)
    assert layout.links_between(-5, 1) == ((0, 5, 7, 0),)


def test_a_link_that_is_never_followed_does_not_look_like_one():
    link = Link("here", "blocked", "javascript:alert(1)")
    one = Page(PageInfo("p", "p.md", "P"), (Paragraph((Span("here", "", 0),)),), (link,))
    assert page_lines(one, 20) == (Line((Run("here", "muted", 0),), 0),)


TERMS = Terms([Term("loss", "loss", "What is minimised."), Term("leak", "data leak", "Known.")])


def test_the_first_use_of_a_term_in_each_section_becomes_a_link():
    text = """
        ## The loss

        A [page](a.md). The loss, the loss; `loss`.

        ### Deeper

        - Loss and data leak

        ## Next

        loss
    """
    layout = Layout(page(text), 60, terms=TERMS)
    layout.grow()
    linked = [run for line in layout.lines for run in line.runs if run.link >= 0]
    assert linked == [
        Run("page", "link", 0),
        Run("loss", "term", 1),
        Run("data leak", "term", 2),
        Run("loss", "term", 3),
    ]
    assert layout.term_links == ("loss", "leak", "loss")


def test_terms_keep_their_links_when_the_page_grows():
    whole = page("The loss.\n\n[one](a.md) and [two](b.md): a data leak.\n")
    head = Page(whole.info, whole.blocks[:1], complete=False)
    layout = Layout(head, 60, terms=TERMS)
    layout.grow()
    assert layout.links_between(0, 9) == ((0, 4, 4, 0),)
    layout.extend(whole)
    layout.grow()
    assert layout.links_between(0, 9) == ((0, 4, 4, 2), (2, 0, 3, 0), (2, 8, 3, 1), (2, 15, 9, 3))
    assert layout.term_links == ("loss", "leak")


def test_the_glossary_itself_is_left_alone():
    layout = Layout(page("The loss.\n", kind="glossary"), 60, terms=TERMS)
    layout.grow()
    assert layout.term_links == ()
    assert layout.links_between(0, 9) == ()


def test_an_empty_page_has_no_lines():
    empty = Page(PageInfo("p", "p.md", "P"), ())
    assert page_lines(empty, 40) == ()
    assert Layout(empty, 40).is_complete


def test_every_style_on_a_page_is_one_that_themes_know():
    text = TEXT + (
        "\n> [!dated] Late 2026\n> New.\n\n```python\nx = 1  # one\n```\n\n"
        "| a | b |\n|---|---|\n| `c` | ~~d~~ |\n\n#### Four\n\n![alt](a.png) [@lecture] "
        "*e* ***f***\n"
    )
    lines = page_lines(page(TEXT.replace("    ", "") + text.replace("    ", "")), 72, Options())
    assert {run.style for line in lines for run in line.runs} <= set(STYLES)


def test_the_empty_line_between_blocks_belongs_to_none():
    assert page_lines(page("a\n\nb\n"), 20)[1] is EMPTY


@pytest.mark.parametrize("module", ["layout", "find", "role_map", "roles", "chart"])
def test_laying_out_loads_nothing_heavy(module):
    code = (
        f"import sys, handbook.render.{module}\n"
        "heavy = {'pygments', 'yaml', 'textual', 'rich', 'wcwidth', 'handbook.loader'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
