import unicodedata
from time import process_time

import pytest
from rich.cells import cell_len, get_character_cell_size
from wcwidth import wcwidth

from handbook.render.cells import cells, clusters, cut, fit, is_narrow, pad, split_at


def test_a_wide_sign_fills_two_cells_and_a_combining_mark_none():
    assert cells("loss") == 4
    assert cells("café") == 4
    assert cells("cafe\u0301") == 4
    assert cells("機械学習") == 8
    assert cells("🦄 hire") == 7


@pytest.mark.parametrize("sign", ["👨‍👩‍👧", "🇩🇪", "❤️", "👍🏽"])
def test_a_sign_of_several_code_points_is_one_sign_of_two_cells(sign):
    assert cells(sign) == 2
    assert cells(f"a{sign}b") == cell_len(f"a{sign}b")
    assert list(clusters(f"a{sign}b")) == [("a", 1), (sign, 2), ("b", 1)]


def test_a_sign_of_thousands_of_marks_is_measured_once():
    began = process_time()
    assert cells("❤" + "\ufe0f" * 30_000) == 2
    assert process_time() - began < 1


def test_every_sign_of_the_fast_path_is_one_cell_wide():
    narrow = [chr(code) for code in range(0xA0, 0x10000) if is_narrow(chr(code))]
    assert len(narrow) > 3500
    assert not [sign for sign in narrow if wcwidth(sign) != 1]


def test_a_single_code_point_is_as_wide_as_rich_says():
    codes = [*range(0x20, 0x7F), *range(0xA0, 0xD800), *range(0xE000, 0x20000)]
    different = [
        chr(code) for code in codes if cells(chr(code)) != get_character_cell_size(chr(code))
    ]
    # Rich's table is older: all that differs are marks and scripts added to Unicode since.
    assert all(
        wcwidth(sign) == 0 or unicodedata.category(sign) in {"Cn", "Lo", "So", "Mc"}
        for sign in different
    )
    assert not [sign for sign in different if ord(sign) < 0x5C8]


def test_text_is_cut_between_signs_never_inside_one():
    assert split_at("機械学習", 5) == ("機械", "学習")
    assert split_at("cafe\u0301s", 4) == ("cafe\u0301", "s")
    assert split_at("plain", 3) == ("pla", "in")


def test_what_does_not_fit_ends_with_an_ellipsis():
    assert cut("Machine learning", 9) == "Machine…"
    assert cut("機械学習", 5) == "機械…"
    assert cut("short", 5) == "short"
    assert cut("short", 0) == ""


def test_padding_counts_cells():
    assert pad("機械", 6) == "機械  "
    assert pad("5,000", 7, "right") == "  5,000"
    assert pad("ab", 5, "centre") == " ab  "
    assert pad("too wide", 3) == "too wide"
    assert fit("Machine learning", 8) == "Machine…"
    assert fit("ML", 4) == "ML  "
