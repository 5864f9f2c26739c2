"""Questions, includes and partials in MDX."""

from __future__ import annotations

import pytest

from lessons.rendering import RenderContext, fill_markers, render_page
from tests.lessons.mdx import read, render, words

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


# -- what looks like a question and is none ------------------------------------------------------------

TAG = '<Question choices={[{text: "a > b", explain: "KEY", correct: true}, {text: "c"}]} />'
SMALL = TAG.replace("Question", "question")


@pytest.mark.parametrize("path", ["page.md", "page.mdx"])
@pytest.mark.parametrize(
    ("before", "written", "after"),
    [
        ("", SMALL, ""),
        ("- ", SMALL.upper().replace("CHOICES", "choices"), ""),
        ("", TAG.replace("<", "< "), ""),
        (":::note ", TAG, "\nText\n:::"),
        (":::note[", SMALL, "]\nText\n:::"),
        ("<Tip title='", TAG, "'>Text</Tip>"),
        ("<details><summary>", TAG, "</summary>Text</details>"),
        ("<a title='", TAG, "'>Text</a>"),
        ("[a](", TAG, ")"),
        ("[a](https://a.test '", TAG, "')"),
        ("[a](<https://a.test>\n(See ", TAG, "))"),
        ("[a][", TAG, "]"),
        ("![", TAG, "](https://a.test)"),
        ("[ref]: https://a.test '", TAG, "'\n\n[ref]"),
        ("[ref]:\n  https://a.test\n  'See ", TAG, "'\n\n[ref]"),
        ("$", TAG, "$"),
        ("Text.[^1]\n\n[^1]: Note\n\n    ", SMALL, ""),
        ("<!--> ", SMALL, " -->"),
        ("", "<question\n> choices={[{text: 'KEY', correct: true}]} />", ""),
        ("", "<question\n\nchoices={[{text: 'KEY', correct: true}]}\n/>", ""),
        ("", "<question choices={[{text: 'a'}]}>\n<answer>KEY</answer>\n</question>", ""),
    ],
)
def test_no_question_shows_its_key_wherever_it_stands(
    before: str, written: str, after: str, path: str
) -> None:
    lead = f"First.\n\n{before}"
    context = RenderContext(path, text=f"{lead}{written}{after}\n\nLast.\n")

    page = render_page(context.text, context)

    shown = page.html + " ".join(each.text for each in page.sections)
    assert "KEY" not in shown
    assert "choices" not in shown
    assert words(page.html).startswith("First.")
    assert "Last." in words(page.html)
    assert context.dropped["component <Question>"] == 1
    place = (lead.count("\n") + 1, len(lead.rpartition("\n")[2]) + 1)
    assert [(each.line, each.column) for each in context.problems if each.code == "question"] == [place]


@pytest.mark.parametrize(
    "text",
    [
        f"`{SMALL}`",
        f"```jsx\n{SMALL}\n```",
        f"<!-- {SMALL} -->",
        f"{{/* {SMALL} */}}",
        "Ask your <question> with choices = 3.",
    ],
)
def test_code_comments_and_placeholders_are_not_taken_for_questions(text: str) -> None:
    _html, context = render(f"{text}\n\nEnd.\n", "page.md")

    assert not context.problems
    assert "component <Question>" not in context.dropped


@pytest.mark.parametrize("path", ["page.md", "page.mdx"])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"- x\n\n      {TAG}\n\n  y\n", "<ul><li><p>x</p>HERE<p>y</p></li></ul>"),
        (f"- x\n\n      code\n\n      {TAG}\n", "code</code></pre></figure>HERE</li></ul>"),
        (f"1. x\n   - y\n\n         {TAG}\n", "<li><p>y</p>HERE</li></ul></li></ol>"),
        (f"- x\n- {TAG}\n- y\n", "<ul><li>x\n</li><li>HERE</li><li>y\n</li></ul>"),
        (f">     {TAG}\n", "<blockquote>HERE</blockquote>"),
        (f"x\n    {TAG}\ny\n", "<p>x</p>HERE<p>y</p>"),
    ],
    ids=["in an item", "below code", "two deep", "as an item", "in a quote", "below text"],
)
def test_a_question_stands_in_what_it_is_written_in_and_never_in_code_or_text(
    text: str, shown: str, path: str
) -> None:
    page = render_page(text, RenderContext(path, text=text))
    (fence,) = page.quiz_fences

    assert shown in fill_markers(page.html, {("fence", str(fence.line)): "HERE"})


def test_a_bracket_that_stays_open_keeps_no_question_from_being_asked() -> None:
    text = f"An interval [0, 1) and [a](b 'c') it's.\n{TAG}\n"

    assert len(render_page(text, RenderContext("page.mdx", text=text)).quiz_fences) == 1


def test_no_title_of_mkdocs_shows_a_key() -> None:
    html, context = render(f'!!! note "{TAG}"\n    Text\n\n=== "{SMALL}"\n    Text\n', "page.md")

    assert "KEY" not in html
    assert [(each.line, each.code) for each in context.problems] == [(1, "question"), (4, "question")]


def test_a_question_behind_one_that_is_left_out_is_still_asked() -> None:
    context = RenderContext("page.mdx", text=f":::tip {TAG}\nText\n:::\n\n## Why?\n\n{QUESTION}\n")

    page = render_page(context.text, context)

    assert [(fence.line, fence.before_line) for fence in page.quiz_fences] == [(7, 5)]
    assert [each.line for each in context.problems] == [1]
