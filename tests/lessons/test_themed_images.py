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


def test_a_remote_pair_from_an_allowed_host_is_shown_by_theme() -> None:
    html, _context = render(
        "![A](https://a.test/light.svg#only-light)![A](https://a.test/dark.svg#only-dark)\n", ("a.test",)
    )

    assert images(html) == BOTH


def test_a_remote_image_for_dark_pages_alone_is_a_link() -> None:
    html, _context = render("![A](https://a.test/dark.svg#gh-dark-mode-only)\n")

    assert 'href="https://a.test/dark.svg"' in html
