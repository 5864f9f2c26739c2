"""Two loads at once, and learners who answer meanwhile: nothing is half there, nothing is lost."""

import itertools
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from lessons.models import Generation
from quizzes.models import Answer
from tests.loads import Load, holds_edition, write_course
from tests.quizzes.builders import text_of, token_in
from tests.trees import load

pytestmark = pytest.mark.django_db(transaction=True)

LESSONS = 40


@pytest.mark.parametrize("first", [True, False], ids=["first loads", "later loads"])
def test_of_two_loads_at_once_both_or_one_is_there_whole(tmp_path: Path, first: bool):
    if not first:
        load(write_course(tmp_path / "old", LESSONS, edition=1))
    start = 0 if first else 1
    roots = [write_course(tmp_path / name, LESSONS, edition) for name, edition in (("a", 2), ("b", 3))]

    loads = [Load("loadlessons", root, "--theirs") for root in roots]
    said = [each.said() for each in loads]

    codes = [each.process.returncode for each in loads]
    assert sorted(codes) in ([0, 0], [0, 1]), said
    for code, words in zip(codes, said, strict=True):
        assert "Traceback" not in words
        assert code == 0 or re.search(r"^CommandError: Another load is at work\..*$", words, re.MULTILINE), (
            words
        )
    assert holds_edition(2, LESSONS) or holds_edition(3, LESSONS)
    assert Generation.objects.get().number == start + codes.count(0)


def test_answers_given_during_a_load_are_all_stored(tmp_path: Path):
    load(write_course(tmp_path, LESSONS, edition=1))
    places = [number % LESSONS for number in range(200)]
    addresses = [f"/quizzes/course/module-1/lesson-{place}/?q=q-{place}" for place in places]
    opened = {number: text_of(Client().get(addresses[number])) for number in range(1, 200, 2)}
    editions = itertools.count(2)
    write_course(tmp_path, LESSONS, next(editions))
    under_way = Load("loadlessons", tmp_path)

    def answer(number: int) -> int:
        """Answer as a stranger: half with a form that was open before the load began."""
        browser = Client()
        try:
            page = opened.get(number) or text_of(browser.get(addresses[number]))
            return browser.post(addresses[number], {"token": token_in(page), "answer": "true"}).status_code
        finally:
            connection.close()

    statuses: Counter[int] = Counter()
    ended: list[str] = []
    with ThreadPoolExecutor(4) as threads:
        for numbers in chunks(200, 20):
            statuses.update(threads.map(answer, numbers))
            if under_way.process.poll() is not None and sum(statuses.values()) < 200:
                ended.append(under_way.said())
                write_course(tmp_path, LESSONS, next(editions))
                under_way = Load("loadlessons", tmp_path)
    ended.append(under_way.said())

    assert statuses == {302: 200}
    assert Answer.objects.count() == 200
    assert set(Answer.objects.values_list("points", flat=True)) == {1.0}
    assert all("changes" in words for words in ended), ended
    assert holds_edition(next(editions) - 1, LESSONS)


def chunks(total: int, size: int) -> list[range]:
    """Return the numbers below ``total`` in runs of ``size``."""
    return [range(start, min(start + size, total)) for start in range(0, total, size)]
