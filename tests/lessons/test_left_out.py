"""What of an author's HTML is taken away is counted, and what it leaves open is named where it begins."""

from __future__ import annotations

import pytest

from lessons.rendering import RenderContext, fill_markers, render_page


def render(text: str, path: str = "course/page.md") -> tuple[str, RenderContext]:
    context = RenderContext(path, text=text)
    return fill_markers(render_page(text, context).html, {}), context


@pytest.mark.parametrize(
    ("text", "dropped"),
    [
        ("<script>\nlet a = '<b>'\n\nlet b\n</script>\n", {"<script>": 1}),
        ("<style>p {}</style>\n", {"<style>": 1}),
        ("Text <b onclick='x()' onBlur=y>bold</b>\n", {"attribute on…=": 2}),
        ("[a](javascript:x)\n", {"link to javascript:": 1}),
        (
            '<a href=" JavaScript:x">a</a> and [b](data:text/html,x)\n',
            {"link to javascript:": 1, "link to data:": 1},
        ),
        ("[a](odd:x) [b](stranger:x)\n", {"link to an unknown scheme": 2}),
        (
            '<form action="/x"><input name="a"><button>Go</button></form>\n',
            {"<form>": 1, "<input>": 1, "<button>": 1},
        ),
    ],
)
def test_what_is_taken_away_is_counted_by_a_plain_name(text: str, dropped: dict[str, int]) -> None:
    assert render(text)[1].dropped == dropped


@pytest.mark.parametrize(
    "text",
    [
        "`<script>` and `onclick=`\n",
        "```html\n<script>x</script>\n```\n",
        "<!-- <script> -->\n",
        "<div>\n<!-- <form> -->\n</div>\n",
        "[a](https://a.test) [b](mailto:a@b.test) [c](/learn/)\n",
        "<p align='center'>x</p>\n",
    ],
)
def test_what_stays_or_was_never_html_is_not_counted(text: str) -> None:
    assert not render(text)[1].dropped


def unclosed(text: str) -> list[tuple[int, int, str]]:
    problems = render(text)[1].problems
    return sorted((each.line, each.column, each.message.partition(" ")[0]) for each in problems)


@pytest.mark.parametrize("tag", ["details", "div", "table", "ul", "b", "a", "span", "h2", "center"])
def test_html_that_is_left_open_is_named_where_it_begins(tag: str) -> None:
    assert unclosed(f"First.\n\nText\n\n- <{tag}>word\n\nLast.\n") == [(5, 3, f"<{tag}>")]
    assert unclosed(f"<{tag}>\n\nword\n\n</{tag}>\n") == []


@pytest.mark.parametrize(
    ("text", "open_tags"),
    [
        ("<div>\n<details>\n\n</div>\n", [(2, 1, "<details>")]),
        ("<b><i>x</b></i>\n", []),
        ("<div><b>x</div>\n\n<div>y</b></div>\n", []),
        ("<p>one\n<p>two\n\n<ul>\n<li>a\n<li>b\n</ul>\n\n<table><tr><td>x</table>\n", []),
        ("</div>\n\n<div/>\n\n<br> <img src='/a.png' alt='a'>\n", []),
        ("`<div>` and <!-- <div> -->\n\n```\n<div>\n```\n", []),
        ("The tokens <s> and <think> are text.\n", []),
    ],
)
def test_what_html_lets_one_leave_out_is_no_fault(text: str, open_tags: list[tuple[int, int, str]]) -> None:
    found = [each for each in unclosed(text) if each[2].startswith("<")]

    assert found == open_tags
