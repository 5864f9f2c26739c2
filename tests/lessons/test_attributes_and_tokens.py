"""Pieces of HTML held aside while the rest is sanitized: where they come back, and where they must not."""

from __future__ import annotations

import pytest

from lessons.rendering import Library, RenderContext, Term, render_page

TERMS = {"kv-cache": Term("kv-cache", "KV cache", "Keys & values kept.")}


def render(text: str, **terms: Term) -> str:
    context = RenderContext("course/page.md", Library(terms=TERMS | terms), text=text)
    return render_page(text, context).html


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("![Rises as $x^2$ does](/a.svg)", 'alt="Rises as x^2 does"'),
        ("![The [cache](term:kv-cache) grows](/a.svg)", 'alt="The cache grows"'),
        ('[l](/learn/ "as $\\left(x\\right)$")', 'title="as \\left(x\\right)"'),
        ('<p title="&#xe002;section:x&#xe003;y">z</p>', 'title="\ufffdsection:x\ufffdy"'),
        ('<a href="$\\text{javascript:alert(1)}$">z</a>', "<a>z</a>"),
        ('<p class="$btn$" id="$x$">z</p>', '<p id="x">z</p>'),
    ],
)
def test_what_stands_for_html_is_plain_text_in_an_attribute(text: str, attribute: str) -> None:
    html = render(text)

    assert attribute in html
    assert "<math" not in html
    assert "<button" not in html


@pytest.mark.parametrize(
    "source", ["/\\example.org/x.png", "//example.org/x.png", "/&#9;/example.org/x.png", "\\\\example.org/x"]
)
def test_an_image_of_another_host_is_not_taken_for_one_of_ours(source: str) -> None:
    html = render(f'<img alt="x" src="{source}">\n\n![x]({source})\n')

    assert "src=" not in html


@pytest.mark.parametrize("definition", ["\ue0000\ue001", "\ue0000\ue001" * 30])
def test_our_own_signs_in_a_glossary_text_are_left_out(definition: str) -> None:
    """They stand for pieces of HTML; one that stands for itself would never be done."""
    loop = Term("loop", "Loop", f"Goes on{definition}.")

    html = render("[again](term:loop) " * 40, loop=loop)

    assert html.count("Goes on") == 40


def test_a_sign_of_ours_written_as_an_entity_stands_for_nothing_that_is_not_there() -> None:
    html = render(f"&#xe000;{'9' * 5000}&#xe001; and &#xe000;7&#xe001; $x$")

    assert "<math>" in html
