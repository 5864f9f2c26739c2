"""Questions as Markdown lists of checkboxes."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.reading import LessonTexts, read_lesson

QUIZ = """\
# Questions on bytes

## How many bits has a byte? {#bits}

Think of `0xFF`.

```python
len(bin(0xFF)) - 2
```

- [ ] Four

  That is a nibble.
- [x] Eight
  > Two hexadecimal digits of
  > four bits each.
- [ ] Sixteen,
  or two bytes

Every unit in use has eight.

## Which are powers of two?

* [X] 2
* [x] 4
* [ ] 6
"""


def read(text=QUIZ):
    return read_lesson(LessonTexts("c/bytes.md", "", "bytes", files={"c/bytes.quiz.md": text}))


def test_headings_ask_and_checkboxes_answer():
    (first, second), problems = read()

    assert problems == []
    assert first.key == "bits"
    assert first.spec.prompt == (
        "How many bits has a byte?\n\nThink of `0xFF`.\n\n```python\nlen(bin(0xFF)) - 2\n```"
    )
    assert [(option.text, option.correct, option.reason) for option in first.spec.options] == [
        ("Four", False, "That is a nibble."),
        ("Eight", True, "Two hexadecimal digits of\nfour bits each."),
        ("Sixteen,\nor two bytes", False, ""),
    ]
    assert first.spec.explanation == "Every unit in use has eight."
    assert (first.missing_reasons, second.missing_reasons) == (1, 3)
    assert (first.spec.type, second.spec.type) == ("choice", "multi")
    assert second.is_derived


def test_lines_are_those_of_the_file():
    (first, second), _problems = read()

    assert (first.line, second.line) == (3, 22)
    assert first.line_of("options", 0, "reason") == 13
    assert first.line_of("options", 1, "reason") == 15
    assert first.line_of("explanation") == 20


@pytest.mark.parametrize(
    "text",
    [
        "1. First?\n   - [x] a\n   - [ ] b\n\n2. Second?\n   - [ ] c\n   - [x] d\n",
        "1) First?\n\n- [x] a\n- [ ] b\n\nBecause.\n\n2) Second?\n\n- [ ] c\n- [x] d\n",
        "First?\n\n- [x] a\n- [ ] b\n\nBecause.\n\nSecond?\n\n- [ ] c\n- [x] d\n",
        "First?\n- [x] a\n- [ ] b\n\n---\n\nSecond?\n- [ ] c\n- [x] d\n",
        "---\ntitle: Quiz\n---\n\n# First?\n\n1. [x] a\n2. [ ] b\n\n# Second?\n\n1. [ ] c\n2. [x] d\n",
    ],
)
def test_prompts_may_be_written_in_several_ways(text):
    questions, problems = read(text)

    assert problems == []
    assert [question.spec.prompt for question in questions] == ["First?", "Second?"]
    assert [[option.text for option in question.spec.options] for question in questions] == [
        ["a", "b"],
        ["c", "d"],
    ]
    assert questions[0].spec.explanation == ("Because." if "Because" in text else "")


def test_code_is_text_even_where_it_looks_like_a_list():
    text = "## Which?\n\n```\n- [x] not an option\n# not a heading\n```\n\n- [x] this\n\n"
    text += "  ```\n  - [ ] nor this\n  ```\n- [ ] that\n"

    (question,), problems = read(text)

    assert problems == []
    assert [option.text for option in question.spec.options] == ["this", "that"]
    assert question.spec.options[0].reason == "```\n- [ ] nor this\n```"
    assert "# not a heading" in question.spec.prompt


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("- [x] Eight", "- [ ] Eight", 11, "no-right-option"),
        ("* [x] 4\n* [ ] 6\n", "", 24, "too-few-options"),
        ("* [x] 4", "* [x] 2", 25, "duplicate-option"),
        ("* [x] 4", "* [x]", 25, "empty-text"),
        ("* [x] 4", "* [] 4", 25, "checkbox"),
        ("## Which are powers of two?", "## {#two}", 22, "empty-prompt"),
    ],
)
def test_a_broken_question_is_told_at_its_line(old, new, line, code):
    _questions, problems = read(QUIZ.replace(old, new))

    assert (line, code) in [(problem.line, problem.code) for problem in problems]
    assert all(not problem.is_error for problem in problems)


def test_a_file_without_a_question_says_so():
    assert [problem.code for problem in read("# Title\n\nText.\n")[1]] == ["empty-quiz"]


@pytest.mark.parametrize(
    "text",
    [
        "# A\n" + "- [ ] a\n" * 100_000,
        "# A\n\n- [x] a\n- [ ] b\n\n" * 50_000,
        "- [] a\n" * 100_000,
        " " * 1_000_000,
        "# a" + " " * 500_000 + "b\n\n- [x] a\n",
        "# a" + "{#a" * 500_000 + "\n\n- [x] a\n",
        "```\n" + "- [ ] a\n" * 100_000,
    ],
    ids=["options", "questions", "typos", "spaces", "heading", "anchors", "unclosed"],
)
def test_a_monstrous_file_is_read_in_time(text):
    started = time.process_time()

    _questions, problems = read(text)

    assert problems
    assert len(problems) < 1000
    assert time.process_time() - started < 2


@given(st.text(alphabet="-*# x[]>`\n1.ab", max_size=120))
def test_no_text_makes_the_reader_fail(text):
    read(text)
