"""What cannot be opened, nonsense, and questions that changed while a form lay open."""

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.models import Learner
from lessons.models import Page
from quizzes.content import body_as_json, body_hash
from quizzes.models import Answer, Question, QuestionRevision
from quizzes.tokens import new_token
from tests.quizzes.builders import (
    choice_body,
    in_place,
    make_lesson,
    make_quiz,
    questions_of,
    retire,
    send,
    short_body,
    text_of,
    token_in,
    url_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    return make_quiz()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("fields", "status"), [({"draft": True}, 404), ({"retired_at": timezone.now()}, 410), ({}, None)]
)
def test_drafts_and_retired_lessons_are_refused_alike(client, fields, status, method):
    quiz = make_quiz(lesson=make_lesson(**fields))
    token = new_token(Learner(), questions_of(quiz)[0].revision.pk).sign()

    for headers in ({}, in_place("section#questions-q1"), in_place("form#q-q1")):
        data = {"token": token, "answer": "0"} if method == "post" else {"slot": "q1"}
        response = getattr(client, method)(url_of(quiz), data, headers=headers)
        assert response.status_code == (status or response.status_code)
        assert response.status_code < 500


def test_old_path_redirects_and_takes_answers(client, quiz):
    Page.objects.create(path="old/path", lesson=quiz.lesson, is_current=False)
    html = text_of(client.get(url_of(quiz, q="q1")))

    response = client.get("/quizzes/old/path/?q=q1")
    assert (response.status_code, response["Location"]) == (301, url_of(quiz, q="q1"))

    client.post("/quizzes/old/path/?q=q1", {"token": token_in(html), "answer": "0"})
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    "query",
    [
        "q=none",
        "q=",
        "q=%00",
        "slot=%00",
        "seed=-1&q=q1",
        "seed=x&q=q1",
        "seed=99999999999999999999&q=q1",
        "answer=%00&seed=1&q=q1",
        "retry=x&q=q1",
        "again=x",
        "q=q1&q=q2",
        "page=x",
        "slot=" + "&slot=".join("x" * 99),
    ],
)
def test_any_query_gives_a_page_or_404(client, quiz, query):
    for headers in ({}, in_place("section#questions-x"), in_place("form#q-q1")):
        assert client.get(f"{url_of(quiz)}?{query}", headers=headers).status_code in (200, 404)


@pytest.mark.parametrize(
    "values", [["4"], ["-1"], ["x"], ["0", "1"], ["0", "0"], ["٣"], ["9" * 99], ["0"] * 99]
)
def test_values_that_no_form_sends_are_refused(client, quiz, values):
    html = text_of(client.get(url_of(quiz, q="q1")))

    assert client.post(url_of(quiz), {"token": token_in(html), "answer": values}).status_code == 400
    assert Answer.objects.count() == 0


def test_a_nul_character_is_refused(client):
    quiz = make_quiz(short_body())
    html = text_of(client.get(url_of(quiz)))

    assert client.post(url_of(quiz), {"token": token_in(html), "answer": "a\0b"}).status_code == 400


FOREIGN = signing.dumps(["x"], salt="other")


@pytest.mark.parametrize("token", ["", "x", "a:b:c", FOREIGN], ids=["empty", "word", "form", "foreign"])
def test_a_token_that_is_not_ours_is_refused(client, quiz, token):
    assert client.post(url_of(quiz), {"token": token, "answer": "0"}).status_code == 400


def test_a_form_sent_to_another_quiz_counts_for_its_own_question(client, quiz):
    """The signed token names the question; the address only says where the answer was sent to."""
    html = text_of(client.get(url_of(quiz, q="q1")))
    other = make_quiz(prefix="other")

    assert send(client, other, "q1", "alpha", page=html).status_code == 302
    assert Answer.objects.get().attempt.quiz == quiz


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
def test_other_methods_are_refused(client, quiz, method):
    assert getattr(client, method)(url_of(quiz)).status_code == 405


def test_json_body_is_refused(client, quiz):
    response = client.post(url_of(quiz), '{"answer": 0}', content_type="application/json")

    assert response.status_code == 400


def test_many_answers_in_a_minute_are_refused_in_place(client, quiz, monkeypatch):
    monkeypatch.setattr("quizzes.limits.PER_LEARNER", 2)
    for _ in range(3):
        send(client, quiz, "q1", "alpha", page=text_of(client.get(url_of(quiz, q="q1", retry=1))))
    page = text_of(client.get(url_of(quiz, q="q1", retry=1)))

    response = send(client, quiz, "q1", "alpha", page=page, headers=in_place("form#q-q1"))

    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "<form" in text_of(response)
    assert "checked" in text_of(response)


def test_form_of_an_older_wording_is_graded_on_it(client, quiz):
    html = text_of(client.get(url_of(quiz, q="q1")))
    question = questions_of(quiz)[0]
    body = body_as_json(choice_body("new one", "new other", right=1))
    question.revision = QuestionRevision.objects.create(
        question=question, number=2, body=body, body_hash=body_hash(body)
    )
    question.save()

    response = send(client, quiz, "q1", "alpha", page=html)

    assert Answer.objects.get().is_right
    assert "alpha" in text_of(client.get(response["Location"]))


def test_answer_to_a_question_that_was_retired_meanwhile_is_kept(client, quiz):
    html = text_of(client.get(url_of(quiz, q="q1")))
    question = questions_of(quiz)[0]
    retire(question)

    response = send(client, quiz, "q1", "alpha", page=html, headers=in_place("form#q-q1"))

    assert response.status_code == 200
    assert "A question that left the lesson" in text_of(response)


def test_answer_to_a_question_that_moved_to_another_lesson_meanwhile_is_kept(client, quiz):
    html = text_of(client.get(url_of(quiz, q="q1")))
    other = make_quiz()
    Question.objects.filter(key="q1").update(quiz=other)

    response = send(client, quiz, "q1", "alpha", page=html)

    assert response.status_code == 302
    assert Answer.objects.get().attempt.quiz == other
    assert "alpha" in text_of(client.get(response["Location"]))


def test_strangers_are_counted_by_address(quiz, monkeypatch):
    monkeypatch.setattr("quizzes.limits.PER_ADDRESS", 1)
    pages = [text_of(Client().get(url_of(quiz, q="q1"))) for _ in range(2)]

    here = [send(Client(REMOTE_ADDR="10.0.0.1"), quiz, "q1", "alpha", page=page) for page in pages]
    elsewhere = send(Client(REMOTE_ADDR="10.0.0.2"), quiz, "q1", "beta")

    assert [response.status_code for response in here] == [302, 429]
    assert elsewhere.status_code == 302
