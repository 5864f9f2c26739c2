"""MDX in text: statements, comments, expressions, and what no input may do."""

from __future__ import annotations

import time

import pytest

from tests.lessons.mdx import read, render, words


def test_imports_and_exports_are_left_out_and_counted() -> None:
    text = """import Tabs from '@theme/Tabs';
import {
  One,
  Two,
} from "./parts"
import './style.css'

export const Shout = ({children}) => (
  <b style={{
    color: 'red',
  }}>
    {children}, don't
  </b>
);

Text.
"""

    plain, context, _fences = read(text)

    assert plain.split() == ["Text."]
    assert context.dropped == {"import": 3, "export": 1}


@pytest.mark.parametrize("path", ["page.md", "page.mdx"])
@pytest.mark.parametrize(
    "prose",
    [
        "import numpy first, from the shelf.",
        "Now\nimport x from 'y'\nis a line of text.",
        "export default settings to a file.",
        "exports are rising.",
    ],
)
def test_prose_that_begins_like_a_statement_stays(prose: str, path: str) -> None:
    plain, context, _fences = read(prose, path)

    assert plain == prose
    assert not context.dropped


def test_comments_go_over_lines_and_within_them() -> None:
    plain, context, _fences = read("A {/* one */}B\n{/* two\n<Foo>\n*/}\nC\n", "page.md")

    assert plain == "A B\n\n\n\nC\n"
    assert context.dropped == {"MDX comment": 2}
    assert not context.problems


def test_a_comment_behind_a_heading_names_its_anchor() -> None:
    html, _context = render("## Sizes {/* #how-big */}\n")

    assert 'id="how-big"' in html
    assert words(html) == "Sizes"


def test_expressions_are_left_out_in_mdx_literals_shown_and_text_kept_in_markdown() -> None:
    text = "A{' '}{\"b\"} {props.name} \\{kept} `{code}` {7} $x_{1}$ { {a: '}'} }!"

    html, context = render(text)
    assert words(html).startswith("A b {kept} {code} 7")
    assert words(html).endswith("!")
    assert "props" not in html
    assert context.dropped == {"expression": 2}

    plain, context, _fences = read('{braces} are {"text"} here', "page.md")
    assert plain == '{braces} are {"text"} here'
    assert not context.dropped


def test_braces_that_are_markdown_stay() -> None:
    text = "## Title {#my-id}\n\n{{ model:llama.params }}\n\n:::note[Title]{.wide key=1}\nx\n:::\n"

    plain, context, _fences = read(text)

    assert plain == text
    assert not context.dropped


def test_code_is_never_touched() -> None:
    code = "import x from 'y'\n\n<Tabs>{/* kept */}</Tabs>\n{#if fw === 'pt'}\n&lt; {x}"
    text = f"```jsx\n{code}\n```\n\n- item\n  ~~~\n  {{x}} <Foo/>\n  ~~~\n\nSpan `<Foo> {{x}}\n{{y}}` end.\n"

    plain, context, _fences = read(text)

    assert plain == text
    assert not context.dropped


def test_an_indented_code_block_of_markdown_is_code() -> None:
    text = "Text.\n\n    <Foo>\n    {/* shown */}\n\n- item\n\n    {/* gone */}x\n"

    plain, _context, _fences = read(text, "page.md")

    assert plain == text.replace("{/* gone */}", "")


@pytest.mark.parametrize(
    "text",
    [
        "{" * 100_000,
        "<a " * 50_000,
        "<Foo {" * 20_000,
        "<Foo a='" * 20_000,
        "{`" * 50_000,
        "{/*" * 50_000,
        "<!--" * 50_000,
        "<Tip>" * 20_000,
        "<details>\n" * 20_000,
        "{#if fw === 'pt'}\n" * 20_000,
        "export const a = (\n\n" * 10_000,
        "`" * 300 + "".join("`" * n + " " for n in range(1, 400)),
        "\\\\(" * 50_000,
        "$" * 100_000,
        '=== "a"\n' * 20_000,
        "<X></X>" * 20_000,
        "{{#quiz a.toml}}\n" * 40_000,
        "<div>" * 20_000,
        "<div><p></div>" * 20_000,
        "<Tab>\n" * 20_000 + "</Tab>",
        "<question a={" * 20_000,
        "<question choices={[]}>\n\n" * 20_000,
        "{/*<question choices=1>" * 20_000,
        "$<Question choices={[]}>$\n\n" * 20_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_no_input_takes_long(text: str) -> None:
    started = time.process_time()

    read(text)

    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "text",
    [
        "A {`\n`} B",
        "<div className='a' style={{\n}}>x {'\n'}",
        "[a](https://[x)",
        "<div className='a\n b\n c'>\n\nx\n\n</div>",
        "<iframe src='https://[x'></iframe>",
    ],
)
def test_what_is_odd_is_read_and_keeps_its_lines(text: str) -> None:
    read(text)
    html, context = render(f"{text}\n\nAfter.\n")

    assert "After." in html
    assert not [each for each in context.problems if each.is_error]
