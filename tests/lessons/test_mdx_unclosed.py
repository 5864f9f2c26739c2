"""Tags that are never closed: said where they were opened, and the text below them is read on."""

from __future__ import annotations

import pytest

from tests.lessons.mdx import render, words


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("<Tabs>\n<TabItem value='a'>", ["<Tabs>", "<TabItem>"]),
        ("<Admonition type='tip'>", ["<Admonition>"]),
        ("<Tip>Behind it.", ["<Tip>"]),
        ("<CodeBlock language='js'>", ["<CodeBlock>"]),
        ("<Chart data={[1]}>", ["<Chart>"]),
        ("<Chart>", ["<Chart>"]),
        ("<div className='a'>", ["<div>"]),
        ("<details>\n<summary>More</summary>", ["<details>"]),
        ("<section>\n<div>", ["<section>", "<div>"]),
    ],
)
def test_a_tag_of_mdx_that_nothing_closes_is_named_where_it_is_opened(
    written: str, opened: list[str]
) -> None:
    html, context = render(f"First.\n\n{written}\n\nLater.\n")

    lines = {tag: 3 + written[: written.index(tag[:-1])].count("\n") for tag in opened}
    found = {each.message.partition(" ")[0]: each for each in context.problems}
    assert {tag: each.line for tag, each in found.items()} == lines
    assert all(each.column == 1 and not each.is_error for each in found.values())
    assert found[opened[0]].remedy == f"Close it with </{opened[0][1:]}."
    assert words(html).startswith("First.")
    assert words(html).endswith("Later.")
    assert "&lt;" not in html


def test_what_is_left_open_within_something_ends_with_it() -> None:
    text = """<Tip>

<div>

In it.

</Tip>

<div>

<span>Word

</div>

<Tabs>
<TabItem value="a">

One.

<TabItem value="b">

Two.

</TabItem>
</Tabs>

{#if fw === 'pt'}

End.
"""

    html, context = render(text)

    said = sorted((each.line, each.message) for each in context.problems)
    assert said == [
        (3, "<div> is never closed"),
        (11, "<span> is never closed"),
        (16, "<TabItem> is never closed"),
        (27, "{#if} is never closed"),
    ]
    assert words(html) == "Tip In it. Word a One. b Two. PyTorch End."


@pytest.mark.parametrize(
    "text",
    [
        "Press <Tab>, then <Note> it. Replace <TOKEN>.",
        "<TOKEN>",
        "A line<br>and an <img src='https://a.example/b.png' alt='b'> <hr>",
        "<div>\n\n<p>a</p>\n\n</div>\n\n<DIV>x</div>",
        "`<Tabs>` and\n\n```html\n<div>\n```",
        "<Foo/>\n\n<div />",
        "<details>\n<summary>a</summary>\n\nb\n\n</details>",
    ],
)
def test_closed_tags_void_tags_and_placeholders_are_not_called_open(text: str) -> None:
    _html, context = render(text)

    assert not [each for each in context.problems if "closed" in each.message]


def test_markdown_may_leave_open_what_html_lets_one_leave_open() -> None:
    text = "<p>a\n\n<div>\n\nb <Tip> c\n\n<Tip>\n\n- <li>d\n\n<details>\n\ne\n"

    _html, context = render(text, "page.md")

    said = sorted((each.line, each.message) for each in context.problems)
    assert said == [
        (3, "<div> is never closed"),
        (7, "<Tip> is never closed"),
        (11, "<details> is never closed"),
    ]
