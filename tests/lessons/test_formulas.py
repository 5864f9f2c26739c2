"""Where formulas begin and end among code, paragraphs, lists and quotes."""

from __future__ import annotations

import pytest

from lessons.rendering import RenderContext, fill_markers, render_page


def render(text: str) -> tuple[str, RenderContext]:
    context = RenderContext("course/page.md", text=text)
    return fill_markers(render_page(text, context).html, {}), context


def test_backticks_are_quotes_within_a_formula() -> None:
    html, context = render('So $$P([``a", ``b"]) = 1$$ and ``code`` follow.\n')

    assert html.count("<math") == 1
    assert html.count("<code>") == 1
    assert "<code>code</code>" in html
    assert not context.problems


@pytest.mark.parametrize("text", ["`$$ a $$`", "`a $$` b $$ c", "`a $$` b `c $$`"])
def test_a_formula_does_not_begin_in_code(text: str) -> None:
    assert "<math" not in render(text)[0]


def test_code_before_a_formula_takes_none_of_it() -> None:
    html, _context = render("`a $$` b $$c `d$$ e `f`\n")

    assert html.count("<math") == 1
    assert "<code>a $$</code>" in html
    assert "<code>f</code>" in html


@pytest.mark.parametrize(
    "text",
    [
        "$$ a +\n\nb $$\n\nAfter.\n",
        "Before\n$$\\begin{aligned}\na\n\n+ b\n\\end{aligned}$$\nAfter.\n",
        "- item\n\n  $$ a\n\n  + b\n  $$\n\nAfter.\n",
        "> $$ a\n>\n> + b $$\n\nAfter.\n",
    ],
)
def test_blank_lines_do_not_divide_a_formula(text: str) -> None:
    html, context = render(text)

    assert html.count("<math") == 1
    assert "$" not in html
    assert "<p>After.</p>" in html
    assert not context.problems


@pytest.mark.parametrize(
    "text",
    [
        "$$ for one\n\nand more\n",
        "$$ x\n\nand $$ y\n",
        "- $$ a\n\nout of the list b $$\n",
        "$$ x\n\nand $5\n\ny $$\n",
    ],
)
def test_two_dollar_signs_that_nothing_closes_stay_text(text: str) -> None:
    html, context = render(text)

    assert "<math" not in html
    assert html.count("$") == text.count("$")
    assert not context.problems


def test_a_divided_formula_that_is_faulty_is_reported_at_its_place() -> None:
    _html, context = render("Text.\n\n$$ a +\n\n\\frac{a $$\n")

    assert [(each.line, each.code) for each in context.problems] == [(5, "math")]
