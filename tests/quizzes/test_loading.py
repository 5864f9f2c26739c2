"""Loading questions again: nothing that learners did is lost, and nothing is written without need."""

import pytest
from django.test.utils import CaptureQueriesContext

from catalog.problems import ContentError
from quizzes.content import body_from_json
from quizzes.loader import QuizContent, load_quizzes
from quizzes.models import Answer, Attempt, Question, QuestionRevision
from tests.quizzes.builders import answer, load, make_learner, make_lesson, make_module, questions_of

pytestmark = pytest.mark.django_db

QUIZ = """\
questions:
  - id: first
    type: choice
    kind: why
    prompt: Which one?
    options:
      - text: alpha
        correct: true
        reason: Because.
      - text: beta
        reason: No.
      - text: gamma
        reason: No.
  - id: second
    type: short
    kind: recall
    prompt: Its name?
    accepted: [router]
    reason: It routes.
"""


@pytest.fixture
def lesson():
    return make_lesson()


@pytest.fixture
def question(lesson):
    load(lesson, QUIZ)
    return Question.objects.select_related("revision", "quiz").get(key="first")


def option_ids(question):
    question.refresh_from_db()
    return {option.markdown: option.id for option in body_from_json(question.revision.body).options}


def test_first_load_creates_questions_in_order(lesson):
    report = load(lesson, QUIZ)

    assert report.created == ["first", "second"]
    assert [one.key for one in questions_of(lesson.quiz)] == ["first", "second"]
    assert Question.objects.get(key="second").line == 14


def test_second_load_changes_nothing_and_writes_nothing(lesson):
    load(lesson, QUIZ)

    from django.db import connection

    with CaptureQueriesContext(
        connection,
    ) as queries:
        report = load(lesson, QUIZ)

    assert (report.changes, report.unchanged) == (0, 2)
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_typo_makes_a_new_revision_and_keeps_the_attempt(lesson, question):
    learner = make_learner()
    answer(learner, question)
    before = option_ids(question)

    report = load(lesson, QUIZ.replace("text: beta", "text: Beta"))

    assert report.updated == ["first"]
    after = option_ids(question)
    assert after == {"alpha": before["alpha"], "Beta": before["beta"], "gamma": before["gamma"]}
    assert question.revision.number == 2
    assert Attempt.objects.get().learner == learner
    assert Answer.objects.get().revision.number == 1


def test_order_of_options_in_the_file_does_not_matter(lesson, question):
    before = option_ids(question)
    moved = QUIZ.replace("      - text: beta\n        reason: No.\n", "").replace(
        "    options:\n", "    options:\n      - text: beta\n        reason: No.\n"
    )
    assert moved != QUIZ

    report = load(lesson, moved)

    assert option_ids(question) == before
    assert QuestionRevision.objects.filter(question=question).count() == 1
    assert report.changes == 0


def test_two_changed_texts_are_two_new_options(lesson, question):
    before = option_ids(question)

    load(lesson, QUIZ.replace("text: beta", "text: delta").replace("text: gamma", "text: epsilon"))

    after = option_ids(question)
    assert after["alpha"] == before["alpha"]
    assert not {after["delta"], after["epsilon"]} & set(before.values())


def test_added_option_is_new_and_the_others_stay(lesson, question):
    before = option_ids(question)

    load(lesson, QUIZ.replace("  - id: second", "      - text: delta\n        reason: No.\n  - id: second"))

    after = option_ids(question)
    assert {text: after[text] for text in before} == before
    assert len(after) == 4


def test_id_of_an_option_survives_any_change_of_its_text(lesson):
    named = QUIZ.replace("text: beta", "text: beta\n        id: b").replace(
        "text: gamma", "text: gamma\n        id: c"
    )
    load(lesson, named)
    question = Question.objects.get(key="first")
    before = option_ids(question)

    load(lesson, named.replace("text: beta", "text: one").replace("text: gamma", "text: two"))

    after = option_ids(question)
    assert (after["one"], after["two"]) == (before["beta"], before["gamma"])


def test_an_option_that_gets_an_id_stays_the_same(lesson, question):
    before = option_ids(question)

    load(lesson, QUIZ.replace("text: beta", "text: beta\n        id: b"))

    assert option_ids(question) == before


def test_wrong_key_is_mended_by_a_new_revision(lesson, question):
    learner = make_learner()
    given = answer(learner, question).answer

    load(
        lesson,
        QUIZ.replace("        correct: true\n", "").replace(
            "text: beta", "text: beta\n        correct: true"
        ),
    )

    given.refresh_from_db()
    assert given.points == 1, "an answer is graded on the wording that was shown"
    question.refresh_from_db()
    assert answer(make_learner(), question, right=True).answer.response["options"] == [
        option_ids(question)["beta"]
    ]


def test_question_that_leaves_is_retired_and_restored_when_it_comes_back(lesson, question):
    first_only = QUIZ[: QUIZ.index("  - id: second")]

    gone = load(lesson, first_only)
    assert gone.retired == ["second"]
    assert [one.key for one in questions_of(lesson.quiz)] == ["first"]
    assert load(lesson, first_only).changes == 0

    back = load(lesson, QUIZ)
    assert back.restored == ["second"]
    assert Question.objects.get(key="second").revision.number == 1


def test_open_attempt_that_only_waited_for_a_retired_question_is_complete(lesson, question):
    answer(make_learner(), question)
    assert Attempt.objects.get().completed_at is None

    load(lesson, QUIZ[: QUIZ.index("  - id: second")])

    attempt = Attempt.objects.get()
    assert (attempt.points, attempt.possible) == (1, 1)


def test_question_moves_to_another_lesson_with_its_history():
    module = make_module()
    one, other = make_lesson(module=module), make_lesson(module=module)
    load(one, QUIZ)
    question = Question.objects.get(key="first")
    given = answer(make_learner(), question).answer

    from quizzes.bodies import build_body
    from quizzes.loader import QuestionContent
    from quizzes.source import read_questions
    from tests.quizzes.builders import as_html

    questions, _problems = read_questions(QUIZ, "other.quiz.yml")
    moved, stays = (QuestionContent(each, build_body(each, as_html)) for each in questions)
    report = load_quizzes(one.track, [QuizContent(one.key, [stays]), QuizContent(other.key, [moved])])

    question.refresh_from_db()
    assert question.quiz.lesson == other
    assert report.updated == ["first"] or report.changes == 2
    assert Answer.objects.get(pk=given.pk).question == question


def test_changed_type_under_one_id_is_refused_before_anything_is_written(lesson, question):
    other = QUIZ.replace("type: short", "type: truefalse").replace(
        "accepted: [router]\n    reason: It routes.", "answer: true\n    reason_true: x\n    reason_false: y"
    )

    with pytest.raises(ContentError) as refused:
        load(lesson, other.replace("Which one?", "Which two?"))

    (problem,) = refused.value.problems
    assert (problem.path, problem.line, problem.code) == ("lesson.quiz.yml", 15, "type-changed")
    question.refresh_from_db()
    assert question.revision.number == 1


def test_same_id_in_another_track_is_another_question(lesson, question):
    report = load(make_lesson(), QUIZ)

    assert report.created == ["first", "second"]
    assert Question.objects.filter(key="first").count() == 2
