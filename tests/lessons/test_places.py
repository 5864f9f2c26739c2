"""Warnings of links and images stand where the author wrote them, however they are written."""

from __future__ import annotations

import pytest

from lessons.rendering import RenderContext, render_page


def places(text: str, first_line: int = 1) -> list[tuple[int, int]]:
    """Return where broken links and missing images are reported, in order."""
    context = RenderContext("course/page.md", text=text)
    render_page(text, context, first_line)
    codes = {"broken-link", "missing-image"}
    return sorted((each.line, each.column) for each in context.problems if each.code in codes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n<img alt=a src=b.png>\n", [(3, 16)]),
        ('a\n\n<img alt="a" src = "b.png">\n', [(3, 21)]),
        ("a <IMG alt='a' SRC='b.png'> c\n", [(1, 21)]),
        ('<img alt="a"\n     src="b.png?c=1&amp;d=2">\n', [(2, 11)]),
        ("<a href=b.md>c</a>\n", [(1, 9)]),
        ('<picture><source media="(prefers-color-scheme: dark)" srcset=" b.png 2x">'
         '<img src="c.png" alt="d"></picture>\n', [(1, 64), (1, 84)]),
        ("a [b](c(d).md)\n", [(1, 7)]),
        ("a [b]((/c/d))\n", [(1, 7)]),
        ("[a](b\\_c.md) [d](e&amp;f.md) [g](<h i.md>)\n", [(1, 5), (1, 18), (1, 35)]),
        ("[a](\n  b.md)\n", [(2, 3)]),
        ("> - [a][b]\n\n> [b]: c.md\n", [(3, 8)]),
    ],
)  # fmt: skip
def test_a_destination_is_found_as_it_is_written(text: str, expected: list[tuple[int, int]]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "code",
    [
        "`[a](b.md)`",
        "``[a](b.md)\n`[a](b.md)``",
        "    [a](b.md)",
        "```\n[a](b.md)\n```",
        "> ```\n> [a](b.md)\n> ```",
        "- x\n\n  ~~~\n  [a](b.md)\n  ~~~",
    ],
)
def test_what_only_looks_like_a_link_in_code_is_none(code: str) -> None:
    line = code.count("\n") + 3

    assert places(f"{code}\n\nText [a](b.md)\n") == [(line, 10)]


def test_lines_count_from_where_the_text_begins_in_its_file() -> None:
    assert places("```\n[a](b.md)\n```\n\n[a](b.md)\n", first_line=8) == [(12, 5)]
