"""The first page: one for all who are new, and the way back in for everybody else."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Learner
from lessons.models import Generation
from progress.models import LessonProgress
from progress.services import mark, record_position
from tests.progress.builders import ANCHORS, answer_some, browser_of, make_course, make_reading
from tests.quizzes.builders import make_learner, text_of

pytestmark = pytest.mark.django_db


def main_of(client):
    html = text_of(client.get("/"))
    return re.search(r"<main.*?</main>", html, re.DOTALL)[0]


def test_a_stranger_sees_the_course_and_where_to_begin(client):
    module = make_course(3, 2)

    html = main_of(client)

    assert f'<a class="btn" href="/learn/{module.menu[0]["path"]}/">Start lesson 1</a>' in html
    assert html.count('class="no- num"') == 2
    assert module.title in html


def test_a_stranger_s_page_sets_nothing_and_may_be_shared(client):
    make_course(1)

    response = client.get("/")

    assert not response.cookies
    assert response["Cache-Control"].startswith("public, max-age=60")
    assert "csrf" not in text_of(response)
    again = client.get("/", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_stranger_s_page_takes_one_query_once_it_is_made(client, settings, django_assert_num_queries):
    settings.DEBUG = False
    Generation.objects.create(pk=1, number=1)
    make_course(1)
    client.get("/")

    with django_assert_num_queries(1):
        client.get("/")


def test_a_site_without_content_says_how_to_load_some(client):
    assert "manage.py loadlessons" in main_of(client)
    assert "manage.py loadlessons" in main_of(browser_of(make_learner()))


def test_a_cookie_of_nobody_gets_the_strangers_page_for_itself(client, settings):
    make_course(1)
    client.cookies[settings.LEARNER_COOKIE_NAME] = "forged"

    response = client.get("/")

    assert "Start lesson 1" in text_of(response)
    assert response["Cache-Control"] == "private, no-cache"


def test_a_learner_is_led_back_to_the_heading_they_stopped_at():
    lesson, learner = make_reading(number=7), make_learner()
    record_position(learner, lesson, ANCHORS[1])

    html = main_of(browser_of(learner))

    assert f'href="/learn/{lesson.path}/#{ANCHORS[1]}">Continue reading</a>' in html
    assert "7.2 Second" in html
    assert "About second." in html
    assert "1 section left" in html
    assert "You were here today" in html


def test_after_a_finished_lesson_comes_the_next_one():
    module, learner = make_course(0, 0, 0), make_learner()
    first, second, _third = module.lessons.order_by("position")
    mark(learner, second, done=True)
    LessonProgress.objects.filter(lesson=second).update(read_at=timezone.now())

    html = main_of(browser_of(learner))

    assert "Start reading" in html
    assert f'href="/learn/{module.menu[2]["path"]}/"' in html
    assert first.title in html


def test_when_all_is_done_it_says_so():
    module, learner = make_course(0), make_learner()
    mark(learner, module.lessons.get(), done=True)

    assert "All lessons done" in main_of(browser_of(learner))


def test_formulas_are_no_part_of_the_first_words():
    lesson, learner = make_reading(), make_learner()
    lesson.sections.filter(anchor=ANCHORS[0]).update(text=r"Its size is a product: \text{bytes} = 8. More.")
    record_position(learner, lesson, ANCHORS[0])

    html = main_of(browser_of(learner))

    assert "Its size is a product: …" in html
    assert "text{bytes}" not in html


def test_the_week_is_counted_in_the_learner_s_own_days(monkeypatch):
    # In Auckland, 13 hours ahead of UTC in March, these two answers lie on either side of midnight.
    now = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    lesson, learner = make_reading(rule="quiz", questions=2), make_learner(timezone="Pacific/Auckland")
    answer_some(learner, lesson, 2)
    first, second = learner.attempts.get().answers.order_by("pk")
    type(first).objects.filter(pk=first.pk).update(answered_at=now - timedelta(hours=13))
    type(second).objects.filter(pk=second.pk).update(answered_at=now - timedelta(hours=12))

    html = main_of(browser_of(learner))

    assert 'aria-label="Answers by day: Tuesday 1, Wednesday 1"' in html
    assert "2 answers on 2 days." in html


@pytest.mark.parametrize("counts", [(2,), (2,) * 12])
def test_a_learner_s_page_takes_the_same_few_queries_for_any_course(counts, django_assert_max_num_queries):
    module, learner = make_course(*counts), make_learner()
    answer_some(learner, module.lessons.first(), 1)
    browser = browser_of(learner)

    with django_assert_max_num_queries(4):  # the learner, the course, the section, the week
        browser.get("/")


def test_an_account_that_left_no_mark_is_told_where_to_begin(django_user_model):
    make_course(1)
    client = browser_of(Learner(user=django_user_model.objects.create_user("ada")))

    assert "Start reading" in main_of(client)
    assert not Learner.objects.exists()
    assert "Start reading" not in main_of(Client())
