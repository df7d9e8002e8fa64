"""A talk line by line: questions come again until they are answered, and nothing is half-kept."""

from __future__ import annotations

import io
import sys

import pytest

from handbook.cli.paper import Paper
from handbook.cli.talk import LeftError, Talk
from handbook.errors import StoreError
from handbook.render.options import Options


class Keyboard(io.StringIO):
    """Lines that somebody types."""

    def isatty(self) -> bool:
        return True


def talk(monkeypatch: pytest.MonkeyPatch, *lines: str, is_typed: bool = False) -> Talk:
    stdin = (Keyboard if is_typed else io.StringIO)("".join(f"{line}\n" for line in lines))
    monkeypatch.setattr(sys, "stdin", stdin)
    return Talk(Paper(72, Options(), is_styled=False, has_colour=False))


def test_yes_or_no_is_asked_until_it_is_one(monkeypatch, capsys) -> None:
    assert talk(monkeypatch, "maybe", "", "Yes").agrees("Sure?")
    assert capsys.readouterr().out.count("That is none of them.") == 2
    assert not talk(monkeypatch, "n").agrees("Sure?")


def test_q_and_the_end_of_the_input_leave(monkeypatch) -> None:
    for lines in (("q",), ()):
        with pytest.raises(LeftError):
            talk(monkeypatch, *lines).agrees("Sure?")


def fails(times: int):
    left = [StoreError("the disk is full")] * times

    def act() -> str:
        if left:
            raise left.pop()
        return "kept"

    return act


def test_what_cannot_be_kept_is_said_and_tried_again(monkeypatch, capsys) -> None:
    assert talk(monkeypatch, "", "", is_typed=True).insist(fails(2)) == "kept"
    assert capsys.readouterr().out.count("Not kept: the disk is full") == 2


@pytest.mark.parametrize(("lines", "is_typed"), [(("q",), True), ((), True), (("", ""), False)])
def test_what_cannot_be_kept_is_an_error_where_nobody_tries_again(
    monkeypatch, lines: tuple[str, ...], is_typed: bool
) -> None:
    with pytest.raises(StoreError):
        talk(monkeypatch, *lines, is_typed=is_typed).insist(fails(1))
