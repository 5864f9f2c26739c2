"""Quizzes of mdbook-quiz, which a page names by their path."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.models import Lesson
from lessons.rendering import Fence
from quizzes.models import Question
from quizzes.reading import LessonTexts, quiz_paths, read_lesson
from tests.trees import load, write_tree

QUIZ = '''\
# A quiz
[[questions]]
type = "MultipleChoice"
prompt.prompt = """
What is `mut`?
"""
prompt.distractors = [
  "A type", # no
  "A macro"
]
answer.answer = "A keyword"
context = "It stands after `let`."
id = "11111111-AAAA-4000-8000-000000000001"

[[questions]]
type = "ShortAnswer"
id = "22222222-aaaa-4000-8000-000000000002"
[questions.prompt]
prompt = "Which keyword?"
[questions.answer]
answer = "mut"
alternatives = ["let mut"]

[[questions]]
type = "Tracing"
prompt.program = """
fn main() {
  let x = 1;
  x += 1;
}
"""
answer.doesCompile = false
answer.lineNumber = 3
context = "`x` is not `mut`."

[[questions]]
type = "Tracing"
prompt.program = 'fn main() { println!("a"); println!("b"); }'
answer.doesCompile = true
answer.stdout = "a\\nb\\n"
'''


def read(quiz=QUIZ, name="../quiz.toml"):
    page = f"# Page\n\n{{{{#quiz {name}}}}}\n"
    lesson = LessonTexts(
        "book/src/page.md", page, "page", [Fence(3, name, "mdbook")], {"book/quiz.toml": quiz}
    )
    return read_lesson(lesson)


def test_a_page_names_its_quizzes():
    assert "book/quiz.toml" in quiz_paths("book/src/page.md", "a {{#quiz ../quiz.toml}} b")


def test_no_other_file_that_a_page_names_is_a_quiz():
    page = "{{#quiz quiz.txt}} [and a link](quiz.txt)"

    assert "quiz.txt" not in quiz_paths("page.md", page)


def test_every_type_becomes_one_of_ours():
    questions, problems = read()

    assert problems == []
    assert [question.spec.type for question in questions] == ["choice", "short", "truefalse", "short"]
    choice, short, false, printed = (question.spec for question in questions)
    assert choice.prompt == "What is `mut`?"
    assert [(option.text, option.correct) for option in choice.options] == [
        ("A keyword", True),
        ("A type", False),
        ("A macro", False),
    ]
    assert choice.explanation == "It stands after `let`."
    assert short.accepted == ["mut", "let mut"]
    assert false.answer is False
    assert "```rust\nfn main() {\n  let x = 1;" in false.prompt
    assert "line 3" in false.explanation
    assert "`x` is not `mut`." in false.explanation
    assert printed.accepted == ["a\nb"]


def test_ids_are_the_files_own_where_it_has_them():
    questions, _problems = read()

    assert questions[0].key == "11111111-aaaa-4000-8000-000000000001"
    assert [question.is_derived for question in questions] == [False, False, True, True]
    assert questions[2].key.startswith("page--")


def test_positions_are_those_in_the_toml_file():
    questions, _problems = read()

    assert {question.path for question in questions} == {"book/quiz.toml"}
    assert [question.line for question in questions] == [2, 15, 24, 36]
    assert questions[0].line_of("options", 2, "text") == 9
    assert questions[1].line_of("prompt") == 19
    assert {question.fence_line for question in questions} == {3}


def test_several_answers_are_several_choices():
    (question, *_rest), _problems = read(QUIZ.replace('"A keyword"', '["A keyword", "Three letters"]'))

    assert question.spec.type == "multi"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'prompt.distractors = [\n  "A type", # no\n  "A macro"\n]',
            "prompt.distractors = []",
            (8, 17, "too-few-options"),
        ),
        ('answer.answer = "A keyword"', "", (2, 1, "no-right-option")),
        ('  "A macro"', "  3.5, true", (9, 8, "wrong-type")),
        ('prompt = "Which keyword?"', "", (15, 1, "missing-key")),
        ("answer.doesCompile = false\nanswer.lineNumber = 3", "", (24, 1, "missing-key")),
        ('type = "ShortAnswer"', 'type = "Informative"', (16, 8, "question-type")),
    ],
)
def test_a_broken_question_is_told_and_the_others_are_read(old, new, expected):
    assert old in QUIZ

    questions, (problem,) = read(QUIZ.replace(old, new))

    assert len(questions) == 3
    assert problem.path == "book/quiz.toml"
    assert problem.code == expected[2]
    assert not problem.is_error


@pytest.mark.parametrize(
    ("quiz", "line"),
    [(QUIZ.replace('"MultipleChoice"', '"MultipleChoice'), 3), ("a = [", 1), ("a = " + "[" * 9999, 1)],
)
def test_broken_toml_is_told_with_its_line(quiz, line):
    questions, (problem,) = read(quiz)

    assert questions == []
    assert (problem.path, problem.line, problem.code) == ("book/quiz.toml", line, "broken-toml")


@pytest.mark.parametrize(
    "quiz",
    [
        "a" + ".a" * 20_000 + " = 1",
        "x = [" + '"c", ' * 400_000 + "]",
        '[[questions]]\ntype = "X"\n' * 10_000,
        QUIZ * 200,
        'a = """' + "a-" * 100_000 + '"""',
        "a = " + "9" * 200_000,
    ],
    ids=["key", "list", "types", "questions", "word", "number"],
)
def test_a_monstrous_quiz_is_refused_in_time(quiz):
    started = time.process_time()

    _questions, problems = read(quiz)

    assert 0 < len(problems) < 1000
    assert time.process_time() - started < 2


def test_a_quiz_that_is_not_there_is_told_at_its_name():
    questions, (problem,) = read(name="other.toml")

    assert questions == []
    assert (problem.path, problem.line, problem.code) == ("book/src/page.md", 3, "no-quiz")


def test_a_quiz_that_is_named_twice_is_asked_once():
    page = "{{#quiz quiz.toml}}\n\n{{#quiz quiz.toml}}\n"
    fences = [Fence(1, "quiz.toml", "mdbook"), Fence(3, "quiz.toml", "mdbook")]
    only = QUIZ[: QUIZ.index('[[questions]]\ntype = "Tracing')]

    questions, problems = read_lesson(LessonTexts("page.md", page, "page", fences, {"quiz.toml": only}))

    assert len(questions) == 2
    assert [problem.code for problem in problems] == ["duplicate-id", "duplicate-id"]


@given(st.data())
def test_no_broken_quiz_makes_the_reader_fail(data):
    lines = QUIZ.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        lines[place] = data.draw(
            st.sampled_from(["", "x = [", lines[place][:-1], '"""', "answer = 3"]) | st.text(max_size=9)
        )
    read("\n".join(lines))


@pytest.mark.django_db
def test_a_file_that_two_pages_name_is_asked_by_the_first(tmp_path):
    quiz = '[[questions]]\nid = "one"\ntype = "ShortAnswer"\nprompt.prompt = "Word?"\nanswer.answer = "mut"\n'
    said = load(
        write_tree(
            tmp_path,
            {
                "01-first.md": "# First\n\n{{#quiz q.toml}}\n",
                "02-second.md": "# Second\n\n{{#quiz q.toml}}\n",
                "q.toml": quiz,
            },
        ),
        "--track",
        "book",
    )

    assert "the id 'one' is taken" in said
    assert Question.objects.get(key="one").quiz.lesson.title == "First"
    assert "questions" not in Lesson.objects.get(title="Second").html
