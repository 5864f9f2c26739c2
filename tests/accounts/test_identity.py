"""Who asks, whose cookie it is, and whose form."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.http import HttpResponse
from django.utils.timezone import now

from accounts.identity import attach_learner, ensure_learner, is_personal, learner_token, owns_form
from accounts.middleware import LearnerMiddleware
from accounts.models import Learner, User
from accounts.services import adopt_guest, merge_learners

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(rf):
    """Return a function that makes a request by somebody: nobody, a guest's browser or an account."""

    def request_by(person: Learner | User | None = None):
        request = rf.post("/")
        request.user = AnonymousUser()
        if isinstance(person, User):
            request.user = person
            request.COOKIES[settings.SESSION_COOKIE_NAME] = "a session"
        elif person is not None:
            value = signing.Signer(salt="accounts.learner-cookie").sign(person.public_id.hex)
            request.COOKIES[settings.LEARNER_COOKIE_NAME] = value
        attach_learner(request)
        return request

    return request_by


def test_a_stranger_costs_no_query_and_is_public(ask, django_assert_num_queries):
    request = ask()

    with django_assert_num_queries(0):
        assert request.learner.is_stranger
    assert not is_personal(request)


def test_the_first_mark_makes_a_guest_and_sets_a_cookie(rf):
    def mark(request):
        ensure_learner(request)
        ensure_learner(request)
        return HttpResponse()

    response = LearnerMiddleware(mark)(rf.post("/"))

    cookie = response.cookies[settings.LEARNER_COOKIE_NAME]
    assert Learner.objects.count() == 1
    assert Learner.objects.get().public_id.hex in cookie.value
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_reading_makes_nobody(rf):
    def read(request):
        return HttpResponse(str(request.learner.is_stranger))

    response = LearnerMiddleware(read)(rf.get("/"))

    assert not response.cookies
    assert not Learner.objects.exists()


def test_an_accounts_row_made_by_another_request_meanwhile_is_touched_and_so_locked(ask, account):
    request = ask(account)
    assert request.learner.is_stranger
    Learner.objects.create(user=account, last_seen_at=now() - timedelta(days=100))

    learner = ensure_learner(request)

    assert learner == Learner.objects.get()
    assert Learner.objects.get().last_seen_at > now() - timedelta(minutes=1)


def test_a_mark_is_remembered_with_its_time(ask, guest):
    Learner.objects.update(last_seen_at=now() - timedelta(days=100))

    ensure_learner(ask(guest))

    guest.refresh_from_db()
    assert now() - guest.last_seen_at < timedelta(minutes=1)


@pytest.mark.parametrize("value", ["", "x", "0" * 32, "a:b", "é:é", "0" * 32 + ":" + "A" * 43])
def test_a_forged_cookie_is_a_stranger(ask, value):
    request = ask()
    request.COOKIES[settings.LEARNER_COOKIE_NAME] = value

    assert request.learner.is_stranger


def test_a_cookie_never_opens_an_account(ask, guest, account):
    adopt_guest(guest, account)

    assert ask(guest).learner.is_stranger


def test_the_cookie_of_a_merged_guest_is_a_strangers(ask, guest):
    merge_learners(guest, Learner.objects.create())

    assert ask(guest).learner.is_stranger


def test_beside_a_session_the_guest_is_not_used(ask, guest, account):
    request = ask(guest)
    request.user = account
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "a session"

    assert request.learner.user == account


# --- Whose form ---------------------------------------------------------------------------------


def test_the_same_person_owns_their_form(ask, guest, account):
    for person in (None, guest, account):
        token = learner_token(ask(person).learner)

        assert owns_form(ask(person), token)


def test_an_accounts_first_mark_keeps_its_open_forms(ask, account):
    token = learner_token(ask(account).learner)
    ensure_learner(ask(account))

    assert owns_form(ask(account), token)


def test_a_strangers_form_may_be_sent_by_the_guest_made_in_another_tab(ask):
    token = learner_token(ask().learner)
    guest = ensure_learner(ask())

    assert owns_form(ask(guest), token)


def test_a_strangers_form_may_be_sent_after_signing_up_in_another_tab(ask):
    token = learner_token(ask().learner)
    account = User.objects.create_user("ines")

    assert owns_form(ask(account), token)


def test_a_strangers_form_is_not_an_older_account_s_or_guest_s(ask, guest, account):
    Learner.objects.update(created_at=now() - timedelta(days=1))
    User.objects.update(date_joined=now() - timedelta(days=1))
    account.refresh_from_db()
    token = learner_token(ask().learner)

    assert not owns_form(ask(account), token)
    assert not owns_form(ask(guest), token)


@pytest.mark.parametrize("has_rows", [True, False])
def test_the_form_of_an_account_is_nobody_elses(ask, guest, account, has_rows):
    other = User.objects.create_user("noor")
    if has_rows:
        ensure_learner(ask(account))
    token = learner_token(ask(account).learner)

    assert not owns_form(ask(), token)
    assert not owns_form(ask(guest), token)
    assert not owns_form(ask(other), token)
    ensure_learner(ask(other))
    assert not owns_form(ask(other), token)


def test_the_form_of_a_guest_goes_with_them_into_an_account(ask, guest, account):
    token = learner_token(guest)
    second = Learner.objects.create()
    second_token = learner_token(second)

    assert not owns_form(ask(account), token)
    adopt_guest(guest, account)
    assert owns_form(ask(account), token)
    assert not owns_form(ask(account), second_token)
    merge_learners(second, Learner.objects.get(user=account))
    assert owns_form(ask(account), second_token)


def test_the_form_of_a_guest_is_no_other_guests(ask, guest):
    assert not owns_form(ask(Learner.objects.create()), learner_token(guest))
    assert not owns_form(ask(), learner_token(guest))


@pytest.mark.parametrize("token", ["", "-", "x", "a:b:c", "é", "\x00", "-:1abc:" + "A" * 43, ":" * 50])
def test_a_forged_token_owns_nothing(ask, guest, token):
    assert not owns_form(ask(guest), token)
    assert not owns_form(ask(), token)


def test_a_learners_day_begins_where_they_live():
    late = now().replace(year=2026, month=3, day=1, hour=23, minute=30)

    assert Learner(timezone="UTC").day(late).day == 1
    assert Learner(timezone="Asia/Tokyo").day(late).day == 2
    assert Learner(timezone="Nowhere/Else").day(late).day == 1
    assert Learner(timezone="../etc/passwd").day(late).day == 1
