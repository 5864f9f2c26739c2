"""MDX as Docusaurus, Hugging Face and mdBook write it: what is shown, what is left out, what is said."""

from __future__ import annotations

import re
import time

import pytest

from lessons.rendering import Fence, Library, RenderContext, fill_markers, render_page
from lessons.rendering.mdx import plain_lines


def read(
    text: str, path: str = "course/page.mdx", **library: object
) -> tuple[str, RenderContext, list[Fence]]:
    """Return the Markdown that is left of a text, with everything found on the way."""
    context = RenderContext(path, Library(**library), text=text)  # type: ignore[arg-type]
    lines = text.split("\n")
    result = plain_lines(lines, context, 1, is_mdx=path.endswith(".mdx"))
    assert len(result.lines) == len(lines), "as many entries out as lines in"
    return "\n".join(result.lines), context, result.fences


def render(text: str, path: str = "course/page.mdx", **library: object) -> tuple[str, RenderContext]:
    context = RenderContext(path, Library(**library), text=text)  # type: ignore[arg-type]
    return render_page(text, context).html, context


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", fill_markers(html, {})).split())


# -- modules, comments, expressions ------------------------------------------------------------------


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


# -- tags --------------------------------------------------------------------------------------------


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


# -- boxes and tabs ----------------------------------------------------------------------------------


def test_boxes_of_docusaurus_and_hugging_face_become_notes() -> None:
    text = """<Tip>

One **tip**.

</Tip>

<Tip warning={true}>Two.</Tip>

<Tip warning={false}>Three.</Tip>

<Admonition type="danger" title="A *b*">
Four.
</Admonition>
"""

    html, context = render(text)

    assert "<strong>tip</strong>" in html
    assert html.count('class="note"') == 2
    assert html.count('class="note note--warn"') == 2
    assert "A *b*" in html
    assert not context.problems


def test_tabs_of_docusaurus_keep_labels_group_default_and_indented_children() -> None:
    text = """<Tabs groupId="os"
  values={[{label: "A Mac", value: "mac"}, {value: 'win', label: 'Windows'}]}>
  <TabItem value="mac">

    Text **mac**

    ```
    brew
      more
    ```

  </TabItem>
  <TabItem value="win" default>One line</TabItem>
  <TabItem value="linux" label="Linux">
    - a
  </TabItem>
</Tabs>
"""

    html, context = render(text)

    assert '<div class="variants" data-group="os">' in html
    assert re.findall(r'<p class="variant__name">(.*?)</p>', html) == ["A Mac", "Windows", "Linux"]
    assert re.search(r'<div class="variant" data-default(="")?>\s*<p class="variant__name">Windows', html)
    assert "<strong>mac</strong>" in html
    assert ">brew\n  more<" in html
    assert re.search(r"<li>a\s*</li>", html)
    assert not context.problems


def test_options_of_hugging_face_are_tabs() -> None:
    text = """<hfoptions id="backend">
<hfoption id="pytorch">

P

</hfoption>
<hfoption value="tgi" label="TGI">

T

</hfoption>
</hfoptions>
"""

    html, _context = render(text)

    assert 'data-group="backend"' in html
    assert re.findall(r'<p class="variant__name">(.*?)</p>', html) == ["PyTorch", "TGI"]


def test_a_condition_on_the_framework_is_tabs_and_one_that_holds_nothing_leaves_none() -> None:
    text = (
        "{#if fw === 'pt'}\n<CourseFloatingBanner />\n{:else}\n<CourseFloatingBanner />\n{/if}\n\nBefore.\n\n"
        "{#if fw === 'pt'}\nTorch.\n{:else}\nFlow.\n{/if}\n\n{#if fw === 'tf'}\n\nOnly.\n\n{/if}\n\nAfter.\n"
    )

    html, context = render(text)

    assert re.findall(r'<p class="variant__name">(.*?)</p>', html) == ["PyTorch", "TensorFlow", "TensorFlow"]
    assert html.count('data-group="framework"') == 2
    assert words(html) == "Before. PyTorch Torch. TensorFlow Flow. TensorFlow Only. After."
    assert not [each for each in context.problems if each.is_error]


def test_a_condition_on_something_else_shows_all_its_branches() -> None:
    html, context = render("{#if x > 1}\nOne.\n{:else}\nTwo.\n{/if}\n")

    assert words(html) == "One. Two."
    assert context.dropped["condition"] >= 1


def test_what_is_never_closed_is_reported_and_closed() -> None:
    html, context = render(
        "<Tabs>\n<TabItem label='A'>\n\n<Note>\n\nText\n\n</TabItem>\n</Tabs>\n\n{#if fw === 'pt'}\n\nEnd\n"
    )

    assert words(html) == "A &lt;Note> Text PyTorch End".replace("&lt;Note>", "&lt;Note&gt;")
    assert [(each.line, each.message) for each in context.problems] == [(11, "{#if} is never closed")]


def test_details_hold_markdown_with_or_without_blank_lines() -> None:
    html, _context = render(
        "<details open>\n<summary>More <b>of</b> `it`</summary>\nText *em*.\n\n```\ncode\n```\n</details>\n",
        "page.md",
    )

    assert "<details open" in html
    assert re.search(r"<summary>More <b>of</b> <code>it</code></summary>", html)
    assert "<em>em</em>" in html
    assert "<pre" in html


def test_a_component_in_a_list_stays_in_its_item() -> None:
    html, _context = render("- one\n\n  <Tip>\n\n  In it.\n\n  </Tip>\n\n- two\n", "page.md")

    assert re.search(r"<li>.*one.*<aside.*In it.*</aside>.*</li>.*<li>.*two", html, re.DOTALL)
    assert html.count("<ul>") == 1


def test_a_code_block_component_is_a_code_block() -> None:
    text = r"""<CodeBlock
  language="text"
  title="src/a.js"
>
{`const a = \`b\`;
  <b/>`}
</CodeBlock>

Text.
"""

    html, context = render(text)

    assert "<b>src/a.js</b>" in html
    assert words(html) == "src/a.js const a = `b`; &lt;b/&gt; Text."
    assert not context.problems


def test_nesting_beyond_reason_ends() -> None:
    html, _context = render("<Tip>\n" * 200 + "x\n" + "</Tip>\n" * 200)

    assert "x" in html


# -- questions, includes, partials --------------------------------------------------------------------

QUESTION = """<Question
	choices={[
		{
			text: "An <b>option</b>",
			explain: "It's so: {yes}.",
			correct: true
		},
	]}
/>"""


def test_a_question_is_taken_out_with_its_line_and_what_stands_before_it() -> None:
    text = f"# Quiz\n\n### 1. Which?\n\nThink.\n\n{QUESTION}\n\nOr:\n\n{QUESTION}\n\nEnd.\n"

    plain, context, fences = read(text)

    assert [(each.kind, each.line, each.text) for each in fences] == [
        ("huggingface", 7, QUESTION),
        ("huggingface", 19, QUESTION),
    ]
    assert (fences[0].before_line, fences[0].before) == (3, "### 1. Which?\n\nThink.\n")
    assert fences[1].before_line == 16
    assert fences[1].before.split() == ["Or:"]
    assert "choices" not in plain
    assert "fence:7" in plain.split("\n")[6]
    assert not context.dropped


def test_quizzes_of_mdbook_are_places_and_other_includes_are_named() -> None:
    plain, context, fences = read("{{#quiz ../a.toml}}\n\n{{#include b.md}}\n\n{{#title X}}Text\n", "page.md")

    assert [(each.kind, each.line, each.text) for each in fences] == [("mdbook", 1, "../a.toml")]
    assert [(each.line, each.column) for each in context.problems] == [(3, 1)]
    assert plain.endswith("Text\n")


def test_questions_keep_the_order_of_the_page_with_those_of_quiz_fences() -> None:
    text = f"```quiz\nquestions: []\n```\n\n{QUESTION}\n\n```quiz\nquestions: []\n```\n"
    context = RenderContext("page.mdx", text=text)

    page = render_page(text, context)

    assert [(fence.kind, fence.line) for fence in page.quiz_fences] == [
        ("yaml", 2),
        ("huggingface", 5),
        ("yaml", 16),
    ]


def test_a_partial_is_shown_in_place_with_its_own_links_and_problems() -> None:
    partials = {
        "course/parts/_note.mdx": "---\ntitle: x\n---\nSee [two](two.md), **shared**.\n\n[gone](no.md)\n"
    }
    text = "import Note from './parts/_note.mdx';\n\n# A\n\n<Note />\n\nAfter.\n"

    html, context = render(text, partials=partials, pages={"course/parts/two.md": "/learn/two/"})

    assert 'href="/learn/two/"' in html
    assert "<strong>shared</strong>.</p>" in html
    assert html.index("shared") < html.index("After")
    assert [(each.path, each.line) for each in context.problems] == [("course/parts/_note.mdx", 6)]


def test_a_question_in_a_partial_is_reported_where_it_stands() -> None:
    partials = {"course/_a.mdx": "One.\n\n```quiz\nquestions: []\n```\n\nTwo.\n"}

    html, context = render("import A from './_a.mdx'\n\n<A/>\n", partials=partials)

    assert words(html) == "One. Two."
    assert [(each.path, each.line) for each in context.problems] == [("course/_a.mdx", 4)]


def test_a_partial_that_shows_itself_ends() -> None:
    partials = {"course/_a.mdx": "import B from './_a.mdx'\n\n<B/> once\n"}

    html, _context = render("import A from './_a.mdx'\n\n<A/>\n", partials=partials)

    assert words(html) == "once"


# -- MkDocs ------------------------------------------------------------------------------------------


def test_boxes_and_tabs_of_mkdocs_are_read() -> None:
    text = """!!! warning "Mind *this*"
    Inside.

    ```text
    !!! note
    ```

??? note
    Put away.

=== "One"
    First.

    !!! tip
        Deep.

=== "Two"
    Second.

After.
"""

    html, context = render(text, "page.md")

    assert "Mind <em>this</em>" in html
    assert "!!! note" in words(html)
    assert "<summary>Note</summary>" in html
    assert re.findall(r'<p class="variant__name">(.*?)</p>', html) == ["One", "Two"]
    assert words(html).endswith("First. Tip Deep. Two Second. After.")
    assert html.rindex("</div></div>") < html.index("After.")
    assert not context.problems


# -- bounds ------------------------------------------------------------------------------------------


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
        "<iframe src='https://[x'></iframe>",
    ],
)
def test_what_is_odd_is_read_and_keeps_its_lines(text: str) -> None:
    read(text)
    html, context = render(f"{text}\n\nAfter.\n")

    assert "After." in html
    assert not [each for each in context.problems if each.is_error]
