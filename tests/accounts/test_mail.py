"""A site that can send mail: addresses are verified, and known and unknown ones look alike."""

import re
from smtplib import SMTPServerDisconnected

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from accounts import forms
from accounts.models import Learner, User

from .conftest import PASSWORD, holds_guest, sign_in, sign_up, who

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_mail(settings) -> None:
    """Set what a site with ``EMAIL_URL`` has."""
    settings.MAIL_IS_SET = True
    settings.ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_PREVENT_ENUMERATION = True


@pytest.fixture
def verified(account: User) -> User:
    """Return an account whose address is verified."""
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def link_in(text: str, start: str) -> str:
    """Return the address in a mail that begins so, without its host."""
    found = re.search(rf"{start}\S+/", text)
    assert found
    return found.group()


def follow_link(browser: Client, text: str) -> None:
    """Open the confirmation link of a mail and press the button there."""
    path = link_in(text, "/accounts/confirm-email/")
    browser.get(path)
    browser.post(path)


def test_an_address_is_verified_before_the_first_sign_in(client, mailoutbox):
    response = sign_up(client, "noor", "noor@example.org")

    assert response.headers["Location"] == "/accounts/confirm-email/"
    assert who(client) is None
    assert sign_in(Client(), "noor").headers["Location"] == "/accounts/confirm-email/"
    follow_link(client, mailoutbox[0].body)
    assert who(client) == User.objects.get(username="noor")


def test_the_guest_is_adopted_once_the_address_is_verified(guest, marks, browser_of, mailoutbox):
    marks[guest.pk] = 3
    browser = browser_of(guest)

    sign_up(browser, "noor", "noor@example.org")
    assert holds_guest(browser)
    assert browser.get("/accounts/data/").context["learner"] == guest
    follow_link(browser, mailoutbox[0].body)

    assert Learner.objects.get(pk=guest.pk).user == User.objects.get(username="noor")
    assert not holds_guest(browser)


def test_the_link_opened_elsewhere_leaves_the_guest_to_the_question(guest, marks, browser_of, mailoutbox):
    marks[guest.pk] = 3
    browser = browser_of(guest)

    sign_up(browser, "noor", "noor@example.org")
    follow_link(Client(), mailoutbox[0].body)
    browser.cookies.pop("sessionid", None)
    response = sign_in(browser, "noor")

    assert response.headers["Location"].startswith("/accounts/merge/")


def test_sign_up_answers_alike_for_known_and_unknown_addresses(verified, mailoutbox):
    new, known = Client(), Client()

    answers = [
        sign_up(new, "noor", "noor@example.org"),
        sign_up(known, "omar", "ines@example.org"),
    ]

    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {
        (302, "/accounts/confirm-email/")
    }
    pages = [browser.get("/accounts/confirm-email/").text for browser in (new, known)]
    assert pages[0].replace("noor@", "ines@") == pages[1]
    assert [mail.to for mail in mailoutbox] == [["noor@example.org"], ["ines@example.org"]]
    assert not User.objects.filter(username="omar").exists()


def test_sign_up_hashes_a_password_for_a_known_address_too(verified, monkeypatch):
    """Hashing is what takes time: leaving it out would tell which addresses are known."""
    hashed = []
    monkeypatch.setattr(forms, "make_password", lambda password: hashed.append(password))

    sign_up(Client(), "omar", "ines@example.org")

    assert hashed == [PASSWORD]


def test_a_forgotten_password_answers_alike_for_known_and_unknown_addresses(verified, mailoutbox):
    answers = [
        Client().post("/accounts/password/reset/", {"email": address})
        for address in ("ines@example.org", "nobody@example.org")
    ]

    assert len({(answer.status_code, answer.headers["Location"]) for answer in answers}) == 1
    assert [mail.to for mail in mailoutbox] == [["ines@example.org"], ["nobody@example.org"]]


def test_sign_in_answers_alike_for_known_and_unknown_addresses(verified):
    texts = [
        str(sign_in(Client(), address, "a wrong guess").context["form"].non_field_errors())
        for address in ("ines@example.org", "nobody@example.org")
    ]

    assert texts[0] == texts[1]


@pytest.mark.parametrize("login", ["ines@example.org", "nobody@example.org", "ines", "nobody"])
def test_sign_in_hashes_one_password_whether_known_or_not(verified, monkeypatch, login):
    """Hashing is what takes time: doing it twice for a known address would tell which are known."""
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, password, salt: hashed.append(password) or encode(self, password, salt),
    )

    sign_in(Client(), login, "a wrong guess")

    assert hashed == ["a wrong guess"]


def test_a_new_password_by_mail_ends_every_session(verified, mailoutbox):
    elsewhere = Client()
    sign_in(elsewhere)
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": "ines@example.org"})
    path = link_in(mailoutbox[-1].body, "/accounts/password/reset/key/")

    form = browser.get(path).headers["Location"]
    browser.post(form, {"password1": "another-flight-of-steps", "password2": "another-flight-of-steps"})

    assert elsewhere.get("/accounts/email/").status_code == 302
    assert sign_in(Client(), password="another-flight-of-steps").status_code == 302


def test_an_account_without_an_address_is_not_locked_out(client):
    """It was made by a command, or before the site could send mail."""
    User.objects.create_user("teacher", password=PASSWORD)

    sign_in(client, "teacher")

    assert who(client) is not None


def test_one_account_cannot_take_the_address_of_another(verified, mailoutbox):
    other = User.objects.create_user("noor", "noor@example.org", PASSWORD)
    EmailAddress.objects.create(user=other, email=other.email, verified=True, primary=True)
    browser = Client()
    sign_in(browser, "noor")
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})

    response = browser.post("/accounts/email/", {"action_add": "", "email": "Ines@example.org"})
    if mailoutbox:
        follow_link(browser, mailoutbox[-1].body)
    browser.post("/accounts/email/", {"action_primary": "", "email": "ines@example.org"})

    assert response.status_code in {200, 302}
    assert not EmailAddress.objects.filter(user=other, email="ines@example.org", verified=True).exists()
    assert User.objects.get(username="noor").email == "noor@example.org"


def test_a_mail_server_that_fails_is_told_and_loses_nothing(client, monkeypatch, mailoutbox):
    def fail(*args, **kwargs):
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", fail)
    response = sign_up(client, "noor", "noor@example.org")

    assert response.status_code == 302
    assert "could not be sent" in client.get(response.headers["Location"]).text
    monkeypatch.undo()
    sign_in(Client(), "noor")
    assert User.objects.filter(username="noor").exists()


def test_a_site_without_mail_says_so_instead_of_promising_a_link(client, settings):
    settings.MAIL_IS_SET = False
    settings.DEBUG = False

    assert "sends no mail" in client.get("/accounts/password/reset/").text
    assert client.post("/accounts/password/reset/", {"email": "ines@example.org"}).status_code == 200
