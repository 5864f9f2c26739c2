"""The `<Question>` of the Hugging Face course: read as data, broken ones told and skipped."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.rendering import Fence, Library, RenderContext, render_fragment
from quizzes.bodies import build_body
from quizzes.reading import LessonTexts, read_lesson

TAG = """\
<Question
\tchoices={[
\t\t{
\t\t\ttext: "It <code>returns</code> \\"labels\\".",
\t\t\texplain: 'Look at the <a href="https://example.org/a">page</a>.',
\t\t},
\t\t{
\t\t\ttext: `Names of people`,  // the right one
\t\t\texplain: "So it" + " is.",
\t\t\tcorrect: true
\t\t},
\t]}
/>"""
BEFORE = """\
### 2. What does `ner` return?[[what]]

```py
# load it
ner("Ada")
```

"""


def page(tag=TAG, before=BEFORE):
    return f"# Quiz\n\n{before}{tag}\n"


def read(tag=TAG, before=BEFORE):
    text = page(tag, before)
    line = 3 + before.count("\n")
    fence = Fence(line, tag, "huggingface", before, 3)
    return read_lesson(LessonTexts("c/quiz.mdx", text, "chapter1/7", [fence]))


def test_choices_become_options_and_the_lines_before_the_prompt():
    (question,), problems = read()

    assert problems == []
    assert question.spec.type == "choice"
    assert question.spec.kind == "recall"
    assert question.spec.prompt == 'What does `ner` return?\n\n```py\n# load it\nner("Ada")\n```'
    assert [(option.text, option.correct) for option in question.spec.options] == [
        ('It `returns` "labels".', False),
        ("Names of people", True),
    ]
    assert question.spec.options[1].reason == "So it is."
    assert question.missing_reasons == 0


def test_every_text_knows_its_line():
    (question,), _problems = read()

    assert question.line == 10
    assert question.line_of("prompt") == 3
    assert question.line_of("options", 1, "text") == 17
    assert question.fence_line == 10


def test_several_right_choices_are_several():
    (question,), _problems = read(TAG.replace("explain: 'Look", "correct: true, explain: 'Look"))

    assert question.spec.type == "multi"


def test_a_choice_may_lack_its_reason_which_is_counted():
    (question,), problems = read('<Question choices={[{text: "a", correct: true}, {"text": "b"}]} />')

    assert problems == []
    assert question.missing_reasons == 2


def test_a_variant_of_a_question_has_the_prompt_of_the_first():
    text = page(f"{TAG}\n{{:else}}\n{TAG}")
    fences = [Fence(10, TAG, "huggingface", BEFORE, 3), Fence(23, TAG, "huggingface", "{:else}", 22)]

    (first, second), problems = read_lesson(LessonTexts("c/quiz.mdx", text, "chapter1/7", fences))

    assert problems == []
    assert first.spec.prompt == second.spec.prompt
    assert first.key != second.key


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("correct: true", "correct: false", (11, 11, "no-right-option")),
        ("text: `Names", "txet: `Names", (16, 3, "missing-key")),
        ("`Names of people`", "`Names of ${people}`", (17, 20, "question")),
        ("`Names of people`", "names()", (17, 10, "question")),
        ('" + " is."', '" + is', (18, 23, "question")),
        ("\t]}", "\t}", (21, 2, "question")),
        ('"So it"', '"So it', (18, 24, "question")),
        ("choices", "chioces", (10, 1, "too-few-options")),
    ],
)
def test_a_broken_question_is_told_at_its_place_and_skipped(old, new, expected):
    questions, (problem,) = read(TAG.replace(old, new))

    assert questions == []
    assert (problem.line, problem.column, problem.code) == expected
    assert not problem.is_error
    assert problem.source_line == page(TAG.replace(old, new)).split("\n")[problem.line - 1]


def test_a_question_without_a_prompt_is_skipped():
    questions, (problem,) = read(before="")

    assert questions == []
    assert (problem.line, problem.code) == (3, "empty-prompt")


@pytest.mark.parametrize(
    "literal",
    [
        "[" * 100_000,
        '[{text: "' + "\\u0041" * 200_000,
        "[" + "1," * 200_000 + "]",
        "[" + "/*" * 200_000,
        "[" + '{text: "a"},' * 10_000 + "]",
    ],
)
def test_a_monstrous_tag_is_refused_in_time(literal):
    started = time.process_time()

    questions, problems = read(f"<Question choices={{{literal}}} />")

    assert questions == []
    assert problems
    assert time.process_time() - started < 2


def test_a_monstrous_heading_is_read_in_time():
    started = time.process_time()

    read(before="### " + "a " * 10 + " " * 500_000 + "[[" * 200_000 + "\n\n")

    assert time.process_time() - started < 2


def test_escapes_are_those_of_javascript():
    literal = r'"\x41\u0042\u{43}\ud83d\ude00 \ud83d \0 a\tb \'c\' \\n"'
    (question,), _problems = read(
        f"<Question choices={{[{{text: {literal}, correct: true}}, {{text: 'b'}}]}} />"
    )

    assert question.spec.options[0].text == "ABC😀 � � a\tb 'c' \\n"


@given(st.text(alphabet="<Question choices={[]}/>:,'\"`\\$+tex1\n ", max_size=120))
def test_no_tag_makes_the_reader_fail(text):
    read(f"<Question {text}")


def test_braces_of_a_choice_are_text_in_a_page_of_mdx_too():
    literal = r"load('{user}/{{ name }}') `{a}` ``b`{c}`` $\\frac{1}{2}$ \\{d} ` {e}"
    tag = f'<Question choices={{[{{text: "{literal}", correct: true}}, {{text: "b"}}]}} />'
    (question,), _problems = read(tag)
    (body,) = [
        build_body(question, lambda text, _line: render_fragment(text, RenderContext("a.mdx", Library())))
    ]

    html = body.options[0].html

    assert re.sub("<math.*</math>", "½", html) == (
        "load('{user}/{{ name }}') <code>{a}</code> <code>b`{c}</code> ½ {d} ` {e}"
    )
