from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.loader import clean
from handbook.loader.clean import clean_text, without_controls


def codes(raw: bytes) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in clean_text(raw, "a.md")[1]]


def test_plain_text_comes_back_as_it_is() -> None:
    assert clean_text("grüße\t数据\n".encode()) == ("grüße\t数据\n", ())


def test_a_byte_order_mark_and_foreign_line_ends_go_silently() -> None:
    assert clean_text(b"\xef\xbb\xbfa\r\nb\rc\n") == ("a\nb\nc\n", ())


def test_bytes_that_are_not_utf_8_become_a_replacement_sign() -> None:
    text, problems = clean_text(b"one\ntw\xffo\n", "a.md")
    assert text == "one\ntw\ufffdo\n"
    assert str(problems[0]) == "a.md:2: P101 byte 0xFF is not UTF-8 (save the file as UTF-8)"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;https://a.org\x1b\\link\x1b]8;;\x07", "link"),
        ("\x1b]52;c;cm0gLXJm\x07x", "x"),
        ('\x1bP$q"p\x1b\\x', "x"),
        ("\x9b31mred", "red"),
        ("\x9d0;title\x9cx", "x"),
        ("\x90\x9d0;title\x9cx", "x"),
        ("\x1b(0x", "x"),
        ("a\x1b]never closed\nb", "anever closed\nb"),
        ("a\x08\x00\x7fb", "ab"),
        ("a\x0cb\u2028c\x85d", "a b c d"),
        ("user\u202egnp.exe\u2066x", "usergnp.exex"),
        ("a\U000e0041b\ufeffc", "abc"),
    ],
)
def test_control_characters_and_escape_sequences_are_taken_out(text: str, left: str) -> None:
    assert without_controls(text) == left
    assert clean_text(text.encode())[0] == left


def test_a_problem_names_line_and_code_point() -> None:
    problems = clean_text("a\nb\x1b[1mc\n\u202ed".encode(), "a.md")[1]
    assert [str(problem) for problem in problems] == [
        "a.md:2: P102 escape sequence after U+001B taken out",
        "a.md:3: P102 control character U+202E taken out",
    ]


@pytest.mark.parametrize("sign", "\u200d\ufe0f\ufe0e\u20e3\xad\u200b\U0001f1e9\U0001f3fd")
def test_signs_of_unsure_width_stay_and_are_reported(sign: str) -> None:
    text, problems = clean_text(f"a\n{sign}b".encode())
    assert text == f"a\n{sign}b"
    assert [(problem.code, problem.line, problem.severity) for problem in problems] == [
        ("P103", 2, "warning")
    ]


def test_a_file_that_is_too_large_is_cut_at_the_end_of_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clean, "LIMIT", 10)
    text, problems = clean_text(b"one\ntwo\nthree\n")
    assert text == "one\ntwo\n"
    assert [str(problem) for problem in problems] == [
        ":2: P104 the file has more than 10 bytes, what follows is left out (split it into pages)"
    ]


def test_a_flood_of_problems_is_counted() -> None:
    problems = clean_text(b"\x07" * 1000)[1]
    assert len(problems) == 101
    assert (problems[-1].line, problems[-1].message) == (1, "900 more problems like this")


def test_a_flood_of_problems_is_counted_where_it_goes_on() -> None:
    problems = clean_text(b"\x07" * 100 + b"\n" + b"\x07\n" * 1_001 + "\xad".encode())[1]
    assert [(each.code, each.line, each.message) for each in problems[100:]] == [
        ("P102", 2, "1,001 more problems like this"),
        ("P103", 1003, "soft hyphen U+00AD: its width differs from terminal to terminal"),
    ]


@pytest.mark.parametrize("introducer", ["\x90", "\x98", "\x9d", "\x9f", "\x1b]", "\x9b0"])
def test_a_row_of_introducers_is_read_once(introducer: str) -> None:
    began = process_time()
    without_controls(introducer * 50_000)
    assert process_time() - began < 1


@given(st.binary(max_size=200))
def test_any_bytes_become_text_without_controls(raw: bytes) -> None:
    text, problems = clean_text(raw)
    assert without_controls(text) == text
    assert not {sign for sign in text if sign < " "} - {"\t", "\n"}
    assert all(0 <= problem.line <= raw.count(b"\n") + raw.count(b"\r") + 1 for problem in problems)
