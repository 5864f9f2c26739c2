"""The caret of an excerpt stands under its character, whatever stands before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.excerpts import WINDOW, columns, excerpt


def parts(text: str, column: int) -> tuple[str, int]:
    """The line as shown, and the column of the terminal the caret stands in, both behind the gutter."""
    shown, caret = excerpt(text, 7, column).split("\n")
    assert shown.startswith("    7 | ")
    assert caret.startswith("      | ")
    assert caret.endswith("^")
    return shown[8:], columns(caret[8:-1])


@pytest.mark.parametrize(
    ("text", "column", "shown", "place"),
    [
        ("abc", 1, "abc", 0),
        ("abc", 3, "abc", 2),
        ("abc", 4, "abc", 3),
        ("", 1, "", 0),
        ("\tkey: 1", 2, "    key: 1", 4),
        ("一二三: x", 6, "一二三: x", 8),
        ("e\u0301a x", 4, "e\u0301a x", 2),
        ("😀 x", 3, "😀 x", 3),
        ("a\x1b[31mred", 3, "a\ufffd[31mred", 2),
        ("a\u202eb", 3, "a\ufffdb", 2),
        ("abc", 99, "abc", 3),
    ],
)
def test_the_caret_stands_under_the_character(text: str, column: int, shown: str, place: int) -> None:
    assert parts(text, column) == (shown, place)


def test_a_long_line_is_cut_on_both_sides_around_the_place() -> None:
    shown, place = parts("a" * 500 + "X" + "b" * 500, 501)

    assert shown.startswith("…a")
    assert shown.endswith("b…")
    assert shown[place] == "X"
    assert columns(shown) <= WINDOW + 2


def test_a_long_line_of_wide_characters_is_cut_by_columns() -> None:
    shown, place = parts("字" * 300 + "X" + "字" * 300, 301)

    assert columns(shown) <= WINDOW + 2
    assert columns(shown.partition("X")[0]) == place


@given(st.text(max_size=400), st.integers(1, 420))
def test_no_line_makes_an_excerpt_fail_or_too_wide(text: str, column: int) -> None:
    shown, caret = excerpt(text, 1, column).split("\n")[-2:]

    assert columns(shown) <= WINDOW + 12
    assert columns(caret) <= WINDOW + 12
