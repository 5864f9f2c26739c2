"""What authors write beyond plain CommonMark: their own HTML, anchors, notes, tasks, alerts, formulas."""

from __future__ import annotations

import re

import pytest

from lessons.rendering import AssetLink, Library, RenderContext, fill_markers, render_fragment, render_page

ASSETS = {"course/img/a.png": AssetLink("/assets/1/a.png", 40, 20)}
PAGES = {"course/02-b.md": "/learn/course/b/"}


def render(text: str) -> tuple[str, RenderContext]:
    context = RenderContext("course/page.md", Library(pages=PAGES, assets=ASSETS), text=text)
    return fill_markers(render_page(text, context).html, {}), context


def problems(text: str) -> list[tuple[int, int, str]]:
    return [(each.line, each.column, each.code) for each in render(text)[1].problems]


# -- the author's own HTML ---------------------------------------------------------------------------


def test_markdown_between_tags_is_read_and_the_tags_stay() -> None:
    html, _context = render('<div align="center">\n\n**bold**\n\n- item\n\n</div>\n\nAfter.\n')

    inside = html[html.index("<div>") : html.index("</div>")]
    assert "<strong>bold</strong>" in inside
    assert "<li>item" in inside
    assert "After" not in inside


def test_links_and_images_in_html_lead_where_those_of_markdown_do() -> None:
    html, context = render(
        '<p>\n  <a href="02-b.md#part">on</a>\n  <img src="img/a.png" alt="A">\n</p>\n\n'
        "In a <a href=02-b.md>line</a> <img alt=\"B\" src='img/a.png'>.\n"
    )

    assert 'href="/learn/course/b/#part"' in html
    assert 'href="/learn/course/b/"' in html
    assert html.count('src="/assets/1/a.png"') == 2
    assert html.count('width="40"') == 2
    assert context.assets == {"course/img/a.png"}
    assert not context.problems


def test_html_that_leads_nowhere_or_elsewhere_is_warned_of_at_its_place() -> None:
    text = (
        'Text.\n\n<div>\n<img src="img/no.png" alt="a">\n<a href="no.md">b</a>\n'
        '<img src="https://example.org/c.png" alt="c">\n<img src="img/a.png">\n'
        '<audio src="https://example.org/d" title="A song"></audio>\n</div>\n'
    )

    html, context = render(text)

    assert {(each.line, each.code) for each in context.problems} == {
        (4, "missing-image"),
        (5, "broken-link"),
        (6, "remote-image"),
        (7, "alt-text"),
        (8, "remote-media"),
    }
    assert '<a href="https://example.org/c.png" rel="noopener">c</a>' in html
    assert '<a href="https://example.org/d" rel="noopener">A song</a>' in html
    assert "<audio" not in html


def test_a_remote_image_within_a_link_is_the_text_of_that_link() -> None:
    html, _context = render(
        "[![Watch](https://example.org/a.png)](https://example.org/film)\n\n"
        "[![](https://example.org/a.png)](https://example.org/film)\n\n"
        '<a href="https://example.org/film"><img src="https://example.org/a.png" alt="Look"></a>\n'
    )

    assert re.findall(r"<a [^>]*>(?:<span>)?([^<]*)", html) == ["Watch", "https://example.org/film", "Look"]


def test_a_heading_in_html_is_a_heading_of_the_page() -> None:
    text = '<h1 align="center">The <i>title</i></h1>\n\n<h3 id="x">Part</h3>\n'

    page = render_page(text, RenderContext("course/page.md", text=text))

    assert [(each.level, each.anchor, each.title) for each in page.headings] == [
        (2, "the-title", "The title"),
        (3, "part", "Part"),
    ]


@pytest.mark.parametrize("tag", ["title", "textarea", "style", "xmp", "script", "noembed", "plaintext"])
def test_a_tag_that_is_never_closed_swallows_nothing(tag: str) -> None:
    html, _context = render(f"A <{tag}> here.\n\n## Next\n\nText.\n")

    assert "<h2" in html
    assert f"&lt;{tag}&gt;" in html


# -- anchors -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["{#mine}", "{ #mine }", "[[mine]]"])
def test_a_heading_takes_the_anchor_written_behind_it(written: str) -> None:
    html, context = render(
        f"## Title with `code` {written}\n\nText.\n\nSetext {written}x\n---\n\n[up](#mine)\n"
    )

    assert '<h2 id="mine">Title with <code>code</code></h2>' in html
    assert not context.problems


def test_a_link_to_a_place_that_this_page_does_not_have_is_warned_of() -> None:
    text = '## Routing\n\n<a name="here"></a>\n\n[a](#routing) [b](#here) [c](#routin) [d](#main)\n'

    html, context = render(text)

    assert [(each.line, each.column, each.code) for each in context.problems] == [
        (5, 30, "broken-link"),
        (5, 43, "broken-link"),
    ]
    assert "routing" in context.problems[0].remedy
    assert 'id="here"' in html


def test_a_link_follows_a_heading_whose_anchor_the_page_needs_itself() -> None:
    html, context = render("## Contents\n\n[a](#contents)\n")

    assert 'href="#contents-1"' in html
    assert not context.problems


def test_a_skipped_level_is_warned_of_at_its_line() -> None:
    assert problems("# One\n\n## Two\n\n#### Four\n\n## Two\n\n### Three\n") == [(5, 1, "heading-level")]
    assert problems("Text.\n\n### Three\n") == [(3, 1, "heading-level")]


def test_a_question_may_link_into_its_lesson_and_has_no_levels() -> None:
    context = RenderContext("course/page.quiz.yml", text="x")

    render_fragment("#### See\n\n[there](#routing)", context)

    assert not context.problems


# -- notes, definitions, tasks, alerts, formulas -----------------------------------------------------


def test_a_source_may_have_several_paragraphs_and_a_list() -> None:
    html, _context = render("A.[^b] B.[^a]\n\n[^a]: First.\n\n    Second.\n\n    - item\n[^b]: Other.\n")

    assert re.findall(r'<a class="src" href="#fn:(\w)"[^>]*>(\d)</a>', html) == [("b", "1"), ("a", "2")]
    notes = html[html.index("notes-list") :]
    assert notes.index('id="fn:b"') < notes.index('id="fn:a"')
    assert "<p>Second.</p>" in notes
    assert "<li>item" in notes


def test_a_note_right_behind_an_exclamation_mark_is_a_note() -> None:
    assert 'href="#fn:a"' in render("So much![^a]\n\n[^a]: Source.\n")[0]


def test_terms_and_their_definitions() -> None:
    html, _context = render("Token\nPiece\n: Part of a *text*.\n: Also a sign.\n\nModel\n: One\n\n  two\n")

    assert html.count("<dl>") == 1
    assert re.findall(r"<dt>(\w+)</dt>", html) == ["Token", "Piece", "Model"]
    assert "<em>text</em>" in html
    assert "<p>two</p>" in html


def test_tasks_show_their_state_and_offer_no_control() -> None:
    html, _context = render("- [ ] open\n- [x] done\n")

    assert "<input" not in html
    assert re.findall(r'aria-label="([^"]+)">(.)</span> (\w+)', html) == [
        ("To do", "\N{BALLOT BOX}", "open"),
        ("Done", "\N{BALLOT BOX WITH CHECK}", "done"),
    ]


def test_an_alert_holds_blocks_and_may_stand_in_a_list() -> None:
    html, _context = render(
        "- item\n\n  > [!WARNING]\n  > Mind:\n  > - one\n  >   ```py\n  >   x = 1\n  >   ```\n"
    )

    box = html[html.index("<aside") : html.index("</aside>")]
    assert "note--warn" in box
    assert "<li>" in box
    assert "<pre" in box
    assert html.index("<li>") < html.index("<aside")


@pytest.mark.parametrize("written", ["$a_b$", "\\\\(a_b\\\\)", "\\\\( a_b\n\\\\)", "$a\n_b$"])
def test_formulas_may_be_written_in_several_ways(written: str) -> None:
    html, context = render(f"Say {written} and *so* on.\n")

    assert html.count("<math") == 1
    assert "<em>so</em>" in html
    assert not context.problems


def test_a_formula_in_a_table_keeps_its_bars() -> None:
    html, _context = render("| a | b |\n|---|---|\n| $|x|$ | 2 |\n")

    assert html.count("<td>") == 2
    assert "<math" in html


def test_a_formula_that_is_faulty_is_reported_at_its_line_within_a_paragraph() -> None:
    assert [(line, code) for line, _column, code in problems("One\ntwo\nthree $\\frac{a$ x\n")] == [
        (3, "math")
    ]


def test_a_fence_that_is_never_closed_is_warned_of() -> None:
    assert problems("- a\n\n  ```py\n  x\n\nAfter.\n") == [(3, 3, "fence")]


# -- one text and the next ---------------------------------------------------------------------------


def test_nothing_of_one_text_reaches_the_next() -> None:
    render("[a]: /first\n[^n]: Note.\n\n## Title\n\n[a] x[^n]\n")

    html, _context = render("[a] x[^n]\n\n## Title\n")

    assert "[a] x[^n]" in html
    assert 'id="title"' in html
