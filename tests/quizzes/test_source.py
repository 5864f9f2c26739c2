"""Reading questions: every fault at its line and column, all in one run."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.problems import ContentError
from quizzes.source import duplicate_keys, read_questions

GOOD = """\
questions:
  - id: one
    type: choice
    kind: why
    concepts: [kv-cache]
    section: "#the-cache"
    prompt: Why?
    options:
      - text: Because
        correct: true
        reason: It is so.
      - text: Nobody knows
        reason: Somebody does.
  - id: two
    type: multi
    kind: recall
    prompt: Which?
    options:
      - {text: a, reason: x, correct: true}
      - {text: b, reason: x, correct: true}
      - {text: c, reason: x}
  - id: three
    type: truefalse
    kind: predict
    prompt: It grows.
    answer: false
    reason_true: It does not.
    reason_false: Right.
  - id: four
    type: numeric
    kind: apply
    prompt: How many?
    answer: 46.7
    tolerance: 1 %
    unit: billion
    reason: The work.
    mistakes:
      - {answer: 56, reason: Attention is shared.}
  - id: five
    type: short
    kind: recall
    prompt: Its name?
    accepted: [router, gate]
    reason: It routes.
"""


def read(text, **known):
    return read_questions(text, "a.quiz.yml", **{"concepts": {"kv-cache"}, "anchors": {"the-cache"}, **known})


def faults(text):
    return [(problem.line, problem.column, problem.code) for problem in read(text)[1]]


def question(body):
    """A file with one question whose fields begin in line 2, column 5."""
    fields = textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    return f"questions:\n  -{fields[3:]}\n"


def test_every_type_is_read():
    questions, problems = read(GOOD)

    assert problems == []
    assert [one.spec.type for one in questions] == ["choice", "multi", "truefalse", "numeric", "short"]
    assert [one.line for one in questions] == [2, 14, 22, 29, 39]
    assert questions[0].section == "the-cache"


def test_faults_of_several_questions_come_together():
    text = GOOD.replace("kind: why", "kind: whi").replace("reason: It routes.", "reson: It routes.")

    assert faults(text) == [(4, 11, "not-allowed"), (44, 5, "unknown-key")]


CHOICE = """
    id: a
    type: choice
    kind: why
    prompt: Why?
    options:
      - {text: x, reason: r, correct: true}
      - {text: y, reason: r}
"""
NUMERIC = """
    id: a
    type: numeric
    kind: why
    prompt: Why?
    answer: 5
    tolerance: 0.1
    reason: r
"""
SHORT = """
    id: a
    type: short
    kind: why
    prompt: Why?
    accepted: [router]
    reason: r
"""


@pytest.mark.parametrize(
    ("template", "old", "new", "expected"),
    [
        (CHOICE, ", reason: r}", "}", (8, 9, "missing-key")),
        (CHOICE, ", correct: true", "", (7, 7, "no-right-option")),
        (CHOICE, "{text: y, reason: r}", "{text: y, reason: r, correct: true}", (7, 7, "all-options-right")),
        (CHOICE, "correct: true", "corect: true", (7, 30, "unknown-key")),
        (CHOICE, "correct: true", "correct: yes", (7, 39, "wrong-type")),
        (CHOICE, "text: y", "text: x", (8, 16, "duplicate-option")),
        (CHOICE, "text: y", "text: 3", (8, 16, "wrong-type")),
        (CHOICE, "text: y", "text: ' '", (8, 16, "empty-text")),
        (CHOICE, "reason: r}", "reason: ' '}", (8, 27, "empty-reason")),
        (CHOICE, "- {text: y, reason: r}", "", (7, 7, "too-few-options")),
        (CHOICE, "prompt: Why?", "prompt: ''", (5, 13, "empty-prompt")),
        (CHOICE, "prompt: Why?", "promt: Why?", (5, 5, "unknown-key")),
        (CHOICE, "type: choice", "type: chioce", (3, 11, "not-allowed")),
        (CHOICE, "type: choice\n    ", "", (2, 5, "missing-key")),
        (CHOICE, "kind: why", "kind: why\n    concepts: [kv-cash]", (5, 16, "unknown-concept")),
        (CHOICE, "kind: why", "kind: why\n    section: '#the-cash'", (5, 14, "unknown-section")),
        (CHOICE, "id: a", "id: A b", (2, 9, "invalid")),
        (NUMERIC, "answer: 5", "answer: five", (6, 13, "wrong-type")),
        (NUMERIC, "answer: 5", 'answer: "5"', (6, 13, "wrong-type")),
        (NUMERIC, "tolerance: 0.1", "tolerance: -1", (7, 16, "bad-tolerance")),
        (NUMERIC, "tolerance: 0.1", "tolerance: about 1", (7, 16, "bad-tolerance")),
        (NUMERIC, "tolerance: 0.1", "tolerance: 101%", (7, 16, "bad-tolerance")),
        (NUMERIC, "tolerance: 0.1", "tolerance: .nan", (7, 16, "bad-tolerance")),
        (NUMERIC, "answer: 5\n    tolerance: 0.1", "answer: 0\n    tolerance: 1%", (7, 16, "bad-tolerance")),
        (SHORT, "[router]", "[]", (6, 15, "no-right-answer")),
        (SHORT, "[router]", "['']", (6, 16, "empty-answer")),
        (
            SHORT,
            "reason: r",
            "reason: r\n    mistakes: [{answer: Router, reason: x}]",
            (8, 25, "mistake-is-right"),
        ),
    ],
)
def test_fault_is_reported_where_it_stands(template, old, new, expected):
    assert faults(question(template)) == []

    head, found, tail = question(template).rpartition(old)
    text = head + new + tail

    assert found
    assert faults(text) == [expected]


def test_two_right_options_ask_for_the_other_type():
    text = GOOD.replace("type: multi", "type: choice")

    assert faults(text) == [(19, 7, "several-right-options")]


def test_one_right_option_asks_for_the_other_type():
    text = GOOD.replace("{text: b, reason: x, correct: true}", "{text: b, reason: x}")

    assert faults(text) == [(19, 7, "one-right-option")]


def test_too_many_options():
    options = "".join(f"\n      - {{text: o{number}, reason: r}}" for number in range(10_000))
    text = question(CHOICE).rstrip() + options

    assert faults(text) == [(7, 7, "too-many-options")]


def test_an_id_is_unique_in_its_file_and_in_its_track():
    _questions, problems = read(GOOD.replace("id: two", "id: one"))
    first, _ = read(GOOD)
    second, _ = read_questions(GOOD, "b.quiz.yml")

    assert [(problem.line, problem.code) for problem in problems] == [(14, "duplicate-id")]
    assert "a.quiz.yml:2" in problems[0].remedy
    assert len(duplicate_keys([*first, *second])) == 5
    assert duplicate_keys(first) == []


def test_a_fence_reports_lines_of_its_page():
    _questions, problems = read(
        question(CHOICE.replace("kind: why", "kind: whi")), first_line=101, fence_line=100
    )

    assert [(problem.line, problem.column) for problem in problems] == [(104, 11)]


def test_lines_of_texts_are_those_in_the_file():
    text = question(CHOICE).replace("prompt: Why?", "prompt: |\n      Why?\n      Really.")

    questions, _problems = read(text)

    assert questions[0].line_of("prompt") == 6
    assert questions[0].line_of("options", 1, "text") == 10


@pytest.mark.parametrize(
    "text", ["", "questions:", "questions: []", "- a", "questions: [", "x: 1", "a: &b 1\nc: *b"]
)
def test_what_is_no_quiz_is_refused_with_a_place(text):
    questions, problems = read(text)

    assert questions == []
    assert problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


@given(st.text(max_size=300))
def test_no_text_makes_the_reader_fail(text):
    read(text)


@given(st.data())
def test_no_broken_question_makes_the_reader_fail(data):
    lines = GOOD.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place] = data.draw(
            st.sampled_from(["", lines[place][2:], lines[place] + ":", "  " + lines[place], "    options: 3"])
            | st.text(max_size=20)
        )
    try:
        read("\n".join(lines))
    except ContentError as error:  # pragma: no cover
        pytest.fail(f"problems are returned, not raised: {error}")
