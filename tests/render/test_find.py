import re

from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.render.cells import cells
from handbook.render.find import Match, find_matches, highlighted
from handbook.render.layout import page_lines
from handbook.render.line import Line, Run
from tests.render.frames import page


def found(markdown: str, query: str, width: int = 30) -> list[tuple[object, ...]]:
    matches = find_matches(page_lines(page(markdown), width), query)
    return [match.pieces for match in matches]


def test_marks_in_the_source_do_not_break_a_hit():
    assert found("How the **loss** goes `down` here\n", "the loss goes down") == [((0, 4, 22),)]


def test_case_counts_only_if_the_query_has_a_capital():
    text = "Loss and loss\n"
    assert found(text, "loss") == [((0, 0, 4),), ((0, 9, 13),)]
    assert found(text, "Loss") == [((0, 0, 4),)]
    assert found(text, "LOSS") == []


def test_a_hit_runs_over_the_end_of_a_line():
    assert found("one two three four\n", "two three", 8) == [((0, 4, 7), (1, 0, 5))]
    assert found("> one two three four\n", "two three four", 10) == [
        ((0, 6, 9), (1, 2, 7), (2, 2, 6))
    ]


def test_a_hit_does_not_run_from_one_block_into_the_next():
    assert found("one\n\ntwo\n", "one two") == []
    assert found("## one\n\ntwo\n", "one two") == []
    assert found("- one\n- two\n", "one two") == []


def test_columns_are_cells_not_characters():
    assert found("機械 and 学習\n", "and") == [((0, 5, 8),)]
    assert found("機械学習の深層学習\n", "学習", 10) == [((0, 4, 8),), ((1, 4, 8),)]


def test_chinese_is_found_over_a_break_where_no_space_is():
    assert found("機械学習の深層学習\n", "の深", 10) == [((0, 8, 10), (1, 0, 2))]


def test_a_broken_line_of_a_listing_is_found_as_one():
    text = "```\nloss = cross_entropy(x)\n```\n"
    lines = page_lines(page(text), 14)
    (match,) = find_matches(lines, "cross_entropy(x)")
    shown = "".join(lines[line].text[start:end] for line, start, end in match.pieces)
    assert shown == "cross_entropy(x)"


def test_the_query_is_text_not_a_pattern():
    assert found("a.b (c) a+b\n", "a.b") == [((0, 0, 3),)]
    assert found("a.b (c) a+b\n", "(c)") == [((0, 4, 7),)]


def test_an_empty_query_finds_nothing():
    assert found("text\n", "  ") == []
    assert find_matches((), "text") == ()


def test_letters_that_grow_in_lower_case_do_not_shift_the_columns():
    assert found("İİİ loss\n", "loss") == [((0, 4, 8),)]


words = st.lists(st.text("abAB", min_size=1, max_size=5), min_size=1, max_size=30)


@settings(deadline=None)
@given(words, st.integers(6, 40), st.data())
def test_every_phrase_of_a_paragraph_is_found_at_every_width(paragraph, width, data):
    start = data.draw(st.integers(0, len(paragraph) - 1))
    end = data.draw(st.integers(start + 1, len(paragraph)))
    phrase = " ".join(paragraph[start:end])
    text = " ".join(paragraph)
    lines = page_lines(page(text), width)
    insensitive = re.NOFLAG if phrase != phrase.lower() else re.IGNORECASE
    assert len(find_matches(lines, phrase)) == len(re.findall(phrase, text, insensitive))


def test_highlighting_cuts_runs_where_the_marks_are():
    line = Line((Run("the "), Run("loss", "strong", 2), Run(" falls")), 7)
    assert highlighted(line, [(2, 6, "match")]) == Line(
        (
            Run("th"),
            Run("e ", "match"),
            Run("lo", "match", 2),
            Run("ss", "strong", 2),
            Run(" falls"),
        ),
        7,
    )


def test_of_two_marks_on_one_place_the_last_wins():
    line = Line((Run("abcdef"),))
    assert highlighted(line, [(0, 4, "match"), (2, 5, "match.current")]).runs == (
        Run("ab", "match"),
        Run("cd", "match.current"),
        Run("e", "match.current"),
        Run("f"),
    )


def test_highlighting_counts_cells():
    line = Line((Run("機械学習"),))
    assert highlighted(line, [(2, 6, "match")]).runs == (
        Run("機"),
        Run("械学", "match"),
        Run("習"),
    )


@settings(deadline=None)
@given(
    st.lists(st.text("ab機\u0301", max_size=6), max_size=5),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.just("match")), max_size=4),
)
def test_highlighting_changes_no_text(parts, marks):
    line = Line(tuple(Run(part) for part in parts))
    shown = highlighted(line, marks)
    assert shown.text == line.text
    assert cells(shown.text) == sum(cells(run.text) for run in line.runs)


def test_a_match_says_where_it_stands():
    lines = page_lines(page("one two\n"), 20)
    assert find_matches(lines, "two") == (Match(((0, 4, 7),)),)
    assert highlighted(lines[0], [(*piece[1:], "match") for piece in Match(((0, 4, 7),)).pieces])
