"""The box at the end of a lesson: a page without scripts, a part of the lesson with them."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.instructors import appoint
from accounts.models import Learner, User
from progress.models import LessonProgress
from tests.progress.builders import IN_PLACE, answer_some, box_url, browser_of, make_reading, mark, state
from tests.quizzes.builders import make_learner, make_question, questions_of, text_of

pytestmark = pytest.mark.django_db


def test_opening_it_makes_no_learner_and_is_kept_by_no_cache(client):
    lesson = make_reading(rule="quiz", questions=2)

    response = client.get(box_url(lesson))

    assert "Answer the 2 questions." in text_of(response)
    assert response["Cache-Control"] == "private, no-store"
    assert not Learner.objects.exists()


def test_marking_a_lesson_makes_a_guest_of_a_stranger(client, settings):
    lesson = make_reading(rule="manual")

    response = mark(client, lesson)

    assert response.status_code == 302
    assert response["Location"] == box_url(lesson)
    assert settings.LEARNER_COOKIE_NAME in response.cookies
    assert state(Learner.objects.get(), lesson).done
    assert "You marked this lesson as done" in text_of(client.get(box_url(lesson)))


def test_marking_in_place_answers_with_the_box_and_what_it_changes_beside_the_text():
    lesson = make_reading(rule="manual")
    learner = make_learner()

    response = mark(browser_of(learner), lesson, owner=learner, headers=IN_PLACE)

    html = text_of(response)
    assert response.status_code == 200
    assert "<html" not in html
    assert "Mark as not done" in html
    assert "1 of 1 lesson, 100%" in html
    assert ">Marked as done.</span>" in html


def test_unmarking_takes_it_back():
    lesson, learner = make_reading(rule="manual"), make_learner()
    browser = browser_of(learner)
    mark(browser, lesson, owner=learner)

    mark(browser, lesson, done=False, owner=learner)

    assert not state(learner, lesson).done


def test_a_form_of_somebody_else_is_refused_and_stores_nothing():
    lesson, learner, other = make_reading(rule="manual"), make_learner(), make_learner("ada")

    response = mark(browser_of(learner), lesson, owner=other)

    assert response.status_code == 409
    assert "this was not stored" in text_of(response)
    assert not LessonProgress.objects.exists()


def test_a_form_sent_after_the_session_ended_makes_no_guest(client):
    lesson, learner = make_reading(rule="manual"), make_learner("ada")

    response = mark(client, lesson, owner=learner)

    assert response.status_code == 409
    assert Learner.objects.get() == learner
    assert f'href="/accounts/login/?next=/learn/{lesson.path}/"' in text_of(response)


def test_it_leads_to_the_questions_that_are_left():
    lesson, learner = make_reading(rule="quiz", questions=3), make_learner()
    answer_some(learner, lesson, 1)

    html = text_of(browser_of(learner).get(box_url(lesson)))

    keys = [question.key for question in questions_of(lesson.quiz)]
    assert "2 more answers complete this lesson" in html
    assert f"?q={keys[0]}" not in html
    assert f'href="/quizzes/{lesson.path}/?q={keys[1]}"' in html
    assert f'href="/quizzes/{lesson.path}/?q={keys[2]}"' in html


def test_a_finished_quiz_shows_its_best_score():
    lesson, learner = make_reading(rule="quiz", questions=3), make_learner()
    answer_some(learner, lesson, 3, right=2)

    html = text_of(browser_of(learner).get(box_url(lesson)))

    assert "This lesson is done" in html
    assert "3 of 3 questions answered, best score 66%" in html


def test_it_leads_to_questions_that_came_after_the_lesson_was_done():
    lesson, learner = make_reading(rule="quiz", questions=1), make_learner()
    answer_some(learner, lesson, 1)
    new = make_question(lesson.quiz, position=5)

    html = text_of(browser_of(learner).get(box_url(lesson)))

    assert "Done. There is 1 new question" in html
    assert f"?q={new.key}" in html


@pytest.mark.parametrize("bad", ["", "yes", "2"])
def test_a_mark_that_no_form_sends_is_a_bad_request(client, bad):
    lesson = make_reading(rule="manual")

    assert client.post(box_url(lesson), {"done": bad}).status_code == 400
    assert not Learner.objects.exists()


def test_a_mark_needs_its_token():
    lesson = make_reading(rule="manual")

    assert mark(Client(enforce_csrf_checks=True), lesson).status_code == 403


def test_strangers_cannot_be_made_guests_without_end(monkeypatch):
    lesson = make_reading(rule="manual")
    monkeypatch.setattr("quizzes.limits.PER_ADDRESS", 1)

    answers = [mark(Client(), lesson) for _visitor in range(2)]

    assert [answer.status_code for answer in answers] == [302, 429]
    assert answers[1]["Retry-After"] == "60"
    assert "too often within one minute" in text_of(answers[1])
    assert Learner.objects.count() == 1


def test_drafts_and_retired_lessons_are_not_found_except_drafts_by_instructors():
    draft, retired = make_reading(draft=True), make_reading(retired_at=timezone.now())
    learner = browser_of(make_learner("ada"))
    teacher = User.objects.create_user("grace")
    appoint(teacher)
    instructor = browser_of(make_learner("grace"))

    assert [learner.get(box_url(lesson)).status_code for lesson in (draft, retired)] == [404, 404]
    assert [instructor.get(box_url(lesson)).status_code for lesson in (draft, retired)] == [200, 404]
    assert mark(learner, draft, owner=Learner.objects.get(user__username="ada")).status_code == 404


def test_an_old_address_leads_to_the_new_one(client):
    lesson = make_reading()
    old = lesson.path
    lesson.pages.update(is_current=False)
    lesson.path = f"{lesson.module.path}/renamed"
    lesson.save()
    lesson.pages.create(path=lesson.path)

    response = client.get(f"/progress/lessons/{old}/")

    assert response.status_code == 301
    assert response["Location"] == box_url(lesson)


def test_opening_it_takes_few_queries(django_assert_max_num_queries):
    lesson, learner = make_reading(rule="quiz", questions=20), make_learner()
    answer_some(learner, lesson, 3)
    browser = browser_of(learner)

    with django_assert_max_num_queries(5):
        browser.get(box_url(lesson), headers=IN_PLACE)
