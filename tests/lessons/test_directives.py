"""Directives: boxes, figures and tabs between lines of colons."""

from __future__ import annotations

import re

import pytest

from lessons.rendering import RenderContext, render_page


def render(text: str) -> tuple[str, RenderContext]:
    context = RenderContext("page.md", text=text)
    return render_page(text, context).html, context


def names(html: str) -> list[str]:
    return re.findall(r'<p class="note__name">(.*?)</p>', html)


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        (":::note", "Note"),
        ("::: note", "Note"),
        (":::note Title", "Title"),
        (":::note[Title]", "Title"),
        (":::note[A *b* [c]]{.wide #mine key=val}", "A <em>b</em> [c]"),
        (":::tip Title {.wide}", "Title"),
        (":::NOTE", "Note"),
        ("::::::caution", "Careful"),
        (":::my-own", "My own"),
        (":::my-own Title", "Title"),
    ],
)
def test_titles_and_attributes_are_read_in_every_spelling(opening: str, name: str) -> None:
    html, context = render(f"{opening}\n\nText.\n\n{re.match(':+', opening)[0]}\n\nAfter.\n")  # type: ignore[index]

    assert names(html) == [name]
    assert html.index("</aside>") < html.index("After.")
    assert not context.problems


def test_a_title_may_hold_code_and_formulas() -> None:
    html, _context = render(":::note Of `a` and $b$\nText.\n:::\n")

    assert "<code>a</code>" in names(html)[0]
    assert "<math" in names(html)[0]


def test_boxes_nest_with_more_colons_or_with_as_many() -> None:
    html, context = render(
        ":::::note One\n::::tip Two\n:::info Three\nIn.\n:::\n::::\n:::::\n\n"
        ":::note Four\n:::tip Five\nIn.\n:::\n:::\n"
    )

    assert names(html) == ["One", "Two", "Three", "Four", "Five"]
    assert html.index("Three") < html.index("</aside>")
    assert not context.problems


def test_a_box_in_a_list_item_stays_there() -> None:
    html, context = render("- one\n\n  :::note\n  In.\n\n  - deeper\n  :::\n\n- two\n")

    assert re.search(r"<li>.*one.*<aside.*deeper.*</aside>.*</li>\s*<li>.*two", html, re.DOTALL)
    assert not context.problems


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("A\n\n:::note\nText.\n", [3]),
        ("::::note\n:::tip\nText.\n::::\n", [2]),
        (":::note\n:::tip\nText.\n:::\n", [1]),
    ],
)
def test_what_is_never_closed_is_an_error_at_its_line(text: str, lines: list[int]) -> None:
    _html, context = render(text)

    assert [each.line for each in context.problems if each.is_error] == lines


def test_a_closing_line_that_closes_nothing_is_a_warning() -> None:
    _html, context = render("Text.\n\n:::\n")

    assert [(each.line, each.is_error) for each in context.problems] == [(3, False)]


def test_code_and_words_with_colons_are_left_alone() -> None:
    html, context = render("```\n:::note\n```\n\nA :name[x] and ::leaf\n\n::::3 colons\n")

    assert "<aside" not in html
    assert ":name[x] and ::leaf" in html
    assert not context.problems


def test_tabs_of_our_own_hold_anything() -> None:
    text = """::::tabs{group="os"}
:::tab A `mac`
One.

```sh
brew
```
:::
:::tab[Windows]{default}
- two

::note
:::
::::

After.
"""

    html, context = render(text)

    assert '<div class="variants" data-group="os">' in html
    assert re.findall(r'<p class="variant__name">(.*?)</p>', html) == ["A <code>mac</code>", "Windows"]
    assert html.count("data-default") == 1
    assert html.rindex("</div></div>") < html.index("After.")
    assert "hidden" not in html
    assert not context.problems


def test_details_open_on_demand_or_from_the_start() -> None:
    html, _context = render(":::details More\nx\n:::\n\n:::details[All]{open}\ny\n:::\n")

    assert re.search(r"<details>\s*<summary>More", html)
    assert re.search(r"<details open[^>]*>\s*<summary>All", html)


def test_an_authors_colons_never_close_what_a_component_opened() -> None:
    html, _context = render("<Tip>\n\nIn.\n\n:::\n\nStill in.\n\n</Tip>\n\nAfter.\n")

    assert html.index("Still in.") < html.index("</aside>") < html.index("After.")


def test_directives_nested_too_deep_are_one_error() -> None:
    _html, context = render(":::note\n" * 2_000 + ":::\n" * 2_000)

    assert [each.code for each in context.problems if each.is_error] == ["too-deep"]
