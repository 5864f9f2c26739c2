"""Taking a quiz with plain pages: everything works without script."""

import re

import pytest

from accounts.models import Learner
from quizzes.models import Answer, Attempt
from tests.quizzes.builders import (
    choice_body,
    form_in,
    make_lesson,
    make_quiz,
    multi_body,
    numeric_body,
    options_in,
    send,
    short_body,
    text_of,
    token_in,
    truefalse_body,
    url_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    return make_quiz()


def test_a_quiz_is_taken_with_plain_pages(client, quiz):
    first = client.get(url_of(quiz))
    assert "Question 1 of 2" in text_of(first)
    assert first.context["personal"] is False

    answered = send(client, quiz, "q1", "beta", page=text_of(first))
    assert answered.status_code == 302
    feedback = text_of(client.get(answered["Location"]))
    assert "Your answer, not right" in feedback
    assert "The reason of beta." in feedback
    assert "Next question" in feedback

    second = client.get(url_of(quiz))
    assert "Question 2 of 2" in text_of(second)
    last = client.get(send(client, quiz, "q2", "one", page=text_of(second))["Location"])

    assert "1 of 2 points, 50%" in text_of(last)
    assert "Practice again" in text_of(last)
    assert Attempt.objects.get().percent == 50


def test_no_score_is_shown_before_the_last_answer(client, quiz):
    page = text_of(client.get(send(client, quiz, "q1", "alpha")["Location"]))

    assert "%" not in re.sub(r"<[^>]*>", "", page)
    attempt = text_of(client.get(Attempt.objects.get().get_absolute_url()))
    assert "%" not in re.sub(r"<[^>]*>", "", attempt)


def test_a_finished_quiz_leads_to_its_result_and_on_to_another_go(client, quiz):
    for key, value in (("q1", "alpha"), ("q2", "one")):
        send(client, quiz, key, value)
    done = Attempt.objects.get()

    assert client.get(url_of(quiz))["Location"] == done.get_absolute_url()
    again = text_of(client.get(url_of(quiz, again=1)))
    assert form_in(again).after == done.public_id
    send(client, quiz, "q1", "beta", page=again)

    assert Attempt.objects.count() == 2
    assert "Question 2 of 2" in text_of(client.get(url_of(quiz)))


def test_reloading_and_sending_twice_stores_once(client, quiz):
    html = text_of(client.get(url_of(quiz, q="q1")))
    data = {"token": token_in(html), "answer": "0"}

    one, two = (client.post(url_of(quiz, q="q1"), data) for _ in range(2))

    assert (one.status_code, two.status_code) == (302, 302)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "value", "right"),
    [
        (numeric_body("46.7", tolerance="1", percent=True, unit="billion"), "46,7 billion", True),
        (numeric_body("46.7"), "47", False),
        (short_body("router"), " Router ", True),
        (truefalse_body(False), "false", True),
        (truefalse_body(False), "true", False),
    ],
)
def test_every_type_is_answered(client, body, value, right):
    quiz = make_quiz(body)

    send(client, quiz, "q1", value)

    assert Answer.objects.get().is_right is right


def test_several_options_are_sent_together(client):
    quiz = make_quiz(multi_body(right=2, wrong=2))
    html = text_of(client.get(url_of(quiz)))
    places = options_in(html)

    client.post(url_of(quiz), {"token": token_in(html), "answer": [places["right 0"], places["right 1"]]})

    assert Answer.objects.get().points == 1


def test_numeric_form_shows_unit_and_tolerance(client):
    quiz = make_quiz(numeric_body("46.7", tolerance="1", percent=True, unit="billion"))

    html = text_of(client.get(url_of(quiz)))

    assert "Your answer in billion" in html
    assert "within 1%" in html


def test_a_prompt_with_a_table_is_no_legend(client):
    quiz = make_quiz(choice_body(prompt="<p>Look:</p><table><tr><td>1</td></tr></table>"))

    html = text_of(client.get(url_of(quiz)))

    assert "<legend>" not in html
    assert 'aria-labelledby="q-q1-ask"' in html


@pytest.mark.parametrize(
    ("body", "value", "message"),
    [
        (choice_body(), "", "Choose an answer."),
        (multi_body(), "", "Choose at least one answer."),
        (truefalse_body(), "", "Choose true or false."),
        (numeric_body(), "", "Write a number."),
        (numeric_body(), "many", "Write a number, such as"),
        (numeric_body(unit="GiB"), "46.7 GB", "Write the number in GiB."),
        (numeric_body(), "46.7 GB", "without a unit"),
        (short_body(), "  ", "Write an answer."),
        (short_body(), "x" * 201, "At most 200 characters"),
    ],
)
def test_an_unclear_answer_is_said_in_place_and_not_stored(client, body, value, message):
    quiz = make_quiz(body)
    html = text_of(client.get(url_of(quiz)))
    data = {"token": token_in(html), **({"answer": value} if value else {})}

    response = client.post(url_of(quiz), data)

    assert response.status_code == 200
    assert message in text_of(response)
    assert "aria-describedby" in text_of(response)
    assert (Answer.objects.count(), Learner.objects.count()) == (0, 0)


def test_the_last_feedback_leads_where_the_lesson_does(client):
    chosen = make_lesson(path="learn-more/choice", key="chosen", title="The chosen one")
    lesson = make_lesson(module=chosen.module, front_matter={"pagination_next": "chosen"})
    quiz = make_quiz(choice_body("right", "wrong"), lesson=lesson)

    last = text_of(client.get(send(client, quiz, "q1", "right")["Location"]))

    assert "Next: The chosen one" in last
    assert 'href="/learn/learn-more/choice/"' in last
