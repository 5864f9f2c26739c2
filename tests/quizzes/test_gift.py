"""GIFT: what Moodle writes is read, and what we write comes back equal."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.export.gift import as_gift
from quizzes.reading import LessonTexts, read_lesson
from tests.quizzes.specs import specs

BANK = """\
// a comment
$CATEGORY: bytes

::Bits::[markdown]How many **bits** has a byte? {
\t~Four # That is a nibble.
\t=Eight # Two \\= hexadecimal digits.
\t~Ten
\t#### Every unit in use has eight.
}

A byte has eight bits.{T#It has eight.#So it is.}

::Sum:: 2 \\+ 2 \\= ?{#4:0.5#Right.}

Between one and five{#1..5}

// engineersofai: not json
Which are powers of two?{~%50%2 ~%50%4 ~%-100%6}

A {=byte =octet} has eight bits.

[plain]Its name_?{=router =%50%gate#Nearly. =%100%Router}
"""


def read(text=BANK):
    return read_lesson(LessonTexts("c/a.md", "", "bytes", files={"c/a.gift": text}))


def by_prompt(text=BANK):
    questions, problems = read(text)
    assert problems == []
    return {question.spec.prompt: question for question in questions}


def test_every_type_is_read():
    questions = by_prompt()

    assert {prompt: question.spec.type for prompt, question in questions.items()} == {
        "How many **bits** has a byte?": "choice",
        "A byte has eight bits.": "truefalse",
        "2 \\+ 2 = ?": "numeric",
        "Between one and five": "numeric",
        "Which are powers of two?": "multi",
        "A _____ has eight bits.": "short",
        "Its name\\_?": "short",
    }


def test_choices_have_reasons_and_an_explanation():
    question = by_prompt()["How many **bits** has a byte?"]

    assert [(option.text, option.correct, option.reason) for option in question.spec.options] == [
        ("Four", False, "That is a nibble."),
        ("Eight", True, "Two = hexadecimal digits."),
        ("Ten", False, ""),
    ]
    assert question.spec.explanation == "Every unit in use has eight."
    assert question.missing_reasons == 1


def test_comments_on_true_and_false_go_to_who_said_so():
    spec = by_prompt()["A byte has eight bits."].spec

    assert (spec.answer, spec.reason_false, spec.reason_true) == (True, "It has eight.", "So it is.")


def test_numbers_have_a_tolerance():
    questions = by_prompt()

    assert (questions["2 \\+ 2 = ?"].spec.answer, questions["2 \\+ 2 = ?"].spec.tolerance) == (4, 0.5)
    assert questions["2 \\+ 2 = ?"].spec.reason == "Right."
    between = questions["Between one and five"].spec
    assert (between.answer, between.tolerance) == (3, 2)


def test_short_answers_worth_less_than_all_are_known_mistakes():
    spec = by_prompt()["Its name\\_?"].spec

    assert spec.accepted == ["router", "Router"]
    assert [(each.answer, each.reason) for each in spec.mistakes] == [("gate", "Nearly.")]


def test_lines_are_those_of_the_file():
    question = by_prompt()["How many **bits** has a byte?"]

    assert question.line == 4
    assert question.line_of("options", 1, "text") == 6
    assert question.line_of("explanation") == 8


def test_a_title_is_what_an_id_is_made_of():
    before = by_prompt()
    after = by_prompt(BANK.replace("How many **bits**", "How many bits"))

    assert before["How many **bits** has a byte?"].key == after["How many bits has a byte?"].key
    assert before["How many **bits** has a byte?"].is_derived


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("Only text, which asks nothing.", 1, "gift-description"),
        ("Say something.{}", 1, "gift-essay"),
        ("Match.{=a -> b =c -> d}", 1, "gift-matching"),
        ("What?\n{=a ~b\n\nNext?{=a ~b}", 2, "gift-unclosed"),
        ("What?{a =b ~c}", 1, "gift-answer"),
        ("How many?{#four}", 1, "gift-number"),
        ("How many?{#=%50%4 =%0%5}", 1, "gift-answer"),
        ("What?{~a ~b}", 1, "no-right-option"),
        ("What?{\n=a\n~a}", 3, "duplicate-option"),
        ("{=a ~b}", 1, "empty-prompt"),
        ("What?{" + "~a" * 10_000 + "}", 1, "too-many-options"),
        ("What?{" + "".join(f"~a{number}" for number in range(20)) + "=b}", 1, "too-many-options"),
    ],
)
def test_what_is_not_read_is_told_at_its_line(text, line, code):
    questions, problems = read(f"{text}\n\nLast?{{=a ~b}}")

    assert questions[-1].spec.prompt == "Last?"
    assert [(problem.line, problem.code) for problem in problems] == [(line, code)]
    assert not problems[0].is_error
    assert problems[0].source_line == text.split("\n")[line - 1]


def test_an_unclosed_block_ends_at_the_next_empty_line():
    questions, problems = read("What?{=a ~b\n\nNext?{=a ~b}")

    assert [question.spec.prompt for question in questions] == ["Next?"]
    assert [problem.code for problem in problems] == ["gift-unclosed"]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(specs(), min_size=1, max_size=4, unique_by=lambda spec: spec.id))
def test_out_and_in_again_is_equal(written):
    questions, problems = read(as_gift(written))

    assert problems == []
    assert [question.spec for question in questions] == written
    assert not any(question.is_derived for question in questions)


def test_a_percentage_stays_one_until_its_number_is_changed():
    text = "How much?{#50:0.5}"
    note = '// engineersofai: {"id": "much", "tolerance": "1 %", "unit": "GiB"}\n'

    (kept,), _problems = read(note + text)
    (changed,), _problems = read(note + text.replace("0.5", "2"))

    assert (kept.spec.tolerance, kept.spec.unit) == ("1 %", "GiB")
    assert changed.spec.tolerance == 2


@pytest.mark.parametrize(
    "text",
    [
        "a{" + "\\" * 1_000_000,
        "a{" + "=b" * 500_000 + "}",
        "a" + " " * 1_000_000 + "b{=c ~d ~d}",
        "a{=b}\n\n" * 100_000,
        "::" * 500_000,
        "a{#" + "1" * 500_000 + "}",
    ],
)
def test_a_monstrous_file_is_read_in_time(text):
    started = time.process_time()

    _questions, problems = read(text)

    assert 0 < len(problems) < 1000
    assert time.process_time() - started < 2


@given(st.text(alphabet="a:{}=~#%1.\\[]T>-\n /", max_size=80))
def test_no_text_makes_the_reader_fail(text):
    read(text)
