"""How many queries answering and asking take, and that it stays so with many questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.quizzes.builders import (
    choice_body,
    in_place,
    make_learner,
    make_quiz,
    options_in,
    text_of,
    token_in,
    url_of,
)

pytestmark = pytest.mark.django_db

TRANSACTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def queries(act):
    """Count the queries of an act; marks of transactions are no queries."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured if not query["sql"].startswith(TRANSACTION)]


def quiz_of(count):
    return make_quiz(*(choice_body(f"right {n}", f"a {n}", f"b {n}", f"c {n}") for n in range(count)))


def slot(client, quiz, count):
    keys = [f"q{number}" for number in range(1, count + 1)]
    return lambda: client.get(url_of(quiz, slot=keys), headers=in_place("section#questions-q1"))


@pytest.mark.parametrize("count", [1, 20])
def test_slot_takes_two_queries_for_a_stranger_and_at_most_six_with_an_account(client, count):
    quiz = quiz_of(count)

    assert len(queries(slot(client, quiz, count))) == 2

    client.force_login(make_learner("ada").user)
    assert len(queries(slot(client, quiz, count))) <= 6  # five where a cache holds the session


@pytest.mark.parametrize("count", [3, 20])
def test_answering_takes_at_most_ten_queries(client, count):
    quiz = quiz_of(count)
    client.force_login(make_learner("ada").user)

    for number in range(1, count + 1):
        html = text_of(client.get(url_of(quiz, q=f"q{number}")))
        data = {"token": token_in(html), "answer": options_in(html)[f"right {number - 1}"]}
        headers = in_place(f"form#q-q{number}")
        sent = queries(lambda data=data, headers=headers: client.post(url_of(quiz), data, headers=headers))
        assert len(sent) <= 10, "\n".join(sent)
