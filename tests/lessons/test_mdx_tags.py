"""Tags of MDX: components nobody knows, placeholders, frames, attributes."""

from __future__ import annotations

import re

import pytest

from tests.lessons.mdx import read, render, words


def test_an_unknown_component_keeps_its_children_and_is_reported_where_it_stands() -> None:
    html, context = render(
        "Text.\n\n  <Chart data={[{a: 1}]}\n    title='x'>\n\n  *Kept.*\n\n  </Chart>\n", "page.md"
    )

    assert "<em>Kept.</em>" in html
    assert [(each.line, each.column, each.code) for each in context.problems] == [(3, 3, "component")]
    assert "<Chart>" in context.problems[0].message
    assert context.dropped == {"component <Chart>": 1}


@pytest.mark.parametrize("path", ["page.md", "page.mdx"])
@pytest.mark.parametrize(
    "text",
    [
        "Replace <TOKEN> and <your-key> by yours.",
        "The model writes <think> first.",
        "tensor(0.4, grad_fn=<AddmmBackward>) and <class 'dict'>",
        "A list of List<String> and <s> begins.",
        "See </TOKEN> there.",
    ],
)
def test_placeholders_in_prose_are_text(text: str, path: str) -> None:
    html, context = render(text, path)

    assert words(html.replace("&lt;", "‹").replace("&gt;", "›")) == text.replace("<", "‹").replace(">", "›")
    assert not context.problems


def test_comparisons_and_addresses_are_left_alone() -> None:
    text = "a < b > c, x<y, <https://example.org/a> and <me@example.org>, <!-- <Foo> --> <"

    plain, _context, _fences = read(text)

    assert plain == text


def test_attributes_of_jsx_on_html_are_made_plain() -> None:
    text = """<div
  className="note"
  style={{color: 'red'}} onClick={() => run()}>

Text

</div>

<img src={require('./a.png').default} alt={"An a"} />
"""

    plain, _context, _fences = read(text)

    assert '<div\nclass="note">' in plain
    assert '<img src="./a.png" alt="An a" />' in plain
    assert "style" not in plain
    assert "run" not in plain


def test_a_video_or_frame_of_elsewhere_is_a_link_and_a_warning() -> None:
    text = """<Youtube id="abc_d"/>

<iframe src="https://demo.example.org/x?a=1" title="A demo" height="450"></iframe>

<video controls>
<source src="https://example.org/v.mp4" />
</video>
"""

    html, context = render(text)

    assert 'href="https://www.youtube.com/watch?v=abc_d"' in html
    assert re.search(r'<a [^>]*href="https://demo.example.org/x\?a=1"[^>]*>A demo</a>', html)
    assert 'href="https://example.org/v.mp4"' in html
    assert "iframe" not in html
    assert [(each.line, each.code) for each in context.problems] == [
        (1, "remote-frame"),
        (3, "remote-frame"),
        (5, "remote-frame"),
    ]


@pytest.mark.parametrize("source", ["javascript:alert(1)", "data:text/html,x", "https://a.example/ onload=x"])
def test_a_frame_with_another_address_is_no_link(source: str) -> None:
    html, _context = render(f'<iframe src="{source}"></iframe>\n\nText\n')

    assert "<a" not in html
    assert words(html) == "Text"


def test_tools_of_another_site_are_left_out_and_named_once_a_page() -> None:
    text = """<CourseFloatingBanner chapter={1}
  notebooks={[
    {label: "x", value: "y"},
]} />

<CourseFloatingBanner />

Text
"""

    html, context = render(text)

    assert words(html) == "Text"
    assert context.dropped == {"component <CourseFloatingBanner>": 2}
    assert [each.line for each in context.problems] == [1]


@pytest.mark.parametrize("path", ["page.md", "page.mdx"])
@pytest.mark.parametrize(
    "pair",
    [
        '<img class="block dark:hidden" src="https://a.example/a.svg" alt="Light">\n'
        '<img class="hidden dark:block" src="https://a.example/b.svg" alt="Dark">',
        '<img src="https://a.example/a.svg#gh-light-mode-only" alt="Light"/>\n'
        '<img src="https://a.example/b.svg#gh-dark-mode-only" alt="Dark"/>',
        "<ThemedImage alt='Light' sources={{\n  light: useBaseUrl('https://a.example/a.svg'),\n"
        "  dark: useBaseUrl('https://a.example/b.svg'),\n}} />",
    ],
)
def test_of_a_pair_of_pictures_for_light_and_dark_pages_one_is_shown(pair: str, path: str) -> None:
    html, context = render(f'<div class="flex">\n{pair}\n</div>\n\n*After.*\n', path)

    assert re.findall(r"https://a.example/\w+.svg", html)[0] == "https://a.example/a.svg"
    assert "b.svg" not in html
    assert words(html).count("Light") == 1
    assert "Dark" not in words(html)
    assert "<em>After.</em>" in html
    assert [each.code for each in context.problems] == ["remote-image"]


def test_links_of_docusaurus_are_links_and_are_checked_where_they_stand() -> None:
    text = """See <Link to="two.md">the *second*</Link>,
or <Link className="x" href={'https://a.example/'}>that</Link>, <Link to={where}>not</Link> this.

<Link to="gone.md">Gone</Link> <img src={require('./no.png').default} alt="x" />
"""

    html, context = render(text, pages={"course/two.md": "/learn/two/"})

    assert '<a href="/learn/two/">the <em>second</em></a>' in html
    assert 'href="https://a.example/"' in html
    assert words(html).startswith("See the second , or that , not this. Gone")
    said = sorted((each.line, each.column, each.code) for each in context.problems)
    assert said == [(2, 65, "component"), (4, 11, "broken-link"), (4, 51, "missing-image")]


def test_cards_keep_their_titles() -> None:
    html, context = render(
        "<Card title='A *b*' href='https://a.example/'>\n\nText.\n\n</Card>\n\n<Card title='C' />\n"
    )

    assert re.search(r'<strong><a [^>]*href="https://a.example/"[^>]*>A \*b\*</a></strong>', html)
    assert words(html) == "A *b* Text. C"
    assert not context.problems
