"""The dashboard: the same numbers everywhere, of the learner who asks and of nobody else."""

import pytest
from django.utils import timezone

from accounts.models import Learner
from progress.overview import load_overview
from progress.services import mark
from tests.progress.builders import add_questions, answer_some, browser_of, make_course, make_reading
from tests.quizzes.builders import make_learner, questions_of, retire, text_of

pytestmark = pytest.mark.django_db

URL = "/progress/"


def tally_of(learner):
    (course,) = load_overview(learner)
    return course.tally


def test_it_shows_lessons_questions_and_the_best_score():
    module, learner = make_course(2, 2, 0), make_learner()
    first, second, _third = module.lessons.order_by("position")
    answer_some(learner, first, 2, right=1)
    answer_some(learner, second, 1)

    html = text_of(browser_of(learner).get(URL))

    assert "1 of 3 lessons, 33%" in html
    assert "<b>3 of 4</b><span>questions answered, 75%</span>" in html
    assert "1 of 2 answered" in html
    assert ">50%</td>" in html
    assert 'aria-label="1 of 3 lessons done"' in html
    assert "3 answers on 1 day." in html


def test_a_stranger_is_invited_and_no_learner_is_made(client):
    make_course(1)

    response = client.get(URL)

    assert "Nothing is kept here yet" in text_of(response)
    assert not Learner.objects.exists()
    assert not response.cookies


def test_it_shows_nothing_of_anybody_else():
    module, learner, other = make_course(2), make_learner("ada"), make_learner("grace")
    answer_some(other, module.lessons.get(), 2)

    html = text_of(browser_of(learner).get(URL))

    assert "0 of 1 lesson" in html
    assert "No answers yet." in html


def test_only_listed_lessons_and_questions_asked_today_count():
    module, learner = make_course(2, 2), make_learner()
    first, second = module.lessons.order_by("position")
    answer_some(learner, first, 2)
    for changes in ({"draft": True}, {"unlisted": True}, {"retired_at": timezone.now()}):
        hidden = make_reading(module=module, position=9)
        add_questions(hidden, 3)
        type(hidden).objects.filter(pk=hidden.pk).update(**changes)
    retire(questions_of(second.quiz)[0])

    tally = tally_of(learner)

    assert (tally.lessons, tally.done, tally.questions, tally.answered) == (2, 1, 3, 2)
    assert (tally.percent, tally.answered_percent) == (50, 66)


def test_a_hundred_percent_means_all():
    module, learner = make_course(*[0] * 3), make_learner()
    first, second, third = module.lessons.all()

    mark(learner, first, done=True)
    mark(learner, second, done=True)
    assert tally_of(learner).percent == 66

    mark(learner, third, done=True)
    assert tally_of(learner).percent == 100


@pytest.mark.parametrize("counts", [(2,), (2,) * 12])
def test_it_takes_the_same_few_queries_for_any_course(counts, django_assert_max_num_queries):
    module, learner = make_course(*counts), make_learner("ada")
    for lesson in module.lessons.all():
        answer_some(learner, lesson, 2)
    browser = browser_of(learner)

    # session (none where a cache holds it), account, learner; course, days, attempts
    with django_assert_max_num_queries(3 + 3):
        browser.get(URL)


def test_a_module_s_page_and_menu_show_the_same_states(django_assert_max_num_queries):
    module, learner = make_course(2, 0), make_learner("ada")
    answer_some(learner, module.lessons.get(position=1), 2)
    browser = browser_of(learner)

    with django_assert_max_num_queries(5):
        html = text_of(browser.get(f"/learn/{module.menu[0]['path']}/"))
    page = text_of(browser.get(f"/learn/{module.path}/"))

    for each in (html, page):
        assert "1 of 2 lessons, 50%" in each
    assert "Continue with lesson 2" in page
