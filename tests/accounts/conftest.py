"""What tests of accounts share: people, their browsers, and marks they left."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as project_settings
from django.core import signing
from django.test import Client

from accounts.models import Learner, User
from accounts.signals import guest_marks

PASSWORD = "staircase-of-nine-steps"


@pytest.fixture(autouse=True)
def start_page(settings) -> None:
    """Land on a page of this app after signing in, so that these tests need no other."""
    settings.LOGIN_REDIRECT_URL = "/accounts/data/"
    settings.LOGOUT_REDIRECT_URL = "/accounts/data/"


@pytest.fixture
def account(db) -> User:
    """Return the account of somebody named Ines."""
    return User.objects.create_user("ines", "ines@example.org", PASSWORD)


@pytest.fixture
def guest(db) -> Learner:
    """Return a guest."""
    return Learner.objects.create()


@pytest.fixture
def marks() -> Iterator[dict[int, int]]:
    """Return a dict to fill, ``{learner's pk: answers}``: what the apps above would say a learner left."""
    left: dict[int, int] = {}

    def answer(learner: Learner, **kwargs: object) -> tuple[str, int]:
        return ("test answers", left.get(learner.pk, 0))

    guest_marks.connect(answer, weak=False)
    yield left
    guest_marks.disconnect(answer)


@pytest.fixture
def browser_of() -> Callable[[Learner], Client]:
    """Return a function that gives a browser holding a guest's cookie."""

    def browser(learner: Learner) -> Client:
        client = Client()
        remember(client, learner)
        return client

    return browser


@pytest.fixture
def audit_lines(caplog) -> Callable[[], list[str]]:
    """Return a function that gives the events of the audit log so far, in order."""
    caplog.set_level(logging.INFO, logger="audit")

    def events() -> list[str]:
        return [record.event for record in caplog.records if record.name == "audit"]

    return events


def remember(client: Client, learner: Learner) -> None:
    """Put a guest's cookie into a browser, as the site does."""
    value = signing.Signer(salt="accounts.learner-cookie").sign(learner.public_id.hex)
    client.cookies[project_settings.LEARNER_COOKIE_NAME] = value


def holds_guest(client: Client) -> bool:
    """Whether a browser still holds the cookie of a guest."""
    cookie = client.cookies.get(project_settings.LEARNER_COOKIE_NAME)
    return bool(cookie and cookie.value)


def sign_up(client: Client, username: str = "ines", email: str = "", password: str = PASSWORD, **more: str):
    """Send the sign-up form."""
    return client.post(
        "/accounts/signup/", {"username": username, "email": email, "password1": password, **more}
    )


def sign_in(client: Client, login: str = "ines", password: str = PASSWORD, query: str = ""):
    """Send the sign-in form."""
    return client.post(f"/accounts/login/{query}", {"login": login, "password": password})


def who(client: Client) -> User | None:
    """Return the account that a browser is signed in to."""
    pk = client.session.get("_auth_user_id")
    return User.objects.filter(pk=pk).first() if pk else None
