"""Ids for questions that have none: proposed as insertions, so that nothing else of a file changes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.missing_ids import missing_ids, missing_ids_in_page, slug_of, with_ids
from quizzes.source import read_questions

QUIZ = """\
# what we ask
questions:
  - type: truefalse   # easy
    kind: recall
    prompt: A byte has 'eight' bits.
    answer: true
    reason_true: So it is.
    reason_false: It has eight.
  - id: named
    type: short
    kind: recall
    prompt: Its name?
    accepted: [byte]
    reason: So it is called.
  - {type: short, kind: recall, prompt: "Its name?", accepted: [byte], reason: So it is.}
  -
    prompt: A byte has eight bits!
    type: truefalse
    kind: recall
    answer: true
    reason_true: So it is.
    reason_false: It has eight.
"""


def filled(text):
    return with_ids(text, missing_ids(text, "a.quiz.yml"))


def test_every_question_gets_an_id_of_its_own_and_the_file_loads():
    questions, problems = read_questions(filled(QUIZ), "a.quiz.yml")

    assert problems == []
    assert [one.key for one in questions] == [
        "a-byte-has-eight-bits",
        "named",
        "its-name",
        "a-byte-has-eight-bits-2",
    ]


def test_nothing_but_the_insertions_changes():
    before, after = QUIZ.split("\n"), filled(QUIZ).split("\n")

    assert after[2:4] == ["  - id: a-byte-has-eight-bits", "    type: truefalse   # easy"]
    assert "  - {id: its-name, type: short, kind: recall," in filled(QUIZ)
    assert len(after) == len(before) + 2
    assert missing_ids(filled(QUIZ), "a.quiz.yml") == []


def test_an_id_taken_elsewhere_in_the_track_is_not_proposed():
    found = missing_ids(QUIZ, "a.quiz.yml", taken={"its-name"})

    assert "its-name-2" in [each.id for each in found]


def test_line_ends_and_byte_order_mark_stay():
    text = "\ufeff" + QUIZ.replace("\n", "\r\n")

    given_ids = with_ids(text, missing_ids(QUIZ, "a.quiz.yml"))

    assert given_ids == "\ufeff" + filled(QUIZ).replace("\n", "\r\n")


def test_an_id_without_a_value_is_filled_in():
    text = QUIZ.replace("- id: named", "- id:  # which?")

    assert "- id: its-name  # which?" in filled(text)
    assert read_questions(filled(text), "a.quiz.yml")[1] == []


def test_fences_keep_what_their_lines_begin_with():
    fields = "type: short\nkind: recall\nprompt: Its name?\naccepted: [x]\nreason: r"
    fence = "questions:\n  - " + fields.replace("\n", "\n    ")
    quoted = "\n".join(f"> {line}" for line in fence.split("\n"))
    page = f"# Page\n\n> ```quiz\n{quoted}\n> ```\n\n```quiz\n{fence}\n```\n"

    found = missing_ids_in_page(page, "a.md", [(4, fence), (13, fence)])

    lines = with_ids(page, found).split("\n")
    assert lines[4:6] == [">   - id: its-name", ">     type: short"]
    assert lines[14:16] == ["  - id: its-name-2", "    type: short"]
    assert len(lines) == len(page.split("\n")) + 2


def test_the_error_of_a_missing_id_names_the_way_to_write_it():
    _questions, problems = read_questions(QUIZ, "a.quiz.yml")

    assert [(one.line, one.code) for one in problems] == [
        (3, "missing-key"),
        (15, "missing-key"),
        (17, "missing-key"),
    ]
    assert all("--fix-ids" in one.remedy for one in problems)


@pytest.mark.parametrize(
    ("prompt", "slug"),
    [
        ("What does `Q2_K` mean?", "what-does-q2-k-mean"),
        ("12 layers", "q-12-layers"),
        ("True", "q-true"),
        ("Où est l'entrée ?", "ou-est-lentree"),
        ("为什么", ""),
        ("word " * 40, "-".join(["word"] * 12)),
    ],
)
def test_ids_are_made_of_the_words_of_a_prompt(prompt, slug):
    assert slug_of(prompt) == slug


@given(st.text(max_size=80))
def test_any_prompt_gives_an_id_that_is_read_as_one(prompt):
    text = QUIZ.replace('"Its name?"', json.dumps(prompt))
    if [one.code for one in read_questions(text, "a.quiz.yml")[1]] != ["missing-key"] * 3:
        return  # a prompt that is refused for itself

    assert read_questions(filled(text), "a.quiz.yml")[1] == []


@pytest.mark.parametrize("text", ["", "questions: [", "questions: 3", "- a", "questions:\n  - 3\n  - {}\n"])
def test_what_is_no_quiz_gives_no_error(text):
    assert isinstance(with_ids(text, missing_ids(text, "a.quiz.yml")), str)
