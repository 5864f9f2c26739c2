"""Whose form it is, and whose rows: nothing is stored for somebody else, nothing of others is shown."""

import re
import uuid
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from accounts.models import Learner
from quizzes.models import Answer, Attempt
from quizzes.tokens import MAX_AGE_SECONDS
from tests.quizzes.builders import (
    answer,
    in_place,
    make_learner,
    make_quiz,
    options_in,
    questions_of,
    send,
    text_of,
    token_in,
    url_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    return make_quiz()


def test_form_of_an_ended_session_is_refused_and_comes_back_filled_in(client, quiz):
    learner = make_learner("ada")
    client.force_login(learner.user)
    html = text_of(client.get(url_of(quiz, q="q1")))
    value = options_in(html)["beta"]
    client.logout()

    response = client.post(
        url_of(quiz, q="q1"), {"token": token_in(html), "answer": value}, headers=in_place("form#q-q1")
    )

    back = text_of(response)
    assert response.status_code == 409
    assert options_in(back) == options_in(html), "in the same order"
    assert f'value="{value}" checked' in back
    assert (Answer.objects.count(), Learner.objects.count()) == (0, 1)

    next_url = re.search(r'href="(/accounts/login/\?next=[^"]+)"', back)[1].replace("&amp;", "&")
    client.force_login(learner.user)
    again = text_of(client.get(parse_qs(urlsplit(next_url).query)["next"][0]))
    assert f'value="{value}" checked' in again
    send(client, quiz, "q1", value, page=again)
    assert Answer.objects.get().attempt.learner == learner


def test_form_of_another_account_is_refused(client, quiz):
    ada, bob = make_learner("ada"), make_learner("bob")
    client.force_login(ada.user)
    html = text_of(client.get(url_of(quiz, q="q1")))
    client.force_login(bob.user)

    response = send(client, quiz, "q1", "alpha", page=html)

    assert response.status_code == 409
    assert Answer.objects.count() == 0


def test_strangers_form_is_taken_from_the_guest_that_came_of_it(client, quiz):
    one, two = (text_of(client.get(url_of(quiz, q=key))) for key in ("q1", "q2"))

    send(client, quiz, "q1", "alpha", page=one)
    send(client, quiz, "q2", "one", page=two)

    assert Attempt.objects.get().answers.count() == 2
    assert Learner.objects.count() == 1


def test_strangers_form_sent_twice_at_once_leads_both_to_one_guest(quiz):
    """The second request left before the first answer brought the cookie."""
    one, two = Client(), Client()
    html = text_of(one.get(url_of(quiz, q="q1")))

    send(one, quiz, "q1", "alpha", page=html)
    response = send(two, quiz, "q1", "alpha", page=html)

    assert response.status_code == 302
    assert one.cookies["learner"].value.split(":")[0] == two.cookies["learner"].value.split(":")[0]
    assert (Learner.objects.count(), Answer.objects.count()) == (1, 1)


def test_strangers_form_sent_again_much_later_opens_nobodys_rows(quiz):
    one, two = Client(), Client()
    html = text_of(one.get(url_of(quiz, q="q1")))
    send(one, quiz, "q1", "alpha", page=html)
    Answer.objects.update(answered_at=timezone.now() - timezone.timedelta(hours=1))

    response = send(two, quiz, "q1", "alpha", page=html)

    assert response.status_code == 409
    assert "learner" not in two.cookies
    assert Learner.objects.count() == 1


def test_stale_form_is_refused_with_a_fresh_one(client, quiz, monkeypatch):
    html = text_of(client.get(url_of(quiz, q="q1")))
    now = timezone.now().timestamp()
    monkeypatch.setattr(signing.time, "time", lambda: now + MAX_AGE_SECONDS + 60)

    response = send(client, quiz, "q1", "alpha", page=html)

    assert response.status_code == 409
    assert "more than two days" in text_of(response)
    assert "checked" in text_of(response)
    assert send(client, quiz, "q1", "alpha", page=text_of(response)).status_code == 302


def test_forms_need_their_token():
    client, quiz = Client(enforce_csrf_checks=True), make_quiz()
    html = text_of(client.get(url_of(quiz, q="q1")))

    assert client.post(url_of(quiz), {"token": token_in(html), "answer": "0"}).status_code == 403


def test_only_the_learner_who_made_an_attempt_can_open_it(client, quiz):
    learner, classmate = make_learner("ada"), make_learner("bob")
    url = answer(learner, questions_of(quiz)[0]).answer.attempt.get_absolute_url()

    client.force_login(learner.user)
    assert client.get(url).status_code == 200

    client.force_login(classmate.user)
    assert client.get(url).status_code == 404
    client.logout()
    assert client.get(url).status_code == 404
    assert client.get(f"/quizzes/attempts/{uuid.uuid4()}/").status_code == 404


def test_history_lists_own_attempts_only(client, quiz):
    learner, classmate = make_learner("ada"), make_learner("bob")
    mine = answer(learner, questions_of(quiz)[0]).answer.attempt
    other = answer(classmate, questions_of(quiz)[0]).answer.attempt

    client.force_login(learner.user)
    html = text_of(client.get("/quizzes/history/"))

    assert str(mine.public_id) in html
    assert str(other.public_id) not in html
    client.logout()
    assert "not answered a question yet" in text_of(client.get("/quizzes/history/?page=x"))


def test_result_shows_first_answers_with_reasons(client, quiz):
    learner = make_learner("ada")
    for place, question in enumerate(questions_of(quiz)):
        attempt = answer(learner, question, right=place == 0).answer.attempt
    client.force_login(learner.user)

    html = text_of(client.get(attempt.get_absolute_url()))

    assert "1 of 2 points, 50%" in html
    assert "Worth another look" in html
    assert "Your answer, not right" in html
    assert "Your best in this lesson: 50%" in html


def test_times_are_shown_in_the_learners_own_zone(client, quiz):
    learner = make_learner("ada", timezone="Asia/Tokyo")
    attempt = answer(learner, questions_of(quiz)[0]).answer.attempt
    Attempt.objects.filter(pk=attempt.pk).update(started_at=datetime(2026, 11, 24, 20, 30, tzinfo=UTC))
    client.force_login(learner.user)

    assert "25 Nov 2026, 05:30" in client.get("/quizzes/history/").content.decode()
