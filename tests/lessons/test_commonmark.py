"""Every section of CommonMark and of GitHub's additions gives the HTML that the reference gives.

What is meant to differ is listed in ``docs/markdown.md``; ``canonical`` leaves it out on both sides.
"""

from __future__ import annotations

from pathlib import Path

import cmarkgfm
import pytest

from lessons.rendering import RenderContext, fill_markers, render_page
from lessons.rendering.sanitizer import sanitize
from tests.lessons.canonical import canonical
from tests.lessons.commonmark_examples import EXAMPLES
from tests.lessons.gfm import EXTENSIONS, OPTIONS

CASES = [
    pytest.param(text, id=f"{section} {number}")
    for section, texts in EXAMPLES.items()
    for number, text in enumerate(texts, start=1)
]
PAGES = sorted((Path(__file__).parent / "gfm_pages").glob("*.md"))


def ours(text: str) -> str:
    return canonical(fill_markers(render_page(text, RenderContext("course/page.md", text=text)).html, {}))


def reference(text: str) -> str:
    html = cmarkgfm.markdown_to_html_with_extensions(text, OPTIONS, extensions=EXTENSIONS)
    return canonical(sanitize(html))


@pytest.mark.parametrize("text", CASES)
def test_a_text_becomes_what_the_reference_makes_of_it(text: str) -> None:
    assert ours(text) == reference(text)


@pytest.mark.parametrize("text", [case for case in CASES if case.id != "task lists 1"])
def test_a_text_means_the_same_within_a_list_and_a_quotation(text: str) -> None:
    # The reference itself knows no tasks there; GitHub's own pages do.
    lines = text.split("\n")
    nested = "\n".join(["- > begin", *(f"  > {line}" if line else "  >" for line in ["", *lines])])

    assert ours(nested) == reference(nested)


@pytest.mark.parametrize(
    "ending", ["", "\n", "\n\n", " ", "\t", "\\", "\n>", "\n-", "\n```", "\n<div>", "\n:::"]
)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_cut_makes_a_page_fail(page: Path, ending: str) -> None:
    text = page.read_text(encoding="utf-8")

    for length in range(0, len(text), 97):
        html = render_page(text[:length] + ending, RenderContext("course/page.md", text=text)).html
        assert "\ue004" not in html
        assert "\ue006" not in html
