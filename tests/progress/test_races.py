"""Two requests of one learner at once leave one row, and nothing of either is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from progress.models import LessonProgress
from tests.progress.builders import ANCHORS, browser_of, make_reading, mark, progress_of
from tests.quizzes.builders import make_learner

pytestmark = pytest.mark.django_db(transaction=True)


def test_marks_and_positions_sent_at_once_leave_one_row_with_both():
    lesson, learner = make_reading(rule="manual"), make_learner()

    def tell(number):
        browser = browser_of(learner)
        try:
            if number % 2:
                return mark(browser, lesson, owner=learner).status_code
            data = {"lesson": lesson.path, "section": ANCHORS[1]}
            return browser.post("/progress/position/", data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(tell, range(8)))

    assert sorted(statuses) == [204] * 4 + [302] * 4
    assert LessonProgress.objects.count() == 1
    assert progress_of(learner, lesson).section == ANCHORS[1]
    assert progress_of(learner, lesson).marked is True
