"""One's own data: the copy, the time zone, and erasing it all."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import now

from accounts.identity import learner_token
from accounts.models import Learner, LearnerQuerySet, User
from accounts.services import adopt_guest, merge_learners
from accounts.signals import learner_erased

from .conftest import PASSWORD, holds_guest, sign_in, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(account) -> Learner:
    """Return the learner of the account."""
    return Learner.objects.create(user=account)


def erase(browser: Client, owner: Learner, **fields: str):
    """Send the form that erases."""
    return browser.post("/accounts/data/erase/", {"learner": learner_token(owner), **fields})


def test_a_stranger_is_told_that_nothing_is_stored(client):
    response = client.get("/accounts/data/")

    assert "Nothing is stored about you" in response.text
    assert not response.cookies
    assert client.get("/accounts/data/export/").status_code == 404
    assert client.get("/accounts/data/erase/").headers["Location"] == "/accounts/data/"
    assert client.post("/accounts/data/erase/", {"sure": "on"}).status_code == 302


def test_the_copy_holds_what_is_stored_and_no_secret(client, account, learner, audit_lines):
    sign_in(client)
    EmailAddress.objects.create(user=account, email="ines@example.org", primary=True)

    response = client.get("/accounts/data/export/")

    copy = json.loads(response.content)
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "no-store" in response.headers["Cache-Control"]
    assert copy["account"]["username"] == "ines"
    assert copy["account"]["addresses"] == [{"email": "ines@example.org", "verified": False, "primary": True}]
    assert len(copy["account"]["sessions"]) == 1
    assert copy["learner"]["public_id"] == str(learner.public_id)
    assert client.session.session_key not in response.text
    assert User.objects.get().password not in response.text
    assert audit_lines() == ["sign-in", "export"]


def test_an_account_without_marks_has_a_copy_too(client, account):
    client.force_login(account)

    copy = client.get("/accounts/data/export/").json()

    assert copy["account"]["username"] == "ines"
    assert "learner" not in copy


def test_a_guest_has_a_copy_too(guest, browser_of):
    copy = browser_of(guest).get("/accounts/data/export/").json()

    assert copy["learner"]["public_id"] == str(guest.public_id)
    assert "account" not in copy


def test_the_time_zone_is_kept(client, account):
    client.force_login(account)
    token = client.get("/accounts/data/").context["token"]

    client.post("/accounts/data/", {"timezone": "Africa/Nairobi", "learner": token})

    assert Learner.objects.get(user=account).timezone == "Africa/Nairobi"


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "x" * 300])
def test_an_unknown_time_zone_is_refused(guest, browser_of, zone):
    response = browser_of(guest).post("/accounts/data/", {"timezone": zone, "learner": learner_token(guest)})

    guest.refresh_from_db()
    assert response.status_code == 200
    assert response.context["form"].errors["timezone"]
    assert guest.timezone == "UTC"


def test_an_account_is_erased_with_its_password(client, account, learner, audit_lines):
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    EmailAddress.objects.create(user=account, email="ines@example.org")
    guest = Learner.objects.create()
    merge_learners(guest, learner)

    response = erase(client, learner, password=PASSWORD)

    assert response.status_code == 200
    assert "gone" in response.text
    for model in (User, Learner, EmailAddress, UserSession, Session):
        assert not model._default_manager.exists(), model
    assert who(client) is None
    assert elsewhere.get("/accounts/email/").status_code == 302
    assert audit_lines() == ["sign-in", "sign-in", "merge", "erase", "sign-out"]


def test_a_wrong_password_erases_nothing_and_is_slowed(client, account, learner):
    client.force_login(account)

    answers = [erase(client, learner, password="a guess") for _ in range(5)]
    last = erase(client, learner, password=PASSWORD)

    assert {answer.status_code for answer in answers} == {200}
    assert "Too many failed" in str(last.context["form"].errors)
    assert User.objects.exists()


def test_an_account_without_a_password_types_its_name(client, account, learner):
    account.set_unusable_password()
    account.save()
    client.force_login(account)

    refused = erase(client, learner, username="Ines")
    assert refused.context["form"].errors["username"]
    erase(client, learner, username="ines")

    assert not User.objects.exists()


def test_an_account_that_left_no_mark_is_erased_too(client, account):
    client.force_login(account)
    token = client.get("/accounts/data/erase/").context["token"]

    client.post("/accounts/data/erase/", {"learner": token, "password": PASSWORD})

    assert not User.objects.exists()


def test_a_guest_is_erased_with_a_tick(guest, browser_of):
    browser = browser_of(guest)

    refused = erase(browser, guest)
    assert refused.context["form"].errors["sure"]
    response = erase(browser, guest, sure="on")

    assert response.status_code == 200
    assert not Learner.objects.exists()
    assert not holds_guest(browser)
    assert "Nothing is stored" in browser.get("/accounts/data/").text


def test_somebody_elses_form_erases_nothing(guest, account, learner, browser_of):
    """The session ended while the form was open: a guest sits there now."""
    response = erase(browser_of(guest), learner, sure="on", password=PASSWORD)

    assert response.status_code == 409
    assert Learner.objects.count() == 2


def test_looking_erases_nothing(guest, browser_of):
    browser_of(guest).get("/accounts/data/erase/", {"sure": "on", "learner": learner_token(guest)})

    assert Learner.objects.exists()


def test_an_error_of_a_receiver_erases_nothing(client, account, learner):
    def fail(**kwargs):
        raise RuntimeError

    client.force_login(account)
    learner_erased.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            erase(client, learner, password=PASSWORD)
    finally:
        learner_erased.disconnect(fail)

    assert Learner.objects.get().user == account


def test_the_admins_history_keeps_no_name(client, account, learner, admin_user):
    LogEntry.objects.create(
        user=admin_user,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(account.pk),
        object_repr="ines",
        action_flag=2,
    )
    client.force_login(account)

    erase(client, learner, password=PASSWORD)

    assert "ines" not in LogEntry.objects.get().object_repr


def test_erasing_in_the_admin_reaches_every_app(client, account, learner, admin_user):
    told = []

    def receive(learner, **kwargs):
        told.append(learner.pk)

    client.force_login(admin_user)
    learner_erased.connect(receive)
    client.post(f"/admin/accounts/user/{account.pk}/delete/", {"post": "yes"})

    assert told == [learner.pk]
    assert not User.objects.filter(pk=account.pk).exists()


# --- Guests who never came back -----------------------------------------------------------------


def test_guests_untouched_for_half_a_year_go(account, learner, guest, capsys):
    old = now() - timedelta(days=181)
    gone = Learner.objects.create(last_seen_at=old)
    merged = Learner.objects.create(last_seen_at=old, merged_into=learner)
    Learner.objects.filter(pk=learner.pk).update(last_seen_at=old)

    call_command("clearguests", "--dry-run")
    assert Learner.objects.count() == 4
    call_command("clearguests")
    call_command("clearguests")

    assert set(Learner.objects.all()) == {learner, guest}
    assert not Learner.objects.filter(pk__in=[gone.pk, merged.pk]).exists()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "2", "0"]


def test_a_guest_who_signs_up_while_others_are_cleared_keeps_the_new_account(account, monkeypatch):
    late = Learner.objects.create(last_seen_at=now() - timedelta(days=181))
    listed = LearnerQuerySet.iterator

    def sign_up_meanwhile(guests, **options):
        for guest in list(listed(guests, **options)):
            assert adopt_guest(guest, account)
            yield guest

    monkeypatch.setattr(LearnerQuerySet, "iterator", sign_up_meanwhile)
    call_command("clearguests")

    assert Learner.objects.get(pk=late.pk).user == account
    assert User.objects.filter(pk=account.pk).exists()
