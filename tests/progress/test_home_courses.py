"""Several courses on the first page: each is named, none is mixed with another, and the page stays short."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import Track
from progress.models import LessonProgress
from progress.overview import load_overview
from progress.services import mark
from progress.shelves import MAX_COURSES, MAX_LESSONS, MAX_MODULES
from tests.progress.builders import browser_of, fill_menu, make_course
from tests.quizzes.builders import make_learner, make_lesson, make_module, text_of

pytestmark = pytest.mark.django_db


def found(pattern: str, html: str) -> str:
    match = re.search(pattern, html, re.DOTALL)
    assert match is not None
    return match[0]


def make_track(slug: str, *lessons: int, position: float = 0) -> Track:
    """A course with a module for each number of lessons."""
    track = Track.objects.create(slug=slug, title=f"Course {slug}", position=position)
    for place, count in enumerate(lessons):
        module = make_module(track=track, position=place, title=f"{slug} part {place}")
        for number in range(1, count + 1):
            make_lesson(module=module, position=number, number=number, title=f"{slug} {place} {number}")
        fill_menu(module)
    return track


def main_of(client: Client) -> str:
    html = text_of(client.get("/"))
    return found(r"<main.*?</main>", html)


def links_of(html: str) -> list[str]:
    """The words of all links, in order."""
    return [
        " ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in re.findall(r"<a .*?</a>", html, re.DOTALL)
    ]


def test_a_stranger_sees_each_course_by_name_with_its_own_modules(client):
    make_track("alpha", 2, 1)
    make_track("beta", 1, 3)

    links = links_of(main_of(client))

    start = links.index("Course alpha")
    assert links[start : start + 6] == [
        *("Course alpha", "alpha part 0 2 lessons", "alpha part 1 1 lesson"),
        *("Course beta", "beta part 0 1 lesson", "beta part 1 3 lessons"),
    ]


def test_a_stranger_s_page_stays_short_however_much_is_loaded(client, django_assert_max_num_queries):
    make_track("long", *[1] * (MAX_MODULES + 3))
    make_track("deep", MAX_LESSONS + 5, position=1)
    for number in range(MAX_COURSES):
        make_track(f"more-{number}", 1, position=2)

    with django_assert_max_num_queries(8):  # five, and three of the figure, which is drawn anew here
        html = main_of(client)

    assert html.count("<li>") <= MAX_COURSES * max(MAX_MODULES, MAX_LESSONS)
    assert f"All {MAX_MODULES + 3} modules of this course" in html
    assert f"All {MAX_LESSONS + 5} lessons of this module" in html
    assert f"deep 0 {MAX_LESSONS}<" in html
    assert f"deep 0 {MAX_LESSONS + 1}<" not in html
    assert f"Course more-{MAX_COURSES - 1}" not in html
    assert '<a href="/learn/">All courses</a>' in html


def test_courses_of_one_position_are_not_mixed():
    for slug in ("beta", "alpha"):
        make_track(slug, 1, 1)

    courses = load_overview(make_learner())

    assert [course.slug for course in courses] == ["alpha", "beta"]
    assert [len(course.modules) for course in courses] == [2, 2]


def test_a_course_without_a_lesson_to_read_is_not_shown(client):
    make_course(0)
    Track.objects.create(slug="bare", title="Bare course")
    retired = make_track("gone", 1)
    retired.modules.first().lessons.update(draft=True)

    html = main_of(client)

    assert "Bare course" not in html
    assert "Course gone" not in html


def test_a_learner_sees_the_module_they_are_in_then_the_others():
    make_track("alpha", 1)
    track = make_track("beta", 1, MAX_LESSONS + 4, 1)
    learner = make_learner()
    lessons = track.modules.get(position=1).lessons.order_by("position")
    for lesson in (track.modules.get(position=0).lessons.get(), *lessons[:8]):
        mark(learner, lesson, done=True)
    LessonProgress.objects.filter(lesson=lessons[7]).update(read_at=timezone.now())

    html = main_of(browser_of(learner))

    links = links_of(html)
    start = links.index("Course beta")
    assert links[start + 1] == "beta part 1"
    assert f"8 of {MAX_LESSONS + 4} lessons" in html
    assert re.search(r"<b>beta 1 9</b>", html)  # the one to go on with
    assert "<b>beta 1 1</b>" not in html
    assert f"All {MAX_LESSONS + 4} lessons of this module" in links
    assert "beta part 0 1 of 1 lesson, 100%" in links
    assert "Course alpha 1 lesson" in links
