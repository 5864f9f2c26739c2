"""Markdown to HTML: what authors write, what learners see, and what never gets through."""

from __future__ import annotations

import pytest

from lessons.rendering import (
    AssetLink,
    Library,
    RenderContext,
    Term,
    github_anchor,
    render_fragment,
    render_page,
)

TERMS = {"kv-cache": Term("kv-cache", "KV cache", "Keys & values kept.")}


def render(text: str, **library: object) -> tuple[str, RenderContext]:
    context = RenderContext("course/page.md", Library(terms=TERMS, **library), text=text)  # type: ignore[arg-type]
    return render_page(text, context).html, context


def messages(context: RenderContext) -> list[str]:
    return [f"{each.line}:{each.column} {each.message}" for each in context.problems]


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg onload=alert(1)></svg>",
        "<iframe src='https://example.org'></iframe>",
        "<form action=/accounts/logout/><button class=btn>Check</button></form>",
        "<style>body{display:none}</style>",
        "<p style='position:fixed'>x</p>",
        "<math><mtext><script>alert(1)</script></mtext></math>",
        "[^1]\n\n[^1]: <script>alert(1)</script>",
        ":::note <script>alert(1)</script>\nx\n:::",
        "```<script>\nalert(1)\n```",
        "$\\text{<script>alert(1)</script>}$",
        "<object data=x></object><embed src=x><base href=//example.org>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    ],
)
def test_nothing_an_author_writes_can_run_or_imitate_our_controls(attack: str) -> None:
    html, _context = render(f"Text.\n\n{attack}\n")

    lowered = html.lower()
    for forbidden in (
        "<script",
        "onerror",
        "onload",
        "<iframe",
        "<form",
        "<button",
        "<style",
        "style=",
        "<object",
    ):
        assert forbidden not in lowered
    assert 'href="javascript:' not in lowered
    assert 'href="data:' not in lowered


def test_classes_of_controls_and_ids_of_the_page_are_taken_from_authors_html() -> None:
    html, _context = render('<div class="btn q note" id="main">x</div>\n\n<p id="mine">y</p>\n')

    assert 'class="note"' in html
    assert 'id="main"' not in html
    assert 'id="mine"' in html


def test_a_heading_named_as_a_part_of_the_page_gets_an_anchor_of_its_own() -> None:
    html, _context = render("## Main\n\n## Contents\n\n## Main\n")

    assert 'id="main-1"' in html
    assert 'id="contents-1"' in html
    assert 'id="main-2"' in html


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Why `Q2_K` is not 2 bits", "why-q2_k-is-not-2-bits"),
        ("What's new?", "whats-new"),
        ("A – B", "a--b"),
        ("Größe & Maß", "größe--maß"),
    ],
)
def test_anchors_are_as_github_makes_them(title: str, anchor: str) -> None:
    assert github_anchor(title.replace("`", "")) == anchor


def test_a_code_block_has_title_language_and_marked_lines() -> None:
    html, _context = render('```python title="size.py" {2}\na = 1\nb = "<b>"\n```\n')

    assert "<b>size.py</b>" in html
    assert 'class="language-python"' in html
    assert html.count('class="hl"') == 1
    assert "&lt;b&gt;" in html


def test_highlight_comments_mark_lines_and_disappear() -> None:
    html, _context = render(
        "```js\n// highlight-next-line\nlet a\n// highlight-start\nlet b\n// highlight-end\n```\n"
    )

    assert html.count('class="hl"') == 2
    assert "highlight-next-line" not in html


def test_math_becomes_mathml_without_styles_and_prices_stay_prices() -> None:
    html, _context = render("It costs $5 and $10. But $a_b \\times c$ is math.\n\n$$\n\\frac{a}{b}\n$$\n")

    assert "$5 and $10" in html
    assert html.count("<math") == 2
    assert "<mfrac>" in html
    assert "style=" not in html


def test_a_faulty_formula_is_reported_at_its_line_and_column_and_shown_as_written() -> None:
    html, context = render("Text.\n\nSee $\\frac{a$ here.\n")

    assert "<code>\\frac{a</code>" in html

    assert [(each.line, each.code) for each in context.problems] == [(3, "math")]
    assert context.problems[0].column >= 5


def test_a_term_becomes_a_control_that_explains_it() -> None:
    html, context = render("The [cache](term:kv-cache) grows.\n")

    assert '<button type="button" class="term">cache' in html
    assert "Keys &amp; values kept." in html
    assert not context.problems


def test_a_term_may_run_over_a_line_end_but_holds_no_markup() -> None:
    html, context = render("The [key value\ncache](term:kv-cache) grows.\n")
    assert '<button type="button" class="term">key value cache' in html
    assert not context.problems

    _html, context = render("The [*key*\ncache](term:kv-cache) grows.\n")
    assert messages(context) == ["2:8 a glossary link holds plain words only"]


def test_an_unknown_term_is_an_error_with_a_suggestion() -> None:
    _html, context = render("The [cache](term:kv-cach) grows.\n")

    problem = context.problems[0]
    assert (problem.line, problem.column) == (1, 18)
    assert "kv-cache" in problem.remedy


def test_directives_nest_and_an_unknown_one_is_a_titled_box() -> None:
    html, context = render("::::warning Mind\nOuter.\n\n:::foo\nInner.\n:::\n::::\n\nAfter.\n")

    assert html.count("<aside") == 2
    assert "Mind" in html
    assert "Foo" in html
    assert html.index("Inner") < html.index("After")
    assert not context.problems


def test_a_directive_that_is_never_closed_is_an_error_at_its_line() -> None:
    _html, context = render("One.\n\n:::note\nTwo.\n")

    assert messages(context) == ["3:1 ':::note' is never closed"]


def test_a_figure_has_finding_drawing_caption_and_a_table_that_says_the_same() -> None:
    assets = {"course/img/a.svg": AssetLink("/assets/x/a.svg", 720, 300)}
    text = (
        "::::figure It grows\n![A line that rises](img/a.svg)\n\nCaption.\n\n"
        ":::details As a table\n| a |\n|---|\n| 1 |\n:::\n::::\n"
    )

    html, context = render(text, assets=assets)

    assert '<p class="fig__title">It grows</p>' in html
    assert 'width="720"' in html
    assert "<figcaption>" in html
    assert "<details>" in html
    assert html.index("<img") < html.index("<figcaption") < html.index("<details")
    assert context.assets == {"course/img/a.svg"}


def test_broken_links_and_missing_images_are_warned_of_where_they_are_written() -> None:
    _html, context = render("Text.\n\nSee [there](nowhere.md) and ![alt](img/no.png).\n")

    assert {(each.line, each.column, each.code) for each in context.problems} == {
        (3, 13, "broken-link"),
        (3, 36, "missing-image"),
    }


def test_a_remote_image_is_a_link_and_a_warning() -> None:
    html, context = render("![A chart](https://example.org/a.png)\n")

    assert "<img" not in html
    assert '<a href="https://example.org/a.png"' in html
    assert [each.code for each in context.problems] == ["remote-image"]


def test_links_between_files_lead_to_pages() -> None:
    html, _context = render("[next](02-b.md#part)\n", pages={"course/02-b.md": "/learn/course/b/"})

    assert 'href="/learn/course/b/#part"' in html


def test_lists_nest_at_two_spaces_and_need_no_blank_line() -> None:
    html, _context = render("Intro:\n- a\n  - b\n- c\n")

    assert html.count("<ul>") == 2
    assert html.count("<li>") == 3


def test_tables_scroll_in_a_named_region_without_inline_styles() -> None:
    html, _context = render("| Model | Size |\n|---|--:|\n| a | 1 |\n")

    assert 'role="region"' in html
    assert 'aria-label="Table: Model, Size"' in html
    assert 'class="r"' in html
    assert "style=" not in html


def test_sections_carry_plain_text_for_search() -> None:
    text = "Intro.\n\n## One\n\nWith *stress* and `code`.\n"
    context = RenderContext("x.md", text=text)

    page = render_page(text, context)

    assert [(each.heading.title if each.heading else None, each.text) for each in page.sections] == [
        (None, "Intro."),
        ("One", "With stress and code."),
    ]


def test_a_source_leads_back_once_however_often_it_is_cited() -> None:
    html, _context = render("One.[^a] Two.[^a] Three.[^a]\n\n[^a]: The paper.\n")

    assert html.count('class="src"') == 3
    assert html.count('class="back"') == 1


def test_a_fragment_of_one_paragraph_comes_without_it() -> None:
    assert render_fragment("A `b` and $x$", RenderContext("q.yml")).startswith("A <code>b</code> and <math>")


def test_a_heading_holds_no_fact() -> None:
    _html, context = render("## Size {{ model:x.params }}\n")

    assert messages(context)[0] == "1:9 a heading holds no fact"


def test_mdx_leftovers_go_and_their_children_stay() -> None:
    html, context = render("import X from './x'\n\n<Foo bar>\n\nKept.\n\n</Foo>\n\n{/* gone */}\n")

    assert "Kept." in html
    assert "import" not in html
    assert "gone" not in html
    assert "Foo" in context.problems[0].message


@pytest.mark.parametrize("text", ["- " * 1500 + "x", "1. " * 1500 + "x"])
def test_what_is_nested_too_deep_is_refused_and_no_more(text: str) -> None:
    _html, context = render(text)

    assert [problem.code for problem in context.problems if problem.is_error] == ["too-deep"]
