"""Pictures drawn twice, for light and for dark pages: the reader's theme shows one of them."""

from __future__ import annotations

import re

import pytest

from lessons.rendering import AssetLink, Library, RenderContext, fill_markers, render_page

ASSETS = {
    f"course/{name}.svg": AssetLink(f"/assets/1/{name}.svg", 4, 2) for name in ("light", "dark", "else")
}


def render(text: str, hosts: tuple[str, ...] = ()) -> tuple[str, RenderContext]:
    context = RenderContext("course/page.md", Library(assets=ASSETS, content_hosts=hosts), text=text)
    return fill_markers(render_page(text, context).html, {}), context


def images(html: str) -> list[tuple[str, str]]:
    """Return class and file of every image."""
    found = []
    for tag in re.findall(r"<img[^>]*>", html):
        name = re.search(r'class="([^"]*)"', tag)
        source = re.search(r'src="[^"]*/(\w+\.svg)"', tag)
        found.append((name[1] if name else "", source[1] if source else ""))
    return found


BOTH = [("only-light", "light.svg"), ("only-dark", "dark.svg")]


@pytest.mark.parametrize(
    "text",
    [
        '<img class="block dark:hidden" src="light.svg" alt="A">\n'
        '<img class="hidden dark:block" src="dark.svg" alt="A">\n',
        "![A](light.svg#gh-light-mode-only)\n![A](dark.svg#gh-dark-mode-only)\n",
        "![A](light.svg#only-light) ![A](dark.svg#only-dark)\n",
        '<picture>\n  <source media="(prefers-color-scheme: dark)" srcset="dark.svg">\n'
        '  <img src="light.svg" alt="A">\n</picture>\n',
        'Text <picture><source media="(prefers-color-scheme:dark)" srcset="dark.svg 1x, else.svg 2x">'
        '<source media="(prefers-color-scheme: light)" srcset="light.svg">'
        '<img src="else.svg" alt="A"></picture>.',
        '<picture>\n<source media="(prefers-color-scheme: light)" srcset="light.svg">\n'
        '<img src="dark.svg" alt="A">\n</picture>\n',
    ],
    ids=["utility classes", "GitHub", "Material", "picture", "picture with both", "picture, light on dark"],
)
def test_each_drawing_says_for_which_pages_it_is(text: str) -> None:
    html, context = render(text)

    assert images(html) == BOTH
    assert html.count('alt="A"') == 2
    assert not context.problems


@pytest.mark.parametrize(
    "text",
    [
        '<img class="hidden md:block" src="light.svg" alt="A">\n',
        "![A](light.svg#figure)\n",
        '<picture>\n<source type="image/webp" srcset="else.svg">\n<img src="light.svg" alt="A"></picture>\n',
    ],
)
def test_an_image_for_all_pages_stays_one(text: str) -> None:
    assert images(render(text)[0]) == [("", "light.svg")]


@pytest.mark.parametrize(
    "text",
    [
        '<div>\n<img class="block dark:hidden" src="https://a.test/light.svg" alt="A">\n'
        '<img class="hidden dark:block" src="https://a.test/dark.svg" alt="A">\n</div>\n',
        "![A](https://a.test/dark.svg#gh-dark-mode-only)![A](https://a.test/light.svg#gh-light-mode-only)\n",
        '<picture>\n<source media="(prefers-color-scheme: dark)" srcset="https://a.test/dark.svg">\n'
        '<img src="https://a.test/light.svg" alt="A">\n</picture>\n',
    ],
)
def test_of_a_remote_pair_there_is_one_link_and_one_warning(text: str) -> None:
    html, context = render(text)

    assert re.findall(r'href="([^"]*)"', html) == ["https://a.test/light.svg"]
    assert [problem.code for problem in context.problems] == ["remote-image"]


LIGHT, DARK = "https://a.test/light.svg", "https://a.test/dark.svg"
LIGHT_TAG = f'<img class="dark:hidden" src="{LIGHT}" alt="A">'
DARK_TAG = f'<img class="hidden dark:block" src="{DARK}" alt="A">'
LINK = '<a href="https://b.test">'
SOURCE = f'<source media="(prefers-color-scheme: dark)" srcset="{DARK}">'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"![A]({DARK}#only-dark) one ![A]({LIGHT}#only-light) two\n", " one A two"),
        (f"Zero ![A]({LIGHT}#only-light) one ![A]({DARK}#only-dark) two\n", "Zero A one  two"),
        (f"Zero {LIGHT_TAG} one {DARK_TAG} two\n", "Zero A one  two"),
        (f"Zero {LINK}{LIGHT_TAG}</a> one {LINK}{DARK_TAG}</a> two\n", "Zero A one  two"),
        (f"<div>\n{LINK}\n{LIGHT_TAG}\n</a>\n{LINK}\n{DARK_TAG}\n</a> two\n</div>\n", "A two"),
        (f'{LINK}<picture>{SOURCE}<img src="{LIGHT}" alt="A"></picture></a> two\n', "A two"),
        (f"Zero {LINK}<picture>{SOURCE}</picture></a> A two\n", "Zero  A two"),
        (f"Zero [<picture>{SOURCE}</picture>](https://b.test) A two\n", "Zero  A two"),
    ],
)
def test_what_is_not_shown_of_a_pair_leaves_nothing_and_the_text_behind_it_stays(
    text: str, shown: str
) -> None:
    html, _context = render(text)

    assert not re.search(r"<(span|a)\b[^>]*>\s*</\1>", html)
    assert re.sub(r"<[^>]+>|\n", "", html).replace("A", " A ").split() == shown.replace("A", " A ").split()
    assert html.count("href=") == ("alt=" in text or "![" in text)


def test_a_remote_image_in_a_link_of_markdown_is_its_text() -> None:
    html, _context = render(f"[{LIGHT_TAG}](https://b.test)\n")

    assert html == '<p><a href="https://b.test" rel="noopener"><span>A</span></a></p>'


def test_only_an_image_is_the_light_one_of_a_pair() -> None:
    html, _context = render(f'See <span class="dark:hidden">#only-light</span> ![A]({DARK}#only-dark)\n')

    assert f'href="{DARK}"' in html


def test_a_link_that_an_author_left_empty_to_be_linked_to_stays() -> None:
    html, _context = render(
        f'<a id="here" href="#here"></a> ![A]({LIGHT}#only-light)![A]({DARK}#only-dark)\n'
    )

    assert 'id="here"' in html


def test_a_remote_pair_from_an_allowed_host_is_shown_by_theme() -> None:
    html, _context = render(
        "![A](https://a.test/light.svg#only-light)![A](https://a.test/dark.svg#only-dark)\n", ("a.test",)
    )

    assert images(html) == BOTH


def test_a_remote_image_for_dark_pages_alone_is_a_link() -> None:
    html, _context = render("![A](https://a.test/dark.svg#gh-dark-mode-only)\n")

    assert 'href="https://a.test/dark.svg"' in html
