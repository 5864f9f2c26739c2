"""Where somebody reads is kept for those the site knows, once a section, and for nobody else."""

import pytest
from django.test import Client

from accounts.models import Learner
from progress.models import LessonProgress
from tests.progress.builders import ANCHORS, browser_of, make_reading, progress_of
from tests.quizzes.builders import make_learner

pytestmark = pytest.mark.django_db

URL = "/progress/position/"


def tell(browser, lesson, section):
    return browser.post(URL, {"lesson": lesson.path, "section": section})


def test_the_section_last_told_is_kept():
    lesson, learner = make_reading(), make_learner()
    browser = browser_of(learner)

    assert [tell(browser, lesson, anchor).status_code for anchor in ANCHORS[:2]] == [204, 204]
    assert progress_of(learner, lesson).section == ANCHORS[1]


def test_telling_the_same_section_again_changes_nothing():
    lesson, learner = make_reading(), make_learner()
    browser = browser_of(learner)

    tell(browser, lesson, ANCHORS[0])
    first = progress_of(learner, lesson).read_at
    tell(browser, lesson, ANCHORS[0])

    assert progress_of(learner, lesson).read_at == first


def test_a_stranger_s_position_makes_no_learner(client):
    lesson = make_reading()

    response = tell(client, lesson, ANCHORS[0])

    assert response.status_code == 204
    assert not Learner.objects.exists()
    assert client.get(URL).status_code == 204
    assert not client.cookies


def test_an_account_without_marks_gets_its_learner_by_reading(django_user_model):
    lesson, user = make_reading(), django_user_model.objects.create_user("ada")

    tell(browser_of(Learner(user=user)), lesson, ANCHORS[0])

    assert progress_of(Learner.objects.get(user=user), lesson).section == ANCHORS[0]


def test_it_takes_the_token_that_asking_gives():
    lesson, learner = make_reading(), make_learner()
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = browser_of(learner).cookies
    data = {"lesson": lesson.path, "section": ANCHORS[0]}

    assert browser.post(URL, data).status_code == 403
    token = browser.get(URL).json()["token"]
    assert browser.post(URL, data, headers={"X-CSRFToken": token}).status_code == 204


def test_headings_that_the_lesson_has_not_and_lessons_that_are_not_are_refused():
    lesson, draft = make_reading(), make_reading(draft=True)
    browser = browser_of(make_learner())

    assert tell(browser, lesson, "nowhere").status_code == 400
    assert tell(browser, lesson, "\0").status_code == 400
    assert tell(browser, lesson, "").status_code == 400
    assert tell(browser, draft, ANCHORS[0]).status_code == 404
    assert browser.post(URL, {"lesson": "no/such\0", "section": "x"}).status_code == 404
    assert browser.post(URL).status_code == 404
    assert not LessonProgress.objects.exists()


def test_a_lesson_without_headings_is_read_when_its_end_was_reached():
    lesson, learner = make_reading(rule="view"), make_learner()
    lesson.sections.exclude(anchor="").delete()

    tell(browser_of(learner), lesson, "")

    assert progress_of(learner, lesson).completed_at is not None
