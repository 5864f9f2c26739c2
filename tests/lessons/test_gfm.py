"""Whole pages are made of what GitHub shows: headings, code, tables, lists, links and images are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lessons.gfm import compare, structure

PAGES = sorted((Path(__file__).parent / "gfm_pages").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_made_of_what_github_shows(page: Path) -> None:
    likeness = compare(page.read_text(encoding="utf-8"))

    assert likeness.differences == ()
    assert likeness.ratio == 1


def test_structure_tells_pages_apart() -> None:
    page = "<h2>A</h2><ul><li>b<ul><li>c</li></ul></li></ul><table><tr><td>1</td><td>2</td></tr></table>"

    assert structure(page) == [("heading", "A"), ("item", "1", "b"), ("item", "2", "c"), ("row", "1", "2")]
    assert structure("<pre><code>x</code></pre><a href='y'>z</a><img src='/a/b.png' alt='c'>") == [
        ("code", "x"),
        ("link", "z"),
        ("image", "c", "b.png"),
    ]


def test_a_difference_lowers_the_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.lessons.gfm.ours", lambda _text, _path: "<h2>One</h2>")

    likeness = compare("# One\n\n- two\n")

    assert likeness.ratio < 1
    assert "two" in likeness.differences[0]
