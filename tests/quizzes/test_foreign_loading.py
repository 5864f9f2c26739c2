"""Questions without ids, loaded again: an edit keeps what learners did."""

import pytest

from lessons.models import Lesson
from quizzes.bodies import build_body
from quizzes.loader import QuestionContent, QuizContent, load_quizzes
from quizzes.models import Answer, Question
from quizzes.reading import LessonTexts, read_lesson
from tests.quizzes.builders import answer, as_html, make_learner, make_lesson, make_module

pytestmark = pytest.mark.django_db

QUIZ = """\
## How many bits has a byte?

- [x] Eight
- [ ] Four

## Which is the longer?

- [x] A mebibyte
- [ ] A megabyte

## Which are powers of two?

- [x] 2
- [x] 4
- [ ] 6
"""
BITS = "## How many bits has a byte?\n\n- [x] Eight\n- [ ] Four\n"


@pytest.fixture
def lesson():
    return make_lesson()


def contents(lesson: Lesson, text: str, place: str = ""):
    name = f"{lesson.key}.quiz.md"
    questions, problems = read_lesson(LessonTexts("x.md", "", place or lesson.key, files={name: text}))
    assert problems == []
    return QuizContent(lesson.key, [QuestionContent(each, build_body(each, as_html)) for each in questions])


def load(lesson: Lesson, text: str, place: str = ""):
    return load_quizzes(lesson.track, [contents(lesson, text, place)])


def asked(prompt: str) -> Question:
    return next(
        question
        for question in Question.objects.filter(retired_at=None).select_related("revision", "quiz")
        if question.revision and question.revision.body["prompt"] == prompt
    )


def test_second_load_changes_nothing(lesson):
    assert len(load(lesson, QUIZ).created) == 3

    assert load(lesson, QUIZ).changes == 0


def test_an_edited_prompt_keeps_its_answers(lesson):
    load(lesson, QUIZ)
    before = asked("How many bits has a byte?")
    answer(make_learner(), before)

    report = load(lesson, QUIZ.replace("has a byte", "are in a byte"))

    after = asked("How many bits are in a byte?")
    assert (after.pk, after.revision.number) == (before.pk, 2)
    assert report.updated == [after.key]
    assert report.changes == 1
    assert Answer.objects.get().question == after
    assert load(lesson, QUIZ.replace("has a byte", "are in a byte")).changes == 0


def test_the_page_of_a_quiz_asks_by_the_new_id(lesson, client):
    load(lesson, QUIZ)
    load(lesson, QUIZ.replace("has a byte", "are in a byte"))
    question = asked("How many bits are in a byte?")

    page = client.get(f"/quizzes/{lesson.path}/", {"q": question.key})

    assert page.status_code == 200
    assert "are in a byte" in page.text


def test_several_edited_prompts_are_told_apart_by_their_options(lesson):
    load(lesson, QUIZ)
    bits, longer = asked("How many bits has a byte?"), asked("Which is the longer?")

    load(lesson, QUIZ.replace("How many bits", "Of how many bits").replace("the longer", "larger"))

    assert asked("Of how many bits has a byte?").pk == bits.pk
    assert asked("Which is larger?").pk == longer.pk


def test_prompt_and_option_edited_together_are_still_the_one_that_is_left(lesson):
    load(lesson, QUIZ)
    before = asked("How many bits has a byte?")

    load(lesson, QUIZ.replace("How many bits", "Of how many bits").replace("Eight", "Of 8"))

    assert asked("Of how many bits has a byte?").pk == before.pk


def test_edits_that_leave_nothing_in_common_are_new_questions(lesson):
    load(lesson, QUIZ)
    changed = QUIZ.replace("How many bits", "Of how many bits").replace("Eight", "Of 8")

    report = load(lesson, changed.replace("the longer", "larger").replace("A megabyte", "One kilobyte"))

    assert (len(report.created), len(report.retired)) == (2, 2)


def test_another_type_is_another_question(lesson):
    load(lesson, QUIZ)
    before = asked("How many bits has a byte?")
    answer(make_learner(), before)

    report = load(lesson, QUIZ.replace("- [ ] Four", "- [x] Four\n- [ ] Five"))

    before.refresh_from_db()
    assert (len(report.created), report.retired) == (1, [before.key])
    assert asked("How many bits has a byte?").type == "multi"
    assert Answer.objects.get().question == before


def test_a_lesson_with_another_place_keeps_its_questions_quietly(lesson):
    load(lesson, QUIZ, "old/place")
    before = asked("How many bits has a byte?")

    report = load(lesson, QUIZ, "new/place")

    assert report.changes == 0
    assert asked("How many bits has a byte?").pk == before.pk
    assert asked("How many bits has a byte?").key.startswith("new-place--")


def test_a_question_that_moves_to_another_lesson_keeps_its_history():
    module = make_module()
    one, other = make_lesson(module=module), make_lesson(module=module)
    load(one, QUIZ)
    before = asked("How many bits has a byte?")

    load_quizzes(one.track, [contents(one, QUIZ.replace(BITS, "")), contents(other, BITS)])

    after = asked("How many bits has a byte?")
    assert (after.pk, after.quiz.lesson) == (before.pk, other)


def test_a_question_that_comes_back_is_the_one_it_was(lesson):
    load(lesson, QUIZ)
    before = asked("How many bits has a byte?")
    load(lesson, QUIZ.replace(BITS, ""))

    report = load(lesson, QUIZ)

    assert report.restored == [before.key]


def test_equal_prompts_are_two_questions(lesson):
    report = load(lesson, BITS + "\n" + BITS.replace("Four", "Ten"))

    assert len(set(report.created)) == 2
    assert load(lesson, BITS + "\n" + BITS.replace("Four", "Ten")).changes == 0
