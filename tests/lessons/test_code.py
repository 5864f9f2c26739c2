"""Code blocks: their text is the author's to the character; what an info string asks for is done."""

from __future__ import annotations

import html as entities
import re

import pytest

from lessons.rendering import RenderContext, render_page
from lessons.rendering.code import read_info, render_code, render_fence


def code_of(html: str) -> list[str]:
    """Return the text of every code block, as a browser would copy it."""
    found = re.findall(r"<pre[^>]*><code[^>]*>(.*?)</code></pre>", html, re.DOTALL)
    return [entities.unescape(re.sub(r"<[^>]+>", "", each)) for each in found]


def render(text: str) -> tuple[str, RenderContext]:
    context = RenderContext("page.md", text=text)
    return render_page(text, context).html, context


@pytest.mark.parametrize("language", ["", "python", "js", "console", "html", "yaml", "made-up", "out"])
@pytest.mark.parametrize(
    "source",
    [
        "",
        "x",
        "\n\nx\n\n\n",
        "\tx\n  y  \n",
        "a = '<b>' & \"c\"",
        "$ ls -l\ntotal 0",
        '"""\nover\nlines\n"""',
        "{{ model:x.y }} $a$ [t](term:x) \\( ` {/* */}",
        "ünïcode – 漢字 🤗",
    ],
)
def test_the_text_of_code_is_the_source(source: str, language: str) -> None:
    assert code_of(render_code(source, language)) == [source]


@pytest.mark.parametrize(
    ("fenced", "source"),
    [
        ("```py\na\n```", "a"),
        ("~~~ py\n```\n~~~", "```"),
        ("````\n```\n`````", "```"),
        ("```\n```", ""),
        ("```\na\n\n\tb  \n\n```", "a\n\n\tb  \n"),
        ("  ```\n   a\n b\n  ```", " a\nb"),
        ("- x\n\n  ```py\n  a\n    b\n  ```", "a\n  b"),
        ("1. x\n\n   ```\n   a\n   ```", "a"),
        ("- x\n  - y\n    ```\n    a\n     b\n    ```", "a\n b"),
    ],
)
def test_fences_are_read_as_github_reads_them(fenced: str, source: str) -> None:
    html, context = render(f"Text.\n\n{fenced}\n\nAfter.\n")

    assert code_of(html) == [source]
    assert "After." in re.sub(r"<pre.*</pre>", "", html, flags=re.DOTALL)
    assert not context.problems


def test_a_fence_that_is_never_closed_runs_to_the_end_and_is_reported() -> None:
    html, context = render("Text.\n\n```py\na = 1\n\nb\n")

    assert code_of(html)[0].startswith("a = 1\n\nb")
    assert [(each.line, each.code, each.is_error) for each in context.problems] == [(3, "fence", False)]


@pytest.mark.parametrize(
    ("info", "language", "title", "marked", "first"),
    [
        ('python title="a b.py" {1,3-5}', "python", "a b.py", {1, 3, 4, 5}, None),
        ("py title=size.py", "py", "size.py", set(), None),
        ("js title='x' showLineNumbers", "js", "x", set(), 1),
        ("js showLineNumbers=5 {2}", "js", "", {2}, 5),
        ('title="{1}"', "", "{1}", set(), None),
        ("rust,ignore", "rust", "", set(), None),
        ("rust,editable,no_run", "rust", "", set(), None),
        ("python {1}", "python", "", {1}, None),
        ("python{1}", "python", "", {1}, None),
        ("{1, 3}", "", "", {1, 3}, None),
        ('{.python hl_lines="1 3" linenums="7"}', "python", "", {1, 3}, 7),
        ("{ .annotate }", "annotate", "", set(), None),
        ("js live", "js", "", set(), None),
        ("C++", "c++", "", set(), None),
        ("", "", "", set(), None),
    ],
)
def test_info_strings_of_many_tools_are_read(
    info: str, language: str, title: str, marked: set[int], first: int | None
) -> None:
    found = read_info(info)

    assert (found.language, found.title, set(found.marked), found.first) == (language, title, marked, first)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("// ", ""),
        ("# ", ""),
        ("-- ", ""),
        ("<!-- ", " -->"),
        ("/* ", " */"),
        ("{/* ", " */}"),
        (";; ", ""),
        ("% ", ""),
        ("REM ", ""),
    ],
)
def test_comments_of_any_language_mark_lines_and_are_left_out(before: str, after: str) -> None:
    source = "\n".join(
        [
            "a",
            f"{before}highlight-next-line{after}",
            "b",
            f"{before}highlight-start{after}",
            "c",
            "d",
            f"  {before}highlight-end{after}",
            "e",
        ]
    )

    html = render_fence(source, "")

    assert code_of(html) == ["a\nb\nc\nd\ne"]
    assert re.findall(r'<span class="hl">(.)</span>', html) == ["b", "c", "d"]


def test_marked_lines_of_highlighted_code_stay_whole() -> None:
    html = render_fence('x = """\ny\n"""', "python {2}")

    assert code_of(html) == ['x = """\ny\n"""']
    assert html.count('<span class="hl">') == 1


def test_line_numbers_are_drawn_and_not_part_of_the_text() -> None:
    html = render_fence("a\nb", "js showLineNumbers=9")

    assert re.findall(r'data-n="(\d+)"', html) == ["9", "10"]
    assert code_of(html) == ["a\nb"]


def test_lines_that_mdbook_hides_in_rust_are_hidden_and_attributes_are_not() -> None:
    html = render_fence("# fn main() {\n#[derive(Debug)]\nlet a = 1;\n## b\n#\n# }", "rust,editable")

    assert code_of(html) == ["#[derive(Debug)]\nlet a = 1;\n# b"]
    assert code_of(render_fence("# kept", "python")) == ["# kept"]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("py3", "kn"),
        ("sh", "nb"),
        ("shell-session", "gp"),
        ("jsonc", "nt"),
        ("tsx", "kd"),
        ("mdx", "gh"),
        ("dotenv", "nv"),
        ("patch", "gi"),
    ],
)
def test_names_that_editors_use_are_highlighted(language: str, name: str) -> None:
    source = {
        "py3": "import os", "sh": "echo a", "shell-session": "$ ls", "jsonc": '{"a": 1}',
        "tsx": "const a = 1", "mdx": "# a", "dotenv": "A=1", "patch": "+a",
    }[language]  # fmt: skip

    assert re.search(rf'class="{name}\b', render_fence(source, language))


def test_an_output_is_labeled_as_one() -> None:
    assert "<b>output</b>" in render_fence("{'a': 1}", "python out")
    assert "<b>mermaid</b>" in render_fence("graph TD", "mermaid")


def test_a_very_long_listing_is_shown_plain() -> None:
    source = "a = 1\n" * 50_000

    html = render_code(source, "python")

    assert code_of(html) == [source]
    assert "<span" not in html
