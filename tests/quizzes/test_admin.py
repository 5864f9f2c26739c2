"""Questions and attempts in the admin: found by what instructors know, opened fast, edited by nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from quizzes.models import Attempt, Question
from tests.quizzes.builders import (
    answer,
    choice_body,
    make_learner,
    make_lesson,
    make_quiz,
    questions_of,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def attempt():
    quiz = make_quiz(lesson=make_lesson(title="Choosing the Right Model"))
    learner = make_learner("ada")
    for place, question in enumerate(questions_of(quiz)):
        done = answer(learner, question, right=place == 0).answer.attempt
    return done


@pytest.mark.parametrize("search", ["ada", "Choosing", "q1"])
def test_attempts_are_found_by_user_name_lesson_and_question(admin, attempt, search):
    html = text_of(admin.get("/admin/quizzes/attempt/", {"q": search}))

    assert html.count("50%") == 1


def test_attempts_are_filtered_by_lesson(admin, attempt):
    other = make_quiz()
    answer(make_learner("bob"), questions_of(other)[0])

    html = text_of(admin.get("/admin/quizzes/attempt/", {"quiz__lesson__id__exact": attempt.quiz.lesson_id}))

    assert 'class="field-learner"' in html or "field-learner" in html
    assert "bob" not in html


def test_attempt_shows_what_was_chosen_in_words(admin, attempt):
    html = text_of(admin.get(f"/admin/quizzes/attempt/{attempt.pk}/change/"))

    assert "alpha" in html
    assert "two" in html
    assert "Which one?" in html


def test_a_record_is_edited_by_nobody(admin, attempt):
    question = Question.objects.first()
    for url in (f"attempt/{attempt.pk}", f"question/{question.pk}", f"quiz/{question.quiz_id}"):
        assert admin.post(f"/admin/quizzes/{url}/change/", {"points": 2}).status_code == 403
        assert admin.post(f"/admin/quizzes/{url}/delete/", {"post": "yes"}).status_code == 403
    assert admin.get("/admin/quizzes/attempt/add/").status_code == 403


def test_question_shows_its_wordings_with_key_and_reasons(admin, attempt):
    question = Question.objects.get(key="q1")

    html = text_of(admin.get(f"/admin/quizzes/question/{question.pk}/change/"))

    assert "The reason of beta." in html
    assert "Right:" in html


@pytest.mark.parametrize("name", ["attempt", "question", "quiz"])
def test_list_opens_with_as_many_queries_for_many_rows_as_for_one(
    admin, attempt, name, django_assert_max_num_queries
):
    url = f"/admin/quizzes/{name}/"
    admin.get(url)
    with CaptureQueriesContext(connection) as few:
        admin.get(url)
    for number in range(6):
        quiz = make_quiz(choice_body(), choice_body("a", "b"))
        answer(make_learner(f"learner{number}"), questions_of(quiz)[0])

    with django_assert_max_num_queries(len(few)):
        admin.get(url)
    assert Attempt.objects.count() == 7


def test_attempt_opens_with_as_many_queries_for_many_answers(admin, attempt, django_assert_max_num_queries):
    url = f"/admin/quizzes/attempt/{attempt.pk}/change/"
    admin.get(url)
    with CaptureQueriesContext(connection) as few:
        admin.get(url)
    for question in questions_of(attempt.quiz):
        for _ in range(3):
            answer(attempt.learner, question)

    with django_assert_max_num_queries(len(few)):
        admin.get(url)
