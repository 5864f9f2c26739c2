"""Questions inside a lesson: forms come, answers swap in place, the result follows the last."""

import pytest
from django.test import Client

from accounts.models import Learner
from quizzes.models import Answer, Attempt
from tests.quizzes.builders import (
    choice_body,
    in_place,
    make_learner,
    make_lesson,
    make_module,
    make_quiz,
    questions_of,
    retire,
    send,
    text_of,
    url_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    return make_quiz()


def test_slot_gives_the_forms_of_one_place_at_once(client, quiz):
    response = client.get(url_of(quiz, slot=["q1", "q2"]), headers=in_place("section#questions-q1"))

    html = text_of(response)
    assert html.count("<form") == 2
    assert "<html" not in html
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert {"HX-Request", "HX-Target", "Cookie"} <= {part.strip() for part in response["Vary"].split(",")}
    assert "csrftoken" in response.cookies
    assert (Learner.objects.count(), Attempt.objects.count()) == (0, 0)


def test_slot_shows_answered_questions_with_their_feedback(client, quiz):
    send(client, quiz, "q1", "alpha")

    html = text_of(client.get(url_of(quiz, slot=["q1", "q2"]), headers=in_place("section#questions-q1")))

    assert html.count("<form") == 1
    assert "Your answer, right" in html
    assert "data-focus" not in html, "a part that comes while reading takes no focus"


def test_slot_of_a_finished_quiz_shows_the_result_where_the_last_question_stands(client, quiz):
    send(client, quiz, "q1", "alpha")
    send(client, quiz, "q2", "one")

    first, last = (
        text_of(client.get(url_of(quiz, slot=key), headers=in_place(f"section#questions-{key}")))
        for key in ("q1", "q2")
    )

    assert "Practice again" not in first
    assert last.count("Practice again") == 1


def test_a_question_is_named_by_its_prompt_which_a_lesson_may_not_show(client):
    quiz = make_quiz(
        choice_body(), choice_body("1", "2", prompt="<p>Read.</p><p>Which one?</p>"), choice_body()
    )
    send(client, quiz, "q3", "alpha")

    html = text_of(
        client.get(url_of(quiz, slot=["q1", "q2", "q3"]), headers=in_place("section#questions-q1"))
    )

    assert '<fieldset aria-labelledby="q-q1-ask">' in html
    assert '<legend id="q-q1-ask">Which one?</legend>' in html
    assert '<fieldset aria-labelledby="q-q2-ask">' in html
    assert '<div class="q__ask" id="q-q2-ask"><p>Read.</p><p>Which one?</p></div>' in html
    assert 'role="group" aria-labelledby="q-q3-no q-q3-ask"' in html


def test_slot_leaves_out_questions_that_left(client, quiz):
    question = questions_of(quiz)[0]
    retire(question)

    html = text_of(
        client.get(url_of(quiz, slot=["q1", "q2", "nonsense"]), headers=in_place("section#questions-q1"))
    )

    assert html.count("<form") == 1
    assert "Question 1 of 1" in html


def test_slot_without_htmx_is_a_whole_page(client, quiz):
    html = text_of(client.get(url_of(quiz, slot=["q2", "q1"])))

    assert "<html" in html
    assert "Question 2 of 2" in html


def test_answer_in_place_swaps_the_question_and_says_so(client, quiz):
    response = send(client, quiz, "q1", "alpha", headers=in_place("form#q-q1"))

    html = text_of(response)
    assert response.status_code == 200
    assert "<html" not in html
    assert 'id="q-q1"' in html
    assert "data-focus" in html
    assert 'hx-swap-oob="innerHTML:#status">Right' in html
    assert response["HX-Trigger"] == '{"answered": {"target": "body"}}'
    assert "Next question" not in html, "in a lesson the next question stands below"


def test_answer_in_place_on_the_quiz_page_leads_on(client, quiz):
    headers = {**in_place("form#q-q1"), "HX-Current-URL": f"http://testserver{url_of(quiz)}"}

    assert "Next question" in text_of(send(client, quiz, "q1", "alpha", headers=headers))


def test_a_question_is_tried_again_in_place(client, quiz):
    send(client, quiz, "q1", "beta")

    html = text_of(client.get(url_of(quiz, q="q1", retry=1), headers=in_place("div#q-q1")))
    assert html.count("<form") == 1
    send(client, quiz, "q1", "alpha", page=html)

    assert [one.try_number for one in Answer.objects.order_by("pk")] == [1, 2]


def test_forged_htmx_headers_change_nothing_but_the_rendering(client, quiz):
    response = client.get(url_of(quiz, q="q1"), headers=in_place("body#anything"))

    assert "<html" in text_of(response)


def test_guest_is_invited_once_after_the_first_finished_quiz():
    client, module = Client(), make_module()
    first, second = (
        make_quiz(choice_body(), lesson=make_lesson(module=module, position=n), prefix=f"l{n}-q")
        for n in range(2)
    )

    done = send(client, first, "l0-q1", "alpha", headers=in_place("form#q-l0-q1"))
    assert "Keep this with an account" in text_of(done)
    assert 'method="dialog"' in text_of(done), "it closes without script"
    assert second.lesson.title in text_of(done), "the next lesson is offered"

    done = send(client, second, "l1-q1", "alpha", headers=in_place("form#q-l1-q1"))
    assert "Keep this with an account" not in text_of(done)


def test_account_is_not_invited(client):
    quiz = make_quiz(choice_body())
    client.force_login(make_learner("ada").user)

    done = send(client, quiz, "q1", "alpha", headers=in_place("form#q-q1"))

    assert "All questions answered" in text_of(done)
    assert "Keep this with an account" not in text_of(done)
