"""Making an account: what is taken over, what is refused, what does not show."""

import threading

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from accounts.forms import SignupForm
from accounts.models import Learner, User

from .conftest import PASSWORD, holds_guest, sign_in, sign_up, who

pytestmark = pytest.mark.django_db


def test_sign_up_makes_an_account_and_signs_in(client, audit_lines):
    response = sign_up(client)

    assert response.status_code == 302
    assert who(client) == User.objects.get(username="ines")
    assert audit_lines() == ["sign-up", "sign-in"]


def test_sign_up_adopts_the_guest_of_this_browser(guest, marks, browser_of):
    marks[guest.pk] = 6
    browser = browser_of(guest)

    page = sign_up(browser).headers["Location"]

    adopted = Learner.objects.get(pk=guest.pk)
    assert adopted.user == User.objects.get(username="ines")
    assert adopted.public_id == guest.public_id
    assert not holds_guest(browser)
    assert "6 test answers" in browser.get(page).text


def test_sign_up_shows_what_comes_along(client, guest, marks, browser_of):
    marks[guest.pk] = 6

    assert "6 test answers" in browser_of(guest).get("/accounts/signup/").text
    assert "test answers" not in client.get("/accounts/signup/").text


@pytest.mark.parametrize("name", ["INES", "Ines", "ines", "ｉｎｅｓ"])
def test_user_names_differ_by_more_than_case(client, account, name):
    response = sign_up(client, name)

    assert response.status_code == 200
    assert response.context["form"].errors["username"]
    assert User.objects.count() == 1


def test_user_names_beyond_ascii_differ_by_more_than_case(client, db):
    User.objects.create_user("éva", password=PASSWORD)

    response = sign_up(client, "ÉVA")

    assert response.context["form"].errors["username"]


def test_addresses_differ_by_more_than_case(client, account):
    response = sign_up(client, "other", "INES@Example.org")

    assert response.context["form"].errors["email"]
    assert User.objects.count() == 1


def test_an_account_signs_in_by_name_or_address_in_any_case(client, db):
    User.objects.create_user("Ines", "Ines@Example.org", PASSWORD)

    for login in ("ines", "INES", "ines@example.org", "Ines@EXAMPLE.org"):
        browser = Client()
        assert sign_in(browser, login).status_code == 302, login
        assert who(browser) is not None


@pytest.mark.parametrize(
    "field", ["is_staff", "is_superuser", "is_active", "groups", "user_permissions", "pk"]
)
def test_sign_up_cannot_set_a_role(client, field):
    response = sign_up(client, **{field: "1"})

    user = User.objects.get(username="ines")
    assert response.status_code == 302
    assert not user.is_staff
    assert not user.is_superuser
    assert not user.groups.exists()


def test_a_weak_password_is_refused(client):
    response = sign_up(client, password="12345678")

    assert response.context["form"].errors["password1"]
    assert not User.objects.exists()


def test_looking_at_the_pages_begins_no_session(client):
    for page in ("login", "signup", "data", "password/reset"):
        assert client.get(f"/accounts/{page}/").status_code == 200

    assert not Session.objects.exists()


def test_a_class_of_sixty_signs_up_within_a_minute(db):
    answers = [sign_up(Client(), f"pupil{number}").status_code for number in range(60)]

    assert answers == [302] * 60


def test_sign_ups_without_end_are_slowed(settings):
    assert "signup" in settings.ACCOUNT_RATE_LIMITS
    settings.ACCOUNT_RATE_LIMITS = {"signup": "3/m/ip"}

    answers = [sign_up(Client(), "ab", password="x") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "429.html" in [template.name for template in answers[-1].templates]


@pytest.mark.django_db(transaction=True)
def test_one_name_asked_for_at_once_makes_one_account_and_form_errors():
    browsers = [Client() for _ in range(6)]
    start = threading.Barrier(len(browsers))
    answers = []

    def ask(browser: Client) -> None:
        start.wait()
        answers.append(sign_up(browser, "ines").status_code)
        connection.close()

    threads = [threading.Thread(target=ask, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200] * 5 + [302]
    assert User.objects.count() == 1


def test_a_name_taken_between_check_and_saving_is_a_form_error(client, monkeypatch):
    somebody_is_faster(monkeypatch, username="INES")

    response = sign_up(client, "ines")

    assert response.status_code == 200
    assert response.context["form"].errors["username"]
    assert who(client) is None


def test_an_address_taken_between_check_and_saving_is_a_form_error(client, monkeypatch):
    somebody_is_faster(monkeypatch, username="other", email="ines@example.org")

    response = sign_up(client, "ines", "Ines@example.org")

    assert response.status_code == 200
    assert response.context["form"].errors["email"]
    assert not User.objects.filter(username="ines").exists()


def somebody_is_faster(monkeypatch, **fields: str) -> None:
    """Have another account appear after the form was found valid and before it is saved."""
    save = SignupForm.try_save

    def save_too_late(form, request):
        monkeypatch.setattr(SignupForm, "try_save", save)
        User.objects.create_user(**fields)
        return save(form, request)

    monkeypatch.setattr(SignupForm, "try_save", save_too_late)
