"""HTML that an author leaves loose between blocks stands where paragraphs stand."""

from __future__ import annotations

import re

import pytest

from lessons.rendering import RenderContext, fill_markers, render_fragment, render_page

VIDEO = '<a href="https://video.test/1">\n  <img src="https://video.test/1.png" alt="Talk">\n</a>'
LINK = '<a href="https://video.test/1" rel="noopener">\n  <span>Talk</span>\n</a>'


def render(text: str) -> str:
    context = RenderContext("course/page.md", text=text)
    return fill_markers(render_page(text, context).html, {})


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (VIDEO, LINK),
        ("<kbd>\nCtrl</kbd> and more", "<kbd>\nCtrl</kbd> and more"),
        ("<!-- a note -->\n<b>\nbold</b>", "<b>\nbold</b>"),
    ],
)
def test_what_stands_in_lines_becomes_a_paragraph(written: str, shown: str) -> None:
    html = render(f"Before.\n\n{written}\n\nAfter.\n")

    assert re.findall(r"<p>(.*?)</p>", html, re.DOTALL)[1].strip() == shown


@pytest.mark.parametrize(
    "text",
    [
        "<b>\n\nMarkdown *between*\n\n</b>\n",
        "<div>\nbold\n</div>\n",
        "<!-- a note -->\n",
        "<br>\n",
        '<a id="here">\n</a>\n',
    ],
)
def test_any_other_block_of_html_stays_as_it_is(text: str) -> None:
    assert render(text).count("<p>") == text.count("*") // 2


@pytest.mark.parametrize("around", ["p", "h2", "summary", "ul"])
def test_no_paragraph_stands_where_html_takes_none(around: str) -> None:
    html = render(f"<{around}>\n\n{VIDEO}\n\n</{around}>\n")

    assert "<p><a" not in html
    assert LINK in html


def test_it_is_a_paragraph_within_a_box_and_behind_what_is_closed() -> None:
    html = render(f"<h2>\n\n<b>\nx</b>\n\n</h2>\n\n<div>\n\n{VIDEO}\n\n</div>\n")

    assert f"<p>{LINK}</p>" in html


def test_a_paragraph_that_is_one_tag_over_two_lines_stays_one() -> None:
    assert "<p><img" in render('<img\nalt="A" src="/assets/1/a.png">\n')


def test_a_prompt_that_is_an_image_comes_without_a_paragraph() -> None:
    context = RenderContext("course/page.md")

    assert "<p" not in render_fragment("<img src='/a.png' alt='A'>", context)


@pytest.mark.parametrize("before", ["<hr>", "<input>", "<main>", "<footer>"])
def test_it_is_a_paragraph_behind_a_tag_that_holds_nothing_and_in_one_that_holds_blocks(before: str) -> None:
    assert f"<p>{LINK}</p>" in render(f"{before}\n\n{VIDEO}\n")
