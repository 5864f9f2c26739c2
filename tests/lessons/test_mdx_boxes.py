"""Boxes, tabs and listings of Docusaurus, Hugging Face and MkDocs."""

from __future__ import annotations

import re

from tests.lessons.mdx import render, words


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


def test_tabs_may_name_the_one_that_is_shown_first() -> None:
    text = (
        "<Tabs defaultValue='b'>\n<TabItem value='a'>1</TabItem>\n<TabItem value='b'>2</TabItem>\n</Tabs>\n"
    )

    html, _context = render(text)

    assert re.search(r'<div class="variant" data-default(="")?>\s*<p class="variant__name">b', html)
    assert html.count("data-default") == 1


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
