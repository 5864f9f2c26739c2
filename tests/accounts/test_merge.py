"""A guest found at sign-in: the question, its two answers, and merging itself."""

import threading

import pytest
from django.db import connection

from accounts.identity import LearnerGone, ensure_learner
from accounts.models import Learner, User
from accounts.services import MergeRefused, adopt_guest, merge_learners
from accounts.signals import learner_merged

from .conftest import holds_guest, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(guest, marks, browser_of):
    """Return a browser on a computer that people share: it holds a guest with six answers."""
    marks[guest.pk] = 6
    return browser_of(guest)


@pytest.fixture
def merges():
    """Return a list of the merges that the apps above were told of."""
    told = []

    def receive(source, target, **kwargs):
        told.append((source.pk, target.pk))
        return {"test answers": 6}

    learner_merged.connect(receive, weak=False)
    yield told
    learner_merged.disconnect(receive)


def test_sign_in_asks_whose_the_marks_are(shared, account):
    response = sign_in(shared, query="?next=/glossary/")

    assert response.headers["Location"] == "/accounts/merge/?next=%2Fglossary%2F"
    page = shared.get(response.headers["Location"]).text
    assert "6 test answers" in page
    assert 'value="/glossary/"' in page


def test_until_answered_the_account_is_used_and_the_guest_stays(shared, account, guest, merges):
    sign_in(shared)
    shared.get("/accounts/merge/")

    guest.refresh_from_db()
    assert guest.merged_into is None
    assert guest.user is None
    assert holds_guest(shared)
    assert shared.get("/accounts/data/").context["learner"].user == account
    assert "6 test answers" in shared.get("/accounts/data/").text
    assert merges == []


def test_keep_merges_and_says_what(shared, account, guest, merges, audit_lines):
    sign_in(shared)

    response = shared.post("/accounts/merge/", {"choice": "keep", "next": "/glossary/"})

    guest.refresh_from_db()
    assert guest.merged_into == Learner.objects.get(user=account)
    assert merges == [(guest.pk, guest.merged_into_id)]
    assert not holds_guest(shared)
    assert response.headers["Location"] == "/glossary/"
    assert "Now kept with your account: 6 test answers." in shared.get("/accounts/data/").text
    assert audit_lines() == ["sign-in", "merge"]


def test_not_mine_leaves_the_guest_and_forgets_the_cookie(shared, account, guest, merges, audit_lines):
    sign_in(shared)

    shared.post("/accounts/merge/", {"choice": "leave"})

    guest.refresh_from_db()
    assert guest.merged_into is None
    assert merges == []
    assert not holds_guest(shared)
    assert "Left alone: 6 test answers." in shared.get("/accounts/data/").text
    assert audit_lines() == ["sign-in", "merge-declined"]


def test_answering_twice_merges_once(shared, account, guest, merges, browser_of):
    sign_in(shared)
    cookies = shared.cookies.copy()

    shared.post("/accounts/merge/", {"choice": "keep"})
    shared.cookies = cookies
    response = shared.post("/accounts/merge/", {"choice": "keep"})

    assert response.status_code == 302
    assert len(merges) == 1


def test_a_nonsense_answer_asks_again(shared, account, guest):
    sign_in(shared)

    response = shared.post("/accounts/merge/", {"choice": "both", "next": "https://evil.example/"})

    guest.refresh_from_db()
    assert response.status_code == 200
    assert response.context["next"] == "/accounts/data/"
    assert guest.merged_into is None


def test_a_guest_without_marks_is_dropped_without_a_question(guest, account, browser_of):
    browser = browser_of(guest)

    response = sign_in(browser)

    assert response.headers["Location"] == "/accounts/data/"
    assert not holds_guest(browser)


def test_the_question_is_for_people_who_signed_in(client, shared):
    assert shared.get("/accounts/merge/").headers["Location"].startswith("/accounts/login/")
    assert (
        shared.post("/accounts/merge/", {"choice": "keep"}).headers["Location"].startswith("/accounts/login/")
    )


def test_with_no_guest_there_is_nothing_to_ask(client, account):
    client.force_login(account)

    assert client.get("/accounts/merge/?next=/glossary/").headers["Location"] == "/glossary/"


@pytest.mark.parametrize("word", ["glossary", "%D9%A3"])
def test_a_word_is_no_name_of_a_view_to_go_on_to(client, account, word):
    client.force_login(account)

    response = client.get(f"/accounts/merge/?next={word}")

    assert response.headers["Location"] == word


def test_looking_at_the_question_changes_nothing(shared, account, guest):
    sign_in(shared)

    shared.get("/accounts/merge/", {"choice": "keep"})

    guest.refresh_from_db()
    assert guest.merged_into is None


def test_merging_again_does_nothing(guest, merges):
    target = Learner.objects.create()

    first = merge_learners(guest, target)
    second = merge_learners(guest, target)

    assert first == {"test answers": 6}
    assert second == {}
    assert merges == [(guest.pk, target.pk)]


def test_a_chain_of_merges_ends_at_the_last(guest):
    middle, last = Learner.objects.create(), Learner.objects.create()

    merge_learners(guest, middle)
    merge_learners(middle, last)

    guest.refresh_from_db()
    assert guest.merged_into == last


def test_only_free_guests_are_merged(account, guest):
    owned = Learner.objects.create(user=account)
    other = Learner.objects.create()

    with pytest.raises(MergeRefused):
        merge_learners(owned, other)
    with pytest.raises(MergeRefused):
        merge_learners(guest, guest)
    merge_learners(guest, other)
    with pytest.raises(MergeRefused):
        merge_learners(guest, owned)
    with pytest.raises(MergeRefused):
        merge_learners(Learner.objects.create(), guest)


def test_an_error_of_a_receiver_undoes_the_merge(guest):
    def fail(**kwargs):
        raise RuntimeError

    learner_merged.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            merge_learners(guest, Learner.objects.create())
    finally:
        learner_merged.disconnect(fail)

    guest.refresh_from_db()
    assert guest.merged_into is None


def test_a_guest_is_adopted_once(guest, account):
    other = User.objects.create_user("noor")

    assert adopt_guest(guest, account)
    assert not adopt_guest(guest, other)
    assert not adopt_guest(Learner.objects.create(), account)


def test_a_mark_that_races_with_a_merge_is_refused(guest, rf):
    request = rf.get("/")
    request.learner = guest
    merge_learners(guest, Learner.objects.create())

    with pytest.raises(LearnerGone):
        ensure_learner(request)


@pytest.mark.django_db(transaction=True)
def test_keeping_at_once_in_several_tabs_merges_once(merges):
    guest, target = Learner.objects.create(), Learner.objects.create()
    start = threading.Barrier(6)
    results = []

    def keep() -> None:
        start.wait()
        results.append(merge_learners(guest, target))
        connection.close()

    threads = [threading.Thread(target=keep) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(len, results)) == [0, 0, 0, 0, 0, 1]
    assert len(merges) == 1
