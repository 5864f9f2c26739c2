"""Indentation in MDX: what a tag holds may stand where it likes, and is Markdown."""

from __future__ import annotations

import re

import pytest

from tests.lessons.mdx import render


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n\n    Some *text*\n\n        more *text*\n\n</div>",
        "<div className='a'>\n  Some *text*\n</div>\n\n<section>\n    more *text*\n</section>",
        "<table>\n  <tr>\n    <td>\n\n      Some *text*\n\n    </td>\n"
        "    <td>\n      more *text*\n    </td>\n  </tr>\n</table>",
        "    Some *text*\n\n\tmore *text*",
    ],
)
def test_indented_text_of_mdx_is_no_code(text: str) -> None:
    html, context = render(f"{text}\n\n## After\n")

    assert html.count("<em>text</em>") == 2
    assert "<pre" not in html
    assert "&lt;" not in html
    assert re.search(r"<h2[^>]*>After", html)
    assert not context.problems


def test_listings_and_lists_move_with_what_they_stand_in() -> None:
    text = """<div>

    ```text
    one
      two
    ```

    - a
      - b

        of b

</div>

- c

      code of c
"""

    html, _context = render(text)

    assert ">one\n  two<" in html
    assert re.search(r"<li><p>b</p><p>of b</p></li>", html)
    assert re.search(r"c</p><figure.*code of c", html, re.DOTALL)


@pytest.mark.parametrize(
    "text",
    [
        "1. one\n\n        *deep*",
        ">     *quoted*",
        "> - one\n>\n>       *deep*",
        "<div>\n\n    >     *quoted*\n\n</div>",
    ],
)
def test_within_lists_and_quotes_indentation_is_code_as_in_markdown(text: str) -> None:
    html, context = render(f"{text}\n\n*after*\n")

    assert html.count("<pre") == 1
    assert html.count("<em>") == 1
    assert not context.problems


def test_a_heading_right_below_a_tag_is_a_heading() -> None:
    html, _context = render("<div>\n  ## Within\n\n  Text.\n</div>\n")

    assert re.search(r"<div>\s*<h2[^>]*>Within</h2><p>Text.</p>", html)


def test_html_written_over_lines_stays_html() -> None:
    text = """<div
  className="a">
    <div className="b
      c">
        In it
        <div>Deep</div>
    </div>
</div>
"""

    html, _context = render(text)

    assert "<pre" not in html
    assert re.search(r"<div>\s*<div>\s*In it\s*<div>Deep</div>\s*</div>\s*</div>", html)


def test_in_markdown_indentation_is_code_as_ever() -> None:
    html, _context = render("<div>\n\n    code\n\n</div>\n", "page.md")

    assert "<pre" in html


def test_problems_of_indented_lines_name_their_column() -> None:
    _html, context = render("<div>\n\n      <Chart>x</Chart>\n\n</div>\n")

    assert [(each.line, each.column) for each in context.problems] == [(3, 7)]
