from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from handbook.model import Span
from handbook.render.cells import cells
from handbook.render.line import Run
from handbook.render.wrap import span_style, wrap, wrap_runs


def texts(text: str, width: int) -> list[str]:
    return ["".join(run.text for run in row) for row in wrap((Span(text),), width)]


def test_lines_are_filled_with_whole_words():
    assert texts("An ML engineer trains a model and also puts it to work.", 22) == [
        "An ML engineer trains",
        "a model and also puts",
        "it to work.",
    ]


def test_a_word_longer_than_the_line_is_broken_after_a_joint_if_it_has_one():
    assert texts("see handbook/render/wrap.py", 12) == ["see", "handbook/", "render/wrap.", "py"]
    assert texts("Donaudampfschifffahrt", 8) == ["Donaudam", "pfschiff", "fahrt"]


def test_a_line_feed_is_a_break_that_the_author_asked_for():
    assert texts("one\ntwo three", 20) == ["one", "two three"]
    assert texts("one\n\ntwo", 20) == ["one", "", "two"]


def test_a_non_breaking_space_holds_its_words_together():
    assert texts("a value of 10\u00a0000 people", 13) == ["a value of", "10\u00a0000 people"]


def test_spaces_at_a_break_are_left_out_and_others_kept():
    assert texts("a  b   c", 4) == ["a  b", "c"]


def test_text_without_words_makes_one_empty_line_or_none():
    assert texts("", 10) == []
    assert texts("   ", 10) == [""]


def test_chinese_breaks_between_any_two_signs_but_never_before_closing_punctuation():
    assert texts("機械学習、深層学習。", 8) == ["機械学", "習、深層", "学習。"]
    assert texts("彼は「はい」と言った。", 6) == ["彼は", "「は", "い」と", "言っ", "た。"]


def test_a_latin_word_before_chinese_is_not_left_alone_on_its_line():
    assert texts("PyTorch 是一个深度学习框架", 16) == ["PyTorch 是一个深", "度学习框架"]


def test_a_combining_mark_stays_with_its_base():
    assert texts("e\u0301" * 5, 2) == ["e\u0301" * 2, "e\u0301" * 2, "e\u0301"]


def test_styles_and_links_go_on_over_a_break():
    spans = (Span("Read "), Span("reading learning curves", "", 3), Span(" first.", "strong"))
    assert wrap(spans, 14) == [
        (Run("Read ", "text"), Run("reading", "link", 3)),
        (Run("learning", "link", 3),),
        (Run("curves", "link", 3), Run(" first.", "strong")),
    ]


def test_styles_of_spans_have_names_that_themes_know():
    assert span_style("") == "text"
    assert span_style("", "quote") == "quote"
    assert span_style("emphasis strong") == "strong emphasis"
    assert span_style("code strong") == "code"
    assert span_style("footnote") == "cite"
    assert span_style("emphasis strike strong") == "strike"
    assert span_style("image strong") == "strong emphasis"


SIGNS = [
    *"aZ9-/. ,()\u00a0\n機械한、」「é…█\u200b🦄",
    "word ",
    "e\u0301",
    "❤️",
    "👨‍👩‍👧",
    "👍🏽",
    "🇩🇪",
]
signs = st.sampled_from([*SIGNS, "क्षि"])
running_text = st.lists(signs, max_size=60).map("".join)


@settings(deadline=None)
@given(st.lists(running_text, min_size=1, max_size=4), st.integers(2, 90))
def test_no_line_is_wider_than_asked_and_no_sign_is_lost(parts, width):
    runs = [Run(part, str(index)) for index, part in enumerate(parts)]
    rows = wrap_runs(runs, width)
    lines = ["".join(run.text for run in row) for row in rows]
    assert all(cells(line) <= width for line in lines)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(parts).replace(" ", "").replace("\n", "")
    # A space that carries a zero-width sign is no space to break at.
    assert all(line == line.strip(" ") for line in lines if "\u200b" not in line)
    assert all(run.text for row in rows for run in row)


@settings(deadline=None)
@given(st.lists(st.text("abc", min_size=1, max_size=12), min_size=1), st.integers(12, 60))
def test_no_line_has_room_for_the_next_word(words, width):
    rows = texts(" ".join(words), width)
    assert [word for row in rows for word in row.split(" ")] == words
    for line, following in pairwise(rows):
        assert cells(f"{line} {following.split(' ')[0]}") > width


@settings(deadline=None)
@given(st.lists(st.sampled_from("機械学習は深い"), min_size=1), st.integers(4, 30), st.data())
def test_no_line_begins_with_closing_punctuation(letters, width, data):
    closing = st.sampled_from(
        ["", "", "、", "。", "）", "」", "』", "】", "》", "！", "？", "：", "；"]
    )
    text = "".join(letter + data.draw(closing) for letter in letters)
    assert not [line for line in texts(text, width) if line[0] in "、。，）」』】》！？：；"]
