"""A wrong type hides nothing: what else is wrong in the question is told in the same run."""

import pytest

from quizzes.source import read_questions
from tests.quizzes.test_source import CHOICE, NUMERIC, SHORT, faults, question, read

TRUEFALSE = """
    id: a
    type: truefalse
    kind: why
    prompt: It is so.
    answer: true
    reason_true: So it is.
    reason_false: It is.
"""
WRONG = """
    id: A b
    type: {type}
    kind: whi
    promt: Why?
    options:
      - {{text: x, correct: true}}
      - {{text: x, reason: r}}
"""


@pytest.mark.parametrize("wrong", ["chioce", "essay", "3", "[choice]", "order"])
def test_every_other_mistake_of_the_question_is_told(wrong):
    assert faults(question(WRONG.format(type=wrong))) == [
        (2, 9, "invalid"),
        (3, 11, "not-allowed"),
        (4, 11, "not-allowed"),
        (5, 5, "unknown-key"),
        (7, 9, "missing-key"),
        (8, 16, "duplicate-option"),
    ]


@pytest.mark.parametrize("template", [CHOICE, NUMERIC, SHORT, TRUEFALSE])
@pytest.mark.parametrize("wrong", ["essay", "match"])
def test_a_question_with_no_other_mistake_is_told_of_no_other(template, wrong):
    kind = next(line for line in template.split("\n") if "type:" in line)
    text = question(template.replace(kind, f"    type: {wrong}"))

    assert faults(text) == [(3, 11, "not-allowed")]


def test_a_type_whose_key_is_misspelled_is_told_once():
    text = question(CHOICE.replace("type:", "tpye:").replace("kind: why", "kind: whi"))

    _questions, problems = read(text)

    assert [(one.line, one.code) for one in problems] == [(3, "unknown-key"), (4, "not-allowed")]
    assert problems[0].remedy == "Did you mean 'type'?"


def test_a_slip_in_the_type_still_counts_right_options():
    text = question(CHOICE.replace("type: choice", "type: mutli"))

    assert faults(text) == [(3, 11, "not-allowed"), (7, 7, "one-right-option")]


def test_a_question_that_gives_no_hint_is_told_what_holds_for_all():
    text = question("id: a\ntype: essay\nkind: whi\nprompt: Why?\nanswer: Because.\nlenght: 3\n")

    assert faults(text) == [(3, 11, "not-allowed"), (4, 11, "not-allowed"), (7, 5, "unknown-key")]


def test_fields_of_another_type_are_not_held_against_a_guess():
    text = question(SHORT.replace("type: short", "type: sketch") + "    tolerance: 1\n")

    assert faults(text) == [(3, 11, "not-allowed")]


def test_its_id_is_taken_all_the_same():
    first = question(CHOICE)
    second = question(CHOICE.replace("type: choice", "type: essay")).removeprefix("questions:\n")

    _questions, problems = read_questions(first + second, "a.quiz.yml")

    assert [(one.line, one.code) for one in problems] == [(9, "duplicate-id"), (10, "not-allowed")]
