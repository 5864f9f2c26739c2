"""Before an answer no response tells which option is right, or why."""

from collections import Counter
from dataclasses import replace

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Learner
from quizzes import tokens
from quizzes.content import ChoiceBody, body_as_json, shuffled
from quizzes.models import Answer, QuestionRevision
from tests.quizzes.builders import (
    choice_body,
    form_in,
    in_place,
    make_quiz,
    multi_body,
    numeric_body,
    options_in,
    questions_of,
    send,
    short_body,
    text_of,
    truefalse_body,
    url_of,
)

FORMS = 400


def set_body(question, body):
    """Give a question another key, in place, as on a second site whose content differs in nothing else."""
    QuestionRevision.objects.filter(pk=question.revision.pk).update(body=body_as_json(body))


def with_other_key(body):
    """The same question as a learner sees it, with another key and other reasons."""
    if isinstance(body, ChoiceBody):
        options = tuple(
            replace(option, correct=not option.correct, reason="Another.", id=option.id[::-1])
            for option in body.options
        )
        return replace(body, options=options[::-1], explanation="Another.")
    if hasattr(body, "accepted"):
        return replace(body, accepted=("something",), reason="Another.")
    if hasattr(body, "reason_true"):
        return replace(body, answer=not body.answer, reason_true="Another.", reason_false="Another.")
    return replace(body, answer="99", reason="Another.")


@pytest.fixture
def fixed(monkeypatch):
    """Make what is random about a form the same every time."""
    monkeypatch.setattr(tokens, "new_seed", lambda: 4711)
    monkeypatch.setattr(tokens.uuid, "uuid4", lambda: tokens.uuid.UUID(int=1))
    monkeypatch.setattr(signing.time, "time", lambda: 1_800_000_000.0)
    monkeypatch.setattr("django.middleware.csrf._mask_cipher_secret", lambda secret: secret * 2)
    monkeypatch.setattr("django.middleware.csrf._get_new_csrf_string", lambda: "a" * 32)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [choice_body(), multi_body(), truefalse_body(), numeric_body(unit="GB"), short_body()],
    ids=lambda body: body.type,
)
@pytest.mark.parametrize("place", ["page", "slot", "question"])
def test_two_sites_whose_keys_differ_send_the_same_bytes(client, fixed, body, place):
    quiz = make_quiz(body)
    query, headers = {
        "page": ({}, {}),
        "slot": ({"slot": "q1"}, in_place("section#questions-q1")),
        "question": ({"q": "q1"}, in_place("div#q-q1")),
    }[place]
    here = client.get(url_of(quiz, **query), headers=headers).content

    set_body(questions_of(quiz)[0], with_other_key(body))
    there = client.get(url_of(quiz, **query), headers=headers).content

    assert b"<form" in here
    assert here == there


@pytest.mark.django_db
def test_a_form_that_comes_back_tells_nothing_either(client, fixed):
    quiz, body = make_quiz(choice_body()), choice_body()
    answers = []
    for key in (body, with_other_key(body)):
        set_body(questions_of(quiz)[0], key)
        answers.append(
            client.post(url_of(quiz), {"token": form_in(text_of(client.get(url_of(quiz)))).sign()}).content
        )

    assert answers[0] == answers[1]


@pytest.mark.django_db
def test_nothing_that_names_an_option_is_sent(client):
    quiz = make_quiz(choice_body())

    html = text_of(client.get(url_of(quiz)))

    for option in questions_of(quiz)[0].revision.body["options"]:
        assert option["id"] not in html
        assert option["reason"] not in html
    assert "The explanation." not in html


@pytest.mark.django_db
def test_right_option_stands_anywhere_and_has_any_value(client, monkeypatch):
    """Over many forms with fixed seeds, the right one of four has each place and value about as often."""
    quiz = make_quiz(choice_body("right", "a", "b", "c", right=0))
    seeds = iter(range(FORMS))
    monkeypatch.setattr(tokens, "new_seed", lambda: next(seeds))
    places, values = Counter(), Counter()

    for _ in range(FORMS):
        options = options_in(
            text_of(client.get(url_of(quiz, slot="q1"), headers=in_place("section#questions-q1")))
        )
        places[list(options).index("right")] += 1
        values[options["right"]] += 1

    for counts in (places, values):
        assert len(counts) == 4
        assert all(0.18 <= count / FORMS <= 0.32 for count in counts.values()), counts


@given(st.integers(0, tokens.MAX_SEED - 1), st.permutations(range(5)))
def test_the_shuffle_does_not_follow_the_file(seed, order):
    body = choice_body("a", "b", "c", "d", "e")
    moved = [body.options[place] for place in order]

    assert shuffled(body.options, seed) == shuffled(moved, seed)


@pytest.mark.django_db
def test_every_form_has_a_seed_and_a_submission_of_its_own(client):
    quiz = make_quiz()

    forms = [form_in(text_of(client.get(url_of(quiz)))) for _ in range(20)]

    assert len({form.seed for form in forms}) == 20
    assert len({form.submission for form in forms}) == 20


@pytest.mark.django_db
def test_value_of_an_option_is_read_back_through_the_shuffle(client):
    quiz = make_quiz(choice_body("right", "a", "b", "c", right=0))

    for _ in range(8):
        page = text_of(client.get(url_of(quiz, q="q1", retry=1)))
        send(client, quiz, "q1", "right", page=page)

    assert all(answer.is_right for answer in Answer.objects.all())
    assert Answer.objects.count() == 8


def test_token_survives_signing():
    token = tokens.new_token(Learner(), 7, after=tokens.uuid.uuid4())

    assert tokens.read_token(token.sign()) == token
